//! One document, written in every version that can say it: the generated code does not know which it was.

use oasmith::Config;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The files of the crate, and the messages about the document.
fn generated(version: &str) -> (BTreeMap<PathBuf, String>, String) {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/versions");
    let text = std::fs::read_to_string(data.join(format!("{version}.yaml"))).expect("the document");
    // The name of the document stands in the head of each file.
    let folder =
        std::env::temp_dir().join(format!("oasmith-versions-{version}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("openapi.yaml");
    std::fs::write(&path, text).expect("it is written");
    let output = Config::new(&path).name("pets").strict(true).generate();
    let files = output
        .files()
        .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let found = (files.collect(), output.text(false));
    std::fs::remove_dir_all(&folder).expect("the folder is ours");
    found
}

#[test]
fn every_version_gives_the_same_code() {
    let (latest, messages) = generated("3.2");
    assert!(latest.len() > 10, "{messages}");
    for version in ["2.0", "3.0", "3.1"] {
        let (files, messages) = generated(version);
        let names: Vec<_> = files.keys().collect();
        assert_eq!(
            names,
            latest.keys().collect::<Vec<_>>(),
            "{version}: {messages}"
        );
        for (path, text) in &files {
            for (number, (line, expected)) in text.lines().zip(latest[path].lines()).enumerate() {
                assert_eq!(
                    line,
                    expected,
                    "{version}: {}:{}",
                    path.display(),
                    number + 1
                );
            }
            assert_eq!(
                text.len(),
                latest[path].len(),
                "{version}: {}",
                path.display()
            );
        }
    }
}
