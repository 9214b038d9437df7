//! Same input, same bytes; and a name does not depend on what has nothing to do with it.

use oasmith::{Config, Output};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn bycloud() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs/bycloud.yaml")
}

fn files(output: &Output) -> BTreeMap<PathBuf, String> {
    assert!(!output.has_errors(), "{}", output.text(false));
    output
        .files()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

fn generated(name: &str, text: &str) -> Output {
    let folder =
        std::env::temp_dir().join(format!("oasmith-determinism-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("api.yaml");
    std::fs::write(&path, text).expect("a file");
    let output = Config::new(&path).name("api").generate();
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    output
}

#[test]
fn two_runs_and_four_threads_give_the_same_bytes() {
    let first = files(&Config::new(bycloud()).generate());
    std::thread::scope(|scope| {
        let runs: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| files(&Config::new(bycloud()).generate())))
            .collect();
        for run in runs {
            assert!(run.join().expect("no panic") == first);
        }
    });
}

#[test]
fn json_gives_what_yaml_gives() {
    let text = std::fs::read_to_string(bycloud()).expect("the document");
    let value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    assert!(files(&generated("yaml", &text)) == files(&generated("json", &value.to_string())));
}

/// Every public name with the kind of item it is.
fn names(output: &Output) -> Vec<String> {
    let mut names = Vec::new();
    for (path, text) in files(output)
        .iter()
        .filter(|(path, _)| !path.starts_with("src/runtime"))
    {
        for line in text.lines() {
            let line = line.trim_start();
            if line.starts_with("pub struct ")
                || line.starts_with("pub enum ")
                || line.starts_with("pub type ")
            {
                let name: String = line
                    .split_whitespace()
                    .skip(1)
                    .take(2)
                    .collect::<Vec<_>>()
                    .join(" ");
                names.push(format!(
                    "{} {}",
                    path.display(),
                    name.trim_end_matches([';', '{'])
                ));
            }
        }
    }
    names.sort();
    names
}

#[test]
fn the_order_of_paths_and_schemas_changes_no_name() {
    let text = std::fs::read_to_string(bycloud()).expect("the document");
    let mut value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    let before = names(&generated("order", &value.to_string()));
    for pointer in ["/paths", "/components/schemas"] {
        let map = value
            .pointer_mut(pointer)
            .and_then(serde_json::Value::as_object_mut)
            .expect("a map");
        let turned = std::mem::take(map).into_iter().rev().collect();
        *map = turned;
    }
    assert_eq!(names(&generated("turned", &value.to_string())), before);
}

#[test]
fn what_is_added_renames_nothing() {
    let text = std::fs::read_to_string(bycloud()).expect("the document");
    let mut value: serde_json::Value = serde_yaml::from_str(&text).expect("YAML");
    let before = names(&generated("before", &value.to_string()));
    value["components"]["schemas"]["AAA"] = serde_json::json!({"type": "object", "properties": {"backup": {"type": "object", "properties": {"id": {"type": "string"}}}}});
    value["paths"]["/v1/aaa"] = serde_json::json!({"get": {
        "operationId": "aaa",
        "tags": ["block-storage"],
        "responses": {"200": {"description": "A", "content": {"application/json": {"schema": {
            "$ref": "#/components/schemas/AAA"}}}}}}});
    let after = names(&generated("after", &value.to_string()));
    let lost: Vec<&String> = before.iter().filter(|name| !after.contains(name)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(after.len() > before.len());
}
