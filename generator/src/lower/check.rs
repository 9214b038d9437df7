//! What a schema demands and its type does not say → checks: the schema again, as far as needed, for the runtime to evaluate.
//!
//! A check of a place or a type holds what is left over there; the schemas it speaks of are copied whole. Only what such a
//! place reaches is copied, once a schema, from a queue: recursion costs no stack.

use super::Lowering;
use crate::document::{Named, Schema, SchemaId, SchemaType};
use crate::ir::{Check, CheckId, Rule, Rules, To};
use crate::source::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// What has been copied, and what is still to be.
#[derive(Debug, Default)]
pub(super) struct Checks {
    whole: BTreeMap<SchemaId, To>,
    pending: Vec<(SchemaId, CheckId)>,
    /// What is left over of a schema, by what that is: the same in many places is one check.
    rest: BTreeMap<String, CheckId>,
}

/// What a type says of its schema already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Said {
    /// `type`.
    pub(super) kind: bool,
    /// `enum` and `const`.
    pub(super) values: bool,
    /// Bounds, lengths and counts: marks on the place.
    pub(super) marks: bool,
    /// `properties` and `required`.
    pub(super) members: bool,
    /// `additionalProperties`.
    pub(super) others: bool,
    /// `prefixItems`.
    pub(super) prefix: bool,
    /// `items`.
    pub(super) items: bool,
    /// `oneOf` and `anyOf`.
    pub(super) choice: bool,
}

