//! Holds `specs/bycloud.yaml` against the facts of ByCloud's other pages, kept as tables under `tests/data`.

mod bycloud;
mod fit;

use bycloud::{document, locate};
use fit::Found;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const OPERATIONS: &str = include_str!("data/operations.tsv");
const PARAMETERS: &str = include_str!("data/parameters.tsv");
const RESPONSES: &str = include_str!("data/responses.tsv");

/// The rows of a table under its head, without those of operations that only the newer API has.
fn rows<const N: usize>(table: &'static str) -> Vec<[&'static str; N]> {
    let cells = |line: &'static str| -> [&'static str; N] {
        let cells: Vec<&str> = line.split('\t').collect();
        cells
            .try_into()
            .unwrap_or_else(|_| panic!("{N} cells: {line}"))
    };
    table.lines().skip(1).map(cells).collect()
}

fn operations() -> Vec<[&'static str; 6]> {
    rows(OPERATIONS)
        .into_iter()
        .filter(|[_, _, _, _, generation, _]| *generation != "B")
        .collect()
}

fn get<'a>(document: &'a Value, steps: &[&str]) -> Option<&'a Value> {
    locate(document, steps).and_then(|at| document.pointer(&at))
}

/// A schema's type and format, written as the pages do: `string<uuid>`.
fn kind(schema: &Value) -> String {
    let kind = schema["type"].as_str().unwrap_or("untyped");
    schema["format"]
        .as_str()
        .map_or_else(|| kind.to_owned(), |format| format!("{kind}<{format}>"))
}

fn camel_case(slug: &str) -> String {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    slug.split('-')
        .enumerate()
        .map(|(index, word)| {
            if index == 0 {
                word.to_owned()
            } else {
                capital(word)
            }
        })
        .collect()
}

#[test]
fn the_operations_are_those_of_the_older_pages() {
    let document = document();
    let documented: BTreeSet<_> = operations()
        .into_iter()
        .map(|[method, path, slug, service, _, _]| {
            (
                method.to_lowercase(),
                path.to_owned(),
                camel_case(slug),
                json!([service]),
            )
        })
        .map(|(method, path, id, tags)| format!("{method} {path} {id} {tags}"))
        .collect();
    let described: BTreeSet<_> = each_operation(&document)
        .map(|(method, path, operation)| {
            format!(
                "{method} {path} {} {}",
                operation["operationId"].as_str().unwrap_or("?"),
                operation["tags"]
            )
        })
        .collect();
    assert_eq!(described, documented);
    assert_eq!(described.len(), 66);
}

fn each_operation(document: &Value) -> impl Iterator<Item = (&str, &str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let members = item.as_object().into_iter().flatten();
        members
            .filter(|(key, _)| *key != "parameters")
            .map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}

#[test]
fn every_service_is_a_described_tag() {
    let document = document();
    let tags = document["tags"].as_array().expect("there are tags");
    let names: BTreeSet<_> = tags.iter().filter_map(|tag| tag["name"].as_str()).collect();
    assert_eq!(names, operations().iter().map(|row| row[3]).collect());
    assert!(tags.iter().all(|tag| tag["description"].is_string()));
}

#[test]
fn both_credentials_are_alternatives_everywhere() {
    let document = document();
    assert_eq!(
        document["security"],
        json!([{ "bearerAuth": [] }, { "apiKeyAuth": [] }])
    );
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(
        (
            &schemes["bearerAuth"]["type"],
            &schemes["bearerAuth"]["scheme"]
        ),
        (&json!("http"), &json!("bearer"))
    );
    let key = &schemes["apiKeyAuth"];
    assert_eq!(
        (&key["type"], &key["in"], &key["name"]),
        (&json!("apiKey"), &json!("header"), &json!("X-Api-Key"))
    );
    assert!(each_operation(&document).all(|(_, _, operation)| operation.get("security").is_none()));
}

