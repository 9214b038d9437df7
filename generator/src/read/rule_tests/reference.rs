//! References, links and expressions lead somewhere.

use super::check;

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
