//! The allocation: over the whole IR, scope by scope, in a fixed order.
//!
//! Names are made of words (see [`super::word`]) and compared in lower case without separators, so that no two of a
//! scope differ in case alone. A clash is resolved by adding meaning to all that clash, then by number.

use super::keyword;
use super::lock::{Lock, variant_text};
use super::operation::{SUFFIXES, header_meanings, operation_words, operations};
use super::plain::{Plain, variant_words};
use super::scope::{Candidate, Scope};
use super::status::status_name;
use super::word::{self, Case, Word, words};
use super::{GroupNames, Names, TypeNames};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::ir::{Api, Origin, Shape, Step, Ty, Type, TypeId};
use std::collections::BTreeSet;

/// Pinned names first, then component schemas, operations, and inline types by where they stand.
pub(crate) fn assign(api: &Api, lock: &mut Lock<'_>, diagnostics: &mut Diagnostics) -> Names {
    let names = types(api, lock, diagnostics);
    let groups = groups(api, diagnostics);
    let operations = operations(api, &names, lock, diagnostics);
    let schemes = schemes(api, diagnostics);
    let mut plain = Plain::default();
    let types = api.types.iter().zip(names).map(|(ty, name)| {
        // An alias has the members of its type.
        let mut members = match ty.same_as {
            Some(_) => Vec::new(),
            None => members(api, ty, &mut plain, lock, diagnostics),
        };
        let extra = match ty.shape {
            Shape::Object(_) => members.pop().unwrap_or_default(),
            _ => String::new(),
        };
        TypeNames {
            name,
            members,
            extra,
            derives: Vec::new(),
        }
    });
    let types: Vec<TypeNames> = types.collect();
    Names {
        types,
        checks: checks(api),
        operations,
        groups,
        schemes,
    }
}

/// What a clash without a better answer is reported as.
pub(super) fn report(clashes: Vec<(crate::source::NodeId, String)>, diagnostics: &mut Diagnostics) {
    for (at, name) in clashes {
        let message = format!("its Rust name is taken already, so it is called `{name}`");
        diagnostics.report(
            Diagnostic::new(code::NAME_CLASH, Place::Key(at), message)
                .label("gets a number")
                .help("give it a name of its own with `x-rust-name`"),
        );
    }
}

/// Component schemas keep their words; inline ones are called after where they stand.
fn types(api: &Api, lock: &mut Lock<'_>, diagnostics: &mut Diagnostics) -> Vec<String> {
    let own: Vec<Vec<Word>> = api.types.iter().map(|ty| own_words(api, ty)).collect();
    let candidates = (0..api.types.len()).map(|position| {
        let ty = &api.types[position];
        let words = type_words(api, &own, TypeId(position as u32), 0);
        let rank = match &ty.origin {
            Origin::Component(_) => 1,
            _ => 2,
        };
        Candidate {
            at: ty.at,
            pinned: ty.pinned.clone(),
            rank,
            meanings: vec![words.clone(), with(&words, kind_word(ty))],
        }
    });
    let places = lock.types(api);
    let assigned = Scope::new(Case::Pascal, keyword::TYPES)
        .beside(&requests_before(api, lock))
        .locked(lock.names(&places))
        .assign_all(candidates.collect());
    let is_component = |position: usize| matches!(api.types[position].origin, Origin::Component(_));
    lock.keep(places, &assigned.names, |position| {
        is_component(position) || assigned.contested.contains(&position)
    });
    report(assigned.numbered, diagnostics);
    assigned.names
}

/// The names that operations have had, in all their dresses, unless somebody has chosen them for a type.
fn requests_before(api: &Api, lock: &Lock<'_>) -> Vec<String> {
    let names = lock.names(&lock.operations(api));
    let chosen: BTreeSet<&String> = api
        .types
        .iter()
        .filter_map(|ty| ty.pinned.as_ref())
        .collect();
    let names = names.into_iter().flatten().flat_map(|name| {
        let dresses = SUFFIXES.iter().map(|suffix| format!("{name}{suffix}"));
        dresses.chain([name.clone()]).collect::<Vec<_>>()
    });
    names.filter(|name| !chosen.contains(name)).collect()
}

fn kind_word(ty: &Type) -> &'static str {
    match &ty.shape {
        Shape::Object(_) => "object",
        Shape::Enum(_) => "kind",
        Shape::Union(_) => "choice",
        Shape::Alias(_) => "value",
    }
}

pub(super) fn with(words: &[Word], more: &str) -> Vec<Word> {
    words.iter().cloned().chain([more.into()]).collect()
}

