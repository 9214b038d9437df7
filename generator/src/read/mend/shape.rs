//! A value of another kind than its field has: lists for maps, maps for lists, one for several, a text for an object.

use super::super::grammar::{Field, Kind, Object, Support, Versions, row};
use super::super::shape::{Fit, fit};
use super::{Meant, Reading, kept, meant, same};
use crate::source::{Entry, Key, New, NodeId, Value};
use std::collections::HashSet;

const AS_LIST: &str = "it is read as a list of one";
const AS_SEVERAL: &str = "it is read as the list of these";
const AS_MAP: &str = "it is read as a map of the names";
const AS_FIRST: &str = "it is read as if it stood there alone";
const NOT_THERE: &str = "it is read as if it were not there";

impl Reading<'_> {
    /// What a value means that does not fit what is expected in its place.
    pub(in super::super) fn shape(
        &self,
        kind: Kind,
        node: NodeId,
        field: Option<&Field>,
    ) -> Option<Meant> {
        let value = self.tree.value(node);
        let found = match (kind, value) {
            (Kind::Either(first, second), _) => self
                .shape(*first, node, None)
                .or_else(|| self.shape(*second, node, None)),
            (Kind::List(item), Value::Map(entries)) => self.list_of_map(*item, node, entries),
            (Kind::List(Kind::Object(Object::SecurityRequirement)), Value::Bool(false)) => {
                meant(New::List(Vec::new()), "it is read as no requirement")
            }
            (Kind::List(item), Value::String(text)) => list_of_text(*item, text),
            (Kind::Map(Kind::Any), Value::List(items)) => self
                .by_key(items, &["name", "key"], false)
                .or_else(|| self.merged(items))
                .or_else(|| meant(New::Null, NOT_THERE)),
            (Kind::List(Kind::Any), _) => meant(New::List(vec![New::Was]), AS_LIST),
            (Kind::Map(item), Value::List(items)) => self.map_of_list(*item, node, items),
            (Kind::Map(Kind::OrReference(Object::MediaType)), Value::String(text))
                if text.contains('/') =>
            {
                let any = New::Map(Vec::new());
                meant(
                    New::Map(vec![(self.key(text, node), any)]),
                    "it is read as that media type",
                )
            }
            (Kind::Map(Kind::OrReference(Object::Example)), _) => {
                let example = New::Map(vec![(self.key("value", node), New::Was)]);
                let examples = New::Map(vec![(self.key("example", node), example)]);
                meant(examples, "it is read as an example")
            }
            (Kind::Object(object) | Kind::OrReference(object), Value::List(items)) => {
                self.object_of_list(object, node, items)
            }
            (
                Kind::Object(object) | Kind::OrReference(object),
                Value::String(_) | Value::Number(_) | Value::Bool(_),
            ) => self.object_of_scalar(object, node),
            (Kind::String, Value::List(items)) => self.text_of_list(items, field),
            // `required: [{ name: a }]`
            (Kind::String, Value::Map([entry])) if matches!(&*entry.key, "name" | "value") => {
                meant(New::Node(entry.value), AS_FIRST)
            }
            (Kind::Bool, Value::Number("1")) => meant(New::Flag(true), "it is read as `true`"),
            (Kind::Bool, Value::Number("0")) => meant(New::Flag(false), "it is read as `false`"),
            (Kind::Bool, _) => self.flag(node, field),
            _ => None,
        };
        let dispensable = || {
            field
                .filter(|field| is_dispensable(kind, field))
                .and_then(|_| meant(New::Null, NOT_THERE))
        };
        found.or_else(dispensable)
    }

    /// A member of a map where a list of such objects belongs.
    fn list_of_map(&self, item: Kind, node: NodeId, entries: &[Entry]) -> Option<Meant> {
        match item {
            Kind::Object(Object::SecurityRequirement) => meant(New::List(vec![New::Was]), AS_LIST),
            Kind::Object(object) | Kind::OrReference(object) => {
                if self.is_one(object, entries) {
                    return meant(New::List(vec![New::Was]), AS_LIST);
                }
                let named = entries.iter().map(|entry| self.named(object, entry));
                meant(
                    New::List(named.collect()),
                    "it is read as the list of its members, under their names",
                )
            }
            Kind::Any if self.tree.key(node) == Some("examples") => {
                let value = |entry: &Entry| self.tree.get(entry.value, "value");
                let values = entries
                    .iter()
                    .map(|entry| New::Node(value(entry).unwrap_or(entry.value)));
                meant(New::List(values.collect()), AS_SEVERAL)
            }
            Kind::Any | Kind::String | Kind::Word(_) => {
                let said = |entry: &&Entry| {
                    !matches!(self.tree.value(entry.value), Value::Bool(false))
                        && !entry.key.starts_with("x-")
                };
                let names = entries.iter().filter(said);
                let names = names.map(|entry| New::Text(entry.key.to_string()));
                meant(
                    New::List(names.collect()),
                    "it is read as the list of its keys",
                )
            }
            _ => None,
        }
    }

    /// Whether the members are those of one such object, rather than several objects by their names.
    fn is_one(&self, object: Object, entries: &[Entry]) -> bool {
        let versions = Versions::of(self.version);
        entries.iter().any(|entry| {
            let value = self.tree.value(entry.value);
            let field = row(object).field(&entry.key, versions);
            let fits = |kind| !matches!(fit(kind, value, self.version), Fit::None);
            *entry.key == *"$ref" || field.is_some_and(|field| fits(field.kind))
        })
    }

    /// One of several objects, with its key as the name if such an object has one.
    fn named(&self, object: Object, entry: &Entry) -> New {
        let (node, at) = (entry.value, Key::of(entry).span);
        let name = || {
            let key = Key {
                span: at,
                ..self.key("name", node)
            };
            (key, New::Text(entry.key.to_string()))
        };
        if !self.has(object, "name") {
            return New::Node(node);
        }
        match self.tree.value(node) {
            Value::Map(_) => {
                let is_named = ["name", "$ref"]
                    .iter()
                    .any(|key| self.tree.get(node, key).is_some());
                let own = kept(self.tree, node, &[]);
                let name = (!is_named).then(name);
                New::MapAt(node, name.into_iter().chain(own).collect())
            }
            Value::String(_) if self.has(object, "description") => {
                let description = (self.key("description", node), New::Node(node));
                New::MapAt(node, vec![name(), description])
            }
            _ => New::MapAt(node, vec![name()]),
        }
    }

    /// A list where a map belongs: of maps of one member each, or of maps that say their names.
    fn map_of_list(&self, item: Kind, node: NodeId, items: &[NodeId]) -> Option<Meant> {
        let object = match item {
            Kind::Object(object) | Kind::OrReference(object) => Some(object),
            _ => None,
        };
        if object == Some(Object::Example) {
            let examples = items.iter().enumerate().map(|(position, item)| {
                let name = self.key(&format!("example{}", position + 1), *item);
                let fields = ["value", "externalValue", "$ref", "dataValue"];
                let is_example = fields.iter().any(|key| self.tree.get(*item, key).is_some());
                let value = (self.key("value", *item), New::Node(*item));
                let example = if is_example {
                    New::Node(*item)
                } else {
                    New::MapAt(*item, vec![value])
                };
                (name, example)
            });
            return meant(
                New::Map(examples.collect()),
                "each item is read as an example",
            );
        }
        if let Kind::String = item
            && items.iter().all(|item| self.tree.str(*item).is_some())
        {
            let names = items
                .iter()
                .filter_map(|item| Some((self.tree.str(*item)?, item)));
            let names = names.map(|(name, item)| (self.key(name, *item), New::Text(String::new())));
            return meant(New::Map(names.collect()), AS_MAP);
        }
        let keeps_name = object.is_some_and(|object| self.has(object, "name"));
        self.by_key(items, &["name", "key"], keeps_name)
            .or_else(|| self.merged(items))
            .filter(|_| !self.tree.items(node).is_empty())
    }

    /// A map of maps, each under what it says in one of these members.
    fn by_key(&self, items: &[NodeId], names: &[&str], keeps_name: bool) -> Option<Meant> {
        let mut entries = Vec::new();
        let mut met = HashSet::new();
        for item in items {
            let (name, at) = names
                .iter()
                .find_map(|name| Some((*name, self.tree.get(*item, name)?)))?;
            let key = self.scalar(at)?;
            if !met.insert(key.clone()) {
                return None;
            }
            let without: &[&str] = if keeps_name { &[] } else { &[name] };
            let value = New::MapAt(*item, kept(self.tree, *item, without));
            entries.push((self.key(&key, at), value));
        }
        meant(New::Map(entries), AS_MAP)
    }

    /// The members of maps of one member each.
    fn merged(&self, items: &[NodeId]) -> Option<Meant> {
        let mut entries = Vec::new();
        let mut met = HashSet::new();
        for item in items {
            let [entry] = self.tree.entries(*item) else {
                return None;
            };
            if !met.insert(&*entry.key) {
                return None;
            }
            entries.push(same(entry));
        }
        meant(New::Map(entries), "it is read as one map of all of them")
    }

    fn object_of_list(&self, object: Object, node: NodeId, items: &[NodeId]) -> Option<Meant> {
        const STATUS: &[&str] = &[
            "status",
            "code",
            "statusCode",
            "status_code",
            "httpStatus",
            "responseCode",
        ];
        let all = match object {
            Object::Responses => self
                .by_key(items, STATUS, false)
                .or_else(|| self.merged(items)),
            Object::Paths => self
                .by_key(items, &["path", "url", "route"], false)
                .or_else(|| self.merged(items)),
            Object::OAuthFlows | Object::Components | Object::Callback => self.merged(items),
            Object::SecurityRequirement => {
                let names = items
                    .iter()
                    .filter_map(|item| Some((self.tree.str(*item)?, item)));
                let names =
                    names.map(|(name, item)| (self.key(name, *item), New::List(Vec::new())));
                meant(New::Map(names.collect()), AS_MAP)
            }
            _ => None,
        };
        let one = || match items {
            _ if object == Object::Example => {
                let value = New::Map(vec![(self.key("value", node), New::Was)]);
                meant(value, "it is read as the value of an example")
            }
            [one] => meant(New::Node(*one), AS_FIRST),
            _ => None,
        };
        let several = || {
            let is_list = object == Object::Schema && items.len() > 1;
            let any = || New::Map(vec![(self.key("anyOf", node), New::Was)]);
            is_list.then(any).and_then(|new| {
                meant(
                    new,
                    "it is read as `anyOf`, which is a list of alternatives",
                )
            })
        };
        all.or_else(one).or_else(several)
    }

    fn object_of_scalar(&self, object: Object, node: NodeId) -> Option<Meant> {
        let text = self.tree.str(node);
        let under = |key: &str| {
            meant(
                New::Map(vec![(self.key(key, node), New::Was)]),
                "it is read as the text that such an object is mostly made of",
            )
        };
        if object == Object::Schema {
            return self.schema_of_scalar(node);
        }
        if text.is_some_and(|text| text.starts_with("#/")) {
            return meant(
                New::Map(vec![(self.key("$ref", node), New::Was)]),
                "it is read as a reference",
            );
        }
        match (object, text) {
            (Object::ExternalDocs | Object::Server, Some(_)) => under("url"),
            (Object::License | Object::Tag | Object::Xml, Some(_)) => under("name"),
            (Object::Info, Some(_)) => under("title"),
            (Object::Contact, Some(text)) if text.contains('@') => under("email"),
            (Object::Contact, Some(text)) if text.contains("://") => under("url"),
            (Object::Contact, Some(_)) => under("name"),
            (Object::ServerVariable, _) => under("default"),
            (Object::Response, Some(_)) => under("description"),
            (Object::Example, _) => under("value"),
            (Object::MediaType | Object::Header, Some(_)) => under("schema"),
            (Object::Encoding, Some(_)) => under("contentType"),
            (Object::SecurityRequirement, Some(text)) => {
                let none = New::List(Vec::new());
                meant(
                    New::Map(vec![(self.key(text, node), none)]),
                    "it is read as the name of a scheme",
                )
            }
            _ => None,
        }
    }

    /// A schema that is written as a text: the name of a type or of a schema, a reference, or what it describes.
    fn schema_of_scalar(&self, node: NodeId) -> Option<Meant> {
        let reference = |to: String| {
            let to = New::Map(vec![(self.key("$ref", node), New::Text(to))]);
            meant(to, "it is read as a reference to that schema")
        };
        let text = self.tree.str(node).map(str::trim).unwrap_or_default();
        if text.starts_with("#/") {
            return reference(text.to_owned());
        }
        self.tree.str(node)?;
        let typed = (!text.is_empty()).then(|| self.typed_alone(node, text));
        if let Some(typed) = typed.flatten() {
            return meant(typed, "it is read as a schema of that type");
        }
        if let Some(to) = self.component(Object::Schema, text, node) {
            return reference(to);
        }
        let is_member = self
            .tree
            .parent(node)
            .is_some_and(|map| self.tree.key(map) == Some("properties"));
        if is_member && !text.is_empty() {
            let described = New::Map(vec![(self.key("description", node), New::Was)]);
            return meant(
                described,
                "it is read as the description of a member of any kind",
            );
        }
        meant(
            New::Map(Vec::new()),
            "it is read as a schema that says nothing",
        )
    }

    fn text_of_list(&self, items: &[NodeId], field: Option<&Field>) -> Option<Meant> {
        let texts: Option<Vec<String>> = items.iter().map(|item| self.scalar(*item)).collect();
        let texts = texts?;
        match (field.map(|field| field.name), texts.as_slice()) {
            (_, [one]) => meant(New::Text(one.clone()), AS_FIRST),
            (Some("description" | "summary"), several) => {
                meant(New::Text(several.join("\n")), "it is read as lines of text")
            }
            (Some("contentType"), several) => meant(
                New::Text(several.join(", ")),
                "it is read as alternatives, with commas between them",
            ),
            _ => None,
        }
    }

    fn flag(&self, node: NodeId, field: Option<&Field>) -> Option<Meant> {
        let name = field.map(|field| field.name)?;
        let yes = || meant(New::Flag(true), "it is read as `true`");
        match self.tree.value(node) {
            // `deprecated: use the other one`
            Value::String(reason) if name == "deprecated" && reason.trim().contains(' ') => yes(),
            // `required: [limit]` in the parameter of that name.
            Value::List(items) if name == "required" => {
                let own = self.text(self.tree.parent(node)?, "name");
                let is_own = |item: &NodeId| own.is_some() && self.tree.str(*item) == own;
                if items.iter().any(is_own) {
                    return yes();
                }
                meant(New::Null, NOT_THERE)
            }
            _ => None,
        }
    }
}

/// A text where a list belongs.
fn list_of_text(item: Kind, text: &str) -> Option<Meant> {
    match item {
        Kind::Any | Kind::String | Kind::Word(_) if text.contains(',') => {
            let parts = text.split(',').map(str::trim);
            let parts = parts.filter(|part| !part.is_empty());
            let parts = parts.map(|part| New::Text(part.to_owned()));
            meant(New::List(parts.collect()), AS_SEVERAL)
        }
        Kind::Object(
            Object::Server | Object::Tag | Object::SecurityRequirement | Object::Schema,
        )
        | Kind::Any
        | Kind::String
        | Kind::Word(_) => meant(New::List(vec![New::Was]), AS_LIST),
        Kind::OrReference(_) if text.starts_with("#/") => meant(New::List(vec![New::Was]), AS_LIST),
        _ => None,
    }
}

/// Whether an object is understood without this field.
fn is_dispensable(kind: Kind, field: &Field) -> bool {
    let is_small = matches!(
        kind,
        Kind::String | Kind::Number | Kind::Count | Kind::Word(_)
    );
    let tells = ["$ref", "$dynamicRef", "type", "in", "name", "operationRef"];
    field.support == Support::Ignored || is_small && !tells.contains(&field.name)
}
