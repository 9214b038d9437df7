//! What a server refuses to be made to do.

use super::{
    Failure, GetBest, GetBestResponse, GetPart, GetPartResponse, ListThings, ListThingsResponse,
    PutThing, PutThingResponse, Router, Shop, Thing, ThingsServer, Tokens,
};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};
use oasmith_runtime::{Body, BoxError, Limits, Service};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

async fn ask(mut router: Router, request: Request<Body>) -> (StatusCode, String) {
    let Ok(answer) = router.call(request).await;
    let status = answer.status();
    let body = answer.into_body().collect(1 << 20).await;
    let body = body.expect("a short body").to_vec();
    (status, String::from_utf8(body).expect("text"))
}

fn limited(limits: Limits) -> Router {
    Router::builder(Tokens)
        .things(Shop::default())
        .limits(limits)
        .build()
}

fn put(body: Body) -> Request<Body> {
    let builder = Request::builder().method(Method::PUT).uri("/things/1");
    builder
        .header(CONTENT_TYPE, "application/json")
        .body(body)
        .expect("a request")
}

/// A body that never ends and never comes.
struct Silence;

impl futures_core::Stream for Silence {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

#[tokio::test]
async fn brackets_without_end_are_refused_and_overflow_nothing() {
    let router = limited(Limits::default());
    for bracket in ["[", "{\"a\":", "{\"note\":["] {
        let body = bracket.repeat(200_000);
        let (status, _) = ask(router.clone(), put(Body::from(body))).await;
        assert_eq!(status, 400, "{bracket}");
    }
    let body = "[".repeat(3 << 20);
    assert_eq!(ask(router, put(Body::from(body))).await.0, 413);
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let router = limited(Limits {
        body_time: Some(Duration::from_millis(20)),
        ..Limits::default()
    });
    let (status, body) = ask(router, put(Body::stream(Silence))).await;
    assert_eq!(status, 408, "{body}");
}

#[tokio::test]
async fn heads_that_are_too_long_are_refused() {
    let router = limited(Limits {
        head_bytes: 1_000,
        ..Limits::default()
    });
    let target = format!("/things/best?{}", "a".repeat(2_000));
    let long = Request::builder().uri(target).body(Body::empty());
    let (status, _) = ask(router.clone(), long.expect("a request")).await;
    assert_eq!(status, 414);
    let mut bomb = Request::builder().uri("/things/best");
    for number in 0..100 {
        bomb = bomb.header(format!("x-{number}"), "0123456789");
    }
    let bomb = bomb.body(Body::empty()).expect("a request");
    assert_eq!(ask(router, bomb).await.0, 431);
}

#[tokio::test]
async fn what_nobody_could_read_is_not_made() {
    let router = limited(Limits::default());
    for (accept, expected) in [
        ("text/plain", 200),
        ("text/*;q=0.1, application/xml", 200),
        ("*/*", 200),
        ("application/json", 406),
        ("text/plain;q=0, */*", 406),
        ("text/plain;q=0", 406),
    ] {
        let request = Request::builder()
            .uri("/things/best")
            .header(ACCEPT, accept);
        let request = request.body(Body::empty()).expect("a request");
        let (status, body) = ask(router.clone(), request).await;
        assert_eq!(status, expected, "{accept}: {body}");
    }
}

#[tokio::test]
async fn the_document_is_served_where_it_is_asked_for() {
    let router = Router::builder(Tokens)
        .things(Shop::default())
        .document("/openapi.yaml", "application/yaml", "openapi: 3.1.0\n")
        .build();
    let request = Request::builder()
        .uri("/openapi.yaml")
        .body(Body::empty())
        .expect("a request");
    let (status, body) = ask(router.clone(), request).await;
    assert_eq!((status.as_u16(), body.as_str()), (200, "openapi: 3.1.0\n"));
    let request = Request::builder()
        .method(Method::POST)
        .uri("/openapi.yaml")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(ask(router, request).await.0, 404);
}

/// A shop that answers what the document does not allow, or not at all.
#[derive(Clone, Default)]
struct Liar {
    gone: Arc<AtomicBool>,
}

/// Says when it is dropped.
struct Guard(Arc<AtomicBool>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

impl ThingsServer for Liar {
    type Caller = String;
    type Failure = Failure;

    async fn list_things(&self, _: String, _: ListThings) -> Result<ListThingsResponse, Failure> {
        let thing = Thing {
            name: Some("much too long".to_owned()),
            ..Thing::default()
        };
        Ok(ListThingsResponse::Default(StatusCode::CONFLICT, thing))
    }

    async fn put_thing(&self, _: PutThing) -> Result<PutThingResponse, Failure> {
        Ok(PutThingResponse::NoContent)
    }

    async fn get_best(&self, _: GetBest) -> Result<GetBestResponse, Failure> {
        let _guard = Guard(Arc::clone(&self.gone));
        std::future::pending().await
    }

    async fn get_part(&self, _: GetPart) -> Result<GetPartResponse, Failure> {
        Ok(GetPartResponse::Ok(String::new()))
    }
}

#[tokio::test]
async fn answers_are_held_against_the_document_where_that_is_wanted() {
    for (check_answers, expected) in [(true, 500), (false, 409)] {
        let limits = Limits {
            check_answers,
            ..Limits::default()
        };
        let router = Router::builder(Tokens).things(Liar::default());
        let request = Request::builder()
            .uri("/things")
            .header(AUTHORIZATION, "Bearer good&=")
            .body(Body::empty())
            .expect("a request");
        let (status, body) = ask(router.limits(limits).build(), request).await;
        assert_eq!(status, expected, "{body}");
        assert_eq!(body.contains("/name"), check_answers, "{body}");
        assert_eq!(body.contains("much"), !check_answers, "{body}");
    }
}

#[tokio::test]
async fn a_handler_stops_when_nobody_waits_for_it() {
    let liar = Liar::default();
    let mut router = Router::builder(Tokens).things(liar.clone()).build();
    let request = Request::builder()
        .uri("/things/best")
        .body(Body::empty())
        .expect("a request");
    let answering = router.call(request);
    let waited = tokio::time::timeout(Duration::from_millis(20), answering).await;
    assert!(waited.is_err());
    assert!(liar.gone.load(Ordering::SeqCst));
}
