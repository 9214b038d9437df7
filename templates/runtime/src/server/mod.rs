//! The server side: routes, credentials, what is refused, and the handlers in between.

mod authenticate;
mod endpoint;
mod fixed;
mod limit;
mod negotiate;
mod read;
mod rejection;
mod route;
mod router;

pub use authenticate::{Authenticate, Presented, PresentedCredential, Scheme, SchemePlace};
pub use endpoint::{Endpoint, Handle, Incoming};
pub use limit::Limits;
pub use rejection::{ErrorResponse, Fault, Rejection};
pub use router::{Answering, Routes, RoutesBuilder, scheme};

#[cfg(feature = "arbitrary")]
pub(crate) use read::read;

/// A request as the operation's own route would receive it.
#[cfg(feature = "arbitrary")]
pub(crate) fn incoming(
    table: &'static super::operation::OperationTable,
    request: http::Request<super::Body>,
) -> Option<Incoming> {
    let mut root = route::Node::default();
    root.insert(table, 0);
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let (ends, texts) = root.find(&path)?;
    let named = ends.first()?.named(texts, &parts);
    let path = named.map(|(name, text)| (name, text.to_owned())).collect();
    Some(Incoming {
        parts,
        path,
        body,
        limits: Limits {
            body_bytes: usize::MAX,
            ..Limits::default()
        },
    })
}

/// The operation that a path is for, and the texts of its parameters.
#[cfg(feature = "arbitrary")]
pub(crate) fn routed(
    tables: &[&'static super::operation::OperationTable],
    path: &str,
) -> Option<(usize, Vec<(&'static str, String)>)> {
    let mut root = route::Node::default();
    for (position, table) in tables.iter().enumerate() {
        root.insert(table, position);
    }
    let (ends, texts) = root.find(path)?;
    let end = ends.first()?;
    let (parts, ()) = http::Request::new(()).into_parts();
    let named = end.named(texts, &parts);
    let texts = named.map(|(name, text)| (name, super::style::decoded(text, false).into_owned()));
    Some((end.endpoint, texts.collect()))
}
