//! One piece of work, done by the generated crate and by what a careful engineer writes by hand with serde_json and hyper.

mod by_hand;
mod exchange;
mod generated;
mod json;
mod sample;

/// A piece of work that is set up, to be done any number of times.
pub type Task = Box<dyn FnMut()>;

/// A piece of work that both do, with the same bytes in and out.
pub struct Work {
    /// What it is, as one word for a command line.
    pub name: &'static str,
    /// How much JSON goes through it, in bytes; 0 where that is not the point.
    pub bytes: fn() -> usize,
    /// By the generated crate.
    pub generated: fn() -> Task,
    /// By hand.
    pub by_hand: fn() -> Task,
}

/// All of it.
pub const WORKS: &[Work] = &[
    Work {
        name: "decode-2kb",
        bytes: || sample::small().len(),
        generated: || json::decode(sample::small()),
        by_hand: || json::decode_by_hand(sample::small()),
    },
    Work {
        name: "encode-2kb",
        bytes: || sample::small().len(),
        generated: || json::encode(&sample::small()),
        by_hand: || json::encode_by_hand(&sample::small()),
    },
    Work {
        name: "decode-2kb-serde",
        bytes: || sample::small().len(),
        generated: || json::decode_as_serde(sample::small()),
        by_hand: || json::decode_by_hand(sample::small()),
    },
    Work {
        name: "encode-2kb-serde",
        bytes: || sample::small().len(),
        generated: || json::encode_as_serde(&sample::small()),
        by_hand: || json::encode_by_hand(&sample::small()),
    },
    Work {
        name: "server",
        bytes: || 0,
        generated: || exchange::served(generated::connection),
        by_hand: || exchange::served(by_hand::service::connection),
    },
    Work {
        name: "client",
        bytes: || 0,
        generated: || exchange::called(generated::caller(sample::small())),
        by_hand: || exchange::called(by_hand::client::caller(sample::small())),
    },
    Work {
        name: "client-empty",
        bytes: || 0,
        generated: || exchange::called(generated::caller("{}".to_owned())),
        by_hand: || exchange::called(by_hand::client::caller("{}".to_owned())),
    },
    Work {
        name: "decode-2mb",
        bytes: || sample::large().len(),
        generated: || json::decode(sample::large()),
        by_hand: || json::decode_by_hand(sample::large()),
    },
    Work {
        name: "encode-2mb",
        bytes: || sample::large().len(),
        generated: || json::encode(&sample::large()),
        by_hand: || json::encode_by_hand(&sample::large()),
    },
];

/// Those that are done fast enough to be counted, even without optimization.
pub fn is_small(work: &Work) -> bool {
    (work.bytes)() < 1 << 16
}
