//! Generates Rust crates from OpenAPI documents.

mod diagnostic;
mod document;
mod ir;
mod read;
mod source;

pub use read::supported_features;
