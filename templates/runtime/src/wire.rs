//! Proof that both sides of the wire are inverse, for any operation: arbitrary requests and answers go through the codecs of
//! the client and of the server, and come out as they went in.

use super::arbitrary::{self, Rng};
use super::body::Body;
use super::error::{Error, RawAnswer};
use super::json::Unknown;
use super::operation::{Location, Operation, OperationTable, Request, Response};
use super::shape::{Held, Slot, View};
use super::table::Field;
use super::{json, request, response};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// Sees every operation of a crate: `each_operation(&mut visitor)`.
pub trait Visitor {
    /// Sees one operation.
    fn visit<O: Operation<Response: PartialEq + std::fmt::Debug> + PartialEq + std::fmt::Debug>(
        &mut self,
    );
}

/// Checks an operation with so many arbitrary requests and answers.
///
/// # Errors
///
/// What came out other than it went in.
pub fn check<O>(seed: u64, cases: u64) -> Result<(), String>
where
    O: Operation<Response: PartialEq + std::fmt::Debug> + PartialEq + std::fmt::Debug,
{
    let mut rng = Rng::new(seed);
    bad_parameters::<O>(&mut rng)?;
    for _ in 0..cases {
        answers::<O>(&mut rng)?;
        requests::<O>(&mut rng)?;
    }
    undescribed::<O>()
}

/// An arbitrary request that the operation's styles can carry.
pub fn arbitrary_request<O: Operation>(rng: &mut Rng) -> O {
    for _ in 0..1_000 {
        rng.renew();
        let mut value = O::empty();
        for (part, parameter) in O::TABLE.parameters.iter().enumerate() {
            arbitrary::fill(value.slot(part), &parameter.field, rng);
            no_empty_list(value.slot(part));
        }
        if let Some(body) = &O::TABLE.body {
            arbitrary::fill(value.slot(O::TABLE.parameters.len()), &body.field, rng);
        }
        if request::write(&value, Unknown::Reject).is_ok() {
            return value;
        }
    }
    O::empty()
}

/// A parameter without items is not written, so that it arrives as none at all.
fn no_empty_list(slot: Slot<'_>) {
    if let Slot::Optional(optional) = slot {
        let empty = match optional.held() {
            Held::Value(View::List(list)) => list.is_empty(),
            Held::Value(View::Map(map)) => map.is_empty(),
            Held::Null => true,
            _ => false,
        };
        if empty {
            optional.clear();
        }
    }
}

/// An arbitrary answer of one of the documented kinds.
pub fn arbitrary_response<R: Response>(
    table: &'static OperationTable,
    kind: usize,
    rng: &mut Rng,
) -> Option<R> {
    let answer = table.answers.get(kind)?;
    let status = status_for(table, answer.status)?;
    rng.renew();
    let mut response = R::empty(answer.status, status);
    if let Some(slot) = response.slot() {
        const BODY: Field = Field::new("body").with(&[super::table::Mark::Required]);
        arbitrary::fill(slot, &BODY, rng);
    }
    Some(response)
}

/// A status that no more exact answer is for.
fn status_for(table: &OperationTable, key: super::operation::StatusKey) -> Option<StatusCode> {
    if let Some(status) = key.exact() {
        return Some(status);
    }
    let first = key
        .range()
        .map_or(100..=599, |range| range * 100..=range * 100 + 99);
    let mut candidates = first
        .rev()
        .filter_map(|status| StatusCode::from_u16(status).ok());
    candidates.find(|status| {
        table
            .answer(*status)
            .is_some_and(|answer| answer.status == key)
    })
}

fn answers<O>(rng: &mut Rng) -> Result<(), String>
where
    O: Operation<Response: PartialEq + std::fmt::Debug>,
{
    for kind in 0..O::TABLE.answers.len() {
        let Some(sent) = arbitrary_response::<O::Response>(O::TABLE, kind, rng) else {
            continue;
        };
        let written = response::write(O::TABLE, &sent)
            .map_err(|error| format!("{}: {error}", O::TABLE.id))?;
        let (parts, body) = written.into_parts();
        let raw = RawAnswer {
            status: parts.status,
            headers: parts.headers,
            body: complete(&body),
        };
        let came = response::read::<O>(raw)
            .map_err(|error| format!("{}: {error} for {sent:?}", O::TABLE.id))?;
        let mut expected = sent;
        if let Some(slot) = expected.slot() {
            arbitrary::receive(slot);
        }
        if came != expected {
            return Err(format!("{}: sent {expected:?}, came {came:?}", O::TABLE.id));
        }
    }
    Ok(())
}

fn complete(body: &Body) -> Bytes {
    Bytes::copy_from_slice(body.bytes().unwrap_or_default())
}

