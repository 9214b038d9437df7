use super::text::SourceFile;
use super::{Limits, Tree, Value, load_text};
use crate::diagnostic::{Diagnostics, Format, render};

fn read(name: &str, text: &str) -> (Option<Tree>, Vec<String>) {
    let mut diagnostics = Diagnostics::default();
    let (sources, tree) = load_text(name, text.to_owned(), &Limits::default(), &mut diagnostics);
    let shown = render(&diagnostics, &sources, tree.as_ref(), Format::Json);
    let faults = shown.lines().map(|line| {
        let fault: serde_json::Value = serde_json::from_str(line).expect("one object a line");
        format!(
            "{} {}:{}",
            fault["code"].as_str().unwrap_or_default(),
            fault["line"],
            fault["column"]
        )
    });
    (tree, faults.collect())
}

fn tree(text: &str) -> Tree {
    let (tree, faults) = read("a.yaml", text);
    assert_eq!(faults, Vec::<String>::new());
    tree.expect("the text is read")
}

#[test]
fn yaml_and_json_give_the_same_values() {
    let yaml = tree("a: [1, 2.50, 'x', null, true]\nb:\n  c: |\n    two\n    lines\n  200: yes\n");
    let json =
        tree(r#"{"a": [1, 2.50, "x", null, true], "b": {"c": "two\nlines\n", "200": "yes"}}"#);
    assert_eq!(yaml.json(yaml.root()), json.json(json.root()));
}

#[test]
fn every_node_knows_its_place() {
    let text = "paths:\n  /v1/bäckups:\n    get: {x: \"ü\"}\n";
    let tree = tree(text);
    let node = tree
        .resolve(tree.root(), "#/paths/~1v1~1b%C3%A4ckups/get/x")
        .expect("it is there");
    assert_eq!(tree.pointer(node), "#/paths/~1v1~1bäckups/get/x");
    assert_eq!(tree.raw(node), "\"ü\"");
    let key = tree.key_span(node).expect("it stands under a key");
    assert_eq!(&text[key.start as usize..key.end as usize], "x");
}

#[test]
fn the_text_of_a_number_is_kept() {
    let tree = tree("version: 1.10\nbig: 18446744073709551616\n");
    let version = tree.get(tree.root(), "version").expect("it is there");
    assert_eq!(tree.raw(version), "1.10");
    let big = tree.get(tree.root(), "big").expect("it is there");
    assert!(matches!(
        tree.value(big),
        Value::Number("18446744073709551616")
    ));
}

#[test]
fn anchors_aliases_and_merge_keys_are_followed() {
    let tree = tree("base: &base {a: 1, b: 2}\none:\n  <<: *base\n  b: 3\ntwo: *base\n");
    assert_eq!(
        tree.json(tree.root()),
        serde_json::json!({"base": {"a": 1, "b": 2}, "one": {"b": 3, "a": 1}, "two": {"a": 1, "b": 2}})
    );
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    for (text, fault) in [
        ("", "empty-document 1:1"),
        ("# nothing\n", "empty-document 1:1"),
        ("a: 1\na: 2\n", "duplicate-key 2:1"),
        ("a: [1]\na: [1]\n", "duplicate-name 2:1"),
        ("{\"a\": 1,\n \"a\": 2}", "duplicate-key 2:2"),
        ("a: 1\n---\nb: 2\n", "several-documents 2:1"),
        ("a: .inf\n", "not-finite-number 1:4"),
        ("a: !Ref b\n", "custom-tag 1:4"),
        ("a: &x [*x]\n", "syntax 1:8"),
        ("{\"a\": 1,}", "loose-syntax 1:9"),
        ("{\"a\": 1 /* b */}", "loose-syntax 1:9"),
        ("{\"a\": 01}", "syntax 1:7"),
        ("{\"a\": \"\\x\"}", "loose-syntax 1:8"),
        ("{\"a\": 1} b", "syntax 1:10"),
        ("{\"a\": [1", "syntax 1:9"),
        ("? [a]\n: b\n", "syntax 1:3"),
    ] {
        let is_json = text.starts_with('{');
        let name = if is_json { "a.json" } else { "a.yaml" };
        let (_, faults) = read(name, text);
        assert_eq!(faults, [fault], "{text:?}");
    }
    let (_, faults) = read("a.yaml", "a: \"b\n");
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].starts_with("syntax "), "{faults:?}");
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let marked = tree("\u{feff}a: 1\r\nb: |\r\n  x\r\n  y\r\n");
    assert_eq!(
        marked.json(marked.root()),
        serde_json::json!({"a": 1, "b": "x\ny\n"})
    );
}

