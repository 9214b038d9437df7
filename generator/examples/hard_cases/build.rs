//! Writes documents that are hard on a generator and on rustc, and generates them.

use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// How many types hold one another in a chain.
const LINKS: usize = 200;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").unwrap_or_default());
    generate(&out, "chain", links(|next| json!({ "next": next })));
    let list = |next| json!({ "next": { "type": "array", "items": next } });
    generate(&out, "lists", links(list));
    let back = json!({ "$ref": "#/components/schemas/Link0" });
    generate(
        &out,
        "circle",
        links(|next| json!({ "next": next, "first": back })),
    );
}

fn generate(out: &Path, name: &str, schemas: Map<String, Value>) {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    let path = out.join(format!("{name}.json"));
    if let Err(error) = std::fs::write(&path, document.to_string()) {
        println!("cargo::error=cannot write {}: {error}", path.display());
    }
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
