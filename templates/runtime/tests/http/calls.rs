//! Calls: what is sent, what comes back, and what nobody gets to see.

use super::{
    Client, GetBest, GetBestResponse, GetPart, ListThings, PutThing, PutThingResponse, Thing,
    ThingsClient, client,
};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{Request, Response, StatusCode};
use oasmith_runtime::{Body, BoxError, BuildError, Call, Error, Sending, Transport};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Keeps the last request, and answers what it is told to.
#[derive(Clone)]
struct Recorder {
    last: Arc<Mutex<Option<http::request::Parts>>>,
    answer: fn() -> Result<Response<Body>, BoxError>,
}

impl Recorder {
    fn new(answer: fn() -> Result<Response<Body>, BoxError>) -> Self {
        Self {
            last: Arc::default(),
            answer,
        }
    }

    fn client(&self) -> Client {
        Client::builder()
            .token("s3cret")
            .transport(self.clone())
            .build()
            .expect("it is complete")
    }
}

impl Transport for Recorder {
    fn send(&self, request: Request<Body>) -> Sending {
        *self.last.lock().expect("no panic") = Some(request.into_parts().0);
        let answer = (self.answer)();
        Box::pin(async move { answer })
    }
}

fn answer(status: u16, body: &'static str) -> Result<Response<Body>, BoxError> {
    Ok(Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body))?)
}

#[tokio::test]
async fn a_call_goes_to_what_it_says_else_the_client_else_the_document() {
    let recorder = Recorder::new(|| answer(418, "{}"));
    let builder = || Client::builder().transport(recorder.clone());
    let documented = builder().build().expect("it is complete");
    let mocked = builder()
        .base_url("http://localhost:80/mock")
        .build()
        .expect("it is complete");
    let part = || GetPart {
        kind: "a".to_owned(),
        number: 1,
    };
    let sent = || {
        recorder
            .last
            .lock()
            .expect("no panic")
            .take()
            .map(|sent| sent.uri.to_string())
    };
    let sent = |_: Result<(), Error>| sent().unwrap_or_default();
    let best = documented.get_best(GetBest {}).await.map(drop);
    assert_eq!(sent(best), "https://best.example/v3/things/best");
    let best = mocked.get_best(GetBest {}).await.map(drop);
    assert_eq!(sent(best), "http://localhost:80/mock/things/best");
    let part_of = documented.get_part(part()).await.map(drop);
    assert_eq!(
        sent(part_of),
        "https://user:secret@shop.example/v2/parts/a-v1.json"
    );
    let part_of = mocked.get_part(part()).await.map(drop);
    assert_eq!(sent(part_of), "http://localhost:80/v2/parts/a-v1.json");
    let one = mocked
        .get_best(GetBest {})
        .base_url("http://other.example/");
    assert_eq!(
        sent(one.await.map(drop)),
        "http://other.example/things/best"
    );
    let wrong = mocked.get_best(GetBest {}).base_url("nowhere").await;
    assert!(matches!(wrong, Err(Error::InvalidRequest(_))), "{wrong:?}");
}

#[tokio::test]
async fn a_request_says_who_asks_for_what() {
    let recorder = Recorder::new(|| answer(200, "{}"));
    let request = ListThings {
        tags: Some(vec!["a&b".into(), "ü".into()]),
        ..ListThings::default()
    };
    let client = recorder.client();
    let call = client.list_things(request).header(
        HeaderName::from_static("x-own"),
        HeaderValue::from_static("1"),
    );
    call.await.expect("an answer");
    let sent = recorder
        .last
        .lock()
        .expect("no panic")
        .take()
        .expect("it was sent");
    assert_eq!(
        sent.uri.path_and_query().expect("a target"),
        "/base/things?tags=a%26b%7C%C3%BC"
    );
    assert_eq!(sent.headers[AUTHORIZATION], "Bearer s3cret");
    assert!(sent.headers[AUTHORIZATION].is_sensitive());
    assert_eq!(sent.headers[ACCEPT], "application/json");
    assert!(
        sent.headers[USER_AGENT]
            .to_str()
            .expect("text")
            .starts_with("oasmith-runtime/")
    );
    assert_eq!(sent.headers["x-own"], "1");
}

#[tokio::test]
async fn values_that_cannot_be_sent_are_errors() {
    let client = client();
    for (kind, refused) in [("", true), ("a/../b", false), ("a-v1", true)] {
        let call = client
            .get_part(GetPart {
                kind: kind.to_owned(),
                number: 1,
            })
            .await;
        assert_eq!(
            matches!(call, Err(Error::InvalidRequest(_))),
            refused,
            "{kind}: {call:?}"
        );
    }
    let tags = ListThings {
        tags: Some(vec!["a|b".into()]),
        ..ListThings::default()
    };
    assert!(matches!(
        client.list_things(tags).await,
        Err(Error::InvalidRequest(_))
    ));
    let trace = PutThing {
        id: 1,
        trace: Some("line\nbreak".into()),
        body: Thing::default(),
    };
    assert!(matches!(
        client.put_thing(trace).await,
        Err(Error::InvalidRequest(_))
    ));
}

