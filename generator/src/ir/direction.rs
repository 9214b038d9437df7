//! One schema in several directions: what is read, what is sent, what is merged into what is there.
//!
//! A member that is `readOnly` is not sent in requests, one that is `writeOnly` is not sent in answers, and `required` holds where the
//! member is sent (OpenAPI 3.0.4, Schema Object). One struct serves both directions as long as no member is required in one of them
//! only. Where one is, a type that goes both ways is two: `Foo` in answers and `FooInput` in requests.
//!
//! The body of a merge patch (RFC 7396) says what changes: any member may be left out, and null removes one. It is a `FooPatch`,
//! unless the schema says exactly that itself.

use super::analysis::{reached, requests, responses};
use super::{Api, Extra, Field, Object, Origin, Shape, Ty, Type, TypeId, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Makes the types that differ by direction, and leaves `required` only where it holds.
pub(super) fn directions(api: &mut Api) {
    let keeps = api.keeps;
    patches(api);
    let sent = reached(api, requests(api));
    let received = reached(api, responses(api));
    let both: BTreeSet<TypeId> = sent.intersection(&received).copied().collect();
    let split = split(api, &both);
    let inputs = copies(api, &split, Origin::Input);
    for copy in inputs.values() {
        redirect(&mut api.types[copy.0 as usize].shape, &inputs);
    }
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            turn(&mut parameter.value, &inputs);
        }
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
            turn(&mut media.value, &inputs);
        }
    }
    // What only requests reach may hold types that are two now.
    for id in sent.difference(&received) {
        redirect(&mut api.types[id.0 as usize].shape, &inputs);
    }
    let copied: BTreeSet<TypeId> = inputs.values().copied().collect();
    for position in 0..api.types.len() {
        let id = TypeId(position as u32);
        let Shape::Object(object) = &mut api.types[position].shape else {
            continue;
        };
        if copied.contains(&id) {
            keep_sent(object, keeps);
        } else if inputs.contains_key(&id) {
            leave_out(object, keeps, |field| field.write_only);
        } else if received.contains(&id) || sent.contains(&id) {
            let (is_sent, is_received) = (sent.contains(&id), received.contains(&id));
            for field in &mut object.fields {
                let elsewhere = field.read_only && !is_received || field.write_only && !is_sent;
                field.required &= !elsewhere;
            }
        }
    }
}

/// Leaves the members that are sent. Those that are not may come back all the same: "SHOULD NOT be sent" is no reason to refuse one
/// (OpenAPI 3.0.4, Schema Object, `readOnly`).
fn keep_sent(object: &mut Object, keeps: bool) {
    if matches!(object.extra, Extra::Forbidden) && !keeps {
        let left_out = object.fields.iter().filter(|field| field.read_only);
        object.not_sent = left_out.map(|field| field.wire.clone()).collect();
    }
    leave_out(object, keeps, |field| field.read_only);
}

/// Leaves members out of a type that goes the other way. Where other members are typed, they are no place for these, and where there are
/// none, nothing would keep them: such a member stays, and need not be there.
fn leave_out(object: &mut Object, keeps: bool, is_out: fn(&Field) -> bool) {
    let stays = match &object.extra {
        Extra::Forbidden => keeps,
        Extra::Kept(value) => value.ty != Ty::Json,
        Extra::Ignored => false,
    };
    if stays {
        for field in object.fields.iter_mut().filter(|field| is_out(field)) {
            field.required = false;
        }
    } else {
        object.fields.retain(|field| !is_out(field));
    }
}

/// Types that go both ways and require something one way only, and all that hold one.
fn split(api: &Api, both: &BTreeSet<TypeId>) -> Vec<TypeId> {
    let differs = |id: &TypeId| match &api.ty(*id).shape {
        Shape::Object(object) => object
            .fields
            .iter()
            .any(|field| field.required && (field.read_only != field.write_only)),
        _ => false,
    };
    let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for id in both {
        api.ty(*id).shape.each_value(&mut |value| {
            for held in value.names() {
                holders.entry(held).or_default().push(*id);
            }
        });
    }
    let mut work: Vec<TypeId> = both.iter().copied().filter(differs).collect();
    let mut split: BTreeSet<TypeId> = work.iter().copied().collect();
    while let Some(id) = work.pop() {
        for holder in holders.get(&id).into_iter().flatten() {
            if split.insert(*holder) {
                work.push(*holder);
            }
        }
    }
    split.into_iter().collect()
}

/// A copy of each type, by the type.
fn copies(
    api: &mut Api,
    of: &[TypeId],
    origin: impl Fn(TypeId) -> Origin,
) -> BTreeMap<TypeId, TypeId> {
    let mut made = BTreeMap::new();
    for id in of {
        let copy = Type {
            origin: origin(*id),
            // A chosen name is the type's; its other form adds a word to it.
            pinned: None,
            ..api.ty(*id).clone()
        };
        made.insert(*id, TypeId(api.types.len() as u32));
        api.types.push(copy);
    }
    made
}

