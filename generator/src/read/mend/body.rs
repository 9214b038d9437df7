//! Bodies of requests and responses: schemas without a media type, and the body parameters of Swagger 2.0.

use super::super::grammar::Object;
use super::{Meant, Reading, kept, meant, same};
use crate::document::Version;
use crate::source::{Entry, Key, New, NodeId, Value};

const JSON: &str = "application/json";
const AS_JSON: &str = "it is read as the schema of a body in JSON, or in the media type that the document says for all";

impl Reading<'_> {
    fn media_type(&self, key: &str, node: NodeId) -> String {
        let mut at = Some(node);
        while let Some(here) = at {
            let listed = self.tree.get(here, key);
            let first = listed.and_then(|list| match self.tree.value(list) {
                Value::List(items) => self.tree.str(*items.first()?),
                Value::String(text) => Some(text),
                _ => None,
            });
            if let Some(first) = first {
                return first.to_owned();
            }
            at = self.tree.parent(here);
        }
        JSON.to_owned()
    }

    /// `content` of one media type.
    fn content(&self, media_type: &str, at: NodeId, media: Vec<(Key, New)>) -> (Key, New) {
        let media = New::MapAt(at, media);
        let content = New::MapAt(at, vec![(self.key(media_type, at), media)]);
        (self.key("content", at), content)
    }

    pub(super) fn body_without_content(
        &self,
        node: NodeId,
        entries: &[Entry],
    ) -> Option<(NodeId, Meant)> {
        if self.tree.get(node, "content").is_some() || self.tree.get(node, "$ref").is_some() {
            return None;
        }
        if let Some(schema) = self.tree.get(node, "schema") {
            let of_media = ["schema", "example", "examples"];
            let media = entries
                .iter()
                .filter(|entry| of_media.contains(&&*entry.key));
            let media = media.map(same).collect();
            let mut all = kept(
                self.tree,
                node,
                &["schema", "example", "examples", "in", "name"],
            );
            all.push(self.content(&self.media_type("consumes", node), schema, media));
            return Some((schema, meant(New::Map(all), AS_JSON)?));
        }
        let schema = self.is_schema(node).then(|| {
            let media = vec![(self.key("schema", node), New::Was)];
            New::Map(vec![self.content(JSON, node, media)])
        });
        Some((node, meant(schema?, AS_JSON)?))
    }

    pub(super) fn response_without_content(
        &self,
        node: NodeId,
        entries: &[Entry],
    ) -> Option<(NodeId, Meant)> {
        let get = |key: &str| self.tree.get(node, key);
        if get("$ref").is_some() {
            return None;
        }
        if self.version == Version::V2_0 {
            return self.response_as_in_3(node, entries);
        }
        if get("content").is_some() {
            return None;
        }
        if let Some(schema) = get("schema") {
            let media_type = self.media_type("produces", node);
            let mut media = vec![(self.key("schema", schema), New::Node(schema))];
            let example = get("examples").and_then(|all| self.tree.get(all, &media_type));
            media.extend(example.map(|example| (self.key("example", example), New::Node(example))));
            let mut all = kept(self.tree, node, &["schema", "examples"]);
            all.push(self.content(&media_type, schema, media));
            return Some((schema, meant(New::Map(all), AS_JSON)?));
        }
        if !self.is_schema(node) {
            return None;
        }
        let media = vec![(self.key("schema", node), New::Was)];
        let description = entries
            .iter()
            .find(|entry| *entry.key == *"description")
            .map(same);
        let content = self.content(JSON, node, media);
        let all = description.into_iter().chain([content]).collect();
        Some((node, meant(New::Map(all), AS_JSON)?))
    }

    /// 2.0: the schema of the first media type under `content`.
    fn response_as_in_3(&self, node: NodeId, entries: &[Entry]) -> Option<(NodeId, Meant)> {
        let content = self.tree.get(node, "content")?;
        let first = self.tree.entries(content).first()?;
        let schema = self.tree.get(first.value, "schema")?;
        if entries.iter().any(|entry| *entry.key == *"schema") {
            return None;
        }
        let mut all = kept(self.tree, node, &["content"]);
        all.push((self.key("schema", schema), New::Node(schema)));
        let help = "the schema of the first media type is read as that of the response";
        Some((content, meant(New::Map(all), help)?))
    }

    /// An object that is the schema which it should hold.
    pub(super) fn schema_in_place(
        &self,
        node: NodeId,
        entries: &[Entry],
        holders: &[&str],
    ) -> Option<(NodeId, Meant)> {
        let holds = |entry: &Entry| holders.contains(&&*entry.key) || *entry.key == *"$ref";
        if entries.iter().any(holds) || !self.is_schema(node) {
            return None;
        }
        let new = New::Map(vec![(self.key("schema", node), New::Was)]);
        Some((node, meant(new, "it is read as the schema that it is")?))
    }

    /// A map of media types that is one media type, or the schema of one.
    pub(in super::super) fn content_of_one(
        &self,
        node: NodeId,
        entries: &[Entry],
    ) -> Option<Meant> {
        if entries.iter().any(|entry| entry.key.contains('/')) {
            return None;
        }
        let json = |media: New| {
            let content = New::Map(vec![(self.key(JSON, node), media)]);
            meant(content, "it is read as that of `application/json`")
        };
        if self.tree.get(node, "schema").is_some() {
            return json(New::Was);
        }
        let leads = self.tree.get(node, "$ref").is_some();
        let is_schema = self.is_schema(if leads { self.followed(node) } else { node });
        let media = || New::MapAt(node, vec![(self.key("schema", node), New::Was)]);
        is_schema.then(media).and_then(json)
    }

    /// A reference to a schema where something belongs that holds one.
    pub(in super::super) fn schema_behind(
        &self,
        object: Object,
        node: NodeId,
        target: NodeId,
    ) -> Option<Meant> {
        let end = self.followed(target);
        let is_schema = self.is_schema(end) && self.tree.get(end, "content").is_none();
        let is_old = self.version == Version::V2_0;
        if !is_schema || is_old && object != Object::Response {
            return None;
        }
        let schema = (self.key("schema", node), New::Was);
        let new = match object {
            Object::MediaType | Object::Header => vec![schema],
            Object::Response if is_old => vec![schema],
            Object::Response | Object::RequestBody => {
                vec![self.content(JSON, node, vec![schema])]
            }
            _ => return None,
        };
        meant(New::Map(new), AS_JSON)
    }

    /// Since 3.0 there is no `in: body` and no `in: formData`.
    pub(super) fn body_among_parameters(&self, node: NodeId) -> Option<(NodeId, Meant)> {
        let list = self.tree.get(node, "parameters")?;
        let location = |item: NodeId| {
            let place = self.text(self.followed(item), "in").unwrap_or_default();
            match place.to_ascii_lowercase().as_str() {
                "body" => Some(true),
                "formdata" => Some(false),
                _ => None,
            }
        };
        let items = self.tree.items(list);
        let first = *items.iter().find(|item| location(**item).is_some())?;
        let body = items.iter().find(|item| location(**item) == Some(true));
        let is_free = self.tree.get(node, "requestBody").is_none();
        let fields = items.iter().filter(|item| location(**item) == Some(false));
        let fields: Vec<NodeId> = fields.map(|item| self.followed(*item)).collect();
        let made = match body {
            Some(body) => self.body_parameter(node, self.followed(*body)),
            None => self.form(node, first, &fields),
        };
        let plain = items.iter().filter(|item| location(**item).is_none());
        let plain: Vec<New> = plain.map(|item| New::Node(*item)).collect();
        let mut all = kept(self.tree, node, &["parameters", "consumes"]);
        all.push((self.key("parameters", list), New::List(plain)));
        if is_free {
            all.push((self.key("requestBody", first), made));
        }
        let help = if is_free {
            "it is read as `requestBody`"
        } else {
            "there is `requestBody`, so it is left out"
        };
        Some((first, meant(New::Map(all), help)?))
    }

    /// 2.0: `requestBody` is a parameter.
    pub(super) fn body_as_in_3(&self, node: NodeId) -> Option<(NodeId, Meant)> {
        let body = self.tree.get(node, "requestBody")?;
        let target = self.followed(body);
        let content = self.tree.get(target, "content")?;
        let first = self.tree.entries(content).first()?;
        let schema = self.tree.get(first.value, "schema")?;
        let text = |text: &str| New::Text(text.to_owned());
        let mut parameter = vec![
            (self.key("name", body), text("body")),
            (self.key("in", body), text("body")),
            (self.key("schema", schema), New::Node(schema)),
        ];
        let said = self.tree.entries(target).iter();
        let said = said.filter(|entry| ["description", "required"].contains(&&*entry.key));
        parameter.extend(said.map(same));
        let list = self.tree.get(node, "parameters");
        let own = list.map_or(&[][..], |list| self.tree.items(list)).iter();
        let own = own.map(|item| New::Node(*item));
        let all = own.chain([New::MapAt(body, parameter)]).collect();
        let mut entries = kept(self.tree, node, &["requestBody", "parameters"]);
        entries.push((self.key("parameters", body), New::List(all)));
        if self.tree.get(node, "consumes").is_none() {
            let consumes = New::List(vec![text(&first.key)]);
            entries.push((self.key("consumes", body), consumes));
        }
        Some((
            body,
            meant(New::Map(entries), "it is read as a parameter in the body")?,
        ))
    }

    fn body_parameter(&self, operation: NodeId, body: NodeId) -> New {
        let media = match self.tree.get(body, "schema") {
            Some(schema) => vec![(self.key("schema", schema), New::Node(schema))],
            None => {
                let own = ["name", "in", "description", "required"];
                let schema = New::MapAt(body, kept(self.tree, body, &own));
                vec![(self.key("schema", body), schema)]
            }
        };
        let own = self.tree.entries(body).iter();
        let own = own.filter(|entry| ["description", "required"].contains(&&*entry.key));
        let mut all: Vec<(Key, New)> = own.map(same).collect();
        all.push(self.content(&self.media_type("consumes", operation), body, media));
        New::MapAt(body, all)
    }

    fn form(&self, operation: NodeId, first: NodeId, fields: &[NodeId]) -> New {
        let mut properties = Vec::new();
        let mut required = Vec::new();
        let mut has_file = false;
        for &field in fields {
            let Some(name) = self.tree.get(field, "name") else {
                continue;
            };
            let key = self.key(&self.scalar(name).unwrap_or_default(), name);
            let is_required = self
                .tree
                .get(field, "required")
                .map(|at| self.tree.value(at));
            if matches!(is_required, Some(Value::Bool(true))) {
                required.push(New::Text(key.name.to_string()));
            }
            let schema = self.tree.get(field, "schema");
            let described = schema.unwrap_or(field);
            has_file |= self.text(described, "type") == Some("file")
                || self.text(described, "format") == Some("binary");
            let own = [
                "name",
                "in",
                "required",
                "collectionFormat",
                "allowEmptyValue",
            ];
            let schema = schema.map_or_else(
                || New::MapAt(field, kept(self.tree, field, &own)),
                New::Node,
            );
            properties.push((key, schema));
        }
        let is_required = !required.is_empty();
        let mut schema = vec![
            (self.key("type", first), New::Text("object".to_owned())),
            (self.key("properties", first), New::MapAt(first, properties)),
        ];
        if is_required {
            schema.push((self.key("required", first), New::List(required)));
        }
        let said = self.media_type("consumes", operation);
        let media_type = match said.as_str() {
            "multipart/form-data" => said.as_str(),
            _ if has_file => "multipart/form-data",
            _ => "application/x-www-form-urlencoded",
        };
        let media = vec![(self.key("schema", first), New::MapAt(first, schema))];
        New::MapAt(
            first,
            vec![
                (self.key("required", first), New::Flag(is_required)),
                self.content(media_type, first, media),
            ],
        )
    }
}
