//! Proof that both sides of the wire are inverse, for any operation: arbitrary requests and answers go through the codecs of
//! the client and of the server, and come out as they went in.

mod faulty;
mod peer;
mod sketch;

pub(crate) use sketch::value;

use super::arbitrary::{self, Rng};
use super::body::Body;
use super::error::{Error, InvalidRequest};
use super::json::Unknown;
use super::operation::{Encoding, Operation, OperationTable, Request, Response, StatusKey};
use super::response::Received;
use super::shape::{Held, Object, Slot, View};
use super::table::Field;
use super::{request, response};
use http::StatusCode;
use std::future::Future;

pub use peer::Peers;

/// A base URL that leads nowhere.
const NOWHERE: &str = "http://test.invalid/";

/// How many values are made until one of them can be sent.
const TRIES: u32 = 1_000;

/// Sees every operation of a crate: `each_operation(&mut visitor)`.
pub trait Visitor {
    /// Sees one operation.
    fn visit<O: Operation>(&mut self);
}

/// Checks every operation that it sees.
#[derive(Debug)]
pub struct Checks {
    /// Cases of each operation: 25, or what `OASMITH_CASES` says.
    pub cases: u64,
    /// How many operations there were.
    pub seen: u64,
    /// What came out other than it went in.
    pub failures: Vec<String>,
}

impl Default for Checks {
    fn default() -> Self {
        Self {
            cases: cases(),
            seen: 0,
            failures: Vec::new(),
        }
    }
}

fn cases() -> u64 {
    let wanted = std::env::var("OASMITH_CASES").ok();
    wanted.and_then(|cases| cases.parse().ok()).unwrap_or(25)
}

impl Visitor for Checks {
    fn visit<O: Operation>(&mut self) {
        self.seen += 1;
        self.failures
            .extend(check::<O>(self.seen, self.cases).err());
    }
}

/// Checks an operation with so many arbitrary requests and answers.
///
/// # Errors
///
/// What came out other than it went in.
pub fn check<O: Operation>(seed: u64, cases: u64) -> Result<(), String> {
    let subject = Subject::of::<O>();
    let work = || {
        let mut rng = Rng::new(seed);
        subject.bad_parameters(&mut rng)?;
        for _ in 0..cases {
            subject.answers(&mut rng)?;
            subject.requests(&mut rng)?;
        }
        subject.undescribed()
    };
    work().map_err(|fault: String| format!("{}: {fault}", O::operation().id))
}

/// What a client sends for a request; what goes piece by piece is taken from it.
///
/// # Errors
///
/// The request has a value that cannot be sent.
pub fn sent<O: Operation>(request: &mut O) -> Result<http::Request<Body>, InvalidRequest> {
    request::write(request, Unknown::Reject)?.into_http("http://test.invalid/")
}

/// What a server reads of a request.
///
/// # Errors
///
/// The operation's own route does not match, or the request is refused, in words.
pub fn received<O: Operation>(request: http::Request<Body>) -> Result<O, String> {
    let incoming = super::server::incoming(O::operation(), request).ok_or("no route")?;
    let mut came = O::empty();
    now(super::server::read(incoming, &mut came))?.map_err(said)?;
    Ok(came)
}

/// What a server sends for an answer; what goes piece by piece is taken from it.
///
/// # Errors
///
/// The answer has a value that cannot be sent.
pub fn answered<O: Operation>(
    response: &mut O::Response,
    accept: Option<&str>,
) -> Result<http::Response<Body>, InvalidRequest> {
    response::write(O::operation(), response, accept)
}

/// What a client reads of an answer.
///
/// # Errors
///
/// It is not documented, or unreadable, in words.
pub fn understood<O: Operation>(answer: http::Response<Body>) -> Result<O::Response, String> {
    let received = now(response::receive(O::operation(), answer, usize::MAX))?.map_err(said)?;
    now(response::read(received))?.map_err(said)
}

/// The operation that a path is for, by its position, and the texts of its parameters.
pub fn routed(
    tables: &[&'static OperationTable],
    path: &str,
) -> Option<(usize, Vec<(&'static str, String)>)> {
    super::server::routed(tables, path)
}

/// An operation without its types.
struct Subject {
    table: &'static OperationTable,
    request: fn() -> Box<dyn Request>,
    response: fn(usize, StatusCode) -> Box<dyn Response>,
    read: fn(Received) -> Result<Box<dyn Response>, Error>,
}

/// What a future gives that has nothing to wait for.
fn now<T>(future: impl Future<Output = T>) -> Result<T, String> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        std::task::Poll::Ready(value) => Ok(value),
        std::task::Poll::Pending => Err("it waits for something".to_owned()),
    }
}

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Whether the texts of the parameters say which variants of unions they are.
fn is_told(request: &dyn Request) -> bool {
    let parameters = 0..request.table().parameters.len();
    let mut views = parameters.map(|part| request.view(part));
    !views.any(super::style::is_list_of_one)
}

