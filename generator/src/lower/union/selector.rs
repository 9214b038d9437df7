//! How the variants of a union are told apart: by a discriminator, by a member whose values differ, by kind, by a member that only
//! one of them has, else by trying.

use super::super::Lowering;
use super::branch::Branch;
use super::exclusive::{are_exclusive, own_members};
use super::feature::{BOOL, Constant, FRACTION, Features, INTEGER, LIST, OBJECT, STRING};
use super::{Keyword, Wanted, join};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Discriminator, Named, SchemaId};
use crate::ir::{Accepts, Several};
use std::collections::{BTreeMap, BTreeSet};

/// So many members are looked at for constants that tell the variants apart.
const CANDIDATES: usize = 32;

/// A union, before its variants have types.
#[derive(Debug)]
pub(in super::super) struct Plan {
    /// The member that names the variant.
    pub(super) tag: Option<String>,
    pub(super) several: Several,
    /// An object with a tag that no variant has is kept.
    pub(super) open: bool,
    /// A value may be several variants at once and have members of each.
    pub(super) mixed: bool,
    pub(super) variants: Vec<Planned>,
}

#[derive(Debug)]
pub(super) struct Planned {
    pub(super) branch: Branch,
    pub(super) accepts: Vec<Accepts>,
    pub(super) member: Option<String>,
}

impl Plan {
    /// The schemas that are chosen from.
    pub(in super::super) fn schemas(&self) -> impl Iterator<Item = SchemaId> {
        self.branches().map(|branch| branch.id)
    }

    pub(super) fn branches(&self) -> impl Iterator<Item = &Branch> {
        self.variants.iter().map(|variant| &variant.branch)
    }
}

/// The tags of each branch, and the one that takes all others.
pub(super) struct Tags {
    pub(super) member: String,
    pub(super) of: Vec<Vec<Constant>>,
    pub(super) otherwise: Option<usize>,
    /// Tags of other variants may come with a later version of the document.
    pub(super) open: bool,
    /// A discriminator names them: what it gives to several variants is the one of them that fits best.
    pub(super) declared: bool,
}

