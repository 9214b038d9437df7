//! Text to values: parameters as a server reads them, header fields as a client does.

use super::super::content::{self, NO_TAG};
use super::super::form;
use super::super::json::{Malformed, ReadOptions};
use super::super::operation::{Location, Parameter, Style};
use super::super::shape::Slot;
use super::super::table::Field;
use super::super::variant::{self, Choice};
use super::Manner;
use super::node::{Misfit, Node, fill};
use super::scalar::scalar;
use super::text::{decoded, is_utf8, percent_encoded};
use std::borrow::Cow;

/// What a message has of a parameter: texts as they came, not decoded.
pub struct Raw<'a> {
    /// The pairs of the query or of the cookies; empty for the rest.
    pub pairs: &'a [(Cow<'a, str>, &'a str)],
    /// The text of the path expression, or the header's value.
    pub text: Option<&'a str>,
    /// There are several header fields of the name.
    pub repeated: bool,
}

/// Why a parameter could not be read.
#[derive(Debug)]
pub enum Fault {
    /// It stands there more than once.
    Repeated,
    /// A part of it is not what its place holds.
    Misfit(Misfit),
    /// Its text is not what its media type says: where, and what was expected.
    Malformed(String, String),
}

impl From<Misfit> for Fault {
    fn from(misfit: Misfit) -> Self {
        Self::Misfit(misfit)
    }
}

/// Reads a parameter into its place; `false` where the message has none.
pub fn read(
    manner: &Manner<'_>,
    raw: &Raw<'_>,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<bool, Fault> {
    let own = raw.pairs.iter().filter(|(key, _)| key == manner.name);
    if manner.content.is_some() {
        return content_of(manner, raw, slot, options);
    }
    let verbatim = manner.is_verbatim();
    if !verbatim && !own.map(|(_, value)| *value).chain(raw.text).all(is_utf8) {
        return Err(Misfit::here("UTF-8").into());
    }
    into(manner, raw, slot, options)
}

/// The kind of the place decides how its text is taken apart.
fn into(
    manner: &Manner<'_>,
    raw: &Raw<'_>,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<bool, Fault> {
    let slot = match slot {
        Slot::Optional(optional) => return into(manner, raw, optional.fill(), options),
        Slot::Union(union) => {
            let named = node(manner, raw, Kind::Pairs(&[], true)).ok().flatten();
            let named = named.unwrap_or_default();
            let mut variants = match variant::choose(union, options.unknown, |name| named.tag(name))
            {
                Choice::Variants(variants) => variants,
                Choice::Unknown(position) => {
                    return Ok(fill(union.select(position), &named, options).map(|()| true)?);
                }
                Choice::Nothing => {
                    let tag = union.table().tag.unwrap_or_default();
                    return Err(Misfit::here(NO_TAG).within(tag).into());
                }
            };
            variant::best_first(union, &mut variants, &named.names());
            let mut first = None;
            for variant in variants {
                match into(manner, raw, union.select(variant), options) {
                    Ok(present) => return Ok(present),
                    Err(fault) => first = first.or(Some(fault)),
                }
            }
            return Err(first.unwrap_or_else(|| Misfit::here("no value").into()));
        }
        slot => slot,
    };
    let kind = kind(&slot);
    if matches!(kind, Kind::One) && manner.is_in_pairs() && !manner.allow_empty {
        return match only(manner, raw)? {
            Some(text) => Ok(scalar(slot, &manner.decoded(text), options.unknown)
                .map(|()| true)
                .map_err(Misfit::from)?),
            None => Ok(false),
        };
    }
    let Some(node) = node(manner, raw, kind)? else {
        return Ok(false);
    };
    if manner.allow_empty && node.is_blank() {
        // An empty text is no item, and stands for nothing where it is no value (`allowEmptyValue`).
        return Ok(match slot {
            Slot::List(list) => {
                list.clear();
                true
            }
            slot => fill(slot, &node, options).is_ok(),
        });
    }
    fill(slot, &node, options)?;
    Ok(true)
}

#[derive(Clone, Copy)]
enum Kind {
    One,
    List,
    /// The names of the members, or any.
    Pairs(&'static [Field], bool),
    /// Whatever is there.
    Any,
}

fn kind(slot: &Slot<'_>) -> Kind {
    match slot {
        Slot::List(_) => Kind::List,
        Slot::Object(object) => Kind::Pairs(object.table().fields, object.extra().is_some()),
        Slot::Map(_) => Kind::Pairs(&[], true),
        Slot::Json(_) | Slot::Foreign(_) => Kind::Any,
        _ => Kind::One,
    }
}

fn node<'a>(manner: &Manner<'_>, raw: &Raw<'a>, kind: Kind) -> Result<Option<Node<'a>>, Fault> {
    if manner.is_in_pairs() {
        from_pairs(manner, raw, kind)
    } else {
        from_text(manner, raw, kind)
    }
}

/// The one text under a parameter's own name.
fn only<'a>(manner: &Manner<'_>, raw: &Raw<'a>) -> Result<Option<&'a str>, Fault> {
    let mut own = raw.pairs.iter().filter(|(key, _)| key == manner.name);
    match (own.next(), own.next()) {
        (None, _) => Ok(None),
        (Some((_, text)), None) => Ok(Some(text)),
        _ => Err(Fault::Repeated),
    }
}

impl Manner<'_> {
    /// Whether it is among the pairs of the query or of the cookies.
    fn is_in_pairs(&self) -> bool {
        matches!(self.location, Location::Query | Location::Cookie)
    }

