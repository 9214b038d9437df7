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
            self.exclusive_bounds();
            self.file();
        }
        for list in ["allOf", "anyOf", "oneOf", "prefixItems"] {
            self.not_empty(list, "list the schemas, or remove it");
        }
        self.not_empty("enum", "list the values, or remove it");
        self.not_empty("type", "list the types, or remove it");
        self.unique("required");
        self.unique("type");
        if self.flag("readOnly") == Some(true) && self.flag("writeOnly") == Some(true) {
            self.exclusive("readOnly", "writeOnly");
        }
        self.numbers();
        self.enumerated();
        self.constant();
        self.closed();
        self.discriminator();
        self.identity();
    }

    /// Before 3.1 these two say how a bound is meant, and there has to be one.
    fn exclusive_bounds(&mut self) {
        for (exclusive, bound) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if let Some(at) = self.get(exclusive)
                && self.flag(exclusive) == Some(true)
                && self.get(bound).is_none()
            {
                let message = format!("`{exclusive}` needs `{bound}`");
                let help = format!("add `{bound}`, or remove `{exclusive}`");
                self.report(
                    code::CONFLICTING_FIELDS,
                    Place::Key(at),
                    message,
                    "no effect",
                    &help,
                );
            }
        }
    }

    /// 2.0: a form parameter and the whole of an answer may be a file, and nothing else.
    fn file(&mut self) {
        let Some(at) = self
            .get("type")
            .filter(|_| self.text("type") == Some("file"))
        else {
            return;
        };
        let owner = self.tree.parent(self.node);
        let is_answer = self.tree.key(self.node) == Some("schema")
            && owner.is_some_and(|owner| self.tree.get(owner, "in").is_none());
        if self.version == Version::V2_0 && !is_answer {
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                "only a form parameter and the schema of a response can be a file",
                "a file",
                "write `type: string` and `format: binary`",
            );
        }
    }

    /// The constant is of the types that the schema names, and one of its values.
    fn constant(&mut self) {
        let Some(at) = self.get("const") else { return };
        let types = self.types();
        let value = self.tree.value(at);
        if !types.is_empty() && !is_of(value, &types) {
            let message = format!("`const` is not of type `{}`", types.join("` or `"));
            let help = "correct the value, or the type";
            self.report(
                code::INVALID_VALUE,
                Place::Node(at),
                message,
                shape::found(value),
                help,
            );
            return;
        }
        let Some(list) = self.get("enum") else { return };
        let json = self.tree.json(at);
        let mut values = self.tree.items(list).iter();
        if !values.any(|value| self.tree.json(*value) == json) {
            self.report(
                code::IMPOSSIBLE_CONSTRAINT,
                Place::Node(at),
                "the constant is not among the listed values",
                "no value fits",
                "add it to `enum`, or correct it",
            );
        }
    }

    /// The types that the schema names.
    fn types(&self) -> Vec<&str> {
        let Some(types) = self.get("type") else {
            return Vec::new();
        };
        let types = match self.tree.value(types) {
            Value::List(types) => types,
            _ => &[types],
        };
        types.iter().filter_map(|at| self.tree.str(*at)).collect()
    }

    /// The values of `enum` are of the types that the schema names.
    fn enumerated(&mut self) {
        if self.version == Version::V2_0 {
            self.unique("enum");
        }
        let Some(values) = self.get("enum") else {
            return;
        };
        let types = self.types();
        let other = self.tree.items(values).iter().find(|value| {
            let value = self.tree.value(**value);
            // Null stands in many lists to say that it is allowed.
            !types.is_empty() && !matches!(value, Value::Null) && !is_of(value, &types)
        });
        let Some(at) = other else { return };
        let is_number = |text: &str| text.trim().parse::<f64>().is_ok();
        let is_read = match self.tree.value(*at) {
            Value::Number(_) | Value::Bool(_) => types.contains(&"string"),
            Value::String(text) => is_number(text) && !types.contains(&"boolean"),
            _ => false,
        };
        let (code, help) = match is_read {
            true => (
                code::LOOSE_VALUE,
                "write it as the type says; it is read so",
            ),
            false => (code::INVALID_VALUE, "correct the value, or the type"),
        };
        let message = format!(
            "`enum` lists a value that is not of type `{}`",
            types.join("` or `")
        );
        let found = shape::found(self.tree.value(*at));
        self.report(code, Place::Node(*at), message, found, help);
    }

    /// What is required may be there.
    fn closed(&mut self) {
        if self.flag("additionalProperties") != Some(false)
            || self.get("patternProperties").is_some()
        {
            return;
        }
        let properties = self.get("properties");
        let required = self.get("required");
        for at in required.map_or(&[][..], |list| self.tree.items(list)) {
            let name = self.tree.str(*at).unwrap_or_default();
            if properties.is_none_or(|all| self.tree.get(all, name).is_none()) {
                let message = format!("`{name}` is required, and no such member is allowed");
                let help = "describe it under `properties`, or do not require it";
                self.report(
                    code::IMPOSSIBLE_CONSTRAINT,
                    Place::Node(*at),
                    message,
                    "cannot be there",
                    help,
                );
            }
        }
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

    pub(super) fn unique(&mut self, field: &str) {
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

    /// Only objects are told apart, and what is chosen by default has to be there.
    fn discriminates(&mut self, at: NodeId) {
        let choices = ["oneOf", "anyOf", "allOf"];
        let scalar = matches!(
            self.text("type"),
            Some("string" | "number" | "integer" | "boolean" | "array")
        );
        if scalar && choices.iter().all(|list| self.get(list).is_none()) {
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(at),
                "`discriminator` tells objects apart",
                "no effect",
                "remove it, or list the schemas under `oneOf`",
            );
        }
        let Some(default) = self.tree.get(at, "defaultMapping") else {
            return;
        };
        let to = self.tree.str(default).unwrap_or_default();
        let components = self.tree.get(self.tree.root(), "components");
        let schemas = components.and_then(|components| self.tree.get(components, "schemas"));
        let is_name = schemas.is_some_and(|schemas| self.tree.get(schemas, to).is_some());
        if !is_name && self.tree.resolve(default, to).is_err() {
            let message = format!("there is no schema `{to}`");
            let help = "name a component or write a reference, or remove `defaultMapping`";
            self.report(
                code::UNUSABLE_MAPPING,
                Place::Node(default),
                message,
                "no such schema",
                help,
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
        self.discriminates(at);
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

/// Whether a value is of one of these types.
fn is_of(value: Value<'_>, types: &[&str]) -> bool {
    let fits: &[&str] = match value {
        Value::Null => &["null"],
        Value::Bool(_) => &["boolean"],
        Value::Number(_) => &["number", "integer"],
        Value::String(_) => &["string", "file"],
        Value::List(_) => &["array"],
        Value::Map(_) => &["object"],
    };
    types.iter().any(|name| fits.contains(name))
}

/// Whether a number is 0 or less, however small its parts.
fn is_none_or_negative(number: &str) -> bool {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    number.starts_with('-') || !mantissa.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
}
