//! A metaschema that leaves vocabularies out, and references that mean a whole file.

use oasmith::Config;
use std::path::PathBuf;

/// A folder of files that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("oasmith-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        for (path, text) in files {
            std::fs::write(folder.join(path), text).expect("it is written");
        }
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Own:
      $id: https://example.com/own
      $schema: https://example.com/dialect
      properties: {size: {type: integer, minimum: 10}}
    Plain:
      properties: {size: {type: integer, minimum: 10}}
";

fn types(config: Config) -> (String, String) {
    let output = config.generate();
    let files = output.files();
    let types =
        files.filter(|(path, _)| path.starts_with("src") && !path.starts_with("src/runtime"));
    let types = types.map(|(_, text)| text).collect();
    (types, output.text(false))
}

#[test]
fn without_its_vocabulary_validation_is_a_note() {
    let with =
        r#"{"$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/validation": true}}"#;
    let without = r#"{"$vocabulary": {"https://json-schema.org/draft/2020-12/vocab/core": true}}"#;
    let files = [
        ("openapi.yaml", DOCUMENT),
        ("with.json", with),
        ("without.json", without),
    ];
    let folder = Folder::new("dialect", &files);
    let minimums = |copy: Option<&str>| {
        let mut config = Config::new(folder.0.join("openapi.yaml"));
        if let Some(copy) = copy {
            config = config.local_copy("https://example.com/dialect", folder.0.join(copy));
        }
        types(config).0.matches("minimum = 10").count()
    };
    assert_eq!(minimums(None), 2);
    assert_eq!(minimums(Some("with.json")), 2);
    assert_eq!(minimums(Some("without.json")), 1);
}

#[test]
fn an_empty_step_means_the_whole_file() {
    let document = "openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components: {schemas: {A: {$ref: 'a.yaml#/'}}}
";
    let folder = Folder::new(
        "whole",
        &[
            ("openapi.yaml", document),
            (
                "a.yaml",
                "{type: object, properties: {size: {type: integer}}}",
            ),
        ],
    );
    let (types, messages) = types(Config::new(folder.0.join("openapi.yaml")));
    assert!(types.contains("pub size: Option<i64>"), "{messages}{types}");
    assert!(messages.contains("warning[loose-reference]"), "{messages}");
}
