//! Bodies other than JSON, over types written as generated code writes them.

mod form;
mod frame;
mod multipart;
mod sample;
mod xml;
mod yaml;

use oasmith_runtime::Shape;
use oasmith_runtime::arbitrary::{self, Rng};
use std::fmt::Debug;

/// Checks for arbitrary values that what is written is read; gives the number of those that could be written.
fn law<T: Shape + Debug + PartialEq>(
    write: impl Fn(&T) -> Option<String>,
    read: impl Fn(&str) -> Result<T, String>,
    received: impl Fn(T) -> T,
) -> usize {
    let mut written = 0;
    for seed in 0..600 {
        let value: T = arbitrary::value(&mut Rng::new(seed));
        let Some(text) = write(&value) else {
            continue;
        };
        written += 1;
        assert_eq!(read(&text), Ok(received(value)), "{text}");
    }
    written
}

/// Calls a reader with whatever is cut out of or changed in a good text: an answer either way.
fn damaged(text: &str, read: impl Fn(&[u8])) {
    let mut rng = Rng::new(1);
    for _ in 0..400 {
        let mut broken = text.as_bytes().to_vec();
        let at = rng.below(broken.len() as u64) as usize;
        match rng.below(3) {
            0 => broken.truncate(at),
            1 => broken[at] = rng.number().to_le_bytes()[0],
            _ => drop(broken.remove(at)),
        }
        read(&broken);
    }
}
