//! A schema of draft 4 as OpenAPI 3.0 can say it, or why it cannot.

use serde_json::Value;

/// Where the schema stands in the document, as references name it.
const ROOT: &str = "#/components/schemas/Subject";

/// Keywords of draft 4 that 3.0 has not.
const FOREIGN: &[&str] = &["id", "patternProperties", "dependencies", "additionalItems"];
/// Keywords whose value is a schema, a list of schemas, or schemas by name.
const ONE: &[&str] = &["items", "additionalProperties", "not"];
const LIST: &[&str] = &["allOf", "anyOf", "oneOf"];
const NAMED: &[&str] = &["properties", "definitions"];

/// Rewrites the references into the schema itself. The error is the first keyword that 3.0 has not.
pub(crate) fn raised(schema: &mut Value) -> Result<(), String> {
    let mut work = vec![schema];
    while let Some(schema) = work.pop() {
        let Value::Object(fields) = schema else {
            if schema.is_boolean() {
                return Err("a schema that is `true` or `false`".to_owned());
            }
            continue;
        };
        fields.remove("$schema");
        if let Some(reference) = fields
            .get_mut("$ref")
            .filter(|reference| reference.is_string())
        {
            if let Some(pointer) = reference
                .as_str()
                .and_then(|reference| reference.strip_prefix('#'))
            {
                if !pointer.is_empty() && !pointer.starts_with('/') {
                    return Err("a reference to an `id`".to_owned());
                }
                *reference = format!("{ROOT}{pointer}").into();
            }
            // What stands beside a reference says nothing in draft 4, nor in 3.0; but references may lead into it.
            let definitions = fields.get_mut("definitions").and_then(Value::as_object_mut);
            work.extend(definitions.into_iter().flat_map(|named| named.values_mut()));
            continue;
        }
        if let Some(keyword) = FOREIGN
            .iter()
            .find(|keyword| fields.contains_key(**keyword))
        {
            return Err(format!("`{keyword}`"));
        }
        if fields
            .get("type")
            .is_some_and(|kind| kind.is_array() || kind == "null")
        {
            return Err("`type` other than one of six words".to_owned());
        }
        if fields.get("items").is_some_and(Value::is_array) {
            return Err("`items` of a tuple".to_owned());
        }
        if fields.get("type").is_some_and(|kind| kind == "array") {
            fields
                .entry("items")
                .or_insert_with(|| Value::Object(serde_json::Map::new()));
        }
        for (key, value) in fields.iter_mut() {
            let key = key.as_str();
            if ONE.contains(&key) {
                // `additionalProperties` alone may be true or false.
                if !(key == "additionalProperties" && value.is_boolean()) {
                    work.push(value);
                }
            } else if LIST.contains(&key) {
                work.extend(value.as_array_mut().into_iter().flatten());
            } else if NAMED.contains(&key) {
                let named = value.as_object_mut().into_iter();
                work.extend(named.flat_map(|named| named.values_mut()));
            }
        }
    }
    Ok(())
}

/// Why 3.0 cannot say what a schema refers to elsewhere, if it cannot. The files are asked for by their paths in `remotes`.
pub(crate) fn remotes(schema: &Value, read: impl Fn(&str) -> Option<Value>) -> Option<String> {
    let paths = references(schema).into_iter().filter_map(|reference| {
        let path = reference.strip_prefix("http://localhost:1234/")?;
        path.split('#').next().map(str::to_owned)
    });
    let names_id = |reference: &String| {
        let name = reference.strip_prefix('#');
        name.is_some_and(|name| !name.is_empty() && !name.starts_with('/'))
    };
    let mut files = paths.filter_map(|path| read(&path));
    files
        .any(|file| references(&file).iter().any(names_id))
        .then(|| "a reference to an `id`".to_owned())
}

/// Every reference inside of a value.
fn references(value: &Value) -> Vec<String> {
    let mut work = vec![value];
    let mut found = Vec::new();
    while let Some(value) = work.pop() {
        match value {
            Value::Object(fields) => {
                found.extend(
                    fields
                        .get("$ref")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                );
                work.extend(fields.values());
            }
            Value::Array(items) => work.extend(items),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{raised, remotes};
    use serde_json::json;

    #[test]
    fn references_lead_into_the_component() {
        let mut schema = json!({"properties": {"$ref": {"$ref": "#/definitions/a"}}, "definitions": {"a": {"$ref": "#"}}});
        assert_eq!(raised(&mut schema), Ok(()));
        assert_eq!(
            schema,
            json!({
                "properties": {"$ref": {"$ref": "#/components/schemas/Subject/definitions/a"}},
                "definitions": {"a": {"$ref": "#/components/schemas/Subject"}},
            })
        );
    }

    #[test]
    fn what_the_version_has_not_is_named() {
        for (mut schema, keyword) in [
            (
                json!({"allOf": [{"type": ["string", "null"]}]}),
                "`type` other than one of six words",
            ),
            (json!({"items": [{}]}), "`items` of a tuple"),
            (
                json!({"properties": {"a": {"patternProperties": {}}}}),
                "`patternProperties`",
            ),
        ] {
            assert_eq!(raised(&mut schema), Err(keyword.to_owned()));
        }
    }
    #[test]
    fn what_is_elsewhere_is_looked_at_too() {
        let schema = json!({"$ref": "http://localhost:1234/a.json#/definitions/x"});
        let by_id = json!({"definitions": {"x": {"$ref": "#foo"}, "A": {"id": "#foo"}}});
        assert!(remotes(&schema, |path| (path == "a.json").then(|| by_id.clone())).is_some());
        assert!(remotes(&schema, |_| Some(json!({"$ref": "#/x"}))).is_none());
    }
}