/// The words of where a type stands, but for those of the type that it is in or a form of.
fn own_words(api: &Api, ty: &Type) -> Vec<Word> {
    match &ty.origin {
        Origin::Component(key) => words(key),
        Origin::Inside(_, step) => step_words(step),
        Origin::Of(operation, step) => {
            [operation_words(api.operation(*operation)), step_words(step)].concat()
        }
        Origin::Input(_) => words("input"),
        Origin::Patch(_) => words("patch"),
        Origin::Shared(key, Step::Parameter(_)) => words(key),
        Origin::Shared(key, step) => [words(key), step_words(step)].concat(),
    }
}

/// The words of where a type stands; parents first.
fn type_words(api: &Api, own: &[Vec<Word>], id: TypeId, depth: usize) -> Vec<Word> {
    let words = &own[id.0 as usize];
    match api.ty(id).origin {
        // A chain of inline schemas may be long: the nearest few say enough.
        Origin::Inside(parent, _) if depth <= 6 => {
            [outer_words(api, own, parent, depth), words.clone()].concat()
        }
        Origin::Input(of) | Origin::Patch(of) => {
            [outer_words(api, own, of, depth), words.clone()].concat()
        }
        _ => words.clone(),
    }
}

/// The words of the type that another is in, or a form of.
fn outer_words(api: &Api, own: &[Vec<Word>], id: TypeId, depth: usize) -> Vec<Word> {
    match &api.ty(id).pinned {
        Some(pinned) => words(pinned),
        None => type_words(api, own, id, depth + 1),
    }
}

fn step_words(step: &Step) -> Vec<Word> {
    match step {
        Step::Property(name) | Step::Parameter(name) => words(name),
        Step::Item => words("item"),
        Step::Value => words("value"),
        Step::Variant(_, Some(name)) => words(name),
        Step::Variant(position, None) => variant_place(*position),
        Step::Body => words("body"),
        Step::BodyOf(word) => with(&words(word), "body"),
        Step::Response(status) => with(&words(&status_name(*status)), "body"),
        Step::Representation(status, word) => {
            let status = words(&status_name(*status));
            with(&[status, words(word)].concat(), "body")
        }
        Step::Header(status, name) => words(&status_name(*status))
            .into_iter()
            .chain(words(name))
            .collect(),
    }
}

fn variant_place(position: usize) -> Vec<Word> {
    vec!["variant".into(), (position + 1).to_string().into()]
}

/// Fields of an object (its map of other members last), or variants of an enum.
fn members<'a>(
    api: &'a Api,
    ty: &'a Type,
    plain: &mut Plain<'a>,
    lock: &mut Lock<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    if lock.has_members(ty) {
        return scoped_members(api, ty, lock, diagnostics);
    }
    let names = match &ty.shape {
        Shape::Object(object) if object.is_header => None,
        Shape::Object(object) => plain.fields(object),
        Shape::Enum(listed) => plain.variants(listed),
        Shape::Union(_) | Shape::Alias(_) => None,
    };
    names.unwrap_or_else(|| scoped_members(api, ty, lock, diagnostics))
}

/// The same, where names are chosen or clash.
fn scoped_members(
    api: &Api,
    ty: &Type,
    lock: &mut Lock<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let places = match &ty.shape {
        Shape::Object(object) => {
            let wires = object.fields.iter().map(|field| field.wire.as_str());
            lock.members(ty, wires)
        }
        Shape::Enum(listed) => {
            let texts: Vec<String> = listed.variants.iter().map(variant_text).collect();
            lock.members(ty, texts.iter().map(String::as_str))
        }
        Shape::Union(_) | Shape::Alias(_) => Vec::new(),
    };
    let (scope, candidates): (Scope, Vec<Candidate>) = match &ty.shape {
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| Candidate {
                at: field.at,
                pinned: field.pinned.clone(),
                rank: 1,
                meanings: match object.is_header {
                    true => header_meanings(&field.wire),
                    false => vec![words(&field.wire), with(&words(&field.wire), "field")],
                },
            });
            let extra = Candidate {
                at: ty.at,
                pinned: None,
                rank: 2,
                meanings: ["extra", "extra members"].map(words).to_vec(),
            };
            (
                Scope::new(Case::Snake, keyword::FIELDS),
                fields.chain([extra]).collect(),
            )
        }
        Shape::Enum(list) => {
            let variants = list.variants.iter().map(|variant| {
                let text = variant_text(variant);
                let plain = variant_words(&text);
                Candidate {
                    at: ty.at,
                    pinned: variant.pinned.clone(),
                    rank: 1,
                    meanings: vec![plain.clone(), [plain, word::case_words(&text)].concat()],
                }
            });
            (
                Scope::new(Case::Pascal, keyword::variants(list.any)),
                variants.collect(),
            )
        }
        Shape::Union(union) => {
            let variants = union
                .variants
                .iter()
                .enumerate()
                .map(|(position, variant)| {
                    let place = variant_place(position);
                    let named = variant.name.as_deref().map(words);
                    let more = match (&named, &variant.value.ty) {
                        (Some(named), Ty::Named(id)) => with(named, kind_word(api.ty(*id))),
                        (Some(named), _) => with(named, "value"),
                        (None, _) => place.clone(),
                    };
                    let first = named.unwrap_or_else(|| place.clone());
                    Candidate {
                        at: variant.at,
                        pinned: None,
                        rank: 1,
                        meanings: vec![first.clone(), more, [first, place].concat()],
                    }
                });
            (
                Scope::new(Case::Pascal, keyword::VARIANTS_OF_UNION),
                variants.collect(),
            )
        }
        Shape::Alias(_) => return Vec::new(),
    };
    let assigned = scope.locked(lock.names(&places)).assign_all(candidates);
    lock.keep(places, &assigned.names, |position| {
        assigned.contested.contains(&position)
    });
    report(assigned.numbered, diagnostics);
    assigned.names
}

