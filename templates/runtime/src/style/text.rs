//! Texts and their encodings: percent-encoding (RFC 3986, section 2; OpenAPI 3.2, appendix E) and forms (WHATWG URL, section 5).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// RFC 3986's unreserved characters stand as they are.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// So do the reserved ones where the document allows it.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'#')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// A path ends where these begin, whatever the document allows.
const RESERVED_IN_PATH: &AsciiSet = &RESERVED.add(b'/').add(b'?').add(b'#');

/// What a form leaves as it stands; a space becomes `+`.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b' ');

/// Every character percent-encoded that is not unreserved.
pub fn percent_encoded(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, UNRESERVED).into()
}

/// Reserved characters stand as they are, and so do characters that are encoded already (RFC 6570, section 3.2.3): `&`,
/// `=` and the like that are data are the caller's to encode.
pub fn reserved_encoded(text: &str, in_path: bool) -> String {
    let set = if in_path { RESERVED_IN_PATH } else { RESERVED };
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], set));
        let digits = rest.as_bytes().get(at + 1..at + 3);
        let is_triple = digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        out.push_str(if is_triple { "%" } else { "%25" });
        rest = &rest[at + 1..];
    }
    out.extend(utf8_percent_encode(rest, set));
    out
}

/// A text as forms encode it.
pub fn form_encoded(text: &str, out: &mut String) {
    let start = out.len();
    out.extend(utf8_percent_encode(text, FORM));
    if out[start..].contains(' ') {
        let spaced = out[start..].replace(' ', "+");
        out.truncate(start);
        out.push_str(&spaced);
    }
}

/// The pairs of a query or of a form, names decoded and values not: split first, decoded then.
pub fn decoded_pairs(query: &str) -> Vec<(Cow<'_, str>, &str)> {
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        if pairs.is_empty() {
            pairs.reserve(8);
        }
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        pairs.push((decoded(key, true), value));
    }
    pairs
}

/// A text without its percent-encoding. Forms write a space as `+`.
pub fn decoded(text: &str, form: bool) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'+' | b'%')) {
        return Cow::Borrowed(text);
    }
    if form && text.contains('+') {
        let spaced = text.replace('+', " ");
        return Cow::Owned(percent_decode_str(&spaced).decode_utf8_lossy().into_owned());
    }
    if text.contains('%') {
        return percent_decode_str(text).decode_utf8_lossy();
    }
    Cow::Borrowed(text)
}

/// Whether a text is UTF-8 once it is decoded.
pub fn is_utf8(text: &str) -> bool {
    !text.contains('%') || percent_decode_str(text).decode_utf8().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(text: &str) -> String {
        let mut out = String::new();
        form_encoded(text, &mut out);
        out
    }

    #[test]
    fn texts_are_encoded_by_their_place() {
        let reserved = ":/?#[]@!$&'()*+,;=";
        assert_eq!(
            percent_encoded(reserved),
            "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D"
        );
        assert_eq!(reserved_encoded(reserved, false), reserved);
        assert_eq!(
            reserved_encoded("%2B 50% %zz", false),
            "%2B%2050%25%20%25zz"
        );
        assert_eq!(reserved_encoded("A:B/x?y#z", true), "A:B%2Fx%3Fy%23z");
        assert_eq!(form("a+b~c*d e"), "a%2Bb%7Ec*d+e");
    }

    #[test]
    fn pairs_are_split_before_they_are_decoded() {
        let pairs = decoded_pairs("a%26b=1%3D2&&c+d&e==");
        let expected: [(Cow<'_, str>, &str); 3] = [
            ("a&b".into(), "1%3D2"),
            ("c d".into(), ""),
            ("e".into(), "="),
        ];
        assert_eq!(pairs, expected);
        assert_eq!(decoded("1+%2B", true), "1 +");
        assert_eq!(decoded("1+%2B", false), "1++");
        assert!(!is_utf8("%ff") && is_utf8("%C3%A9"));
    }
}
