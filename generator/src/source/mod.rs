//! Files become one [`Tree`] of located values; nothing here knows OpenAPI but the word `$ref`.

mod build;
mod json;
mod load;
mod resolve;
mod scalar;
mod text;
mod tree;
mod yaml;

#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use load::load_text;
pub(crate) use load::{Limits, load};
pub(crate) use resolve::ResolveError;
pub(crate) use text::{FileId, SourceFile, Sources, Span};
pub(crate) use tree::{Entry, NodeId, Tree, Value};
