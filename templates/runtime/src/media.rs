//! Bodies between values and bytes: one codec for each kind of media type.

use super::body::Body;
use super::error::InvalidRequest;
use super::json::{self, Malformed, ReadOptions, Unknown, WriteOptions};
use super::media_type;
use super::operation::{Codec, Media};
use super::shape::{Slot, View};
use super::style;
use bytes::Bytes;
use http::HeaderValue;

/// A body as it is sent.
pub(crate) struct Written {
    pub(crate) body: Body,
    pub(crate) media_type: HeaderValue,
}

/// Writes a body by its codec: from its view, or where it goes piece by piece, from its place.
pub(crate) fn write(
    media: &Media,
    view: View<'_>,
    unknown: Unknown,
    accept: Option<&str>,
) -> Result<Written, InvalidRequest> {
    let mut out = String::new();
    match (media.codec, view) {
        (Codec::Json, view) => {
            let options = WriteOptions {
                unknown,
                ..WriteOptions::default()
            };
            json::write_view(view, &mut out, &options).map_err(|error| InvalidRequest {
                place: format!("body{}", error.pointer),
                reason: error.reason,
            })?;
        }
        (Codec::Text, view) => {
            if let Some(text) = style::text(view).map_err(invalid)? {
                out = text;
            }
        }
        (Codec::Bytes, _) => return Err(invalid("it is no value, but a stream")),
    }
    Ok(Written {
        body: Body::from(out),
        media_type: named(media, None, accept)?,
    })
}

/// Takes a body that goes piece by piece.
pub(crate) fn send(
    media: &Media,
    slot: Slot<'_>,
    accept: Option<&str>,
) -> Result<Written, InvalidRequest> {
    let mut slot = slot;
    while let Slot::Optional(optional) = slot {
        slot = optional
            .place()
            .ok_or_else(|| invalid("there is nothing to send"))?;
    }
    let Slot::Stream(stream) = slot else {
        return Err(invalid("it is no stream"));
    };
    let body = stream.send(media.codec);
    let media_type = named(media, body.media_type(), accept)?;
    Ok(Written { body, media_type })
}

/// The media type to send: the first of the document's, or the one that the client wants most; where that is a range, the
/// body's own, or the codec's usual one.
fn named(
    media: &Media,
    own: Option<&str>,
    accept: Option<&str>,
) -> Result<HeaderValue, InvalidRequest> {
    let wanted = |name: &&&str| accept.map_or(0, |accept| media_type::quality(accept, name));
    let open = |name: &&&str| media_type::is_range(name);
    let closed = media.names.iter().filter(|name| !open(name));
    // Of equals, `max_by_key` gives the last: the document's first is meant.
    let chosen = closed.rev().max_by_key(wanted);
    let name = match (chosen, own) {
        (Some(name), None) => name,
        (_, Some(own))
            if media
                .names
                .iter()
                .any(|name| media_type::fit(name, own).is_some()) =>
        {
            own
        }
        (Some(name), _) => name,
        (None, None)
            if media
                .names
                .iter()
                .any(|name| media_type::fit(name, media.codec.usual()).is_some()) =>
        {
            media.codec.usual()
        }
        (None, _) => {
            return Err(invalid(
                "its media type is not one that the document has for it",
            ));
        }
    };
    HeaderValue::from_str(name)
        .map_err(|_| invalid("its media type has characters that a header cannot carry"))
}

fn invalid(reason: &'static str) -> InvalidRequest {
    InvalidRequest {
        place: "body".to_owned(),
        reason,
    }
}

/// Reads a body that is held as a whole, by its codec.
pub(crate) fn read(
    media: &Media,
    bytes: &Bytes,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    match media.codec {
        Codec::Json => json::read_into(bytes, slot, options),
        Codec::Text => text(bytes, slot, options),
        Codec::Bytes => {
            receive(media, Body::from(bytes.clone()), slot);
            Ok(())
        }
    }
}

fn text(bytes: &Bytes, slot: Slot<'_>, options: &ReadOptions) -> Result<(), Malformed> {
    let fault = |expected: &str| Malformed {
        pointer: String::new(),
        offset: 0,
        expected: expected.to_owned().into(),
        found: "something else".into(),
    };
    let text = std::str::from_utf8(bytes).map_err(|_| fault("UTF-8"))?;
    style::scalar(slot, text, options.unknown).map_err(|expected| fault(expected.0))
}

/// Puts a body that comes piece by piece in its place.
pub(crate) fn receive(media: &Media, body: Body, slot: Slot<'_>) {
    if let Slot::Stream(stream) = filled(slot) {
        stream.receive(media.codec, body);
    }
}

fn filled(slot: Slot<'_>) -> Slot<'_> {
    let mut slot = slot;
    while let Slot::Optional(optional) = slot {
        slot = optional.fill();
    }
    slot
}
