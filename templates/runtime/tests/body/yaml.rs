//! YAML bodies (RFC 9512).

use super::sample::{Address, Book, Order};
use super::{damaged, law};
use oasmith_runtime::json::{ReadOptions, Unknown};
use oasmith_runtime::{Shape, yaml};
use serde_json::{Value, json};

fn write<T: Shape>(value: &T) -> Result<String, String> {
    let mut out = String::new();
    match yaml::write(value.view(), Unknown::Keep, &mut out) {
        Ok(()) => Ok(out),
        Err(error) => Err(error.to_string()),
    }
}

fn read<T: Shape>(text: &[u8]) -> Result<T, String> {
    let mut value = T::empty();
    match yaml::read(text, value.slot(), &ReadOptions::default()) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

fn order() -> Order {
    let address = Address {
        street: "# 1, the: street".to_owned(),
        zip: Some(-7),
        tags: Some(vec!["a b".to_owned(), "Yes".to_owned(), "0x1".to_owned()]),
    };
    Order {
        id: 1,
        name: Some("line\nbreak".to_owned()),
        rush: Some(true),
        weight: Some(1.5),
        tags: Vec::new(),
        sizes: Some(vec![1, 2]),
        address: Some(address.clone()),
        deep: None,
        other: Some(vec![address]),
    }
}

const ORDER: &str = "\
id: 1
na me: \"line\\nbreak\"
rush: true
weight: 1.5
tags: []
sizes:
  - 1
  - 2
address:
  street-Address: \"# 1, the: street\"
  zip: -7
  tags:
    - a b
    - \"Yes\"
    - \"0x1\"
other:
  - street-Address: \"# 1, the: street\"
    zip: -7
    tags:
      - a b
      - \"Yes\"
      - \"0x1\"
";

#[test]
fn values_are_written_in_blocks() {
    assert_eq!(write(&order()).as_deref(), Ok(ORDER));
    assert_eq!(read(ORDER.as_bytes()), Ok(order()));
    for (value, text) in [
        (json!(null), "null\n"),
        (json!("a"), "a\n"),
        (json!([]), "[]\n"),
        (
            json!([[1, [2]], [], {"a": [{}], "b": 0}]),
            "- - 1\n  - - 2\n- []\n- a:\n    - {}\n  b: 0\n",
        ),
        (json!({"a": {"null": "~"}}), "a:\n  \"null\": \"~\"\n"),
    ] {
        assert_eq!(write(&value).as_deref(), Ok(text));
        assert_eq!(read::<Value>(text.as_bytes()), Ok(value));
    }
}

#[test]
fn what_is_written_is_read() {
    let same = |written: usize| assert!(written > 100, "{written}");
    same(law::<Order>(
        |value| write(value).ok(),
        |text| read(text.as_bytes()),
        |value| value,
    ));
    same(law::<Book>(
        |value| write(value).ok(),
        |text| read(text.as_bytes()),
        |value| value,
    ));
    same(law::<Value>(
        |value| write(value).ok(),
        |text| read(text.as_bytes()),
        |value| value,
    ));
    let odd: String = ('\0'..'\u{300}')
        .chain(['\u{2028}', '\u{feff}', '\u{ffff}', '🦀'])
        .collect();
    let odd = json!({ odd.repeat(3): [odd], "": "", " ": " a ", "---": "- a", "...": "%" });
    assert_eq!(read(write(&odd).expect("it has YAML").as_bytes()), Ok(odd));
}

#[test]
fn everything_that_json_can_say_is_read() {
    for (text, value) in [
        ("", json!(null)),
        (
            "\u{feff}--- # comment\n{a: 1, 'b': [x, ~],}\n...\n",
            json!({"a": 1, "b": ["x", null]}),
        ),
        (
            "a: |\n  one\n  two\nb: >-\n  one\n  two\n",
            json!({"a": "one\ntwo\n", "b": "one two"}),
        ),
        (
            "- 0755\n- !!str 12\n- '12'\n- 0o17\n- .5\n- !own x\n",
            json!([755, "12", "12", 15, 0.5, "x"]),
        ),
        ("200: ok\ntrue: yes\n", json!({"200": "ok", "true": "yes"})),
        (
            "a: &x {k: &y 1}\nb: *x\n*y : *y\n",
            json!({"a": {"k": 1}, "b": {"k": 1}, "1": 1}),
        ),
        ("<<: {a: 1}\n", json!({"<<": {"a": 1}})),
    ] {
        assert_eq!(read::<Value>(text.as_bytes()), Ok(value), "{text}");
    }
}

#[test]
fn faults_have_their_place_in_the_yaml() {
    for (text, error) in [
        (
            "id: one\ntags: []\n",
            "expected an integer, found a string at /id (byte 4)",
        ),
        (
            "id: 1\ntags: [a, 7]\n",
            "expected a string, found a number at /tags/1 (byte 16)",
        ),
        (
            "id: 1\nid: 2\ntags: []\n",
            "expected each member once, found `id` again (byte 6)",
        ),
        (
            "--- 1\n--- 2\n",
            "expected one document, found a second (byte 6)",
        ),
        (
            "id: .inf\n",
            "expected a number that JSON has, found one that is not finite (byte 4)",
        ),
        (
            "? [a]\n: 1\n",
            "expected a text as the key, found a list or a map (byte 2)",
        ),
        (
            "a: &a [*a]\n",
            "expected a value that ends, found an alias inside of what it names (byte 7)",
        ),
    ] {
        assert_eq!(read::<Order>(text.as_bytes()).expect_err(text), error);
    }
    assert!(
        read::<Value>(b"a: [")
            .expect_err("it does not end")
            .starts_with("expected YAML, found a fault: ")
    );
    assert!(read::<Value>(b"a: \xff").is_err());
}

#[test]
fn a_small_text_is_never_large() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    let error = read::<Value>(bomb.as_bytes()).expect_err("it expands");
    assert!(
        error.starts_with("expected aliases of at most 1048576 bytes, found more"),
        "{error}"
    );
    for open in ["[", "{a: ", "- ", "? "] {
        assert!(read::<Value>(open.repeat(200_000).as_bytes()).is_err());
    }
    let mut blocks = String::new();
    for level in 0..1_000 {
        blocks.push_str(&format!("{}a:\n", " ".repeat(level)));
    }
    assert!(read::<Value>(blocks.as_bytes()).is_err());
    damaged(ORDER, |text| drop(read::<Order>(text)));
}
