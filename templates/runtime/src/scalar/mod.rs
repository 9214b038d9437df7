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
mod unix;
#[cfg(feature = "uuid")]
mod uuid;
mod verbatim;

pub use self::base64::{Base64, Base64Url};
pub use self::secret::Secret;
pub use self::unix::{UnixMicros, UnixMillis, UnixNanos, UnixSeconds, UnixTime};
pub use self::verbatim::Verbatim;

/// The shape of a type that is a text.
macro_rules! text {
    ($($type:ty, $empty:expr;)*) => { $(
        impl super::super::shape::Shape for $type {
            type Kind = super::super::kind::Text;

            fn empty() -> Self {
                $empty
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

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
/// How long a time of day is with nanoseconds: `12:30:00.123456789`.
const NANOS: usize = 18;

#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
/// A date and time that is almost one of RFC 3339, as one: without an offset it is taken for UTC; `+0100`, `+01`, a space for
/// the `T` and a missing number of seconds are what others write. Of a fraction of a second nanoseconds are left.
fn almost_rfc3339(text: &str) -> Option<String> {
    let text = text.trim();
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', 't', ' ', '_'])?;
    let end = rest.find(['Z', 'z', '+', '-', ' ']).unwrap_or(rest.len());
    let (time, offset) = (&rest[..end], rest[end..].trim());
    let seconds = match time.len() {
        5 => ":00",
        8.. => "",
        _ => return None,
    };
    let time = time.get(..NANOS).unwrap_or(time);
    let offset = match offset.len() {
        0 => "Z".to_owned(),
        3 => format!("{offset}:00"),
        5 => format!("{}:{}", offset.get(..3)?, offset.get(3..)?),
        _ => offset.to_ascii_uppercase(),
    };
    Some(format!("{date}T{time}{seconds}{offset}"))
}
