//! Why a call gives no documented answer, and what an answer says that was not hoped for.

use super::body::BoxError;
use super::json::Malformed;
use super::operation::Response;
use super::pointer;
use super::shape::View;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;

/// Why a call gives no documented answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request has a value that cannot be sent.
    InvalidRequest(InvalidRequest),
    /// The client has no credentials for any of the operation's alternatives.
    MissingCredentials {
        /// The schemes of each alternative, by their keys in the document.
        alternatives: Vec<Vec<&'static str>>,
    },
    /// The client could not be made.
    Build(BuildError),
    /// The transport did not get an answer.
    Transport(BoxError),
    /// The answer did not come in time.
    Timeout,
    /// The answer is longer than the client reads.
    TooLarge {
        /// The status of the answer.
        status: StatusCode,
        /// The header of the answer.
        headers: Box<HeaderMap>,
    },
    /// The document does not describe an answer of this status.
    Undocumented(Box<RawAnswer>),
    /// The body is not what the document says.
    Unreadable(Box<RawAnswer>, Box<Malformed>),
    /// The pages go round in a circle.
    PageLoop,
}

/// An answer as it came.
#[derive(Clone)]
pub struct RawAnswer {
    /// The status.
    pub status: StatusCode,
    /// The header.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// Header fields may hold credentials, and bodies secrets: only their sizes are shown.
impl fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawAnswer")
            .field("status", &self.status)
            .field("headers", &format_args!("{} fields", self.headers.len()))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}

/// A value of a request that cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidRequest {
    /// The parameter's name, or `body` with a JSON pointer.
    pub place: String,
    /// Why it cannot be sent.
    pub reason: &'static str,
}

/// Why a client could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BuildError {
    /// The document names no base URL, and neither did the caller.
    MissingBaseUrl,
    /// The base URL is no absolute `http` or `https` URL without query and fragment.
    MalformedBaseUrl,
    /// There is no transport: neither one of the caller's nor the feature `reqwest`.
    MissingTransport,
    /// A credential or a default header has characters that a header cannot carry.
    MalformedHeader,
    /// The default transport could not be made.
    Transport(String),
}

impl Error {
    /// The status of the answer, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::TooLarge { status, .. } => Some(*status),
            Self::Undocumented(answer) | Self::Unreadable(answer, _) => Some(answer.status),
            _ => None,
        }
    }

    /// The answer as it came, if there was one and all of it was read.
    #[must_use]
    pub fn answer(&self) -> Option<&RawAnswer> {
        match self {
            Self::Undocumented(answer) | Self::Unreadable(answer, _) => Some(answer),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidRequest(error) => error.fmt(f),
            Self::MissingCredentials { alternatives } => {
                f.write_str("the client has no credentials for this operation, which takes ")?;
                for (position, schemes) in alternatives.iter().enumerate() {
                    let or = if position == 0 { "" } else { ", or " };
                    write!(f, "{or}{}", schemes.join(" with "))?;
                }
                Ok(())
            }
            Self::Build(error) => error.fmt(f),
            Self::Transport(_) => {
                f.write_str("the request could not be sent, or its answer not be received")
            }
            Self::Timeout => f.write_str("the answer did not come in time"),
            Self::TooLarge { status, .. } => {
                write!(f, "{status}: the answer is longer than the client reads")
            }
            Self::Undocumented(answer) => {
                write!(f, "{}: the document has no such answer", answer.status)
            }
            Self::Unreadable(answer, malformed) => {
                write!(
                    f,
                    "{}: the answer is not what the document says: {malformed}",
                    answer.status
                )
            }
            Self::PageLoop => f.write_str("the next page is one that was read already"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::InvalidRequest(error) => Some(error),
            Self::Build(error) => Some(error),
            Self::Transport(error) => Some(&**error),
            Self::Unreadable(_, malformed) => Some(&**malformed),
            _ => None,
        }
    }
}

impl From<InvalidRequest> for Error {
    fn from(error: InvalidRequest) -> Self {
        Self::InvalidRequest(error)
    }
}

impl From<BuildError> for Error {
    fn from(error: BuildError) -> Self {
        Self::Build(error)
    }
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be sent: {}", self.place, self.reason)
    }
}

impl std::error::Error for InvalidRequest {}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingBaseUrl => f.write_str("there is no base URL"),
            Self::MalformedBaseUrl => {
                f.write_str("the base URL is no absolute URL of http or https")
            }
            Self::MissingTransport => {
                f.write_str("there is no transport: give one, or enable the feature `reqwest`")
            }
            Self::MalformedHeader => {
                f.write_str("a credential has characters that a header cannot carry")
            }
            Self::Transport(reason) => {
                write!(f, "the default transport could not be made: {reason}")
            }
        }
    }
}

impl std::error::Error for BuildError {}

/// A documented answer other than the one that was hoped for; it can be had back.
#[derive(Clone, PartialEq)]
pub struct NotOk<R>(Box<R>);

impl<R: Response> NotOk<R> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(response: R) -> Self {
        Self(Box::new(response))
    }

    /// The answer.
    #[must_use]
    pub fn response(&self) -> &R {
        &self.0
    }

    /// The answer.
    #[must_use]
    pub fn into_response(self) -> R {
        *self.0
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// What the body says for a person to read, if it has such a member.
    #[must_use]
    pub fn message(&self) -> Option<&str> {
        const PLACES: &[&str] = &[
            "/message",
            "/error/message",
            "/detail",
            "/title",
            "/error_description",
            "/error",
        ];
        let body = self.0.views().body?;
        PLACES
            .iter()
            .find_map(|place| match pointer::view(body, place)? {
                View::String(text) if !text.is_empty() => Some(text),
                _ => None,
            })
    }
}

impl<R: Response> fmt::Display for NotOk<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.status().fmt(f)?;
        match self.message() {
            Some(message) => write!(f, ": {message}"),
            None => Ok(()),
        }
    }
}

impl<R: Response> fmt::Debug for NotOk<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NotOk({self})")
    }
}

impl<R: Response> std::error::Error for NotOk<R> {}
