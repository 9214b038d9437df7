//! The one client that every generated client is a name for: base URL, credentials, transport, limits.

use super::call::{Call, CallOptions};
use super::credentials::{self, Credential};
use super::error::{BuildError, Error, InvalidRequest};
use super::json::Unknown;
use super::operation::{Operation, OperationTable, Request};
use super::reconnect::{Again, Reconnect};
use super::request;
use super::response::{self, Received};
use super::transport::{HttpService, Over, Transport};
use http::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// How many bytes of an answer are read unless the caller says otherwise.
const MOST: usize = 64 << 20;

/// What a generated client holds.
#[derive(Clone)]
pub struct ClientCore(Arc<Settings>);

struct Settings {
    base_url: String,
    bases: Bases,
    credentials: Vec<Credential>,
    headers: HeaderMap,
    transport: Arc<dyn Transport>,
    timeout: Option<Duration>,
    max_response_bytes: usize,
    unknown: Unknown,
    reconnect: Reconnect,
}

impl fmt::Debug for ClientCore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &without_user(&self.0.base_url))
            .field("credentials", &self.0.credentials)
            .field("timeout", &self.0.timeout)
            .finish_non_exhaustive()
    }
}

impl ClientCore {
    /// A call, to be awaited.
    pub fn call<O: Operation>(&self, request: O) -> Call<'_, O> {
        Call::new(self, request)
    }

    /// Sends a request and reads the answer, but for a body that comes piece by piece. One body for all operations.
    pub(crate) async fn send(
        &self,
        request: &mut dyn Request,
        options: CallOptions,
    ) -> Result<Received, Error> {
        let settings = &*self.0;
        let table = request.table();
        let mut prepared = request::write(request, settings.unknown)?;
        for (name, value) in settings.headers.iter().chain(&options.headers) {
            prepared.headers.insert(name.clone(), value.clone());
        }
        credentials::apply(table, &settings.credentials, &mut prepared)?;
        let base_url = settings.base_url_of(table, options.base_url.as_deref())?;
        let request = prepared.into_http(&base_url)?;
        let timeout = options.timeout.or(settings.timeout);
        let reconnect = options.reconnect.unwrap_or(settings.reconnect);
        let again = Again::of(table, &settings.transport, &request, reconnect, timeout);
        let work = receive(settings, table, request);
        let work = traced(table, work);
        let received = match timeout {
            Some(timeout) => tokio::time::timeout(timeout, work)
                .await
                .unwrap_or(Err(Error::Timeout)),
            None => work.await,
        }?;
        Ok(received.or_again(again))
    }
}

/// Which of the base URLs count that the document gives to operations.
#[derive(Clone, Copy, PartialEq)]
enum Bases {
    /// All.
    All,
    /// Those on the host of the API: the caller has said where that is.
    Paths,
    /// None: the service is in this process.
    None,
}

impl Settings {
    /// Where a call goes: to what the call says, else the client, else the document.
    fn base_url_of<'a>(
        &'a self,
        table: &OperationTable,
        wanted: Option<&'a str>,
    ) -> Result<Cow<'a, str>, InvalidRequest> {
        match (wanted, table.base) {
            (Some(wanted), _) if !is_base_url(wanted) => Err(InvalidRequest {
                place: "base_url".to_owned(),
                reason: "it is no URL of http or https without a query",
            }),
            (Some(wanted), _) => Ok(Cow::Borrowed(wanted)),
            (None, [path]) if path.starts_with('/') && self.bases != Bases::None => {
                let from = self.base_url.find("://").map_or(0, |at| at + 3);
                let host = self.base_url[from..]
                    .find('/')
                    .map_or(self.base_url.len(), |at| from + at);
                Ok(Cow::Owned([&self.base_url[..host], path].concat()))
            }
            (None, [base, ..]) if self.bases == Bases::All => Ok(Cow::Borrowed(base)),
            (None, _) => Ok(Cow::Borrowed(&self.base_url)),
        }
    }
}

async fn receive(
    settings: &Settings,
    table: &'static OperationTable,
    request: http::Request<super::Body>,
) -> Result<Received, Error> {
    let answer = settings
        .transport
        .send(request)
        .await
        .map_err(Error::Transport)?;
    response::receive(table, answer, settings.max_response_bytes).await
}

/// A span a call, by OpenTelemetry's names of HTTP attributes; no header and no value of a parameter is in it.
#[cfg(feature = "tracing")]
fn traced<'a>(
    table: &'static OperationTable,
    work: impl Future<Output = Result<Received, Error>> + Send + 'a,
) -> impl Future<Output = Result<Received, Error>> + Send + 'a {
    use tracing::field::Empty;
    let span = tracing::info_span!(
        "call",
        otel.kind = "client",
        operation = table.id,
        http.request.method = table.method,
        url.template = table.route,
        http.response.status_code = Empty,
        error = Empty,
    );
    async move {
        let mut work = std::pin::pin!(work);
        let outcome = std::future::poll_fn(|cx| {
            let _entered = span.enter();
            work.as_mut().poll(cx)
        })
        .await;
        match &outcome {
            Ok(answer) => span.record("http.response.status_code", answer.raw.status.as_u16()),
            Err(error) => {
                if let Some(status) = error.status() {
                    span.record("http.response.status_code", status.as_u16());
                }
                span.record("error", error.to_string())
            }
        };
        outcome
    }
}

