//! The user guide as tests: its YAML is generated, its Rust must be in the output, its messages must be given where it says.
//!
//! A `yaml` block is a document; what every document needs and the block leaves out is put before it. The `rust` blocks up to the
//! next `yaml` block show paragraphs of the output, line for line. A comment `# warning[code] column` at the end of a line of YAML is
//! a message there, and there is no other. A `toml` block configures the next document. `OASMITH_BLESS=1` writes what is so into the page.

use oasmith::Config;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What a block that does not say it starts with.
const PRELUDE: &[(&str, &str)] = &[
    ("openapi:", "openapi: 3.1.0\n"),
    ("info:", "info: {title: Guide, version: '1'}\n"),
    ("paths:", "paths: {}\n"),
];

/// A page's text, in pieces that give the page again if they are put together.
enum Piece {
    Text(String),
    Toml(String),
    Yaml(String),
    Rust(String),
}

/// What comes of a block of YAML.
struct Made {
    /// By line of the block, from 0; lines of the prelude have no messages.
    messages: Vec<Message>,
    files: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Message {
    line: usize,
    column: u64,
    said: String,
}

fn pieces(page: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = page.split_inclusive('\n').peekable();
    while let Some(line) = rest.next() {
        pieces.push(Piece::Text(line.to_owned()));
        let kind = line.trim_end();
        if kind.starts_with("```") && kind.len() > 3 {
            let mut block = String::new();
            while let Some(line) = rest.next_if(|line| line.trim_end() != "```") {
                block.push_str(line);
            }
            pieces.push(match kind {
                "```toml" => Piece::Toml(block),
                "```yaml" => Piece::Yaml(block),
                "```rust" => Piece::Rust(block),
                _ => Piece::Text(block),
            });
            pieces.extend(rest.next().map(|line| Piece::Text(line.to_owned())));
        }
    }
    pieces
}

fn made(yaml: &str, toml: &str, folder: &Path) -> Made {
    let missing = PRELUDE
        .iter()
        .filter(|(key, _)| !yaml.lines().any(|line| line.starts_with(key)))
        .filter(|(key, _)| *key != "openapi:" || !yaml.starts_with("swagger:"));
    let prelude: String = missing.map(|(_, line)| *line).collect();
    let path = folder.join("openapi.yaml");
    std::fs::write(&path, format!("{prelude}{yaml}")).expect("the document is written");
    let configuration = folder.join("oasmith.toml");
    std::fs::write(&configuration, toml).expect("the configuration is written");
    let config = Config::new(&path)
        .file(&configuration)
        .expect("a configuration");
    let output = config.name("guide").generate();
    let before = prelude.lines().count() + 1;
    let json = output.json();
    let mut messages: Vec<Message> = json.lines().map(|line| message(line, before)).collect();
    messages.sort();
    messages.dedup();
    let files = output
        .files()
        .filter(|(path, _)| !path.starts_with("src/runtime"))
        .map(|(_, text)| text.to_owned());
    Made {
        messages,
        files: files.collect(),
    }
}

fn message(json: &str, before: usize) -> Message {
    let object: serde_json::Value = serde_json::from_str(json).expect("a message is JSON");
    let text = |key: &str| {
        object[key]
            .as_str()
            .expect("a message has a code")
            .to_owned()
    };
    let number = |key: &str| object[key].as_u64().expect("a message has a place");
    let line = usize::try_from(number("line")).expect("a line");
    let line = line.checked_sub(before);
    Message {
        line: line.unwrap_or_else(|| panic!("the prelude is at fault: {json}")),
        column: number("column"),
        said: format!("{}[{}]", text("level"), text("code")),
    }
}

/// The line without its expectations, and what they are.
fn expectations(line: &str) -> (&str, &str) {
    let starts = ["error", "warning", "note"].map(|level| format!("# {level}["));
    let at = starts
        .iter()
        .filter_map(|start| line.find(start.as_str()))
        .min();
    at.map_or((line.trim_end(), ""), |at| {
        (line[..at].trim_end(), line[at..].trim_end())
    })
}

/// The block with the messages that there are.
fn annotated(yaml: &str, messages: &[Message]) -> String {
    let mut out = String::new();
    for (number, line) in yaml.lines().enumerate() {
        out.push_str(expectations(line).0);
        for (count, message) in messages
            .iter()
            .filter(|message| message.line == number)
            .enumerate()
        {
            let before = if count == 0 { "  # " } else { ", " };
            let _ = write!(out, "{before}{} {}", message.said, message.column);
        }
        out.push('\n');
    }
    out
}

/// The paragraphs of the block as they are in the output, found by the line that names the item; `Err` for one that is not there.
fn shown(rust: &str, files: &[String]) -> String {
    let paragraphs = rust.trim_end().split("\n\n").map(|paragraph| {
        let there = files.iter().any(|file| holds(file, paragraph));
        if there {
            return paragraph.to_owned();
        }
        let subject = subject(paragraph);
        let all = files.iter().flat_map(|file| file.split("\n\n"));
        // A page shows a type with its table, or either alone.
        let all = all.flat_map(|found| match (table(paragraph), table(found)) {
            (None, Some(at)) => vec![&found[..at], &found[at..]],
            _ => vec![found],
        });
        let mut found = all.filter(|found| subject.is_some() && self::subject(found) == subject);
        found.next().map_or_else(
            || format!("// nothing like this is generated\n{paragraph}"),
            |found| undented(found.trim_matches('\n')),
        )
    });
    paragraphs.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Where the table begins that stands right below its type.
fn table(paragraph: &str) -> Option<usize> {
    let ends = paragraph
        .match_indices("}\n")
        .map(|(at, end)| at + end.len());
    let mut tables = ends.filter(|at| {
        let line = paragraph[*at..].lines().next().unwrap_or_default();
        line.contains("! {") && !line.trim_start().starts_with("//")
    });
    tables.next()
}

/// What a paragraph is of: an item's first line, or a macro's call with what comes before the first bracket.
fn subject(paragraph: &str) -> Option<String> {
    let mut lines = paragraph.lines().map(str::trim_start);
    let head = lines.by_ref().find(|line| {
        ["pub ", "impl "]
            .iter()
            .any(|start| line.starts_with(start))
            || !line.starts_with("//") && line.contains("! {")
    })?;
    let Some((call, first)) = head.split_once("! {") else {
        return Some(head.to_owned());
    };
    let mut first = std::iter::once(first).chain(lines);
    let first = first.find(|line| !line.is_empty() && !line.starts_with("///"))?;
    let first = first.trim_start();
    let name = first
        .split([' ', '(', '{'])
        .filter(|word| !["open", "closed", "derived"].contains(word));
    Some(format!("{call}! {}", name.take(1).collect::<String>()))
}

/// Whether the lines stand in the file one after the other, whatever their common margin.
fn holds(file: &str, paragraph: &str) -> bool {
    let wanted: Vec<&str> = paragraph.lines().collect();
    let lines: Vec<&str> = file.lines().collect();
    lines.windows(wanted.len()).any(|found| {
        let margin = found[0].len() - found[0].trim_start().len();
        found
            .iter()
            .zip(&wanted)
            .all(|(found, wanted)| found.get(margin..).unwrap_or("") == *wanted)
    })
}

fn undented(paragraph: &str) -> String {
    let margin = paragraph.len() - paragraph.trim_start().len();
    let lines = paragraph
        .lines()
        .map(|line| line.get(margin..).unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}

/// The page as it would be true.
fn true_page(page: &str, folder: &Path) -> String {
    let mut current: Option<Made> = None;
    let mut configuration = String::new();
    let mut out = String::new();
    for piece in pieces(page) {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Toml(toml) => {
                out.push_str(&toml);
                configuration = toml;
            }
            Piece::Yaml(yaml) => {
                let plain: String = yaml
                    .lines()
                    .map(|line| format!("{}\n", expectations(line).0))
                    .collect();
                let made = made(&plain, &std::mem::take(&mut configuration), folder);
                out.push_str(&annotated(&yaml, &made.messages));
                current = Some(made);
            }
            Piece::Rust(rust) => match &current {
                Some(made) => out.push_str(&shown(&rust, &made.files)),
                None => panic!("Rust comes before any YAML:\n{rust}"),
            },
        }
    }
    out
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide");
    let entries = std::fs::read_dir(folder).expect("the guide").flatten();
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

#[test]
fn the_guide_is_true() {
    let bless = std::env::var_os("OASMITH_BLESS").is_some();
    let folder = std::env::temp_dir().join(format!("oasmith-literate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut wrong = String::new();
    for path in pages() {
        let page = std::fs::read_to_string(&path)
            .expect("a page")
            .replace("\r\n", "\n");
        let truth = true_page(&page, &folder);
        if truth == page {
            continue;
        }
        if bless {
            std::fs::write(&path, truth).expect("the page is written");
            continue;
        }
        let difference = similar::TextDiff::from_lines(&page, &truth);
        let _ = write!(wrong, "{}\n{}", path.display(), difference.unified_diff());
    }
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(
        wrong.is_empty(),
        "the guide says what is not so; OASMITH_BLESS=1 mends it\n{wrong}"
    );
}

#[test]
fn what_is_not_so_is_found() {
    let folder = std::env::temp_dir().join(format!("oasmith-literate-self-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let page = |comment: &str, field: &str| {
        format!(
            "```yaml\nopenapi: 3.0.3\ncomponents:\n  schemas:\n    Cat:\n      type: object\n      propertys: {{}}{comment}\n      \
             properties: {{name: {{type: string}}}}\n```\n\n```rust\npub struct Cat {{\n    pub name: {field},\n}}\n```\n"
        )
    };
    let truth = page("  # warning[unknown-key] 7", "Option<String>");
    let check = |page: &str| true_page(page, &folder) == page;
    let verdicts = [
        check(&truth),
        check(&page("", "Option<String>")),
        check(&page("  # warning[unknown-key] 8", "Option<String>")),
        check(&page("  # error[unknown-key] 7", "Option<String>")),
        check(&page("  # warning[unknown-key] 7", "String")),
        check(&truth.replace("Cat {", "Dog {")),
    ];
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert_eq!(verdicts, [true, false, false, false, false, false]);
}
