//! Eight bytes of a string at a time: where the next byte is that JSON treats specially.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The position of the first quote, backslash or control character from `at` on, or the end.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let marks =
            (zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5c)) | controls(word)) & HIGHS;
        if marks != 0 {
            return at + (marks.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            break;
        }
        at += 1;
    }
    at
}

/// Marks the zero bytes. A borrow may mark bytes above the first zero; the lowest mark is always right.
#[inline]
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word
}

/// Marks the bytes below 0x20, with the same reservation.
#[inline]
const fn controls(word: u64) -> u64 {
    word.wrapping_sub(ONES * 0x20) & !word
}

#[cfg(test)]
mod tests {
    use super::special;

    #[test]
    fn finds_what_a_loop_over_bytes_finds() {
        for filler in [b'a', b' ', 0x7f, 0x80, 0xff, b'#', b'!', b'[', b']'] {
            for length in 0..40 {
                for byte in 0..=255_u8 {
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
                }
            }
        }
    }
}
