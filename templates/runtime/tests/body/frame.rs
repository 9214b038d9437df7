//! Streams of items: JSON Lines, json-seq, server-sent events, and the charsets of texts.

use super::sample::Address;
use oasmith_runtime::arbitrary::{self, Rng};
use oasmith_runtime::charset::{decode, encode, named};
use oasmith_runtime::frame::{Event, Frames, Framing};
use oasmith_runtime::json::{ReadOptions, Unknown};
use oasmith_runtime::{self as runtime, Shape, item};

/// The items of a text that comes in pieces of a length.
fn frames(framing: Framing, text: &[u8], piece: usize, limit: usize) -> Vec<Result<Vec<u8>, ()>> {
    let mut frames = Frames::new(framing, limit);
    let mut found = Vec::new();
    for bytes in text.chunks(piece) {
        frames.push(bytes);
        found.extend(std::iter::from_fn(|| frames.next_frame()));
    }
    frames.end();
    found.extend(std::iter::from_fn(|| frames.next_frame()));
    found
        .into_iter()
        .map(|frame| frame.map(|frame| frame.to_vec()).map_err(drop))
        .collect()
}

fn read<T: Shape>(framing: Framing, text: &[u8], piece: usize) -> Vec<T> {
    let read = |frame: Result<Vec<u8>, ()>| {
        let mut value = T::empty();
        let frame = frame.expect("short");
        item::read(framing, &frame, value.slot(), &ReadOptions::default()).expect("readable");
        value
    };
    frames(framing, text, piece, 1_000_000)
        .into_iter()
        .map(read)
        .collect()
}

#[test]
fn what_is_written_is_read_in_whatever_pieces() {
    for framing in [Framing::Lines, Framing::Sequence, Framing::Events] {
        for seed in 0..50 {
            let items: Vec<Address> = arbitrary::value(&mut Rng::new(seed));
            let mut text = String::new();
            for item in &items {
                item::write(framing, item.view(), Unknown::Keep, &mut text).expect("writable");
            }
            for piece in [1, 2, 7, 10_000] {
                assert_eq!(
                    read::<Address>(framing, text.as_bytes(), piece),
                    items,
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn records_and_lines_end_where_they_do() {
    let values = |framing, text: &str| read::<serde_json::Value>(framing, text.as_bytes(), 1);
    let sequence = "\u{1e}{\"a\":1}\n\u{1e}{\n  \"a\": \"}\\\"\"\n}\n\u{1e}\u{1e}3";
    let expected = serde_json::json!([{"a": 1}, {"a": "}\""}, 3]);
    assert_eq!(
        serde_json::Value::from(values(Framing::Sequence, sequence)),
        expected
    );
    let lines = "\u{feff}{\"a\":1}\r\n\n  \n{\"a\":\"}\\\"\"}\n3";
    assert_eq!(
        serde_json::Value::from(values(Framing::Lines, lines)),
        expected
    );
}

struct Told {
    event: Option<String>,
    data: String,
    id: Option<String>,
    retry: Option<i64>,
}
runtime::object!(Told {
    event: "event",
    data: "data"(required),
    id: "id",
    retry: "retry"
});

#[test]
fn events_are_read_as_browsers_read_them() {
    let text = "\u{feff}: hello\r\nevent: a\rdata: 1\ndata:2\r\n\r\n\ndata\n\nid: 7\nretry: 5\nretry: x\nfoo: bar\ndata:  two\n\nid\ndata: {\"n\":1}\n\ndata: cut off\n";
    let told = |event: Option<&str>, data: &str, id: Option<&str>, retry| Told {
        event: event.map(str::to_owned),
        data: data.to_owned(),
        id: id.map(str::to_owned),
        retry,
    };
    let expected = [
        told(Some("a"), "1\n2", None, None),
        told(None, "", None, None),
        told(None, " two", Some("7"), Some(5)),
        told(None, "{\"n\":1}", Some(""), None),
    ];
    for piece in [1, 3, 10_000] {
        assert_eq!(
            read::<Told>(Framing::Events, text.as_bytes(), piece),
            expected,
            "{piece}"
        );
    }
    assert!(!Event::read(b": only a comment\nid: 1\n\n").1);
}

#[test]
fn events_are_written_so_that_they_are_read() {
    let mut written = 0;
    for seed in 0..300 {
        let told: Told = arbitrary::value(&mut Rng::new(seed));
        let mut text = String::new();
        if item::write(Framing::Events, told.view(), Unknown::Keep, &mut text).is_ok() {
            assert_eq!(
                read::<Told>(Framing::Events, text.as_bytes(), 5),
                [told],
                "{text}"
            );
            written += 1;
        }
    }
    assert!(written > 80, "{written}");
}

#[test]
fn an_item_is_not_longer_than_the_limit() {
    for framing in [Framing::Lines, Framing::Sequence, Framing::Events] {
        let text = format!("\u{1e}data: {}\n\n", "x".repeat(100));
        for piece in [1, 1_000] {
            let found = frames(framing, text.as_bytes(), piece, 50);
            assert_eq!(found.first(), Some(&Err(())), "{framing:?}");
        }
    }
}

#[test]
fn texts_are_of_the_charset_that_their_media_type_names() {
    assert_eq!(
        named("text/plain; Charset=\"ISO-8859-1\"").as_deref(),
        Some("iso-8859-1")
    );
    assert_eq!(named("text/plain"), None);
    for charset in [
        None,
        Some("utf-8"),
        Some("iso-8859-1"),
        Some("windows-1252"),
        Some("utf-16le"),
        Some("utf-16be"),
    ] {
        let bytes = encode("h\u{e9}", charset).expect("writable");
        assert_eq!(
            decode(&bytes, charset).as_deref(),
            Ok("h\u{e9}"),
            "{charset:?}"
        );
    }
    assert_eq!(encode("\u{20ac}", Some("windows-1252")), Ok(vec![0x80]));
    for charset in ["us-ascii", "iso-8859-1", "shift_jis", "klingon"] {
        assert!(encode("\u{1f980}", Some(charset)).is_err(), "{charset}");
    }
    assert!(decode(b"\xff", None).is_err());
    assert!(decode(b"\x81", Some("shift_jis")).is_err());
    assert!(decode(b"a", Some("klingon")).is_err());
}
