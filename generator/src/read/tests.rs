use super::{grammar, read};
use crate::budget::Budget;
use crate::diagnostic::{Diagnostics, Format, render};
use crate::document::{Document, Location, Or, Schema, SchemaType, SecurityKind, Style, Version};
use crate::source::{Limits, Tree, load_text};

/// A document with these lines below `openapi`, `info` and `paths`.
fn complete(version: &str, rest: &str) -> String {
    format!("openapi: {version}\ninfo: {{title: T, version: '1'}}\npaths: {{}}\n{rest}")
}

/// The document and every message as `code line:column`.
fn load(text: &str) -> (Option<Document>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let (sources, mut tree) = load_text(
        "a.yaml",
        text.to_owned(),
        &Limits::default(),
        &mut diagnostics,
    );
    let mut budget = Budget::new(tree.as_ref().map_or(0, Tree::len), None);
    let document = tree
        .as_mut()
        .and_then(|tree| read(tree, &mut budget, &mut diagnostics));
    let shown = render(&diagnostics, &sources, tree.as_ref(), Format::Json);
    // What is merely not generated is no fault.
    let faults = shown
        .lines()
        .filter(|line| !line.contains(r#""level":"note""#));
    let faults = faults.map(|line| {
        let fault: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        let code = fault["code"].as_str().unwrap_or_default();
        format!("{code} {}:{}", fault["line"], fault["column"])
    });
    (document, faults.collect())
}

pub(super) fn faults(text: &str) -> Vec<String> {
    load(text).1
}

fn assert_faults(text: &str, expected: &[&str]) {
    assert_eq!(faults(text), expected, "in:\n{text}");
}

fn document(text: &str) -> Document {
    let (document, faults) = load(text);
    document.unwrap_or_else(|| panic!("no document: {faults:?}"))
}

fn schema<'a>(document: &'a Document, name: &str) -> &'a Schema {
    let (_, id) = document
        .components
        .schemas
        .iter()
        .find(|(key, _)| key.name == name)
        .expect(name);
    document.schema(*id)
}

#[test]
fn versions() {
    for (text, version) in [
        ("openapi: 3.0.0", Version::V3_0),
        ("openapi: 3.0.4", Version::V3_0),
        ("openapi: 3.1.17", Version::V3_1),
        ("openapi: 3.2.0", Version::V3_2),
        ("openapi: 3.0.0-rc2", Version::V3_0),
    ] {
        assert_eq!(document(text).version, version, "{text}");
    }
    for (text, version) in [
        ("openapi: 3.1", Version::V3_1),
        ("openapi: '3'", Version::V3_0),
        ("openapi: v3", Version::V3_0),
        ("swagger: 2.0", Version::V2_0),
    ] {
        let (document, faults) = load(text);
        assert_eq!(document.expect(text).version, version, "{text}");
        assert!(faults.contains(&"loose-value 1:10".to_owned()), "{text}");
    }
    for (text, fault) in [
        ("info: {}", "missing-version 1:1"),
        ("- a", "missing-version 1:1"),
        ("openapi: {}", "wrong-type 1:10"),
        ("openapi: 4.0.0", "unsupported-version 1:10"),
        ("swagger: '1.2'", "unsupported-version 1:10"),
        ("swagger: 3.3.0", "unsupported-version 1:10"),
    ] {
        let (document, faults) = load(text);
        assert!(document.is_none(), "{text}");
        assert_eq!(faults, [fault], "{text}");
    }
}

