//! Charsets beyond those of the web's beginnings, where a document names one.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

pub(super) fn decode<'a>(bytes: &'a [u8], charset: &str) -> Result<Cow<'a, str>, &'static str> {
    let encoding = Encoding::for_label(charset.as_bytes()).ok_or("a known charset")?;
    let (text, _, broken) = encoding.decode(bytes);
    if broken { Err("its charset") } else { Ok(text) }
}

pub(super) fn encode(text: &str, charset: &str) -> Result<Vec<u8>, &'static str> {
    let encoding = Encoding::for_label(charset.as_bytes()).ok_or("its charset is not known")?;
    let units = text.encode_utf16();
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
