//! The body of a request or an answer: nothing, bytes, or a stream of them.

#[cfg(any(feature = "client", feature = "server"))]
use super::operation::Media;
use super::shape::{Shape, Streamed};
#[cfg(any(feature = "client", feature = "server"))]
use super::stream::Resume;
use bytes::{Buf, Bytes, BytesMut};
use http::header::{HeaderMap, HeaderName, HeaderValue};
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// Any error of a body or a transport.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// A body in either direction. Where the document leaves its media type open (`image/*`), it says which one it is of.
#[derive(Default)]
pub struct Body {
    inner: Inner,
    media_type: Option<HeaderValue>,
    part: Option<Box<Part>>,
}

/// What the header of a part says besides the media type, or what is asked where a stream breaks off.
#[derive(Default)]
struct Part {
    file_name: Option<String>,
    headers: HeaderMap,
    #[cfg(any(feature = "client", feature = "server"))]
    resume: Option<Resume>,
    /// Items of it are held to what the document says.
    #[cfg(any(feature = "client", feature = "server"))]
    strict: bool,
}

/// The lock makes it `Sync`; nobody else ever holds it.
type Stream = Mutex<Pin<Box<dyn HttpBody<Data = Bytes, Error = BoxError> + Send>>>;

#[derive(Default)]
enum Inner {
    #[default]
    Empty,
    Full(Bytes),
    Stream(Stream),
}

impl Body {
    /// No body.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A body of any kind, read as it comes.
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody + Send + 'static,
        B::Data: Buf + Send,
        B::Error: Into<BoxError>,
    {
        if body.is_end_stream() {
            return Self::empty();
        }
        let stream: Stream = Mutex::new(Box::pin(Foreign(Box::pin(body))));
        Self::of(Inner::Stream(stream))
    }

    /// A body of pieces that come as they are made.
    pub fn stream<S, E>(pieces: S) -> Self
    where
        S: futures_core::Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<BoxError> + 'static,
    {
        let stream: Stream = Mutex::new(Box::pin(Pieces(Box::pin(pieces))));
        Self::of(Inner::Stream(stream))
    }

    fn of(inner: Inner) -> Self {
        Self {
            inner,
            ..Self::default()
        }
    }

    /// The same body, of a media type. It is sent where the document leaves the media type open (`image/*`).
    #[must_use]
    pub fn with_media_type(mut self, media_type: HeaderValue) -> Self {
        self.media_type = Some(media_type);
        self
    }

    /// The media type that it came with, or was given.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_ref()?.to_str().ok()
    }

    /// The same body, of a file of a name, where it is a part.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.part.get_or_insert_default().file_name = Some(file_name.into());
        self
    }

    /// The name of the file that it was, where it is a part.
    #[must_use]
    pub fn file_name(&self) -> Option<&str> {
        self.part.as_ref()?.file_name.as_deref()
    }

    /// The same body with a field in its header, where it is a part.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        let part = self.part.get_or_insert_default();
        part.headers.append(name, value);
        self
    }

    /// The fields of its header but for the media type and the name, where it is a part.
    pub fn headers(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.part.iter().flat_map(|part| &part.headers)
    }

    /// The same body, with what to ask where it breaks off.
    #[cfg(feature = "client")]
    pub(crate) fn with_resume(mut self, resume: Resume) -> Self {
        self.part.get_or_insert_default().resume = Some(resume);
        self
    }

    /// The same body, whose items are held to what the document says.
    #[cfg(feature = "server")]
    pub(crate) fn strictly(mut self) -> Self {
        self.part.get_or_insert_default().strict = true;
        self
    }

    /// Whether its items are held to what the document says.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn is_strict(&self) -> bool {
        self.part.as_ref().is_some_and(|part| part.strict)
    }

    /// What to ask where it breaks off.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn take_resume(&mut self) -> Option<Resume> {
        self.part.as_mut()?.resume.take()
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    ///
    /// The body breaks off.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        loop {
            let frame = std::future::poll_fn(|cx| Pin::new(&mut *self).poll_frame(cx)).await?;
            match frame.map(Frame::into_data) {
                Ok(Ok(data)) => return Some(Ok(data)),
                Ok(Err(_)) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }

    /// The bytes, if all of them are here already.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.inner {
            Inner::Empty => Some(&[]),
            Inner::Full(bytes) => Some(bytes),
            Inner::Stream(_) => None,
        }
    }

    /// Reads the body to its end.
    ///
    /// # Errors
    ///
    /// It is longer than the limit, or breaks off.
    pub async fn collect(self, limit: usize) -> Result<Bytes, CollectError> {
        let mut body = match self.inner {
            Inner::Empty => return Ok(Bytes::new()),
            Inner::Full(bytes) if bytes.len() <= limit => return Ok(bytes),
            Inner::Full(_) => return Err(CollectError::TooLarge),
            Inner::Stream(_) => self,
        };
        if body.size_hint().lower() > limit as u64 {
            return Err(CollectError::TooLarge);
        }
        let mut collected = BytesMut::new();
        while let Some(data) = body.chunk().await {
            let data = data.map_err(CollectError::Broken)?;
            if data.len() > limit - collected.len() {
                return Err(CollectError::TooLarge);
            }
            collected.extend_from_slice(&data);
        }
        Ok(collected.freeze())
    }
}

