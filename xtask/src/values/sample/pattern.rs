//! Texts that a regular expression matches.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// How often what may be repeated is.
const REPEATED: &[u32] = &[1, 0, 2, 3, 8, 16, 32, 40, 64];
/// The longest text that is made.
const LONG: usize = 5_000;

/// Whether a pattern matches, as far as it is understood.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    fancy_regex::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text).unwrap_or(false))
}

/// Texts that match a pattern, of several lengths; some may not, where it looks around itself.
pub(super) fn texts(pattern: &str) -> Vec<String> {
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
        HirKind::Look(Look::WordUnicode | Look::WordAscii | _) => {}
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repeated.max(repetition.min).min(most) {
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
