//! Whether two values are the same: `PartialEq` of every generated struct, union and answer, written once.
//!
//! Two values are compared by what they hold: texts by their text, dates and times by their instant, numbers as numbers (so a
//! `NaN` is not itself), maps whatever the order of their entries.

use super::operation::{Request, Response};
use super::shape::{Held, List, Map, Object, Optional, Text, Union, View};

/// Whether all fields are the same, and all members that no field names.
pub fn objects(a: &dyn Object, b: &dyn Object) -> bool {
    let fields = 0..a.table().fields.len();
    { fields }.all(|field| views(a.view(field), b.view(field)))
        && match (a.extra(), b.extra()) {
            (Some(a), Some(b)) => maps(a, b),
            (None, None) => true,
            _ => false,
        }
}

/// Whether the same variant is active with the same value.
pub fn unions(a: &dyn Union, b: &dyn Union) -> bool {
    let ((variant, a), (other, b)) = (a.active(), b.active());
    variant == other && views(a, b)
}

/// Whether all parameters are the same, and the body.
pub fn requests(a: &dyn Request, b: &dyn Request) -> bool {
    let table = a.table();
    let parts = 0..table.parameters.len() + usize::from(table.body.is_some());
    let chosen = |request: &dyn Request| Some(request.chosen()?.active()?.0);
    chosen(a) == chosen(b) && { parts }.all(|part| views(a.view(part), b.view(part)))
}

/// Whether it is the same documented answer, with the same status, body and header fields.
pub fn answers(a: &dyn Response, b: &dyn Response) -> bool {
    let (a, b) = (a.views(), b.views());
    a.answer == b.answer
        && a.status == b.status
        && match (a.body, b.body) {
            (Some(a), Some(b)) => views(a, b),
            (None, None) => true,
            _ => false,
        }
        && match (a.headers, b.headers) {
            (Some(a), Some(b)) => objects(a, b),
            (None, None) => true,
            _ => false,
        }
}

/// Whether two values of one type are the same. What comes piece by piece is never the same.
pub fn views(a: View<'_>, b: View<'_>) -> bool {
    match (a, b) {
        (View::Bool(a), View::Bool(b)) => a == b,
        (View::Integer(a), View::Integer(b)) => {
            a.number() == b.number() && a.is_unknown() == b.is_unknown()
        }
        (View::I64(a), View::I64(b)) => a == b,
        (View::F32(a), View::F32(b)) => a == b,
        (View::F64(a), View::F64(b)) => a == b,
        (View::String(a), View::String(b)) => a == b,
        (View::Text(a), View::Text(b)) => texts(a, b),
        (View::Object(a), View::Object(b)) => objects(a, b),
        (View::List(a), View::List(b)) => lists(a, b),
        (View::Map(a), View::Map(b)) => maps(a, b),
        (View::Optional(a), View::Optional(b)) => places(a, b),
        (View::Union(a), View::Union(b)) => unions(a, b),
        (View::Json(a), View::Json(b)) => a == b,
        _ => false,
    }
}

fn texts(a: &dyn Text, b: &dyn Text) -> bool {
    let (a, b) = (a.meant().unwrap_or(a), b.meant().unwrap_or(b));
    if let (Some(a), Some(b)) = (a.instant(), b.instant()) {
        return a == b;
    }
    a.is_unknown() == b.is_unknown()
        && match (a.as_str(), b.as_str()) {
            (Some(a), Some(b)) => a == b,
            _ => {
                let (mut of_a, mut of_b) = (String::new(), String::new());
                a.write(&mut of_a);
                b.write(&mut of_b);
                of_a == of_b
            }
        }
}

fn lists(a: &dyn List, b: &dyn List) -> bool {
    let items = 0..a.len();
    a.len() == b.len() && { items }.all(|item| match (a.get(item), b.get(item)) {
        (Some(a), Some(b)) => views(a, b),
        _ => false,
    })
}

fn maps(a: &dyn Map, b: &dyn Map) -> bool {
    let mut same = a.len() == b.len();
    if same {
        a.visit(&mut |key, value| {
            same = b.get(key).is_some_and(|other| views(value, other));
            same
        });
    }
    same
}

fn places(a: &dyn Optional, b: &dyn Optional) -> bool {
    match (a.held(), b.held()) {
        (Held::Nothing, Held::Nothing) | (Held::Null, Held::Null) => true,
        (Held::Value(a), Held::Value(b)) => views(a, b),
        _ => false,
    }
}
