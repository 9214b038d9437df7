//! Responses by status, and the one representation that is generated of a body.

use super::schema::Home;
use super::{Lowering, docs};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{self, MediaType, Named, Or};
use crate::ir::{Codec, Media, Response, Status, Step, Ty, Value};

impl<'a> Lowering<'a> {
    pub(super) fn responses(
        &mut self,
        operation: &'a document::Operation,
        home: &Home,
    ) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        for (key, or) in &operation.responses {
            let Some(status) = status(&key.name) else {
                self.unknown_status(key);
                continue;
            };
            if responses.iter().any(|known| known.status == status) {
                continue;
            }
            let Some(response) = self.resolved(or, |components| &components.responses) else {
                continue;
            };
            let home = match self.shared_response(response) {
                Some(name) => Home::Shared(name),
                None => home.clone(),
            };
            let media = self.media(&response.content, &home, Step::Response(status));
            let description = response
                .description
                .as_deref()
                .or(response.summary.as_deref());
            responses.push(Response {
                at: response.at,
                status,
                docs: docs::described(description),
                media,
            });
            self.ignored(
                &response.headers,
                "response headers are not generated yet; the raw response has them",
            );
        }
        responses.sort_by_key(|response| response.status);
        responses
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

    /// The representation that is generated: JSON where there is a choice, else text, else bytes.
    pub(super) fn media(
        &mut self,
        content: &'a [(Named, Or<MediaType>)],
        home: &Home,
        step: Step,
    ) -> Option<Media> {
        let rank = |name: &str| match codec(name) {
            Some(Codec::Json) => 0,
            Some(Codec::Text) => 1,
            Some(Codec::Bytes) => 2,
            None => 3,
        };
        let chosen = content.iter().min_by_key(|(name, _)| rank(&name.name))?;
        for (name, _) in content
            .iter()
            .filter(|(name, _)| name.name != chosen.0.name)
        {
            let message = format!(
                "of several media types only `{}` is generated yet",
                chosen.0.name
            );
            self.degrade(name.at, &message);
        }
        let (name, or) = chosen;
        let media = self.resolved(or, |components| &components.media_types)?;
        let codec = codec(&name.name).unwrap_or_else(|| {
            self.degrade(
                name.at,
                "a body of this media type becomes its text, as it stands",
            );
            Codec::Text
        });
        let value = match (codec, media.schema.or(media.item_schema)) {
            (Codec::Json, Some(schema)) => self.value(schema, home, step),
            (Codec::Json, None) => Value::plain(Ty::Json),
            (Codec::Text, _) => Value::plain(Ty::String),
            (Codec::Bytes, _) => Value::plain(Ty::Text(crate::ir::Format::Base64)),
        };
        let named = media.examples.iter().filter_map(|(_, or)| match or {
            Or::Value(example) => example.value,
            Or::Reference(_) => None,
        });
        let examples: Vec<_> = media.example.into_iter().chain(named).collect();
        Some(Media {
            at: media.at,
            media_type: name.name.clone(),
            codec,
            value,
            examples: docs::examples(&examples, self.tree),
        })
    }
}

/// How a media type is read and written; `None` for one that has no codec yet.
fn codec(media_type: &str) -> Option<Codec> {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let (kind, sub) = essence.split_once('/')?;
    match (kind, sub) {
        (_, "json") | ("*", "*") => Some(Codec::Json),
        (_, sub) if sub.ends_with("+json") => Some(Codec::Json),
        ("text", "event-stream") => None,
        ("text", _) => Some(Codec::Text),
        ("application", "octet-stream" | "pdf" | "zip" | "gzip") => Some(Codec::Bytes),
        ("image" | "audio" | "video" | "font", _) => Some(Codec::Bytes),
        _ => None,
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
