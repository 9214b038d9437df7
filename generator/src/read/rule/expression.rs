//! Runtime expressions (OpenAPI 3.2, section "Runtime Expressions"), where callbacks and links write them.

use super::format::is_token;
use super::link::{declared, is_operation};
use super::{Rules, code};
use crate::diagnostic::Place;
use crate::source::NodeId;

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
            } else {
                let operation = self.above(&["callbacks"]);
                self.undeclared(Place::Key(entry.value), &entry.key, operation);
            }
        }
    }

    /// The values that a link gives to the parameters and the body of its operation.
    pub(super) fn linked_values(&mut self) {
        let parameters = self.get("parameters");
        let given = parameters.map_or(&[][..], |given| self.tree.entries(given));
        let given = given.iter().map(|entry| entry.value);
        let values: Vec<NodeId> = given.chain(self.get("requestBody")).collect();
        for at in values {
            if let Some(text) = self.tree.str(at) {
                let operation = self.above(&["links", "", "responses"]);
                self.undeclared(Place::Node(at), text, operation);
            }
        }
    }

    /// The operation that this stands in, below these keys. Components stand in none.
    fn above(&self, keys: &[&str]) -> Option<NodeId> {
        let mut at = self.node;
        for key in keys {
            at = self.tree.parent(at)?;
            if !key.is_empty() && self.tree.key(at) != Some(key) {
                return None;
            }
        }
        let operation = self.tree.parent(at)?;
        is_operation(self.tree, operation).then_some(operation)
    }

    /// Parameters of a request can be taken up where its operation declares them (OpenAPI 3.2, section "Runtime
    /// Expressions"). Header fields it has beside those.
    fn undeclared(&mut self, place: Place, text: &str, operation: Option<NodeId>) {
        let mut wanted = Vec::new();
        for (start, _) in text.match_indices("$request.") {
            let rest = &text[start + "$request.".len()..];
            let end = rest.find(['}', '&', '/', '?', '#']).unwrap_or(rest.len());
            if let Some((place @ ("path" | "query"), name)) = rest[..end].split_once('.') {
                wanted.push((place, name));
            }
        }
        if wanted.is_empty() {
            return;
        }
        let Some(known) = operation.and_then(|operation| declared(self.tree, operation)) else {
            return;
        };
        let has_whole_query = known.iter().any(|(place, _)| *place == "querystring");
        let is_there = |wanted: &(&str, &str)| {
            known.contains(wanted) || has_whole_query && wanted.0 == "query"
        };
        let missing = wanted.into_iter().find(|wanted| !is_there(wanted));
        if let Some((location, name)) = missing {
            let message = format!("the operation has no {location} parameter `{name}`");
            self.report(
                code::CONFLICTING_FIELDS,
                place,
                message,
                "nothing to be taken up",
                "describe the parameter, or correct the expression",
            );
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