fn fill_request(value: &mut dyn Request, rng: &mut Rng) {
    let table = value.table();
    for (part, parameter) in table.parameters.iter().enumerate() {
        arbitrary::fill(value.slot(part), &parameter.field, rng);
        no_empty_list(value.slot(part));
    }
    let Some(body) = &table.body else {
        return;
    };
    let media = rng.below(body.media.len() as u64) as usize;
    let marks = body.media.get(media).map_or(&[][..], |media| media.marks);
    let field = Field {
        marks,
        required: true,
        ..body.field
    };
    if value.chosen().is_none() {
        arbitrary::fill(value.slot(table.parameters.len()), &body.field, rng);
    } else if let Some(choice) = value.choice() {
        if !body.field.required && rng.once_in(4) {
            choice.clear();
        } else {
            arbitrary::fill(choice.select(media), &field, rng);
        }
    }
}

/// Whether the parameters are what the document demands, checks of their whole included.
fn is_valid(request: &dyn Request) -> bool {
    let mut parameters = request.table().parameters.iter().enumerate();
    parameters.all(|(part, parameter)| {
        super::validate_as(request.view(part), parameter.field.marks).is_ok()
    })
}

/// Whether every piece of a body can be written.
fn is_whole(body: Body) -> bool {
    matches!(now(body.collect(usize::MAX)), Ok(Ok(_)))
}

/// Whether the request's texts stand for themselves: where reserved characters do, what looks like an encoded character
/// is taken for one (RFC 6570, section 3.2.3).
fn is_literal(value: &dyn Request) -> bool {
    let table = value.table();
    let parameters = table.parameters.iter().enumerate();
    let mut reserved = parameters.filter(|(_, parameter)| parameter.allow_reserved());
    let mut media = table.body.iter().flat_map(|body| body.media);
    let form = media.any(|media| has_reserved(media.encoding));
    let parameters = table.parameters.iter().enumerate();
    let mut forms = parameters
        .filter(|(_, parameter)| has_reserved(super::style::Manner::of(parameter, &[]).encoding));
    reserved.all(|(part, _)| !has_triple(value.view(part)))
        && forms.all(|(part, _)| !has_triple(value.view(part)))
        && !(form && has_triple(value.view(table.parameters.len())))
}

/// The same of an answer.
fn is_literal_answer(value: &dyn Response) -> bool {
    let views = value.views();
    let form = views
        .media()
        .is_some_and(|media| has_reserved(media.encoding));
    !(form && views.body.is_some_and(has_triple))
}

/// Whether reserved characters stand as they are in any member.
fn has_reserved(encodings: &[Encoding]) -> bool {
    let mut styles = encodings.iter().filter_map(|encoding| encoding.style);
    styles.any(|(_, _, reserved)| reserved)
}

