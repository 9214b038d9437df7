//! Generates Rust crates from OpenAPI documents.

mod diagnostic;
mod document;
mod ir;
mod source;
