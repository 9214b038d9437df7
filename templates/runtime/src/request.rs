//! Requests between values and HTTP: parameters to where they stand, the body by its codec.

use super::body::Body;
use super::error::InvalidRequest;
use super::json::Unknown;
use super::media;
use super::operation::{Location, Request};
use super::shape::{Held, View};
use super::style::{self, Manner};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Uri};

/// A request without credentials, its body complete.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    /// Path and query, without the base URL.
    pub(crate) target: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Prepared {
    /// The request below a base URL.
    pub(crate) fn into_http(self, base_url: &str) -> Result<http::Request<Body>, InvalidRequest> {
        let url = format!("{}{}", base_url.trim_end_matches('/'), self.target);
        let uri: Uri = url
            .parse()
            .map_err(|_| invalid("url", "the parameters give no URL"))?;
        let mut request = http::Request::new(Body::from(self.body));
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

/// Writes a request.
pub(crate) fn write(request: &dyn Request, unknown: Unknown) -> Result<Prepared, InvalidRequest> {
    let table = request.table();
    let mut path = table.route.to_owned();
    let (mut query, mut cookies) = (Vec::new(), Vec::new());
    let mut headers = HeaderMap::new();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let view = request.view(part);
        let name = parameter.field.name;
        if unknown == Unknown::Reject && has_unknown(view) {
            return Err(invalid(name, "the document does not list this value"));
        }
        let Some(text) = style::write(&Manner::of(parameter, table.parameters), view)? else {
            continue;
        };
        match parameter.location {
            Location::Path => path = path.replace(&format!("{{{name}}}"), &text),
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
    let mut segments = path.split('/').zip(table.route.split('/'));
    if segments.any(|(segment, template)| segment.is_empty() && !template.is_empty()) {
        return Err(invalid("path", "a segment of the path would be empty"));
    }
    // URL parsers take such segments away, however they are encoded (WHATWG URL, "double-dot URL path segment").
    if path.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err(invalid(
            "path",
            "a segment of the path would be `.` or `..`",
        ));
    }
    if !cookies.is_empty() {
        let value = HeaderValue::from_str(&cookies.join("; "))
            .map_err(|_| invalid("cookie", "it has characters that a header cannot carry"))?;
        headers.insert(COOKIE, value);
    }
    let body = write_body(request, unknown, &mut headers)?;
    if let Some(accept) = accept(request) {
        headers.insert(ACCEPT, accept);
    }
    let target = if query.is_empty() {
        path
    } else {
        format!("{path}?{}", query.join("&"))
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
    request: &dyn Request,
    unknown: Unknown,
    headers: &mut HeaderMap,
) -> Result<Bytes, InvalidRequest> {
    let table = request.table();
    let Some(body) = &table.body else {
        return Ok(Bytes::new());
    };
    let view = match request.view(table.parameters.len()) {
        View::Optional(optional) => match optional.held() {
            Held::Value(view) => view,
            Held::Null => View::Json(&serde_json::Value::Null),
            Held::Nothing if body.field.required => View::Json(&serde_json::Value::Null),
            Held::Nothing => return Ok(Bytes::new()),
        },
        view => view,
    };
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.media.name));
    media::write(&body.media, view, unknown)
}

/// What the caller can read, in the document's order.
fn accept(request: &dyn Request) -> Option<HeaderValue> {
    let mut names: Vec<&'static str> = Vec::new();
    for media in request
        .table()
        .answers
        .iter()
        .filter_map(|answer| answer.media.as_ref())
    {
        if !names.contains(&media.name) {
            names.push(media.name);
        }
    }
    match names.as_slice() {
        [] => None,
        [one] => Some(HeaderValue::from_static(one)),
        several => HeaderValue::from_str(&several.join(", ")).ok(),
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
        View::Union(union) => has_unknown(union.active().1),
        _ => false,
    }
}
