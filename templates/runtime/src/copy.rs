//! `Clone` of every generated struct and union, written once: what one value holds is put into the places of a new one.
//!
//! (Written out for each type, it is a twentieth of what `cargo check` of a large document costs, and more of a release build.)

use super::operation::Operation;
use super::shape::{Held, List, Map, Object, Optional, Shape, Slot, View};

/// A copy of a struct or a union.
#[must_use]
pub fn whole<T: Shape>(of: &T) -> T {
    let mut copy = T::empty();
    place(of.view(), copy.slot());
    copy
}

/// A copy of a request.
#[must_use]
pub fn request<T: Operation>(of: &T) -> T {
    let mut copy = T::empty();
    let table = T::operation();
    for part in 0..table.parameters.len() {
        place(of.view(part), copy.slot(part));
    }
    if table.body.is_some() {
        let body = table.parameters.len();
        match (of.chosen(), copy.choice()) {
            (Some(of), Some(copy)) => match of.active() {
                Some((media, body)) => place(body, copy.select(media)),
                None => copy.clear(),
            },
            _ => place(of.view(body), copy.slot(body)),
        }
    }
    copy
}

/// Puts a value into a place of the same type. What comes piece by piece is in no type that is copied here.
fn place(value: View<'_>, to: Slot<'_>) {
    match (value, to) {
        (View::Bool(value), Slot::Bool(to)) => *to = value,
        (View::Integer(value), Slot::Integer(to)) => value.copy_to(to.as_any()),
        (View::I64(value), Slot::I64(to)) => *to = value,
        (View::F32(value), Slot::F32(to)) => *to = value,
        (View::F64(value), Slot::F64(to)) => *to = value,
        (View::String(value), Slot::String(to)) => value.clone_into(to),
        (View::Text(value), Slot::Text(to)) => value.copy_to(to.as_any()),
        (View::Object(value), Slot::Object(to)) => object(value, to),
        (View::List(value), Slot::List(to)) => list(value, to),
        (View::Map(value), Slot::Map(to)) => map(value, to),
        (View::Optional(value), Slot::Optional(to)) => optional(value, to),
        (View::Union(value), Slot::Union(to)) => {
            let (variant, value) = value.active();
            place(value, to.select(variant));
        }
        (View::Json(value), Slot::Json(to)) => value.clone_into(to),
        _ => debug_assert!(false, "a value is copied into a place of its own type"),
    }
}

fn object(value: &dyn Object, to: &mut dyn Object) {
    for field in 0..value.table().fields.len() {
        place(value.view(field), to.slot(field));
    }
    if let (Some(value), Some(to)) = (value.extra(), to.extra_slot()) {
        map(value, to);
    }
}

fn list(value: &dyn List, to: &mut dyn List) {
    to.clear();
    for item in (0..value.len()).filter_map(|item| value.get(item)) {
        place(item, to.push());
    }
}

fn map(value: &dyn Map, to: &mut dyn Map) {
    to.clear();
    value.visit(&mut |key, value| {
        place(value, to.insert(key.to_owned()));
        true
    });
}

fn optional(value: &dyn Optional, to: &mut dyn Optional) {
    match value.held() {
        Held::Nothing => to.clear(),
        Held::Null => to.set_null(),
        Held::Value(value) => place(value, to.fill()),
    }
}
