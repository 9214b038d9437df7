//! Counts what a document has, with parsers and a walk that the generator has no part in.

use serde::de::{EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// Fields of a Path Item Object that are operations, in any version.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// What a document has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Census {
    /// What `openapi` or `swagger` says.
    pub(crate) version: String,
    /// Operations below `paths`, through references.
    pub(crate) operations: u64,
    /// Operations below `webhooks`.
    pub(crate) webhooks: u64,
    /// Schema Objects, nested ones too, references not.
    pub(crate) schemas: u64,
}

/// The text as JSON, by `serde_json` if it is that, else by libyaml.
pub(crate) fn parsed(text: &str) -> Result<Value, String> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with(['{', '[']) {
        let mut reader = serde_json::Deserializer::from_str(text);
        if let Ok(value) = Value::deserialize(&mut reader) {
            return Ok(value);
        }
    }
    let Loose(value) = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    Ok(value)
}

/// YAML as JSON: keys are text, tags are left out, merge keys are applied, numbers beyond 64 bits are approximate.
struct Loose(Value);

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Loosely).map(Self)
    }
}

struct Loosely;

impl<'de> Visitor<'de> for Loosely {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any YAML value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i128<E>(self, value: i128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_u128<E>(self, value: u128) -> Result<Value, E> {
        Ok((value as f64).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Loose(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some((Loose(key), Loose(value))) = entries.next_entry()? {
            match (key, value) {
                (Value::String(key), Value::Object(more)) if key == "<<" => merged.push(more),
                (Value::String(key), value) => {
                    map.insert(key, value);
                }
                (key, value) => {
                    map.insert(key.to_string(), value);
                }
            }
        }
        for (key, value) in merged.into_iter().flatten() {
            map.entry(key).or_insert(value);
        }
        Ok(Value::Object(map))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let (_, content): (String, _) = tagged.variant()?;
        content.newtype_variant().map(|Loose(value)| value)
    }
}

/// Files that have been parsed, so that references between files can be followed.
#[derive(Default)]
pub(crate) struct Library(HashMap<PathBuf, Value>);

impl Library {
    /// What a file holds.
    pub(crate) fn file(&mut self, path: &Path) -> Result<&Value, String> {
        if !self.0.contains_key(path) {
            let text = fs::read_to_string(path)
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            self.0.insert(path.to_path_buf(), parsed(&text)?);
        }
        Ok(&self.0[path])
    }

    /// What a reference in a file names, and the file that this is in.
    pub(crate) fn target(&mut self, file: &Path, reference: &str) -> Option<(PathBuf, Value)> {
        let (relative, pointer) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match relative {
            "" => file.to_path_buf(),
            _ => file.parent()?.join(relative).canonicalize().ok()?,
        };
        let value = self.file(&file).ok()?.pointer(&decoded(pointer))?.clone();
        Some((file, value))
    }
}

/// A fragment without its percent-encoding.
pub(crate) fn decoded(fragment: &str) -> String {
    let bytes = fragment.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = fragment.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Counts a document.
pub(crate) fn census(path: &Path) -> Result<Census, String> {
    let path = path
        .canonicalize()
        .map_err(|error| format!("cannot find {}: {error}", path.display()))?;
    let mut library = Library::default();
    let document = library.file(&path)?.clone();
    let version = ["openapi", "swagger"]
        .iter()
        .find_map(|key| document.get(key));
    let version = version.map_or_else(String::new, |version| match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    });
    let mut count = |key: &str| {
        let items = document.get(key).and_then(Value::as_object);
        let items = items.into_iter().flatten();
        let items = items.filter(|(key, _)| !key.starts_with("x-"));
        items
            .map(|(_, item)| operations(&mut library, &path, item))
            .sum()
    };
    let (operations, webhooks) = (count("paths"), count("webhooks"));
    Ok(Census {
        version,
        operations,
        webhooks,
        schemas: schemas(&document),
    })
}

/// The operations of a path item, with those of the path item that it refers to.
fn operations(library: &mut Library, file: &Path, item: &Value) -> u64 {
    let (mut file, mut item) = (file.to_path_buf(), item.clone());
    let mut methods = std::collections::BTreeSet::new();
    for _ in 0..32 {
        let Some(fields) = item.as_object() else {
            break;
        };
        let known = METHODS
            .iter()
            .filter(|method| fields.get(**method).is_some_and(Value::is_object));
        methods.extend(known.map(|method| (*method).to_owned()));
        let more = fields
            .get("additionalOperations")
            .and_then(Value::as_object);
        methods.extend(more.into_iter().flat_map(Map::keys).cloned());
        let reference = fields.get("$ref").and_then(Value::as_str);
        let Some(target) = reference.and_then(|to| library.target(&file, to)) else {
            break;
        };
        (file, item) = target;
    }
    methods.len() as u64
}

/// Keywords whose value is data, not a part of the description.
const DATA: &[&str] = &[
    "example",
    "examples",
    "default",
    "enum",
    "const",
    "dataValue",
    "value",
];
/// Keywords of a schema whose value is a schema, a list of schemas, or schemas by name.
const ONE: &[&str] = &[
    "items",
    "additionalItems",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];
const LIST: &[&str] = &["allOf", "anyOf", "oneOf", "prefixItems"];
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// How many Schema Objects there are: wherever a description has a `schema`, and in the components.
fn schemas(document: &Value) -> u64 {
    let mut count = 0;
    let mut work: Vec<(&Value, bool)> = vec![(document, false)];
    let components = [
        document.pointer("/components/schemas"),
        document.get("definitions"),
    ];
    for named in components
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
    {
        work.extend(named.values().map(|schema| (schema, true)));
    }
    while let Some((value, is_schema)) = work.pop() {
        match value {
            Value::Object(fields) if is_schema => {
                count += u64::from(!fields.contains_key("$ref"));
                for (key, value) in fields {
                    if ONE.contains(&key.as_str()) {
                        work.push((value, true));
                    } else if LIST.contains(&key.as_str()) {
                        work.extend(
                            value
                                .as_array()
                                .into_iter()
                                .flatten()
                                .map(|one| (one, true)),
                        );
                    } else if NAMED.contains(&key.as_str()) {
                        let named = value.as_object().into_iter().flatten();
                        work.extend(named.map(|(_, one)| (one, true)));
                    }
                }
            }
            Value::Object(fields) => {
                for (key, value) in fields {
                    let key = key.as_str();
                    if matches!(key, "schema" | "itemSchema") {
                        work.push((value, true));
                    } else if !matches!(key, "schemas" | "definitions") && !DATA.contains(&key) {
                        work.push((value, false));
                    }
                }
            }
            Value::Array(items) => work.extend(items.iter().map(|item| (item, is_schema))),
            _ => {}
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::{Library, operations, parsed, schemas};
    use std::path::Path;

    #[test]
    fn every_method_is_an_operation_and_parameters_are_not() {
        let item = parsed(
            "parameters: []\nget: {}\nquery: {}\nsummary: a\nadditionalOperations: {COPY: {}, LOCK: {}}\n",
        );
        let item = item.expect("YAML");
        assert_eq!(
            operations(&mut Library::default(), Path::new("a"), &item),
            4
        );
    }

    #[test]
    fn any_yaml_is_read() {
        let text = "a: &a {b: 18446744073709552000, 200: !tag x}\nc:\n  <<: *a\n  b: null\n";
        let document = parsed(text).expect("YAML");
        assert_eq!(document["a"]["b"], 18_446_744_073_709_552_000.0);
        assert_eq!(document["c"], serde_json::json!({"b": null, "200": "x"}));
    }

    #[test]
    fn nested_schemas_count_and_examples_do_not() {
        let document = parsed(
            "components: {schemas: {A: {properties: {b: {type: string}, c: {$ref: x}}, example: {schema: {}}}}}\npaths: {/a: {get: {parameters: [{schema: {type: array, items: {}}}]}}}\n",
        );
        assert_eq!(schemas(&document.expect("YAML")), 4);
    }
}