impl Lowering<'_> {
    /// The check of what a type leaves unsaid of its schema, if that is anything.
    pub(super) fn rest(&mut self, schema: &Schema, said: Said, nullable: bool) -> Option<CheckId> {
        let mut rules = self.keywords(schema, said);
        let asserts = |rule: &Rule| !matches!(rule, Rule::Properties(_)) || !said.members;
        if !rules.iter().any(asserts) {
            return None;
        }
        if nullable && !self.options.exact {
            rules.insert(0, Rule::Nullable);
        }
        let key = format!("{rules:?}");
        if let Some(id) = self.checks.rest.get(&key) {
            return Some(*id);
        }
        let id = self.add_check(schema.at, true);
        self.api.checks[id.0 as usize].rules = rules;
        self.checks.rest.insert(key, id);
        Some(id)
    }

    fn add_check(&mut self, at: NodeId, left_over: bool) -> CheckId {
        let pointer = self.tree.pointer(at);
        self.api.checks.push(Check {
            at,
            pointer,
            rules: Vec::new(),
            left_over,
        });
        CheckId((self.api.checks.len() - 1) as u32)
    }

    /// Copies the schemas that checks refer to, and those that these refer to.
    pub(super) fn drain_checks(&mut self) {
        while let Some((id, check)) = self.checks.pending.pop() {
            let document = self.document;
            let schema = document.schema(id);
            let mut rules = self.keywords(schema, Said::default());
            if schema.nullable && !self.options.exact {
                rules.insert(0, Rule::Nullable);
            }
            self.api.checks[check.0 as usize].rules = rules;
        }
    }

    /// A schema as a check of its own.
    pub(super) fn whole_check(&mut self, id: SchemaId) -> To {
        let document = self.document;
        let mut id = id;
        let mut seen = BTreeSet::new();
        // What only refers to another schema is that one.
        while seen.insert(id) && self.refers_only(id) {
            match self.referenced(id) {
                Some(next) => id = next,
                None => return To::Always,
            }
        }
        let schema = document.schema(id);
        match schema.boolean {
            Some(true) => return To::Always,
            Some(false) => return To::Never,
            None => {}
        }
        if let Some(to) = self.checks.whole.get(&id) {
            return *to;
        }
        let check = self.add_check(schema.at, false);
        self.checks.whole.insert(id, To::Check(check));
        self.checks.pending.push((id, check));
        To::Check(check)
    }

    /// Whether a schema is what its reference leads to, and nothing more.
    pub(super) fn refers_only(&self, id: SchemaId) -> bool {
        self.is_only_reference(id) && !self.document.schema(id).nullable
    }

    fn whole_checks(&mut self, ids: &[SchemaId]) -> Vec<To> {
        ids.iter().map(|id| self.whole_check(*id)).collect()
    }

    fn named_checks(&mut self, schemas: &[(Named, SchemaId)]) -> Vec<(String, To)> {
        let named = schemas.iter();
        named
            .map(|(name, id)| (name.name.clone(), self.whole_check(*id)))
            .collect()
    }

    /// The keywords of a schema that nothing says yet.
    fn keywords(&mut self, schema: &Schema, said: Said) -> Vec<Rule> {
        let mut rules = Vec::new();
        if schema.boolean == Some(false) {
            rules.push(Rule::Never);
        }
        if !said.kind && !schema.types.is_empty() {
            rules.push(Rule::Type(schema.types.iter().map(word).collect()));
        }
        if !said.values {
            let lists = [
                schema.values.clone(),
                schema.constant.map(|node| vec![node]),
            ];
            for list in lists.into_iter().flatten() {
                let values = list.iter().map(|node| self.tree.json(*node));
                rules.push(Rule::Enum(values.collect()));
            }
        }
        if !said.marks {
            let marks = self.marks(schema);
            if marks != Rules::default() {
                rules.push(Rule::Marks(Box::new(marks)));
            }
        }
        self.member_keywords(schema, said, &mut rules);
        self.item_keywords(schema, said, &mut rules);
        self.combining_keywords(schema, said, &mut rules);
        if let Some(id) = schema.unevaluated_properties {
            let to = self.whole_check(id);
            rules.push(Rule::UnevaluatedProperties(to));
        }
        if let Some(id) = schema.unevaluated_items {
            let to = self.whole_check(id);
            rules.push(Rule::UnevaluatedItems(to));
        }
        rules
    }

    fn member_keywords(&mut self, schema: &Schema, said: Said, rules: &mut Vec<Rule>) {
        let others = schema.additional_properties.filter(|_| !said.others);
        let counted = others.is_some() || schema.unevaluated_properties.is_some();
        if !said.members {
            if !schema.required.is_empty() {
                let names = schema.required.iter();
                rules.push(Rule::Required(
                    names.map(|name| name.name.clone()).collect(),
                ));
            }
            if !schema.properties.is_empty() {
                let properties = self.named_checks(&schema.properties);
                rules.push(Rule::Properties(properties));
            }
        } else if counted && !schema.properties.is_empty() {
            // Their values are typed; only their names count here.
            let names = schema.properties.iter();
            rules.push(Rule::Properties(
                names
                    .map(|(name, _)| (name.name.clone(), To::Always))
                    .collect(),
            ));
        }
        let patterns: Vec<(Named, SchemaId)> = schema
            .pattern_properties
            .iter()
            .filter(|(name, _)| self.is_pattern(&name.name, name.at))
            .cloned()
            .collect();
        if !patterns.is_empty() {
            let patterns = self.named_checks(&patterns);
            rules.push(Rule::PatternProperties(patterns));
        }
        if let Some(id) = others {
            let to = self.whole_check(id);
            rules.push(Rule::AdditionalProperties(to));
        } else if schema.additional_properties.is_some() && schema.unevaluated_properties.is_some()
        {
            rules.push(Rule::AdditionalProperties(To::Always));
        }
        if let Some(id) = schema.property_names {
            let to = self.whole_check(id);
            rules.push(Rule::PropertyNames(to));
        }
        if !schema.dependent_required.is_empty() {
            let dependent = schema.dependent_required.iter();
            rules.push(Rule::DependentRequired(
                dependent
                    .map(|(name, others)| (name.name.clone(), others.clone()))
                    .collect(),
            ));
        }
        if !schema.dependent_schemas.is_empty() {
            let dependent = self.named_checks(&schema.dependent_schemas);
            rules.push(Rule::DependentSchemas(dependent));
        }
    }

    fn item_keywords(&mut self, schema: &Schema, said: Said, rules: &mut Vec<Rule>) {
        let counted = schema.unevaluated_items.is_some() || !said.items && schema.items.is_some();
        if !schema.prefix_items.is_empty() && (!said.prefix || counted) {
            let prefix = if said.prefix {
                vec![To::Always; schema.prefix_items.len()]
            } else {
                self.whole_checks(&schema.prefix_items)
            };
            rules.push(Rule::PrefixItems(prefix));
        }
        match schema.items {
            Some(id) if !said.items => {
                let to = self.whole_check(id);
                rules.push(Rule::Items(to));
            }
            Some(_) if schema.unevaluated_items.is_some() => rules.push(Rule::Items(To::Always)),
            _ => {}
        }
        if let Some(id) = schema.contains {
            let to = self.whole_check(id);
            rules.push(Rule::Contains(to));
            rules.extend(schema.min_contains.map(Rule::MinContains));
            rules.extend(schema.max_contains.map(Rule::MaxContains));
        }
    }

    fn combining_keywords(&mut self, schema: &Schema, said: Said, rules: &mut Vec<Rule>) {
        let mut all = Vec::new();
        all.extend(schema.target.map(|id| self.whole_check(id)));
        all.extend(self.whole_checks(&schema.all_of));
        all.retain(|to| *to != To::Always);
        if !all.is_empty() {
            rules.push(Rule::AllOf(all));
        }
        let counted = schema.unevaluated_properties.is_some() || schema.unevaluated_items.is_some();
        if !said.choice || counted {
            if !schema.any_of.is_empty() {
                let any = self.whole_checks(&schema.any_of);
                rules.push(Rule::AnyOf(any));
            }
            if !schema.one_of.is_empty() {
                let one = self.whole_checks(&schema.one_of);
                rules.push(Rule::OneOf(one));
            }
        }
        if let Some(id) = schema.not {
            let to = self.whole_check(id);
            rules.push(Rule::Not(to));
        }
        // Without `if` the two others mean nothing.
        if let Some(id) = schema.if_schema {
            let to = self.whole_check(id);
            rules.push(Rule::If(to));
            if let Some(id) = schema.then_schema {
                let to = self.whole_check(id);
                rules.push(Rule::Then(to));
            }
            if let Some(id) = schema.else_schema {
                let to = self.whole_check(id);
                rules.push(Rule::Else(to));
            }
        }
    }
}

fn word(kind: &SchemaType) -> &'static str {
    match kind {
        SchemaType::Null => "null",
        SchemaType::Boolean => "boolean",
        SchemaType::Integer => "integer",
        SchemaType::Number => "number",
        SchemaType::String => "string",
        SchemaType::Array => "array",
        SchemaType::Object => "object",
    }
}
