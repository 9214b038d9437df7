//! What follows from the finished IR: directions, open enums, owners by group, and the edges that need a box.

use super::{Api, EnumKind, Extra, GroupId, Shape, Ty, TypeId, Value};
use std::collections::BTreeSet;

/// Fills in everything that only the whole can tell.
pub(crate) fn analyse(api: &mut Api) {
    usage(api);
    open_enums(api);
    owners(api);
    super::twin::twins(api);
    boxes(api);
}

/// The types that a value mentions, and whether as itself: a list or a map in between holds them elsewhere.
fn mentioned(value: &Value, direct: bool, found: &mut Vec<(TypeId, bool)>) {
    match &value.ty {
        Ty::Named(id) => found.push((*id, direct)),
        Ty::List(inner) | Ty::Map(inner) => mentioned(inner, false, found),
        _ => {}
    }
}

fn edges(api: &Api, id: TypeId) -> Vec<(TypeId, bool)> {
    let mut found = Vec::new();
    match &api.ty(id).shape {
        Shape::Object(object) => {
            for field in &object.fields {
                mentioned(&field.value, true, &mut found);
            }
            if let Extra::Kept(value) = &object.extra {
                mentioned(value, false, &mut found);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                mentioned(&variant.value, true, &mut found);
            }
        }
        Shape::Alias(value) => mentioned(value, true, &mut found),
        Shape::Enum(_) => {}
    }
    found
}

fn reached(api: &Api, from: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    let mut work = from;
    while let Some(id) = work.pop() {
        if seen.insert(id) {
            work.extend(edges(api, id).into_iter().map(|(id, _)| id));
        }
    }
    seen
}

fn named<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<TypeId> {
    let mut found = Vec::new();
    for value in values {
        mentioned(value, true, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

fn usage(api: &mut Api) {
    let requests = api
        .operations
        .iter()
        .flat_map(super::Operation::request_values);
    let requests = reached(api, named(requests));
    let responses = api
        .operations
        .iter()
        .flat_map(super::Operation::response_values);
    let responses = reached(api, named(responses));
    for (position, ty) in api.types.iter_mut().enumerate() {
        let id = TypeId(position as u32);
        ty.usage.request = requests.contains(&id);
        ty.usage.response = responses.contains(&id);
    }
}

/// An enum that only requests use is closed; any other may meet values that the document does not list yet.
fn open_enums(api: &mut Api) {
    for ty in &mut api.types {
        let only_requests = ty.usage.request && !ty.usage.response;
        if let Shape::Enum(list) = &mut ty.shape {
            debug_assert!(matches!(list.kind, EnumKind::String | EnumKind::Integer));
            list.open = !only_requests;
        }
    }
}

/// A type belongs to the one group whose operations reach it.
fn owners(api: &mut Api) {
    let mut owner: Vec<Option<Option<GroupId>>> = vec![None; api.types.len()];
    for (position, group) in api.groups.iter().enumerate() {
        let operations = group.operations.iter().map(|id| api.operation(*id));
        let values = operations.flat_map(super::Operation::values);
        for id in reached(api, named(values)) {
            let known = &mut owner[id.0 as usize];
            *known = match known {
                None => Some(Some(GroupId(position as u32))),
                Some(_) => Some(None),
            };
        }
    }
    for (ty, owner) in api.types.iter_mut().zip(owner) {
        ty.owner = owner.flatten();
    }
}

/// Boxes the fields that lead back to a type that is being walked: without them the struct would contain itself.
fn boxes(api: &mut Api) {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        New,
        Open,
        Done,
    }
    let mut state = vec![State::New; api.types.len()];
    let mut boxed: Vec<(TypeId, TypeId)> = Vec::new();
    for start in 0..api.types.len() {
        // Depth first with the edges still to follow on an explicit stack.
        let start = TypeId(start as u32);
        if state[start.0 as usize] != State::New || api.ty(start).same_as.is_some() {
            continue;
        }
        state[start.0 as usize] = State::Open;
        let mut work = vec![(start, direct(api, start))];
        while let Some((id, rest)) = work.last_mut() {
            let id = *id;
            let Some(next) = rest.pop() else {
                state[id.0 as usize] = State::Done;
                work.pop();
                continue;
            };
            match state[next.0 as usize] {
                State::Open => boxed.push((id, next)),
                State::Done => {}
                State::New => {
                    state[next.0 as usize] = State::Open;
                    work.push((next, direct(api, next)));
                }
            }
        }
    }
    break_aliases(api, &boxed);
    let boxed: BTreeSet<(TypeId, TypeId)> = boxed.into_iter().collect();
    let emitted: Vec<TypeId> = (0..api.types.len() as u32)
        .map(|id| emitted(api, TypeId(id)))
        .collect();
    let is_boxed = |from: TypeId, value: &Value| match value.ty {
        Ty::Named(to) => boxed.contains(&(from, emitted[to.0 as usize])),
        _ => false,
    };
    for (position, ty) in api.types.iter_mut().enumerate() {
        let from = TypeId(position as u32);
        match &mut ty.shape {
            Shape::Object(object) => {
                for field in &mut object.fields {
                    field.boxed = is_boxed(from, &field.value);
                }
            }
            Shape::Union(union) => {
                for variant in &mut union.variants {
                    variant.boxed = is_boxed(from, &variant.value);
                }
            }
            Shape::Enum(_) | Shape::Alias(_) => {}
        }
    }
}

/// The types that a type holds as themselves, last first; a type alias cannot hold itself in any way.
fn direct(api: &Api, id: TypeId) -> Vec<TypeId> {
    let is_alias = matches!(api.ty(id).shape, Shape::Alias(_));
    let mut edges: Vec<TypeId> = edges(api, id)
        .into_iter()
        .filter(|(_, direct)| *direct || is_alias)
        .map(|(id, _)| emitted(api, id))
        .collect();
    edges.reverse();
    edges
}

/// The type itself, or the one that it is an alias of.
fn emitted(api: &Api, id: TypeId) -> TypeId {
    api.ty(id).same_as.unwrap_or(id)
}

/// An alias that closes a cycle (`type Tree = Vec<Tree>`) is no Rust type: it becomes any JSON value.
fn break_aliases(api: &mut Api, boxed: &[(TypeId, TypeId)]) {
    for (from, to) in boxed {
        if !matches!(api.ty(*from).shape, Shape::Alias(_)) {
            continue;
        }
        // The cycle is legal if a struct is on it, and then the struct's own field is boxed instead.
        let on_cycle = reached_by_aliases(api, *to);
        if on_cycle.contains(from) {
            api.types[from.0 as usize].shape = Shape::Alias(Value::plain(Ty::Json));
        }
    }
}

/// What a chain of aliases alone leads to.
fn reached_by_aliases(api: &Api, from: TypeId) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    let mut work = vec![from];
    while let Some(id) = work.pop() {
        if seen.insert(id) && matches!(api.ty(id).shape, Shape::Alias(_)) {
            work.extend(edges(api, id).into_iter().map(|(id, _)| id));
        }
    }
    seen
}
