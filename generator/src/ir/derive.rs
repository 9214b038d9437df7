//! Which types can have a trait of the standard library: those whose every part has it.

use super::{Api, Extra, Format, Object, Operation, OperationId, Shape, Ty, Type, TypeId, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A trait of the standard library that a type has only if its parts do. (`Clone`, `Debug` and `PartialEq` all types have that
/// hold no stream.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trait {
    Copy,
    Default,
    Eq,
    Hash,
    Ord,
    PartialOrd,
}

impl Trait {
    pub(crate) const ALL: &[(&str, Self)] = &[
        ("Copy", Self::Copy),
        ("Default", Self::Default),
        ("Eq", Self::Eq),
        ("Hash", Self::Hash),
        ("Ord", Self::Ord),
        ("PartialOrd", Self::PartialOrd),
    ];
}

/// What may derive a trait: a type, or the request of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Type(TypeId),
    Request(OperationId),
}

/// Why a type cannot have a trait: the part that does not, in the document's words, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Obstacle {
    pub(crate) part: Option<String>,
    pub(crate) holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Words for what it is: "a number with a fraction".
    Kind(&'static str),
    /// A type that has not got it either.
    Named(TypeId),
}

/// Those of the wanted that cannot have the trait, each with the reason, if all others of them have it.
pub(crate) fn obstacles(
    api: &Api,
    of: Trait,
    wanted: &BTreeSet<Subject>,
    dates_are_text: bool,
) -> BTreeMap<Subject, Obstacle> {
    let mut search = Search {
        api,
        of,
        dates_are_text,
        having: wanted.clone(),
    };
    let mut holders: BTreeMap<TypeId, Vec<Subject>> = BTreeMap::new();
    for subject in wanted {
        for held in search.held(*subject) {
            holders.entry(held).or_default().push(*subject);
        }
    }
    let mut found = BTreeMap::new();
    let mut work: Vec<Subject> = wanted.iter().copied().collect();
    while let Some(subject) = work.pop() {
        if found.contains_key(&subject) {
            continue;
        }
        if let Some(obstacle) = search.obstacle(subject) {
            found.insert(subject, obstacle);
            search.having.remove(&subject);
            if let Subject::Type(id) = subject {
                work.extend(holders.get(&id).into_iter().flatten());
            }
        }
    }
    found
}

struct Search<'a> {
    api: &'a Api,
    of: Trait,
    dates_are_text: bool,
    /// What is taken to have it, until an obstacle is found.
    having: BTreeSet<Subject>,
}

impl<'a> Search<'a> {
    /// What a type itself is, aliases followed.
    fn end(&self, mut id: TypeId) -> (TypeId, Option<&'a Value>) {
        // A chain of aliases is no longer than there are types; a circle of them has been broken.
        for _ in 0..=self.api.types.len() {
            let ty = self.api.ty(id);
            match (ty.same_as, &ty.shape) {
                (Some(same), _) => id = same,
                (None, Shape::Alias(value)) => match value.ty {
                    Ty::Named(next) => id = next,
                    _ => return (id, Some(value)),
                },
                _ => break,
            }
        }
        (id, None)
    }

    /// The types whose having it matters to a subject.
    fn held(&self, subject: Subject) -> BTreeSet<TypeId> {
        let mut found = BTreeSet::new();
        let mut work: Vec<&Value> = Vec::new();
        match subject {
            Subject::Type(id) => self
                .api
                .ty(id)
                .shape
                .each_value(&mut |value| work.push(value)),
            Subject::Request(id) => work.extend(self.api.operation(id).request_values()),
        }
        let mut seen = BTreeSet::new();
        while let Some(value) = work.pop() {
            match value.ty {
                Ty::Named(id) => match self.end(id) {
                    (alias, Some(value)) if seen.insert(alias) => work.push(value),
                    (_, Some(_)) => {}
                    (end, None) => {
                        found.insert(end);
                    }
                },
                ref other => work.extend(other.inner()),
            }
        }
        found
    }

    fn obstacle(&self, subject: Subject) -> Option<Obstacle> {
        match subject {
            Subject::Type(id) => self.of_type(id, self.api.ty(id)),
            Subject::Request(id) => self.of_request(self.api.operation(id)),
        }
    }

    fn of_type(&self, id: TypeId, ty: &Type) -> Option<Obstacle> {
        match &ty.shape {
            Shape::Object(object) => self.of_object(id, object),
            Shape::Enum(list) => match self.of {
                Trait::Default => whole("a list of values, of which none is the first"),
                Trait::Copy if !list.is_copy() => whole("a text"),
                _ => None,
            },
            Shape::Union(union) => {
                if self.of == Trait::Default {
                    return whole("a choice between types, of which none is the first");
                }
                if (union.open || union.mixed) && !self.json() {
                    return whole("any JSON value");
                }
                union.variants.iter().find_map(|variant| {
                    let is_apart = self.is_apart(id, &variant.value);
                    let holds = self.of_place(&variant.value, false, variant.boxed, is_apart)?;
                    let part = variant.name.clone();
                    Some(Obstacle { part, holds })
                })
            }
            // An alias has what its type has.
            Shape::Alias(_) => None,
        }
    }

    fn of_object(&self, id: TypeId, object: &Object) -> Option<Obstacle> {
        let fields = object.fields.iter().find_map(|field| {
            let is_apart = self.is_apart(id, &field.value);
            let holds = self.of_place(&field.value, !field.required, field.boxed, is_apart)?;
            let part = Some(field.wire.clone());
            Some(Obstacle { part, holds })
        });
        fields.or_else(|| match &object.extra {
            Extra::Kept(_) if self.of == Trait::Copy => whole("a map"),
            Extra::Kept(value) if self.of != Trait::Default => {
                let holds = self.of_place(value, false, false, self.is_apart(id, value))?;
                Some(Obstacle { part: None, holds })
            }
            _ => None,
        })
    }

