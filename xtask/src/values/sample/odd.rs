//! Values that nobody thinks of and somebody sends: the corners of every kind and format, one after the other.

use super::pattern::Patterns;
use super::whole::Part;
use super::{Choice, number, text};
use crate::values::raise::width;
use serde_json::{Value, json};

/// How many samples of a schema have them, at most.
pub(super) const PASSES: usize = 12;

/// Texts where nothing more is said.
const TEXTS: &[&str] = &[
    "",
    " ",
    "\u{0}\u{1f}\u{7f}\u{80}",
    "\"\\/\u{8}\u{c}\n\r\t",
    "e\u{301}\u{e9}\u{df}\u{130}",
    "\u{1f600}\u{10ffff}\u{200d}\u{feff}",
    "\u{2028}\u{2029}\u{d7ff}\u{e000}\u{ffff}",
    "null",
    "true",
    "-0",
    "1e400",
    "{}",
    "</script><!--&amp;",
    "%00+%20&a=b;c",
    "2024-02-29T23:59:58Z",
    " a ",
    "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
];

/// Texts of formats.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "date-time",
        &[
            "2024-02-29T23:59:58+05:30",
            "2024-02-29T23:59:58.000Z",
            "2024-02-29T23:59:58.120Z",
            "2024-02-29T23:59:58.5-11:00",
            "2024-02-29T23:59:58.123456Z",
            "2024-02-29T23:59:58.123456789+00:00",
            "2016-12-31T23:59:60Z",
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59.999999999-23:59",
            "1969-12-31T23:59:59.999Z",
            "2024-02-29t23:59:58z",
            "2024-02-29T00:00:00-00:00",
        ],
    ),
    (
        "date",
        &["0001-01-01", "9999-12-31", "2000-02-29", "1969-12-31"],
    ),
    (
        "time",
        &[
            "00:00:00Z",
            "23:59:59.999+01:00",
            "23:59:60Z",
            "10:00:00.120-23:59",
        ],
    ),
    (
        "duration",
        &["P1Y2M3DT4H5M6S", "P2W", "PT0S", "P0D", "PT36H"],
    ),
    (
        "uuid",
        &[
            "00000000-0000-0000-0000-000000000000",
            "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
            "2EB8AA08-AA98-11EA-b4aa-73B441D16380",
        ],
    ),
    (
        "email",
        &[
            "\"joe bloggs\"@example.com",
            "te~st+a@example.com",
            "a@[127.0.0.1]",
        ],
    ),
    (
        "hostname",
        &["xn--4gbwdl.xn--wgbh1c", "localhost", "a-1.example"],
    ),
    ("ipv4", &["0.0.0.0", "255.255.255.255"]),
    (
        "ipv6",
        &[
            "::",
            "::1",
            "::ffff:192.0.2.1",
            "2001:DB8::1",
            "1:2:3:4:5:6:7:8",
            "0:0:0:0:0:0:0:0",
        ],
    ),
    (
        "uri",
        &[
            "urn:isbn:0451450523",
            "http://[2001:db8::7]:80/%7Ea?b[]=c#d",
            "mailto:a@example.com",
            "HTTP://EXAMPLE.com:80",
            "file:///",
        ],
    ),
    ("uri-reference", &["", "#", "?a", "../a"]),
    ("json-pointer", &["", "/", "/~0~1"]),
    (
        "byte",
        &["", "aGVsbG8", "+/+/", "-_-_", "AB==", "aGVs\nbG8=", "////"],
    ),
    ("base64", &["", "aGVsbG8", "+/+/"]),
    ("base64url", &["", "aGVsbG8", "-_-_"]),
    (
        "decimal",
        &["-0.00", "1e5", "79228162514264337593543950336.000001", "+1"],
    ),
];

