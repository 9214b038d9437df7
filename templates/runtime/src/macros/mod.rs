//! The macros that generated code is written in. They name what the call site has in scope: `runtime`, and nothing else.

mod types;

pub use types::{bridge, integer_enum, mark, object, pick, string_enum};