#[test]
fn keys() {
    let cases = [
        ("3.0.0", "tagz: []", "unknown-key 4:1"),
        ("3.0.0", "unheard: []", "unknown-key 4:1"),
        ("3.0.0", "x-unheard: []", ""),
        ("3.0.0", "minLength: 3", "misplaced-key 4:1"),
        ("3.0.0", "webhooks: {}", "wrong-version-key 4:1"),
        ("3.1.0", "webhooks: {}", ""),
        ("3.0.0", "definitions: {}", "wrong-version-key 4:1"),
        (
            "3.0.0",
            "components: {schemas: {A: {propertis: {}}}}",
            "unknown-key 4:28",
        ),
        ("3.1.0", "components: {schemas: {A: {propertis: {}}}}", ""),
        (
            "3.1.0",
            "components: {schemas: {A: {type: string, nullable: true}}}",
            "wrong-version-key 4:42",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {const: 1}}}",
            "wrong-version-key 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {$ref: '#/x-b', nullable: true}}}\nx-b: {}",
            "ignored-sibling 4:43",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {$ref: '#/x-b', description: b}}}\nx-b: {}",
            "",
        ),
        (
            "3.1.0",
            "components: {schemas: {A: {$ref: '#/x-b', maxLength: 3}}}\nx-b: {}",
            "",
        ),
        (
            "3.1.0",
            "components: {headers: {A: {$ref: '#/x-b', required: true}}}\nx-b: {schema: {}}",
            "ignored-sibling 4:43",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {example: {propertis: 1, $ref: 2}, default: {x: 1}, enum: [{y: 1}]}}}",
            "",
        ),
    ];
    check(&cases);
}

#[test]
fn values() {
    let cases = [
        ("3.0.0", "tags: {a: b}", "loose-value 4:7"),
        ("3.0.0", "tags: 3", "wrong-type 4:7"),
        ("3.0.0", "servers: [3]", "wrong-type 4:11"),
        (
            "3.0.0",
            "components: {schemas: {A: {type: strin}}}",
            "loose-value 4:34",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: frobnicate}}}",
            "unknown-value 4:34",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: String}}}",
            "loose-value 4:34",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: [string, 'null']}}}",
            "wrong-version-key 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: 'null'}}}",
            "wrong-version-key 4:34",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {minLength: 1.0}}}",
            "loose-value 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {minLength: -1}}}",
            "loose-value 4:39",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {minLength: '1'}}}",
            "loose-value 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {minimum: many}}}",
            "loose-value 4:37",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {exclusiveMinimum: 1}}}",
            "wrong-version-key 4:28",
        ),
        (
            "3.1.0",
            "components: {schemas: {A: {exclusiveMinimum: true}}}",
            "wrong-version-key 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {required: true}}}",
            "wrong-version-key 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {properties: []}}}",
            "loose-value 4:28",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {description: 3}}}",
            "loose-value 4:28",
        ),
        ("3.0.0", "components: {schemas: {A: }}", "loose-value 4:24"),
        ("3.1.0", "components: {schemas: {A: true}}", ""),
        (
            "3.0.0",
            "components: {schemas: {A: true}}",
            "loose-value 4:24",
        ),
        (
            "3.0.0",
            "components: {schemas: {A: text}}",
            "loose-value 4:27",
        ),
        ("3.0.0", "components: {schemas: {A: 5}}", "wrong-type 4:27"),
    ];
    check(&cases);
}

#[test]
fn absences() {
    let operation = |inside: &str| {
        complete("3.0.0", "").replace("paths: {}", &format!("paths: {{/a: {{get: {inside}}}}}"))
    };
    assert_faults(
        "openapi: 3.0.0",
        &["incomplete-object 1:1", "incomplete-object 1:1"],
    );
    assert_faults(&operation("{}"), &["incomplete-object 3:14"]);
    assert_faults(
        &operation("{responses: {'200': {}}}"),
        &["missing-description 3:32"],
    );
    assert_faults(
        &operation("{responses: {'200': {description: a}}, parameters: [{in: query, schema: {}}]}"),
        &["missing-field 3:71"],
    );
    assert_faults(
        &operation("{responses: {OK: {description: a}}}"),
        &["unknown-key 3:32"],
    );
    assert_faults(
        &operation("{responses: {fine: {description: a}}}"),
        &["incomplete-object 3:20", "unknown-key 3:32"],
    );
    let scheme = |inside: &str| {
        complete(
            "3.0.0",
            &format!("components: {{securitySchemes: {{A: {inside}}}}}"),
        )
    };
    assert_faults(&scheme("{}"), &["incomplete-object 4:32"]);
    assert_faults(
        &scheme("{type: apiKey, in: query}"),
        &["incomplete-object 4:32"],
    );
    assert_faults(&scheme("{type: http}"), &["incomplete-object 4:32"]);
    assert_faults(&scheme("{type: http, scheme: bearer}"), &[]);
}

