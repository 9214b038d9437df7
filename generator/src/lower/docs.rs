//! What the document says to readers, gathered for each part.

use crate::document::{Document, ExternalDocs, Schema};
use crate::ir::Docs;
use crate::source::{NodeId, Tree};

pub(super) fn api(document: &Document) -> Docs {
    let info = &document.info;
    Docs {
        title: info.summary.clone(),
        description: info.description.clone(),
        external: document.external_docs.as_ref().map(external),
        ..Docs::default()
    }
}

pub(super) fn schema(schema: &Schema, tree: &Tree) -> Docs {
    Docs {
        title: schema.title.clone(),
        description: schema.description.clone(),
        examples: examples(&schema.examples, tree),
        external: schema.external_docs.as_ref().map(external),
        deprecated: schema.deprecated,
    }
}

pub(super) fn described(description: Option<&str>) -> Docs {
    Docs {
        description: description.map(str::to_owned),
        ..Docs::default()
    }
}

pub(super) fn examples(nodes: &[NodeId], tree: &Tree) -> Vec<serde_json::Value> {
    nodes.iter().map(|node| tree.json(*node)).collect()
}

pub(super) fn external(docs: &ExternalDocs) -> (Option<String>, String) {
    (docs.description.clone(), docs.url.clone())
}
