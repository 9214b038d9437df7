//! Which edges between types are held in a box: those that close a cycle, those to large members of a struct that is too large
//! (see [`super::layout`]), and those where a chain of types gets too long.
//!
//! A struct may not contain itself, so an edge that leads back is a `Box`. Two more limits are rustc's: it proves `Send` and `Sync`
//! of a type through everything that the type holds, at most 128 steps deep (E0275 beyond), and it does so again in every crate
//! that asks. Chains are broken before that by edges that are kept apart (`Deep` of the runtime): a box whose proof ends with it.
//!
//! rustc also follows the chain where it compiles the generic code of containers, 128 types at most unless the crate asks for more,
//! which nothing here can break: [`Api::longest_chain`] says how much it has to ask for.
//!
//! Steps were counted with rustc: a struct or an enum is one, `Option` and `Maybe` one, `Box` two, `Vec` and `BTreeMap` three.

use super::analysis::Fault;
use super::{Api, Extra, Shape, Ty, TypeId, Value};
use std::collections::BTreeSet;

/// How many steps a chain may have; the rest of rustc's 128 is for what users put around the types.
const STEPS: u32 = 80;

/// A circle of types is walked whole before it is known to be one.
const CIRCLE: u32 = 40;

/// The steps from a struct through an optional `Deep`.
const APART: u32 = 5;

/// What a struct or a union holds.
#[derive(Clone, Copy)]
struct Edge {
    /// The type that the place names.
    named: TypeId,
    /// The struct, enum or union that it is, its aliases followed.
    to: TypeId,
    steps: u32,
    /// No list and no map is between.
    direct: bool,
}

/// Fills in which fields and variants are boxed, and [`Api::apart`].
pub(super) fn boxing(api: &mut Api) {
    let mut graph = Graph::new(api);
    let circles = graph.circles();
    for circle in &circles {
        if graph.around(circle) > CIRCLE {
            graph.open(circle);
        }
    }
    api.longest_chain = graph.longest(&circles);
    let boxed = graph.boxes();
    mark(api, |from, named| {
        let (to, steps) = graph.targets[named.0 as usize];
        steps == 0 && boxed.contains(&(from, to))
    });
    let target = |named: TypeId| {
        let (to, steps) = graph.targets[named.0 as usize];
        (steps == 0).then_some(to)
    };
    for (from, to) in super::layout::members(api, target, &graph.apart) {
        let edges = graph.edges[from.0 as usize].iter_mut();
        for edge in
            edges.filter(|edge| edge.direct && edge.to == to && !boxed.contains(&(from, to)))
        {
            edge.steps += 2;
        }
    }
    for circle in &circles {
        graph.shorten(circle);
    }
    let apart = std::mem::take(&mut graph.apart);
    let kept_apart = apart.iter();
    let kept_apart = kept_apart
        .map(|(_, named)| graph.targets[named.0 as usize].0)
        .collect();
    // What is kept apart is in a box of another kind.
    for (position, ty) in api.types.iter_mut().enumerate() {
        let from = TypeId(position as u32);
        for (value, boxed) in places(&mut ty.shape) {
            *boxed &= !matches!(value.ty, Ty::Named(named) if apart.contains(&(from, named)));
        }
    }
    api.kept_apart = kept_apart;
    api.apart = apart;
}

/// Says of every field and variant that names a type whether it is boxed.
fn mark(api: &mut Api, is_boxed: impl Fn(TypeId, TypeId) -> bool) {
    for (position, ty) in api.types.iter_mut().enumerate() {
        let from = TypeId(position as u32);
        for (value, boxed) in places(&mut ty.shape) {
            *boxed = matches!(value.ty, Ty::Named(named) if is_boxed(from, named));
        }
    }
}

