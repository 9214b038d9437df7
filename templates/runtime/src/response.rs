//! Answers between values and HTTP.

use super::body::Body;
use super::error::{Error, InvalidRequest, RawAnswer};
use super::json::{self, Malformed, ReadOptions, Unknown};
use super::operation::{Codec, Media, Operation, OperationTable, Response, StatusKey};
use super::request;
use super::shape::{Expected, Slot};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

/// Reads the documented answer that a raw one is.
pub(crate) fn read<O: Operation>(raw: RawAnswer) -> Result<O::Response, Error> {
    let Some(key) = key(O::TABLE, raw.status) else {
        return Err(Error::Undocumented(Box::new(raw)));
    };
    let mut response = O::Response::empty(key, raw.status);
    let read = match (
        response.slot(),
        O::TABLE.answer(raw.status).and_then(|answer| answer.media),
    ) {
        (Some(slot), Some(media)) => body(&media, &raw, slot),
        _ => Ok(()),
    };
    match read {
        Ok(()) => Ok(response),
        Err(malformed) => Err(Error::Unreadable(Box::new(raw), Box::new(malformed))),
    }
}

fn key(table: &OperationTable, status: StatusCode) -> Option<StatusKey> {
    table.answer(status).map(|answer| answer.status)
}

/// Reads a body by its codec.
fn body(media: &Media, raw: &RawAnswer, slot: Slot<'_>) -> Result<(), Malformed> {
    if media.codec == Codec::Json && !is_json(raw) {
        let found = raw
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("no media type");
        return Err(Malformed {
            pointer: String::new(),
            offset: 0,
            expected: media.name.into(),
            found: found.chars().take(80).collect(),
        });
    }
    read_bytes(media, &raw.body, slot, &ReadOptions::default())
}

/// A missing media type is taken for the documented one: many servers leave it out.
fn is_json(raw: &RawAnswer) -> bool {
    let Some(value) = raw.headers.get(CONTENT_TYPE) else {
        return true;
    };
    let value = value.to_str().unwrap_or_default().to_ascii_lowercase();
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json") || essence.ends_with("+json")
}

pub(crate) fn read_bytes(
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
            use base64::Engine;
            let text = base64::engine::general_purpose::STANDARD.encode(bytes);
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

/// Writes an answer.
pub(crate) fn write<R: Response>(
    table: &OperationTable,
    response: &R,
) -> Result<http::Response<Body>, InvalidRequest> {
    let (key, status, view) = response.parts();
    let status = status
        .or(key.exact())
        .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let media = table
        .answers
        .iter()
        .find(|answer| answer.status == key)
        .and_then(|answer| answer.media);
    let mut answer = http::Response::new(Body::empty());
    *answer.status_mut() = status;
    if let (Some(view), Some(media)) = (view, media) {
        *answer.body_mut() = Body::from(request::bytes(&media, view, Unknown::Keep)?);
        answer
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media.name));
    }
    Ok(answer)
}
