//! `format: unix-time` and its kin: moments as integers.

use super::super::shape::{Expected, Integer, Shape};
use std::time::{Duration, SystemTime};

/// A moment as the number of ticks since 1970-01-01T00:00:00Z, of which `PER_SECOND` are a second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnixTime<const PER_SECOND: u32>(i64);

/// Seconds since 1970-01-01T00:00:00Z.
pub type UnixSeconds = UnixTime<1>;
/// Milliseconds since 1970-01-01T00:00:00Z.
pub type UnixMillis = UnixTime<1_000>;
/// Microseconds since 1970-01-01T00:00:00Z.
pub type UnixMicros = UnixTime<1_000_000>;
/// Nanoseconds since 1970-01-01T00:00:00Z.
pub type UnixNanos = UnixTime<1_000_000_000>;

impl<const PER_SECOND: u32> UnixTime<PER_SECOND> {
    /// The moment of so many ticks.
    #[must_use]
    pub const fn new(ticks: i64) -> Self {
        Self(ticks)
    }

    /// The number of ticks.
    #[must_use]
    pub const fn ticks(self) -> i64 {
        self.0
    }

    /// Whole seconds, rounded down, and the nanoseconds after them.
    #[must_use]
    pub const fn parts(self) -> (i64, u32) {
        let ticks = PER_SECOND as i64;
        let rest = self.0.rem_euclid(ticks) as u32;
        (
            self.0.div_euclid(ticks),
            rest * (1_000_000_000 / PER_SECOND),
        )
    }

    /// The ticks of whole seconds and nanoseconds after them; the last tick before, and the nearest that there is.
    const fn of(seconds: i64, nanos: u32) -> Self {
        let whole = seconds.saturating_mul(PER_SECOND as i64);
        Self(whole.saturating_add((nanos / (1_000_000_000 / PER_SECOND)) as i64))
    }

    /// The moment as the system counts, if it can.
    #[must_use]
    pub fn system_time(self) -> Option<SystemTime> {
        let (seconds, nanos) = self.parts();
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let start = if seconds < 0 {
            SystemTime::UNIX_EPOCH.checked_sub(whole)
        } else {
            SystemTime::UNIX_EPOCH.checked_add(whole)
        };
        start?.checked_add(Duration::from_nanos(nanos.into()))
    }
}

#[cfg(feature = "chrono")]
impl<const PER_SECOND: u32> UnixTime<PER_SECOND> {
    /// The moment as `chrono` has it, if it can.
    #[must_use]
    pub fn chrono(self) -> Option<chrono::DateTime<chrono::Utc>> {
        let (seconds, nanos) = self.parts();
        chrono::DateTime::from_timestamp(seconds, nanos)
    }
}

#[cfg(feature = "jiff")]
impl<const PER_SECOND: u32> UnixTime<PER_SECOND> {
    /// The moment as `jiff` has it, if it can.
    #[must_use]
    pub fn jiff(self) -> Option<jiff::Timestamp> {
        let (seconds, nanos) = self.parts();
        jiff::Timestamp::new(seconds, i32::try_from(nanos).ok()?).ok()
    }
}

#[cfg(feature = "time")]
impl<const PER_SECOND: u32> UnixTime<PER_SECOND> {
    /// The moment as `time` has it, if it can.
    #[must_use]
    pub fn time(self) -> Option<time::OffsetDateTime> {
        let (seconds, nanos) = self.parts();
        let whole = time::OffsetDateTime::from_unix_timestamp(seconds).ok()?;
        whole.checked_add(time::Duration::nanoseconds(nanos.into()))
    }
}

impl<const PER_SECOND: u32> From<SystemTime> for UnixTime<PER_SECOND> {
    fn from(moment: SystemTime) -> Self {
        match moment.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => Self::of(
                i64::try_from(after.as_secs()).unwrap_or(i64::MAX),
                after.subsec_nanos(),
            ),
            Err(before) => {
                let before = before.duration();
                let seconds = i64::try_from(before.as_secs()).unwrap_or(i64::MAX);
                match before.subsec_nanos() {
                    0 => Self::of(-seconds, 0),
                    nanos => Self::of(-seconds - 1, 1_000_000_000 - nanos),
                }
            }
        }
    }
}

#[cfg(feature = "chrono")]
impl<const PER_SECOND: u32, Z: chrono::TimeZone> From<chrono::DateTime<Z>>
    for UnixTime<PER_SECOND>
{
    fn from(moment: chrono::DateTime<Z>) -> Self {
        Self::of(
            moment.timestamp(),
            moment.timestamp_subsec_nanos().min(999_999_999),
        )
    }
}

#[cfg(feature = "jiff")]
impl<const PER_SECOND: u32> From<jiff::Timestamp> for UnixTime<PER_SECOND> {
    fn from(moment: jiff::Timestamp) -> Self {
        let nanos = moment.as_nanosecond();
        let second = 1_000_000_000;
        Self::of(
            i64::try_from(nanos.div_euclid(second)).unwrap_or_default(),
            u32::try_from(nanos.rem_euclid(second)).unwrap_or_default(),
        )
    }
}

#[cfg(feature = "time")]
impl<const PER_SECOND: u32> From<time::OffsetDateTime> for UnixTime<PER_SECOND> {
    fn from(moment: time::OffsetDateTime) -> Self {
        Self::of(moment.unix_timestamp(), moment.nanosecond())
    }
}

impl<const PER_SECOND: u32> Shape for UnixTime<PER_SECOND> {
    type Kind = super::super::kind::Integer;

    fn empty() -> Self {
        Self(0)
    }
}

impl<const PER_SECOND: u32> Integer for UnixTime<PER_SECOND> {
    fn read(&mut self, number: i128) -> Result<(), Expected> {
        self.0 = i64::try_from(number).map_err(|_| Expected("an integer of 64 bits"))?;
        Ok(())
    }
    fn number(&self) -> i128 {
        self.0.into()
    }
    fn sample(&self, seed: u64) -> i128 {
        // Up to the year 2106.
        i128::from(super::mixed(seed) as u32) * i128::from(PER_SECOND)
    }
}
