//! A view → JSON text → YAML text, in blocks as people write it.

use super::super::json::{self, Unknown, Unwritable, WriteOptions};
use super::super::shape::View;
use std::fmt::Write;

/// Appends a value as one YAML document.
///
/// # Errors
///
/// The first value that has no JSON: a number that is not finite, or too many levels.
pub fn write(view: View<'_>, unknown: Unknown, out: &mut String) -> Result<(), Unwritable> {
    let mut json = String::new();
    let options = WriteOptions {
        unknown,
        ..WriteOptions::default()
    };
    json::write_view(view, &mut json, &options)?;
    Writer {
        rest: &json,
        out,
        open: Vec::new(),
        is_begun: true,
    }
    .document();
    Ok(())
}

/// Characters of a key that stands on one line with its value (YAML 1.2.2, section 8.2.2).
const KEY: usize = 1000;

/// Turns JSON, as our own writer has it, into blocks.
struct Writer<'a> {
    /// The JSON that is left.
    rest: &'a str,
    out: &'a mut String,
    /// What is open: whether each is an object.
    open: Vec<bool>,
    /// The line has begun with the `-` of a list: what follows needs no indentation.
    is_begun: bool,
}

impl<'a> Writer<'a> {
    fn document(&mut self) {
        self.value();
        while let Some(is_map) = self.open.last().copied() {
            match self.rest.as_bytes().first() {
                Some(b'}' | b']') | None => {
                    self.rest = self.rest.get(1..).unwrap_or_default();
                    self.open.pop();
                    continue;
                }
                Some(b',') => self.rest = &self.rest[1..],
                _ => {}
            }
            self.indent();
            if is_map {
                self.key();
            } else {
                self.out.push_str("- ");
                self.is_begun = true;
            }
            self.value();
        }
    }

    fn indent(&mut self) {
        if !std::mem::take(&mut self.is_begun) {
            let levels = self.open.len().saturating_sub(1);
            self.out.extend(std::iter::repeat_n("  ", levels));
        }
    }

    fn key(&mut self) {
        let key = self.token();
        if key.len() > KEY {
            self.out.push_str("? ");
            self.scalar(key);
            self.out.push('\n');
            self.indent();
        } else {
            self.scalar(key);
        }
        self.out.push(':');
        self.rest = self.rest.strip_prefix(':').unwrap_or(self.rest);
    }

    /// A value to the end of its line, or the beginning of what has lines of its own.
    fn value(&mut self) {
        let is_member = self.open.last() == Some(&true);
        let empty = ["{}", "[]"]
            .into_iter()
            .find(|empty| self.rest.starts_with(empty));
        let opens = self
            .rest
            .as_bytes()
            .first()
            .filter(|byte| matches!(byte, b'{' | b'['));
        match (empty, opens) {
            (None, Some(byte)) => {
                self.open.push(*byte == b'{');
                self.rest = &self.rest[1..];
                if is_member {
                    self.out.push('\n');
                }
                return;
            }
            (empty, _) => {
                if is_member {
                    self.out.push(' ');
                }
                match empty {
                    Some(empty) => {
                        self.out.push_str(empty);
                        self.rest = &self.rest[empty.len()..];
                    }
                    None => {
                        let token = self.token();
                        self.scalar(token);
                    }
                }
            }
        }
        self.out.push('\n');
        self.is_begun = false;
    }

    /// Takes a string, quotes included, a number or a word.
    fn token(&mut self) -> &'a str {
        let bytes = self.rest.as_bytes();
        let mut end = 1;
        if bytes.first() == Some(&b'"') {
            while let Some(byte) = bytes.get(end).filter(|byte| **byte != b'"') {
                end += if *byte == b'\\' { 2 } else { 1 };
            }
            end += 1;
        } else {
            let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}');
            end = bytes.iter().position(is_end).unwrap_or(bytes.len());
        }
        let (token, rest) = self.rest.split_at(end.min(bytes.len()));
        self.rest = rest;
        token
    }

    /// A string is plain where it cannot be taken for anything else; otherwise its JSON is YAML too, but for what does not
    /// print.
    fn scalar(&mut self, token: &str) {
        let inner = token
            .strip_prefix('"')
            .and_then(|token| token.strip_suffix('"'));
        if let Some(inner) = inner.filter(|inner| is_plain(inner)) {
            self.out.push_str(inner);
            return;
        }
        for c in token.chars() {
            if matches!(
                c,
                '\u{7f}'
                    ..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            ) {
                // Writing into a string does not fail.
                let _ = write!(self.out, "\\u{:04x}", u32::from(c));
            } else {
                self.out.push(c);
            }
        }
    }
}

/// Words that some reader takes for something else than a text.
const WORDS: &[&str] = &["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

fn is_plain(text: &str) -> bool {
    let is_plain =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/' | '+');
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(is_plain)
        && !text.ends_with(' ')
        && !WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}
