//! A struct, an enum or an alias → text, as rustfmt lays it out: a line a member, and where that is longer than a hundred
//! columns, its type on a line of its own, or in several.

use super::call::indented;
use super::token::{line, tokens};
use crate::emit::module::{Definition, Member, Parts};
use proc_macro2::TokenStream;

const WIDTH: usize = 100;

/// What rustfmt writes in one line between the parentheses of a list of more than one.
const LIST_WIDTH: usize = 60;

/// Where rustfmt breaks `#[derive(…)]`.
const DERIVE_WIDTH: usize = 96;

/// A definition at an indent.
pub(super) fn definition(definition: Definition, indent: usize) -> String {
    let mut out = String::new();
    comments(&definition.docs, indent, &mut out);
    let attributes = line(&tokens(definition.attributes));
    if !attributes.is_empty() {
        indented(indent, &mut out);
        out.push_str(&derives(&attributes, indent));
        out.push('\n');
    }
    indented(indent, &mut out);
    let head = line(&tokens(definition.head));
    match definition.parts {
        Parts::Type(target) => {
            typed(&format!("{head} = "), &text(target), ";", indent, &mut out);
        }
        Parts::Fields(members) => block(&head, members, (": ", ","), indent, &mut out),
        Parts::Variants(members) => block(&head, members, ("(", "),"), indent, &mut out),
    }
    out
}

/// The lines of documentation.
pub(super) fn comments(docs: &[String], indent: usize, out: &mut String) {
    for line in docs.iter().flat_map(|text| super::comments("///", text)) {
        indented(indent, out);
        out.push_str(&line);
    }
}

fn text(stream: TokenStream) -> String {
    line(&tokens(stream))
}

/// `{ … }` after the head: the members, whose types stand between two marks.
fn block(
    head: &str,
    members: Vec<Member>,
    (open, close): (&str, &str),
    indent: usize,
    out: &mut String,
) {
    out.push_str(head);
    if members.is_empty() {
        out.push_str(" {}\n");
        return;
    }
    if indent + head.len() + 2 > WIDTH {
        out.push('\n');
        indented(indent, out);
        out.push_str("{\n");
    } else {
        out.push_str(" {\n");
    }
    for member in members {
        comments(&member.docs, indent + 4, out);
        indented(indent + 4, out);
        let name = text(member.name);
        if member.holds.is_empty() {
            out.push_str(&name);
            out.push_str(",\n");
        } else {
            typed(&(name + open), &text(member.holds), close, indent + 4, out);
        }
    }
    indented(indent, out);
    out.push_str("}\n");
}

/// `#[derive(…)]`, in several lines where it is too long: in one of its own, or one a name.
fn derives(attribute: &str, indent: usize) -> String {
    let list = attribute
        .strip_prefix("#[derive(")
        .and_then(|list| list.strip_suffix(")]"));
    let Some(list) = list.filter(|_| indent + attribute.len() > DERIVE_WIDTH) else {
        return attribute.to_owned();
    };
    let fits = indent + 4 + list.len() <= WIDTH;
    let lines = if fits { vec![list] } else { arguments(list) };
    let mut out = "#[derive(\n".to_owned();
    for line in lines {
        indented(indent + 4, &mut out);
        out.extend([line, ",\n"]);
    }
    indented(indent, &mut out);
    out + ")]"
}

/// A field, a variant and what it carries, or an alias, after the indent.
fn typed(before: &str, ty: &str, after: &str, indent: usize, out: &mut String) {
    let is_list = before.ends_with('(');
    // rustfmt leaves the end out of its count where what comes before is too long already.
    let end = if indent + before.len() > WIDTH {
        0
    } else {
        after.len()
    };
    let is_short = if is_list {
        ty.len() <= LIST_WIDTH || arguments(ty).len() == 1
    } else {
        !has_wide_tuple(ty)
    };
    if is_short && indent + before.len() + ty.len() + after.len() <= WIDTH {
        out.extend([before, ty, after]);
    } else if is_list {
        out.push_str(before);
        out.push('\n');
        for part in arguments(ty) {
            indented(indent + 4, out);
            out.extend([part, ",\n"]);
        }
        indented(indent, out);
        out.push_str(after);
    } else if indent + 4 + ty.len() + end <= WIDTH && !has_wide_tuple(ty) {
        out.push_str(before.trim_end());
        out.push('\n');
        indented(indent + 4, out);
        out.extend([ty, after]);
    } else {
        out.extend([before, &broken(ty, indent), after]);
    }
    out.push('\n');
}

/// A type that fits no line, its arguments on lines of their own.
fn broken(ty: &str, indent: usize) -> String {
    let (open, close) = match (ty.starts_with('('), ty.find('<')) {
        (true, _) if ty.ends_with(')') => (0, ")"),
        (false, Some(open)) if ty.ends_with('>') => (open, ">"),
        _ => return ty.to_owned(),
    };
    let mut out = format!("{}\n", &ty[..=open]);
    for part in arguments(&ty[open + 1..ty.len() - 1]) {
        indented(indent + 4, &mut out);
        if indent + 4 + part.len() < WIDTH && !has_wide_tuple(part) {
            out.push_str(part);
        } else {
            out.push_str(&broken(part, indent + 4));
        }
        out.push_str(",\n");
    }
    indented(indent, &mut out);
    out + close
}

/// Whether there is a tuple in a type that rustfmt gives a line for each of its parts.
fn has_wide_tuple(ty: &str) -> bool {
    let mut open = Vec::new();
    ty.len() > LIST_WIDTH
        && ty.char_indices().any(|(at, c)| match c {
            '(' => {
                open.push(at);
                false
            }
            ')' => open.pop().is_some_and(|start| at - start - 1 > LIST_WIDTH),
            _ => false,
        })
}

/// The parts of a list between its outermost commas.
fn arguments(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}
