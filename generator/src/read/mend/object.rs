//! Objects that say in the words of another version, or in another place, what they plainly mean.

use super::super::grammar::{self, Object};
use super::{Meant, Reading, kept, meant, same};
use crate::document::Version;
use crate::source::{Entry, Key, New, NodeId, Value};

const AS_SCHEMA: &str = "it is read as part of `schema`";

impl Reading<'_> {
    /// What an object means whose members stand in another place than they should, and the member that shows it.
    pub(in super::super) fn object(
        &self,
        object: Object,
        node: NodeId,
        entries: &[Entry],
    ) -> Option<(NodeId, Meant)> {
        let new = self.version != Version::V2_0;
        match object {
            Object::Parameter if self.is_placeless(entries) => self.place_by_route(node, entries),
            Object::Parameter | Object::Header if new => self.described_as_in_2(object, entries),
            Object::Parameter => self.described_as_in_3(node, entries),
            Object::RequestBody => self.body_without_content(node, entries),
            Object::Response => self.response_without_content(node, entries),
            Object::MediaType => self.schema_in_place(node, entries, &["schema", "itemSchema"]),
            Object::Operation if new => self.body_among_parameters(node),
            Object::Operation => self.body_as_in_3(node),
            Object::ServerVariable => self.variable_without_default(node),
            Object::SecurityScheme => self.scheme_without_type(node, entries),
            Object::OpenApi if new => self.base_url_as_in_2(node),
            _ => None,
        }
    }

    fn is_placeless(&self, entries: &[Entry]) -> bool {
        let says = |entry: &Entry| matches!(&*entry.key, "in" | "$ref");
        !entries.iter().any(says)
    }

    /// A parameter that the route has an expression for stands in the path.
    fn place_by_route(&self, node: NodeId, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let first = entries.first()?;
        self.in_route(first.value).then_some(())?;
        let mut all = kept(self.tree, node, &[]);
        all.push((self.key("in", node), New::Text("path".to_owned())));
        let help = "the route has an expression of this name";
        Some((node, meant(New::Map(all), help)?))
    }

    /// `type`, `items`, `enum`… beside what should hold them.
    fn described_as_in_2(&self, object: Object, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let moves = |entry: &&Entry| {
            !self.has(object, &entry.key)
                && (grammar::is_value_2(&entry.key) || *entry.key == *"nullable")
        };
        let first = entries.iter().find(moves)?.value;
        let find = |key: &str| entries.iter().find(|entry| *entry.key == *key);
        if find("content").is_some() {
            return None;
        }
        let schema = find("schema").map(|entry| entry.value);
        let schema = schema.filter(|schema| !matches!(self.tree.value(*schema), Value::Null));
        let own = schema.map_or(&[][..], |schema| self.tree.entries(schema));
        let is_open = schema.is_none_or(|schema| {
            matches!(self.tree.value(schema), Value::Map(_))
                && self.tree.get(schema, "$ref").is_none()
        });
        let collection = find("collectionFormat");
        if !is_open && collection.is_none() {
            return None;
        }
        let mut inner: Vec<(Key, New)> = own.iter().map(same).collect();
        let mut outer: Vec<(Key, New)> = Vec::new();
        for entry in entries {
            let is_said = || own.iter().any(|known| known.key == entry.key);
            match &*entry.key {
                "schema" => {}
                "collectionFormat" => outer.extend(self.collected(entry, &find)),
                _ if is_open && moves(&entry) => {
                    if !is_said() {
                        inner.push(same(entry));
                    }
                }
                _ => outer.push(same(entry)),
            }
        }
        let value = match schema {
            Some(schema) if is_open => New::MapAt(schema, inner),
            Some(schema) => New::Node(schema),
            None => New::MapAt(first, inner),
        };
        let key = find("schema").map_or_else(|| self.key("schema", first), Key::of);
        outer.push((key, value));
        Some((first, meant(New::Map(outer), AS_SCHEMA)?))
    }

    /// The style that a `collectionFormat` means.
    fn collected<'e>(
        &self,
        entry: &Entry,
        find: &impl Fn(&str) -> Option<&'e Entry>,
    ) -> Vec<(Key, New)> {
        if find("style").is_some() || find("explode").is_some() {
            return Vec::new();
        }
        let location = find("in").and_then(|at| self.tree.str(at.value));
        let is_query = matches!(location, Some("query" | "cookie"));
        let (style, explode) = match self.tree.str(entry.value) {
            Some("multi") => ("form", true),
            Some("ssv") if is_query => ("spaceDelimited", false),
            Some("pipes") if is_query => ("pipeDelimited", false),
            _ if is_query => ("form", false),
            _ => ("simple", false),
        };
        let at = entry.value;
        vec![
            (self.key("style", at), New::Text(style.to_owned())),
            (self.key("explode", at), New::Flag(explode)),
        ]
    }

    /// 2.0: a `schema` in a parameter that is no body, a type in one that is.
    fn described_as_in_3(&self, node: NodeId, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let find = |key: &str| entries.iter().find(|entry| *entry.key == *key);
        let location = self.text(node, "in")?;
        if location.eq_ignore_ascii_case("body") {
            let first = find("type").or_else(|| find("properties"))?.value;
            if find("schema").is_some() {
                return None;
            }
            let is_own = |entry: &&Entry| self.has_own(&entry.key);
            let (outer, inner): (Vec<&Entry>, Vec<&Entry>) = entries.iter().partition(is_own);
            let inner = inner.into_iter().map(same).collect();
            let mut outer: Vec<(Key, New)> = outer.into_iter().map(same).collect();
            outer.push((self.key("schema", first), New::MapAt(first, inner)));
            return Some((first, meant(New::Map(outer), AS_SCHEMA)?));
        }
        let Some(schema) = find("schema") else {
            return self.typeless(node, entries);
        };
        let schema = schema.value;
        let said = self.tree.entries(self.followed(schema)).iter();
        let said = said.filter(|entry| grammar::is_value_2(&entry.key));
        let mut all = kept(self.tree, node, &["schema"]);
        for entry in said {
            if find(&entry.key).is_none() {
                all.push(same(entry));
            }
        }
        let help = "it is read as if its members stood in the parameter";
        Some((schema, meant(New::Map(all), help)?))
    }

    /// 2.0: a parameter that does not say what it is: on the wire, it is a text.
    fn typeless(&self, node: NodeId, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let has = |key: &str| entries.iter().any(|entry| *entry.key == *key);
        if has("type") || has("$ref") {
            return None;
        }
        let kind = if has("items") { "array" } else { "string" };
        let mut all = kept(self.tree, node, &[]);
        all.push((self.key("type", node), New::Text(kind.to_owned())));
        Some((
            node,
            meant(
                New::Map(all),
                "it is read as a text, or as a list where it has `items`",
            )?,
        ))
    }

    /// 2.0: what a body parameter says beside its schema.
    fn has_own(&self, key: &str) -> bool {
        ["name", "in", "description", "required"].contains(&key) || key.starts_with("x-")
    }

    /// A flow of values needs one to begin with: the first of those that are possible.
    fn variable_without_default(&self, node: NodeId) -> Option<(NodeId, Meant)> {
        if self.tree.get(node, "default").is_some() {
            return None;
        }
        let values = self.tree.get(node, "enum");
        let first = values.and_then(|values| self.tree.items(values).first());
        let first = first.map_or(New::Text(String::new()), |first| New::Node(*first));
        let mut all = kept(self.tree, node, &[]);
        all.push((self.key("default", node), first));
        let help = "the first of its values is taken, and none where none is listed";
        Some((node, meant(New::Map(all), help)?))
    }

    /// The kind of a security scheme, by what belongs to one kind only.
    fn scheme_without_type(&self, node: NodeId, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let has = |key: &str| entries.iter().any(|entry| *entry.key == *key);
        if has("type") || has("$ref") {
            return None;
        }
        let kind = match () {
            () if has("openIdConnectUrl") => "openIdConnect",
            () if has("flows") || has("flow") => "oauth2",
            () if has("scheme") || has("bearerFormat") => "http",
            () if has("in") && has("name") => "apiKey",
            () => return None,
        };
        let mut all = kept(self.tree, node, &[]);
        all.push((self.key("type", node), New::Text(kind.to_owned())));
        Some((
            node,
            meant(New::Map(all), "what it says belongs to one kind only")?,
        ))
    }

    /// `host`, `basePath` and `schemes` where servers should stand.
    fn base_url_as_in_2(&self, node: NodeId) -> Option<(NodeId, Meant)> {
        let host = self.text(node, "host");
        let base = self.text(node, "basePath");
        let at = self
            .tree
            .get(node, "host")
            .or_else(|| self.tree.get(node, "basePath"))?;
        if self.tree.get(node, "servers").is_some() || host.is_none() && base.is_none() {
            return None;
        }
        let schemes = self.tree.get(node, "schemes");
        let scheme = schemes
            .and_then(|schemes| self.tree.items(schemes).first())
            .and_then(|scheme| self.tree.str(*scheme))
            .unwrap_or("https");
        let base = base.unwrap_or_default().trim_end_matches('/');
        let url = match host {
            Some(host) => format!("{scheme}://{host}{base}"),
            None => base.to_owned(),
        };
        let server = New::MapAt(at, vec![(self.key("url", at), New::Text(url))]);
        let mut all = kept(self.tree, node, &["host", "basePath", "schemes"]);
        all.push((self.key("servers", at), New::List(vec![server])));
        Some((at, meant(New::Map(all), "it is read as a server")?))
    }
}