impl Lowering<'_> {
    pub(super) fn plan(&mut self, wanted: &Wanted<'_>, mut branches: Vec<Branch>) -> Plan {
        // Where several accept a text, the narrower one is asked first.
        let texts = branches
            .iter()
            .filter(|branch| branch.features.kinds & STRING != 0);
        if texts.count() > 1 {
            branches.sort_by_key(|branch| breadth(&branch.features));
        }
        let discriminated = wanted
            .discriminator
            .and_then(|discriminator| self.tags(discriminator, &branches));
        let tags = discriminated.or_else(|| inferred(&branches));
        let mixed = wanted.keyword == Keyword::AnyOf && join::are_separable(&branches);
        let mut plan = assemble(wanted.keyword, branches, tags);
        plan.mixed = mixed && !plan.open && plan.several == Several::AnyOf;
        plan
    }

    /// The tags that a discriminator gives: by its mapping, by constants of the variants, by their names.
    fn tags(&mut self, discriminator: &Discriminator, branches: &[Branch]) -> Option<Tags> {
        let property = &discriminator.property;
        if !branches.iter().any(|branch| branch.features.is_object()) {
            return None;
        }
        let targets: Vec<SchemaId> = branches
            .iter()
            .map(|branch| self.target(branch.listed))
            .collect();
        let mut positions: BTreeMap<SchemaId, usize> = BTreeMap::new();
        for (position, target) in targets.iter().enumerate() {
            positions.entry(*target).or_insert(position);
        }
        let mut of: Vec<Vec<Constant>> = vec![Vec::new(); branches.len()];
        for ((tag, to), target) in discriminator.mapping.iter().zip(&discriminator.targets) {
            match self.mapped(*target, to, branches, &positions) {
                Some(position) => of[position].push(Constant::Text(tag.name.clone())),
                None => self.unmapped(tag, to),
            }
        }
        let mapped: BTreeSet<Constant> = of.iter().flatten().cloned().collect();
        for (position, branch) in branches.iter().enumerate() {
            // What the variant itself says of its tag is true, whatever the mapping says of it.
            let member = branch.features.member(property);
            let fixed = member.and_then(|member| member.values.clone());
            let fixed = fixed.or_else(|| self.constants_beside_null(branch.id, property));
            let more = fixed
                .iter()
                .flatten()
                .filter(|value| !mapped.contains(value));
            of[position].extend(more.cloned());
            // A mapping adds to the names of the schemas, it does not replace them.
            let name = self.component_name(targets[position]).map(Constant::Text);
            let is_new = |name: &Constant| {
                !mapped.contains(name) && fixed.as_ref().is_none_or(|values| values.contains(name))
            };
            of[position].extend(name.filter(is_new));
            let mut seen = BTreeSet::new();
            of[position].retain(|tag| seen.insert(tag.clone()));
        }
        if of.iter().all(Vec::is_empty) {
            return None;
        }
        let otherwise = discriminator.default_mapping.as_ref();
        let otherwise = otherwise
            .and_then(|to| self.mapped(discriminator.default_target, to, branches, &positions));
        Some(Tags {
            member: property.clone(),
            of,
            otherwise,
            open: otherwise.is_none(),
            declared: true,
        })
    }

    /// The branch that a value of a mapping names: by a component's name, or as a reference.
    fn mapped(
        &mut self,
        target: Option<SchemaId>,
        to: &str,
        branches: &[Branch],
        positions: &BTreeMap<SchemaId, usize>,
    ) -> Option<usize> {
        let found = target.map(|target| self.target(target));
        let by_schema = found.and_then(|found| positions.get(&found).copied());
        by_schema.or_else(|| {
            branches.iter().position(|branch| {
                let reference = self.document.schema(branch.listed).reference.as_ref();
                reference.is_some_and(|reference| reference.name == to)
            })
        })
    }

    /// The key of a component schema.
    pub(super) fn component_name(&self, id: SchemaId) -> Option<String> {
        let at = self.document.schema(id).at;
        let pointer = self.tree.pointer(at);
        let (parent, name) = pointer.rsplit_once('/')?;
        let is_component = parent.ends_with("/schemas")
            || parent.ends_with("definitions")
            || parent.ends_with("$defs");
        is_component.then(|| name.replace("~1", "/").replace("~0", "~"))
    }

    fn unmapped(&mut self, tag: &Named, to: &str) {
        if self.reported.insert((tag.at, code::UNUSABLE_MAPPING.id)) {
            let message = format!(
                "the discriminator maps `{}` to `{to}`, which is none of the variants",
                tag.name
            );
            self.diagnostics.report(
                Diagnostic::new(code::UNUSABLE_MAPPING, Place::Node(tag.at), message)
                    .label("no variant")
                    .help("name one of the schemas that the choice lists, or add this one to them"),
            );
        }
    }
}

/// How much a branch accepts of what others accept too.
fn breadth(features: &Features) -> u8 {
    match (features.kinds & STRING != 0, &features.listed) {
        (true, None) => 1,
        _ => 0,
    }
}

/// A member that variants require, each with constants of its own.
fn inferred(branches: &[Branch]) -> Option<Tags> {
    let objects: Vec<&Branch> = branches
        .iter()
        .filter(|branch| branch.features.is_object())
        .collect();
    if objects.len() < 2 {
        return None;
    }
    let mut best: Option<(usize, Tags)> = None;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let members = objects.iter().flat_map(|branch| &branch.features.members);
    for member in members.filter(|member| member.required && member.values.is_some()) {
        if seen.len() >= CANDIDATES || !seen.insert(&member.name) {
            continue;
        }
        let of: Vec<BTreeSet<Constant>> = branches
            .iter()
            .map(|branch| {
                let own = branch
                    .features
                    .member(&member.name)
                    .filter(|member| member.required);
                own.and_then(|member| member.values.clone())
                    .unwrap_or_default()
            })
            .collect();
        // How many of them the member tells from every other one.
        let mut claims: BTreeMap<&Constant, usize> = BTreeMap::new();
        for tag in of.iter().flatten() {
            *claims.entry(tag).or_default() += 1;
        }
        let alone = |tags: &&BTreeSet<Constant>| {
            !tags.is_empty() && tags.iter().all(|tag| claims[tag] == 1)
        };
        let told = of.iter().filter(alone).count();
        if told > 0 && best.as_ref().is_none_or(|(most, _)| *most < told) {
            let everyone = objects.iter().all(|branch| {
                branch
                    .features
                    .member(&member.name)
                    .is_some_and(|member| member.required && member.values.is_some())
            });
            best = Some((
                told,
                Tags {
                    member: member.name.clone(),
                    of: of
                        .into_iter()
                        .map(|tags| tags.into_iter().collect())
                        .collect(),
                    otherwise: None,
                    open: everyone,
                    declared: false,
                },
            ));
        }
    }
    best.map(|(_, tags)| tags)
}

