//! The rules of what bodies are made of: media types, parts and their encodings, the headers that come with them.

use super::super::shape;
use super::format::{is_component_name, is_media_range, is_token};
use super::{Rules, Version, code};
use crate::diagnostic::Place;

impl Rules<'_, '_> {
    /// The keys of `content`.
    pub(super) fn content(&mut self) {
        let content = self
            .get("content")
            .map_or(&[][..], |content| self.tree.entries(content));
        for entry in content.iter().filter(|entry| !entry.key.starts_with("x-")) {
            if !is_media_range(&entry.key) && !shape::is_map_reference(self.tree, entry) {
                let message = format!("`{}` is no media type", entry.key);
                let help = "write type and subtype, such as `application/json`, or a range, such as `text/*`";
                self.report(
                    code::INVALID_NAME,
                    Place::Key(entry.value),
                    message,
                    "no media type",
                    help,
                );
            }
        }
    }

    /// Where one media type is chosen for good.
    pub(super) fn single_content(&mut self) {
        self.content();
        let Some(content) = self.get("content") else {
            return;
        };
        if self.tree.entries(content).len() != 1 {
            let help = "leave the one that is sent";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(content),
                "`content` has one media type here",
                "not one",
                help,
            );
        }
    }

    pub(super) fn response(&mut self) {
        if self.version == Version::V2_0 {
            self.examples_2_0();
        }
        self.content();
        self.header_names();
        let links = self.get("links");
        for entry in links.map_or(&[][..], |links| self.tree.entries(links)) {
            if !is_component_name(&entry.key) && !entry.key.starts_with("x-") {
                let message = format!("a link cannot be called `{}`", entry.key);
                let help = "use letters, digits, `.`, `-` and `_`";
                self.report(
                    code::INVALID_NAME,
                    Place::Key(entry.value),
                    message,
                    "other characters",
                    help,
                );
            }
        }
    }

    /// 2.0: examples stand under the media types that the operation produces.
    fn examples_2_0(&mut self) {
        let examples = self.get("examples");
        let examples = examples.map_or(&[][..], |examples| self.tree.entries(examples));
        let operation = self
            .tree
            .parent(self.node)
            .and_then(|all| self.tree.parent(all));
        let own = operation.and_then(|operation| self.tree.get(operation, "produces"));
        let produces = own.or_else(|| self.tree.get(self.tree.root(), "produces"));
        let essence = |text: &str| {
            let essence = text.split(';').next().unwrap_or_default();
            essence.trim().to_ascii_lowercase()
        };
        let list = produces
            .map_or(&[][..], |list| self.tree.items(list))
            .iter();
        let known: Vec<String> = list
            .filter_map(|at| self.tree.str(*at))
            .map(essence)
            .collect();
        for entry in examples.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let fault = if !is_media_range(&entry.key) {
                (
                    code::INVALID_NAME,
                    format!("`{}` is no media type", entry.key),
                )
            } else if !known.is_empty() && !known.contains(&essence(&entry.key)) {
                let message = format!("the operation does not produce `{}`", entry.key);
                (code::CONFLICTING_FIELDS, message)
            } else {
                continue;
            };
            let help = "write one of the media types under `produces`, or add it there";
            self.report(
                fault.0,
                Place::Key(entry.value),
                fault.1,
                "no such body",
                help,
            );
        }
    }

    /// The keys of `headers`: what they are called on the wire.
    fn header_names(&mut self) {
        let headers = self.get("headers");
        for entry in headers.map_or(&[][..], |headers| self.tree.entries(headers)) {
            let is_reference = shape::is_map_reference(self.tree, entry);
            if !is_token(&entry.key) && !is_reference {
                let message = format!("a header cannot be called `{}`", entry.key);
                let help = "write a token: letters, digits and `!#$%&'*+-.^_|~`";
                self.report(
                    code::INVALID_NAME,
                    Place::Key(entry.value),
                    message,
                    "no token",
                    help,
                );
            }
        }
    }

    /// What `encoding` speaks of are properties of the schema.
    pub(super) fn media_type(&mut self) {
        let Some(encoding) = self
            .get("encoding")
            .filter(|_| self.version < Version::V3_2)
        else {
            return;
        };
        let schema = self.get("schema").and_then(|schema| self.followed(schema));
        let properties = schema
            .filter(|schema| {
                // What is put together from others has more than it names here.
                const MORE: [&str; 4] = ["allOf", "anyOf", "oneOf", "$ref"];
                MORE.iter().all(|key| self.tree.get(*schema, key).is_none())
            })
            .and_then(|schema| self.tree.get(schema, "properties"));
        let Some(properties) = properties else { return };
        for entry in self.tree.entries(encoding) {
            let known = self.tree.get(properties, &entry.key).is_some();
            if !known && !entry.key.starts_with("x-") {
                let message = format!("the schema has no property `{}`", entry.key);
                let help = "correct the name, or describe the property";
                self.report(
                    code::CONFLICTING_FIELDS,
                    Place::Key(entry.value),
                    message,
                    "no such property",
                    help,
                );
            }
        }
    }

    /// 2.0: what is consumed and produced.
    pub(super) fn media_types_2_0(&mut self) {
        for field in ["consumes", "produces"] {
            let list = self.get(field);
            for at in list.map_or(&[][..], |list| self.tree.items(list)) {
                let text = self.tree.str(*at).unwrap_or_default();
                if !is_media_range(text) {
                    let message = format!("`{text}` is no media type");
                    let help = "write type and subtype, such as `application/json`";
                    self.report(
                        code::INVALID_NAME,
                        Place::Node(*at),
                        message,
                        "no media type",
                        help,
                    );
                }
            }
        }
    }

    pub(super) fn xml(&mut self) {
        let Some((at, namespace)) = self.get("namespace").zip(self.text("namespace")) else {
            return;
        };
        // In 2.0 it should only be a URL.
        if self.version > Version::V2_0 && !namespace.contains(':') {
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                "a namespace of XML is an absolute URI",
                "relative",
                "begin it with a scheme",
            );
        }
    }

    pub(super) fn encoding(&mut self) {
        self.header_names();
        if let Some((at, types)) = self.get("contentType").zip(self.text("contentType"))
            && !types.split(',').all(|one| is_media_range(one.trim()))
        {
            let message = format!("`{types}` is no list of media types");
            let help =
                "write type and subtype, such as `image/png`, several with commas between them";
            self.report(
                code::INVALID_NAME,
                Place::Node(at),
                message,
                "no media type",
                help,
            );
        }
        if let Some("matrix" | "label" | "simple") = self.text("style") {
            let help = "the styles of query parameters are `form`, `spaceDelimited`, `pipeDelimited` and `deepObject`";
            let style = self.get("style").map_or(self.here(), Place::Node);
            self.report(
                code::CONFLICTING_FIELDS,
                style,
                "a part of a body has the styles of a query",
                "not in a body",
                help,
            );
        }
    }
}
