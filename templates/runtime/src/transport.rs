//! What sends requests: `reqwest`, any `tower` service, or the caller's own.

use super::body::{Body, BoxError};
use bytes::Buf;
use http_body::Body as HttpBodyTrait;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The answer to come.
pub type Sending = Pin<Box<dyn Future<Output = Result<http::Response<Body>, BoxError>> + Send>>;

/// What sends a request and gives the answer. It follows no redirects: they are answers that the document may describe.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request.
    fn send(&self, request: http::Request<Body>) -> Sending;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Body>) -> Sending {
        (**self).send(request)
    }
}

#[cfg(feature = "reqwest")]
impl Transport for reqwest::Client {
    fn send(&self, request: http::Request<Body>) -> Sending {
        let client = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = match body.bytes() {
                Some(bytes) => reqwest::Body::from(bytes::Bytes::copy_from_slice(bytes)),
                None => reqwest::Body::wrap(Shared(std::sync::Mutex::new(body))),
            };
            // The URL may hold a key: no error repeats it.
            let request = reqwest::Request::try_from(http::Request::from_parts(parts, body))
                .map_err(reqwest::Error::without_url)?;
            let answer = client
                .execute(request)
                .await
                .map_err(reqwest::Error::without_url)?;
            let answer: http::Response<reqwest::Body> = answer.into();
            Ok(answer.map(Body::new))
        })
    }
}

/// A stream that `reqwest` may share between threads; only its owner ever reads it.
#[cfg(feature = "reqwest")]
struct Shared(std::sync::Mutex<Body>);

#[cfg(feature = "reqwest")]
impl HttpBodyTrait for Shared {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, BoxError>>> {
        let body = self
            .0
            .get_mut()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Pin::new(body).poll_frame(cx)
    }
}

/// A body of another library that can be read here.
pub trait HttpBody:
    HttpBodyTrait<Data: Buf + Send, Error: Into<BoxError>> + Send + 'static
{
}

impl<B> HttpBody for B where
    B: HttpBodyTrait<Data: Buf + Send, Error: Into<BoxError>> + Send + 'static
{
}

/// A `tower` service that answers HTTP requests.
pub trait HttpService: Clone + Send + Sync + 'static {
    /// Answers a request.
    fn answer(self, request: http::Request<Body>) -> Sending;
}

impl<S, B> HttpService for S
where
    S: tower_service::Service<http::Request<Body>, Response = http::Response<B>>
        + Clone
        + Send
        + Sync
        + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: HttpBody,
{
    fn answer(mut self, request: http::Request<Body>) -> Sending {
        Box::pin(async move {
            std::future::poll_fn(|cx| self.poll_ready(cx))
                .await
                .map_err(Into::into)?;
            let answer = self.call(request).await.map_err(Into::into)?;
            Ok(answer.map(Body::new))
        })
    }
}

/// A service as a transport: a clone of it for each request, as `tower` wants it.
#[cfg(feature = "client")]
pub(crate) struct Over<S>(pub(crate) S);

#[cfg(feature = "client")]
impl<S: HttpService> Transport for Over<S> {
    fn send(&self, request: http::Request<Body>) -> Sending {
        self.0.clone().answer(request)
    }
}
