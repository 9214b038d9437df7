//! How large what is generated is: lines, bytes and items of every document under `specs/`, beside `sizes.tsv`.
//!
//! Compile time follows them, and no other test asks for it. `OASMITH_BLESS=1` writes what is so into the file.

use oasmith::{Config, Output};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How far a number may be off, in hundredths, either way: what has become smaller is to stay so.
const TOLERANCE: usize = 4;

const HEAD: &str = "# document\tpart\tlines\tbytes\titems\n";

/// What there is of a part of a crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Size {
    lines: usize,
    bytes: usize,
    /// Structs, enums, aliases, functions, implementations and calls of the runtime's macros.
    items: usize,
}

impl Size {
    fn of(text: &str) -> Self {
        let item = |line: &&str| {
            let line = line.trim_start_matches("pub ");
            let starts = [
                "struct ", "enum ", "type ", "fn ", "impl", "trait ", "const ", "static ",
            ];
            let macros = line.split_once("! {").map(|(name, _)| name);
            starts.iter().any(|start| line.starts_with(start))
                || macros
                    .is_some_and(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        };
        Self {
            lines: text.lines().count(),
            bytes: text.len(),
            items: text.lines().filter(item).count(),
        }
    }

    fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.bytes += other.bytes;
        self.items += other.items;
    }

    /// Whether it is as large as another, within the tolerance.
    fn is_about(self, other: Self) -> bool {
        let about = |own: usize, other: usize| own.abs_diff(other) * 100 <= other * TOLERANCE;
        about(self.lines, other.lines)
            && about(self.bytes, other.bytes)
            && about(self.items, other.items)
    }
}

/// The parts of a crate: its types, its operations, both sides of them, and all there is with the runtime.
fn parts(output: &Output) -> Vec<(&'static str, Size)> {
    let part = |folder: &str| {
        let mut size = Size::default();
        for (_, text) in output.files().filter(|(path, _)| path.starts_with(folder)) {
            size.add(Size::of(text));
        }
        size
    };
    vec![
        ("types", part("src/types")),
        ("operations", part("src/operations")),
        ("client", part("src/client")),
        ("server", part("src/server")),
        ("all", part("src")),
    ]
}

/// The documents, by name.
fn documents(specs: &Path) -> Vec<(String, PathBuf)> {
    let files = std::fs::read_dir(specs).expect("the folder is there");
    let mut documents: Vec<(String, PathBuf)> = files
        .flatten()
        .map(|file| file.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml" || extension == "json")
        })
        .filter_map(|path| Some((path.file_stem()?.to_str()?.to_owned(), path)))
        .collect();
    documents.sort();
    documents
}

#[test]
fn crates_are_as_large_as_they_were() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = own.join("tests/sizes.tsv");
    let known = std::fs::read_to_string(&file)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let (mut now, mut faults) = (HEAD.to_owned(), String::new());
    for (name, document) in documents(&own.join("../specs")) {
        let mut config = Config::new(&document).name(&name);
        let beside = document.with_extension("toml");
        if beside.is_file() {
            config = config.file(&beside).expect("a configuration").name(&name);
        }
        let output = config.generate();
        assert!(!output.has_errors(), "{}", output.text(false));
        for (part, size) in parts(&output) {
            let Size {
                lines,
                bytes,
                items,
            } = size;
            // Writing into a string does not fail.
            let _ = writeln!(now, "{name}\t{part}\t{lines}\t{bytes}\t{items}");
            let key = format!("{name}\t{part}\t");
            let row = known.lines().find_map(|line| line.strip_prefix(&key));
            let row = row.map(|row| {
                row.split('\t')
                    .filter_map(|cell| cell.parse().ok())
                    .collect::<Vec<usize>>()
            });
            let before = match row.as_deref() {
                Some(&[lines, bytes, items]) => Some(Size {
                    lines,
                    bytes,
                    items,
                }),
                _ => None,
            };
            if !before.is_some_and(|before| size.is_about(before)) {
                let _ = writeln!(faults, "{name}, {part}: {size:?}, and it was {before:?}");
            }
        }
    }
    if std::env::var_os("OASMITH_BLESS").is_some() {
        std::fs::write(&file, now).expect("the file can be written");
    } else {
        assert!(
            faults.is_empty(),
            "{faults}OASMITH_BLESS=1 takes them as they are"
        );
    }
}

#[test]
fn items_are_counted_by_their_first_words() {
    let text = "use std::fmt;\n\n/// A pet.\npub struct Pet {\n    pub name: String,\n}\n\nobject! {\n    Pet { name: \"name\" }\n}\n";
    assert_eq!(
        Size::of(text),
        Size {
            lines: 10,
            bytes: text.len(),
            items: 2
        }
    );
    let size = |lines| Size {
        lines,
        bytes: 1_000,
        items: 10,
    };
    assert!(
        size(104).is_about(size(100))
            && !size(105).is_about(size(100))
            && !size(95).is_about(size(100))
    );
}
