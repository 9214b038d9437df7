//! Strings of a format: each a Rust type with its text.

mod base64;
#[cfg(feature = "chrono")]
mod chrono;
mod ip;
#[cfg(feature = "jiff")]
mod jiff;
mod secret;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

pub use self::base64::Base64;
pub use self::secret::Secret;

/// The shape of a type that is a text.
macro_rules! text {
    ($($type:ty, $empty:expr;)*) => { $(
        impl super::super::shape::Shape for $type {
            fn empty() -> Self {
                $empty
            }
            fn slot(&mut self) -> super::super::shape::Slot<'_> {
                super::super::shape::Slot::Text(self)
            }
            fn view(&self) -> super::super::shape::View<'_> {
                super::super::shape::View::Text(self)
            }
        }
    )* };
}
use text;

/// A well-mixed number for a seed: samples of neighbouring seeds have nothing in common.
fn mixed(seed: u64) -> u64 {
    let mixed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Appends what a type's `Display` shows.
fn show(out: &mut String, value: &impl std::fmt::Display) {
    use std::fmt::Write;
    // Writing into a string does not fail; a `Display` that does has nothing to add.
    let _ = write!(out, "{value}");
}
