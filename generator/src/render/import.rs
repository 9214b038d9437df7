//! The imports of a module → `use` lines, ordered and wrapped as rustfmt does.

use super::call::spaces;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

const WIDTH: usize = 100;

/// The `use` lines of a module at an indent.
pub(super) fn uses(imports: &BTreeMap<Vec<String>, BTreeSet<String>>, indent: usize) -> String {
    let mut uses: Vec<(&[String], Vec<&str>)> = Vec::new();
    for (path, names) in imports {
        let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
        names.sort_by(|a, b| name_order(a, b));
        uses.push((path, names));
    }
    uses.sort_by(|(a, a_names), (b, b_names)| paths_order(&full(a, a_names), &full(b, b_names)));
    uses.into_iter()
        .map(|(path, names)| use_line("use", path, &names, indent))
        .collect()
}

/// One `use` or `pub use`, in one line where it fits.
pub(super) fn use_line(keyword: &str, path: &[String], names: &[&str], indent: usize) -> String {
    let path = path.join("::");
    let lead = spaces(indent);
    match names {
        ["self"] => return format!("{lead}{keyword} {path};\n"),
        [name] => return format!("{lead}{keyword} {path}::{name};\n"),
        _ => {}
    }
    let line = format!("{lead}{keyword} {path}::{{{}}};", names.join(", "));
    // rustfmt keeps two columns for what might follow a list.
    if line.len() <= WIDTH - 2 {
        return line + "\n";
    }
    let mut out = format!("{lead}{keyword} {path}::{{");
    let inner = spaces(indent + 4);
    let mut current = String::new();
    for name in names {
        if current.is_empty() || current.len() + name.len() + 2 > WIDTH {
            out.push_str(current.trim_end());
            out.push('\n');
            current.clone_from(&inner);
        }
        current.push_str(name);
        current.push_str(", ");
    }
    out.push_str(current.trim_end());
    out.push('\n');
    out.push_str(&lead);
    out.push_str("};\n");
    out
}

/// The path of one name to its end; a list comes after all names.
fn full<'a>(path: &'a [String], names: &[&'a str]) -> Vec<&'a str> {
    let last = match names {
        ["self"] => None,
        [name] => Some(*name),
        _ => Some(LIST),
    };
    path.iter().map(String::as_str).chain(last).collect()
}

/// Sorts after every identifier.
const LIST: &str = "{";

fn paths_order(a: &[&str], b: &[&str]) -> Ordering {
    for (a, b) in a.iter().zip(b) {
        let order = name_order(a, b);
        if order != Ordering::Equal {
            return order;
        }
    }
    a.len().cmp(&b.len())
}

/// `self`, `super` and `crate` first, then in version order, as the style edition 2024 has it.
pub(super) fn name_order(a: &str, b: &str) -> Ordering {
    let rank = |name: &str| {
        ["self", "super", "crate"]
            .iter()
            .position(|special| *special == name)
            .unwrap_or(if name == LIST { 4 } else { 3 })
    };
    rank(a)
        .cmp(&rank(b))
        .then_with(|| version_order(a.trim_start_matches("r#"), b.trim_start_matches("r#")))
}

fn version_order(a: &str, b: &str) -> Ordering {
    let (a_chunks, b_chunks) = (chunks(a), chunks(b));
    for (a, b) in a_chunks.iter().zip(&b_chunks) {
        let order = match (*a, *b) {
            ("_", "_") => Ordering::Equal,
            ("_", _) => Ordering::Less,
            (_, "_") => Ordering::Greater,
            (a, b) => match (a.parse::<u128>(), b.parse::<u128>()) {
                (Ok(a), Ok(b)) => a.cmp(&b),
                _ => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a_chunks.len().cmp(&b_chunks.len()).then_with(|| a.cmp(b))
}

/// Underscores, runs of digits, and runs of anything else.
fn chunks(name: &str) -> Vec<&str> {
    let kind = |c: char| {
        if c == '_' {
            0
        } else if c.is_ascii_digit() {
            1
        } else {
            2
        }
    };
    let mut chunks = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in name.char_indices() {
        if last.is_some_and(|last| last != kind(c) || last == 0) {
            chunks.push(&name[start..at]);
            start = at;
        }
        last = Some(kind(c));
    }
    if start < name.len() {
        chunks.push(&name[start..]);
    }
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_the_order_of_the_style_edition() {
        let mut names = vec![
            "object",
            "A10",
            "Ab",
            "A2",
            "r#as",
            "self",
            "A_b",
            "AAA",
            "string_enum",
            "Maybe",
        ];
        names.sort_by(|a, b| name_order(a, b));
        assert_eq!(
            names,
            [
                "self",
                "A_b",
                "A2",
                "A10",
                "AAA",
                "Ab",
                "Maybe",
                "r#as",
                "object",
                "string_enum"
            ]
        );
    }
}
