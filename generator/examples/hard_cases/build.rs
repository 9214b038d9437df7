//! Writes documents that are hard on a generator and on rustc, and generates them.

use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// How many types hold one another in a chain.
const LINKS: usize = 200;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    generate(&out, "chain", links(|next| json!({ "next": next })));
    let twice = |next: Value| json!({ "next": next, "other": next });
    generate(&out, "doubling", links(twice));
    let list = |next| json!({ "next": { "type": "array", "items": next } });
    generate(&out, "lists", links(list));
    let back = json!({ "$ref": "#/components/schemas/Link0" });
    generate(
        &out,
        "circle",
        links(|next| json!({ "next": next, "first": back })),
    );
    let pages = PAGES.iter().flat_map(|page| guide(&out, page));
    let modules = pages.map(|module| {
        format!("/// A document of the guide.\npub mod {module} {{ include!(concat!(env!(\"OUT_DIR\"), \"/{module}.rs\")); }}\n")
    });
    write(&out.join("guide.rs"), &modules.collect::<String>());
}

/// Pages of the guide whose documents are generated and compiled.
const PAGES: &[&str] = &["aliases", "directions", "names", "recursion"];

/// What a document of the guide leaves out.
const PRELUDE: &[(&str, &str)] = &[
    ("openapi:", "openapi: 3.1.0\n"),
    ("info:", "info: {title: Guide, version: '1'}\n"),
    ("paths:", "paths: {}\n"),
];

/// Generates every document of a page; the modules' names.
fn guide(out: &Path, page: &str) -> Vec<String> {
    let path = format!("../../docs/guide/{page}.md");
    println!("cargo::rerun-if-changed={path}");
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let blocks = text.split("\n```yaml\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("\n```\n").next());
    let blocks = blocks.filter(|block| !block.contains("# error["));
    let mut modules = Vec::new();
    for (number, block) in blocks.enumerate() {
        let module = format!("{page}_{number}");
        let missing = PRELUDE
            .iter()
            .filter(|(key, _)| !block.lines().any(|line| line.starts_with(key)));
        let prelude: String = missing.map(|(_, line)| *line).collect();
        let document = out.join(format!("{module}.yaml"));
        write(&document, &format!("{prelude}{block}\n"));
        // The page shows the warnings; here they are known.
        let codes: std::collections::BTreeSet<&str> = block
            .split("warning[")
            .skip(1)
            .filter_map(|rest| rest.split(']').next())
            .collect();
        let config = out.join(format!("{module}.toml"));
        let codes: Vec<&str> = codes.into_iter().collect();
        write(&config, &format!("allow = {codes:?}\n"));
        oasmith::Build::new(document).config(config).run();
        modules.push(module);
    }
    modules
}

fn write(path: &Path, text: &str) {
    if let Err(error) = std::fs::write(path, text) {
        println!("cargo::error=cannot write {}: {error}", path.display());
    }
}

fn generate(out: &Path, name: &str, schemas: Map<String, Value>) {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let path = out.join(format!("{name}.json"));
    write(&path, &document.to_string());
    oasmith::build(path);
}

/// Types of which each holds the next one.
fn links(properties: impl Fn(Value) -> Value) -> Map<String, Value> {
    let link = |number: usize| {
        let next = json!({ "$ref": format!("#/components/schemas/Link{}", number + 1) });
        let object = json!({ "type": "object", "properties": properties(next) });
        (format!("Link{number}"), object)
    };
    let last = json!({ "type": "object", "properties": { "end": { "type": "boolean" } } });
    let last = (format!("Link{LINKS}"), last);
    (0..LINKS).map(link).chain([last]).collect()
}
