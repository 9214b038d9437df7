//! Types of others in the place of a schema: `Parsed` of what is a text, `Serde` of what serde reads and writes.
//!
//! Both are what their type is (`Deref`), and are made of it (`From`, [`Serde::new`]). A placeholder of theirs holds nothing; like every
//! placeholder it never leaves a failed read.

use super::kind::{Kind, Own};
use super::shape::{Expected, Foreign, Shape, Slot, Text, View};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::type_name;
use std::fmt::{self, Debug, Display, Formatter};
use std::ops::Deref;
use std::str::FromStr;

/// A value that is a string on the wire: its type reads it by `FromStr` and writes it by `Display`, and each is the other's inverse.
/// Two are the same, for types of the document, if their texts are.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Parsed<T>(Option<T>);

impl<T> Parsed<T> {
    /// The value itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        match self.0 {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

impl<T> Deref for Parsed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        match &self.0 {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

/// A placeholder that somebody has looked into: a mistake in this runtime, whatever is on the wire.
#[cold]
fn placeholder() -> ! {
    unreachable!("a placeholder has left a failed read")
}

impl<T> From<T> for Parsed<T> {
    fn from(value: T) -> Self {
        Self(Some(value))
    }
}

impl<T: FromStr> FromStr for Parsed<T> {
    type Err = T::Err;
    fn from_str(text: &str) -> Result<Self, T::Err> {
        text.parse().map(|value| Self(Some(value)))
    }
}

impl<T: Default> Default for Parsed<T> {
    fn default() -> Self {
        Self(Some(T::default()))
    }
}

impl<T: Display> Display for Parsed<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |value| value.fmt(f))
    }
}

impl<T: Display> Debug for Parsed<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.to_string(), f)
    }
}

impl<T: FromStr + Display + 'static> Shape for Parsed<T> {
    type Kind = super::kind::Text;

    fn empty() -> Self {
        Self(None)
    }
}

/// Texts that types of strings usually read; which of them a type does is seen.
const TEXTS: &[&str] = &[
    "https://example.com/a?b=c",
    "1",
    "12.5",
    "a",
    "a/b",
    "a@example.com",
    "example.com",
    "192.0.2.1",
    "2001:db8::1",
    "192.0.2.0/24",
    "2024-02-29",
    "12:30:00",
    "2024-02-29T12:30:00Z",
    "PT1H",
    "1h",
    "1.2.3",
    "text/plain",
    "en",
    "EUR",
    "6f9619ff-8b86-4011-b42d-00c04fc964ff",
    "true",
    "0a",
];

impl<T: FromStr + Display> Text for Parsed<T> {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        self.0 = Some(text.parse().map_err(|_| Expected(type_name::<T>()))?);
        Ok(())
    }
    fn write(&self, out: &mut String) {
        use fmt::Write;
        // Writing into a string does not fail; a `Display` that does has nothing to add.
        let _ = write!(out, "{self}");
    }
    fn sample(&self, seed: u64) -> String {
        let from = (seed % TEXTS.len() as u64) as usize;
        let mut texts = TEXTS.iter().cycle().skip(from).take(TEXTS.len());
        let text = texts.find(|text| text.parse::<T>().is_ok());
        text.copied().unwrap_or_default().to_owned()
    }
}

/// A value of any JSON that its type reads and writes by serde. It keeps its JSON beside it, by which it is compared and shown, and
/// does not change.
#[derive(Clone)]
pub struct Serde<T> {
    value: Option<T>,
    json: serde_json::Value,
}

impl<T: Serialize> Serde<T> {
    /// A value with its JSON.
    ///
    /// # Errors
    ///
    /// It has none: a map whose keys are no strings, say.
    pub fn new(value: T) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_value(&value)?;
        let value = Some(value);
        Ok(Self { value, json })
    }
}

impl<T> Serde<T> {
    /// The value itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        match self.value {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

impl<T> Deref for Serde<T> {
    type Target = T;
    fn deref(&self) -> &T {
        match &self.value {
            Some(value) => value,
            None => placeholder(),
        }
    }
}

impl<T> PartialEq for Serde<T> {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl<T> Eq for Serde<T> {}

impl<T> Debug for Serde<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Debug::fmt(&self.json, f)
    }
}

impl<T: Serialize + DeserializeOwned + 'static> Shape for Serde<T> {
    type Kind = Own;

    fn empty() -> Self {
        let json = serde_json::Value::Null;
        Self { value: None, json }
    }
}

impl<T: Serialize + DeserializeOwned> Kind<Serde<T>> for Own {
    fn slot(value: &mut Serde<T>) -> Slot<'_> {
        Slot::Foreign(value)
    }
    fn view(value: &Serde<T>) -> View<'_> {
        View::Json(&value.json)
    }
}

impl<T: Serialize + DeserializeOwned> Foreign for Serde<T> {
    fn read(&mut self, json: serde_json::Value) -> Result<(), Expected> {
        let expected = |_| Expected(type_name::<T>());
        let value = T::deserialize(&json).map_err(expected)?;
        // What is sent on is what the type says, which may leave out or fill in.
        *self = Self::new(value).map_err(expected)?;
        Ok(())
    }
}

/// Reads JSON as a codec does, and then the value from it.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn read<E>(
    place: &mut dyn Foreign,
    read: impl FnOnce(Slot<'_>) -> Result<(), E>,
    misfit: impl FnOnce(Expected) -> E,
) -> Result<(), E> {
    let mut json = serde_json::Value::Null;
    read(Slot::Json(&mut json))?;
    place.read(json).map_err(misfit)
}
