//! How much of the document is generated, counted in its keys.

use crate::diagnostic::{Diagnostics, Place, code::Category};
use crate::source::{NodeId, Tree, Value};
use std::collections::BTreeSet;

/// The share of the document's keys that no diagnostic calls degraded or ignored, from 0 to 1.
pub(crate) fn coverage(tree: &Tree, diagnostics: &Diagnostics) -> f64 {
    let lost = diagnostics.iter().filter(|diagnostic| {
        matches!(
            diagnostic.code.category,
            Category::Degraded | Category::Ignored
        )
    });
    let lost: BTreeSet<NodeId> = lost
        .filter_map(|diagnostic| match diagnostic.place {
            Place::Node(node) | Place::Key(node) => Some(node),
            _ => None,
        })
        .collect();
    let (mut all, mut missing) = (0_u64, 0_u64);
    let mut work: Vec<(NodeId, bool)> = vec![(tree.root(), false)];
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    while let Some((node, inside)) = work.pop() {
        let inside = inside || lost.contains(&node);
        match tree.value(node) {
            Value::Map(entries) if seen.insert(node) => {
                for entry in entries {
                    all += 1;
                    missing += u64::from(inside || lost.contains(&entry.value));
                    work.push((entry.value, inside));
                }
            }
            Value::List(items) if seen.insert(node) => {
                work.extend(items.iter().map(|item| (*item, inside)))
            }
            _ => {}
        }
    }
    if all == 0 {
        1.0
    } else {
        1.0 - missing as f64 / all as f64
    }
}
