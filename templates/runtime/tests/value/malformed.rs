//! Texts that are not JSON, or not what the type demands.

use super::read;
use super::sample::{Backup, Closed};
use oasmith_runtime::json::{self, ReadOptions, WriteOptions};

#[test]
fn says_what_and_where() {
    for (text, error) in [
        ("", "expected an object, found the end (byte 0)"),
        ("[]", "expected an object, found a list (byte 0)"),
        ("{", "expected a member's name, found the end (byte 1)"),
        ("{]", "expected a member's name, found `]` (byte 1)"),
        (
            r#"{"any":1,}"#,
            "expected a member's name, found `}` (byte 9)",
        ),
        (r#"{"any" 1}"#, "expected `:`, found a number (byte 7)"),
        (
            r#"{"any":1 "x":2}"#,
            "expected `,` or `}`, found a string (byte 9)",
        ),
        (r#"{"any":1} x"#, "expected the end, found `x` (byte 10)"),
        (
            r#"{"any":1,"any":2}"#,
            "expected each member once, found `any` again (byte 9)",
        ),
        (
            r#"{"an\u0079":1,"any":2}"#,
            "expected each member once, found `any` again (byte 14)",
        ),
        (
            r#"{"any":tru}"#,
            "expected a value, found `t` at /any (byte 7)",
        ),
        (
            r#"{"any":[1,2"#,
            "expected `,` or `]`, found the end at /any (byte 11)",
        ),
        (
            r#"{"any":{"a/b":[0,01]}}"#,
            "expected `,` or `]`, found a number at /any/a~1b (byte 18)",
        ),
        (
            r#"{"tags":["a",1]}"#,
            "expected a string, found a number at /tags/1 (byte 13)",
        ),
        (
            r#"{"labels":{"x~y":2147483648}}"#,
            "expected an integer of 32 bits, found `2147483648` at /labels/x~0y (byte 17)",
        ),
        (
            "{\"tags\":[\"a\nb\"]}",
            "expected no raw control character in a string, found `\\n` at /tags/0 (byte 11)",
        ),
        (
            r#"{"tags":["\x"]}"#,
            "expected an escape, found `x` at /tags/0 (byte 11)",
        ),
        (
            r#"{"tags":["\ud800"]}"#,
            "expected a character, found half of a surrogate pair at /tags/0 (byte 12)",
        ),
        (
            r#"{"tags":["\ud800 \udc00"]}"#,
            "expected a character, found half of a surrogate pair at /tags/0 (byte 12)",
        ),
        (
            r#"{"tags":["\udc00"]}"#,
            "expected a character, found half of a surrogate pair at /tags/0 (byte 12)",
        ),
        (
            r#"{"tags":["\u12g4"]}"#,
            "expected four hexadecimal digits, found a number at /tags/0 (byte 12)",
        ),
        (
            r#"{"x":{"y":nul}}"#,
            "expected a value, found `n` at /x (byte 10)",
        ),
        (
            r#"{"tags":["a"#,
            "expected the end of the string, found the end at /tags/0 (byte 11)",
        ),
        ("{\"any\":1}\0", "expected the end, found `\\0` (byte 9)"),
        (
            "\u{feff}{}",
            "expected an object, found `\\u{feff}` (byte 0)",
        ),
    ] {
        assert_eq!(read::<Closed>(text).expect_err(text), error, "{text}");
        assert!(serde_json::from_str::<Closed>(text).is_err(), "{text}");
    }
}

#[test]
fn text_must_be_utf8() {
    let error = json::read::<Closed>(b"{\"any\":\"\xff\"}", &ReadOptions::default())
        .expect_err("not UTF-8");
    assert_eq!(
        error.to_string(),
        "expected UTF-8, found a byte that is not (byte 8)"
    );
}

#[test]
fn a_message_is_never_long() {
    let long = "x".repeat(100_000);
    for text in [
        format!("{{\"data\":{long:?}!}}"),
        format!("{{\"any\":{{{long:?}:!}}}}"),
        format!("{{\"labels\":{{{long:?}:!}}}}"),
    ] {
        let error = read::<Closed>(&text).expect_err("wrong");
        assert!(error.len() < 200, "{error}");
    }
}

#[test]
fn deep_values_are_refused() {
    let deep = |open: &str, close: &str, count: usize| {
        format!("{}{}{}", open.repeat(count), "1", close.repeat(count))
    };
    for count in [1_000, 100_000] {
        for text in [
            deep("[", "]", count),
            deep("{\"x\":", "}", count),
            deep("{\"any\":[", "]}", count),
        ] {
            assert!(
                read::<serde_json::Value>(&text)
                    .is_err_and(|error| error.contains("at most 128 levels"))
            );
            assert!(read::<Closed>(&format!("{{\"any\":{text}}}")).is_err());
            assert!(
                read::<Closed>(&format!("{{\"other\":{text}}}"))
                    .is_err_and(|error| error.contains("at most 128 levels"))
            );
        }
        let text = format!(
            "{}null{}",
            r#"{"size":1,"note":null,"parent":"#.repeat(count),
            "}".repeat(count)
        );
        assert!(read::<Backup>(&text).is_err_and(|error| error.contains("at most 128 levels")));
    }
    assert!(read::<serde_json::Value>(&deep("[", "]", 128)).is_ok());
    assert!(read::<serde_json::Value>(&deep("[", "]", 129)).is_err());
}

#[test]
fn deep_values_are_not_written() {
    let mut value = serde_json::Value::Null;
    for _ in 0..1_000 {
        value = vec![value].into();
    }
    assert!(json::write(&value, &WriteOptions::default()).is_err());
    let mut backup: Backup = read(r#"{"size":1,"note":null}"#).expect("readable");
    for _ in 0..200 {
        backup = Backup {
            parent: Some(Box::new(backup.clone())),
            ..backup
        };
    }
    assert!(
        json::write(&backup, &WriteOptions::default())
            .is_err_and(|error| error.reason == "too many levels")
    );
    assert!(serde_json::to_string(&backup).is_err());
    assert!(
        backup
            .validate()
            .is_err_and(|violations| violations.to_string().contains("at most 128 levels"))
    );
}
