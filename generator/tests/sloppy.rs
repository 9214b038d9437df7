//! Documents with one fault each, as people and programs write them: what is plainly meant is generated, and said.
//!
//! The pages under `tests/sloppy` are tables. A row begins with `= BASE: what the fault is`; the base names a version and the object
//! that the row's YAML is, and what a sound document needs around it is put there ([`base`]). `! codes` are the messages of the
//! row, in the order of the document and without notes: `! sound` where there is none, `! error …` where the document is refused.
//! `> text` stands in the generated code. `OASMITH_BLESS=1` writes the codes that there are into the pages.
//!
//! A warning is an error under `--strict`, and every message has a place: both are held for every row.

use oasmith::Config;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One fault.
struct Row {
    base: String,
    title: String,
    expected: String,
    code: Vec<String>,
    yaml: String,
}

fn rows(page: &str) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut is_head = false;
    for line in page.lines() {
        if let Some(head) = line.strip_prefix("= ") {
            let (base, title) = head.split_once(": ").expect("a row has a base and a title");
            rows.push(Row {
                base: base.to_owned(),
                title: title.to_owned(),
                expected: String::new(),
                code: Vec::new(),
                yaml: String::new(),
            });
            is_head = true;
            continue;
        }
        let Some(row) = rows.last_mut() else { continue };
        if let Some(codes) = line.strip_prefix("! ").filter(|_| is_head) {
            row.expected = codes.to_owned();
        } else if let Some(code) = line.strip_prefix("> ").filter(|_| is_head) {
            row.code.push(code.to_owned());
        } else {
            is_head = false;
            row.yaml.push_str(line);
            row.yaml.push('\n');
        }
    }
    for row in &mut rows {
        let yaml = row.yaml.trim_end_matches('\n').to_owned();
        row.yaml = format!("{yaml}\n");
    }
    rows
}

/// The text indented, to stand below a key.
fn below(indent: usize, text: &str) -> String {
    let space = " ".repeat(indent);
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line => format!("{space}{line}\n"),
    };
    text.lines().map(line).collect()
}

/// The text as the item of a list.
fn item(indent: usize, text: &str) -> String {
    let mut text = below(indent + 2, text);
    text.replace_range(indent..=indent, "-");
    text
}

const fn plain_answer(version: &str) -> &str {
    match version.as_bytes() {
        b"2.0" => {
            "responses: { '200': { description: Yes., schema: { $ref: '#/definitions/Thing' } } }"
        }
        _ => {
            "responses: { '200': { description: Yes., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }"
        }
    }
}

/// The document around a row's YAML: `GET /things` answers a `Thing`.
fn base(name: &str, yaml: &str) -> Vec<u8> {
    let (version, object) = name
        .split_once(' ')
        .expect("a base is a version and an object");
    if object == "document" {
        return yaml.as_bytes().to_vec();
    }
    if object == "escaped" {
        return unescaped(yaml.trim_end_matches('\n'));
    }
    let has = |key: &str| yaml.lines().any(|line| line.starts_with(key));
    let mut text = String::new();
    let old = version == "2.0";
    if !(object == "root" && (has("openapi:") || has("swagger:"))) {
        let _ = match version {
            "2.0" => writeln!(text, "swagger: '2.0'"),
            version => writeln!(text, "openapi: {version}.0"),
        };
    }
    if !(object == "root" && has("info:")) {
        text.push_str("info: { title: Things, version: '1' }\n");
    }
    if object == "root" {
        text.push_str(yaml);
    }
    let answer = plain_answer(version);
    if !(object == "root" && has("paths:")) {
        let operation = match object {
            "operation" if has("responses:") => yaml.to_owned(),
            "operation" => format!("{yaml}{answer}\n"),
            "parameter" => format!("parameters:\n{}{answer}\n", item(2, yaml)),
            "response" => format!("responses:\n  '200':\n{}", below(4, yaml)),
            "header" => format!(
                "responses:\n  '200':\n    description: Yes.\n    headers:\n      X-Odd:\n{}",
                below(8, yaml)
            ),
            "media" => format!(
                "responses:\n  '200':\n    description: Yes.\n    content:\n      application/json:\n{}",
                below(8, yaml)
            ),
            "body" => format!("requestBody:\n{}{answer}\n", below(2, yaml)),
            _ => format!("{answer}\n"),
        };
        text.push_str("paths:\n");
        match object {
            "paths" => text.push_str(&below(2, yaml)),
            "path" => {
                text.push_str("  /things:\n");
                text.push_str(&below(4, yaml));
            }
            _ => {
                let method = if object == "body" { "post" } else { "get" };
                let _ = write!(text, "  /things:\n    {method}:\n{}", below(6, &operation));
            }
        }
    }
    let thing = match object {
        "schema" => format!(
            "Thing:\n  type: object\n  properties:\n    value:\n{}",
            below(6, yaml)
        ),
        "object" => format!("Thing:\n{}", below(2, yaml)),
        "schemas" => yaml.to_owned(),
        _ => "Thing: { type: object, properties: { id: { type: string } } }\n".to_owned(),
    };
    if old {
        if !(object == "root" && has("definitions:")) {
            let _ = write!(text, "definitions:\n{}", below(2, &thing));
        }
    } else if object == "scheme" {
        let scheme = below(6, yaml);
        let _ = write!(
            text,
            "security: [ {{ odd: [] }} ]\ncomponents:\n  securitySchemes:\n    odd:\n{scheme}  schemas:\n{}",
            below(4, &thing)
        );
    } else if object == "components" {
        let schemas = if has("schemas:") {
            String::new()
        } else {
            format!("  schemas:\n{}", below(4, &thing))
        };
        let _ = write!(text, "components:\n{}{schemas}", below(2, yaml));
    } else if !(object == "root" && has("components:")) {
        let _ = write!(text, "components:\n  schemas:\n{}", below(4, &thing));
    }
    text.into_bytes()
}

