//! Reads a request into its struct, and collects everything that is wrong with it.

use super::super::accept;
use super::super::body::CollectError;
use super::super::json::{self, ReadOptions, Unknown};
use super::super::media;
use super::super::media_type;
use super::super::multipart;
use super::super::operation::{
    BodyTable, Codec, Location, Media, OperationTable, Parameter, Request, Response, StatusKey,
};
use super::super::shape::{Slot, View};
use super::super::style::{self, Manner, Node, Raw, decoded_pairs};
use super::super::table::Mark;
use super::super::validate::validate_as;
use super::endpoint::Incoming;
use super::negotiate;
use super::rejection::{Fault, Rejection};
use http::StatusCode;
use http::header::{CONTENT_TYPE, COOKIE, HeaderValue};
use http_body::Body as _;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// A server takes what the document says and nothing else.
const STRICT: ReadOptions = ReadOptions {
    depth: json::DEPTH,
    defaults: true,
    as_read: false,
    closed: true,
    unknown: Unknown::Reject,
    ambiguous: false,
};

type Pairs<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// Fills a request from what came, checks its constraints, or says all that is wrong with it.
pub(crate) async fn read(incoming: Incoming, request: &mut dyn Request) -> Result<(), Rejection> {
    let mut faults = parameters(&incoming, request);
    let sound = faults.is_empty();
    let mut readable = false;
    if request.table().body.is_some() {
        readable = body(incoming, request, &mut faults).await?;
    }
    if faults.is_empty() {
        Ok(())
    } else {
        let unprocessable = sound && readable && is_documented(request.table(), "422");
        let status = if unprocessable {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::BAD_REQUEST
        };
        Err(Rejection::faults_found(status, faults))
    }
}

/// A body that can be read but breaks a constraint is 422 where the document knows that status (RFC 9110, section
/// 15.5.21); anything else is 400.
fn is_documented(table: &OperationTable, status: &str) -> bool {
    let status = StatusKey::of(status);
    table.answers.iter().any(|answer| answer.status == status)
}

fn parameters(incoming: &Incoming, request: &mut dyn Request) -> Vec<Fault> {
    let table = request.table();
    let query = decoded_pairs(incoming.parts.uri.query().unwrap_or_default());
    let cookies = cookies(incoming);
    let mut faults = Vec::new();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let read = parameter_into(
            incoming,
            parameter,
            table,
            (&query, &cookies),
            request.slot(part),
        );
        match read {
            Err(fault) => faults.push(fault),
            Ok(present) => {
                if !present {
                    absent(parameter, request, part, &mut faults);
                }
                check(
                    parameter.location.as_str(),
                    (parameter.field.name, parameter.field.marks),
                    request.view(part),
                    &mut faults,
                );
            }
        }
    }
    faults
}

fn cookies(incoming: &Incoming) -> Pairs<'_> {
    let values = incoming
        .parts
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| {
            (
                percent_decode_str(key.trim()).decode_utf8_lossy(),
                value.trim(),
            )
        })
        .collect()
}

