//! A documented answer as it is sent.

use super::super::body::Body;
use super::super::error::InvalidRequest;
use super::super::json::Unknown;
use super::super::media;
use super::super::operation::{OperationTable, Response};
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};

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
        *answer.body_mut() = Body::from(media::write(&media, view, Unknown::Keep)?);
        answer
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media.name));
    }
    Ok(answer)
}
