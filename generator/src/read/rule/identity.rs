//! The rules of what schemas are called: `$id` and `$anchor` (JSON Schema 2020-12, core, section 8.2).

use super::{Rules, Version, code};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::NodeId;

impl Rules<'_, '_> {
    pub(super) fn identity(&mut self) {
        if self.version < Version::V3_1 {
            return;
        }
        if let Some((at, id)) = self.get("$id").zip(self.text("$id")) {
            let (uri, fragment) = id.split_once('#').unwrap_or((id, ""));
            if !fragment.is_empty() {
                let help = "a schema in a resource is named by `$anchor`";
                self.report(
                    code::INVALID_VALUE,
                    Place::Node(at),
                    "`$id` has no fragment",
                    "names a part",
                    help,
                );
            }
            // What is relative names something else in each place.
            if uri.contains(':') {
                self.once_only(at, "$id", (NodeId(0), uri.to_owned()));
            }
        }
        for keyword in ["$anchor", "$dynamicAnchor"] {
            let Some((at, name)) = self.get(keyword).zip(self.text(keyword)) else {
                continue;
            };
            if is_anchor(name) {
                let resource = self.tree.resource(self.node);
                // Both keywords give names of one kind.
                self.once_only(at, "$anchor", (resource, name.to_owned()));
            } else {
                let message = format!("`{name}` is no name that a schema can have");
                let help =
                    "begin with a letter or `_`; letters, digits, `-`, `.` and `_` may follow";
                self.report(
                    code::INVALID_NAME,
                    Place::Node(at),
                    message,
                    "no name",
                    help,
                );
            }
        }
    }

    fn once_only(&mut self, at: NodeId, keyword: &'static str, name: (NodeId, String)) {
        let shown = name.1.clone();
        let Some(first) = self.met.identities.insert((keyword, name.0, name.1), at) else {
            return;
        };
        let message = format!("another schema has the `{keyword}` `{shown}` too");
        let fault = Diagnostic::new(code::DUPLICATE_NAME, Place::Node(at), message);
        let fault = fault.label("second").also(Place::Node(first), "first");
        self.diagnostics
            .report(fault.help("rename one of them; references lead to the first"));
    }
}

fn is_anchor(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
}
