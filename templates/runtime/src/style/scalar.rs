//! One value between its place and one text, as it stands.

use super::super::json::{self, Unknown};
use super::super::shape::{Expected, Held, Slot, Union, View};

/// The text of a value that is no list and no object; `None` for null and for nothing.
pub fn text(view: View<'_>) -> Result<Option<String>, &'static str> {
    Ok(Some(match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => return text(inner),
            Held::Nothing | Held::Null => return Ok(None),
        },
        View::Union(union) => return text(union.active().1),
        View::String(text) => text.to_owned(),
        View::Text(text) => {
            let mut out = String::new();
            text.write(&mut out);
            out
        }
        View::Json(serde_json::Value::Null) => return Ok(None),
        View::Json(serde_json::Value::String(text)) => text.clone(),
        View::Json(serde_json::Value::Array(_) | serde_json::Value::Object(_))
        | View::List(_)
        | View::Object(_)
        | View::Map(_) => return Err("its place has no form for values inside of values"),
        View::Stream(_) => return Err("a stream has no text"),
        View::Bool(_)
        | View::Integer(_)
        | View::I64(_)
        | View::F32(_)
        | View::F64(_)
        | View::Json(_) => {
            let mut out = String::new();
            let options = json::WriteOptions::default();
            json::write_view(view, &mut out, &options).map_err(|error| error.reason)?;
            // Ten is `10`, whatever its type.
            if out.ends_with(".0") {
                out.truncate(out.len() - 2);
            }
            out
        }
    }))
}

/// Reads one text into a place that holds one value.
pub fn scalar(slot: Slot<'_>, text: &str, unknown: Unknown) -> Result<(), Expected> {
    const LISTED: Expected = Expected("one of the listed values");
    match slot {
        Slot::Optional(optional) => scalar(optional.fill(), text, unknown),
        Slot::String(place) => {
            text.clone_into(place);
            Ok(())
        }
        Slot::Text(place) => {
            place.read(text)?;
            let refused = unknown == Unknown::Reject && place.is_unknown();
            if refused { Err(LISTED) } else { Ok(()) }
        }
        Slot::Bool(place) => {
            *place = text.parse().map_err(|_| Expected("`true` or `false`"))?;
            Ok(())
        }
        Slot::I64(place) => {
            *place = integer(text)?
                .try_into()
                .map_err(|_| Expected("an integer of 64 bits"))?;
            Ok(())
        }
        Slot::Integer(place) => {
            place.read(integer(text)?)?;
            let refused = unknown == Unknown::Reject && place.is_unknown();
            if refused { Err(LISTED) } else { Ok(()) }
        }
        Slot::F32(place) => {
            *place = text
                .parse()
                .ok()
                .filter(|number: &f32| number.is_finite())
                .ok_or(Expected("a number of single precision"))?;
            Ok(())
        }
        Slot::F64(place) => {
            *place = text
                .parse()
                .ok()
                .filter(|number: &f64| number.is_finite())
                .ok_or(Expected("a number"))?;
            Ok(())
        }
        // Without a type every text is a string: nothing is guessed (OpenAPI 3.2, section "Non-JSON Data").
        Slot::Json(place) => {
            *place = text.to_owned().into();
            Ok(())
        }
        Slot::Union(union) => {
            let mut first = None;
            for variant in order(union) {
                match scalar(union.select(variant), text, unknown) {
                    Ok(()) => return Ok(()),
                    Err(expected) => first = first.or(Some(expected)),
                }
            }
            Err(first.unwrap_or(Expected("no value")))
        }
        Slot::Object(_) | Slot::List(_) | Slot::Map(_) | Slot::Stream(_) => {
            Err(Expected("another kind of value"))
        }
    }
}

/// The variants of a union as a text is tried on them. It has no kind of its own: what takes only some texts comes before what
/// takes them all, and one value before several.
pub fn order(union: &mut dyn Union) -> Vec<usize> {
    let table = union.table();
    let mut order: Vec<(u8, usize)> = Vec::with_capacity(table.variants.len());
    for variant in 0..table.variants.len() {
        let rank = match union.select(variant) {
            Slot::String(_) | Slot::Json(_) => 2,
            // An open list of values takes them all too, if it comes to that.
            Slot::Text(place) => u8::from(place.read("\u{1}").is_ok()),
            Slot::List(_) | Slot::Map(_) | Slot::Object(_) => 3,
            _ => 0,
        };
        order.push((rank, variant));
    }
    order.sort_unstable();
    order.into_iter().map(|(_, variant)| variant).collect()
}

/// Whether a value is still what it was when its text has been read again: a string of digits is an integer then, where a union
/// has both.
#[cfg(feature = "arbitrary")]
pub fn is_told_by_text(view: View<'_>) -> bool {
    match view {
        View::Optional(place) => match place.held() {
            Held::Value(view) => is_told_by_text(view),
            Held::Nothing | Held::Null => true,
        },
        View::List(list) => (0..list.len())
            .filter_map(|at| list.get(at))
            .all(is_told_by_text),
        View::Union(union) => match union.active() {
            (_, View::List(list)) => list.len() > 1 && is_told_by_text(View::List(list)),
            (position, view) => {
                let mut read = union.fresh();
                let text = text(view).ok().flatten();
                text.is_none_or(|text| {
                    scalar(Slot::Union(&mut *read), &text, Unknown::Keep).is_ok()
                        && read.active().0 == position
                })
            }
        },
        _ => true,
    }
}

fn integer(text: &str) -> Result<i128, Expected> {
    // The commonest are digits and nothing else.
    let digits = matches!(text.as_bytes(), [b'1'..=b'9', rest @ ..] if rest.len() < 18 && rest.iter().all(u8::is_ascii_digit));
    if digits && let Ok(number) = text.parse::<i64>() {
        return Ok(number.into());
    }
    json::exact_integer(text).ok_or(Expected("an integer"))
}
