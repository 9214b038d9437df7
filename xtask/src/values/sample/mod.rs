//! Values of a schema: with what is required only, with everything, with each branch of each union, with each kind, and with
//! null where it may stand. Whether they are valid, the validator says.

mod array;
mod number;
mod object;
mod odd;
mod pattern;
mod text;
mod whole;

use super::tree::{Documents, Place};
use pattern::Patterns;
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use whole::{Part, Pending};

/// How deep values are nested on purpose; schemas that go on are cut off where they may be.
const DEPTH: usize = 6;
/// Values in the largest sample, as far as what is optional makes it large.
const LARGE: usize = 250;
/// Steps at which a sample is given up: what must stand in it has no end, or no way to it was found.
const ENDLESS: usize = 6_000;
/// Steps for all samples of one schema, at most; in all for a document.
const PATIENCE: (usize, usize) = (150_000, 8_000_000);
/// Branches, listed values and nulls that are tried for one schema, at most and at least; in all for a document.
const VARIATIONS: (usize, usize, usize) = (80, 8, 8_000);
/// A member that no document knows.
const UNKNOWN: &str = "x-of-nobody";

/// What is chosen where there is a choice.
#[derive(Clone, Default)]
struct Choice {
    optional: bool,
    /// Branches of unions have their optional members, which tell them apart.
    distinct: bool,
    /// How deep optional members go.
    depth: usize,
    /// How many values it has become.
    size: usize,
    /// How many steps that took.
    steps: usize,
    /// The branch of the union at a place of the value.
    branches: BTreeMap<String, usize>,
    /// The place that is null.
    null: Option<String>,
    /// How many branches the union at a place has, or how many values the list.
    unions: BTreeMap<String, usize>,
    /// Where null may stand.
    nullable: BTreeSet<String>,
    /// Which of several different values this is to be.
    turn: usize,
    /// Values are odd ones: of which pass, from 1 on.
    odd: usize,
    /// How many odd ones were chosen.
    oddities: usize,
}

impl Choice {
    fn new(optional: bool, distinct: bool, depth: usize) -> Self {
        Self {
            optional,
            distinct,
            depth,
            ..Self::default()
        }
    }

    /// Whether what is optional stands in a value of this depth.
    fn wants_more(&self, depth: usize) -> bool {
        self.optional && depth < self.depth && self.size <= LARGE
    }

    /// The number of the next odd choice, where choices are odd: different in each pass and for each place.
    fn oddity(&mut self) -> Option<usize> {
        self.oddities += usize::from(self.odd > 0);
        (self.odd > 0).then_some(self.odd * 5 + self.oddities)
    }

    /// Whether one of so many odd choices is made another way than would be usual.
    fn is_odd(&mut self, of: usize) -> bool {
        self.oddity()
            .is_some_and(|number| number.is_multiple_of(of))
    }

    /// Which branches are tried at a union, in their order.
    fn order(&mut self, key: &str, count: usize) -> Vec<usize> {
        self.unions.insert(key.to_owned(), count);
        match self.branches.get(key) {
            Some(branch) => vec![*branch],
            None => (0..count).collect(),
        }
    }
}

/// Makes values of a document's schemas.
pub(super) struct Sampler<'a> {
    documents: &'a Documents,
    patterns: Patterns,
}

impl<'a> Sampler<'a> {
    pub(super) fn new(documents: &'a Documents) -> Self {
        Self {
            documents,
            patterns: Patterns::default(),
        }
    }

