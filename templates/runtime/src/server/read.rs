//! Reads a request into its struct, and collects everything that is wrong with it.

use super::super::json::{self, ReadOptions, Unknown};
use super::super::media;
use super::super::operation::{Codec, Location, Media, Parameter, Request};
use super::super::shape::{Slot, View};
use super::super::style::{self, Manner, Raw, decoded_pairs};
use super::super::table::Field;
use super::super::validate::validate_as;
use super::endpoint::Incoming;
use super::rejection::{Fault, Rejection};
use http::StatusCode;
use http::header::{CONTENT_TYPE, COOKIE};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// A server takes what the document says and nothing else.
const STRICT: ReadOptions = ReadOptions {
    depth: json::DEPTH,
    defaults: true,
    closed: true,
    unknown: Unknown::Reject,
};

type Pairs<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// Fills a request from what came, checks its constraints, or says all that is wrong with it.
pub(crate) fn read(incoming: &Incoming, request: &mut dyn Request) -> Result<(), Rejection> {
    let table = request.table();
    let query = decoded_pairs(incoming.parts.uri.query().unwrap_or_default());
    let cookies = cookies(incoming);
    let mut faults = Vec::new();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let read = parameter_into(
            incoming,
            parameter,
            table.parameters,
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
                    &parameter.field,
                    request.view(part),
                    &mut faults,
                );
            }
        }
    }
    if table.body.is_some() {
        body(incoming, request, &mut faults)?;
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(Rejection::faults_found(faults))
    }
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
    all: &'static [Parameter],
    (query, cookies): (&Pairs<'_>, &Pairs<'_>),
    slot: Slot<'_>,
) -> Result<bool, Fault> {
    let field = &parameter.field;
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
        Location::Query | Location::Cookie => None,
    };
    let pairs = if parameter.location == Location::Cookie {
        cookies
    } else {
        query
    };
    let raw = Raw {
        pairs,
        text,
        repeated,
    };
    style::read(&Manner::of(parameter, all), &raw, slot, &STRICT).map_err(|fault| {
        let (inside, message) = match fault {
            style::Fault::Repeated => (String::new(), "stands there more than once".to_owned()),
            style::Fault::Misfit(misfit) => (misfit.place, misfit.expected.to_string()),
        };
        Fault {
            location: parameter.location.as_str(),
            place: format!("{}{inside}", field.name),
            message,
        }
    })
}

/// A parameter that the request does not have: its default, nothing, or a fault.
fn absent(parameter: &Parameter, request: &mut dyn Request, part: usize, faults: &mut Vec<Fault>) {
    let field = &parameter.field;
    if let Some(default) = field.default
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

fn check(location: &'static str, field: &Field, view: View<'_>, faults: &mut Vec<Fault>) {
    let Err(violations) = validate_as(view, field.marks) else {
        return;
    };
    let prefix = if location == "body" { "" } else { field.name };
    faults.extend(violations.0.into_iter().map(|violation| Fault {
        location,
        place: format!("{prefix}{}", violation.pointer),
        message: format!("expected {}", violation.demanded),
    }));
}

fn body(
    incoming: &Incoming,
    request: &mut dyn Request,
    faults: &mut Vec<Fault>,
) -> Result<(), Rejection> {
    let table = request.table();
    let (Some(body), part) = (&table.body, table.parameters.len()) else {
        return Ok(());
    };
    let is_empty_text =
        body.media.codec != Codec::Json && incoming.parts.headers.contains_key(CONTENT_TYPE);
    if incoming.body.is_empty() && !is_empty_text {
        if body.field.required {
            let message = "is required".to_owned();
            faults.push(Fault {
                location: "body",
                place: String::new(),
                message,
            });
        } else if let Slot::Optional(optional) = request.slot(part) {
            optional.clear();
        }
        return Ok(());
    }
    if !accepts(&body.media, incoming) {
        let message = format!("the body has to be `{}`", body.media.name);
        return Err(Rejection::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, message));
    }
    match media::read(&body.media, &incoming.body, request.slot(part), &STRICT) {
        Ok(()) => check("body", &body.field, request.view(part), faults),
        Err(malformed) => faults.push(Fault {
            location: "body",
            place: malformed.pointer.clone(),
            message: format!("expected {}", malformed.expected),
        }),
    }
    Ok(())
}

/// Whether the body is of the documented media type; a body without one is taken for it (RFC 9110, section 8.3).
fn accepts(media: &Media, incoming: &Incoming) -> bool {
    let Some(value) = incoming.parts.headers.get(CONTENT_TYPE) else {
        return true;
    };
    let value = value.to_str().unwrap_or_default();
    let essence = |value: &str| {
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    };
    let (came, documented) = (essence(value), essence(media.name));
    came == documented
        || media.codec == Codec::Json && (came == "application/json" || came.ends_with("+json"))
        || documented == "*/*"
        || documented
            .strip_suffix("/*")
            .is_some_and(|kind| came.split('/').next() == Some(kind))
}
