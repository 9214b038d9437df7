//! A part of a multipart body with the fields of its header that the document describes (OpenAPI 3.2, Encoding Object, `headers`).

use super::shape::{Object, Shape, Slot, View};
use super::table::{Field, ObjectTable};
use std::ops::{Deref, DerefMut};

/// What a part holds, and the fields of its header: `T` is the value or the body that it would be without them, `H` the struct of
/// the fields. Fields that the document does not name stay with a [`Body`](super::Body).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part<T, H> {
    /// What it holds.
    pub body: T,
    /// The fields of its header.
    pub headers: H,
}

impl<T, H> Part<T, H> {
    /// A part of these.
    pub const fn new(body: T, headers: H) -> Self {
        Self { body, headers }
    }
}

/// Without a field in its header, where none is required.
impl<T, H: Default> From<T> for Part<T, H> {
    fn from(body: T) -> Self {
        Self::new(body, H::default())
    }
}

impl<T, H> Deref for Part<T, H> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T, H> DerefMut for Part<T, H> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

/// The positions of the two in the table.
pub(crate) const BODY: usize = 0;
pub(crate) const HEADERS: usize = 1;

/// The table of every part.
static TABLE: ObjectTable = ObjectTable {
    name: "Part",
    fields: &[
        Field {
            required: true,
            ..Field::new("body")
        },
        Field {
            required: true,
            ..Field::new("headers")
        },
    ],
    closed: false,
    marks: &[],
};

/// Whether an object is no value of its own, but a part with a header.
pub(crate) fn is_part(object: &dyn Object) -> bool {
    std::ptr::eq(object.table(), &raw const TABLE)
}

impl<T: Shape, H: Shape> Shape for Part<T, H> {
    type Kind = super::kind::Object;

    fn empty() -> Self {
        Self::new(T::empty(), H::empty())
    }
}

impl<T: Shape, H: Shape> Object for Part<T, H> {
    fn table(&self) -> &'static ObjectTable {
        &TABLE
    }
    fn slot(&mut self, field: usize) -> Slot<'_> {
        match field {
            BODY => self.body.slot(),
            _ => self.headers.slot(),
        }
    }
    fn view(&self, field: usize) -> View<'_> {
        match field {
            BODY => self.body.view(),
            _ => self.headers.view(),
        }
    }
}
