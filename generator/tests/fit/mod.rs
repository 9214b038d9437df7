//! Whether the examples and defaults in a document fit the schemas beside them.

use crate::bycloud::{child, follow};
use serde_json::{Map, Value};

/// Examples and defaults that were met, and what is wrong with them.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) checked: usize,
    pub(crate) faults: Vec<String>,
}

impl Found {
    /// Checks each example and default under `node` against the schema beside it.
    pub(crate) fn search(&mut self, document: &Value, node: &Value, at: &str) {
        let schema = node
            .get("schema")
            .or_else(|| node["type"].is_string().then_some(node));
        for value in ["example", "default"]
            .iter()
            .filter_map(|key| schema.and(node.get(key)))
        {
            self.checked += 1;
            self.check(document, schema.unwrap_or(node), value, at);
        }
        match node {
            Value::Object(members) => {
                for (key, member) in members.iter().filter(|(key, _)| *key != "example") {
                    self.search(document, member, &child(at, key));
                }
            }
            Value::Array(items) => items
                .iter()
                .for_each(|item| self.search(document, item, at)),
            _ => {}
        }
    }

    fn check(&mut self, document: &Value, schema: &Value, value: &Value, at: &str) {
        let Some(schema) = resolved(document, schema) else {
            return self.faults.push(format!("{at}: no schema"));
        };
        if value.is_null() && schema["nullable"] == true {
            return;
        }
        let fits = match (schema["type"].as_str(), value) {
            (Some("object"), Value::Object(members)) => {
                self.check_members(document, schema, members, at);
                true
            }
            (Some("array"), Value::Array(items)) => {
                items
                    .iter()
                    .for_each(|item| self.check(document, &schema["items"], item, at));
                true
            }
            (Some("string"), Value::String(text)) => match schema["format"].as_str() {
                Some("uuid") => text.split('-').map(str::len).eq([8, 4, 4, 4, 12]),
                Some("date-time") => text.len() == 20 && text.ends_with('Z'),
                Some("email") => text.contains('@'),
                _ => true,
            },
            (Some("integer"), Value::Number(number)) => number.is_i64(),
            (Some("boolean"), Value::Bool(_)) => true,
            _ => false,
        };
        let listed = schema["enum"]
            .as_array()
            .is_none_or(|values| values.contains(value));
        if !fits || !listed {
            self.faults
                .push(format!("{at}: {value} is not of {schema}"));
        }
    }

    fn check_members(
        &mut self,
        document: &Value,
        schema: &Value,
        members: &Map<String, Value>,
        at: &str,
    ) {
        for (name, value) in members {
            match schema["properties"]
                .get(name)
                .or_else(|| schema.get("additionalProperties"))
            {
                Some(Value::Bool(true)) => {}
                Some(schema) => self.check(document, schema, value, &child(at, name)),
                None => self
                    .faults
                    .push(format!("{at}: there is no property `{name}`")),
            }
        }
        let required = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str);
        for name in required.filter(|name| !members.contains_key(*name)) {
            self.faults.push(format!("{at}: `{name}` is required"));
        }
    }
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => {
            document.pointer(&follow(document, reference.strip_prefix('#')?.to_owned())?)
        }
        None => Some(schema),
    }
}
