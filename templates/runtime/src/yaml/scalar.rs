//! What a plain scalar is, by the core schema (YAML 1.2.2, section 10.3.2).

/// A plain scalar.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar {
    Null,
    Bool(bool),
    /// In JSON's grammar.
    Number(String),
    /// `.inf` and `.nan`, which JSON cannot say.
    NotFinite,
    String,
}

pub(super) fn scalar(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Bool(true),
        "false" | "False" | "FALSE" => return Scalar::Bool(false),
        ".nan" | ".NaN" | ".NAN" => return Scalar::NotFinite,
        _ => {}
    }
    let (sign, digits) = match text.as_bytes() {
        [b'-', ..] => ("-", &text[1..]),
        [b'+', ..] => ("", &text[1..]),
        _ => ("", text),
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Scalar::NotFinite;
    }
    let based = |prefix: &str, base: u32| {
        let digits = text.strip_prefix(prefix)?;
        let is_number = !digits.starts_with('+');
        let number = u128::from_str_radix(digits, base)
            .ok()
            .filter(|_| is_number);
        number.map(|number| Scalar::Number(number.to_string()))
    };
    decimal(digits)
        .map(|number| Scalar::Number(format!("{sign}{number}")))
        .or_else(|| based("0o", 8))
        .or_else(|| based("0x", 16))
        .unwrap_or(Scalar::String)
}

/// `12`, `.5`, `1.`, `1e3`, as JSON writes them.
fn decimal(text: &str) -> Option<String> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at(digits(text));
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(digits(rest)),
        None => ("", rest),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let exponent = match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if unsigned.is_empty() || digits(unsigned) < unsigned.len() {
                return None;
            }
            Some(exponent)
        }
        None if rest.is_empty() => None,
        None => return None,
    };
    let whole = whole.trim_start_matches('0');
    let mut number = if whole.is_empty() { "0" } else { whole }.to_owned();
    if !fraction.is_empty() {
        number.push('.');
        number.push_str(fraction);
    }
    if let Some(exponent) = exponent {
        number.push('e');
        number.push_str(exponent);
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::{Scalar, scalar};

    #[test]
    fn plain_scalars_are_those_of_the_core_schema() {
        let number = |text: &str| Scalar::Number(text.to_owned());
        for (text, expected) in [
            ("", Scalar::Null),
            ("~", Scalar::Null),
            ("null", Scalar::Null),
            ("nUll", Scalar::String),
            ("TRUE", Scalar::Bool(true)),
            ("no", Scalar::String),
            ("0", number("0")),
            ("+12", number("12")),
            ("-0755", number("-755")),
            ("0o17", number("15")),
            ("0x1F", number("31")),
            ("0x+1", Scalar::String),
            ("1_000", Scalar::String),
            ("1.", number("1")),
            (".5", number("0.5")),
            (".", Scalar::String),
            ("1.10", number("1.10")),
            ("1e3", number("1e3")),
            ("1E-3", number("1e-3")),
            ("1e", Scalar::String),
            ("1.2.3", Scalar::String),
            ("-", Scalar::String),
            ("2024-01-15", Scalar::String),
            ("-.Inf", Scalar::NotFinite),
            (".nan", Scalar::NotFinite),
        ] {
            assert_eq!(scalar(text), expected, "{text:?}");
        }
    }
}
