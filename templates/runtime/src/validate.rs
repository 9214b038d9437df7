//! Every constraint of the document that a value breaks.

use super::decimal::Decimal;
use super::json::{self, DEPTH, WriteOptions};
use super::shape::{Held, List, Map, Object, View};
use super::table::Mark;
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

#[derive(Default)]
struct Checks {
    pointer: String,
    found: Vec<Violation>,
}

impl Checks {
    fn finish(self) -> Result<(), Violations> {
        if self.found.is_empty() {
            Ok(())
        } else {
            Err(Violations(self.found))
        }
    }

    fn demand(&mut self, kept: bool, demanded: impl FnOnce() -> String) {
        if !kept {
            self.found.push(Violation {
                pointer: self.pointer.clone(),
                demanded: demanded(),
            });
        }
    }

    /// Checks something one step further in.
    fn within(&mut self, segment: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push_str(&json::escape(segment));
        check(self);
        self.pointer.truncate(length);
    }

    fn value(&mut self, view: View<'_>, marks: &[Mark], depth: u16) {
        let Some(deeper) = depth.checked_sub(1) else {
            return self.demand(false, || format!("at most {DEPTH} levels"));
        };
        match view {
            View::Optional(place) => {
                if let Held::Value(view) = place.held() {
                    self.value(view, marks, deeper);
                }
            }
            View::Union(union) => self.value(union.active().1, marks, deeper),
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
            self.within(&position.to_string(), |checks| {
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
        for (position, field) in table.fields.iter().enumerate() {
            let view = object.view(position);
            if !field.marks.is_empty() || has_marks(view) {
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
    fn json(&mut self, value: &serde_json::Value, marks: &[Mark]) {
        match value {
            serde_json::Value::Number(number) => {
                self.number(marks, || Decimal::parse(&number.to_string()))
            }
            serde_json::Value::String(text) => self.text(text, marks),
            serde_json::Value::Array(items) => {
                marks.iter().for_each(|mark| self.items(items.len(), mark))
            }
            serde_json::Value::Object(members) => marks
                .iter()
                .for_each(|mark| self.properties(members.len(), mark)),
            serde_json::Value::Null | serde_json::Value::Bool(_) => {}
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

/// Whether no item occurs twice: no two have the same JSON.
fn unique(list: &dyn List) -> bool {
    let mut seen = BTreeSet::new();
    let mut views = (0..list.len()).filter_map(|position| list.get(position));
    views.all(|view| {
        let mut text = String::new();
        // An item that has no JSON equals none.
        json::write_view(view, &mut text, &WriteOptions::default()).is_err() || seen.insert(text)
    })
}
