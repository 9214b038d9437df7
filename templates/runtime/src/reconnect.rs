//! Streams of server-sent events whose connection has ended: asked for again from the last event on (WHATWG HTML, section
//! 9.2.3).

use super::body::{Body, BoxError};
use super::media_type;
use super::operation::{Answer, Codec, Media, OperationTable};
use super::stream::{Resume, Resuming, StreamError};
use super::transport::Transport;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use http::{Method, StatusCode, Uri};
use std::sync::Arc;
use std::time::Duration;

/// When a stream of server-sent events is asked for again after its connection has ended. Only a GET without a body ever is.
///
/// The next request carries the `id` of the last event as `Last-Event-ID`, and waits as long as the server's `retry` says, or
/// three seconds; longer, up to a minute, after each connection that gave nothing. An answer of 204 ends the stream. One of
/// 429, 500, 502, 503 or 504, or none at all, is tried again, eight times in a row; any other is an error.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reconnect {
    /// Never: the stream ends with its connection.
    Never,
    /// Where the server has shown by an `id` or a `retry` that it can go on. Of a stream that has neither nobody knows
    /// whether it was all, or what of it would come again.
    #[default]
    Resume,
    /// Always, until the server answers 204: what a browser does.
    Always,
}

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// How long to wait where the server does not say.
const WAIT: Duration = Duration::from_secs(3);
/// How long to wait at most, unless the server wants more.
const LONGEST: Duration = Duration::from_secs(60);
/// How long to wait at most, whatever the server wants.
const PATIENCE: Duration = Duration::from_secs(600);
/// How many requests in a row may fail.
const ATTEMPTS: u32 = 8;

/// A request that can be sent again.
#[derive(Clone)]
pub(crate) struct Again {
    transport: Arc<dyn Transport>,
    when: Reconnect,
    timeout: Option<Duration>,
    uri: Uri,
    headers: HeaderMap,
}

impl Again {
    /// That of a request which may be answered with events, if it is one that can be sent again.
    pub(crate) fn of(
        table: &OperationTable,
        transport: &Arc<dyn Transport>,
        request: &http::Request<Body>,
        when: Reconnect,
        timeout: Option<Duration>,
    ) -> Option<Self> {
        let is_events = |answer: &Answer| {
            answer
                .media
                .is_some_and(|media| media.codec == Codec::Events)
        };
        let again = table.answers.iter().any(is_events)
            && request.method() == Method::GET
            && request.body().bytes() == Some(&[])
            && when != Reconnect::Never;
        again.then(|| Self {
            transport: Arc::clone(transport),
            when,
            timeout,
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        })
    }

    /// What a stream of a media type asks when its connection has ended.
    pub(crate) fn resume(mut self, media: &'static Media) -> Resume {
        if let Ok(accept) = HeaderValue::from_str(&media.names.join(", ")) {
            self.headers.insert(ACCEPT, accept);
        }
        let mut fruitless = 0;
        Box::new(
            move |id: Option<&str>, retry: Option<Duration>, any: bool| {
                let able = self.when == Reconnect::Always || id.is_some() || retry.is_some();
                // Nobody can wait without a runtime.
                if !able || tokio::runtime::Handle::try_current().is_err() {
                    return None;
                }
                fruitless = if any { 0 } else { fruitless + 1 };
                let mut again = self.clone();
                match id.map(|id| (id, HeaderValue::from_bytes(id.as_bytes()))) {
                    Some(("", _)) => drop(again.headers.remove(LAST_EVENT_ID)),
                    Some((_, Ok(id))) => drop(again.headers.insert(LAST_EVENT_ID, id)),
                    _ => {}
                }
                let resuming: Resuming = Box::pin(again.ask(media, retry, fruitless));
                Some(resuming)
            },
        )
    }

    /// The body that goes on; `None` where the server has no more.
    async fn ask(
        self,
        media: &'static Media,
        retry: Option<Duration>,
        mut fruitless: u32,
    ) -> Result<Option<Body>, StreamError> {
        let mut attempt = 1;
        loop {
            tokio::time::sleep(wait(retry, fruitless)).await;
            let fault = match self.send().await {
                Ok(answer) => match answer.status() {
                    StatusCode::OK if is_of(media, answer.headers()) => {
                        return Ok(Some(answer.into_body()));
                    }
                    StatusCode::NO_CONTENT => return Ok(None),
                    status if is_passing(status) => StreamError::Refused(status),
                    status => return Err(StreamError::Refused(status)),
                },
                Err(error) => StreamError::Broken(error),
            };
            if attempt == ATTEMPTS {
                return Err(fault);
            }
            attempt += 1;
            fruitless += 1;
        }
    }

    async fn send(&self) -> Result<http::Response<Body>, BoxError> {
        let mut request = http::Request::new(Body::empty());
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let sending = self.transport.send(request);
        match self.timeout {
            Some(timeout) => tokio::time::timeout(timeout, sending).await?,
            None => sending.await,
        }
    }
}

/// Twice as long for each connection that gave nothing.
fn wait(retry: Option<Duration>, fruitless: u32) -> Duration {
    let wanted = retry.unwrap_or(WAIT).min(PATIENCE);
    if fruitless == 0 {
        return wanted;
    }
    let base = wanted.max(Duration::from_secs(1));
    let longer = base.saturating_mul(1 << fruitless.min(10));
    longer.min(LONGEST.max(wanted))
}

/// Whether a refusal may pass.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 500 | 502 | 503 | 504)
}

/// Whether an answer is of the media type; one that does not say is.
fn is_of(media: &Media, headers: &HeaderMap) -> bool {
    let Some(came) = headers.get(CONTENT_TYPE) else {
        return true;
    };
    let came = came.to_str().unwrap_or_default();
    let mut names = media.names.iter();
    names.any(|name| media_type::fit(name, came).is_some())
}
