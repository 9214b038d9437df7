//! Multipart bodies between values and parts (RFC 2046, RFC 7578; OpenAPI 3.2, section "Encoding multipart Media Types").
//!
//! The members of an object are parts by name, the items of a list parts by position, or by name where the list is a
//! member. What is a [`Body`](super::Body) goes piece by piece. It comes piece by piece where it is the last part and too
//! long to be held; everything else is held, within the limit of the whole.

mod parse;
mod read;
mod write;

pub use parse::{Fault, Head, Parser};
pub(crate) use read::at_once;
pub use read::{Came, Collected, Held, Parts, Wanted};
pub use write::{Fitting, write};

use super::operation::{Codec, Encoding, Media};

/// What a part is that is a body of its own.
static BYTES: Media = Media::new(Codec::Bytes, &[]);

/// The name under which a table says how every further part by position is written (`itemEncoding`).
const ITEM: &str = "*";

/// How the part of a position is written.
fn by_position(encodings: &'static [Encoding], position: usize) -> Option<&'static Encoding> {
    let mut prefix = encodings.iter().filter(|encoding| encoding.name.is_empty());
    let item = || encodings.iter().find(|encoding| encoding.name == ITEM);
    prefix.nth(position).or_else(item)
}

/// Whether the parts of a part are meant.
fn is_multipart(encoding: Option<&Encoding>) -> bool {
    let media_type = encoding.and_then(|encoding| encoding.content_type);
    media_type.is_some_and(|media_type| {
        let kind = media_type.trim_start().get(..10);
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"))
    })
}
