//! JSON text from and to any shape.

mod error;
mod member;
mod read;
mod scan;
mod text;
mod write;

pub use error::{Malformed, Unwritable};
pub use read::{ReadOptions, read, read_into};
pub use write::{WriteOptions, write, write_view};

pub(crate) use error::escape;
pub(crate) use member::{Seen, position};
pub(crate) use read::{exact_integer, fill_default};

/// How deep values nest unless somebody says otherwise.
pub const DEPTH: u16 = 128;

/// What to do with a value that an open enum or an open union does not list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// It is kept: the other side may know more than the document.
    #[default]
    Keep,
    /// It is an error.
    Reject,
}
