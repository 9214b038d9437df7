//! `format: date-time` and `format: date` as types of `chrono`.

use super::super::shape::{Expected, Text};
use chrono::{DateTime, Days, FixedOffset, NaiveDate, SecondsFormat};

super::text! {
    DateTime<FixedOffset>, DateTime::UNIX_EPOCH.fixed_offset();
    NaiveDate, Self::default();
}

impl Text for DateTime<FixedOffset> {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        let exact = Self::parse_from_rfc3339(text).ok();
        let almost = || Self::parse_from_rfc3339(&super::almost_rfc3339(text)?).ok();
        *self = exact
            .or_else(almost)
            .ok_or(Expected("a date and time of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        out.push_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }
    fn sample(&self, seed: u64) -> String {
        let mixed = super::mixed(seed);
        // Seconds up to the year 2106, some with a fraction, some away from Greenwich.
        let seconds = i64::from(mixed as u32);
        let nanos = [0, 500_000_000, 123_456_789][(mixed >> 32) as usize % 3];
        let hours = (mixed >> 40) as i32 % 13;
        let time = DateTime::from_timestamp(seconds, nanos).unwrap_or_default();
        let offset =
            FixedOffset::east_opt(hours * 3600).unwrap_or_else(|| self.offset().to_owned());
        time.with_timezone(&offset)
            .to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl Text for NaiveDate {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        // The crate also accepts months and days of one digit, signs and spaces.
        let date = Self::parse_from_str(text, "%Y-%m-%d").ok();
        let exact = text.len() == 10
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'-');
        *self = date
            .filter(|_| exact)
            .ok_or(Expected("a date of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        super::show(out, &self.format("%Y-%m-%d"));
    }
    fn sample(&self, seed: u64) -> String {
        let date = Self::default()
            .checked_add_days(Days::new(super::mixed(seed) % 50_000))
            .unwrap_or_default();
        date.format("%Y-%m-%d").to_string()
    }
}
