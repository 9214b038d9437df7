//! Formats and bounds → scalar types: one table for strings, one for numbers.

use crate::document::Schema;
use crate::ir::{Format, Rules, Ticks, Ty, Width};

/// String formats that have a type of their own; every other format is an annotation on a string.
const STRING_FORMATS: &[(&str, Format)] = &[
    ("base64", Format::Base64),
    ("base64url", Format::Base64Url),
    ("byte", Format::Base64),
    ("date", Format::Date),
    ("date-time", Format::DateTime),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("password", Format::Secret),
    ("uuid", Format::Uuid),
];

/// Widths by format, lower case and without dashes: `u-int32` and `UInt32` are `uint32`.
const INTEGER_FORMATS: &[(&str, Width)] = &[
    ("bigint", Width::I128),
    ("int128", Width::I128),
    ("int16", Width::I16),
    ("int32", Width::I32),
    ("int64", Width::I64),
    ("int8", Width::I8),
    ("long", Width::I64),
    ("uint", Width::U64),
    ("uint128", Width::I128),
    ("uint16", Width::U16),
    ("uint32", Width::U32),
    ("uint64", Width::U64),
    ("uint8", Width::U8),
];

pub(super) fn string(schema: &Schema) -> Ty {
    let encoding = schema.content_encoding.as_deref();
    let encoded = |name| encoding.is_some_and(|encoding| encoding.eq_ignore_ascii_case(name));
    let format = schema.format.as_ref().map(|format| format.name.as_str());
    let known = STRING_FORMATS
        .iter()
        .find(|(name, _)| Some(*name) == format);
    match known {
        _ if encoded("base64") => Ty::Text(Format::Base64),
        _ if encoded("base64url") => Ty::Text(Format::Base64Url),
        Some((_, format)) => Ty::Text(*format),
        None => Ty::String,
    }
}

/// The format of a number, as documents spell it.
fn number_format(schema: &Schema) -> Option<String> {
    Some(spelt(&schema.format.as_ref()?.name))
}

fn spelt(format: &str) -> String {
    format.replace(['-', '_'], "").to_ascii_lowercase()
}

const TICKS: &[(&str, Ticks)] = &[
    ("unix", Ticks::Seconds),
    ("unixmicro", Ticks::Micros),
    ("unixmilli", Ticks::Millis),
    ("unixnano", Ticks::Nanos),
    ("unixseconds", Ticks::Seconds),
    ("unixtime", Ticks::Seconds),
    ("unixtimestamp", Ticks::Seconds),
];

fn ticks(schema: &Schema) -> Option<Ticks> {
    let format = number_format(schema)?;
    let known = TICKS.iter().find(|(name, _)| *name == format);
    known.map(|(_, ticks)| *ticks)
}

fn width(schema: &Schema) -> Option<Width> {
    width_of(&schema.format.as_ref()?.name)
}

fn width_of(format: &str) -> Option<Width> {
    let format = spelt(format);
    let known = INTEGER_FORMATS.iter().find(|(name, _)| *name == format);
    known.map(|(_, width)| *width)
}

/// The format that values of both are in: the narrower of two widths, the one that means something. None if they are
/// of different kinds, as dates and addresses are.
pub(super) fn narrower<'a>(known: &'a str, new: &'a str) -> Option<&'a str> {
    let text = |name: &str| STRING_FORMATS.iter().find(|(known, _)| *known == name);
    match (text(known), text(new)) {
        (Some((_, first)), Some((_, second))) => match (first, second) {
            (first, second) if first == second => Some(known),
            (Format::Secret, _) => Some(new),
            (_, Format::Secret) => Some(known),
            _ => None,
        },
        (None, Some(_)) => Some(new),
        (Some(_), None) => Some(known),
        (None, None) => Some(match (bits(known), bits(new)) {
            (first, Some(second)) if first.is_none_or(|first| second < first) => new,
            _ => known,
        }),
    }
}

/// How many values an integer format has, as a power of two.
fn bits(name: &str) -> Option<u32> {
    match width_of(name)? {
        Width::I8 | Width::U8 => Some(8),
        Width::I16 | Width::U16 => Some(16),
        Width::I32 | Width::U32 => Some(32),
        Width::I64 | Width::U64 => Some(64),
        Width::I128 => Some(128),
        Width::Unix(_) => None,
    }
}

/// The width that the format says, else the least from 64 bits on that holds the bounds. Bounds never make it smaller:
/// they are checked, and may change without the type.
pub(super) fn integer(schema: &Schema, moments: bool) -> Ty {
    if let Some(ticks) = ticks(schema).filter(|_| moments) {
        return Ty::Integer(Width::Unix(ticks));
    }
    if let Some(width) = width(schema) {
        return Ty::Integer(width);
    }
    let number =
        |bound: &Option<String>| bound.as_ref().and_then(|bound| bound.parse::<f64>().ok());
    let bounds = [
        number(&schema.minimum),
        number(&schema.exclusive_minimum),
        number(&schema.maximum),
        number(&schema.exclusive_maximum),
    ];
    let natural = bounds[..2].iter().flatten().any(|bound| *bound >= 0.0);
    let beyond = |limit: f64| bounds[2..].iter().flatten().any(|bound| *bound > limit);
    let below = bounds[..2]
        .iter()
        .flatten()
        .any(|bound| *bound < i64::MIN as f64);
    Ty::Integer(if below || beyond(u64::MAX as f64) {
        Width::I128
    } else if beyond(i64::MAX as f64) {
        if natural { Width::U64 } else { Width::I128 }
    } else {
        Width::I64
    })
}

pub(super) fn number(schema: &Schema) -> Ty {
    match width(schema) {
        Some(width) => Ty::Integer(width),
        None => Ty::Number,
    }
}

/// The constraints that a schema puts on its values, whatever their type.
pub(super) fn rules(schema: &Schema) -> Rules {
    Rules {
        minimum: schema.minimum.clone(),
        exclusive_minimum: schema.exclusive_minimum.clone(),
        maximum: schema.maximum.clone(),
        exclusive_maximum: schema.exclusive_maximum.clone(),
        multiple_of: schema.multiple_of.clone(),
        min_length: schema.min_length,
        max_length: schema.max_length,
        pattern: schema.pattern.as_ref().map(|pattern| pattern.name.clone()),
        min_items: schema.min_items,
        max_items: schema.max_items,
        unique_items: schema.unique_items,
        min_properties: schema.min_properties,
        max_properties: schema.max_properties,
        sample: None,
        checks: Vec::new(),
        xml: None,
        field: None,
    }
}
