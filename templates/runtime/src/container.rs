//! The shapes of what Rust and serde_json bring along: numbers, strings, options, boxes, lists, maps, JSON values.

use super::kind::{Kind, Own};
use super::shape::{Expected, Held, Integer, List, Map, Optional, Shape, Slot, View};
use std::collections::BTreeMap;

/// A shape that is a variant of [`Slot`] and [`View`] of its own.
macro_rules! plain {
    ($($type:ty = $variant:ident, $view:expr;)*) => { $(
        impl Shape for $type {
            type Kind = Own;

            fn empty() -> Self {
                <$type>::default()
            }
        }
        impl Kind<$type> for Own {
            fn slot(value: &mut $type) -> Slot<'_> {
                Slot::$variant(value)
            }
            fn view(value: &$type) -> View<'_> {
                let view: fn(&$type) -> View<'_> = $view;
                view(value)
            }
        }
    )* };
}

plain! {
    bool = Bool, |value| View::Bool(*value);
    i64 = I64, |value| View::I64(*value);
    f32 = F32, |value| View::F32(*value);
    f64 = F64, |value| View::F64(*value);
    String = String, |value| View::String(value);
    serde_json::Value = Json, |value| View::Json(value);
}

/// Integers that are read with their own bounds.
macro_rules! integer {
    ($($type:ty: $expected:literal;)*) => { $(
        impl Shape for $type {
            type Kind = super::kind::Integer;

            fn empty() -> Self {
                0
            }
        }
        impl Integer for $type {
            fn read(&mut self, number: i128) -> Result<(), Expected> {
                *self = <$type>::try_from(number).map_err(|_| Expected($expected))?;
                Ok(())
            }
            fn number(&self) -> i128 {
                i128::from(*self)
            }
            fn sample(&self, seed: u64) -> i128 {
                // The bounds themselves are where mistakes are made.
                match seed % 8 {
                    0 => i128::from(<$type>::MIN),
                    1 => i128::from(<$type>::MAX),
                    _ => i128::from((seed >> 3) as $type),
                }
            }
        }
    )* };
}

integer! {
    i8: "an integer from -128 to 127";
    i16: "an integer from -32768 to 32767";
    i32: "an integer of 32 bits";
    u8: "an integer from 0 to 255";
    u16: "an integer from 0 to 65535";
    u32: "an integer of 32 bits, not negative";
    u64: "an integer of 64 bits, not negative";
    i128: "an integer of 128 bits";
}

impl<T: Shape> Shape for Option<T> {
    type Kind = super::kind::Optional;

    fn empty() -> Self {
        None
    }
}

impl<T: Shape> Optional for Option<T> {
    fn fill(&mut self) -> Slot<'_> {
        self.insert(T::empty()).slot()
    }
    fn set_null(&mut self) {
        *self = None;
    }
    fn clear(&mut self) {
        *self = None;
    }
    fn held(&self) -> Held<'_> {
        match self {
            Some(value) => Held::Value(value.view()),
            None => Held::Nothing,
        }
    }
    fn place(&mut self) -> Option<Slot<'_>> {
        self.as_mut().map(Shape::slot)
    }
}

impl<T: Shape> Shape for Box<T> {
    type Kind = super::kind::Around;

    fn empty() -> Self {
        Self::new(T::empty())
    }
}

impl<T: Shape> Shape for Vec<T> {
    type Kind = super::kind::List;

    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Shape> List for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }
    fn push(&mut self) -> Slot<'_> {
        let at = self.len();
        self.push(T::empty());
        self[at].slot()
    }
    fn any(&mut self) -> &mut dyn std::any::Any {
        self
    }
    fn len(&self) -> usize {
        self.len()
    }
    fn get(&self, index: usize) -> Option<View<'_>> {
        <[T]>::get(self, index).map(T::view)
    }
    fn place(&mut self, index: usize) -> Option<Slot<'_>> {
        self.get_mut(index).map(T::slot)
    }
}

impl<T: Shape> Shape for BTreeMap<String, T> {
    type Kind = super::kind::Map;

    fn empty() -> Self {
        Self::new()
    }
}

impl<T: Shape> Map for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }
    fn insert(&mut self, key: String) -> Slot<'_> {
        let place = self.entry(key).or_insert_with(T::empty);
        // A key that was there already keeps nothing of its old value.
        *place = T::empty();
        place.slot()
    }
    fn len(&self) -> usize {
        self.len()
    }
    fn get(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(T::view)
    }
    fn visit(&self, visitor: &mut dyn FnMut(&str, View<'_>) -> bool) {
        for (key, value) in self {
            if !visitor(key, value.view()) {
                return;
            }
        }
    }
    #[cfg(feature = "arbitrary")]
    fn visit_places(&mut self, visitor: &mut dyn FnMut(&str, Slot<'_>)) {
        for (key, value) in self {
            visitor(key, value.slot());
        }
    }
    #[cfg(feature = "arbitrary")]
    fn remove(&mut self, key: &str) {
        self.remove(key);
    }
}
