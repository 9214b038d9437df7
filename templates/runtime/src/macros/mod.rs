//! The macros that generated code is written in. They name what the call site has in scope: `runtime`, and nothing else.

mod check;
#[cfg(feature = "client")]
mod client;
mod input;
mod operations;
#[cfg(feature = "server")]
mod server;
mod types;
mod union;

pub use check::check;
#[cfg(feature = "client")]
pub use client::{client, client_group, credential, http_client};
pub use input::input;
pub use operations::{
    answers, choice, headers, link_source, links, operation, operations, paging, successes,
};
#[cfg(feature = "server")]
pub use server::{handler, operations_of, router, scheme_place, server_group};
pub use types::{bridge, integer_enum, object, pick, places, string_enum};
pub use union::union;
