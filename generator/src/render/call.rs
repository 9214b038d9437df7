//! The tokens of a call of one of our macros → text: short entries fill lines, others have lines of their own.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

const WIDTH: usize = 100;

/// A call such as `object! { … }` at an indent.
pub(crate) fn call(path: &TokenStream, body: &TokenStream, indent: usize) -> String {
    let split = split(body.clone());
    if let [entry] = split.as_slice()
        && !is_attribute(entry.first())
    {
        let body = line(body.clone());
        let one_line = format!("{}{}! {{ {body} }}\n", spaces(indent), line(path.clone()));
        if one_line.len() <= WIDTH && fits(entry, &body, indent) {
            return one_line;
        }
    }
    let mut out = format!("{}{}! {{\n", spaces(indent), line(path.clone()));
    for entry in split {
        let rest = lead(entry, indent + 4, &mut out);
        entry_line(rest, indent + 4, &mut out);
    }
    out.push_str(&spaces(indent));
    out.push_str("}\n");
    out
}

pub(crate) fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// The entries of a group: as many as fit on a line, but one with attributes or with a group in braces has its own.
fn entries(body: TokenStream, indent: usize, out: &mut String) {
    let mut filled = String::new();
    for entry in split(body) {
        let alone = is_attribute(entry.first()) || has_braces(&entry);
        let text = if alone {
            String::new()
        } else {
            line(entry.iter().cloned().collect())
        };
        if alone || indent + filled.len() + 1 + text.len() > WIDTH {
            end_line(&mut filled, indent, out);
        }
        if alone {
            let rest = lead(entry, indent, out);
            entry_line(rest, indent, out);
        } else {
            space(&mut filled);
            filled.push_str(&text);
        }
    }
    end_line(&mut filled, indent, out);
}

fn end_line(filled: &mut String, indent: usize, out: &mut String) {
    if !filled.is_empty() {
        out.push_str(&spaces(indent));
        out.push_str(filled);
        out.push('\n');
        filled.clear();
    }
}

/// Writes the attributes of an entry, each on its line, and gives the rest.
fn lead(entry: Vec<TokenTree>, indent: usize, out: &mut String) -> Vec<TokenTree> {
    let (attributes, rest) = attributes(entry);
    for attribute in attributes {
        out.push_str(&spaces(indent));
        out.push_str(&attribute);
        out.push('\n');
    }
    rest
}

fn is_attribute(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == '#')
}

fn has_braces(tokens: &[TokenTree]) -> bool {
    tokens.iter().any(
        |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace),
    )
}

/// Tokens in one line, or, where that is too long, with the longest list in parentheses on lines of its own.
fn wrapped(tokens: Vec<TokenTree>, indent: usize) -> String {
    let one_line = line(tokens.iter().cloned().collect());
    // What follows is at most ` {`.
    if indent + one_line.len() + 2 <= WIDTH {
        return one_line;
    }
    let lists = tokens
        .iter()
        .enumerate()
        .filter_map(|(at, token)| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                let entries = split(group.stream()).len();
                (entries > 1).then(|| (entries, at, group.stream()))
            }
            _ => None,
        });
    let Some((_, at, list)) = lists.max_by_key(|(entries, ..)| *entries) else {
        return one_line;
    };
    let mut tokens = tokens;
    let after = tokens.split_off(at + 1);
    tokens.truncate(at);
    let mut out = line(tokens.into_iter().collect()) + "(\n";
    entries(list, indent + 4, &mut out);
    out.push_str(&spaces(indent));
    out.push(')');
    let after = line(after.into_iter().collect());
    if !after.is_empty() && !after.starts_with(',') {
        out.push(' ');
    }
    out + &after
}

fn entry_line(tokens: Vec<TokenTree>, indent: usize, out: &mut String) {
    let start = out.len();
    let one_line = line(tokens.iter().cloned().collect());
    if !has_braces(&tokens) {
        out.push_str(&spaces(indent));
        out.push_str(&wrapped(tokens, indent));
        out.push('\n');
        return;
    }
    out.push_str(&spaces(indent));
    if fits(&tokens, &one_line, indent) {
        out.push_str(&one_line);
        out.push('\n');
        return;
    }
    let mut run = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Brace && !group.stream().is_empty() =>
            {
                let before = wrapped(std::mem::take(&mut run), indent);
                out.push_str(&before);
                out.push_str(if out[start..].trim().is_empty() {
                    "{\n"
                } else {
                    " {\n"
                });
                entries(group.stream(), indent + 4, out);
                out.push_str(&spaces(indent));
                out.push('}');
            }
            other => run.push(other),
        }
    }
    let rest = line(run.into_iter().collect());
    if !rest.is_empty() && !rest.starts_with(',') {
        out.push(' ');
    }
    out.push_str(&rest);
    out.push('\n');
}

