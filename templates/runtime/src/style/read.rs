//! Text to values, as a server reads them.

use super::super::json;
use super::super::operation::{Location, Parameter, Style};
use super::super::shape::{Expected, Object, Slot};
use super::super::table::Field;
use super::scalar::scalar;
use super::{Flat, UNRESERVED};
use percent_encoding::{percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// What a request has of a parameter: texts as they came, not decoded.
pub(crate) struct Raw<'a> {
    /// The pairs of the query or of the cookies; empty for the rest.
    pub(crate) pairs: &'a [(Cow<'a, str>, &'a str)],
    /// The text of the path expression, or the header's value.
    pub(crate) text: Option<&'a str>,
    /// There are several header fields of the name.
    pub(crate) repeated: bool,
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
    let own = raw
        .pairs
        .iter()
        .filter(|(key, _)| key == parameter.field.name)
        .map(|(_, value)| *value);
    let is_utf8 =
        |text: &str| !text.contains('%') || percent_decode_str(text).decode_utf8().is_ok();
    if !own.chain(raw.text).all(is_utf8) {
        return Err(Fault::Expected(String::new(), Expected("UTF-8")));
    }
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
    Pairs(Option<&'static [Field]>),
}

impl PartialEq for Field {
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
    if kind == Kind::One && raw.repeated {
        return Err(Fault::Repeated);
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
        let marked = match style {
            Style::SpaceDelimited => text.replace("%20", " ").replace('+', " "),
            Style::PipeDelimited => text.replace("%7C", "|").replace("%7c", "|"),
            _ => text.to_owned(),
        };
        let between = match style {
            Style::SpaceDelimited => ' ',
            Style::PipeDelimited => '|',
            _ => ',',
        };
        marked.split(between).map(decode).collect()
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
