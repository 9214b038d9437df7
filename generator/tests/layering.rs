//! Reads the generator's sources: each dependency has one home, and no module knows one that comes after it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Which modules a module may name. `source` and `diagnostic` know each other: a message shows its source line.
const KNOWS: &[(&str, &[&str])] = &[
    ("source", &["diagnostic"]),
    ("diagnostic", &["source"]),
    ("document", &["source"]),
    ("budget", &["diagnostic", "source"]),
    ("read", &["budget", "diagnostic", "document", "source"]),
    // Two words of the document, where a parameter stands and in which style, are the same in every later stage.
    ("ir", &["document", "source"]),
    ("pattern", &[]),
    (
        "lower",
        &[
            "budget",
            "diagnostic",
            "document",
            "ir",
            "pattern",
            "source",
        ],
    ),
    ("name", &["diagnostic", "document", "ir", "source"]),
    ("emit", &["document", "ir", "name"]),
    ("render", &["emit"]),
    ("output", &["diagnostic", "render"]),
    ("package", &["emit", "ir", "name", "output", "render"]),
    (
        "report",
        &["diagnostic", "ir", "lower", "name", "render", "source"],
    ),
    ("config", &["diagnostic", "emit", "ir", "lower", "source"]),
    (
        "pipeline",
        &[
            "budget",
            "config",
            "diagnostic",
            "emit",
            "ir",
            "lower",
            "name",
            "output",
            "package",
            "read",
            "render",
            "report",
            "source",
        ],
    ),
    ("build_script", &["config", "pipeline"]),
    ("main", &[]),
];

/// What the stages between the document and the text take of `document`.
const WORDS: &[&str] = &["Location", "Style"];

/// Where each dependency may be named.
const HOMES: &[(&str, &[&str])] = &[
    ("openapiv3", &["read/v3_0.rs"]),
    ("serde_yaml", &["source/scalar.rs"]),
    ("granit_parser", &["source/yaml.rs"]),
    ("heck", &["name/"]),
    ("unicode_ident", &["name/"]),
    ("unicode_normalization", &["name/"]),
    ("unicode_security", &["name/"]),
    ("regress", &["source/jsonpath/select.rs"]),
    // syn prints through the trait `quote::ToTokens`; the macro stays in `emit`.
    ("quote", &["emit/", "render/item.rs"]),
    ("proc_macro2", &["emit/", "render/"]),
    ("syn", &["render/"]),
    ("prettyplease", &["render/"]),
    ("pulldown_cmark", &["emit/markdown.rs", "emit/markdown/"]),
    ("annotate_snippets", &["diagnostic/render.rs"]),
    ("clap", &["main.rs"]),
    ("mimalloc", &["main.rs"]),
];

/// Where files are read and written.
const DISK: &[&str] = &[
    "source/load.rs",
    "output/",
    "config.rs",
    "build_script.rs",
    "main.rs",
];

/// Stages that give what is written: nothing there may have an order of its own.
const ORDERED: &[&str] = &[
    "ir/",
    "lower/",
    "name/",
    "emit/",
    "render/",
    "output/",
    "package/",
    "report.rs",
];

/// A source file without its tests: its path below `src`, and its tokens in one row.
struct Source {
    path: String,
    words: Vec<String>,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.trim_end_matches(".rs")
    }

    fn is_in(&self, homes: &[&str]) -> bool {
        homes.iter().any(|home| match home.strip_suffix('/') {
            Some(_) => self.path.starts_with(home),
            None => self.path == *home,
        })
    }

    /// Whether the words stand in the file one after the other.
    fn says(&self, words: &[&str]) -> bool {
        self.words.windows(words.len()).any(|found| found == words)
    }

    /// What follows `crate::`, with the name after it: `("document", "Location")`.
    fn uses(&self) -> Vec<(String, String)> {
        let mut uses = Vec::new();
        let above = self.path.matches('/').count() + usize::from(!self.path.ends_with("/mod.rs"));
        for (at, word) in self.words.iter().enumerate() {
            let rest = &self.words[at + 1..];
            let top = match word.as_str() {
                "crate" => true,
                // As many steps up as the module is deep lead to the crate.
                "super" => {
                    let before = self.words[..at].rchunks(2);
                    above == 1 + before.take_while(|pair| *pair == ["super", "::"]).count()
                }
                _ => false,
            };
            if top && rest.first().is_some_and(|next| next == "::") {
                uses.extend(leaves(&rest[1..]));
            }
        }
        uses
    }
}

