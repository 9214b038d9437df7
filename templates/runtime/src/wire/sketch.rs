//! Values as text that differs where they differ, whatever their types: streams cannot be compared, nor be copied.

use super::super::arbitrary;
use super::super::content;
use super::super::json;
use super::super::operation::{Codec, Encoding, Media, Request, Response};
use super::super::part::{BODY, HEADERS, is_part};
use super::super::shape::{Held, Map, Object, Slot, View};
use super::super::style;
use super::super::table::Mark;
use std::fmt::Write as _;

/// A request as it is, or as it arrives: the receiver has filled in the defaults.
pub(super) fn request(request: &mut dyn Request, received: bool) -> String {
    let table = request.table();
    let mut out = String::new();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let by_style = style::Manner::of(parameter, &[]).is_by_style();
        if received && by_style {
            style::settle(request.slot(part));
            untyped(request.slot(part));
        }
        let nothing = is_nothing(request.view(part));
        match parameter.field.default() {
            _ if !received => {}
            Some(default) if nothing => {
                json::default_into(default, request.slot(part), json::DEPTH);
            }
            _ => {
                arbitrary::receive(request.slot(part));
                if by_style {
                    style::settle(request.slot(part));
                }
            }
        }
        let _ = write!(out, "{}: ", parameter.field.name);
        // Nothing is written of null, nor is it an item of a list.
        let whole = !received || !by_style;
        show(request.view(part), whole, &mut out);
        out.push_str(", ");
    }
    if table.body.is_none() {
        return out;
    }
    if received {
        let media = table.body.as_ref().map_or(&[][..], |body| body.media);
        let absent = request.chosen().is_none() && is_nothing(request.view(table.parameters.len()));
        match request.choice() {
            Some(choice) => {
                if let Some((_, slot)) = choice.place() {
                    arbitrary::receive(slot);
                }
                if let Some((position, slot)) = choice.place() {
                    settle(media.get(position), slot);
                }
            }
            // A body that is not there is not null either.
            None if absent => {}
            None => {
                arbitrary::receive(request.slot(table.parameters.len()));
                settle(media.first(), request.slot(table.parameters.len()));
            }
        }
    }
    match request.chosen() {
        Some(choice) => {
            if let Some((media, view)) = choice.active() {
                let _ = write!(out, "body {media}: ");
                value(view, &mut out);
            }
        }
        None => {
            out.push_str("body: ");
            value(request.view(table.parameters.len()), &mut out);
        }
    }
    out
}

/// Forms and parts have no word for null, nor for a list without items; nor has XML for such a list without an element around it.
fn settle(media: Option<&Media>, slot: Slot<'_>) {
    let Some(media) = media else {
        return;
    };
    #[cfg(feature = "xml")]
    if media.codec == Codec::Xml {
        return unlisted(slot, media.marks);
    }
    if matches!(media.codec, Codec::Form | Codec::Multipart) {
        members(slot, media.encoding);
    }
}

/// Members that are written by a style settle as that does; of the others only what is null or without items leaves nothing.
fn members(slot: Slot<'_>, encodings: &[Encoding]) {
    match slot {
        Slot::Optional(optional) => {
            optional
                .place()
                .into_iter()
                .for_each(|slot| members(slot, encodings));
        }
        Slot::Union(union) => members(union.place(), encodings),
        Slot::Object(object) => {
            for (position, field) in object.table().fields.iter().enumerate() {
                let mut own = encodings.iter().filter(|known| known.name == field.name);
                match (own.next(), object.slot(position)) {
                    (Some(own), slot) if own.style.is_some() => style::settle(slot),
                    (own, slot) => member(slot, own.and_then(|own| own.content_type)),
                }
            }
            if let Some(extra) = object.extra_slot() {
                entries(extra, encodings);
            }
        }
        Slot::Map(map) => entries(map, encodings),
        Slot::List(list) => {
            for position in 0..list.len() {
                list.place(position).into_iter().for_each(fields);
            }
        }
        _ => {}
    }
}

/// The header fields of a part, or of each of several.
fn fields(slot: Slot<'_>) {
    match slot {
        Slot::Optional(place) => place.place().into_iter().for_each(fields),
        Slot::List(list) => {
            for position in 0..list.len() {
                list.place(position).into_iter().for_each(fields);
            }
        }
        Slot::Object(part) if is_part(part) => {
            if let Slot::Object(headers) = part.slot(HEADERS) {
                by_style(headers);
            }
        }
        _ => {}
    }
}

