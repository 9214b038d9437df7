//! What overlays make of documents, and what is wrong with overlays.

use super::reference_tests::Folder;
use super::{Limits, Reach, Sources, Tree, load};
use crate::diagnostic::{Diagnostics, Format, render};
use serde_json::{Value as Json, json};

/// The document with the overlays applied, and the faults: code, file, line and column.
fn applied(name: &str, document: &str, overlays: &[&str]) -> (Sources, Tree, Vec<String>) {
    let names: Vec<String> = (0..overlays.len())
        .map(|number| format!("{number}.overlay.yaml"))
        .collect();
    let mut files = vec![("openapi.yaml", document)];
    files.extend(
        names
            .iter()
            .map(String::as_str)
            .zip(overlays.iter().copied()),
    );
    let folder = Folder::new(&format!("overlay-{name}"), &files);
    let reach = Reach {
        overlays: names.iter().map(|name| folder.0.join(name)).collect(),
        ..Reach::default()
    };
    let limits = Limits {
        nodes: 100_000,
        ..Limits::default()
    };
    let mut diagnostics = Diagnostics::default();
    let (sources, tree) = load(
        &folder.0.join("openapi.yaml"),
        &reach,
        &limits,
        &mut diagnostics,
    );
    let tree = tree.expect("the document is read");
    let text = render(&diagnostics, &sources, Some(&tree), Format::Json);
    let faults = text.lines().map(|line| {
        let fault: Json = serde_json::from_str(line).expect("an object a line");
        let file = fault["file"]
            .as_str()
            .and_then(|file| file.rsplit('/').next())
            .unwrap_or_default();
        let word = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        format!(
            "{} {file}:{}:{}",
            word("code"),
            fault["line"],
            fault["column"]
        )
    });
    let faults = faults.collect();
    (sources, tree, faults)
}

const HEAD: &str = "overlay: 1.1.0\ninfo: {title: T, version: '1'}\nactions:\n";

fn result(name: &str, document: &str, actions: &str) -> Json {
    let (_, tree, faults) = applied(name, document, &[&format!("{HEAD}{actions}")]);
    assert_eq!(faults, Vec::<String>::new(), "{actions}");
    tree.json(tree.root())
}

#[test]
fn actions_change_what_they_select() {
    for (number, (document, actions, expected)) in [
        ("a: {b: 1}", "- {target: $.a, update: {b: 2, c: {d: 3}}}", json!({"a": {"b": 2, "c": {"d": 3}}})),
        ("a: {b: {c: 1, d: 2}}", "- {target: $, update: {a: {b: {c: 9}}}}", json!({"a": {"b": {"c": 9, "d": 2}}})),
        // In merged members lists are put together, and a key without a value changes nothing.
        ("a: {l: [1], m: {x: 1}}", "- {target: $.a, update: {l: [2], m: }}", json!({"a": {"l": [1, 2], "m": {"x": 1}}})),
        ("a: [1]", "- {target: $.a, update: {x: 2}}", json!({"a": [1, {"x": 2}]})),
        ("a: [1]", "- {target: $.a, update: [2, 3]}", json!({"a": [1, 2, 3]})),
        ("a: {b: text}", "- {target: $.a.b, update: other}", json!({"a": {"b": "other"}})),
        ("a: {b: text}", "- {target: $.a, update: {b: {c: 1}}}", json!({"a": {"b": {"c": 1}}})),
        ("a: [1, 2, 3, 2]", "- {target: '$.a[?@ == 2]', remove: true}", json!({"a": [1, 3]})),
        ("a: {b: 1, c: 2}", "- {target: '$.a[''b'']', remove: true}", json!({"a": {"c": 2}})),
        // `remove` stands above `update`, and each action sees what the last one left.
        (
            "a: {b: 1}",
            "- {target: $.a.b, remove: true, update: {x: 1}}\n- {target: $.a, update: {b: new}}\n- {target: $.a.b, update: newer}",
            json!({"a": {"b": "newer"}}),
        ),
        ("a: {x: [1]}\nb: {}\nc: {}", "- {target: '$[''b'', ''c'']', copy: $.a}", json!({"a": {"x": [1]}, "b": {"x": [1]}, "c": {"x": [1]}})),
        ("a: {x: 1}\nb: {}", "- {target: $.b, copy: $.a}\n- {target: $.b.x, update: 2}", json!({"a": {"x": 1}, "b": {"x": 2}})),
        ("a: {x: 1}", "- {target: $.a, copy: $}", json!({"a": {"x": 1, "a": {"x": 1}}})),
        // What YAML shares is changed in one place only.
        (
            "a: &a {x: {y: 1}}\nb: *a\nc: {<<: *a, z: 1}",
            "- {target: $.b.x, update: {y: 2}}\n- {target: $.c.x, remove: true}",
            json!({"a": {"x": {"y": 1}}, "b": {"x": {"y": 2}}, "c": {"z": 1}}),
        ),
        ("a: &a {x: 1}\nb: *a", "- {target: $.a.x, update: 2}", json!({"a": {"x": 2}, "b": {"x": 1}})),
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(result(&format!("action-{number}"), document, actions), expected, "{actions}");
    }
}

