//! Discriminators that are inherited through `allOf`: who carries one is, wherever it stands, one of those that include it.

use super::super::Lowering;
use super::branch::Branch;
use super::feature::Constant;
use super::selector::{Plan, Tags, assemble};
use super::{Keyword, branch};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Discriminator, Schema, SchemaId};
use std::collections::{BTreeMap, BTreeSet};

/// Who includes whom.
#[derive(Debug, Default)]
pub(in super::super) struct Families {
    /// The component schemas that include a schema which carries a discriminator, or which includes one that does.
    children: BTreeMap<SchemaId, Vec<SchemaId>>,
    /// The schemas that are members of a family.
    members: BTreeSet<SchemaId>,
    /// The struct of a schema that is also a union of its children.
    own: BTreeMap<SchemaId, SchemaId>,
}

/// What a discriminator maps to what.
#[derive(Default)]
struct Mapping {
    /// In the order of their tags.
    targets: Vec<SchemaId>,
    of: BTreeMap<SchemaId, Vec<Constant>>,
    tags: BTreeSet<String>,
}

impl<'a> Lowering<'a> {
    /// Finds out who includes whom; once, before any schema is looked at.
    pub(in super::super) fn families(&mut self) {
        let document = self.document;
        let components: Vec<SchemaId> = document
            .components
            .schemas
            .iter()
            .map(|(_, id)| *id)
            .collect();
        let carriers: BTreeSet<SchemaId> = components
            .iter()
            .copied()
            .filter(|id| self.carries(*id))
            .collect();
        if carriers.is_empty() {
            return;
        }
        for id in &carriers {
            // What a mapping names needs not include who maps it.
            let discriminator = document.schema(*id).discriminator.as_ref();
            let targets = discriminator
                .iter()
                .flat_map(|discriminator| &discriminator.targets);
            if targets.flatten().any(|target| target != id) {
                self.choices.families.children.entry(*id).or_default();
            }
        }
        let known: BTreeSet<SchemaId> = components.iter().copied().collect();
        let mut ancestors: BTreeMap<SchemaId, BTreeSet<SchemaId>> = BTreeMap::new();
        for id in &components {
            let parts = self.part_ids(*id);
            ancestors.insert(
                *id,
                parts
                    .into_iter()
                    .filter(|part| part != id && known.contains(part))
                    .collect(),
            );
        }
        for id in &components {
            let descends =
                |id: &SchemaId| carriers.contains(id) || !ancestors[id].is_disjoint(&carriers);
            // A component that only refers to another one is that one.
            if self.is_only_reference(*id) {
                continue;
            }
            for ancestor in ancestors[id].iter().filter(|ancestor| descends(ancestor)) {
                self.choices
                    .families
                    .children
                    .entry(*ancestor)
                    .or_default()
                    .push(*id);
                self.choices.families.members.insert(*id);
            }
        }
    }

    /// Whether a schema has a discriminator for those that include it, not for what it lists itself.
    fn carries(&self, id: SchemaId) -> bool {
        let schema = self.document.schema(id);
        schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty()
    }

    /// Whether a schema is what a schema with a discriminator may be.
    pub(in super::super) fn is_child(&self, id: SchemaId) -> bool {
        self.choices.families.members.contains(&id)
    }

    /// The union that a schema with children is.
    pub(super) fn family(&mut self, id: SchemaId, whole: &'a Schema) -> Option<Plan> {
        let children = self.choices.families.children.get(&id)?.clone();
        let discriminator = whole.discriminator.as_ref()?;
        let mapped = self.mapping(discriminator);
        let mut members: Vec<SchemaId> = Vec::new();
        if self.is_child(id) || mapped.of.contains_key(&id) {
            members.push(id);
        }
        members.extend(children);
        let known: BTreeSet<SchemaId> = members.iter().copied().chain([id]).collect();
        members.extend(
            mapped
                .targets
                .iter()
                .filter(|target| !known.contains(target)),
        );
        let mut tags = Tags {
            member: discriminator.property.clone(),
            of: Vec::new(),
            otherwise: None,
            open: true,
            declared: true,
        };
        let default = discriminator.default_target;
        let default = default.map(|target| self.target(target));
        let mut branches = Vec::new();
        for member in members {
            let own = self.own_struct(member);
            let features = self.features(own);
            tags.of.push(
                self.own_tags(
                    member,
                    &mapped,
                    features
                        .member(&tags.member)
                        .and_then(|member| member.values.clone()),
                ),
            );
            if default == Some(member) {
                tags.otherwise = Some(branches.len());
                tags.open = false;
            }
            branches.push(Branch {
                id: own,
                listed: member,
                features,
            });
        }
        let listed = self.constants_of_member(whole, &tags.member);
        let is_listed = |tag: &Constant| listed.as_ref().is_none_or(|listed| listed.contains(tag));
        if !tags.of.iter().flatten().any(is_listed) {
            self.unmapped_family(discriminator);
            return None;
        }
        (branches.len() > 1 || !self.is_child(id))
            .then(|| assemble(Keyword::OneOf, branches, Some(tags)))
    }

