//! The rules that the specification says in words: a line of a document, the version, and the faults.

mod name;
mod object;
mod reference;
mod schema;
mod security;

use super::tests::faults;

/// Each case is a version, the lines below `info`, and the faults as `code line:column`; line 3 is the first of them.
fn check(cases: &[(&str, &str, &[&str])]) {
    let mut wrong = Vec::new();
    for (version, lines, expected) in cases {
        let key = if *version == "2.0" {
            "swagger"
        } else {
            "openapi"
        };
        let paths = if lines.contains("paths:") {
            ""
        } else {
            "\npaths: {}"
        };
        let text =
            format!("{key}: '{version}'\ninfo: {{title: T, version: '1'}}\n{lines}{paths}\n");
        let found = faults(&text);
        if found != *expected {
            wrong.push(format!("{text}gives {found:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
