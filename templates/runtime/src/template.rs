//! Path templates (OpenAPI 3.2, section "Path Templating"): segments of literals and expressions, filled in and taken apart.

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(&'static str),
    Parameter(&'static str),
}

/// Takes a segment of a template apart. A brace without its partner is text.
pub(crate) fn parts(segment: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            parts.push(Part::Literal(&rest[..open]));
        }
        parts.push(Part::Parameter(&rest[open + 1..open + close]));
        rest = &rest[open + close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    parts
}

/// Whether an expression may be nothing: behind a literal, a path still has its segment where there is nothing to write
/// (RFC 6570, section 2.3).
fn may_be_empty(parts: &[Part]) -> bool {
    matches!(parts, [Part::Literal(_), Part::Parameter(_)])
}

/// Takes a segment of a path apart: each expression takes as little as lets the next literal follow, and at least one character,
/// unless it stands alone behind a literal.
pub(crate) fn matched<'p>(
    parts: &[Part],
    segment: &'p str,
    parameters: &mut Vec<(&'static str, &'p str)>,
) -> bool {
    let mut rest = segment;
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => match rest.strip_prefix(text) {
                Some(after) => rest = after,
                None => return false,
            },
            Part::Parameter(name) => {
                let end = match parts.get(position + 1) {
                    None => rest.len(),
                    Some(Part::Literal(text)) => {
                        let last = position + 2 == parts.len();
                        let found = if last {
                            rest.strip_suffix(text).map(str::len)
                        } else {
                            rest.find(text)
                        };
                        match found {
                            Some(end) => end,
                            None => return false,
                        }
                    }
                    Some(Part::Parameter(_)) => rest.chars().next().map_or(0, char::len_utf8),
                };
                if end == 0 && !may_be_empty(parts) {
                    return false;
                }
                parameters.push((name, &rest[..end]));
                rest = &rest[end..];
            }
        }
    }
    rest.is_empty()
}

/// Fills a template in, with the texts of its expressions as they are sent.
///
/// # Errors
///
/// An expression that is empty, or a segment that could not be taken apart again, by its first expression.
#[cfg(feature = "client")]
pub(crate) fn filled(
    template: &'static str,
    text: impl Fn(&str) -> Option<String>,
) -> Result<String, (&'static str, &'static str)> {
    let mut path = String::new();
    for (position, segment) in template.split('/').enumerate() {
        if position > 0 {
            path.push('/');
        }
        let parts = parts(segment);
        let (mut written, mut first, mut texts) = (String::new(), "path", Vec::new());
        for part in parts.iter().rev() {
            if let Part::Parameter(name) = part {
                first = name;
            }
        }
        for part in &parts {
            match part {
                Part::Literal(text) => written.push_str(text),
                Part::Parameter(name) => {
                    let text = text(name).unwrap_or_default();
                    written.push_str(&text);
                    texts.push(text);
                }
            }
        }
        if texts.is_empty() {
            path.push_str(segment);
            continue;
        }
        let mut found = Vec::new();
        let apart = matched(&parts, &written, &mut found);
        if texts.iter().any(String::is_empty) && !may_be_empty(&parts) {
            return Err((first, "it is empty, and a path cannot hold that"));
        }
        if !apart
            || found
                .iter()
                .map(|(_, text)| *text)
                .ne(texts.iter().map(String::as_str))
        {
            return Err((first, "the literals beside it could not be told from it"));
        }
        // URL parsers take such segments away, however they are encoded (WHATWG URL, "double-dot URL path segment").
        if matches!(written.as_str(), "." | "..") {
            return Err((first, "a segment of the path would be `.` or `..`"));
        }
        path.push_str(&written);
    }
    Ok(path)
}
