//! A caller says by typed values which media type of an answer it wants, and the handler is told.

use answers::operations::*;
use answers::runtime::{Authenticate, Body, Error, ErrorResponse, Presented, Rejection, Service};
use answers::server::{Answers, Router};
use answers::types::*;
use answers::{Client, types::GetReportAccept as Accept};
use std::sync::{Arc, Mutex};

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

/// What the handler was told.
type Told = Arc<Mutex<Vec<Option<Vec<Accept>>>>>;

/// Gives a report as the caller wants it most, as JSON where it does not care.
#[derive(Clone, Default)]
struct Reports(Told);

impl Answers for Reports {
    type Caller = ();
    type Failure = Failure;

    async fn get_report(&self, request: GetReport) -> Result<GetReportResponse, Failure> {
        let headers = GetReportOkHeaders::new("1".to_owned());
        let most = request.accept.iter().flatten().next().copied();
        self.0.lock().expect("unharmed").push(request.accept);
        Ok(match most {
            Some(Accept::TextCsv) => GetReportResponse::OkCsv("a,b".to_owned(), headers),
            _ => GetReportResponse::OkJson(Report::new("r".to_owned()), headers),
        })
    }
    async fn head_report(&self, _: HeadReport) -> Result<HeadReportResponse, Failure> {
        Ok(HeadReportResponse::Ok(HeadReportOkHeaders::default()))
    }
    async fn post_report(&self, _: PostReport) -> Result<PostReportResponse, Failure> {
        Ok(PostReportResponse::Accepted)
    }
    async fn get_file(&self, _: GetFile) -> Result<GetFileResponse, Failure> {
        Ok(GetFileResponse::Ok(Body::empty()))
    }
    async fn get_anything(&self, _: GetAnything) -> Result<GetAnythingResponse, Failure> {
        let status = http::StatusCode::IM_A_TEAPOT;
        Ok(GetAnythingResponse::Default(
            status,
            serde_json::Value::Null,
        ))
    }
}

/// Remembers the header `Accept` of what goes to a router.
#[derive(Clone)]
struct Overheard(Router, Arc<Mutex<Vec<String>>>);

impl Service<http::Request<Body>> for Overheard {
    type Response = http::Response<Body>;
    type Error = std::convert::Infallible;
    type Future = answers::runtime::Answering;

    fn poll_ready(
        &mut self,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Result<(), Self::Error>> {
        std::task::Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        let accept = request.headers()["accept"].to_str().expect("ASCII");
        self.1.lock().expect("unharmed").push(accept.to_owned());
        self.0.call(request)
    }
}

fn report(accept: Option<Vec<Accept>>) -> GetReport {
    GetReport {
        accept,
        ..GetReport::new("r".to_owned())
    }
}

#[tokio::test]
async fn the_most_wanted_media_type_comes() {
    let reports = Reports::default();
    let router = Router::builder(Anybody).answers(reports.clone()).build();
    let overheard = Overheard(router, Arc::default());
    let client = Client::over(overheard.clone());
    let all = "application/json, text/csv, application/problem+json";
    let cases = [
        (None, all, false),
        (Some(vec![Accept::TextCsv]), "text/csv", true),
        (
            Some(vec![Accept::ApplicationJson]),
            "application/json",
            false,
        ),
        (
            Some(vec![Accept::TextCsv, Accept::ApplicationJson]),
            "text/csv, application/json;q=0.9",
            true,
        ),
    ];
    for (wanted, header, csv) in cases {
        let answer = client
            .get_report(report(wanted.clone()))
            .await
            .expect("an answer");
        assert_eq!(
            matches!(answer, GetReportResponse::OkCsv(..)),
            csv,
            "{header}"
        );
        let heard = overheard.1.lock().expect("unharmed").pop();
        assert_eq!(heard.as_deref(), Some(header));
        assert_eq!(reports.0.lock().expect("unharmed").pop(), Some(wanted));
    }
    let twice = report(Some(vec![Accept::TextCsv, Accept::TextCsv]));
    let refused = client.get_report(twice).await;
    assert!(
        matches!(refused, Err(Error::InvalidRequest(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn quality_values_and_ranges_of_any_client_are_understood() {
    let reports = Reports::default();
    let router = Router::builder(Anybody).answers(reports.clone()).build();
    for (accept, told) in [
        ("*/*", Some(None)),
        ("text/*", Some(Some(vec![Accept::TextCsv]))),
        // A parameter that the document does not have is none of its media types.
        ("text/csv; header=present, */*;q=0.1", Some(None)),
        (
            "TEXT/CSV; q=1, */*;q=0.1",
            Some(Some(vec![Accept::TextCsv, Accept::ApplicationJson])),
        ),
        (
            "text/csv;q=0, */*",
            Some(Some(vec![Accept::ApplicationJson])),
        ),
        (
            "text/csv;q=0.2, application/*;q=0.3",
            Some(Some(vec![Accept::ApplicationJson, Accept::TextCsv])),
        ),
        ("image/png", None),
        ("application/json;q=0, text/csv;q=0.0", None),
    ] {
        let request = http::Request::get("/reports/r").header("accept", accept);
        let request = request.body(Body::empty()).expect("a request");
        let Ok(answer) = router.clone().call(request).await;
        let status = if told.is_some() { 200 } else { 406 };
        assert_eq!(answer.status(), status, "{accept}");
        assert_eq!(reports.0.lock().expect("unharmed").pop(), told, "{accept}");
    }
}
