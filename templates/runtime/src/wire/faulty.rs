//! What is outside of the document: it is refused by its name, or reaches the caller as it came.

use super::super::body::Body;
use super::super::error::Error;
use super::super::json::Unknown;
use super::super::operation::{Codec, Location};
use super::super::response;
use super::super::shape::Slot;
use super::super::style;
use super::{Rng, Subject, now, status_for};
use http::StatusCode;
use http::header::{HeaderName, HeaderValue};

/// No number, no date, no id, and no value that a document lists.
const BAD: &str = "!?";

impl Subject {
    /// A parameter that its type does not allow is refused by its name.
    pub(super) fn bad_parameters(&self, rng: &mut Rng) -> Result<(), String> {
        for (part, parameter) in self.table.parameters.iter().enumerate() {
            let mut empty = (self.request)();
            let slot = match empty.slot(part) {
                Slot::Optional(optional) => optional.fill(),
                slot => slot,
            };
            let is_whole = matches!(
                slot,
                Slot::List(_) | Slot::Map(_) | Slot::Object(_) | Slot::Union(_)
            );
            if is_whole
                || style::Manner::of(parameter, &[]).content.is_some()
                || style::scalar(slot, BAD, Unknown::Reject).is_ok()
            {
                continue;
            }
            let name = parameter.field.name;
            let mut sent = self.arbitrary_request(rng)?;
            let written = self.written(&mut *sent, super::NOWHERE)?;
            let mut incoming = super::super::server::incoming(self.table, written)
                .ok_or("its own route does not match")?;
            match parameter.location {
                Location::Path => {
                    let texts = incoming.path.iter_mut().filter(|(known, _)| *known == name);
                    texts.for_each(|(_, text)| BAD.clone_into(text));
                }
                Location::Query => {
                    let uri = format!("http://test.invalid/?{}=%21%3F", encoded(name));
                    incoming.parts.uri = uri.parse().map_err(|error| format!("{uri}: {error}"))?;
                }
                Location::Header => {
                    let key: HeaderName =
                        name.parse().map_err(|error| format!("{name}: {error}"))?;
                    incoming
                        .parts
                        .headers
                        .insert(key, HeaderValue::from_static(BAD));
                }
                Location::Cookie => continue,
            }
            let mut came = (self.request)();
            let refused = now(super::super::server::read(incoming, &mut *came))?.err();
            let named = |rejection: &super::super::Rejection| {
                rejection
                    .faults()
                    .iter()
                    .any(|fault| fault.place.starts_with(name))
            };
            if !refused.is_some_and(|rejection| {
                rejection.status() == StatusCode::BAD_REQUEST && named(&rejection)
            }) {
                return Err(format!("a bad `{name}` is not refused by its name"));
            }
        }
        Ok(())
    }

    /// Answers that the document does not describe reach the caller with status and body.
    pub(super) fn undescribed(&self) -> Result<(), String> {
        let raw = |status: StatusCode, body: &'static [u8]| {
            let mut answer = http::Response::new(Body::from(body));
            *answer.status_mut() = status;
            now(response::receive(self.table, answer, usize::MAX))
        };
        let mut statuses = (100..=599).filter_map(|status| StatusCode::from_u16(status).ok());
        if let Some(status) = statuses.find(|status| self.table.key(*status).is_none()) {
            match raw(status, b"teapot")? {
                Err(Error::Undocumented(answer))
                    if answer.status == status && answer.body == "teapot" => {}
                _ => return Err("an undocumented status does not reach the caller".to_owned()),
            }
        }
        for (position, answer) in self.table.answers.iter().enumerate() {
            let first = self.table.answers_of(answer.status).next();
            let json = answer.media.is_some_and(|media| media.codec == Codec::Json)
                && first.is_some_and(|(first, _)| first == position);
            let Some(status) = status_for(self.table, answer.status).filter(|_| json) else {
                continue;
            };
            match raw(status, b"{\"unfinished\": ")?.and_then(self.read) {
                Err(Error::Unreadable(answer, _))
                    if answer.status == status
                        && (answer.headers.is_empty() && answer.body.starts_with(b"{")) => {}
                _ => return Err("an unreadable body does not reach the caller".to_owned()),
            }
        }
        Ok(())
    }
}

fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}
