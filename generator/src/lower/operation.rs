//! Path items → operations, each with its group, its parameters, its body and its answers.

use super::schema::Home;
use super::{Lowering, accept, docs, paging, route};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{self, Named, Or, PathItem};
use crate::ir::{self, Group, GroupId, OperationId};
use crate::source::NodeId;
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a> {
    /// Lowers every operation; none is ever left out.
    pub(super) fn operations(&mut self) {
        let document = self.document;
        self.groups();
        let repeated = self.repeated_ids();
        let mut routes: BTreeMap<(String, String), NodeId> = BTreeMap::new();
        for (path, item) in &document.paths {
            for operation in &item.operations {
                let route = route::route(&path.name);
                let key = (operation.method.clone(), route::key(&route));
                if let Some(first) = routes.insert(key, operation.at) {
                    self.duplicate(operation, &path.name, first);
                }
                self.operation(item, operation, route, &repeated);
                if self.budget.is_spent() {
                    return;
                }
            }
        }
    }

    /// The document's tags in their order, so that groups do not depend on which operation comes first.
    fn groups(&mut self) {
        for tag in &self.document.tags {
            if self
                .api
                .groups
                .iter()
                .any(|group| group.tag.as_deref() == Some(&tag.name))
            {
                continue;
            }
            let mut docs = docs::described(tag.description.as_deref());
            docs.title = tag.summary.clone();
            docs.external = tag.external_docs.as_ref().map(docs::external);
            self.api.groups.push(Group {
                tag: Some(tag.name.clone()),
                docs,
                operations: Vec::new(),
            });
        }
    }

    fn group(&mut self, tag: Option<&str>) -> GroupId {
        let found = self
            .api
            .groups
            .iter()
            .position(|group| group.tag.as_deref() == tag);
        let position = found.unwrap_or_else(|| {
            let tag = tag.map(str::to_owned);
            self.api.groups.push(Group {
                tag,
                docs: ir::Docs::default(),
                operations: Vec::new(),
            });
            self.api.groups.len() - 1
        });
        GroupId(position as u32)
    }

    /// Operation ids that more than one operation has, which `read` has reported.
    fn repeated_ids(&mut self) -> Vec<String> {
        let document = self.document;
        let operations = document.paths.iter().flat_map(|(_, item)| &item.operations);
        let mut first: BTreeSet<&str> = BTreeSet::new();
        let mut repeated = Vec::new();
        for id in operations.filter_map(|operation| operation.operation_id.as_ref()) {
            if !first.insert(&id.name) {
                repeated.push(id.name.clone());
            }
        }
        repeated
    }

    fn duplicate(&mut self, operation: &document::Operation, path: &str, first: NodeId) {
        let message = format!(
            "`{} {path}` matches the requests of another operation",
            operation.method.clone()
        );
        self.diagnostics.report(
            Diagnostic::new(code::DUPLICATE_OPERATION, Place::Key(operation.at), message)
                .label("second")
                .also(Place::Key(first), "first")
                .help(
                    "templates that differ only in the names of their parameters are the same route: remove one, or allow \
                     this code to keep both, the first for a server",
                ),
        );
    }

    fn operation(
        &mut self,
        item: &'a PathItem,
        operation: &'a document::Operation,
        route: ir::Route,
        repeated: &[String],
    ) {
        let id = OperationId(self.api.operations.len() as u32);
        let group = self.group(operation.tags.first().map(|tag| tag.name.as_str()));
        self.api.groups[group.0 as usize].operations.push(id);
        let home = Home::Operation(id);
        let mut parameters = self.parameters(item, operation, &route, &home);
        let body = operation
            .request_body
            .as_ref()
            .and_then(|body| self.body(body, &home));
        let responses = self.responses(operation, id, &home);
        if !accept::choice(&responses).is_empty() {
            parameters.push(accept::parameter(operation.at));
        }
        let security = self.security(operation);
        let operation_id = operation.operation_id.as_ref().map(|id| id.name.clone());
        let mut docs = docs::described(
            operation
                .description
                .as_deref()
                .or(item.description.as_deref()),
        );
        docs.deprecated = operation.deprecated;
        docs.external = operation.external_docs.as_ref().map(docs::external);
        let pinned = operation
            .extensions
            .iter()
            .find(|extension| extension.name == "x-rust-name");
        self.paging.extend(paging::wanted(
            operation,
            id,
            operation_id.as_deref(),
            self.tree,
            self.options,
            self.diagnostics,
        ));
        self.api.operations.push(ir::Operation {
            at: operation.at,
            id: operation_id.filter(|id| !repeated.contains(id)),
            pinned: pinned
                .and_then(|extension| self.tree.str(extension.at))
                .map(str::to_owned),
            method: operation.method.clone(),
            route,
            docs,
            summary: operation.summary.clone().or_else(|| item.summary.clone()),
            group,
            base_urls: self.base_urls(item, operation),
            parameters,
            body,
            responses,
            security,
            paging: None,
            links: Vec::new(),
        });
    }

    pub(super) fn ignored<T>(&mut self, parts: &[(Named, T)], message: &str) {
        for (name, _) in parts {
            self.ignore(name.at, message);
        }
    }

    pub(super) fn ignore(&mut self, at: NodeId, message: &str) {
        if self.reported.insert((at, code::IGNORED_KEY.id)) {
            self.diagnostics.report(
                Diagnostic::new(code::IGNORED_KEY, Place::Key(at), message)
                    .label("not generated")
                    .help("nothing has to be done; the report lists what is not generated"),
            );
        }
    }

    /// Reports what is generated as far as the specification or the wire lets it be.
    pub(super) fn note(&mut self, code: &'static code::Code, at: NodeId, message: &str) {
        if self.reported.insert((at, code.id)) {
            self.diagnostics.report(
                Diagnostic::new(code, Place::Key(at), message)
                    .label("here")
                    .help("nothing has to be done; the report lists such parts"),
            );
        }
    }

    /// The body of a request, in all its media types.
    fn body(&mut self, body: &'a Or<document::RequestBody>, home: &Home) -> Option<ir::Body> {
        let body = self.resolved(body, |components| &components.request_bodies)?;
        if !self.afford(body.at, 1 + body.content.len()) {
            return None;
        }
        let step = |word: Option<&str>| match word {
            None => ir::Step::Body,
            Some(word) => ir::Step::BodyOf(word.to_owned()),
        };
        let media = self.content(&body.content, home, step);
        if media.is_empty() {
            return None;
        }
        Some(ir::Body {
            at: body.at,
            docs: docs::described(body.description.as_deref()),
            required: body.required,
            media,
        })
    }
}
