//! The tokens of a macro call's text.

use super::super::check::To;

/// Goes through the text of a macro call, token by token.
#[derive(Debug)]
pub struct Reader {
    rest: &'static str,
    checks: &'static [(&'static str, To)],
}

impl Reader {
    pub(super) const fn new(text: &'static str, checks: &'static [(&'static str, To)]) -> Self {
        Self { rest: text, checks }
    }

    /// What is left, from the next token on.
    fn next(&mut self) -> &'static str {
        self.rest = self.rest.trim_start();
        self.rest
    }

    /// Whether nothing is left.
    pub(super) fn is_done(&mut self) -> bool {
        self.next().is_empty()
    }

    fn take(&mut self, bytes: usize) -> &'static str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    /// Takes a sign, if it is next.
    pub(super) fn has(&mut self, sign: char) -> bool {
        let is_next = self.next().starts_with(sign);
        if is_next {
            self.take(sign.len_utf8());
        }
        is_next
    }

    /// Whether a sign is next.
    pub(super) fn is_at(&mut self, sign: char) -> bool {
        self.next().starts_with(sign)
    }

    /// Takes a word, if it is next: letters, digits and underscores, `r#` before them included.
    pub(super) fn word(&mut self) -> Option<&'static str> {
        let rest = self.next();
        let start = if rest.starts_with("r#") { 2 } else { 0 };
        let end = rest[start..]
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || !c.is_ascii()))
            .map_or(rest.len(), |end| start + end);
        (end > start).then(|| self.take(end))
    }

    /// Takes a word, if it is this one and next.
    pub(super) fn has_word(&mut self, word: &str) -> bool {
        let before = self.rest;
        let is_next = self.word() == Some(word);
        if !is_next {
            self.rest = before;
        }
        is_next
    }

    /// The words of a path, as `checks::CARD`.
    fn path(&mut self) -> String {
        let mut path = String::new();
        while let Some(word) = self.word() {
            path.push_str(word);
            while self.has(':') {
                path.push(':');
            }
        }
        path
    }

    /// Takes a string as it is written, quotes included, if it is next.
    fn quoted(&mut self) -> Option<&'static str> {
        let rest = self.next();
        if let Some(raw) = rest.strip_prefix('r') {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            let end = format!("\"{}", &raw[..hashes]);
            let inside = raw[hashes..].strip_prefix('"')?;
            let length = inside.find(&end)?;
            return Some(self.take(1 + hashes + 1 + length + end.len()));
        }
        let inside = rest.strip_prefix('"')?;
        let mut is_escaped = false;
        let end = inside.find(|c| match (c, is_escaped) {
            ('"', false) => true,
            _ => {
                is_escaped = c == '\\' && !is_escaped;
                false
            }
        })?;
        Some(self.take(end + 2))
    }

    /// Takes a string, if it is next.
    pub(super) fn string(&mut self) -> Option<&'static str> {
        let quoted = self.quoted()?;
        if let Some(raw) = quoted.strip_prefix('r') {
            return Some(raw.trim_matches('#').trim_matches('"'));
        }
        let inside = &quoted[1..quoted.len() - 1];
        if inside.contains('\\') {
            Some(unescaped(inside).leak())
        } else {
            Some(inside)
        }
    }

    /// Takes a literal as it is written, if one is next: a string, a number with its sign, `true` or `false`.
    pub(super) fn literal(&mut self) -> Option<&'static str> {
        if let Some(quoted) = self.quoted() {
            return Some(quoted);
        }
        let is_negative = self.has('-');
        let rest = self.next();
        let mut before = ' ';
        let end = rest
            .find(|c: char| {
                let is_more = c.is_ascii_alphanumeric()
                    || c == '.'
                    || c == '_'
                    || (c == '+' || c == '-') && matches!(before, 'e' | 'E');
                before = c;
                !is_more
            })
            .unwrap_or(rest.len());
        let literal = self.take(end);
        if is_negative {
            return Some(format!("-{literal}").leak());
        }
        (!literal.is_empty()).then_some(literal)
    }

    /// Takes a whole number, which is next.
    pub(super) fn count(&mut self) -> u64 {
        self.literal()
            .and_then(|literal| literal.parse().ok())
            .unwrap_or_default()
    }

    /// Takes the name of a schema, which is next, and gives the schema.
    pub(super) fn check(&mut self) -> Option<To> {
        let path = self.path();
        let same = |name: &str| {
            let name = name.bytes().filter(|byte| !byte.is_ascii_whitespace());
            name.eq(path.bytes())
        };
        let found = self.checks.iter().find(|(name, _)| same(name));
        debug_assert!(found.is_some(), "no schema is called {path}");
        found.map(|(_, check)| *check)
    }

    /// Takes a list between two signs, if it is next: its items, which commas may follow.
    pub(super) fn list<T>(
        &mut self,
        (open, close): (char, char),
        mut item: impl FnMut(&mut Self) -> Option<T>,
    ) -> Vec<T> {
        let mut items = Vec::new();
        if self.has(open) {
            self.items(close, |words| {
                items.extend(item(words));
            });
        }
        items
    }

    /// Items up to a sign, which is taken, or up to the end.
    pub(super) fn items(&mut self, close: char, mut item: impl FnMut(&mut Self)) {
        while !self.is_done() && !self.has(close) {
            let before = self.rest.len();
            item(self);
            self.has(',');
            if self.rest.len() == before {
                debug_assert!(false, "no words that are known: {}", self.rest);
                let next = self.rest.chars().next().map_or(0, char::len_utf8);
                self.take(next);
            }
        }
    }

    /// Strings in a list between two signs, if it is next.
    pub(super) fn strings(&mut self, signs: (char, char)) -> &'static [&'static str] {
        self.list(signs, Self::string).leak()
    }
}

/// The text of a Rust string, without its quotes.
fn unescaped(inside: &str) -> String {
    let mut out = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((plain, after)) = rest.split_once('\\') {
        out.push_str(plain);
        let mut chars = after.chars();
        let code = |digits: &str| {
            u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32)
        };
        match chars.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('0') => out.push('\0'),
            Some('x') => {
                out.extend(after.get(1..3).and_then(code));
                chars = after.get(3..).unwrap_or_default().chars();
            }
            Some('u') => {
                let (digits, after) = after.split_once('}').unwrap_or_default();
                out.extend(
                    digits
                        .get(2..)
                        .and_then(|digits| code(&digits.replace('_', ""))),
                );
                chars = after.chars();
            }
            // A line that goes on in the next one.
            Some('\n') => chars = chars.as_str().trim_start().chars(),
            Some(itself) => out.push(itself),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out
}
