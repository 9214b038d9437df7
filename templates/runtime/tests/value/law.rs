//! What holds for every value.

use super::sample::{Backup, Closed, Empty, Everything, Open};
use super::{read, write};
use oasmith_runtime::Shape;
use oasmith_runtime::arbitrary::{self, Rng, received};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

pub(crate) fn holds<T: Shape + Clone + Debug + PartialEq + Serialize + DeserializeOwned>() {
    let mut texts = std::collections::BTreeSet::new();
    for seed in 0..400 {
        let rng = Rng::new(seed);
        let value: T = arbitrary::value(&mut if seed % 2 == 0 {
            rng
        } else {
            rng.with_unknown()
        });
        assert_eq!(oasmith_runtime::validate(value.view()), Ok(()), "{value:?}");
        let text = write(&value);
        let back: T = read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        assert_eq!(back, received(value.clone()), "{text}");
        assert_eq!(serde_json::to_string(&value).expect("writable"), text);
        assert_eq!(
            serde_json::from_str::<T>(&text).expect(&text),
            back,
            "{text}"
        );
        let tree = serde_json::to_value(&value).expect("writable");
        let spaced = serde_json::to_string_pretty(&tree).expect("writable");
        assert_eq!(read::<T>(&spaced).expect(&spaced), back, "{spaced}");
        assert_eq!(
            serde_json::from_value::<T>(tree).expect(&text),
            back,
            "{text}"
        );
        texts.insert(text);
    }
    assert!(
        std::mem::size_of::<T>() == 0 || texts.len() > 20,
        "{} different values",
        texts.len()
    );
}

#[test]
fn what_is_written_is_read() {
    holds::<Backup>();
    holds::<Closed>();
    holds::<Open>();
    holds::<Empty>();
    holds::<Everything>();
    holds::<Vec<Option<f64>>>();
}

#[test]
fn no_text_breaks_the_reader() {
    // Whatever is cut out of or changed in a good text, the answer is a value or an error.
    for seed in 0..40 {
        let text = write(&arbitrary::value::<Everything>(&mut Rng::new(seed))).into_bytes();
        let mut rng = Rng::new(seed);
        for _ in 0..200 {
            let mut broken = text.clone();
            let at = rng.below(text.len() as u64) as usize;
            match rng.below(3) {
                0 => broken.truncate(at),
                1 => broken[at] = rng.number().to_le_bytes()[0],
                _ => drop(broken.remove(at)),
            }
            let ours = oasmith_runtime::json::read::<Everything>(&broken, &Default::default());
            let theirs = serde_json::from_slice::<Everything>(&broken);
            assert_eq!(
                ours.is_ok(),
                theirs.is_ok(),
                "{ours:?} {theirs:?} {}",
                String::from_utf8_lossy(&broken)
            );
        }
    }
}
