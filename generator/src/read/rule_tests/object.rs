//! What an object has: fields that exclude one another, and the ones it needs.

use super::super::tests::faults;
use super::check;

#[test]
fn fields_exclude_one_another() {
    check(&[
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: query, schema: {}, content: {a/b: {}}}}}",
            &["conflicting-fields 3:63"],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: query, schema: {}, example: 1, examples: {}}}}",
            &["conflicting-fields 3:75"],
        ),
        (
            "3.2.0",
            "components: {parameters: {A: {name: a, in: query, content: {a/b: {}}, style: form}}}",
            &["conflicting-fields 3:71"],
        ),
        (
            "3.0.0",
            "components: {headers: {A: {schema: {}, content: {a/b: {}}}}}",
            &["conflicting-fields 3:40"],
        ),
        (
            "3.0.0",
            "components: {headers: {A: {content: {a/b: {}, c/d: {}}}}}",
            &["conflicting-fields 3:28"],
        ),
        (
            "3.0.0",
            "components: {examples: {A: {value: 1, externalValue: a}}}",
            &["conflicting-fields 3:39"],
        ),
        (
            "3.2.0",
            "components: {examples: {A: {value: 1, dataValue: 1}}}",
            &["conflicting-fields 3:39"],
        ),
        (
            "3.2.0",
            "components: {schemas: {A: {xml: {attribute: true, nodeType: text}}}}",
            &["conflicting-fields 3:51"],
        ),
        (
            "3.2.0",
            "components: {requestBodies: {A: {content: {a/b: {encoding: {}, prefixEncoding: []}}}}}",
            &["conflicting-fields 3:64"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {readOnly: true, writeOnly: true}}}",
            &["conflicting-fields 3:44"],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: path, required: false, schema: {}}}}",
            &["conflicting-fields 3:60"],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: path, schema: {}}}}",
            &["incomplete-object 3:27"],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: header, style: form, schema: {}}}}",
            &["conflicting-fields 3:59"],
        ),
        (
            "3.1.0",
            "components: {parameters: {A: {name: a, in: header, allowReserved: true, schema: {}}}}",
            &["conflicting-fields 3:52"],
        ),
        (
            "3.1.0",
            "components: {parameters: {A: {name: a, in: path, required: true, allowReserved: true, schema: {}}}}",
            &["conflicting-fields 3:66"],
        ),
        (
            "3.2.0",
            "components: {parameters: {A: {name: a, in: path, required: true, allowReserved: true, schema: {}}}}",
            &[],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a, in: query}}}",
            &["incomplete-object 3:27"],
        ),
        (
            "3.0.0",
            "components: {requestBodies: {A: {content: {a/b: {encoding: {x: {style: matrix}}}}}}}",
            &["conflicting-fields 3:72"],
        ),
    ]);
}

#[test]
fn objects_are_whole_and_lead_somewhere() {
    let flows = |flow: &str| {
        format!("components: {{securitySchemes: {{A: {{type: oauth2, flows: {{{flow}}}}}}}}}")
    };
    let discriminator = "components:\n  schemas:\n    A: {discriminator: {propertyName: k}, oneOf: [{$ref: '#/components/schemas/B'}]}\n    \
                         B: {properties: {k: {type: string}}}";
    check(&[
        (
            "3.0.0",
            &flows("implicit: {authorizationUrl: a}"),
            &["incomplete-object 3:58"],
        ),
        (
            "3.0.0",
            &flows("clientCredentials: {tokenUrl: a, scopes: {}}"),
            &[],
        ),
        (
            "3.0.0",
            "components: {links: {A: {}}}",
            &["incomplete-object 3:22"],
        ),
        (
            "3.0.0",
            "components: {links: {A: {operationId: nothing}}}",
            &["unknown-operation 3:39"],
        ),
        (
            "3.0.0",
            "components: {links: {A: {operationRef: '#/paths/~1none/get'}}}",
            &["unknown-operation 3:40"],
        ),
        (
            "3.0.0",
            "components: {links: {A: {operationRef: 'https://example.com/a#/paths/~1b/get'}}}",
            &[],
        ),
        ("3.0.0", discriminator, &["incomplete-object 5:9"]),
        (
            "3.0.0",
            "components: {headers: {A: {$ref: '#/components/headers/B'}, B: {$ref: '#/components/headers/A'}}}",
            &["reference-cycle 3:71"],
        ),
        (
            "3.0.0",
            "components: {examples: {A: {$ref: '#/components/examples/A'}}}",
            &["reference-cycle 3:35"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {allOf: [{$ref: '#/components/schemas/A'}]}}}",
            &["circular-schema 3:24"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {oneOf: [{$ref: '#/components/schemas/B'}]}, B: {anyOf: [{$ref: '#/components/schemas/A'}]}}}",
            &["circular-schema 3:24"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}}",
            &[],
        ),
    ]);
}

