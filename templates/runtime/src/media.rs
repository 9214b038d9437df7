//! Bodies between values and bytes: one codec for each kind of media type.

use super::error::InvalidRequest;
use super::json::{self, Malformed, ReadOptions, Unknown, WriteOptions};
use super::operation::{Codec, Media};
use super::shape::{Expected, Slot, View};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

/// Writes a body by its codec.
pub(crate) fn write(
    media: &Media,
    view: View<'_>,
    unknown: Unknown,
) -> Result<Bytes, InvalidRequest> {
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
        (Codec::Text, View::String(text)) => out.push_str(text),
        (Codec::Text, View::Text(text)) => text.write(&mut out),
        (Codec::Bytes, View::Text(text)) => {
            // Bytes are held as base64 holds them: what is sent is what they stand for.
            text.write(&mut out);
            let decoded = STANDARD.decode(&out);
            return decoded
                .map(Bytes::from)
                .map_err(|_| invalid("it holds no bytes"));
        }
        (Codec::Text | Codec::Bytes, _) => return Err(invalid("it is no text")),
    }
    Ok(out.into())
}

fn invalid(reason: &'static str) -> InvalidRequest {
    InvalidRequest {
        place: "body".to_owned(),
        reason,
    }
}

/// Reads a body by its codec.
pub(crate) fn read(
    media: &Media,
    bytes: &Bytes,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    if media.codec == Codec::Json {
        return json::read_into(bytes, slot, options);
    }
    let fault = |expected: &str| Malformed {
        pointer: String::new(),
        offset: 0,
        expected: expected.to_owned().into(),
        found: "something else".into(),
    };
    let mut slot = slot;
    while let Slot::Optional(optional) = slot {
        slot = optional.fill();
    }
    match (media.codec, slot) {
        (Codec::Bytes, Slot::Text(place)) => {
            let text = STANDARD.encode(bytes);
            place
                .read(&text)
                .map_err(|Expected(expected)| fault(expected))
        }
        (_, slot) => {
            let text = std::str::from_utf8(bytes).map_err(|_| fault("UTF-8"))?;
            match slot {
                Slot::String(place) => {
                    text.clone_into(place);
                    Ok(())
                }
                Slot::Text(place) => place
                    .read(text)
                    .map_err(|Expected(expected)| fault(expected)),
                _ => Err(fault("a text")),
            }
        }
    }
}
