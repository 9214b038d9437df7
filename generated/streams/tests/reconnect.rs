//! A stream of events whose connection ends goes on where it was, by the rules of WHATWG HTML, section 9.2.3.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use streams::Client;
use streams::operations::*;
use streams::runtime::{Body, Error, Reconnect, Sending, Stream, StreamError, Transport};
use streams::types::{CompleteBody, Event};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

/// What a connection gives.
#[derive(Clone)]
enum Given {
    /// These events, and a clean end.
    Ends(&'static str),
    /// These bytes, and no end.
    Breaks(&'static str),
    /// Another status, without a body.
    Status(u16),
    /// Nothing: there is no connection.
    Fails,
}

use Given::{Breaks, Ends, Fails, Status};

/// Pieces of a body, the last of which may be that it breaks off.
struct Pieces(VecDeque<Result<bytes::Bytes, &'static str>>);

impl futures_core::Stream for Pieces {
    type Item = Result<bytes::Bytes, &'static str>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop_front())
    }
}

/// Gives what it is told to, and remembers when it was asked and what for. The last is given again and again.
#[derive(Clone)]
struct Script {
    given: Arc<Mutex<VecDeque<Given>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
    begun: Instant,
}

#[derive(Clone, Debug, PartialEq)]
struct Asked {
    after: Duration,
    last_event_id: Option<String>,
    accept: String,
}

impl Transport for Script {
    fn send(&self, request: http::Request<Body>) -> Sending {
        let text = |name: &str| {
            let value = request.headers().get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        self.asked.lock().expect("unharmed").push(Asked {
            after: self.begun.elapsed(),
            last_event_id: text("last-event-id"),
            accept: text("accept").unwrap_or_default(),
        });
        let mut given = self.given.lock().expect("unharmed");
        let next = match given.len() {
            1 => given[0].clone(),
            _ => given.pop_front().expect("something to give"),
        };
        Box::pin(async move {
            let body = |text: &'static str, breaks: bool| {
                let mut pieces = VecDeque::from([Ok(bytes::Bytes::from_static(text.as_bytes()))]);
                pieces.extend(breaks.then_some(Err("the line is dead")));
                http::Response::builder()
                    .header("content-type", "text/event-stream; charset=utf-8")
                    .body(Body::stream(Pieces(pieces)))
            };
            match next {
                Ends(text) => Ok(body(text, false)?),
                Breaks(text) => Ok(body(text, true)?),
                Status(status) => Ok(http::Response::builder()
                    .status(status)
                    .body(Body::empty())?),
                Fails => Err("nobody is there".into()),
            }
        })
    }
}

impl Script {
    fn new(given: impl IntoIterator<Item = Given>) -> Self {
        Self {
            given: Arc::new(Mutex::new(given.into_iter().collect())),
            asked: Arc::default(),
            begun: Instant::now(),
        }
    }

    fn client(&self) -> Client {
        let client = Client::builder().transport(self.clone());
        client.build().expect("a client")
    }

    async fn watch(&self) -> Stream<Event> {
        let answer = self.client().watch(Watch::default()).await;
        answer.expect("an answer").ok().expect("events")
    }

    /// The identifiers that were asked from.
    fn ids(&self) -> Vec<Option<String>> {
        let asked = self.asked.lock().expect("unharmed");
        asked
            .iter()
            .map(|asked| asked.last_event_id.clone())
            .collect()
    }

    /// The seconds between one request and the next.
    fn waits(&self) -> Vec<u64> {
        let asked = self.asked.lock().expect("unharmed");
        let pairs = asked.windows(2);
        pairs
            .map(|pair| (pair[1].after - pair[0].after).as_secs())
            .collect()
    }
}

/// The data of every event up to the end, and the error that is the end, if there is one.
async fn all(mut events: Stream<Event>) -> (Vec<String>, Option<StreamError>) {
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => data.push(event.data),
            Err(error) => return (data, Some(error)),
        }
    }
    (data, None)
}