/// What has no type arrives as its texts.
fn untyped(slot: Slot<'_>) {
    match slot {
        Slot::Optional(place) => place.place().into_iter().for_each(untyped),
        Slot::Object(object) => {
            for position in 0..object.table().fields.len() {
                untyped(object.slot(position));
            }
            if let Some(extra) = object.extra_slot() {
                untyped(Slot::Map(extra));
            }
        }
        Slot::List(list) => {
            for position in 0..list.len() {
                list.place(position).into_iter().for_each(untyped);
            }
        }
        Slot::Map(map) => map.visit_places(&mut |_, slot| untyped(slot)),
        Slot::Json(json) => texts_of(json),
        _ => {}
    }
}

/// Each value as the string of its text.
fn texts_of(json: &mut serde_json::Value) {
    match json {
        serde_json::Value::Array(items) => items.iter_mut().for_each(texts_of),
        serde_json::Value::Object(members) => members.values_mut().for_each(texts_of),
        serde_json::Value::String(_) | serde_json::Value::Null => {}
        one => {
            let text = style::text(View::Json(one));
            *one = text.ok().flatten().unwrap_or_default().into();
        }
    }
}

/// Header fields settle as their styles do; those with a media type stay what they are.
fn by_style(headers: &mut dyn Object) {
    for (position, field) in headers.table().fields.iter().enumerate() {
        let has_style = |mark: &Mark| !matches!(mark, Mark::Content(_));
        if field.marks.iter().all(has_style) {
            style::settle(headers.slot(position));
        }
    }
}

/// Nothing is written of a member that is null or without items.
fn entries(map: &mut dyn Map, encodings: &[Encoding]) {
    let mut traceless = Vec::new();
    map.visit(&mut |key, view| {
        if is_traceless(view) {
            traceless.push(key.to_owned());
        }
        true
    });
    traceless.iter().for_each(|key| map.remove(key));
    map.visit_places(&mut |key, slot| {
        let mut own = encodings.iter().filter(|known| known.name == key);
        member(slot, own.next().and_then(|own| own.content_type));
    });
}

/// A member that is converted by its content type.
fn member(mut slot: Slot<'_>, content_type: Option<&'static str>) {
    if let Slot::Object(part) = &mut slot
        && is_part(*part)
    {
        fields(Slot::Object(*part));
        return member(part.slot(BODY), content_type);
    }
    if let Slot::Optional(place) = &mut slot
        && matches!(place.held(), Held::Null | Held::Value(_))
        && is_traceless(View::Optional(*place))
    {
        return place.clear();
    }
    let content = content::of(content_type);
    #[cfg(feature = "xml")]
    if content == Some(content::Content::Xml) {
        return unlisted(slot, &[]);
    }
    if matches!(content, Some(content::Content::Text) | None) {
        texts(slot);
    }
}

/// What has no type arrives as its text (OpenAPI 3.2, section "Parsing and Serializing"), and nothing arrives of null and of no items.
fn texts(slot: Slot<'_>) {
    match slot {
        Slot::Optional(place) => place.place().into_iter().for_each(texts),
        Slot::List(list) => {
            for position in 0..list.len() {
                list.place(position).into_iter().for_each(texts);
            }
        }
        Slot::Object(part) if is_part(part) => {
            texts(part.slot(BODY));
            fields(Slot::Object(part));
        }
        Slot::Json(json) if !json.is_string() && !json.is_null() => {
            let text = content::text(View::Json(json), None, json::Unknown::Keep);
            *json = text.unwrap_or_default().into();
        }
        _ => {}
    }
}

/// Whether a member is null or has no items.
fn is_traceless(view: View<'_>) -> bool {
    match content::held(view) {
        Some(View::List(list)) => list.is_empty(),
        Some(_) => false,
        None => true,
    }
}

/// Whether an optional place holds nothing.
fn is_nothing(view: View<'_>) -> bool {
    matches!(view, View::Optional(optional) if matches!(optional.held(), Held::Nothing))
}

#[cfg(feature = "xml")]
/// Takes optional lists away of which there is nothing in XML, where all that has no type is a text.
fn unlisted(slot: Slot<'_>, marks: &'static [Mark]) {
    match slot {
        Slot::Optional(optional) => {
            let empty = matches!(optional.held(), Held::Value(View::List(list)) if list.is_empty());
            if empty && !super::super::xml::is_wrapped(marks) {
                optional.clear();
            } else if let Some(slot) = optional.place() {
                unlisted(slot, marks);
            }
        }
        Slot::Object(object) => {
            for (position, field) in object.table().fields.iter().enumerate() {
                unlisted(object.slot(position), field.marks);
            }
            if let Some(extra) = object.extra_slot() {
                unlisted(Slot::Map(extra), &[]);
            }
        }
        Slot::List(list) => {
            for position in 0..list.len() {
                if let Some(slot) = list.place(position) {
                    unlisted(slot, &[]);
                }
            }
        }
        Slot::Map(map) => {
            entries_in_xml(map);
            map.visit_places(&mut |_, slot| unlisted(slot, &[]));
        }
        Slot::Union(union) => unlisted(union.place(), &[]),
        Slot::Json(json) => texts_of(json),
        _ => {}
    }
}

