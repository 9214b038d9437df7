//! Eight bytes of a string at a time: where the next byte is that JSON treats specially.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The position of the first quote, backslash or control character from `at` on, or the end.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let marks = marks(u64::from_le_bytes(*chunk));
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let left = bytes.len().saturating_sub(at);
    if left == 0 {
        return bytes.len();
    }
    if let Some(chunk) = bytes.last_chunk::<8>() {
        // What is left, with spaces behind it.
        let gone = 8 * (8 - left);
        let word = u64::from_le_bytes(*chunk) >> gone | (ONES * 0x20) << (64 - gone);
        let marks = marks(word);
        return if marks == 0 {
            bytes.len()
        } else {
            at + (marks.trailing_zeros() / 8) as usize
        };
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// Marks the highest bit of what is looked for: bytes that are zero once a quote or a backslash is taken away, and bytes
/// below 0x20. A borrow may mark bytes above the first one; the lowest mark is always right.
#[inline]
const fn marks(word: u64) -> u64 {
    let quote = (word ^ (ONES * 0x22)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * 0x5c)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn finds_what_a_loop_over_bytes_finds() {
        for filler in [b'a', b' ', 0x7f, 0x80, 0xff, b'#', b'!', b'[', b']'] {
            for (length, byte) in
                (0..40).flat_map(|length| (0..=255).map(move |byte| (length, byte)))
            {
                let mut bytes = vec![filler; length];
                bytes.push(byte);
                bytes.extend([filler; 3]);
                let slow = bytes
                    .iter()
                    .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20));
                assert_eq!(
                    special(&bytes, 0),
                    slow.unwrap_or(bytes.len()),
                    "{length} {byte}"
                );
                // What is before the start is not looked at.
                assert_eq!(special(&bytes, length + 1), length + 4, "{length} {byte}");
            }
        }
    }
}
