//! Parameters between values and text: one table of styles (OpenAPI 3.2, section "Style Values"; RFC 6570, section 3.2).

#[cfg(feature = "server")]
mod read;
mod scalar;
#[cfg(feature = "client")]
mod write;

#[cfg(feature = "server")]
pub(crate) use read::{Fault, Raw, read};
#[cfg(feature = "client")]
pub(crate) use scalar::scalar as fill_text;
#[cfg(feature = "client")]
pub(crate) use write::write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};

/// RFC 3986's unreserved characters stand as they are.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value as the styles see it.
enum Flat {
    #[cfg(feature = "client")]
    Nothing,
    One(String),
    List(Vec<String>),
    Pairs(Vec<(String, String)>),
}
