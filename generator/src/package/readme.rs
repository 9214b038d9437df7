//! The `README.md` of a crate, from its template.

use super::Package;
use crate::emit::UNREACHED;

const TEMPLATE: &str = include_str!("../../templates/crate/README.md");

/// The text of the README; the example is Rust that `render` has formatted.
pub(crate) fn readme(package: &Package, example: Option<&str>, template: Option<&str>) -> String {
    let version = package
        .more
        .get("package")
        .and_then(|about| about.get("version"))
        .and_then(toml::Value::as_str);
    let example = example
        .map(|example| format!("```rust\n{}\n```\n\n", example.trim_end()))
        .unwrap_or_default();
    let groups = package.groups.iter();
    let groups = groups.map(|(feature, tag)| format!("| `{feature}` | {} |\n", cell(tag)));
    let unreached = package.unreached.as_ref();
    let unreached =
        unreached.map(|_| format!("| `{UNREACHED}` | types that no operation reaches |\n"));
    let groups: String = groups.chain(unreached).collect();
    let values = [
        ("header", package.header.as_str()),
        ("title", package.title.as_str()),
        ("name", package.name.as_str()),
        ("version", version.unwrap_or("0.1.0")),
        ("example", example.as_str()),
        ("groups", groups.as_str()),
    ];
    match template {
        // Without the header the file would not be ours to write again.
        Some(own) if !own.contains("{{header}}") => {
            filled(&format!("<!-- {{{{header}}}} -->\n\n{own}"), &values)
        }
        own => filled(own.unwrap_or(TEMPLATE), &values),
    }
}

/// The template with its places filled, each once: a value that looks like a place stays as it is.
fn filled(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let place = after.split_once("}}").and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        // What is no place stays as it is.
        let Some((value, after)) = place else {
            out.push_str("{{");
            rest = after;
            continue;
        };
        out.push_str(value);
        // A place alone in its line takes the line's end with it, its value has its own.
        let own_line = out.ends_with('\n') || out.is_empty();
        rest = if own_line {
            after.strip_prefix('\n').unwrap_or(after)
        } else {
            after
        };
    }
    out.push_str(rest);
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_not_a_template() {
        assert_eq!(
            filled(
                "{{a}} {{b}}\n{{c}}\nx\n",
                &[("a", "{{b}}"), ("b", "1"), ("c", "line\n")]
            ),
            "{{b}} 1\nline\nx\n"
        );
        assert_eq!(filled("${{ x }} {{a}} {{", &[("a", "1")]), "${{ x }} 1 {{");
    }
}
