//! What holds where the document says nothing: styles, `explode`, media types of parts; and references with escapes.

use crate::bodies::{now, parts};
use crate::parameters::{equal, text};
use crate::report::Report;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wire_vectors::operations::*;
use wire_vectors::runtime::operation::{Operation, OperationTable, Parameter};
use wire_vectors::runtime::wire::{received, sent};
use wire_vectors::runtime::{Base64, Body};
use wire_vectors::types::*;
use wire_vectors_3_0 as older;

type Outcome = Result<(), String>;
type Tables = BTreeMap<&'static str, &'static OperationTable>;

pub(crate) fn run(vectors: &Value, tables: &Tables, report: &mut Report) {
    let section = &vectors["style_defaults"];
    for (location, style) in section["default_style"].as_object().into_iter().flatten() {
        let found = parameter(tables, "default-styles", location).map(style_of);
        report.ran("style_defaults", location, same(found, style));
    }
    for (style, explode) in section["default_explode"].as_object().into_iter().flatten() {
        let found = parameter(tables, "default-explode", style);
        let found = found.map(|parameter| json!([style_of(parameter), parameter.explode()]));
        report.ran(
            "style_defaults",
            style,
            same(found, &json!([style, explode])),
        );
    }
    let names = tables
        .get("default-styles")
        .map(|table| table.parameters.len());
    report.ran(
        "style_defaults",
        "names-without-effect",
        same(names.map(|count| json!(count)), &json!(4)),
    );
    let (newer, older) = (default_types(), default_types_30());
    for (position, row) in list(&vectors["default_content_type"]["rows"])
        .iter()
        .enumerate()
    {
        let is_older = list(&row["oas"]).contains(&json!("3.0.4"));
        let sent = if is_older { &older } else { &newer };
        let outcome = sent
            .clone()
            .and_then(|sent| content_type(row, &sent, is_older));
        report.ran(
            "default_content_type",
            &format!("row-{}", position + 1),
            outcome,
        );
    }
    for case in list(&vectors["json_pointer_refs"]["cases"]) {
        let id = text(case, "id");
        report.ran("json_pointer_refs", id, referred(id));
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn parameter(tables: &Tables, operation: &str, name: &str) -> Option<&'static Parameter> {
    let mut parameters = tables.get(operation)?.parameters.iter();
    parameters.find(|parameter| parameter.field.name == name)
}

/// OpenAPI's name of a style.
fn style_of(parameter: &Parameter) -> Value {
    let name = format!("{:?}", parameter.style());
    let (first, rest) = name.split_at(1);
    json!(first.to_lowercase() + rest)
}

fn same(found: Option<Value>, expected: &Value) -> Outcome {
    equal(&found.ok_or("no parameter")?, expected)
}

type Sent = BTreeMap<String, String>;

/// The media types of the parts that are sent, by name; what is received of them is what was sent.
fn default_types() -> Result<Sent, String> {
    let request = || {
        DefaultTypes::new(DefaultTypesBody {
            absent: Body::from("bytes"),
            encoded: Base64::from(b"hi".to_vec()),
            string: "s".to_owned(),
            number: 1.5,
            integer: 2,
            boolean: true,
            object: Address { street: None },
            items: vec![1, 2],
            lists: vec![vec![3]],
        })
    };
    let written = sent(&mut request()).map_err(|error| error.to_string())?;
    let came = received::<DefaultTypes>(written)?.body;
    let values = json!([
        came.string,
        came.number,
        came.integer,
        came.boolean,
        came.items,
        came.lists
    ]);
    equal(&values, &json!(["s", 1.5, 2, true, [1, 2], [[3]]]))?;
    equal(&json!(came.encoded.bytes().as_ref()), &json!(b"hi"))?;
    let written = sent(&mut request()).map_err(|error| error.to_string())?;
    by_name(written.into_body())
}

fn default_types_30() -> Result<Sent, String> {
    let body = older::types::DefaultTypes30Body {
        binary: older::runtime::Body::from("bytes"),
        byte: older::runtime::Base64::from(b"hi".to_vec()),
        string: "s".to_owned(),
        number: 1.5,
        integer: 2,
        boolean: true,
        object: older::types::DefaultTypes30BodyObject { a: None },
        items: vec![1, 2],
    };
    let mut request = older::operations::DefaultTypes30::new(body);
    let written = older::runtime::wire::sent(&mut request).map_err(|error| error.to_string())?;
    let bytes = now(written.into_body().collect(1 << 20)).map_err(|error| format!("{error:?}"))?;
    by_name(Body::from(bytes))
}

fn by_name(body: Body) -> Result<Sent, String> {
    let bytes = now(body.collect(1 << 20)).map_err(|error| format!("{error:?}"))?;
    let parts = parts(&String::from_utf8_lossy(&bytes));
    let named = parts
        .into_iter()
        .filter_map(|(name, kind, _)| Some((name?, kind)));
    Ok(named.collect())
}

/// The row's media type is that of every part of its type.
fn content_type(row: &Value, sent: &Sent, older: bool) -> Outcome {
    let names: &[&str] = match (
        text(row, "type"),
        row["format"].as_str(),
        row["contentEncoding"].as_str(),
    ) {
        ("absent", ..) => &["absent"],
        ("string", Some("binary or byte"), _) => &["binary", "byte"],
        ("string", _, Some("present")) => &["encoded"],
        ("string", ..) => &["string"],
        ("number|integer|boolean", ..) => &["number", "integer", "boolean"],
        ("object", ..) => &["object"],
        ("array", ..) if row["default"] == "application/json" && !older => &["lists"],
        ("array", ..) => &["items"],
        (other, ..) => return Err(format!("no part is of {other}")),
    };
    for name in names {
        // Lists of integers are parts of integers.
        let expected = match *name {
            "items" => json!("text/plain"),
            _ => row["default"].clone(),
        };
        equal(&json!(sent.get(*name)), &expected)?;
    }
    Ok(())
}

/// Each reference has led to its own schema, which has its own least value; the link to its own operation.
fn referred(id: &str) -> Outcome {
    if id == "jp-1" {
        let request = PointerRefsResponse::NoContent.jp_1().ok_or("no request")?;
        return equal(
            &json!([PointerTarget::operation().route, request.username]),
            &json!(["/2.0/repositories/{username}", "octocat"]),
        );
    }
    let posted = |value: &Value| {
        let uri = format!("http://test.invalid{}", PointerRefs::operation().route);
        let request = http::Request::post(uri).header("content-type", "application/json");
        let body = Body::from(value.to_string());
        received::<PointerRefs>(request.body(body).map_err(|error| error.to_string())?)
    };
    let least = json!({"jp-2": 2, "jp-3": 3, "jp-4": 4});
    posted(&least)?;
    let mut less = least;
    less[id] = json!(1);
    match posted(&less) {
        Err(error) if error.contains(id) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err("another schema is meant".to_owned()),
    }
}