    /// A text as it was before it was written.
    fn decoded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.is_verbatim() {
            return Cow::Borrowed(text);
        }
        // Form-encoded queries write a space as `+`; other places do not, nor where `+` stands as it is.
        decoded(
            text,
            self.location == Location::Query && !self.allow_reserved,
        )
    }

    /// What stands between items that are not exploded, or between those of an exploded text.
    fn between(&self) -> char {
        match (self.style, self.explode) {
            (Style::Label, true) => '.',
            (Style::Matrix, true) => ';',
            (Style::SpaceDelimited, _) => ' ',
            (Style::PipeDelimited, _) => '|',
            (Style::TabDelimited, _) => '\t',
            _ => ',',
        }
    }
}

/// Paths and headers: one text holds everything.
fn from_text<'a>(
    manner: &Manner<'_>,
    raw: &Raw<'a>,
    kind: Kind,
) -> Result<Option<Node<'a>>, Fault> {
    if raw.repeated && matches!(kind, Kind::One | Kind::Any) {
        return Err(Fault::Repeated);
    }
    let Some(text) = raw.text else {
        return Ok(None);
    };
    let matrix = manner.style == Style::Matrix;
    let prefix = match manner.style {
        Style::Label => ".",
        Style::Matrix => ";",
        _ => "",
    };
    let rest = match text.strip_prefix(prefix) {
        Some(rest) => rest,
        // Nothing is written of null, and nothing of a list without items.
        None if text.is_empty() => return Ok(None),
        None => return Err(Misfit::here("the prefix of its style").into()),
    };
    let name = percent_encoded(manner.name);
    let unnamed = |text: &'a str| -> Result<&'a str, Misfit> {
        if !matrix {
            return Ok(text);
        }
        match text.strip_prefix(&*name) {
            Some("") => Ok(""),
            Some(rest) => rest.strip_prefix('=').ok_or(Misfit::here("its own name")),
            None => Err(Misfit::here("its own name")),
        }
    };
    let trimmed = |text: &'a str| match manner.location {
        Location::Header => text.trim(),
        _ => text,
    };
    let item = |text: &'a str| manner.decoded(trimmed(text));
    let between = manner.between();
    // Swagger 2.0's formats.
    let delimited = matches!(
        manner.style,
        Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited
    );
    Ok(Some(match kind {
        Kind::One | Kind::Any => Node::one(item(unnamed(rest)?)),
        Kind::List if matrix && manner.explode => {
            let items: Result<Vec<_>, _> = rest.split(between).map(unnamed).collect();
            Node::list(items?.into_iter().map(item))
        }
        // An empty text has no items and no members.
        Kind::List if rest.is_empty() && (delimited || manner.style == Style::Simple) => {
            Node::default()
        }
        Kind::Pairs(..) if rest.is_empty() => Node::default(),
        Kind::List if delimited => Node::list(split(manner, rest)),
        Kind::Pairs(..) if delimited => in_twos(split(manner, rest).into_iter())?,
        Kind::List => Node::list(unnamed(rest)?.split(between).map(item)),
        Kind::Pairs(..) if manner.explode => Node::pairs(rest.split(between).map(|pair| {
            let pair = trimmed(pair);
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (manner.decoded(key), manner.decoded(value))
        })),
        Kind::Pairs(..) => in_twos(unnamed(rest)?.split(between).map(item))?,
    }))
}

/// `R,100,G,200`.
fn in_twos<'a>(mut parts: impl Iterator<Item = Cow<'a, str>>) -> Result<Node<'a>, Misfit> {
    let mut pairs = Vec::new();
    while let Some(key) = parts.next() {
        let value = parts.next().ok_or(Misfit::here("a value for every name"))?;
        pairs.push((key, value));
    }
    Ok(Node::pairs(pairs))
}