#[cfg(feature = "client")]
impl Body {
    /// The bytes if they are so few, else the same body, whose first bytes are here already.
    pub(crate) async fn begun(mut self, few: usize) -> Result<Result<Bytes, Self>, BoxError> {
        let mut first = BytesMut::new();
        while first.len() <= few {
            match self.chunk().await {
                Some(data) => first.extend_from_slice(&data?),
                None => return Ok(Ok(first.freeze())),
            }
        }
        let stream: Stream = Mutex::new(Box::pin(Begun {
            first: Some(first.freeze()),
            rest: self,
        }));
        Ok(Err(Self::of(Inner::Stream(stream))))
    }
}

/// A body whose first bytes were read, and stand before the others again.
#[cfg(feature = "client")]
struct Begun {
    first: Option<Bytes>,
    rest: Body,
}

#[cfg(feature = "client")]
impl HttpBody for Begun {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(Frame::data(first)))),
            None => Pin::new(&mut self.rest).poll_frame(cx),
        }
    }
}

/// Why a body could not be read to its end.
#[derive(Debug)]
pub enum CollectError {
    /// It is longer than the limit.
    TooLarge,
    /// It broke off.
    Broken(BoxError),
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        let bytes = bytes.into();
        Self::of(if bytes.is_empty() {
            Inner::Empty
        } else {
            Inner::Full(bytes)
        })
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Inner::Empty => f.write_str("Body(empty)"),
            Inner::Full(bytes) => write!(f, "Body({} bytes)", bytes.len()),
            Inner::Stream(_) => f.write_str("Body(stream)"),
        }
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.inner {
            Inner::Empty => Poll::Ready(None),
            Inner::Full(bytes) => {
                let bytes = std::mem::take(bytes);
                self.inner = Inner::Empty;
                Poll::Ready(Some(Ok(Frame::data(bytes))))
            }
            Inner::Stream(stream) => mine(stream.get_mut()).as_mut().poll_frame(cx),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Empty => true,
            Inner::Full(_) => false,
            Inner::Stream(stream) => mine(stream.lock()).is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Empty => SizeHint::with_exact(0),
            Inner::Full(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Stream(stream) => mine(stream.lock()).size_hint(),
        }
    }
}

/// What a lock holds, whatever became of those who held it before.
fn mine<T>(held: Result<T, PoisonError<T>>) -> T {
    held.unwrap_or_else(PoisonError::into_inner)
}

impl Shape for Body {
    type Kind = super::kind::Streamed;

    fn empty() -> Self {
        Self::default()
    }
}

impl Streamed for Body {
    #[cfg(any(feature = "client", feature = "server"))]
    fn send(&mut self, _: &'static Media) -> Body {
        std::mem::take(self)
    }
    #[cfg(any(feature = "client", feature = "server"))]
    fn receive(&mut self, _: &'static Media, body: Body) {
        *self = body;
    }
    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, rng: &mut super::arbitrary::Rng) {
        let length = rng.below(40);
        let bytes: Vec<u8> = (0..length).map(|_| rng.below(256) as u8).collect();
        let media_types = ["image/png", "audio/mpeg", "text/plain", "application/pdf"];
        let media_type = HeaderValue::from_static(rng.one(&media_types));
        *self = Self::from(bytes).with_media_type(media_type);
    }
    #[cfg(feature = "arbitrary")]
    fn sketch(&self, out: &mut String) {
        match self.bytes() {
            Some(bytes) => out.push_str(&format!("{bytes:?}")),
            None => out.push_str("still to come"),
        }
    }
}

/// Pieces as a body.
struct Pieces<S>(Pin<Box<S>>);

impl<S, E> HttpBody for Pieces<S>
where
    S: futures_core::Stream<Item = Result<Bytes, E>>,
    E: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let next = self.0.as_mut().poll_next(cx);
        next.map(|piece| piece.map(|piece| piece.map(Frame::data).map_err(Into::into)))
    }
}

/// Another library's body, its data as `Bytes`.
struct Foreign<B>(Pin<Box<B>>);

impl<B> HttpBody for Foreign<B>
where
    B: HttpBody,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(cx).map(|frame| {
            frame.map(|frame| match frame {
                Ok(frame) => Ok(frame.map_data(|mut data| data.copy_to_bytes(data.remaining()))),
                Err(error) => Err(error.into()),
            })
        })
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
