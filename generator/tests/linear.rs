//! A document twice as large costs at most 2.2 times as much, in instructions, which unlike time are the same in every run.
//!
//! What the document costs that is twice as large again is compared without what every run costs: twice the growth is what a linear
//! generator takes, four times what a quadratic one does. Counted where `valgrind` is installed.

use oasmith::Config;
use serde_json::{Value, json};
use std::process::Command;

/// The environment of a process that does nothing but generate: the kind of document and its size.
const ORDER: &str = "OASMITH_LINEAR";

const MOST: f64 = 2.2;

/// The kinds of documents, and the smallest size of each.
const KINDS: &[(&str, usize)] = &[("long", 12), ("wide", 48), ("written twice", 12)];

#[test]
fn twice_the_document_costs_twice_as_much() {
    if let Ok(order) = std::env::var(ORDER) {
        return obey(&order);
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: valgrind is not installed, so nothing can be counted");
        return;
    }
    let mut faults = Vec::new();
    for (kind, size) in KINDS {
        let [once, twice, four_times] = std::thread::scope(|scope| {
            let counted = |times: usize| scope.spawn(move || instructions(kind, times * size));
            [1, 2, 4]
                .map(counted)
                .map(|count| count.join().expect("a count"))
        });
        let ratio = (four_times - twice) / (twice - once);
        if ratio > MOST {
            faults.push(format!("{kind}: {ratio:.2} times for twice as much"));
        }
    }
    assert!(faults.is_empty(), "{faults:?}");
}

/// Generates from the document that was ordered.
fn obey(order: &str) {
    let (kind, size) = order.split_once('/').expect("a kind and a size");
    let size = size.parse().expect("a size");
    let document = match kind {
        "long" => long(size, &|position| format!("{position}")),
        "wide" => wide(size),
        _ => long(size, &|_| "the same".to_owned()),
    };
    let folder = std::env::temp_dir().join(format!("oasmith-linear-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("openapi.json");
    std::fs::write(&path, document.to_string()).expect("the document is written");
    let output = Config::new(&path).name("linear").generate();
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    assert!(!output.has_errors(), "{}", output.text(false));
    assert!(output.files().count() > 4);
}

/// Tags with an operation each, over schemas that refer to one another in a chain and to one that all share, with inline
/// schemas that are told apart by what `words` says, or not at all.
fn long(size: usize, words: &dyn Fn(usize) -> String) -> Value {
    let mut paths = serde_json::Map::new();
    let mut schemas = serde_json::Map::new();
    let reference = |name: String| json!({ "$ref": format!("#/components/schemas/{name}") });
    schemas.insert("Shared".to_owned(), json!({ "type": "object" }));
    for position in 0..size {
        let before = position.checked_sub(1).map_or("Shared".to_owned(), part);
        let inline = json!({
            "type": "object",
            "properties": {
                "url": { "type": "string", "description": words(position) },
                "state": { "type": "string", "enum": ["open", "closed"] },
            },
        });
        schemas.insert(
            part(position),
            json!({
                "type": "object",
                "description": "A part of the whole, [as it was](https://example.com).",
                "required": ["id", "kind"],
                "properties": {
                    "id": { "type": "string", "format": "uuid" },
                    "kind": { "type": "string", "enum": [part(position)] },
                    "size": { "type": "integer", "minimum": 1, "default": 20 },
                    "before": reference(before.clone()),
                    "shared": reference("Shared".to_owned()),
                    "inline": inline,
                },
            }),
        );
        let answer = json!({
            "description": "Fine.",
            "headers": { "X-Count": { "schema": { "type": "integer" }, "description": words(position) } },
            "content": { "application/json": { "schema": {
                "oneOf": [reference(part(position)), { "type": "array", "items": reference(before) }],
            } } },
        });
        paths.insert(
            format!("/parts/{position}/{{id}}"),
            json!({ "post": {
                "operationId": format!("makePart{position}"),
                "tags": [format!("tag {position}")],
                "summary": "Make a part",
                "parameters": [
                    { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
                    { "name": "limit", "in": "query", "schema": { "type": "integer", "default": 20 } },
                ],
                "requestBody": { "content": { "application/json": { "schema": inline } } },
                "responses": { "200": answer, "404": { "description": "Nothing." } },
            } }),
        );
    }
    let info = json!({ "title": "Linear", "version": "1" });
    json!({ "openapi": "3.0.3", "info": info, "paths": paths, "components": { "schemas": schemas } })
}

fn part(position: usize) -> String {
    format!("Part{position}")
}

/// One operation whose parameters, members, values, variants and answers are many.
fn wide(size: usize) -> Value {
    let numbers = 0..size;
    let properties: serde_json::Map<String, Value> = numbers
        .clone()
        .map(|number| {
            let text = json!({ "type": "string", "description": format!("The member {number}.") });
            (format!("member_{number}"), text)
        })
        .collect();
    let values: Vec<String> = numbers
        .clone()
        .map(|number| format!("VALUE-{number}"))
        .collect();
    let variants: Vec<Value> = numbers
        .clone()
        .map(|number| {
            let name = format!("only_{number}");
            json!({ "type": "object", "required": [name], "properties": { name: { "type": "string" } } })
        })
        .collect();
    let parameters: Vec<Value> = numbers
        .map(|number| {
            json!({ "name": format!("p{number}"), "in": "query", "schema": { "type": "string" } })
        })
        .collect();
    let schemas = json!({
        "Members": { "type": "object", "required": ["member_0"], "properties": properties },
        "Values": { "type": "string", "enum": values },
        "Variants": { "oneOf": variants },
    });
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let answer = json!({ "type": "object", "properties": {
        "members": of("Members"), "values": of("Values"), "variants": of("Variants"),
    } });
    let operation = json!({
        "operationId": "all",
        "parameters": parameters,
        "responses": { "200": {
            "description": "All.", "content": { "application/json": { "schema": answer } },
        } },
    });
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Linear", "version": "1" },
        "paths": { "/all": { "get": operation } },
        "components": { "schemas": schemas },
    })
}

/// Instructions of a process of this test alone that generates from one document.
fn instructions(kind: &str, size: usize) -> f64 {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no"])
        .arg("--cachegrind-out-file=/dev/null")
        .arg(own)
        .args([
            "twice_the_document_costs_twice_as_much",
            "--exact",
            "--test-threads=1",
        ])
        .env(ORDER, format!("{kind}/{size}"))
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let count = line.map(|(_, count)| count.trim().replace(',', ""));
    let count = count.and_then(|digits| digits.parse().ok());
    let count = count.filter(|_| output.status.success());
    count.unwrap_or_else(|| panic!("no count of `{kind}`: {said}"))
}
