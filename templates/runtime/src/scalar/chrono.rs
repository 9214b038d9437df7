//! `format: date-time` and `format: date` as types of `chrono`.

use super::super::shape::{Expected, Text};
use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, SecondsFormat, Timelike};

super::text! {
    DateTime<FixedOffset>, DateTime::UNIX_EPOCH.fixed_offset();
    NaiveDate, Self::default();
}

impl Text for DateTime<FixedOffset> {
    fn read(&mut self, text: &str) -> Result<(), Expected> {
        if let Some(usual) = read_usual(text.as_bytes()) {
            *self = usual;
            return Ok(());
        }
        let exact = Self::parse_from_rfc3339(text).ok();
        let almost = || Self::parse_from_rfc3339(&super::almost_rfc3339(text)?).ok();
        *self = exact
            .or_else(almost)
            .ok_or(Expected("a date and time of RFC 3339"))?;
        Ok(())
    }
    fn write(&self, out: &mut String) {
        if !write_usual(self, out) {
            out.push_str(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
        }
    }
    fn is_plain(&self) -> bool {
        true
    }
    fn instant(&self) -> Option<i128> {
        let whole = i128::from(self.timestamp()) * 1_000_000_000;
        Some(whole + i128::from(self.timestamp_subsec_nanos()))
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
    fn is_plain(&self) -> bool {
        true
    }
    fn sample(&self, seed: u64) -> String {
        let date = Self::default()
            .checked_add_days(Days::new(super::mixed(seed) % 50_000))
            .unwrap_or_default();
        date.format("%Y-%m-%d").to_string()
    }
}

/// `2024-01-15T10:30:00Z`, as nearly all are written; whether it is such a time.
fn write_usual(time: &DateTime<FixedOffset>, out: &mut String) -> bool {
    let local = time.naive_local();
    let Some(year) = u32::try_from(local.year())
        .ok()
        .filter(|year| *year < 10_000)
    else {
        return false;
    };
    if local.nanosecond() != 0 || time.offset().local_minus_utc() != 0 {
        return false;
    }
    let mut text = *b"0000-00-00T00:00:00Z";
    let parts = [
        (0, year / 100),
        (2, year % 100),
        (5, local.month()),
        (8, local.day()),
        (11, local.hour()),
        (14, local.minute()),
        (17, local.second()),
    ];
    for (at, number) in parts {
        if let Some([tens, ones]) = text.get_mut(at..at + 2) {
            // Below 100 as every part is, a digit each.
            *tens += (number / 10) as u8;
            *ones += (number % 10) as u8;
        }
    }
    out.push_str(std::str::from_utf8(&text).unwrap_or_default());
    true
}

/// What [`write_usual`] writes.
fn read_usual(text: &[u8]) -> Option<DateTime<FixedOffset>> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
        b'Z',
    ] = text
    else {
        return None;
    };
    let number = |tens: &u8, ones: &u8| {
        let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
        (tens < 10 && ones < 10).then(|| u32::from(tens * 10 + ones))
    };
    let year = number(y1, y2)? * 100 + number(y3, y4)?;
    let date =
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(m1, m2)?, number(d1, d2)?)?;
    let time = date.and_hms_opt(number(h1, h2)?, number(n1, n2)?, number(s1, s2)?)?;
    Some(time.and_utc().fixed_offset())
}
