//! Streams on the wire: items out of a body, and items as a body.

use super::super::body::{Body, BoxError};
use super::super::frame::{Event, Frames, Framing};
use super::super::json::{Malformed, ReadOptions, Unknown};
use super::super::multipart::{Fault, Fitting, Parts};
use super::super::operation::{Codec, Media};
use super::super::shape::{Shape, Slot, View};
use super::super::validate::validate_as;
use super::{Inner, Stream, StreamError, mine};
use bytes::Bytes;
use http::HeaderValue;
use http_body::{Body as _, Frame};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How many bytes an item has at most, unless somebody says otherwise.
const ITEM: usize = 1024 * 1024;

/// Asks for what broke off again, told the `id` of the last event, how long the server wants to be left alone, and whether
/// the connection gave anything; `None` where it is not asked for.
pub(crate) type Resume =
    Box<dyn FnMut(Option<&str>, Option<Duration>, bool) -> Option<Resuming> + Send + Sync>;

/// The body that goes on, or nothing where there is no more.
pub(crate) type Resuming = Pin<Box<dyn Future<Output = Result<Option<Body>, StreamError>> + Send>>;

impl<T: Shape> Stream<T> {
    /// Items of what comes may have so many bytes each.
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> Self {
        if let Inner::Incoming(incoming) = mine(self.0.get_mut()) {
            incoming.limit(limit);
        }
        self
    }

    /// The `id` of the last event that came: what a client that connects again sends as `Last-Event-ID`. A stream that came
    /// as the answer to a GET does so itself, as [`Call::reconnect`](super::super::Call::reconnect) says.
    #[must_use]
    pub fn last_event_id(&self) -> Option<String> {
        match &*mine(self.0.lock()) {
            Inner::Incoming(incoming) => incoming.last_event_id.clone(),
            _ => None,
        }
    }

    /// How long the server asks clients to wait before they connect again.
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        match &*mine(self.0.lock()) {
            Inner::Incoming(incoming) => incoming.retry,
            _ => None,
        }
    }
}

/// What comes, whatever its type.
pub(super) struct Incoming {
    source: Source,
    options: ReadOptions,
    last_event_id: Option<String>,
    retry: Option<Duration>,
    /// Whether the connection has given anything.
    heard: bool,
    resume: Option<Resume>,
    resuming: Option<Resuming>,
    /// Items are held to what the document says, as a server holds a body that it reads as a whole.
    strict: bool,
    ended: bool,
}

enum Source {
    Framed {
        framing: Framing,
        frames: Frames,
        body: Body,
    },
    Parts(Parts),
    Fault(Option<Fault>),
}

impl Codec {
    /// How items follow one another.
    fn framing(self) -> Option<Framing> {
        match self {
            Self::Lines => Some(Framing::Lines),
            Self::Sequence => Some(Framing::Sequence),
            Self::Events => Some(Framing::Events),
            _ => None,
        }
    }
}

impl Incoming {
    pub(super) fn new(media: &'static Media, mut body: Body) -> Self {
        let (resume, strict) = (body.take_resume(), body.is_strict());
        let source = match media.codec.framing() {
            Some(framing) => Source::Framed {
                framing,
                frames: Frames::new(framing, ITEM),
                body,
            },
            None => match Parts::new(media, body, ITEM) {
                Ok(parts) => Source::Parts(parts),
                Err(fault) => Source::Fault(Some(fault)),
            },
        };
        Self {
            source,
            options: match strict {
                true => ReadOptions {
                    closed: true,
                    unknown: Unknown::Reject,
                    ..ReadOptions::default()
                },
                false => ReadOptions::default(),
            },
            last_event_id: None,
            retry: None,
            heard: false,
            resume,
            resuming: None,
            strict,
            ended: false,
        }
    }

    fn limit(&mut self, limit: usize) {
        match &mut self.source {
            Source::Framed { frames, .. } => frames.limit(limit),
            Source::Parts(parts) => parts.limit(limit),
            Source::Fault(_) => {}
        }
    }

