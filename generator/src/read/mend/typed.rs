//! Types by the names that other languages and formats have for them: `int`, `date`, `string[]`, `string|null`.

use super::super::grammar::Object;
use super::{Meant, Reading, meant, same};
use crate::diagnostic::similar;
use crate::document::Version;
use crate::source::{Entry, Key, New, NodeId, Value};

/// Other names of types, in small letters and without punctuation, with the type and the format. No type is any.
const NAMES: &[(&str, &str, &str)] = &[
    ("int", "integer", ""),
    ("int32", "integer", "int32"),
    ("int64", "integer", "int64"),
    ("uint", "integer", ""),
    ("uint32", "integer", "uint32"),
    ("uint64", "integer", "uint64"),
    ("long", "integer", "int64"),
    ("short", "integer", ""),
    ("bigint", "integer", ""),
    ("biginteger", "integer", ""),
    ("serial", "integer", ""),
    ("float", "number", "float"),
    ("double", "number", "double"),
    ("decimal", "number", ""),
    ("bigdecimal", "number", ""),
    ("numeric", "number", ""),
    ("num", "number", ""),
    ("real", "number", ""),
    ("bool", "boolean", ""),
    ("str", "string", ""),
    ("text", "string", ""),
    ("char", "string", ""),
    ("varchar", "string", ""),
    ("date", "string", "date"),
    ("datetime", "string", "date-time"),
    ("timestamp", "string", "date-time"),
    ("time", "string", "time"),
    ("duration", "string", "duration"),
    ("uuid", "string", "uuid"),
    ("guid", "string", "uuid"),
    ("uri", "string", "uri"),
    ("url", "string", "uri"),
    ("email", "string", "email"),
    ("hostname", "string", "hostname"),
    ("ipv4", "string", "ipv4"),
    ("ipv6", "string", "ipv6"),
    ("password", "string", "password"),
    ("byte", "string", "byte"),
    ("base64", "string", "byte"),
    ("binary", "string", "binary"),
    ("blob", "string", "binary"),
    ("bytes", "string", "binary"),
    ("file", "string", "binary"),
    ("list", "array", ""),
    ("arr", "array", ""),
    ("dict", "object", ""),
    ("dictionary", "object", ""),
    ("map", "object", ""),
    ("hash", "object", ""),
    ("hashmap", "object", ""),
    ("struct", "object", ""),
    ("obj", "object", ""),
    ("any", "", ""),
    ("mixed", "", ""),
    ("unknown", "", ""),
    ("anything", "", ""),
    ("", "", ""),
    ("none", "null", ""),
    ("nil", "null", ""),
    ("void", "null", ""),
];

const TYPES: [&str; 7] = [
    "string", "number", "integer", "boolean", "array", "object", "null",
];

/// A type with its format, and the type of the items of a list that says it: `string[]`.
pub(super) struct Typed<'a> {
    kind: &'static str,
    format: &'static str,
    items: Option<&'a str>,
}

