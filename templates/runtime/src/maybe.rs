//! A member that may be absent, null, or have a value.

use super::shape::{Held, Optional, Shape, Slot};

/// A member that may be left out and may be null, which are two different things (in a merge patch, say).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Maybe<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// Whether the member is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The same with a reference to the value.
    pub const fn as_ref(&self) -> Maybe<&T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The same with a mutable reference to the value.
    pub const fn as_mut(&mut self) -> Maybe<&mut T> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(value),
        }
    }

    /// The value, if there is one.
    pub fn value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The same with the value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Maybe<U> {
        match self {
            Self::Absent => Maybe::Absent,
            Self::Null => Maybe::Null,
            Self::Value(value) => Maybe::Value(change(value)),
        }
    }

    /// `None` where absent, `Some(None)` where null.
    pub fn known(self) -> Option<Option<T>> {
        match self {
            Self::Absent => None,
            Self::Null => Some(None),
            Self::Value(value) => Some(Some(value)),
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Shape> Shape for Maybe<T> {
    type Kind = super::kind::Optional;

    fn empty() -> Self {
        Self::Absent
    }
}

impl<T: Shape> Optional for Maybe<T> {
    fn fill(&mut self) -> Slot<'_> {
        *self = Self::Value(T::empty());
        match self {
            Self::Value(value) => value.slot(),
            // Not reached: the line above. Its own place is an honest answer that needs no panic.
            Self::Absent | Self::Null => Slot::Optional(self),
        }
    }
    fn set_null(&mut self) {
        *self = Self::Null;
    }
    fn clear(&mut self) {
        *self = Self::Absent;
    }
    fn held(&self) -> Held<'_> {
        match self {
            Self::Absent => Held::Nothing,
            Self::Null => Held::Null,
            Self::Value(value) => Held::Value(value.view()),
        }
    }
    fn words(&self) -> (&'static str, &'static str) {
        ("Absent", "Value")
    }
    fn place(&mut self) -> Option<Slot<'_>> {
        self.as_mut().value().map(Shape::slot)
    }
}
