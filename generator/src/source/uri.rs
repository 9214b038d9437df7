//! URIs and references to them, as far as documents use them (RFC 3986): joining, decoding, and files as URIs.

use std::path::{Path, PathBuf};

/// A reference without its fragment, and the fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// The scheme of a URI, without its colon. One letter is a drive of Windows, not a scheme.
fn scheme(reference: &str) -> Option<&str> {
    let (scheme, _) = reference.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let rest = scheme
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (first && rest && scheme.len() > 1).then_some(scheme)
}

/// Whether a reference says on its own where it leads: by a scheme (`https:`) or an authority (`//host`).
pub(super) fn is_absolute(reference: &str) -> bool {
    scheme(reference).is_some() || reference.starts_with("//")
}

/// What a reference means at a base (RFC 3986, section 5.2), both without fragments.
pub(super) fn join(base: &str, reference: &str) -> String {
    if reference.is_empty() {
        return base.to_owned();
    }
    if let Some(scheme) = scheme(reference) {
        let (scheme, rest) = reference.split_at(scheme.len() + 1);
        let scheme = scheme.to_ascii_lowercase();
        // `urn:` and the like have no hierarchy to normalise.
        return match rest.strip_prefix("//") {
            Some(rest) => format!("{scheme}//{}", normal_after_authority(rest)),
            None => format!("{scheme}{rest}"),
        };
    }
    let prefix = scheme(base).map_or("", |scheme| &base[..=scheme.len()]);
    let rest = &base[prefix.len()..];
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{prefix}//{}", normal_after_authority(rest));
    }
    let (authority, path) = match rest.strip_prefix("//") {
        Some(rest) => {
            let end = rest.find(['/', '?']).unwrap_or(rest.len());
            (format!("//{}", &rest[..end]), &rest[end..])
        }
        None => (String::new(), rest),
    };
    let path = path.split('?').next().unwrap_or_default();
    if reference.starts_with('?') {
        return format!("{prefix}{authority}{path}{reference}");
    }
    let whole = if reference.starts_with('/') {
        reference.to_owned()
    } else {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        let folder = if folder.is_empty() && !authority.is_empty() {
            "/"
        } else {
            folder
        };
        format!("{folder}{reference}")
    };
    format!("{prefix}{authority}{}", normal(&whole))
}

fn normal_after_authority(rest: &str) -> String {
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    format!("{}{}", &rest[..end], normal(&rest[end..]))
}

/// A path without `.` and `..` (RFC 3986, section 5.2.4); its query stays.
fn normal(whole: &str) -> String {
    let (path, query) = match whole.find('?') {
        Some(at) => whole.split_at(at),
        None => (whole, ""),
    };
    let mut kept: Vec<&str> = Vec::new();
    let last = path.split('/').count().saturating_sub(1);
    for (at, segment) in path.split('/').enumerate() {
        match segment {
            "." if at == last => kept.push(""),
            "." => {}
            ".." => {
                // The empty first segment of an absolute path stays.
                if kept.len() > usize::from(path.starts_with('/')) {
                    kept.pop();
                } else if !path.starts_with('/') {
                    kept.push("..");
                }
                if at == last {
                    kept.push("");
                }
            }
            segment => kept.push(segment),
        }
    }
    format!("{}{query}", kept.join("/"))
}

/// Text with its percent-encoded bytes decoded.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// The URI of a file, by its absolute path.
pub(super) fn of_file(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let path = path
        .replace('%', "%25")
        .replace('#', "%23")
        .replace('?', "%3F");
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{path}")
}

/// The path that a `file:` URI names.
pub(super) fn path_of(uri: &str) -> Option<PathBuf> {
    let path = decoded(uri.strip_prefix("file://")?.split('?').next()?);
    let drive = path
        .strip_prefix('/')
        .filter(|rest| rest.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

#[cfg(test)]
mod tests {
    use super::{decoded, is_absolute, join, of_file, path_of};
    use std::path::Path;

    #[test]
    fn references_are_joined_as_rfc_3986_has_it() {
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("./", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../..", "http://a/"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("/./g", "http://a/g"),
            ("/../g", "http://a/g"),
            ("g.", "http://a/b/c/g."),
            ("..g", "http://a/b/c/..g"),
            ("./g/.", "http://a/b/c/g/"),
            ("g/../h", "http://a/b/c/h"),
            ("g;x=1/../y", "http://a/b/c/y"),
            ("HTTP://x/../y", "http://x/y"),
        ] {
            // One letter is a drive, not a scheme.
            let expected = if reference == "g:h" {
                "http://a/b/c/g:h"
            } else {
                expected
            };
            assert_eq!(
                join("http://a/b/c/d;p?q", reference),
                expected,
                "{reference}"
            );
        }
        assert_eq!(join("http://a", "b"), "http://a/b");
        assert_eq!(join("urn:x:y", "urn:example:a:b"), "urn:example:a:b");
        assert_eq!(join("", "../a/./b"), "../a/b");
    }

    #[test]
    fn a_file_is_a_uri_and_back() {
        let path = Path::new("/a b/100%/ü#1?.yaml");
        assert_eq!(path_of(&of_file(path)).as_deref(), Some(path));
        assert_eq!(path_of("https://a/b"), None);
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(decoded("a%20b%zz%2"), "a b%zz%2");
        assert_eq!(decoded("%+1"), "%+1");
        assert!(is_absolute("https://a") && is_absolute("//a") && is_absolute("urn:a"));
        assert!(!is_absolute("a/b:c") && !is_absolute("c:/a") && !is_absolute("./a"));
    }
}
