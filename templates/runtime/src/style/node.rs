//! Texts under names, as styles and forms find them, into any place.

use super::super::content::NO_TAG;
use super::super::json::{self, ReadOptions};
use super::super::shape::{Expected, List, Object, Slot, Union};
#[cfg(feature = "arbitrary")]
use super::super::shape::{Held, View};
use super::super::variant::{self, Choice};
use super::scalar::scalar;
use super::{LEVELS, text};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What stands under one name: texts, and what stands under the names inside of it.
#[derive(Debug, Default)]
pub struct Node<'a> {
    texts: Vec<Cow<'a, str>>,
    members: BTreeMap<Cow<'a, str>, Node<'a>>,
}

/// Where a text does not fit, as a JSON pointer, and what would have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    pub place: String,
    pub expected: Expected,
}

impl Misfit {
    pub fn here(expected: &'static str) -> Self {
        Self {
            place: String::new(),
            expected: Expected(expected),
        }
    }

    pub(super) fn within(mut self, segment: &str) -> Self {
        self.place.insert_str(0, &json::escape(segment));
        self
    }
}

impl From<Expected> for Misfit {
    fn from(Expected(expected): Expected) -> Self {
        Self::here(expected)
    }
}

impl<'a> Node<'a> {
    /// One text.
    pub fn one(text: Cow<'a, str>) -> Self {
        Self::list([text])
    }

    /// Several texts.
    pub fn list(texts: impl IntoIterator<Item = Cow<'a, str>>) -> Self {
        Self {
            texts: texts.into_iter().collect(),
            members: BTreeMap::new(),
        }
    }

    /// Texts under names; those of one name are a list.
    pub fn pairs(pairs: impl IntoIterator<Item = (Cow<'a, str>, Cow<'a, str>)>) -> Self {
        let mut node = Self::default();
        for (key, value) in pairs {
            node.members.entry(key).or_default().texts.push(value);
        }
        node
    }

    /// The one text under a name.
    pub fn tag(&self, name: &str) -> Option<String> {
        match self.members.get(name)?.texts.as_slice() {
            [one] => Some(one.clone().into_owned()),
            _ => None,
        }
    }

    /// The names of its members.
    pub(super) fn names(&self) -> Vec<&str> {
        self.members.keys().map(|name| &**name).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.members.is_empty()
    }

    /// Whether it is one text without a character.
    pub fn is_blank(&self) -> bool {
        self.members.is_empty() && matches!(self.texts.as_slice(), [text] if text.is_empty())
    }

    /// Adds a text under names in brackets: `[a][b]`; whether these are names in brackets and not too many.
    pub fn add(&mut self, brackets: &str, value: Cow<'a, str>) -> bool {
        let mut node = self;
        let mut rest = brackets;
        let mut level = 0;
        while !rest.is_empty() {
            let Some((name, after)) = rest
                .strip_prefix('[')
                .and_then(|inside| inside.split_once(']'))
            else {
                return false;
            };
            level += 1;
            if level > LEVELS {
                return false;
            }
            node = node.members.entry(name.to_owned().into()).or_default();
            rest = after;
        }
        node.texts.push(value);
        true
    }

