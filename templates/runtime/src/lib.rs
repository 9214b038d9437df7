//! The runtime of generated crates.
