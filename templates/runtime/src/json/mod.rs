//! JSON text from and to any shape.
//!
//! Instructions of a list of 4 backups of 13 fields, 2 KB, beside serde's derive over serde_json (`cargo xtask bench`): read 45 k to
//! 59 k, written 23 k to 46 k; through the serde bridge 58 k and 49 k.

mod error;
mod member;
mod read;
mod scan;
mod text;
mod union;
mod write;

pub use error::{Malformed, Misfit, Unwritable};
pub use read::{ReadOptions, read, read_into};
pub use write::{WriteOptions, write, write_view};

#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use error::escape;
pub(crate) use error::{append, quote};
pub(crate) use member::{Seen, position};
pub(crate) use read::{default_into, exact_integer, fill_default};
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) use write::ROOM;

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