/// The values of fields and variants, and whether they are boxed.
fn places(shape: &mut Shape) -> Vec<(&Value, &mut bool)> {
    match shape {
        Shape::Object(object) => {
            let fields = object.fields.iter_mut();
            fields
                .map(|field| (&field.value, &mut field.boxed))
                .collect()
        }
        Shape::Union(union) => {
            let variants = union.variants.iter_mut();
            variants
                .map(|variant| (&variant.value, &mut variant.boxed))
                .collect()
        }
        Shape::Enum(_) | Shape::Alias(_) => Vec::new(),
    }
}

/// The type that a value names through lists and maps, and the steps that these take.
fn inside(value: &Value) -> (Option<TypeId>, u32) {
    let (mut at, mut steps) = (value, 0);
    loop {
        match &at.ty {
            Ty::List(inner) | Ty::Map(inner) | Ty::Stream(inner) => {
                steps += 3 + u32::from(inner.nullable);
                at = inner;
            }
            Ty::Part(part) => {
                steps += 1;
                at = &part[0];
            }
            Ty::Named(id) => return (Some(*id), steps),
            _ => return (None, steps),
        }
    }
}

/// An alias that leads only to aliases and back (`type Tree = Vec<Tree>`), or through too many lists, is no Rust type.
pub(super) fn break_aliases(api: &mut Api, faults: &mut Vec<Fault>) {
    // The steps from an alias to a type of its own.
    let mut known: Vec<Option<u32>> = vec![None; api.types.len()];
    for start in 0..api.types.len() {
        let mut path: Vec<TypeId> = Vec::new();
        let mut on_path = BTreeSet::new();
        let mut at = Some(TypeId(start as u32));
        let mut steps = 0;
        while let Some(id) = at {
            if let Some(rest) = known[id.0 as usize] {
                steps = rest;
                break;
            }
            let Shape::Alias(value) = &api.ty(id).shape else {
                break;
            };
            if !on_path.insert(id) {
                faults.push(Fault::EndlessAlias(id));
                api.types[id.0 as usize].shape = Shape::Alias(Value::plain(Ty::Json));
                break;
            }
            path.push(id);
            at = inside(value).0.map(|id| emitted(api, id));
        }
        for id in path.into_iter().rev() {
            if let Shape::Alias(value) = &api.ty(id).shape {
                steps += inside(value).1;
            }
            if steps > CIRCLE {
                faults.push(Fault::DeepAlias(id));
                api.types[id.0 as usize].shape = Shape::Alias(Value::plain(Ty::Json));
                steps = 0;
            }
            known[id.0 as usize] = Some(steps);
        }
    }
}

/// The type itself, or the one that it is an alias of.
fn emitted(api: &Api, id: TypeId) -> TypeId {
    api.ty(id).same_as.unwrap_or(id)
}

/// What each name stands for: a type that is no alias, and the steps to it.
fn targets(api: &Api) -> Vec<(TypeId, u32)> {
    let mut targets: Vec<Option<(TypeId, u32)>> = vec![None; api.types.len()];
    for start in 0..api.types.len() as u32 {
        let mut path = Vec::new();
        let mut at = TypeId(start);
        // Aliases do not lead in circles any more.
        let (to, mut steps) = loop {
            if let Some(known) = targets[at.0 as usize] {
                break known;
            }
            let here = emitted(api, at);
            let next = match &api.ty(here).shape {
                Shape::Alias(value) => inside(value),
                _ if here == at => break (here, 0),
                _ => (Some(here), 0),
            };
            let (Some(next), more) = next else {
                break (here, 0);
            };
            path.push((at, more));
            at = next;
        };
        targets[at.0 as usize] = Some((to, steps));
        for (id, more) in path.into_iter().rev() {
            steps += more;
            targets[id.0 as usize] = Some((to, steps));
        }
    }
    targets
        .into_iter()
        .map(|target| target.unwrap_or((TypeId(0), 0)))
        .collect()
}

struct Graph {
    edges: Vec<Vec<Edge>>,
    targets: Vec<(TypeId, u32)>,
    /// Edges that are kept apart, by the type that holds and the name that it holds.
    apart: BTreeSet<(TypeId, TypeId)>,
    /// The longest chain from each type.
    height: Vec<u32>,
    /// The circle of each type.
    circle: Vec<usize>,
}

