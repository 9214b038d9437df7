//! Types as generated code writes them.

use oasmith_runtime as runtime;
use runtime::{Base64, Maybe, Secret, Tuple, integer_enum, object, string_enum};
use std::collections::BTreeMap;

pub(crate) struct Backup {
    pub(crate) id: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) size: i64,
    pub(crate) gateway_ip: Maybe<String>,
    pub(crate) r#type: Option<RebootType>,
    pub(crate) parent: Option<Box<Backup>>,
    pub(crate) console: Option<ConsoleType>,
    pub(crate) version: Option<IpVersion>,
    pub(crate) note: Option<String>,
    pub(crate) ratio: Option<f64>,
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
pub(crate) enum RebootType {
    Soft,
    Hard,
}
string_enum! { RebootType { Soft: "SOFT", Hard: "HARD" } }

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ConsoleType {
    Novnc,
    Serial,
    Unknown(String),
}
string_enum! { open ConsoleType { Novnc: "novnc", Serial: "serial" } }

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum IpVersion {
    V4,
    V6,
}
integer_enum! { IpVersion { V4: 4, V6: 6 } }

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Level {
    Low,
    Negative,
    Unknown(i64),
}
integer_enum! { open Level { Low: 1, Negative: -1 } }

#[derive(Default)]
pub(crate) struct Closed {
    pub(crate) level: Option<Level>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) labels: Option<BTreeMap<String, i32>>,
    pub(crate) secret: Option<Secret>,
    pub(crate) data: Option<Base64>,
    pub(crate) any: Option<serde_json::Value>,
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

#[derive(Default)]
pub(crate) struct Mirror {
    pub(crate) size: Option<i64>,
    pub(crate) inner: Option<Box<Mirror>>,
}
object! { Mirror (as_read) { size: "size" (default = 1), inner: "inner" } }

#[derive(Default)]
pub(crate) struct Open {
    pub(crate) a: Option<bool>,
    pub(crate) extra: BTreeMap<String, i64>,
}
object! { Open { a: "a" } extra }

#[derive(Default)]
pub(crate) struct Empty {}
object! { Empty {} }

pub(crate) struct Everything {
    pub(crate) a: bool,
    pub(crate) b: i8,
    pub(crate) c: u64,
    pub(crate) d: f32,
    pub(crate) e: f64,
    pub(crate) f: String,
    pub(crate) g: uuid::Uuid,
    pub(crate) h: chrono::DateTime<chrono::FixedOffset>,
    pub(crate) i: chrono::NaiveDate,
    pub(crate) j: std::net::Ipv4Addr,
    pub(crate) k: std::net::Ipv6Addr,
    pub(crate) l: jiff::Timestamp,
    pub(crate) m: jiff::civil::Date,
    pub(crate) n: time::OffsetDateTime,
    pub(crate) o: time::Date,
    pub(crate) p: Vec<Option<Backup>>,
    pub(crate) q: BTreeMap<String, Vec<Closed>>,
    pub(crate) r: Maybe<Box<Everything>>,
    pub(crate) s: Option<serde_json::Value>,
    pub(crate) t: Base64,
    pub(crate) u: Secret,
    pub(crate) v: Vec<Maybe<i64>>,
    pub(crate) w: Maybe<bool>,
    pub(crate) x: Open,
    pub(crate) y: Empty,
    pub(crate) z: Level,
    pub(crate) tuple: Tuple<(i64, Option<Box<Closed>>, Maybe<String>), 1>,
}
object! {
    Everything {
        a: "a" (required),
        b: "b" (required, multiple_of = 7),
        c: "c" (required, minimum = 100),
        d: "d" (required),
        e: "e" (required, minimum = 0, exclusive_maximum = 1),
        f: "f/~\"\\é" (required, min_length = 3),
        g: "g" (required),
        h: "h" (required),
        i: "i" (required),
        j: "j" (required),
        k: "k" (required),
        l: "l" (required),
        m: "m" (required),
        n: "n" (required),
        o: "o" (required),
        p: "p" (required, max_items = 2),
        q: "q" (required, values(max_items = 1)),
        r: "r" (nullable),
        s: "s",
        t: "t" (required),
        u: "u" (required, min_length = 4, max_length = 40),
        v: "v" (required, min_items = 1),
        w: "w" (required, nullable),
        x: "x" (required),
        y: "y" (required),
        z: "z" (required),
        tuple: "tuple" (required),
    }
}
