//! Sets of characters: `[a-z]`, `\d`, `\p{L}`, `.`.

use super::category;

/// A set of characters.
#[derive(Clone, Debug, Default)]
pub(super) struct Class {
    /// Code points, both ends included. Those of surrogates match nothing.
    ranges: Vec<(u32, u32)>,
    /// Unicode properties, and whether each is meant the other way round.
    properties: Vec<(Property, bool)>,
    negated: bool,
    /// The answer for each character of ASCII, once the set is whole.
    ascii: u128,
}

type Property = fn(char) -> bool;

const DIGIT: &[(u32, u32)] = &[(0x30, 0x39)];
const WORD: &[(u32, u32)] = &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// `WhiteSpace` and `LineTerminator` of ECMA-262, sections 12.2 and 12.3.
const SPACE: &[(u32, u32)] = &[
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
const LINE_END: &[(u32, u32)] = &[(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

/// Properties that `std` knows.
const PROPERTIES: &[(&[&str], Property)] = &[
    (&["Uppercase", "Upper"], char::is_uppercase),
    (&["Lowercase", "Lower"], char::is_lowercase),
    (&["Alphabetic", "Alpha"], char::is_alphabetic),
    (&["White_Space", "space"], char::is_whitespace),
    (&["ASCII_Hex_Digit", "AHex"], |c| c.is_ascii_hexdigit()),
    (&["ASCII"], |c| c.is_ascii()),
    (&["Any"], |_| true),
];

impl Class {
    /// A set of one character.
    pub(super) fn one(code: u32) -> Self {
        let mut class = Self::default();
        class.add(code, code);
        class.whole()
    }

    /// `.`: all but the ends of lines.
    pub(super) fn dot() -> Self {
        let mut class = Self::default();
        class.ranges.extend(LINE_END);
        class.negated = true;
        class.whole()
    }

    /// What `\d`, `\D`, `\s`, `\S`, `\w` or `\W` stands for.
    pub(super) fn escape(letter: char) -> Option<Self> {
        let ranges = match letter.to_ascii_lowercase() {
            'd' => DIGIT,
            's' => SPACE,
            'w' => WORD,
            _ => return None,
        };
        let mut class = Self::default();
        class.ranges.extend(ranges);
        if letter.is_ascii_uppercase() {
            class.ranges = outside(&class.ranges);
        }
        Some(class)
    }

    /// What is between the braces of `\p{…}`; `None` if the property is not known here.
    pub(super) fn property(name: &str, negated: bool) -> Option<Self> {
        let category = ["General_Category=", "gc="]
            .iter()
            .find_map(|prefix| name.strip_prefix(prefix));
        if let Some(ranges) = category::ranges(category.unwrap_or(name)) {
            let ranges = if negated { outside(&ranges) } else { ranges };
            return Some(Self {
                ranges,
                ..Self::default()
            });
        }
        if category.is_some() {
            return None;
        }
        let (_, property) = PROPERTIES.iter().find(|(names, _)| names.contains(&name))?;
        Some(Self {
            properties: vec![(*property, negated)],
            ..Self::default()
        })
    }

    /// Adds the characters between two, both included.
    pub(super) fn add(&mut self, first: u32, last: u32) {
        self.ranges.push((first, last));
    }

    /// Adds what another set has. The other one must not be negated as a whole.
    pub(super) fn extend(&mut self, other: Self) {
        self.ranges.extend(other.ranges);
        self.properties.extend(other.properties);
    }

    /// Turns the set round.
    pub(super) fn negate(&mut self) {
        self.negated = !self.negated;
    }

    /// The set with nothing more to be added.
    pub(super) fn whole(mut self) -> Self {
        self.ranges = merged(std::mem::take(&mut self.ranges));
        self.ascii = (0..128_u8)
            .filter(|byte| self.looked_up(char::from(*byte)))
            .fold(0, |ascii, byte| ascii | 1 << byte);
        self
    }

    /// Whether a character is in the set, which must be whole.
    pub(super) fn has(&self, c: char) -> bool {
        if c.is_ascii() {
            self.ascii >> u32::from(c) & 1 == 1
        } else {
            self.looked_up(c)
        }
    }

    /// A character of one of its ranges, which others may take out again.
    #[cfg(feature = "arbitrary")]
    pub(super) fn some(&self, choose: &mut super::sample::Choose<'_>) -> Option<char> {
        let range = choose(self.ranges.len() as u64);
        let (first, last) = self.ranges.get(usize::try_from(range).ok()?)?;
        let step = choose(u64::from(last - first) + 1);
        char::from_u32(first + u32::try_from(step).ok()?)
    }

    fn looked_up(&self, c: char) -> bool {
        let code = u32::from(c);
        let after = self.ranges.partition_point(|(_, last)| *last < code);
        let found = self
            .ranges
            .get(after)
            .is_some_and(|(first, _)| *first <= code)
            || self
                .properties
                .iter()
                .any(|(property, negated)| property(c) != *negated);
        found != self.negated
    }
}

/// Whether a character is one of `\w`.
pub(super) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn merged(mut ranges: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    ranges.sort_unstable();
    let mut merged: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

/// All code points that are not in sorted ranges.
fn outside(ranges: &[(u32, u32)]) -> Vec<(u32, u32)> {
    let mut next = 0;
    let mut out = Vec::new();
    for (first, last) in ranges {
        if next < *first {
            out.push((next, first - 1));
        }
        next = last + 1;
    }
    out.push((next, u32::from(char::MAX)));
    out
}
