//! Every vector of the sections `security` and `servers` that a client and a server can show: what the document demands, what a
//! client sends of it and where to, and what a server takes and refuses.

use http::{HeaderMap, StatusCode, Uri};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use wire_vectors_security::operations::*;
use wire_vectors_security::runtime::operation::{Operation, OperationTable};
use wire_vectors_security::runtime::wire::Visitor;
use wire_vectors_security::runtime::{
    Authenticate, Body, Error, ErrorResponse, HttpService, Presented, Rejection, Sending, Transport,
};
use wire_vectors_security::server::{Router, Secured};
use wire_vectors_security::{Client, ClientBuilder};

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

/// Takes every credential at its word, and remembers it.
#[derive(Clone, Default)]
struct Anybody(Arc<Mutex<Vec<(String, String)>>>);

impl Authenticate for Anybody {
    type Caller = ();
    type Failure = Failure;

    async fn authenticate(&self, presented: Presented<'_>) -> Result<(), Failure> {
        let all = presented.all().iter();
        let seen = all.map(|one| (one.scheme.to_owned(), one.value.to_string()));
        *self.0.lock().expect("a lock") = seen.collect();
        Ok(())
    }
}

struct Service;

macro_rules! done {
    ($($method:ident $(($caller:ty))?: $request:ident -> $response:ident,)*) => {
        impl Secured for Service {
            type Caller = ();
            type Failure = Failure;
            $(async fn $method(&self, $(_: $caller,)? _: $request) -> Result<$response, Failure> {
                Ok($response::NoContent)
            })*
        }

        /// Calls an operation by its name in the document.
        async fn call(client: &Client, id: &str) -> Result<(), Error> {
            $(if id == $request::operation().id {
                return client.$method($request {}).await.map(drop);
            })*
            panic!("no operation {id}")
        }
    };
}

done! {
    sec_inherit(()): SecInherit -> SecInheritResponse,
    sec_override(()): SecOverride -> SecOverrideResponse,
    sec_remove: SecRemove -> SecRemoveResponse,
    sec_optional(Option<()>): SecOptional -> SecOptionalResponse,
    sec_and(()): SecAnd -> SecAndResponse,
    sec_or_and(()): SecOrAnd -> SecOrAndResponse,
    sat6(()): Sat6 -> Sat6Response,
    w_basic(()): WBasic -> WBasicResponse,
    w_bearer(()): WBearer -> WBearerResponse,
    w_key_header(()): WKeyHeader -> WKeyHeaderResponse,
    w_key_query(()): WKeyQuery -> WKeyQueryResponse,
    w_key_cookie(()): WKeyCookie -> WKeyCookieResponse,
    w_oauth2(()): WOauth2 -> WOauth2Response,
    srv_append: SrvAppend -> SrvAppendResponse,
    srv_append_trailing_slash: SrvAppendTrailingSlash -> SrvAppendTrailingSlashResponse,
    srv_vars_default: SrvVarsDefault -> SrvVarsDefaultResponse,
    srv_relative_dot: SrvRelativeDot -> SrvRelativeDotResponse,
    srv_relative_test: SrvRelativeTest -> SrvRelativeTestResponse,
}

/// The server behind the client: what was sent, and what was presented.
#[derive(Clone)]
struct Peer {
    router: Router,
    presented: Anybody,
    sent: Arc<Mutex<(Uri, HeaderMap)>>,
}

impl Peer {
    fn new() -> Self {
        let presented = Anybody::default();
        Self {
            router: Router::builder(presented.clone()).secured(Service).build(),
            presented,
            sent: Arc::default(),
        }
    }

    fn sent(&self) -> (Uri, HeaderMap) {
        self.sent.lock().expect("a lock").clone()
    }

    fn presented(&self) -> Vec<(String, String)> {
        self.presented.0.lock().expect("a lock").clone()
    }
}

