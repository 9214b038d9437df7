//! The part of an API that some operations need: they and what they reach, under the names that they have in the whole.

use super::analysis::reached;
use super::header_twin::Row;
use super::{Api, Operation, OperationId, Origin, TypeId, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What stays of the whole, by position.
pub(crate) struct Kept {
    pub(crate) operations: Vec<bool>,
    pub(crate) types: Vec<bool>,
    /// Of each operation that stays: its links that lead to one that stays.
    pub(crate) links: Vec<Vec<bool>>,
}

/// Removes all operations but those that are wanted, and the types that only the others reach. Names are given before: where a type
/// comes from is forgotten.
pub(crate) fn only(api: &mut Api, wanted: &[bool]) -> Kept {
    let types = needed(api, wanted);
    let operations = api.operations.iter().zip(wanted);
    let operations = operations.filter_map(|(operation, wanted)| wanted.then_some(operation));
    let stays = |target: OperationId| wanted[target.0 as usize];
    let kept = Kept {
        operations: wanted.to_vec(),
        links: operations
            .map(|operation| {
                operation
                    .links
                    .iter()
                    .map(|link| stays(link.target))
                    .collect()
            })
            .collect(),
        types: (0..api.types.len() as u32)
            .map(|id| types.contains(&TypeId(id)))
            .collect(),
    };
    let operation_ids = positions(&kept.operations);
    let type_ids: Vec<TypeId> = positions(&kept.types).into_iter().map(TypeId).collect();
    retain(&mut api.operations, &kept.operations);
    retain(&mut api.types, &kept.types);
    for group in &mut api.groups {
        group.operations.retain(|id| kept.operations[id.0 as usize]);
        for id in &mut group.operations {
            *id = OperationId(operation_ids[id.0 as usize]);
        }
    }
    let to = |id: TypeId| type_ids[id.0 as usize];
    for ty in &mut api.types {
        ty.origin = Origin::Component(String::new());
        ty.same_as = ty.same_as.map(to);
        ty.shape.each_value_mut(&mut |value| value.rename(to));
    }
    for (operation, links) in api.operations.iter_mut().zip(&kept.links) {
        each_value_mut(operation, &mut |value| value.rename(to));
        retain(&mut operation.links, links);
        for link in &mut operation.links {
            link.target = OperationId(operation_ids[link.target.0 as usize]);
        }
    }
    renumber_headers(api, &kept.operations, &operation_ids);
    api.inputs
        .retain(|made| types.contains(&made.read) && types.contains(&made.input));
    for made in &mut api.inputs {
        (made.read, made.input) = (to(made.read), to(made.input));
    }
    api.kept_apart.retain(|id| types.contains(id));
    api.kept_apart = api.kept_apart.iter().map(|id| to(*id)).collect();
    api.apart.retain(|(from, _)| types.contains(from));
    let apart = api.apart.iter();
    api.apart = apart.map(|(from, held)| (to(*from), to(*held))).collect();
    kept
}

/// The types that the operations reach, and those of which these are aliases.
fn needed(api: &Api, wanted: &[bool]) -> BTreeSet<TypeId> {
    let operations = api.operations.iter().zip(wanted);
    let operations = operations.filter_map(|(operation, wanted)| wanted.then_some(operation));
    let mut from = Vec::new();
    for value in operations.flat_map(Operation::values) {
        from.extend(value.names());
    }
    loop {
        let found = reached(api, from.clone());
        let same = found.iter().filter_map(|id| api.ty(*id).same_as);
        let more: Vec<TypeId> = same.filter(|id| !found.contains(id)).collect();
        if more.is_empty() {
            return found;
        }
        from.extend(more);
    }
}

/// Points answers at the first of those that have the same header fields, which is another one where that went.
fn renumber_headers(api: &mut Api, kept: &[bool], ids: &[u32]) {
    let mut heirs: BTreeMap<Row, Row> = BTreeMap::new();
    for (id, operation) in (0..).zip(&mut api.operations) {
        for (position, response) in operation.responses.iter_mut().enumerate() {
            let Some((first, row)) = response.headers_of else {
                continue;
            };
            response.headers_of = if kept[first.0 as usize] {
                Some((OperationId(ids[first.0 as usize]), row))
            } else {
                let here = (OperationId(id), position);
                let heir = *heirs.entry((first, row)).or_insert(here);
                (heir != here).then_some(heir)
            };
        }
    }
}

/// The new position of each part that stays.
fn positions(kept: &[bool]) -> Vec<u32> {
    let mut next = 0;
    kept.iter()
        .map(|kept| {
            let position = next;
            next += u32::from(*kept);
            position
        })
        .collect()
}

/// Keeps some of the parts.
pub(crate) fn retain<T>(parts: &mut Vec<T>, kept: &[bool]) {
    let mut kept = kept.iter();
    parts.retain(|_| kept.next().copied().unwrap_or(false));
}

fn each_value_mut(operation: &mut Operation, see: &mut impl FnMut(&mut Value)) {
    for parameter in &mut operation.parameters {
        see(&mut parameter.value);
    }
    for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
        see(&mut media.value);
    }
    for response in &mut operation.responses {
        for header in &mut response.headers {
            see(&mut header.value);
        }
        if let Some(media) = &mut response.media {
            see(&mut media.value);
        }
    }
    if let Some(paging) = &mut operation.paging {
        see(&mut paging.item);
    }
}
