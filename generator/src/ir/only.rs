//! The part of an API that some operations need: they and what they reach, under the names that they have in the whole.

use super::analysis::reached;
use super::{Api, Operation, OperationId, Origin, Ty, TypeId, Value};
use std::collections::BTreeSet;

/// What stays of the whole, by position.
pub(crate) struct Kept {
    pub(crate) operations: Vec<bool>,
    pub(crate) types: Vec<bool>,
}

/// Removes all operations but those that are wanted, and the types that only the others reach. Names are given before: where a type
/// comes from is forgotten.
pub(crate) fn only(api: &mut Api, wanted: &[bool]) -> Kept {
    let types = needed(api, wanted);
    let kept = Kept {
        operations: wanted.to_vec(),
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
        ty.shape
            .each_value_mut(&mut |value| renumber(value, &type_ids));
    }
    for operation in &mut api.operations {
        each_value_mut(operation, &mut |value| renumber(value, &type_ids));
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
        from.extend(inside(value));
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

fn inside(value: &Value) -> Option<TypeId> {
    let mut at = value;
    loop {
        match &at.ty {
            Ty::List(inner) | Ty::Map(inner) => at = inner,
            Ty::Named(id) => return Some(*id),
            _ => return None,
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

fn renumber(value: &mut Value, ids: &[TypeId]) {
    let mut at = value;
    loop {
        match &mut at.ty {
            Ty::List(inner) | Ty::Map(inner) => at = inner,
            Ty::Named(id) => {
                *id = ids[id.0 as usize];
                return;
            }
            _ => return,
        }
    }
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
