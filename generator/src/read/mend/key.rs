//! Keys that say in other words what they are: statuses, routes, fields in another case.

use super::super::grammar::{Object, Versions, row};
use super::{Meant, Reading, meant};
use crate::source::{Entry, Key, New, Value};
use std::collections::HashSet;
use std::sync::Arc;

const HELP: &str = "it is read as the key that is meant";

/// Reason phrases of HTTP and other words, in small letters and without punctuation.
const STATUSES: &[(&str, &str)] = &[
    ("ok", "200"),
    ("created", "201"),
    ("accepted", "202"),
    ("nocontent", "204"),
    ("badrequest", "400"),
    ("unauthorized", "401"),
    ("forbidden", "403"),
    ("notfound", "404"),
    ("methodnotallowed", "405"),
    ("conflict", "409"),
    ("unprocessableentity", "422"),
    ("toomanyrequests", "429"),
    ("internalservererror", "500"),
    ("serviceunavailable", "503"),
    ("success", "2XX"),
    ("error", "default"),
    ("else", "default"),
    ("other", "default"),
    ("others", "default"),
    ("any", "default"),
    ("default", "default"),
    ("", "default"),
];

/// The statuses that a key means.
fn statuses(key: &str) -> Option<Vec<String>> {
    let key = key.trim().trim_matches(['\'', '"', '`']).trim();
    let is_code = |text: &str| {
        text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
    };
    let is_range = |text: &str| super::super::shape::is_status(text);
    if is_range(key) {
        return Some(vec![key.to_owned()]);
    }
    if let Some((first, last)) = key.split_once('-') {
        let (first, last) = (first.trim(), last.trim());
        let hundred = first.strip_suffix("00").filter(|digit| digit.len() == 1)?;
        return (is_code(first) && last.strip_suffix("99") == Some(hundred))
            .then(|| vec![format!("{hundred}XX")]);
    }
    let parts: Vec<&str> = key.split([',', '|', '/']).map(str::trim).collect();
    if parts.len() > 1 && parts.iter().all(|part| is_range(part)) {
        return Some(parts.into_iter().map(str::to_owned).collect());
    }
    // `200 OK`, `200.0`
    let first = key.split([' ', '.', ':']).next().unwrap_or_default();
    if is_code(first) {
        return Some(vec![first.to_owned()]);
    }
    let plain = key.chars().filter(|c| c.is_alphanumeric());
    let plain: String = plain.flat_map(char::to_lowercase).collect();
    let is_wild = plain.is_empty() && key == "*";
    let known = STATUSES.iter().find(|(word, _)| *word == plain);
    known
        .filter(|(word, _)| !word.is_empty() || is_wild)
        .map(|(_, status)| vec![(*status).to_owned()])
}

/// The route that a key means.
fn route(key: &str) -> Option<String> {
    let key = key.trim();
    let path = match key.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find('/').map_or("/", |at| &rest[at..])
        }
        _ => key,
    };
    if path.is_empty() || path.contains(char::is_whitespace) {
        return None;
    }
    Some(format!("/{}", path.trim_start_matches('/')))
}

impl Reading<'_> {
    /// The responses of an operation under their statuses.
    pub(in super::super) fn statuses(&self, entries: &[Entry]) -> Option<Meant> {
        self.renamed(entries, |key| match super::super::shape::is_status(key) {
            true => None,
            false => statuses(key),
        })
    }

    /// The paths of a document, each with its slash.
    pub(in super::super) fn routes(&self, entries: &[Entry]) -> Option<Meant> {
        self.renamed(entries, |key| match key.starts_with('/') {
            true => None,
            false => route(key).map(|route| vec![route]),
        })
    }

    /// The field of an object that a key is in another case.
    pub(in super::super) fn in_case(&self, object: Object, key: &str) -> Option<&'static str> {
        let versions = Versions::of(self.version);
        let mut fields = row(object)
            .all()
            .filter(|field| field.versions.meets(versions));
        let field = fields.find(|field| field.name.eq_ignore_ascii_case(key))?;
        (field.name != key).then_some(field.name)
    }

    /// An object whose fields are in another case.
    pub(in super::super) fn fields(&self, object: Object, entries: &[Entry]) -> Option<Meant> {
        self.renamed(entries, |key| {
            Some(vec![self.in_case(object, key)?.to_owned()])
        })
    }

    /// The same members, some under other keys; none where a key is taken.
    fn renamed(
        &self,
        entries: &[Entry],
        name: impl Fn(&str) -> Option<Vec<String>>,
    ) -> Option<Meant> {
        let mut taken: HashSet<Arc<str>> =
            entries.iter().map(|entry| Arc::clone(&entry.key)).collect();
        let mut all = Vec::new();
        let mut is_new = false;
        for entry in entries {
            let is_extension = entry.key.starts_with("x-");
            let names = if is_extension { None } else { name(&entry.key) };
            let names = names.unwrap_or_default().into_iter().map(Arc::from);
            let names: Vec<Arc<str>> = names
                .filter(|name| taken.insert(Arc::clone(name)))
                .collect();
            if names.is_empty() {
                all.push(super::same(entry));
                continue;
            }
            is_new = true;
            let value = |first: bool| match self.tree.value(entry.value) {
                // A second place for the same value.
                Value::Map(own) if !first => {
                    New::MapAt(entry.value, own.iter().map(super::same).collect())
                }
                _ => New::Node(entry.value),
            };
            for (position, name) in names.into_iter().enumerate() {
                let span = entry.key_span;
                all.push((Key { name, span }, value(position == 0)));
            }
        }
        is_new.then_some(())?;
        meant(New::Map(all), HELP)
    }
}
