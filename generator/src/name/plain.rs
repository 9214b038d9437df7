//! The names of members in the usual case, in which none is chosen and none clashes with another: texts come again and again,
//! and each is turned into a name once. What this cannot answer is the business of [`super::scope`].

use super::keyword;
use super::scope::{key, legal};
use super::word::{Case, Casing, Word, words};
use crate::ir::{Enum, Object};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A text's name, and what no other name of its scope may share with it.
#[derive(Clone)]
struct Name {
    name: String,
    key: String,
}

impl Name {
    fn new(words: &[Word], case: Case, casing: &mut Casing) -> Self {
        let name = legal(words, case, casing);
        let key = key(&name);
        Self { name, key }
    }
}

/// The names that have been made, by the texts of the document.
#[derive(Default)]
pub(super) struct Plain<'a> {
    fields: BTreeMap<&'a str, Name>,
    variants: BTreeMap<&'a str, Name>,
    casing: Casing,
}

impl<'a> Plain<'a> {
    /// Of an object's fields, and last of the map of its other members.
    pub(super) fn fields(&mut self, object: &'a Object) -> Option<Vec<String>> {
        let wires = object.fields.iter().map(|field| {
            let plain = field.pinned.is_none();
            plain.then_some(field.wire.as_str())
        });
        let name = |text: &str| Name::new(&words(text), Case::Snake, &mut self.casing);
        names(
            &mut self.fields,
            wires.chain([Some("extra")]),
            keyword::FIELDS,
            name,
        )
    }

    /// Of an enum's variants, where all are texts.
    pub(super) fn variants(&mut self, listed: &'a Enum) -> Option<Vec<String>> {
        let texts = listed.variants.iter().map(|variant| match &variant.value {
            Json::String(text) if variant.pinned.is_none() => Some(text.as_str()),
            _ => None,
        });
        let name = |text: &str| Name::new(&variant_words(text), Case::Pascal, &mut self.casing);
        names(
            &mut self.variants,
            texts,
            keyword::variants(listed.any),
            name,
        )
    }
}

/// A name for each text; `None` where one has none, or not one of its own.
fn names<'a>(
    known: &mut BTreeMap<&'a str, Name>,
    texts: impl Iterator<Item = Option<&'a str>>,
    taken: &[&str],
    mut name: impl FnMut(&str) -> Name,
) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut keys: Vec<String> = taken.iter().map(|name| key(name)).collect();
    for text in texts {
        let text = text?;
        let Name { name, key } = known.entry(text).or_insert_with(|| name(text));
        names.push(name.clone());
        keys.push(key.clone());
    }
    keys.sort_unstable();
    let distinct = keys.windows(2).all(|pair| pair[0] != pair[1]);
    distinct.then_some(names)
}

/// The words of a value: a number is no name, and `-name` beside `name` is the reverse of it.
pub(super) fn variant_words(text: &str) -> Vec<Word> {
    let mut words = words(text);
    let reversed = text.strip_prefix('-');
    if reversed.is_some_and(|text| text.starts_with(char::is_alphabetic)) {
        words.insert(0, "minus".into());
    }
    let numeric = words
        .first()
        .is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if numeric {
        words.insert(0, "v".into());
    }
    words
}
