//! Names and texts: unique, well formed, fit to be sent.

use super::check;

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