/// One message each, as `(version, fourth line, fault)`.
fn check(cases: &[(&str, &str, &str)]) {
    for (version, line, fault) in cases {
        let expected: Vec<&str> = if fault.is_empty() {
            Vec::new()
        } else {
            vec![fault]
        };
        assert_faults(&complete(version, line), &expected);
    }
}

#[test]
fn every_fault_in_one_run_in_order() {
    let text = complete(
        "3.0.0",
        "tags: 3\ncomponents: {schemas: {A: {typ: string}, B: 3}}\nservers: 4\n",
    );
    assert_faults(
        &text,
        &[
            "wrong-type 4:7",
            "unknown-key 5:28",
            "wrong-type 5:45",
            "wrong-type 6:10",
        ],
    );
}

#[test]
fn older_spellings_are_raised() {
    let document = document(&complete(
        "3.0.3",
        "components:
  schemas:
    A: {type: integer, nullable: true, minimum: 3, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false, example: 4}
    B: {allOf: [{$ref: '#/components/schemas/A'}], nullable: true, xml: {attribute: true}}
    C: {type: number, maximum: 18446744073709551616}
",
    ));
    let a = schema(&document, "A");
    assert_eq!(a.types, [SchemaType::Integer, SchemaType::Null]);
    assert_eq!(
        (a.minimum.as_deref(), a.exclusive_minimum.as_deref()),
        (None, Some("3"))
    );
    assert_eq!(
        (a.maximum.as_deref(), a.exclusive_maximum.as_deref()),
        (Some("9"), None)
    );
    assert_eq!(a.examples.len(), 1);
    assert!(!a.nullable);
    let b = schema(&document, "B");
    assert!(b.nullable && b.types.is_empty());
    assert_eq!(
        b.xml.as_ref().and_then(|xml| xml.node_type.as_deref()),
        Some("attribute")
    );
    assert_eq!(
        document
            .schema(b.all_of[0])
            .reference
            .as_ref()
            .map(|to| to.name.as_str()),
        Some("#/components/schemas/A")
    );
    assert_eq!(
        schema(&document, "C").maximum.as_deref(),
        Some("18446744073709551616")
    );
}

#[test]
fn objects_are_read_whole_in_every_version() {
    for version in ["3.0.0", "3.1.0", "3.2.0"] {
        let document = document(&complete(version, "").replace(
            "paths: {}",
            "servers: [{url: 'https://{a}.b', variables: {a: {default: x, enum: [x, y]}}}]
security: [{key: [], other: [read]}, {}]
tags: [{name: t, description: d, externalDocs: {url: u}}]
paths:
  /a/{id}:
    parameters: [{$ref: '#/components/parameters/P'}]
    post:
      operationId: make
      tags: [t]
      deprecated: true
      parameters: [{name: q, in: query, style: deepObject, explode: true, required: true, schema: {type: object}}]
      requestBody: {required: true, content: {application/json: {schema: {type: string}}}}
      responses: {'201': {description: made, headers: {H: {schema: {type: string}}}}, 4XX: {$ref: '#/x-r'}}
components:
  securitySchemes: {key: {type: apiKey, name: K, in: header}}",
        ));
        assert_eq!(document.servers[0].variables[0].1.values, ["x", "y"]);
        let security = document.security.as_ref().expect("security");
        assert_eq!(
            (
                security[0].schemes[1].1.as_slice(),
                security[1].schemes.len()
            ),
            (&["read".to_owned()][..], 0)
        );
        assert_eq!(
            document.tags[0]
                .external_docs
                .as_ref()
                .map(|docs| docs.url.as_str()),
            Some("u")
        );
        let item = &document.paths[0].1;
        assert!(
            matches!(&item.parameters[0], Or::Reference(to) if to.to == "#/components/parameters/P")
        );
        let operation = &item.operations[0];
        assert_eq!(
            (operation.method.as_str(), operation.deprecated),
            ("POST", true)
        );
        assert_eq!(
            operation.operation_id.as_ref().map(|id| id.name.as_str()),
            Some("make")
        );
        let Or::Value(parameter) = &operation.parameters[0] else {
            panic!("a reference")
        };
        assert_eq!(
            (parameter.location, parameter.header.style),
            (Location::Query, Some(Style::DeepObject))
        );
        assert_eq!(
            (parameter.header.required, parameter.header.explode),
            (true, Some(true))
        );
        assert!(parameter.header.schema.is_some());
        assert!(
            matches!(&operation.request_body, Some(Or::Value(body)) if body.required && body.content.len() == 1)
        );
        assert_eq!(
            operation
                .responses
                .iter()
                .map(|(key, _)| key.name.as_str())
                .collect::<Vec<_>>(),
            ["201", "4XX"]
        );
        let (_, Or::Value(scheme)) = &document.components.security_schemes[0] else {
            panic!("a reference")
        };
        assert!(
            matches!(&scheme.kind, SecurityKind::ApiKey { name, location: Location::Header } if name == "K")
        );
    }
}

