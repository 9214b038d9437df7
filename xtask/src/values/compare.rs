//! Whether a value has come back as it was.

use super::spelling;
use crate::bundle::Answer;
use serde_json::{Number, Value};
use std::collections::BTreeSet;

/// What became of a value.
pub(super) enum Outcome {
    Same,
    /// The same value, but for how texts in it are spelled.
    Respelled(BTreeSet<&'static str>),
    /// In what it does not come back.
    Different(String),
}

/// Compares a value with what a type has made of it.
pub(super) fn outcome(value: &Value, answer: Answer) -> Outcome {
    if let Some(fault) = answer.unread {
        return Outcome::Different(format!("is not read: {fault}"));
    }
    if let Some(fault) = answer.unwritten {
        return Outcome::Different(format!("is not written: {fault}"));
    }
    if let Some(fault) = answer.unbridged {
        return Outcome::Different(format!("serde does not take it: {fault}"));
    }
    let mut respelled = BTreeSet::new();
    for (how, text) in [("", answer.written), (" of serde", answer.bridged)] {
        let written: Value = match serde_json::from_str(&text.unwrap_or_default()) {
            Ok(written) => written,
            Err(error) => {
                return Outcome::Different(format!("is written{how} as no JSON: {error}"));
            }
        };
        if let Some(at) = difference(value, &written, "", &mut respelled) {
            return Outcome::Different(format!("comes back{how} different at `{at}`"));
        }
    }
    if respelled.is_empty() {
        Outcome::Same
    } else {
        Outcome::Respelled(respelled)
    }
}

/// Where two values differ first; 1 and 1.0 are the same number. What is spelled in another way is noted.
fn difference(
    a: &Value,
    b: &Value,
    at: &str,
    respelled: &mut BTreeSet<&'static str>,
) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let more = b
                .keys()
                .find(|key| !a.contains_key(*key))
                .map(|key| format!("{at}/{key}"));
            let differing = a.iter().find_map(|(key, value)| {
                let at = format!("{at}/{key}");
                match b.get(key) {
                    Some(other) => difference(value, other, &at, respelled),
                    None => Some(at),
                }
            });
            differing.or(more)
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(number, (a, b))| difference(a, b, &format!("{at}/{number}"), respelled)),
        (Value::Number(a), Value::Number(b)) if is_same_number(a, b) => None,
        (Value::String(a), Value::String(b)) if a != b => match spelling::kind(a, b) {
            Some(kind) => {
                respelled.insert(kind);
                None
            }
            None => Some(at.to_owned()),
        },
        _ => (a != b).then(|| at.to_owned()),
    }
}

/// Whole numbers to the last digit, others as near as JSON's usual readers have them.
fn is_same_number(a: &Number, b: &Number) -> bool {
    let is_whole = |number: &Number| number.is_i64() || number.is_u64();
    if is_whole(a) && is_whole(b) {
        return a == b;
    }
    a.as_f64() == b.as_f64()
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::{Value, json};
    use std::collections::BTreeSet;

    fn between(a: &Value, b: &Value) -> (Option<String>, usize) {
        let mut respelled = BTreeSet::new();
        let at = difference(a, b, "", &mut respelled);
        (at, respelled.len())
    }

    #[test]
    fn numbers_are_the_same_whatever_they_look_like_and_nothing_else_is() {
        let same = between(&json!({"a": [1, 2.0]}), &json!({"a": [1.0, 2]}));
        assert_eq!(same, (None, 0));
        let (at, _) = between(&json!({"a": [1, 2]}), &json!({"a": [1, 3]}));
        assert_eq!(at.as_deref(), Some("/a/1"));
        let (at, _) = between(&json!({}), &json!({"b": null}));
        assert_eq!(at.as_deref(), Some("/b"));
        let large = between(&json!(9007199254740993_i64), &json!(9007199254740992_i64));
        assert_eq!(large.0.as_deref(), Some(""));
    }

    #[test]
    fn another_spelling_is_noted() {
        let times = between(
            &json!(["2024-01-02T03:04:05.000Z"]),
            &json!(["2024-01-02T03:04:05Z"]),
        );
        assert_eq!(times, (None, 1));
    }
}
