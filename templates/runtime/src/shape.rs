//! What a value looks like to the codecs: a place to read into, a view to write from.
//!
//! A generated type is plain data; every codec (JSON, query, form, validation, arbitrary values…) is one concrete
//! function over [`Slot`] and [`View`]. Containers implement the small object-safe traits once, generically.

#[cfg(any(feature = "client", feature = "server"))]
use super::body::Body;
use super::kind::Kind;
#[cfg(any(feature = "client", feature = "server"))]
use super::operation::Media;
use super::table::{ObjectTable, UnionTable};
use std::any::Any;

/// A type that the codecs can read and write.
pub trait Shape: Sized + 'static {
    /// How its place and its value are had.
    type Kind: Kind<Self>;

    /// A finite placeholder to read into. It never leaves a failed read.
    fn empty() -> Self;
    /// The place to read into.
    fn slot(&mut self) -> Slot<'_> {
        Self::Kind::slot(self)
    }
    /// The value to write.
    fn view(&self) -> View<'_> {
        <Self::Kind as Kind<Self>>::view(self)
    }
}

/// A place that a codec fills.
pub enum Slot<'a> {
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// An integer of up to 64 bits.
    Integer(&'a mut dyn Integer),
    /// The commonest integer, without a call.
    I64(&'a mut i64),
    /// A single precision number.
    F32(&'a mut f32),
    /// A double precision number.
    F64(&'a mut f64),
    /// Any string.
    String(&'a mut String),
    /// A string of one format or of a list of values.
    Text(&'a mut dyn Text),
    /// An object with named fields.
    Object(&'a mut dyn Object),
    /// A list.
    List(&'a mut dyn List),
    /// An object with any keys.
    Map(&'a mut dyn Map),
    /// A place that may stay empty or be null.
    Optional(&'a mut dyn Optional),
    /// One of several shapes.
    Union(&'a mut dyn Union),
    /// Any JSON value.
    Json(&'a mut serde_json::Value),
    /// A value of a type that reads its JSON itself. (It is viewed as that JSON.)
    Foreign(&'a mut dyn Foreign),
    /// What comes piece by piece.
    Stream(&'a mut dyn Streamed),
}

/// A value that a codec writes; the mirror of [`Slot`].
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// An integer of up to 64 bits.
    Integer(&'a dyn Integer),
    /// The commonest integer, without a call.
    I64(i64),
    /// A single precision number.
    F32(f32),
    /// A double precision number.
    F64(f64),
    /// Any string.
    String(&'a str),
    /// A string of one format or of a list of values.
    Text(&'a dyn Text),
    /// An object with named fields.
    Object(&'a dyn Object),
    /// A list.
    List(&'a dyn List),
    /// An object with any keys.
    Map(&'a dyn Map),
    /// A place that may be empty or null.
    Optional(&'a dyn Optional),
    /// One of several shapes.
    Union(&'a dyn Union),
    /// Any JSON value.
    Json(&'a serde_json::Value),
    /// What goes piece by piece; it is taken from its [`Slot`].
    Stream(&'a dyn Streamed),
}

/// A generated struct.
pub trait Object {
    /// What the document says about it.
    fn table(&self) -> &'static ObjectTable;
    /// The place of a field, by its position in the table.
    fn slot(&mut self, field: usize) -> Slot<'_>;
    /// The value of a field, by its position in the table.
    fn view(&self, field: usize) -> View<'_>;
    /// The map of the members that no field names, where they are kept.
    fn extra_slot(&mut self) -> Option<&mut dyn Map> {
        None
    }
    /// The members that no field names, where they are kept.
    fn extra(&self) -> Option<&dyn Map> {
        None
    }
}

/// A list of one shape.
pub trait List {
    /// Removes every item.
    fn clear(&mut self);
    /// Adds a placeholder and gives its place.
    fn push(&mut self) -> Slot<'_>;
    /// The number of items.
    fn len(&self) -> usize;
    /// Whether there is no item.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One item.
    fn get(&self, index: usize) -> Option<View<'_>>;
    /// How many items there are at least and at most: reading fails outside of it. (What the document demands of the
    /// length of other lists is a constraint, and `validate()` checks it.)
    fn bounds(&self) -> (usize, usize) {
        (0, usize::MAX)
    }
    /// The list as what it is, for those who know its type.
    fn any(&mut self) -> &mut dyn Any;
    /// The place of one item as it is.
    fn place(&mut self, index: usize) -> Option<Slot<'_>>;
}

/// A map from strings to one shape.
pub trait Map {
    /// Removes every entry.
    fn clear(&mut self);
    /// Adds a placeholder under a key and gives its place.
    fn insert(&mut self, key: String) -> Slot<'_>;
    /// The number of entries.
    fn len(&self) -> usize;
    /// Whether there is no entry.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The value under a key.
    fn get(&self, key: &str) -> Option<View<'_>>;
    /// Shows every entry in order, until the visitor answers `false`.
    fn visit(&self, visitor: &mut dyn FnMut(&str, View<'_>) -> bool);
    /// Shows the place of every value as it is.
    #[cfg(feature = "arbitrary")]
    fn visit_places(&mut self, visitor: &mut dyn FnMut(&str, Slot<'_>));
    /// Takes an entry away.
    #[cfg(feature = "arbitrary")]
    fn remove(&mut self, key: &str);
}

/// What an optional place holds.
#[derive(Clone, Copy)]
pub enum Held<'a> {
    /// Nothing: an optional member is left out, anything else is written as null.
    Nothing,
    /// An explicit null.
    Null,
    /// A value.
    Value(View<'a>),
}

/// `Option`, [`Maybe`](super::Maybe) and boxes around them.
pub trait Optional {
    /// Makes the place hold a placeholder and gives its place.
    fn fill(&mut self) -> Slot<'_>;
    /// Makes the place hold null (an `Option` holds nothing then).
    fn set_null(&mut self);
    /// Makes the place hold nothing.
    fn clear(&mut self);
    /// What the place holds.
    fn held(&self) -> Held<'_>;
    /// What `Debug` calls nothing and a value.
    fn words(&self) -> (&'static str, &'static str) {
        ("None", "Some")
    }
    /// The place of the value as it is, if there is one.
    fn place(&mut self) -> Option<Slot<'_>>;
}

/// One of several shapes. Variants are called by their positions in the table; the one after the last keeps any JSON value:
/// `Unknown` of a union that is open, `Several` of one that is mixed.
pub trait Union {
    /// What the document says about it.
    fn table(&self) -> &'static UnionTable;
    /// Makes the value a placeholder of one variant and gives its place.
    fn select(&mut self, variant: usize) -> Slot<'_>;
    /// The place of the active variant as it is.
    fn place(&mut self) -> Slot<'_>;
    /// The active variant and its value.
    fn active(&self) -> (usize, View<'_>);
    /// A placeholder of the same type.
    fn fresh(&self) -> Box<dyn Union>;
}

/// What comes and goes piece by piece, and is never held as a whole: a [`Body`], or a stream of items.
pub trait Streamed {
    /// Takes what is to be sent, as bytes, and leaves nothing.
    #[cfg(any(feature = "client", feature = "server"))]
    fn send(&mut self, media: &'static Media) -> Body;
    /// Puts what comes in its place; it is read when it is asked for.
    #[cfg(any(feature = "client", feature = "server"))]
    fn receive(&mut self, media: &'static Media, body: Body);
    /// Makes it an arbitrary one, all of it here already.
    #[cfg(feature = "arbitrary")]
    fn fill(&mut self, rng: &mut super::arbitrary::Rng);
    /// Appends what is here already, so that what differs is different.
    #[cfg(feature = "arbitrary")]
    fn sketch(&self, out: &mut String);
}

/// A value that is a JSON string of one format, or one of a list of strings.
pub trait Text {
    /// Reads the text; the error says what was expected.
    fn read(&mut self, text: &str) -> Result<(), Expected>;
    /// Appends the text.
    fn write(&self, out: &mut String) {
        out.push_str(self.as_str().unwrap_or_default());
    }
    /// Whether its text never has a quote, a backslash or a control character, whatever the value.
    fn is_plain(&self) -> bool {
        false
    }
    /// The text, where it is kept as such.
    fn as_str(&self) -> Option<&str> {
        None
    }
    /// Whether the value is one the document does not list (an open enum's `Unknown`).
    fn is_unknown(&self) -> bool {
        false
    }
    /// Whether errors and logs must not show it.
    fn is_secret(&self) -> bool {
        false
    }
    /// Of a date and time: nanoseconds since 1970, by which it is compared.
    fn instant(&self) -> Option<i128> {
        None
    }
    /// The value as it would be written, where it is kept as it was read: it is compared by this.
    fn meant(&self) -> Option<&dyn Text> {
        None
    }
    /// Whether it is bytes written as text (`contentEncoding`, the format `byte`).
    fn is_encoded(&self) -> bool {
        false
    }
    /// A text that `read` accepts, different for different seeds where there is more than one.
    fn sample(&self, seed: u64) -> String;
}

/// A value of a type that is not the document's, read from its JSON.
pub trait Foreign {
    /// Reads the JSON; the error says what was expected.
    ///
    /// # Errors
    ///
    /// The type does not accept it.
    fn read(&mut self, json: serde_json::Value) -> Result<(), Expected>;
}

/// An integer of any width, or one of a list of integers.
pub trait Integer {
    /// Reads the number; the error says what was expected.
    fn read(&mut self, number: i128) -> Result<(), Expected>;
    /// The number.
    fn number(&self) -> i128;
    /// Whether the value is one the document does not list (an open enum's `Unknown`).
    fn is_unknown(&self) -> bool {
        false
    }
    /// A number that `read` accepts, different for different seeds where there is more than one.
    fn sample(&self, seed: u64) -> i128;
}

/// What a place would have accepted, in words that follow "expected".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected(pub &'static str);

impl std::fmt::Display for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "expected {}", self.0)
    }
}

impl std::error::Error for Expected {}

/// A field beyond the last, asked for by a codec: a mistake in this runtime, whatever is on the wire.
#[cold]
#[doc(hidden)]
pub fn no_field(position: usize) -> ! {
    unreachable!("no field has position {position}")
}
