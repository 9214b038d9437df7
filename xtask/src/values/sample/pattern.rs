//! Texts that a regular expression matches.

use fancy_regex::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// How often what may be repeated is.
const REPEATED: &[u32] = &[1, 0, 2, 3, 8, 16, 32, 40, 64];
/// The longest text that is made.
const LONG: usize = 1_000;

/// What is known of the patterns of a document.
#[derive(Default)]
pub(super) struct Patterns {
    compiled: RefCell<HashMap<String, Rc<Option<Regex>>>>,
    texts: RefCell<HashMap<String, Rc<Vec<String>>>>,
}

impl Patterns {
    /// Whether a pattern matches, as far as it is understood.
    pub(super) fn matches(&self, pattern: &str, text: &str) -> bool {
        let known = self.compiled.borrow().get(pattern).cloned();
        let regex = known.unwrap_or_else(|| {
            let regex = Rc::new(Regex::new(pattern).ok());
            let mut compiled = self.compiled.borrow_mut();
            compiled.insert(pattern.to_owned(), Rc::clone(&regex));
            regex
        });
        let regex = regex.as_ref().as_ref();
        regex.is_some_and(|regex| regex.is_match(text).unwrap_or(false))
    }

    /// Texts that match a pattern, of several lengths; some may not, where it looks around itself.
    pub(super) fn texts(&self, pattern: &str) -> Rc<Vec<String>> {
        let known = self.texts.borrow().get(pattern).cloned();
        known.unwrap_or_else(|| {
            let made = Rc::new(texts(pattern));
            let mut texts = self.texts.borrow_mut();
            texts.insert(pattern.to_owned(), Rc::clone(&made));
            made
        })
    }
}

fn texts(pattern: &str) -> Vec<String> {
    let Ok(hir) = regex_syntax::Parser::new().parse(&without_looks(pattern)) else {
        return Vec::new();
    };
    let mut texts = Vec::new();
    for repeated in REPEATED {
        for turn in 0..3 {
            let mut text = String::new();
            write(&hir, *repeated, turn, &mut text);
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    texts
}

/// The pattern without `(?=…)` and the like, which demand more than they match.
fn without_looks(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .filter_map(|look| rest.find(look))
        .min()
    {
        out.push_str(&rest[..at]);
        let mut depth = 0;
        let mut escaped = false;
        let end = rest[at..].char_indices().find(|(_, c)| {
            let is_escaped = escaped;
            escaped = !escaped && *c == '\\';
            if !is_escaped {
                depth += i32::from(*c == '(') - i32::from(*c == ')');
            }
            depth == 0
        });
        let Some((end, _)) = end else {
            return out;
        };
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    out
}

fn write(hir: &Hir, repeated: u32, turn: usize, out: &mut String) {
    if out.len() > LONG {
        return;
    }
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => out.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges: Vec<(char, char)> = class
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect();
            out.extend(letter(&ranges, out.len(), turn));
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges = class
                .iter()
                .map(|range| (char::from(range.start()), char::from(range.end())));
            out.extend(letter(&ranges.collect::<Vec<_>>(), out.len(), turn));
        }
        HirKind::Look(_) => {}
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repeated.max(repetition.min).min(most) {
                if out.len() > LONG {
                    break;
                }
                write(&repetition.sub, repeated, turn, out);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, repeated, turn, out),
        HirKind::Concat(all) => all.iter().for_each(|part| write(part, repeated, turn, out)),
        HirKind::Alternation(any) => {
            if let Some(part) = any.get(turn % any.len()) {
                write(part, repeated, turn, out);
            }
        }
    }
}

/// A letter or digit of the class if it has one, not always the same.
fn letter(ranges: &[(char, char)], at: usize, turn: usize) -> Option<char> {
    let holds = |c: &char| ranges.iter().any(|(first, last)| first <= c && c <= last);
    let usual: Vec<char> = ('a'..='z')
        .chain('A'..='Z')
        .chain('1'..='9')
        .chain(['0', '-', '_', '.', ' '])
        .filter(holds)
        .collect();
    if usual.is_empty() {
        return ranges.first().map(|(first, _)| *first);
    }
    Some(usual[(at + turn) % usual.len()])
}
