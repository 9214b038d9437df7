//! What a type is to the codecs: its kind says how its place and its value are had.
//!
//! A generated type names its kind and no more, so that the compiler has two bodies less to check for each.

use super::shape::{self, Shape, Slot, View};

/// How the place and the value of a type are had.
pub trait Kind<T> {
    /// The place to read into.
    fn slot(value: &mut T) -> Slot<'_>;
    /// The value to write.
    fn view(value: &T) -> View<'_>;
}

/// The kinds of types that implement one of the traits of [`shape`], and the variant of [`Slot`] and [`View`] that they are.
macro_rules! kinds {
    ($($(#[$docs:meta])* $kind:ident = $variant:ident;)*) => { $(
        $(#[$docs])*
        #[derive(Debug)]
        pub enum $kind {}

        impl<T: shape::$kind> Kind<T> for $kind {
            fn slot(value: &mut T) -> Slot<'_> {
                Slot::$variant(value)
            }
            fn view(value: &T) -> View<'_> {
                View::$variant(value)
            }
        }
    )* };
}

kinds! {
    /// An object with named fields.
    Object = Object;
    /// One of several shapes.
    Union = Union;
    /// A string of one format or of a list of values.
    Text = Text;
    /// An integer.
    Integer = Integer;
    /// A list.
    List = List;
    /// An object with any keys.
    Map = Map;
    /// A place that may stay empty or be null.
    Optional = Optional;
    /// What comes and goes piece by piece.
    Streamed = Stream;
}

/// A type that is a variant of [`Slot`] and [`View`] itself, or says on its own which.
#[derive(Debug)]
pub enum Own {}

/// A type around another one, whose place and value it gives.
#[derive(Debug)]
pub enum Around {}

impl<T, D> Kind<D> for Around
where
    T: Shape,
    D: std::ops::DerefMut<Target = T>,
{
    fn slot(value: &mut D) -> Slot<'_> {
        value.deref_mut().slot()
    }
    fn view(value: &D) -> View<'_> {
        value.deref().view()
    }
}
