//! What follows from the finished IR: directions, open enums, owners by group, and the edges that need a box.

use super::{Api, Extra, GroupId, Owner, Shape, Ty, TypeId, Value};
use std::collections::BTreeSet;

/// What the document asks for and no Rust type can be; each has been replaced by something wider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A list or map of itself and nothing else: any JSON value.
    EndlessAlias(TypeId),
    /// A list of lists of lists beyond the limit: any JSON value.
    DeepAlias(TypeId),
    /// A choice whose every alternative holds the choice itself: any JSON value.
    EndlessUnion(TypeId),
    /// A required member, by its position, that no finite value can have: optional.
    EndlessMember(TypeId, usize),
}

/// Fills in everything that only the whole can tell; gives what had to be widened.
pub(crate) fn analyse(api: &mut Api) -> Vec<Fault> {
    let mut faults = Vec::new();
    super::direction::directions(api);
    usage(api);
    open_enums(api);
    owners(api);
    super::twin::twins(api);
    super::header_twin::twins(api);
    break_tuples(api, &mut faults);
    super::boxing::break_aliases(api, &mut faults);
    super::finite::finite(api, &mut faults);
    super::boxing::boxing(api);
    super::layout::unions(api);
    streams(api);
    super::as_read::as_read(api);
    api.inputs = super::input::inputs(api);
    faults
}

/// Marks the types that hold a stream, or a type that does.
fn streams(api: &mut Api) {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut work = Vec::new();
    for id in ids(api) {
        for (held, _) in edges(api, id) {
            holders[held.0 as usize].push(id);
        }
        let mut streams = false;
        let see =
            &mut |value: &Value| streams |= value.any(|ty| matches!(ty, Ty::Body | Ty::Stream(_)));
        api.ty(id).shape.each_value(see);
        if streams {
            work.push(id);
        }
    }
    while let Some(id) = work.pop() {
        let ty = &mut api.types[id.0 as usize];
        if !std::mem::replace(&mut ty.streams, true) {
            work.extend(&holders[id.0 as usize]);
        }
    }
}

/// The types that a value mentions, and whether as itself: a list or a map in between holds them elsewhere.
fn mentioned(value: &Value, direct: bool, found: &mut Vec<(TypeId, bool)>) {
    match &value.ty {
        Ty::Named(id) => found.push((*id, direct)),
        Ty::Part(part) => part
            .iter()
            .for_each(|value| mentioned(value, direct, found)),
        other => {
            for inner in other.inner() {
                mentioned(inner, false, found);
            }
        }
    }
}

