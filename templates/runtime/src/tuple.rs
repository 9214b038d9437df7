//! Lists whose places have shapes of their own (`prefixItems`).

use super::shape::{Expected, Held, List, Shape, Slot, Text, View};
use std::ops::{Deref, DerefMut};

/// A list of a fixed length, each of whose items has a type of its own: `T` is a Rust tuple. The first `LEAST` items must
/// be there; those after are options, and are left out from the last one that is there.
#[derive(Clone, Default)]
pub struct Tuple<T, const LEAST: usize> {
    items: T,
    /// How many items have been read into.
    read: usize,
    full: Full,
}

/// The place of an item beyond the last: nothing can be read into it.
#[derive(Clone, Copy, Debug, Default)]
struct Full;

impl Text for Full {
    fn read(&mut self, _: &str) -> Result<(), Expected> {
        Err(Expected("the end of the list"))
    }
    fn write(&self, _: &mut String) {}
    fn sample(&self, _: u64) -> String {
        String::new()
    }
}

impl<T, const LEAST: usize> Tuple<T, LEAST> {
    /// A list of these items.
    pub const fn new(items: T) -> Self {
        Self {
            items,
            read: 0,
            full: Full,
        }
    }

    /// The items.
    pub fn into_inner(self) -> T {
        self.items
    }
}

impl<T, const LEAST: usize> From<T> for Tuple<T, LEAST> {
    fn from(items: T) -> Self {
        Self::new(items)
    }
}

impl<T, const LEAST: usize> Deref for Tuple<T, LEAST> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.items
    }
}

impl<T, const LEAST: usize> DerefMut for Tuple<T, LEAST> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.items
    }
}

impl<T: PartialEq, const LEAST: usize> PartialEq for Tuple<T, LEAST> {
    fn eq(&self, other: &Self) -> bool {
        self.items == other.items
    }
}

impl<T: std::fmt::Debug, const LEAST: usize> std::fmt::Debug for Tuple<T, LEAST> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.items.fmt(f)
    }
}

/// The Rust tuples that a [`Tuple`] is made of.
pub trait Items: Sized + 'static {
    /// How many items there are at most.
    const LEN: usize;
    /// A placeholder of each.
    fn empty() -> Self;
    /// The place of one item.
    fn slot(&mut self, position: usize) -> Option<Slot<'_>>;
    /// One item.
    fn view(&self, position: usize) -> Option<View<'_>>;
}

macro_rules! items {
    ($($length:literal: $($item:ident $position:tt),+;)*) => { $(
        impl<$($item: Shape),+> Items for ($($item,)+) {
            const LEN: usize = $length;
            fn empty() -> Self {
                ($($item::empty(),)+)
            }
            fn slot(&mut self, position: usize) -> Option<Slot<'_>> {
                match position {
                    $($position => Some(self.$position.slot()),)+
                    _ => None,
                }
            }
            fn view(&self, position: usize) -> Option<View<'_>> {
                match position {
                    $($position => Some(self.$position.view()),)+
                    _ => None,
                }
            }
        }
    )* };
}

items! {
    1: A 0;
    2: A 0, B 1;
    3: A 0, B 1, C 2;
    4: A 0, B 1, C 2, D 3;
    5: A 0, B 1, C 2, D 3, E 4;
    6: A 0, B 1, C 2, D 3, E 4, F 5;
    7: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
    8: A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7;
}

impl<T: Items, const LEAST: usize> Shape for Tuple<T, LEAST> {
    type Kind = super::kind::List;

    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl<T: Items, const LEAST: usize> List for Tuple<T, LEAST> {
    fn clear(&mut self) {
        *self = Self::empty();
    }
    fn push(&mut self) -> Slot<'_> {
        let position = self.read;
        self.read += 1;
        match self.items.slot(position) {
            Some(slot) => slot,
            None => Slot::Text(&mut self.full),
        }
    }
    fn len(&self) -> usize {
        let is_there = |position: &usize| match self.items.view(*position) {
            Some(View::Optional(place)) => !matches!(place.held(), Held::Nothing),
            other => other.is_some(),
        };
        let last = (LEAST..T::LEN).rev().find(is_there);
        last.map_or(LEAST.min(T::LEN), |last| last + 1)
    }
    fn get(&self, index: usize) -> Option<View<'_>> {
        self.items.view(index).filter(|_| index < self.len())
    }
    fn bounds(&self) -> (usize, usize) {
        (LEAST.min(T::LEN), T::LEN)
    }
    fn any(&mut self) -> &mut dyn std::any::Any {
        self
    }
    fn place(&mut self, index: usize) -> Option<Slot<'_>> {
        self.items.slot(index)
    }
}