#[test]
fn large_maps_find_what_overlays_add() {
    let entries: String = (0..100)
        .map(|number| format!("  k{number}: {number}\n"))
        .collect();
    let (_, tree, faults) = applied(
        "large",
        &format!("a:\n{entries}"),
        &[&format!(
            "{HEAD}- {{target: $.a, update: {{new: 1}}}}\n- {{target: $.a.k50, remove: true}}\n"
        )],
    );
    assert_eq!(faults, Vec::<String>::new());
    let a = tree.get(tree.root(), "a").expect("it is there");
    assert_eq!(tree.entries(a).len(), 100);
    assert!(tree.get(a, "k50").is_none());
    for key in ["new", "k0", "k51", "k99"] {
        let node = tree.get(a, key).expect("it is there");
        assert_eq!(tree.pointer(node), format!("#/a/{key}"));
    }
}

#[test]
fn what_an_overlay_writes_keeps_its_place_and_refers_to_the_document() {
    let overlay = format!(
        "{HEAD}- target: $.a\n  update:\n    to: {{$ref: '#/x/y'}}\n    file: {{$ref: 'more.yaml'}}\n"
    );
    let (sources, tree, faults) = applied("place", "x: {y: 7}\na: {}\n", &[&overlay]);
    assert_eq!(faults, Vec::<String>::new());
    let reference = tree
        .resolve(tree.root(), "#/a/to/$ref")
        .expect("it was added");
    assert_eq!(tree.pointer(reference), "#/a/to/$ref");
    let span = tree.span(reference);
    let file = sources.file(span.file);
    assert!(file.name.ends_with("0.overlay.yaml"), "{}", file.name);
    assert_eq!(file.line_column(span.start), (6, 16));
    let target = tree.resolve(reference, "#/x/y").map(|node| tree.json(node));
    assert_eq!(target, Ok(json!(7)));
    let file = tree
        .resolve(tree.root(), "#/a/file/$ref")
        .expect("it was added");
    let error = tree
        .resolve(file, "more.yaml")
        .expect_err("there is no such file");
    let fault = tree
        .unresolved(file, "more.yaml", &error)
        .expect("it is told");
    assert_eq!(fault.code.id, "unresolved-reference");
}

#[test]
fn overlays_are_applied_one_after_the_other() {
    let first = format!("{HEAD}- {{target: $.a, update: {{b: 1}}}}\n");
    let second = format!("{HEAD}- {{target: $.a.b, update: 2}}\n");
    let (_, tree, faults) = applied("several", "a: {}", &[&first, &second]);
    assert_eq!(
        (tree.json(tree.root()), faults),
        (json!({"a": {"b": 2}}), vec![])
    );
}