/// Lets a value name the other form of what it names.
fn turn(value: &mut Value, to: &BTreeMap<TypeId, TypeId>) {
    value.rename(|id| to.get(&id).copied().unwrap_or(id));
}

fn redirect(shape: &mut Shape, to: &BTreeMap<TypeId, TypeId>) {
    shape.each_value_mut(&mut |value| turn(value, to));
}

/// The values of bodies that are merge patches.
fn patch_values(api: &mut Api) -> impl Iterator<Item = &mut Value> {
    let is_patch = |media_type: &String| {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/merge-patch+json")
    };
    let bodies = api
        .operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    let media = bodies.flat_map(|body| &mut body.media);
    let media = media.filter(move |media| media.media_types.iter().all(is_patch));
    media.map(|media| &mut media.value)
}

/// Gives bodies of merge patches their own types.
fn patches(api: &mut Api) {
    let keeps = api.keeps;
    let roots: Vec<TypeId> = patch_values(api).flat_map(|value| value.names()).collect();
    if roots.is_empty() {
        return;
    }
    // What stands in the operation itself is for the patch alone, and keeps its name.
    let (own, shared) = merged(api, roots)
        .into_iter()
        .partition::<Vec<TypeId>, _>(|id| is_of_operation(api, *id));
    let mut forms = copies(api, &shared, Origin::Patch);
    forms.extend(own.into_iter().map(|id| (id, id)));
    for form in forms.values() {
        let ty = &mut api.types[form.0 as usize];
        // What is demanded of the whole is not demanded of a part.
        ty.checks.clear();
        let shape = &mut ty.shape;
        if let Shape::Alias(value) = shape {
            merge(value, &forms);
        }
        if let Shape::Object(object) = shape {
            object.checks.clear();
            (object.min_properties, object.max_properties) = (None, None);
            keep_sent(object, keeps);
            for field in &mut object.fields {
                field.required = false;
                field.default = None;
                field.value.nullable = true;
                merge(&mut field.value, &forms);
            }
            if let Extra::Kept(value) = &mut object.extra {
                value.nullable = true;
                merge(value, &forms);
            }
        }
    }
    for value in patch_values(api) {
        merge(value, &forms);
    }
}

/// Whether a type stands inline in an operation.
fn is_of_operation(api: &Api, id: TypeId) -> bool {
    let mut at = id;
    // A chain is no longer than there are types.
    for _ in 0..=api.types.len() {
        match api.ty(at).origin {
            Origin::Inside(parent, _) => at = parent,
            Origin::Of(..) => return true,
            _ => return false,
        }
    }
    false
}

/// Objects are merged member by member; a list is replaced whole.
fn merge(value: &mut Value, copies: &BTreeMap<TypeId, TypeId>) {
    match &mut value.ty {
        Ty::Named(id) => *id = copies.get(id).copied().unwrap_or(*id),
        Ty::Map(inner) => {
            inner.nullable = true;
            merge(inner, copies);
        }
        _ => {}
    }
}

/// The objects that a merge goes into and that do not say themselves that every member may be left out and be null.
fn merged(api: &Api, roots: Vec<TypeId>) -> BTreeSet<TypeId> {
    let mut seen = BTreeSet::new();
    let mut work = roots;
    let mut order = Vec::new();
    while let Some(id) = work.pop() {
        if !seen.insert(id) {
            continue;
        }
        order.push(id);
        let mut into = |value: &Value| {
            let mut at = value;
            while let Ty::Map(inner) = &at.ty {
                at = inner;
            }
            if let Ty::Named(id) = at.ty {
                work.push(id);
            }
        };
        match &api.ty(id).shape {
            Shape::Object(object) => {
                object.fields.iter().for_each(|field| into(&field.value));
                if let Extra::Kept(value) = &object.extra {
                    into(value);
                }
            }
            Shape::Alias(value) => into(value),
            Shape::Enum(_) | Shape::Union(_) => {}
        }
    }
    // What differs itself, and what leads to it.
    let differs = |id: &TypeId| match &api.ty(*id).shape {
        Shape::Object(object) => object.fields.iter().any(|field| {
            field.required || !field.value.nullable || field.default.is_some() || field.read_only
        }),
        _ => false,
    };
    let mut made: BTreeSet<TypeId> = order.iter().copied().filter(differs).collect();
    loop {
        let before = made.len();
        for id in &order {
            let mut leads = false;
            if matches!(api.ty(*id).shape, Shape::Object(_) | Shape::Alias(_)) {
                let see =
                    &mut |value: &Value| leads |= value.names().iter().any(|to| made.contains(to));
                api.ty(*id).shape.each_value(see);
            }
            if leads {
                made.insert(*id);
            }
        }
        if made.len() == before {
            return made;
        }
    }
}