/// Whether an entry is written in one line: it holds one group in braces, of entries without attributes and such groups.
fn fits(tokens: &[TokenTree], one_line: &str, indent: usize) -> bool {
    if indent + one_line.len() > WIDTH {
        return false;
    }
    let mut groups = tokens.iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    match (groups.next(), groups.next()) {
        (Some(group), None) => split(group)
            .iter()
            .all(|entry| !is_attribute(entry.first()) && !has_braces(entry)),
        _ => false,
    }
}

/// Entries end after a comma, or after a group in braces that no comma and no word follows.
fn split(body: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut entries = vec![Vec::new()];
    let mut tokens = body.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let ends = match &token {
            TokenTree::Punct(punct) => punct.as_char() == ',',
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                !matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ',')
            }
            _ => false,
        };
        if let Some(entry) = entries.last_mut() {
            entry.push(token);
        }
        if ends {
            entries.push(Vec::new());
        }
    }
    entries.retain(|entry| !entry.is_empty());
    entries
}

/// The attributes before an entry, as lines; documentation as comments.
fn attributes(entry: Vec<TokenTree>) -> (Vec<String>, Vec<TokenTree>) {
    let mut lines = Vec::new();
    let mut tokens = entry.into_iter().peekable();
    while matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '#') {
        let Some(hash) = tokens.next() else { break };
        match tokens.next() {
            Some(TokenTree::Group(group)) => lines.push(attribute(&group.stream())),
            other => {
                return (
                    lines,
                    [Some(hash), other]
                        .into_iter()
                        .flatten()
                        .chain(tokens)
                        .collect(),
                );
            }
        }
    }
    (lines, tokens.collect())
}

fn attribute(content: &TokenStream) -> String {
    let tokens: Vec<TokenTree> = content.clone().into_iter().collect();
    if let [
        TokenTree::Ident(name),
        TokenTree::Punct(_),
        TokenTree::Literal(literal),
    ] = tokens.as_slice()
        && name == "doc"
        && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
    {
        return format!("///{}", text.value()).trim_end().to_owned();
    }
    format!("#[{}]", line(content.clone()))
}

/// Tokens in one line.
pub(crate) fn line(tokens: TokenStream) -> String {
    let mut out = String::new();
    let mut before = Before::Start;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let inner = line(group.stream());
                let inner = inner.trim_end_matches(',');
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Brace if inner.is_empty() => ("{", "}"),
                    Delimiter::Brace => ("{ ", " }"),
                    Delimiter::None => ("", ""),
                };
                let apart = match group.delimiter() {
                    Delimiter::Parenthesis => {
                        matches!(before, Before::Literal | Before::Spaced | Before::Close)
                    }
                    _ => !matches!(before, Before::Start | Before::Tight),
                };
                if apart {
                    space(&mut out);
                }
                out.push_str(open);
                out.push_str(inner);
                out.push_str(close);
                before = Before::Close;
            }
            TokenTree::Ident(ident) => {
                if !matches!(before, Before::Start | Before::Tight) {
                    space(&mut out);
                }
                out.push_str(&ident.to_string());
                before = Before::Word;
            }
            TokenTree::Literal(literal) => {
                if !matches!(before, Before::Start | Before::Tight) {
                    space(&mut out);
                }
                out.push_str(&literal.to_string());
                before = Before::Literal;
            }
            TokenTree::Punct(punct) => {
                before = punctuation(punct.as_char(), punct.spacing(), before, &mut out)
            }
        }
    }
    out.trim_end().to_owned()
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

fn punctuation(mark: char, spacing: Spacing, before: Before, out: &mut String) -> Before {
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
                space(out);
            }
            out.push(mark);
            Before::Half(mark)
        }
        ('-' | '=', _) if spacing == Spacing::Joint => {
            space(out);
            out.push(mark);
            Before::Half(mark)
        }
        (',' | ':' | ';', _) => {
            out.push(mark);
            Before::Spaced
        }
        ('=' | '|' | '+', _) => {
            space(out);
            out.push(mark);
            Before::Spaced
        }
        ('<', _) => {
            if before == Before::Spaced {
                space(out);
            }
            out.push(mark);
            Before::Tight
        }
        ('>', _) => {
            out.push(mark);
            Before::Word
        }
        _ => {
            if !matches!(before, Before::Start | Before::Tight) {
                space(out);
            }
            out.push(mark);
            Before::Tight
        }
    }
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}
