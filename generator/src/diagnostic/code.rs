//! Every code with its level and its explanation: what `oasmith explain` prints.

use super::Level;

/// What kind of fault a code names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Category {
    /// The meaning cannot be determined.
    Error,
    /// There are two meanings: an error, unless the configuration allows it.
    Ambiguous,
    /// Sloppy but meant; an error under `--strict`.
    Sloppy,
    /// Generated as a wider type than the document says.
    Degraded,
    /// Not generated.
    Ignored,
    /// Generated as far as it can be: the specification or the wire leaves the rest without effect.
    Noted,
}

#[derive(Debug)]
pub(crate) struct Code {
    pub(crate) id: &'static str,
    pub(crate) level: Level,
    pub(crate) category: Category,
    pub(crate) summary: &'static str,
    /// Markdown: why it is reported, an example, the remedy.
    pub(crate) explanation: &'static str,
}

/// What a code means, or the list of all codes; `None` for a code that does not exist.
#[must_use]
pub fn explained(id: Option<&str>) -> Option<String> {
    let Some(id) = id else {
        let line = |code: &&Code| format!("{:24} {}\n", code.id, code.summary);
        return Some(CODES.iter().map(line).collect());
    };
    code(id).map(|code| {
        let level = match code.category {
            Category::Error => "error",
            Category::Ambiguous => "error, unless `allow` has it",
            Category::Sloppy => "warning; an error under --strict",
            Category::Degraded => "warning",
            Category::Ignored | Category::Noted => "note",
        };
        format!(
            "{} ({level}): {}\n\n{}\n",
            code.id, code.summary, code.explanation
        )
    })
}

/// The code of an id.
pub(crate) fn code(id: &str) -> Option<&'static Code> {
    CODES.iter().find(|code| code.id == id).copied()
}

macro_rules! codes {
    ($($name:ident $id:literal $category:ident $summary:literal $explanation:literal;)*) => {
        $(pub(crate) const $name: &Code = &Code {
            id: $id,
            level: level(Category::$category),
            category: Category::$category,
            summary: $summary,
            explanation: $explanation,
        };)*
        /// All of them, by id.
        pub(crate) static CODES: &[&Code] = &[$($name),*];
    };
}

const fn level(category: Category) -> Level {
    match category {
        Category::Error | Category::Ambiguous => Level::Error,
        Category::Sloppy | Category::Degraded => Level::Warning,
        Category::Ignored | Category::Noted => Level::Note,
    }
}