    /// The next item into a place.
    pub(super) fn poll_into(
        &mut self,
        cx: &mut Context<'_>,
        item: &mut dyn Item,
    ) -> Poll<Option<Result<(), StreamError>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        let next = match ready!(self.poll_resumed(cx, item)) {
            Some(Ok(())) if self.strict => Some(judged(item)),
            next => next,
        };
        // Nothing can be trusted after an item whose end is not known.
        self.ended = !matches!(next, Some(Ok(()) | Err(StreamError::Unreadable(_))));
        Poll::Ready(next)
    }

    /// The next item, of another connection where one has ended.
    fn poll_resumed(
        &mut self,
        cx: &mut Context<'_>,
        item: &mut dyn Item,
    ) -> Poll<Option<Result<(), StreamError>>> {
        loop {
            if let Some(resuming) = &mut self.resuming {
                let answer = ready!(resuming.as_mut().poll(cx));
                self.resuming = None;
                match answer {
                    Ok(Some(next)) => self.go_on(next),
                    Ok(None) => return Poll::Ready(None),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            let next = ready!(self.poll_item(cx, item));
            if let (None | Some(Err(StreamError::Broken(_))), Some(resume)) =
                (&next, &mut self.resume)
            {
                self.resuming = resume(self.last_event_id.as_deref(), self.retry, self.heard);
            }
            if self.resuming.is_none() {
                self.heard = true;
                return Poll::Ready(next);
            }
        }
    }

    /// Reads on in another body. What had begun of an event in the one before is lost.
    fn go_on(&mut self, next: Body) {
        self.heard = false;
        if let Source::Framed { frames, body, .. } = &mut self.source {
            frames.restart();
            *body = next;
        }
    }

    fn poll_item(
        &mut self,
        cx: &mut Context<'_>,
        item: &mut dyn Item,
    ) -> Poll<Option<Result<(), StreamError>>> {
        let unreadable = |read: Result<(), Malformed>| {
            read.map_err(|error| StreamError::Unreadable(error.into()))
        };
        let (framing, frames, body) = match &mut self.source {
            Source::Framed {
                framing,
                frames,
                body,
            } => (*framing, frames, body),
            Source::Parts(parts) => {
                let next = ready!(parts.poll_next(cx));
                return Poll::Ready(match next {
                    Ok(None) => None,
                    Ok(Some(part)) => Some(unreadable(part.read(item.slot(), &self.options))),
                    Err(fault) => Some(Err(fault.into())),
                });
            }
            Source::Fault(fault) => {
                return Poll::Ready(fault.take().map(|fault| Err(fault.into())));
            }
        };
        loop {
            match frames.next_frame() {
                Some(Ok(frame)) if framing == Framing::Events => {
                    let (event, shown) = Event::read(&frame);
                    let wait = event.retry.map(Duration::from_millis);
                    self.retry = wait.or(self.retry);
                    if let Some(id) = &event.id {
                        self.last_event_id = Some(id.clone());
                    }
                    if shown {
                        let read =
                            super::super::item::read_event(&event, item.slot(), &self.options);
                        return Poll::Ready(Some(unreadable(read.map_err(|error| *error))));
                    }
                }
                Some(Ok(frame)) => {
                    let read =
                        super::super::item::read(framing, &frame, item.slot(), &self.options);
                    return Poll::Ready(Some(unreadable(read)));
                }
                Some(Err(_)) => return Poll::Ready(Some(Err(StreamError::TooLong))),
                None if frames.is_ended() => return Poll::Ready(None),
                None => match ready!(Pin::new(&mut *body).poll_frame(cx)) {
                    Some(Ok(frame)) => {
                        if let Ok(data) = frame.into_data() {
                            frames.push(&data);
                        }
                    }
                    Some(Err(error)) => {
                        return Poll::Ready(Some(Err(StreamError::Broken(error))));
                    }
                    None => frames.end(),
                },
            }
        }
    }
}

/// Whether an item keeps the constraints of its type; the first that it breaks.
fn judged(item: &dyn Item) -> Result<(), StreamError> {
    let found = validate_as(item.view(), &[]).err();
    let Some(first) = found.and_then(|found| found.0.into_iter().next()) else {
        return Ok(());
    };
    let malformed = Malformed {
        pointer: first.pointer,
        ..Malformed::new(0, first.demanded, "another value".to_owned())
    };
    Err(StreamError::Unreadable(Box::new(malformed)))
}

impl From<Fault> for StreamError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooLarge => Self::TooLong,
            Fault::Broken(error) => Self::Broken(error),
            Fault::Malformed(malformed) => Self::Broken(malformed.to_string().into()),
        }
    }
}

