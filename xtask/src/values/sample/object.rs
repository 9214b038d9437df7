//! Objects.

use super::whole::{Part, Pending, count};
use super::{Choice, Sampler, odd, text};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

impl<'a> Sampler<'a> {
    pub(super) fn object(
        &self,
        parts: &[Part<'a>],
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let required = required(parts);
        let names = names(parts);
        let most = count(parts, "maxProperties", f64::min).unwrap_or(usize::MAX);
        let mut object = Map::new();
        // What must be there comes first: there may be no room for the rest.
        for wanted in [true, false] {
            for name in &names {
                if required.contains(name) != wanted || object.len() >= most.max(required.len()) {
                    continue;
                }
                let is_wanted = wanted || self.is_optional(parts, name, choice, depth);
                if !is_wanted {
                    continue;
                }
                match self.member(parts, name, choice, at, depth) {
                    Some(value) => {
                        object.insert((*name).to_owned(), value);
                    }
                    None if wanted => return None,
                    None => {}
                }
            }
        }
        for name in &required {
            if !object.contains_key(*name) {
                let value = self.member(parts, name, choice, at, depth)?;
                object.insert((*name).to_owned(), value);
            }
        }
        // What says what an object is must be there, whether or not its schema names it.
        let tags = parts.iter().rev().filter_map(|part| part.tag.as_ref());
        for (property, tag) in tags {
            let is_left_out =
                |choice: &mut Choice| !required.contains(property.as_str()) && choice.is_odd(3);
            if !object.contains_key(property) && !is_left_out(choice) {
                object.insert(property.clone(), json!(tag));
            }
        }
        self.dependent(parts, &mut object, choice, at, depth)?;
        self.more(parts, &mut object, choice, at, depth)?;
        if let Some((name, value)) = odd::unnamed(parts, choice)
            && !names.contains(&name.as_str())
        {
            object.insert(name, value);
        }
        Some(Value::Object(object))
    }

    /// Whether a member that is not required is there all the same.
    fn is_optional(
        &self,
        parts: &[Part<'_>],
        name: &str,
        choice: &mut Choice,
        depth: usize,
    ) -> bool {
        let distinct = choice.distinct;
        let is_telling = || {
            let named = |part: &Part<'_>| {
                part.is_branch
                    && part
                        .fields
                        .get("properties")
                        .is_some_and(|names| names.get(name).is_some())
            };
            distinct && parts.iter().any(named)
        };
        let is_tag = parts.iter().any(|part| {
            part.tag
                .as_ref()
                .is_some_and(|(property, _)| property == name)
        });
        if is_tag && !choice.is_odd(3) || is_telling() {
            return true;
        }
        // Of odd ones some members are left out, others in each.
        choice.wants_more(depth)
            && choice
                .oddity()
                .is_none_or(|number| !number.is_multiple_of(7))
    }

    /// The value of a member.
    fn member(
        &self,
        parts: &[Part<'a>],
        name: &str,
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut schemas = Vec::new();
        for part in parts {
            schemas.extend(self.of_member(part, name));
        }
        let at = format!("{at}/{name}");
        let value = self.value(schemas, choice, &at, depth + 1)?;
        // The last tag is that of the innermost union.
        let tags = parts.iter().rev().filter_map(|part| part.tag.as_ref());
        let mut tags = tags.filter(|(property, _)| property == name);
        Some(match tags.next() {
            Some((_, tag)) if !self.is_listed(parts, name) && !choice.is_odd(4) => json!(tag),
            _ => value,
        })
    }

    /// Whether a schema says itself what the member may be.
    fn is_listed(&self, parts: &[Part<'_>], name: &str) -> bool {
        let schemas = parts.iter().flat_map(|part| self.of_member(part, name));
        let mut places = schemas.filter_map(|schema| self.documents.resolved(&schema.place));
        places.any(|place| {
            self.documents
                .value(&place)
                .is_some_and(|schema| schema.get("const").is_some())
        }) || {
            let schemas = parts.iter().flat_map(|part| self.of_member(part, name));
            let mut places = schemas.filter_map(|schema| self.documents.resolved(&schema.place));
            let tag = parts.iter().rev().find_map(|part| part.tag.as_ref());
            places.any(|place| {
                let listed = self.documents.value(&place);
                let listed = listed.and_then(|schema| schema.get("enum")?.as_array());
                listed
                    .is_some_and(|listed| tag.is_none_or(|(_, tag)| !listed.contains(&json!(tag))))
            })
        }
    }

    /// What must be there as others are.
    fn dependent(
        &self,
        parts: &[Part<'a>],
        object: &mut Map<String, Value>,
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<()> {
        let all = parts
            .iter()
            .filter_map(|part| part.fields.get("dependentRequired"));
        for (name, needed) in all.filter_map(Value::as_object).flatten() {
            if !object.contains_key(name) {
                continue;
            }
            for needed in needed
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                if !object.contains_key(needed) {
                    let value = self.member(parts, needed, choice, at, depth)?;
                    object.insert(needed.to_owned(), value);
                }
            }
        }
        Some(())
    }

    /// Members that no schema names: as many as there must be, and one where there may be.
    fn more(
        &self,
        parts: &[Part<'a>],
        object: &mut Map<String, Value>,
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<()> {
        let least = count(parts, "minProperties", f64::max)
            .unwrap_or_default()
            .min(200);
        let most = count(parts, "maxProperties", f64::min).unwrap_or(usize::MAX);
        for name in names(parts) {
            if object.len() >= least {
                break;
            }
            if !object.contains_key(name)
                && let Some(value) = self.member(parts, name, choice, at, depth)
            {
                object.insert(name.to_owned(), value);
            }
        }
        let is_map = |part: &Part<'_>| {
            let additional = part.fields.get("additionalProperties");
            additional.is_some_and(Value::is_object)
                || part.fields.contains_key("patternProperties")
        };
        let is_map = parts.iter().any(is_map) && names(parts).is_empty();
        let wanted = if is_map && choice.wants_more(depth) {
            object.len() + 1
        } else {
            0
        };
        for number in 0..300 {
            if object.len() >= wanted.max(least).min(most) {
                break;
            }
            let name = self.key(parts, number);
            if object.contains_key(&name) {
                continue;
            }
            match self.member(parts, &name, choice, at, depth) {
                Some(value) => {
                    object.insert(name, value);
                }
                None if object.len() < least => return None,
                None => break,
            }
        }
        Some(())
    }

    /// A name that members may have.
    fn key(&self, parts: &[Part<'a>], number: usize) -> String {
        let named = parts.iter().filter_map(|part| {
            let place = part.place.below("propertyNames");
            let fields = self
                .documents
                .value(&self.documents.resolved(&place)?)?
                .as_object()?;
            Some(Part {
                place,
                fields,
                tag: None,
                is_branch: false,
            })
        });
        let named: Vec<Part<'_>> = named.collect();
        if !named.is_empty() {
            if let Some(listed) = super::whole::listed(&named) {
                let texts: Vec<&str> = listed.iter().filter_map(Value::as_str).collect();
                return texts.get(number).copied().unwrap_or("key").to_owned();
            }
            return text::text(&self.patterns, &named, number);
        }
        let patterns = parts.iter().filter_map(|part| {
            part.fields
                .get("patternProperties")?
                .as_object()?
                .keys()
                .next()
        });
        let closed = parts
            .iter()
            .any(|part| part.fields.get("additionalProperties") == Some(&Value::Bool(false)));
        let is_typed = parts.iter().any(|part| {
            part.fields
                .get("additionalProperties")
                .is_some_and(Value::is_object)
        });
        let mut made = patterns.filter_map(|text| self.patterns.texts(text).get(number).cloned());
        match made.next() {
            Some(name) if closed || !is_typed => name,
            _ => format!("key{number}"),
        }
    }

    /// The schemas that a schema has for a member.
    fn of_member(&self, part: &Part<'_>, name: &str) -> Vec<Pending> {
        let mut schemas = Vec::new();
        let named = part
            .fields
            .get("properties")
            .and_then(|names| names.get(name));
        if named.is_some() {
            schemas.push(Pending::new(&part.place.below("properties").below(name)));
        }
        let patterns = part
            .fields
            .get("patternProperties")
            .and_then(Value::as_object);
        for text in patterns.into_iter().flat_map(Map::keys) {
            if self.patterns.matches(text, name) {
                schemas.push(Pending::new(
                    &part.place.below("patternProperties").below(text),
                ));
            }
        }
        if schemas.is_empty() && part.fields.contains_key("additionalProperties") {
            schemas.push(Pending::new(&part.place.below("additionalProperties")));
        }
        schemas
    }
}

fn required<'a>(parts: &[Part<'a>]) -> BTreeSet<&'a str> {
    let all = parts
        .iter()
        .filter_map(|part| part.fields.get("required")?.as_array());
    all.flatten().filter_map(Value::as_str).collect()
}

/// The members that schemas name, in their order.
fn names<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    let all = parts
        .iter()
        .filter_map(|part| part.fields.get("properties")?.as_object());
    let mut known = BTreeSet::new();
    all.flat_map(Map::keys)
        .map(String::as_str)
        .filter(|name| known.insert(*name))
        .collect()
}