codes! {
    CARRIED_BODY "carried-body" Noted
        "a body whose format a schema does not describe"
        "A schema describes values; how they become CSV, Protocol Buffers or HTML it does not say, and OpenAPI leaves it to \
         implementations (OpenAPI 3.2, Media Type Object). Bytes and texts of such formats are carried as they are, for the \
         caller to read and write; what the schema demands of them is not checked. A `text/plain` with members or items is taken for JSON.\n\n\
         ```yaml\ncontent:\n  text/csv: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } }\n```\n\n\
         Nothing has to be done. Nothing is lost on the wire.";
    CIRCULAR_SCHEMA "circular-schema" Sloppy
        "a schema that leads back to itself in place"
        "Through `$ref`, `allOf`, `anyOf`, `oneOf` or `not` the schema applies itself to the same value, so that checking one would \
         never end (JSON Schema 2020-12, section 9.4.1). Such documents usually mean inheritance, and are generated so.\n\n\
         ```yaml\nPet: { oneOf: [{ $ref: '#/components/schemas/Cat' }] }\nCat: { allOf: [{ $ref: '#/components/schemas/Pet' }] }\n```\n\n\
         Leave out one of the two ways.";
    CONFLICTING_FIELDS "conflicting-fields" Sloppy
        "fields that do not go together"
        "The specification says that only one of them may be there, or that the one has no meaning where the other is so.\n\n\
         ```yaml\nname: limit\nin: query\nschema: { type: integer }\ncontent: { application/json: {} }\n```\n\n\
         Remove one of them.";
    CUSTOM_TAG "custom-tag" Sloppy
        "a YAML tag that means nothing here"
        "YAML tags such as `!Ref` belong to other tools. The value is read as if the tag were not there.\n\n\
         ```yaml\nlimit: !custom 20\n```\n\nRemove the tag.";
    DEGRADED_SCHEMA "degraded-schema" Degraded
        "a schema that becomes a wider type than it describes"
        "The generated type accepts more than the schema does; usually it is any JSON value.\n\n\
         ```yaml\noneOf:\n  - type: string\n  - type: integer\n```\n\n\
         Nothing is lost on the wire. Rewrite the schema if a narrower type matters to you.";
    DERIVE_LEFT_OUT "derive-left-out" Noted
        "a derive that a type cannot have, asked for by a pattern"
        "A derive of the standard library needs that every part of the type has it too: `Eq`, `Hash` and `Ord` are not for numbers with \
         fractions, `Copy` is not for texts. A pattern in `[derives]` means all types that can have it.\n\n\
         ```toml\n[derives]\n\"*\" = [\"Eq\", \"Hash\"]\n```\n\nNothing has to be done.";
    DUPLICATE_KEY "duplicate-key" Error
        "one key with two values"
        "A map may have each key once (YAML 1.2.2, section 3.2.1.1; RFC 8259, section 4). Which of two different values is meant \
         cannot be known.\n\n```yaml\nminimum: 1\nminimum: 2\n```\n\nRemove one of the two, or rename it.";
    DUPLICATE_NAME "duplicate-name" Sloppy
        "one name given twice"
        "Tags, the parameters of an operation in one location, the entries of `required` and `type`, and the keys of a map are there once \
         each. A key that has the same value both times is read once.\n\n\
         ```yaml\nparameters:\n  - { name: id, in: query }\n  - { name: id, in: query }\n```\n\nRemove one of the two.";
    DUPLICATE_OPERATION "duplicate-operation" Ambiguous
        "two operations with one method and one route"
        "Templates that differ only in the names of their parameters match the same requests (OpenAPI 3.2, section \
         \"Path Templating Matching\").\n\n```yaml\npaths:\n  /pets/{id}: { get: {} }\n  /pets/{name}: { get: {} }\n```\n\n\
         Which of the two a server should answer cannot be known. Remove one, or change its route. With \
         `allow = [\"duplicate-operation\"]` in `oasmith.toml` a client has both; a server answers as the one that is mounted \
         first, of one group the first of the document.";
    DUPLICATE_OPERATION_ID "duplicate-operation-id" Sloppy
        "two operations with one `operationId`"
        "An `operationId` must be unique in a document (OpenAPI 3.2, Operation Object). The operations that share it are named \
         by method and route instead.\n\n```yaml\nget: { operationId: list }\npost: { operationId: list }\n```\n\n\
         Give each operation an id of its own.";
    EMPTY_DOCUMENT "empty-document" Error
        "a document without content"
        "The file holds nothing but space or comments.\n\n```yaml\n# to do\n```\n\n\
         An OpenAPI document starts with `openapi: \"3.0.3\"`, or another version.";
    ENDLESS_SCHEMA "endless-schema" Sloppy
        "a member that requires its own object"
        "An object that must hold another of its own kind, which must hold another, has no finite value. The member on which the \
         circle closes becomes optional.\n\n```yaml\nNode:\n  type: object\n  required: [next]\n  properties:\n    \
         next: { $ref: '#/components/schemas/Node' }\n```\n\nTake the member out of `required`, or let it be null.";
    ESCAPING_REFERENCE "escaping-reference" Error
        "a `$ref` to a file outside of the document's folder"
        "A document is untrusted input and may read files of its own folder tree only.\n\n\
         ```yaml\n$ref: ../../secret.yaml\n```\n\nMove the file below the folder of the document.";
    FOREIGN_FILE "foreign-file" Error
        "a file in the output folder is in the way"
        "A file that is to be written exists, and its head does not say that oasmith has made it. Nothing was written.\n\n\
         ```text\nout/src/lib.rs is in the way, and was not generated\n```\n\n\
         Move the file away, or overwrite it with `--force`.";
    FOREIGN_FOLDER "foreign-folder" Error
        "the output folder holds something else"
        "The folder is not empty, and neither its `Cargo.toml` nor its `src/lib.rs` says that oasmith has made it. Nothing was \
         written.\n\n\
         ```text\nout holds a program of your own\n```\n\n\
         Choose another folder, or write into this one with `--force`, which keeps the files that are not in the way.";
    IGNORED_KEY "ignored-key" Ignored
        "a part of the document that nothing is generated for"
        "oasmith understands the key, and does not generate code for it yet. It is listed in the report.\n\n\
         ```yaml\nwebhooks:\n  newPet: {}\n```\n\nNothing has to be done.";
    IGNORED_SIBLING "ignored-sibling" Sloppy
        "a key beside `$ref` that has no effect"
        "In OpenAPI 3.0 a Reference Object has no other keys: what stands beside `$ref` is ignored (section \
         \"Reference Object\").\n\n```yaml\n$ref: '#/components/schemas/Pet'\nnullable: true\n```\n\n\
         Wrap the reference in `allOf`, or use OpenAPI 3.1.";
    IMPOSSIBLE_CONSTRAINT "impossible-constraint" Sloppy
        "limits that no value keeps"
        "The least is more than the most, so `validate()` refuses every value.\n\n\
         ```yaml\ntype: string\nminLength: 5\nmaxLength: 2\n```\n\nCorrect one of the two.";
    IMPOSSIBLE_DERIVE "impossible-derive" Error
        "a derive that a type cannot have, asked for by its name"
        "A derive of the standard library needs that every part of the type has it too: `Eq`, `Hash` and `Ord` are not for numbers with \
         fractions, `Copy` is not for texts, `Default` not for what has no first value. `serde::Serialize` and `serde::Deserialize` every type \
         has already.\n\n\
         ```toml\n[derives]\nPrice = [\"Eq\"]          # { amount: number }\n```\n\n\
         Take it out, or ask by a pattern (`Price*`), which means those that can have it.";
    IMPOSSIBLE_MERGE "impossible-merge" Sloppy
        "schemas that must hold at once, and cannot"
        "Everything under `allOf`, and what stands beside it or beside a `$ref`, holds at once (JSON Schema 2020-12 Core, section \
         10.2.1.1). Here no value fits all of it, so the last word is generated.\n\n\
         ```yaml\nallOf:\n  - { properties: { id: { type: string } } }\n  - { properties: { id: { type: integer } } }\n```\n\n\
         Let both agree, or do not combine them.";
    INCOMPLETE_OBJECT "incomplete-object" Sloppy
        "a field that the specification requires is absent, and there is an obvious reading without it"
        "The document breaks a rule of its version, and what it means is clear all the same.\n\n\
         ```yaml\nopenapi: 3.0.3\npaths: {}\n```\n\nAdd the field (here: `info`).";
    INTERNAL "internal" Error
        "a mistake of oasmith's own"
        "The generated code could not be printed. No document should be able to cause this.\n\n\
         ```text\nthe module `types` cannot be printed\n```\n\nPlease report it with the document.";
    INVALID_NAME "invalid-name" Sloppy
        "a key or a name with characters that it may not have"
        "Components are called by letters, digits, `.`, `-` and `_`; headers and cookies by tokens of HTTP; media types have a type and \
         a subtype.\n\n\
         ```yaml\ncomponents:\n  schemas:\n    'List<Pet>': {}\n```\n\nRename it.";
    INVALID_PATTERN "invalid-pattern" Sloppy
        "a `pattern` that is no regular expression of ECMA-262"
        "JSON Schema's patterns are those of ECMA-262 in Unicode mode, without flags (JSON Schema 2020-12, core, section 6.4). \
         What means something in another language only is not checked.\n\n\
         ```yaml\ntype: string\npattern: '(?i)[a-z]+\\Z'\n```\n\nWrite it in the words of ECMA-262 (here: `[A-Za-z]+$`).";
    INVALID_VALUE "invalid-value" Sloppy
        "a value that is not of the form its field has"
        "URLs, e-mail addresses and path templates have a grammar; some lists cannot be empty.\n\n\
         ```yaml\nexternalDocs: { url: see the manual }\n```\n\nCorrect the value.";
    LINK_IN_OUTPUT "link-in-output" Error
        "a symbolic link in the output folder"
        "Links below the output folder are not followed: they could lead out of it. Nothing was written.\n\n\
         ```text\nout/src -> /elsewhere\n```\n\n\
         Replace the link by a file or a folder of its own.";
    LOOSE_INDENTATION "loose-indentation" Sloppy
        "brackets in YAML that go on too far left"
        "Lines inside of brackets are indented further than the block around them (YAML 1.2.2, section 7.4). Many parsers do not insist.\n\n\
         ```yaml\nexample: {\n  \"id\": 1\n}\n```\n\nIndent the lines.";
    LOOSE_REFERENCE "loose-reference" Sloppy
        "a `$ref` that leads nowhere as it is written, and can mean one place only"
        "A reference is a URI, whose fragment begins with `#/` and names the place from the root of the document (OpenAPI 3.2, Reference \
         Object). Where another spelling can name one component only, that is taken.\n\n\
         ```yaml\nschema: { $ref: Pet }\n```\n\nWrite it out: `#/components/schemas/Pet`.";
    LOOSE_SYNTAX "loose-syntax" Sloppy
        "text that is not quite JSON, YAML or UTF-8, and can mean one thing only"
        "Comments and commas at the end in JSON, line ends in its strings, tabs that indent YAML, texts in Latin-1: many programs read and \
         write them, and no standard has them.\n\n\
         ```json\n{ \"openapi\": \"3.0.3\", }\n```\n\nWrite it as the standard says.";
    LOOSE_VALUE "loose-value" Sloppy
        "a value of another kind than the specification says, which can mean only one thing"
        "A number where a string belongs, `null` where a field could be absent, an empty list for an empty map: the value is \
         read as what is evidently meant.\n\n```yaml\ninfo: { title: Pets, version: 1.0 }\n```\n\n\
         Write the kind of value that the message names (here: `'1.0'`).";
    MISPLACED_KEY "misplaced-key" Sloppy
        "a key that belongs to another object"
        "The key is one of OpenAPI's, but not here, so it has no effect.\n\n\
         ```yaml\nparameters:\n  - name: limit\n    in: query\n    type: integer\n```\n\nMove it to where it belongs.";
    MISSING_DESCRIPTION "missing-description" Sloppy
        "a response without its description"
        "OpenAPI 3.0 and 3.1 require `description` in a Response Object; the generated documentation is poorer without \
         it.\n\n```yaml\nresponses:\n  '200': {}\n```\n\nSay in a few words what the response means.";
    MISSING_FIELD "missing-field" Error
        "a required field is absent"
        "Without the field the meaning of its object cannot be determined.\n\n\
         ```yaml\nparameters:\n  - in: query\n```\n\nAdd the field.";
    MISSING_OPERATION "missing-operation" Error
        "the configuration names an operation that does not exist"
        "`only` lists the operations that are generated, each by its `operationId` or as method and route.\n\n\
         ```toml\nonly = [\"listPets\", \"GET /pets/{id}\"]\n```\n\nCorrect the name.";
    MISSING_PATH_PARAMETER "missing-path-parameter" Sloppy
        "a template expression without its parameter"
        "Every expression of a path needs a path parameter of its name (OpenAPI 3.2, section \"Path Templating\"). A string is \
         assumed.\n\n```yaml\n/pets/{id}:\n  get: { responses: {} }\n```\n\nAdd the parameter with its schema.";
    MISSING_VERSION "missing-version" Error
        "a document that does not say which version it is written in"
        "The field `openapi` (or `swagger` in version 2.0) decides how everything else is read.\n\n\
         ```yaml\ninfo: { title: Pets, version: '1' }\n```\n\nStart the document with `openapi: \"3.0.3\"`, or another version.";
    NAME_CLASH "name-clash" Sloppy
        "two parts of the document that would get one Rust name"
        "The names differ in case or punctuation only, and no meaning could be added to tell them apart, so one of them got \
         a number.\n\n```yaml\nproperties:\n  foo-bar: {}\n  foo_bar: {}\n```\n\nGive one of them `x-rust-name`.";
    NO_EFFECT "no-effect" Noted
        "a part of the document to which the specification itself gives no effect"
        "Header parameters called `Accept`, `Content-Type` and `Authorization` shall be ignored (OpenAPI 3.2, Parameter Object), \
         likewise a response header called `Content-Type`; and answers to HEAD, and those of 1XX, 204, 205 and 304, have no body \
         (RFC 9110, section 6.4.1).\n\n\
         ```yaml\nparameters:\n  - { name: Accept, in: header, schema: { type: string } }\n```\n\n\
         Nothing has to be done.";
    NOT_FINITE_NUMBER "not-finite-number" Sloppy
        "`.inf` or `.nan`"
        "YAML can write numbers that JSON has not, and an OpenAPI document must be expressible in JSON. Null is read, which as a bound is \
         none.\n\n\
         ```yaml\nmaximum: .inf\n```\n\nLeave the bound out.";
    OTHER_KIND "other-kind" Sloppy
        "a reference to another kind of object"
        "What the reference leads to is read as what is expected here, as far as it says anything that such an object can say.\n\n\
         ```yaml\nresponses:\n  '404': { $ref: '#/components/schemas/Problem' }\n```\n\n\
         Refer to an object of the expected kind.";
    OUTPUT_NOT_WRITABLE "output-not-writable" Error
        "the output cannot be read or written"
        "The system refused to read, make or write something in the output folder; the message says what and why.\n\n\
         ```text\ncannot write out/Cargo.toml: Permission denied\n```\n\n\
         Check the path, its permissions, and the space left.";
    OUTPUT_PATH "output-path" Error
        "a file would be outside of the output folder"
        "No document can make oasmith write outside of the output folder.\n\n\
         ```text\nout/../elsewhere.rs\n```\n\n\
         If you see this, it is a mistake of oasmith's own: please report it with the document.";
    OVERLAY_MISMATCH "overlay-mismatch" Error
        "an overlay's action that cannot be applied to what it selects"
        "A map takes members only, the document itself cannot be removed, `copy` selects exactly one value, and an action has \
         either `update` or `copy` (Overlay 1.1, section \"Action Object\").\n\n\
         ```yaml\n- target: $.info\n  update: A better title\n```\n\nWrite the members: `update: { title: A better title }`.";
    OVERLAY_PATH "overlay-path" Error
        "a target that is no JSONPath"
        "The target of an overlay's action is a query of RFC 9535.\n\n\
         ```yaml\n- target: $.paths./pets.get\n  remove: true\n```\n\n\
         Names other than plain words stand in brackets and quotes: `$.paths['/pets'].get`.";
    REFERENCE_CYCLE "reference-cycle" Error
        "references that lead to one another and never to a schema"
        "A recursive schema is fine as long as there is a schema on the way. Here there are only references.\n\n\
         ```yaml\nA: { $ref: '#/components/schemas/B' }\nB: { $ref: '#/components/schemas/A' }\n```\n\n\
         Let one of them be a schema.";
    REMOTE_REFERENCE "remote-reference" Error
        "a `$ref` to a URL"
        "oasmith never uses the network: a build must not depend on what a server answers today.\n\n\
         ```yaml\n$ref: https://example.com/pet.yaml\n```\n\nKeep a copy beside the document and refer to that.";
    REPLACED_SCHEMA "replaced-schema" Noted
        "a schema whose place another type takes"
        "What the schema demands of members, items and numbers, the type of the configuration has to see to itself: it is read and written by \
         serde, and not looked into. (A type of a string is checked as the string that it is.)\n\n\
         ```toml\n[types]\nPeriod = \"std::time::Duration\"\n```\n\nNothing has to be done.";
    SEVERAL_DOCUMENTS "several-documents" Error
        "two YAML documents in one stream"
        "Which of them is meant cannot be known.\n\n```yaml\nopenapi: 3.0.3\n---\nopenapi: 3.0.3\n```\n\n\
         Keep each document in a file of its own.";
    SYNTAX "syntax" Error
        "text that is neither YAML nor JSON"
        "The text cannot be read.\n\n```yaml\ntitle: \"Pets\n```\n\n\
         The message names the place; the mistake may stand before it.";
    TOO_DEEP "too-deep" Error
        "nesting beyond the limit"
        "A document may cost only so much. No API description needs this depth.\n\n```json\n[[[[[[\"…\"]]]]]]\n```\n\n\
         Split the document if the depth is really meant.";
    TOO_LARGE "too-large" Error
        "a document beyond the limit of bytes, values, or parts of what is generated"
        "A document may cost only so much: 256 MiB of text and 20 million values. What many places include is generated in each of them, so a few \
         lines can ask for gigabytes; there may be 250,000 members, parameters, headers and bodies, and 8 more for each value of \
         the document.\n\n```yaml\nA1: { allOf: [{ $ref: '#/components/schemas/A0' }, { properties: { p1: {} } }] }\n\
         A2: { allOf: [{ $ref: '#/components/schemas/A1' }, { properties: { p2: {} } }] }\n```\n\n\
         Split the document, or let less be included. `parts` under `[limits]` in `oasmith.toml` sets the last limit.";
    UNDEFINED_STYLE "undefined-style" Sloppy
        "a value that the style of its parameter has no text for"
        "Styles write single values, lists of them, and objects of them (OpenAPI 3.2, section \"Style Values\"; RFC 6570, section 2.3). For \
         what nests deeper the specification has no text; nor for delimiters where everything stands apart. What can be \
         understood in one way only is generated so; a value that cannot be sent is refused before it is.\n\n\
         ```yaml\nname: areas\nin: query\nschema: { type: array, items: { type: array, items: { type: number } } }\n```\n\n\
         Describe the parameter by a media type: `content: { application/json: { schema: … } }`.";
    UNKNOWN_KEY "unknown-key" Sloppy
        "a key that OpenAPI does not have"
        "The key has no effect. It may be misspelt.\n\n```yaml\nproperties:\n  name: { tpye: string }\n```\n\n\
         Correct it, or start it with `x-` if it is an extension.";
    UNKNOWN_OPERATION "unknown-operation" Sloppy
        "a link to an operation that is not there"
        "A Link Object names an operation of the document by its id or by a reference.\n\n\
         ```yaml\nlinks:\n  next: { operationId: lsitPets }\n```\n\nCorrect it, or remove the link.";
    UNKNOWN_SECURITY_SCHEME "unknown-security-scheme" Sloppy
        "a security requirement that names no scheme"
        "What the scheme demands is not known. The requirement is kept, as of a scheme that nothing is generated for: a transport of \
         your own has to satisfy it, and a server lets nobody in by it.\n\n\
         ```yaml\nsecurity:\n  - toekn: []\n```\n\nDescribe the scheme under `components/securitySchemes`, or correct the name.";
    UNKNOWN_STATUS "unknown-status" Sloppy
        "a key under `responses` that names no status"
        "A response stands under a status (`404`), a range (`4XX`) or `default` (OpenAPI 3.2, Responses Object). The response \
         is left out.\n\n```yaml\nresponses:\n  OK: {}\n```\n\nWrite the number of the status.";
    UNKNOWN_VALUE "unknown-value" Error
        "a word that the field does not know"
        "The field has one of a few words as its value, and this is none of them, so its meaning cannot be determined.\n\n\
         ```yaml\ntype: strin\n```\n\nWrite one of the words that the message lists.";
    UNREADABLE_FILE "unreadable-file" Error
        "a file that cannot be read"
        "The file does not exist, may not be read, or is not UTF-8.\n\n```sh\noasmith generate missing.yaml --out pets\n```\n\n\
         Check the path and its permissions.";
    UNRESOLVED_REFERENCE "unresolved-reference" Error
        "a `$ref` that leads nowhere"
        "What the reference names is not in the document.\n\n```yaml\n$ref: '#/components/schemas/Bakcup'\n```\n\n\
         Correct the reference, or add what it names.";
    UNSUPPORTED_SECURITY "unsupported-security" Ignored
        "a security scheme that nothing is generated for"
        "Bearer, basic and API key schemes are generated. Others have to be applied by a transport of your own.\n\n\
         ```yaml\ntype: mutualTLS\n```\n\nNothing has to be done if your transport takes care of it.";
    UNSUPPORTED_VERSION "unsupported-version" Error
        "a version that oasmith does not read"
        "The versions are 3.0, 3.1 and 3.2 of OpenAPI, and Swagger 2.0.\n\n```yaml\nopenapi: 4.0.0\n```\n\n\
         Convert the document, or correct the field.";
    UNUSABLE_DEFAULT "unusable-default" Sloppy
        "a default that is no value of its schema"
        "The receiver could not fill it in, so it is left out.\n\n```yaml\ntype: integer\ndefault: twenty\n```\n\n\
         Correct the default, or the type.";
    UNUSABLE_EXAMPLE "unusable-example" Sloppy
        "an example that is no value of its schema"
        "Readers of the documentation are shown something that the API does not accept, or does not send.\n\n\
         ```yaml\ntype: integer\nexample: twenty\n```\n\nCorrect the example, or the schema.";
    UNUSABLE_MAPPING "unusable-mapping" Sloppy
        "a discriminator's mapping to a schema that is none of the variants"
        "Objects with this tag are read as if no variant had it.\n\n```yaml\noneOf: [{ $ref: '#/components/schemas/Cat' }]\n\
         discriminator:\n  propertyName: petType\n  mapping: { dog: '#/components/schemas/Dog' }\n```\n\n\
         Add the schema to the choice, or correct the mapping.";
    UNUSABLE_PAGING "unusable-paging" Sloppy
        "a paging block that does not fit its operation"
        "`items()` and `pages()` are generated only where what `x-oasmith-paging` says is true of the operation.\n\n\
         ```yaml\nx-oasmith-paging:\n  items: /backups\n  cursor: marker\n  next: { last-item: /id }\n  more: /meta/has_more\n```\n\n\
         `items` points from the body to a list, `cursor` names a query parameter, and `next` is one of `last-item`, `member` and \
         `link`.";
    UNUSABLE_TYPE "unusable-type" Ignored
        "an `x-rust-type` that is not used"
        "A document may name the Rust type of a schema, and is not trusted with what a crate depends on: the type's crate has to be the standard \
         library, or one of `[manifest.dependencies]`. Otherwise the schema has its own type, as if nothing had been said.\n\n\
         ```yaml\ntype: string\nformat: uri\nx-rust-type: url::Url\n```\n\n\
         ```toml\n[manifest.dependencies]\nurl = \"2\"\n```";
    UNUSED_ACTION "unused-action" Error
        "an overlay's action that selects nothing"
        "An overlay mends a document. When the document has changed, an action that no longer finds its place would be forgotten \
         silently, so it is an error.\n\n\
         ```yaml\n- target: $.paths['/gone'].get\n  update: { deprecated: true }\n```\n\nRemove the action, or mend its target.";
    UNUSED_ALLOW "unused-allow" Sloppy
        "an `allow` of the configuration that suppresses nothing"
        "What it was for is gone, and it would hide the next one.\n\n```toml\nallow = [\"missing-description\"]\n```\n\n\
         Remove it.";
    UNUSED_CHOICE "unused-choice" Error
        "a choice of the configuration that concerns nothing"
        "What the key names is not in the document, or is called otherwise, so that the choice would be forgotten silently.\n\n\
         ```toml\n[derives]\n\"Pett\" = [\"Eq\"]\n```\n\nCorrect the name, or remove the line.";
    UNUSED_PATH_PARAMETER "unused-path-parameter" Sloppy
        "a path parameter that the template does not have"
        "The value could not be sent anywhere (OpenAPI 3.2, Parameter Object, `name`). The parameter is left out.\n\n\
         ```yaml\n/pets:\n  get:\n    parameters:\n      - { name: id, in: path, required: true }\n```\n\n\
         Put `{id}` into the path, or remove the parameter.";
    WRONG_TYPE "wrong-type" Error
        "a field with a value of another kind than it must have"
        "The meaning of the field cannot be determined.\n\n```yaml\nparameters: limit\n```\n\n\
         Write the kind of value that the message names.";
    WRONG_VERSION_KEY "wrong-version-key" Sloppy
        "a key of another version of OpenAPI"
        "In the version that the document declares the key has no effect.\n\n\
         ```yaml\nopenapi: 3.0.3\nwebhooks: {}\n```\n\nDeclare the version that has the key, or remove it.";
    YAML_BOMB "yaml-bomb" Error
        "aliases of aliases that expand without measure"
        "A few lines can stand for billions of values.\n\n```yaml\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n```\n\n\
         Write the value once and refer to it by `$ref`.";
}
