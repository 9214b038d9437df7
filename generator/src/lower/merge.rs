//! `allOf`, and what stands beside a `$ref`: one schema that says what all its members say.
//!
//! A merge looks at one level only. Where several members speak of one property (or of items, of other members…), its
//! schema is a made one with those as its own `allOf`, which is merged when its turn comes: neither depth nor recursion
//! costs stack, and the same schemas met twice give the same made one, so that recursive ones come to an end.

use super::Lowering;
use super::absorb::{self, Absorbing};
use super::{beside, contradiction, enumeration, tighten};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::Rules;
use std::collections::{BTreeMap, BTreeSet};

/// What merges have made so far.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// The merged form of a schema that has members.
    merged: BTreeMap<SchemaId, SchemaId>,
    /// The made schema of several that hold at once.
    all: BTreeMap<BTreeSet<SchemaId>, SchemaId>,
}

fn has_choice(schema: &Schema) -> bool {
    !schema.any_of.is_empty() || !schema.one_of.is_empty()
}

/// A schema of those that hold at once.
#[derive(Clone, Copy)]
struct Part {
    id: SchemaId,
    /// It is not written where the merged schema is, but referred to.
    referenced: bool,
}

/// A schema that is a reference, with no more beside it than a place can say.
pub(super) struct PlainReference {
    pub(super) target: SchemaId,
    /// Null is allowed in this place, whatever the target says.
    pub(super) nullable: bool,
    pub(super) rules: Rules,
}

