//! Two spellings of one value: what a type of dates, UUIDs or addresses writes in the one way that its standard prefers.

use std::net::Ipv6Addr;

/// In what two texts differ, if both are one date and time of RFC 3339 with the same offset, one UUID, or one IPv6 address.
pub(super) fn kind(a: &str, b: &str) -> Option<&'static str> {
    if is_pair(a, b, time) {
        return Some(if fraction(a) != fraction(b) {
            "the fraction of a second has other zeros at its end (a date and time keeps what it means; `date_time = \"string\"` keeps its text)"
        } else {
            "UTC, the `T` or the `Z` is written in another way (`date_time = \"string\"` keeps the text)"
        });
    }
    if is_pair(a, b, uuid) {
        return Some("a UUID has capital letters, which RFC 9562 has written small");
    }
    let address = |text: &str| {
        text.parse::<Ipv6Addr>()
            .ok()
            .map(|address| address.to_string())
    };
    is_pair(a, b, address).then_some("an IPv6 address is not in the form of RFC 5952")
}

fn is_pair(a: &str, b: &str, canonical: impl Fn(&str) -> Option<String>) -> bool {
    canonical(a).is_some_and(|a| canonical(b) == Some(a))
}

/// The digits after the seconds.
fn fraction(time: &str) -> &str {
    let digits = time.split_once('.').map_or("", |(_, rest)| rest);
    let end = digits.find(|c: char| !c.is_ascii_digit());
    &digits[..end.unwrap_or(digits.len())]
}

/// `2024-01-02t03:04:05.120+00:00` as `2024-01-02T03:04:05.12Z`.
fn time(text: &str) -> Option<String> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let offset = rest.find(['Z', 'z', '+', '-'])?;
    let (time, offset) = rest.split_at(offset);
    let (seconds, fraction) = time.split_once('.').unwrap_or((time, ""));
    let is_time = date.split('-').map(str::len).eq([4, 2, 2])
        && seconds.split(':').map(str::len).eq([2, 2, 2])
        && format!("{date}{seconds}{fraction}")
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"-:".contains(&byte));
    let offset = match offset {
        "Z" | "z" | "+00:00" | "-00:00" => "Z",
        other => other,
    };
    let fraction = fraction.trim_end_matches('0');
    is_time.then(|| format!("{date}T{seconds}.{fraction}{offset}"))
}

fn uuid(text: &str) -> Option<String> {
    let is_uuid = text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && text
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_uuid.then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn spellings_are_told_from_values() {
        for (a, b) in [
            ("2024-01-02T03:04:05.120Z", "2024-01-02t03:04:05.12+00:00"),
            ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05.000Z"),
            (
                "550E8400-e29b-41d4-a716-446655440000",
                "550e8400-e29b-41d4-a716-446655440000",
            ),
            ("2001:DB8:0::1", "2001:db8::1"),
        ] {
            assert!(kind(a, b).is_some(), "{a} {b}");
        }
        for (a, b) in [
            ("2024-01-02T03:04:05Z", "2024-01-02T03:04:06Z"),
            ("2024-01-02T03:04:05Z", "2024-01-02T05:04:05+02:00"),
            ("2024-01-02T03:04:05", "2024-01-02T03:04:05Z"),
            ("A", "a"),
        ] {
            assert!(kind(a, b).is_none(), "{a} {b}");
        }
    }
}
