//! Which representation a client wants (RFC 9110, section 12.5.1).

use super::super::media_type;
use super::super::operation::{OperationTable, StatusKey};
use super::rejection::Rejection;
use http::StatusCode;
use http::header::{ACCEPT, HeaderMap};

/// Refuses a request whose answer the client could not read: 406 (RFC 9110, section 15.5.7). Answers without a body are
/// always acceptable, and so are errors.
pub(super) fn acceptable(table: &OperationTable, headers: &HeaderMap) -> Result<(), Rejection> {
    let Some(accept) = accept(headers) else {
        return Ok(());
    };
    let mut names: Vec<&str> = Vec::new();
    for answer in table
        .answers
        .iter()
        .filter(|answer| is_success(answer.status))
    {
        match answer.media {
            Some(media) => names.extend(media.names),
            None => return Ok(()),
        }
    }
    if names.is_empty()
        || names
            .iter()
            .any(|name| media_type::quality(&accept, name) > 0)
    {
        return Ok(());
    }
    let message = format!("the answer is `{}`", names.join("` or `"));
    Err(Rejection::new(StatusCode::NOT_ACCEPTABLE, message))
}

fn is_success(key: StatusKey) -> bool {
    key.exact().is_some_and(|status| status.is_success()) || key.range() == Some(2)
}

/// What the client can read; `None` where it does not say, or says it so that nobody understands.
pub(super) fn accept(headers: &HeaderMap) -> Option<String> {
    let values: Result<Vec<&str>, _> = headers
        .get_all(ACCEPT)
        .iter()
        .map(|value| value.to_str())
        .collect();
    let joined = values.ok()?.join(",");
    (!joined.trim().is_empty()).then_some(joined)
}
