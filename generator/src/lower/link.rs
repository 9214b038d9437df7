//! Links of answers → the requests that follow them, with where each value comes from (OpenAPI 3.2, Link Object).

use super::Lowering;
use crate::document::{self, Location, Named, Or};
use crate::ir::{self, Link, OperationId, Source, Status};
use crate::source::NodeId;
use serde_json::Value as Json;

/// A link whose operation is looked up when all of them are known.
pub(super) struct Wanted<'a> {
    from: OperationId,
    status: Status,
    name: &'a Named,
    link: &'a document::Link,
}

impl<'a> Lowering<'a> {
    pub(super) fn wanted_links(
        &mut self,
        from: OperationId,
        status: Status,
        links: &'a [(Named, Or<document::Link>)],
    ) {
        let at = links.first().map(|(name, _)| name.at);
        if at.is_some_and(|at| !self.afford(at, links.len())) {
            return;
        }
        for (name, or) in links {
            if let Some(link) = self.resolved(or, |components| &components.links) {
                self.links.push(Wanted {
                    from,
                    status,
                    name,
                    link,
                });
            }
        }
    }

    /// Gives the operations their links, where what they say can be followed.
    pub(super) fn follow_links(&mut self) {
        for wanted in std::mem::take(&mut self.links) {
            match self.link(&wanted) {
                Ok(link) => self.api.operations[wanted.from.0 as usize].links.push(link),
                Err((at, reason)) => self.ignore(at, reason),
            }
        }
    }

    fn link(&mut self, wanted: &Wanted<'a>) -> Result<Link, (NodeId, &'static str)> {
        let (link, at) = (wanted.link, wanted.name.at);
        let target = self
            .linked_operation(link)
            .ok_or((at, "the link leads to no operation of the document"))?;
        let mut parts: Vec<(usize, Source)> = Vec::new();
        for (name, node) in &link.parameters {
            let part = self
                .linked_parameter(target, &name.name)
                .ok_or((name.at, "the linked operation has no such parameter"))?;
            let source = self.source(wanted, *node);
            let source =
                source.ok_or((name.at, "the expression is not one that can be followed"))?;
            parts.push((part, source));
        }
        let operation = self.api.operation(target);
        let body = operation.parameters.len();
        if let Some(node) = link.request_body {
            if operation
                .body
                .as_ref()
                .is_none_or(|body| body.media.len() != 1)
            {
                return Err((at, "the linked operation has no body of one media type"));
            }
            let source = self.source(wanted, node);
            let source = source.ok_or((at, "the expression is not one that can be followed"))?;
            parts.push((body, source));
        }
        let operation = self.api.operation(target);
        let filled = |part: usize| parts.iter().any(|(known, _)| *known == part);
        let open = operation
            .parameters
            .iter()
            .enumerate()
            .any(|(part, parameter)| parameter.required && !filled(part))
            || operation.body.as_ref().is_some_and(|own| own.required) && !filled(body);
        if open {
            return Err((at, "the link leaves a required part of the request open"));
        }
        Ok(Link {
            name: wanted.name.name.clone(),
            at,
            description: link.description.clone(),
            status: wanted.status,
            target,
            parts,
        })
    }

    /// By `operationId`, or by a reference to the operation.
    fn linked_operation(&self, link: &document::Link) -> Option<OperationId> {
        let position = match (&link.operation_id, &link.operation_ref) {
            (Some(id), _) => {
                let id = Some(id.as_str());
                let mut operations = self.api.operations.iter();
                operations.position(|operation| operation.id.as_deref() == id)?
            }
            (None, Some(reference)) => {
                let node = self.tree.resolve(link.at, reference).ok()?;
                let mut operations = self.api.operations.iter();
                operations.position(|operation| operation.at == node)?
            }
            (None, None) => return None,
        };
        Some(OperationId(u32::try_from(position).ok()?))
    }

    /// A parameter by its name, or by its place and its name (`path.id`), which is preferred.
    fn linked_parameter(&self, target: OperationId, name: &str) -> Option<usize> {
        let parameters = &self.api.operation(target).parameters;
        let qualified = name.split_once('.').and_then(|(place, name)| {
            let location = location(place)?;
            parameters
                .iter()
                .position(|known| known.location == location && known.wire == name)
        });
        qualified.or_else(|| parameters.iter().position(|known| known.wire == name))
    }

    /// A runtime expression, a text with some in it, or a constant.
    fn source(&self, wanted: &Wanted<'a>, node: NodeId) -> Option<Source> {
        let json = self.tree.json(node);
        let Json::String(text) = &json else {
            return Some(Source::Constant(json));
        };
        if let Some(expression) = text.strip_prefix('$') {
            return self.expression(wanted, expression);
        }
        if !text.contains("{$") {
            return Some(Source::Constant(json));
        }
        let (mut pieces, mut rest) = (Vec::new(), text.as_str());
        let plain = |text: &str, pieces: &mut Vec<Source>| {
            if !text.is_empty() {
                pieces.push(Source::Plain(text.to_owned()));
            }
        };
        while let Some((before, after)) = rest.split_once("{$") {
            let (expression, after) = after.split_once('}')?;
            plain(before, &mut pieces);
            pieces.push(self.expression(wanted, expression)?);
            rest = after;
        }
        plain(rest, &mut pieces);
        Some(Source::Text(pieces))
    }

    /// What follows the `$` (OpenAPI 3.2, section "Runtime Expressions").
    fn expression(&self, wanted: &Wanted<'a>, expression: &str) -> Option<Source> {
        let operation = self.api.operation(wanted.from);
        if expression == "statusCode" {
            return Some(Source::Status);
        }
        if expression == "method" {
            return Some(Source::Constant(operation.method.clone().into()));
        }
        if let Some(rest) = expression.strip_prefix("response.") {
            if let Some(pointer) = body_pointer(rest) {
                return Some(Source::Body(pointer.to_owned()));
            }
            let name = rest.strip_prefix("header.")?;
            let mut rows = operation.responses.iter();
            let row = rows.find(|row| row.status == wanted.status)?;
            let mut headers = row.headers.iter();
            let position = headers.position(|header| header.wire.eq_ignore_ascii_case(name));
            return position.map(Source::Header);
        }
        let rest = expression.strip_prefix("request.")?;
        if let Some(pointer) = body_pointer(rest) {
            let body = operation.body.as_ref().filter(|body| body.media.len() == 1);
            return body.map(|_| Source::RequestBody(pointer.to_owned()));
        }
        let (place, name) = rest.split_once('.')?;
        let location = location(place)?;
        if location == Location::Header && name.eq_ignore_ascii_case("content-type") {
            let media = &operation.body.as_ref()?.media;
            let names = media.iter().flat_map(|media| &media.media_types);
            return match names.collect::<Vec<_>>().as_slice() {
                [one] if !one.contains('*') => Some(Source::Constant((*one).clone().into())),
                _ => None,
            };
        }
        let same = |known: &ir::Parameter| {
            known.location == location
                && (known.wire == name
                    || location == Location::Header && known.wire.eq_ignore_ascii_case(name))
        };
        operation
            .parameters
            .iter()
            .position(same)
            .map(Source::Parameter)
    }
}

/// `body` or `body#/a/b`.
fn body_pointer(text: &str) -> Option<&str> {
    match text.strip_prefix("body")? {
        "" => Some(""),
        rest => rest.strip_prefix('#'),
    }
}

fn location(place: &str) -> Option<Location> {
    Some(match place {
        "path" => Location::Path,
        "query" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => return None,
    })
}