#[test]
fn methods_of_3_2() {
    let text = complete("3.2.0", "").replace(
        "paths: {}",
        "paths: {/a: {query: {}, additionalOperations: {LINK: {}}}}",
    );
    let document = document(&text);
    let methods: Vec<&str> = document.paths[0]
        .1
        .operations
        .iter()
        .map(|one| one.method.as_str())
        .collect();
    assert_eq!(methods, ["QUERY", "LINK"]);
}

#[test]
fn the_table_is_in_the_order_of_its_enum_and_unambiguous() {
    for (index, row) in grammar::TABLE.iter().enumerate() {
        assert_eq!(row.object as usize, index, "{}", row.title);
        let fields: Vec<_> = row.all().collect();
        for (at, field) in fields.iter().enumerate() {
            let twice = fields[..at]
                .iter()
                .any(|other| other.name == field.name && other.versions.meets(field.versions));
            assert!(
                !twice,
                "{} has two kinds of `{}` in one version",
                row.title, field.name
            );
        }
    }
    assert!(
        grammar::supported_features()
            .contains("| Schema | `contentEncoding` | 3.1 and 3.2 | generated: `base64` and `base64url`; any other is a string |")
    );
}
#[test]
fn swagger_2_0_is_raised() {
    let text = "swagger: '2.0'
info: {title: T, version: '1'}
host: a.b
basePath: /v1
schemes: [https]
produces: [application/json]
parameters: {B: {name: b, in: body, required: true, schema: {$ref: '#/definitions/D'}}}
definitions: {D: {type: object, properties: {p: {type: string, x-nullable: true}}}}
securityDefinitions: {basic: {type: basic}}
paths:
  /a:
    post:
      parameters: [{$ref: '#/parameters/B'}, {name: q, in: query, type: array, items: {type: string}, collectionFormat: multi}]
      responses: {200: {description: a, schema: {type: file}, headers: {H: {type: integer}}}}
    put:
      consumes: [multipart/form-data]
      parameters: [{name: f, in: formData, type: file, required: true}, {name: n, in: formData, type: integer}]
      responses: {200: {description: a}}
";
    let (document, faults) = load(text);
    assert!(faults.is_empty(), "{faults:?}");
    let document = document.expect("a document");
    assert_eq!(document.version, Version::V2_0);
    assert_eq!(document.servers[0].url, "https://a.b/v1");
    let [post, put] = &document.paths[0].1.operations[..] else {
        panic!("two operations")
    };
    let [Or::Value(query)] = &post.parameters[..] else {
        panic!("one parameter")
    };
    assert_eq!(
        (query.location, query.header.style, query.header.explode),
        (Location::Query, Some(Style::Form), Some(true))
    );
    let Some(Or::Value(body)) = &post.request_body else {
        panic!("no body")
    };
    assert!(body.required && body.content[0].0.name == "application/json");
    let (_, Or::Value(response)) = &post.responses[0] else {
        panic!("a reference")
    };
    let Or::Value(media) = &response.content[0].1 else {
        panic!("a reference")
    };
    let file = document.schema(media.schema.expect("a schema"));
    assert_eq!(
        (
            file.types.as_slice(),
            file.format.as_ref().map(|one| one.name.as_str())
        ),
        (&[SchemaType::String][..], Some("binary"))
    );
    let Some(Or::Value(form)) = &put.request_body else {
        panic!("no form")
    };
    assert_eq!(form.content[0].0.name, "multipart/form-data");
    let Or::Value(media) = &form.content[0].1 else {
        panic!("a reference")
    };
    let fields = document.schema(media.schema.expect("a schema"));
    assert_eq!(
        (fields.properties.len(), fields.required[0].name.as_str()),
        (2, "f")
    );
    let property = document.schema(schema(&document, "D").properties[0].1);
    assert_eq!(property.types, [SchemaType::String, SchemaType::Null]);
}