/// Queries and cookies: the text is spread over pairs.
fn from_pairs<'a>(
    manner: &Manner<'_>,
    raw: &Raw<'a>,
    kind: Kind,
) -> Result<Option<Node<'a>>, Fault> {
    let exploded = manner.explode && manner.style != Style::DeepObject;
    if let (Kind::Pairs(fields, extra), true) = (kind, exploded) {
        let mine = |key: &str| {
            let other = |parameter: &Parameter| {
                parameter.location == manner.location && parameter.field.name == key
            };
            let listed = fields.iter().any(|field| field.name == key);
            listed || extra && !manner.siblings.iter().any(other)
        };
        // An empty text under its own name stands for no members (`allowEmptyValue`).
        let blank = |(key, value): &&(Cow<'a, str>, &'a str)| {
            manner.allow_empty && key == manner.name && value.is_empty()
        };
        let pairs = raw.pairs.iter().filter(|(key, _)| mine(key));
        let pairs = pairs.filter(|pair| !blank(pair));
        let node = Node::pairs(pairs.map(|(key, value)| (key.clone(), manner.decoded(value))));
        let present = !node.is_empty() || raw.pairs.iter().any(|pair| blank(&pair));
        return Ok(present.then_some(node));
    }
    let own = raw.pairs.iter().filter(|(key, _)| key == manner.name);
    let own: Vec<&'a str> = own.map(|(_, value)| *value).collect();
    if own.is_empty() || manner.style == Style::DeepObject {
        // Names in brackets are usual for lists as well, whatever the style: `a[]=1&a[]=2`.
        let bracketed = manner.location == Location::Query && !matches!(kind, Kind::One);
        if !bracketed {
            return match own.as_slice() {
                [] => Ok(None),
                [one] => Ok(Some(Node::one(manner.decoded(one)))),
                _ => Err(Fault::Repeated),
            };
        }
        let decode = |text: &'a str| manner.decoded(text);
        let mut node = Node::bracketed(raw.pairs, manner.name, decode)?;
        for text in own {
            node.add("", manner.decoded(text));
        }
        return Ok((!node.is_empty()).then_some(node));
    }
    let spread = manner.explode && matches!(kind, Kind::List | Kind::Any);
    if !spread && own.len() > 1 {
        return Err(Fault::Repeated);
    }
    Ok(Some(match kind {
        Kind::List | Kind::Any if manner.explode => {
            Node::list(own.into_iter().map(|text| manner.decoded(text)))
        }
        Kind::One | Kind::Any => Node::one(manner.decoded(own[0])),
        Kind::List => Node::list(split(manner, own[0])),
        Kind::Pairs(..) if own[0].is_empty() => Node::default(),
        Kind::Pairs(..) => in_twos(split(manner, own[0]).into_iter())?,
    }))
}

/// Splits first and decodes then; the delimiters of two styles come encoded.
fn split<'a>(manner: &Manner<'_>, text: &'a str) -> Vec<Cow<'a, str>> {
    let encoded: &[&str] = match manner.style {
        // A header is not encoded at all.
        _ if manner.is_verbatim() => &[],
        Style::SpaceDelimited if manner.location == Location::Query => &["%20", "+"],
        Style::SpaceDelimited => &["%20"],
        Style::PipeDelimited => &["%7C", "%7c"],
        Style::TabDelimited => &["%09"],
        _ => &[],
    };
    let mut items = Vec::new();
    let mut rest = text;
    loop {
        let plain = rest.find(manner.between()).map(|at| (at, 1));
        let coded = encoded
            .iter()
            .filter_map(|code| Some((rest.find(code)?, code.len())));
        let Some((at, length)) = coded.chain(plain).min() else {
            items.push(manner.decoded(rest));
            return items;
        };
        items.push(manner.decoded(&rest[..at]));
        rest = &rest[at + length..];
    }
}

/// The text that a media type reads.
fn content_of(
    manner: &Manner<'_>,
    raw: &Raw<'_>,
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<bool, Fault> {
    let own = raw.pairs.iter().filter(|(key, _)| key == manner.name);
    let own: Vec<&str> = own.map(|(_, value)| *value).chain(raw.text).collect();
    let text = match own.as_slice() {
        [] => return Ok(false),
        [""] if manner.whole => return Ok(false),
        [one] if !raw.repeated => *one,
        _ => return Err(Fault::Repeated),
    };
    let malformed = |error: Box<Malformed>| {
        Fault::Malformed(error.pointer.clone(), error.expected.clone().into_owned())
    };
    if manner.is_form() && manner.whole {
        form::read(text.as_bytes(), manner.encoding, slot, options)
            .map_err(|error| malformed(error.into()))?;
        return Ok(true);
    }
    let verbatim = manner.location == Location::Header;
    if !verbatim && !is_utf8(text) {
        return Err(Misfit::here("UTF-8").into());
    }
    let text = if verbatim {
        Cow::Borrowed(text)
    } else {
        decoded(text, manner.location == Location::Query)
    };
    if manner.is_form() {
        form::read(text.as_bytes(), manner.encoding, slot, options)
            .map_err(|error| malformed(error.into()))?;
    } else {
        content::read(&text, manner.content, slot, options).map_err(malformed)?;
    }
    Ok(true)
}