/// The first two steps of the paths that `a::b` or `{a::{b, c}, d}` names.
fn leaves(words: &[String]) -> Vec<(String, String)> {
    let word = |at: usize| words.get(at).cloned().unwrap_or_default();
    if word(0) != "{" {
        return seconds(words);
    }
    let mut leaves = Vec::new();
    let mut depth = 0;
    for (at, found) in words.iter().enumerate() {
        match found.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(found.as_str(), "{" | ",") {
            leaves.extend(seconds(&words[at + 1..]));
        }
    }
    leaves
}

/// `a::b` → `(a, b)`; `a::{b, c}` → `(a, b)` and `(a, c)`.
fn seconds(words: &[String]) -> Vec<(String, String)> {
    let Some(first) = words.first().cloned() else {
        return Vec::new();
    };
    let after = words.get(1).is_some_and(|word| word == "::");
    let second = words.get(2).filter(|_| after).cloned().unwrap_or_default();
    if second != "{" {
        return vec![(first, second)];
    }
    let group = words[3..].iter().take_while(|word| *word != "}");
    group
        .map(|word| (first.clone(), word.clone()))
        .filter(|(_, word)| word != ",")
        .collect()
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut paths: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)
            .expect("a folder of sources")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let source = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a source");
        let tokens: TokenStream = text.parse().expect("a source is Rust");
        let mut words = Vec::new();
        flatten(tokens, &mut words);
        let path = path.strip_prefix(&root).expect("a path below src");
        Source {
            path: path.to_string_lossy().replace('\\', "/"),
            words,
        }
    };
    let is_source = |path: &&PathBuf| path.strip_prefix(&root).is_ok_and(|path| !is_test(path));
    let sources = paths.iter().filter(is_source).map(source);
    sources.collect()
}

/// Whether a file below `src`, or a folder that it is in, is called as tests are.
fn is_test(path: &Path) -> bool {
    path.with_extension("").iter().any(|name| {
        let name = name.to_string_lossy();
        name == "tests" || name.ends_with("_tests")
    })
}

/// Words and brackets in their order; `::` is one word. What `#[cfg(test)]` stands before is left out.
fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    let mut skip = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let start = words.len();
                let (open, close) = match group.delimiter() {
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::None => ("", ""),
                };
                words.push(open.to_owned());
                flatten(group.stream(), words);
                words.push(close.to_owned());
                if words[start..] == ["[", "cfg", "(", "test", ")", "]"] {
                    skip = true;
                } else if skip && open == "{" {
                    words.truncate(start);
                    skip = false;
                }
            }
            TokenTree::Punct(punct)
                if punct.as_char() == ':' && words.last().is_some_and(|word| word == ":") =>
            {
                words.pop();
                words.push("::".to_owned());
            }
            TokenTree::Punct(punct) => {
                skip &= punct.as_char() != ';';
                words.push(punct.to_string());
            }
            other => words.push(other.to_string()),
        }
    }
}

