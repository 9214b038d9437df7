//! Types as generated code writes them, through the whole value half of the runtime.

use oasmith_runtime as runtime;
use runtime::json::{self, ReadOptions, WriteOptions};
use runtime::{Base64, Maybe, Secret, integer_enum, object, string_enum};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
struct Backup {
    id: Option<String>,
    name: Option<String>,
    size: i64,
    gateway_ip: Maybe<String>,
    r#type: Option<RebootType>,
    parent: Option<Box<Backup>>,
    console: Option<ConsoleType>,
    version: Option<IpVersion>,
    note: Option<String>,
    ratio: Option<f64>,
}

object! {
    Backup {
        id: "id",
        name: "name" (max_length = 5, min_length = 1),
        size: "size" (required, minimum = 1, maximum = 9223372036854775806),
        gateway_ip: "gateway_ip" (nullable),
        r#type: "type" (default = "SOFT"),
        parent: "parent",
        console: "console",
        version: "version",
        note: "note" (required, nullable),
        ratio: "ratio" (multiple_of = 0.01, exclusive_minimum = -1.5),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum RebootType {
    Soft,
    Hard,
}
string_enum! { RebootType { Soft: "SOFT", Hard: "HARD" } }

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum ConsoleType {
    Novnc,
    Serial,
    Unknown(String),
}
string_enum! { open ConsoleType { Novnc: "novnc", Serial: "serial" } }

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum IpVersion {
    V4,
    V6,
}
integer_enum! { IpVersion { V4: 4, V6: 6 } }

#[derive(Clone, Debug, PartialEq)]
enum Level {
    Low,
    Negative,
    Unknown(i64),
}
integer_enum! { open Level { Low: 1, Negative: -1 } }

#[derive(Clone, Debug, Default, PartialEq)]
struct Closed {
    level: Option<Level>,
    tags: Option<Vec<String>>,
    labels: Option<BTreeMap<String, i32>>,
    secret: Option<Secret>,
    data: Option<Base64>,
    any: Option<serde_json::Value>,
}
object! {
    closed Closed (min_properties = 1) {
        level: "level",
        tags: "tags" (max_items = 3, unique_items, items(max_length = 3), default_json = "[\"a\"]"),
        labels: "labels" (values(minimum = 0), max_properties = 2),
        secret: "secret" (min_length = 8),
        data: "data",
        any: "any",
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Open {
    a: Option<bool>,
    extra: BTreeMap<String, i64>,
}
object! { Open { a: "a" } extra }

#[derive(Clone, Debug, Default, PartialEq)]
struct Empty {}
object! { Empty {} }

fn read<T: runtime::Shape>(text: &str) -> Result<T, String> {
    json::read(text.as_bytes(), &ReadOptions::default()).map_err(|error| error.to_string())
}

fn write<T: runtime::Shape>(value: &T) -> String {
    json::write(value, &WriteOptions::default()).expect("writable")
}

#[test]
fn a_struct_goes_both_ways() {
    let text = r#"{"id":"x","name":"n\n","size":3,"gateway_ip":null,"type":"HARD","parent":{"size":1,"type":"SOFT","note":null},"console":"vnc2","version":6,"note":"","ratio":0.25}"#;
    let backup: Backup = read(text).expect("readable");
    assert_eq!(backup.gateway_ip, Maybe::Null);
    assert_eq!(
        backup.console,
        Some(ConsoleType::Unknown("vnc2".to_owned()))
    );
    assert_eq!(write(&backup), text);
    assert_eq!(serde_json::to_string(&backup).expect("writable"), text);
    assert_eq!(
        serde_json::from_str::<Backup>(text).expect("readable"),
        backup
    );
    assert_eq!(
        serde_json::from_value::<Backup>(serde_json::to_value(&backup).expect("writable"))
            .expect("readable"),
        backup
    );
}
