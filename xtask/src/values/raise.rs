//! Documents as JSON Schema 2020-12 has them, so that an independent validator can judge values: what OpenAPI says in words
//! of its own is said in today's.

use serde_json::{Map, Value, json};

/// Keywords whose value is data.
const DATA: &[&str] = &[
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "x-example",
    "x-examples",
];
/// Keywords whose value has names of the document's own as its keys.
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "definitions",
    "$defs",
    "schemas",
    "dependentSchemas",
];

/// Integers of formats with a width: the least and the greatest.
const WIDTHS: &[(&str, f64, f64)] = &[
    ("int8", -128.0, 127.0),
    ("uint8", 0.0, 255.0),
    ("int16", -32_768.0, 32_767.0),
    ("uint16", 0.0, 65_535.0),
    ("int32", -2_147_483_648.0, 2_147_483_647.0),
    ("uint32", 0.0, 4_294_967_295.0),
    (
        "int64",
        -9_223_372_036_854_775_808.0,
        9_223_372_036_854_775_807.0,
    ),
    (
        "long",
        -9_223_372_036_854_775_808.0,
        9_223_372_036_854_775_807.0,
    ),
    ("uint64", 0.0, 18_446_744_073_709_551_615.0),
];

/// Raises every schema of a document, wherever it stands: of an `older` one, of 3.0 or 2.0, what has other words today.
/// Nothing else is changed, unless it is more than plain JSON Schema: what OpenAPI and types of our own add is said in its words then.
pub(super) fn raise(document: &mut Value, older: bool, plain: bool) {
    let mut work = vec![(document, false)];
    while let Some((value, named)) = work.pop() {
        match value {
            Value::Object(fields) => {
                if !named {
                    if let Some(reference) = fields
                        .get("$ref")
                        .filter(|reference| older && reference.is_string())
                    {
                        // What stands beside a reference is ignored before 3.1.
                        *fields = Map::from_iter([("$ref".to_owned(), reference.clone())]);
                        continue;
                    }
                    if older {
                        schema(fields);
                    }
                    if !plain {
                        inferred(fields);
                        encoded(fields);
                        told_apart(fields);
                        wide(fields);
                    }
                }
                for (key, value) in fields.iter_mut() {
                    if named || !DATA.contains(&key.as_str()) {
                        work.push((value, !named && NAMED.contains(&key.as_str())));
                    }
                }
            }
            Value::Array(items) => work.extend(items.iter_mut().map(|item| (item, false))),
            _ => {}
        }
    }
}

/// A schema without a type that names members is one of objects, as `untyped = "infer"` has it.
fn inferred(fields: &mut Map<String, Value>) {
    let names_members = ["properties", "patternProperties"].iter().any(|key| {
        fields
            .get(*key)
            .and_then(Value::as_object)
            .is_some_and(|names| !names.is_empty())
    });
    let is_said = [
        "type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "not", "if",
    ]
    .iter()
    .any(|key| fields.contains_key(*key));
    if names_members && !is_said {
        let nullable = fields.get("nullable") == Some(&Value::Bool(true));
        let kind = if nullable {
            json!(["object", "null"])
        } else {
            json!("object")
        };
        fields.insert("type".to_owned(), kind);
    }
}

/// A text that holds bytes has to be what they are written as.
fn encoded(fields: &mut Map<String, Value>) {
    let encoding = fields.get("contentEncoding").and_then(Value::as_str);
    let encoding = encoding.map(str::to_ascii_lowercase);
    if let Some(encoding @ ("base64" | "base64url")) = encoding.as_deref() {
        fields.insert("format".to_owned(), json!(encoding));
    }
}

/// Where a discriminator says which branch is meant, others may fit too.
fn told_apart(fields: &mut Map<String, Value>) {
    let named = fields
        .get("discriminator")
        .and_then(|found| found.get("propertyName"));
    if named.is_some_and(Value::is_string)
        && !fields.contains_key("anyOf")
        && let Some(branches) = fields.remove("oneOf")
    {
        fields.insert("anyOf".to_owned(), branches);
    }
}

/// The least and the greatest number of a format with a width.
pub(super) fn width(fields: &Map<String, Value>) -> Option<(f64, f64)> {
    let format = fields.get("format")?.as_str()?;
    // Documents spell them in many ways: `Int32`, `int-32`.
    let format = format.replace(['-', '_'], "").to_ascii_lowercase();
    let known = WIDTHS.iter().find(|(name, ..)| *name == format);
    known.map(|(_, least, most)| (*least, *most))
}

/// A number of a format with a width is an integer of that width.
fn wide(fields: &mut Map<String, Value>) {
    let Some((least, most)) = width(fields) else {
        return;
    };
    let kind = fields
        .get("type")
        .and_then(|kind| kind.as_str().or_else(|| kind.get(0)?.as_str()));
    let all = fields.get("allOf").cloned().unwrap_or(json!([]));
    if let (Some("integer" | "number"), Value::Array(mut all)) = (kind, all) {
        all.push(json!({ "minimum": least, "maximum": most, "multipleOf": 1 }));
        fields.insert("allOf".to_owned(), Value::Array(all));
    }
}

fn schema(fields: &mut Map<String, Value>) {
    if fields.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind) = fields.get_mut("type").filter(|kind| kind.is_string())
    {
        *kind = json!([kind, "null"]);
    }
    for (flag, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        match fields.get(flag) {
            Some(Value::Bool(true)) => {
                let bound = fields.remove(bound).unwrap_or(Value::Null);
                if bound.is_null() {
                    fields.remove(flag);
                } else {
                    fields.insert(flag.to_owned(), bound);
                }
            }
            Some(Value::Bool(false)) => {
                fields.remove(flag);
            }
            _ => {}
        }
    }
    if fields.get("type").is_some_and(|kind| kind == "file") {
        fields.remove("type");
    }
}

#[cfg(test)]
mod tests {
    use super::raise;
    use serde_json::json;

    #[test]
    fn what_formats_and_discriminators_mean_is_said_in_keywords() {
        let mut document = json!({"schemas": {
            "Count": {"type": "integer", "format": "int8"},
            "Name": {"properties": {"first": {}}, "nullable": true},
            "Pet": {"oneOf": [{}], "discriminator": {"propertyName": "kind"}},
        }});
        raise(&mut document, false, false);
        let bounds = json!({"minimum": -128.0, "maximum": 127.0, "multipleOf": 1});
        assert_eq!(
            document,
            json!({"schemas": {
                "Count": {"type": "integer", "format": "int8", "allOf": [bounds]},
                "Name": {"properties": {"first": {}}, "nullable": true, "type": ["object", "null"]},
                "Pet": {"discriminator": {"propertyName": "kind"}, "anyOf": [{}]},
            }})
        );
    }

    #[test]
    fn what_three_zero_says_is_said_anew() {
        let mut document = json!({"schemas": {
            "example": {"type": "string", "nullable": true},
            "Price": {"type": "number", "minimum": 0, "exclusiveMinimum": true, "example": {"nullable": true, "type": "a"}},
            "Other": {"$ref": "#/schemas/Price", "nullable": true},
        }});
        raise(&mut document, true, false);
        assert_eq!(
            document,
            json!({"schemas": {
                "example": {"type": ["string", "null"], "nullable": true},
                "Price": {"type": "number", "exclusiveMinimum": 0, "example": {"nullable": true, "type": "a"}},
                "Other": {"$ref": "#/schemas/Price"},
            }})
        );
    }
}
