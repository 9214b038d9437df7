//! A value against a check: every violation with its place, and which members and items were evaluated.

use super::super::validate::Checks;
use super::{Check, Rule, json};
use serde_json::Value;
use std::collections::BTreeSet;
use std::ptr;

/// How deep schemas nest in a value's check at most, references followed.
const DEPTH: u32 = 400;
/// How many schemas one check may visit.
const STEPS: u32 = 1_000_000;

/// How far a check has come.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    depth: u32,
    steps: u32,
    /// The schemas that are being evaluated on the same value, and those further out, innermost last.
    open: Vec<&'static Check>,
    /// How many of them are further out.
    further_out: usize,
    /// Whether the work was too much, and so the answer is no.
    is_spent: bool,
}

/// The members and items that a schema and those beside it have spoken of.
#[derive(Debug, Default)]
pub(super) struct Seen<'v> {
    pub(super) members: BTreeSet<&'v str>,
    /// So many items from the start.
    pub(super) first: usize,
    /// Items that `contains` has found.
    pub(super) items: BTreeSet<usize>,
}

impl<'v> Seen<'v> {
    fn add(&mut self, other: Self) {
        self.members.extend(other.members);
        self.first = self.first.max(other.first);
        self.items.extend(other.items);
    }
}

impl Checks {
    /// Checks a value.
    pub(crate) fn check(&mut self, check: &'static Check, value: &Value) {
        self.schema(check, value, None);
        // Whatever it was needed for, be it the opposite.
        let spent = std::mem::take(&mut self.progress.is_spent);
        self.demand(!spent, || "a value that is less work to check".to_owned());
    }

    /// Checks a value, and tells those around it what was evaluated if it is fine.
    pub(super) fn schema<'v>(
        &mut self,
        check: &'static Check,
        value: &'v Value,
        around: Option<&mut Seen<'v>>,
    ) {
        let open = &self.progress.open[self.progress.further_out..];
        if open.iter().any(|open| ptr::eq(*open, check)) {
            // A schema that leads back to itself on the same value says nothing more there.
            return;
        }
        let (depth, steps) = (self.progress.depth + 1, self.progress.steps + 1);
        if depth > DEPTH || steps > STEPS {
            self.progress.is_spent = true;
            self.failures += 1;
            return;
        }
        (self.progress.depth, self.progress.steps) = (depth, steps);
        self.progress.open.push(check);
        let before = self.failures;
        let counts = |rule: &Rule| {
            matches!(
                rule,
                Rule::UnevaluatedProperties(_) | Rule::UnevaluatedItems(_)
            )
        };
        let mut seen = (around.is_some() || check.rules().iter().any(counts)).then(Seen::default);
        for rule in check.rules() {
            if matches!(rule, Rule::Nullable) && value.is_null()
                || self.quiet && self.failures > before
            {
                break;
            }
            self.rule(rule, check, value, seen.as_mut());
        }
        if let (Some(around), Some(seen)) = (around, seen)
            && self.failures == before
        {
            around.add(seen);
        }
        self.progress.open.pop();
        self.progress.depth = depth - 1;
    }

    /// Checks a value that is inside of the one that is being checked.
    pub(super) fn inner(&mut self, check: &'static Check, value: &Value) {
        let before = self.progress.further_out;
        self.progress.further_out = self.progress.open.len();
        self.schema(check, value, None);
        self.progress.further_out = before;
    }

    fn rule<'v>(
        &mut self,
        rule: &Rule,
        check: &'static Check,
        value: &'v Value,
        mut seen: Option<&mut Seen<'v>>,
    ) {
        match *rule {
            Rule::Never => self.demand(false, || "no value".to_owned()),
            Rule::Nullable | Rule::Then(_) | Rule::Else(_) => {}
            Rule::Type(kinds) => self.demand(kinds.iter().any(|kind| kind.has(value)), || {
                let words: Vec<&str> = kinds.iter().map(|kind| kind.words()).collect();
                words.join(" or ")
            }),
            Rule::Enum(values) => {
                let listed = values
                    .iter()
                    .any(|text| json::equal(value, &json::of_text(text)));
                self.demand(listed, || match values {
                    [only] => format!("the value {only}"),
                    _ => "one of the listed values".to_owned(),
                });
            }
            Rule::Marks(marks) => self.json(value, marks),
            Rule::AllOf(checks) => checks
                .iter()
                .for_each(|check| self.schema(check, value, seen.as_deref_mut())),
            Rule::AnyOf(checks) => {
                let fits = self.fitting(checks, value, seen.as_deref_mut(), 1);
                self.demand(fits > 0, || {
                    format!("what at least one of {} schemas describes", checks.len())
                });
            }
            Rule::OneOf(checks) => {
                let fits = self.fitting(checks, value, seen.as_deref_mut(), 2);
                self.demand(fits == 1, || {
                    format!("what exactly one of {} schemas describes", checks.len())
                });
            }
            Rule::Not(check) => {
                let fits = self.quietly(check, value, None);
                self.demand(!fits, || {
                    "what the schema under `not` does not describe".to_owned()
                });
            }
            Rule::DependentSchemas(dependent) => {
                let there = |name: &str| {
                    value
                        .as_object()
                        .is_some_and(|members| members.contains_key(name))
                };
                for (_, check) in dependent.iter().filter(|(name, _)| there(name)) {
                    self.schema(check, value, seen.as_deref_mut());
                }
            }
            Rule::If(condition) => self.choice(condition, check, value, seen),
            _ => match value {
                Value::Object(members) => self.members(rule, check, members, seen),
                Value::Array(items) => self.elements(rule, check, items, seen),
                _ => {}
            },
        }
    }

    /// How many of the checks a value keeps; counting ends at so many, unless somebody wants to know what was evaluated.
    fn fitting<'v>(
        &mut self,
        checks: &'static [&'static Check],
        value: &'v Value,
        mut seen: Option<&mut Seen<'v>>,
        most: usize,
    ) -> usize {
        let mut count = 0;
        for check in checks {
            count += usize::from(self.quietly(check, value, seen.as_deref_mut()));
            if count >= most && seen.is_none() {
                break;
            }
        }
        count
    }

    /// Whether a value keeps a check; nothing is reported.
    pub(super) fn quietly<'v>(
        &mut self,
        check: &'static Check,
        value: &'v Value,
        seen: Option<&mut Seen<'v>>,
    ) -> bool {
        let (quiet, failures) = (std::mem::replace(&mut self.quiet, true), self.failures);
        self.schema(check, value, seen);
        let fine = self.failures == failures;
        (self.quiet, self.failures) = (quiet, failures);
        fine
    }

    /// The same for a value that is inside of the one that is being checked.
    pub(super) fn quietly_inner(&mut self, check: &'static Check, value: &Value) -> bool {
        let before = self.progress.further_out;
        self.progress.further_out = self.progress.open.len();
        let fine = self.quietly(check, value, None);
        self.progress.further_out = before;
        fine
    }

    /// `if`, and what is beside it.
    fn choice<'v>(
        &mut self,
        condition: &'static Check,
        check: &'static Check,
        value: &'v Value,
        mut seen: Option<&mut Seen<'v>>,
    ) {
        let fits = self.quietly(condition, value, seen.as_deref_mut());
        let next = check.rules().iter().find_map(|rule| match rule {
            Rule::Then(next) if fits => Some(*next),
            Rule::Else(next) if !fits => Some(*next),
            _ => None,
        });
        if let Some(next) = next {
            self.schema(next, value, seen);
        }
    }
}
