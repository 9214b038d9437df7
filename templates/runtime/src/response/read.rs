//! The documented answer that a raw one is.

use super::super::error::{Error, RawAnswer};
use super::super::json::{Malformed, ReadOptions};
use super::super::media;
use super::super::operation::{Codec, Media, Operation, OperationTable, Response, StatusKey};
use super::super::shape::Slot;
use http::StatusCode;
use http::header::CONTENT_TYPE;

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
    media::read(media, &raw.body, slot, &ReadOptions::default())
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
