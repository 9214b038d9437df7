//! One value between its place and one text, as it stands.

use super::super::json::{self, Unknown};
use super::super::shape::{Expected, Held, Slot, View};

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
            for variant in 0..union.variants() {
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

fn integer(text: &str) -> Result<i128, Expected> {
    json::exact_integer(text).ok_or(Expected("an integer"))
}
