//! The runtime's sources, embedded → the files of a crate's own `runtime` module.
//!
//! They are copied as they are, but for items behind one of the features that a document decides, which are kept without
//! the condition or left out, and for tests, which are left out. The sources lie outside this package's folder, and links lead there (`generator/templates`):
//! `cargo package` puts what they lead to into the package.

use crate::render::{File, comment};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Every source of the runtime, by its path under `templates/runtime/src`.
const SOURCES: &[(&str, &str)] = include!("runtime_sources.in");

/// A feature of the runtime that a document decides. A crate's own copy has no use for it: what is chosen is there.
pub(super) struct Part {
    pub(super) feature: &'static str,
    /// The crate that it needs.
    pub(super) dependency: &'static str,
    /// The sources that are all its own, by the beginning of their paths.
    sources: &'static str,
}

impl Part {
    /// Whether generated code names the crate itself, as the type of a format.
    pub(super) fn is_scalar(&self) -> bool {
        self.sources.starts_with("scalar/")
    }
}

pub(super) const PARTS: &[Part] = &[
    part("charset", "encoding_rs", "charset/foreign"),
    part("chrono", "chrono", "scalar/chrono."),
    part("jiff", "jiff", "scalar/jiff."),
    part("time", "time", "scalar/time."),
    part("uuid", "uuid", "scalar/uuid."),
    part("xml", "quick-xml", "xml/"),
    part("yaml", "granit-parser", "yaml/"),
];

const fn part(feature: &'static str, dependency: &'static str, sources: &'static str) -> Part {
    Part {
        feature,
        dependency,
        sources,
    }
}

/// The runtime's manifest.
pub(super) const MANIFEST: &str = include_str!("../../templates/runtime.toml");

/// The files of the module `runtime` of a crate, under `src`.
pub(crate) fn runtime_files(features: &BTreeSet<&'static str>, header: &str) -> Vec<File> {
    let mut files = Vec::with_capacity(SOURCES.len());
    for (path, text) in SOURCES {
        let unwanted =
            |part: &Part| path.starts_with(part.sources) && !features.contains(part.feature);
        if PARTS.iter().any(unwanted) || is_test(path) {
            continue;
        }
        let path = if *path == "lib.rs" { "mod.rs" } else { path };
        let text = format!("{}{}", comment(header), resolved(text, features));
        files.push(File {
            path: PathBuf::from("src/runtime").join(path),
            text,
        });
    }
    files
}

fn is_test(path: &str) -> bool {
    path.split('/')
        .any(|part| part == "tests" || part == "tests.rs" || part.ends_with("_tests.rs"))
}

/// A source without the conditions that are decided.
fn resolved(text: &str, features: &BTreeSet<&'static str>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match condition(line) {
            Some((any, wanted)) if any.iter().any(|one| features.contains(one)) == wanted => {}
            Some(_) => drop_item(&mut lines),
            // What was left out stood between blank lines, of which one is enough.
            None if line.is_empty() && out.ends_with("\n\n") => {}
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    let trimmed = out.trim_end().len();
    out.truncate(trimmed);
    out.push('\n');
    out
}

/// The features, or `test`, of which a line makes any the condition of the next item, and whether it has to be there.
fn condition(line: &str) -> Option<(Vec<&str>, bool)> {
    fn within<'a>(word: &str, text: &'a str) -> Option<&'a str> {
        text.strip_prefix(word)?
            .strip_prefix('(')?
            .strip_suffix(')')
    }
    let inner = within("cfg", line.trim().strip_prefix("#[")?.strip_suffix(']')?)?;
    if inner == "test" {
        return Some((vec![inner], true));
    }
    let negated = within("not", inner);
    let inner = negated.unwrap_or(inner);
    let any = within("any", inner).unwrap_or(inner).split(',');
    let feature = |text: &'_ str| -> Option<&'static str> {
        let name = text
            .trim()
            .strip_prefix("feature = \"")?
            .strip_suffix('"')?;
        let part = PARTS.iter().find(|part| part.feature == name)?;
        Some(part.feature)
    };
    let features: Option<Vec<&str>> = any.map(feature).collect();
    Some((features?, negated.is_none()))
}

/// Skips an item: to the line that ends it at the depth where it began.
fn drop_item<'a>(lines: &mut impl Iterator<Item = &'a str>) {
    let mut depth = 0_usize;
    for line in lines {
        for c in line.chars() {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        let trimmed = line.trim_end();
        let attribute =
            trimmed.trim_start().starts_with("#[") || trimmed.trim_start().starts_with("//");
        if depth == 0 && !attribute && trimmed.ends_with([';', '}', ',']) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_source_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/runtime");
        let mut found = Vec::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)
                .expect("the runtime's sources")
                .flatten()
            {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(
                        path.strip_prefix(&root)
                            .expect("inside")
                            .to_string_lossy()
                            .replace('\\', "/"),
                    );
                }
            }
        }
        found.sort();
        let rows = found.iter().map(|path| {
            format!("    (\"{path}\", include_str!(\"../../templates/runtime/{path}\")),\n")
        });
        let list = format!("&[\n{}]\n", rows.collect::<String>());
        if std::env::var_os("OASMITH_BLESS").is_some() {
            let place =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("src/package/runtime_sources.in");
            std::fs::write(place, &list).expect("the list is writable");
        }
        // Run this test with `OASMITH_BLESS=1` after adding or removing a file of the runtime.
        let written = include_str!("runtime_sources.in").replace("\r\n", "\n");
        assert_eq!(written, list);
    }

    #[test]
    fn decided_conditions_are_gone() {
        let text = "#[cfg(any(feature = \"xml\", feature = \"chrono\"))]\nfn any() {}\n#[cfg(not(feature = \"xml\"))]\nmod y;\n#[cfg(feature = \"xml\")]\nXml,\n#[cfg(feature = \"chrono\")]\nmod chrono;\n#[cfg(feature = \"jiff\")]\npub use jiff::{\n    A,\n};\nmod x;\n\n#[cfg(test)]\nmod tests {\n    fn a() {}\n}\n";
        assert_eq!(
            resolved(text, &BTreeSet::from(["chrono"])),
            "fn any() {}\nmod y;\nmod chrono;\nmod x;\n"
        );
        assert_eq!(resolved(text, &BTreeSet::new()), "mod y;\nmod x;\n");
        assert_eq!(
            resolved(text, &BTreeSet::from(["xml"])),
            "fn any() {}\nXml,\nmod x;\n"
        );
    }

    #[test]
    fn nothing_names_the_crate() {
        for (path, text) in SOURCES {
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                assert!(!line.contains("crate::"), "{path}: {line}");
            }
        }
    }
}
