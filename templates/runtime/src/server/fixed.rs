//! What a path says behind `?` and `#`. OpenAPI has no meaning for either, and documents of action APIs use both: operations share
//! a path, and a query parameter or a header says which of them is meant (`/#X-Amz-Target=Disks.List`, `/?Action=ListDisks`).

use super::super::operation::OperationTable;
use super::super::style::{decoded, decoded_pairs};
use super::super::template::beside_path;
use http::request::Parts;
use std::borrow::Cow;

/// A query parameter or a header that a path fixes, or only names.
#[derive(Debug)]
pub(super) struct Fixed {
    name: Cow<'static, str>,
    value: Option<Cow<'static, str>>,
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
                name: decoded(name, false),
                value: value
                    .filter(|_| expression.is_none())
                    .map(|value| decoded(value, false)),
                parameter: expression,
            }
        })
        .collect()
}

/// The pairs of a request's query, names decoded and values not.
pub(super) type Query<'p> = Vec<(Cow<'p, str>, &'p str)>;

/// Takes the query of a request apart, once for all that paths fix.
pub(super) fn query(parts: &Parts) -> Query<'_> {
    decoded_pairs(parts.uri.query().unwrap_or_default())
}

impl Fixed {
    /// Whether a request has it.
    pub(super) fn is_in(&self, query: &Query<'_>, parts: &Parts) -> bool {
        let is_value = |value: &str| self.value.as_ref().is_none_or(|own| own == value);
        let mut pairs = query.iter();
        if pairs.any(|(name, value)| *name == self.name && is_value(&decoded(value, true))) {
            return true;
        }
        let mut headers = parts.headers.get_all(&*self.name).into_iter();
        headers.any(|value| value.to_str().is_ok_and(is_value))
    }

    /// The path parameter that a request gives in its query, not decoded.
    pub(super) fn parameter<'p>(&self, query: &Query<'p>) -> Option<(&'static str, &'p str)> {
        let parameter = self.parameter?;
        let found = query.iter().find(|(name, _)| *name == self.name);
        found.map(|(_, value)| (parameter, *value))
    }
}
