//! Tokens as slices, so that what lies ahead is looked at where it is, and the text of a run of them in one line.

use proc_macro2::{Delimiter, Ident, Literal, Spacing, TokenStream, TokenTree};
use std::fmt::Write as _;

pub(super) enum Token {
    Group(Delimiter, Vec<Token>),
    Word(Ident),
    Literal(Literal),
    Mark(char, Spacing),
}

impl Token {
    pub(super) fn is_mark(&self, mark: char) -> bool {
        matches!(self, Self::Mark(found, _) if *found == mark)
    }
}

pub(super) fn tokens(stream: TokenStream) -> Vec<Token> {
    let token = |tree| match tree {
        TokenTree::Group(group) => {
            let (delimiter, inner) = (group.delimiter(), group.stream());
            // A stream that nobody shares is taken apart without a copy.
            drop(group);
            Token::Group(delimiter, tokens(inner))
        }
        TokenTree::Ident(ident) => Token::Word(ident),
        TokenTree::Literal(literal) => Token::Literal(literal),
        TokenTree::Punct(punct) => Token::Mark(punct.as_char(), punct.spacing()),
    };
    stream.into_iter().map(token).collect()
}

/// Tokens in one line.
pub(super) fn line(tokens: &[Token]) -> String {
    let mut out = String::new();
    write(tokens, &mut out);
    out
}

/// The same at the end of a text.
pub(super) fn write(tokens: &[Token], out: &mut String) {
    let start = out.len();
    let mut before = Before::Start;
    for token in tokens {
        before = match token {
            Token::Group(delimiter, inner) => {
                group(*delimiter, inner, before, start, out);
                Before::Close
            }
            Token::Word(word) => {
                apart(before, start, out);
                let _ = write!(out, "{word}");
                Before::Word
            }
            Token::Literal(literal) => {
                apart(before, start, out);
                let _ = write!(out, "{literal}");
                Before::Literal
            }
            Token::Mark(mark, spacing) => punctuation(*mark, *spacing, before, start, out),
        };
    }
    let end = out[start..].trim_end().len();
    out.truncate(start + end);
}

fn group(delimiter: Delimiter, inner: &[Token], before: Before, start: usize, out: &mut String) {
    let (open, close) = match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::Brace => ("{ ", " }"),
        Delimiter::None => ("", ""),
    };
    let is_apart = match delimiter {
        Delimiter::Parenthesis => {
            matches!(before, Before::Literal | Before::Spaced | Before::Close)
        }
        _ => !matches!(before, Before::Start | Before::Tight),
    };
    if is_apart {
        space(start, out);
    }
    out.push_str(open);
    let inside = out.len();
    write(inner, out);
    let end = out[inside..].trim_end_matches(',').len();
    if !(delimiter == Delimiter::Parenthesis && before != Before::Word && is_alone(inner)) {
        out.truncate(inside + end);
    }
    if end == 0 && delimiter == Delimiter::Brace {
        out.truncate(inside - 1);
        out.push('}');
    } else {
        out.push_str(close);
    }
}

/// Whether a comma ends what is the only item: a tuple of one.
fn is_alone(inner: &[Token]) -> bool {
    let mut commas = inner
        .iter()
        .enumerate()
        .filter(|(_, token)| token.is_mark(','));
    commas
        .next()
        .is_some_and(|(at, _)| at > 0 && at + 1 == inner.len())
}

/// What stands before a token, as far as a space depends on it.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Start,
    Word,
    Literal,
    Close,
    /// After punctuation that wants a space.
    Spaced,
    /// After punctuation that wants none.
    Tight,
    /// After the first half of `->`, `=>` or `::`.
    Half(char),
}

fn punctuation(
    mark: char,
    spacing: Spacing,
    before: Before,
    start: usize,
    out: &mut String,
) -> Before {
    match (mark, before) {
        (':', Before::Half(':')) => {
            out.push(mark);
            Before::Tight
        }
        ('>', Before::Half('-' | '=')) => {
            out.push(mark);
            Before::Spaced
        }
        (':', _) if spacing == Spacing::Joint => {
            if before == Before::Spaced {
                space(start, out);
            }
            out.push(mark);
            Before::Half(mark)
        }
        ('-' | '=', _) if spacing == Spacing::Joint => {
            space(start, out);
            out.push(mark);
            Before::Half(mark)
        }
        (',' | ':' | ';', _) => {
            out.push(mark);
            Before::Spaced
        }
        ('=' | '|' | '+', _) => {
            space(start, out);
            out.push(mark);
            Before::Spaced
        }
        ('<', _) => {
            if before == Before::Spaced {
                space(start, out);
            }
            out.push(mark);
            Before::Tight
        }
        ('>', _) => {
            out.push(mark);
            Before::Word
        }
        _ => {
            apart(before, start, out);
            out.push(mark);
            Before::Tight
        }
    }
}

fn apart(before: Before, start: usize, out: &mut String) {
    if !matches!(before, Before::Start | Before::Tight) {
        space(start, out);
    }
}

fn space(start: usize, out: &mut String) {
    if out.len() > start && !out.ends_with(' ') {
        out.push(' ');
    }
}
