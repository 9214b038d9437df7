//! JSON in both directions: the runtime's codec, the same types through serde, and derived types over `serde_json`.

use super::Task;
use super::by_hand::types;
use bycloud::runtime::json::{ReadOptions, WriteOptions, read, write};
use bycloud::types::BackupList;
use std::hint::black_box;

/// The runtime's reader.
pub fn decode(text: String) -> Task {
    assert_eq!(write_list(&read_list(&text)), text, "nothing is lost");
    Box::new(move || drop(black_box(read_list(black_box(&text)))))
}

/// The runtime's writer.
pub fn encode(text: &str) -> Task {
    let list = read_list(text);
    Box::new(move || drop(black_box(write_list(black_box(&list)))))
}

/// Generated types are serde types too.
pub fn decode_as_serde(text: String) -> Task {
    let decode = |text: &str| serde_json::from_str::<BackupList>(text).expect("a page");
    assert_eq!(write_list(&decode(&text)), text, "nothing is lost");
    Box::new(move || drop(black_box(decode(black_box(&text)))))
}

/// Generated types are serde types too.
pub fn encode_as_serde(text: &str) -> Task {
    let list = read_list(text);
    let encode = |list: &BackupList| serde_json::to_string(list).expect("it is JSON");
    assert_eq!(encode(&list), text, "nothing is lost");
    Box::new(move || drop(black_box(encode(black_box(&list)))))
}

/// Derived types.
pub fn decode_by_hand(text: String) -> Task {
    let decode = |text: &str| serde_json::from_str::<types::BackupList>(text).expect("a page");
    let again = serde_json::to_string(&decode(&text)).expect("it is JSON");
    assert_eq!(again, text, "nothing is lost");
    Box::new(move || drop(black_box(decode(black_box(&text)))))
}

/// Derived types.
pub fn encode_by_hand(text: &str) -> Task {
    let list: types::BackupList = serde_json::from_str(text).expect("a page");
    Box::new(move || {
        let text = serde_json::to_string(black_box(&list)).expect("it is JSON");
        drop(black_box(text));
    })
}

/// A page.
pub fn read_list(text: &str) -> BackupList {
    read(text.as_bytes(), &ReadOptions::default()).expect("a page")
}

fn write_list(list: &BackupList) -> String {
    write(list, &WriteOptions::default()).expect("it is JSON")
}