#[tokio::test]
async fn documented_answers_are_values_and_others_are_errors_with_the_answer() {
    let client = client();
    let put = |id| PutThing {
        id,
        trace: None,
        body: Thing {
            name: Some("a".into()),
            ..Thing::default()
        },
    };
    client
        .put_thing(put(1))
        .await
        .expect("an answer")
        .ok()
        .expect("nothing");
    let teapot = client
        .put_thing(put(418))
        .await
        .expect("an answer")
        .ok()
        .expect_err("a teapot");
    assert_eq!(teapot.status(), StatusCode::IM_A_TEAPOT);
    assert!(
        matches!(teapot.into_response(), PutThingResponse::Teapot(thing) if thing.name.as_deref() == Some("a"))
    );

    let strange = Recorder::new(|| answer(500, "{}"))
        .client()
        .put_thing(put(1))
        .await;
    match strange {
        Err(Error::Undocumented(raw)) => {
            assert_eq!((raw.status.as_u16(), &raw.body[..]), (500, &b"{}"[..]))
        }
        other => panic!("{other:?}"),
    }
    let broken = Recorder::new(|| answer(418, "{\"id\": true}"))
        .client()
        .put_thing(put(1))
        .await;
    match broken {
        Err(Error::Unreadable(raw, malformed)) => {
            assert_eq!(
                (raw.status.as_u16(), malformed.pointer.as_str()),
                (418, "/id")
            );
        }
        other => panic!("{other:?}"),
    }
    let raw = client.get_best(GetBest {}).raw().await.expect("an answer");
    assert_eq!((raw.status.as_u16(), &raw.body[..]), (200, &b"best"[..]));
    assert_eq!(raw.value, GetBestResponse::Ok("best".into()));
}

#[tokio::test]
async fn a_call_has_its_own_limits() {
    struct Never;
    impl Transport for Never {
        fn send(&self, _: Request<Body>) -> Sending {
            Box::pin(std::future::pending())
        }
    }
    let client = Client::builder()
        .transport(Never)
        .build()
        .expect("it is complete");
    let call = client
        .get_best(GetBest {})
        .timeout(Duration::from_millis(5));
    assert!(matches!(call.await, Err(Error::Timeout)));

    let recorder = Recorder::new(|| answer(418, "{\"name\": \"a long name of a thing\"}"));
    let small = Client::builder()
        .transport(recorder)
        .max_response_bytes(8)
        .build()
        .expect("it is complete");
    let put = PutThing {
        id: 1,
        trace: None,
        body: Thing::default(),
    };
    assert!(matches!(
        small.put_thing(put).await,
        Err(Error::TooLarge {
            status: StatusCode::IM_A_TEAPOT,
            ..
        })
    ));
}

#[tokio::test]
async fn a_double_answers_without_a_client() {
    struct Double;
    impl ThingsClient for Double {
        fn list_things(&self, _: ListThings) -> Call<'_, ListThings> {
            Call::ready(Err(Error::Timeout))
        }
        fn put_thing(&self, _: PutThing) -> Call<'_, PutThing> {
            Call::ready(Ok(PutThingResponse::NoContent))
        }
        fn get_best(&self, _: GetBest) -> Call<'_, GetBest> {
            Call::ready(Ok(GetBestResponse::Ok("mine".into())))
        }
        fn get_part(&self, _: GetPart) -> Call<'_, GetPart> {
            Call::ready(Err(Error::Timeout))
        }
    }
    let double: Box<dyn ThingsClient> = Box::new(Double);
    assert_eq!(
        double.get_best(GetBest {}).await.expect("an answer"),
        GetBestResponse::Ok("mine".into())
    );
}

#[tokio::test]
async fn credentials_show_nowhere() {
    let recorder = Recorder::new(|| Err("no way".into()));
    let builder = Client::builder()
        .token("s3cret")
        .key("s3cret")
        .transport(recorder.clone());
    let builder = builder.base_url("https://user:s3cret@shop.example/base");
    let shown = format!("{builder:?}");
    assert!(
        shown.contains("redacted") && !shown.contains("s3cret"),
        "{shown}"
    );
    let client = builder.build().expect("it is complete");
    assert!(!format!("{client:?}").contains("s3cret"));
    let error = client
        .list_things(ListThings::default())
        .await
        .expect_err("no transport");
    assert!(!format!("{error} {error:?}").contains("s3cret"));

    let missing = Client::over(super::shop())
        .list_things(ListThings::default())
        .await;
    let missing = missing.expect_err("no credential").to_string();
    assert_eq!(
        missing,
        "the client has no credentials for this operation, which takes token, or key"
    );
    let line = Client::builder()
        .token("two\nlines")
        .transport(recorder)
        .build();
    assert_eq!(
        line.expect_err("no header carries it"),
        BuildError::MalformedHeader
    );
    let over = Client::builder()
        .token("two\nlines")
        .over(super::shop())
        .list_things(ListThings::default())
        .await;
    assert!(matches!(over, Err(Error::InvalidRequest(_))), "{over:?}");
}
