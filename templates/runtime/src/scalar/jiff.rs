//! `format: date-time` and `format: date` as types of `jiff`.

use super::super::shape::{Expected, Text};
use jiff::Timestamp;
use jiff::civil::Date;

super::text! {
    Timestamp, Self::UNIX_EPOCH;
    Date, Self::constant(1970, 1, 1);
}

impl Text for Timestamp {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        let almost = || super::almost_rfc3339(text)?.parse().ok();
        *self = text
            .parse()
            .ok()
            .or_else(almost)
            .ok_or(Expected("a date and time of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, self);
    }
    fn sample(&self, seed: u64) -> String {
        let mixed = super::mixed(seed);
        let nanos = [0, 500_000_000, 123_456_789][(mixed >> 32) as usize % 3];
        Self::new(i64::from(mixed as u32), nanos)
            .unwrap_or(Self::UNIX_EPOCH)
            .to_string()
    }
}

impl Text for Date {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        // The crate also accepts a time after the date, which it drops.
        let date = text.parse().ok().filter(|_| text.len() == 10);
        *self = date.ok_or(Expected("a date of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, self);
    }
    fn sample(&self, seed: u64) -> String {
        let mixed = super::mixed(seed);
        let (year, month, day) = (
            1970 + mixed as i16 % 100,
            1 + (mixed >> 16) as i8 % 12,
            1 + (mixed >> 24) as i8 % 28,
        );
        Self::new(year, month.abs().max(1), day.abs().max(1))
            .unwrap_or(Self::constant(1970, 1, 1))
            .to_string()
    }
}