#[cfg(feature = "xml")]
/// Nothing is written of a list without items.
fn entries_in_xml(map: &mut dyn Map) {
    let mut empty = Vec::new();
    map.visit(&mut |key, view| {
        if matches!(content::held(view), Some(View::List(list)) if list.is_empty()) {
            empty.push(key.to_owned());
        }
        true
    });
    empty.iter().for_each(|key| map.remove(key));
}

/// An answer as it is, or as it arrives.
pub(super) fn response(response: &mut dyn Response, received: bool) -> String {
    if received {
        let media = response.views().media();
        if let Some(slot) = response.places().body {
            arbitrary::receive(slot);
        }
        let places = response.places();
        if let Some(slot) = places.body {
            settle(media, slot);
        }
        if let Some(headers) = places.headers {
            for (position, field) in headers.table().fields.iter().enumerate() {
                let nothing = is_nothing(headers.view(position));
                match field.default() {
                    Some(default) if nothing => {
                        json::default_into(default, headers.slot(position), json::DEPTH);
                    }
                    _ if nothing => {}
                    _ => arbitrary::receive(headers.slot(position)),
                }
            }
            by_style(headers);
        }
    }
    let views = response.views();
    let mut out = format!("answer {} {:?} ", views.answer, views.status);
    if let Some(body) = views.body {
        value(body, &mut out);
    }
    if let Some(headers) = views.headers {
        value(View::Object(headers), &mut out);
    }
    out
}

fn is_null(view: View<'_>) -> bool {
    match view {
        View::Json(json) => json.is_null(),
        View::Optional(optional) => match optional.held() {
            Held::Nothing | Held::Null => true,
            Held::Value(view) => is_null(view),
        },
        _ => false,
    }
}

/// A value as text.
pub(super) fn shown(view: View<'_>) -> String {
    let mut out = String::new();
    value(view, &mut out);
    out
}

pub(crate) fn value(view: View<'_>, out: &mut String) {
    show(view, true, out);
}

/// Shows a value, with or without the items of lists that are null.
fn show(view: View<'_>, nulls: bool, out: &mut String) {
    let value = |view: View<'_>, out: &mut String| show(view, nulls, out);
    match view {
        View::Bool(value) => out.push_str(if value { "true" } else { "false" }),
        View::Integer(integer) => {
            let _ = write!(out, "{}", integer.number());
        }
        View::I64(number) => {
            let _ = write!(out, "{number}");
        }
        // Both zeros are one number.
        View::F32(number) => {
            let _ = write!(out, "{:?}", number + 0.0);
        }
        View::F64(number) => {
            let _ = write!(out, "{:?}", number + 0.0);
        }
        View::String(text) => {
            let _ = write!(out, "{text:?}");
        }
        View::Text(text) => {
            let mut written = String::new();
            text.write(&mut written);
            let _ = write!(out, "{written:?}");
        }
        View::Object(object) => {
            let table = object.table();
            let _ = write!(out, "{} {{ ", table.name);
            for (position, field) in table.fields.iter().enumerate() {
                let _ = write!(out, "{}: ", field.name);
                value(object.view(position), out);
                out.push_str(", ");
            }
            if let Some(extra) = object.extra() {
                value(View::Map(extra), out);
            }
            out.push('}');
        }
        View::List(list) => {
            out.push('[');
            for index in 0..list.len() {
                if let Some(view) = list.get(index)
                    && (nulls || !is_null(view))
                {
                    value(view, out);
                    out.push_str(", ");
                }
            }
            out.push(']');
        }
        View::Map(map) => {
            out.push('{');
            map.visit(&mut |key, view| {
                let _ = write!(out, "{key:?}: ");
                value(view, out);
                out.push_str(", ");
                true
            });
            out.push('}');
        }
        View::Optional(optional) => match optional.held() {
            Held::Nothing => out.push('-'),
            Held::Null => out.push_str("null"),
            Held::Value(view) => value(view, out),
        },
        View::Union(union) => {
            let (variant, view) = union.active();
            let _ = write!(out, "{variant}:");
            value(view, out);
        }
        View::Json(json) => {
            let _ = write!(out, "json {json}");
        }
        View::Stream(stream) => stream.sketch(out),
    }
}
