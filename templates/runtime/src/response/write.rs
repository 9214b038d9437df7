//! A documented answer as it is sent.

use super::super::body::Body;
use super::super::content;
use super::super::error::InvalidRequest;
use super::super::json::Unknown;
use super::super::media;
use super::super::media_type;
use super::super::operation::{Location, OperationTable, Parameter, Response};
use super::super::shape::{Held, Object, View};
use super::super::style::{self, Manner};
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

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
        write_headers(object, answer.headers_mut())?;
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

fn write_headers(object: &dyn Object, headers: &mut HeaderMap) -> Result<(), InvalidRequest> {
    for (position, field) in object.table().fields.iter().enumerate() {
        let invalid = |reason| InvalidRequest {
            place: field.name.to_owned(),
            reason,
        };
        let name: HeaderName = field
            .name
            .parse()
            .map_err(|_| invalid("it is no name of a header"))?;
        let parameter = Parameter {
            location: Location::Header,
            field: *field,
        };
        let manner = Manner::of(&parameter, &[]);
        let mut add = |view: View<'_>| {
            let Some(text) = style::write(&manner, view)? else {
                return Ok(());
            };
            let value = HeaderValue::from_str(&text)
                .map_err(|_| invalid("it has characters that a header cannot carry"))?;
            headers.append(name.clone(), value);
            Ok(())
        };
        match held(object.view(position)) {
            // Cookies are never joined (RFC 6265, section 3).
            Some(View::List(list)) if name == SET_COOKIE => {
                for item in (0..list.len()).filter_map(|index| list.get(index)) {
                    add(item)?;
                }
            }
            Some(view @ (View::Object(_) | View::Map(_))) if name == SET_COOKIE => {
                // A member is a cookie.
                let mut lines = Vec::new();
                let members = content::members(view, &mut |key, _, member| {
                    let text = style::text(member).map_err(content::unwritable)?;
                    lines.extend(text.map(|text| format!("{key}={text}")));
                    Ok(())
                });
                members.map_err(|error| invalid(error.reason))?;
                lines.iter().try_for_each(|line| add(View::String(line)))?;
            }
            Some(view) => add(view)?,
            None => {}
        }
    }
    Ok(())
}

fn held(view: View<'_>) -> Option<View<'_>> {
    match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => held(inner),
            Held::Nothing | Held::Null => None,
        },
        view => Some(view),
    }
}
