//! `format: date-time` and `format: date` as types of `time`.

use super::super::shape::{Expected, Text};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, Duration, OffsetDateTime};

super::text! {
    OffsetDateTime, Self::UNIX_EPOCH;
    Date, OffsetDateTime::UNIX_EPOCH.date();
}

impl Text for OffsetDateTime {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        let almost = || Self::parse(&super::almost_rfc3339(text)?, &Rfc3339).ok();
        *self = Self::parse(text, &Rfc3339)
            .ok()
            .or_else(almost)
            .ok_or(Expected("a date and time of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        // Fails for years beyond 9999 and offsets of seconds, which RFC 3339 has no text for.
        out.push_str(&self.format(&Rfc3339).unwrap_or_default());
    }
    fn instant(&self) -> Option<i128> {
        Some(self.unix_timestamp_nanos())
    }
    fn sample(&self, seed: u64) -> String {
        let mixed = super::mixed(seed);
        let nanos = [0, 500_000_000, 123_456_789][(mixed >> 32) as usize % 3];
        let time = Self::UNIX_EPOCH + Duration::new(i64::from(mixed as u32), nanos);
        time.format(&Rfc3339).unwrap_or_default()
    }
}

impl Text for Date {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        // ISO 8601 has more ways to write a date than RFC 3339.
        let exact = text.len() == 10 && text.split('-').map(str::len).eq([4, 2, 2]);
        let date = Self::parse(text, &Iso8601::DATE).ok().filter(|_| exact);
        *self = date.ok_or(Expected("a date of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, self);
    }
    fn sample(&self, seed: u64) -> String {
        let days = Duration::days((super::mixed(seed) % 50_000) as i64);
        (OffsetDateTime::UNIX_EPOCH + days).date().to_string()
    }
}