/// An item as it is sent: text, and what follows it piece by piece.
pub(super) type Written = Result<(Bytes, Option<Body>), BoxError>;

pub(super) type Write<'a> = dyn FnMut(&mut dyn Item) -> Written + 'a;

type Poller = Box<dyn FnMut(&mut Context<'_>, &mut Write<'_>) -> Poll<Option<Written>> + Send>;

/// An item, whatever its type.
pub trait Item {
    /// Its place.
    fn slot(&mut self) -> Slot<'_>;
    /// Its value.
    fn view(&self) -> View<'_>;
}

impl<T: Shape> Item for T {
    fn slot(&mut self) -> Slot<'_> {
        Shape::slot(self)
    }
    fn view(&self) -> View<'_> {
        Shape::view(self)
    }
}

/// Items as a body.
pub(super) fn sent(
    media: &'static Media,
    poll: impl FnMut(&mut Context<'_>, &mut Write<'_>) -> Poll<Option<Written>> + Send + 'static,
) -> Body {
    let poll: Poller = Box::new(poll);
    let fitting = (media.codec == Codec::Parts).then(|| Fitting::new(media));
    let media_type = fitting
        .as_ref()
        .map(|fitting| fitting.media_type().to_owned());
    let body = Body::new(Sending {
        media,
        poll,
        fitting,
        inside: None,
        done: false,
    });
    match media_type.and_then(|name| HeaderValue::from_str(&name).ok()) {
        Some(media_type) => body.with_media_type(media_type),
        None => body,
    }
}

struct Sending {
    media: &'static Media,
    poll: Poller,
    /// The boundary between parts.
    fitting: Option<Fitting>,
    /// The part that is being sent.
    inside: Option<Body>,
    done: bool,
}

impl http_body::Body for Sending {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        loop {
            if let Some(body) = &mut this.inside {
                if let Some(frame) = ready!(Pin::new(body).poll_frame(cx)) {
                    return Poll::Ready(Some(frame));
                }
                this.inside = None;
            }
            if this.done {
                return Poll::Ready(None);
            }
            let (media, fitting) = (this.media, &mut this.fitting);
            let mut write = |item: &mut dyn Item| match (media.codec.framing(), &mut *fitting) {
                (Some(framing), _) => framed(framing, item.view()),
                (None, Some(fitting)) => Ok(fitting.part(item)?),
                (None, None) => Err("it is no stream of items".into()),
            };
            match ready!((this.poll)(cx, &mut write)) {
                Some(Ok((text, body))) => {
                    this.inside = body;
                    return Poll::Ready(Some(Ok(Frame::data(text))));
                }
                Some(Err(error)) => {
                    this.done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => {
                    this.done = true;
                    if let Some(fitting) = &mut this.fitting {
                        return Poll::Ready(Some(Ok(Frame::data(fitting.end()))));
                    }
                }
            }
        }
    }
}

fn framed(framing: Framing, view: View<'_>) -> Written {
    let mut text = String::new();
    super::super::item::write(framing, view, Unknown::Keep, &mut text)?;
    Ok((text.into(), None))
}