    /// What stands under a name in brackets among the pairs of a query, values decoded by `decode`.
    pub fn bracketed(
        pairs: &[(Cow<'a, str>, &'a str)],
        name: &str,
        decode: impl Fn(&'a str) -> Cow<'a, str>,
    ) -> Result<Self, Misfit> {
        let mut node = Self::default();
        for (key, value) in pairs {
            if let Some(brackets) = key.strip_prefix(name).filter(|rest| rest.starts_with('[')) {
                if !text::is_utf8(value) {
                    return Err(Misfit::here("UTF-8"));
                }
                if !node.add(brackets, decode(value)) {
                    return Err(Misfit::here("names in brackets, not too many of them"));
                }
            }
        }
        Ok(node)
    }

    /// Every text as a string: without a schema nothing says more.
    fn json(&self) -> serde_json::Value {
        let string = |text: &Cow<'_, str>| serde_json::Value::String(text.clone().into_owned());
        if !self.members.is_empty() {
            let member =
                |(key, node): (&Cow<'_, str>, &Node<'_>)| (key.clone().into_owned(), node.json());
            return serde_json::Value::Object(self.members.iter().map(member).collect());
        }
        match self.texts.as_slice() {
            [one] => string(one),
            several => several.iter().map(string).collect(),
        }
    }
}

/// Fills a place.
pub fn fill(slot: Slot<'_>, node: &Node<'_>, options: &ReadOptions) -> Result<(), Misfit> {
    match slot {
        Slot::Optional(optional) => fill(optional.fill(), node, options),
        Slot::Union(union) => one_of(union, node, options),
        Slot::List(list) => items(list, node, options),
        Slot::Object(object) => members(object, node, options),
        Slot::Map(map) => {
            if !node.texts.is_empty() {
                return Err(Misfit::here("members under names"));
            }
            map.clear();
            for (key, node) in &node.members {
                fill(map.insert(key.clone().into_owned()), node, options)
                    .map_err(|misfit| misfit.within(key))?;
            }
            Ok(())
        }
        Slot::Json(place) => {
            *place = node.json();
            Ok(())
        }
        Slot::Foreign(place) if node.texts.len() != 1 || !node.members.is_empty() => {
            Ok(place.read(node.json())?)
        }
        slot => match node.texts.as_slice() {
            [text] if node.members.is_empty() => Ok(scalar(slot, text, options.unknown)?),
            _ => Err(Misfit::here("one value")),
        },
    }
}

/// The variant whose tag is among the texts, or the first that they fit; of the misfits the one that got furthest.
fn one_of(union: &mut dyn Union, node: &Node<'_>, options: &ReadOptions) -> Result<(), Misfit> {
    let tag = |name: &str| node.tag(name);
    let mut variants = match variant::choose(union, options.unknown, tag) {
        Choice::Variants(variants) => variants,
        Choice::Unknown(position) => return fill(union.select(position), node, options),
        Choice::Nothing => {
            let tag = union.table().tag.unwrap_or_default();
            return Err(Misfit::here(NO_TAG).within(tag));
        }
    };
    variant::best_first(union, &mut variants, &node.names());
    let mut furthest: Option<Misfit> = None;
    for variant in variants {
        match fill(union.select(variant), node, options) {
            Ok(()) => return Ok(()),
            Err(misfit) => {
                let further = |known: &Misfit| known.place.len() < misfit.place.len();
                if furthest.as_ref().is_none_or(further) {
                    furthest = Some(misfit);
                }
            }
        }
    }
    Err(furthest.unwrap_or_else(|| Misfit::here("no value")))
}

/// A text under the list's own name is an item as it stands: what nests needs names.
fn items(list: &mut dyn List, node: &Node<'_>, options: &ReadOptions) -> Result<(), Misfit> {
    list.clear();
    match node.texts.as_slice() {
        // An empty text is no item where it cannot be one.
        [text] if text.is_empty() => {
            if scalar(list.push(), text, options.unknown).is_err() {
                list.clear();
            }
        }
        texts => texts_into(list, texts, options)?,
    }
    let mut numbered = Vec::with_capacity(node.members.len());
    for (key, item) in &node.members {
        match key.parse::<u32>() {
            Ok(number) => numbered.push((number, item)),
            Err(_) if key.is_empty() && item.members.is_empty() => {
                texts_into(list, &item.texts, options)?;
            }
            Err(_) if key.is_empty() => numbered.push((0, item)),
            Err(_) => return Err(Misfit::here("a number for every item").within(key)),
        }
    }
    numbered.sort_by_key(|(number, _)| *number);
    for (number, item) in numbered {
        fill(list.push(), item, options).map_err(|misfit| misfit.within(&number.to_string()))?;
    }
    Ok(())
}

fn texts_into(
    list: &mut dyn List,
    texts: &[Cow<'_, str>],
    options: &ReadOptions,
) -> Result<(), Misfit> {
    for text in texts {
        let at = list.len();
        scalar(list.push(), text, options.unknown)
            .map_err(|expected| Misfit::from(expected).within(&at.to_string()))?;
    }
    Ok(())
}

fn members(object: &mut dyn Object, node: &Node<'_>, options: &ReadOptions) -> Result<(), Misfit> {
    if !node.texts.is_empty() {
        return Err(Misfit::here("members under names"));
    }
    let table = object.table();
    for (position, field) in table.fields.iter().enumerate() {
        match node.members.get(field.name) {
            Some(member) => fill(object.slot(position), member, options)
                .map_err(|misfit| misfit.within(field.name))?,
            None => absent(object, position, options)
                .map_err(|expected| Misfit::from(expected).within(field.name))?,
        }
    }
    let known = |name: &str| table.fields.iter().any(|field| field.name == name);
    for (key, member) in node.members.iter().filter(|(key, _)| !known(key)) {
        if let Some(extra) = object.extra_slot() {
            fill(extra.insert(key.clone().into_owned()), member, options)
                .map_err(|misfit| misfit.within(key))?;
        } else if options.closed && table.refuses(key) {
            return Err(Misfit::here("no other member").within(key));
        }
    }
    Ok(())
}

/// A member that is not there: its default, nothing, null where it may be, an empty list, or a fault.
pub fn absent(
    object: &mut dyn Object,
    position: usize,
    options: &ReadOptions,
) -> Result<(), Expected> {
    let field = &object.table().fields[position];
    if let Some(default) = field.default().filter(|_| options.defaults) {
        json::fill_default(object, position, default, options.depth);
        return Ok(());
    }
    match object.slot(position) {
        // Nothing is written of null, and nothing of a list without items (RFC 6570, section 2.3).
        Slot::Optional(place) if !field.required => place.clear(),
        Slot::Optional(place) if field.nullable => place.set_null(),
        Slot::List(list) => list.clear(),
        Slot::Map(map) => map.clear(),
        Slot::Json(place) if field.nullable => *place = serde_json::Value::Null,
        _ if field.required => return Err(Expected("a value")),
        _ => {}
    }
    Ok(())
}

/// Makes a place hold what leaves no trace in a text: null, no items, or no members; whether it can hold that.
pub fn nothing(slot: Slot<'_>) -> bool {
    match slot {
        Slot::Optional(place) => {
            place.clear();
            true
        }
        Slot::List(list) => {
            list.clear();
            true
        }
        slot @ (Slot::Map(_) | Slot::Object(_)) => {
            fill(slot, &Node::default(), &ReadOptions::default()).is_ok()
        }
        _ => false,
    }
}

/// Makes a value what arrives of it where nothing is written of null, of no items, and of no members.
#[cfg(feature = "arbitrary")]
pub fn settle(slot: Slot<'_>) {
    match slot {
        Slot::Optional(place) => {
            let traceless = match place.held() {
                Held::Nothing => false,
                Held::Null => true,
                Held::Value(view) => is_blank(view),
            };
            if traceless {
                place.clear();
            } else if let Some(slot) = place.place() {
                settle(slot);
            }
        }
        Slot::Object(object) => {
            for position in 0..object.table().fields.len() {
                settle(object.slot(position));
            }
            if let Some(extra) = object.extra_slot() {
                settle(Slot::Map(extra));
            }
        }
        Slot::Map(map) => {
            let mut traceless = Vec::new();
            map.visit(&mut |key, view| {
                if is_blank(view) {
                    traceless.push(key.to_owned());
                }
                true
            });
            traceless.iter().for_each(|key| map.remove(key));
        }
        Slot::Union(union) => settle(union.place()),
        _ => {}
    }
}

/// Whether nothing is written of a value.
#[cfg(feature = "arbitrary")]
fn is_blank(view: View<'_>) -> bool {
    match view {
        View::Optional(place) => match place.held() {
            Held::Nothing | Held::Null => true,
            Held::Value(view) => is_blank(view),
        },
        View::List(list) => (0..list.len()).all(|index| list.get(index).is_none_or(is_blank)),
        View::Map(map) => map.is_empty(),
        View::Object(object) => {
            let no_more = object.extra().is_none_or(|extra| extra.is_empty());
            no_more
                && (0..object.table().fields.len()).all(|position| is_blank(object.view(position)))
        }
        View::Json(serde_json::Value::Null) => true,
        _ => false,
    }
}
