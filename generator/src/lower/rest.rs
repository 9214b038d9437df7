//! What the type of a schema leaves unsaid: the marks of its place, and its check.

use super::check::Said;
use super::schema::Home;
use super::{Lowering, pattern, scalar};
use crate::document::Schema;
use crate::ir::{CheckId, Extra, Object, Rule, Rules, Shape, To, Ty, TypeId, Value};
use std::collections::BTreeSet;

impl Lowering<'_> {
    /// What a place demands of a value of this type.
    pub(super) fn rules(&mut self, schema: &Schema, ty: &Ty, nullable: bool) -> Rules {
        let named = matches!(ty, Ty::Named(_));
        let said = Said {
            kind: !matches!(ty, Ty::Json),
            values: named,
            marks: true,
            members: named,
            others: matches!(ty, Ty::Map(_)) && schema.pattern_properties.is_empty(),
            prefix: false,
            items: matches!(ty, Ty::List(_)) && schema.prefix_items.is_empty(),
            // A discriminator tells readers more than it demands.
            choice: named || schema.discriminator.is_some(),
        };
        let mut rules = self.marks(schema);
        rules.checks = self.rest(schema, said, nullable).into_iter().collect();
        rules
    }

    /// What a named type that is no object leaves unsaid.
    pub(super) fn named_checks_of(&mut self, schema: &Schema, nullable: bool) -> Vec<CheckId> {
        self.rules(schema, &Ty::Named(TypeId(0)), nullable).checks
    }

    /// An object with its check, and with all members where the check looks at more than the fields.
    pub(super) fn checked_object(&mut self, schema: &Schema, home: &Home) -> Object {
        let mut object = self.object(schema, home);
        let is_sealed = schema.additional_properties.is_none()
            && schema
                .unevaluated_properties
                .is_some_and(|id| self.document.schema(id).boolean == Some(false))
            && !has_branches(schema);
        if is_sealed {
            object.extra = Extra::Forbidden;
        }
        let said = Said {
            kind: true,
            values: false,
            marks: true,
            members: true,
            others: schema.pattern_properties.is_empty(),
            choice: schema.discriminator.is_some(),
            ..Said::default()
        };
        let mut schema = schema.clone();
        if is_sealed {
            schema.unevaluated_properties = None;
        }
        object.checks = self.rest(&schema, said, false).into_iter().collect();
        if matches!(object.extra, Extra::Ignored) && self.looks_further(&object) {
            object.extra = Extra::Kept(Box::new(Value::plain(Ty::Json)));
        }
        object
    }

    /// Whether the checks of an object speak of members that are no fields.
    fn looks_further(&mut self, object: &Object) -> bool {
        let fields: BTreeSet<&str> = object
            .fields
            .iter()
            .map(|field| field.wire.as_str())
            .collect();
        self.drain_checks();
        let mut work: Vec<CheckId> = object.checks.clone();
        let mut seen = BTreeSet::new();
        while let Some(id) = work.pop() {
            if !seen.insert(id) {
                continue;
            }
            for rule in &self.api.checks[id.0 as usize].rules {
                let names: Vec<&String> = match rule {
                    Rule::PatternProperties(_)
                    | Rule::PropertyNames(_)
                    | Rule::AdditionalProperties(_)
                    | Rule::UnevaluatedProperties(_) => return true,
                    Rule::Required(names) => names.iter().collect(),
                    Rule::Properties(properties) => {
                        properties.iter().map(|(name, _)| name).collect()
                    }
                    Rule::DependentRequired(dependent) => dependent
                        .iter()
                        .flat_map(|(name, others)| [name].into_iter().chain(others))
                        .collect(),
                    Rule::DependentSchemas(dependent) => {
                        dependent.iter().map(|(name, _)| name).collect()
                    }
                    _ => Vec::new(),
                };
                if names.iter().any(|name| !fields.contains(name.as_str())) {
                    return true;
                }
                // What is inside of members does not count.
                if !matches!(rule, Rule::Properties(_)) {
                    let inner = rule.references().into_iter();
                    work.extend(inner.filter_map(|to| match to {
                        To::Check(id) => Some(id),
                        _ => None,
                    }));
                }
            }
        }
        false
    }

    /// A list of lists of itself is no Rust type: it becomes any JSON value that keeps its check.
    pub(super) fn break_aliases(&mut self) {
        for position in 0..self.api.types.len() {
            let ty = TypeId(position as u32);
            if !self.api.is_alias_of_itself(ty) {
                continue;
            }
            let at = self.api.ty(ty).at;
            self.degrade(at, "a list or map of itself alone becomes any JSON value");
            let mut value = Value::plain(Ty::Json);
            value.nullable = match &self.api.ty(ty).shape {
                Shape::Alias(alias) => alias.nullable,
                _ => false,
            };
            if let To::Check(check) = self.whole_check(self.schema_of[position]) {
                self.api.checks[check.0 as usize].left_over = true;
                value.rules.checks.push(check);
            }
            self.api.types[position].shape = Shape::Alias(value);
        }
    }

    /// The bounds, lengths and counts of a schema. A pattern that is none is reported, and left out.
    pub(super) fn marks(&mut self, schema: &Schema) -> Rules {
        let mut rules = scalar::rules(schema);
        if let Some(pattern) = &schema.pattern
            && !self.is_pattern(&pattern.name, pattern.at)
        {
            rules.pattern = None;
        }
        pattern::impossible(self, schema);
        rules
    }
}

/// Whether a schema may speak of more members than its properties.
fn has_branches(schema: &Schema) -> bool {
    !schema.any_of.is_empty()
        || !schema.one_of.is_empty()
        || !schema.all_of.is_empty()
        || !schema.pattern_properties.is_empty()
        || !schema.dependent_schemas.is_empty()
        || schema.if_schema.is_some()
}
