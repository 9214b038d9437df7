//! Exact decimal numbers, for integers written as `1.0`, bounds beyond a double, and multiples of a fraction.

use std::cmp::Ordering;

/// `digits` times ten to the power of `exponent`, with no trailing zero in `digits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// The decimal of a number in a rule; one that is no number does not compile.
    #[must_use]
    pub const fn literal(text: &str) -> Self {
        match Self::parse(text) {
            Some(decimal) => decimal,
            None => panic!("a rule's number is a decimal of at most 38 digits"),
        }
    }

    /// Reads a JSON number; `None` if it is none, or has more than some 38 significant digits.
    #[must_use]
    pub const fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let negative = !bytes.is_empty() && bytes[0] == b'-';
        let mut at = negative as usize;
        let mut digits = 0_i128;
        let mut exponent = 0_i32;
        let mut zeros = 0_i32;
        let mut fraction = false;
        let mut any = false;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte == b'.' && !fraction {
                fraction = true;
            } else if byte.is_ascii_digit() {
                any = true;
                if fraction {
                    exponent -= 1;
                }
                // Zeros wait until a digit follows, so that `1` and forty zeros is still read.
                if byte == b'0' {
                    zeros += (digits != 0) as i32;
                } else {
                    while zeros >= 0 {
                        match digits.checked_mul(10) {
                            Some(more) => digits = more,
                            None => return None,
                        }
                        zeros -= 1;
                    }
                    zeros = 0;
                    match digits.checked_add((byte - b'0') as i128) {
                        Some(more) => digits = more,
                        None => return None,
                    }
                }
            } else {
                break;
            }
            at += 1;
        }
        if !any {
            return None;
        }
        let Some(power) = power(bytes, at) else {
            return None;
        };
        if digits == 0 {
            return Some(Self {
                digits: 0,
                exponent: 0,
            });
        }
        let Some(exponent) = exponent.checked_add(zeros) else {
            return None;
        };
        let Some(exponent) = exponent.checked_add(power) else {
            return None;
        };
        Some(Self {
            digits: if negative { -digits } else { digits },
            exponent,
        })
    }

    /// The decimal of a double: of its shortest text.
    pub(crate) fn of(number: f64) -> Option<Self> {
        Self::parse(&format!("{number:?}"))
    }

    /// The same of a single.
    pub(crate) fn of_single(number: f32) -> Option<Self> {
        Self::parse(&format!("{number:?}"))
    }

    /// The decimal of an integer.
    pub(crate) fn of_integer(number: i128) -> Self {
        let mut decimal = Self {
            digits: number,
            exponent: 0,
        };
        while decimal.digits != 0 && decimal.digits % 10 == 0 {
            decimal.digits /= 10;
            decimal.exponent += 1;
        }
        decimal
    }

    /// The number as an integer, if it is one of 128 bits.
    pub(crate) fn integer(self) -> Option<i128> {
        if self.digits == 0 {
            return Some(0);
        }
        let power = 10_i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        self.digits.checked_mul(power)
    }

    /// The nearest double.
    #[cfg(feature = "arbitrary")]
    pub(crate) fn double(self) -> f64 {
        self.to_string().parse().unwrap_or(f64::NAN)
    }

    /// Both as multiples of one power of ten, where that fits.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let least = self.exponent.min(other.exponent);
        let scaled = |decimal: Self| {
            let power = u32::try_from(i64::from(decimal.exponent) - i64::from(least)).ok()?;
            decimal.digits.checked_mul(10_i128.checked_pow(power)?)
        };
        Some((scaled(self)?, scaled(other)?))
    }

    /// Which of two is greater.
    pub(crate) fn compare(self, other: Self) -> Ordering {
        if let Some((left, right)) = self.aligned(other) {
            return left.cmp(&right);
        }
        let (one, two) = (self.digits.signum(), other.digits.signum());
        if one != two {
            return one.cmp(&two);
        }
        // Of two with as many places, the one whose digits do not fit once they are written out is the greater.
        let magnitude = self
            .places()
            .cmp(&other.places())
            .then(self.exponent.cmp(&other.exponent));
        if one < 0 {
            magnitude.reverse()
        } else {
            magnitude
        }
    }

    /// How many digits stand before the point.
    fn places(self) -> i64 {
        let digits = self
            .digits
            .unsigned_abs()
            .checked_ilog10()
            .unwrap_or_default();
        i64::from(digits) + i64::from(self.exponent)
    }

    /// The sum; one of the two, if it is too long.
    #[cfg(feature = "arbitrary")]
    pub(crate) fn plus(self, other: Self) -> Self {
        let least = self.exponent.min(other.exponent);
        let sum = self
            .aligned(other)
            .and_then(|(left, right)| left.checked_add(right));
        sum.map_or(self, |digits| Self {
            digits,
            exponent: least,
        })
    }

    /// The number of the other sign.
    #[cfg(feature = "arbitrary")]
    pub(crate) const fn negative(self) -> Self {
        Self {
            digits: -self.digits,
            ..self
        }
    }

    /// So many times the number.
    #[cfg(feature = "arbitrary")]
    pub(crate) const fn times(self, times: i128) -> Self {
        Self {
            digits: self.digits.saturating_mul(times),
            ..self
        }
    }

    /// The greatest integer that is not greater.
    #[cfg(feature = "arbitrary")]
    pub(crate) fn floor(self) -> i128 {
        let scale = self.exponent.min(0).unsigned_abs();
        match self.integer() {
            Some(integer) => integer,
            None if self.exponent > 0 => {
                if self.digits < 0 {
                    i128::MIN
                } else {
                    i128::MAX
                }
            }
            None => 10_i128
                .checked_pow(scale)
                .map_or(0, |scale| self.digits.div_euclid(scale)),
        }
    }

    /// The least integer that is not less.
    #[cfg(feature = "arbitrary")]
    pub(crate) fn ceiling(self) -> i128 {
        self.negative().floor().saturating_neg()
    }

    /// Whether it is a whole number of steps.
    pub(crate) fn is_multiple_of(self, step: Self) -> bool {
        if self.digits == 0 || step.digits == 0 {
            return true;
        }
        let (number, divisor) = (self.digits.unsigned_abs(), step.digits.unsigned_abs());
        let shift = i64::from(self.exponent) - i64::from(step.exponent);
        match u32::try_from(shift) {
            Ok(shift) => product(number % divisor, power_of_ten(shift, divisor), divisor) == 0,
            Err(_) => {
                // A step that does not fit once it is written out is greater than the number.
                let scale = u32::try_from(-shift)
                    .ok()
                    .and_then(|shift| 10_u128.checked_pow(shift));
                let divisor = scale.and_then(|scale| divisor.checked_mul(scale));
                divisor.is_some_and(|divisor| number % divisor == 0)
            }
        }
    }
}