/// Fails with everything that is wrong.
fn none(wrong: &BTreeSet<String>) {
    assert!(
        wrong.is_empty(),
        "\n{}",
        wrong.iter().cloned().collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn modules_know_what_comes_before_them() {
    let modules: Vec<&str> = KNOWS.iter().map(|(module, _)| *module).collect();
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for source in sources().iter().filter(|source| source.path != "lib.rs") {
        let row = KNOWS.iter().find(|(module, _)| *module == source.module());
        let Some((module, known)) = row else {
            wrong.insert(format!("{} is in no row of the table", source.path));
            continue;
        };
        for (used, name) in source.uses() {
            seen += 1;
            let allowed = used == *module || known.contains(&used.as_str());
            if modules.contains(&used.as_str()) && !allowed {
                wrong.insert(format!(
                    "{} uses `{used}`, and `{module}` must not know it",
                    source.path
                ));
            }
            if used == "document"
                && matches!(*module, "ir" | "name" | "emit")
                && !WORDS.contains(&name.as_str())
            {
                wrong.insert(format!("{} uses `document::{name}`", source.path));
            }
        }
    }
    none(&wrong);
    assert!(
        seen > 100,
        "only {seen} uses were found: the test does not see them"
    );
}

#[test]
fn dependencies_have_one_home() {
    let mut wrong = BTreeSet::new();
    for (dependency, homes) in HOMES {
        let all = sources();
        let at = all.iter().filter(|source| {
            source.says(&[dependency, "::"])
                || source.says(&["use", dependency])
                || source.says(&[dependency, "!"])
        });
        let (inside, outside): (Vec<_>, Vec<_>) = at.partition(|source| source.is_in(homes));
        assert!(
            !inside.is_empty(),
            "`{dependency}` is not used in {homes:?}: the test does not see it"
        );
        wrong.extend(
            outside
                .iter()
                .map(|source| format!("{} uses `{dependency}`", source.path)),
        );
    }
    let all = sources();
    let quoting = all
        .iter()
        .filter(|source| source.says(&["quote", "!"]) && !source.is_in(&["emit/"]));
    wrong.extend(quoting.map(|source| format!("{} uses `quote!`", source.path)));
    none(&wrong);
}

#[test]
fn only_the_ends_of_the_pipeline_touch_the_disk() {
    let all = sources();
    let mut wrong = BTreeSet::new();
    for source in &all {
        if source.says(&["std", "::", "fs"]) && !source.is_in(DISK) {
            wrong.insert(format!("{} uses `std::fs`", source.path));
        }
        for word in ["TcpStream", "UdpSocket", "reqwest", "ToSocketAddrs"] {
            if source.says(&[word]) {
                wrong.insert(format!("{} uses `{word}`", source.path));
            }
        }
        if source.says(&["process", "::", "Command"]) {
            wrong.insert(format!("{} starts a process", source.path));
        }
    }
    none(&wrong);
}

#[test]
fn nothing_with_an_order_of_its_own_is_near_the_output() {
    let all = sources();
    let mut wrong = BTreeSet::new();
    for source in all.iter().filter(|source| source.is_in(ORDERED)) {
        for word in ["HashMap", "HashSet"] {
            if source.says(&[word]) {
                wrong.insert(format!("{} uses `{word}`", source.path));
            }
        }
    }
    none(&wrong);
}

#[test]
fn no_document_can_make_it_panic_by_a_word() {
    let mut wrong = BTreeSet::new();
    for source in &sources() {
        for word in [
            "panic",
            "unreachable",
            "todo",
            "unimplemented",
            "assert",
            "assert_eq",
        ] {
            if source.says(&[word, "!"]) {
                wrong.insert(format!("{} says `{word}!`", source.path));
            }
        }
        for word in ["unwrap", "expect"] {
            if source.says(&[".", word, "("]) {
                wrong.insert(format!("{} says `.{word}(…)`", source.path));
            }
        }
    }
    none(&wrong);
}

#[test]
fn the_build_cannot_lock_itself_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for manifest in ["generator/Cargo.toml", "xtask/Cargo.toml"] {
        let text = std::fs::read_to_string(root.join(manifest)).expect("a manifest");
        let manifest: toml::Table = text.parse().expect("a manifest is TOML");
        let paths = manifest["dependencies"]
            .as_table()
            .expect("dependencies")
            .values();
        let mut below = paths.filter_map(|dependency| dependency.get("path")?.as_str());
        assert!(!below.any(|path| path.contains("generated")), "{text}");
    }
}
