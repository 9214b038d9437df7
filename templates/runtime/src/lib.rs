//! The runtime of generated crates: shapes and their codecs, operations, the client and the server side.
//!
//! Generated code is data: plain types with tables that say what the document says. Everything else is here, once.

#[cfg(any(feature = "client", feature = "server"))]
mod accept;
#[cfg(feature = "arbitrary")]
pub mod arbitrary;
mod body;
#[doc(hidden)]
pub mod bridge;
#[cfg(feature = "client")]
mod call;
mod capture;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod charset;
pub mod check;
#[cfg(feature = "client")]
mod client;
mod container;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod content;
#[cfg(feature = "client")]
mod credentials;
pub mod decimal;
mod deep;
mod error;
mod foreign;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod form;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod frame;
#[cfg(any(feature = "client", feature = "server"))]
mod header;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod item;
pub mod json;
#[doc(hidden)]
pub mod kind;
#[cfg(feature = "client")]
#[doc(hidden)]
pub mod link;
mod macros;
mod maybe;
#[cfg(any(feature = "client", feature = "server"))]
mod media;
#[cfg(any(feature = "client", feature = "server"))]
mod media_type;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod multipart;
pub mod operation;
#[cfg(feature = "client")]
mod paging;
mod part;
pub mod pattern;
mod pointer;
#[cfg(feature = "client")]
mod reconnect;
#[cfg(feature = "client")]
mod request;
#[cfg(any(feature = "client", feature = "server"))]
mod response;
#[doc(hidden)]
pub mod same;
mod scalar;
#[cfg(feature = "server")]
mod server;
pub mod shape;
#[doc(hidden)]
pub mod show;
mod stream;
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod style;
pub mod table;
#[cfg(any(feature = "client", feature = "server"))]
mod template;
mod transport;
pub mod tuple;
mod turn;
mod union;
mod validate;
#[cfg(any(feature = "client", feature = "server"))]
mod variant;
#[cfg(feature = "arbitrary")]
pub mod wire;
#[doc(hidden)]
pub mod words;
#[cfg(feature = "xml")]
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod xml;
#[cfg(feature = "yaml")]
#[cfg(any(feature = "client", feature = "server"))]
#[doc(hidden)]
pub mod yaml;

pub use body::{Body, BoxError, CollectError};
#[cfg(feature = "client")]
pub use call::{Call, CallFuture, Raw};
#[cfg(feature = "client")]
pub use client::{ClientCore, ClientCoreBuilder};
#[cfg(feature = "client")]
pub use credentials::{Credential, CredentialKind};
pub use deep::{Apart, Deep, apart};
pub use error::{BuildError, Error, InvalidRequest, NotOk, RawAnswer};
pub use foreign::{Parsed, Serde};
pub use json::{Malformed, Misfit, Unknown, Unwritable};
pub use macros::*;
pub use maybe::Maybe;
#[cfg(feature = "client")]
pub use paging::{Items, ItemsError, Pages};
pub use part::Part;
#[cfg(feature = "client")]
pub use reconnect::Reconnect;
pub use scalar::{
    Base64, Base64Url, Secret, UnixMicros, UnixMillis, UnixNanos, UnixSeconds, UnixTime, Verbatim,
};
#[cfg(feature = "server")]
pub use server::{
    Answering, Authenticate, Endpoint, ErrorResponse, Fault, Handle, Incoming, Limits, Presented,
    PresentedCredential, Rejection, Routes, RoutesBuilder, Scheme, SchemePlace, scheme,
};
pub use shape::{Expected, Shape};
pub use stream::{Stream, StreamError};
pub use tower_service::Service;
pub use transport::{HttpBody, HttpService, Sending, Transport};
pub use tuple::Tuple;
pub use turn::Turn;
pub use validate::{Violation, Violations, validate, validate_as};

#[cfg(feature = "reqwest")]
#[doc(hidden)]
pub use reqwest;
#[doc(hidden)]
pub use serde;
