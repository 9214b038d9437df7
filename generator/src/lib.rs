//! Generates Rust crates from OpenAPI documents.
