//! `anyOf` of objects that a value may be several of at once: one struct with the members of all, so that none is lost.

use super::super::Lowering;
use super::branch::Branch;
use super::feature::OBJECT;
use super::{Choice, Keyword, Wanted};
use crate::document::{Named, Schema, SchemaId, SchemaType};

/// How many branches are joined at most, and how many members they have together.
const MOST: usize = 64;
const MEMBERS: usize = 2_000;

impl Lowering<'_> {
    /// The schema of all branches together, where a variant for each would lose what a value has of the others.
    pub(super) fn joined(&mut self, wanted: &Wanted<'_>, branches: &[Branch]) -> Option<SchemaId> {
        let members: usize = branches
            .iter()
            .map(|branch| branch.features.members.len())
            .sum();
        let joins = wanted.keyword == Keyword::AnyOf
            && wanted.discriminator.is_none()
            && branches.len() <= MOST
            && members <= MEMBERS
            && branches.iter().all(|branch| self.is_struct(branch));
        if !joins {
            return None;
        }
        let are_named = branches.iter().any(|branch| {
            let listed = self.document.schema(branch.listed);
            listed.reference.is_some() || listed.title.is_some()
        });
        let loses = pairs(branches).any(|(one, other)| match relation(one, other) {
            Relation::Apart | Relation::Covered => false,
            // Each has something that the other cannot do without: two things, unless they are made up on the spot.
            Relation::Separable => !are_named,
            Relation::Overlapping => true,
        });
        loses.then(|| self.join(wanted.schema, branches))
    }

    fn is_struct(&mut self, branch: &Branch) -> bool {
        let whole = self.whole(branch.id);
        let is_plain = matches!(self.choice(branch.id).choice, Choice::None);
        is_plain
            && branch.features.kinds == OBJECT
            && !branch.features.any
            && !whole.properties.is_empty()
    }

    fn join(&mut self, schema: &Schema, branches: &[Branch]) -> SchemaId {
        let mut joined = Schema::new(schema.at);
        super::branch::describe_as(&mut joined, schema);
        joined.types = vec![SchemaType::Object];
        let mut places: Vec<(Named, Vec<SchemaId>)> = Vec::new();
        for branch in branches {
            let whole = self.whole(branch.id);
            for (name, property) in &whole.properties {
                match places.iter_mut().find(|(known, _)| known.name == name.name) {
                    Some((_, known)) => known.push(*property),
                    None => places.push((name.clone(), vec![*property])),
                }
            }
            for required in &whole.required {
                let everywhere = branches
                    .iter()
                    .all(|branch| branch.features.requires(&required.name));
                if everywhere
                    && joined
                        .required
                        .iter()
                        .all(|known| known.name != required.name)
                {
                    joined.required.push(required.clone());
                }
            }
        }
        for (name, mut properties) in places {
            let mut kept: Vec<SchemaId> = Vec::new();
            properties.retain(|property| {
                let new = !kept.iter().any(|known| self.is_same(*known, *property));
                kept.extend(new.then_some(*property));
                new
            });
            let property = match properties.as_slice() {
                [only] => *only,
                several => {
                    let mut either = Schema::new(self.document.schema(several[0]).at);
                    either.any_of = several.to_vec();
                    self.document.make(either)
                }
            };
            joined.properties.push((name, property));
        }
        joined.any_of = branches.iter().map(|branch| branch.id).collect();
        self.settled(joined)
    }
}

/// What two branches are to one another.
enum Relation {
    /// No value is both.
    Apart,
    /// One has all the members of the other.
    Covered,
    /// Each requires a member that the other does not have.
    Separable,
    Overlapping,
}

fn relation(one: &Branch, other: &Branch) -> Relation {
    let (one, other) = (&one.features, &other.features);
    let apart = one.members.iter().any(|member| {
        let theirs = other.member(&member.name);
        let values = member
            .values
            .as_ref()
            .zip(theirs.and_then(|theirs| theirs.values.as_ref()));
        let both_required = member.required && theirs.is_some_and(|theirs| theirs.required);
        both_required && values.is_some_and(|(ours, theirs)| ours.is_disjoint(theirs))
            || other.closed && member.required && theirs.is_none()
            || one.closed
                && other
                    .members
                    .iter()
                    .any(|theirs| theirs.required && one.member(&theirs.name).is_none())
    });
    if apart {
        return Relation::Apart;
    }
    let covers = |wide: &super::Features, narrow: &super::Features| {
        narrow
            .members
            .iter()
            .all(|member| wide.member(&member.name).is_some())
    };
    if covers(one, other) || covers(other, one) {
        return Relation::Covered;
    }
    let has_own = |one: &super::Features, other: &super::Features| {
        one.members
            .iter()
            .any(|member| member.required && other.member(&member.name).is_none())
    };
    if has_own(one, other) && has_own(other, one) {
        Relation::Separable
    } else {
        Relation::Overlapping
    }
}

/// Whether a value may have members of several branches that none of them has together.
pub(super) fn are_separable(branches: &[Branch]) -> bool {
    if branches.len() > MOST {
        return false;
    }
    let objects = pairs(branches)
        .filter(|(one, other)| one.features.kinds == OBJECT && other.features.kinds == OBJECT);
    let mut relations = objects.map(|(one, other)| relation(one, other));
    relations.any(|relation| matches!(relation, Relation::Separable | Relation::Overlapping))
}

fn pairs(branches: &[Branch]) -> impl Iterator<Item = (&Branch, &Branch)> {
    branches
        .iter()
        .enumerate()
        .flat_map(|(position, one)| branches[..position].iter().map(move |other| (one, other)))
}
