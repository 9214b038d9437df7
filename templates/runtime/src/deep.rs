//! A value kept apart from the one that holds it.

use super::shape::Shape;
use std::collections::BTreeMap;
use std::fmt::{self, Debug as _};
use std::ops::{Deref, DerefMut};

/// A box around a value that other values hold in a long chain.
///
/// The compiler proves that a type is `Send` and `Sync` through everything that the type holds, and gives up (E0275) where types
/// hold one another in a chain of more than about thirty. The proof for a `Deep<T>` ends with it: that `T` is both is shown
/// once, where a `Deep<T>` is made. (It does not help where code is compiled for each type of the chain: see [`Apart`].) Otherwise it is what a `Box<T>` is.
pub struct Deep<T>(Box<dyn Hold<T> + Send + Sync>);

/// What a type of the document must be to be kept apart: compiled in its own crate, so that no other crate follows the chain of
/// types further to copy, compare or show one.
pub trait Apart: Send + Sync + 'static {
    /// A copy.
    fn copied(&self) -> Self;
    /// Whether two values are equal.
    fn equals(&self, other: &Self) -> bool;
    /// What `Debug` shows.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

struct Shown<'a, T>(&'a T);

impl<T: Apart> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.show(f)
    }
}

/// Types of the document that others keep apart: `apart! { Node, Branch }`.
#[doc(hidden)]
#[macro_export]
macro_rules! __apart {
    ($($name:ident),+ $(,)?) => { $(
        impl runtime::Apart for $name {
            #[inline(never)]
            fn copied(&self) -> Self {
                ::core::clone::Clone::clone(self)
            }
            #[inline(never)]
            fn equals(&self, other: &Self) -> bool {
                self == other
            }
            #[inline(never)]
            fn show(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(self, f)
            }
        }
    )+ };
}
pub use __apart as apart;

impl<T: Apart> Apart for Vec<T> {
    fn copied(&self) -> Self {
        self.iter().map(T::copied).collect()
    }
    fn equals(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(a, b)| a.equals(b))
    }
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(Shown)).finish()
    }
}

impl<T: Apart> Apart for BTreeMap<String, T> {
    fn copied(&self) -> Self {
        let entries = self.iter();
        entries
            .map(|(key, value)| (key.clone(), value.copied()))
            .collect()
    }
    fn equals(&self, other: &Self) -> bool {
        let pairs = self.iter().zip(other);
        self.len() == other.len() && { pairs }.all(|((a, x), (b, y))| a == b && x.equals(y))
    }
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.iter().map(|(key, value)| (key, Shown(value)));
        f.debug_map().entries(entries).finish()
    }
}

impl<T: Apart> Apart for Option<T> {
    fn copied(&self) -> Self {
        self.as_ref().map(T::copied)
    }
    fn equals(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(a), Some(b)) => a.equals(b),
            (None, None) => true,
            _ => false,
        }
    }
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_ref().map(Shown).fmt(f)
    }
}

trait Hold<T> {
    fn value(&self) -> &T;
    fn value_mut(&mut self) -> &mut T;
    fn into_value(self: Box<Self>) -> T;
}

struct Held<T>(T);

impl<T> Hold<T> for Held<T> {
    fn value(&self) -> &T {
        &self.0
    }
    fn value_mut(&mut self) -> &mut T {
        &mut self.0
    }
    fn into_value(self: Box<Self>) -> T {
        self.0
    }
}

impl<T: Send + Sync + 'static> Deep<T> {
    /// Puts a value apart.
    #[must_use]
    pub fn new(value: T) -> Self {
        Self(Box::new(Held(value)))
    }

    /// The value itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0.into_value()
    }
}

impl<T: 'static> Deref for Deep<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.value()
    }
}

impl<T: 'static> DerefMut for Deep<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.value_mut()
    }
}

impl<T: Send + Sync + 'static> From<T> for Deep<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T: Apart> Clone for Deep<T> {
    fn clone(&self) -> Self {
        Self::new(self.copied())
    }
}

impl<T: Default + Send + Sync + 'static> Default for Deep<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

impl<T: Apart> PartialEq for Deep<T> {
    fn eq(&self, other: &Self) -> bool {
        self.equals(other)
    }
}

impl<T: Apart + Eq> Eq for Deep<T> {}

impl<T: Apart> fmt::Debug for Deep<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)
    }
}

impl<T: Shape + Send + Sync> Shape for Deep<T> {
    type Kind = super::kind::Around;

    fn empty() -> Self {
        Self::new(T::empty())
    }
}
