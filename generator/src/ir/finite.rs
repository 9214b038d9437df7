//! Which types have a finite value, and what is made of those that have none.
//!
//! A struct that requires itself, through whatever it holds, has no finite value: no document of JSON can be one. Such a schema is a
//! mistake for one with an optional member, so the member on which the circle turns becomes optional, and is reported. Every type has
//! a placeholder then, and `empty` of the runtime ends.

use super::analysis::Fault;
use super::{Api, Shape, Ty, TypeId, Value};

/// So many times one member is made optional and everything is looked at anew; after that all that are left become so at once.
const ROUNDS: usize = 100;

/// Makes every type finite.
pub(super) fn finite(api: &mut Api, faults: &mut Vec<Fault>) {
    let mut search = Search::new(api);
    for round in 0.. {
        search.spread();
        if search.finite.iter().all(|finite| *finite) {
            break;
        }
        search.loosen(api, round >= ROUNDS, faults);
        if search.ready.is_empty() {
            search.give_up(api, faults);
        }
    }
}

/// What a value must have: nothing, where it is a scalar, may be null, or is a list or a map, which may be empty.
fn needed(value: &Value) -> Vec<TypeId> {
    match &value.ty {
        Ty::Named(id) if !value.nullable => vec![*id],
        Ty::Part(part) if !value.nullable => part.iter().flat_map(needed).collect(),
        Ty::Tuple(places) if !value.nullable => {
            let required = places.items.iter().take(places.least);
            required.flat_map(needed).collect()
        }
        _ => Vec::new(),
    }
}

struct Search {
    /// What each type needs, with the positions of the members where it is a struct.
    needs: Vec<Vec<(TypeId, usize)>>,
    /// Whether one of them is enough.
    any: Vec<bool>,
    /// How many more of them have to be finite.
    open: Vec<usize>,
    needed_by: Vec<Vec<TypeId>>,
    finite: Vec<bool>,
    /// Finite ones whose neighbours have not been told.
    ready: Vec<TypeId>,
}

impl Search {
    fn new(api: &Api) -> Self {
        let count = api.types.len();
        let mut search = Self {
            needs: vec![Vec::new(); count],
            any: vec![false; count],
            open: vec![0; count],
            needed_by: vec![Vec::new(); count],
            finite: vec![false; count],
            ready: Vec::new(),
        };
        for (at, ty) in api.types.iter().enumerate() {
            let id = TypeId(at as u32);
            match &ty.shape {
                Shape::Object(object) => {
                    let required = object.fields.iter().enumerate();
                    let required = required.filter(|(_, field)| field.required);
                    search.needs[at] = required
                        .flat_map(|(position, field)| {
                            let needs = needed(&field.value).into_iter();
                            needs.map(move |id| (id, position))
                        })
                        .collect();
                }
                Shape::Union(union) => {
                    // Of a variant that needs several one stands for all.
                    let variants = union.variants.iter();
                    let variants = variants.map(|variant| needed(&variant.value).first().copied());
                    let needs: Option<Vec<TypeId>> = variants.collect();
                    search.needs[at] = needs
                        .unwrap_or_default()
                        .into_iter()
                        .map(|id| (id, 0))
                        .collect();
                    search.any[at] = true;
                }
                Shape::Alias(value) => {
                    search.needs[at] = needed(value).into_iter().map(|id| (id, 0)).collect()
                }
                Shape::Enum(_) => {}
            }
            let open = search.needs[at].len();
            search.open[at] = if search.any[at] { open.min(1) } else { open };
            for (need, _) in &search.needs[at] {
                search.needed_by[need.0 as usize].push(id);
            }
            if open == 0 {
                search.settle(at);
            }
        }
        search
    }

    fn settle(&mut self, at: usize) {
        if !std::mem::replace(&mut self.finite[at], true) {
            self.ready.push(TypeId(at as u32));
        }
    }

    /// One thing less that a type needs.
    fn met(&mut self, at: usize) {
        self.open[at] = self.open[at].saturating_sub(1);
        if self.open[at] == 0 {
            self.settle(at);
        }
    }

    /// Finds what is finite because of what is.
    fn spread(&mut self) {
        while let Some(id) = self.ready.pop() {
            for of in std::mem::take(&mut self.needed_by[id.0 as usize]) {
                self.met(of.0 as usize);
            }
        }
    }

    /// Makes a member optional with which a circle of what is left closes: one a walk, for it may open other circles too.
    fn loosen(&mut self, api: &mut Api, all: bool, faults: &mut Vec<Fault>) {
        let count = api.types.len();
        let (mut seen, mut on_path) = (vec![false; count], vec![false; count]);
        for start in 0..count {
            if self.finite[start] || std::mem::replace(&mut seen[start], true) {
                continue;
            }
            on_path[start] = true;
            let mut work = vec![(start, 0)];
            while let Some((at, next)) = work.last_mut() {
                let at = *at;
                let Some((to, position)) = self.needs[at].get(*next).copied() else {
                    on_path[at] = false;
                    work.pop();
                    continue;
                };
                *next += 1;
                let to = to.0 as usize;
                if on_path[to] {
                    if self.relax(api, at, position, faults) && !all {
                        work.iter().for_each(|(at, _)| on_path[*at] = false);
                        break;
                    }
                } else if !self.finite[to] && !std::mem::replace(&mut seen[to], true) {
                    on_path[to] = true;
                    work.push((to, 0));
                }
            }
        }
    }

    /// Makes a member optional, if it is one.
    fn relax(
        &mut self,
        api: &mut Api,
        at: usize,
        position: usize,
        faults: &mut Vec<Fault>,
    ) -> bool {
        let ty = &mut api.types[at];
        let Shape::Object(object) = &mut ty.shape else {
            return false;
        };
        let Some(field) = object
            .fields
            .get_mut(position)
            .filter(|field| field.required)
        else {
            return false;
        };
        field.required = false;
        if ty.same_as.is_none() {
            faults.push(Fault::EndlessMember(TypeId(at as u32), position));
        }
        self.met(at);
        true
    }

    /// Nothing is left but choices between one another; aliases that are nothing else have been broken before.
    fn give_up(&mut self, api: &mut Api, faults: &mut Vec<Fault>) {
        for (at, ty) in api.types.iter_mut().enumerate() {
            if !self.finite[at] {
                if matches!(ty.shape, Shape::Union(_)) {
                    faults.push(Fault::EndlessUnion(TypeId(at as u32)));
                }
                ty.shape = Shape::Alias(Value::plain(Ty::Json));
                self.finite[at] = true;
            }
        }
    }
}
