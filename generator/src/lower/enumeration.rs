//! `enum` and `const`: a list of strings or of integers.

use crate::document::Schema;
use crate::ir::{Docs, Enum, EnumKind, EnumVariant};
use crate::source::{Tree, Value};

/// What a list of values is.
pub(super) struct Listed {
    /// `None` where the values are of several kinds, or of one that no enum stands for.
    pub(super) list: Option<Enum>,
    pub(super) null: bool,
}

/// The values that a schema lists, if it lists any.
pub(super) fn listed(schema: &Schema, tree: &Tree) -> Option<Listed> {
    let nodes = match (&schema.values, schema.constant) {
        (Some(values), _) => values.clone(),
        (None, Some(constant)) => vec![constant],
        (None, None) => return None,
    };
    let null = nodes
        .iter()
        .any(|node| matches!(tree.value(*node), Value::Null));
    let nodes: Vec<_> = nodes
        .into_iter()
        .filter(|node| !matches!(tree.value(*node), Value::Null))
        .collect();
    let strings = nodes.iter().all(|node| tree.str(*node).is_some());
    let integers = nodes.iter().all(|node| tree.i64(*node).is_some());
    let kind = match (nodes.is_empty(), strings, integers) {
        (false, true, _) => EnumKind::String,
        (false, _, true) => EnumKind::Integer,
        _ => return Some(Listed { list: None, null }),
    };
    let mut variants: Vec<EnumVariant> = Vec::new();
    for (position, node) in nodes.iter().enumerate() {
        let value = tree.json(*node);
        if variants.iter().all(|known| known.value != value) {
            let (pinned, docs) = extended(schema, tree, position);
            variants.push(EnumVariant {
                value,
                pinned,
                docs,
            });
        }
    }
    Some(Listed {
        list: Some(Enum {
            kind,
            variants,
            open: false,
        }),
        null,
    })
}

/// Whether null is among the values that a schema lists.
pub(super) fn lists_null(schema: &Schema, tree: &Tree) -> bool {
    let listed = schema.values.iter().flatten().chain(&schema.constant);
    let mut listed = listed.filter(|node| matches!(tree.value(**node), Value::Null));
    listed.next().is_some()
}

/// `x-enum-varnames` and `x-enum-descriptions`, which many documents carry.
fn extended(schema: &Schema, tree: &Tree, position: usize) -> (Option<String>, Docs) {
    let text = |names: &[&str]| {
        let extension = schema
            .extensions
            .iter()
            .find(|extension| names.contains(&extension.name.as_str()))?;
        tree.items(extension.at)
            .get(position)
            .and_then(|node| tree.str(*node))
            .map(str::to_owned)
    };
    let pinned = text(&["x-enum-varnames", "x-enumNames"]);
    let description = text(&["x-enum-descriptions", "x-enumDescriptions"]);
    (
        pinned,
        Docs {
            description,
            ..Docs::default()
        },
    )
}
