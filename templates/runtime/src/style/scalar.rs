//! One text, as it stands, into a place that holds one value.

use super::super::json;
use super::super::shape::{Expected, Slot};

/// Reads one text into a place that holds one value.
pub(crate) fn scalar(slot: Slot<'_>, text: &str) -> Result<(), Expected> {
    match slot {
        Slot::Optional(optional) => scalar(optional.fill(), text),
        Slot::String(place) => {
            text.clone_into(place);
            Ok(())
        }
        Slot::Text(place) => place.read(text),
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
        Slot::Integer(place) => place.read(integer(text)?),
        Slot::F32(place) => {
            *place = finite(text)? as f32;
            Ok(())
        }
        Slot::F64(place) => {
            *place = finite(text)?;
            Ok(())
        }
        Slot::Json(place) => {
            *place = text.to_owned().into();
            Ok(())
        }
        Slot::Object(_) | Slot::List(_) | Slot::Map(_) | Slot::Union(_) => {
            Err(Expected("another kind of value"))
        }
    }
}

fn integer(text: &str) -> Result<i128, Expected> {
    json::exact_integer(text).ok_or(Expected("an integer"))
}

fn finite(text: &str) -> Result<f64, Expected> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or(Expected("a number"))
}
