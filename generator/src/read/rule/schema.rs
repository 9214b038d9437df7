//! The rules of schemas.

use super::super::shape;
use super::{Rules, Version, code};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{NodeId, Value};

impl Rules<'_, '_> {
    pub(super) fn schema(&mut self) {
        if self.entries.is_empty() {
            return;
        }
        if self.version < Version::V3_1 {
            self.items();
            self.not_empty("required", "leave it out where nothing is required");
        }
        for list in ["allOf", "anyOf", "oneOf"] {
            self.not_empty(list, "list the schemas, or remove it");
        }
        self.not_empty("enum", "list the values, or remove it");
        self.unique("required");
        self.unique("type");
        if self.flag("readOnly") == Some(true) && self.flag("writeOnly") == Some(true) {
            self.exclusive("readOnly", "writeOnly");
        }
        self.numbers();
        self.discriminator();
    }

    /// Bounds and steps: a step is above 0, and all are numbers that can be calculated with.
    fn numbers(&mut self) {
        const BOUNDS: [&str; 4] = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"];
        for field in BOUNDS.into_iter().chain(["multipleOf"]) {
            let found = self
                .get(field)
                .and_then(|at| Some((at, self.tree.number(at)?)));
            let Some((at, text)) = found else { continue };
            if !shape::is_exact(text) {
                self.diagnostics.report(
                    Diagnostic::new(
                        code::IGNORED_KEY,
                        Place::Key(at),
                        format!("`{field}` has more digits than can be calculated with"),
                    )
                    .label("is not checked")
                    .help("write a number of at most 38 digits"),
                );
            } else if field == "multipleOf" && is_none_or_negative(text) {
                self.report(
                    code::INVALID_VALUE,
                    Place::Node(at),
                    "`multipleOf` is a number greater than 0",
                    "not greater than 0",
                    "correct it",
                );
            }
        }
    }

    fn not_empty(&mut self, field: &str, help: &str) {
        if let Some(at) = self.get(field)
            && matches!(self.tree.value(at), Value::List([]))
        {
            let message = format!("`{field}` is an empty list");
            self.report(
                code::INVALID_VALUE,
                Place::Key(at),
                message,
                "lists nothing",
                help,
            );
        }
    }

    fn unique(&mut self, field: &str) {
        let items = self
            .get(field)
            .map_or(&[][..], |list| self.tree.items(list));
        if items.len() < 2 {
            return;
        }
        let mut texts: Vec<(&str, NodeId)> = items
            .iter()
            .filter_map(|item| Some((self.tree.str(*item)?, *item)))
            .collect();
        texts.sort_unstable();
        for pair in texts.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let message = format!("`{}` stands in `{field}` twice", pair[1].0);
            self.diagnostics.report(
                Diagnostic::new(code::DUPLICATE_NAME, Place::Node(pair[1].1), message)
                    .label("second")
                    .also(Place::Node(pair[0].1), "first")
                    .help("remove one of the two"),
            );
        }
    }

    /// The property that tells schemas apart has to be there to do so.
    fn discriminator(&mut self) {
        let Some(at) = self.get("discriminator") else {
            return;
        };
        let property = match self.tree.value(at) {
            Value::String(name) => Some(name),
            _ => self
                .tree
                .get(at, "propertyName")
                .and_then(|at| self.tree.str(at)),
        };
        let Some(property) = property else { return };
        let lists = ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|list| self.get(list));
        let variants = lists.flat_map(|list| self.tree.items(list).iter().copied());
        let mut all: Vec<NodeId> = variants
            .filter_map(|variant| self.followed(variant))
            .collect();
        all.push(self.node);
        // 3.2 lets it be absent where there is a schema for that.
        let has_default = self.tree.get(at, "defaultMapping").is_some();
        for schema in all.into_iter().filter(|_| !has_default) {
            let required = self.tree.get(schema, "required");
            let listed = required.is_some_and(|list| {
                let mut items = self.tree.items(list).iter();
                items.any(|item| self.tree.str(*item) == Some(property))
            });
            // Only what describes its members in place can be judged.
            let whole = self.tree.get(schema, "properties").is_some()
                && self.tree.get(schema, "allOf").is_none();
            if whole && !listed {
                let message = format!("`{property}` tells schemas apart and is not required");
                self.diagnostics.report(
                    Diagnostic::new(code::INCOMPLETE_OBJECT, Place::Key(at), message)
                        .label("names a property that may be absent")
                        .also(self.place(schema), "not required here")
                        .help(format!("list `{property}` under `required`")),
                );
                return;
            }
        }
    }
}

/// Whether a number is 0 or less, however small its parts.
fn is_none_or_negative(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    number.starts_with('-') || !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}
