//! Texts.

use super::pattern::Patterns;
use super::whole::{Part, count};
use serde_json::Value;

/// What a text is where nothing says more.
const TEXT: &str = "text";

/// Texts of the formats that are checked, or that types know.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "date-time",
        &["2024-02-29T23:59:58Z", "2024-02-29T23:59:58.123Z"],
    ),
    ("date", &["2024-02-29"]),
    ("time", &["23:59:58Z"]),
    ("duration", &["P3DT4H", "PT4H"]),
    ("uuid", &["f81d4fae-7dec-11d0-a765-00a0c91e6bf6"]),
    ("email", &["somebody@example.com", "a@b.co"]),
    ("idn-email", &["somebody@example.com"]),
    ("hostname", &["example.com", "a.b"]),
    ("idn-hostname", &["example.com"]),
    ("ipv4", &["192.0.2.1"]),
    ("ipv6", &["2001:db8::1"]),
    ("ip", &["192.0.2.1"]),
    ("cidr", &["192.0.2.0/24"]),
    (
        "uri",
        &["https://example.com/a?b=c", "http://example.com", "a:b"],
    ),
    ("url", &["https://example.com/a?b=c", "http://example.com"]),
    ("iri", &["https://example.com/a"]),
    ("uri-reference", &["/a/b"]),
    ("iri-reference", &["/a/b"]),
    ("uri-template", &["/a/{b}"]),
    ("json-pointer", &["/a/0"]),
    ("relative-json-pointer", &["1/a"]),
    ("regex", &["^a+$"]),
    (
        "byte",
        &[
            "aGVsbG8=",
            "aA==",
            "aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxk",
            "2021",
        ],
    ),
    ("base64", &["aGVsbG8="]),
    ("base64url", &["aGVsbG8="]),
    ("decimal", &["12.50"]),
    ("int32", &["12"]),
    ("int64", &["12"]),
    ("uint64", &["12"]),
];

/// Whether texts of a format are known here: another one may not be one.
pub(super) fn is_known(format: &str) -> bool {
    FORMATS.iter().any(|(name, _)| *name == format)
}

/// Whether a text is as long as it may be, and matches the patterns.
pub(super) fn fits(expressions: &Patterns, parts: &[Part<'_>], text: &str) -> bool {
    let length = text.chars().count();
    let patterns = || {
        parts
            .iter()
            .filter_map(|part| part.fields.get("pattern")?.as_str())
    };
    count(parts, "minLength", f64::max).is_none_or(|least| length >= least)
        && count(parts, "maxLength", f64::min).is_none_or(|most| length <= most)
        && patterns().all(|pattern| expressions.matches(pattern, text))
}

/// The first text of those that come to mind which fits; the first one where none does.
pub(super) fn text(expressions: &Patterns, parts: &[Part<'_>], turn: usize) -> String {
    let of = |key: &'static str| {
        parts
            .iter()
            .filter_map(move |part| part.fields.get(key)?.as_str())
    };
    let least = count(parts, "minLength", f64::max)
        .unwrap_or_default()
        .min(10_000);
    let most = count(parts, "maxLength", f64::min).unwrap_or(usize::MAX);
    let patterns: Vec<&str> = of("pattern").collect();
    let fits = |text: &&String| fits(expressions, parts, text);
    let mut tried: Vec<String> = Vec::new();
    for format in of("format") {
        let known = FORMATS.iter().find(|(name, _)| *name == format);
        for text in known.into_iter().flat_map(|(_, texts)| *texts) {
            if format.starts_with("date") && !patterns.is_empty() {
                let years = (2000..2040).chain(1970..2000);
                tried.extend(
                    years.map(|year| text.replacen("2024-02-29", &format!("{year}-02-28"), 1)),
                );
            }
            tried.push((*text).to_owned());
            tried.push(format!(
                "{text}{}",
                "a".repeat(least.saturating_sub(text.len()))
            ));
            tried.push(format!(
                "{}{text}",
                "a".repeat(least.saturating_sub(text.len()))
            ));
        }
    }
    if !patterns.is_empty() {
        // A text that fits a pattern is hard to find, but the document may show one.
        for key in ["example", "default"] {
            tried.extend(of(key).map(str::to_owned));
        }
        let shown = parts
            .iter()
            .filter_map(|part| part.fields.get("examples")?.as_array());
        tried.extend(shown.flatten().filter_map(Value::as_str).map(str::to_owned));
    }
    let unsaid = tried.is_empty();
    let mut plain = if turn == 0 {
        TEXT.to_owned()
    } else {
        format!("{turn}{TEXT}")
    };
    while plain.chars().count() < least {
        plain.push('x');
    }
    let plain: String = plain.chars().take(most).collect();
    if unsaid {
        tried.push(plain.clone());
    }
    if let Some(found) = tried.iter().filter(fits).nth(turn) {
        return found.clone();
    }
    for pattern in &patterns {
        tried.extend(expressions.texts(pattern).iter().cloned());
    }
    tried.push(plain);
    let mut fitting = tried.iter().filter(fits);
    let found = fitting.clone().nth(turn).or_else(|| fitting.next());
    found.or(tried.first()).cloned().unwrap_or_default()
}