#[test]
fn targets_of_references_are_read_wherever_they_are() {
    let document = document(&complete(
        "3.0.0",
        "components:
  schemas: {A: {$ref: '#/x-more/B'}}
  parameters: {P: {$ref: '#/x-more/P'}}
x-more:
  B: {type: string}
  P: {name: p, in: query, schema: {type: integer}}
",
    ));
    let target = document
        .schemas
        .iter()
        .find(|schema| schema.types == [SchemaType::String]);
    assert!(target.is_some());
    let (_, Or::Value(parameter)) = &document.elsewhere.parameters[0] else {
        panic!("a reference")
    };
    assert_eq!(parameter.name, "p");
    assert!(document.elsewhere.schemas.is_empty());
}

#[test]
fn references_in_a_circle_end() {
    let text = complete("3.0.0", "components: {parameters: {P: {$ref: '#/components/parameters/P'}}}").replace(
        "paths: {}",
        "paths: {/a: {$ref: '#/paths/~1a', get: {$ref: '#/paths/~1b/get'}}, /b: {get: {$ref: '#/paths/~1a/get'}}}",
    );
    assert_eq!(document(&text).paths.len(), 2);
}

#[test]
fn a_reference_in_place_of_a_map_is_followed() {
    let text = complete(
        "3.0.0",
        "components: {schemas: {A: {properties: {$ref: '#/x-more'}}}}\nx-more: {p: {type: 3}}\n",
    );
    let (document, faults) = load(&text);
    assert_eq!(faults, ["loose-value 4:41", "wrong-type 5:20"]);
    let document = document.expect("a document");
    assert_eq!(schema(&document, "A").properties[0].0.name, "p");
}

#[test]
fn nesting_is_bounded() {
    let text = |paths: &str, schema: &str| {
        let info = r#""openapi": "3.1.0", "info": {"title": "T", "version": "1"}"#;
        format!(
            r#"{{{info}, "paths": {{{paths}}}, "components": {{"schemas": {{"A": {schema}}}}}}}"#
        )
    };
    let mut item = "{}".to_owned();
    for _ in 0..500 {
        item =
            format!(r#"{{"get": {{"responses": {{}}, "callbacks": {{"a": {{"b": {item}}}}}}}}}"#);
    }
    let (document, mut faults) = load(&text(&format!(r#""/a": {item}"#), "{}"));
    faults.retain(|fault| !fault.starts_with("incomplete-object "));
    assert_eq!((document.is_some(), faults.len()), (true, 1), "{faults:?}");
    assert!(faults[0].starts_with("too-deep 1:"), "{faults:?}");

    let mut schema = "{}".to_owned();
    for _ in 0..3_000 {
        schema = format!(r#"{{"items": {schema}}}"#);
    }
    let (document, faults) = load(&text("", &schema));
    assert_eq!(
        (document.map(|one| one.schemas.len()), faults.len()),
        (Some(3_001), 0),
        "{faults:?}"
    );
}

#[test]
fn bycloud_reads_without_a_word() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/bycloud.yaml");
    let (document, faults) = load(&std::fs::read_to_string(path).expect("the document"));
    assert_eq!(faults, Vec::<String>::new());
    let document = document.expect("a document");
    assert_eq!(
        document
            .paths
            .iter()
            .map(|(_, item)| item.operations.len())
            .sum::<usize>(),
        66
    );
}
