//! Answers between values and HTTP.

#[cfg(feature = "client")]
mod read;
#[cfg(feature = "server")]
mod write;

#[cfg(feature = "client")]
pub(crate) use read::{Received, read, receive};
#[cfg(feature = "server")]
pub(crate) use write::write;
