//! From the document's words, as the macros keep them, to tables.
//!
//! What a macro call says is kept as its text and taken apart when its table is first asked for: the compiler meets one
//! literal a type or an operation in place of a constant with several expressions a member. (`cargo check` of 2,000 structs
//! and 1,200 operations costs a quarter less, and a process takes apart only what it uses, once, in a microsecond or two.)
//! The generator writes the words, so they are right; whatever is not is passed over, and noticed in debug builds.

mod mark;
mod object;
mod operation;
mod reader;
mod rule;
#[cfg(test)]
mod tests;
mod union;

use super::check::{Check, To};
use reader::Reader;
use std::sync::OnceLock;

/// A table by its words.
#[derive(Debug)]
pub struct Words<T: 'static> {
    text: &'static str,
    checks: &'static [(&'static str, To)],
    table: OnceLock<T>,
}

impl<T: Table> Words<T> {
    /// By the text of a macro call, the name of the type first, and the schemas that it refers to.
    #[must_use]
    pub const fn new(
        text: &'static str,
        checks: &'static [(&'static str, &'static Check)],
    ) -> Self {
        Self {
            text,
            checks,
            table: OnceLock::new(),
        }
    }

    /// Of what has been taken apart already.
    pub(super) fn read(table: T) -> Self {
        Self {
            table: OnceLock::from(table),
            ..Self::new("", &[])
        }
    }

    /// The table.
    #[must_use]
    pub fn get(&'static self) -> &'static T {
        self.table
            .get_or_init(|| T::read(&mut Reader::new(self.text, self.checks)))
    }
}

/// What words become.
pub trait Table: Sized {
    #[doc(hidden)]
    fn read(words: &mut Reader) -> Self;
}

pub use rule::Rules;