/// Puts together what each branch accepts, and what holds where several still accept a value.
pub(super) fn assemble(keyword: Keyword, branches: Vec<Branch>, tags: Option<Tags>) -> Plan {
    // A branch that takes fractions is none of these.
    let with_integers = branches.iter().any(|branch| {
        let kinds = branch.features.kinds;
        kinds & INTEGER != 0 && kinds & FRACTION == 0 && !branch.features.any
    });
    let mut accepts: Vec<Vec<Accepts>> = Vec::new();
    for (position, branch) in branches.iter().enumerate() {
        let own = tags.as_ref().map(|tags| &tags.of[position]);
        let otherwise = tags
            .as_ref()
            .is_some_and(|tags| tags.otherwise == Some(position));
        accepts.push(accepted(&branch.features, own, otherwise, with_integers));
    }
    let own_members = own_members(&branches, &accepts);
    let tag = tags.as_ref().map(|tags| tags.member.as_str());
    let exclusive = are_exclusive(&branches, tag, &accepts, &own_members);
    let open = tags.as_ref().is_some_and(|tags| tags.open)
        && !accepts
            .iter()
            .flatten()
            .any(|accepts| matches!(accepts, Accepts::Object | Accepts::Any));
    let declared = tags.as_ref().is_some_and(|tags| tags.declared);
    let variants = branches.into_iter().zip(accepts).zip(own_members);
    Plan {
        tag: tags.map(|tags| tags.member),
        several: match keyword {
            _ if exclusive => Several::Never,
            Keyword::OneOf if !declared => Several::OneOf,
            Keyword::OneOf | Keyword::AnyOf => Several::AnyOf,
        },
        open,
        mixed: false,
        variants: variants
            .map(|((branch, accepts), member)| Planned {
                branch,
                accepts,
                member,
            })
            .collect(),
    }
}

fn accepted(
    features: &Features,
    tags: Option<&Vec<Constant>>,
    otherwise: bool,
    with_integers: bool,
) -> Vec<Accepts> {
    if features.any {
        return vec![Accepts::Any];
    }
    let kinds = features.kinds;
    let mut found = Vec::new();
    match kinds & (INTEGER | FRACTION) {
        // Of a number and an integer, what has no fraction is the integer.
        both if both == INTEGER | FRACTION && with_integers => found.push(Accepts::Fraction),
        both if both == INTEGER | FRACTION => found.push(Accepts::Number),
        INTEGER => found.push(Accepts::Integer),
        FRACTION => found.push(Accepts::Fraction),
        _ => {}
    }
    for (kind, accepts) in [
        (BOOL, Accepts::Bool),
        (STRING, Accepts::String),
        (LIST, Accepts::List),
    ] {
        if kinds & kind != 0 {
            found.push(accepts);
        }
    }
    if kinds & OBJECT != 0 {
        match tags {
            Some(tags) if !tags.is_empty() || otherwise => found.extend(tags.iter().map(tag)),
            _ => found.push(Accepts::Object),
        }
        found.extend(otherwise.then_some(Accepts::Otherwise));
    }
    found
}

fn tag(constant: &Constant) -> Accepts {
    match constant {
        Constant::Text(text) => Accepts::Tag(text.clone()),
        Constant::Integer(number) => Accepts::TagInteger(*number),
        Constant::Bool(value) => Accepts::TagBool(*value),
    }
}
