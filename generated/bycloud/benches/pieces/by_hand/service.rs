//! The service by hand: hyper and `serde_json`, no framework.

use super::super::exchange::TOKEN;
use super::super::sample;
use super::types::{BackupList, Query};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::sync::Arc;
use tokio::io::DuplexStream;

/// Serves a connection.
pub fn connection(io: DuplexStream) {
    let page: BackupList = serde_json::from_str(&sample::small()).expect("a page");
    let page = Arc::new(page);
    let service = service_fn(move |request: Request<Incoming>| {
        let page = Arc::clone(&page);
        async move { Ok::<_, Infallible>(answer(&page, &request).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new();
    tokio::spawn(connection.serve_connection(TokioIo::new(io), service));
}

async fn answer(page: &BackupList, request: &Request<Incoming>) -> Response<Full<Bytes>> {
    if request.uri().path() != "/v1/backups" {
        return plain(StatusCode::NOT_FOUND, "no such path");
    }
    if request.method() != Method::GET {
        return plain(StatusCode::METHOD_NOT_ALLOWED, "no such method");
    }
    let credential = request.headers().get(AUTHORIZATION);
    let token = credential.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    if token != Some(TOKEN) {
        return plain(StatusCode::UNAUTHORIZED, "a bearer token is needed");
    }
    match Query::parse(request.uri().query().unwrap_or_default()) {
        Ok(query) => {
            let page = backups(page, query).await;
            match serde_json::to_vec(&page) {
                Ok(body) => {
                    let mut response = Response::new(Full::from(body));
                    let json = HeaderValue::from_static("application/json");
                    response.headers_mut().insert(CONTENT_TYPE, json);
                    response
                }
                Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "it cannot be written"),
            }
        }
        Err(parameter) => plain(StatusCode::BAD_REQUEST, parameter),
    }
}

/// What stands for the database: it gives values that are the caller's own.
async fn backups(page: &BackupList, query: Query) -> BackupList {
    let mut page = page.clone();
    if let Some(meta) = &mut page.meta {
        meta.limit = query.limit;
    }
    page
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = status;
    response
}
