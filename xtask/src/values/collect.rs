//! The values that a document shows: examples of schemas, media types, parameters and headers, each with its schema's place.

use super::tree::{Documents, Place};
use serde_json::Value;

/// Keywords of a schema whose value is a schema, a list of schemas, or schemas by name.
const ONE: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// What stands at a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Schema,
    /// Any other object.
    Other,
    /// Objects by names of the document's own, which are no keywords.
    Named(bool),
}

/// Every example with the place of its schema.
pub(super) fn examples(documents: &Documents) -> Vec<(Place, Value)> {
    let mut found = Vec::new();
    for (file, value) in &documents.files {
        let place = Place {
            file: file.clone(),
            pointer: String::new(),
        };
        let mut work = vec![(place, value, Kind::Other)];
        while let Some((place, value, kind)) = work.pop() {
            match value {
                Value::Object(fields) => {
                    match kind {
                        Kind::Schema => shown(&place, value, &mut found),
                        Kind::Other => beside(documents, &place, value, &mut found),
                        Kind::Named(_) => {}
                    }
                    for (key, value) in fields {
                        if let Some(kind) = inside(kind, key) {
                            work.push((place.below(key), value, kind));
                        }
                    }
                }
                Value::Array(items) => {
                    for (number, item) in items.iter().enumerate() {
                        work.push((place.below(&number.to_string()), item, kind));
                    }
                }
                _ => {}
            }
        }
    }
    found
}

/// What stands below a key; `None` for data.
fn inside(kind: Kind, key: &str) -> Option<Kind> {
    match kind {
        Kind::Named(true) => Some(Kind::Schema),
        Kind::Named(false) => Some(Kind::Other),
        Kind::Schema if ONE.contains(&key) || LIST.contains(&key) => Some(Kind::Schema),
        Kind::Schema if NAMED.contains(&key) => Some(Kind::Named(true)),
        Kind::Schema => None,
        Kind::Other => match key {
            "schema" | "itemSchema" => Some(Kind::Schema),
            "schemas" | "definitions" => Some(Kind::Named(true)),
            "content" | "responses" | "paths" | "parameters" | "headers" | "callbacks" => {
                Some(Kind::Named(false))
            }
            "example" | "examples" | "default" | "value" => None,
            _ if key.starts_with("x-") => None,
            _ => Some(Kind::Other),
        },
    }
}

/// The examples in a schema.
fn shown(place: &Place, schema: &Value, found: &mut Vec<(Place, Value)>) {
    if schema.get("$ref").is_some() {
        return;
    }
    let listed = schema.get("examples").and_then(Value::as_array);
    let all = schema
        .get("example")
        .into_iter()
        .chain(listed.into_iter().flatten());
    found.extend(all.map(|value| (place.clone(), value.clone())));
}

/// The examples beside a schema.
fn beside(documents: &Documents, place: &Place, object: &Value, found: &mut Vec<(Place, Value)>) {
    if object
        .get("schema")
        .is_none_or(|schema| !schema.is_object())
    {
        return;
    }
    let schema = place.below("schema");
    // In any other media type an example is text, not a value.
    let media = place.pointer.rsplit('/').next().unwrap_or_default();
    let is_media = place.pointer.contains("/content/") && media.contains("~1");
    let is_value = |value: &Value| !is_media || media.contains("json") || !value.is_string();
    let mut all: Vec<Value> = object.get("example").cloned().into_iter().collect();
    for (name, example) in object
        .get("examples")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let example = match example.get("$ref") {
            Some(_) => documents
                .resolved(&place.below("examples").below(name))
                .and_then(|place| documents.value(&place)),
            None => Some(example),
        };
        let value =
            example.and_then(|example| example.get("value").or_else(|| example.get("dataValue")));
        // In 2.0 an answer's examples stand below their media types, as they are.
        let is_bare = value.is_none() && name.contains('/');
        let bare =
            example.filter(|example| is_bare && (name.contains("json") || !example.is_string()));
        all.extend(value.or(bare).cloned());
    }
    found.extend(
        all.into_iter()
            .filter(is_value)
            .map(|value| (schema.clone(), value)),
    );
}
