//! The router: finds the operation, asks who calls, reads the body, and hands over.

use super::super::body::Body;
use super::super::operation::OperationTable;
use super::authenticate::{self, Authenticate, Scheme, SchemePlace};
use super::endpoint::{Endpoint, Incoming, refused};
use super::limit::Limits;
use super::rejection::Rejection;
use super::route::{End, Node, chosen};
use bytes::Bytes;
use http::header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, Response, StatusCode};
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// What a generated router holds.
#[derive(Clone)]
pub struct Routes(Arc<dyn Serve>);

impl fmt::Debug for Routes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Routes")
    }
}

/// The answer to come; dropping it stops the handler.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

impl Routes {
    /// Answers a request.
    #[must_use]
    pub fn answer(&self, request: http::Request<Body>) -> Answering {
        Arc::clone(&self.0).serve(request)
    }
}

/// A router with its implementor's types behind it.
trait Serve: Send + Sync {
    fn serve(self: Arc<Self>, request: http::Request<Body>) -> Answering;
}

/// What a generated router's builder holds.
pub struct RoutesBuilder<A: Authenticate> {
    authenticate: A,
    schemes: &'static [Scheme],
    endpoints: Vec<Endpoint<A>>,
    known: Vec<&'static OperationTable>,
    limits: Limits,
    not_implemented: bool,
    documents: Vec<Document>,
}

/// A text that is served as it stands: the document itself.
struct Document {
    path: String,
    media_type: HeaderValue,
    text: Bytes,
}

impl<A: Authenticate> fmt::Debug for RoutesBuilder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RoutesBuilder")
            .field("endpoints", &self.endpoints)
            .finish_non_exhaustive()
    }
}

impl<A: Authenticate> RoutesBuilder<A> {
    /// A builder with nothing mounted, of a document's operations by group.
    pub fn new(
        authenticate: A,
        schemes: &'static [Scheme],
        known: Vec<&'static OperationTable>,
    ) -> Self {
        Self {
            authenticate,
            schemes,
            endpoints: Vec::new(),
            known,
            limits: Limits::default(),
            not_implemented: false,
            documents: Vec::new(),
        }
    }

    /// Mounts a group.
    pub fn mount(&mut self, endpoints: Vec<Endpoint<A>>) {
        let mounted = |endpoint: &Endpoint<A>| {
            endpoints
                .iter()
                .any(|new| std::ptr::eq(new.table, endpoint.table))
        };
        self.endpoints.retain(|endpoint| !mounted(endpoint));
        self.endpoints.extend(endpoints);
    }

    /// What requests may demand.
    pub fn limits(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// How many bytes of a request's body are read.
    pub fn max_body_bytes(&mut self, bytes: usize) {
        self.limits.body_bytes = bytes;
    }

    /// Serves a text at a path of its own.
    pub fn document(&mut self, path: String, media_type: &'static str, text: Bytes) {
        self.documents.push(Document {
            path,
            media_type: HeaderValue::from_static(media_type),
            text,
        });
    }

    /// Groups that are not mounted answer 501 in place of 404.
    pub fn not_implemented(&mut self, answer: bool) {
        self.not_implemented = answer;
    }

    /// The router.
    #[must_use]
    pub fn build(self) -> Routes {
        let mut root = Node::default();
        for (position, endpoint) in self.endpoints.iter().enumerate() {
            root.insert(endpoint.table, position);
        }
        if self.not_implemented {
            for operation in &self.known {
                if !self
                    .endpoints
                    .iter()
                    .any(|endpoint| std::ptr::eq(endpoint.table, *operation))
                {
                    root.insert(operation, usize::MAX);
                }
            }
        }
        Routes(Arc::new(Router {
            authenticate: self.authenticate,
            schemes: self.schemes,
            endpoints: self.endpoints,
            root,
            limits: self.limits,
            documents: self.documents,
        }))
    }
}

struct Router<A: Authenticate> {
    authenticate: A,
    schemes: &'static [Scheme],
    endpoints: Vec<Endpoint<A>>,
    root: Node,
    limits: Limits,
    documents: Vec<Document>,
}

impl<A: Authenticate> Serve for Router<A> {
    fn serve(self: Arc<Self>, request: http::Request<Body>) -> Answering {
        Box::pin(async move {
            let is_head = request.method() == Method::HEAD;
            let mut response = match self.route(request).await {
                Ok(response) => response,
                Err(Refusal::Own(rejection)) => refused::<A>(rejection),
                Err(Refusal::Answer(response)) => *response,
            };
            if is_head {
                without_body(&mut response);
            }
            Ok(response)
        })
    }
}

enum Refusal {
    Own(Rejection),
    /// Shaped by the implementor already.
    Answer(Box<Response<Body>>),
}

impl From<Rejection> for Refusal {
    fn from(rejection: Rejection) -> Self {
        Self::Own(rejection)
    }
}

impl<A: Authenticate> Router<A> {
    async fn route(&self, request: http::Request<Body>) -> Result<Response<Body>, Refusal> {
        let (parts, body) = request.into_parts();
        self.limits.head(&parts)?;
        let path = parts.uri.path().to_owned();
        let Some((ends, texts)) = self.root.find(&path) else {
            if let Some(document) = self.document(&parts, &path) {
                return Ok(document);
            }
            return Err(
                Rejection::new(StatusCode::NOT_FOUND, "the document has no such path").into(),
            );
        };
        let by = |method: &str| chosen(ends, method, &parts);
        // HEAD is GET without its body (RFC 9110, section 9.3.2).
        let get = || by("GET").filter(|_| parts.method == Method::HEAD);
        let end = match by(parts.method.as_str()).or_else(get) {
            Some(end) => end,
            None if parts.method == Method::OPTIONS => return Ok(options(ends)),
            None => {
                let message = format!("the path has no operation for {}", parts.method);
                return Err(Rejection::new(StatusCode::METHOD_NOT_ALLOWED, message)
                    .allow(&allowed(ends))
                    .into());
            }
        };
        let Some(endpoint) = self.endpoints.get(end.endpoint) else {
            return Err(Rejection::new(
                StatusCode::NOT_IMPLEMENTED,
                "the operation is not implemented",
            )
            .into());
        };
        let caller = self.caller(endpoint.table, &parts).await?;
        let named = end.named(texts, &parts);
        let path = named.map(|(name, text)| (name, text.to_owned())).collect();
        let incoming = Incoming {
            parts,
            path,
            body,
            limits: self.limits,
        };
        Ok((endpoint.handler)(incoming, caller).await)
    }

