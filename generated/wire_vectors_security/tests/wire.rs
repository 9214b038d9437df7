//! For every operation: arbitrary requests and answers cross the wire and come out as they went in, in this process and over
//! sockets.

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use std::convert::Infallible;
use std::sync::Arc;
use wire_vectors_security::runtime::wire::{Checks, Peers};

#[test]
fn every_operation_is_the_same_on_both_sides_of_the_wire() {
    let mut checks = Checks::default();
    wire_vectors_security::each_operation(&mut checks);
    assert_eq!(checks.failures, Vec::<String>::new());
}

/// A server at the other end, and where it is.
async fn serve(peers: Arc<Peers>) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .expect("a socket");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((connection, _)) = listener.accept().await {
            let peers = Arc::clone(&peers);
            let service = service_fn(move |request| {
                let peers = Arc::clone(&peers);
                async move { Ok::<_, Infallible>(peers.answer(request).await) }
            });
            tokio::spawn(async move {
                let connection = TokioIo::new(connection);
                Builder::new(TokioExecutor::new())
                    .serve_connection(connection, service)
                    .await
            });
        }
    });
    format!("http://{address}")
}

fn client() -> reqwest::ClientBuilder {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_the_same_over_http_1() {
    let mut peers = Peers::default();
    wire_vectors_security::each_operation(&mut peers);
    let peers = Arc::new(peers);
    let url = serve(Arc::clone(&peers)).await;
    let client = client().http1_only().build().expect("a client");
    assert_eq!(peers.check(&client, &url, peers.cases()).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_operation_is_the_same_over_http_2() {
    let mut peers = Peers::default();
    wire_vectors_security::each_operation(&mut peers);
    let peers = Arc::new(peers);
    let url = serve(Arc::clone(&peers)).await;
    let client = client().http2_prior_knowledge().build().expect("a client");
    assert_eq!(peers.check(&client, &url, peers.cases()).await, Ok(()));
}
