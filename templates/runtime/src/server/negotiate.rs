//! Which representation a client wants (RFC 9110, section 12.5.1).

use super::super::media_type;
use super::super::operation::{OperationTable, StatusKey};
use super::rejection::Rejection;
use http::StatusCode;
use http::header::{ACCEPT, HeaderMap, HeaderValue};

/// Refuses a request whose answer the client could not read: 406 (RFC 9110, section 15.5.7). Answers without a body are
/// always acceptable, and so are errors.
pub(super) fn acceptable(table: &OperationTable, accept: &str) -> Result<(), Rejection> {
    let successes = || {
        let answers = table.answers.iter();
        answers.filter(|answer| is_success(answer.status))
    };
    let names = || {
        let media = successes().filter_map(|answer| answer.media.as_ref());
        media.flat_map(|media| media.names.iter().copied())
    };
    if successes().any(|answer| answer.media.is_none())
        || names().next().is_none()
        || names().any(|name| media_type::quality(accept, name) > 0)
    {
        return Ok(());
    }
    let names: Vec<&str> = names().collect();
    let message = format!("the answer is `{}`", names.join("` or `"));
    Err(Rejection::new(StatusCode::NOT_ACCEPTABLE, message))
}

fn is_success(key: StatusKey) -> bool {
    key.exact().is_some_and(|status| status.is_success()) || key.range() == Some(2)
}

/// What the client can read; `None` where it does not say, or says it so that nobody understands.
pub(super) fn accept(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut values = headers.get_all(ACCEPT).iter();
    let first = values.next()?;
    if values.next().is_none() {
        return Some(first.clone()).filter(is_said);
    }
    let values = headers.get_all(ACCEPT).iter();
    let values: Result<Vec<&str>, _> = values.map(|value| value.to_str()).collect();
    let joined = HeaderValue::from_str(&values.ok()?.join(","));
    joined.ok().filter(is_said)
}

fn is_said(value: &HeaderValue) -> bool {
    value.to_str().is_ok_and(|text| !text.trim().is_empty())
}
