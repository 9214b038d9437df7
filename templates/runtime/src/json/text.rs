//! The words of JSON: white space, literals, numbers, strings. What is read is checked to the letter (RFC 8259).

use super::error::Malformed;
use super::scan;
use std::borrow::Cow;

pub(super) type Result<T = ()> = std::result::Result<T, Box<Malformed>>;

/// A position in JSON text.
pub(super) struct Text<'a> {
    text: &'a str,
    pub(super) at: usize,
    /// The text of a Rust literal: strings may hold raw control characters, and Rust's own escapes.
    literal: bool,
    /// The last string that had an escape.
    pub(super) scratch: String,
}

impl<'a> Text<'a> {
    pub(super) const fn new(text: &'a str, literal: bool) -> Self {
        Self {
            text,
            at: 0,
            literal,
            scratch: String::new(),
        }
    }

    /// An error at the current position.
    #[cold]
    pub(super) fn fail<T>(&self, expected: impl Into<Cow<'static, str>>) -> Result<T> {
        self.fail_at(self.at, expected, self.found())
    }

    /// An error at some position.
    #[cold]
    pub(super) fn fail_at<T>(
        &self,
        offset: usize,
        expected: impl Into<Cow<'static, str>>,
        found: String,
    ) -> Result<T> {
        Err(Box::new(Malformed::new(offset, expected, found)))
    }

    /// What the current position holds, without its value.
    #[cold]
    pub(super) fn found(&self) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return "the end".to_owned();
        };
        match first {
            '"' => "a string".to_owned(),
            '-' | '0'..='9' => "a number".to_owned(),
            '{' => "an object".to_owned(),
            '[' => "a list".to_owned(),
            _ => match ["null", "true", "false"]
                .iter()
                .find(|word| rest.starts_with(**word))
            {
                Some(word) => (*word).to_owned(),
                None => format!("`{}`", first.escape_debug()),
            },
        }
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is not white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Passes one byte if it comes next.
    #[inline]
    pub(super) fn pass(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    /// Passes a text that comes next, if it does.
    #[inline]
    pub(super) fn pass_text(&mut self, text: &str) -> bool {
        let rest = self.text.as_bytes().get(self.at..);
        let is = rest.is_some_and(|rest| rest.starts_with(text.as_bytes()));
        self.at += if is { text.len() } else { 0 };
        is
    }

    /// Passes a byte that must come next.
    #[inline]
    pub(super) fn demand(&mut self, byte: u8, expected: &'static str) -> Result {
        if self.pass(byte) {
            Ok(())
        } else {
            self.fail(expected)
        }
    }

    /// After an item or a member: whether another follows. Passes the comma or the closing byte.
    #[inline]
    pub(super) fn another(&mut self, close: u8) -> Result<bool> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            _ => self.fail(if close == b'}' {
                "`,` or `}`"
            } else {
                "`,` or `]`"
            }),
        }
    }

    /// Passes `null`, `true` or `false` if it comes next.
    pub(super) fn word(&mut self, word: &str) -> bool {
        self.peek();
        let is = self
            .text
            .as_bytes()
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(word.as_bytes()));
        if is {
            self.at += word.len();
        }
        is
    }

    /// The text of a number.
    pub(super) fn number(&mut self, expected: &'static str) -> Result<&'a str> {
        self.peek();
        let start = self.at;
        self.at += usize::from(self.byte() == Some(b'-'));
        match self.byte() {
            Some(b'0') => self.at += 1,
            Some(b'1'..=b'9') => self.digits(),
            _ => {
                self.at = start;
                return self.fail(expected);
            }
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.some_digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    fn digits(&mut self) {
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
    }

    fn some_digits(&mut self) -> Result {
        let start = self.at;
        self.digits();
        if self.at == start {
            self.fail("a digit")
        } else {
            Ok(())
        }
    }

    /// An integer of up to 18 digits with no fraction or power, if that is what comes next; else nothing is passed.
    #[inline]
    pub(super) fn small_integer(&mut self) -> Option<i64> {
        self.peek();
        let bytes = self.text.as_bytes();
        let negative = self.byte() == Some(b'-');
        let start = self.at + usize::from(negative);
        let mut at = start;
        let mut number = 0_i64;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            if at - start == 18 {
                return None;
            }
            number = number * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let padded = at - start > 1 && bytes.get(start) == Some(&b'0');
        if at == start || padded || matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some(if negative { -number } else { number })
    }

    /// A string: as it stands in the text, or in `scratch` if it has escapes.
    #[inline]
    pub(super) fn string(&mut self, expected: &'static str) -> Result<Option<&'a str>> {
        if !self.pass(b'"') {
            return self.fail(expected);
        }
        let start = self.at;
        let end = scan::special(self.text.as_bytes(), start);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Some(&self.text[start..end]));
        }
        self.escaped(start, end)?;
        Ok(None)
    }

    /// The rest of a string that is not plain: `end` is the first special byte after `start`.
    #[cold]
    fn escaped(&mut self, mut start: usize, mut end: usize) -> Result {
        self.scratch.clear();
        loop {
            self.scratch.push_str(&self.text[start..end]);
            self.at = end;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    self.at += 1;
                    let char = self.escape()?;
                    self.scratch.push(char);
                }
                Some(control) if self.literal => {
                    self.at += 1;
                    self.scratch.push(char::from(control));
                }
                Some(_) => return self.fail("no raw control character in a string"),
                None => return self.fail("the end of the string"),
            }
            start = self.at;
            end = scan::special(self.text.as_bytes(), start);
        }
    }

    /// The character after a backslash.
    fn escape(&mut self) -> Result<char> {
        let Some(byte) = self.byte() else {
            return self.fail("an escape");
        };
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'\'' if self.literal => '\'',
            b'0' if self.literal => '\0',
            b'u' if self.literal && self.byte() == Some(b'{') => return self.braced(),
            b'u' => return self.surrogates(),
            _ => {
                self.at -= 1;
                return self.fail("an escape");
            }
        })
    }

    /// `u{1f600}`, as Rust writes it.
    fn braced(&mut self) -> Result<char> {
        let rest = &self.text[self.at + 1..];
        let digits = rest.split('}').next().unwrap_or_default();
        match u32::from_str_radix(digits, 16)
            .ok()
            .and_then(char::from_u32)
        {
            Some(char) => {
                self.at += digits.len() + 2;
                Ok(char)
            }
            None => self.fail("a character's number"),
        }
    }

    /// `uD83D\uDE00`: one unit, or two that make a character.
    fn surrogates(&mut self) -> Result<char> {
        let start = self.at;
        let first = self.unit()?;
        let follows = self.text.as_bytes()[self.at..].starts_with(b"\\u");
        let second = if (0xd800..0xdc00).contains(&first) && follows {
            self.at += 2;
            Some(self.unit()?)
        } else {
            None
        };
        let units = [first, second.unwrap_or_default()];
        match char::decode_utf16(units[..1 + usize::from(second.is_some())].iter().copied()).next()
        {
            Some(Ok(char)) => Ok(char),
            _ => self.fail_at(start, "a character", "half of a surrogate pair".to_owned()),
        }
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u16> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            Some(unit) => {
                self.at += 4;
                Ok(unit)
            }
            None => self.fail("four hexadecimal digits"),
        }
    }
}
