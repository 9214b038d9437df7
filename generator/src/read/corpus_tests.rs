//! Every document of the corpus reads without an error, but for those listed, and `openapiv3` agrees with the tree.
//!
//! Set `OASMITH_CORPUS` to the folder that `../shared/corpus/unpack` has written; without it there is nothing to read.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use super::{Reader, read};
use crate::budget::Budget;
use crate::diagnostic::{Diagnostics, Level};
use crate::document::{Document, Version};
use crate::source::{Limits, Reach, Tree, load};

/// Documents that say something that has no meaning, with what that is.
const WRONG: &[(&str, &str)] = &[
    // `type: item`.
    ("3_0/inline_model_resolver.yaml", "unknown-value"),
    // `required: "required"` in a parameter.
    (
        "3_0/petstore-with-fake-endpoints-models-for-testing.yaml",
        "wrong-type",
    ),
    // `items: string`.
    ("influxdata/unity.yml", "wrong-type"),
];

#[test]
fn the_corpus_reads() {
    let Ok(folder) = std::env::var("OASMITH_CORPUS") else {
        eprintln!("skipped: OASMITH_CORPUS names no folder");
        return;
    };
    let folder = Path::new(&folder).join("openapi");
    let index = std::fs::read_to_string(folder.join("index.tsv")).expect("the index of the corpus");
    let mut codes = BTreeMap::<&str, usize>::new();
    let mut unexpected = Vec::new();
    let paths = index
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').next());
    for path in paths {
        let mut diagnostics = Diagnostics::default();
        let (_, tree) = load(
            &folder.join(path),
            &Reach::default(),
            &Limits::default(),
            &mut diagnostics,
        );
        let Some(mut tree) = tree else {
            eprintln!("{path}: does not load");
            continue;
        };
        let mut diagnostics = Diagnostics::default();
        let begun = Instant::now();
        let mut budget = Budget::new(tree.len(), None);
        let document = read(&mut tree, &mut budget, &mut diagnostics);
        if tree.len() > 150_000 {
            eprintln!("{path}: {:?}, {} values", begun.elapsed(), tree.len());
        }
        for diagnostic in diagnostics.iter() {
            *codes.entry(diagnostic.code.id).or_default() += 1;
            let known = WRONG
                .iter()
                .any(|(end, code)| path.ends_with(end) && diagnostic.code.id == *code);
            // Some fixtures refer to what they do not bring along.
            let is_reference = diagnostic.code.id.ends_with("-reference");
            if diagnostic.level == Level::Error && !known && !is_reference {
                unexpected.push(format!(
                    "{path}: {}: {}",
                    diagnostic.code.id, diagnostic.message
                ));
            }
        }
        let Some(document) = document else {
            unexpected.push(format!("{path}: no document"));
            continue;
        };
        if document.version == Version::V3_0 && leaves(&document) != leaves(&from_tree(&tree)) {
            unexpected.push(format!("{path}: openapiv3 reads something else"));
        }
    }
    eprintln!("{codes:#?}");
    assert!(unexpected.is_empty(), "{}", unexpected.join("\n"));
}

/// The document as a later version's, which `openapiv3` has no part in.
fn from_tree(tree: &Tree) -> Document {
    let mut diagnostics = Diagnostics::default();
    let begun = Instant::now();
    let mut budget = Budget::new(tree.len(), None);
    let document = Reader::new(tree, Version::V3_1, &mut budget, &mut diagnostics).document();
    if tree.len() > 150_000 {
        eprintln!(
            "without openapiv3 the reader alone takes {:?}",
            begun.elapsed()
        );
    }
    document
}

/// All that the version should make no difference to.
fn leaves(document: &Document) -> String {
    let components = &document.components;
    format!(
        "{:?}",
        (
            (
                &document.info,
                &document.servers,
                &document.paths,
                &document.tags,
                &document.external_docs
            ),
            (
                &components.parameters,
                &components.responses,
                &components.request_bodies,
                &components.headers
            ),
            (
                &components.security_schemes,
                &components.examples,
                &components.links,
                &components.callbacks
            ),
        )
    )
}
