//! The HTTP half, with operations written by hand as a generated crate has them.

#![expect(missing_docs, reason = "these items are a test's own")]

mod calls;
mod limits;
mod pages;
mod routes;
#[cfg(feature = "tracing")]
mod spans;

use oasmith_runtime as runtime;
use runtime::operation::Operation;
use runtime::{
    Authenticate, ErrorResponse, Maybe, Presented, Rejection, client, client_group, object,
    operation, router, server_group,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A thing of the shop.
#[derive(Default)]
pub struct Thing {
    pub id: Option<i64>,
    pub name: Option<String>,
    pub note: Maybe<String>,
}

object! {
    Thing {
        id: "id",
        name: "name" (min_length = 1, max_length = 5),
        note: "note" (nullable),
    }
}

/// A page of things.
#[derive(Default)]
pub struct Things {
    pub things: Option<Vec<Thing>>,
    pub next: Maybe<String>,
    pub more: Option<bool>,
}

object! {
    Things {
        things: "things",
        next: "next" (nullable),
        more: "more",
    }
}

#[derive(Default)]
pub struct ListThings {
    pub limit: Option<i64>,
    pub page_token: Option<String>,
    pub tags: Option<Vec<String>>,
}

pub enum ListThingsResponse {
    Ok(Things),
    Default(http::StatusCode, Thing),
}

operation! {
    ListThings -> ListThingsResponse = "listThings" GET "/things",
    security ["token"] ["key"],
    query {
        limit: "limit" (default = 2, minimum = 1),
        page_token: "pageToken",
        tags: "tags" (style = "pipeDelimited", explode = false),
    }
    responses {
        200 Ok(body): json,
        default Default(status, body): json,
    }
    success Ok(body) -> Things,
    paging { items: "/things" [Thing], cursor: page_token "pageToken", next: link "/next", more: "/more" }
}

pub struct PutThing {
    pub id: i64,
    pub trace: Option<String>,
    pub body: Thing,
}

pub enum PutThingResponse {
    NoContent,
    Teapot(Thing),
}

operation! {
    PutThing -> PutThingResponse = "putThing" PUT "/things/{id}",
    path { id: "id" (required) }
    header { trace: "X-Trace" }
    body { body: json (required) }
    responses {
        204 NoContent: empty,
        418 Teapot(body): json,
    }
    success NoContent -> (),
}

#[derive(Default)]
pub struct GetBest {}

pub enum GetBestResponse {
    Ok(String),
}

operation! {
    GetBest -> GetBestResponse = "getBest" GET "/things/best",
    base "https://best.example/v3",
    responses { 200 Ok(body): text }
    success Ok(body) -> String,
}

pub struct GetPart {
    pub kind: String,
    pub number: i64,
}

pub enum GetPartResponse {
    Ok(String),
}

operation! {
    GetPart -> GetPartResponse = "getPart" GET "/parts/{kind}-v{number}.json",
    base "/v2",
    path {
        kind: "kind" (required),
        number: "number" (required),
    }
    responses { 200 Ok(body): text }
    success Ok(body) -> String,
}

client! {
    /// The shop's client.
    Client,
    ClientBuilder,
    base_url "https://user:secret@shop.example/base",
    security {
        /// A token.
        token: bearer "token",
        /// A key.
        key: query "api_key" "key",
    }
}

client_group! {
    /// Things.
    ThingsClient {
        /// List.
        list_things: ListThings,
        /// Put.
        put_thing: PutThing,
        /// Best.
        get_best: GetBest,
        /// Part.
        get_part: GetPart,
    }
}

/// The groups, as modules of a generated crate.
mod server {
    mod things {
        use super::super::{GetBest, GetPart, ListThings, PutThing, runtime, server_group};

        server_group! {
            /// Things.
            ThingsServer {
                /// List.
                list_things: ListThings,
                /// Put.
                put_thing: PutThing (public),
                /// Best.
                get_best: GetBest (public),
                /// Part.
                get_part: GetPart (public),
            }
        }
    }
    use super::{router, runtime};
    pub(super) use things::ThingsServer;

    router! {
        Router,
        RouterBuilder {
            things: ThingsServer,
        }
        security {
            "token": bearer,
            "key": query "api_key",
        }
    }
}

use server::{Router, ThingsServer};

/// What a handler cannot answer; its shape is the runtime's own.
#[derive(Debug)]
pub struct Failure(Rejection);

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

struct Tokens;

impl Authenticate for Tokens {
    type Caller = String;
    type Failure = Failure;

    async fn authenticate(&self, presented: Presented<'_>) -> Result<String, Failure> {
        match (presented.scheme(), presented.value()) {
            ("token" | "key", "good&=") => Ok(presented.scheme().to_owned()),
            _ => Err(Rejection::unauthorized("nobody has it").into()),
        }
    }
}

/// A shop of five things, two a page, that counts how often it is asked.
#[derive(Clone, Default)]
struct Shop {
    asked: Arc<AtomicUsize>,
    /// Every page names itself as the next one.
    loops: bool,
}

impl ThingsServer for Shop {
    type Caller = String;
    type Failure = Failure;

    async fn list_things(
        &self,
        caller: String,
        request: ListThings,
    ) -> Result<ListThingsResponse, Failure> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        assert_ne!(caller, "");
        let from: i64 = request
            .page_token
            .as_deref()
            .unwrap_or("0")
            .parse()
            .unwrap_or(0);
        let to = (from + request.limit.unwrap_or(0)).min(5);
        let things = (from..to).map(|id| Thing {
            id: Some(id),
            ..Thing::default()
        });
        let next = if self.loops { from } else { to };
        Ok(ListThingsResponse::Ok(Things {
            things: Some(things.collect()),
            next: Maybe::Value(format!("https://shop.example/things?x=1&pageToken={next}")),
            more: Some(to < 5),
        }))
    }

    async fn put_thing(&self, request: PutThing) -> Result<PutThingResponse, Failure> {
        Ok(if request.id == 418 {
            PutThingResponse::Teapot(request.body)
        } else {
            PutThingResponse::NoContent
        })
    }

    async fn get_best(&self, _: GetBest) -> Result<GetBestResponse, Failure> {
        Ok(GetBestResponse::Ok("best".to_owned()))
    }

    async fn get_part(&self, request: GetPart) -> Result<GetPartResponse, Failure> {
        Ok(GetPartResponse::Ok(format!(
            "{} {}",
            request.kind, request.number
        )))
    }
}

fn shop() -> Router {
    Router::builder(Tokens).things(Shop::default()).build()
}

fn client() -> Client {
    Client::builder().token("good&=").over(shop())
}

#[test]
fn every_operation_round_trips() {
    fn check<O: Operation<Response: PartialEq + std::fmt::Debug> + PartialEq + std::fmt::Debug>() {
        runtime::wire::check::<O>(7, 200).expect("both sides are inverse");
    }
    check::<ListThings>();
    check::<PutThing>();
    check::<GetBest>();
    check::<GetPart>();
}
