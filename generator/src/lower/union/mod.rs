//! `oneOf`, `anyOf` and several types at once: what a choice between schemas is in Rust, and how its variants are told apart.

mod branch;
mod exclusive;
mod feature;
mod inherit;
mod join;
mod selector;
mod shape;

use super::{Lowering, enumeration};
use crate::document::{Discriminator, Schema, SchemaId, SchemaType};
use crate::ir::Enum;
use feature::Features;
pub(super) use inherit::Families;
pub(super) use selector::Plan;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Choices inside of choices: beyond this a value is any JSON.
const DEPTH: usize = 64;

/// How often a variant may be made of a union and of one of its own variants.
const LEVELS: u32 = 16;

/// How many variants a choice has at most, nested ones counted.
const MOST: usize = 2_000;

/// What a choice between schemas is.
#[derive(Debug)]
pub(super) enum Choice {
    /// There is no choice.
    None,
    /// Any JSON value.
    Any,
    /// What another schema says.
    Same(SchemaId),
    /// One of a list of values.
    Listed(Enum),
    /// One of several types.
    Union(Plan),
}

#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) choice: Choice,
    /// Null is among the variants.
    pub(super) nullable: bool,
}

/// How many of the schemas must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keyword {
    OneOf,
    AnyOf,
}

/// What has been found out about choices.
#[derive(Debug, Default)]
pub(super) struct Choices {
    known: BTreeMap<SchemaId, Rc<Chosen>>,
    features: BTreeMap<SchemaId, Rc<Features>>,
    /// The schemas that are being looked at: one that is met again chooses from itself.
    open: BTreeSet<SchemaId>,
    /// How deep the made schemas are that choices have made.
    levels: BTreeMap<SchemaId, u32>,
    /// How many schemas choices have made.
    made: usize,
    pub(super) families: Families,
}

/// What is known of a choice while it is decided.
struct Wanted<'a> {
    id: SchemaId,
    schema: &'a Schema,
    keyword: Keyword,
    discriminator: Option<&'a Discriminator>,
}

impl<'a> Lowering<'a> {
    /// What a schema chooses from, if it does.
    pub(super) fn choice(&mut self, id: SchemaId) -> Rc<Chosen> {
        if let Some(known) = self.choices.known.get(&id) {
            return Rc::clone(known);
        }
        if self.choices.open.len() >= DEPTH || !self.choices.open.insert(id) {
            self.degrade(
                self.document.schema(id).at,
                "a choice that leads to itself, or is nested too deep, becomes any JSON value",
            );
            return Rc::new(Chosen {
                choice: Choice::Any,
                nullable: false,
            });
        }
        let chosen = Rc::new(self.decide(id));
        self.choices.open.remove(&id);
        self.choices.known.insert(id, Rc::clone(&chosen));
        chosen
    }

    fn decide(&mut self, id: SchemaId) -> Chosen {
        let whole = self.whole(id);
        if let Some(plan) = self.family(id, whole) {
            return Chosen {
                choice: Choice::Union(plan),
                nullable: false,
            };
        }
        let none = Chosen {
            choice: Choice::None,
            nullable: false,
        };
        let (keyword, list) = match (&whole.one_of, &whole.any_of) {
            (one_of, _) if !one_of.is_empty() => (Keyword::OneOf, one_of),
            (_, any_of) if !any_of.is_empty() => (Keyword::AnyOf, any_of),
            _ => return self.kinds(id, whole).unwrap_or(none),
        };
        let is_listed = enumeration::is_enum(whole, self.tree);
        if is_listed || self.is_of_its_own_family(id, list) {
            return none;
        }
        let mut nullable = false;
        let mut found = Vec::new();
        self.branches(list, keyword, &mut nullable, &mut found, 0);
        let wanted = Wanted {
            id,
            schema: whole,
            keyword,
            discriminator: whole.discriminator.as_deref(),
        };
        Chosen {
            choice: self.choose(&wanted, found),
            nullable,
        }
    }

    /// What remains to be chosen from when null has been put aside.
    fn choose(&mut self, wanted: &Wanted<'_>, found: Vec<SchemaId>) -> Choice {
        let base = self.base(wanted);
        if let Some(base) = base
            && found.iter().all(|branch| self.is_constraint(*branch, base))
        {
            // No other type: a check of the struct.
            return Choice::None;
        }
        let Some(branches) = self.distribute(wanted, base, &found) else {
            return Choice::Any;
        };
        let branches = self.distinct(wanted, branches);
        match branches.as_slice() {
            [] => return Choice::Any,
            [only] => return Choice::Same(only.id),
            _ => {}
        }
        if branches.iter().any(|branch| branch.features.any) {
            return Choice::Any;
        }
        if let Some(list) = self.listed(&branches) {
            return Choice::Listed(list);
        }
        if let Some(joined) = self.joined(wanted, &branches) {
            return Choice::Same(joined);
        }
        Choice::Union(self.plan(wanted, branches))
    }

    /// Several types without a choice between schemas: each of them is a variant.
    fn kinds(&mut self, id: SchemaId, whole: &'a Schema) -> Option<Chosen> {
        let mut kinds: Vec<SchemaType> = Vec::new();
        for kind in &whole.types {
            let is_new = *kind != SchemaType::Null && !kinds.contains(kind);
            kinds.extend(is_new.then_some(*kind));
        }
        if kinds.contains(&SchemaType::Number) {
            kinds.retain(|kind| *kind != SchemaType::Integer);
        }
        let is_listed = whole.values.is_some() || whole.constant.is_some();
        if kinds.len() < 2 || is_listed {
            return None;
        }
        let nullable = whole.types.contains(&SchemaType::Null);
        let all = [
            SchemaType::Boolean,
            SchemaType::Number,
            SchemaType::String,
            SchemaType::Array,
            SchemaType::Object,
        ];
        if all.iter().all(|kind| kinds.contains(kind)) && branch::is_bare(whole) {
            return Some(Chosen {
                choice: Choice::Any,
                nullable,
            });
        }
        let found = kinds
            .into_iter()
            .map(|kind| self.document.make(branch::of_kind(whole, kind)))
            .collect();
        let wanted = Wanted {
            id,
            schema: &branch::nothing(whole),
            keyword: Keyword::AnyOf,
            discriminator: None,
        };
        Some(Chosen {
            choice: self.choose(&wanted, found),
            nullable,
        })
    }

    /// A made schema that is one type, whatever choice it has: that is left to its check.
    fn settled(&mut self, schema: Schema) -> SchemaId {
        let id = self.document.make(schema);
        let none = Chosen {
            choice: Choice::None,
            nullable: false,
        };
        self.choices.known.insert(id, Rc::new(none));
        id
    }
}
