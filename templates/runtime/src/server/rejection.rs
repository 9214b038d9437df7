//! What a router refuses, and the shape of every error body.

use super::super::body::Body;
use super::super::json::{self, WriteOptions};
use super::super::shape::Shape;
use http::StatusCode;
use http::header::{ALLOW, CONTENT_TYPE, HeaderMap, HeaderValue, WWW_AUTHENTICATE};
use std::fmt;

/// A request that is outside of what the document describes.
#[derive(Clone, Debug)]
pub struct Rejection(Box<Reason>);

#[derive(Clone, Debug)]
struct Reason {
    status: StatusCode,
    message: String,
    faults: Vec<Fault>,
    headers: HeaderMap,
}

/// One thing that is wrong with a request. It says where and what is demanded, and never repeats the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// `path`, `query`, `header`, `cookie` or `body`.
    pub location: &'static str,
    /// The parameter's name, or a JSON pointer into the body.
    pub place: String,
    /// What is demanded there.
    pub message: String,
}

impl Rejection {
    /// A rejection with a status and a message.
    #[must_use]
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self(Box::new(Reason {
            status,
            message: message.into(),
            faults: Vec::new(),
            headers: HeaderMap::new(),
        }))
    }

    /// 401: nobody has proved who calls.
    #[must_use]
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 403: the caller may not do this.
    #[must_use]
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    pub(super) fn faults_found(status: StatusCode, faults: Vec<Fault>) -> Self {
        let mut rejection = Self::new(status, "the request is not what the document describes");
        rejection.0.faults = faults;
        rejection
    }

    pub(super) fn allow(mut self, methods: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(methods) {
            self.0.headers.insert(ALLOW, value);
        }
        self
    }

    /// Adds the challenge that a 401 has to carry (RFC 9110, section 15.5.2).
    #[must_use]
    pub fn challenge(mut self, challenge: &'static str) -> Self {
        self.0
            .headers
            .append(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        self
    }

    /// The status to answer with.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Everything that is wrong with parameters and body.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// Header fields that the answer has to carry.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }
}

/// The message, and the faults behind it.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        for (position, fault) in self.0.faults.iter().enumerate() {
            f.write_str(if position == 0 { ": " } else { "; " })?;
            write!(f, "{} {}: {}", fault.location, fault.place, fault.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Rejection {}

/// An answer that no operation documents: an error of the router or of the implementor.
#[derive(Debug)]
pub struct ErrorResponse {
    /// The status.
    pub status: StatusCode,
    /// The header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Body,
}

impl ErrorResponse {
    /// An error with a JSON body.
    #[must_use]
    pub fn json(status: StatusCode, body: &impl Shape) -> Self {
        let mut out = String::new();
        // What cannot be written (a number that is not finite) leaves the body empty: the status still stands.
        if json::write_view(body.view(), &mut out, &WriteOptions::default()).is_err() {
            out.clear();
        }
        Self::text(status, "application/json", out)
    }

    /// A rejection with a JSON body of the implementor's own; the header fields that it has to carry are kept.
    #[must_use]
    pub fn from_rejection(rejection: &Rejection, body: &impl Shape) -> Self {
        let mut response = Self::json(rejection.0.status, body);
        response.headers.extend(rejection.0.headers.clone());
        response
    }

    fn text(status: StatusCode, media: &'static str, text: String) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        Self {
            status,
            headers,
            body: Body::from(text),
        }
    }
}

/// Problem details (RFC 9457), the shape for implementors who have none of their own.
impl From<Rejection> for ErrorResponse {
    fn from(rejection: Rejection) -> Self {
        let errors: Vec<serde_json::Value> = rejection
            .0
            .faults
            .iter()
            .map(|fault| serde_json::json!({ "in": fault.location, "at": fault.place, "detail": fault.message }))
            .collect();
        let mut problem = serde_json::json!({
            "type": "about:blank",
            "title": rejection.0.status.canonical_reason().unwrap_or_default(),
            "status": rejection.0.status.as_u16(),
            "detail": rejection.0.message,
        });
        if !errors.is_empty() {
            problem["errors"] = errors.into();
        }
        let mut response = Self::text(
            rejection.0.status,
            "application/problem+json",
            problem.to_string(),
        );
        response.headers.extend(rejection.0.headers);
        response
    }
}

impl From<ErrorResponse> for http::Response<Body> {
    fn from(error: ErrorResponse) -> Self {
        let mut response = Self::new(error.body);
        *response.status_mut() = error.status;
        *response.headers_mut() = error.headers;
        response
    }
}
