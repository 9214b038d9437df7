//! Charsets beyond those of the web's beginnings, where a document names one.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// The charset of a label. By `utf-16` alone the text itself says its byte order; where it does not, it is big-endian (RFC 2781,
/// section 4.3).
fn of(label: &str) -> Option<&'static Encoding> {
    if label.eq_ignore_ascii_case("utf-16") {
        return Some(UTF_16BE);
    }
    Encoding::for_label(label.as_bytes())
}

pub(super) fn decode<'a>(bytes: &'a [u8], charset: &str) -> Result<Cow<'a, str>, &'static str> {
    let encoding = of(charset).ok_or("a known charset")?;
    let (text, _, broken) = encoding.decode(bytes);
    if broken { Err("its charset") } else { Ok(text) }
}

pub(super) fn encode(text: &str, charset: &str) -> Result<Vec<u8>, &'static str> {
    let encoding = of(charset).ok_or("its charset is not known")?;
    let order = charset.eq_ignore_ascii_case("utf-16").then_some(0xfeff);
    let units = order.into_iter().chain(text.encode_utf16());
    if encoding == UTF_16LE {
        return Ok(units.flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Ok(units.flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    if unmappable {
        return Err("it has a character that its charset does not have");
    }
    Ok(bytes.into_owned())
}
