//! Documents as JSON Schema 2020-12 has them, so that an independent validator can judge values: what 3.0 and 2.0 say in
//! words of their own is said in today's.

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

/// Raises every schema of a document of 3.0 or 2.0, wherever it stands. Nothing else is changed.
pub(super) fn raise(document: &mut Value) {
    let mut work = vec![(document, false)];
    while let Some((value, named)) = work.pop() {
        match value {
            Value::Object(fields) => {
                if !named {
                    if let Some(reference) =
                        fields.get("$ref").filter(|reference| reference.is_string())
                    {
                        // What stands beside a reference is ignored before 3.1.
                        *fields = Map::from_iter([("$ref".to_owned(), reference.clone())]);
                        continue;
                    }
                    schema(fields);
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
    fn what_three_zero_says_is_said_anew() {
        let mut document = json!({"schemas": {
            "example": {"type": "string", "nullable": true},
            "Price": {"type": "number", "minimum": 0, "exclusiveMinimum": true, "example": {"nullable": true, "type": "a"}},
            "Other": {"$ref": "#/schemas/Price", "nullable": true},
        }});
        raise(&mut document);
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
