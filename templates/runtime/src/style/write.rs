//! Values to text, as a client writes them.

use super::super::error::InvalidRequest;
use super::super::json;
use super::super::operation::{Location, Parameter, Style};
use super::super::shape::{Held, View};
use super::{Flat, UNRESERVED};
use percent_encoding::{AsciiSet, utf8_percent_encode};

/// So do the reserved ones where the document allows it.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A path ends where these begin, whatever the document allows.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.add(b'/').add(b'?').add(b'#');

/// A text for its place: as it stands in headers, else percent-encoded. Where reserved characters are allowed, so are
/// characters that are encoded already (RFC 6570, section 3.2.3): `&`, `=` and the like that are data are the caller's to encode.
fn encoded(parameter: &Parameter, text: &str) -> String {
    if is_verbatim(parameter) {
        return text.to_owned();
    }
    if !parameter.allow_reserved() {
        return utf8_percent_encode(text, UNRESERVED).to_string();
    }
    let set = if parameter.location == Location::Path {
        RESERVED_IN_PATH
    } else {
        RESERVED
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], set));
        let is_triple = rest
            .as_bytes()
            .get(at + 1..at + 3)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_triple { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    out.extend(utf8_percent_encode(rest, set));
    out
}

fn is_verbatim(parameter: &Parameter) -> bool {
    parameter.location == Location::Header || parameter.style() == Style::Cookie
}

/// An item must not hold what stands between items, where that is not encoded away: the reader could not tell them apart.
fn check_delimiters(parameter: &Parameter, value: &Flat) -> Result<(), &'static str> {
    let (style, explode) = (parameter.style(), parameter.explode());
    let ends: &[char] = match (style, explode) {
        (Style::SpaceDelimited, false) => &[' '],
        (Style::PipeDelimited, false) => &['|'],
        (Style::Label, true) => &['.', '='],
        (_, false) if parameter.allow_reserved() => &[','],
        _ => return Ok(()),
    };
    let ends: &[char] = match value {
        // The members of an exploded label are split at dots alone.
        Flat::List(_) if style == Style::Label => &['.'],
        _ => ends,
    };
    let fits = |text: &String| !text.contains(ends);
    let all = match value {
        Flat::Nothing | Flat::One(_) => true,
        Flat::List(items) => items.iter().all(fits),
        Flat::Pairs(pairs) => pairs.iter().all(|(key, value)| fits(key) && fits(value)),
    };
    if all {
        Ok(())
    } else {
        Err("an item holds the character that its style puts between items")
    }
}

fn flat(view: View<'_>) -> Result<Flat, &'static str> {
    Ok(match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => flat(inner)?,
            Held::Nothing | Held::Null => Flat::Nothing,
        },
        View::Union(union) => flat(union.active().1)?,
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            Flat::List(items.map(one).collect::<Result<_, _>>()?)
        }
        View::Object(object) => {
            let mut pairs = Vec::new();
            for (position, field) in object.table().fields.iter().enumerate() {
                match flat(object.view(position))? {
                    Flat::Nothing => {}
                    Flat::One(text) => pairs.push((field.name.to_owned(), text)),
                    Flat::List(_) | Flat::Pairs(_) => return Err(NESTED),
                }
            }
            Flat::Pairs(pairs)
        }
        View::Map(map) => {
            let mut pairs = Ok(Vec::new());
            map.visit(&mut |key, view| {
                match (one(view), &mut pairs) {
                    (Ok(text), Ok(pairs)) => pairs.push((key.to_owned(), text)),
                    (Err(reason), _) => pairs = Err(reason),
                    _ => {}
                }
                pairs.is_ok()
            });
            Flat::Pairs(pairs?)
        }
        View::Json(serde_json::Value::Null) => Flat::Nothing,
        View::Json(serde_json::Value::Array(items)) => Flat::List(
            items
                .iter()
                .map(|item| one(View::Json(item)))
                .collect::<Result<_, _>>()?,
        ),
        View::Json(serde_json::Value::Object(members)) => {
            let pair = |(key, value): (&String, _)| Ok((key.clone(), one(View::Json(value))?));
            Flat::Pairs(
                members
                    .iter()
                    .map(pair)
                    .collect::<Result<_, &'static str>>()?,
            )
        }
        View::String(text) => Flat::One(text.to_owned()),
        View::Text(text) => {
            let mut out = String::new();
            text.write(&mut out);
            Flat::One(out)
        }
        View::Json(serde_json::Value::String(text)) => Flat::One(text.clone()),
        View::Bool(_)
        | View::Integer(_)
        | View::I64(_)
        | View::F32(_)
        | View::F64(_)
        | View::Json(_) => {
            let mut out = String::new();
            json::write_view(view, &mut out, &json::WriteOptions::default())
                .map_err(|error| error.reason)?;
            Flat::One(out)
        }
    })
}

const NESTED: &str = "its style has no form for values inside of values";

