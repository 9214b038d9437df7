//! The report of a run: what every operation is called, what is wider or missing, and what it took.

use crate::diagnostic::{Diagnostics, Place, code::Category, render_span};
use crate::ir::{Api, OperationId, TypeId};
use crate::lower::coverage;
use crate::name::Names;
use crate::render::File;
use crate::source::{Sources, Tree};
use serde_json::{Value as Json, json};
use std::time::Instant;

/// Milliseconds of each stage, in their order.
#[derive(Debug, Default)]
pub(crate) struct Stages(Vec<(&'static str, f64)>);

impl Stages {
    pub(crate) fn timed<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0
            .push((stage, start.elapsed().as_secs_f64() * 1_000.0));
        done
    }
}

#[derive(Debug)]
pub(crate) struct Report(Json);

impl Report {
    pub(crate) fn new(
        api: &Api,
        names: &Names,
        (diagnostics, sources, tree): (&Diagnostics, &Sources, &Tree),
        files: &[File],
        stages: &Stages,
    ) -> Self {
        let operations: Vec<Json> = (0..api.operations.len() as u32)
            .map(OperationId)
            .map(|id| {
                let operation = api.operation(id);
                json!({
                    "id": operation.id,
                    "method": operation.method,
                    "path": operation.route.text,
                    "rust": names.operation(id).method,
                    "request": names.operation(id).request,
                })
            })
            .collect();
        let types: Vec<Json> = (0..api.types.len() as u32)
            .map(TypeId)
            .map(|id| {
                let mut ty = json!({ "rust": format!("types::{}", names.ty(id).name) });
                if api.ty(id).streams {
                    ty["streams"] = json!(true);
                }
                render_span(&mut ty, Place::Node(api.ty(id).at), sources, tree);
                ty
            })
            .collect();
        let parts = |category: Category| -> Vec<Json> {
            let found = diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.code.category == category);
            found
                .map(|diagnostic| {
                    let mut part =
                        json!({ "code": diagnostic.code.id, "message": diagnostic.message });
                    render_span(&mut part, diagnostic.place, sources, tree);
                    part
                })
                .collect()
        };
        let lines: usize = files
            .iter()
            .filter(|file| {
                file.path
                    .extension()
                    .is_some_and(|extension| extension == "rs")
            })
            .map(|file| file.text.lines().count())
            .sum();
        let milliseconds: serde_json::Map<String, Json> = stages
            .0
            .iter()
            .map(|(stage, took)| ((*stage).to_owned(), json!(took)))
            .collect();
        Self(json!({
            "operations": operations,
            "types": types,
            "degraded": parts(Category::Degraded),
            "ignored": parts(Category::Ignored),
            "noted": parts(Category::Noted),
            // What is wrong with the document may have no effect, or less: each says what is done instead.
            "sloppy": parts(Category::Sloppy),
            "coverage": coverage(tree, diagnostics),
            "lines": lines,
            "milliseconds": milliseconds,
        }))
    }

    pub(crate) fn json(&self) -> String {
        format!("{:#}\n", self.0)
    }
}
