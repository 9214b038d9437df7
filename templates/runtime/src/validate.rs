//! Every constraint of the document that a value breaks.

use super::check::{self, Progress};
use super::decimal::Decimal;
use super::json::{self, DEPTH};
use super::part::{BODY, HEADERS, is_part};
use super::shape::{Held, List, Map, Object, Union, View};
use super::table::Mark;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// A constraint that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON pointer (RFC 6901); empty for the whole value.
    pub pointer: String,
    /// What the document demands there, in words. The value itself is not repeated: it may be secret.
    pub demanded: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.demanded)?;
        if self.pointer.is_empty() {
            Ok(())
        } else {
            write!(f, " at {}", self.pointer)
        }
    }
}

/// All the constraints that a value breaks; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(pub Vec<Violation>);

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, violation) in self.0.iter().enumerate() {
            let comma = if position == 0 { "" } else { ", " };
            write!(f, "{comma}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Checks a value against what its types say.
///
/// # Errors
///
/// Everything that breaks a constraint.
pub fn validate(view: View<'_>) -> Result<(), Violations> {
    let mut checks = Checks::default();
    checks.value(view, &[], DEPTH);
    checks.finish()
}

/// Checks a value against what its types say and against what is said about the place it stands in: a parameter, say.
///
/// # Errors
///
/// Everything that breaks a constraint.
pub fn validate_as(view: View<'_>, marks: &[Mark]) -> Result<(), Violations> {
    let mut checks = Checks::default();
    checks.value(view, marks, DEPTH);
    checks.finish()
}

/// The walk over a value, and what it has found.
#[derive(Default)]
pub(crate) struct Checks {
    pointer: String,
    found: Vec<Violation>,
    /// How many violations there were, reported or not.
    pub(crate) failures: usize,
    /// Whether violations are only counted.
    pub(crate) quiet: bool,
    pub(crate) progress: Progress,
}

impl Checks {
    fn finish(mut self) -> Result<(), Violations> {
        if self.found.is_empty() {
            return Ok(());
        }
        // A check may repeat what a type says.
        let mut seen = BTreeSet::new();
        self.found
            .retain(|found| seen.insert((found.pointer.clone(), found.demanded.clone())));
        Err(Violations(self.found))
    }

    pub(crate) fn demand(&mut self, kept: bool, demanded: impl FnOnce() -> String) {
        if kept {
            return;
        }
        self.failures += 1;
        if !self.quiet {
            self.found.push(Violation {
                pointer: self.pointer.clone(),
                demanded: demanded(),
            });
        }
    }

    /// Checks something one step further in.
    pub(crate) fn within(&mut self, segment: &str, check: impl FnOnce(&mut Self)) {
        if self.quiet {
            return check(self);
        }
        let length = self.pointer.len();
        json::append(&mut self.pointer, segment);
        check(self);
        self.pointer.truncate(length);
    }

    fn value(&mut self, view: View<'_>, marks: &[Mark], depth: u16) {
        let Some(deeper) = depth.checked_sub(1) else {
            return self.demand(false, || format!("at most {DEPTH} levels"));
        };
        match view {
            View::Optional(place) => {
                return match place.held() {
                    Held::Value(view) => self.value(view, marks, deeper),
                    Held::Null => self.checks(View::Json(&Value::Null), marks),
                    Held::Nothing => {}
                };
            }
            View::Union(union) => return self.union(union, marks, deeper),
            View::Object(object) if is_part(object) => {
                self.value(object.view(BODY), marks, deeper);
                let headers = object.view(HEADERS);
                return self.within("headers", |checks| checks.value(headers, &[], deeper));
            }
            View::I64(number) => self.number(marks, || Some(Decimal::of_integer(number.into()))),
            View::Integer(integer) => {
                self.number(marks, || Some(Decimal::of_integer(integer.number())))
            }
            View::F32(number) => self.number(marks, || Decimal::of_single(number)),
            View::F64(number) => self.number(marks, || Decimal::of(number)),
            View::String(text) => self.text(text, marks),
            View::Text(text) => match text.as_str() {
                Some(text) => self.text(text, marks),
                None if marks.is_empty() => {}
                None => {
                    let mut out = String::new();
                    text.write(&mut out);
                    self.text(&out, marks);
                }
            },
            View::List(list) => self.list(list, marks, deeper),
            View::Map(map) => self.map(map, marks, deeper),
            View::Object(object) => self.object(object, marks, deeper),
            View::Json(value) => self.json(value, marks),
            View::Stream(_) => {}
            View::Bool(_) => {}
        }
        self.checks(view, marks);
    }

    /// What only the JSON of a value can tell.
    fn checks(&mut self, view: View<'_>, marks: &[Mark]) {
        let mut json = None;
        for mark in marks {
            if let Mark::Check(check) = mark {
                let json = json.get_or_insert_with(|| match view {
                    View::Json(value) => Cow::Borrowed(value),
                    view => Cow::Owned(check::of_view(view)),
                });
                self.check(check, json);
            }
        }
    }

    /// What is said about the place, and what is said about the variant.
    fn union(&mut self, union: &dyn Union, marks: &[Mark], depth: u16) {
        let (position, view) = union.active();
        match union.table().variants.get(position) {
            Some(variant) if marks.is_empty() => self.value(view, variant.marks, depth),
            Some(variant) if !variant.marks.is_empty() => {
                let both: Vec<Mark> = marks.iter().chain(variant.marks).copied().collect();
                self.value(view, &both, depth);
            }
            _ => self.value(view, marks, depth),
        }
    }

    fn number(&mut self, marks: &[Mark], number: impl Fn() -> Option<Decimal>) {
        for mark in marks {
            let (kept, words, limit): (fn(Decimal, Decimal) -> bool, _, _) = match mark {
                Mark::Minimum(limit) => (
                    |number, limit| number.compare(limit).is_ge(),
                    "at least",
                    limit,
                ),
                Mark::Maximum(limit) => (
                    |number, limit| number.compare(limit).is_le(),
                    "at most",
                    limit,
                ),
                Mark::ExclusiveMinimum(limit) => (
                    |number, limit| number.compare(limit).is_gt(),
                    "more than",
                    limit,
                ),
                Mark::ExclusiveMaximum(limit) => (
                    |number, limit| number.compare(limit).is_lt(),
                    "less than",
                    limit,
                ),
                Mark::MultipleOf(step) => (Decimal::is_multiple_of, "a multiple of", step),
                _ => continue,
            };
            // A number with no decimal is not finite, and then it has no JSON either.
            let kept = number().is_some_and(|number| kept(number, *limit));
            self.demand(kept, || format!("{words} {limit}"));
        }
    }

    fn text(&mut self, text: &str, marks: &[Mark]) {
        for mark in marks {
            match *mark {
                Mark::MinLength(least) => {
                    self.demand(text.chars().count() as u64 >= least, || {
                        format!("at least {least} characters")
                    });
                }
                Mark::MaxLength(most) => {
                    self.demand(text.chars().count() as u64 <= most, || {
                        format!("at most {most} characters")
                    });
                }
                Mark::Pattern(matcher) => {
                    self.demand(matcher.is_match(text), || {
                        format!("what matches `{}`", matcher.text())
                    });
                }
                _ => {}
            }
        }
    }

    fn list(&mut self, list: &dyn List, marks: &[Mark], depth: u16) {
        let mut items: &[Mark] = &[];
        for mark in marks {
            match *mark {
                Mark::Items(marks) => items = marks,
                Mark::UniqueItems => self.demand(unique(list), || "no item twice".to_owned()),
                _ => self.items(list.len(), mark),
            }
        }
        let views = (0..list.len()).filter_map(|position| list.get(position));
        for (position, view) in views
            .enumerate()
            .take_while(|(_, view)| !items.is_empty() || has_marks(*view))
        {
            self.within(itoa::Buffer::new().format(position), |checks| {
                checks.value(view, items, depth)
            });
        }
    }

    fn items(&mut self, count: usize, mark: &Mark) {
        match *mark {
            Mark::MinItems(least) => {
                self.demand(count as u64 >= least, || format!("at least {least} items"))
            }
            Mark::MaxItems(most) => {
                self.demand(count as u64 <= most, || format!("at most {most} items"))
            }
            _ => {}
        }
    }

    fn properties(&mut self, count: usize, mark: &Mark) {
        match *mark {
            Mark::MinProperties(least) => self.demand(count as u64 >= least, || {
                format!("at least {least} members")
            }),
            Mark::MaxProperties(most) => {
                self.demand(count as u64 <= most, || format!("at most {most} members"))
            }
            _ => {}
        }
    }

    fn map(&mut self, map: &dyn Map, marks: &[Mark], depth: u16) {
        let mut values: &[Mark] = &[];
        for mark in marks {
            match mark {
                Mark::Values(marks) => values = marks,
                _ => self.properties(map.len(), mark),
            }
        }
        map.visit(&mut |key, view| {
            self.within(key, |checks| checks.value(view, values, depth));
            true
        });
    }

    fn object(&mut self, object: &dyn Object, marks: &[Mark], depth: u16) {
        let table = object.table();
        if !marks.is_empty() || !table.marks.is_empty() {
            let count = count(object);
            marks
                .iter()
                .chain(table.marks)
                .for_each(|mark| self.properties(count, mark));
        }
        if table
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::Check(_)))
        {
            self.checks(View::Object(object), table.marks);
        }
        for (position, field) in table.fields.iter().enumerate() {
            let view = object.view(position);
            if field.required && is_nothing(view) {
                // It is written as null.
                self.within(field.name, |checks| {
                    checks.checks(View::Json(&Value::Null), field.marks)
                });
            } else if !field.marks.is_empty() || has_marks(view) {
                self.within(field.name, |checks| checks.value(view, field.marks, depth));
            }
        }
        if let Some(extra) = object.extra() {
            let values = table.marks.iter().find_map(|mark| {
                if let Mark::Values(marks) = mark {
                    Some(*marks)
                } else {
                    None
                }
            });
            extra.visit(&mut |key, view| {
                self.within(key, |checks| {
                    checks.value(view, values.unwrap_or_default(), depth)
                });
                true
            });
        }
    }

    /// A JSON value has no type of its own; what is said about its kind holds.
    pub(crate) fn json(&mut self, value: &Value, marks: &[Mark]) {
        match value {
            Value::Number(number) => self.number(marks, || Decimal::parse(&number.to_string())),
            Value::String(text) => self.text(text, marks),
            Value::Array(items) => {
                for mark in marks {
                    self.items(items.len(), mark);
                    if matches!(mark, Mark::UniqueItems) {
                        let unique = distinct(items.iter().map(View::Json));
                        self.demand(unique, || "no item twice".to_owned());
                    }
                }
            }
            Value::Object(members) => marks
                .iter()
                .for_each(|mark| self.properties(members.len(), mark)),
            Value::Null | Value::Bool(_) => {}
        }
    }
}

