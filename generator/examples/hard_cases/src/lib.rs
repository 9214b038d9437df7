//! Documents that are hard on a generator and on rustc.

#![recursion_limit = "1024"]

/// Two hundred types, each an optional member of the one before.
pub mod chain {
    include!(concat!(env!("OUT_DIR"), "/chain.rs"));
}

/// Two hundred types, each twice a member of the one before: without boxes the first would be larger than any memory.
pub mod doubling {
    include!(concat!(env!("OUT_DIR"), "/doubling.rs"));
}

/// Two hundred types, each in a list of the one before.
pub mod lists {
    include!(concat!(env!("OUT_DIR"), "/lists.rs"));
}

/// Two hundred types, each a member of the one before, and the first one a member of all.
pub mod circle {
    include!(concat!(env!("OUT_DIR"), "/circle.rs"));
}

/// The documents of pages of the guide, among them the obstacle course of names.
pub mod guide {
    include!(concat!(env!("OUT_DIR"), "/guide.rs"));
}