    /// The document itself, where it is served and asked for.
    fn document(&self, parts: &http::request::Parts, path: &str) -> Option<Response<Body>> {
        if !matches!(parts.method, Method::GET | Method::HEAD) {
            return None;
        }
        let document = self
            .documents
            .iter()
            .find(|document| document.path == path)?;
        let mut response = Response::new(Body::from(document.text.clone()));
        let media_type = document.media_type.clone();
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        Some(response)
    }

    async fn caller(
        &self,
        operation: &'static OperationTable,
        parts: &http::request::Parts,
    ) -> Result<Option<A::Caller>, Refusal> {
        if operation.security.is_empty() {
            return Ok(None);
        }
        match authenticate::presented(operation, self.schemes, parts) {
            Some(presented) => match self.authenticate.authenticate(presented).await {
                Ok(caller) => Ok(Some(caller)),
                Err(failure) => {
                    let error: super::ErrorResponse = failure.into();
                    let mut response: Response<Body> = error.into();
                    // A 401 has to say what would do (RFC 9110, section 15.5.2).
                    if response.status() == StatusCode::UNAUTHORIZED
                        && !response.headers().contains_key(WWW_AUTHENTICATE)
                    {
                        let rejection = authenticate::missing(operation, self.schemes);
                        response.headers_mut().extend(rejection.headers().clone());
                    }
                    Err(Refusal::Answer(Box::new(response)))
                }
            },
            None if operation
                .security
                .iter()
                .any(|alternative| alternative.is_empty()) =>
            {
                Ok(None)
            }
            None => Err(authenticate::missing(operation, self.schemes).into()),
        }
    }
}

/// The methods of a path, with those that the router answers itself.
fn allowed(ends: &[End]) -> String {
    let mut methods: Vec<&str> = ends.iter().map(|end| end.method).collect();
    if methods.contains(&"GET") && !methods.contains(&"HEAD") {
        methods.push("HEAD");
    }
    if !methods.contains(&"OPTIONS") {
        methods.push("OPTIONS");
    }
    methods.sort_unstable();
    methods.dedup();
    methods.join(", ")
}

fn options(ends: &[End]) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if let Ok(value) = HeaderValue::from_str(&allowed(ends)) {
        response.headers_mut().insert(ALLOW, value);
    }
    response
}

/// Takes the body away, and leaves its length; of none it says nothing, since one that is documented for HEAD is that of GET.
fn without_body(response: &mut Response<Body>) {
    let body = std::mem::take(response.body_mut());
    if let Some(bytes) = body.bytes().filter(|bytes| !bytes.is_empty())
        && let Ok(length) = HeaderValue::from_str(&bytes.len().to_string())
    {
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
}

/// A scheme as the router macro writes it.
#[doc(hidden)]
#[must_use]
pub const fn scheme(key: &'static str, place: SchemePlace) -> Scheme {
    Scheme { key, place }
}
