//! How what is read becomes what is sent: a `Foo` that somebody has read, changed, and sends back as a `FooInput`.

use super::{Api, Extra, Field, Object, Origin, Owner, Shape, Ty, TypeId, Union, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A type of requests that is made of the type of answers with the same schema.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) read: TypeId,
    pub(crate) input: TypeId,
    /// In whose module both can be named.
    pub(crate) owner: Owner,
    pub(crate) parts: Parts,
}

#[derive(Clone, Debug)]
pub(crate) enum Parts {
    /// Of each field of the input, and of the map of its other members if it has one.
    Fields(Vec<Taken>, Option<Turn>),
    /// Of each variant, in the order of both.
    Variants(Vec<Turn>),
}

/// Where a field is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// From the field at a position of what is read.
    From(usize, Turn),
    /// What is read has no such member, and it may be left out.
    Absent,
}

/// How a value becomes the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is of the same type.
    Same,
    /// It is, or holds, a type that is made of another in turn.
    Into,
}

/// All pairs of which one can be made of the other, whatever the value.
pub(super) fn inputs(api: &Api) -> Vec<Input> {
    let ids = (0..api.types.len() as u32).map(TypeId);
    let pairs = ids.filter_map(|input| match api.ty(input).origin {
        Origin::Input(read) => Some((input, (read, owner(api, read, input)?))),
        _ => None,
    });
    let mut search = Search {
        api,
        pairs: pairs.collect(),
    };
    // Who needs whom, so that each is looked at again only if one that it needs is not made.
    let mut needed_by: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    for input in search.pairs.keys() {
        for held in named(api, *input) {
            needed_by.entry(held).or_default().push(*input);
        }
    }
    let mut work: Vec<TypeId> = search.pairs.keys().copied().collect();
    while let Some(input) = work.pop() {
        if search.pairs.contains_key(&input) && search.parts(input).is_none() {
            search.pairs.remove(&input);
            work.extend(needed_by.get(&input).into_iter().flatten());
        }
    }
    let made = search.pairs.iter().filter_map(|(input, (read, owner))| {
        Some(Input {
            read: *read,
            input: *input,
            owner: *owner,
            parts: search.parts(*input)?,
        })
    });
    made.collect()
}

/// Where both can be named whatever the features: in the module of one if the other is shared or there too.
fn owner(api: &Api, read: TypeId, input: TypeId) -> Option<Owner> {
    match (api.ty(read).owner, api.ty(input).owner) {
        (read, input) if read == input => Some(input),
        (Owner::Shared, other) | (other, Owner::Shared) => Some(other),
        _ => None,
    }
}

/// The types that a type names, aliases followed.
fn named(api: &Api, id: TypeId) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut work: Vec<&Value> = Vec::new();
    api.ty(id).shape.each_value(&mut |value| work.push(value));
    while let Some(value) = work.pop() {
        match value.ty {
            Ty::Named(id) => {
                if found.insert(id)
                    && let Shape::Alias(value) = &api.ty(id).shape
                {
                    work.push(value);
                }
            }
            ref other => work.extend(other.inner()),
        }
    }
    found
}

struct Search<'a> {
    api: &'a Api,
    /// What is taken to be made, until something is in the way: by the input, what is read.
    pairs: BTreeMap<TypeId, (TypeId, Owner)>,
}

impl Search<'_> {
    fn parts(&self, input: TypeId) -> Option<Parts> {
        let (read, _) = *self.pairs.get(&input)?;
        let (from, to) = (self.api.ty(read), self.api.ty(input));
        if from.same_as.is_some() || to.same_as.is_some() {
            return None;
        }
        match (&from.shape, &to.shape) {
            (Shape::Object(from), Shape::Object(to)) => self.fields((read, from), (input, to)),
            (Shape::Union(from), Shape::Union(to)) => self.variants((read, from), (input, to)),
            _ => None,
        }
    }

    fn fields(
        &self,
        (read, from): (TypeId, &Object),
        (input, to): (TypeId, &Object),
    ) -> Option<Parts> {
        let taken = |field: &Field| {
            if field.read_only && !field.required {
                return Some(Taken::Absent);
            }
            let position = from
                .fields
                .iter()
                .position(|known| known.wire == field.wire);
            let Some((position, known)) = position.zip(position.map(|at| &from.fields[at])) else {
                return (!field.required).then_some(Taken::Absent);
            };
            let alike = (known.required, known.boxed) == (field.required, field.boxed);
            let turn = self.turn((read, &known.value), (input, &field.value))?;
            alike.then_some(Taken::From(position, turn))
        };
        let fields = to
            .fields
            .iter()
            .map(taken)
            .collect::<Option<Vec<Taken>>>()?;
        let extra = match (&from.extra, &to.extra) {
            (Extra::Kept(from), Extra::Kept(to)) => Some(self.turn((read, from), (input, to))?),
            (_, Extra::Kept(_)) => return None,
            _ => None,
        };
        Some(Parts::Fields(fields, extra))
    }

    fn variants(
        &self,
        (read, from): (TypeId, &Union),
        (input, to): (TypeId, &Union),
    ) -> Option<Parts> {
        // What is read may be what the document does not describe; such a value is not sent.
        let kept = |union: &Union| (union.open, union.mixed);
        if kept(from) != kept(to) || from.variants.len() != to.variants.len() {
            return None;
        }
        let variants = from.variants.iter().zip(&to.variants).map(|(from, to)| {
            let turn = self.turn((read, &from.value), (input, &to.value))?;
            (from.boxed == to.boxed).then_some(turn)
        });
        variants.collect::<Option<_>>().map(Parts::Variants)
    }

    /// How a value of what is read becomes one of what is sent; `None` where it does not.
    fn turn(&self, (read, from): (TypeId, &Value), (input, to): (TypeId, &Value)) -> Option<Turn> {
        let (mut from, mut to) = (from, to);
        // Lists and maps are nested to a stated depth, and a chain of aliases is no longer than there are types.
        for _ in 0..=self.api.types.len() + 128 {
            if from.nullable != to.nullable {
                return None;
            }
            (from, to) = match (&from.ty, &to.ty) {
                (Ty::List(from), Ty::List(to)) | (Ty::Map(from), Ty::Map(to)) => (&**from, &**to),
                (Ty::Named(of), Ty::Named(into)) => {
                    let apart = |by: TypeId, id: TypeId| self.api.apart.contains(&(by, id));
                    if apart(read, *of) || apart(input, *into) {
                        // One that is kept apart is not taken out of its box.
                        let same = of == into && apart(read, *of) == apart(input, *into);
                        return same.then_some(Turn::Same);
                    }
                    if of == into {
                        return Some(Turn::Same);
                    }
                    let pair = self.pairs.get(into);
                    if pair.is_some_and(|(read, _)| read == of) {
                        return Some(Turn::Into);
                    }
                    match (&self.api.ty(*of).shape, &self.api.ty(*into).shape) {
                        (Shape::Alias(from), Shape::Alias(to)) => (from, to),
                        _ => return None,
                    }
                }
                (of, into) => return (of == into).then_some(Turn::Same),
            };
        }
        None
    }
}
