//! Keyword by keyword: what two schemas say together.

use super::tighten::{narrower, tighten, words};
use super::{Lowering, contradiction, scalar};
use crate::document::{Document, Schema, SchemaId, SchemaType};
use crate::source::{NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// Two members that no value fits.
pub(super) struct Conflict {
    pub(super) earlier: NodeId,
    pub(super) later: NodeId,
    pub(super) what: String,
}

/// A place of a schema where another one stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Inner {
    Property(String),
    Pattern(String),
    Dependent(String),
    AdditionalProperties,
    UnevaluatedProperties,
    PropertyNames,
    Items,
    UnevaluatedItems,
}

/// A merge under way.
pub(super) struct Absorbing {
    merged: Schema,
    /// Which schema a keyword was last heard from.
    said_at: BTreeMap<&'static str, NodeId>,
    /// Schemas by the place they stand in, all that were met: they are put together once.
    gathered: Vec<(Inner, Vec<SchemaId>)>,
    /// Positions in `gathered`: a merge of many wide members must not search.
    places: BTreeMap<Inner, usize>,
    required: BTreeSet<String>,
    /// Those that forbid other members than their own, with the names of these.
    closed: Vec<(NodeId, BTreeSet<String>)>,
    conflicts: Vec<Conflict>,
}

/// Gives a keyword to the merged schema if it has none yet.
macro_rules! first {
    ($merged:expr, $part:expr, $($field:ident)*) => {
        $(if $merged.$field.is_none() { $merged.$field.clone_from(&$part.$field); })*
    };
}

