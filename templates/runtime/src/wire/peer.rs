//! Both ends of a real connection: what one end sends, the other reads, and each knows from the number of the case alone
//! what that has to be.

use super::super::arbitrary::Rng;
use super::super::body::Body;
use super::super::operation::Operation;
use super::super::transport::{HttpBody, Transport};
use super::super::{response, server};
use super::{Subject, Visitor, said, sketch};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};

/// Which operation a request is of, by its position.
const OPERATION: HeaderName = HeaderName::from_static("x-oasmith-operation");
/// The number of the case.
const CASE: HeaderName = HeaderName::from_static("x-oasmith-case");
/// What a server says that did not get what the case has.
const FAULT: HeaderName = HeaderName::from_static("x-oasmith-fault");

/// Every operation of a crate, for both ends.
#[derive(Default)]
pub struct Peers {
    subjects: Vec<Subject>,
}

impl Visitor for Peers {
    fn visit<O: Operation>(&mut self) {
        self.subjects.push(Subject::of::<O>());
    }
}

/// An answer's status is sent as it is, unless HTTP gives it a meaning of its own.
fn is_final(status: StatusCode) -> bool {
    !status.is_informational()
}

impl Peers {
    /// Cases of each operation: 25, or what `OASMITH_CASES` says.
    #[must_use]
    pub fn cases(&self) -> u64 {
        super::cases()
    }

    /// Sends so many cases of every operation to a server that answers with [`answer`](Self::answer).
    ///
    /// # Errors
    ///
    /// What came out other than it went in, at either end.
    pub async fn check(
        &self,
        transport: &dyn Transport,
        base_url: &str,
        cases: u64,
    ) -> Result<(), String> {
        for (position, subject) in self.subjects.iter().enumerate() {
            for case in 0..cases {
                self.exchange(position, case, transport, base_url)
                    .await
                    .map_err(|fault| format!("{}, case {case}: {fault}", subject.table.id))?;
            }
        }
        Ok(())
    }

    async fn exchange(
        &self,
        position: usize,
        case: u64,
        transport: &dyn Transport,
        base_url: &str,
    ) -> Result<(), String> {
        let subject = &self.subjects[position];
        let mut sent = subject.arbitrary_request(&mut Rng::new(case))?;
        let mut request = subject.written(&mut *sent, base_url)?;
        let headers = request.headers_mut();
        headers.insert(OPERATION, HeaderValue::from(position));
        headers.insert(CASE, HeaderValue::from(case));
        let (parts, body) = transport.send(request).await.map_err(said)?.into_parts();
        if let Some(fault) = parts.headers.get(FAULT) {
            return Err(fault.to_str().unwrap_or("a fault").to_owned());
        }
        let Some(mut expected) = subject.case_answer(case)? else {
            return Ok(());
        };
        let expected = sketch::response(&mut *expected, true);
        // Sketches are of what is here.
        let bytes = body
            .collect(usize::MAX)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let answer = Response::from_parts(parts, Body::from(bytes));
        let received = response::receive(subject.table, answer, usize::MAX).await;
        let mut came = received.and_then(subject.read).map_err(said)?;
        let came = sketch::response(&mut *came, false);
        if came == expected {
            Ok(())
        } else {
            Err(format!("answered {expected}, came {came}"))
        }
    }

    /// Answers a request of [`check`](Self::check).
    pub async fn answer<B: HttpBody>(&self, request: http::Request<B>) -> Response<Body> {
        match self.judged(request.map(Body::new)).await {
            Ok(answer) => answer,
            Err(fault) => {
                let plain: String = fault
                    .chars()
                    .map(|c| if c.is_ascii_graphic() { c } else { ' ' })
                    .take(2_000)
                    .collect();
                let mut answer = Response::new(Body::empty());
                if let Ok(fault) = HeaderValue::from_str(&plain) {
                    answer.headers_mut().insert(FAULT, fault);
                }
                answer
            }
        }
    }

    async fn judged(&self, request: http::Request<Body>) -> Result<Response<Body>, String> {
        let (mut parts, body) = request.into_parts();
        let number = |headers: &HeaderMap, name: &HeaderName| -> Option<u64> {
            headers.get(name)?.to_str().ok()?.parse().ok()
        };
        let position = number(&parts.headers, &OPERATION).ok_or("no operation")?;
        let case = number(&parts.headers, &CASE).ok_or("no case")?;
        parts.headers.remove(OPERATION);
        parts.headers.remove(CASE);
        let subject = usize::try_from(position).ok();
        let subject = subject.and_then(|position| self.subjects.get(position));
        let subject = subject.ok_or("no such operation")?;
        let mut expected = subject.arbitrary_request(&mut Rng::new(case))?;
        let expected = sketch::request(&mut *expected, true);
        let bytes = body
            .collect(usize::MAX)
            .await
            .map_err(|error| format!("{error:?}"))?;
        let request = http::Request::from_parts(parts, Body::from(bytes));
        let incoming = server::incoming(subject.table, request).ok_or("the route differs")?;
        let mut came = (subject.request)();
        server::read(incoming, &mut *came).await.map_err(said)?;
        let came = sketch::request(&mut *came, false);
        if came != expected {
            return Err(format!("sent {expected}, came {came}"));
        }
        match subject.case_answer(case)? {
            Some(mut answer) => response::write(subject.table, &mut *answer, None).map_err(said),
            None => Ok(Response::new(Body::empty())),
        }
    }
}

impl Subject {
    /// The answer of a case: one of the documented kinds after the other.
    fn case_answer(&self, case: u64) -> Result<Option<Box<dyn super::Response>>, String> {
        let kinds = self.table.answers.len() as u64;
        let kind = case.checked_rem(kinds).unwrap_or_default();
        let kind = usize::try_from(kind).unwrap_or_default();
        let mut rng = Rng::new(case.wrapping_add(1 << 32));
        let answer = self.arbitrary_response(kind, &mut rng)?;
        Ok(answer.filter(|answer| is_final(answer.status())))
    }
}
