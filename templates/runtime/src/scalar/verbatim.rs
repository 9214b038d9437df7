//! A value with the text that it was read from, for crates that keep all that they read.

use super::super::shape::{Expected, Shape, Text};
use std::cmp::Ordering;
use std::fmt::{self, Debug, Display, Formatter};
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// A value of a format that has several texts for one (a date and time, a UUID, an IPv6 address), which is written again
/// exactly as it was read: `2024-02-29T12:30:00.50Z` keeps its zero. It is what it holds (`Deref`), is made of it (`From`),
/// and two are equal if what they hold is. `Display` shows the text.
#[derive(Clone, Default)]
pub struct Verbatim<T> {
    value: T,
    /// Unless it is the one that the value is written as.
    text: Option<Box<str>>,
}

impl<T> Verbatim<T> {
    /// The value, without its text.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Verbatim<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<T> for Verbatim<T> {
    fn from(value: T) -> Self {
        Self { value, text: None }
    }
}

impl<T: Text> Display for Verbatim<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

impl<T: Debug> Debug for Verbatim<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: PartialEq> PartialEq for Verbatim<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Verbatim<T> {}

impl<T: Hash> Hash for Verbatim<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

impl<T: PartialOrd> PartialOrd for Verbatim<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        self.value.partial_cmp(&other.value)
    }
}

impl<T: Ord> Ord for Verbatim<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value.cmp(&other.value)
    }
}

impl<T: Shape + Text> Shape for Verbatim<T> {
    type Kind = super::super::kind::Text;

    fn empty() -> Self {
        T::empty().into()
    }
}

impl<T: Text> Text for Verbatim<T> {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        self.value.read(text)?;
        let mut own = String::with_capacity(text.len());
        self.value.write(&mut own);
        self.text = (own != text).then(|| text.into());
        Ok(())
    }
    fn write(&self, out: &mut String) {
        match &self.text {
            Some(text) => out.push_str(text),
            None => self.value.write(out),
        }
    }
    fn is_plain(&self) -> bool {
        self.text.is_none() && self.value.is_plain()
    }
    fn instant(&self) -> Option<i128> {
        self.value.instant()
    }
    fn meant(&self) -> Option<&dyn Text> {
        // Of what is written as it would be anyway nothing else is meant.
        self.text.as_ref().and(Some(&self.value))
    }
    fn sample(&self, seed: u64) -> String {
        self.value.sample(seed)
    }
}
