//! Formats and bounds → scalar types: one table for strings, one for numbers.

use crate::document::Schema;
use crate::ir::{Format, Rules, Ty, Width};

/// String formats that have a type of their own; every other format is an annotation on a string.
const STRING_FORMATS: &[(&str, Format)] = &[
    ("byte", Format::Base64),
    ("date", Format::Date),
    ("date-time", Format::DateTime),
    ("ipv4", Format::Ipv4),
    ("ipv6", Format::Ipv6),
    ("password", Format::Secret),
    ("uuid", Format::Uuid),
];

const INTEGER_FORMATS: &[(&str, Width)] = &[
    ("int16", Width::I16),
    ("int32", Width::I32),
    ("int64", Width::I64),
    ("int8", Width::I8),
    ("uint16", Width::U16),
    ("uint32", Width::U32),
    ("uint64", Width::U64),
    ("uint8", Width::U8),
];

pub(super) fn string(schema: &Schema) -> Ty {
    let encoded = schema
        .content_encoding
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("base64"));
    let format = schema.format.as_ref().map(|format| format.name.as_str());
    let known = STRING_FORMATS
        .iter()
        .find(|(name, _)| Some(*name) == format);
    match known {
        _ if encoded => Ty::Text(Format::Base64),
        Some((_, format)) => Ty::Text(*format),
        None => Ty::String,
    }
}

/// The width that the format says, else the least of 64 bits that holds the bounds.
pub(super) fn integer(schema: &Schema) -> Ty {
    let format = schema.format.as_ref().map(|format| format.name.as_str());
    if let Some((_, width)) = INTEGER_FORMATS
        .iter()
        .find(|(name, _)| Some(*name) == format)
    {
        return Ty::Integer(*width);
    }
    let beyond = |bound: &Option<String>| {
        bound
            .as_ref()
            .and_then(|bound| bound.parse::<f64>().ok())
            .is_some_and(|bound| bound > i64::MAX as f64)
    };
    let natural = |bound: &Option<String>| {
        bound
            .as_ref()
            .and_then(|bound| bound.parse::<f64>().ok())
            .is_some_and(|bound| bound >= 0.0)
    };
    let unsigned = natural(&schema.minimum) || natural(&schema.exclusive_minimum);
    if unsigned && (beyond(&schema.maximum) || beyond(&schema.exclusive_maximum)) {
        Ty::Integer(Width::U64)
    } else {
        Ty::Integer(Width::I64)
    }
}

pub(super) fn number(schema: &Schema) -> Ty {
    let format = schema.format.as_ref().map(|format| format.name.as_str());
    match INTEGER_FORMATS
        .iter()
        .find(|(name, _)| Some(*name) == format)
    {
        Some((_, width)) => Ty::Integer(*width),
        None => Ty::Number {
            single: format == Some("float"),
        },
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
        checks: Vec::new(),
        xml: None,
    }
}
