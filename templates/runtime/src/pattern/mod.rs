//! Regular expressions of ECMA-262 as JSON Schema's `pattern` uses them: Unicode mode, no flags, found anywhere in the text.
//!
//! A matcher of our own and not a crate: what generated crates match is small, `regex` costs them more compile time than
//! everything else in this runtime, has no look-around, and means other things by `\d`, `\w` and `$`; the engines that
//! read ECMA-262 do not stop. This one does: after [`LIMIT`] steps the answer is no. Only `std` is used, because the
//! generator compiles the same files to refuse what is no pattern.

mod category;
mod class;
mod escape;
mod parse;
mod program;
mod run;
#[cfg(feature = "arbitrary")]
mod sample;

use program::Program;

/// Steps after which a text does not match, whatever would come of going on. A pattern that does not refer to its own
/// groups gets as many more as it has places to be in, and so comes to its end.
pub const LIMIT: u32 = 1_000_000;

/// A compiled pattern.
#[derive(Debug)]
pub struct Pattern {
    program: Program,
}

/// Why a text is no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Position in the pattern, in bytes.
    pub at: usize,
    /// What is wrong there, in words.
    pub reason: &'static str,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    ///
    /// The text is no pattern of ECMA-262 (section 22.2.1, with the leniencies of annex B.1.2 that documents rely on), asks
    /// for a Unicode property that is not known here, or repeats so much that it would be too large.
    pub fn new(text: &str) -> Result<Self, Fault> {
        let parsed = parse::parse(text)?;
        let program = program::compile(&parsed).ok_or(Fault {
            at: 0,
            reason: "it repeats too much to be compiled",
        })?;
        Ok(Self { program })
    }

    /// A text that the pattern matches, chosen by numbers below the limits that `choose` is given; `more` is how many times
    /// more than it has to be something is repeated at most. What it looks for around itself has to be tried.
    #[cfg(feature = "arbitrary")]
    #[must_use]
    pub fn sample(text: &str, more: u32, choose: &mut dyn FnMut(u64) -> u64) -> Option<String> {
        let parsed = parse::parse(text).ok()?;
        let mut sampler = sample::Sampler {
            choose,
            more,
            text: String::new(),
            captures: Vec::new(),
        };
        sampler.node(&parsed.node)?;
        Some(sampler.text)
    }

    /// Whether it is found anywhere in the text. No, if that takes more steps than it gets.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        run::search(&self.program, text).unwrap_or(false)
    }
}