/// Whether a value holds what looks like an encoded character.
fn has_triple(view: View<'_>) -> bool {
    let text = sketch::shown(view);
    text.match_indices('%').any(|(at, _)| {
        let digits = text.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

/// A parameter without items or members is not written, so that it arrives as none at all.
fn no_empty_list(slot: Slot<'_>) {
    if let Slot::Optional(optional) = slot {
        let empty = match optional.held() {
            Held::Value(View::List(list)) => list.is_empty(),
            Held::Value(View::Map(map)) => map.is_empty(),
            Held::Value(View::Object(object)) => super::validate::count(object) == 0,
            Held::Null => true,
            _ => false,
        };
        if empty {
            optional.clear();
        }
    }
}

pub(super) fn fill_headers(object: &mut dyn Object, rng: &mut Rng) {
    for (position, field) in object.table().fields.iter().enumerate() {
        arbitrary::fill(object.slot(position), field, rng);
        no_empty_list(object.slot(position));
    }
}

/// A status that no more exact answer is for.
fn status_for(table: &OperationTable, key: StatusKey) -> Option<StatusCode> {
    if let Some(status) = key.exact() {
        return Some(status);
    }
    let first = key
        .range()
        .map_or(100..=599, |range| range * 100..=range * 100 + 99);
    let mut candidates = first
        .rev()
        .filter_map(|status| StatusCode::from_u16(status).ok());
    candidates.find(|status| table.key(*status) == Some(key))
}

impl Subject {
    fn of<O: Operation>() -> Self {
        Self {
            table: O::operation(),
            request: || Box::new(O::empty()),
            response: |answer, status| Box::new(O::Response::empty(answer, status)),
            read: |received| {
                let read = now(response::read::<O::Response>(received));
                let read = read.map_err(|reason| Error::Transport(reason.into()))?;
                Ok(Box::new(read?))
            },
        }
    }

    /// An arbitrary request that can be sent.
    ///
    /// # Errors
    ///
    /// None of a thousand can: nothing would be proved of the operation.
    fn arbitrary_request(&self, rng: &mut Rng) -> Result<Box<dyn Request>, String> {
        for _ in 0..TRIES {
            rng.renew();
            let mut again = rng.clone();
            let mut value = (self.request)();
            fill_request(&mut *value, rng);
            // Writing takes what goes piece by piece: the same is made again.
            let written = request::write(&mut *value, Unknown::Reject);
            if is_told(&*value)
                && is_literal(&*value)
                && is_valid(&*value)
                && written.is_ok_and(|written| is_whole(written.body))
            {
                let mut value = (self.request)();
                fill_request(&mut *value, &mut again);
                return Ok(value);
            }
        }
        Err("no arbitrary request can be sent".to_owned())
    }

    /// An arbitrary answer of one of the documented kinds; `None` where others are for all of its statuses.
    ///
    /// # Errors
    ///
    /// None of a thousand can be sent.
    fn arbitrary_response(
        &self,
        kind: usize,
        rng: &mut Rng,
    ) -> Result<Option<Box<dyn Response>>, String> {
        const BODY: Field = Field {
            required: true,
            ..Field::new("body")
        };
        let answer = self.table.answers.get(kind);
        let status = answer.and_then(|answer| status_for(self.table, answer.status));
        let (Some(answer), Some(status)) = (answer, status) else {
            return Ok(None);
        };
        for _ in 0..TRIES {
            rng.renew();
            let mut again = rng.clone();
            let make = |rng: &mut Rng| {
                let mut response = (self.response)(kind, status);
                let places = response.places();
                if let Some(slot) = places.body {
                    arbitrary::fill(slot, &BODY, rng);
                }
                if let Some(headers) = places.headers {
                    fill_headers(headers, rng);
                }
                response
            };
            let mut response = make(rng);
            let literal = is_literal_answer(&*response);
            let written = response::write(self.table, &mut *response, None);
            if literal && written.is_ok_and(|written| is_whole(written.into_body())) {
                return Ok(Some(make(&mut again)));
            }
        }
        Err(format!("no arbitrary answer `{}` can be sent", answer.name))
    }

    fn answers(&self, rng: &mut Rng) -> Result<(), String> {
        for kind in 0..self.table.answers.len() {
            let twin = self.arbitrary_response(kind, &mut rng.clone())?;
            let (Some(mut sent), Some(mut twin)) = (self.arbitrary_response(kind, rng)?, twin)
            else {
                continue;
            };
            let before = sketch::response(&mut *sent, false);
            let expected = sketch::response(&mut *twin, true);
            let written = response::write(self.table, &mut *sent, None).map_err(said)?;
            let received = now(response::receive(self.table, written, usize::MAX))?;
            let mut came = received
                .and_then(self.read)
                .map_err(|error| format!("{error} for {before}"))?;
            let came = sketch::response(&mut *came, false);
            if came != expected {
                return Err(format!("sent {before}, came {came}"));
            }
        }
        Ok(())
    }

    fn requests(&self, rng: &mut Rng) -> Result<(), String> {
        // What is expected is said of another one: it is what is sent that is not to be touched.
        let mut twin = self.arbitrary_request(&mut rng.clone())?;
        let mut sent = self.arbitrary_request(rng)?;
        let before = sketch::request(&mut *sent, false);
        let expected = sketch::request(&mut *twin, true);
        let written = self.written(&mut *sent, NOWHERE)?;
        let target = written.uri().to_string();
        let incoming = super::server::incoming(self.table, written)
            .ok_or_else(|| format!("its own route does not match {target}"))?;
        let mut came = (self.request)();
        now(super::server::read(incoming, &mut *came))?
            .map_err(|rejection| format!("{rejection} for {before} at {target}"))?;
        let came = sketch::request(&mut *came, false);
        if came != expected {
            return Err(format!("sent {before} at {target}, came {came}"));
        }
        Ok(())
    }

    fn written(
        &self,
        sent: &mut dyn Request,
        base_url: &str,
    ) -> Result<http::Request<Body>, String> {
        let prepared = request::write(sent, Unknown::Reject);
        let written = prepared.and_then(|prepared| prepared.into_http(base_url));
        written.map_err(said)
    }
}