impl Reading<'_> {
    /// The type that a word names.
    pub(super) fn type_of<'t>(&self, word: &'t str) -> Option<Typed<'t>> {
        let word = word.trim();
        let list = word.strip_suffix("[]").or_else(|| {
            let (outer, inner) = word.split_once('<')?;
            let is_list = ["array", "list"]
                .iter()
                .any(|name| outer.eq_ignore_ascii_case(name));
            inner.strip_suffix('>').filter(|_| is_list)
        });
        if let Some(item) = list.filter(|item| self.type_of_one(item).is_some()) {
            return Some(Typed {
                kind: "array",
                format: "",
                items: Some(item),
            });
        }
        let (kind, format) = self.type_of_one(word)?;
        Some(Typed {
            kind,
            format,
            items: None,
        })
    }

    /// A schema that is the name of its type.
    pub(super) fn typed_alone(&self, node: NodeId, word: &str) -> Option<New> {
        let typed = self.type_of(word)?;
        let text = |text: &str| New::Text(text.to_owned());
        let mut all: Vec<(Key, New)> = Vec::new();
        let mut add = |key: &str, text: New| all.push((self.key(key, node), text));
        if !typed.kind.is_empty() {
            add("type", text(typed.kind));
        }
        if !typed.format.is_empty() {
            add("format", text(typed.format));
        }
        if let Some(item) = typed.items {
            add(
                "items",
                New::Map(vec![(self.key("type", node), text(item))]),
            );
        }
        Some(New::Map(all))
    }

    fn type_of_one(&self, word: &str) -> Option<(&'static str, &'static str)> {
        let plain: String = word
            .chars()
            .filter(|c| !matches!(c, '-' | '_' | ' '))
            .flat_map(char::to_lowercase)
            .collect();
        if let Some(kind) = TYPES.iter().find(|kind| **kind == plain) {
            return Some((kind, ""));
        }
        let named = NAMES.iter().find(|(name, ..)| *name == plain);
        let named = named.map(|(_, kind, format)| (*kind, *format));
        named.or_else(|| similar(word, TYPES).map(|kind| (kind, "")))
    }

    /// An object that has a type (a schema, a parameter of 2.0) whose words no version has.
    pub(in super::super) fn typed(&self, object: Object, node: NodeId) -> Option<Meant> {
        let at = self.tree.get(node, "type")?;
        let written: Vec<&str> = match self.tree.value(at) {
            Value::String(text) => self.words(text),
            Value::List(items) => items
                .iter()
                .filter_map(|item| self.tree.str(*item))
                .collect(),
            // `type: { $ref: … }`
            Value::Map(_) if object == Object::Schema && self.tree.get(node, "allOf").is_none() => {
                return meant(
                    self.with(node, vec![("allOf", New::List(vec![New::Node(at)]))]),
                    "it is read as the schema of this value",
                );
            }
            _ => return None,
        };
        let typed: Option<Vec<Typed<'_>>> = written.iter().map(|word| self.type_of(word)).collect();
        let Some(typed) = typed else {
            return self.typed_by_name(object, node, &written);
        };
        // A parameter of 2.0 is a text, a number, a flag, or a list of them.
        let is_plain = object != Object::Schema && self.version == Version::V2_0;
        let kinds = typed.iter().map(|typed| match typed.kind {
            "" | "object" | "null" if is_plain => "string",
            kind => kind,
        });
        let mut kinds: Vec<&str> = kinds.collect();
        kinds.dedup();
        let mut more: Vec<(&'static str, New)> = Vec::new();
        match kinds.as_slice() {
            [] => return None,
            all if all.contains(&"") => {}
            [one] => more.push(("type", New::Text((*one).to_owned()))),
            several => {
                let several = several.iter().map(|kind| New::Text((*kind).to_owned()));
                more.push(("type", New::List(several.collect())));
            }
        }
        let format = typed.iter().find(|typed| !typed.format.is_empty());
        if let Some(typed) = format.filter(|_| self.tree.get(node, "format").is_none()) {
            more.push(("format", New::Text(typed.format.to_owned())));
        }
        let item = typed.iter().find_map(|typed| typed.items);
        if let Some(item) = item.filter(|_| self.tree.get(node, "items").is_none()) {
            let kind = vec![(self.key("type", at), New::Text(item.to_owned()))];
            more.push(("items", New::MapAt(at, kind)));
        }
        meant(
            self.with(node, more),
            "it is read as the type that it names",
        )
    }

    fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.type_of(text).is_some() {
            return vec![text];
        }
        let parts = text.split(['|', ',', '/']);
        let parts: Vec<&str> = parts.flat_map(|part| part.split(" or ")).collect();
        parts.into_iter().map(str::trim).collect()
    }

    /// The schema that a type names, or text where a parameter of 2.0 says what nobody knows.
    fn typed_by_name(&self, object: Object, node: NodeId, written: &[&str]) -> Option<Meant> {
        if object != Object::Schema {
            let text = New::Text("string".to_owned());
            let text = self.with(node, vec![("type", text)]);
            let is_old = self.version == Version::V2_0;
            return meant(text, "it is read as a text").filter(|_| is_old);
        }
        if let Some(kind) = self.kind_of_members(node) {
            let kind = New::Text(kind.to_owned());
            let help = "what stands beside it belongs to one type only";
            return meant(self.with(node, vec![("type", kind)]), help);
        }
        let [name] = written else { return None };
        if self.tree.get(node, "allOf").is_some() {
            return None;
        }
        let to = self.component(Object::Schema, name, node)?;
        let at = self.tree.get(node, "type")?;
        let reference = New::MapAt(at, vec![(self.key("$ref", at), New::Text(to))]);
        meant(
            self.with(node, vec![("allOf", New::List(vec![reference]))]),
            "it is read as a reference to that schema",
        )
    }

    /// The type that a schema's other keywords are of.
    fn kind_of_members(&self, node: NodeId) -> Option<&'static str> {
        const KINDS: [(&str, &str); 3] = [
            ("items", "array"),
            ("properties", "object"),
            ("additionalProperties", "object"),
        ];
        let mut kinds = KINDS.into_iter();
        let found = kinds.find(|(key, _)| self.tree.get(node, key).is_some());
        found.map(|(_, kind)| kind)
    }

    /// The members of an object with these in place of `type`; what it has already stays.
    fn with(&self, node: NodeId, more: Vec<(&'static str, New)>) -> New {
        let at = self.tree.get(node, "type").unwrap_or(node);
        let mut entries: Vec<(Key, New)> = Vec::new();
        let mut more = Some(more);
        let place = |entry: &Entry| *entry.key == *"type";
        for entry in self.tree.entries(node) {
            if !place(entry) {
                entries.push(same(entry));
                continue;
            }
            for (key, new) in more.take().into_iter().flatten() {
                entries.push((self.key(key, at), new));
            }
        }
        New::Map(entries)
    }
}
