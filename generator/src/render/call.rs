//! The tokens of a call of one of our macros → text: short entries fill lines, others have lines of their own.

use super::token::{Token, line, tokens, write};
use proc_macro2::{Delimiter, TokenStream};

const WIDTH: usize = 100;

/// A call such as `object! { … }` at an indent.
pub(super) fn call(path: TokenStream, body: TokenStream, indent: usize) -> String {
    let (path, body) = (line(&tokens(path)), tokens(body));
    let entries = split(&body);
    if let [entry] = entries.as_slice()
        && !is_attribute(entry)
    {
        let text = line(entry);
        let one_line = format!("{}{path}! {{ {text} }}\n", spaces(indent));
        if one_line.len() <= WIDTH && fits(entry, &text, indent) {
            return one_line;
        }
    }
    let mut out = format!("{}{path}! {{\n", spaces(indent));
    for entry in entries {
        let rest = lead(entry, indent + 4, &mut out);
        entry_line(rest, indent + 4, &mut out);
    }
    indented(indent, &mut out);
    out.push_str("}\n");
    out
}

pub(super) fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// Begins a line.
pub(super) fn indented(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}

/// The entries of a group: as many as fit on a line, but one with attributes or with a group in braces has its own.
fn entries(body: &[Token], indent: usize, out: &mut String) {
    let mut filled = String::new();
    for entry in split(body) {
        let alone = is_attribute(entry) || has_braces(entry);
        let text = if alone { String::new() } else { line(entry) };
        if alone || indent + filled.len() + 1 + text.len() > WIDTH {
            end_line(&mut filled, indent, out);
        }
        if alone {
            let rest = lead(entry, indent, out);
            entry_line(rest, indent, out);
        } else if filled.is_empty() {
            filled = text;
        } else {
            filled.push(' ');
            filled.push_str(&text);
        }
    }
    end_line(&mut filled, indent, out);
}

fn end_line(filled: &mut String, indent: usize, out: &mut String) {
    if !filled.is_empty() {
        indented(indent, out);
        out.push_str(filled);
        out.push('\n');
        filled.clear();
    }
}

/// Writes the attributes of an entry, each on its line and documentation as comments, and gives the rest.
fn lead<'t>(entry: &'t [Token], indent: usize, out: &mut String) -> &'t [Token] {
    let mut rest = entry;
    while let [Token::Mark('#', _), Token::Group(_, content), after @ ..] = rest {
        indented(indent, out);
        out.push_str(&attribute(content));
        out.push('\n');
        rest = after;
    }
    rest
}

fn is_attribute(entry: &[Token]) -> bool {
    entry.first().is_some_and(|token| token.is_mark('#'))
}

fn has_braces(tokens: &[Token]) -> bool {
    tokens
        .iter()
        .any(|token| matches!(token, Token::Group(Delimiter::Brace, _)))
}

/// Tokens in one line, or, where that is too long, with the longest list in parentheses on lines of its own.
fn wrapped(tokens: &[Token], indent: usize) -> String {
    let one_line = line(tokens);
    // What follows is at most ` {`.
    if indent + one_line.len() + 2 <= WIDTH {
        return one_line;
    }
    let lists = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token {
            Token::Group(Delimiter::Parenthesis, list) => {
                let entries = split(list).len();
                (entries > 1).then_some((entries, at, list))
            }
            _ => None,
        });
    let Some((_, at, list)) = lists.max_by_key(|(entries, ..)| *entries) else {
        return one_line;
    };
    let mut out = line(&tokens[..at]) + "(\n";
    entries(list, indent + 4, &mut out);
    indented(indent, &mut out);
    out.push(')');
    after(&tokens[at + 1..], &mut out);
    out
}

/// What comes after a group that has lines of its own.
fn after(tokens: &[Token], out: &mut String) {
    let rest = line(tokens);
    if !rest.is_empty() && !rest.starts_with(',') {
        out.push(' ');
    }
    out.push_str(&rest);
}

fn entry_line(tokens: &[Token], indent: usize, out: &mut String) {
    indented(indent, out);
    if !has_braces(tokens) {
        out.push_str(&wrapped(tokens, indent));
        out.push('\n');
        return;
    }
    let one_line = line(tokens);
    if fits(tokens, &one_line, indent) {
        out.push_str(&one_line);
        out.push('\n');
        return;
    }
    let (mut start, mut is_first) = (0, true);
    for (at, token) in tokens.iter().enumerate() {
        let Token::Group(Delimiter::Brace, inner) = token else {
            continue;
        };
        if inner.is_empty() {
            continue;
        }
        let before = wrapped(&tokens[start..at], indent);
        let is_alone = is_first && before.is_empty();
        out.push_str(&before);
        out.push_str(if is_alone { "{\n" } else { " {\n" });
        entries(inner, indent + 4, out);
        indented(indent, out);
        out.push('}');
        (start, is_first) = (at + 1, false);
    }
    after(&tokens[start..], out);
    out.push('\n');
}

/// Whether an entry is written in one line: it holds one group in braces, of entries without attributes and such groups.
fn fits(tokens: &[Token], one_line: &str, indent: usize) -> bool {
    if indent + one_line.len() > WIDTH {
        return false;
    }
    let mut groups = tokens.iter().filter_map(|token| match token {
        Token::Group(Delimiter::Brace, inner) => Some(inner),
        _ => None,
    });
    match (groups.next(), groups.next()) {
        (Some(group), None) => split(group)
            .into_iter()
            .all(|entry| !is_attribute(entry) && !has_braces(entry)),
        _ => false,
    }
}

/// Entries end after a comma, or after a group in braces that no comma and no word follows.
fn split(body: &[Token]) -> Vec<&[Token]> {
    let (mut entries, mut start) = (Vec::new(), 0);
    for (at, token) in body.iter().enumerate() {
        let ends = match token {
            Token::Group(Delimiter::Brace, _) => {
                !body.get(at + 1).is_some_and(|next| next.is_mark(','))
            }
            other => other.is_mark(','),
        };
        if ends {
            entries.push(&body[start..=at]);
            start = at + 1;
        }
    }
    if start < body.len() {
        entries.push(&body[start..]);
    }
    entries
}

fn attribute(content: &[Token]) -> String {
    if let [
        Token::Word(name),
        Token::Mark('=', _),
        Token::Literal(literal),
    ] = content
        && name == "doc"
        && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
    {
        // One line, whatever the text is: nothing of it is ever code.
        let text = text.value().replace(['\n', '\r'], " ");
        return format!("///{text}").trim_end().to_owned();
    }
    let mut out = "#[".to_owned();
    write(content, &mut out);
    out + "]"
}
