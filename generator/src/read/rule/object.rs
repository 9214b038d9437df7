//! The rules of the document itself, of servers, paths, operations, responses, links and security.

use std::collections::HashMap;

use super::super::shape;
use super::format::{expressions, is_component_name, is_media_range, template};
use super::{Rules, Version, code};
use crate::diagnostic::Place;
use crate::source::Value;

impl Rules<'_, '_> {
    pub(super) fn document(&mut self) {
        let parts = ["paths", "components", "webhooks"];
        if self.version >= Version::V3_1 && parts.iter().all(|part| self.get(part).is_none()) {
            self.absent(
                "`paths`, `components` or `webhooks`",
                "a document has at least one of them",
            );
        }
        let mut first = HashMap::new();
        let tags = self
            .get("tags")
            .map_or(&[][..], |tags| self.tree.items(tags));
        for tag in tags {
            let Some(name) = self.tree.get(*tag, "name").and_then(|at| self.tree.str(at)) else {
                continue;
            };
            if first.insert(name, *tag).is_some() {
                let message = format!("two tags are called `{name}`");
                self.report(
                    code::DUPLICATE_NAME,
                    Place::Node(*tag),
                    message,
                    "second",
                    "remove one of them",
                );
            }
        }
    }

    pub(super) fn components(&mut self) {
        for kind in self
            .entries
            .iter()
            .filter(|entry| !entry.key.starts_with("x-"))
        {
            for entry in self.tree.entries(kind.value) {
                if !is_component_name(&entry.key) && !entry.key.starts_with("x-") {
                    let message = format!("a component cannot be called `{}`", entry.key);
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
    }

    pub(super) fn paths(&mut self) {
        for entry in self
            .entries
            .iter()
            .filter(|entry| entry.key.starts_with('/'))
        {
            let has_query = |plain: &str| {
                let found = plain.find(['?', '#'])?;
                Some(format!(
                    "`{}` does not belong into a path",
                    &plain[found..=found]
                ))
            };
            let mut names: Vec<&str> = expressions(&entry.key).collect();
            names.sort_unstable();
            let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
            let twice = twice.map(|pair| format!("`{{{}}}` stands in it twice", pair[0]));
            if let Some(fault) = template(&entry.key, has_query).or(twice) {
                let message = format!("`{}` is no path template", entry.key);
                let help = "a path has segments and `{expressions}`, each name once; a query is described by parameters";
                self.report(
                    code::INVALID_VALUE,
                    Place::Key(entry.value),
                    message,
                    &fault,
                    help,
                );
            }
        }
    }

    pub(super) fn server(&mut self) {
        let url = self.text("url").unwrap_or_default();
        let variables = self.get("variables");
        for name in expressions(url) {
            if variables.is_none_or(|variables| self.tree.get(variables, name).is_none()) {
                let what = format!("the variable `{name}` of the URL");
                self.absent(&what, "describe it under `variables`, with its default");
            }
        }
        for variable in variables.map_or(&[][..], |variables| self.tree.entries(variables)) {
            if !expressions(url).any(|name| name == &*variable.key) {
                let message = format!("the URL has no `{{{}}}`", variable.key);
                let help = "put it into the URL, or remove the variable";
                self.report(
                    code::CONFLICTING_FIELDS,
                    Place::Key(variable.value),
                    message,
                    "not used",
                    help,
                );
            }
            let Some(values) = self.tree.get(variable.value, "enum") else {
                continue;
            };
            let Some(default) = self.tree.get(variable.value, "default") else {
                continue;
            };
            let values = self.tree.items(values);
            if values.is_empty() {
                let help = "list the values, or remove `enum`";
                self.report(
                    code::INVALID_VALUE,
                    self.place(variable.value),
                    "`enum` lists no value",
                    "none is allowed",
                    help,
                );
            } else if !values
                .iter()
                .any(|value| self.tree.str(*value) == self.tree.str(default))
            {
                let message = "the default is none of the values of `enum`";
                self.report(
                    code::UNUSABLE_DEFAULT,
                    Place::Node(default),
                    message,
                    "not in `enum`",
                    "add it, or choose another",
                );
            }
        }
    }

    pub(super) fn operation(&mut self) {
        let own = self.get("parameters");
        let shared = self
            .tree
            .parent(self.node)
            .and_then(|item| self.tree.get(item, "parameters"));
        self.parameters(own.and(shared));
        let Some(id) = self.get("operationId") else {
            return;
        };
        let Some(text) = self.tree.str(id) else {
            return;
        };
        let Some(first) = self.met.operation_ids.insert(text.to_owned(), id) else {
            return;
        };
        self.met.operation_ids.insert(text.to_owned(), first);
        let message = format!("`{text}` is the id of another operation too");
        let help =
            "give each operation an id of its own; until then both are named by method and route";
        let fault = crate::diagnostic::Diagnostic::new(
            code::DUPLICATE_OPERATION_ID,
            Place::Node(id),
            message,
        );
        let fault = fault.label("second").also(Place::Node(first), "first");
        self.diagnostics.report(fault.help(help));
    }

    pub(super) fn responses(&mut self) {
        if !self
            .entries
            .iter()
            .any(|entry| shape::is_status(&entry.key))
        {
            self.absent(
                "every response",
                "describe at least one response, such as `default`",
            );
        }
    }

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

    pub(super) fn encoding(&mut self) {
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

    pub(super) fn link(&mut self) {
        match (self.get("operationId"), self.get("operationRef")) {
            (None, None) => self.absent(
                "`operationId` or `operationRef`",
                "say where the link leads",
            ),
            (Some(id), _) => self.met.linked.push(id),
            (None, Some(at)) => {
                let to = self.tree.str(at).unwrap_or_default();
                // Elsewhere on the network is fine for a link.
                let fault = self.tree.resolve(at, to).err();
                let local = fault.filter(|_| !to.contains("://"));
                if let Some(fault) = local.and_then(|fault| self.tree.unresolved(at, to, &fault)) {
                    let fault = crate::diagnostic::Diagnostic::new(
                        code::UNKNOWN_OPERATION,
                        fault.place,
                        fault.message,
                    );
                    self.diagnostics.report(
                        fault
                            .label("no operation is there")
                            .help("correct it, or remove the link"),
                    );
                }
            }
        }
    }

    pub(super) fn oauth_flow(&mut self) {
        let needed: &[&str] = match self.tree.key(self.node) {
            Some("implicit") => &["authorizationUrl", "scopes"],
            Some("password" | "clientCredentials") => &["tokenUrl", "scopes"],
            Some("authorizationCode") => &["authorizationUrl", "tokenUrl", "scopes"],
            Some("deviceAuthorization") => &["deviceAuthorizationUrl", "tokenUrl", "scopes"],
            _ => &[],
        };
        for field in needed {
            let missing = self
                .get(field)
                .is_none_or(|at| matches!(self.tree.value(at), Value::Null));
            if missing {
                self.absent(
                    &format!("`{field}` of the flow"),
                    "add it; `scopes: {}` where there are none",
                );
            }
        }
    }
}