impl<'a> Lowering<'a> {
    /// A schema with what its `allOf` members, and what its `$ref` beside other keywords, add to it.
    pub(super) fn whole(&mut self, id: SchemaId) -> &'a Schema {
        let document = self.document;
        let own = document.schema(id);
        let is_alone = own.reference.is_none() && own.all_of.is_empty();
        if is_alone && !enumeration::is_mixed(own, self.tree) {
            return own;
        }
        let known = self.merges.merged.get(&id).copied();
        let made = known.unwrap_or_else(|| {
            let merged = if is_alone {
                own.clone()
            } else {
                self.merge(id)
            };
            let merged = self.by_kind(merged);
            let made = document.make(merged);
            self.merges.merged.insert(id, made);
            made
        });
        document.schema(made)
    }

    /// A list of values of several kinds as a choice between lists of one kind each.
    fn by_kind(&self, mut schema: Schema) -> Schema {
        if !enumeration::is_mixed(&schema, self.tree) || has_choice(&schema) {
            return schema;
        }
        let document = self.document;
        let kinds = enumeration::kinds(&schema, self.tree);
        let is_null = schema.types.contains(&SchemaType::Null);
        schema.nullable |= is_null || enumeration::lists_null(&schema, self.tree);
        if let [only] = kinds.as_slice() {
            schema.types = vec![*only];
            return schema;
        }
        let list_of = |kind: &SchemaType| {
            let mut list = Schema::new(schema.at);
            list.types = vec![*kind];
            list.values = Some(enumeration::of_kind(&schema, self.tree, *kind));
            document.make(list)
        };
        schema.any_of = kinds.iter().map(list_of).collect();
        schema.types.clear();
        (schema.values, schema.constant, schema.format) = (None, None, None);
        schema
    }

    fn merge(&mut self, id: SchemaId) -> Schema {
        let document = self.document;
        let own = document.schema(id);
        let parts = self.parts(id);
        let members = |part: &Part| document.schema(part.id).properties.len();
        if !self.afford(own.at, parts.iter().map(members).sum()) {
            return own.clone();
        }
        let mut absorbing = Absorbing::new(own);
        for part in &parts {
            absorbing.part(self, document.schema(part.id));
        }
        // Of those that describe the same place the last has the best words; what is referred to describes itself.
        for part in parts.iter().rev().filter(|part| !part.referenced) {
            absorbing.describe(document.schema(part.id));
        }
        for part in parts.iter().rev() {
            absorbing.default(document.schema(part.id));
        }
        let (merged, conflicts) = absorbing.finish(self, own);
        for conflict in conflicts {
            self.impossible(&conflict);
        }
        merged
    }

    /// The schemas that hold at once, depth first in the document's order: what members say comes before what stands
    /// beside them, so that the last word on anything is the schema's own.
    fn parts(&mut self, id: SchemaId) -> Vec<Part> {
        enum Step {
            Enter(Part),
            Leave(Part),
        }
        let document = self.document;
        if self.budget.is_spent() {
            return Vec::new();
        }
        let mut visited = BTreeSet::new();
        let mut parts = Vec::new();
        let mut work = vec![Step::Enter(Part {
            id,
            referenced: false,
        })];
        while let Some(step) = work.pop() {
            match step {
                Step::Leave(part) => parts.push(part),
                Step::Enter(part) if visited.insert(part.id) => {
                    work.push(Step::Leave(part));
                    let all_of = document.schema(part.id).all_of.iter().copied();
                    work.extend(all_of.rev().map(|id| Step::Enter(Part { id, ..part })));
                    let target = self.referenced(part.id);
                    work.extend(target.map(|id| {
                        Step::Enter(Part {
                            id,
                            referenced: true,
                        })
                    }));
                }
                Step::Enter(_) => {}
            }
        }
        self.afford(document.schema(id).at, parts.len());
        parts
    }

    /// The schemas that a schema includes, itself among them.
    pub(super) fn part_ids(&mut self, id: SchemaId) -> Vec<SchemaId> {
        self.parts(id).into_iter().map(|part| part.id).collect()
    }

    pub(super) fn members(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let document = self.document;
        let referenced = self.referenced(id);
        referenced
            .into_iter()
            .chain(document.schema(id).all_of.iter().copied())
            .collect()
    }

    /// The schema of what all of these accept; the last one has the last word.
    pub(super) fn all(&mut self, schemas: &[SchemaId]) -> Option<SchemaId> {
        let document = self.document;
        let mut members = Vec::new();
        for id in schemas {
            match self.made_of(*id) {
                Some(made) => members.extend(made),
                None => members.push(*id),
            }
        }
        // A schema says all that its own members say: beside the narrower one the wider one is not needed.
        let mut covered = BTreeSet::new();
        let mut kept = self.uncovered(members.into_iter().rev(), &mut covered, |_| true);
        if kept.len() > 1 {
            let mut covered = BTreeSet::new();
            kept = self.uncovered(kept.into_iter().rev(), &mut covered, |schema| {
                beside::is_silent(schema)
            });
        } else {
            kept.reverse();
        }
        if kept.len() < 2 {
            return kept.pop();
        }
        let mut key = BTreeSet::new();
        for member in &kept {
            let target = self.target(*member);
            key.insert(target);
        }
        if let Some(known) = self.merges.all.get(&key) {
            return Some(*known);
        }
        let last = kept.last().copied()?;
        if self.merges.all.len() > document.schemas.len() * 2 + 1000 {
            self.degrade(
                document.schema(last).at,
                "schemas that hold at once are too many to be merged",
            );
            return Some(last);
        }
        let made = document.make(absorb::all_of(document, &kept));
        self.merges.all.insert(key, made);
        Some(made)
    }

    /// The schemas that are no part of one before them, unless they say something of their own.
    fn uncovered(
        &mut self,
        schemas: impl Iterator<Item = SchemaId>,
        covered: &mut BTreeSet<SchemaId>,
        may_go: impl Fn(&Schema) -> bool,
    ) -> Vec<SchemaId> {
        let document = self.document;
        let mut kept = Vec::new();
        for id in schemas {
            let target = self.target(id);
            if covered.contains(&target) && may_go(document.schema(id)) {
                continue;
            }
            covered.extend(self.parts(target).iter().map(|part| part.id));
            kept.push(id);
        }
        kept
    }

    /// The members of a schema that a merge has made.
    fn made_of(&self, id: SchemaId) -> Option<Vec<SchemaId>> {
        let is_made = (id.0 as usize) >= self.document.schemas.len();
        let all_of = &self.document.schema(id).all_of;
        (is_made && !all_of.is_empty()).then(|| all_of.clone())
    }

    /// Where a chain of references ends.
    pub(super) fn target(&self, id: SchemaId) -> SchemaId {
        let mut at = id;
        // What has been made refers to what was there before.
        while at.0 as usize >= self.ends.len() && self.is_only_reference(at) {
            match self.referenced(at).filter(|next| *next < at) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.ends.get(at.0 as usize).copied().unwrap_or(at)
    }

    /// `$ref`, or `allOf` around one, with nothing beside it but what a place can say: constraints, null, documentation.
    pub(super) fn plain_reference(&mut self, id: SchemaId) -> Option<PlainReference> {
        let document = self.document;
        let own = document.schema(id);
        // To the letter, null is allowed where the target allows it.
        if self.options.exact && !self.refers_only(id) {
            return None;
        }
        if self.is_only_reference(id) {
            return Some(PlainReference {
                target: self.referenced(id)?,
                nullable: own.nullable,
                rules: Rules::default(),
            });
        }
        if own.reference.is_none() && own.all_of.is_empty() {
            return None;
        }
        let mut target = None;
        let mut beside = vec![own];
        for member in self.members(id) {
            let schema = document.schema(member);
            // A schema's own reference is among its members as what it leads to.
            let is_own_target = own.reference.is_some() && self.referenced(id) == Some(member);
            if is_own_target || self.is_only_reference(member) {
                let found = self.target(member);
                if target.is_some_and(|(known, _)| known != found) {
                    return None;
                }
                let named = if is_own_target {
                    member
                } else {
                    self.referenced(member)?
                };
                target = target.or(Some((found, named)));
            } else {
                beside.push(schema);
            }
        }
        let (found, target) = target?;
        if found == id || !beside.iter().all(|schema| beside::is_of_the_place(schema)) {
            return None;
        }
        let kinds = beside::kinds(self.whole(found));
        let narrows = beside.iter().any(|schema| !beside::allows(schema, &kinds));
        if narrows {
            return None;
        }
        let mut together = Schema::new(own.at);
        for schema in &beside {
            if !tighten::tighten(&mut together, schema) {
                return None;
            }
        }
        // What no value fits is for the merge to report.
        let mut both = Schema::new(own.at);
        for schema in [self.whole(found), &together] {
            tighten::tighten(&mut both, schema);
        }
        if !contradiction::crossed(&both).is_empty() {
            return None;
        }
        Some(PlainReference {
            target,
            nullable: beside
                .iter()
                .any(|schema| schema.nullable || schema.types.contains(&SchemaType::Null)),
            rules: self.marks(&together),
        })
    }

    fn impossible(&mut self, conflict: &absorb::Conflict) {
        if !self
            .reported
            .insert((conflict.later, code::IMPOSSIBLE_MERGE.id))
        {
            return;
        }
        self.diagnostics.report(
            Diagnostic::new(
                code::IMPOSSIBLE_MERGE,
                Place::Node(conflict.later),
                format!("no value fits both: {}", conflict.what),
            )
            .label("this one is generated")
            .also(Place::Node(conflict.earlier), "it contradicts this one")
            .help("change one of the two, or do not combine them"),
        );
    }
}
