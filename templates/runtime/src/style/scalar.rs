//! One value between its place and one text, as it stands.

use super::super::json::{self, Unknown};
use super::super::shape::{Expected, Held, Slot, Union, View};

/// Why a value of a union cannot be written.
pub(super) const MISREAD: &str = "its text would be read as another of its types";

/// The text of a value that is no list and no object; `None` for null and for nothing.
pub fn text(view: View<'_>) -> Result<Option<String>, &'static str> {
    Ok(Some(match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => return text(inner),
            Held::Nothing | Held::Null => return Ok(None),
        },
        View::Union(union) => {
            let text = text(union.active().1)?;
            return match text {
                Some(text) if !is_read_back(union, &text) => Err(MISREAD),
                text => Ok(text),
            };
        }
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
        // A text that is JSON may be a number; any is a text.
        Slot::Foreign(place) => {
            let json = serde_json::from_str(text).ok();
            match json.map(|json| place.read(json)) {
                Some(Ok(())) => Ok(()),
                _ => place.read(text.to_owned().into()),
            }
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

/// Whether a text is read again as the variant that it was written of: a string of digits is an integer, where a union has both.
pub(super) fn is_read_back(union: &dyn Union, text: &str) -> bool {
    let (variant, _) = union.active();
    let mut read = union.fresh();
    let again = |read: &mut dyn Union, unknown| {
        scalar(Slot::Union(&mut *read), text, unknown).is_ok() && read.active().0 == variant
    };
    // A value that is not listed is read as such by clients alone.
    union.table().is_unknown(variant)
        || again(&mut *read, Unknown::Reject)
        || again(&mut *read, Unknown::Keep)
}

/// Whether the texts of a value are read again as what they were.
pub fn told(view: View<'_>) -> Result<(), &'static str> {
    match view {
        View::Optional(place) => match place.held() {
            Held::Value(view) => told(view),
            Held::Nothing | Held::Null => Ok(()),
        },
        View::List(list) => {
            let mut items = (0..list.len()).filter_map(|at| list.get(at));
            items.try_for_each(told)
        }
        View::Union(union) => match text(union.active().1) {
            Ok(Some(text)) if !is_read_back(union, &text) => Err(MISREAD),
            _ => told(union.active().1),
        },
        _ => Ok(()),
    }
}

/// Whether a list stands where a single value of the same union may: a list of one is that value then.
#[cfg(feature = "arbitrary")]
pub fn is_list_of_one(view: View<'_>) -> bool {
    match view {
        View::Optional(place) => matches!(place.held(), Held::Value(view) if is_list_of_one(view)),
        View::List(list) => (0..list.len())
            .filter_map(|at| list.get(at))
            .any(is_list_of_one),
        View::Union(union) => matches!(union.active().1, View::List(list) if list.len() < 2),
        _ => false,
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
