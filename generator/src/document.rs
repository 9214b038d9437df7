//! An OpenAPI document as plain data, in the shape and words of the newest version (3.2, JSON Schema 2020-12).
//!
//! `read` fills it from any supported version; `lower` gives it meaning. Nothing here behaves. Every object carries the
//! node it was read from, so that a message can point at it. References are kept as written: `lower` follows them.
//! Schemas live in one arena, so that neither depth nor recursion costs stack.

mod made;

use crate::source::NodeId;
pub(crate) use made::Made;

/// Position of a schema in [`Document::schemas`], then in [`Document::made`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SchemaId(pub(crate) u32);

/// The OpenAPI version the document declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    V2_0,
    V3_0,
    V3_1,
    V3_2,
}

#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) at: NodeId,
    pub(crate) version: Version,
    pub(crate) info: Info,
    pub(crate) servers: Vec<Server>,
    pub(crate) paths: Vec<(Named, PathItem)>,
    pub(crate) webhooks: Vec<(Named, PathItem)>,
    pub(crate) components: Components,
    /// What references reach outside `components`: in another file, or somewhere else in this one. The name is the
    /// first reference to it. (Schemas need none of this: every schema that a reference reaches is in `schemas`.)
    pub(crate) elsewhere: Components,
    /// `None` where the document does not say; `Some(vec![])` where it says that nothing is needed.
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) external_docs: Option<ExternalDocs>,
    pub(crate) extensions: Vec<Extension>,
    pub(crate) schemas: Vec<Schema>,
    /// Schemas that `lower` makes out of several.
    pub(crate) made: Made,
}

impl Document {
    pub(crate) fn schema(&self, id: SchemaId) -> &Schema {
        let position = id.0 as usize;
        match position.checked_sub(self.schemas.len()) {
            None => &self.schemas[position],
            // An id of neither is never given out; the first schema is as good an answer as a panic.
            Some(made) => self.made.get(made).unwrap_or(&self.schemas[0]),
        }
    }

    /// Gives a schema that the document does not write a place beside those that it does.
    pub(crate) fn make(&self, schema: Schema) -> SchemaId {
        let position = self.schemas.len() + self.made.add(schema);
        SchemaId(u32::try_from(position).unwrap_or(u32::MAX))
    }
}

/// A key of a map in the document, with the node of its value (whose key span is the key's place).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) at: NodeId,
}

/// An object in place, or a reference to one.
#[derive(Clone, Debug)]
pub(crate) enum Or<T> {
    Value(T),
    Reference(Reference),
}

/// `$ref`, with the siblings that OpenAPI 3.1 allows on any reference.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// The node of the `$ref` string.
    pub(crate) at: NodeId,
    pub(crate) to: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
}

/// A member whose name starts with `x-`.
#[derive(Clone, Debug)]
pub(crate) struct Extension {
    pub(crate) name: String,
    pub(crate) at: NodeId,
}

#[derive(Debug, Default)]
pub(crate) struct Info {
    pub(crate) at: Option<NodeId>,
    pub(crate) title: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) terms_of_service: Option<String>,
    pub(crate) contact_name: Option<String>,
    pub(crate) contact_url: Option<String>,
    pub(crate) contact_email: Option<String>,
    pub(crate) license_name: Option<String>,
    pub(crate) license_identifier: Option<String>,
    pub(crate) license_url: Option<String>,
    /// The version as written (`1.10` stays `1.10`).
    pub(crate) version: String,
}

#[derive(Clone, Debug)]
pub(crate) struct ExternalDocs {
    pub(crate) at: NodeId,
    pub(crate) description: Option<String>,
    pub(crate) url: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Tag {
    pub(crate) at: NodeId,
    pub(crate) name: String,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) external_docs: Option<ExternalDocs>,
    pub(crate) parent: Option<String>,
    pub(crate) kind: Option<String>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) at: NodeId,
    pub(crate) url: String,
    pub(crate) name: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) variables: Vec<(Named, ServerVariable)>,
}

#[derive(Clone, Debug)]
pub(crate) struct ServerVariable {
    pub(crate) default: String,
    pub(crate) values: Vec<String>,
    pub(crate) description: Option<String>,
}