impl Graph {
    fn new(api: &Api) -> Self {
        let targets = targets(api);
        let edges = (0..api.types.len() as u32).map(|id| edges(api, TypeId(id), &targets));
        Self {
            edges: edges.collect(),
            targets,
            apart: BTreeSet::new(),
            height: vec![0; api.types.len()],
            circle: vec![0; api.types.len()],
        }
    }

    /// The edges of a type that are not kept apart.
    fn held(&self, id: TypeId) -> impl Iterator<Item = &Edge> {
        let edges = self.edges[id.0 as usize].iter();
        edges.filter(move |edge| !self.apart.contains(&(id, edge.named)))
    }

    /// Walks depth first from each start along the edges that are wanted, and tells of edges back to an open type and of types
    /// that are done; the edges still to follow are on a stack of its own.
    fn walk(
        &self,
        starts: impl Iterator<Item = TypeId>,
        wanted: impl Fn(&Edge) -> bool,
        mut back: impl FnMut(TypeId, &Edge),
        mut done: impl FnMut(TypeId),
    ) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut state = vec![State::New; self.edges.len()];
        for start in starts {
            if state[start.0 as usize] != State::New {
                continue;
            }
            state[start.0 as usize] = State::Open;
            let mut work = vec![(start, 0)];
            while let Some((id, next)) = work.last_mut() {
                let id = *id;
                let Some(edge) = self.edges[id.0 as usize].get(*next) else {
                    state[id.0 as usize] = State::Done;
                    done(id);
                    work.pop();
                    continue;
                };
                *next += 1;
                if !wanted(edge) || self.apart.contains(&(id, edge.named)) {
                    continue;
                }
                match state[edge.to.0 as usize] {
                    State::Open => back(id, edge),
                    State::Done => {}
                    State::New => {
                        state[edge.to.0 as usize] = State::Open;
                        work.push((edge.to, 0));
                    }
                }
            }
        }
    }

    fn ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..self.edges.len() as u32).map(TypeId)
    }

    /// The direct edges that close a cycle.
    fn boxes(&self) -> BTreeSet<(TypeId, TypeId)> {
        let mut boxed = BTreeSet::new();
        let back = |from, edge: &Edge| {
            boxed.insert((from, edge.to));
        };
        self.walk(self.ids(), |edge| edge.direct, back, |_| {});
        boxed
    }

    /// The strongly connected parts, a part after all that it leads to (Kosaraju: backwards in the order of being done).
    fn circles(&mut self) -> Vec<Vec<TypeId>> {
        let mut order = Vec::new();
        self.walk(self.ids(), |_| true, |_, _| {}, |id| order.push(id));
        let mut backwards: Vec<Vec<TypeId>> = vec![Vec::new(); self.edges.len()];
        for id in self.ids() {
            for edge in self.held(id) {
                backwards[edge.to.0 as usize].push(id);
            }
        }
        let mut seen = vec![false; self.edges.len()];
        let mut circles = Vec::new();
        for start in order.into_iter().rev() {
            let mut circle = Vec::new();
            let mut work = vec![start];
            while let Some(id) = work.pop() {
                if !std::mem::replace(&mut seen[id.0 as usize], true) {
                    circle.push(id);
                    self.circle[id.0 as usize] = circles.len();
                    work.extend(&backwards[id.0 as usize]);
                }
            }
            if !circle.is_empty() {
                circle.sort_unstable();
                circles.push(circle);
            }
        }
        circles.reverse();
        let last = circles.len().saturating_sub(1);
        for circle in &mut self.circle {
            *circle = last - *circle;
        }
        circles
    }

    /// The types in the longest chain, whatever is kept apart.
    fn longest(&self, circles: &[Vec<TypeId>]) -> u32 {
        let mut longest: Vec<u32> = Vec::with_capacity(circles.len());
        for circle in circles {
            let here = longest.len();
            let edges = circle.iter().flat_map(|id| &self.edges[id.0 as usize]);
            let further = edges.map(|edge| self.circle[edge.to.0 as usize]);
            let further = further.filter(|to| *to != here);
            let below = further.map(|to| longest[to]).max().unwrap_or(0);
            longest.push(below + circle.len() as u32);
        }
        longest.into_iter().max().unwrap_or(0)
    }

    /// The most steps that a walk within a circle can take.
    fn around(&self, circle: &[TypeId]) -> u32 {
        let most = |id: &TypeId| {
            let within = self
                .held(*id)
                .filter(|edge| self.circle[edge.to.0 as usize] == self.circle[id.0 as usize]);
            // A box may come on top.
            within.map(|edge| edge.steps + 2).max().unwrap_or(0)
        };
        circle
            .iter()
            .map(most)
            .fold(0, |sum, more| sum.saturating_add(more))
    }

    /// Keeps apart whatever leads back in a circle, so that it is none.
    fn open(&mut self, circle: &[TypeId]) {
        let here = circle.first().map_or(0, |id| self.circle[id.0 as usize]);
        let mut back = Vec::new();
        self.walk(
            circle.iter().copied(),
            |edge| self.circle[edge.to.0 as usize] == here,
            |from, edge| back.push((from, edge.named)),
            |_| {},
        );
        self.apart.extend(back);
    }

    /// Finds the longest chain from each type of a circle, and keeps apart what makes it too long.
    fn shorten(&mut self, circle: &[TypeId]) {
        let here = circle.first().map_or(0, |id| self.circle[id.0 as usize]);
        let mut order = Vec::new();
        let within = |edge: &Edge| self.circle[edge.to.0 as usize] == here;
        let mut closed = false;
        self.walk(
            circle.iter().copied(),
            within,
            |_, _| closed = true,
            |id| order.push(id),
        );
        let around = if closed { self.around(circle) } else { 0 };
        let mut highest = around;
        for id in order {
            let mut height = around;
            for edge in std::mem::take(&mut self.edges[id.0 as usize]) {
                let inner = closed && self.circle[edge.to.0 as usize] == here;
                if !inner && !self.apart.contains(&(id, edge.named)) {
                    let above = around + edge.steps + self.height[edge.to.0 as usize];
                    if above > STEPS {
                        self.apart.insert((id, edge.named));
                        height = height.max(around + APART);
                    } else {
                        height = height.max(above);
                    }
                }
            }
            self.height[id.0 as usize] = height;
            highest = highest.max(height);
        }
        if closed {
            for id in circle {
                self.height[id.0 as usize] = highest;
            }
        }
    }
}

/// What a struct or a union holds; a name that is only an alias holds nothing of its own.
fn edges(api: &Api, id: TypeId, targets: &[(TypeId, u32)]) -> Vec<Edge> {
    let ty = api.ty(id);
    let mut found = Vec::new();
    let mut add = |value: &Value, steps: u32, as_itself: bool| {
        let (Some(named), lists) = inside(value) else {
            return;
        };
        let (to, more) = targets[named.0 as usize];
        if !matches!(api.ty(to).shape, Shape::Object(_) | Shape::Union(_)) {
            return;
        }
        found.push(Edge {
            named,
            to,
            steps: 1 + steps + lists + more,
            direct: as_itself && lists + more == 0,
        });
    };
    if ty.same_as.is_some() {
        return found;
    }
    match &ty.shape {
        Shape::Object(object) => {
            for field in &object.fields {
                let optional = !field.required || field.value.nullable;
                add(&field.value, u32::from(optional), true);
            }
            if let Extra::Kept(value) = &object.extra {
                add(value, 3, false);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                // A large variant is boxed.
                add(&variant.value, 2, true);
            }
        }
        Shape::Enum(_) | Shape::Alias(_) => {}
    }
    found
}
