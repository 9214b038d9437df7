//! The runtime of generated crates.

#[cfg(feature = "arbitrary")]
pub mod arbitrary;
#[doc(hidden)]
pub mod bridge;
mod container;
pub mod decimal;
pub mod json;
mod macros;
mod maybe;
mod scalar;
pub mod shape;
pub mod table;
mod validate;

pub use json::{Malformed, Unknown, Unwritable};
pub use macros::{bridge, integer_enum, mark, object, pick, string_enum};
pub use maybe::Maybe;
pub use scalar::{Base64, Secret};
pub use shape::{Expected, Shape};
pub use validate::{Violation, Violations, validate, validate_as};

#[doc(hidden)]
pub use serde;
