//! Members of forms and parts of multipart bodies, converted by their content types (OpenAPI 3.2, Encoding Object).

use super::json::{self, Malformed, ReadOptions, Unknown, Unwritable};
use super::shape::{Expected, Held, Slot, Union, View};
use super::style;
use super::table::Field;
use super::variant::{self, Choice};
use std::borrow::Cow;

/// How a value becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// As it stands.
    Text,
    /// As JSON.
    Json,
    #[cfg(feature = "xml")]
    /// As XML.
    Xml,
    #[cfg(feature = "yaml")]
    /// As YAML.
    Yaml,
}

/// The content that a list of media types demands; `None` leaves it to the value.
#[must_use]
pub fn of(media_type: Option<&str>) -> Option<Content> {
    let first = media_type?.split(',').next().unwrap_or_default();
    let essence = first.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    if essence.ends_with("/json") || essence.ends_with("+json") {
        return Some(Content::Json);
    }
    #[cfg(feature = "xml")]
    if essence.ends_with("/xml") || essence.ends_with("+xml") {
        return Some(Content::Xml);
    }
    #[cfg(feature = "yaml")]
    if essence.ends_with("yaml") {
        return Some(Content::Yaml);
    }
    Some(Content::Text)
}

/// What is in a place: nothing for null.
pub(crate) fn held(view: View<'_>) -> Option<View<'_>> {
    match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => held(inner),
            Held::Nothing | Held::Null => None,
        },
        View::Union(union) => held(union.active().1),
        View::Json(serde_json::Value::Null) => None,
        view => Some(view),
    }
}

/// Whether a value has members or items.
fn is_nested(view: View<'_>) -> bool {
    use serde_json::Value::{Array, Object};
    matches!(
        view,
        View::Object(_) | View::Map(_) | View::List(_) | View::Json(Array(_) | Object(_))
    )
}

/// The content of a value whose media type nobody says.
pub(crate) fn usual(view: View<'_>) -> Content {
    if is_nested(view) {
        Content::Json
    } else {
        Content::Text
    }
}

/// The text of one value: JSON of what has members, anything else as it stands, unless its media type says otherwise.
pub(crate) fn text(
    view: View<'_>,
    media_type: Option<&str>,
    unknown: Unknown,
) -> Result<String, Unwritable> {
    let mut out = String::new();
    match of(media_type).unwrap_or(usual(view)) {
        Content::Json => {
            let options = json::WriteOptions {
                unknown,
                ..json::WriteOptions::default()
            };
            json::write_view(view, &mut out, &options)?;
        }
        #[cfg(feature = "xml")]
        Content::Xml => super::xml::write(view, &[], unknown, &mut out)?,
        #[cfg(feature = "yaml")]
        Content::Yaml => super::yaml::write(view, unknown, &mut out)?,
        Content::Text => {
            let text = style::text(view).map_err(unwritable)?;
            out = text.ok_or(unwritable("it is null"))?;
        }
    }
    Ok(out)
}

/// Reads the text of one value.
pub(crate) fn read(
    text: &str,
    media_type: Option<&str>,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Box<Malformed>> {
    match (of(media_type), slot) {
        (None, Slot::Optional(optional)) => read(text, None, optional.fill(), options),
        (None, Slot::Union(union)) => text_variant(text, union, options),
        (None, slot @ (Slot::Object(_) | Slot::Map(_) | Slot::List(_)))
        | (Some(Content::Json), slot) => {
            json::read_into(text.as_bytes(), slot, options).map_err(Box::new)
        }
        #[cfg(feature = "xml")]
        (Some(Content::Xml), slot) => {
            super::xml::read(text.as_bytes(), &[], slot, options).map_err(Box::new)
        }
        #[cfg(feature = "yaml")]
        (Some(Content::Yaml), slot) => {
            super::yaml::read(text.as_bytes(), slot, options).map_err(Box::new)
        }
        (_, slot) => style::scalar(slot, text, options.unknown)
            .map_err(|Expected(expected)| Box::new(malformed(expected))),
    }
}

/// JSON that the type of its place does not accept.
pub(crate) fn refused(Expected(expected): Expected) -> Box<Malformed> {
    Box::new(malformed(expected))
}

/// Objects and lists are JSON, and tell their variants apart as such; anything else is the text of one value.
fn text_variant(
    text: &str,
    union: &mut dyn Union,
    options: &ReadOptions,
) -> Result<(), Box<Malformed>> {
    let nests = text.trim_start().starts_with(['{', '[']);
    let json = if nests {
        let read = json::read_into(text.as_bytes(), Slot::Union(&mut *union), options);
        match read {
            Ok(()) => return Ok(()),
            Err(error) => Some(error),
        }
    } else {
        None
    };
    style::scalar(Slot::Union(union), text, options.unknown)
        .map_err(|Expected(expected)| Box::new(json.unwrap_or_else(|| malformed(expected))))
}

/// What is seen of a value whose members are texts under names.
pub(crate) struct Named<'a> {
    /// The text under a name.
    pub(crate) tag: &'a dyn Fn(&str) -> Option<String>,
    /// The whole as JSON.
    pub(crate) json: &'a dyn Fn() -> serde_json::Value,
    pub(crate) unknown: Unknown,
}

