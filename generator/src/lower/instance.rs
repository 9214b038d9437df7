//! Whether a value that the document writes is one of its schema's: a default, an example.
//!
//! The schemas are asked as they stand, before any type is made of them. What would take too long to tell is taken for fine,
//! as is what only one direction sends.

use super::Lowering;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Document, Schema, SchemaId, SchemaType};
use crate::pattern::Pattern;
use crate::source::Tree;
use serde_json::{Map, Value as Json};
use std::cell::Cell;

/// How deep schemas and references are followed.
const DEPTH: u32 = 200;
/// How many schemas one value may be held against.
const STEPS: u32 = 5_000;

impl Lowering<'_> {
    /// Reports the examples of schemas that are no values of theirs.
    pub(super) fn examples(&mut self) {
        let document = self.document;
        for (position, schema) in document.schemas.iter().enumerate() {
            let id = SchemaId(position as u32);
            for node in &schema.examples {
                // A null is how many documents leave an example out.
                let json = self.tree.json(*node);
                let objection = self.objection(id, &json).filter(|_| !json.is_null());
                let Some(objection) = objection else {
                    continue;
                };
                if self.reported.insert((*node, code::UNUSABLE_EXAMPLE.id)) {
                    let message = format!("the example is no value of its schema: {objection}");
                    self.diagnostics.report(
                        Diagnostic::new(code::UNUSABLE_EXAMPLE, Place::Node(*node), message)
                            .label("shown to readers all the same")
                            .help("correct the example, or the schema"),
                    );
                }
            }
        }
    }

    /// What a schema has against a value, in words, if anything.
    pub(super) fn objection(&self, id: SchemaId, json: &Json) -> Option<String> {
        let judge = Judge {
            document: self.document,
            tree: self.tree,
            steps: Cell::new(0),
        };
        judge
            .schema(id, json, 0)
            .err()
            .filter(|_| !judge.is_tired())
    }
}

struct Judge<'a> {
    document: &'a Document,
    tree: &'a Tree,
    steps: Cell<u32>,
}

type Verdict = Result<(), String>;

fn demand(kept: bool, words: impl FnOnce() -> String) -> Verdict {
    if kept { Ok(()) } else { Err(words()) }
}

impl Judge<'_> {
    fn is_tired(&self) -> bool {
        self.steps.get() > STEPS
    }

    fn fits(&self, id: SchemaId, json: &Json, depth: u32) -> bool {
        self.schema(id, json, depth).is_ok()
    }

    fn schema(&self, id: SchemaId, json: &Json, depth: u32) -> Verdict {
        self.steps.set(self.steps.get() + 1);
        if depth > DEPTH {
            self.steps.set(STEPS + 1);
        }
        if self.is_tired() {
            return Ok(());
        }
        let (schema, depth) = (self.document.schema(id), depth + 1);
        demand(schema.boolean != Some(false), || {
            "there is no value".to_owned()
        })?;
        if json.is_null() && schema.nullable {
            return Ok(());
        }
        let kinds = &schema.types;
        demand(
            kinds.is_empty() || kinds.iter().any(|kind| is_of(*kind, json)),
            || format!("it is {}", what(json)),
        )?;
        self.listed(schema, json)?;
        match json {
            Json::Number(number) => numbers(schema, number.as_f64().unwrap_or_default())?,
            Json::String(text) => texts(schema, text)?,
            Json::Array(items) => self.items(schema, items, depth)?,
            Json::Object(members) => self.members(schema, members, depth)?,
            Json::Null | Json::Bool(_) => {}
        }
        self.combined(schema, json, depth)
    }

    fn listed(&self, schema: &Schema, json: &Json) -> Verdict {
        let lists = [
            schema.values.clone(),
            schema.constant.map(|node| vec![node]),
        ];
        for list in lists.into_iter().flatten() {
            let found = list.iter().any(|node| same(&self.tree.json(*node), json));
            demand(found, || "it is not among the values".to_owned())?;
        }
        Ok(())
    }

    fn items(&self, schema: &Schema, items: &[Json], depth: u32) -> Verdict {
        counted(items.len(), schema.min_items, schema.max_items, "items")?;
        let twice = |(position, item): (usize, &Json)| {
            items[..position].iter().any(|other| same(item, other))
        };
        let is_small = items.len() < 200;
        demand(
            !schema.unique_items || !is_small || !items.iter().enumerate().any(twice),
            || "an item is there twice".to_owned(),
        )?;
        for (position, item) in items.iter().enumerate() {
            let inner = schema.prefix_items.get(position).copied().or(schema.items);
            if let Some(id) = inner {
                self.schema(id, item, depth)
                    .map_err(|words| format!("{words} at /{position}"))?;
            }
        }
        Ok(())
    }

    fn members(&self, schema: &Schema, members: &Map<String, Json>, depth: u32) -> Verdict {
        counted(
            members.len(),
            schema.min_properties,
            schema.max_properties,
            "members",
        )?;
        for required in &schema.required {
            let name = &required.name;
            let property = schema
                .properties
                .iter()
                .find(|(known, _)| known.name == *name);
            let one_way = property.is_some_and(|(_, id)| {
                let property = self.document.schema(*id);
                property.read_only || property.write_only
            });
            demand(one_way || members.contains_key(name), || {
                format!("`{name}` is missing")
            })?;
        }
        for (name, value) in members {
            let mut known = false;
            for (_, id) in schema
                .properties
                .iter()
                .filter(|(property, _)| property.name == *name)
            {
                known = true;
                self.schema(*id, value, depth)
                    .map_err(|words| format!("{words} at /{name}"))?;
            }
            known |= !schema.pattern_properties.is_empty();
            if let Some(id) = schema.additional_properties.filter(|_| !known) {
                self.schema(id, value, depth)
                    .map_err(|words| format!("{words} at /{name}"))?;
            }
        }
        for (name, others) in &schema.dependent_required {
            let missing = others.iter().find(|other| !members.contains_key(*other));
            if let Some(other) = missing.filter(|_| members.contains_key(&name.name)) {
                return Err(format!("`{other}` is missing beside `{}`", name.name));
            }
        }
        Ok(())
    }

    fn combined(&self, schema: &Schema, json: &Json, depth: u32) -> Verdict {
        for id in schema.target.iter().chain(&schema.all_of) {
            self.schema(*id, json, depth)?;
        }
        let count = |list: &[SchemaId]| {
            list.iter()
                .filter(|id| self.fits(**id, json, depth))
                .count()
        };
        let any = schema.any_of.is_empty() || count(&schema.any_of) > 0;
        demand(any, || {
            "none of the schemas of `anyOf` describes it".to_owned()
        })?;
        if !schema.one_of.is_empty() {
            let fits = count(&schema.one_of);
            // A discriminator chooses where several fit.
            let one = fits == 1 || fits > 1 && schema.discriminator.is_some();
            demand(one || self.is_tired(), || {
                format!("{fits} of the schemas of `oneOf` describe it")
            })?;
        }
        if let Some(id) = schema.not {
            demand(!self.fits(id, json, depth) || self.is_tired(), || {
                "`not` describes it".to_owned()
            })?;
        }
        if let Some(id) = schema.if_schema {
            let next = if self.fits(id, json, depth) {
                schema.then_schema
            } else {
                schema.else_schema
            };
            if let Some(id) = next {
                self.schema(id, json, depth)?;
            }
        }
        Ok(())
    }
}

