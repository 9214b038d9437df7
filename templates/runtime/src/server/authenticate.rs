//! Who calls: credentials as a request presents them, and the implementor's answer.

use super::super::operation::{OperationTable, Requirement};
use super::rejection::{ErrorResponse, Rejection};
use base64::Engine;
use http::header::{AUTHORIZATION, COOKIE};
use http::request::Parts;
use std::fmt;
use std::future::Future;

/// Turns credentials into the caller that handlers are told of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say who calls",
    note = "implement `Authenticate`: its `authenticate` turns a presented credential into a `Caller`"
)]
pub trait Authenticate: Send + Sync + 'static {
    /// Who calls.
    type Caller: Send + 'static;
    /// Why there is no documented answer; also what the router's own rejections become.
    type Failure: From<Rejection> + Into<ErrorResponse> + Send + 'static;

    /// The caller that a complete alternative of the document's requirements proves.
    fn authenticate(
        &self,
        presented: Presented<'_>,
    ) -> impl Future<Output = Result<Self::Caller, Self::Failure>> + Send;
}

/// Every credential of one alternative; most alternatives have one.
#[derive(Debug)]
pub struct Presented<'a> {
    credentials: Vec<PresentedCredential<'a>>,
    operation: &'static OperationTable,
}

/// A credential as a request presents it. `Debug` does not show its value.
pub struct PresentedCredential<'a> {
    /// The scheme's key in the document.
    pub scheme: &'static str,
    /// The scopes that the operation needs.
    pub scopes: &'static [&'static str],
    /// The token, the key, or `user:password`.
    pub value: std::borrow::Cow<'a, str>,
}

impl fmt::Debug for PresentedCredential<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PresentedCredential({}, [redacted])", self.scheme)
    }
}

impl Presented<'_> {
    /// The scheme of the first credential, by its key in the document.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.credentials
            .first()
            .map_or("", |credential| credential.scheme)
    }

    /// The first credential: the token, the key, or `user:password`.
    #[must_use]
    pub fn value(&self) -> &str {
        self.credentials
            .first()
            .map_or("", |credential| &credential.value)
    }

    /// The scopes that the operation needs of the first credential.
    #[must_use]
    pub fn scopes(&self) -> &'static [&'static str] {
        self.credentials
            .first()
            .map_or(&[], |credential| credential.scopes)
    }

    /// Every credential of the alternative.
    #[must_use]
    pub fn all(&self) -> &[PresentedCredential<'_>] {
        &self.credentials
    }

    /// The operation that is called.
    #[must_use]
    pub fn operation(&self) -> &'static OperationTable {
        self.operation
    }
}

/// Where a scheme's credential stands in a request.
#[derive(Clone, Copy, Debug)]
pub struct Scheme {
    /// The key in the document.
    pub key: &'static str,
    /// Where its credential stands.
    pub place: SchemePlace,
}

/// Where a credential stands in a request.
#[derive(Clone, Copy, Debug)]
pub enum SchemePlace {
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header.
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// The first alternative of which the request presents every credential.
pub(super) fn presented<'a>(
    operation: &'static OperationTable,
    schemes: &[Scheme],
    parts: &'a Parts,
) -> Option<Presented<'a>> {
    let one = |requirement: &'static Requirement| {
        let scheme = schemes
            .iter()
            .find(|scheme| scheme.key == requirement.scheme)?;
        let value = value(scheme.place, parts)?;
        Some(PresentedCredential {
            scheme: requirement.scheme,
            scopes: requirement.scopes,
            value,
        })
    };
    let alternatives = operation
        .security
        .iter()
        .filter(|alternative| !alternative.is_empty());
    let complete = alternatives
        .filter_map(|alternative| alternative.iter().map(one).collect::<Option<Vec<_>>>());
    complete
        .map(|credentials| Presented {
            credentials,
            operation,
        })
        .next()
}

fn value(place: SchemePlace, parts: &Parts) -> Option<std::borrow::Cow<'_, str>> {
    // Who says two things proves neither: what stands before this server may have looked at the other one.
    let header = |name: &str| {
        let mut values = parts.headers.get_all(name).iter();
        match (values.next(), values.next()) {
            (Some(value), None) => value.to_str().ok(),
            _ => None,
        }
    };
    let authorization = |scheme: &str| {
        let (found, value) = header(AUTHORIZATION.as_str())?.split_once(' ')?;
        found.eq_ignore_ascii_case(scheme).then(|| value.trim())
    };
    match place {
        SchemePlace::Bearer => authorization("bearer").map(Into::into),
        SchemePlace::Basic => {
            let decoded = base64::engine::general_purpose::STANDARD
                .decode(authorization("basic")?)
                .ok()?;
            String::from_utf8(decoded).ok().map(Into::into)
        }
        SchemePlace::Header(name) => header(name).map(Into::into),
        SchemePlace::Query(name) => parts.uri.query()?.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            (decoded(key) == name).then(|| decoded(value).into())
        }),
        // HTTP/2 may send each cookie in a field of its own (RFC 9113, section 8.2.3).
        SchemePlace::Cookie(name) => {
            let fields = parts.headers.get_all(COOKIE).iter();
            let texts = fields.filter_map(|value| value.to_str().ok());
            let mut pairs = texts.flat_map(|text| text.split(';'));
            pairs.find_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                (key.trim() == name).then(|| value.trim().into())
            })
        }
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_encoding::percent_decode_str(&text)
        .decode_utf8_lossy()
        .into_owned()
}

/// 401 with the challenges of the operation's schemes.
pub(super) fn missing(operation: &OperationTable, schemes: &[Scheme]) -> Rejection {
    let mut rejection = Rejection::unauthorized("a credential is needed");
    let needed = operation
        .security
        .iter()
        .flat_map(|alternative| alternative.iter());
    let mut told = Vec::new();
    for requirement in needed {
        let place = schemes
            .iter()
            .find(|scheme| scheme.key == requirement.scheme)
            .map(|scheme| scheme.place);
        let challenge = match place {
            Some(SchemePlace::Bearer) => "Bearer",
            Some(SchemePlace::Basic) => "Basic realm=\"api\"",
            _ => continue,
        };
        if !told.contains(&challenge) {
            told.push(challenge);
            rejection = rejection.challenge(challenge);
        }
    }
    rejection
}