/// Whether a value may have constraints inside, of its own types.
fn has_marks(view: View<'_>) -> bool {
    match view {
        View::Optional(place) => matches!(place.held(), Held::Value(view) if has_marks(view)),
        View::Object(_) | View::List(_) | View::Map(_) | View::Union(_) => true,
        _ => false,
    }
}

/// How many members an object is written with.
pub(crate) fn count(object: &dyn Object) -> usize {
    let fields = object.table().fields.iter().enumerate();
    let present = fields.filter(|(position, field)| match object.view(*position) {
        View::Optional(place) => field.required || !matches!(place.held(), Held::Nothing),
        _ => true,
    });
    present.count() + object.extra().map_or(0, Map::len)
}

/// Whether no item occurs twice.
fn unique(list: &dyn List) -> bool {
    distinct((0..list.len()).filter_map(|position| list.get(position)))
}

/// Whether no two have the same JSON. What has none equals nothing.
fn distinct<'v>(mut views: impl Iterator<Item = View<'v>>) -> bool {
    let mut seen = BTreeSet::new();
    views.all(|view| {
        let mut text = String::new();
        match view {
            View::F32(number) if !number.is_finite() => return true,
            View::F64(number) if !number.is_finite() => return true,
            View::Json(value) => check::canonical(value, &mut text),
            view => check::canonical(&check::of_view(view), &mut text),
        }
        seen.insert(text)
    })
}

/// Whether a place is empty.
fn is_nothing(view: View<'_>) -> bool {
    matches!(view, View::Optional(place) if matches!(place.held(), Held::Nothing))
}