fn one(view: View<'_>) -> Result<String, &'static str> {
    match flat(view)? {
        Flat::One(text) => Ok(text),
        Flat::Nothing => Ok(String::new()),
        Flat::List(_) | Flat::Pairs(_) => Err(NESTED),
    }
}

/// How a style joins what it writes.
struct Joints {
    /// Before everything.
    prefix: &'static str,
    /// Between items, or between pairs.
    between: &'static str,
    /// Between the key and the value of a pair.
    inside: &'static str,
    /// The parameter's name stands before the value.
    named: bool,
    /// The name stands before every item again.
    repeated: bool,
}

fn joints(style: Style, explode: bool) -> Joints {
    let joints = |prefix, between, inside, named| Joints {
        prefix,
        between,
        inside,
        named,
        repeated: named && explode,
    };
    match (style, explode) {
        (Style::Matrix, false) => joints(";", ",", ",", true),
        (Style::Matrix, true) => joints(";", ";", "=", true),
        (Style::Label, false) => joints(".", ",", ",", false),
        (Style::Label, true) => joints(".", ".", "=", false),
        (Style::Simple, false) => joints("", ",", ",", false),
        (Style::Simple, true) => joints("", ",", "=", false),
        (Style::Form, false) => joints("", ",", ",", true),
        (Style::SpaceDelimited, false) => joints("", "%20", "%20", true),
        (Style::PipeDelimited, false) => joints("", "%7C", "%7C", true),
        // With `explode`, the delimited styles mean what most documents mean by them: a name for every item.
        (Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject, _) => {
            joints("", "&", "=", true)
        }
        (Style::Cookie, false) => joints("", ",", ",", true),
        (Style::Cookie, true) => joints("", "; ", "=", true),
    }
}

/// Writes a parameter: the text for its path expression, its part of the query, its header value, or its cookie pairs.
/// `None` where there is nothing to write.
pub(crate) fn write(
    parameter: &Parameter,
    view: View<'_>,
) -> Result<Option<String>, InvalidRequest> {
    let name = parameter.field.name;
    let fault = |reason| InvalidRequest {
        place: name.to_owned(),
        reason,
    };
    let (style, explode) = (parameter.style(), parameter.explode());
    let encode = |text: &str| encoded(parameter, text);
    let value = flat(view).map_err(fault)?;
    check_delimiters(parameter, &value).map_err(fault)?;
    if is_verbatim(parameter) {
        check_verbatim(parameter.location, &value).map_err(fault)?;
    }
    let mut joints = joints(style, explode);
    if style == Style::Form && explode && parameter.location == Location::Cookie {
        joints.between = "; ";
    }
    let named = |value: String| {
        let key = encode(name);
        match style {
            // RFC 6570, section 3.2.7: an empty value has no equals sign in a path.
            Style::Matrix if value.is_empty() => key,
            _ if joints.named => format!("{key}={value}"),
            _ => value,
        }
    };
    let body = match value {
        Flat::Nothing => return Ok(None),
        Flat::List(items) if items.is_empty() => return Ok(None),
        Flat::Pairs(pairs) if pairs.is_empty() => return Ok(None),
        Flat::One(text) => named(encode(&text)),
        Flat::List(items) if joints.repeated => {
            let items: Vec<String> = items.iter().map(|item| named(encode(item))).collect();
            items.join(joints.between)
        }
        Flat::List(items) => {
            let items: Vec<String> = items.iter().map(|item| encode(item)).collect();
            named(items.join(joints.between))
        }
        Flat::Pairs(pairs) if style == Style::DeepObject => {
            let pair = |(key, value): &(String, String)| {
                format!("{}%5B{}%5D={}", encode(name), encode(key), encode(value))
            };
            pairs.iter().map(pair).collect::<Vec<_>>().join("&")
        }
        Flat::Pairs(pairs) => {
            let pair = |(key, value): &(String, String)| {
                format!("{}{}{}", encode(key), joints.inside, encode(value))
            };
            let joined = pairs
                .iter()
                .map(pair)
                .collect::<Vec<_>>()
                .join(joints.between);
            if joints.repeated || !joints.named {
                joined
            } else {
                named(joined)
            }
        }
    };
    if parameter.location == Location::Path && body.is_empty() {
        return Err(fault("it is empty, and a path cannot hold that"));
    }
    Ok(Some(format!("{}{body}", joints.prefix)))
}

/// What is written as it stands must not hold what ends it.
fn check_verbatim(location: Location, value: &Flat) -> Result<(), &'static str> {
    let header = location == Location::Header;
    let fits = |text: &str, in_list: bool| {
        let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let ends = if header {
            in_list && text.contains([',', '='])
        } else {
            text.contains([';', ',', '='])
        };
        plain && !ends && text.trim() == text && !(in_list && text.is_empty())
    };
    let all = match value {
        Flat::Nothing => true,
        Flat::One(text) => fits(text, false),
        Flat::List(items) => items.iter().all(|item| fits(item, true)),
        Flat::Pairs(pairs) => pairs
            .iter()
            .all(|(key, value)| fits(key, true) && fits(value, true)),
    };
    if all {
        Ok(())
    } else {
        Err("it has characters that its place cannot carry")
    }
}
