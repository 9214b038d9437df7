//! Types of other crates cross the wire in place of the document's, in parameters, headers and bodies.

use chosen::Client;
use chosen::operations::{
    GetOrder, GetOrderResponse, ReplaceOrder, ReplaceOrderResponse, Subscribe, SubscribeContent,
    SubscribeOkHeaders, SubscribeResponse,
};
use chosen::runtime::{Authenticate, ErrorResponse, Maybe, Parsed, Presented, Rejection, Serde};
use chosen::server::{Default as Shop, Router};
use chosen::types::{Source, Subscription};
use http::StatusCode;
use semver::Version;
use std::num::NonZeroU8;
use url::Url;

/// Why there is no answer of the document's: a rejection, or an operation that nobody asks for here.
#[derive(Debug)]
struct Failure(Option<Rejection>);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(Some(rejection))
    }
}

impl From<Failure> for ErrorResponse {
    fn from(failure: Failure) -> Self {
        let none = || Self::json(StatusCode::NOT_IMPLEMENTED, &String::new());
        failure.0.map_or_else(none, Self::from)
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

/// Answers a subscription with what it was asked for, wherever that stood.
struct Echo;

impl Shop for Echo {
    type Caller = ();
    type Failure = Failure;

    async fn get_order(&self, _: GetOrder) -> Result<GetOrderResponse, Failure> {
        Err(Failure(None))
    }

    async fn replace_order(&self, _: ReplaceOrder) -> Result<ReplaceOrderResponse, Failure> {
        Err(Failure(None))
    }

    async fn subscribe(&self, request: Subscribe) -> Result<SubscribeResponse, Failure> {
        // The values are what their types are.
        assert_eq!((request.version.major, request.version.minor), (1, 2));
        let host = request.last.as_deref().and_then(Url::host_str);
        assert_eq!(host, Some("example.com"));
        match request.body {
            Some(SubscribeContent::Json(body) | SubscribeContent::Multipart(body)) => {
                let more = request.seen_at.and_then(|seen| seen.into_iter().next());
                Ok(SubscribeResponse::Ok(body, SubscribeOkHeaders { more }))
            }
            _ => {
                let url = request.last.expect("it was sent");
                Ok(SubscribeResponse::Conflict(Source::Url(url)))
            }
        }
    }
}

fn url(text: &str) -> Parsed<Url> {
    text.parse().expect("a URL")
}

fn request(body: Option<SubscribeContent>) -> Subscribe {
    Subscribe {
        seen_at: Some(vec![
            url("https://example.com/a?b=c&d"),
            url("https://example.org/"),
        ]),
        x_version: Some(Version::new(2, 0, 0).into()),
        last: Some(url("https://example.com/")),
        body,
        ..Subscribe::new(Version::new(1, 2, 3).into())
    }
}

fn subscription() -> Subscription {
    let period = || Serde::new(1..8).expect("it has JSON");
    Subscription {
        links: Some(vec![url("https://example.com/ü")]),
        manual: Maybe::Value(url("https://example.com/manual")),
        pauses: Some([("holidays".to_owned(), period())].into()),
        copies: NonZeroU8::new(3).map(|copies| Serde::new(copies).expect("it has JSON")),
        ..Subscription::new(Version::new(1, 0, 0).into(), period())
    }
}

#[tokio::test]
async fn they_cross_the_wire() {
    let client = Client::over(Router::builder(Anybody).default(Echo).build());
    for body in [SubscribeContent::Json, SubscribeContent::Multipart] {
        let answer = client.subscribe(request(Some(body(subscription())))).await;
        let (same, headers) = answer.expect("an answer").ok().expect("it is fine");
        assert_eq!(same, subscription());
        assert_eq!(same.every.end, 8);
        let more = headers.more.map(Parsed::into_inner);
        assert_eq!(more, Url::parse("https://example.com/a?b=c&d").ok());
    }
    let answer = client.subscribe(request(None)).await.expect("an answer");
    let expected = SubscribeResponse::Conflict(Source::Url(url("https://example.com/")));
    assert_eq!(answer, expected);
}

#[test]
fn what_their_types_refuse_is_no_value() {
    let read = |member: &str| {
        let text =
            format!(r#"{{"version": "1.0.0", "every": {{"start": 1, "end": 2}}, {member}}}"#);
        serde_json::from_str::<Subscription>(&text).map_err(|error| error.to_string())
    };
    assert!(read(r#""copies": 1"#).is_ok());
    for (member, expected) in [
        (r#""copies": 0"#, "NonZero"),
        (r#""links": ["no url"]"#, "url::Url"),
        (r#""pauses": {"a": {"start": 1}}"#, "Range<i64>"),
    ] {
        let error = read(member).expect_err("it is no value");
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn the_rules_of_a_string_are_checked() {
    let long = format!("https://example.com/{}", "a".repeat(2000));
    let with = |links| Subscription {
        links: Some(vec![links]),
        ..subscription()
    };
    assert!(with(url("https://example.com/")).validate().is_ok());
    let violations = with(url(&long)).validate().expect_err("it is too long");
    assert!(
        violations.to_string().contains("at most 2000 characters"),
        "{violations}"
    );
}
