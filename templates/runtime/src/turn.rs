//! What is read, as what is sent: through whatever holds it.

use super::Maybe;
use std::collections::BTreeMap;

/// A value that becomes another, made of it: `From`, through options, lists and maps.
pub trait Turn<T> {
    /// The other.
    fn turn(self) -> T;
}

impl<A: Turn<B>, B> Turn<Option<B>> for Option<A> {
    fn turn(self) -> Option<B> {
        self.map(A::turn)
    }
}

impl<A: Turn<B>, B> Turn<Maybe<B>> for Maybe<A> {
    fn turn(self) -> Maybe<B> {
        self.map(A::turn)
    }
}

impl<A: Turn<B>, B> Turn<Box<B>> for Box<A> {
    fn turn(self) -> Box<B> {
        Box::new((*self).turn())
    }
}

impl<A: Turn<B>, B> Turn<Vec<B>> for Vec<A> {
    fn turn(self) -> Vec<B> {
        self.into_iter().map(A::turn).collect()
    }
}

impl<A: Turn<B>, B> Turn<BTreeMap<String, B>> for BTreeMap<String, A> {
    fn turn(self) -> BTreeMap<String, B> {
        let entries = self.into_iter();
        entries.map(|(key, value)| (key, value.turn())).collect()
    }
}