fn requests<O>(rng: &mut Rng) -> Result<(), String>
where
    O: Operation + PartialEq + std::fmt::Debug,
{
    let sent: O = arbitrary_request(rng);
    let prepared = request::write(&sent, Unknown::Reject)
        .map_err(|error| format!("{}: {error}", O::TABLE.id))?;
    let written = prepared
        .into_http("http://test.invalid/")
        .map_err(|error| format!("{}: {error}", O::TABLE.id))?;
    let target = written.uri().to_string();
    let incoming = super::server::incoming(O::TABLE, written)
        .ok_or_else(|| format!("{}: its own route does not match {target}", O::TABLE.id))?;
    let mut came = O::empty();
    super::server::read(&incoming, &mut came)
        .map_err(|rejection| format!("{}: {rejection} for {sent:?} at {target}", O::TABLE.id))?;
    let mut expected = sent;
    receive_request(&mut expected);
    if came != expected {
        return Err(format!(
            "{}: sent {expected:?} at {target}, came {came:?}",
            O::TABLE.id
        ));
    }
    Ok(())
}

/// A parameter that its type does not allow is refused by its name.
fn bad_parameters<O: Operation>(rng: &mut Rng) -> Result<(), String> {
    // No number, no date, no id, and no value that a document lists.
    const BAD: &str = "!?";
    for (part, parameter) in O::TABLE.parameters.iter().enumerate() {
        let mut empty = O::empty();
        let slot = match empty.slot(part) {
            Slot::Optional(optional) => optional.fill(),
            slot => slot,
        };
        if matches!(
            slot,
            Slot::List(_) | Slot::Map(_) | Slot::Object(_) | Slot::Union(_)
        ) {
            continue;
        }
        if super::style::scalar(empty.slot(part), BAD, Unknown::Reject).is_ok() {
            continue;
        }
        let name = parameter.field.name;
        let sent: O = arbitrary_request(rng);
        let prepared = request::write(&sent, Unknown::Reject);
        let written = prepared.and_then(|prepared| prepared.into_http("http://test.invalid/"));
        let written = written.map_err(|error| format!("{}: {error}", O::TABLE.id))?;
        let mut incoming = super::server::incoming(O::TABLE, written)
            .ok_or_else(|| format!("{}: its own route does not match", O::TABLE.id))?;
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
                let key: http::HeaderName =
                    name.parse().map_err(|error| format!("{name}: {error}"))?;
                incoming
                    .parts
                    .headers
                    .insert(key, http::HeaderValue::from_static(BAD));
            }
            Location::Cookie => continue,
        }
        let refused = super::server::read(&incoming, &mut O::empty()).err();
        let named = |rejection: &super::Rejection| {
            rejection
                .faults()
                .iter()
                .any(|fault| fault.place.starts_with(name))
        };
        if !refused.is_some_and(|rejection| {
            rejection.status() == StatusCode::BAD_REQUEST && named(&rejection)
        }) {
            return Err(format!(
                "{}: a bad `{name}` is not refused by its name",
                O::TABLE.id
            ));
        }
    }
    Ok(())
}

fn encoded(name: &str) -> String {
    percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// What arrives: the receiver has filled in the defaults.
fn receive_request(request: &mut dyn Request) {
    let table = request.table();
    for (part, parameter) in table.parameters.iter().enumerate() {
        let nothing = match request.view(part) {
            View::Optional(optional) => matches!(optional.held(), Held::Nothing),
            _ => false,
        };
        match parameter.field.default {
            Some(default) if nothing => {
                json::default_into(default, request.slot(part), json::DEPTH);
            }
            _ => arbitrary::receive(request.slot(part)),
        }
    }
    if table.body.is_some() {
        arbitrary::receive(request.slot(table.parameters.len()));
    }
}

/// Answers that the document does not describe reach the caller with status and body.
fn undescribed<O>() -> Result<(), String>
where
    O: Operation,
{
    let raw = |status: StatusCode, body: &'static [u8]| RawAnswer {
        status,
        headers: HeaderMap::new(),
        body: Bytes::from_static(body),
    };
    let statuses = (100..=599).filter_map(|status| StatusCode::from_u16(status).ok());
    if let Some(status) = statuses
        .into_iter()
        .find(|status| O::TABLE.answer(*status).is_none())
    {
        match response::read::<O>(raw(status, b"teapot")) {
            Err(Error::Undocumented(answer))
                if answer.status == status && answer.body == "teapot" => {}
            _ => {
                return Err(format!(
                    "{}: an undocumented status does not reach the caller",
                    O::TABLE.id
                ));
            }
        }
    }
    for answer in O::TABLE.answers {
        let json = answer
            .media
            .is_some_and(|media| media.codec == super::operation::Codec::Json);
        let Some(status) = status_for(O::TABLE, answer.status).filter(|_| json) else {
            continue;
        };
        match response::read::<O>(raw(status, b"{\"unfinished\": ")) {
            Err(Error::Unreadable(answer, _))
                if answer.status == status && answer.body.starts_with(b"{") => {}
            _ => {
                return Err(format!(
                    "{}: an unreadable body does not reach the caller",
                    O::TABLE.id
                ));
            }
        }
    }
    Ok(())
}