fn groups(api: &Api, diagnostics: &mut Diagnostics) -> Vec<GroupNames> {
    let candidates = |of: fn(&[Word]) -> Vec<Word>| -> Vec<Candidate> {
        let at = |group: &crate::ir::Group| {
            group
                .operations
                .first()
                .map_or(crate::source::NodeId(0), |id| api.operation(*id).at)
        };
        let candidate = |group| {
            let words = of(&group_words(group));
            Candidate {
                at: at(group),
                pinned: None,
                rank: 1,
                meanings: vec![words.clone(), with(&words, "operations")],
            }
        };
        api.groups.iter().map(candidate).collect()
    };
    let as_they_are = || candidates(<[Word]>::to_vec);
    let (methods, clashes) = Scope::new(Case::Snake, keyword::MODULES).assign(as_they_are());
    report(clashes, diagnostics);
    let (interfaces, _) = Scope::new(Case::Pascal, keyword::INTERFACES).assign(as_they_are());
    let in_ascii = || candidates(word::ascii);
    let (modules, _) = Scope::new(Case::Snake, keyword::MODULES).assign(in_ascii());
    let (features, _) = Scope::new(Case::Kebab, keyword::FEATURES).assign(in_ascii());
    let names = modules.into_iter().zip(features);
    names
        .zip(methods.into_iter().zip(interfaces))
        .map(|((module, feature), (method, interface))| GroupNames {
            module,
            method,
            feature,
            interface,
        })
        .collect()
}

pub(super) fn group_words(group: &crate::ir::Group) -> Vec<Word> {
    let Some(tag) = &group.tag else {
        return words("default");
    };
    let words = words(tag);
    // In a script without capitals the module would be called like the trait, or like a type.
    let has_case = |c: char| c.is_lowercase() || c.is_uppercase();
    if words.iter().any(|word| word.contains(has_case)) {
        words
    } else {
        std::iter::once("tag".into()).chain(words).collect()
    }
}

/// Checks, after where their schemas stand. They are private: a number does no harm.
fn checks(api: &Api) -> Vec<String> {
    const FRAME: &[&str] = &["#", "", "components", "schemas", "properties", "paths"];
    let candidates = api.checks.iter().map(|check| {
        let steps: Vec<&str> = check.pointer.split('/').collect();
        let telling = steps.iter().filter(|step| !FRAME.contains(step));
        let meanings = [telling.copied().collect::<Vec<_>>(), steps.clone()];
        // The nearest steps say enough.
        let meanings =
            meanings.map(|steps| words(&steps[steps.len().saturating_sub(6)..].join(" ")));
        Candidate {
            at: check.at,
            pinned: None,
            rank: 1,
            meanings: meanings.to_vec(),
        }
    });
    Scope::new(Case::Constant, &[])
        .assign(candidates.collect())
        .0
}

fn schemes(api: &Api, diagnostics: &mut Diagnostics) -> Vec<String> {
    let candidates = api.security_schemes.iter().map(|scheme| Candidate {
        at: scheme.at,
        pinned: None,
        rank: 1,
        meanings: vec![
            words(&scheme.name),
            with(&words(&scheme.name), "credential"),
        ],
    });
    let (names, clashes) = Scope::new(Case::Snake, keyword::BUILDER).assign(candidates.collect());
    report(clashes, diagnostics);
    names
}
