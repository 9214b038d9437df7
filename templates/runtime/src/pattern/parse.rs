//! The text of a pattern → its parts (ECMA-262, section 22.2.1).

use super::Fault;
use super::class::Class;

/// How deep groups nest at most.
const DEPTH: u32 = 100;

#[derive(Debug)]
pub(super) enum Node {
    Empty,
    /// One character of a set.
    Class(Class),
    Start,
    End,
    /// `\b`, or `\B` if false.
    Word(bool),
    Look {
        behind: bool,
        negated: bool,
        inside: Box<Node>,
    },
    /// A capture, by its number from 1.
    Group(u32, Box<Node>),
    /// What a capture has matched.
    Back(u32),
    All(Vec<Node>),
    Any(Vec<Node>),
    Repeat {
        inside: Box<Node>,
        least: u32,
        most: Option<u32>,
        greedy: bool,
    },
}

#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) node: Node,
    /// The number of captures.
    pub(super) groups: u32,
    /// Whether any capture is referred to.
    pub(super) refers: bool,
}

pub(super) type Result<T> = std::result::Result<T, Fault>;

pub(super) fn parse(text: &str) -> Result<Parsed> {
    let names = names(text);
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        names,
        group: 0,
        refers: false,
    };
    let node = parser.alternatives()?;
    if parser.at < text.len() {
        return parser.fail("a `)` without its `(`");
    }
    Ok(Parsed {
        node,
        groups: parser.group,
        refers: parser.refers,
    })
}

/// The name of each capture, if it has one: `\k` and `\1` may stand before what they refer to.
fn names(text: &str) -> Vec<Option<&str>> {
    let mut names = Vec::new();
    let (mut in_class, mut rest) = (false, text);
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = after;
        match c {
            '\\' => {
                rest = after
                    .chars()
                    .next()
                    .map_or(after, |c| &after[c.len_utf8()..])
            }
            '[' => in_class = true,
            ']' => in_class = false,
            '(' if !in_class => match after.strip_prefix("?<") {
                Some(named) if !named.starts_with(['=', '!']) => {
                    names.push(named.split_once('>').map(|(name, _)| name));
                }
                None if !after.starts_with('?') => names.push(None),
                _ => {}
            },
            _ => {}
        }
    }
    names
}

pub(super) struct Parser<'a> {
    text: &'a str,
    pub(super) at: usize,
    depth: u32,
    pub(super) names: Vec<Option<&'a str>>,
    /// Captures so far.
    group: u32,
    pub(super) refers: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    pub(super) fn fail<T>(&self, reason: &'static str) -> Result<T> {
        Err(Fault {
            at: self.at,
            reason,
        })
    }

    fn alternatives(&mut self) -> Result<Node> {
        let mut found = vec![self.terms()?];
        while self.eat("|") {
            found.push(self.terms()?);
        }
        Ok(if found.len() == 1 {
            found.remove(0)
        } else {
            Node::Any(found)
        })
    }

    fn terms(&mut self) -> Result<Node> {
        let mut found = Vec::new();
        while let Some(c) = self.peek() {
            if matches!(c, '|' | ')') {
                break;
            }
            let atom = self.atom(c)?;
            found.push(self.repeated(atom)?);
        }
        Ok(match found.len() {
            0 => Node::Empty,
            1 => found.remove(0),
            _ => Node::All(found),
        })
    }

    fn atom(&mut self, c: char) -> Result<Node> {
        self.at += c.len_utf8();
        Ok(match c {
            '^' => Node::Start,
            '$' => Node::End,
            '.' => Node::Class(Class::dot()),
            '(' => return self.group(),
            '[' => Node::Class(self.class()?),
            '\\' => return self.escape(),
            '*' | '+' | '?' => {
                self.at -= 1;
                return self.fail("nothing to repeat");
            }
            '{' if braces(self.rest()).is_some() => return self.fail("nothing to repeat"),
            // Annex B: a brace or bracket that closes nothing is itself.
            literal => Node::Class(Class::one(literal.into())),
        })
    }

    fn group(&mut self) -> Result<Node> {
        self.depth += 1;
        if self.depth > DEPTH {
            return self.fail("groups are nested too deep");
        }
        let look = [
            ("?=", false, false),
            ("?!", false, true),
            ("?<=", true, false),
            ("?<!", true, true),
        ];
        let node = if let Some((_, behind, negated)) =
            look.into_iter().find(|(open, ..)| self.eat(open))
        {
            let inside = Box::new(self.alternatives()?);
            Node::Look {
                behind,
                negated,
                inside,
            }
        } else if self.eat("?:") {
            self.alternatives()?
        } else {
            if self.eat("?<") {
                let Some((name, _)) = self.rest().split_once('>') else {
                    return self.fail("a group's name without its `>`");
                };
                if name.is_empty()
                    || name.starts_with(|c: char| c.is_ascii_digit())
                    || name.contains(|c: char| !(c.is_alphanumeric() || c == '_' || c == '$'))
                {
                    return self.fail("a group's name is an identifier");
                }
                self.at += name.len() + 1;
            } else if self.peek() == Some('?') {
                return self.fail("ECMA-262 has no group of this kind");
            }
            self.group += 1;
            let number = self.group;
            Node::Group(number, Box::new(self.alternatives()?))
        };
        if !self.eat(")") {
            return self.fail("a `(` without its `)`");
        }
        self.depth -= 1;
        Ok(node)
    }

    /// What is after an atom: `*`, `+`, `?`, `{2,5}`, lazy or not.
    fn repeated(&mut self, atom: Node) -> Result<Node> {
        let start = self.at;
        let (least, most) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => match self.rest()[1..].find('}').zip(braces(&self.rest()[1..])) {
                Some((length, counts)) => {
                    self.at += length + 1;
                    counts
                }
                None => return Ok(atom),
            },
            _ => return Ok(atom),
        };
        self.at += 1;
        if most.is_some_and(|most| most < least) {
            self.at = start;
            return self.fail("a repetition whose limits are the wrong way round");
        }
        if matches!(
            atom,
            Node::Start | Node::End | Node::Word(_) | Node::Look { behind: true, .. }
        ) {
            return self.fail("an assertion cannot be repeated");
        }
        let greedy = !self.eat("?");
        if matches!(self.peek(), Some('*' | '+' | '?'))
            || self.peek() == Some('{') && braces(&self.rest()[1..]).is_some()
        {
            return self.fail("a repetition of a repetition");
        }
        Ok(Node::Repeat {
            inside: Box::new(atom),
            least,
            most,
            greedy,
        })
    }
}

/// `2`, `2,` or `2,5` before a closing brace; anything else is no repetition.
fn braces(text: &str) -> Option<(u32, Option<u32>)> {
    let (inside, _) = text.split_once('}')?;
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        // More than can be counted is more than any text is long.
        digits.then(|| text.parse().unwrap_or(u32::MAX))
    };
    match inside.split_once(',') {
        None => number(inside).map(|count| (count, Some(count))),
        Some((least, "")) => Some((number(least)?, None)),
        Some((least, most)) => Some((number(least)?, Some(number(most)?))),
    }
}