#[test]
fn a_document_of_3_1_has_something_in_it() {
    let text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n";
    assert_eq!(faults(text), ["incomplete-object 1:1"]);
    assert_eq!(
        faults(&format!("{text}components: {{}}\n")),
        Vec::<String>::new()
    );
}

#[test]
fn words_of_one_version_are_held_to_it() {
    check(&[
        (
            "2.0",
            "parameters: {A: {name: a, in: query, type: array, items: {format: x}}}",
            &["incomplete-object 3:51"],
        ),
        (
            "2.0",
            "definitions: {A: {type: file}}",
            &["invalid-value 3:25"],
        ),
        (
            "2.0",
            "responses: {A: {description: d, schema: {type: file}}}",
            &[],
        ),
        (
            "2.0",
            "responses: {A: {description: d, examples: {json: {}}}}",
            &["invalid-name 3:44"],
        ),
        (
            "2.0",
            "produces: [text/xml]\npaths: {/a: {get: {responses: {200: {description: d, examples: {application/json: {}}}}}}}",
            &["conflicting-fields 4:65"],
        ),
        (
            "2.0",
            "paths: {/a: {get: {tags: [a, a], responses: {200: {description: d}}}}}",
            &["duplicate-name 3:30"],
        ),
        (
            "3.1.0",
            "components: {parameters: {A: {name: a, in: query, content: {a/b: {}}, example: 1}}}",
            &["conflicting-fields 3:71"],
        ),
        (
            "3.2.0",
            "components: {parameters: {A: {name: a, in: query, content: {a/b: {}}, example: 1}}}",
            &[],
        ),
        (
            "3.0.0",
            "components: {securitySchemes: {A: {type: http, scheme: 'a b'}}}",
            &["invalid-name 3:56"],
        ),
        (
            "3.1.0",
            "components: {schemas: {A: {type: string, const: 5}, B: {enum: [a], const: b}}}",
            &["invalid-value 3:49", "impossible-constraint 3:75"],
        ),
        (
            "3.2.0",
            "tags: [{name: a, parent: b}]",
            &["invalid-value 3:26"],
        ),
        (
            "3.2.0",
            "tags: [{name: a, parent: b}]\npaths: {/a: {get: {tags: [b], responses: {200: {description: d}}}}}",
            &[],
        ),
    ]);
}

#[test]
fn what_evidently_is_meant_is_read() {
    let operation = |parameter: &str| {
        format!(
            "paths: {{/a: {{get: {{parameters: [{parameter}], responses: {{default: {{description: d}}}}}}}}}}"
        )
    };
    check(&[
        (
            "3.2.0",
            &operation("{in: querystring, content: {a/b: {}}}"),
            &["incomplete-object 3:33"],
        ),
        (
            "3.0.0",
            &operation("{in: query, name: a, required: optional, schema: {}}"),
            &["loose-value 3:54"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: array, items: string}}}",
            &["loose-value 3:41"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: array, items: strings}}}",
            &["loose-value 3:48"],
        ),
    ]);
}
