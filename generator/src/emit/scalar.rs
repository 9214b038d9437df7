//! Which formats a document uses that have a type of another crate: the runtime's features for them.

use super::context::DateTime;
use crate::ir::{Api, Codec, Encoding, Extra, Format, Media, Shape, Ty, Value};
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
    for media in api.operations.iter().flat_map(crate::ir::Operation::media) {
        found.extend(codecs(media));
    }
    while let Some(value) = values.pop() {
        match &value.ty {
            Ty::Text(format) => found.extend(feature(*format, date_time)),
            other => values.extend(other.inner()),
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

/// The features that a body needs.
fn codecs(media: &Media) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut encodings: Vec<&Encoding> = media.encoding.iter().collect();
    let mut names: Vec<&str> = media.media_types.iter().map(String::as_str).collect();
    while let Some(encoding) = encodings.pop() {
        names.extend(encoding.content_type.as_deref());
        encodings.extend(&encoding.inside);
    }
    let is = |name: &str, format: &str| {
        let mut names = name
            .split(',')
            .map(|name| name.split(';').next().unwrap_or_default());
        names.any(|name| name.trim().to_ascii_lowercase().ends_with(format))
    };
    let encoded = |format| {
        let mut names = names.iter().skip(media.media_types.len());
        names.any(|name| is(name, format))
    };
    if media.codec == Codec::Xml || encoded("/xml") || encoded("+xml") {
        found.insert("xml");
    }
    if media.codec == Codec::Yaml || encoded("yaml") {
        found.insert("yaml");
    }
    // What every crate has without a table.
    let usual = ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin1"];
    for name in names {
        let charset = name.to_ascii_lowercase().replace(['"', ' '], "");
        if let Some((_, charset)) = charset.split_once("charset=") {
            let charset = charset.split([';', ',']).next().unwrap_or_default();
            if !usual.contains(&charset) {
                found.insert("charset");
            }
        }
    }
    found
}
