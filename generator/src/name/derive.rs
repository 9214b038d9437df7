//! The derives that the configuration adds to types and requests, by their Rust names.

use super::Names;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, similar};
use crate::ir::derive::{Holds, Obstacle, Subject, Trait, obstacles};
use crate::ir::{Api, OperationId, Shape, TypeId};
use crate::source::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// Paths of derives by the names of types: `*` stands for any characters, and names after `operations::` are those of requests.
type Derives = BTreeMap<String, Vec<String>>;

/// What every generated type has, and none can derive again.
const PRESENT: &[&str] = &["Deserialize", "Serialize"];

/// What a type must have before it can have `Ord`; whatever can have `Ord` can have these.
const BEFORE_ORD: &[&str] = &["Eq", "PartialOrd"];

/// Who wants a trait: under a name of its own, or as one of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    /// For the sake of another derive.
    Along,
    OneOfMany,
    ByName,
}

/// Gives types and requests the derives that the configuration has for them, as far as they can have them.
pub(crate) fn derives(
    api: &Api,
    names: &mut Names,
    wanted: &Derives,
    dates_are_text: bool,
    diagnostics: &mut Diagnostics,
) {
    let mut asked: BTreeMap<&str, BTreeMap<Subject, Asked>> = BTreeMap::new();
    for (pattern, paths) in wanted {
        let subjects = subjects(api, names, pattern);
        if subjects.is_empty() {
            unused(names, pattern, diagnostics);
        }
        let how = if pattern.contains('*') {
            Asked::OneOfMany
        } else {
            Asked::ByName
        };
        for path in paths {
            for subject in &subjects {
                let known = asked.entry(path.as_str()).or_default().entry(*subject);
                let known = known.or_insert(how);
                *known = how.max(*known);
            }
        }
    }
    if let Some(subjects) = asked.get("Ord") {
        let refused = refused(api, "Ord", subjects, dates_are_text);
        let fine = subjects
            .keys()
            .filter(|subject| !refused.contains_key(subject));
        let fine: Vec<Subject> = fine.copied().collect();
        for path in BEFORE_ORD {
            let along = asked.entry(path).or_default();
            for subject in &fine {
                along.entry(*subject).or_insert(Asked::Along);
            }
        }
    }
    for (path, subjects) in asked {
        let mut refused = refused(api, path, &subjects, dates_are_text);
        for (subject, how) in subjects {
            match refused.remove(&subject) {
                None => of(names, subject).push(path.to_owned()),
                Some(why) => report(api, names, (path, subject), how, &why, diagnostics),
            }
        }
    }
}

/// The types or requests that a pattern names; aliases are what they stand for.
fn subjects(api: &Api, names: &Names, pattern: &str) -> Vec<Subject> {
    match pattern.strip_prefix("operations::") {
        Some(pattern) => {
            let requests = (0..).map(OperationId).zip(&names.operations);
            let requests = requests.filter(|(_, names)| fits(pattern, &names.request));
            requests.map(|(id, _)| Subject::Request(id)).collect()
        }
        None => {
            let pattern = pattern.strip_prefix("types::").unwrap_or(pattern);
            let types = (0..).map(TypeId).zip(&names.types);
            let types = types.filter(|(id, names)| {
                let ty = api.ty(*id);
                let is_alias = ty.same_as.is_some() || matches!(ty.shape, Shape::Alias(_));
                !is_alias && fits(pattern, &names.name)
            });
            types.map(|(id, _)| Subject::Type(id)).collect()
        }
    }
}

/// Whether a name is what a pattern says, in which `*` stands for any characters.
fn fits(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        // The first place leaves most to what comes after it.
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn of(names: &mut Names, subject: Subject) -> &mut Vec<String> {
    match subject {
        Subject::Type(id) => &mut names.types[id.0 as usize].derives,
        Subject::Request(id) => &mut names.operations[id.0 as usize].derives,
    }
}

/// What a type cannot derive, with the reason in words.
fn refused(
    api: &Api,
    path: &str,
    subjects: &BTreeMap<Subject, Asked>,
    dates_are_text: bool,
) -> BTreeMap<Subject, Why> {
    let wanted: BTreeSet<Subject> = subjects.keys().copied().collect();
    if PRESENT.contains(&path.rsplit("::").next().unwrap_or_default()) {
        let present = |subject| (subject, Why::Present);
        return wanted.into_iter().map(present).collect();
    }
    if let Some((_, of)) = Trait::ALL.iter().find(|(name, _)| *name == path) {
        let found = obstacles(api, *of, &wanted, dates_are_text);
        let found = found.into_iter();
        return found
            .map(|(subject, obstacle)| (subject, Why::Obstacle(obstacle)))
            .collect();
    }
    if ["Clone", "PartialEq"].contains(&path) {
        let streams = wanted.into_iter().filter(|subject| match subject {
            Subject::Type(id) => api.ty(*id).streams,
            Subject::Request(_) => false,
        });
        return streams.map(|subject| (subject, Why::Streams)).collect();
    }
    BTreeMap::new()
}

enum Why {
    /// Every generated type has it.
    Present,
    Streams,
    Obstacle(Obstacle),
}

fn report(
    api: &Api,
    names: &Names,
    (path, subject): (&str, Subject),
    how: Asked,
    why: &Why,
    diagnostics: &mut Diagnostics,
) {
    let (at, name): (NodeId, &str) = match subject {
        Subject::Type(id) => (api.ty(id).at, &names.ty(id).name),
        Subject::Request(id) => (api.operation(id).at, &names.operation(id).request),
    };
    let label = match why {
        Why::Present => "every generated type has it".to_owned(),
        Why::Streams => "it holds a stream".to_owned(),
        Why::Obstacle(Obstacle { part, holds }) => {
            let holds = match holds {
                Holds::Kind(kind) => (*kind).to_owned(),
                Holds::Named(id) => format!("`{}`, which has it not", names.ty(*id).name),
            };
            match part {
                Some(part) => format!("`{part}` is {holds}"),
                None => format!("it is {holds}"),
            }
        }
    };
    let (code, help) = match how {
        Asked::ByName => (
            code::IMPOSSIBLE_DERIVE,
            "take it out of `[derives]`, or replace the type of the part with one that has it (`[types]`)",
        ),
        Asked::OneOfMany | Asked::Along => (
            code::DERIVE_LEFT_OUT,
            "nothing has to be done: a pattern means the types that can have it",
        ),
    };
    let message = format!("`{name}` cannot derive `{path}`");
    let fault = Diagnostic::new(code, Place::Node(at), message);
    diagnostics.report(fault.label(label).help(help));
}

fn unused(names: &Names, pattern: &str, diagnostics: &mut Diagnostics) {
    let known = names.types.iter().map(|names| names.name.as_str());
    let help = match similar(pattern, known) {
        Some(near) => format!("there is `{near}`"),
        None => "give the Rust name of a type, `operations::` and that of a request, or a pattern of such names with `*`"
            .to_owned(),
    };
    let message = format!("`derives` names `{pattern}`, and no type is called so");
    let fault = Diagnostic::new(code::UNUSED_CHOICE, Place::Nowhere, message);
    diagnostics.report(fault.help(help));
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, name, expected) in [
            ("*", "Pet", true),
            ("Pet", "Pet", true),
            ("Pet", "Pets", false),
            ("Pet*", "Pet", true),
            ("Pet*", "PetKind", true),
            ("*Kind", "PetKind", true),
            ("*Kind", "PetKinds", false),
            ("P*t*d", "PetKind", true),
            ("Pet*t", "Pet", false),
            ("*a*a*", "banana", true),
            ("*x*", "banana", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }
}
