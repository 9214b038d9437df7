//! YAML from and to any shape (RFC 9512): its text becomes JSON text, and the other way round, so that a body in YAML means what
//! the same body in JSON means.
//!
//! A stream holds one document. Plain scalars are typed by the core schema of YAML 1.2.2 (section 10.3); `<<` merges nothing,
//! and a tag other than those of the core schema says nothing.

mod read;
mod scalar;
mod write;

pub use read::read;
pub use write::write;