    /// Candidates for values of the schema at a place, the least first; the place is one of so many of the document.
    pub(super) fn samples(&self, place: &Place, of: usize) -> Vec<Value> {
        let (at_most, at_least, in_all) = VARIATIONS;
        let variations = (in_all / of.max(1)).clamp(at_least, at_most);
        let patience = (PATIENCE.1 / of.max(1)).clamp(ENDLESS, PATIENCE.0);
        let spent = Cell::new(0);
        let sample = |choice: &mut Choice| {
            let found = self.of_place(place, choice);
            spent.set(spent.get() + choice.steps);
            found
        };
        let mut least = Choice::default();
        let mut found = Vec::from_iter(sample(&mut least));
        found.extend(sample(&mut Choice::new(false, true, 0)));
        let mut other = Choice {
            turn: 1,
            ..Choice::default()
        };
        found.extend(sample(&mut other));
        // As deep as does not make it too large.
        let mut most = Choice::default();
        for depth in [DEPTH, 4, 3, 2, 1] {
            most = Choice::new(true, true, depth);
            let largest = sample(&mut most);
            if most.size <= LARGE || depth == 1 {
                found.extend(largest);
                break;
            }
        }
        let depth = most.depth;
        let unions = most.unions.iter().chain(&least.unions);
        // The second branch of every union comes before the third of any.
        let branches: BTreeSet<(usize, &String)> = unions
            .flat_map(|(at, count)| (0..*count).map(move |branch| (branch, at)))
            .collect();
        for (branch, at) in branches.into_iter().take(variations) {
            if spent.get() > patience {
                break;
            }
            for (optional, distinct) in [(false, false), (true, true)] {
                let mut choice = Choice::new(optional, distinct, depth);
                choice.branches.insert(at.clone(), branch);
                found.extend(sample(&mut choice));
            }
        }
        for at in most.nullable.iter().take(variations) {
            if spent.get() > patience {
                break;
            }
            let mut choice = Choice::new(true, true, depth);
            choice.null = Some(at.clone());
            found.extend(sample(&mut choice));
        }
        for odd in 1..=odd::PASSES.min(variations) {
            if spent.get() > patience {
                break;
            }
            let mut choice = Choice::new(true, true, depth);
            choice.odd = odd;
            found.extend(sample(&mut choice));
        }
        if let Some(Value::Object(fields)) = found.first() {
            let mut more = fields.clone();
            more.insert(UNKNOWN.to_owned(), json!({ "a": [null, 1.5, "b"] }));
            found.push(Value::Object(more));
        }
        let mut known = BTreeSet::new();
        found.retain(|value| known.insert(value.to_string()));
        found
    }

    fn of_place(&self, place: &Place, choice: &mut Choice) -> Option<Value> {
        self.value(vec![Pending::new(place)], choice, "", 0)
    }

    /// One value of all these schemas at once; `None` where nothing finite comes to mind.
    fn value(
        &self,
        schemas: Vec<Pending>,
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        if depth > 2 * DEPTH {
            return None;
        }
        choice.size += 1;
        self.gathered(schemas, Vec::new(), choice, at, depth)
    }

    /// One value of all that has been gathered of it.
    fn made(
        &self,
        parts: &[Part<'a>],
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let kinds = whole::kinds(parts)?;
        if whole::is_nullable(parts, &kinds) {
            choice.nullable.insert(at.to_owned());
            if choice.null.as_deref() == Some(at) || choice.is_odd(5) {
                return Some(Value::Null);
            }
        }
        if let Some(listed) = whole::listed(parts) {
            let place = &parts.first()?.place;
            let order = choice.order(&format!("{at}@enum{}", place.pointer), listed.len());
            let turn = choice.turn.min(order.len().saturating_sub(1));
            return listed.get(*order.get(turn)?).cloned();
        }
        let kind = match kinds.as_slice() {
            [] => whole::evident(parts),
            [kind] => Some(*kind),
            several => {
                let place = &parts.first()?.place;
                let own: Vec<&str> = several
                    .iter()
                    .copied()
                    .filter(|kind| *kind != "null")
                    .collect();
                let order = choice.order(&format!("{at}@type{}", place.pointer), own.len());
                own.get(*order.first()?).copied()
            }
        };
        match kind {
            Some("object") => self.object(parts, choice, at, depth),
            Some("array") => self.array(parts, choice, at, depth),
            Some("string") => {
                let odd = choice.oddity();
                let odd = odd.and_then(|odd| odd::text(&self.patterns, parts, odd));
                let text = odd.unwrap_or_else(|| text::text(&self.patterns, parts, choice.turn));
                Some(Value::String(text))
            }
            Some(kind @ ("integer" | "number")) => {
                let (odd, whole) = (choice.oddity(), kind == "integer");
                odd.and_then(|odd| odd::number(parts, whole, odd))
                    .or_else(|| number::number(parts, whole, choice.turn))
            }
            Some("boolean") => Some(json!(choice.turn == 0)),
            Some("null") => Some(Value::Null),
            _ => Some(match (choice.oddity(), choice.turn) {
                (Some(number), _) => odd::anything(number),
                (_, 0) => json!("anything"),
                (_, turn) => json!(format!("anything {turn}")),
            }),
        }
    }
}
