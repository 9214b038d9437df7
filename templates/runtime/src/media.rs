//! Bodies between values and bytes: one codec for each kind of media type.

use super::body::Body;
use super::charset;
use super::content::malformed;
use super::error::InvalidRequest;
use super::form;
use super::json::{self, Malformed, ReadOptions, Unknown, Unwritable, WriteOptions};
use super::media_type;
use super::multipart;
use super::operation::{Codec, Media};
use super::shape::{Slot, View};
use super::style;
#[cfg(feature = "xml")]
use super::xml;
#[cfg(feature = "yaml")]
use super::yaml;
use bytes::Bytes;
use http::HeaderValue;

/// A body as it is sent.
pub(crate) struct Written {
    pub(crate) body: Body,
    pub(crate) media_type: HeaderValue,
}

/// Writes a body by its codec.
pub(crate) fn write(
    media: &Media,
    view: View<'_>,
    unknown: Unknown,
    accept: Option<&str>,
) -> Result<Written, InvalidRequest> {
    let media_type = named(media, None, accept)?;
    let mut out = String::new();
    match media.codec {
        Codec::Json => {
            out.reserve(json::ROOM);
            let options = WriteOptions {
                unknown,
                ..WriteOptions::default()
            };
            json::write_view(view, &mut out, &options).map_err(unwritable)?;
        }
        Codec::Text => {
            let text = style::text(view).map_err(invalid)?;
            out = text.ok_or_else(|| invalid("it is no text"))?;
            let charset = media_type.to_str().ok().and_then(charset::named);
            if let Some(charset) = charset {
                let bytes = charset::encode(&out, Some(&charset)).map_err(invalid)?;
                return Ok(Written {
                    body: Body::from(bytes),
                    media_type,
                });
            }
        }
        Codec::Form => form::write(view, media.encoding, unknown, &mut out).map_err(unwritable)?,
        #[cfg(feature = "xml")]
        Codec::Xml => {
            out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
            xml::write(view, media.marks, unknown, &mut out).map_err(unwritable)?;
        }
        #[cfg(feature = "yaml")]
        Codec::Yaml => yaml::write(view, unknown, &mut out).map_err(unwritable)?,
        _ => return Err(invalid("it is no value, but a stream")),
    }
    Ok(Written {
        body: Body::from(out),
        media_type,
    })
}

fn unwritable(error: Unwritable) -> InvalidRequest {
    InvalidRequest {
        place: format!("body{}", error.pointer),
        reason: error.reason,
    }
}

/// Takes a body from its place: what goes piece by piece, and what may hold such.
pub(crate) fn send(
    media: &'static Media,
    slot: Slot<'_>,
    unknown: Unknown,
    accept: Option<&str>,
) -> Result<Written, InvalidRequest> {
    if media.codec == Codec::Multipart {
        let named = named(media, None, accept)?;
        let named = named
            .to_str()
            .map_err(|_| invalid("its media type is no text"))?;
        let (body, media_type) =
            multipart::write(named, media.encoding, slot, unknown).map_err(unwritable)?;
        let media_type = HeaderValue::from_str(&media_type)
            .map_err(|_| invalid("its media type has characters that a header cannot carry"))?;
        return Ok(Written { body, media_type });
    }
    let mut slot = slot;
    while let Slot::Optional(optional) = slot {
        slot = optional
            .place()
            .ok_or_else(|| invalid("there is nothing to send"))?;
    }
    let Slot::Stream(stream) = slot else {
        return Err(invalid("it is no stream"));
    };
    let body = stream.send(media);
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
    let chosen = match media.names {
        // There is nothing to choose from.
        [one] if !open(&one) => Some(one),
        // Of equals, `max_by_key` gives the last: the document's first is meant.
        _ => closed.rev().max_by_key(wanted),
    };
    let name = match (chosen, own) {
        (Some(name), None) => return fixed(name),
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
            return fixed(media.codec.usual());
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

/// A media type that is written down in the program.
fn fixed(name: &'static str) -> Result<HeaderValue, InvalidRequest> {
    HeaderValue::from_maybe_shared(Bytes::from_static(name.as_bytes()))
        .map_err(|_| invalid("its media type has characters that a header cannot carry"))
}

fn invalid(reason: &'static str) -> InvalidRequest {
    InvalidRequest {
        place: "body".to_owned(),
        reason,
    }
}

/// Reads a body that is held as a whole, by its codec; `came` is the media type that it came with.
pub(crate) fn read(
    media: &'static Media,
    came: Option<&str>,
    bytes: &Bytes,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    match media.codec {
        Codec::Json => json::read_into(bytes, slot, options),
        Codec::Text => text(media, came, bytes, slot, options),
        Codec::Form => form::read(bytes, media.encoding, slot, options),
        #[cfg(feature = "xml")]
        Codec::Xml => xml::read(bytes, media.marks, slot, options),
        #[cfg(feature = "yaml")]
        Codec::Yaml => yaml::read(bytes, slot, options),
        Codec::Multipart => {
            let body = Body::from(bytes.clone());
            let came = came.unwrap_or_default();
            let held = multipart::Held::all(bytes.len());
            // All of it is here: nothing is given away before it is.
            let wanted = multipart::Wanted::default();
            let collected = multipart::Collected::of(came, body, &wanted, held);
            match multipart::at_once(collected) {
                Some(Ok(parts)) => parts
                    .read(media.encoding, slot, options)
                    .map_err(|malformed| *malformed),
                Some(Err(multipart::Fault::Malformed(malformed))) => Err(*malformed),
                _ => Err(malformed("parts")),
            }
        }
        _ => {
            receive(media, Body::from(bytes.clone()), slot);
            Ok(())
        }
    }
}

/// Reads a text in the charset that it came with, else in that of the document.
fn text(
    media: &Media,
    came: Option<&str>,
    bytes: &Bytes,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    let documented = media.names.iter().find_map(|name| charset::named(name));
    let charset = came.and_then(charset::named).or(documented);
    let text = charset::decode(bytes, charset.as_deref()).map_err(malformed)?;
    style::scalar(slot, &text, options.unknown).map_err(|expected| malformed(expected.0))
}

/// Puts a body that comes piece by piece in its place.
pub(crate) fn receive(media: &'static Media, body: Body, slot: Slot<'_>) {
    let mut slot = slot;
    while let Slot::Optional(optional) = slot {
        slot = optional.fill();
    }
    if let Slot::Stream(stream) = slot {
        stream.receive(media, body);
    }
}
