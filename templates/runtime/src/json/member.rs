//! Which field a member is, and which have been read.

use super::super::table;

/// The position of the field of a name. Members mostly come in the document's order, so the search begins at the one
/// after the last.
#[inline]
pub(crate) fn position(fields: &[table::Field], next: usize, name: &str) -> Option<usize> {
    if fields.get(next).is_some_and(|field| field.name == name) {
        return Some(next);
    }
    let (before, after) = fields.split_at(next.min(fields.len()));
    let later = after
        .iter()
        .position(|field| field.name == name)
        .map(|position| before.len() + position);
    later.or_else(|| before.iter().position(|field| field.name == name))
}

/// Which fields have been read: 256 of them without an allocation.
pub(crate) struct Seen {
    first: [u64; 4],
    more: Vec<u64>,
    pub(crate) count: usize,
}

impl Seen {
    pub(crate) fn new(fields: usize) -> Self {
        Self {
            first: [0; 4],
            more: vec![0; fields.saturating_sub(256).div_ceil(64)],
            count: 0,
        }
    }

    fn word(&mut self, position: usize) -> Option<&mut u64> {
        match position / 64 {
            word @ 0..4 => self.first.get_mut(word),
            word => self.more.get_mut(word - 4),
        }
    }

    /// Adds a position; whether it is new.
    #[inline]
    pub(crate) fn add(&mut self, position: usize) -> bool {
        let bit = 1 << (position % 64);
        let Some(word) = self.word(position) else {
            return false;
        };
        if *word & bit != 0 {
            return false;
        }
        *word |= bit;
        self.count += 1;
        true
    }

    pub(crate) fn has(&self, position: usize) -> bool {
        let word = match position / 64 {
            word @ 0..4 => self.first.get(word),
            word => self.more.get(word - 4),
        };
        word.is_some_and(|word| word & (1 << (position % 64)) != 0)
    }
}
