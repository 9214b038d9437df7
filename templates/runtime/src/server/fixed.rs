//! What a path says behind `?` and `#`. OpenAPI has no meaning for either, and documents of action APIs use both: operations share
//! a path, and a query parameter or a header says which of them is meant (`/#X-Amz-Target=Disks.List`, `/?Action=ListDisks`).

use super::super::operation::OperationTable;
use super::super::style::decoded;
use super::super::template::beside_path;
use http::request::Parts;

/// A query parameter or a header that a path fixes, or only names.
#[derive(Debug)]
pub(super) struct Fixed {
    name: &'static str,
    value: Option<&'static str>,
    /// The path parameter that is its value.
    parameter: Option<&'static str>,
}

/// All that an operation's path fixes.
pub(super) fn fixed(operation: &'static OperationTable) -> Vec<Fixed> {
    beside_path(operation.route)
        .map(|pair| {
            let (name, value) = match pair.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (pair, None),
            };
            let expression = value.and_then(|value| value.strip_prefix('{')?.strip_suffix('}'));
            Fixed {
                name,
                value: value.filter(|_| expression.is_none()),
                parameter: expression,
            }
        })
        .collect()
}

/// The pairs of a query, not decoded.
fn pairs(parts: &Parts) -> impl Iterator<Item = (&str, &str)> {
    let pairs = parts.uri.query().unwrap_or_default().split('&');
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

impl Fixed {
    /// Whether a request has it.
    pub(super) fn is_in(&self, parts: &Parts) -> bool {
        let plain = |text: &'static str| decoded(text, false);
        let mut query =
            pairs(parts).map(|(name, value)| (decoded(name, true), decoded(value, true)));
        let is_value = |value: &str| self.value.is_none_or(|own| plain(own) == value);
        if query.any(|(name, value)| name == plain(self.name) && is_value(&value)) {
            return true;
        }
        let mut headers = parts.headers.get_all(&*plain(self.name)).into_iter();
        headers.any(|value| value.to_str().is_ok_and(is_value))
    }

    /// The path parameter that a request gives in its query, not decoded.
    pub(super) fn parameter<'p>(&self, parts: &'p Parts) -> Option<(&'static str, &'p str)> {
        let parameter = self.parameter?;
        let mut query = pairs(parts);
        let found = query.find(|(name, _)| decoded(name, true) == decoded(self.name, false));
        found.map(|(_, value)| (parameter, value))
    }
}
