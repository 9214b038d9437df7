//! Cookies over a real connection of HTTP/2, where a peer may send each in a field of its own (RFC 9113, section 8.2.3).

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use ordinary::operations::GetBasket;
use ordinary::runtime::Body;
use ordinary::runtime::wire::received;
use reqwest::header::COOKIE;
use std::convert::Infallible;

/// Answers with what it has read of the cookies.
async fn answer(
    request: http::Request<hyper::body::Incoming>,
) -> Result<http::Response<Body>, Infallible> {
    let fields = request.headers().get_all(COOKIE).iter().count();
    let text = match received::<GetBasket>(request.map(Body::new)) {
        Ok(basket) => format!("{fields} fields: {} {:?}", basket.session, basket.seen),
        Err(refused) => refused,
    };
    Ok(http::Response::new(Body::from(text)))
}

#[tokio::test]
async fn cookies_in_fields_of_their_own_are_read_over_http_2() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a socket");
    let url = format!(
        "http://{}/basket",
        listener.local_addr().expect("an address")
    );
    tokio::spawn(async move {
        let (connection, _) = listener.accept().await.expect("a peer");
        hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .serve_connection(TokioIo::new(connection), service_fn(answer))
            .await
    });
    let client = reqwest::Client::builder().http2_prior_knowledge().build();
    let client = client.expect("a client");
    let said = async |cookies: &[&str]| {
        let request = cookies.iter().fold(client.get(&url), |request, cookie| {
            request.header(COOKIE, *cookie)
        });
        let answer = request.send().await.expect("an answer");
        answer.text().await.expect("a text")
    };
    assert_eq!(
        said(&["session=a%20b; seen=7"]).await,
        "1 fields: a b Some(7)"
    );
    assert_eq!(
        said(&["other=1", "session=a%20b", "seen=7"]).await,
        "3 fields: a b Some(7)"
    );
    assert_eq!(said(&["session=x"]).await, "1 fields: x None");
    let refused = said(&["seen=7"]).await;
    assert!(refused.contains("cookie session: is required"), "{refused}");
}
