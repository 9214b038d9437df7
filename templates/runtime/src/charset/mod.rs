//! Text between Unicode and the bytes of its charset (WHATWG Encoding).

#[cfg(feature = "charset")]
mod foreign;

use std::borrow::Cow;

/// The charset that a media type names, in lower case.
#[must_use]
pub fn named(media_type: &str) -> Option<String> {
    let parameters = media_type.split(';').skip(1);
    parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches('"').to_ascii_lowercase())
}

/// The text of bytes; the error says what was expected.
///
/// # Errors
///
/// The charset is not known, or the bytes are not of it.
pub fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> Result<Cow<'a, str>, &'static str> {
    match charset.unwrap_or("utf-8") {
        "utf-8" | "utf8" => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes)
                .map(Cow::Borrowed)
                .map_err(|_| "UTF-8")
        }
        "us-ascii" | "ascii" => match std::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => Ok(Cow::Borrowed(text)),
            _ => Err("ASCII"),
        },
        "iso-8859-1" | "latin1" => Ok(bytes.iter().map(|byte| char::from(*byte)).collect()),
        other => foreign::decode(bytes, other),
    }
}

/// The bytes of a text.
///
/// # Errors
///
/// The charset is not known, or does not have a character of the text.
pub fn encode(text: &str, charset: Option<&str>) -> Result<Vec<u8>, &'static str> {
    match charset.unwrap_or("utf-8") {
        "utf-8" | "utf8" => Ok(text.as_bytes().to_vec()),
        "us-ascii" | "ascii" if text.is_ascii() => Ok(text.as_bytes().to_vec()),
        "us-ascii" | "ascii" => Err("it has a character that ASCII does not have"),
        "iso-8859-1" | "latin1" => text
            .chars()
            .map(|c| u8::try_from(u32::from(c)))
            .collect::<Result<_, _>>()
            .map_err(|_| "it has a character that its charset does not have"),
        other => foreign::encode(text, other),
    }
}

#[cfg(not(feature = "charset"))]
mod foreign {
    use std::borrow::Cow;

    pub(super) fn decode<'a>(_: &'a [u8], _: &str) -> Result<Cow<'a, str>, &'static str> {
        Err("a charset that the document names")
    }

    pub(super) fn encode(_: &str, _: &str) -> Result<Vec<u8>, &'static str> {
        Err("its charset is not one that the document names")
    }
}
