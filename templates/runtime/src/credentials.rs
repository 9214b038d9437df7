//! What a client proves itself with, and where each proof stands in a request.

use super::error::{Error, InvalidRequest};
use super::operation::{OperationTable, Requirement};
use super::request::Prepared;
use super::style::percent_encoded;
use base64::Engine;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
use std::fmt;

/// A credential for one security scheme. `Debug` does not show it.
#[derive(Clone)]
pub struct Credential {
    scheme: &'static str,
    kind: CredentialKind,
    value: String,
}

/// Where a credential stands in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialKind {
    /// `Authorization: Bearer …` (RFC 6750).
    Bearer,
    /// `Authorization: Basic …` (RFC 7617); the value is `user:password`.
    Basic,
    /// A header of this name.
    Header(&'static str),
    /// A parameter of the query of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Credential({}, [redacted])", self.scheme)
    }
}

impl Credential {
    /// A credential for the scheme of this key in the document.
    #[must_use]
    pub fn new(scheme: &'static str, kind: CredentialKind, value: String) -> Self {
        Self {
            scheme,
            kind,
            value,
        }
    }

    pub(crate) fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Whether its place can carry it.
    pub(crate) fn is_sendable(&self) -> bool {
        matches!(self.kind, CredentialKind::Query(_) | CredentialKind::Basic)
            || self
                .value
                .bytes()
                .all(|byte| matches!(byte, b'!'..=b'~' | b' '))
    }

    fn apply(&self, request: &mut Prepared) -> Option<()> {
        if !self.is_sendable() {
            return None;
        }
        let secret = |text: &str| {
            let mut value = HeaderValue::from_str(text).ok()?;
            value.set_sensitive(true);
            Some(value)
        };
        match self.kind {
            CredentialKind::Bearer => {
                request
                    .headers
                    .insert(AUTHORIZATION, secret(&format!("Bearer {}", self.value))?);
            }
            CredentialKind::Basic => {
                let encoded = base64::engine::general_purpose::STANDARD.encode(&self.value);
                request
                    .headers
                    .insert(AUTHORIZATION, secret(&format!("Basic {encoded}"))?);
            }
            CredentialKind::Header(name) => {
                let name: HeaderName = name.parse().ok()?;
                request.headers.insert(name, secret(&self.value)?);
            }
            CredentialKind::Query(name) => {
                let joint = if request.target.contains('?') {
                    '&'
                } else {
                    '?'
                };
                let (name, value) = (percent_encoded(name), percent_encoded(&self.value));
                request.target.push_str(&format!("{joint}{name}={value}"));
            }
            CredentialKind::Cookie(name) => {
                let known = request
                    .headers
                    .get(COOKIE)
                    .and_then(|value| value.to_str().ok());
                let before = known.map_or(String::new(), |known| format!("{known}; "));
                request
                    .headers
                    .insert(COOKIE, secret(&format!("{before}{name}={}", self.value))?);
            }
        }
        Some(())
    }
}

/// Proves the caller by the first alternative whose schemes are all known; an empty one is the last resort.
pub(crate) fn apply(
    table: &OperationTable,
    credentials: &[Credential],
    request: &mut Prepared,
) -> Result<(), Error> {
    if table.security.is_empty() {
        return Ok(());
    }
    let find = |requirement: &Requirement| {
        credentials
            .iter()
            .find(|known| known.scheme == requirement.scheme)
    };
    let complete = |alternative: &&&[Requirement]| {
        alternative
            .iter()
            .all(|requirement| find(requirement).is_some())
    };
    let proving = table
        .security
        .iter()
        .filter(|alternative| !alternative.is_empty())
        .find(complete);
    let Some(alternative) = proving.or_else(|| table.security.iter().find(complete)) else {
        let names =
            |alternative: &&[Requirement]| alternative.iter().map(|one| one.scheme).collect();
        return Err(Error::MissingCredentials {
            alternatives: table.security.iter().map(names).collect(),
        });
    };
    for credential in alternative.iter().filter_map(find) {
        credential.apply(request).ok_or_else(|| InvalidRequest {
            place: credential.scheme.to_owned(),
            reason: "the credential has characters that its place cannot carry",
        })?;
    }
    Ok(())
}