/// The variant whose tag is there, or the first that reads; of the errors the one that got furthest.
pub(crate) fn first_variant(
    union: &mut dyn Union,
    seen: &Named<'_>,
    read: &mut dyn FnMut(Slot<'_>) -> Result<(), Box<Malformed>>,
) -> Result<(), Box<Malformed>> {
    let mut variants = match variant::choose(union, seen.unknown, seen.tag) {
        Choice::Variants(variants) => variants,
        Choice::Unknown(position) => {
            if let Slot::Json(place) = union.select(position) {
                *place = (seen.json)();
            }
            return Ok(());
        }
        Choice::Nothing => {
            let tag = union.table().tag.unwrap_or_default();
            return Err(Box::new(malformed(NO_TAG)).within(tag));
        }
    };
    if variants.len() > 1
        && let serde_json::Value::Object(members) = (seen.json)()
    {
        let names: Vec<&str> = members.keys().map(String::as_str).collect();
        variant::best_first(union, &mut variants, &names);
    }
    let mut furthest: Option<Box<Malformed>> = None;
    for variant in variants {
        match read(union.select(variant)) {
            Ok(()) => return Ok(()),
            Err(error) => {
                let further = |known: &Malformed| known.pointer.len() < error.pointer.len();
                if furthest.as_deref().is_none_or(further) {
                    furthest = Some(error);
                }
            }
        }
    }
    Err(furthest.unwrap_or_else(|| Box::new(malformed("no value"))))
}

/// What was expected of a tag that no variant has.
pub(crate) const NO_TAG: &str = "the tag of one of the variants";

/// What is done with a member.
type Visit<'a> = dyn FnMut(&str, Option<&Field>, View<'_>) -> Result<(), Unwritable> + 'a;

/// Shows every member of an object: its name, what the document says about it, its value.
pub(crate) fn members(view: View<'_>, visitor: &mut Visit<'_>) -> Result<(), Unwritable> {
    match held(view) {
        Some(View::Object(object)) => {
            for (position, field) in object.table().fields.iter().enumerate() {
                visitor(field.name, Some(field), object.view(position))?;
            }
            match object.extra() {
                Some(extra) => members(View::Map(extra), visitor),
                None => Ok(()),
            }
        }
        Some(View::Map(map)) => {
            let mut done = Ok(());
            map.visit(&mut |key, view| {
                done = visitor(key, None, view);
                done.is_ok()
            });
            done
        }
        Some(View::Json(serde_json::Value::Object(members))) => members
            .iter()
            .try_for_each(|(key, value)| visitor(key, None, View::Json(value))),
        None => Ok(()),
        Some(_) => Err(unwritable("it has no members")),
    }
}

pub(crate) fn unwritable(reason: &'static str) -> Unwritable {
    Unwritable {
        pointer: String::new(),
        reason,
    }
}

pub(crate) fn malformed(expected: impl Into<Cow<'static, str>>) -> Malformed {
    Malformed::new(0, expected, "something else".to_owned())
}

/// A fault of a style, in the words of a body.
pub(crate) fn misfit(fault: style::Fault) -> Malformed {
    match fault {
        style::Fault::Repeated => malformed("each member once"),
        style::Fault::Malformed(pointer, expected) => Malformed {
            pointer,
            ..malformed(expected)
        },
        style::Fault::Misfit(misfit) => Malformed {
            pointer: misfit.place,
            ..malformed(misfit.expected.0)
        },
    }
}
