//! Documented header fields, of answers and of parts, between a struct and HTTP's own (OpenAPI 3.2, Header Object).

use super::content;
use super::error::InvalidRequest;
use super::json::{self, Malformed, ReadOptions, Unknown};
use super::operation::{Location, Parameter};
use super::shape::{Object, Slot, View};
use super::style::{self, Manner, Node, Raw};
use http::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

/// Reads the documented header fields.
pub(crate) fn read(headers: &HeaderMap, object: &mut dyn Object) -> Result<(), Malformed> {
    for (position, field) in object.table().fields.iter().enumerate() {
        let malformed = |expected: String| Malformed {
            pointer: format!("header {}", field.name),
            ..Malformed::new(0, expected, "something else".into())
        };
        let parameter = Parameter {
            location: Location::Header,
            field: *field,
        };
        let manner = Manner::of(&parameter, &[]);
        let values: Result<Vec<&str>, _> = headers
            .get_all(field.name)
            .iter()
            .map(|value| value.to_str())
            .collect();
        let values = values.map_err(|_| malformed("visible characters of ASCII".to_owned()))?;
        if values.is_empty() {
            if let Some(default) = field.default()
                && json::default_into(default, object.slot(position), json::DEPTH)
            {
                continue;
            }
            match object.slot(position) {
                Slot::Optional(optional) if !field.required => optional.clear(),
                _ => return Err(malformed("the header field".to_owned())),
            }
            continue;
        }
        // Several fields of one name are one list (RFC 9110, section 5.3), but for cookies.
        let joined = values.join(",");
        let slot = match object.slot(position) {
            Slot::Optional(optional) => optional.fill(),
            slot => slot,
        };
        let read = match slot {
            slot @ (Slot::Object(_) | Slot::Map(_))
                if field.name.eq_ignore_ascii_case(SET_COOKIE.as_str()) =>
            {
                // A cookie is a member.
                let pairs = values.iter().filter_map(|value| value.split_once('='));
                let pairs = pairs.map(|(key, value)| (key.trim().into(), value.into()));
                style::fill(slot, &Node::pairs(pairs), &ReadOptions::default())
                    .map_err(|misfit| misfit.expected.to_string())
            }
            Slot::List(list) if field.name.eq_ignore_ascii_case(SET_COOKIE.as_str()) => {
                list.clear();
                values.iter().try_for_each(|value| {
                    style::scalar(list.push(), value, Unknown::Keep)
                        .map_err(|expected| expected.to_string())
                })
            }
            slot => {
                let raw = Raw {
                    pairs: &[],
                    text: Some(&joined),
                    repeated: values.len() > 1,
                };
                style::read(&manner, &raw, slot, &ReadOptions::default())
                    .map(|_| ())
                    .map_err(|fault| match fault {
                        style::Fault::Repeated => "one header field".to_owned(),
                        style::Fault::Misfit(misfit) => misfit.expected.to_string(),
                        style::Fault::Malformed(_, expected) => expected,
                    })
            }
        };
        read.map_err(malformed)?;
    }
    Ok(())
}

/// Writes the documented header fields.
pub(crate) fn write(object: &dyn Object, headers: &mut HeaderMap) -> Result<(), InvalidRequest> {
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
        match content::held(object.view(position)) {
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