/// Numbers, of which only the whole ones are integers.
const NUMBERS: &[f64] = &[
    0.0,
    -1.0,
    -0.0,
    0.1,
    1e300,
    5e-324,
    -1.7976931348623157e308,
    1e21,
    123_456_789.012_345_67,
    9_007_199_254_740_993.0,
    16_777_217.0,
    -2_147_483_648.0,
    4_294_967_295.0,
    1e-7,
];
const INTEGERS: &[i64] = &[
    0,
    -1,
    i64::MAX,
    i64::MIN,
    i32::MAX as i64,
    i32::MIN as i64,
    u32::MAX as i64,
    9_007_199_254_740_993,
    255,
    1,
];

/// Names that members may have which no schema names.
const NAMES: &[&str] = &[
    "",
    "x y",
    "\u{e9}\u{1f600}",
    "a/b~c",
    "$ref",
    "\"\\\n\u{0}",
    "__proto__",
    "0",
];

/// A text that is among these schemas' values; `None` where no odd one is.
pub(super) fn text(expressions: &Patterns, parts: &[Part<'_>], number: usize) -> Option<String> {
    let of = |key: &str| parts.iter().find_map(|part| part.fields.get(key)?.as_str());
    let format = of("contentEncoding").or_else(|| of("format"));
    let known = format.and_then(|format| FORMATS.iter().find(|(name, _)| *name == format));
    let texts = match (known, format) {
        (Some((_, texts)), _) => texts,
        (None, Some(format)) if text::is_known(format) => return None,
        _ => TEXTS,
    };
    let fits = |text: &&&str| text::fits(expressions, parts, text);
    turned(texts, number)
        .find(fits)
        .map(|text| (*text).to_owned())
}

/// A number that is among these schemas' values.
pub(super) fn number(parts: &[Part<'_>], integer: bool, number: usize) -> Option<Value> {
    let width = parts.iter().find_map(|part| width(part.fields));
    let is_within = |value: f64| width.is_none_or(|(least, most)| (least..=most).contains(&value));
    if integer || width.is_some() {
        // A double is near enough to say whether it fits, but at the ends.
        let fits = |value: &&i64| {
            let value = **value as f64;
            is_within(value) && number::fits(parts, true, value)
        };
        return turned(INTEGERS, number)
            .find(fits)
            .map(|value| json!(value));
    }
    let fits = |value: &&f64| number::fits(parts, false, **value);
    turned(NUMBERS, number).find(fits).map(|value| json!(value))
}

/// A member that no schema names, where there may be one.
pub(super) fn unnamed(parts: &[Part<'_>], choice: &mut Choice) -> Option<(String, Value)> {
    const CLOSING: &[&str] = &[
        "additionalProperties",
        "unevaluatedProperties",
        "propertyNames",
        "patternProperties",
        "maxProperties",
    ];
    let says = |part: &Part<'_>| CLOSING.iter().any(|key| part.fields.contains_key(*key));
    if parts.iter().any(says) {
        return None;
    }
    let number = choice.oddity()?;
    let name = *turned(NAMES, number).next()?;
    Some((name.to_owned(), anything(number)))
}

/// Any JSON value.
pub(super) fn anything(number: usize) -> Value {
    let name = turned(NAMES, number).next().copied().unwrap_or_default();
    let text = turned(TEXTS, number).next().copied().unwrap_or_default();
    let float = turned(NUMBERS, number).next().copied().unwrap_or_default();
    let whole = turned(INTEGERS, number).next().copied().unwrap_or_default();
    match number % 7 {
        0 => Value::Null,
        1 => json!(text),
        2 => json!(float),
        3 => json!(whole),
        4 => json!(number.is_multiple_of(2)),
        5 => json!([]),
        _ => json!({ name: [null, text, float, whole, u64::MAX, [], {}] }),
    }
}

/// All of them, from one of them on.
fn turned<T>(all: &[T], first: usize) -> impl Iterator<Item = &T> {
    let first = first % all.len().max(1);
    all[first..].iter().chain(&all[..first])
}