#[test]
fn parameters_and_body_fields_are_as_documented() {
    let document = document();
    let rows = rows::<7>(PARAMETERS);
    assert_eq!(rows.len(), 291);
    let faults: Vec<String> = rows
        .iter()
        .flat_map(|row| parameter_faults(&document, row))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

fn parameter_faults(document: &Value, row: &[&str; 7]) -> Vec<String> {
    let [method, path, name, location, documented, required, more] = *row;
    let method = method.to_lowercase();
    let (schema, is_required, example) = if location == "body" {
        let base = [
            "paths",
            path,
            &method,
            "requestBody",
            "content",
            "application/json",
            "schema",
        ];
        let body = get(document, &base);
        let required = body
            .and_then(|body| body["required"].as_array())
            .is_some_and(|names| names.contains(&json!(name)));
        (
            get(document, &[&base[..], &["properties", name]].concat()),
            required,
            None,
        )
    } else {
        let own = ["paths", path, &method, "parameters", name];
        let shared = ["paths", path, "parameters", name];
        let base = if get(document, &own).is_some() {
            &own[..]
        } else {
            &shared[..]
        };
        let parameter = get(document, base).filter(|parameter| parameter["in"] == location);
        let required = parameter.is_some_and(|parameter| parameter["required"] == true);
        (
            get(document, &[base, &["schema"]].concat()),
            required,
            parameter.and_then(|parameter| parameter.get("example")),
        )
    };
    let Some(schema) = schema else {
        return vec![format!("{row:?}: not there")];
    };
    let list = |text: &str| {
        serde_json::from_str::<Value>(&format!("[{text}]")).expect("a cell holds JSON")
    };
    let one = |label: &str| {
        more.split("; ")
            .find_map(|part| part.strip_prefix(label))
            .map(|text| list(text)[0].clone())
    };
    let values = more
        .split("; ")
        .find_map(|part| part.strip_prefix("enum "))
        .map(list);
    let checks = [
        ("type", kind(schema) == documented),
        ("required", is_required == (required == "yes")),
        ("default", schema.get("default") == one("default ").as_ref()),
        ("enum", schema.get("enum") == values.as_ref()),
        (
            "nullable",
            !more.contains("nullable") || schema["nullable"] == true,
        ),
        (
            "example",
            location == "body" || example == one("example ").as_ref(),
        ),
    ];
    checks
        .iter()
        .filter(|(_, holds)| !holds)
        .map(|(what, _)| format!("{row:?}: {what}"))
        .collect()
}

#[test]
fn the_documented_responses_are_there_and_a_default() {
    let document = document();
    let rows = rows::<6>(RESPONSES);
    assert_eq!(rows.len(), 66);
    let faults: Vec<String> = rows
        .iter()
        .flat_map(|row| response_faults(&document, row))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

fn response_faults(document: &Value, row: &[&str; 6]) -> Vec<String> {
    let [method, path, success, description, fields, errors] = *row;
    let method = method.to_lowercase();
    let at = |status: &str, more: &[&str]| {
        get(
            document,
            &[&["paths", path, &method, "responses", status], more].concat(),
        )
    };
    let json_schema = ["content", "application/json", "schema"];
    let mut faults = Vec::new();
    let mut check = |what: &str, holds: bool| {
        if !holds {
            faults.push(format!("{method} {path}: {what}"));
        }
    };

    check(
        "success",
        at(success, &["description"]) == Some(&json!(description)),
    );
    check(
        "no body",
        fields.is_empty() == at(success, &["content"]).is_none(),
    );
    let schema = at(success, &json_schema);
    check(
        "required wrapper fields",
        schema.is_none_or(|schema| schema.get("required").is_none()),
    );
    let described = schema
        .and_then(|schema| schema["properties"].as_object())
        .map(|members| members.len());
    check(
        "number of fields",
        described.unwrap_or(0) == fields.split_whitespace().count(),
    );
    for (name, documented) in fields
        .split_whitespace()
        .filter_map(|field| field.split_once(':'))
    {
        let found = at(success, &[&json_schema[..], &["properties", name]].concat()).map(kind);
        // A secret is marked by a format that the pages do not show.
        let found = found.map(|kind| kind.replace("string<password>", "string"));
        check(name, found.as_deref() == Some(documented));
    }

    let envelope = get(document, &["components", "schemas", "ErrorBody"]);
    let mut statuses = BTreeSet::from([success, "default"]);
    check(
        "default",
        envelope.is_some() && at("default", &json_schema) == envelope,
    );
    for error in errors.split("; ") {
        let (status, text) = error.split_once(' ').unwrap_or((error, ""));
        statuses.insert(status);
        check(status, at(status, &json_schema) == envelope);
        let text = text.trim_matches('"');
        check(
            error,
            text.is_empty() || at(status, &["description"]) == Some(&json!(text)),
        );
    }
    let described = at(success, &[])
        .and(get(document, &["paths", path, &method, "responses"]))
        .and_then(Value::as_object);
    check(
        "statuses",
        described
            .is_some_and(|all| all.keys().map(String::as_str).collect::<BTreeSet<_>>() == statuses),
    );
    faults
}

#[test]
fn the_error_envelope_is_as_documented() {
    let document = document();
    let schema = |steps: &[&str]| {
        get(&document, &[&["components", "schemas"], steps].concat())
            .cloned()
            .unwrap_or_default()
    };
    assert_eq!(schema(&["ErrorBody", "required"]), json!(["error"]));
    assert_eq!(
        schema(&["ErrorBody", "properties", "error", "required"]),
        json!(["code", "message"])
    );
    let kinds = ["code", "message", "details", "request_id"]
        .map(|name| kind(&schema(&["Error", "properties", name])));
    assert_eq!(kinds, ["integer", "string", "string", "string"]);
}

#[test]
fn lists_that_take_a_marker_are_paged() {
    let document = document();
    let mut paged = 0;
    for (method, path, operation) in each_operation(&document) {
        let at = ["paths", path, method];
        let takes =
            |name: &str| get(&document, &[&at[..], &["parameters", name]].concat()).is_some();
        let paging = operation.get("x-oasmith-paging");
        assert_eq!(
            paging.is_some(),
            takes("limit") && takes("marker"),
            "{path}"
        );
        let Some(paging) = paging else { continue };
        paged += 1;
        let items = paging["items"]
            .as_str()
            .and_then(|pointer| pointer.strip_prefix('/'))
            .expect("a pointer");
        let page = [
            &at[..],
            &[
                "responses",
                "200",
                "content",
                "application/json",
                "schema",
                "properties",
            ],
        ]
        .concat();
        let schema = |more: &[&str]| get(&document, &[&page[..], more].concat()).map(kind);
        assert_eq!(schema(&[items]).as_deref(), Some("array"), "{path}");
        assert_eq!(
            schema(&[items, "items", "properties", "id"]).as_deref(),
            Some("string<uuid>"),
            "{path}"
        );
        assert_eq!(
            schema(&["meta", "properties", "has_more"]).as_deref(),
            Some("boolean"),
            "{path}"
        );
        assert_eq!(paging["cursor"], "marker");
        assert_eq!(
            (&paging["next"], &paging["more"]),
            (&json!({ "last-item": "/id" }), &json!("/meta/has_more"))
        );
    }
    assert_eq!(paged, 17);
}

#[test]
fn a_status_is_no_enum_and_everything_is_described() {
    let document = document();
    let schemas = document["components"]["schemas"]
        .as_object()
        .expect("there are schemas");
    for (name, schema) in schemas {
        assert!(schema["description"].is_string(), "{name}");
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            assert!(
                property.get("$ref").is_some() || property["description"].is_string(),
                "{name}.{field}"
            );
            assert!(
                field != "status" || kind(property) == "string" && property.get("enum").is_none(),
                "{name}"
            );
        }
    }
    for (_, path, operation) in each_operation(&document) {
        assert!(
            operation["summary"].is_string() && operation["description"].is_string(),
            "{path}"
        );
    }
}

#[test]
fn examples_and_defaults_fit_their_schemas() {
    let document = document();
    let mut found = Found::default();
    found.search(&document, &document, "");
    assert_eq!(found.faults, Vec::<String>::new());
    assert!(found.checked > 500, "{} examples", found.checked);
}

#[test]
fn an_example_that_does_not_fit_is_a_fault() {
    let example =
        "/paths/~1v1~1backups/get/responses/200/content/application~1json/example/backups/0";
    for (name, value) in [
        ("invented", json!(1)),
        ("size", json!("100")),
        ("id", json!("one")),
        ("name", Value::Null),
    ] {
        let mut document = document();
        document.pointer_mut(example).expect("the example is there")[name] = value;
        let mut found = Found::default();
        found.search(&document, &document, "");
        assert_eq!(found.faults.len(), 1, "{name}: {:?}", found.faults);
    }
}
