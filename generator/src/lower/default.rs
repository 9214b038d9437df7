//! Whether a default is a value of its type.

use super::{Lowering, enumeration};
use crate::ir::{Format, Ty, TypeId, Value, Width};
use serde_json::Value as Json;

impl Lowering<'_> {
    /// Whether the JSON can be read into the value.
    pub(super) fn fits(&mut self, value: &Value, json: &Json) -> bool {
        if json.is_null() {
            return match value.ty {
                Ty::Named(id) if !value.nullable => {
                    let schema = self.whole(self.schema_of[id.0 as usize]);
                    self.is_nullable(schema)
                }
                _ => value.nullable,
            };
        }
        match &value.ty {
            Ty::Json => true,
            Ty::Body | Ty::Stream(_) => false,
            Ty::Bool => json.is_boolean(),
            Ty::Integer(width) => integer(*width, json),
            Ty::Number => json.is_number(),
            Ty::String => json.is_string(),
            Ty::Text(format) => json.as_str().is_some_and(|text| text_fits(*format, text)),
            Ty::List(item) => json
                .as_array()
                .is_some_and(|items| items.iter().all(|json| self.fits(item, json))),
            Ty::Tuple(places) => json.as_array().is_some_and(|values| {
                (places.least..=places.items.len()).contains(&values.len())
                    && places
                        .items
                        .iter()
                        .zip(values)
                        .all(|(item, json)| self.fits(item, json))
            }),
            Ty::Map(inner) => json
                .as_object()
                .is_some_and(|members| members.values().all(|json| self.fits(inner, json))),
            Ty::Named(id) => self.named_fits(*id, json),
        }
    }

    /// The type's shape may not be known yet, so its schema is asked.
    fn named_fits(&mut self, id: TypeId, json: &Json) -> bool {
        let schema = self.whole(self.schema_of[id.0 as usize]);
        match enumeration::listed(schema, self.tree).and_then(|listed| listed.list) {
            Some(list) => list.variants.iter().any(|variant| variant.value == *json),
            // Nothing checks the members of an object yet, so only an empty one is taken.
            None => {
                json.as_object().is_some_and(serde_json::Map::is_empty)
                    && schema.required.is_empty()
            }
        }
    }
}

fn integer(width: Width, json: &Json) -> bool {
    let number = json
        .as_i64()
        .map(i128::from)
        .or_else(|| json.as_u64().map(i128::from));
    let Some(number) = number else { return false };
    let range = match width {
        Width::I8 => i128::from(i8::MIN)..=i128::from(i8::MAX),
        Width::I16 => i128::from(i16::MIN)..=i128::from(i16::MAX),
        Width::I32 => i128::from(i32::MIN)..=i128::from(i32::MAX),
        Width::I64 | Width::Unix(_) => i128::from(i64::MIN)..=i128::from(i64::MAX),
        Width::U8 => 0..=i128::from(u8::MAX),
        Width::U16 => 0..=i128::from(u16::MAX),
        Width::U32 => 0..=i128::from(u32::MAX),
        Width::U64 => 0..=i128::from(u64::MAX),
        Width::I128 => i128::MIN..=i128::MAX,
    };
    range.contains(&number)
}

/// Formats whose text can be checked here; dates are checked by their shape alone.
fn text_fits(format: Format, text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let date = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && text.get(4..5) == Some("-")
        && text.get(7..8) == Some("-");
    match format {
        Format::Date => date && text.len() == 10,
        Format::DateTime => date && text.len() >= 20 && digits(11..13) && digits(14..16),
        Format::Uuid => {
            text.len() == 36
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                })
        }
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Base64 | Format::Base64Url => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte)),
        Format::Secret => true,
    }
}
