//! The tables that have been taken apart, by the texts that they are of.
//!
//! A static of its own would find a type's table a few instructions sooner, and costs whoever compiles the crate a body to
//! check and a value to evaluate, for each type: a twentieth of `cargo check` of a large document.

use super::reader::Reader;
use super::{Table, Words};
use std::sync::OnceLock;

/// As many chains of entries as keep them short for a document of a thousand operations.
const CHAINS: usize = 1 << 12;

/// Tables of one kind. What is in it stays: it grows with the types of a program, not with what the program does.
#[derive(Debug)]
pub struct Registry<T: 'static> {
    chains: [Link<T>; CHAINS],
}

type Link<T> = OnceLock<&'static Entry<T>>;

#[derive(Debug)]
struct Entry<T: 'static> {
    text: &'static str,
    table: T,
    next: Link<T>,
}

impl<T: Table> Registry<T> {
    pub(super) const fn new() -> Self {
        Self {
            chains: [const { OnceLock::new() }; CHAINS],
        }
    }

    /// The table of a text; a text is the one it is by where it stands.
    pub(super) fn get(&'static self, words: Words) -> &'static T {
        let Words { text, checks } = words;
        let mut link = &self.chains[chain(text)];
        loop {
            match link.get() {
                Some(entry) if std::ptr::eq(entry.text, text) => return &entry.table,
                Some(entry) => link = &entry.next,
                None => {
                    let table = T::read(&mut Reader::new(text, checks));
                    let next = OnceLock::new();
                    let entry = Box::leak(Box::new(Entry { text, table, next }));
                    // Whoever came first has its entry here, of this text or of another one: it is looked at next.
                    let _ = link.set(entry);
                }
            }
        }
    }
}

/// The chain of a text: the upper bits of a product that mixes those of its address (Fibonacci hashing).
fn chain(text: &'static str) -> usize {
    let mixed = (text.as_ptr().addr() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (u64::BITS - CHAINS.trailing_zeros())) as usize
}

#[cfg(test)]
mod tests {
    use super::super::super::table::ObjectTable;
    use super::*;

    #[test]
    fn a_text_has_one_table_whoever_asks_first() {
        static REGISTRY: Registry<ObjectTable> = Registry::new();
        let texts: Vec<&'static str> = (0..3 * CHAINS)
            .map(|number| &*format!("T{number} {{ id }}").leak())
            .collect();
        let tables = || -> Vec<&ObjectTable> {
            let words = texts.iter().map(|text| Words::new(text));
            words.map(|words| REGISTRY.get(words)).collect()
        };
        let found = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(tables)).collect();
            let found = threads
                .into_iter()
                .map(|thread| thread.join().expect("a list"));
            found.collect::<Vec<_>>()
        });
        for (number, table) in found[0].iter().enumerate() {
            assert_eq!(table.name, format!("T{number}"));
            for other in &found {
                assert!(std::ptr::eq(*table, other[number]));
            }
        }
    }
}
