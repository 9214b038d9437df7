//! Finds schemas that lead back to themselves in place: a value would be checked against them without end.

use std::collections::HashSet;

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::{Document, SchemaId};
use crate::source::Tree;

/// Reports each circle of `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if`, `then` and `else` once.
///
/// Circles of nothing but references are errors, which `lower` reports.
pub(super) fn report(document: &Document, tree: &Tree, diagnostics: &mut Diagnostics) {
    let mut finished = vec![false; document.schemas.len()];
    let mut reported = HashSet::new();
    for start in (0..document.schemas.len() as u32).map(SchemaId) {
        // The way from the start, with what is still to be looked at of each schema on it.
        let mut way: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
        let mut on_way = HashSet::new();
        if !finished[start.0 as usize] {
            way.push((start, applied(document, start)));
            on_way.insert(start);
        }
        while let Some((schema, left)) = way.last_mut() {
            let Some(next) = left.pop() else {
                finished[schema.0 as usize] = true;
                on_way.remove(schema);
                way.pop();
                continue;
            };
            if on_way.contains(&next) {
                let circle = way.iter().skip_while(|(on, _)| *on != next);
                let mut circle = circle.map(|(on, _)| document.schema(*on).at);
                let only_references =
                    circle.all(|at| tree.get(at, "$ref").is_some() && tree.entries(at).len() == 1);
                if !only_references && reported.insert(next) {
                    endless(document, tree, next, diagnostics);
                }
            } else if !finished[next.0 as usize] {
                way.push((next, applied(document, next)));
                on_way.insert(next);
            }
        }
    }
}

/// The schemas that are applied to the same value.
fn applied(document: &Document, id: SchemaId) -> Vec<SchemaId> {
    let schema = document.schema(id);
    let single = [
        schema.target,
        schema.not,
        schema.if_schema,
        schema.then_schema,
        schema.else_schema,
    ];
    let lists = schema
        .all_of
        .iter()
        .chain(&schema.any_of)
        .chain(&schema.one_of);
    single.into_iter().flatten().chain(lists.copied()).collect()
}

fn endless(document: &Document, tree: &Tree, id: SchemaId, diagnostics: &mut Diagnostics) {
    let at = document.schema(id).at;
    let place = match tree.key_span(at) {
        Some(_) => Place::Key(at),
        None => Place::Node(at),
    };
    let message = "this schema leads back to itself before any value is looked into";
    diagnostics.report(
        Diagnostic::new(code::CIRCULAR_SCHEMA, place, message)
            .label("no value could ever be checked against it")
            .help("leave out one of the ways: a base that lists what extends it needs a discriminator only"),
    );
}