#[test]
fn surrogate_pairs_are_one_character_and_half_of_one_is_none() {
    let pair = tree(r#"{"a": "\ud83d\ude00"}"#);
    assert_eq!(pair.json(pair.root()), serde_json::json!({"a": "😀"}));
    let (tree, faults) = read("a.json", r#"{"a": "\ud83d"}"#);
    assert_eq!(faults, ["loose-syntax 1:8"]);
    let tree = tree.expect("it is read");
    assert_eq!(tree.json(tree.root()), serde_json::json!({"a": "\u{fffd}"}));
    let (_, faults) = read("a.json", r#"{"a": "\ud8"}"#);
    assert_eq!(faults, ["syntax 1:8"]);
}

#[test]
fn depth_and_expansion_are_bounded() {
    for open in ["[", "{\"a\":", "- "] {
        let (_, faults) = read("a.yaml", &open.repeat(100_000));
        assert!(faults[0].starts_with("too-deep 1:"), "{faults:?}");
    }
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!(
            "a{level}: &a{level} [{}]\n",
            below.trim_end_matches(", ")
        ));
    }
    let (_, faults) = read("a.yaml", &bomb);
    assert!(faults[0].starts_with("yaml-bomb "), "{faults:?}");
}

#[test]
fn what_aliases_repeat_is_bounded_by_what_is_written() {
    let of = |times: usize| {
        let row = format!("row: &row [{}]\n", "x, ".repeat(2_000));
        let lines: String = (0..times).map(|line| format!("k{line}: *row\n")).collect();
        read("a.yaml", &(row + &lines)).1
    };
    assert!(of(400).is_empty());
    assert!(of(800)[0].starts_with("yaml-bomb "));
}

#[test]
fn a_value_as_deep_as_the_limit_is_read_converted_and_dropped() {
    let depth = Limits::default().depth - 1;
    let tree = tree(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(tree.nodes.len(), depth);
    drop(tree.json(tree.root()));
}

#[test]
fn large_maps_find_every_key_and_report_every_duplicate() {
    let mut text = String::new();
    for number in 0..1_000 {
        text.push_str(&format!("key{number}: {number}\n"));
    }
    let large = tree(&text);
    for number in 0..1_000 {
        let node = large
            .get(large.root(), &format!("key{number}"))
            .expect("it is there");
        assert_eq!(large.json(node).as_i64(), Some(number));
    }
    assert!(large.get(large.root(), "key1000").is_none());
    text.push_str("key7: again\nkey8: again\n");
    let (_, faults) = read("a.yaml", &text);
    assert_eq!(faults, ["duplicate-key 1001:1", "duplicate-key 1002:1"]);
}

#[test]
fn a_bracket_may_close_left_of_its_line_and_keys_may_be_long() {
    let (tree, faults) = read(
        "a.yaml",
        "a:\n  b: {\n    \"c\": 1\n  }\n  d: [\n  1\n]\ne: 2\n",
    );
    let tree = tree.expect("it is read");
    let loose = [
        "loose-indentation 4:3",
        "loose-indentation 6:3",
        "loose-indentation 7:1",
    ];
    assert_eq!(faults, loose);
    let expected = serde_json::json!({"a": {"b": {"c": 1}, "d": [1]}, "e": 2});
    assert_eq!(tree.json(tree.root()), expected);
    let key = "k".repeat(3_000);
    let (tree, faults) = read(
        "a.yaml",
        &format!("? {key}\n: 1\n\"{key}2\": {{\"{key}\": 2}}\n"),
    );
    assert_eq!(faults, Vec::<String>::new());
    assert_eq!(tree.map(|tree| tree.len()), Some(4));
}

#[test]
fn brackets_nest_to_the_limit_and_no_deeper() {
    let depth = Limits::default().depth;
    for (depth, fault) in [(depth, false), (depth + 1, true), (100_000, true)] {
        for text in [
            format!("a: {}{}", "[".repeat(depth - 1), "]".repeat(depth - 1)),
            format!("{}x", "- ".repeat(depth)),
        ] {
            let (_, faults) = read("a.yaml", &text);
            assert_eq!(faults.len(), usize::from(fault), "{faults:?}");
            assert!(
                faults.iter().all(|fault| fault.starts_with("too-deep ")),
                "{faults:?}"
            );
        }
    }
}

#[test]
fn only_yaml_merges_maps() {
    let (tree, faults) = read("a.json", r#"{"a": {"<<": {"b": 1}}}"#);
    assert_eq!(faults, Vec::<String>::new());
    let tree = tree.expect("it is read");
    assert_eq!(
        tree.json(tree.root()),
        serde_json::json!({"a": {"<<": {"b": 1}}})
    );
}

#[test]
fn columns_count_characters_in_lines_of_any_length() {
    for length in [0, 1, 511, 512, 1_023, 1_024, 5_000] {
        let text = format!("first\n{}", "aé€𝄞".repeat(length));
        let file = SourceFile::new("a.json".to_owned(), None, text.as_str().into());
        let line = &text[6..];
        for (column, (at, _)) in line.char_indices().enumerate().step_by(97) {
            assert_eq!(file.line_column(6 + at as u32), (2, column + 1));
        }
        let end = text.len() as u32;
        assert_eq!(file.line_column(end), (2, length * 4 + 1));
        assert_eq!(file.line_column(u32::MAX), (2, length * 4 + 1));
    }
}
