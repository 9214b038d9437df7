//! Items that come and go one by one: JSON Lines, JSON text sequences, server-sent events, parts.

#[cfg(any(feature = "client", feature = "server"))]
mod wire;

use super::body::BoxError;
use super::json::Malformed;
use super::shape::{Shape, Streamed};
#[cfg(any(feature = "client", feature = "server"))]
use super::{body::Body, operation::Media};
use http::StatusCode;
use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
#[cfg(feature = "client")]
pub(crate) use wire::Resuming;
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use wire::{Item, Resume};

/// Items that come and go one by one. What is sent is made of values or of a stream of them; what comes is read when it is
/// asked for.
pub struct Stream<T>(Mutex<Inner<T>>);

type Items<T> = Pin<Box<dyn futures_core::Stream<Item = Result<T, BoxError>> + Send>>;

enum Inner<T> {
    Ready(VecDeque<T>),
    Outgoing(Items<T>),
    #[cfg(any(feature = "client", feature = "server"))]
    Incoming(Box<wire::Incoming>),
}

/// Why the next item cannot be had.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// The body broke off, or the items that are sent did.
    Broken(BoxError),
    /// It is longer than the limit.
    TooLong,
    /// It is not what the document says. Further items may be.
    Unreadable(Box<Malformed>),
    /// The connection ended, and the server would not go on.
    Refused(StatusCode),
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => write!(f, "the stream broke off: {error}"),
            Self::TooLong => f.write_str("an item is longer than the limit"),
            Self::Unreadable(malformed) => write!(f, "unreadable item: {malformed}"),
            Self::Refused(status) => {
                write!(
                    f,
                    "the stream broke off, and the server would not go on: {status}"
                )
            }
        }
    }
}

impl std::error::Error for StreamError {}

/// What a lock holds, whatever became of those who held it before.
fn mine<T>(held: Result<T, PoisonError<T>>) -> T {
    held.unwrap_or_else(PoisonError::into_inner)
}

impl<T: Shape> Stream<T> {
    /// Items as they are made.
    pub fn new<E: Into<BoxError> + 'static>(
        items: impl futures_core::Stream<Item = Result<T, E>> + Send + 'static,
    ) -> Self {
        let items = Fallible(Box::pin(items));
        Self(Mutex::new(Inner::Outgoing(Box::pin(items))))
    }

    /// The next item; `None` at the end.
    ///
    /// # Errors
    ///
    /// It is too long, unreadable, or the body breaks off.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        std::future::poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        match mine(self.0.get_mut()) {
            Inner::Ready(items) => Poll::Ready(items.pop_front().map(Ok)),
            Inner::Outgoing(items) => {
                let next = ready!(items.as_mut().poll_next(cx));
                Poll::Ready(next.map(|item| item.map_err(StreamError::Broken)))
            }
            #[cfg(any(feature = "client", feature = "server"))]
            Inner::Incoming(incoming) => {
                let mut value = T::empty();
                let read = ready!(incoming.poll_into(cx, &mut value));
                Poll::Ready(read.map(|read| read.map(|()| value)))
            }
        }
    }
}

impl<T: Shape> From<Vec<T>> for Stream<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Mutex::new(Inner::Ready(items.into())))
    }
}

impl<T: Shape> FromIterator<T> for Stream<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Mutex::new(Inner::Ready(items.into_iter().collect())))
    }
}

impl<T: Shape> Default for Stream<T> {
    fn default() -> Self {
        Self(Mutex::new(Inner::Ready(VecDeque::new())))
    }
}

impl<T> fmt::Debug for Stream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*mine(self.0.lock()) {
            Inner::Ready(items) => write!(f, "Stream({} items)", items.len()),
            _ => f.write_str("Stream"),
        }
    }
}

impl<T: Shape + Unpin> futures_core::Stream for Stream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

/// A stream whose errors are boxed.
struct Fallible<S>(Pin<Box<S>>);

impl<T, E: Into<BoxError>, S: futures_core::Stream<Item = Result<T, E>>> futures_core::Stream
    for Fallible<S>
{
    type Item = Result<T, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|item| item.map_err(Into::into)))
    }
}

impl<T: Shape + Send + Sync> Shape for Stream<T> {
    type Kind = super::kind::Streamed;

    fn empty() -> Self {
        Self::default()
    }
}

impl<T: Shape + Send + Sync> Streamed for Stream<T> {
    #[cfg(any(feature = "client", feature = "server"))]
    fn send(&mut self, media: &'static Media) -> Body {
        let mut items = std::mem::take(self);
        wire::sent(media, move |cx, write| {
            let next = ready!(items.poll_item(cx));
            Poll::Ready(next.map(|item| match item {
                Ok(mut item) => write(&mut item),
                Err(error) => Err(error.into()),
            }))
        })
    }

    #[cfg(any(feature = "client", feature = "server"))]
    fn receive(&mut self, media: &'static Media, body: Body) {
        let incoming = Box::new(wire::Incoming::new(media, body));
        *self = Self(Mutex::new(Inner::Incoming(incoming)));
    }

    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, rng: &mut super::arbitrary::Rng) {
        let item = |rng: &mut super::arbitrary::Rng| super::arbitrary::value::<T>(rng);
        *self = (0..rng.below(4)).map(|_| item(rng)).collect();
    }

    #[cfg(feature = "arbitrary")]
    fn sketch(&self, out: &mut String) {
        let mut inner = mine(self.0.lock());
        if let Inner::Incoming(incoming) = &mut *inner {
            let mut context = Context::from_waker(std::task::Waker::noop());
            let mut items = VecDeque::new();
            loop {
                let mut value = T::empty();
                match incoming.poll_into(&mut context, &mut value) {
                    Poll::Ready(Some(Ok(()))) => items.push_back(value),
                    Poll::Ready(Some(Err(error))) => {
                        out.push_str(&error.to_string());
                        break;
                    }
                    _ => break,
                }
            }
            *inner = Inner::Ready(items);
        }
        if let Inner::Ready(items) = &*inner {
            for item in items {
                super::wire::value(item.view(), out);
                out.push_str(", ");
            }
        }
    }
}
