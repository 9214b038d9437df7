//! Parameters between values and text: one table of styles (OpenAPI 3.2, section "Style Values"; RFC 6570, section 3.2).

use super::error::InvalidRequest;
use super::json;
use super::operation::{Location, Parameter, Style};
use super::shape::{Expected, Held, Object, Slot, View};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// RFC 3986's unreserved characters stand as they are.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// So do the reserved ones where the document allows it, but for those that end a part of a URL or join pairs.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';');

/// A value as the styles see it.
enum Flat {
    Nothing,
    One(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
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
    let verbatim = parameter.location == Location::Header || style == Style::Cookie;
    let set = if parameter.allow_reserved() {
        RESERVED
    } else {
        UNRESERVED
    };
    let encode = |text: &str| -> String {
        if verbatim {
            text.to_owned()
        } else {
            utf8_percent_encode(text, set).to_string()
        }
    };
    let value = flat(view).map_err(fault)?;
    if verbatim {
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

/// What a request has of a parameter: texts as they came, not decoded.
pub(crate) struct Raw<'a> {
    /// The pairs of the query or of the cookies; empty for the rest.
    pub(crate) pairs: &'a [(Cow<'a, str>, &'a str)],
    /// The text of the path expression, or the header's value.
    pub(crate) text: Option<&'a str>,
    /// Names of other parameters in the same place, which an exploded object does not take.
    pub(crate) others: &'a [&'static str],
}

/// Why a parameter could not be read.
pub(crate) enum Fault {
    /// It stands there more than once.
    Repeated,
    /// A part of it is not what its place holds.
    Expected(String, Expected),
}

/// Reads a parameter into its place; `false` where the request has none.
pub(crate) fn read(parameter: &Parameter, raw: &Raw<'_>, slot: Slot<'_>) -> Result<bool, Fault> {
    let Some(value) = collected(parameter, raw, kind(&slot))? else {
        return Ok(false);
    };
    fill(slot, &value).map_err(|(place, expected)| Fault::Expected(place, expected))?;
    Ok(true)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    One,
    List,
    /// The names of the members, or any.
    Pairs(Option<&'static [super::table::Field]>),
}

impl PartialEq for super::table::Field {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

fn kind(slot: &Slot<'_>) -> Kind {
    match slot {
        Slot::List(_) => Kind::List,
        Slot::Object(object) => Kind::Pairs(Some(object.table().fields)),
        Slot::Map(_) => Kind::Pairs(None),
        _ => Kind::One,
    }
}

fn decoded<'a>(parameter: &Parameter, text: &'a str) -> Cow<'a, str> {
    let plain = parameter.location == Location::Header || parameter.style() == Style::Cookie;
    if plain {
        return Cow::Borrowed(text);
    }
    // Form-encoded queries write a space as `+`; other places do not.
    let text = match parameter.location {
        Location::Query if text.contains('+') => Cow::Owned(text.replace('+', " ")),
        _ => Cow::Borrowed(text),
    };
    Cow::Owned(percent_decode_str(&text).decode_utf8_lossy().into_owned())
}

fn collected(parameter: &Parameter, raw: &Raw<'_>, kind: Kind) -> Result<Option<Flat>, Fault> {
    let (style, explode) = (parameter.style(), parameter.explode());
    let decode = |text: &str| decoded(parameter, text).into_owned();
    if matches!(parameter.location, Location::Query | Location::Cookie) {
        return from_pairs(parameter, raw, kind, style, explode);
    }
    let Some(text) = raw.text else {
        return Ok(None);
    };
    let name = parameter.field.name;
    let text = match style {
        Style::Label => text.strip_prefix('.').unwrap_or(text),
        Style::Matrix => text.strip_prefix(';').unwrap_or(text),
        _ => text,
    };
    let unnamed = |text: &str| -> String {
        let encoded = utf8_percent_encode(name, UNRESERVED).to_string();
        let rest = text.strip_prefix(&encoded).unwrap_or(text);
        rest.strip_prefix('=').unwrap_or(rest).to_owned()
    };
    let separator = match (style, explode) {
        (Style::Label, true) => '.',
        (Style::Matrix, true) => ';',
        _ => ',',
    };
    let trimmed = |text: &str| {
        if parameter.location == Location::Header {
            text.trim().to_owned()
        } else {
            text.to_owned()
        }
    };
    Ok(Some(match kind {
        Kind::One => {
            let text = if style == Style::Matrix {
                unnamed(text)
            } else {
                text.to_owned()
            };
            Flat::One(decode(&text))
        }
        Kind::List if style == Style::Matrix && explode => {
            Flat::List(text.split(';').map(|item| decode(&unnamed(item))).collect())
        }
        Kind::List => {
            let text = if style == Style::Matrix {
                unnamed(text)
            } else {
                text.to_owned()
            };
            Flat::List(
                text.split(separator)
                    .map(|item| decode(&trimmed(item)))
                    .collect(),
            )
        }
        Kind::Pairs(_) if explode => {
            let pair = |item: &str| {
                let item = trimmed(item);
                let (key, value) = item.split_once('=').unwrap_or((&item, ""));
                (decode(key), decode(value))
            };
            Flat::Pairs(text.split(separator).map(pair).collect())
        }
        Kind::Pairs(_) => {
            let text = if style == Style::Matrix {
                unnamed(text)
            } else {
                text.to_owned()
            };
            let parts: Vec<String> = text.split(',').map(|item| decode(&trimmed(item))).collect();
            Flat::Pairs(in_twos(parts))
        }
    }))
}

fn in_twos(parts: Vec<String>) -> Vec<(String, String)> {
    let mut parts = parts.into_iter();
    let mut pairs = Vec::new();
    while let (Some(key), Some(value)) = (parts.next(), parts.next()) {
        pairs.push((key, value));
    }
    pairs
}

fn from_pairs(
    parameter: &Parameter,
    raw: &Raw<'_>,
    kind: Kind,
    style: Style,
    explode: bool,
) -> Result<Option<Flat>, Fault> {
    let name = parameter.field.name;
    let decode = |text: &str| decoded(parameter, text).into_owned();
    let own: Vec<&str> = raw
        .pairs
        .iter()
        .filter(|(key, _)| key == name)
        .map(|(_, value)| *value)
        .collect();
    if let (Kind::Pairs(fields), true) = (kind, explode || style == Style::DeepObject) {
        let key_of = |key: &str| -> Option<String> {
            if style == Style::DeepObject {
                return key
                    .strip_prefix(name)?
                    .strip_prefix('[')?
                    .strip_suffix(']')
                    .map(str::to_owned);
            }
            let mine = match fields {
                Some(fields) => fields.iter().any(|field| field.name == key),
                None => !raw.others.contains(&key),
            };
            mine.then(|| key.to_owned())
        };
        let pairs = raw
            .pairs
            .iter()
            .filter_map(|(key, value)| Some((key_of(key)?, decode(value))));
        let pairs: Vec<_> = pairs.collect();
        return Ok((!pairs.is_empty()).then_some(Flat::Pairs(pairs)));
    }
    if own.is_empty() {
        return Ok(None);
    }
    let split = |text: &str| -> Vec<String> {
        let text = match style {
            Style::SpaceDelimited => text.replace("%20", ",").replace('+', ","),
            Style::PipeDelimited => text
                .replace("%7C", ",")
                .replace("%7c", ",")
                .replace('|', ","),
            _ => text.to_owned(),
        };
        text.split(',').map(&decode).collect()
    };
    match kind {
        Kind::List if explode => {
            return Ok(Some(Flat::List(own.into_iter().map(decode).collect())));
        }
        _ if own.len() > 1 => return Err(Fault::Repeated),
        _ => {}
    }
    Ok(Some(match kind {
        Kind::One => Flat::One(decode(own[0])),
        Kind::List => Flat::List(split(own[0])),
        Kind::Pairs(_) => Flat::Pairs(in_twos(split(own[0]))),
    }))
}

type Misfit = (String, Expected);

fn fill(slot: Slot<'_>, value: &Flat) -> Result<(), Misfit> {
    let here = |expected| (String::new(), expected);
    match (slot, value) {
        (Slot::Optional(optional), value) => fill(optional.fill(), value),
        (Slot::List(list), Flat::List(items)) => {
            list.clear();
            for (index, item) in items.iter().enumerate() {
                scalar(list.push(), item).map_err(|expected| (format!("/{index}"), expected))?;
            }
            Ok(())
        }
        (Slot::Map(map), Flat::Pairs(pairs)) => {
            map.clear();
            for (key, value) in pairs {
                scalar(map.insert(key.clone()), value)
                    .map_err(|expected| (format!("/{key}"), expected))?;
            }
            Ok(())
        }
        (Slot::Object(object), Flat::Pairs(pairs)) => members(object, pairs),
        (slot, Flat::One(text)) => scalar(slot, text).map_err(here),
        (_, _) => Err(here(Expected("another kind of value"))),
    }
}

fn members(object: &mut dyn Object, pairs: &[(String, String)]) -> Result<(), Misfit> {
    for (position, field) in object.table().fields.iter().enumerate() {
        let at = |expected| (format!("/{}", field.name), expected);
        match pairs.iter().find(|(key, _)| key == field.name) {
            Some((_, text)) => scalar(object.slot(position), text).map_err(at)?,
            None if field.required => return Err(at(Expected("a value"))),
            None => match field.default {
                Some(default) => json::fill_default(object, position, default, json::DEPTH),
                None => {
                    if let Slot::Optional(place) = object.slot(position) {
                        place.clear();
                    }
                }
            },
        }
    }
    Ok(())
}

/// Reads one text, as it stands, into a place that holds one value.
pub(crate) fn fill_text(slot: Slot<'_>, text: &str) -> Result<(), Expected> {
    scalar(slot, text)
}

/// Reads one text into a place that holds one value.
fn scalar(slot: Slot<'_>, text: &str) -> Result<(), Expected> {
    match slot {
        Slot::Optional(optional) => scalar(optional.fill(), text),
        Slot::String(place) => {
            text.clone_into(place);
            Ok(())
        }
        Slot::Text(place) => place.read(text),
        Slot::Bool(place) => {
            *place = text.parse().map_err(|_| Expected("`true` or `false`"))?;
            Ok(())
        }
        Slot::I64(place) => {
            *place = integer(text)?
                .try_into()
                .map_err(|_| Expected("an integer of 64 bits"))?;
            Ok(())
        }
        Slot::Integer(place) => place.read(integer(text)?),
        Slot::F32(place) => {
            *place = finite(text)? as f32;
            Ok(())
        }
        Slot::F64(place) => {
            *place = finite(text)?;
            Ok(())
        }
        Slot::Json(place) => {
            *place = text.to_owned().into();
            Ok(())
        }
        Slot::Object(_) | Slot::List(_) | Slot::Map(_) | Slot::Union(_) => {
            Err(Expected("another kind of value"))
        }
    }
}

fn integer(text: &str) -> Result<i128, Expected> {
    json::exact_integer(text).ok_or(Expected("an integer"))
}

fn finite(text: &str) -> Result<f64, Expected> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or(Expected("a number"))
}
