//! The rules of the document itself, of servers, paths, operations, responses, links and security.

use std::collections::{HashMap, HashSet};

use super::super::shape;
use super::format::{Format, expressions, is_component_name, is_token, template};
use super::{Rules, Version, code};
use crate::diagnostic::Place;
use crate::source::{Entry, NodeId};

impl Rules<'_, '_> {
    pub(super) fn document(&mut self) {
        let parts = ["paths", "components", "webhooks"];
        if self.version >= Version::V3_1 && parts.iter().all(|part| self.get(part).is_none()) {
            self.absent(
                "`paths`, `components` or `webhooks`",
                "a document has at least one of them",
            );
        }
        self.servers();
        self.own_address();
        if self.version == Version::V2_0 {
            self.media_types_2_0();
            self.unique("schemes");
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
        self.nested_tags(&first);
    }

    /// Since 3.2 tags stand one in the other, and not in a circle.
    fn nested_tags(&mut self, tags: &HashMap<&str, NodeId>) {
        let parent = |tag: NodeId| self.tree.get(tag, "parent");
        let (mut circles, mut unknown) = (Vec::new(), Vec::new());
        let mut done = HashSet::new();
        let list = self.get("tags");
        for tag in list.map_or(&[][..], |list| self.tree.items(list)) {
            let (mut at, mut way) = (*tag, HashSet::new());
            while done.insert(at) {
                way.insert(at);
                let Some(named) = parent(at) else { break };
                let name = self.tree.str(named).unwrap_or_default();
                match tags.get(name) {
                    Some(next) if way.contains(next) => circles.push(named),
                    Some(next) => at = *next,
                    None => {
                        unknown.push(named);
                        break;
                    }
                }
            }
        }
        unknown.retain(|at| !self.is_tag_of_operation(self.tree.str(*at).unwrap_or_default()));
        for at in unknown {
            let message = format!(
                "there is no tag `{}`",
                self.tree.str(at).unwrap_or_default()
            );
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                message,
                "no such tag",
                "describe it under `tags`, or correct the name",
            );
        }
        for at in circles {
            let message = "the tag stands in itself";
            let help = "let one of the tags have no parent";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Node(at),
                message,
                "closes the circle",
                help,
            );
        }
    }

    /// Whether an operation has this tag: it is there without being described.
    fn is_tag_of_operation(&self, name: &str) -> bool {
        let paths = self.get("paths");
        let items = paths.map_or(&[][..], |paths| self.tree.entries(paths));
        let mut operations = items.iter().flat_map(|item| self.tree.entries(item.value));
        operations.any(|operation| {
            let tags = self.tree.get(operation.value, "tags");
            let mut tags = tags.map_or(&[][..], |tags| self.tree.items(tags)).iter();
            tags.any(|tag| self.tree.str(*tag) == Some(name))
        })
    }

    /// 3.2: what the document is called is no part of something.
    fn own_address(&mut self) {
        if let Some(at) = self.get("$self")
            && self.text("$self").is_some_and(|uri| uri.contains('#'))
        {
            let help = "remove what begins with `#`";
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                "`$self` has no fragment",
                "names a part",
                help,
            );
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
            let fault = |plain: &str| has_query(plain).or_else(|| Format::Url.fault(plain));
            if let Some(fault) = template(&entry.key, fault).or(twice) {
                let message = format!("`{}` is no path template", entry.key);
                let help = "a path has segments and `{expressions}`, each name once; a query is described by parameters: what stands \
                            behind `?` is sent as it is, what stands behind `#` only tells operations of one path apart";
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

    pub(super) fn path_item(&mut self) {
        self.parameters(None);
        self.servers();
        let added = self.get("additionalOperations");
        for entry in added.map_or(&[][..], |added| self.tree.entries(added)) {
            if !is_token(&entry.key) {
                let message = format!("no method can be called `{}`", entry.key);
                let help = "write a token of HTTP, such as `COPY`";
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

    pub(super) fn operation(&mut self) {
        self.servers();
        if self.version == Version::V2_0 {
            self.media_types_2_0();
            self.unique("schemes");
            self.unique("tags");
        }
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
        let known = |entry: &&Entry| shape::is_status(&entry.key);
        for entry in self.entries.iter().filter(known) {
            let fault = match entry.key.as_bytes() {
                [b'6'..=b'9', ..] => "HTTP's statuses end at 599",
                [_, b'x' | b'X', _] if self.version == Version::V2_0 => "2.0 has no ranges",
                [_, one, other] if *one == b'x' || *other == b'x' => "a range has two capital `X`",
                _ => continue,
            };
            let message = format!("`{}` is no status", entry.key);
            let help = "write a status such as `404`, a range such as `4XX`, or `default`";
            self.report(
                code::INVALID_NAME,
                Place::Key(entry.value),
                message,
                fault,
                help,
            );
        }
    }
}
