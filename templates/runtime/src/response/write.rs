//! A documented answer as it is sent.

use super::super::body::Body;
use super::super::error::InvalidRequest;
use super::super::header;
use super::super::json::Unknown;
use super::super::media;
use super::super::media_type;
use super::super::operation::{OperationTable, Response};
use http::header::{CONTENT_TYPE, HeaderValue};

/// Writes an answer; what goes piece by piece is taken from it. `accept` decides where one representation has several
/// media types.
pub(crate) fn write(
    table: &OperationTable,
    response: &mut dyn Response,
    accept: Option<&str>,
) -> Result<http::Response<Body>, InvalidRequest> {
    let mut answer = http::Response::new(Body::empty());
    *answer.status_mut() = response.status();
    let views = response.views();
    if let Some(object) = views.headers {
        header::write(object, answer.headers_mut())?;
    }
    let own = views.answer;
    let row = table.answers.get(own);
    let Some(media) = row.and_then(|row| row.media.as_ref()) else {
        return Ok(answer);
    };
    let written = match views.body {
        None => return Ok(answer),
        Some(_) if media.codec.is_taken() => match response.places().body {
            Some(slot) => media::send(media, slot, Unknown::Keep, accept)?,
            None => return Ok(answer),
        },
        Some(view) => media::write(media, view, Unknown::Keep, accept)?,
    };
    if is_of_another(table, own, &written.media_type) {
        return Err(InvalidRequest {
            place: "body".to_owned(),
            reason: "its media type is what another of the documented answers is for",
        });
    }
    *answer.body_mut() = written.body;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, written.media_type);
    Ok(answer)
}

/// Whether a body of a media type would be read as another of the answers with this status: of several media types that fit, the
/// most exact is meant (OpenAPI 3.2, Response Object, `content`).
fn is_of_another(table: &OperationTable, own: usize, media_type: &HeaderValue) -> bool {
    let Some(status) = table.answers.get(own).map(|answer| answer.status) else {
        return false;
    };
    let rows = table.answers_of(status);
    let rows: Vec<_> = rows
        .filter_map(|(position, row)| Some((position, row.media.as_ref()?.names)))
        .collect();
    let came = media_type.to_str().unwrap_or_default();
    let best = media_type::best(rows.iter().map(|(_, names)| *names), came);
    best.is_some_and(|best| rows[best].0 != own)
}