impl Transport for Peer {
    /// The router knows paths alone: what a base URL puts before them is taken away.
    fn send(&self, mut request: http::Request<Body>) -> Sending {
        *self.sent.lock().expect("a lock") = (request.uri().clone(), request.headers().clone());
        let target = request
            .uri()
            .path_and_query()
            .map_or("", |target| target.as_str());
        let own = target.rfind('/').map_or("/", |at| &target[at..]);
        *request.uri_mut() = own.parse().expect("a path");
        self.router.clone().answer(request)
    }
}

/// The credential of a scheme, as a client is given it.
fn with(client: ClientBuilder, scheme: &str, value: &str) -> ClientBuilder {
    match scheme {
        "a" => client.a(value),
        "b" => client.b(value),
        "c" => client.c(value),
        "oauth" => client.oauth(value),
        "w-basic" => client.basic(value),
        "w-bearer" => client.bearer(value),
        "w-key-header" => client.key_header(value),
        "w-key-query" => client.key_query(value),
        "w-key-cookie" => client.key_cookie(value),
        "w-oauth2" => client.oauth(value),
        other => panic!("no scheme {other}"),
    }
}

fn client(peer: &Peer) -> ClientBuilder {
    Client::builder().transport(peer.clone())
}

#[derive(Default)]
struct Tables(BTreeMap<&'static str, &'static OperationTable>);

impl Visitor for Tables {
    fn visit<O: Operation>(&mut self) {
        self.0.insert(O::operation().id, O::operation());
    }
}

impl Tables {
    /// The alternatives of an operation, each the schemes that it needs.
    fn effective(&self, id: &str) -> Value {
        let alternatives = self.0[id].security.iter();
        let names = |one: &&[_]| -> Vec<_> {
            let all = one.iter();
            all.map(|one: &wire_vectors_security::runtime::operation::Requirement| one.scheme)
                .collect()
        };
        json!(alternatives.map(names).collect::<Vec<_>>())
    }
}

fn section(name: &str) -> Value {
    let text = include_str!("../../wire_vectors/tests/data/wire_vectors.yaml");
    let vectors: Value = yaml::from_str(text).expect("the vectors are YAML");
    vectors[name].clone()
}

fn rows<'a>(section: &'a Value, key: &str) -> &'a [Value] {
    section[key].as_array().map_or(&[], Vec::as_slice)
}

fn text<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or_default()
}

/// What an operation demands is what its document says, or inherits.
#[test]
fn requirements_are_effective_as_the_vectors_say() {
    let (section, mut tables) = (section("security"), Tables::default());
    wire_vectors_security::each_operation(&mut tables);
    let cases = rows(&section, "cases");
    for case in cases {
        let id = text(case, "id");
        assert_eq!(tables.effective(id), case["effective"], "{id}");
    }
    println!(
        "security, cases: {0} run, {0} passed, 0 not applicable",
        cases.len()
    );
    assert_eq!(cases.len(), 6);
}

/// A client sends where its credentials do, and says what is missing where not; a server refuses what proves nothing.
#[tokio::test]
async fn credentials_do_where_the_vectors_say() {
    let (section, mut tables) = (section("security"), Tables::default());
    wire_vectors_security::each_operation(&mut tables);
    let cases = rows(&section, "satisfied");
    for case in cases {
        let id = text(case, "id");
        let mut candidates = tables
            .0
            .keys()
            .filter(|id| tables.effective(id) == case["effective"]);
        let operation = candidates
            .next()
            .copied()
            .unwrap_or_else(|| panic!("{id}: no operation"));
        let (peer, plain) = (Peer::new(), Peer::new());
        let given = rows(case, "credentials").iter().filter_map(Value::as_str);
        let mut builder = client(&peer);
        let mut request = http::Request::builder().uri(tables.0[operation].route);
        for scheme in given {
            builder = with(builder, scheme, "secret");
            request = match scheme {
                "oauth" => request.header("Authorization", "Bearer secret"),
                scheme => request.header(format!("X-{scheme}"), "secret"),
            };
        }
        let came = call(&builder.build().expect("a client"), operation).await;
        let request = request.body(Body::empty()).expect("a request");
        let answer = plain
            .router
            .clone()
            .answer(request)
            .await
            .expect("an answer");
        if case["ok"] == true {
            came.unwrap_or_else(|error| panic!("{id}: {error}"));
            assert_eq!(answer.status(), StatusCode::NO_CONTENT, "{id}");
        } else {
            assert!(
                matches!(came, Err(Error::MissingCredentials { .. })),
                "{id}: {came:?}"
            );
            assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{id}");
        }
    }
    println!(
        "security, satisfied: {0} run, {0} passed, 0 not applicable",
        cases.len()
    );
    assert_eq!(cases.len(), 6);
}

