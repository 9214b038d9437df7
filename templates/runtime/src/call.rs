//! A call: a value until it is awaited, with the options of this one call.

use super::client::ClientCore;
use super::error::{Error, RawAnswer};
use super::operation::{Operation, Paged};
use super::paging::{Items, Pages};
use super::reconnect::Reconnect;
use super::response;
use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

/// Options of one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    pub(crate) headers: HeaderMap,
    pub(crate) base_url: Option<String>,
    pub(crate) reconnect: Option<Reconnect>,
}

/// A call of an operation. Nothing is sent until it is awaited.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Call<'a, O: Operation>(State<'a, O>);

enum State<'a, O: Operation> {
    Open {
        client: &'a ClientCore,
        request: O,
        options: CallOptions,
    },
    Ready(Box<Result<O::Response, Error>>),
}

/// The answer to come.
pub type CallFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A documented answer with the raw one beside it.
#[derive(Clone)]
pub struct Raw<T> {
    /// The status.
    pub status: StatusCode,
    /// The header.
    pub headers: HeaderMap,
    /// The body as it came; empty where it comes piece by piece, as the documented answer has it.
    pub body: Bytes,
    /// The documented answer.
    pub value: T,
}

/// Header fields may hold credentials: they are not shown, nor is the body.
impl<T: fmt::Debug> fmt::Debug for Raw<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Raw")
            .field("status", &self.status)
            .field("value", &self.value)
            .finish_non_exhaustive()
    }
}

impl<'a, O: Operation> Call<'a, O> {
    pub(crate) fn new(client: &'a ClientCore, request: O) -> Self {
        Self(State::Open {
            client,
            request,
            options: CallOptions::default(),
        })
    }

    /// A call that is answered already: what a double of a client's trait gives.
    pub fn ready(answer: Result<O::Response, Error>) -> Self {
        Self(State::Ready(Box::new(answer)))
    }

    /// How long this call may take, in place of the client's own limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        if let State::Open { options, .. } = &mut self.0 {
            options.timeout = Some(timeout);
        }
        self
    }

    /// A header of this call alone.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        if let State::Open { options, .. } = &mut self.0 {
            options.headers.insert(name, value);
        }
        self
    }

    /// Where the API is for this call, in place of the client's own base URL and the document's.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        if let State::Open { options, .. } = &mut self.0 {
            options.base_url = Some(base_url.into());
        }
        self
    }

    /// When a stream of server-sent events is asked for again after its connection has ended, in place of what the client does
    /// by itself.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        if let State::Open { options, .. } = &mut self.0 {
            options.reconnect = Some(reconnect);
        }
        self
    }

    /// Sends the call, and gives the raw answer beside the documented one.
    ///
    /// # Errors
    ///
    /// As for the call itself. A call that was ready has no raw answer: its header and body are empty.
    pub async fn raw(self) -> Result<Raw<O::Response>, Error> {
        match self.0 {
            State::Open {
                client,
                mut request,
                options,
            } => {
                let received = client.send(&mut request, options).await?;
                let RawAnswer {
                    status,
                    headers,
                    body,
                } = received.raw.clone();
                Ok(Raw {
                    status,
                    headers,
                    body,
                    value: response::read(received).await?,
                })
            }
            State::Ready(answer) => {
                use super::operation::Response;
                let value = (*answer)?;
                Ok(Raw {
                    status: value.status(),
                    headers: HeaderMap::new(),
                    body: Bytes::new(),
                    value,
                })
            }
        }
    }

    /// Every page, from the one that is asked for.
    pub fn pages(self) -> Pages<'a, O>
    where
        O: Paged,
    {
        match self.0 {
            State::Open {
                client,
                request,
                options,
            } => Pages::new(client, request, options),
            State::Ready(answer) => Pages::ready(*answer),
        }
    }

    /// Every item of every page.
    pub fn items(self) -> Items<'a, O>
    where
        O: Paged,
    {
        Items::new(self.pages())
    }
}

impl<'a, O: Operation> IntoFuture for Call<'a, O> {
    type Output = Result<O::Response, Error>;
    type IntoFuture = CallFuture<'a, O::Response>;

    fn into_future(self) -> Self::IntoFuture {
        match self.0 {
            State::Open {
                client,
                mut request,
                options,
            } => Box::pin(async move {
                let received = client.send(&mut request, options).await?;
                response::read(received).await
            }),
            State::Ready(answer) => Box::pin(std::future::ready(*answer)),
        }
    }
}

impl<O: Operation> fmt::Debug for Call<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({})", O::operation().id)
    }
}