fn is_of(kind: SchemaType, json: &Json) -> bool {
    match json {
        Json::Null => kind == SchemaType::Null,
        Json::Bool(_) => kind == SchemaType::Boolean,
        Json::Number(number) => {
            let whole =
                !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0);
            kind == SchemaType::Number || kind == SchemaType::Integer && whole
        }
        Json::String(_) => kind == SchemaType::String,
        Json::Array(_) => kind == SchemaType::Array,
        Json::Object(_) => kind == SchemaType::Object,
    }
}

fn what(json: &Json) -> &'static str {
    match json {
        Json::Null => "null",
        Json::Bool(_) => "a boolean",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}

/// Whether two values are the same; `1` and `1.0` are.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let there =
                |(key, one): (&String, &Json)| other.get(key).is_some_and(|other| same(one, other));
            one.len() == other.len() && one.iter().all(there)
        }
        _ => one == other,
    }
}

/// Doubles will do: what is too close to tell is fine.
fn numbers(schema: &Schema, number: f64) -> Verdict {
    let bound = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    let least = bound(&schema.minimum).is_none_or(|least| number >= least)
        && bound(&schema.exclusive_minimum).is_none_or(|least| number > least);
    demand(least, || "it is too small".to_owned())?;
    let most = bound(&schema.maximum).is_none_or(|most| number <= most)
        && bound(&schema.exclusive_maximum).is_none_or(|most| number < most);
    demand(most, || "it is too large".to_owned())?;
    let multiple = bound(&schema.multiple_of)
        .filter(|step| *step > 0.0)
        .is_none_or(|step| {
            let times = number / step;
            (times - times.round()).abs() <= 1e-6 * times.abs().max(1.0)
        });
    demand(multiple, || "it is no multiple".to_owned())
}

fn texts(schema: &Schema, text: &str) -> Verdict {
    counted(
        text.chars().count(),
        schema.min_length,
        schema.max_length,
        "characters",
    )?;
    let pattern = schema
        .pattern
        .as_ref()
        .and_then(|pattern| Pattern::new(&pattern.name).ok());
    demand(pattern.is_none_or(|pattern| pattern.is_match(text)), || {
        "the pattern does not match".to_owned()
    })
}

fn counted(count: usize, least: Option<u64>, most: Option<u64>, of: &str) -> Verdict {
    let count = count as u64;
    demand(least.is_none_or(|least| count >= least), || {
        format!("there are too few {of}")
    })?;
    demand(most.is_none_or(|most| count <= most), || {
        format!("there are too many {of}")
    })
}
