//! Whether a value is what the grammar expects, exactly or evidently, and the words for both.

use super::grammar::{Kind, Object};
use crate::document::Version;
use crate::source::{Entry, Tree, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Exact,
    /// Not what the specification says, but only one thing can be meant.
    Loose,
    None,
}

/// Looks at the outermost level only.
pub(super) fn fit(kind: Kind, value: Value<'_>, version: Version) -> Fit {
    match (kind, value) {
        (Kind::Any, _)
        | (Kind::String | Kind::Word(_), Value::String(_))
        | (Kind::Bool, Value::Bool(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::List(_), Value::List(_))
        | (Kind::Map(_) | Kind::Object(_) | Kind::OrReference(_), Value::Map(_)) => Fit::Exact,
        (Kind::Object(Object::Schema), Value::Bool(_)) => {
            if version >= Version::V3_1 {
                Fit::Exact
            } else {
                Fit::Loose
            }
        }
        (Kind::Count, Value::Number(text)) => match count(text) {
            Some(_) if text.bytes().all(|byte| byte.is_ascii_digit()) => Fit::Exact,
            Some(_) => Fit::Loose,
            None => Fit::None,
        },
        (Kind::Either(first, second), _) => {
            match (fit(*first, value, version), fit(*second, value, version)) {
                (Fit::Exact, _) | (_, Fit::Exact) => Fit::Exact,
                (Fit::None, Fit::None) => Fit::None,
                _ => Fit::Loose,
            }
        }
        (_, Value::Null) | (Kind::String, Value::Number(_) | Value::Bool(_)) => Fit::Loose,
        (Kind::Bool, Value::String(word)) if flag(word).is_some() => Fit::Loose,
        (Kind::Object(Object::Schema), Value::String(name)) if super::grammar::is_type(name) => {
            Fit::Loose
        }
        // `description: { $ref: file.md }`, which some tools resolve before anyone else reads the document.
        (Kind::String, Value::Map([entry])) if *entry.key == *"$ref" => Fit::Loose,
        (Kind::Number, Value::String(text)) if is_number(text) => Fit::Loose,
        (Kind::Count, Value::String(text)) if count(text).is_some() => Fit::Loose,
        // What a program writes that knows no difference between an empty list and an empty map.
        (Kind::Map(_) | Kind::Object(_) | Kind::OrReference(_), Value::List([]))
        | (Kind::List(_), Value::Map([])) => Fit::Loose,
        (Kind::List(Kind::String | Kind::Word(_)), Value::String(text)) if !text.contains(',') => {
            Fit::Loose
        }
        _ => Fit::None,
    }
}

/// A boolean that is written as a word: `required: optional`.
pub(super) fn flag(word: &str) -> Option<bool> {
    const YES: [&str; 7] = ["true", "yes", "on", "y", "t", "1", "required"];
    const NO: [&str; 7] = ["false", "no", "off", "n", "f", "0", "optional"];
    let is = |words: [&str; 7]| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    match (is(YES), is(NO)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A non-negative integer however it is written: `3`, `3.0`, `3e2`.
pub(super) fn count(text: &str) -> Option<u64> {
    if let Ok(count) = text.parse() {
        return Some(count);
    }
    let number: f64 = text.parse().ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole and in range, which is asked first"
    )]
    (number.fract() == 0.0 && (0.0..9.0e15).contains(&number)).then_some(number as u64)
}

/// Whether the text is a number in JSON's grammar (RFC 8259, section 6), of whatever size.
pub(super) fn is_number(text: &str) -> bool {
    let (mantissa, power) = parts(text);
    let power =
        power.is_none_or(|power| is_digits(power.strip_prefix(['+', '-']).unwrap_or(power)));
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let canonical = whole == "0" || !whole.starts_with('0');
    power && canonical && is_digits(whole) && fraction.is_none_or(is_digits)
}

/// Whether a number can be calculated with to its last digit: it has at most 38 digits, and its power of ten at most six.
pub(super) fn is_exact(text: &str) -> bool {
    let (mantissa, power) = parts(text);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0');
    let power = power.map_or("", |power| power.trim_start_matches(['+', '-', '0']));
    digits.len() <= 38 && mantissa.len() <= 100_000 && power.len() <= 6
}

/// What stands before and after the `e` of a number, without its sign.
fn parts(text: &str) -> (&str, Option<&str>) {
    let text = text.strip_prefix('-').unwrap_or(text);
    match text.split_once(['e', 'E']) {
        Some((mantissa, power)) => (mantissa, Some(power)),
        None => (text, None),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `200`, `4XX` (in either case) or `default`.
pub(super) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [first @ b'1'..=b'9', rest @ ..] if rest.len() == 2 => {
            rest.iter().all(u8::is_ascii_digit)
                || (*first <= b'5' && rest.iter().all(|byte| matches!(byte, b'X' | b'x')))
        }
        _ => key == "default",
    }
}

/// Whether the only member of a map of objects is a reference in place of the map: no object is a string.
pub(super) fn is_map_reference(tree: &Tree, entry: &Entry) -> bool {
    &*entry.key == "$ref" && matches!(tree.value(entry.value), Value::String(_))
}

pub(super) const fn found(value: Value<'_>) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List([]) => "an empty list",
        Value::List(_) => "a list",
        Value::Map([]) => "an empty map",
        Value::Map(_) => "a map",
    }
}

pub(super) fn expected(kind: Kind) -> String {
    match kind {
        Kind::Any => "a value".to_owned(),
        Kind::String => "a string".to_owned(),
        Kind::Bool => "`true` or `false`".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Count => "a whole number, 0 or more".to_owned(),
        Kind::Word(words) => expected_word(words),
        Kind::List(Kind::Object(object) | Kind::OrReference(object)) => {
            format!("a list of {} Objects", title(*object))
        }
        Kind::List(Kind::String | Kind::Word(_)) => "a list of strings".to_owned(),
        Kind::List(_) => "a list".to_owned(),
        Kind::Map(Kind::Object(object) | Kind::OrReference(object)) => {
            format!("a map of {} Objects", title(*object))
        }
        Kind::Map(_) => "a map".to_owned(),
        Kind::Either(first, second) => format!("{} or {}", expected(*first), expected(*second)),
        Kind::Object(object) | Kind::OrReference(object) => {
            let title = title(object);
            let article = if title.starts_with(['A', 'E', 'I', 'O', 'X']) {
                "an"
            } else {
                "a"
            };
            format!("{article} {title} Object")
        }
    }
}

fn title(object: Object) -> &'static str {
    super::grammar::row(object).title
}

pub(super) fn expected_word(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}
