//! Walks of a JSON pointer (RFC 6901) over views and slots: no value is copied, and none is parsed.

#[cfg(feature = "client")]
use super::shape::Slot;
use super::shape::{Held, Object, View};

/// The value that a pointer leads to; `None` where there is none, or null.
pub(crate) fn view<'a>(from: View<'a>, pointer: &str) -> Option<View<'a>> {
    let mut at = held(from)?;
    for step in pointer.split('/').skip(1) {
        let next = match at {
            View::Object(object) => object.view(position(object, step)?),
            View::List(list) => list.get(step.parse().ok()?)?,
            View::Union(union) => union.active().1,
            View::Json(json) => View::Json(json.get(step)?),
            _ => return None,
        };
        at = held(next)?;
    }
    match at {
        View::Json(serde_json::Value::String(text)) => Some(View::String(text)),
        View::Json(serde_json::Value::Bool(value)) => Some(View::Bool(*value)),
        View::Json(serde_json::Value::Null) => None,
        other => Some(other),
    }
}

fn held(view: View<'_>) -> Option<View<'_>> {
    let mut at = view;
    loop {
        match at {
            View::Optional(optional) => match optional.held() {
                Held::Value(inner) => at = inner,
                Held::Nothing | Held::Null => return None,
            },
            other => return Some(other),
        }
    }
}

fn position(object: &dyn Object, step: &str) -> Option<usize> {
    let name = |wire: &str| {
        wire == step || step.contains('~') && wire == step.replace("~1", "/").replace("~0", "~")
    };
    object
        .table()
        .fields
        .iter()
        .position(|field| name(field.name))
}

/// Shows the place that a pointer leads to, if there is one and it is filled.
#[cfg(feature = "client")]
pub(crate) fn slot(from: Slot<'_>, pointer: &str, show: &mut dyn FnMut(Slot<'_>)) {
    let rest = pointer.strip_prefix('/');
    match (from, rest) {
        (Slot::Optional(optional), _) => {
            if let Some(inner) = optional.place() {
                slot(inner, pointer, show);
            }
        }
        (found, None) => show(found),
        (Slot::Object(object), Some(rest)) => {
            let (step, _) = rest.split_once('/').unwrap_or((rest, ""));
            if let Some(field) = position(object, step) {
                slot(object.slot(field), &rest[step.len()..], show);
            }
        }
        _ => {}
    }
}
