//! What the document says about a part → the lines of its rustdoc.

use super::markdown;
use crate::ir::{self, Docs};
use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value as Json;

/// An example longer than this stands in a block of its own.
const INLINE: usize = 100;

/// Characters of a default that are shown; the table has all of it.
const DEFAULT: usize = 200;

/// An example of more lines than this is left out of the docs of one member.
const EXAMPLE_LINES: usize = 60;

/// What a line of the docs of a member holds, besides its margin and the comment marks.
const MEMBER_LINE: usize = 92;

/// The paragraphs of one item's documentation.
#[derive(Debug, Default)]
pub(super) struct Text {
    lines: Vec<String>,
}

impl Text {
    /// Markdown from the document.
    pub(super) fn paragraph(mut self, markdown: &str) -> Self {
        self.push(markdown::lines(markdown));
        self
    }

    /// Markdown of our own; nothing where it is empty.
    pub(super) fn own(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.push(vec![text]);
        }
        self
    }

    fn push(&mut self, lines: Vec<String>) {
        if lines.iter().all(String::is_empty) {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    pub(super) fn into_lines(self) -> Vec<String> {
        self.lines
    }

    /// As outer attributes, which are printed as `///`.
    pub(super) fn attributes(&self) -> TokenStream {
        let lines = self.lines.iter().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        });
        quote!(#(#[doc = #lines])*)
    }

    /// A short text and, where the first paragraph of what follows is plain prose, the prose in the same paragraph.
    pub(super) fn labelled(mut self, label: &str, markdown: &str) -> Self {
        let mut lines = markdown::lines(markdown);
        match lines.first_mut() {
            None => self.push(vec![format!("{label}.")]),
            Some(first) if is_prose(first) => {
                *first = format!("{label}: {first}");
                self.push(lines);
            }
            Some(_) => {
                self.push(vec![format!("{label}:")]);
                self.push(lines);
            }
        }
        self
    }

    /// Title, description, and where to read more.
    pub(super) fn docs(self, docs: &Docs, otherwise: impl FnOnce() -> String) -> Self {
        let title = docs
            .title
            .as_deref()
            .filter(|title| !title.trim().is_empty());
        let description = docs
            .description
            .as_deref()
            .filter(|description| !description.trim().is_empty());
        let text = match (title, description) {
            (_, Some(description)) => self.paragraph(description),
            (Some(title), None) => self.paragraph(title),
            (None, None) => self.own(otherwise()),
        };
        text.external(docs)
    }

    /// `External documentation: <…>`.
    pub(super) fn external(self, docs: &Docs) -> Self {
        let Some((description, url)) = &docs.external else {
            return self;
        };
        let url = markdown::plain(url);
        let place = if url.starts_with("http")
            && !url.contains(|c: char| c.is_whitespace() || "<>".contains(c))
        {
            format!("<{url}>")
        } else {
            markdown::code(&url)
        };
        match description.as_deref().map(markdown::lines).as_deref() {
            Some([one]) if is_prose(one) => {
                self.own(format!("{}: {place}.", one.trim_end_matches(['.', ':'])))
            }
            _ => self.own(format!("External documentation: {place}.")),
        }
    }

    /// `Default: … Example: …`, in one line where the values are short.
    pub(super) fn values(mut self, default: Option<&Json>, examples: &[Json]) -> Self {
        let mut short = Vec::new();
        if let Some(default) = default {
            let mut text = shown(default);
            if let Some((end, _)) = text.char_indices().nth(DEFAULT) {
                text.replace_range(end.., "…");
            }
            short.push(format!("Default: {}.", markdown::code(&text)));
        }
        let mut long = None;
        if let Some(example) = examples.first() {
            let text = shown(example);
            if text.len() <= INLINE || example.is_string() {
                short.push(format!("Example: {}.", markdown::code(&text)));
            } else {
                long = serde_json::to_string_pretty(example)
                    .ok()
                    .filter(|text| text.lines().count() <= EXAMPLE_LINES);
            }
        }
        if !short.is_empty() {
            let short = short.join(" ");
            let is_prose = self.lines.iter().all(|line| is_prose(line));
            // A text without an end of its own would run on into the values.
            if let Some(last) = self.lines.last_mut().filter(|_| is_prose)
                && last.ends_with(char::is_alphanumeric)
            {
                last.push('.');
            }
            let ended = self.lines.last().is_none_or(|line| has_end(line));
            let one_paragraph = ended && is_prose;
            match self.lines.last_mut().filter(|_| one_paragraph) {
                Some(last) if last.len() + 1 + short.len() <= MEMBER_LINE => {
                    last.push(' ');
                    last.push_str(&short);
                }
                Some(_) => self.lines.push(short),
                None => self.push(vec![short]),
            }
        }
        if let Some(text) = long {
            self.push(vec!["Example:".to_owned()]);
            self.push(markdown::quoted(&markdown::plain(&text), "json"));
        }
        self
    }
}

/// A link to a type of the crate. Derive macros of the same name are no types: the link says which is meant.
pub(super) fn link(name: &str) -> String {
    const DERIVED: &[&str] = &[
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
    ];
    let shown = name.trim_start_matches("r#");
    if DERIVED.contains(&name) {
        format!("[`{shown}`](type@{name})")
    } else {
        format!("[`{shown}`]")
    }
}

/// A value as the reader of the docs would write it: a string without quotes.
fn shown(value: &Json) -> String {
    let text = match value {
        Json::String(text) if !text.trim().is_empty() && !text.contains('\n') => text.clone(),
        other => other.to_string(),
    };
    markdown::plain(&text).replace('\n', " ")
}

/// Whether a text is a name but for its case and the separators of its words: beside the name it says nothing.
pub(super) fn repeats(text: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let kept = text.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        kept.flat_map(char::to_lowercase).collect()
    };
    text.starts_with(char::is_alphanumeric) && letters(text) == letters(name)
}

/// Whether a line of prose comes to an end, whatever quotes and brackets close after it.
fn has_end(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', ')', ']', '*', '_'])
        .ends_with(['.', '!', '?', '`'])
}

fn is_prose(line: &str) -> bool {
    line.chars()
        .next()
        .is_some_and(|first| first.is_alphabetic() || "\"'(`_*\\[".contains(first))
        && !line.starts_with("```")
        && !line.starts_with("* ")
        && !line.starts_with("***")
        && !line.starts_with("___")
}

/// The first paragraph as one line without its full stop, for use within a sentence.
pub(super) fn headline(markdown: &str) -> Option<String> {
    let lines = markdown::lines(markdown);
    let first: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .take_while(|line| !line.is_empty())
        .collect();
    let text = first.join(" ");
    let text = text.trim_end_matches('.').trim();
    (first.len() <= 3 && is_prose(text)).then(|| text.to_owned())
}

/// `#[deprecated]` where the document says so.
pub(super) fn deprecated(docs: &ir::Docs) -> TokenStream {
    if docs.deprecated {
        quote!(#[deprecated])
    } else {
        TokenStream::new()
    }
}