#[derive(Debug, Default)]
pub(crate) struct Components {
    pub(crate) schemas: Vec<(Named, SchemaId)>,
    pub(crate) responses: Vec<(Named, Or<Response>)>,
    pub(crate) parameters: Vec<(Named, Or<Parameter>)>,
    pub(crate) examples: Vec<(Named, Or<Example>)>,
    pub(crate) request_bodies: Vec<(Named, Or<RequestBody>)>,
    pub(crate) headers: Vec<(Named, Or<Header>)>,
    pub(crate) security_schemes: Vec<(Named, Or<SecurityScheme>)>,
    pub(crate) links: Vec<(Named, Or<Link>)>,
    pub(crate) callbacks: Vec<(Named, Or<Callback>)>,
    pub(crate) path_items: Vec<(Named, PathItem)>,
    pub(crate) media_types: Vec<(Named, Or<MediaType>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct PathItem {
    pub(crate) at: NodeId,
    pub(crate) reference: Option<Reference>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) servers: Vec<Server>,
    pub(crate) parameters: Vec<Or<Parameter>>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) at: NodeId,
    /// Upper case for the fixed fields (`GET`), as written under `additionalOperations`.
    pub(crate) method: String,
    pub(crate) tags: Vec<Named>,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) external_docs: Option<ExternalDocs>,
    pub(crate) operation_id: Option<Named>,
    pub(crate) parameters: Vec<Or<Parameter>>,
    pub(crate) request_body: Option<Or<RequestBody>>,
    pub(crate) responses: Vec<(Named, Or<Response>)>,
    pub(crate) callbacks: Vec<(Named, Or<Callback>)>,
    pub(crate) deprecated: bool,
    pub(crate) security: Option<Vec<SecurityRequirement>>,
    pub(crate) servers: Vec<Server>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
    Cookie,
    /// 3.2: the whole query string as one value.
    QueryString,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Matrix,
    Label,
    Simple,
    Form,
    SpaceDelimited,
    PipeDelimited,
    /// 2.0's `tsv`.
    TabDelimited,
    DeepObject,
    Cookie,
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) at: NodeId,
    pub(crate) name: String,
    pub(crate) location: Location,
    /// The fields a header has too; `style` and `explode` are as written, `None` where the location decides.
    pub(crate) header: Header,
    pub(crate) allow_empty_value: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub(crate) at: NodeId,
    pub(crate) description: Option<String>,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) style: Option<Style>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
    pub(crate) schema: Option<SchemaId>,
    pub(crate) content: Vec<(Named, Or<MediaType>)>,
    pub(crate) example: Option<NodeId>,
    pub(crate) examples: Vec<(Named, Or<Example>)>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct RequestBody {
    pub(crate) at: NodeId,
    pub(crate) description: Option<String>,
    pub(crate) content: Vec<(Named, Or<MediaType>)>,
    pub(crate) required: bool,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct MediaType {
    pub(crate) at: NodeId,
    pub(crate) schema: Option<SchemaId>,
    pub(crate) item_schema: Option<SchemaId>,
    pub(crate) example: Option<NodeId>,
    pub(crate) examples: Vec<(Named, Or<Example>)>,
    pub(crate) encoding: Vec<(Named, Encoding)>,
    pub(crate) prefix_encoding: Vec<Encoding>,
    pub(crate) item_encoding: Option<Box<Encoding>>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct Encoding {
    pub(crate) at: NodeId,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(Named, Or<Header>)>,
    pub(crate) style: Option<Style>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: Option<bool>,
    pub(crate) encoding: Vec<(Named, Encoding)>,
    pub(crate) prefix_encoding: Vec<Encoding>,
    pub(crate) item_encoding: Option<Box<Encoding>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) at: NodeId,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) headers: Vec<(Named, Or<Header>)>,
    pub(crate) content: Vec<(Named, Or<MediaType>)>,
    pub(crate) links: Vec<(Named, Or<Link>)>,
    pub(crate) extensions: Vec<Extension>,
}

#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) at: NodeId,
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    /// `value` or, from 3.2, `dataValue`.
    pub(crate) value: Option<NodeId>,
    pub(crate) serialized_value: Option<String>,
    pub(crate) external_value: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) at: NodeId,
    pub(crate) operation_ref: Option<String>,
    pub(crate) operation_id: Option<String>,
    pub(crate) parameters: Vec<(Named, NodeId)>,
    pub(crate) request_body: Option<NodeId>,
    pub(crate) description: Option<String>,
    pub(crate) server: Option<Server>,
}

#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) at: NodeId,
    pub(crate) expressions: Vec<(Named, PathItem)>,
}

/// One alternative: every scheme in it is needed. Empty means that no credentials are needed.
#[derive(Clone, Debug)]
pub(crate) struct SecurityRequirement {
    pub(crate) at: NodeId,
    /// Scheme name with its scopes.
    pub(crate) schemes: Vec<(Named, Vec<String>)>,
}

#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) at: NodeId,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: SecurityKind,
}

#[derive(Clone, Debug)]
pub(crate) enum SecurityKind {
    ApiKey {
        name: String,
        location: Location,
    },
    Http {
        scheme: String,
        bearer_format: Option<String>,
    },
    MutualTls,
    OAuth2 {
        flows: NodeId,
    },
    OpenIdConnect {
        url: String,
    },
}

/// The seven kinds of JSON Schema's `type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SchemaType {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

