//! What the router answers before and beside the handlers.

use super::{Router, Shop, Tokens, shop};
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{Method, Request, Response};
use oasmith_runtime::{Body, Service};

async fn ask(mut router: Router, request: Request<Body>) -> (Response<()>, String) {
    let Ok(answer) = router.call(request).await;
    let (parts, body) = answer.into_parts();
    let body = body.collect(1 << 20).await.expect("a short body");
    (
        Response::from_parts(parts, ()),
        String::from_utf8(body.to_vec()).expect("text"),
    )
}

fn request(method: Method, target: &str, body: &'static str) -> Request<Body> {
    let builder = Request::builder().method(method).uri(target);
    builder
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .expect("a request")
}

async fn status(method: Method, target: &str, body: &'static str) -> u16 {
    ask(shop(), request(method, target, body))
        .await
        .0
        .status()
        .as_u16()
}

#[tokio::test]
async fn a_literal_stands_before_a_template_and_segments_are_taken_apart() {
    assert_eq!(
        ask(shop(), request(Method::GET, "/things/best", ""))
            .await
            .1,
        "best"
    );
    assert_eq!(
        ask(shop(), request(Method::GET, "/things/b%65st", ""))
            .await
            .1,
        "best"
    );
    let (_, part) = ask(shop(), request(Method::GET, "/parts/left-wing-v3.json", "")).await;
    assert_eq!(part, "left-wing 3");
    for missing in [
        "/parts/-v3.json",
        "/parts/a-v3.xml",
        "/things/",
        "/Things",
        "/things/1/2",
        "//things",
    ] {
        assert_eq!(status(Method::GET, missing, "").await, 404, "{missing}");
    }
}

#[tokio::test]
async fn methods_that_a_path_lacks_are_told() {
    let (answer, body) = ask(shop(), request(Method::DELETE, "/things/7", "")).await;
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()[ALLOW]),
        (405, &"OPTIONS, PUT".parse().expect("a value"))
    );
    assert_eq!(answer.headers()[CONTENT_TYPE], "application/problem+json");
    assert!(body.contains("\"status\":405"), "{body}");
    let (answer, body) = ask(shop(), request(Method::OPTIONS, "/things/best", "")).await;
    assert_eq!((answer.status().as_u16(), body.as_str()), (204, ""));
    assert_eq!(answer.headers()[ALLOW], "GET, HEAD, OPTIONS");
    let (answer, body) = ask(shop(), request(Method::HEAD, "/things/best", "")).await;
    assert_eq!((answer.status().as_u16(), body.as_str()), (200, ""));
    assert_eq!(answer.headers()[CONTENT_LENGTH], "4");
}

#[tokio::test]
async fn a_body_outside_of_the_document_is_refused() {
    assert_eq!(
        status(Method::PUT, "/things/1", "{\"name\": \"a\"}").await,
        204
    );
    assert_eq!(status(Method::PUT, "/things/x", "{}").await, 400);
    assert_eq!(status(Method::PUT, "/things/1", "").await, 400);
    assert_eq!(status(Method::PUT, "/things/1", "[]").await, 400);
    assert_eq!(status(Method::PUT, "/things/%ff", "{}").await, 400);
    let xml = Request::put("/things/1")
        .header(CONTENT_TYPE, "text/xml")
        .body(Body::from("<a/>"))
        .expect("a request");
    assert_eq!(ask(shop(), xml).await.0.status(), 415);
    let small = Router::builder(Tokens)
        .things(Shop::default())
        .max_body_bytes(10)
        .build();
    assert_eq!(
        ask(
            small,
            request(Method::PUT, "/things/1", "{\"name\": \"abcd\"}")
        )
        .await
        .0
        .status(),
        413
    );
    let twice = Request::put("/things/1")
        .header("X-Trace", "a")
        .header("X-Trace", "b")
        .body(Body::from("{}"));
    assert_eq!(ask(shop(), twice.expect("a request")).await.0.status(), 400);
}

#[tokio::test]
async fn every_fault_is_told_by_name_and_no_value_is_repeated() {
    let (answer, body) = ask(
        shop(),
        request(Method::PUT, "/things/word", "{\"name\": \"too long\"}"),
    )
    .await;
    assert_eq!(answer.status(), 400);
    let problem: serde_json::Value = serde_json::from_str(&body).expect("problem details");
    let faults: Vec<(&str, &str)> = problem["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|fault| {
            (
                fault["in"].as_str().unwrap_or_default(),
                fault["at"].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(faults, [("path", "id"), ("body", "/name")]);
    assert!(
        !body.contains("too long") && !body.contains("word"),
        "{body}"
    );
}

#[tokio::test]
async fn a_group_that_is_not_mounted_is_absent_or_not_implemented() {
    let empty = Router::builder(Tokens).build();
    assert_eq!(
        ask(empty, request(Method::GET, "/things/best", ""))
            .await
            .0
            .status(),
        404
    );
    let stub = Router::builder(Tokens).not_implemented(true).build();
    assert_eq!(
        ask(stub, request(Method::GET, "/things/best", ""))
            .await
            .0
            .status(),
        501
    );
}

#[tokio::test]
async fn who_proves_nothing_is_challenged() {
    let (answer, _) = ask(shop(), request(Method::GET, "/things", "")).await;
    assert_eq!(
        (
            answer.status().as_u16(),
            &answer.headers()[WWW_AUTHENTICATE]
        ),
        (401, &"Bearer".parse().expect("a value"))
    );
    let wrong = Request::get("/things")
        .header("Authorization", "Bearer stolen")
        .body(Body::empty())
        .expect("a request");
    let (answer, body) = ask(shop(), wrong).await;
    assert_eq!(
        (
            answer.status().as_u16(),
            &answer.headers()[WWW_AUTHENTICATE]
        ),
        (401, &"Bearer".parse().expect("a value"))
    );
    assert!(!body.contains("stolen"), "{body}");
    let both = |first: &str, second: &str| {
        let request = Request::get("/things")
            .header("Authorization", format!("Bearer {first}"))
            .header("Authorization", format!("Bearer {second}"));
        ask(shop(), request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(both("good&=", "stolen").await.0.status(), 401);
    assert_eq!(both("stolen", "good&=").await.0.status(), 401);
    let key = request(Method::GET, "/things?api_key=good%26%3D", "");
    assert_eq!(ask(shop(), key).await.0.status(), 200);
}
