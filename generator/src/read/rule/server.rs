//! The rules of servers, their URLs and variables.

use std::collections::HashMap;

use super::format::expressions;
use super::{Rules, Version, code};
use crate::diagnostic::Place;

impl Rules<'_, '_> {
    /// A list of servers: since 3.2 each has a name of its own, if any.
    pub(super) fn servers(&mut self) {
        if self.version < Version::V3_2 {
            return;
        }
        let list = self.get("servers");
        let mut first = HashMap::new();
        for server in list.map_or(&[][..], |list| self.tree.items(list)) {
            let Some(at) = self.tree.get(*server, "name") else {
                continue;
            };
            let name = self.tree.str(at).unwrap_or_default();
            if first.insert(name, at).is_some() {
                let message = format!("two servers are called `{name}`");
                let help = "rename one of them";
                self.report(
                    code::DUPLICATE_NAME,
                    Place::Node(at),
                    message,
                    "second",
                    help,
                );
            }
        }
    }

    /// Since 3.2: paths are appended to it, and a variable stands in it once.
    fn server_url(&mut self, url: &str) {
        let Some(at) = self.get("url").filter(|_| self.version >= Version::V3_2) else {
            return;
        };
        let mut names: Vec<&str> = expressions(url).collect();
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
        let fault = match url.find(['?', '#']) {
            Some(found) => Some(format!(
                "`{}` begins a query or a fragment",
                &url[found..=found]
            )),
            None => twice.map(|pair| format!("`{{{}}}` stands in it twice", pair[0])),
        };
        if let Some(fault) = fault {
            let message =
                "the URL of a server has neither query nor fragment, and each variable once";
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                message,
                &fault,
                "correct it",
            );
        }
    }

    pub(super) fn server(&mut self) {
        let url = self.text("url").unwrap_or_default();
        let variables = self.get("variables");
        self.server_url(url);
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
}
