//! Path templates → segments of literals and parameters (OpenAPI 3.2, section "Path Templating").

use crate::ir::{Route, Segment, SegmentPart};

/// Takes a template apart. A brace without its partner is text.
pub(super) fn route(template: &str) -> Route {
    let path = template.strip_prefix('/').unwrap_or(template);
    let segments = path
        .split('/')
        .map(|text| Segment { parts: parts(text) })
        .collect();
    Route {
        text: template.to_owned(),
        segments,
    }
}

fn parts(text: &str) -> Vec<SegmentPart> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else {
            break;
        };
        let name = &rest[open + 1..open + length];
        if name.is_empty() || name.contains('{') {
            literal.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
            continue;
        }
        literal.push_str(&rest[..open]);
        if !literal.is_empty() {
            parts.push(SegmentPart::Literal(std::mem::take(&mut literal)));
        }
        parts.push(SegmentPart::Parameter(name.to_owned()));
        rest = &rest[open + length + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        parts.push(SegmentPart::Literal(literal));
    }
    parts
}

/// The names of the template's parameters, in order.
pub(super) fn parameters(route: &Route) -> impl Iterator<Item = &str> {
    route
        .segments
        .iter()
        .flat_map(|segment| &segment.parts)
        .filter_map(|part| match part {
            SegmentPart::Parameter(name) => Some(name.as_str()),
            SegmentPart::Literal(_) => None,
        })
}

/// The template with its parameters' names left out: what two operations must not share.
pub(super) fn key(route: &Route) -> String {
    let mut key = String::new();
    for segment in &route.segments {
        key.push('/');
        for part in &segment.parts {
            match part {
                SegmentPart::Literal(text) => key.push_str(&plain(text)),
                SegmentPart::Parameter(_) => key.push_str("{}"),
            }
        }
    }
    key
}

/// A literal without the escapes that change nothing (RFC 3986, section 6.2.2.2): `%61` is `a`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let digits = rest.get(at + 1..at + 3).unwrap_or_default();
        let byte = u8::from_str_radix(digits, 16).ok();
        let unreserved = byte.filter(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(byte));
        match unreserved {
            Some(byte) => plain.push(char::from(byte)),
            None => plain.push_str(&rest[at..at + 1 + digits.len()].to_ascii_uppercase()),
        }
        rest = &rest[at + 1 + digits.len()..];
    }
    plain.push_str(rest);
    plain
}