fn some(id: &str) -> Option<String> {
    Some(id.to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_after_its_last_event_until_the_server_has_no_content() {
    let script = Script::new([
        Breaks("retry: 5000\n\nid: a\ndata: one\n\nid: b\ndata: tw"),
        Ends("id: b\ndata: two\n\nid\ndata: three\n\n"),
        Ends("data: four\n\n"),
        Status(204),
    ]);
    let (data, error) = all(script.watch().await).await;
    assert_eq!(data, ["one", "two", "three", "four"]);
    assert!(error.is_none());
    // What had begun of an event is lost, and so is its id; an empty id takes the last one back.
    assert_eq!(script.ids(), [None, some("a"), None, None]);
    assert_eq!(script.waits(), [5, 5, 5]);
    let asked = script.asked.lock().expect("unharmed");
    assert!(
        asked
            .iter()
            .all(|asked| asked.accept == "text/event-stream")
    );
}

#[tokio::test(start_paused = true)]
async fn the_callers_own_last_event_id_is_where_it_begins() {
    let script = Script::new([
        Breaks("retry: 1\n\n"),
        Ends("id: k\ndata: x\n\n"),
        Status(204),
    ]);
    let request = Watch {
        last_event_id: some("j"),
    };
    let answer = script.client().watch(request).await;
    all(answer.expect("an answer").ok().expect("events")).await;
    assert_eq!(script.ids(), [some("j"), some("j"), some("k")]);
}

#[tokio::test(start_paused = true)]
async fn who_has_named_neither_id_nor_time_is_asked_again_only_where_that_is_wanted() {
    let given = [Ends("data: all\n\n"), Ends("data: more\n\n"), Status(204)];
    let script = Script::new(given.clone());
    let (data, error) = all(script.watch().await).await;
    assert_eq!(data, ["all"]);
    assert!(error.is_none());
    assert_eq!(script.ids().len(), 1);

    let script = Script::new([Breaks("data: all\n\n"), Status(204)]);
    let (_, error) = all(script.watch().await).await;
    assert!(matches!(error, Some(StreamError::Broken(_))), "{error:?}");

    let script = Script::new(given);
    let client = script.client();
    let call = client.watch(Watch::default()).reconnect(Reconnect::Always);
    let answer = call.await.expect("an answer").ok().expect("events");
    assert_eq!(all(answer).await.0, ["all", "more"]);
    assert_eq!(script.waits(), [3, 3]);
}

#[tokio::test(start_paused = true)]
async fn nobody_is_asked_again_where_that_is_not_wanted() {
    let script = Script::new([Breaks("id: a\ndata: one\n\n"), Status(204)]);
    let client = script.client();
    let call = client.watch(Watch::default()).reconnect(Reconnect::Never);
    let answer = call.await.expect("an answer").ok().expect("events");
    let (data, error) = all(answer).await;
    assert_eq!(data, ["one"]);
    assert!(matches!(error, Some(StreamError::Broken(_))), "{error:?}");

    let client = Client::builder().reconnect(Reconnect::Never);
    let client = client.transport(script.clone()).build().expect("a client");
    let answer = client.watch(Watch::default()).await;
    assert!(matches!(answer, Err(Error::Undocumented(_))), "{answer:?}");
    assert_eq!(script.ids().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn only_a_get_is_sent_again() {
    let script = Script::new([Breaks("id: a\ndata: {\"level\":1}\n\n")]);
    let prompt = "say".to_owned();
    let answer = script
        .client()
        .complete(Complete::new(CompleteBody { prompt }))
        .await;
    let CompleteResponse::OkEventStream(mut entries) = answer.expect("an answer") else {
        panic!("no events");
    };
    assert!(entries.next().await.is_some_and(|entry| entry.is_ok()));
    let error = entries
        .next()
        .await
        .expect("an end")
        .expect_err("a broken one");
    assert!(matches!(error, StreamError::Broken(_)), "{error:?}");
    assert!(entries.next().await.is_none());
    assert_eq!(script.ids().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_passes_is_waited_for_longer_and_longer() {
    let script = Script::new([
        Breaks("id: a\nretry: 2000\ndata: one\n\n"),
        Status(503),
        Fails,
        Status(429),
        Breaks(""),
        Ends("data: two\n\n"),
        Status(204),
    ]);
    let (data, error) = all(script.watch().await).await;
    assert_eq!(data, ["one", "two"]);
    assert!(error.is_none());
    assert_eq!(script.waits(), [2, 4, 8, 16, 4, 2]);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_does_not_pass_is_an_error() {
    let script = Script::new([Breaks("id: a\ndata: one\n\n"), Status(404)]);
    let (data, error) = all(script.watch().await).await;
    assert_eq!(data, ["one"]);
    assert!(
        matches!(error, Some(StreamError::Refused(status)) if status == 404),
        "{error:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_gone_is_given_up() {
    let script = Script::new([Breaks("id: a\ndata: one\n\n"), Fails]);
    let (data, error) = all(script.watch().await).await;
    assert_eq!(data, ["one"]);
    assert!(matches!(error, Some(StreamError::Broken(_))), "{error:?}");
    assert_eq!(script.waits(), [3, 6, 12, 24, 48, 60, 60, 60]);
}

/// A server that closes each connection after what it is told to send, in the middle of its body; gives the heads of the
/// requests.
async fn closing(answers: Vec<&'static str>) -> (String, tokio::task::JoinHandle<Vec<String>>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let listener = listener.expect("a socket");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let serving = tokio::spawn(async move {
        let mut heads = Vec::new();
        for answer in answers {
            let (mut connection, _) = listener.accept().await.expect("a connection");
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(connection.read_u8().await.expect("a head"));
            }
            heads.push(String::from_utf8(head).expect("text"));
            connection.write_all(answer.as_bytes()).await.expect("sent");
        }
        heads
    });
    (url, serving)
}

#[tokio::test]
async fn a_dropped_connection_is_made_again() {
    let (url, serving) = closing(vec![
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n\
         1c\r\nretry: 1\nid: a\ndata: one\n\n\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: 9999\r\n\r\n\
         id: b\ndata: two\n\nid: c\ndata: thr",
        "HTTP/1.1 204 No Content\r\n\r\n",
    ])
    .await;
    let client = Client::builder().base_url(url).build().expect("a client");
    let answer = client.watch(Watch::default()).await;
    let (data, error) = all(answer.expect("an answer").ok().expect("events")).await;
    assert_eq!(data, ["one", "two"]);
    assert!(error.is_none(), "{error:?}");
    let heads = serving.await.expect("three connections");
    let asked = |head: &String, id: &str| head.contains(&format!("\r\nlast-event-id: {id}\r\n"));
    assert!(!heads[0].contains("last-event-id"), "{}", heads[0]);
    assert!(asked(&heads[1], "a") && asked(&heads[2], "b"), "{heads:?}");
}
