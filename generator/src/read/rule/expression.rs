//! Runtime expressions (OpenAPI 3.2, section "Runtime Expressions"), where callbacks and links write them.

use super::format::is_token;
use super::{Rules, code};
use crate::diagnostic::Place;

impl Rules<'_, '_> {
    /// The keys of a callback: URLs with expressions in them.
    pub(super) fn callback(&mut self) {
        let keys = self
            .entries
            .iter()
            .filter(|entry| !entry.key.starts_with("x-"));
        for entry in keys {
            if let Some(fault) = fault(&entry.key) {
                let message = format!("`{}` is no URL with runtime expressions", entry.key);
                let help = "write an expression such as `{$request.body#/callbackUrl}`";
                self.report(
                    code::INVALID_VALUE,
                    Place::Key(entry.value),
                    message,
                    &fault,
                    help,
                );
            }
        }
    }
}

/// What is wrong with a text that may be an expression, or hold some in braces.
fn fault(text: &str) -> Option<String> {
    if text.starts_with('$') {
        return (!is_expression(text)).then(|| format!("`{text}` is no expression"));
    }
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let inner = rest[at..]
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'));
        let Some((inner, after)) = inner else {
            return Some("a brace stands alone".to_owned());
        };
        if !is_expression(inner) {
            return Some(format!("`{inner}` is no expression"));
        }
        rest = after;
    }
    None
}

fn is_expression(text: &str) -> bool {
    if matches!(text, "$url" | "$method" | "$statusCode") {
        return true;
    }
    let source = text
        .strip_prefix("$request.")
        .or_else(|| text.strip_prefix("$response."));
    let Some(source) = source else { return false };
    match source.split_once('.') {
        Some(("header", name)) => is_token(name),
        Some(("query" | "path", name)) => !name.is_empty(),
        _ => source
            .strip_prefix("body")
            .is_some_and(|rest| matches!(rest, "" | "#") || rest.starts_with("#/")),
    }
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn keys_are_urls_with_expressions() {
        for text in [
            "{$request.body#/url}",
            "$request.query.callback",
            "https://x/{$request.path.id}?a={$response.header.Location}",
            "{$url}",
            "https://x/y",
        ] {
            assert_eq!(fault(text), None, "{text}");
        }
        for text in [
            "{$request.body#/url",
            "{$nope}",
            "$request.nope",
            "{request.body}",
            "}",
            "{$request.body#url}",
        ] {
            assert!(fault(text).is_some(), "{text}");
        }
    }
}