fn parameter_into(
    incoming: &Incoming,
    parameter: &Parameter,
    table: &'static OperationTable,
    (query, cookies): (&Pairs<'_>, &Pairs<'_>),
    slot: Slot<'_>,
) -> Result<bool, Fault> {
    let field = &parameter.field;
    if accept::is_accept(parameter) {
        return Ok(wanted(incoming, table, slot));
    }
    let manner = Manner::of(parameter, table.parameters);
    let joined;
    let mut repeated = false;
    let text = match parameter.location {
        Location::Path => incoming
            .path
            .iter()
            .find(|(name, _)| *name == field.name)
            .map(|(_, text)| text.as_str()),
        Location::Header => {
            // Several fields of one name are one list (RFC 9110, section 5.3).
            let values = incoming.parts.headers.get_all(field.name).iter();
            let values: Result<Vec<&str>, _> = values.map(|value| value.to_str()).collect();
            let Ok(values) = values else {
                let message = "expected visible characters of ASCII".to_owned();
                return Err(Fault {
                    location: "header",
                    place: field.name.to_owned(),
                    message,
                });
            };
            repeated = values.len() > 1;
            joined = values.join(",");
            (!values.is_empty()).then_some(joined.as_str())
        }
        Location::Query if manner.whole => Some(incoming.parts.uri.query().unwrap_or_default()),
        Location::Query | Location::Cookie => None,
    };
    let pairs: &[(Cow<'_, str>, &str)] = match parameter.location {
        Location::Cookie => cookies,
        Location::Query if !manner.whole => query,
        _ => &[],
    };
    let raw = Raw {
        pairs,
        text,
        repeated,
    };
    style::read(&manner, &raw, slot, &STRICT).map_err(|fault| {
        let (inside, message) = match fault {
            style::Fault::Repeated => (String::new(), "stands there more than once".to_owned()),
            style::Fault::Misfit(misfit) => (misfit.place, misfit.expected.to_string()),
            style::Fault::Malformed(pointer, expected) => (pointer, format!("expected {expected}")),
        };
        Fault {
            location: parameter.location.as_str(),
            place: format!("{}{inside}", field.name),
            message,
        }
    })
}

/// The media types that the caller wants, where it wants some more than others.
fn wanted(incoming: &Incoming, table: &'static OperationTable, slot: Slot<'_>) -> bool {
    let header = negotiate::accept(&incoming.parts.headers);
    let header = header.as_ref().and_then(|header| header.to_str().ok());
    let Some(wanted) = header.and_then(|header| accept::wanted(table, header)) else {
        return false;
    };
    let node = Node::list(wanted.into_iter().map(Cow::Borrowed));
    // What the table has, the type has.
    style::fill(slot, &node, &STRICT).is_ok()
}

/// A parameter that the request does not have: its default, nothing, or a fault.
fn absent(parameter: &Parameter, request: &mut dyn Request, part: usize, faults: &mut Vec<Fault>) {
    let field = &parameter.field;
    if let Some(default) = field.default()
        && json::default_into(default, request.slot(part), json::DEPTH)
    {
        return;
    }
    if let Slot::Optional(optional) = request.slot(part) {
        optional.clear();
        if !field.required || field.nullable {
            return;
        }
    }
    // Nothing is written of null, of a list without items, and of an object without members (RFC 6570, section 2.3).
    let traceless = matches!(parameter.location, Location::Query | Location::Path)
        && style::nothing(request.slot(part));
    if field.required && !traceless {
        faults.push(Fault {
            location: parameter.location.as_str(),
            place: field.name.to_owned(),
            message: "is required".to_owned(),
        });
    }
}

fn check(
    location: &'static str,
    (name, marks): (&str, &[Mark]),
    view: View<'_>,
    faults: &mut Vec<Fault>,
) {
    let Err(violations) = validate_as(view, marks) else {
        return;
    };
    faults.extend(violations.0.into_iter().map(|violation| Fault {
        location,
        place: format!("{name}{}", violation.pointer),
        message: format!("expected {}", violation.demanded),
    }));
}

/// Reads the body; whether it could be read, though it may break a constraint.
async fn body(
    incoming: Incoming,
    request: &mut dyn Request,
    faults: &mut Vec<Fault>,
) -> Result<bool, Rejection> {
    let table = request.table();
    let (Some(body), part) = (&table.body, table.parameters.len()) else {
        return Ok(false);
    };
    let came = incoming.parts.headers.get(CONTENT_TYPE).cloned();
    if came.is_none() && incoming.body.is_end_stream() {
        absent_body(body, request, faults);
        return Ok(false);
    }
    let media = media_of(body, came.as_ref())?;
    let Some((position, media)) = media else {
        let names: Vec<&[&str]> = body.media.iter().map(|media| media.names).collect();
        let message = format!("the body has to be `{}`", names.concat().join("` or `"));
        return Err(Rejection::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    };
    if media.codec.is_streamed() {
        let stream = match came {
            Some(media_type) => incoming.body.with_media_type(media_type),
            None => incoming.body,
        };
        let stream = match media.codec {
            Codec::Bytes => stream,
            _ => stream.strictly(),
        };
        if let Some(slot) = place(request, position) {
            media::receive(media, stream, slot);
        }
        return Ok(false);
    }
    let (limits, mut readable) = (incoming.limits, false);
    let options = ReadOptions {
        depth: limits.depth,
        ..STRICT
    };
    let named = came.as_ref().and_then(|came| came.to_str().ok());
    let read = if media.codec == Codec::Multipart {
        let named = named.unwrap_or_default();
        let held = multipart::Held::all(limits.body_bytes);
        let Some(wanted) = place(request, position).map(multipart::Wanted::of) else {
            return Ok(false);
        };
        let work = multipart::Collected::of(named, incoming.body, &wanted, held);
        match limits.timed(work).await? {
            Ok(parts) => {
                let Some(slot) = place(request, position) else {
                    return Ok(false);
                };
                let read = parts.read(media.encoding, slot, &options);
                read.map_err(|malformed| *malformed)
            }
            Err(multipart::Fault::Malformed(malformed)) => Err(*malformed),
            Err(multipart::Fault::TooLarge) => return Err(limits.refused(CollectError::TooLarge)),
            Err(multipart::Fault::Broken(error)) => {
                return Err(limits.refused(CollectError::Broken(error)));
            }
        }
    } else {
        let bytes = limits.collect(incoming.body).await?;
        if bytes.is_empty() && (came.is_none() || media.codec == Codec::Json) {
            absent_body(body, request, faults);
            return Ok(false);
        }
        let Some(slot) = place(request, position) else {
            return Ok(false);
        };
        media::read(media, named, &bytes, slot, &options)
    };
    match read {
        Ok(()) => {
            readable = true;
            let view = match request.chosen() {
                Some(choice) => choice.active().map(|(_, view)| view),
                None => None,
            };
            let view = view.unwrap_or_else(|| request.view(part));
            check("body", ("", media.marks), view, faults);
        }
        Err(malformed) => faults.push(Fault {
            location: "body",
            place: malformed.pointer.clone(),
            message: format!("expected {}", malformed.expected),
        }),
    }
    Ok(readable)
}

/// The place of the body, made one of its media type.
fn place(request: &mut dyn Request, media: usize) -> Option<Slot<'_>> {
    if request.chosen().is_some() {
        request.choice().map(|choice| choice.select(media))
    } else {
        Some(request.slot(request.table().parameters.len()))
    }
}

fn absent_body(body: &BodyTable, request: &mut dyn Request, faults: &mut Vec<Fault>) {
    if body.field.required {
        faults.push(Fault {
            location: "body",
            place: String::new(),
            message: "is required".to_owned(),
        });
    } else if let Some(choice) = request.choice() {
        choice.clear();
    } else if let Slot::Optional(optional) = request.slot(request.table().parameters.len()) {
        optional.clear();
    }
}

/// Whether an answer keeps the document's constraints; the error says which it breaks, and no value.
pub(super) fn checked(response: &dyn Response) -> Result<(), String> {
    let views = response.views();
    let mut faults = Vec::new();
    if let Some(body) = views.body {
        check("body", ("", &[]), body, &mut faults);
    }
    if let Some(headers) = views.headers {
        for (position, field) in headers.table().fields.iter().enumerate() {
            let view = headers.view(position);
            check("header", (field.name, field.marks), view, &mut faults);
        }
    }
    match faults.first() {
        None => Ok(()),
        Some(fault) => Err(format!(
            "the answer is not what the document describes: {} {}: {}",
            fault.location, fault.place, fault.message
        )),
    }
}

type Found = Option<(usize, &'static Media)>;

/// The documented media type of a body; one that does not say is taken for the first (RFC 9110, section 8.3).
fn media_of(body: &'static BodyTable, came: Option<&HeaderValue>) -> Result<Found, Rejection> {
    let Some(came) = came else {
        return Ok(body.media.first().map(|media| (0, media)));
    };
    let malformed = |_| {
        Rejection::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the media type is not ASCII",
        )
    };
    let came = came.to_str().map_err(malformed)?;
    let position = media_type::best(body.media.iter().map(|media| media.names), came);
    Ok(position.and_then(|position| Some((position, body.media.get(position)?))))
}
