//! Generates Rust crates from OpenAPI documents.

mod diagnostic;
mod document;
mod emit;
mod ir;
mod lower;
mod name;
mod output;
mod package;
mod read;
mod render;
mod source;

pub use read::supported_features;
