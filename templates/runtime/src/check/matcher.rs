//! A pattern of the document, compiled where it is first needed.

use super::super::pattern::Pattern;
use std::sync::OnceLock;

/// A pattern of the document.
#[derive(Debug)]
pub struct Matcher {
    text: &'static str,
    pattern: OnceLock<Option<Pattern>>,
}

impl Matcher {
    /// A pattern by its text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            pattern: OnceLock::new(),
        }
    }

    /// The pattern as the document writes it.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Whether a text matches. What is no pattern matches everything; the generator writes none.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        let pattern = self.pattern.get_or_init(|| Pattern::new(self.text).ok());
        pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(text))
    }
}