    fn of_request(&self, operation: &Operation) -> Option<Obstacle> {
        let parameters = operation.parameters.iter().find_map(|parameter| {
            let holds = self.of_place(&parameter.value, !parameter.required, false, false)?;
            let part = Some(parameter.wire.clone());
            Some(Obstacle { part, holds })
        });
        let body = operation.body.as_ref().and_then(|body| {
            let holds = match body.media.as_slice() {
                [media] => self.of_place(&media.value, !body.required, false, false)?,
                _ if self.of == Trait::Default && !body.required => return None,
                _ => Holds::Kind("a body of one of several media types"),
            };
            let part = Some("body".to_owned());
            Some(Obstacle { part, holds })
        });
        parameters.or(body)
    }

    /// Whether a type keeps what a place names apart, as the emission does.
    fn is_apart(&self, from: TypeId, value: &Value) -> bool {
        let mut at = value;
        while let Ty::List(inner) | Ty::Map(inner) = &at.ty {
            at = inner;
        }
        matches!(at.ty, Ty::Named(to) if self.api.apart.contains(&(from, to)))
    }

    /// What keeps a place from having it.
    fn of_place(&self, value: &Value, optional: bool, boxed: bool, apart: bool) -> Option<Holds> {
        match self.of {
            // `Option` and `Maybe` have a default of their own.
            Trait::Default if optional || value.nullable => return None,
            Trait::Copy if boxed => return Some(Holds::Kind("a box")),
            Trait::Copy | Trait::Hash | Trait::Ord | Trait::PartialOrd if apart => {
                return Some(Holds::Kind("a value that is kept apart"));
            }
            _ => {}
        }
        // Lists and maps are nested to a stated depth; aliases are followed by a loop.
        let mut at = value;
        let mut followed = 0;
        loop {
            match &at.ty {
                Ty::Named(id) => match self.end(*id) {
                    (_, Some(value)) if followed <= self.api.types.len() => {
                        if self.of == Trait::Default && value.nullable {
                            return None;
                        }
                        followed += 1;
                        at = value;
                    }
                    (_, Some(_)) => return None,
                    (end, None) => return self.of_named(end),
                },
                Ty::List(inner) | Ty::Map(inner) => match self.of {
                    Trait::Copy if matches!(at.ty, Ty::Map(_)) => {
                        return Some(Holds::Kind("a map"));
                    }
                    Trait::Copy => return Some(Holds::Kind("a list")),
                    Trait::Default => return None,
                    _ => at = inner,
                },
                scalar => return self.of_scalar(scalar).map(Holds::Kind),
            }
        }
    }

    fn of_named(&self, id: TypeId) -> Option<Holds> {
        let ty = self.api.ty(id);
        let has = match &ty.shape {
            Shape::Enum(list) => match self.of {
                Trait::Eq | Trait::Hash => true,
                Trait::Copy => list.is_copy(),
                _ => false,
            },
            Shape::Object(object) if self.of == Trait::Default => {
                object.fields.iter().all(|field| !field.required)
            }
            _ => false,
        };
        let has = has || self.having.contains(&Subject::Type(id));
        (!has).then_some(Holds::Named(id))
    }

    /// Whether any JSON value has it.
    fn json(&self) -> bool {
        matches!(self.of, Trait::Default | Trait::Eq | Trait::Hash)
    }

    fn of_scalar(&self, ty: &Ty) -> Option<&'static str> {
        let of = self.of;
        let (has, kind) = match ty {
            Ty::Bool | Ty::Integer(_) => (true, "an integer"),
            Ty::Number => (
                matches!(of, Trait::Copy | Trait::Default | Trait::PartialOrd),
                "a number that may have a fraction",
            ),
            Ty::String => (of != Trait::Copy, "a text"),
            Ty::Text(Format::DateTime | Format::Date) if self.dates_are_text => {
                (of != Trait::Copy, "a text")
            }
            Ty::Text(format) if of == Trait::Copy && self.api.keeps && format.has_spellings() => {
                (false, "a value with its text")
            }
            Ty::Text(Format::DateTime | Format::Date) => (of != Trait::Default, "a date or time"),
            Ty::Text(Format::Ipv4 | Format::Ipv6) => (of != Trait::Default, "an address"),
            Ty::Text(Format::Uuid) => (true, "a UUID"),
            Ty::Text(Format::Base64 | Format::Base64Url) => (of != Trait::Copy, "bytes"),
            Ty::Text(Format::Secret) => (
                !matches!(of, Trait::Copy | Trait::Ord | Trait::PartialOrd),
                "a secret",
            ),
            Ty::Foreign(_) => (false, "a type of which only its crate knows"),
            Ty::Json => (self.json(), "any JSON value"),
            Ty::Tuple(_) => (false, "a tuple"),
            Ty::Part(_) => (false, "a part"),
            Ty::Body | Ty::Stream(_) => (false, "a stream"),
            // Followed by `of_place`.
            Ty::List(_) | Ty::Map(_) | Ty::Named(_) => (true, "a value"),
        };
        (!has).then_some(kind)
    }
}

fn whole(kind: &'static str) -> Option<Obstacle> {
    let holds = Holds::Kind(kind);
    Some(Obstacle { part: None, holds })
}
