//! Items are sent and read one at a time: the first is here before there is a last.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use streams::Client;
use streams::operations::*;
use streams::runtime::wire::{received, understood};
use streams::runtime::{Authenticate, Body, ErrorResponse, Presented, Rejection, Stream};
use streams::server::{Router, Streams};
use streams::types::{CompleteBody, Entry, Event};

#[derive(Debug)]
struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for ErrorResponse {
    fn from(failure: Failure) -> Self {
        failure.0.into()
    }
}

struct Anybody;

impl Authenticate for Anybody {
    type Caller = ();
    type Failure = Failure;

    async fn authenticate(&self, _: Presented<'_>) -> Result<(), Failure> {
        Ok(())
    }
}

/// Events without end, from one of a number on.
struct Forever(u64);

impl futures_core::Stream for Forever {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        let event = Event {
            id: Some("i".repeat(self.0 as usize)),
            ..Event::new("data".to_owned())
        };
        Poll::Ready(Some(Ok(event)))
    }
}

#[derive(Clone)]
struct Service;

impl Streams for Service {
    type Caller = ();
    type Failure = Failure;

    async fn send_log(&self, request: SendLog) -> Result<SendLogResponse, Failure> {
        Ok(SendLogResponse::Ok(request.body))
    }

    async fn send_sequence(
        &self,
        mut request: SendSequence,
    ) -> Result<SendSequenceResponse, Failure> {
        let mut levels = Vec::new();
        while let Some(Ok(entry)) = request.body.next().await {
            levels.push(entry.level);
        }
        Ok(SendSequenceResponse::Ok(levels.into_iter().collect()))
    }

    async fn watch(&self, request: Watch) -> Result<WatchResponse, Failure> {
        let seen = request.last_event_id.map_or(0, |id| id.len() as u64);
        Ok(WatchResponse::Ok(Stream::new(Forever(seen))))
    }

    async fn complete(&self, _: Complete) -> Result<CompleteResponse, Failure> {
        let entry = |level| Entry {
            message: None,
            level,
        };
        Ok(CompleteResponse::OkEventStream(
            (1..=3).map(entry).collect(),
        ))
    }
}

fn client() -> Client {
    Client::over(Router::builder(Anybody).streams(Service).build())
}

#[tokio::test]
async fn the_first_event_is_here_before_the_last() {
    let watched = client().watch(Watch::default()).await;
    let WatchResponse::Ok(mut events) = watched.expect("an answer") else {
        panic!("no events");
    };
    for number in 1..=3 {
        let event = events.next().await.expect("an event").expect("readable");
        assert_eq!(event.id, Some("i".repeat(number)));
    }
    assert_eq!(events.last_event_id().as_deref(), Some("iii"));
}

#[tokio::test]
async fn items_are_read_as_they_come() {
    let entries = (0..100).map(|level| Entry {
        message: Some("line\nbreak".to_owned()),
        level,
    });
    let sent: Stream<Entry> = entries.clone().collect();
    let answer = client().send_log(SendLog::new(sent)).await;
    let mut came = answer.expect("an answer").ok().expect("a stream");
    for entry in entries {
        assert_eq!(came.next().await.expect("one").expect("readable"), entry);
    }
    assert!(came.next().await.is_none());
}

#[tokio::test]
async fn a_sequence_by_the_schema_of_the_whole() {
    let sent: Stream<Entry> = [3, 1, 2].map(Entry::new).into_iter().collect();
    let answer = client().send_sequence(SendSequence::new(sent)).await;
    let mut came = answer.expect("an answer").ok().expect("a stream");
    let mut levels = Vec::new();
    while let Some(level) = came.next().await {
        levels.push(level.expect("readable"));
    }
    assert_eq!(levels, [3, 1, 2]);
}

#[tokio::test]
async fn the_server_chooses_between_all_at_once_and_as_it_comes() {
    let prompt = "say".to_owned();
    let answer = client()
        .complete(Complete::new(CompleteBody { prompt }))
        .await;
    let CompleteResponse::OkEventStream(mut entries) = answer.expect("an answer") else {
        panic!("not as it comes");
    };
    let mut count = 0;
    while let Some(entry) = entries.next().await {
        entry.expect("readable");
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn a_made_stream_can_fail() {
    let stream: Stream<i64> = Stream::new(Ended);
    assert!(format!("{stream:?}").starts_with("Stream"));
}

struct Ended;

impl futures_core::Stream for Ended {
    type Item = Result<i64, Infallible>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}

#[tokio::test]
async fn items_of_requests_are_held_to_the_document() {
    let wire = format!(
        "{{\"level\":1}}\n{{\"level\":2,\"message\":\"{}\"}}\n{{\"level\":3}}\n",
        "x".repeat(201)
    );
    let request = http::Request::post("http://streams.test/log")
        .header("content-type", "application/jsonl")
        .body(Body::from(wire.clone()))
        .expect("a request");
    let mut items = received::<SendLog>(request).expect("it is read").body;
    assert_eq!(items.next().await.expect("one").expect("readable").level, 1);
    // What it breaks is told at its place; further items may be as they should.
    let error = items.next().await.expect("one").expect_err("too long");
    let error = error.to_string();
    assert!(
        error.contains("/message") && error.contains("200"),
        "{error}"
    );
    assert_eq!(items.next().await.expect("one").expect("readable").level, 3);
    assert!(items.next().await.is_none());
    // A client takes what has grown since.
    let answer = http::Response::builder()
        .header("content-type", "application/x-ndjson")
        .body(Body::from(wire))
        .expect("an answer");
    let SendLogResponse::Ok(mut items) = understood::<SendLog>(answer).expect("it is read");
    for level in 1..=3 {
        assert_eq!(
            items.next().await.expect("one").expect("readable").level,
            level
        );
    }
}