impl Absorbing {
    pub(super) fn new(own: &Schema) -> Self {
        let mut merged = Schema::new(own.at);
        first!(merged, own, id anchor dynamic_anchor discriminator);
        merged.extensions.clone_from(&own.extensions);
        Self {
            merged,
            said_at: BTreeMap::new(),
            gathered: Vec::new(),
            places: BTreeMap::new(),
            required: BTreeSet::new(),
            closed: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    /// Adds what one member says, its own members left out.
    pub(super) fn part(&mut self, lowering: &mut Lowering<'_>, part: &Schema) {
        self.kinds(lowering.tree, part);
        self.values(lowering.tree, part);
        if !tighten(&mut self.merged, part) {
            let mut more = Schema::new(part.at);
            more.multiple_of.clone_from(&part.multiple_of);
            self.beside(lowering, more);
        }
        self.limits(lowering.tree, part);
        self.formats(lowering.tree, part);
        self.objects(lowering, part);
        self.lists(lowering, part);
        self.choices(lowering, part);
        let merged = &mut self.merged;
        first!(merged, part, content_encoding content_media_type content_schema);
        if part.boolean == Some(false) {
            merged.boolean = Some(false);
        }
        merged.read_only |= part.read_only;
        merged.write_only |= part.write_only;
        merged.nullable |= part.nullable;
    }

    /// What a member that stands in the same place says to readers.
    pub(super) fn describe(&mut self, part: &Schema) {
        let merged = &mut self.merged;
        first!(merged, part, title description external_docs xml);
        if merged.examples.is_empty() {
            merged.examples.clone_from(&part.examples);
        }
        merged.deprecated |= part.deprecated;
    }

    pub(super) fn default(&mut self, part: &Schema) {
        first!(self.merged, part, default);
    }

    /// The merged schema, the schema's own word on null given, and what was found to be impossible.
    pub(super) fn finish(
        mut self,
        lowering: &mut Lowering<'_>,
        own: &Schema,
    ) -> (Schema, Vec<Conflict>) {
        self.inner(lowering);
        let merged = &mut self.merged;
        // To the letter null would have to be allowed by all; who writes it beside `allOf` means it.
        if own.types.contains(&SchemaType::Null)
            && !merged.types.is_empty()
            && !merged.types.contains(&SchemaType::Null)
        {
            merged.types.push(SchemaType::Null);
        }
        self.crossed();
        self.closed(lowering.tree);
        (self.merged, self.conflicts)
    }

    /// Remembers who spoke of a keyword last, and gives who did before.
    fn hear(&mut self, tree: &Tree, keyword: &'static str, part: &Schema) -> Option<NodeId> {
        let at = tree.get(part.at, keyword).unwrap_or(part.at);
        self.said_at.insert(keyword, at)
    }

    fn conflict(&mut self, earlier: Option<NodeId>, keyword: &'static str, what: String) {
        let later = self.said_at.get(keyword).copied();
        if let (Some(earlier), Some(later)) = (earlier, later) {
            self.conflicts.push(Conflict {
                earlier,
                later,
                what,
            });
        }
    }

    fn kinds(&mut self, tree: &Tree, part: &Schema) {
        if part.types.is_empty() {
            return;
        }
        let before = self.hear(tree, "type", part);
        if self.merged.types.is_empty() {
            self.merged.types.clone_from(&part.types);
            return;
        }
        let both = narrower(&self.merged.types, &part.types);
        let only_null =
            both == [SchemaType::Null] && self.merged.types.len() > 1 && part.types.len() > 1;
        if both.is_empty() || only_null {
            let what = format!(
                "one is {}, the other {}",
                words(&self.merged.types),
                words(&part.types)
            );
            self.conflict(before, "type", what);
            self.merged.types.clone_from(&part.types);
        } else {
            self.merged.types = both;
        }
    }

    fn values(&mut self, tree: &Tree, part: &Schema) {
        if let Some(values) = &part.values {
            let before = self.hear(tree, "enum", part);
            match &self.merged.values {
                None => self.merged.values = Some(values.clone()),
                Some(known) => {
                    let mut listed: Vec<String> = known
                        .iter()
                        .map(|node| tree.json(*node).to_string())
                        .collect();
                    listed.sort();
                    let is_known =
                        |node: &NodeId| listed.binary_search(&tree.json(*node).to_string()).is_ok();
                    let both: Vec<NodeId> = values.iter().copied().filter(is_known).collect();
                    if both.is_empty() {
                        let what = "they list different values".to_owned();
                        self.conflict(before, "enum", what);
                        self.merged.values = Some(values.clone());
                    } else {
                        self.merged.values = Some(both);
                    }
                }
            }
        }
        if let Some(constant) = part.constant {
            let before = self.hear(tree, "const", part);
            if self
                .merged
                .constant
                .is_some_and(|known| tree.json(known) != tree.json(constant))
            {
                self.conflict(before, "const", "they are different constants".to_owned());
            }
            self.merged.constant = Some(constant);
        }
        let (Some(constant), Some(values)) = (self.merged.constant, &self.merged.values) else {
            return;
        };
        if part.constant.is_none() && part.values.is_none() {
            return;
        }
        let json = tree.json(constant);
        if !values.iter().any(|node| tree.json(*node) == json) {
            let earlier = self.said_at.get("enum").copied();
            self.conflict(
                earlier,
                "const",
                "the constant is not among the listed values".to_owned(),
            );
        }
        self.merged.values = None;
    }

    fn gather(&mut self, place: Inner, schema: SchemaId) {
        match self.places.get(&place) {
            Some(position) => self.gathered[*position].1.push(schema),
            None => {
                self.places.insert(place.clone(), self.gathered.len());
                self.gathered.push((place, vec![schema]));
            }
        }
    }

    fn objects(&mut self, lowering: &Lowering<'_>, part: &Schema) {
        let forbids = |id| lowering.document.schema(id).boolean == Some(false);
        if part.additional_properties.is_some_and(forbids) && part.pattern_properties.is_empty() {
            let names = part.properties.iter().map(|(name, _)| name.name.clone());
            self.closed.push((part.at, names.collect()));
        }
        let merged = &mut self.merged;
        let mut found = Vec::new();
        for (new, known, place) in [
            (
                &part.properties,
                &mut merged.properties,
                Inner::Property as fn(String) -> Inner,
            ),
            (
                &part.pattern_properties,
                &mut merged.pattern_properties,
                Inner::Pattern,
            ),
            (
                &part.dependent_schemas,
                &mut merged.dependent_schemas,
                Inner::Dependent,
            ),
        ] {
            for (name, schema) in new {
                let place = place(name.name.clone());
                if !self.places.contains_key(&place) {
                    known.push((name.clone(), *schema));
                }
                found.push((place, *schema));
            }
        }
        for (place, schema) in found {
            self.gather(place, schema);
        }
        for name in &part.required {
            if self.required.insert(name.name.clone()) {
                self.merged.required.push(name.clone());
            }
        }
        let dependent = part.dependent_required.iter().cloned();
        self.merged.dependent_required.extend(dependent);
        for (place, schema) in [
            (Inner::AdditionalProperties, part.additional_properties),
            (Inner::UnevaluatedProperties, part.unevaluated_properties),
            (Inner::PropertyNames, part.property_names),
            (Inner::Items, part.items),
            (Inner::UnevaluatedItems, part.unevaluated_items),
        ] {
            if let Some(schema) = schema {
                self.gather(place, schema);
            }
        }
    }

    /// Puts together what was gathered.
    fn inner(&mut self, lowering: &mut Lowering<'_>) {
        for (place, schemas) in std::mem::take(&mut self.gathered) {
            let merged = &mut self.merged;
            let together = strictest(lowering, &schemas);
            let map = match place {
                Inner::Property(name) => Some((&mut merged.properties, name)),
                Inner::Pattern(name) => Some((&mut merged.pattern_properties, name)),
                Inner::Dependent(name) => Some((&mut merged.dependent_schemas, name)),
                Inner::AdditionalProperties => {
                    merged.additional_properties = together;
                    None
                }
                Inner::UnevaluatedProperties => {
                    merged.unevaluated_properties = together;
                    None
                }
                Inner::PropertyNames => {
                    merged.property_names = together;
                    None
                }
                Inner::Items => {
                    merged.items = together;
                    None
                }
                Inner::UnevaluatedItems => {
                    merged.unevaluated_items = together;
                    None
                }
            };
            if let (Some((map, name)), Some(together), true) = (map, together, schemas.len() > 1) {
                // Only what was met twice is looked for.
                if let Some(known) = map.iter_mut().find(|(known, _)| known.name == name) {
                    known.1 = together;
                }
            }
        }
    }

    fn lists(&mut self, lowering: &mut Lowering<'_>, part: &Schema) {
        let merged = &mut self.merged;
        if !part.prefix_items.is_empty() {
            let longest = merged.prefix_items.len().max(part.prefix_items.len());
            let place = |prefix: &[SchemaId], position: usize| prefix.get(position).copied();
            merged.prefix_items = (0..longest)
                .filter_map(|position| {
                    let known = place(&merged.prefix_items, position);
                    let new = place(&part.prefix_items, position);
                    let both: Vec<SchemaId> = known.into_iter().chain(new).collect();
                    strictest(lowering, &both)
                })
                .collect();
        }
        if merged.contains.is_none() {
            merged.contains = part.contains;
            merged.min_contains = part.min_contains;
            merged.max_contains = part.max_contains;
        } else if part.contains.is_some() && part.contains != merged.contains {
            let mut more = Schema::new(part.at);
            more.contains = part.contains;
            more.min_contains = part.min_contains;
            more.max_contains = part.max_contains;
            self.beside(lowering, more);
        }
    }

    /// `oneOf`, `anyOf`, `not` and `if` hold one by one: what finds its place taken stays in `allOf`.
    fn choices(&mut self, lowering: &mut Lowering<'_>, part: &Schema) {
        let merged = &mut self.merged;
        let mut more = Schema::new(part.at);
        let mut left = false;
        if !part.one_of.is_empty() && part.one_of != merged.one_of {
            let place = if merged.one_of.is_empty() {
                &mut *merged
            } else {
                &mut more
            };
            place.one_of.clone_from(&part.one_of);
            place.discriminator = place.discriminator.take().or(part.discriminator.clone());
            left |= !more.one_of.is_empty();
        }
        if !part.any_of.is_empty() && part.any_of != merged.any_of {
            let place = if merged.any_of.is_empty() {
                &mut *merged
            } else {
                &mut more
            };
            place.any_of.clone_from(&part.any_of);
            place.discriminator = place.discriminator.take().or(part.discriminator.clone());
            left |= !more.any_of.is_empty();
        }
        if part.not.is_some() && part.not != merged.not {
            let place = if merged.not.is_none() {
                &mut *merged
            } else {
                &mut more
            };
            place.not = part.not;
            left |= more.not.is_some();
        }
        if part.if_schema.is_some() {
            let place = if merged.if_schema.is_none() {
                &mut *merged
            } else {
                &mut more
            };
            place.if_schema = part.if_schema;
            place.then_schema = part.then_schema;
            place.else_schema = part.else_schema;
            left |= more.if_schema.is_some();
        }
        if let (Some(pattern), Some(known)) = (&part.pattern, &merged.pattern)
            && pattern.name != known.name
        {
            more.pattern = Some(pattern.clone());
            left = true;
        }
        first!(merged, part, discriminator);
        if left {
            self.beside(lowering, more);
        }
    }

    fn beside(&mut self, lowering: &Lowering<'_>, more: Schema) {
        self.merged.all_of.push(lowering.document.make(more));
    }

    /// Remembers which schema the limits are of that hold now.
    fn limits(&mut self, tree: &Tree, part: &Schema) {
        let kept: Vec<_> = contradiction::limits(&self.merged).collect();
        for said in contradiction::limits(part).filter(|said| kept.contains(said)) {
            let at = tree.get(part.at, said.0).unwrap_or(part.at);
            self.said_at.insert(said.0, at);
        }
    }

    /// Limits that leave nothing between them.
    fn crossed(&mut self) {
        for (least, most, what) in contradiction::crossed(&self.merged) {
            let said = |word| self.said_at.get(word).copied();
            if let (Some(first), Some(second)) = (said(least), said(most)) {
                let (earlier, later) = (first.min(second), first.max(second));
                self.conflicts.push(Conflict {
                    earlier,
                    later,
                    what,
                });
            }
        }
    }

    /// Members that one schema requires and another, which is closed, does not have.
    fn closed(&mut self, tree: &Tree) {
        for (closed, own) in std::mem::take(&mut self.closed) {
            let mut required = self.merged.required.iter();
            let Some(other) = required.find(|name| !own.contains(&name.name)) else {
                continue;
            };
            let at = tree.get(closed, "additionalProperties").unwrap_or(closed);
            let what = format!("one requires `{}`, the other forbids it", other.name);
            self.conflicts.push(Conflict {
                earlier: at,
                later: other.at,
                what,
            });
        }
    }

    /// Two formats hold at once where both mean something.
    fn formats(&mut self, tree: &Tree, part: &Schema) {
        let Some(new) = &part.format else { return };
        let before = self.hear(tree, "format", part);
        let Some(known) = &self.merged.format else {
            self.merged.format = Some(new.clone());
            return;
        };
        match scalar::narrower(&known.name, &new.name) {
            Some(name) if name == known.name => {}
            Some(_) => self.merged.format = Some(new.clone()),
            None => {
                let what = format!(
                    "one is in the format `{}`, the other in `{}`",
                    known.name, new.name
                );
                self.conflict(before, "format", what);
                self.merged.format = Some(new.clone());
            }
        }
    }
}

/// Of the schemas of one place `false` wins and `true` yields; all others hold at once.
fn strictest(lowering: &mut Lowering<'_>, schemas: &[SchemaId]) -> Option<SchemaId> {
    let document = lowering.document;
    let boolean = |id: &SchemaId| document.schema(*id).boolean;
    if let Some(never) = schemas.iter().find(|id| boolean(id) == Some(false)) {
        return Some(*never);
    }
    let telling: Vec<SchemaId> = schemas
        .iter()
        .copied()
        .filter(|id| boolean(id).is_none())
        .collect();
    match telling.as_slice() {
        [] => schemas.last().copied(),
        [only] => Some(*only),
        several => lowering.all(several),
    }
}

/// A schema that says what all of these say, described in the words of the last that has some.
pub(super) fn all_of(document: &Document, members: &[SchemaId]) -> Schema {
    let last = members.last().map(|id| document.schema(*id));
    let mut made = Schema::new(last.map_or(document.at, |last| last.at));
    made.all_of = members.to_vec();
    for member in members.iter().rev().map(|id| document.schema(*id)) {
        first!(made, member, title description default external_docs xml);
        if made.examples.is_empty() {
            made.examples.clone_from(&member.examples);
        }
        made.deprecated |= member.deprecated;
        // A name is pinned by the one who pins it.
        made.extensions.extend(member.extensions.iter().cloned());
    }
    made
}
