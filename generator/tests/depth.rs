//! Schemas in schemas in schemas: nothing overflows, whatever the shape.

use oasmith::Config;

/// A schema within a schema, as many times as wanted, in JSON.
fn nested(levels: usize, before: &str, after: &str) -> String {
    let (before, after) = (before.repeat(levels), after.repeat(levels));
    format!(r#"{before}{{"type":"boolean"}}{after}"#)
}

/// Generates a document with one schema on the stack of a small thread; the text of its types.
fn generated(name: &str, schema: &str) -> String {
    let document = format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"{name}","version":"1"}},"paths":{{}},"components":{{"schemas":{{"Outermost":{schema}}}}}}}"#
    );
    let name = format!("oasmith-depth-{}-{name}.json", std::process::id());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, document).expect("the document is written");
    let config = Config::new(&path);
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let thread = thread.spawn(move || config.generate());
    let output = thread.expect("a thread").join().expect("no overflow");
    std::fs::remove_file(&path).expect("the document is ours");
    assert!(!output.has_errors(), "{}", output.text(false));
    let types = output
        .files()
        .filter(|(path, _)| path.starts_with("src/types"));
    types.map(|(_, text)| text).collect()
}

#[test]
fn objects_in_objects_are_types_each() {
    let before = r#"{"type":"object","required":["in"],"properties":{"in":"#;
    let text = generated("objects", &nested(1_000, before, "}}"));
    assert_eq!(text.matches("pub struct ").count(), 1_000);
    assert!(text.contains("Deep<"));
}

#[test]
fn lists_and_maps_in_one_another_end_in_any_value() {
    let text = generated("lists", &nested(1_000, r#"{"type":"array","items":"#, "}"));
    assert!(text.contains("serde_json::Value"));
    let before = r#"{"type":"object","additionalProperties":"#;
    let text = generated("maps", &nested(1_000, before, "}"));
    assert!(text.contains("serde_json::Value"));
}

#[test]
fn merges_and_choices_in_one_another_overflow_nothing() {
    for (name, before, after) in [
        ("all", r#"{"allOf":["#, "]}"),
        ("any", r#"{"anyOf":[{"type":"null"},"#, "]}"),
        ("one", r#"{"oneOf":[{"type":"string"},"#, "]}"),
    ] {
        let text = generated(name, &nested(1_000, before, after));
        assert!(text.contains("Outermost"), "{text}");
    }
}