/// A tuple that leads back to itself by aliases alone is no Rust type.
fn break_tuples(api: &mut Api, faults: &mut Vec<Fault>) {
    fn has_tuple(value: &Value) -> bool {
        matches!(value.ty, Ty::Tuple(_)) || value.ty.inner().iter().any(has_tuple)
    }
    for start in (0..api.types.len() as u32).map(TypeId) {
        let mut work = match &api.ty(start).shape {
            Shape::Alias(value) if has_tuple(value) => vec![start],
            _ => continue,
        };
        let mut seen = BTreeSet::new();
        while let Some(id) = work.pop() {
            let id = api.ty(id).same_as.unwrap_or(id);
            if matches!(api.ty(id).shape, Shape::Alias(_)) {
                let named = edges(api, id).into_iter().map(|(id, _)| id);
                work.extend(named.filter(|id| seen.insert(*id)));
            }
        }
        if seen.contains(&start) {
            faults.push(Fault::EndlessAlias(start));
            api.types[start.0 as usize].shape = Shape::Alias(Value::plain(Ty::Json));
        }
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

pub(crate) fn reached(api: &Api, from: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut seen: BTreeSet<TypeId> = BTreeSet::new();
    let mut work = from;
    while let Some(id) = work.pop() {
        if seen.insert(id) {
            work.extend(edges(api, id).into_iter().map(|(id, _)| id));
        }
    }
    seen
}

/// The types that values name.
pub(crate) fn named<'a>(values: impl IntoIterator<Item = &'a Value>) -> Vec<TypeId> {
    let mut found = Vec::new();
    for value in values {
        mentioned(value, true, &mut found);
    }
    found.into_iter().map(|(id, _)| id).collect()
}

/// The types that requests name.
pub(super) fn requests(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    named(operations.flat_map(super::Operation::request_values))
}

/// The types that answers name.
pub(super) fn responses(api: &Api) -> Vec<TypeId> {
    let operations = api.operations.iter();
    named(operations.flat_map(super::Operation::response_values))
}

fn usage(api: &mut Api) {
    let requests = reached(api, requests(api));
    let responses = reached(api, responses(api));
    for (position, ty) in api.types.iter_mut().enumerate() {
        let id = TypeId(position as u32);
        ty.usage.request = requests.contains(&id);
        ty.usage.response = responses.contains(&id);
    }
}

/// An enum, or a union told apart by tags, that only requests use is closed; any other may meet values that the document does not list yet.
fn open_enums(api: &mut Api) {
    let (closed, keeps) = (api.closed, api.keeps);
    for ty in &mut api.types {
        let only_requests = ty.usage.request && !ty.usage.response;
        match &mut ty.shape {
            // Of a list that allows any other text nothing is unknown.
            Shape::Enum(list) => list.open = !only_requests && !closed && !list.any,
            Shape::Union(union) => union.open &= (keeps || !only_requests) && !closed,
            Shape::Object(_) | Shape::Alias(_) => {}
        }
    }
}

/// A type belongs to the one group whose operations reach it.
fn owners(api: &mut Api) {
    let mut owner: Vec<Option<Owner>> = vec![None; api.types.len()];
    for (position, group) in api.groups.iter().enumerate() {
        let own = Owner::Group(GroupId(position as u32));
        let operations = group.operations.iter().map(|id| api.operation(*id));
        let mut work = named(operations.flat_map(super::Operation::values));
        while let Some(id) = work.pop() {
            let known = &mut owner[id.0 as usize];
            let now = match known {
                None => own,
                // What a type of several groups reaches is of several too: a type is looked at twice at most.
                Some(Owner::Shared) => continue,
                Some(one) if *one == own => continue,
                Some(_) => Owner::Shared,
            };
            *known = Some(now);
            work.extend(edges(api, id).into_iter().map(|(id, _)| id));
        }
    }
    // A document without operations is about nothing but its types.
    let otherwise = if api.operations.is_empty() {
        Owner::Shared
    } else {
        Owner::Unreached
    };
    for (ty, owner) in api.types.iter_mut().zip(owner) {
        ty.owner = owner.unwrap_or(otherwise);
    }
}

/// The groups whose types those hold that no operation reaches; `None` where there are none of these.
pub(crate) fn held_by_unreached(api: &Api) -> Option<BTreeSet<GroupId>> {
    let mut unreached = ids(api)
        .filter(|id| api.ty(*id).owner == Owner::Unreached)
        .peekable();
    unreached.peek()?;
    let held = unreached.flat_map(|id| edges(api, id));
    let owners = held.map(|(id, _)| api.ty(id).owner);
    let groups = owners.filter_map(|owner| match owner {
        Owner::Group(group) => Some(group),
        Owner::Shared | Owner::Unreached => None,
    });
    Some(groups.collect())
}

fn ids(api: &Api) -> impl Iterator<Item = TypeId> + use<> {
    (0..api.types.len() as u32).map(TypeId)
}

impl Api {
    /// Whether a type is an alias that aliases alone lead back to.
    pub(crate) fn is_alias_of_itself(&self, id: TypeId) -> bool {
        let mut at = id;
        for _ in 0..self.types.len() {
            let Shape::Alias(value) = &self.ty(at).shape else {
                return false;
            };
            let mut value = value;
            while let Ty::List(inner) | Ty::Map(inner) = &value.ty {
                value = inner;
            }
            match value.ty {
                Ty::Named(next) if next == id => return true,
                Ty::Named(next) => at = next,
                _ => return false,
            }
        }
        false
    }
}
