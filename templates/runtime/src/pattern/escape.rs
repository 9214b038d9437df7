//! Escapes and sets in brackets (ECMA-262, sections 22.2.1, `AtomEscape` and `CharacterClass`).

use super::class::Class;
use super::parse::{Node, Parser, Result};

impl Parser<'_> {
    /// After a backslash outside of brackets.
    pub(super) fn escape(&mut self) -> Result<Node> {
        let Some(c) = self.peek() else {
            return self.fail("a backslash at the end");
        };
        match c {
            'b' | 'B' => {
                self.at += 1;
                Ok(Node::Word(c == 'b'))
            }
            '1'..='9' => {
                let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
                let number = self.rest()[..digits].parse().unwrap_or(u32::MAX);
                if number as usize > self.names.len() {
                    return self.fail("a reference to a group that is not there");
                }
                self.at += digits;
                self.refers = true;
                Ok(Node::Back(number))
            }
            'k' => {
                let name = self.rest()[1..]
                    .strip_prefix('<')
                    .and_then(|rest| rest.split_once('>'));
                let number = name
                    .and_then(|(name, _)| self.names.iter().position(|known| *known == Some(name)));
                let (Some((name, _)), Some(number)) = (name, number) else {
                    return self.fail("a reference to a group that is not there");
                };
                self.at += name.len() + 3;
                self.refers = true;
                Ok(Node::Back(number as u32 + 1))
            }
            _ => {
                if let Some(class) = self.class_escape()? {
                    return Ok(Node::Class(class.whole()));
                }
                Ok(Node::Class(Class::one(self.character(false)?)))
            }
        }
    }

    /// `\d`, `\p{L}` and their like, after the backslash.
    fn class_escape(&mut self) -> Result<Option<Class>> {
        let Some(letter) = self.peek() else {
            return Ok(None);
        };
        if matches!(letter, 'p' | 'P') {
            let name = self.rest()[1..]
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'));
            let Some((name, _)) = name else {
                return self.fail("a Unicode property is `\\p{…}`");
            };
            let Some(class) = Class::property(name, letter == 'P') else {
                return self.fail("this Unicode property is not known here");
            };
            self.at += name.len() + 3;
            return Ok(Some(class));
        }
        let class = Class::escape(letter);
        self.at += usize::from(class.is_some());
        Ok(class)
    }

    /// The character that an escape stands for, after the backslash.
    fn character(&mut self, in_class: bool) -> Result<u32> {
        let Some(c) = self.next() else {
            return self.fail("a backslash at the end");
        };
        let digit = self.peek().is_some_and(|c| c.is_ascii_digit());
        Ok(match c {
            't' => 0x09,
            'n' => 0x0a,
            'v' => 0x0b,
            'f' => 0x0c,
            'r' => 0x0d,
            '0' if !digit => 0,
            'b' if in_class => 0x08,
            'c' => match self.next() {
                Some(letter) if letter.is_ascii_alphabetic() => u32::from(letter) % 32,
                _ => return self.fail("a letter comes after `\\c`"),
            },
            'x' => self.hex(2)?,
            'u' => return self.unicode(),
            c if c.is_ascii_alphanumeric() => {
                self.at -= 1;
                return self.fail("ECMA-262 has no such escape");
            }
            c => c.into(),
        })
    }

    fn hex(&mut self, digits: usize) -> Result<u32> {
        let text = self
            .rest()
            .get(..digits)
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(code) = text.and_then(|text| u32::from_str_radix(text, 16).ok()) else {
            return self.fail("hexadecimal digits are missing");
        };
        self.at += digits;
        Ok(code)
    }

    /// `\u0041`, `\u{1F600}`, or two surrogates that are one character.
    fn unicode(&mut self) -> Result<u32> {
        if self.eat("{") {
            let code = self
                .rest()
                .split_once('}')
                .filter(|(text, _)| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
            let code =
                code.and_then(|(text, _)| Some((text.len(), u32::from_str_radix(text, 16).ok()?)));
            return match code {
                Some((length, code)) if code <= u32::from(char::MAX) => {
                    self.at += length + 1;
                    Ok(code)
                }
                _ => self.fail("no such code point"),
            };
        }
        let high = self.hex(4)?;
        let low = (0xd800..0xdc00)
            .contains(&high)
            .then(|| self.rest().strip_prefix("\\u")?.get(..4))
            .flatten();
        match low.and_then(|low| u32::from_str_radix(low, 16).ok()) {
            Some(low @ 0xdc00..0xe000) => {
                self.at += 6;
                Ok(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
            }
            _ => Ok(high),
        }
    }

    /// What is between brackets, after the first.
    pub(super) fn class(&mut self) -> Result<Class> {
        let negated = self.eat("^");
        let mut class = Class::default();
        while !self.eat("]") {
            let Some(first) = self.class_atom(&mut class)? else {
                continue;
            };
            let mut last = first;
            let mut rest = self.rest().chars();
            if rest.next() == Some('-') && !matches!(rest.next(), None | Some(']')) {
                self.at += 1;
                match self.class_atom(&mut class)? {
                    Some(end) => last = end,
                    // Annex B: a hyphen before `\d` is itself.
                    None => class.add('-'.into(), '-'.into()),
                }
            }
            if last < first {
                return self.fail("a range whose ends are the wrong way round");
            }
            class.add(first, last);
        }
        if negated {
            class.negate();
        }
        Ok(class.whole())
    }

    /// One character between brackets; `None` if it was a set, which is added.
    fn class_atom(&mut self, class: &mut Class) -> Result<Option<u32>> {
        match self.next() {
            None => self.fail("a `[` without its `]`"),
            Some('\\') => match self.class_escape()? {
                Some(set) => {
                    class.extend(set);
                    Ok(None)
                }
                None => self.character(true).map(Some),
            },
            Some(c) => Ok(Some(c.into())),
        }
    }
}