/// A schema: every keyword of JSON Schema 2020-12 and of OpenAPI's own vocabulary, as written.
///
/// 3.0 is raised: `nullable: true` puts `null` among the types (and among the enum's values only if it is there already),
/// boolean `exclusiveMinimum` turns `minimum` into the number form, `example` becomes one of `examples`.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    pub(crate) at: NodeId,
    /// `true` or `false` where the schema is a boolean.
    pub(crate) boolean: Option<bool>,

    pub(crate) id: Option<String>,
    pub(crate) anchor: Option<String>,
    pub(crate) dynamic_anchor: Option<String>,
    /// `$ref`, or `$dynamicRef` where it is bound.
    pub(crate) reference: Option<Named>,
    /// The schema that `reference` leads to; `None` where it leads nowhere, which has been reported.
    pub(crate) target: Option<SchemaId>,
    pub(crate) definitions: Vec<(Named, SchemaId)>,

    /// Empty where the schema does not say.
    pub(crate) types: Vec<SchemaType>,
    /// 3.0's `nullable: true` where there is no `type` for it to widen: to the letter it says nothing then, and most
    /// documents mean that null is allowed beside whatever `allOf`, `oneOf`, `anyOf` or `enum` say.
    pub(crate) nullable: bool,
    pub(crate) format: Option<Named>,
    pub(crate) values: Option<Vec<NodeId>>,
    pub(crate) constant: Option<NodeId>,

    pub(crate) properties: Vec<(Named, SchemaId)>,
    pub(crate) required: Vec<Named>,
    pub(crate) additional_properties: Option<SchemaId>,
    pub(crate) pattern_properties: Vec<(Named, SchemaId)>,
    pub(crate) property_names: Option<SchemaId>,
    pub(crate) unevaluated_properties: Option<SchemaId>,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) dependent_required: Vec<(Named, Vec<String>)>,
    pub(crate) dependent_schemas: Vec<(Named, SchemaId)>,

    pub(crate) items: Option<SchemaId>,
    pub(crate) prefix_items: Vec<SchemaId>,
    pub(crate) contains: Option<SchemaId>,
    pub(crate) min_contains: Option<u64>,
    pub(crate) max_contains: Option<u64>,
    pub(crate) unevaluated_items: Option<SchemaId>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,

    /// Numbers as the document writes them, in JSON's grammar.
    pub(crate) minimum: Option<String>,
    pub(crate) exclusive_minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_maximum: Option<String>,
    pub(crate) multiple_of: Option<String>,

    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<Named>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_media_type: Option<String>,
    pub(crate) content_schema: Option<SchemaId>,

    pub(crate) all_of: Vec<SchemaId>,
    pub(crate) any_of: Vec<SchemaId>,
    pub(crate) one_of: Vec<SchemaId>,
    pub(crate) not: Option<SchemaId>,
    pub(crate) if_schema: Option<SchemaId>,
    pub(crate) then_schema: Option<SchemaId>,
    pub(crate) else_schema: Option<SchemaId>,

    /// In a box, as few schemas have one.
    pub(crate) discriminator: Option<Box<Discriminator>>,
    pub(crate) xml: Option<Box<Xml>>,

    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) default: Option<NodeId>,
    pub(crate) examples: Vec<NodeId>,
    pub(crate) deprecated: bool,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    pub(crate) external_docs: Option<ExternalDocs>,
    pub(crate) extensions: Vec<Extension>,
}

impl Schema {
    /// The schema that says nothing.
    pub(crate) fn new(at: NodeId) -> Self {
        Self {
            at,
            boolean: None,
            id: None,
            anchor: None,
            dynamic_anchor: None,
            reference: None,
            target: None,
            definitions: Vec::new(),
            types: Vec::new(),
            nullable: false,
            format: None,
            values: None,
            constant: None,
            properties: Vec::new(),
            required: Vec::new(),
            additional_properties: None,
            pattern_properties: Vec::new(),
            property_names: None,
            unevaluated_properties: None,
            min_properties: None,
            max_properties: None,
            dependent_required: Vec::new(),
            dependent_schemas: Vec::new(),
            items: None,
            prefix_items: Vec::new(),
            contains: None,
            min_contains: None,
            max_contains: None,
            unevaluated_items: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            minimum: None,
            exclusive_minimum: None,
            maximum: None,
            exclusive_maximum: None,
            multiple_of: None,
            min_length: None,
            max_length: None,
            pattern: None,
            content_encoding: None,
            content_media_type: None,
            content_schema: None,
            all_of: Vec::new(),
            any_of: Vec::new(),
            one_of: Vec::new(),
            not: None,
            if_schema: None,
            then_schema: None,
            else_schema: None,
            discriminator: None,
            xml: None,
            title: None,
            description: None,
            default: None,
            examples: Vec::new(),
            deprecated: false,
            read_only: false,
            write_only: false,
            external_docs: None,
            extensions: Vec::new(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Discriminator {
    pub(crate) at: NodeId,
    pub(crate) property: String,
    pub(crate) mapping: Vec<(Named, String)>,
    /// The schema that each value of `mapping` names, as a component or by a reference; `None` where there is none.
    pub(crate) targets: Vec<Option<SchemaId>>,
    pub(crate) default_mapping: Option<String>,
    pub(crate) default_target: Option<SchemaId>,
}

#[derive(Clone, Debug)]
pub(crate) struct Xml {
    pub(crate) at: NodeId,
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) prefix: Option<String>,
    /// `element`, `attribute`, `text`, `cdata` or `none`; 3.0's `attribute: true` is raised to it.
    pub(crate) node_type: Option<String>,
    pub(crate) wrapped: bool,
}
