//! `format: password`: a string that no log shows.

use super::super::shape::{Expected, Text};

/// A string that `Debug` does not show and that has no `Display`.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Secret {
    /// A secret of this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

super::text! { Secret, Self::default(); }

impl Text for Secret {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        self.0 = text.to_owned();
        Ok(())
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.0);
    }
    fn as_str(&self) -> Option<&str> {
        Some(&self.0)
    }
    fn is_secret(&self) -> bool {
        true
    }
    fn sample(&self, seed: u64) -> String {
        format!("{:016x}", super::mixed(seed))
    }
}