/// `\u{…}` and `\xNN` for what a page cannot show.
fn unescaped(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("\\x") {
        out.extend_from_slice(&rest.as_bytes()[..at]);
        let byte = u8::from_str_radix(&rest[at + 2..at + 4], 16).expect("two digits");
        out.push(byte);
        rest = &rest[at + 4..];
    }
    out.extend_from_slice(rest.as_bytes());
    out
}

/// What comes of a document: its messages but notes, by place, and the code.
fn made(path: &Path, strict: bool) -> (Vec<(String, String)>, String, Vec<String>) {
    let output = Config::new(path).name("things").strict(strict).generate();
    let mut faults = Vec::new();
    let mut messages: Vec<((u64, u64), String, String)> = Vec::new();
    for line in output.json().lines() {
        let object: serde_json::Value = serde_json::from_str(line).expect("a message is JSON");
        let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
        if text("level") == "note" {
            continue;
        }
        let place = (object["line"].as_u64(), object["column"].as_u64());
        if place.0.is_none() && text("code") != "empty-document" {
            faults.push(format!("no place: {line}"));
        }
        let place = (place.0.unwrap_or_default(), place.1.unwrap_or_default());
        messages.push((place, text("level"), text("code")));
    }
    messages.sort();
    let code = output
        .files()
        .filter(|(path, _)| !path.starts_with("src/runtime"));
    let code: String = code.map(|(_, text)| text).collect();
    let messages = messages
        .into_iter()
        .map(|(_, level, code)| (level, code))
        .collect();
    (messages, code, faults)
}

fn said(messages: &[(String, String)]) -> String {
    let mut codes: Vec<&str> = Vec::new();
    let has_error = messages.iter().any(|(level, _)| level == "error");
    for (level, code) in messages {
        if (!has_error || level == "error") && !codes.contains(&code.as_str()) {
            codes.push(code);
        }
    }
    match (has_error, codes.as_slice()) {
        (false, []) => "sound".to_owned(),
        (false, codes) => codes.join(" "),
        (true, codes) => format!("error {}", codes.join(" ")),
    }
}

/// What is wrong with a row, and what is said of it.
fn judged(row: &Row, path: &Path) -> (Vec<String>, String) {
    std::fs::write(path, base(&row.base, &row.yaml)).expect("the document is written");
    let (messages, code, mut faults) = made(path, false);
    let says = said(&messages);
    for wanted in row
        .code
        .iter()
        .filter(|wanted| !code.contains(wanted.as_str()))
    {
        faults.push(format!("`{wanted}` is not generated"));
    }
    let is_warned = messages.iter().any(|(level, _)| level == "warning");
    let (strict, _, _) = made(path, true);
    let is_refused = strict.iter().any(|(level, _)| level == "error");
    if is_refused != (says.starts_with("error") || is_warned && !says.starts_with("degraded")) {
        faults.push(format!("under --strict: {strict:?}"));
    }
    (faults, says)
}

#[test]
fn what_is_plainly_meant_is_generated_and_said() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sloppy");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("sloppy");
    std::fs::create_dir_all(&folder).expect("a folder of our own");
    let bless = std::env::var_os("OASMITH_BLESS").is_some();
    let mut pages: Vec<PathBuf> = std::fs::read_dir(pages)
        .expect("the pages")
        .map(|page| page.expect("a page").path())
        .collect();
    pages.sort();
    let (mut faults, mut count) = (Vec::new(), 0);
    for page in pages {
        let mut text = std::fs::read_to_string(&page).expect("a page is text");
        for row in rows(&text) {
            count += 1;
            let name = format!("{}: {}", row.base, row.title);
            let (found, says) = judged(&row, &folder.join("openapi.yaml"));
            faults.extend(found.into_iter().map(|fault| format!("{name}: {fault}")));
            if says == row.expected {
                continue;
            }
            if bless {
                let head = format!("= {name}\n");
                let old = if row.expected.is_empty() {
                    head.clone()
                } else {
                    format!("{head}! {}\n", row.expected)
                };
                text = text.replacen(&old, &format!("{head}! {says}\n"), 1);
            } else {
                faults.push(format!(
                    "{name}: `{says}` where `{}` is expected",
                    row.expected
                ));
            }
        }
        if bless {
            std::fs::write(&page, text).expect("the page is written");
        }
    }
    assert!(count >= 250, "{count} rows");
    assert!(
        faults.is_empty(),
        "{}\n{} faults in {count} rows",
        faults.join("\n"),
        faults.len()
    );
}
