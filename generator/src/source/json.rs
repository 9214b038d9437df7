//! Reads JSON text: an iterative scanner over bytes that keeps the span of every value.
//!
//! What people and programs write beside RFC 8259 and can mean one thing only is read and said: comments, a comma at the end,
//! names without quotes or in single ones, line ends in strings, needless escapes, the constants of Python.

use super::build::{Builder, Stop};
use super::tree::{Kind, Text};
use crate::diagnostic::{Diagnostic, Place, code};

/// Reads one JSON text into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), Stop> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
    };
    scanner.skip_space(builder)?;
    loop {
        let started = scanner.value(builder)?;
        if !started {
            // After a whole value: close what ends here, and find where the next value begins.
            while scanner.after_value(builder)? {}
        }
        if builder.depth() == 0 {
            break;
        }
    }
    scanner.skip_space(builder)?;
    if scanner.at < text.len() {
        return Err(scanner.fault(
            builder,
            "something follows the end of the JSON text",
            "unexpected",
        ));
    }
    Ok(())
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(0)
    }

    fn skip_space(&mut self, builder: &mut Builder<'_>) -> Result<(), Stop> {
        loop {
            while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                self.at += 1;
            }
            let Some(b'/' | 0 | 0xb | 0xc | 0x80..) = self.bytes.get(self.at) else {
                return Ok(());
            };
            let rest = &self.text[self.at..];
            if rest.starts_with("//") {
                let len = rest.find('\n').unwrap_or(rest.len());
                self.slip(builder, len, "a comment, which JSON has not");
            } else if rest.starts_with("/*") {
                let Some(len) = rest.find("*/") else {
                    return Err(self.fault(builder, "a comment does not end", "begins here"));
                };
                self.slip(builder, len + 2, "a comment, which JSON has not");
            } else if let Some(space) = rest.chars().next().filter(|c| is_other_space(*c)) {
                self.slip(builder, space.len_utf8(), "a space that JSON has not");
            } else {
                return Ok(());
            }
        }
    }

    /// Reports what is meant, though it is not JSON, and steps over it.
    fn slip(&mut self, builder: &mut Builder<'_>, len: usize, message: &str) {
        let place = Place::Span(builder.span(self.at, self.at + len.max(1)));
        builder.report(
            Diagnostic::new(code::LOOSE_SYNTAX, place, message)
                .label("not JSON")
                .help("JSON is written as in RFC 8259; it is read all the same"),
        );
        self.at += len;
    }

    fn fault(&self, builder: &mut Builder<'_>, message: &str, label: &str) -> Stop {
        let end = self.text[self.at.min(self.text.len())..]
            .chars()
            .next()
            .map_or(self.at, |c| self.at + c.len_utf8());
        let place = Place::Span(builder.span(self.at.min(self.text.len()), end));
        builder.report(
            Diagnostic::new(code::SYNTAX, place, message)
                .label(label)
                .help("JSON is written as in RFC 8259"),
        );
        Stop
    }

    /// Reads a value; `true` where a container with members was entered, so that a value comes next.
    fn value(&mut self, builder: &mut Builder<'_>) -> Result<bool, Stop> {
        let start = self.at;
        match self.peek() {
            b'{' => self.enter(true, builder),
            b'[' => self.enter(false, builder),
            quote @ (b'"' | b'\'') => {
                let text = self.string(quote, builder)?;
                let span = builder.span(start, self.at);
                builder.scalar(Kind::String, span, text)?;
                Ok(false)
            }
            b't' => self.word("true", Kind::True, builder),
            b'f' => self.word("false", Kind::False, builder),
            b'n' => self.word("null", Kind::Null, builder),
            b'-' | b'+' | b'0'..=b'9' => self.number(builder),
            b'T' => self.other_word("True", Kind::True, builder),
            b'F' => self.other_word("False", Kind::False, builder),
            b'N' if self.bytes[self.at..].starts_with(b"NaN") => {
                self.other_word("NaN", Kind::Null, builder)
            }
            b'N' => self.other_word("None", Kind::Null, builder),
            b'u' => self.other_word("undefined", Kind::Null, builder),
            _ => Err(self.fault(builder, "a value is missing", "expected a JSON value")),
        }
    }

    fn enter(&mut self, is_map: bool, builder: &mut Builder<'_>) -> Result<bool, Stop> {
        builder.start(is_map, builder.span(self.at, self.at + 1))?;
        self.at += 1;
        self.skip_space(builder)?;
        if self.peek() == if is_map { b'}' } else { b']' } {
            self.at += 1;
            builder.end(self.at)?;
            return Ok(false);
        }
        if is_map {
            self.member(builder)?;
        }
        Ok(true)
    }

    /// Reads a key and its colon.
    fn member(&mut self, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let start = self.at;
        let text = match self.peek() {
            quote @ (b'"' | b'\'') => self.string(quote, builder)?,
            first if is_word(first) => self.bare_name(builder),
            _ => {
                return Err(self.fault(builder, "a member name is missing", "expected a string"));
            }
        };
        let span = builder.span(start, self.at);
        if text.in_file {
            let range = text.start as usize..(text.start + text.len) as usize;
            builder.key(&self.text[range], span);
        } else {
            builder.made_key(text, span);
        }
        self.skip_space(builder)?;
        if self.peek() != b':' {
            return Err(self.fault(
                builder,
                "a colon is missing after the member name",
                "expected `:`",
            ));
        }
        self.at += 1;
        self.skip_space(builder)?;
        Ok(())
    }

    /// What follows a whole value: `true` where a container ended, so that the same question comes again.
    fn after_value(&mut self, builder: &mut Builder<'_>) -> Result<bool, Stop> {
        let Some(is_map) = builder.in_map() else {
            return Ok(false);
        };
        self.skip_space(builder)?;
        match (self.peek(), is_map) {
            (b',', _) => {
                self.at += 1;
                self.skip_space(builder)?;
                if self.peek() == if is_map { b'}' } else { b']' } {
                    self.slip(builder, 0, "a comma with nothing behind it");
                    self.at += 1;
                    builder.end(self.at)?;
                    return Ok(true);
                }
                if is_map {
                    self.member(builder)?;
                }
                Ok(false)
            }
            (b'}', true) | (b']', false) => {
                self.at += 1;
                builder.end(self.at)?;
                Ok(true)
            }
            (_, true) => Err(self.fault(
                builder,
                "the object goes on without a comma, or does not end",
                "expected `,` or `}`",
            )),
            (_, false) => Err(self.fault(
                builder,
                "the array goes on without a comma, or does not end",
                "expected `,` or `]`",
            )),
        }
    }

    fn word(&mut self, word: &str, kind: Kind, builder: &mut Builder<'_>) -> Result<bool, Stop> {
        if !self.bytes[self.at..].starts_with(word.as_bytes()) {
            return Err(self.fault(builder, "this is no JSON value", "expected a JSON value"));
        }
        let span = builder.span(self.at, self.at + word.len());
        self.at += word.len();
        builder.scalar(
            kind,
            span,
            Text {
                in_file: true,
                start: span.start,
                len: word.len() as u32,
            },
        )?;
        Ok(false)
    }

    /// A constant of another language.
    fn other_word(
        &mut self,
        word: &str,
        kind: Kind,
        builder: &mut Builder<'_>,
    ) -> Result<bool, Stop> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.slip(builder, 0, "a constant that JSON writes in another way");
        }
        self.word(word, kind, builder)
    }

    /// A member name without quotes.
    fn bare_name(&mut self, builder: &mut Builder<'_>) -> Text {
        let rest = self.bytes[self.at..].iter();
        let len = rest.take_while(|byte| is_word(**byte)).count();
        let start = self.at as u32;
        self.slip(builder, len, "a member name without quotes");
        Text {
            in_file: true,
            start,
            len: len as u32,
        }
    }

    fn number(&mut self, builder: &mut Builder<'_>) -> Result<bool, Stop> {
        let start = self.at;
        let digits = |scanner: &mut Self| {
            let from = scanner.at;
            while scanner.peek().is_ascii_digit() {
                scanner.at += 1;
            }
            scanner.at > from
        };
        if self.peek() == b'+' {
            self.slip(builder, 1, "a number with a plus");
        } else if self.peek() == b'-' {
            self.at += 1;
        }
        let leading_zero = self.peek() == b'0';
        let whole = self.at;
        let mut fine = digits(self) && !(leading_zero && self.at > whole + 1);
        if fine && self.peek() == b'.' {
            self.at += 1;
            fine = digits(self);
        }
        if fine && matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            fine = digits(self);
        }
        if !fine {
            self.at = start;
            return Err(self.fault(builder, "this is no JSON number", "malformed number"));
        }
        let span = builder.span(start, self.at);
        let plus = u32::from(self.bytes[start] == b'+');
        builder.scalar(
            Kind::Number,
            span,
            Text {
                in_file: true,
                start: span.start + plus,
                len: span.end - span.start - plus,
            },
        )?;
        Ok(false)
    }

    /// Reads a string; its text is a slice of the file unless it has escapes.
    fn string(&mut self, quote: u8, builder: &mut Builder<'_>) -> Result<Text, Stop> {
        if quote == b'\'' {
            self.slip(builder, 0, "a string in single quotes");
        }
        self.at += 1;
        let start = self.at;
        self.skip_plain(quote, builder)?;
        if self.peek() == b'\\' {
            return self.escaped_string(quote, start, builder);
        }
        let text = Text {
            in_file: true,
            start: start as u32,
            len: (self.at - start) as u32,
        };
        self.at += 1;
        Ok(text)
    }

    /// Goes to the quote or the escape that comes next.
    fn skip_plain(&mut self, quote: u8, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let start = self.at;
        let rest = &self.bytes[start..];
        let len = memchr::memchr2(quote, b'\\', rest).unwrap_or(rest.len());
        if let Some(control) = rest[..len].iter().position(|byte| *byte < b' ') {
            self.at += control;
            self.slip(builder, 1, "a control character stands in a string");
        }
        self.at = start + len;
        if self.at == self.bytes.len() {
            return Err(self.fault(builder, "a string does not end", "the text ends here"));
        }
        Ok(())
    }

    fn escaped_string(
        &mut self,
        quote: u8,
        start: usize,
        builder: &mut Builder<'_>,
    ) -> Result<Text, Stop> {
        let mut text = self.text[start..self.at].to_owned();
        loop {
            let from = self.at;
            self.skip_plain(quote, builder)?;
            text.push_str(&self.text[from..self.at]);
            if self.peek() == quote {
                self.at += 1;
                return Ok(builder.made(&text));
            }
            text.push(self.escape(builder)?);
        }
    }

    fn escape(&mut self, builder: &mut Builder<'_>) -> Result<char, Stop> {
        let simple = match self.bytes.get(self.at + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(builder),
            _ => {
                // What is escaped needlessly stands for itself.
                let Some(escaped) = self.text[self.at + 1..].chars().next() else {
                    return Err(self.fault(builder, "a string does not end", "the text ends here"));
                };
                self.slip(builder, 1 + escaped.len_utf8(), "this is no escape of JSON");
                return Ok(escaped);
            }
        };
        self.at += 2;
        Ok(simple)
    }

    fn unicode(&mut self, builder: &mut Builder<'_>) -> Result<char, Stop> {
        let unit = |at: usize| {
            let digits = self.text.get(at + 2..at + 6)?;
            let whole = self.bytes.get(at..at + 2)? == b"\\u"
                && digits.bytes().all(|b| b.is_ascii_hexdigit());
            whole
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()
        };
        let first = unit(self.at);
        let (character, length) = match first {
            Some(high @ 0xd800..=0xdbff) => match unit(self.at + 6) {
                Some(low @ 0xdc00..=0xdfff) => (
                    char::from_u32(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)),
                    12,
                ),
                _ => (None, 6),
            },
            Some(other) => (char::from_u32(other), 6),
            None => (None, 6),
        };
        if character.is_none() && first.is_some() {
            self.slip(builder, 6, "this escape is half of a character");
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let Some(character) = character else {
            return Err(self.fault(
                builder,
                "this escape names no character",
                "malformed `\\u` escape",
            ));
        };
        self.at += length;
        Ok(character)
    }
}

/// Spaces of other kinds than JSON's.
fn is_other_space(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{b}' | '\u{c}' | '\0') || !c.is_ascii() && c.is_whitespace()
}

/// What a name without quotes is made of.
const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'-')
}
