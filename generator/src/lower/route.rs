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

/// A literal as it is meant: `%61` is `a`, and `%C3%BC` is `ü`, but a reserved character is another one where it is encoded (RFC
/// 3986, sections 2.2 and 6.2.2).
fn plain(text: &str) -> String {
    const KEPT: &[u8] = b":/?#[]@!$&'()*+,;={}";
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some(first) = rest.first() {
        let digit = |at: usize| char::from(*rest.get(at)?).to_digit(16);
        let encoded = match (first, digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => Some((high * 16 + low) as u8),
            _ => None,
        };
        match encoded {
            Some(byte) if KEPT.contains(&byte) => bytes.extend(format!("%{byte:02X}").bytes()),
            Some(byte) => bytes.push(byte),
            None => bytes.push(*first),
        }
        rest = &rest[if encoded.is_some() { 3 } else { 1 }..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
