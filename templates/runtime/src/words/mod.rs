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
mod registry;
mod rule;
#[cfg(test)]
mod tests;
mod union;

use super::check::{Rule, To};
use reader::Reader;
use registry::Registry;

/// The text of a macro call, the name of the type first, and the schemas that it refers to.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    text: &'static str,
    checks: &'static [(&'static str, To)],
}

impl Words {
    /// Words that refer to no schema.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, checks: &[] }
    }

    /// The same, which refer to these schemas.
    #[must_use]
    pub const fn with(self, checks: &'static [(&'static str, To)]) -> Self {
        Self { checks, ..self }
    }

    /// The table that they are of, taken apart when it is first asked for.
    #[must_use]
    pub fn table<T: Table>(self) -> &'static T {
        T::registry().get(self)
    }
}

/// What words become.
pub trait Table: Sized + 'static {
    /// Where tables of this kind are kept.
    #[doc(hidden)]
    fn registry() -> &'static Registry<Self>;
    #[doc(hidden)]
    fn read(words: &mut Reader) -> Self;
}

/// The rules that words are of.
pub(super) fn rules(text: &'static str, checks: &'static [(&'static str, To)]) -> &'static [Rule] {
    rule::rules(&mut Reader::new(text, checks))
}