#[test]
fn what_is_wrong_with_an_overlay_is_told_in_the_overlay() {
    let with = |actions: &str| format!("{HEAD}{actions}");
    for (number, (overlay, expected)) in [
        (with("- {target: $.none, remove: true}"), vec!["unused-action 0.overlay.yaml:4:12"]),
        (with("- {target: $./a, remove: true}"), vec!["overlay-path 0.overlay.yaml:4:14"]),
        (with("- {target: \"$.\\x2fa\", remove: true}"), vec!["overlay-path 0.overlay.yaml:4:12"]),
        (with("- {target: 3, remove: true}"), vec!["wrong-type 0.overlay.yaml:4:12"]),
        (with("- {remove: true}"), vec!["missing-field 0.overlay.yaml:4:3"]),
        (with("- {target: $.a}"), vec!["missing-field 0.overlay.yaml:4:3"]),
        (with("- 3"), vec!["wrong-type 0.overlay.yaml:4:3"]),
        (with("- {target: $, remove: true}"), vec!["overlay-mismatch 0.overlay.yaml:4:12"]),
        (with("- {target: $.a, update: text}"), vec!["overlay-mismatch 0.overlay.yaml:4:25"]),
        (with("- {target: $.a, update: {}, copy: $.a}"), vec!["overlay-mismatch 0.overlay.yaml:4:35"]),
        (with("- {target: $.a, copy: $.l.*}"), vec!["overlay-mismatch 0.overlay.yaml:4:23"]),
        (with("- {target: $.a, updat: {}}"), vec!["missing-field 0.overlay.yaml:4:3", "unknown-key 0.overlay.yaml:4:17"]),
        (
            "overlay: 1.0.0\ninfo: {title: T, version: '1'}\nactions:\n- {target: $.a, copy: '$.l[1]'}".to_owned(),
            vec!["wrong-version-key 0.overlay.yaml:4:23"],
        ),
        (
            "overlay: 2.0.0\nactions: []\n".to_owned(),
            vec![
                "missing-field 0.overlay.yaml:1:1",
                "incomplete-object 0.overlay.yaml:1:1",
                "unsupported-version 0.overlay.yaml:1:10",
            ],
        ),
        ("[".to_owned(), vec!["syntax 0.overlay.yaml:1:2"]),
    ]
    .into_iter()
    .enumerate()
    {
        let (_, _, faults) = applied(&format!("fault-{number}"), "a: {}\nl: [1, {}]", &[&overlay]);
        assert_eq!(faults, expected, "{overlay}");
    }
}

#[test]
fn an_overlay_cannot_make_a_document_grow_without_end() {
    let action = "- {target: $.a, update: [1]}\n- {target: '$..*', copy: $.a}\n".repeat(30);
    let (_, _, faults) = applied(
        "growth",
        "a: [1, 2, 3, 4]\nb: [5, 6, 7]",
        &[&format!("{HEAD}{action}")],
    );
    assert_eq!(
        faults.last().and_then(|fault| fault.split(' ').next()),
        Some("too-large")
    );
}

/// The conformance sets of the Overlay specification, where `OASMITH_CORPUS` names a folder that has them.
#[test]
fn the_specification_agrees() {
    let Some(folder) = std::env::var_os("OASMITH_CORPUS") else {
        eprintln!("skipped: OASMITH_CORPUS names no folder");
        return;
    };
    let sets = std::path::Path::new(&folder).join("conformance/overlay-compliant-sets");
    let read = |path: &std::path::Path, overlays: Vec<std::path::PathBuf>| {
        let reach = Reach {
            overlays,
            ..Reach::default()
        };
        let (_, tree) = load(
            path,
            &reach,
            &Limits::default(),
            &mut Diagnostics::default(),
        );
        tree.map(|tree| tree.json(tree.root()))
    };
    for set in std::fs::read_dir(sets).expect("the sets").flatten() {
        let file = |name: &str| set.path().join(name);
        if file("openapi.yaml").exists() {
            let found = read(&file("openapi.yaml"), vec![file("overlay.yaml")]);
            assert_eq!(
                found,
                read(&file("output.yaml"), Vec::new()),
                "{}",
                set.path().display()
            );
        }
    }
}