/// Each credential stands where its scheme says, and a server finds it there.
#[tokio::test]
async fn credentials_stand_where_the_vectors_say() {
    let section = section("security");
    let cases = rows(&section, "wire");
    for case in cases {
        let (id, credential) = (text(case, "id"), &case["credential"]);
        let member = |key: &str| credential[key].as_str();
        let value = match (member("user"), member("password")) {
            (Some(user), Some(password)) => format!("{user}:{password}"),
            _ => member("token")
                .or(member("key"))
                .or(member("access_token"))
                .unwrap_or_default()
                .to_owned(),
        };
        let peer = Peer::new();
        let built = with(client(&peer), id, &value).build().expect("a client");
        call(&built, id)
            .await
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        let (uri, headers) = peer.sent();
        match case["query"].as_str() {
            Some(query) => assert_eq!(uri.query(), Some(query), "{id}"),
            None => {
                let header = &case["header"];
                let found = headers
                    .get(text(header, "name"))
                    .and_then(|value| value.to_str().ok());
                assert_eq!(found, header["value"].as_str(), "{id}");
            }
        }
        let values: Vec<String> = peer
            .presented()
            .into_iter()
            .map(|(_, value)| value)
            .collect();
        assert_eq!(values, [value], "{id}");
    }
    println!(
        "security, wire: {0} run, {0} passed, 0 not applicable",
        cases.len()
    );
    assert_eq!(cases.len(), 6);
}

/// Where calls go.
#[tokio::test]
async fn base_urls_are_what_the_vectors_say() {
    const ELSEWHERE: &[(&str, &str)] = &[
        (
            "srv-default",
            "a document is not asked where it came from: without a base URL the caller gives one",
        ),
        (
            "srv-vars-some",
            "variables have their defaults: the caller gives a base URL in place of them",
        ),
        (
            "srv-var-enum-violation",
            "variables have their defaults: the caller gives a base URL in place of them",
        ),
    ];
    let section = section("servers");
    let mut run = 0;
    for case in rows(&section, "cases") {
        let id = text(case, "id");
        if ELSEWHERE.iter().any(|(known, _)| *known == id) {
            continue;
        }
        let peer = Peer::new();
        // A relative URL is one on the host of the API: where the document was found.
        let builder = match case["retrieval"].as_str() {
            Some(retrieval) => client(&peer).base_url(retrieval),
            None => client(&peer),
        };
        call(&builder.build().expect("a client"), id)
            .await
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        let (uri, _) = peer.sent();
        let expected = match (
            case["full"].as_str(),
            text(case, "base").trim_end_matches('/'),
        ) {
            (Some(full), _) => full.to_owned(),
            (None, base) => format!(
                "{base}{}",
                uri.path().rfind('/').map_or("", |at| &uri.path()[at..])
            ),
        };
        assert_eq!(uri.to_string(), expected, "{id}");
        run += 1;
    }
    println!(
        "servers: {run} run, {run} passed, {} not applicable",
        ELSEWHERE.len()
    );
    ELSEWHERE
        .iter()
        .for_each(|(id, reason)| println!("    not applicable: {id}: {reason}"));
    assert_eq!(run + ELSEWHERE.len(), rows(&section, "cases").len());
}
