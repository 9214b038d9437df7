//! The value half of the runtime over types written as generated code writes them.

mod check;
mod law;
mod malformed;
mod pattern;
mod rule;
mod same;
mod sample;
mod table;
mod union;

use oasmith_runtime::Shape;
use oasmith_runtime::json::{self, ReadOptions, WriteOptions};

/// Reads with the usual options; the error as text.
fn read<T: Shape>(text: &str) -> Result<T, String> {
    json::read(text.as_bytes(), &ReadOptions::default()).map_err(|error| error.to_string())
}

/// Writes with the usual options.
fn write<T: Shape>(value: &T) -> String {
    json::write(value, &WriteOptions::default()).expect("writable")
}