/// Ten to a power, less so many times the divisor.
fn power_of_ten(mut power: u32, divisor: u128) -> u128 {
    let (mut result, mut square) = (1 % divisor, 10 % divisor);
    while power > 0 {
        if power % 2 == 1 {
            result = product(result, square, divisor);
        }
        square = product(square, square, divisor);
        power /= 2;
    }
    result
}

/// A product, less so many times the divisor; both factors and the divisor are below half of what fits.
fn product(mut one: u128, mut two: u128, divisor: u128) -> u128 {
    if let Some(product) = one.checked_mul(two) {
        return product % divisor;
    }
    let mut result = 0;
    while two > 0 {
        if two % 2 == 1 {
            result = (result + one) % divisor;
        }
        one = one * 2 % divisor;
        two /= 2;
    }
    result
}

/// The power after the digits: 0 if there is none, `None` if what is there is no power.
const fn power(bytes: &[u8], mut at: usize) -> Option<i32> {
    if at == bytes.len() {
        return Some(0);
    }
    if bytes[at] != b'e' && bytes[at] != b'E' {
        return None;
    }
    at += 1;
    let negative = at < bytes.len() && bytes[at] == b'-';
    if at < bytes.len() && (bytes[at] == b'-' || bytes[at] == b'+') {
        at += 1;
    }
    if at == bytes.len() {
        return None;
    }
    let mut power = 0_i32;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() || power > 1_000_000 {
            return None;
        }
        power = power * 10 + (bytes[at] - b'0') as i32;
        at += 1;
    }
    Some(if negative { -power } else { power })
}

impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.integer(), self.exponent) {
            (Some(integer), _) => write!(f, "{integer}"),
            (None, exponent @ -18..0) => {
                let scale = 10_u128.pow(exponent.unsigned_abs());
                let digits = self.digits.unsigned_abs();
                let sign = if self.digits < 0 { "-" } else { "" };
                let width = exponent.unsigned_abs() as usize;
                write!(f, "{sign}{}.{:0width$}", digits / scale, digits % scale)
            }
            (None, exponent) => write!(f, "{}e{exponent}", self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).expect(text)
    }

    #[test]
    fn reads_and_shows() {
        for (text, shown) in [
            ("0", "0"),
            ("-0", "0"),
            ("10", "10"),
            ("1.0", "1"),
            ("100e-2", "1"),
            ("0.25", "0.25"),
            ("-0.050", "-0.05"),
            ("1e3", "1000"),
            ("1e400", "1e400"),
            ("12.5E-1", "1.25"),
            ("18446744073709551615", "18446744073709551615"),
        ] {
            assert_eq!(decimal(text).to_string(), shown, "{text}");
        }
        for text in [
            "",
            "-",
            ".",
            "e1",
            "1e",
            "1x",
            "1e99999999999",
            &"9".repeat(50),
        ] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn divides_and_compares_exactly() {
        assert!(decimal("0.3").is_multiple_of(decimal("0.1")));
        assert!(decimal("19.99").is_multiple_of(decimal("0.01")));
        assert!(!decimal("0.35").is_multiple_of(decimal("0.1")));
        assert!(
            decimal("9223372036854775807")
                .compare(decimal("9223372036854775808"))
                .is_lt()
        );
        assert!(decimal("1e400").compare(decimal("1e399")).is_ge());
        assert_eq!(decimal("1.0").integer(), Some(1));
        assert_eq!(decimal("1.5").integer(), None);
        assert_eq!(decimal("1e400").integer(), None);
    }

    #[test]
    fn multiples_are_exact_whatever_the_exponents() {
        let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: u64| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed % below
        };
        for _ in 0..20_000 {
            let (digits, times) = (1 + random(1_000_000), random(1_000_000_000_000));
            let exponent = i64::try_from(random(40)).expect("small") - 20;
            let product = u128::from(digits) * u128::from(times);
            let step = decimal(&format!("{digits}e{exponent}"));
            let number = decimal(&format!("{product}e{exponent}"));
            assert!(number.is_multiple_of(step), "{number} of {step}");
            // A tenth of a unit of the last place more is between two multiples.
            let off = decimal(&format!("{}e{}", product * 10 + 1, exponent - 1));
            assert!(!off.is_multiple_of(step), "{off} of {step}");
            assert!(off.compare(number).is_gt() && number.compare(off).is_lt());
        }
        for (number, step, is) in [
            ("1e308", "0.5", true),
            ("1e308", "0.123456789", false),
            ("123456789e300", "0.123456789", true),
            ("1e-300", "1", false),
            ("-7e200", "7", true),
            ("170141183460469231731687303715884105727", "3", false),
            ("0", "1e-300", true),
        ] {
            assert_eq!(
                decimal(number).is_multiple_of(decimal(step)),
                is,
                "{number} of {step}"
            );
        }
    }

    #[test]
    fn far_apart_is_still_in_order() {
        let texts = [
            "-1e400", "-9e399", "-1", "0", "1e-400", "1", "9.5e300", "1e301", "1e400",
        ];
        for (position, text) in texts.iter().enumerate() {
            for (other, more) in texts.iter().enumerate() {
                assert_eq!(
                    decimal(text).compare(decimal(more)),
                    position.cmp(&other),
                    "{text} {more}"
                );
            }
        }
    }
}
