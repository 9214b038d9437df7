//! Requests over a connection in memory, and calls that are answered at once.

use super::Task;
use bycloud::runtime::{Body, Sending, Transport};
use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderValue};
use std::future::{Future, ready as done};
use std::pin::Pin;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::runtime::{Builder, Runtime};

/// The credential of all requests.
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// With five parameters, as a client sends it.
const REQUEST: &str = "GET /v1/backups?limit=50&marker=550e8400-e29b-41d4-a716-446655440000&name=web-%2A&status=available&volume_id=550e8400-e29b-41d4-a716-446655440001 HTTP/1.1\r\nHost: api.spo1.mycloud.com\r\nAccept: application/json\r\nUser-Agent: bycloud/0.1.0\r\nAuthorization: Bearer 0123456789abcdef0123456789abcdef\r\n\r\n";

/// A call under way.
pub type Calling = Pin<Box<dyn Future<Output = ()> + Send>>;

fn runtime() -> Runtime {
    let mut builder = Builder::new_current_thread();
    builder.enable_all().build().expect("a runtime")
}

/// One request after the other over one connection.
pub fn served(serve: fn(DuplexStream)) -> Task {
    let runtime = runtime();
    let (mut own, other) = tokio::io::duplex(64 << 10);
    let first = runtime.block_on(async {
        serve(other);
        first(&mut own).await
    });
    let head = String::from_utf8_lossy(&first);
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    let mut answer = vec![0; first.len()];
    Box::new(move || {
        runtime.block_on(async {
            own.write_all(REQUEST.as_bytes()).await.expect("it is open");
            own.read_exact(&mut answer).await.expect("it is open");
        });
    })
}

/// The first answer; all others are as long.
async fn first(own: &mut DuplexStream) -> Vec<u8> {
    own.write_all(REQUEST.as_bytes()).await.expect("it is open");
    let mut answer = Vec::new();
    loop {
        own.read_buf(&mut answer).await.expect("it is open");
        let text = String::from_utf8_lossy(&answer);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.parse::<usize>().ok())?
            });
            if length.is_some_and(|length| body.len() >= length) {
                return answer;
            }
        }
    }
}

/// One call after the other.
pub fn called(call: impl Fn() -> Calling + 'static) -> Task {
    let runtime = runtime();
    Box::new(move || runtime.block_on(call()))
}

/// A transport that gives the same answer at once.
pub fn ready(answer: String) -> impl Transport {
    Ready(answer.into())
}

struct Ready(Bytes);

impl Transport for Ready {
    fn send(&self, request: http::Request<Body>) -> Sending {
        std::hint::black_box(request);
        let mut answer = Response::new(Body::from(self.0.clone()));
        let json = HeaderValue::from_static("application/json");
        answer.headers_mut().insert(CONTENT_TYPE, json);
        Box::pin(done(Ok(answer)))
    }
}
