//! Where several variants of a union accept a value: whether a member of its own tells one from the others, and whether any value
//! is left that could be two of them.

use super::branch::Branch;
use crate::ir::Accepts;
use std::collections::BTreeMap;

/// The runtime keeps a bit for each variant that is known by a member of its own.
const OWN: usize = 64;

/// For each branch that shares its objects with another one: a member that it requires and no other such branch names,
/// nor one with a tag, where the branch itself has none.
pub(super) fn own_members(branches: &[Branch], accepts: &[Vec<Accepts>]) -> Vec<Option<String>> {
    let shares = |one: usize, other: usize| {
        one != other
            && accepts[one]
                .iter()
                .any(|accepted| is_object(accepted) && accepts[other].contains(accepted))
    };
    let own = |one: usize| {
        let rivals: Vec<&Branch> = (0..branches.len())
            .filter(|other| shares(one, *other))
            .map(|other| &branches[other])
            .collect();
        if rivals.is_empty() || branches[one].features.any {
            return None;
        }
        let is_untagged = accepts[one].contains(&Accepts::Object);
        let tagged = (0..branches.len())
            .filter(|other| is_untagged && *other != one && accepts[*other].iter().any(is_object))
            .map(|other| &branches[other]);
        let rivals: Vec<&Branch> = rivals.into_iter().chain(tagged).collect();
        let mut members = branches[one].features.members.iter();
        let own = members.find(|member| {
            let is_theirs = |rival: &&Branch| rival.features.member(&member.name).is_some();
            member.required && !rivals.iter().any(is_theirs)
        });
        own.map(|member| member.name.clone())
    };
    let mut found: Vec<Option<String>> = (0..branches.len().min(OWN)).map(own).collect();
    found.resize(branches.len(), None);
    found
}

fn is_object(accepts: &Accepts) -> bool {
    is_tag(accepts) || matches!(accepts, Accepts::Object | Accepts::Otherwise)
}

fn is_tag(accepts: &Accepts) -> bool {
    matches!(
        accepts,
        Accepts::Tag(_) | Accepts::TagInteger(_) | Accepts::TagBool(_)
    )
}

/// Whether no value that is one variant can be another one, as far as a reader can tell.
pub(super) fn are_exclusive(
    branches: &[Branch],
    tag: Option<&str>,
    accepts: &[Vec<Accepts>],
    own_members: &[Option<String>],
) -> bool {
    let mut takers: BTreeMap<&Accepts, Vec<usize>> = BTreeMap::new();
    for (position, accepted) in accepts.iter().enumerate() {
        for accepted in accepted {
            let takers = takers.entry(accepted).or_default();
            if takers.last() != Some(&position) {
                takers.push(position);
            }
        }
    }
    // Where only one of two has a member of its own, the member decides; where both have one, a value may have both. Of three,
    // two are alike.
    let is_told =
        |one: usize, other: usize| own_members[one].is_some() != own_members[other].is_some();
    let is_shared = |(accepted, takers): (&&Accepts, &Vec<usize>)| match takers.as_slice() {
        [] | [_] => false,
        [one, other] if is_object(accepted) => !is_told(*one, *other),
        _ => true,
    };
    if takers.contains_key(&Accepts::Any) && branches.len() > 1 || takers.iter().any(is_shared) {
        return false;
    }
    let of = |accepted: &Accepts| takers.get(accepted).map_or(&[][..], Vec::as_slice);
    let numbers = || [Accepts::Integer, Accepts::Fraction].into_iter();
    let number = of(&Accepts::Number);
    if number
        .iter()
        .any(|one| numbers().any(|kind| of(&kind).iter().any(|other| one != other)))
    {
        return false;
    }
    // A variant that does not name the tag has none.
    let named = |position: &&usize| {
        tag.is_some_and(|tag| branches[**position].features.member(tag).is_some())
    };
    of(&Accepts::Object).iter().filter(named).all(|any_tag| {
        let tagged = accepts
            .iter()
            .enumerate()
            .filter(|(other, accepted)| other != any_tag && accepted.iter().any(is_tag));
        tagged
            .into_iter()
            .all(|(other, _)| is_told(*any_tag, other))
    })
}
