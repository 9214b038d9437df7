//! Requests between values and HTTP: parameters to where they stand, the body by its codec.

use super::accept;
use super::body::Body;
use super::content;
use super::error::InvalidRequest;
use super::json::Unknown;
use super::media;
use super::media_type;
use super::operation::{Location, Media, OperationTable, Request};
use super::shape::{Held, View};
use super::style::{self, Manner};
use super::template;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};

/// A request without credentials.
pub(crate) struct Prepared {
    pub(crate) method: Method,
    /// Path and query, without the base URL.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Prepared {
    /// The request below a base URL.
    pub(crate) fn into_http(self, base_url: &str) -> Result<http::Request<Body>, InvalidRequest> {
        let url = [base_url.trim_end_matches('/'), &self.target].concat();
        let uri: Uri = url
            .try_into()
            .map_err(|_| invalid("url", "the parameters give no URL"))?;
        let mut request = http::Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

fn invalid(place: &str, reason: &'static str) -> InvalidRequest {
    InvalidRequest {
        place: place.to_owned(),
        reason,
    }
}

/// Writes a request; what goes piece by piece is taken from it.
pub(crate) fn write(
    request: &mut dyn Request,
    unknown: Unknown,
) -> Result<Prepared, InvalidRequest> {
    let table = request.table();
    let (mut path, mut query, mut cookies) = (Vec::new(), Vec::new(), Vec::new());
    let mut headers = HeaderMap::new();
    let mut wanted = Vec::new();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let view = request.view(part);
        let name = parameter.field.name;
        if unknown == Unknown::Reject && has_unknown(view) {
            return Err(invalid(name, "the document does not list this value"));
        }
        if accept::is_accept(parameter) {
            wanted = texts(view).map_err(|reason| invalid(name, reason))?;
            continue;
        }
        let Some(text) = style::write(&Manner::of(parameter, table.parameters), view)? else {
            continue;
        };
        match parameter.location {
            Location::Path => path.push((name, text)),
            Location::Query => query.push(text),
            Location::Cookie => cookies.push(text),
            Location::Header => {
                let key: HeaderName = name
                    .parse()
                    .map_err(|_| invalid(name, "it is no name of a header"))?;
                let value = HeaderValue::from_str(&text)
                    .map_err(|_| invalid(name, "it has characters that a header cannot carry"))?;
                headers.append(key, value);
            }
        }
    }
    let text = |wanted: &str| {
        let found = path.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, text)| text.clone())
    };
    query.splice(..0, template::query(table, text));
    let path = template::filled(table, text).map_err(|(name, reason)| invalid(name, reason))?;
    if !cookies.is_empty() {
        let value = HeaderValue::from_str(&cookies.join("; "))
            .map_err(|_| invalid("cookie", "it has characters that a header cannot carry"))?;
        headers.insert(COOKIE, value);
    }
    let body = write_body(request, unknown, &mut headers)?;
    let accept = if wanted.is_empty() {
        readable(table)
    } else {
        accept::written(table, &wanted).map_err(|reason| invalid("Accept", reason))?
    };
    if !accept.is_empty() {
        let accept = HeaderValue::from_str(&accept)
            .map_err(|_| invalid("Accept", "it has characters that a header cannot carry"))?;
        headers.insert(ACCEPT, accept);
    }
    let target = if query.is_empty() {
        path
    } else {
        [&*path, "?", &*query.join("&")].concat()
    };
    let method = Method::from_bytes(table.method.as_bytes())
        .map_err(|_| invalid("method", "it is no method"))?;
    Ok(Prepared {
        method,
        target,
        headers,
        body,
    })
}

fn write_body(
    request: &mut dyn Request,
    unknown: Unknown,
    headers: &mut HeaderMap,
) -> Result<Body, InvalidRequest> {
    let table = request.table();
    let Some(body) = &table.body else {
        return Ok(Body::empty());
    };
    let part = table.parameters.len();
    let null = View::Json(&serde_json::Value::Null);
    let (media, view) = match request.chosen() {
        Some(choice) => match choice.active() {
            Some((media, view)) => (body.media.get(media), view),
            None => return Ok(Body::empty()),
        },
        None => {
            let view = match request.view(part) {
                View::Optional(optional) => match optional.held() {
                    Held::Value(view) => view,
                    Held::Null => null,
                    Held::Nothing if body.field.required => null,
                    Held::Nothing => return Ok(Body::empty()),
                },
                view => view,
            };
            (body.media.first(), view)
        }
    };
    let Some(media) = media else {
        return Err(invalid("body", "the document has no media type for it"));
    };
    let written = if media.codec.is_taken() {
        let slot = if request.chosen().is_some() {
            request.choice().and_then(|choice| Some(choice.place()?.1))
        } else {
            Some(request.slot(part))
        };
        match slot {
            Some(slot) => media::send(media, slot, unknown, None)?,
            None => return Ok(Body::empty()),
        }
    } else {
        media::write(media, view, unknown, None)?
    };
    if body.media.len() > 1 && !is_meant(body.media, media, &written.media_type) {
        return Err(invalid(
            "body",
            "its media type is what another of the documented ones is for",
        ));
    }
    headers.insert(CONTENT_TYPE, written.media_type);
    Ok(written.body)
}

/// Whether a server takes a body of a media type for what it is: of several that fit, the most exact is meant (OpenAPI 3.2, Request
/// Body Object, `content`).
fn is_meant(all: &[Media], own: &Media, media_type: &HeaderValue) -> bool {
    let came = media_type.to_str().unwrap_or_default();
    let best = media_type::best(all.iter().map(|media| media.names), came);
    best.and_then(|best| all.get(best))
        .is_none_or(|best| std::ptr::eq(best, own))
}

/// What the caller can read, in the document's order.
fn readable(table: &OperationTable) -> String {
    let mut names: Vec<&'static str> = Vec::new();
    for answer in table.answers {
        for name in answer.media.iter().flat_map(|media| media.names) {
            if !names.contains(name) {
                names.push(name);
            }
        }
    }
    names.join(", ")
}

/// The texts of a list, none of nothing.
fn texts(view: View<'_>) -> Result<Vec<String>, &'static str> {
    match content::held(view) {
        Some(View::List(list)) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            items
                .filter_map(|item| style::text(item).transpose())
                .collect()
        }
        Some(view) => Ok(style::text(view)?.into_iter().collect()),
        None => Ok(Vec::new()),
    }
}

fn has_unknown(view: View<'_>) -> bool {
    match view {
        View::Optional(optional) => {
            matches!(optional.held(), Held::Value(inner) if has_unknown(inner))
        }
        View::Text(text) => text.is_unknown(),
        View::Integer(integer) => integer.is_unknown(),
        View::List(list) => (0..list.len()).any(|index| list.get(index).is_some_and(has_unknown)),
        View::Object(object) => {
            (0..object.table().fields.len()).any(|field| has_unknown(object.view(field)))
        }
        View::Map(map) => {
            let mut found = false;
            map.visit(&mut |_, view| {
                found = has_unknown(view);
                !found
            });
            found
        }
        View::Union(union) => {
            let (variant, view) = union.active();
            union.table().is_unknown(variant) || has_unknown(view)
        }
        _ => false,
    }
}
