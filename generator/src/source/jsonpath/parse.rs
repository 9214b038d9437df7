//! Reads a query: RFC 9535, section 2, and the names with dashes that many overlays write after a dot.

use super::{Comparable, Comparison, Fault, Logical, Path, Query, Segment, Selector};

/// Filters in filters and parentheses in parentheses.
const DEEPEST: usize = 64;

impl Query {
    pub(in crate::source) fn parse(text: &str) -> Result<Self, Fault> {
        let mut parser = Parser {
            text,
            at: 0,
            depth: 0,
        };
        parser.need('$', "a query begins with `$`")?;
        let segments = parser.segments()?;
        if parser.at < text.len() {
            return Err(parser.fault("expected `.`, `..` or `[`"));
        }
        Ok(Self { segments })
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn fault(&self, message: &'static str) -> Fault {
        Fault {
            at: self.at,
            message,
        }
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn take(&mut self, word: &str) -> bool {
        let found = self.rest().starts_with(word);
        if found {
            self.at += word.len();
        }
        found
    }

    fn need(&mut self, c: char, message: &'static str) -> Result<(), Fault> {
        if self.peek() == Some(c) {
            self.at += c.len_utf8();
            Ok(())
        } else {
            Err(self.fault(message))
        }
    }

    fn segments(&mut self) -> Result<Vec<Segment>, Fault> {
        let mut segments = Vec::new();
        loop {
            let before = self.at;
            self.skip_space();
            let descends = self.take("..");
            let segment = if !descends && self.take(".") {
                self.shorthand()?
            } else if self.peek() == Some('[') {
                self.bracketed()?
            } else if descends {
                self.shorthand()?
            } else {
                self.at = before;
                return Ok(segments);
            };
            segments.push(Segment {
                descends,
                selectors: segment,
            });
        }
    }

    /// `name` or `*`, after a dot.
    fn shorthand(&mut self) -> Result<Vec<Selector>, Fault> {
        if self.take("*") {
            return Ok(vec![Selector::Wildcard]);
        }
        let is_first = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$' || !c.is_ascii();
        let rest = self.rest();
        let len = rest
            .find(|c: char| !(is_first(c) || c.is_ascii_digit() || c == '-'))
            .unwrap_or(rest.len());
        if !rest.starts_with(is_first) {
            return Err(
                self.fault("expected a name or `*`; other names stand in brackets: `['/pets']`")
            );
        }
        let name = rest[..len].to_owned();
        self.at += len;
        Ok(vec![Selector::Name(name)])
    }

    fn bracketed(&mut self) -> Result<Vec<Selector>, Fault> {
        self.need('[', "expected `[`")?;
        let mut selectors = Vec::new();
        loop {
            self.skip_space();
            selectors.push(self.selector()?);
            self.skip_space();
            if self.take("]") {
                return Ok(selectors);
            }
            self.need(',', "expected `,` or `]`")?;
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        match self.peek() {
            Some('*') => {
                self.at += 1;
                Ok(Selector::Wildcard)
            }
            Some('\'' | '"') => Ok(Selector::Name(self.string()?)),
            Some('?') => {
                self.at += 1;
                self.skip_space();
                Ok(Selector::Filter(self.logical()?))
            }
            Some('-' | ':' | '0'..='9') => self.index_or_slice(),
            _ => Err(self.fault("expected a quoted name, an index, a slice, `*` or a filter")),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, Fault> {
        let start = self.optional_integer()?;
        self.skip_space();
        if !self.take(":") {
            return start
                .map(Selector::Index)
                .ok_or_else(|| self.fault("expected an index"));
        }
        self.skip_space();
        let end = self.optional_integer()?;
        self.skip_space();
        let mut step = 1;
        if self.take(":") {
            self.skip_space();
            step = self.optional_integer()?.unwrap_or(1);
        }
        Ok(Selector::Slice { start, end, step })
    }

    fn optional_integer(&mut self) -> Result<Option<i64>, Fault> {
        const MOST: i64 = (1 << 53) - 1;
        let rest = self.rest();
        let sign = usize::from(rest.starts_with('-'));
        let digits = rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
        let text = &rest[..sign + digits];
        if text.is_empty() {
            return Ok(None);
        }
        let plain = text == "0" || !text[sign..].starts_with('0');
        let number = text
            .parse::<i64>()
            .ok()
            .filter(|number| plain && number.abs() <= MOST);
        let Some(number) = number else {
            return Err(self.fault("this is no integer"));
        };
        self.at += text.len();
        Ok(Some(number))
    }

    fn string(&mut self) -> Result<String, Fault> {
        let Some(quote) = self.peek() else {
            return Err(self.fault("expected a string"));
        };
        self.at += 1;
        let mut text = String::new();
        loop {
            match self.peek() {
                None => return Err(self.fault("the string does not end")),
                Some(c) if c == quote => {
                    self.at += 1;
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape(quote)?),
                Some(c) if c < ' ' => {
                    return Err(self.fault("a control character stands in a string"));
                }
                Some(c) => {
                    self.at += c.len_utf8();
                    text.push(c);
                }
            }
        }
    }

    fn escape(&mut self, quote: char) -> Result<char, Fault> {
        let fault = self.fault("this is no escape of JSONPath");
        self.at += 1;
        let c = self.peek().ok_or_else(|| fault.clone())?;
        self.at += c.len_utf8();
        match c {
            'b' => Ok('\u{8}'),
            'f' => Ok('\u{c}'),
            'n' => Ok('\n'),
            'r' => Ok('\r'),
            't' => Ok('\t'),
            '/' | '\\' => Ok(c),
            c if c == quote => Ok(c),
            'u' => {
                let high = self.unit().ok_or_else(|| fault.clone())?;
                let code = if (0xd800..0xdc00).contains(&high) && self.take("\\u") {
                    let low = self.unit().filter(|low| (0xdc00..0xe000).contains(low));
                    low.map(|low| 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00))
                } else {
                    Some(high)
                };
                code.and_then(char::from_u32).ok_or(fault)
            }
            _ => Err(fault),
        }
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest().get(..4)?;
        let unit = digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then(|| u32::from_str_radix(digits, 16).ok())??;
        self.at += 4;
        Some(unit)
    }

    fn logical(&mut self) -> Result<Logical, Fault> {
        let mut all = vec![self.conjunction()?];
        loop {
            self.skip_space();
            if !self.take("||") {
                break;
            }
            self.skip_space();
            all.push(self.conjunction()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Logical::Or(all)
        })
    }

    fn conjunction(&mut self) -> Result<Logical, Fault> {
        let mut all = vec![self.basic()?];
        loop {
            self.skip_space();
            if !self.take("&&") {
                break;
            }
            self.skip_space();
            all.push(self.basic()?);
        }
        Ok(if all.len() == 1 {
            all.remove(0)
        } else {
            Logical::And(all)
        })
    }

    fn basic(&mut self) -> Result<Logical, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault("the expression is nested too deep"));
        }
        self.depth += 1;
        let basic = self.unguarded_basic();
        self.depth -= 1;
        basic
    }

    fn unguarded_basic(&mut self) -> Result<Logical, Fault> {
        if self.take("!") {
            self.skip_space();
            let inner = self.basic()?;
            return match inner {
                Logical::Compare(..) => {
                    Err(self.fault("a comparison after `!` stands in parentheses"))
                }
                inner => Ok(Logical::Not(Box::new(inner))),
            };
        }
        if self.take("(") {
            self.skip_space();
            let inner = self.logical()?;
            self.skip_space();
            self.need(')', "expected `)`")?;
            // `!(a == b)` is no comparison after `!`.
            return Ok(Logical::And(vec![inner]));
        }
        for (word, whole) in [("match(", true), ("search(", false)] {
            if self.take(word) {
                let text = self.argument(",")?;
                let pattern = self.argument(")")?;
                return Ok(Logical::Matches {
                    text,
                    pattern,
                    whole,
                });
            }
        }
        let start = self.at;
        if let Some('@' | '$') = self.peek() {
            let path = self.path()?;
            let after = self.at;
            self.skip_space();
            if self.comparison().is_none() {
                self.at = after;
                return Ok(Logical::Exists(path));
            }
            self.at = start;
        }
        let left = self.comparable()?;
        self.skip_space();
        let Some(comparison) = self.comparison() else {
            return Err(self.fault("expected a comparison"));
        };
        self.skip_space();
        let right = self.comparable()?;
        Ok(Logical::Compare(left, comparison, right))
    }

    fn argument(&mut self, end: &str) -> Result<Comparable, Fault> {
        self.skip_space();
        let argument = self.comparable()?;
        self.skip_space();
        if self.take(end) {
            Ok(argument)
        } else {
            Err(self.fault("the function has other arguments"))
        }
    }

    fn comparison(&mut self) -> Option<Comparison> {
        const WORDS: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        WORDS
            .into_iter()
            .find_map(|(word, comparison)| self.take(word).then_some(comparison))
    }

    fn comparable(&mut self) -> Result<Comparable, Fault> {
        match self.peek() {
            Some('\'' | '"') => return self.string().map(Comparable::String),
            Some('@' | '$') => {
                let start = self.at;
                let path = self.path()?;
                if path.is_singular() {
                    return Ok(Comparable::Node(path));
                }
                self.at = start;
                return Err(self.fault("only a path that selects one node has a value to compare"));
            }
            Some('-' | '0'..='9') => return self.number(),
            _ => {}
        }
        for (word, value) in [
            ("null", Comparable::Null),
            ("true", Comparable::Bool(true)),
            ("false", Comparable::Bool(false)),
        ] {
            if self.take(word) {
                return Ok(value);
            }
        }
        if self.take("length(") {
            if self.depth == DEEPEST {
                return Err(self.fault("the expression is nested too deep"));
            }
            self.depth += 1;
            let argument = self.argument(")");
            self.depth -= 1;
            return Ok(Comparable::Length(Box::new(argument?)));
        }
        for (word, make) in [
            ("count(", Comparable::Count as fn(Path) -> Comparable),
            ("value(", Comparable::Node),
        ] {
            if self.take(word) {
                self.skip_space();
                let path = self.path()?;
                self.skip_space();
                self.need(')', "the function has other arguments")?;
                return Ok(make(path));
            }
        }
        Err(self.fault("expected a value, a path or a function of RFC 9535"))
    }

    fn number(&mut self) -> Result<Comparable, Fault> {
        let rest = self.rest();
        let len = rest
            .find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c)))
            .unwrap_or(rest.len());
        // The grammar is JSON's, except that `-0` counts too.
        let number: Option<serde_json::Number> = serde_json::from_str(&rest[..len]).ok();
        let Some(number) = number.and_then(|number| number.as_f64()) else {
            return Err(self.fault("this is no number"));
        };
        self.at += len;
        Ok(Comparable::Number(number))
    }

    fn path(&mut self) -> Result<Path, Fault> {
        let from_root = self.peek() == Some('$');
        if !from_root && self.peek() != Some('@') {
            return Err(self.fault("expected a path that begins with `@` or `$`"));
        }
        self.at += 1;
        let segments = self.segments()?;
        Ok(Path {
            from_root,
            segments,
        })
    }
}
