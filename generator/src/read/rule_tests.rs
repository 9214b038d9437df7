//! The rules that the specification says in words: a line of a document, the version, and the faults.

use super::tests::faults;

/// Each case is a version, the lines below `info`, and the faults as `code line:column`; line 3 is the first of them.
fn check(cases: &[(&str, &str, &[&str])]) {
    let mut wrong = Vec::new();
    for (version, lines, expected) in cases {
        let key = if *version == "2.0" {
            "swagger"
        } else {
            "openapi"
        };
        let paths = if lines.contains("paths:") {
            ""
        } else {
            "\npaths: {}"
        };
        let text =
            format!("{key}: '{version}'\ninfo: {{title: T, version: '1'}}\n{lines}{paths}\n");
        let found = faults(&text);
        if found != *expected {
            wrong.push(format!("{text}gives {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

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
fn names_are_unique_and_well_formed() {
    let operation = |inner: &str| {
        format!("paths: {{/a: {{get: {{{inner}, responses: {{default: {{description: d}}}}}}}}}}")
    };
    let twice = operation(
        "parameters: [{name: a, in: query, schema: {}}, {name: a, in: query, schema: {}}]",
    );
    let headers = operation(
        "parameters: [{name: A, in: header, schema: {}}, {name: a, in: header, schema: {}}]",
    );
    let places = operation(
        "parameters: [{name: a, in: query, schema: {}}, {name: a, in: header, schema: {}}]",
    );
    let by_reference = operation("parameters: [{$ref: '#/x-p'}, {$ref: '#/x-p'}]")
        + "\nx-p: {name: a, in: query, schema: {}}";
    let whole = operation(
        "parameters: [{name: a, in: querystring, content: {a/b: {}}}, {name: b, in: query, schema: {}}]",
    );
    let ids = "paths: {/a: {get: {operationId: x, responses: {default: {description: d}}}}}\n\
               webhooks: {b: {get: {operationId: x, responses: {default: {description: d}}}}}";
    check(&[
        ("3.0.0", &twice, &["duplicate-name 3:67"]),
        ("3.0.0", &headers, &["duplicate-name 3:68"]),
        ("3.0.0", &places, &[]),
        ("3.0.0", &by_reference, &["duplicate-name 3:50"]),
        ("3.2.0", &whole, &["conflicting-fields 3:81"]),
        ("3.1.0", ids, &["duplicate-operation-id 4:35"]),
        (
            "3.0.0",
            "tags: [{name: a}, {name: b}, {name: a}]",
            &["duplicate-name 3:30"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {required: [a, b, a]}}}",
            &["duplicate-name 3:45"],
        ),
        (
            "3.1.0",
            "components: {schemas: {A: {type: [string, string]}}}",
            &["duplicate-name 3:43"],
        ),
        (
            "3.0.0",
            "components: {schemas: {'A<B>': {}}}",
            &["invalid-name 3:24"],
        ),
        ("3.0.0", "components: {schemas: {A.b-c_1: {}}}", &[]),
        (
            "3.0.0",
            "components: {parameters: {A: {name: a b, in: header, schema: {}}}}",
            &["invalid-name 3:37"],
        ),
        (
            "3.0.0",
            "components: {parameters: {A: {name: '', in: cookie, schema: {}}}}",
            &["invalid-name 3:37"],
        ),
        (
            "3.0.0",
            "components: {requestBodies: {A: {content: {json: {}}}}}",
            &["invalid-name 3:44"],
        ),
    ]);
}

#[test]
fn texts_have_the_form_their_field_has() {
    check(&[
        (
            "3.0.0",
            "externalDocs: {url: see the manual}",
            &["invalid-value 3:21"],
        ),
        (
            "3.0.0",
            "servers: [{url: 'https://{host/v1'}]",
            &["invalid-value 3:17"],
        ),
        (
            "3.0.0",
            "servers: [{url: 'https://{host}/v1'}]",
            &["incomplete-object 3:11"],
        ),
        (
            "3.0.0",
            "servers: [{url: /v1, variables: {a: {default: b}}}]",
            &["conflicting-fields 3:34"],
        ),
        (
            "3.1.0",
            "servers: [{url: '/{a}', variables: {a: {default: b, enum: []}}}]",
            &["invalid-value 3:37"],
        ),
        (
            "3.1.0",
            "servers: [{url: '/{a}', variables: {a: {default: b, enum: [c]}}}]",
            &["unusable-default 3:50"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {multipleOf: 0}}}",
            &["invalid-value 3:40"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {enum: []}}}",
            &["invalid-value 3:28"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {allOf: []}}}",
            &["invalid-value 3:28"],
        ),
        (
            "3.0.0",
            "components: {schemas: {A: {type: array}}}",
            &["incomplete-object 3:24"],
        ),
        ("3.1.0", "components: {schemas: {A: {type: array}}}", &[]),
        ("3.0.0", "paths: {'/a?b=c': {}}", &["invalid-value 3:9"]),
        ("3.0.0", "paths: {'/a/{b': {}}", &["invalid-value 3:9"]),
        ("3.0.0", "paths: {'/{b}/{b}': {}}", &["invalid-value 3:9"]),
        (
            "3.0.0",
            "paths: {/a: {get: {responses: {}}}}",
            &["incomplete-object 3:20"],
        ),
        ("2.0", "host: https://example.com", &["invalid-value 3:7"]),
        ("2.0", "basePath: v1", &["invalid-value 3:11"]),
        (
            "2.0",
            "parameters: {A: {name: a, in: header, type: file}}",
            &["conflicting-fields 3:45"],
        ),
        (
            "2.0",
            "parameters: {A: {name: a, in: path, required: true, type: array, items: {type: string}, collectionFormat: multi}}",
            &["conflicting-fields 3:107"],
        ),
        (
            "2.0",
            "parameters: {A: {name: a, in: query}, B: {name: b, in: body}}",
            &["incomplete-object 3:14", "incomplete-object 3:39"],
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
fn references_lead_to_the_kind_of_object_that_belongs_there() {
    let wrong = "components: {schemas: {A: {$ref: '#/components/parameters/B'}}, parameters: {B: {name: b, in: query, schema: {}}}}";
    let early = "paths: {/a: {get: {responses: {'200': {$ref: '#/components/schemas/A'}}}}}\ncomponents: {schemas: {A: {type: object}}}";
    let late = "components: {schemas: {A: {type: object}}, responses: {B: {$ref: '#/components/schemas/A'}}}";
    check(&[
        ("3.1.0", wrong, &["other-kind 3:34"]),
        (
            "3.0.0",
            early,
            &["missing-description 3:32", "other-kind 3:46"],
        ),
        (
            "3.0.0",
            late,
            &["missing-description 3:56", "other-kind 3:66"],
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
fn security_schemes_have_what_their_type_has() {
    let scheme = |fields: &str| format!("components: {{securitySchemes: {{A: {{{fields}}}}}}}");
    let definition = |fields: &str| format!("securityDefinitions: {{A: {{{fields}}}}}");
    let required = "components: {securitySchemes: {A: {type: oauth2, flows: {password: {tokenUrl: /t, scopes: {r: read}}}}, \
                    B: {type: apiKey, name: k, in: header}}}\n\
                    security: [{A: [r, w]}, {B: [r]}]";
    check(&[
        (
            "3.0.0",
            &scheme("type: oauth2"),
            &["incomplete-object 3:32"],
        ),
        (
            "3.0.0",
            &scheme("type: openIdConnect"),
            &["incomplete-object 3:32"],
        ),
        (
            "3.0.0",
            &scheme("type: http, scheme: basic, bearerFormat: JWT"),
            &["conflicting-fields 3:63"],
        ),
        (
            "3.0.0",
            &scheme("type: http, scheme: bearer, bearerFormat: JWT"),
            &[],
        ),
        (
            "3.1.0",
            &scheme("type: apiKey, name: a, in: header, scheme: bearer"),
            &["conflicting-fields 3:71"],
        ),
        (
            "3.1.0",
            &scheme("type: apiKey, name: a b, in: header"),
            &["invalid-name 3:56"],
        ),
        (
            "3.1.0",
            &scheme(
                "type: oauth2, flows: {implicit: {authorizationUrl: /a, tokenUrl: /t, scopes: {}}}",
            ),
            &["conflicting-fields 3:91"],
        ),
        (
            "2.0",
            &definition("type: oauth2, scopes: {}"),
            &["incomplete-object 3:23"],
        ),
        (
            "2.0",
            &definition("type: oauth2, flow: implicit, scopes: {}"),
            &["incomplete-object 3:23"],
        ),
        (
            "2.0",
            &definition(
                "type: oauth2, flow: implicit, authorizationUrl: /a, tokenUrl: /t, scopes: {}",
            ),
            &["conflicting-fields 3:79"],
        ),
        (
            "3.0.0",
            required,
            &["invalid-value 4:20", "conflicting-fields 4:30"],
        ),
        ("3.1.0", required, &["invalid-value 4:20"]),
    ]);
}

#[test]
fn schemas_say_nothing_in_vain() {
    let schema = |fields: &str| format!("components: {{schemas: {{A: {{{fields}}}}}}}");
    check(&[
        (
            "3.0.0",
            &schema("type: integer, exclusiveMinimum: true"),
            &["conflicting-fields 3:43"],
        ),
        (
            "3.0.0",
            &schema("type: string, enum: [a, 1]"),
            &["loose-value 3:52"],
        ),
        (
            "3.0.0",
            &schema("type: integer, enum: [1, a]"),
            &["invalid-value 3:53"],
        ),
        ("3.0.0", &schema("type: string, enum: [a, null]"), &[]),
        (
            "2.0",
            "definitions: {A: {enum: [a, a]}}",
            &["duplicate-name 3:29"],
        ),
        (
            "3.1.0",
            &schema("required: [a], additionalProperties: false"),
            &["impossible-constraint 3:39"],
        ),
        (
            "3.0.0",
            &schema("type: string, discriminator: {propertyName: a}"),
            &["conflicting-fields 3:42"],
        ),
        (
            "3.2.0",
            &schema("discriminator: {propertyName: a, defaultMapping: B}"),
            &["unusable-mapping 3:77"],
        ),
        ("3.1.0", &schema("prefixItems: []"), &["invalid-value 3:28"]),
        ("3.1.0", &schema("type: []"), &["invalid-value 3:28"]),
        ("3.1.0", &schema("$anchor: 1a"), &["invalid-name 3:37"]),
        (
            "3.1.0",
            &schema("$id: 'https://a/b#c'"),
            &["invalid-value 3:33"],
        ),
        (
            "3.1.0",
            &schema("allOf: [{$anchor: a}, {$anchor: a}]"),
            &["duplicate-name 3:60"],
        ),
        (
            "3.1.0",
            &schema("$dynamicRef: '#a'"),
            &["unresolved-reference 3:41"],
        ),
        (
            "3.1.0",
            &schema("xml: {namespace: a/b}"),
            &["invalid-value 3:45"],
        ),
    ]);
}

#[test]
fn names_of_the_wire_can_be_sent() {
    let responses =
        |responses: &str| format!("paths: {{/a: {{get: {{responses: {{{responses}}}}}}}}}");
    let body = |fields: &str| {
        format!(
            "components: {{requestBodies: {{A: {{content: {{multipart/form-data: {{{fields}}}}}}}}}}}"
        )
    };
    check(&[
        (
            "3.0.0",
            &responses("'600': {description: d}"),
            &["invalid-name 3:32"],
        ),
        (
            "3.0.0",
            &responses("4xx: {description: d}"),
            &["invalid-name 3:32"],
        ),
        (
            "2.0",
            &responses("4XX: {description: d}"),
            &["invalid-name 3:32"],
        ),
        (
            "3.0.0",
            &responses("200: {description: d, headers: {a b: {schema: {}}}}"),
            &["invalid-name 3:64"],
        ),
        ("3.0.0", "paths: {/a b: {}}", &["invalid-value 3:9"]),
        (
            "3.0.0",
            &body("schema: {properties: {a: {}}}, encoding: {b: {}}"),
            &["conflicting-fields 3:108"],
        ),
        (
            "3.0.0",
            &body("encoding: {a: {contentType: 'a/b, c'}}"),
            &["invalid-name 3:94"],
        ),
        (
            "3.2.0",
            "paths: {/a: {additionalOperations: {A B: {responses: {200: {description: d}}}}}}",
            &["invalid-name 3:37"],
        ),
        ("3.2.0", "servers: [{url: '/a?b'}]", &["invalid-value 3:17"]),
        (
            "3.2.0",
            "servers: [{url: /, name: a}, {url: /b, name: a}]",
            &["duplicate-name 3:46"],
        ),
        ("3.2.0", "$self: 'https://a/b#c'", &["invalid-value 3:8"]),
        (
            "3.2.0",
            "tags: [{name: a, parent: b}, {name: b, parent: a}]",
            &["conflicting-fields 3:48"],
        ),
        ("2.0", "consumes: [json]", &["invalid-name 3:12"]),
        (
            "2.0",
            "paths: {/a: {get: {parameters: [{name: a, in: formData, type: file}], responses: {200: {description: d}}}}}",
            &["conflicting-fields 3:33"],
        ),
        (
            "2.0",
            "responses: {A: {description: d, headers: {B: {}}}}",
            &["incomplete-object 3:43"],
        ),
    ]);
}

#[test]
fn links_and_callbacks_lead_somewhere() {
    let operation = |fields: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: x, {fields}, responses: {{200: {{description: d}}}}}}}}}}"
        )
    };
    let links = |link: &str| {
        format!(
            "components: {{links: {{A: {{{link}}}}}}}\npaths: {{/a: {{get: {{operationId: x, responses: {{200: {{description: d}}}}}}}}}}"
        )
    };
    check(&[
        (
            "3.0.0",
            &operation("callbacks: {c: {'{$nope}': {}}}"),
            &["invalid-value 3:52"],
        ),
        (
            "3.0.0",
            &links("operationId: x, parameters: {b: 1}"),
            &["conflicting-fields 3:55"],
        ),
        (
            "3.0.0",
            &links("operationRef: '#/info'"),
            &["unknown-operation 3:40"],
        ),
    ]);
}

#[test]
fn expressions_take_up_what_the_request_has() {
    let operation = |parameter: &str, more: &str| {
        format!(
            "paths: {{/a: {{post: {{operationId: x, parameters: [{{name: {parameter}, in: query, schema: {{}}}}], {more}}}}}}}"
        )
    };
    let callback =
        "callbacks: {c: {'{$request.query.to}/x': {}}}, responses: {200: {description: d}}";
    let link = "responses: {200: {description: d, links: {l: {operationId: x, parameters: {to: $request.query.to}}}}}";
    check(&[
        ("3.0.0", &operation("to", callback), &[]),
        ("3.1.0", &operation("to", link), &[]),
        (
            "3.0.0",
            &operation("from", callback),
            &["conflicting-fields 3:104"],
        ),
        (
            "3.1.0",
            &operation("from", &link.replace("{to: ", "{from: ")),
            &["conflicting-fields 3:169"],
        ),
    ]);
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
