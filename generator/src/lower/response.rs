//! Responses by status and media type, each with its header fields.

use super::schema::Home;
use super::{Lowering, docs};
use crate::budget::of_words;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{self, Named, Or};
use crate::ir::{self, Codec, Media, Response, Status, Step, Ty, Value};

impl<'a> Lowering<'a> {
    pub(super) fn responses(
        &mut self,
        operation: &'a document::Operation,
        id: ir::OperationId,
        home: &Home,
    ) -> Vec<Response> {
        let mut found: Vec<(Status, &'a document::Response)> = Vec::new();
        for (key, or) in &operation.responses {
            let Some(status) = status(&key.name) else {
                self.unknown_status(key);
                continue;
            };
            if found.iter().any(|(known, _)| *known == status) {
                continue;
            }
            if let Some(response) = self.resolved(or, |components| &components.responses) {
                found.push((status, response));
            }
        }
        found.sort_by_key(|(status, _)| *status);
        let mut responses = Vec::new();
        for (status, response) in found {
            let bodyless = operation.method.eq_ignore_ascii_case("head") || is_bodyless(status);
            responses.extend(self.response(status, response, bodyless, home));
            self.wanted_links(id, status, &response.links);
        }
        if responses.is_empty() {
            responses.push(self.assumed_response(operation));
        }
        responses
    }

    /// One response: a row for each of its representations.
    fn response(
        &mut self,
        status: Status,
        response: &'a document::Response,
        bodyless: bool,
        home: &Home,
    ) -> Vec<Response> {
        let home = match self.shared_response(response) {
            Some(name) => Home::Shared(name),
            None => home.clone(),
        };
        // Each representation is told with all header fields.
        let rows = 1 + response.content.len();
        let words = of_words(response.description.as_deref());
        if !self.afford(response.at, rows * (1 + response.headers.len() + words)) {
            return Vec::new();
        }
        let step = |word: Option<&str>| match word {
            None => Step::Response(status),
            Some(word) => Step::Representation(status, word.to_owned()),
        };
        let media = if bodyless {
            for (name, _) in &response.content {
                self.note(
                    code::NO_EFFECT,
                    name.at,
                    "HTTP has no body in an answer to HEAD, nor in one of this status",
                );
            }
            Vec::new()
        } else {
            self.content(&response.content, &home, step)
        };
        let headers = self.headers(&response.headers, status, &home);
        let description = response
            .description
            .as_deref()
            .or(response.summary.as_deref());
        let row = |media: Option<Media>| Response {
            at: response.at,
            status,
            docs: docs::described(description),
            headers: headers.clone(),
            headers_of: None,
            media,
        };
        if media.is_empty() {
            return vec![row(None)];
        }
        media.into_iter().map(Some).map(row).collect()
    }

    /// What an operation is answered with whose document does not say: any status, any bytes.
    fn assumed_response(&self, operation: &document::Operation) -> Response {
        Response {
            at: operation.at,
            status: Status::Default,
            docs: docs::described(Some("The document does not describe the answer.")),
            headers: Vec::new(),
            headers_of: None,
            media: Some(Media {
                at: operation.at,
                media_types: vec!["*/*".to_owned()],
                codec: Codec::Bytes,
                encoding: Vec::new(),
                value: Value::plain(Ty::Body),
                examples: Vec::new(),
            }),
        }
    }

    fn headers(
        &mut self,
        headers: &'a [(Named, Or<document::Header>)],
        status: Status,
        home: &Home,
    ) -> Vec<ir::Parameter> {
        let mut found: Vec<ir::Parameter> = Vec::new();
        for (name, or) in headers {
            if name.name.eq_ignore_ascii_case("content-type") {
                self.note(
                    code::NO_EFFECT,
                    name.at,
                    "OpenAPI gives no effect to a response header of this name",
                );
                continue;
            }
            let Some(header) = self.resolved(or, |components| &components.headers) else {
                continue;
            };
            if found
                .iter()
                .any(|known| known.wire.eq_ignore_ascii_case(&name.name))
            {
                continue;
            }
            let step = Step::Header(status, name.name.clone());
            found.push(self.header(name, header, home, step));
        }
        found
    }

    fn shared_response(&self, response: &document::Response) -> Option<String> {
        let components = &self.document.components.responses;
        components
            .iter()
            .find(|(name, _)| name.at == response.at)
            .map(|(name, _)| name.name.clone())
    }

    fn unknown_status(&mut self, key: &Named) {
        let message = format!("`{}` is no status, no range and not `default`", key.name);
        self.diagnostics.report(
            Diagnostic::new(code::UNKNOWN_STATUS, Place::Key(key.at), message)
                .label("left out")
                .help("write a status such as `404`, a range such as `4XX`, or `default`"),
        );
    }
}

/// `404`, `4XX` or `default` (OpenAPI 3.2, section "Responses Object").
fn status(key: &str) -> Option<Status> {
    if key.eq_ignore_ascii_case("default") {
        return Some(Status::Default);
    }
    let bytes = key.as_bytes();
    match bytes {
        [first @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => Some(Status::Range(first - b'0')),
        [b'1'..=b'9', _, _] => key.parse().ok().map(Status::Exact),
        _ => None,
    }
}

/// Statuses whose answers have no body (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
fn is_bodyless(status: Status) -> bool {
    matches!(
        status,
        Status::Exact(100..=199 | 204 | 205 | 304) | Status::Range(1)
    )
}