#[cfg(not(feature = "tracing"))]
fn traced<'a>(
    _: &'static OperationTable,
    work: impl Future<Output = Result<Received, Error>> + Send + 'a,
) -> impl Future<Output = Result<Received, Error>> + Send + 'a {
    work
}

/// What a generated client's builder holds.
#[derive(Clone)]
#[must_use]
pub struct ClientCoreBuilder {
    /// The caller's own, which stands before the document's.
    base_url: Option<String>,
    documented: Option<&'static str>,
    user_agent: &'static str,
    credentials: Vec<Credential>,
    headers: HeaderMap,
    transport: Option<Arc<dyn Transport>>,
    timeout: Option<Duration>,
    max_response_bytes: usize,
    unknown: Unknown,
    reconnect: Reconnect,
}

impl fmt::Debug for ClientCoreBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_deref().map(without_user))
            .field("credentials", &self.credentials)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl ClientCoreBuilder {
    /// A builder with the document's base URL and the crate's name for itself.
    pub fn new(base_url: Option<&'static str>, user_agent: &'static str) -> Self {
        Self {
            base_url: None,
            documented: base_url,
            user_agent,
            credentials: Vec::new(),
            headers: HeaderMap::new(),
            transport: None,
            timeout: None,
            max_response_bytes: MOST,
            unknown: Unknown::Reject,
            reconnect: Reconnect::default(),
        }
    }

    /// Where the API is: for every operation, those too to which the document gives a base URL of their own.
    pub fn base_url(mut self, base_url: String) -> Self {
        self.base_url = Some(base_url);
        self
    }

    /// Adds a credential, or changes the one of its scheme.
    pub fn credential(mut self, credential: Credential) -> Self {
        self.credentials
            .retain(|known| known.scheme() != credential.scheme());
        self.credentials.push(credential);
        self
    }

    /// A header of every request.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// How long a call may take.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How many bytes of an answer are read.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// Sends enum values that the document does not list.
    pub fn allow_unknown(mut self, allow: bool) -> Self {
        self.unknown = if allow {
            Unknown::Keep
        } else {
            Unknown::Reject
        };
        self
    }

    /// When streams of server-sent events are asked for again.
    pub fn reconnect(mut self, reconnect: Reconnect) -> Self {
        self.reconnect = reconnect;
        self
    }

    /// What sends the requests.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client, over a `tower` service. The document's base URL means nothing then: its path is where the service would
    /// be mounted.
    pub fn over(self, service: impl HttpService) -> ClientCore {
        let base_url = self.base_url.clone().filter(|url| is_base_url(url));
        let transport = Arc::new(Over(service));
        match base_url {
            Some(base_url) => self.finish(base_url, Bases::Paths, transport),
            None => self.finish(
                "http://in-process.invalid".to_owned(),
                Bases::None,
                transport,
            ),
        }
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// The base URL or the transport is missing, or something cannot be sent.
    pub fn build(mut self) -> Result<ClientCore, BuildError> {
        let own = self.base_url.take();
        let bases = if own.is_some() {
            Bases::Paths
        } else {
            Bases::All
        };
        let base_url = own
            .or(self.documented.map(str::to_owned))
            .ok_or(BuildError::MissingBaseUrl)?;
        if !is_base_url(&base_url) {
            return Err(BuildError::MalformedBaseUrl);
        }
        if !self.credentials.iter().all(Credential::is_sendable) {
            return Err(BuildError::MalformedHeader);
        }
        let transport = match self.transport.take() {
            Some(transport) => transport,
            None => self.default_transport()?,
        };
        Ok(self.finish(base_url, bases, transport))
    }

    #[cfg(feature = "reqwest")]
    fn default_transport(&mut self) -> Result<Arc<dyn Transport>, BuildError> {
        // Nobody wants a call that never ends.
        self.timeout.get_or_insert(Duration::from_secs(60));
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build();
        client
            .map(|client| Arc::new(client) as Arc<dyn Transport>)
            .map_err(|error| BuildError::Transport(error.to_string()))
    }

    #[cfg(not(feature = "reqwest"))]
    fn default_transport(&mut self) -> Result<Arc<dyn Transport>, BuildError> {
        Err(BuildError::MissingTransport)
    }

    fn finish(
        mut self,
        base_url: String,
        bases: Bases,
        transport: Arc<dyn Transport>,
    ) -> ClientCore {
        if let Ok(value) = HeaderValue::from_str(self.user_agent) {
            self.headers.entry(USER_AGENT).or_insert(value);
        }
        ClientCore(Arc::new(Settings {
            base_url,
            bases,
            credentials: self.credentials,
            headers: self.headers,
            transport,
            timeout: self.timeout,
            max_response_bytes: self.max_response_bytes,
            unknown: self.unknown,
            reconnect: self.reconnect,
        }))
    }
}

/// A URL may carry a user and a password (RFC 3986, section 3.2.1), which nobody should see.
fn without_user(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| {
        let authority = rest.split('/').next()?;
        let (_, host) = authority.rsplit_once('@')?;
        Some(format!(
            "{scheme}://[redacted]@{host}{}",
            &rest[authority.len()..]
        ))
    }) {
        Some(redacted) => redacted,
        None => url.to_owned(),
    }
}

fn is_base_url(url: &str) -> bool {
    let uri: Result<http::Uri, _> = url.parse();
    uri.is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.host().is_some_and(|host| !host.is_empty())
            && uri.query().is_none()
    }) && !url.contains('#')
}
