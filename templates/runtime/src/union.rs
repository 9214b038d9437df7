//! The tag of a union's value where it is written: once, and the one that its variant has.

use super::shape::{Held, Object, Union, View};
use super::table::{Accepts, Variant};

/// What a writer has to do with the tag of a union's active variant.
pub(crate) enum Tag {
    /// Nothing: the value has its tag, or needs none.
    Kept,
    /// Write it first: the variant's own type has no member for it, or none is there.
    Missing(&'static str, View<'static>),
    /// The value has the tag of another variant.
    Wrong(&'static str),
    /// A value that no variant describes.
    Unknown,
}

/// Looks for the tag of the active variant in its value.
pub(crate) fn tag(union: &dyn Union) -> Tag {
    let (table, (position, view)) = (union.table(), union.active());
    let Some(variant) = table.variants.get(position) else {
        return if table.is_unknown(position) {
            Tag::Unknown
        } else {
            Tag::Kept
        };
    };
    let (Some(name), View::Object(object)) = (table.tag, view) else {
        return Tag::Kept;
    };
    if variant
        .accepts
        .iter()
        .any(|accepts| matches!(accepts, Accepts::Otherwise | Accepts::Object | Accepts::Any))
    {
        return Tag::Kept;
    }
    match member(object, name) {
        Some(view) if is_tag(variant, view) => Tag::Kept,
        // Null is none, and is written as it came.
        Some(View::Optional(_)) => Tag::Kept,
        Some(_) => Tag::Wrong(name),
        None if is_extra(object, name) || is_left_out(object, name) => Tag::Kept,
        None => match variant.accepts.first().and_then(Accepts::view) {
            Some(tag) => Tag::Missing(name, tag),
            None => Tag::Kept,
        },
    }
}

/// The value of a member, if the object has it.
fn member<'a>(object: &'a dyn Object, name: &str) -> Option<View<'a>> {
    let fields = object.table().fields;
    let position = fields.iter().position(|field| field.name == name)?;
    match object.view(position) {
        View::Optional(place) => match place.held() {
            Held::Value(view) => Some(view),
            Held::Nothing if !fields[position].required => None,
            Held::Nothing | Held::Null => Some(View::Optional(place)),
        },
        view => Some(view),
    }
}

/// Whether it is a member that need not be there, of an object that is written as it was read.
fn is_left_out(object: &dyn Object, name: &str) -> bool {
    let table = object.table();
    table.is_as_read() && table.fields.iter().any(|field| field.name == name)
}

fn is_extra(object: &dyn Object, name: &str) -> bool {
    let mut found = false;
    if let Some(extra) = object.extra() {
        extra.visit(&mut |key, _| {
            found |= key == name;
            !found
        });
    }
    found
}

/// Whether a tag is one of the variant's.
fn is_tag(variant: &Variant, view: View<'_>) -> bool {
    let text = |text: &str| {
        let is = |accepts: &Accepts| matches!(accepts, Accepts::Tag(tag) if *tag == text);
        variant.accepts.iter().any(is)
    };
    let number = |number: i128| {
        let is = |accepts: &Accepts| matches!(accepts, Accepts::TagInteger(tag) if i128::from(*tag) == number);
        variant.accepts.iter().any(is)
    };
    match view {
        View::String(value) => text(value),
        View::Text(value) => match value.as_str() {
            Some(value) => text(value),
            None => {
                let mut out = String::new();
                value.write(&mut out);
                text(&out)
            }
        },
        View::I64(value) => number(value.into()),
        View::Integer(value) => number(value.number()),
        View::Bool(value) => variant.accepts.contains(&Accepts::TagBool(value)),
        // Anything else is not looked into.
        _ => true,
    }
}

impl Accepts {
    /// The tag as a view, where it is one.
    fn view(&self) -> Option<View<'static>> {
        match *self {
            Self::Tag(text) => Some(View::String(text)),
            Self::TagInteger(number) => Some(View::I64(number)),
            Self::TagBool(value) => Some(View::Bool(value)),
            _ => None,
        }
    }
}
