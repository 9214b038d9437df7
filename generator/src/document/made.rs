//! An arena of schemas that no document writes: `lower` makes them out of several that hold at once.
//!
//! It grows behind a shared reference and never moves what it holds, so that a made schema lives as long as a read one.

use super::Schema;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The first block holds so many, each further one twice as many as the one before.
const FIRST: usize = 64;
const BLOCKS: usize = 26;

type Block = OnceLock<Box<[OnceLock<Schema>]>>;

#[derive(Debug, Default)]
pub(crate) struct Made {
    blocks: [Block; BLOCKS],
    len: AtomicUsize,
}

/// The block of a position, and the place in it.
fn place(position: usize) -> (usize, usize) {
    let block = (position / FIRST + 1).ilog2() as usize;
    (block, position - FIRST * ((1 << block) - 1))
}

impl Made {
    /// Adds a schema and gives its position; the arena is full beyond some billions.
    pub(super) fn add(&self, schema: Schema) -> usize {
        let position = self.len.fetch_add(1, Ordering::Relaxed);
        let (block, place) = place(position);
        if let Some(block) = self.blocks.get(block) {
            let cells = block.get_or_init(|| {
                let size = FIRST << place_block(position);
                (0..size).map(|_| OnceLock::new()).collect()
            });
            // The position is new: nobody has filled its cell.
            let _ = cells[place].set(schema);
        }
        position
    }

    pub(super) fn get(&self, position: usize) -> Option<&Schema> {
        let (block, place) = place(position);
        self.blocks.get(block)?.get()?.get(place)?.get()
    }
}

fn place_block(position: usize) -> usize {
    place(position).0
}

#[cfg(test)]
mod tests {
    use super::{Made, Schema};
    use crate::source::NodeId;

    #[test]
    fn every_schema_stays_where_it_is() {
        let made = Made::default();
        for node in 0..1000 {
            assert_eq!(made.add(Schema::new(NodeId(node))), node as usize);
        }
        for node in 0..1000 {
            assert_eq!(made.get(node as usize).expect("added").at, NodeId(node));
        }
        assert!(made.get(1000).is_none());
    }
}
