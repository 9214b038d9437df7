//! A crate whose API is generated from `openapi.yaml` each time that changes.

/// The API: types, operations, client and server.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/openapi.rs"));
}
