//! What a document may cost beyond its own size: a few lines that many places refer to are told again in each of them.
//!
//! A chain of 3,000 `allOf` has 4.5 million members, a response with 500 header fields that 500 operations answer with 250,000
//! of them. What real descriptions need is some two or three parts for each value that they write; who wants a hundred is not
//! describing an API. Without a bound memory is what ends.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::source::NodeId;

/// Parts that any document may have.
const FREE: usize = 250_000;

/// Parts for each value of the document.
const FOR_EACH_VALUE: usize = 8;

/// How much documentation counts as a part of its own.
const WORDS: usize = 500;

/// What is left of what a document may cost.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    left: usize,
    is_spent: bool,
}

impl Budget {
    /// For a document of so many values, unless the configuration says how many parts there may be.
    pub(crate) fn new(values: usize, most: Option<usize>) -> Self {
        let usual = || FREE.saturating_add(values.saturating_mul(FOR_EACH_VALUE));
        let most = most.unwrap_or_else(usual);
        Self {
            most,
            left: most,
            is_spent: false,
        }
    }

    /// Takes what some parts cost; `false`, and once an error, if that is more than the document may.
    pub(crate) fn afford(
        &mut self,
        at: NodeId,
        parts: usize,
        diagnostics: &mut Diagnostics,
    ) -> bool {
        if let Some(left) = self.left.checked_sub(parts) {
            self.left = left;
            return !self.is_spent;
        }
        if !self.is_spent {
            self.is_spent = true;
            let message = format!(
                "more than {} members, parameters, headers and bodies in all",
                self.most
            );
            diagnostics.report(
                Diagnostic::new(code::TOO_LARGE, Place::Node(at), message)
                    .label("the limit is passed here")
                    .help("let fewer places include what is large; `[limits] parts` in `oasmith.toml` sets another limit"),
            );
        }
        false
    }

    /// Whether the document has cost more than it may: nothing will be generated.
    pub(crate) const fn is_spent(&self) -> bool {
        self.is_spent
    }
}

/// What documentation costs that each place has a copy of.
pub(crate) fn of_words(text: Option<&str>) -> usize {
    text.map_or(0, str::len) / WORDS
}
