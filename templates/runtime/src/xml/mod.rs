//! XML from and to any shape, by what the document's XML Objects say (OpenAPI 3.2, XML Object; 3.0's `attribute` and
//! `wrapped` say the same in other words).
//!
//! A value without a name of its own is a fragment: its members stand side by side without an element around them. No
//! entity is expanded but the five that XML itself has, and no document type is read.

mod read;
mod tree;
mod write;

pub use read::read;
pub use write::write;

use super::table::{Mark, Xml, XmlNode};

/// The namespace of `nil`, which stands for null.
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Whether a text is nothing but the white space of XML (section 2.3).
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n'))
}

/// What is said about the XML of a value.
fn xml(marks: &[Mark]) -> Xml {
    let said = marks.iter().find_map(|mark| match mark {
        Mark::Xml(xml) => Some(*xml),
        _ => None,
    });
    said.unwrap_or(Xml::NEW)
}

/// Whether a list of this place has an element of its own, also where it has no items.
#[cfg(feature = "arbitrary")]
pub(crate) fn is_wrapped(marks: &[Mark]) -> bool {
    xml(marks).is_wrapped()
}

/// What is said about the items of a list, or about the values of a map.
fn inner(marks: &'static [Mark]) -> &'static [Mark] {
    let said = marks.iter().find_map(|mark| match mark {
        Mark::Items(marks) | Mark::Values(marks) => Some(*marks),
        _ => None,
    });
    said.unwrap_or_default()
}

impl Xml {
    /// Whether a list has an element around its items.
    fn is_wrapped(&self) -> bool {
        self.node == Some(XmlNode::Element)
    }
}