    /// The values that a schema lists for one of its members.
    fn constants_of_member(&mut self, whole: &Schema, name: &str) -> Option<BTreeSet<Constant>> {
        let property = whole
            .properties
            .iter()
            .find(|(known, _)| known.name == name);
        property.and_then(|(_, property)| self.constants_of(*property))
    }

    /// No tag leads to anyone who includes the schema: it is what it says itself.
    fn unmapped_family(&mut self, discriminator: &Discriminator) {
        if self
            .reported
            .insert((discriminator.at, code::UNUSABLE_MAPPING.id))
        {
            let message =
                "the discriminator's values name none of the schemas that include this one";
            self.diagnostics.report(
                Diagnostic::new(
                    code::UNUSABLE_MAPPING,
                    Place::Node(discriminator.at),
                    message,
                )
                .label("tells nothing apart")
                .help("map each value to a schema with `mapping`"),
            );
        }
    }

    /// The schemas that a mapping names.
    fn mapping(&mut self, discriminator: &Discriminator) -> Mapping {
        let mut by_tag = BTreeMap::new();
        for ((tag, _), target) in discriminator.mapping.iter().zip(&discriminator.targets) {
            if let Some(target) = *target {
                by_tag.insert(tag.name.clone(), self.target(target));
            }
        }
        let mut found = Mapping::default();
        for (tag, target) in by_tag {
            let tags = found.of.entry(target).or_default();
            if tags.is_empty() {
                found.targets.push(target);
            }
            tags.push(Constant::Text(tag.clone()));
            found.tags.insert(tag);
        }
        found
    }

    /// The tags of a member of a family: as mapped, else as it fixes them itself, else its name.
    fn own_tags(
        &self,
        member: SchemaId,
        mapped: &Mapping,
        fixed: Option<BTreeSet<Constant>>,
    ) -> Vec<Constant> {
        if let Some(named) = mapped.of.get(&member) {
            return named.clone();
        }
        let taken =
            |value: &Constant| matches!(value, Constant::Text(text) if mapped.tags.contains(text));
        match fixed {
            // An inherited list of all tags says nothing of this one.
            Some(values) if values.len() == 1 && !values.iter().any(taken) => {
                values.into_iter().collect()
            }
            _ => self
                .component_name(member)
                .map(Constant::Text)
                .into_iter()
                .collect(),
        }
    }

    /// A member of a family as the struct that it is: a schema that has children is a union besides.
    fn own_struct(&mut self, id: SchemaId) -> SchemaId {
        if !self.choices.families.children.contains_key(&id) {
            return id;
        }
        if let Some(own) = self.choices.families.own.get(&id) {
            return *own;
        }
        let whole = self.whole(id);
        let mut own = branch::nothing(whole);
        own.title.clone_from(&whole.title);
        own.description.clone_from(&whole.description);
        let own = self.document.make(own);
        self.choices.families.own.insert(id, own);
        self.add_base(id, own);
        own
    }

    /// Whether a schema is one of those that a schema which it includes lists: a variant of that one, not another name for it.
    pub(in super::super) fn is_own_variant(&mut self, id: SchemaId) -> bool {
        if self.is_child(id) {
            return true;
        }
        if self.is_only_reference(id) {
            return false;
        }
        let whole = self.whole(id);
        let list = if whole.one_of.is_empty() {
            &whole.any_of
        } else {
            &whole.one_of
        };
        !list.is_empty() && self.is_of_its_own_family(id, list)
    }

    /// Whether a list of variants is that of a schema which includes this one: a child is no choice between its siblings.
    pub(super) fn is_of_its_own_family(&mut self, id: SchemaId, list: &[SchemaId]) -> bool {
        let schema = self.document.schema(id);
        let own = schema.reference.is_none() && schema.all_of.is_empty();
        let parts: BTreeSet<SchemaId> = if own {
            BTreeSet::from([id])
        } else {
            self.part_ids(id).into_iter().chain([id]).collect()
        };
        list.iter()
            .any(|listed| parts.contains(&self.target(*listed)))
    }
}
