//! Types plain YAML scalars by serde_yaml's rules, the only place that names that crate.

use serde_yaml::Value as Yaml;

/// What a plain scalar is.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    /// In JSON's grammar.
    Number(String),
    String,
    /// `.inf` and `.nan`, which JSON cannot say.
    NotFinite,
}

pub(super) fn scalar(text: &str) -> Scalar {
    match text.as_bytes().first() {
        None => Scalar::Null,
        // What starts with a letter is a string unless it is one of a few words, and serde_yaml need not be asked.
        Some(first) if first.is_ascii_alphabetic() => match text {
            "null" | "Null" | "NULL" => Scalar::Null,
            "true" | "True" | "TRUE" => Scalar::Bool(true),
            "false" | "False" | "FALSE" => Scalar::Bool(false),
            _ => Scalar::String,
        },
        Some(b'~' | b'0'..=b'9' | b'+' | b'-' | b'.') => {
            if is_json_integer(text) {
                Scalar::Number(text.to_owned())
            } else {
                asked(text)
            }
        }
        Some(_) => Scalar::String,
    }
}

/// An integer of any size; serde_yaml's own have at most 128 bits.
fn is_json_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let canonical = digits == "0" || !digits.starts_with('0');
    canonical && !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn asked(text: &str) -> Scalar {
    match serde_yaml::from_str::<Yaml>(text) {
        Ok(Yaml::Null) => Scalar::Null,
        Ok(Yaml::Bool(value)) => Scalar::Bool(value),
        Ok(Yaml::Number(number)) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
            (Some(value), _, _) => Scalar::Number(value.to_string()),
            (_, Some(value), _) => Scalar::Number(value.to_string()),
            (_, _, Some(value)) if !value.is_finite() => Scalar::NotFinite,
            (_, _, Some(value)) => Scalar::Number(decimal(text, value)),
            _ => Scalar::String,
        },
        _ => Scalar::String,
    }
}

/// The digits as written where JSON can write them so, since a float has fewer.
fn decimal(text: &str, value: f64) -> String {
    if serde_json::from_str::<serde_json::Value>(text).is_ok() {
        text.to_owned()
    } else {
        format!("{value:?}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Scalar, scalar};

    #[test]
    fn plain_scalars_are_typed_as_yaml_1_2_does() {
        let number = |text: &str| Scalar::Number(text.to_owned());
        for (text, expected) in [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("null", Scalar::Null),
            ("true", Scalar::Bool(true)),
            ("NO", Scalar::String),
            ("yes", Scalar::String),
            ("on", Scalar::String),
            ("200", number("200")),
            ("-7", number("-7")),
            ("0755", Scalar::String),
            ("0x1F", number("31")),
            ("1_000", Scalar::String),
            ("1.10", number("1.10")),
            ("1e3", number("1e3")),
            (".5", number("0.5")),
            ("3.0.0", Scalar::String),
            ("2024-01-15", Scalar::String),
            ("12:30:45", Scalar::String),
            ("-9223372036854776000", number("-9223372036854776000")),
            (
                "123456789012345678901234567890123456789012",
                number("123456789012345678901234567890123456789012"),
            ),
            (".inf", Scalar::NotFinite),
            ("-.inf", Scalar::NotFinite),
            (".nan", Scalar::NotFinite),
            ("-", Scalar::String),
        ] {
            assert_eq!(scalar(text), expected, "{text:?}");
        }
    }
}
