//! Files become one [`Tree`] of located values; nothing here knows OpenAPI but the words that references are made of.

mod address;
mod build;
mod encoding;
mod graft;
mod json;
mod jsonpath;
mod load;
mod overlay;
mod remake;
mod resolve;
mod scalar;
mod text;
mod tree;
mod uri;
mod yaml;

#[cfg(test)]
mod overlay_tests;
#[cfg(test)]
mod reference_tests;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use load::load_text;
pub(crate) use load::{Limits, Reach, load};
pub(crate) use remake::{Key, New};
pub(crate) use text::{FileId, SourceFile, Sources, Span};
pub(crate) use tree::{Entry, NodeId, Tree, Value};
