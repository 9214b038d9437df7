//! The operation `GET /v1/backups` by hand: what the generated crate is measured against.

pub mod client;
pub mod service;
pub mod types;
