//! Which formats a document uses that have a type of another crate: the runtime's features for them.

use super::context::DateTime;
use crate::ir::{Api, Extra, Format, Shape, Ty, Value};
use std::collections::BTreeSet;

/// The features, which are called like the crates.
pub(crate) fn scalars(api: &Api, date_time: DateTime) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut values: Vec<&Value> = Vec::new();
    for ty in &api.types {
        match &ty.shape {
            Shape::Object(object) => {
                values.extend(object.fields.iter().map(|field| &field.value));
                if let Extra::Kept(value) = &object.extra {
                    values.push(value);
                }
            }
            Shape::Union(union) => {
                values.extend(union.variants.iter().map(|variant| &variant.value))
            }
            Shape::Alias(value) => values.push(value),
            Shape::Enum(_) => {}
        }
    }
    for operation in &api.operations {
        values.extend(operation.values());
        values.extend(operation.paging.iter().map(|paging| &paging.item));
    }
    while let Some(value) = values.pop() {
        match &value.ty {
            Ty::List(inner) | Ty::Map(inner) => values.push(inner),
            Ty::Text(format) => found.extend(feature(*format, date_time)),
            _ => {}
        }
    }
    found
}

fn feature(format: Format, date_time: DateTime) -> Option<&'static str> {
    match (format, date_time) {
        (Format::Uuid, _) => Some("uuid"),
        (Format::DateTime | Format::Date, DateTime::Chrono) => Some("chrono"),
        (Format::DateTime | Format::Date, DateTime::Jiff) => Some("jiff"),
        (Format::DateTime | Format::Date, DateTime::Time) => Some("time"),
        _ => None,
    }
}
