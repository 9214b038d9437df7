//! How types are laid out: large members and variants are boxed, and a placeholder of a union is a variant that has a finite one.

use super::{Api, Field, Format, Shape, Ty, TypeId, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A variant that takes more bytes than this is boxed: the others would carry the difference.
const LARGE: usize = 128;

/// A struct that would take more bytes than this has its largest members boxed. Types that hold types that hold types grow with
/// every step, and a stack is soon too small for one of them.
const LARGEST: usize = 8 * 1024;

/// Boxes members until no struct is too large; gives the edges between types that they are. Edges that close a cycle are boxed
/// already, and those that are kept apart are known; `target` is the struct or union that a name stands for as itself.
pub(super) fn members(
    api: &mut Api,
    target: impl Fn(TypeId) -> Option<TypeId>,
    apart: &BTreeSet<(TypeId, TypeId)>,
) -> BTreeSet<(TypeId, TypeId)> {
    let mut large = BTreeSet::new();
    let mut sizes = vec![8; api.types.len()];
    for at in inner_first(api) {
        let id = TypeId(at as u32);
        let mut bytes = own_size(api, at, &sizes, |named| apart.contains(&(id, named)));
        let Shape::Object(object) = &mut api.types[at].shape else {
            sizes[at] = bytes;
            continue;
        };
        let held = |field: &Field| match field.value.ty {
            Ty::Named(named) if !field.boxed && !apart.contains(&(id, named)) => {
                Some((target(named)?, sizes[named.0 as usize]))
            }
            _ => None,
        };
        let mut parts: BTreeMap<TypeId, usize> = BTreeMap::new();
        for (to, size) in object.fields.iter().filter_map(held) {
            *parts.entry(to).or_default() += size;
        }
        let mut parts: Vec<(TypeId, usize)> = parts.into_iter().collect();
        parts.sort_by_key(|(to, part)| (std::cmp::Reverse(*part), *to));
        for (to, part) in parts {
            if bytes <= LARGEST || part <= LARGE {
                break;
            }
            bytes -= part;
            large.insert((id, to));
            for field in &mut object.fields {
                field.boxed |= held(field).is_some_and(|(of, _)| of == to);
            }
        }
        sizes[at] = own_size(api, at, &sizes, |named| apart.contains(&(id, named)));
    }
    large
}

/// Fills in what variants are boxed for their size, and which of them are placeholders. Edges that close a cycle are boxed
/// already.
pub(super) fn unions(api: &mut Api) {
    let (sizes, keeps) = (sizes(api), api.keeps);
    let (first, least) = (depths(api, true), depths(api, false));
    for ty in &mut api.types {
        let Shape::Union(union) = &mut ty.shape else {
            continue;
        };
        for variant in &mut union.variants {
            variant.boxed |= size(&variant.value, &sizes, keeps) > LARGE;
        }
        // The first variant will do, unless its placeholder has no end; then the one of least depth has one.
        let depth = |position: usize| depth(&union.variants[position].value, &least);
        let is_endless = union
            .variants
            .first()
            .is_some_and(|variant| self::depth(&variant.value, &first) == u32::MAX);
        if is_endless {
            let positions = 0..union.variants.len();
            union.empty = positions
                .min_by_key(|position| depth(*position))
                .unwrap_or(0);
        }
    }
}

/// Bytes of every type, about; what is in a box is a pointer.
/// How many bytes values take, about.
pub(crate) struct Sizes {
    types: Vec<usize>,
    keeps: bool,
}

impl Sizes {
    pub(crate) fn of(&self, value: &Value) -> usize {
        size(value, &self.types, self.keeps)
    }
}

/// How many bytes every type takes, about.
pub(crate) fn sizes_of_types(api: &Api) -> Sizes {
    Sizes {
        types: sizes(api),
        keeps: api.keeps,
    }
}

fn sizes(api: &Api) -> Vec<usize> {
    let mut sizes = vec![8; api.types.len()];
    for at in inner_first(api) {
        let id = TypeId(at as u32);
        let apart = |named| api.apart.contains(&(id, named));
        sizes[at] = own_size(api, at, &sizes, apart);
    }
    sizes
}

/// All types, each after those that it holds as themselves.
fn inner_first(api: &Api) -> Vec<usize> {
    let mut order = Vec::with_capacity(api.types.len());
    let mut seen = vec![false; api.types.len()];
    for start in 0..api.types.len() {
        // An explicit stack, for chains may be long.
        let mut work = vec![(start, false)];
        while let Some((at, ready)) = work.pop() {
            if ready {
                order.push(at);
            } else if !std::mem::replace(&mut seen[at], true) {
                work.push((at, true));
                work.extend(held(api, at).into_iter().map(|held| (held, false)));
            }
        }
    }
    order
}

/// The types that a type holds as themselves.
fn held(api: &Api, at: usize) -> Vec<usize> {
    let id = |value: &Value| match value.ty {
        Ty::Named(id) => Some(id.0 as usize),
        _ => None,
    };
    match &api.types[at].shape {
        Shape::Object(object) => object
            .fields
            .iter()
            .filter(|field| !field.boxed)
            .filter_map(|field| id(&field.value))
            .collect(),
        Shape::Union(union) => union
            .variants
            .iter()
            .filter(|variant| !variant.boxed)
            .filter_map(|variant| id(&variant.value))
            .collect(),
        Shape::Alias(value) => id(value).into_iter().collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

fn own_size(api: &Api, at: usize, sizes: &[usize], apart: impl Fn(TypeId) -> bool) -> usize {
    let is_apart = |value: &Value| matches!(value.ty, Ty::Named(named) if apart(named));
    match &api.types[at].shape {
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| {
                let bytes = if field.boxed || is_apart(&field.value) {
                    8
                } else {
                    size(&field.value, sizes, api.keeps)
                };
                let absent = !field.required || field.value.nullable;
                let wider = absent && matches!(field.value.ty, Ty::Integer(_) | Ty::Number);
                bytes + if wider { 8 } else { 0 }
            });
            let extra = matches!(object.extra, super::Extra::Kept(_));
            fields.sum::<usize>() + if extra { 24 } else { 0 }
        }
        Shape::Union(union) => {
            let variants =
                union
                    .variants
                    .iter()
                    .map(|variant| match size(&variant.value, sizes, api.keeps) {
                        large if large > LARGE || variant.boxed => 8,
                        small => small,
                    });
            8 + variants
                .max()
                .unwrap_or(0)
                .max(if union.open || union.mixed { 32 } else { 0 })
        }
        Shape::Enum(list) if list.open || list.any => 24,
        Shape::Enum(_) => 1,
        Shape::Alias(value) => size(value, sizes, api.keeps),
    }
}

fn size(value: &Value, sizes: &[usize], keeps: bool) -> usize {
    match &value.ty {
        // The text is kept too.
        Ty::Text(format) if keeps && format.has_spellings() => 32,
        Ty::Bool => 1,
        Ty::Integer(_) | Ty::Number | Ty::Text(Format::Date | Format::Ipv4) => 8,
        Ty::Text(Format::Uuid | Format::Ipv6 | Format::DateTime) => 16,
        Ty::Json | Ty::Foreign(_) => 32,
        Ty::Named(id) => sizes[id.0 as usize],
        _ => 24,
    }
}

/// How many types a placeholder nests, if that of a union is its first variant or the least of all; the greatest number where
/// it has no end.
fn depths(api: &Api, first: bool) -> Vec<u32> {
    let mut depths = vec![u32::MAX; api.types.len()];
    // Forwards and backwards in turn: chains run either way.
    for pass in 0..=api.types.len() {
        let mut changed = false;
        for step in 0..api.types.len() {
            let at = if pass % 2 == 0 {
                step
            } else {
                api.types.len() - 1 - step
            };
            let known = match &api.types[at].shape {
                Shape::Enum(_) => 0,
                Shape::Alias(value) => depth(value, &depths),
                Shape::Object(object) => {
                    let needed = object
                        .fields
                        .iter()
                        .filter(|field| field.required && !is_nullable(api, &field.value));
                    needed
                        .map(|field| depth(&field.value, &depths))
                        .max()
                        .unwrap_or(0)
                        .saturating_add(1)
                }
                Shape::Union(union) => {
                    let variants = union
                        .variants
                        .iter()
                        .map(|variant| depth(&variant.value, &depths));
                    let known = variants.clone().next();
                    let chosen = if first { known } else { variants.min() };
                    chosen.unwrap_or(u32::MAX).saturating_add(1)
                }
            };
            if known < depths[at] {
                depths[at] = known;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    depths
}

fn is_nullable(api: &Api, value: &Value) -> bool {
    value.nullable || matches!(value.ty, Ty::Named(TypeId(id)) if api.types[id as usize].nullable)
}

fn depth(value: &Value, depths: &[u32]) -> u32 {
    match value.ty {
        Ty::Named(id) => depths[id.0 as usize],
        _ => 0,
    }
}
