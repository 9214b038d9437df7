//! One item of a stream between a value and its bytes (OpenAPI 3.2, section "Sequential Media Types").

use super::content::{self, Named, malformed, unwritable};
use super::frame::{Event, Framing};
use super::json::{self, Malformed, ReadOptions, Unknown, Unwritable, WriteOptions};
use super::shape::{Object, Slot, Union, View};
use super::style::absent;

/// The members that an event has.
const PARTS: &[&str] = &["event", "data", "id", "retry"];

/// Whether an object describes an event itself, not what is in its data.
fn is_event(object: &dyn Object) -> bool {
    let fields = object.table().fields;
    !fields.is_empty() && fields.iter().all(|field| PARTS.contains(&field.name))
}

/// Whether a variant is an event itself, and not what its data holds.
fn has_event(union: &mut dyn Union) -> bool {
    let mut variants = 0..union.table().variants.len();
    variants
        .any(|variant| matches!(union.select(variant), Slot::Object(object) if is_event(object)))
}

/// Appends an item.
///
/// # Errors
///
/// The first value that it cannot be written with.
pub fn write(
    framing: Framing,
    view: View<'_>,
    unknown: Unknown,
    out: &mut String,
) -> Result<(), Unwritable> {
    let options = WriteOptions {
        unknown,
        ..WriteOptions::default()
    };
    match framing {
        Framing::Lines => {
            json::write_view(view, out, &options)?;
            out.push('\n');
        }
        Framing::Sequence => {
            out.push('\u{1e}');
            json::write_view(view, out, &options)?;
            out.push('\n');
        }
        Framing::Events => event(view, unknown)?.write(out).map_err(unwritable)?,
    }
    Ok(())
}

fn event(view: View<'_>, unknown: Unknown) -> Result<Event, Unwritable> {
    let mut event = Event::default();
    if let Some(View::Json(json)) = content::held(view)
        && let Some(event) = kept(view, json)
    {
        return Ok(event);
    }
    let Some(View::Object(object)) = content::held(view)
        .filter(|view| matches!(view, View::Object(object) if is_event(*object)))
    else {
        let value = content::held(view);
        event.data = match value {
            Some(value) => content::text(value, None, unknown)?,
            None => "null".to_owned(),
        };
        return Ok(event);
    };
    for (position, field) in object.table().fields.iter().enumerate() {
        let Some(value) = content::held(object.view(position)) else {
            continue;
        };
        let text = content::text(value, None, unknown)
            .map_err(|error| *Box::new(error).within(field.name))?;
        match field.name {
            "event" => event.event = Some(text),
            "id" => event.id = Some(text),
            "retry" => {
                let retry = text.parse();
                event.retry = Some(retry.map_err(|_| unwritable("it is no time to wait"))?);
            }
            _ if text.is_empty() && !field.required => {
                return Err(unwritable("an empty text would be none"));
            }
            _ => event.data = text,
        }
    }
    Ok(event)
}

/// An event that no variant describes, as it was kept.
fn kept(view: View<'_>, json: &serde_json::Value) -> Option<Event> {
    let View::Union(union) = view else {
        return None;
    };
    if !union.table().is_unknown(union.active().0) {
        return None;
    }
    Event::of_json(json)
}

/// Reads an item.
///
/// # Errors
///
/// The first place where it is not what its place demands.
pub fn read(
    framing: Framing,
    frame: &[u8],
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    match framing {
        Framing::Lines | Framing::Sequence => json::read_into(frame, slot, options),
        Framing::Events => {
            let (event, _) = Event::read(frame);
            read_event(&event, slot, options).map_err(|error| *error)
        }
    }
}

/// Reads an event: into its parts, or its data as JSON or text.
pub fn read_event(
    event: &Event,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Box<Malformed>> {
    match slot {
        Slot::Optional(optional) if event.data == "null" && event.event.is_none() => {
            optional.set_null();
            Ok(())
        }
        Slot::Optional(optional) => read_event(event, optional.fill(), options),
        Slot::Union(union) => {
            if has_event(union) {
                let seen = Named {
                    tag: &|name| event.part(name),
                    json: &|| event.json(),
                    unknown: options.unknown,
                };
                content::first_variant(union, &seen, &mut |slot| read_event(event, slot, options))
            } else {
                content::read(&event.data, None, Slot::Union(union), options)
            }
        }
        Slot::Object(object) if is_event(object) => parts(event, object, options),
        Slot::Json(place) => {
            // Data is JSON where it reads as such.
            let read = json::read_into(event.data.as_bytes(), Slot::Json(place), options);
            if read.is_err() {
                *place = event.data.as_str().into();
            }
            Ok(())
        }
        slot => content::read(&event.data, None, slot, options),
    }
}

fn parts(
    event: &Event,
    object: &mut dyn Object,
    options: &ReadOptions,
) -> Result<(), Box<Malformed>> {
    for (position, field) in object.table().fields.iter().enumerate() {
        let text = event.part(field.name);
        // Every event has data; where it need not have any, empty data is none.
        let none = |text: &String| text.is_empty() && field.name == "data" && !field.required;
        let read = match text.filter(|text| !none(text)) {
            Some(text) => content::read(&text, None, object.slot(position), options),
            None => absent(object, position, options)
                .map_err(|expected| Box::new(malformed(expected.0))),
        };
        read.map_err(|error| error.within(field.name))?;
    }
    Ok(())
}
