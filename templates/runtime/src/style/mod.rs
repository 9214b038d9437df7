//! Parameters between values and text: one table of styles (OpenAPI 3.2, section "Style Values"; RFC 6570, section 3.2).

mod node;
mod read;
mod scalar;
mod text;
mod write;

#[cfg(feature = "arbitrary")]
pub use node::settle;
pub use node::{Misfit, Node, absent, fill, nothing};
pub use read::{Fault, Raw, read};
#[cfg(feature = "arbitrary")]
pub use scalar::is_list_of_one;
pub use scalar::{order, scalar, text, told};
pub use text::{decoded, decoded_pairs, form_encoded, is_utf8, percent_encoded, reserved_encoded};
pub use write::write;

use super::operation::{Encoding, Location, Parameter, Style};
use super::table::Mark;

/// The member that a name such as `a[b]` is about.
pub fn member_name(name: &str) -> &str {
    name.split('[').next().unwrap_or(name)
}

/// How deep the members of a `deepObject` nest at most.
const LEVELS: usize = 16;

/// How one named value is written, wherever it stands.
#[derive(Clone, Copy, Debug)]
pub struct Manner<'a> {
    pub name: &'a str,
    pub location: Location,
    pub style: Style,
    pub explode: bool,
    /// Reserved characters stand as they are, and so do characters that are encoded already.
    pub allow_reserved: bool,
    /// Nothing at all is written as an empty text (`allowEmptyValue`).
    pub allow_empty: bool,
    pub required: bool,
    /// The receiver fills something in where there is nothing.
    pub has_default: bool,
    /// The media type of its text, where it is not written by style.
    pub content: Option<&'static str>,
    /// How its members are written, where its text is a form.
    pub encoding: &'static [Encoding],
    /// It is the whole query, without a name.
    pub whole: bool,
    /// The parameters of the operation: an exploded object does not take their names.
    pub siblings: &'static [Parameter],
}

impl Manner<'static> {
    /// The manner of a parameter among those of its operation.
    pub fn of(parameter: &Parameter, siblings: &'static [Parameter]) -> Self {
        Self {
            name: parameter.field.name,
            location: parameter.location,
            style: parameter.style(),
            explode: parameter.explode(),
            allow_reserved: parameter.allow_reserved(),
            allow_empty: parameter.allow_empty(),
            required: parameter.field.required,
            has_default: parameter.field.default().is_some(),
            content: parameter.field.marks.iter().find_map(|mark| match mark {
                Mark::Content(name) => Some(*name),
                _ => None,
            }),
            encoding: parameter
                .field
                .marks
                .iter()
                .find_map(|mark| match mark {
                    Mark::Encoding(encoding) => Some(*encoding),
                    _ => None,
                })
                .unwrap_or_default(),
            whole: parameter
                .field
                .marks
                .iter()
                .any(|mark| matches!(mark, Mark::Whole)),
            siblings,
        }
    }
}

impl Manner<'_> {
    /// Whether its text is a form.
    fn is_form(&self) -> bool {
        let essence = self
            .content
            .map(|name| name.split(';').next().unwrap_or_default().trim());
        essence.is_some_and(|name| name.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    }

    /// Whether it is written by a style, or as a form, which has no more words than one.
    #[cfg(feature = "arbitrary")]
    pub fn is_by_style(&self) -> bool {
        self.content.is_none() || self.is_form()
    }

    /// Whether texts stand as they are: nothing is percent-encoded in a header, whatever the document's version
    /// (OpenAPI 3.2, appendix D), nor by the style `cookie`.
    fn is_verbatim(&self) -> bool {
        self.location == Location::Header || self.style == Style::Cookie
    }
}

#[cfg(test)]
mod tests;
