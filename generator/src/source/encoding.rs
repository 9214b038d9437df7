//! Bytes become text: UTF-8, UTF-16 with its mark, and Windows-1252 (Latin-1 and some more) where they are neither.

use super::text::{FileId, Span};
use crate::diagnostic::{Diagnostic, Place, code};

/// Bytes that are no UTF-8 were read as Windows-1252; where the first of them is in the text.
pub(super) struct Loose {
    start: usize,
    end: usize,
}

impl Loose {
    pub(super) fn said(&self, file: FileId) -> Diagnostic {
        let span = Span {
            file,
            start: self.start as u32,
            end: self.end as u32,
        };
        Diagnostic::new(
            code::LOOSE_SYNTAX,
            Place::Span(span),
            "the file is not UTF-8",
        )
        .label("read as Windows-1252")
        .help("save the file as UTF-8")
    }
}

/// The text of a file, and where it is in no encoding that JSON or YAML have.
pub(super) fn decoded(bytes: Vec<u8>) -> (String, Option<Loose>) {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2);
        let units = units.map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units)
            .map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => return (wide(u16::from_le_bytes), None),
        [0xfe, 0xff, ..] => return (wide(u16::from_be_bytes), None),
        _ => {}
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let start = error.utf8_error().valid_up_to();
            let mut text = String::new();
            let mut end = None;
            for chunk in error.into_bytes().utf8_chunks() {
                text.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    text.push(character(*byte));
                    end.get_or_insert(text.len());
                }
            }
            let end = end.unwrap_or(start);
            (text, Some(Loose { start, end }))
        }
    }
}

/// The character of a byte in Windows-1252.
fn character(byte: u8) -> char {
    const FROM_80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    let above = byte.checked_sub(0x80).map(usize::from);
    above
        .and_then(|at| FROM_80.get(at).copied())
        .unwrap_or(char::from(byte))
}
