//! The schemas that a choice is made from: nested ones flattened, null put aside, what stands beside the choice added to each,
//! equal ones merged.

use super::super::{Lowering, absorb, beside, enumeration, scalar};
use super::feature::Features;
use super::{Choice, Keyword, LEVELS, MOST, Wanted};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::{Enum, EnumKind, EnumVariant, Rules, Ty};
use crate::source::{NodeId, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Lists in lists: beyond this no two of them are compared.
const NESTED: usize = 8;

/// A schema that is chosen from.
#[derive(Clone, Debug)]
pub(in super::super) struct Branch {
    pub(super) id: SchemaId,
    /// The schema as the document lists it, before anything was added to it.
    pub(super) listed: SchemaId,
    pub(super) features: Rc<Features>,
}

/// What two schemas have in common that are the same in Rust.
#[derive(PartialEq)]
enum Key {
    Schema(SchemaId),
    Scalar(Ty),
    List(Box<Key>),
}

impl<'a> Lowering<'a> {
    /// Adds the schemas of a list, in order.
    pub(super) fn branches(
        &mut self,
        list: &[SchemaId],
        keyword: Keyword,
        nullable: &mut bool,
        found: &mut Vec<SchemaId>,
        depth: usize,
    ) {
        for id in list {
            let whole = self.whole(*id);
            if whole.boolean == Some(false) || found.len() >= MOST {
                continue;
            }
            *nullable |= self.is_nullable(whole);
            if self.is_null(whole) {
                continue;
            }
            let inner = match keyword {
                Keyword::OneOf => &whole.one_of,
                Keyword::AnyOf => &whole.any_of,
            };
            // In another schema's own words it is a type of its own; here it is a longer list.
            let is_inline = self.document.schema(*id).reference.is_none();
            if is_inline && depth < 16 && !inner.is_empty() && says_no_more(whole, keyword) {
                self.branches(inner, keyword, nullable, found, depth + 1);
            } else {
                *nullable |= self.choice(*id).nullable;
                found.push(*id);
            }
        }
    }

    fn is_null(&self, schema: &Schema) -> bool {
        let mut listed = schema
            .values
            .iter()
            .flatten()
            .chain(&schema.constant)
            .peekable();
        let is_null = |node: &NodeId| matches!(self.tree.value(*node), Value::Null);
        schema.types == [SchemaType::Null] || listed.peek().is_some() && listed.all(is_null)
    }

    /// What a schema says beside its choice, if that is anything: a schema of its own.
    pub(super) fn base(&mut self, wanted: &Wanted<'_>) -> Option<SchemaId> {
        let mut base = nothing(wanted.schema);
        match wanted.keyword {
            Keyword::OneOf => base.one_of.clear(),
            Keyword::AnyOf => base.any_of.clear(),
        }
        let is_open = |id: SchemaId| self.document.schema(id).boolean == Some(true);
        if base.properties.is_empty() && base.additional_properties.is_some_and(is_open) {
            // Whatever a variant does not name is allowed there anyway.
            base.additional_properties = None;
        }
        let left = std::mem::take(&mut base.all_of);
        let silent = beside::is_silent(&base) && base.one_of.is_empty() && base.any_of.is_empty();
        if silent && left.is_empty() {
            return None;
        }
        let base = self.document.make(base);
        if left.is_empty() {
            return Some(base);
        }
        let members: Vec<SchemaId> = [base].into_iter().chain(left).collect();
        Some(self.document.make(absorb::all_of(self.document, &members)))
    }

    /// Whether a branch says only which members of the base must be there.
    pub(super) fn is_constraint(&mut self, branch: SchemaId, base: SchemaId) -> bool {
        let base = self.whole(base);
        let branch = self.whole(branch);
        let is_object = |schema: &Schema| {
            schema
                .types
                .iter()
                .all(|kind| matches!(kind, SchemaType::Object | SchemaType::Null))
        };
        if base.properties.is_empty() || !is_object(base) || !is_object(branch) {
            return false;
        }
        let is_known = |name: &str| base.properties.iter().any(|(known, _)| known.name == name);
        let mut rest = branch.clone();
        let silent = |id: SchemaId| {
            let schema = self.document.schema(id);
            beside::is_silent(schema) && schema.reference.is_none() && schema.boolean != Some(false)
        };
        let plain = |name: &str, id: SchemaId| is_known(name) && silent(id);
        if !rest
            .properties
            .iter()
            .all(|(name, id)| plain(&name.name, *id))
        {
            return false;
        }
        rest.types.clear();
        rest.properties.clear();
        rest.required.clear();
        rest.not = None;
        rest.dependent_required.clear();
        rest.min_properties = None;
        rest.max_properties = None;
        // Of branches that only forbid or demand, any may be empty.
        beside::is_silent(&rest)
    }

    /// Adds what stands beside the choice to each branch that does not say it itself; `None` if that does not end.
    pub(super) fn distribute(
        &mut self,
        wanted: &Wanted<'_>,
        base: Option<SchemaId>,
        found: &[SchemaId],
    ) -> Option<Vec<Branch>> {
        let level = self.choices.levels.get(&wanted.id).copied().unwrap_or(0) + 1;
        let mut branches = Vec::new();
        for &listed in found {
            let id = match base {
                Some(base) if !self.says_it_all(listed, base) => {
                    self.choices.made += 1;
                    // Choices beside choices multiply.
                    let many = self.choices.made > self.document.schemas.len() * 4 + 1_000;
                    if many || level > LEVELS {
                        self.degrade(
                            wanted.schema.at,
                            "a choice whose variants are choices again, and too many, becomes any JSON value",
                        );
                        return None;
                    }
                    let made = absorb::all_of(self.document, &[base, listed]);
                    let made = self.document.make(made);
                    self.choices.levels.insert(made, level);
                    made
                }
                _ => listed,
            };
            let features = self.features(id);
            branches.push(Branch {
                id,
                listed,
                features,
            });
        }
        Some(branches)
    }

    /// Whether a branch has all that the base says: the same kinds, and the same members or narrower ones.
    fn says_it_all(&mut self, branch: SchemaId, base: SchemaId) -> bool {
        let (base, whole) = (self.whole(base), self.whole(branch));
        let mut rest = base.clone();
        rest.types.clear();
        rest.properties.clear();
        rest.required.clear();
        let features = self.features(branch);
        let kinds = super::feature::kinds(&base.types);
        if !beside::is_silent(&rest)
            || !rest.all_of.is_empty()
            || features.any
            || kinds != 0 && features.kinds & !kinds != 0
        {
            return false;
        }
        let requires = |name: &str| whole.required.iter().any(|required| required.name == name);
        if !base
            .required
            .iter()
            .all(|required| requires(&required.name))
        {
            return false;
        }
        base.properties.iter().all(|(name, property)| {
            let own = whole
                .properties
                .iter()
                .find(|(known, _)| known.name == name.name);
            own.is_some_and(|(_, own)| self.is_narrower(*own, *property))
        })
    }

    /// Whether one schema is the other, or lists values of its kind.
    fn is_narrower(&mut self, narrow: SchemaId, wide: SchemaId) -> bool {
        if self.key(narrow) == self.key(wide) {
            return true;
        }
        let (narrow, wide) = (self.features(narrow), self.features(wide));
        wide.any
            || narrow.listed.is_some() && wide.listed.is_none() && narrow.kinds & !wide.kinds == 0
    }

    /// Merges branches that are one type in Rust; the first one stays.
    pub(super) fn distinct(&mut self, wanted: &Wanted<'_>, branches: Vec<Branch>) -> Vec<Branch> {
        let mut kept: Vec<Branch> = Vec::new();
        let mut schemas: BTreeMap<SchemaId, usize> = BTreeMap::new();
        let mut others: Vec<(Key, usize)> = Vec::new();
        for branch in branches {
            let position = kept.len();
            let known = match self.key(branch.id) {
                Key::Schema(id) => *schemas.entry(id).or_insert(position),
                key => match others.iter().find(|(known, _)| *known == key) {
                    Some((_, known)) => *known,
                    None => {
                        others.push((key, position));
                        position
                    }
                },
            };
            let Some(known) = kept.get_mut(known) else {
                kept.push(branch);
                continue;
            };
            let (first, second) = (self.whole(known.id), self.whole(branch.id));
            if scalar::rules(first) != scalar::rules(second) {
                // What only one of them demands is no demand on both: which of them holds is left to a check.
                let mut either = first.clone();
                without_rules(&mut either);
                let both = vec![known.id, branch.id];
                match wanted.keyword {
                    Keyword::OneOf => either.one_of = both,
                    Keyword::AnyOf => either.any_of = both,
                }
                known.id = self.settled(either);
                known.features = self.features(known.id);
            }
        }
        kept
    }

    /// Whether two schemas are one type in Rust.
    pub(super) fn is_same(&mut self, one: SchemaId, other: SchemaId) -> bool {
        self.key(one) == self.key(other)
    }

    fn key(&mut self, id: SchemaId) -> Key {
        self.key_at(id, 0)
    }

    fn key_at(&mut self, id: SchemaId, depth: usize) -> Key {
        let target = self.target(id);
        if depth > NESTED {
            return Key::Schema(target);
        }
        let chosen = self.choice(target);
        match &chosen.choice {
            Choice::Same(inner) => return self.key_at(*inner, depth + 1),
            Choice::None => {}
            _ => return Key::Schema(target),
        }
        let whole = self.whole(target);
        if whole.values.is_some() || whole.constant.is_some() {
            return Key::Schema(target);
        }
        let kinds = whole.types.iter().copied();
        let kinds: Vec<SchemaType> = kinds.filter(|kind| *kind != SchemaType::Null).collect();
        match (kinds.as_slice(), whole.items) {
            ([SchemaType::Boolean], _) => Key::Scalar(Ty::Bool),
            ([SchemaType::Integer], _) => Key::Scalar(scalar::integer(whole, self.options.moments)),
            ([SchemaType::Number], _) => Key::Scalar(scalar::number(whole)),
            ([SchemaType::String], _) => Key::Scalar(scalar::string(whole)),
            ([SchemaType::Array], Some(items)) => {
                Key::List(Box::new(self.key_at(items, depth + 1)))
            }
            _ => Key::Schema(target),
        }
    }

    /// One list of values, where every branch is one, or any other text: an enum.
    pub(super) fn listed(&mut self, branches: &[Branch]) -> Option<Enum> {
        let mut list = Enum {
            kind: EnumKind::String,
            variants: Vec::new(),
            open: false,
            any: false,
        };
        let mut kind = None;
        for branch in branches {
            let chosen = self.choice(branch.id);
            let whole = self.whole(branch.id);
            let is_plain = branch.features.kinds == super::feature::STRING
                && branch.features.listed.is_none()
                && scalar::string(whole) == Ty::String;
            let values = match &chosen.choice {
                Choice::Listed(list) => list.clone(),
                Choice::None if is_plain => {
                    list.any = true;
                    continue;
                }
                Choice::None => enumeration::listed(whole, self.tree)?.list?,
                _ => return None,
            };
            if *kind.get_or_insert(values.kind) != values.kind {
                return None;
            }
            list.any |= values.any;
            let single = values.variants.len() == 1;
            for mut variant in values.variants {
                if list
                    .variants
                    .iter()
                    .any(|known| known.value == variant.value)
                {
                    continue;
                }
                if single {
                    describe(
                        &mut variant,
                        self.document.schema(branch.listed),
                        self.document.schema(self.target(branch.listed)),
                    );
                }
                list.variants.push(variant);
            }
        }
        list.kind = kind?;
        (!list.any || list.kind == EnumKind::String).then_some(list)
    }
}

/// A schema of one value speaks of that value: its title is the value's name.
fn describe(variant: &mut EnumVariant, place: &Schema, target: &Schema) {
    let title = place.title.as_ref().or(target.title.as_ref());
    let description = place.description.as_ref().or(target.description.as_ref());
    let name = title.filter(|title| is_name(title));
    variant.pinned = variant.pinned.take().or_else(|| name.cloned());
    let docs = &mut variant.docs;
    docs.description = docs.description.take().or_else(|| description.cloned());
}

/// Whether a text is a name rather than a sentence.
pub(super) fn is_name(text: &str) -> bool {
    text.len() <= 60
        && text.split_whitespace().count() <= 6
        && text.chars().any(char::is_alphanumeric)
}

/// Whether a schema says nothing beside its choice.
fn says_no_more(schema: &Schema, keyword: Keyword) -> bool {
    let mut rest = schema.clone();
    match keyword {
        Keyword::OneOf => rest.one_of.clear(),
        Keyword::AnyOf => rest.any_of.clear(),
    }
    rest.discriminator.is_none()
        && rest.title.is_none()
        && beside::is_silent(&rest)
        && rest.one_of.is_empty()
        && rest.any_of.is_empty()
}

/// Whether a schema says nothing but its types.
pub(super) fn is_bare(schema: &Schema) -> bool {
    let mut rest = schema.clone();
    rest.types.clear();
    beside::is_silent(&rest)
}

/// A schema without what it says of itself to readers, and without what its choice says.
pub(super) fn nothing(schema: &Schema) -> Schema {
    let mut rest = schema.clone();
    rest.title = None;
    rest.description = None;
    rest.external_docs = None;
    rest.default = None;
    rest.examples.clear();
    rest.extensions.clear();
    rest.discriminator = None;
    rest.deprecated = false;
    rest.nullable = false;
    rest.types.retain(|kind| *kind != SchemaType::Null);
    rest.reference = None;
    rest.id = None;
    rest.anchor = None;
    rest.definitions.clear();
    rest
}

/// Lets a made schema say of itself what the one says that it stands for.
pub(super) fn describe_as(made: &mut Schema, schema: &Schema) {
    made.title.clone_from(&schema.title);
    made.description.clone_from(&schema.description);
    made.external_docs.clone_from(&schema.external_docs);
    made.extensions.clone_from(&schema.extensions);
    made.examples.clone_from(&schema.examples);
    made.deprecated = schema.deprecated;
}

/// What a schema says of one of its types.
pub(super) fn of_kind(schema: &Schema, kind: SchemaType) -> Schema {
    let whole = nothing(schema);
    let mut rest = Schema::new(schema.at);
    rest.types = vec![kind];
    match kind {
        SchemaType::Object => {
            rest.properties = whole.properties;
            rest.required = whole.required;
            rest.additional_properties = whole.additional_properties;
            rest.pattern_properties = whole.pattern_properties;
            rest.property_names = whole.property_names;
            rest.min_properties = whole.min_properties;
            rest.max_properties = whole.max_properties;
            rest.dependent_required = whole.dependent_required;
            rest.dependent_schemas = whole.dependent_schemas;
        }
        SchemaType::Array => {
            rest.items = whole.items;
            rest.prefix_items = whole.prefix_items;
            rest.contains = whole.contains;
            rest.min_contains = whole.min_contains;
            rest.max_contains = whole.max_contains;
            rest.min_items = whole.min_items;
            rest.max_items = whole.max_items;
            rest.unique_items = whole.unique_items;
        }
        SchemaType::String => {
            rest.format = whole.format;
            rest.min_length = whole.min_length;
            rest.max_length = whole.max_length;
            rest.pattern = whole.pattern;
            rest.content_encoding = whole.content_encoding;
            rest.content_media_type = whole.content_media_type;
        }
        SchemaType::Integer | SchemaType::Number => {
            rest.format = whole.format;
            rest.minimum = whole.minimum;
            rest.exclusive_minimum = whole.exclusive_minimum;
            rest.maximum = whole.maximum;
            rest.exclusive_maximum = whole.exclusive_maximum;
            rest.multiple_of = whole.multiple_of;
        }
        SchemaType::Boolean | SchemaType::Null => {}
    }
    rest
}

fn without_rules(schema: &mut Schema) {
    let none = Schema::new(schema.at);
    schema.minimum = none.minimum;
    schema.exclusive_minimum = none.exclusive_minimum;
    schema.maximum = none.maximum;
    schema.exclusive_maximum = none.exclusive_maximum;
    schema.multiple_of = none.multiple_of;
    schema.min_length = None;
    schema.max_length = None;
    schema.pattern = None;
    schema.min_items = None;
    schema.max_items = None;
    schema.unique_items = false;
    schema.min_properties = None;
    schema.max_properties = None;
    debug_assert_eq!(scalar::rules(schema), Rules::default());
}
