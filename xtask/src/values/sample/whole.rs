//! All schemas that hold of one place of a value: references, `allOf` and the chosen branches put together.

use super::{Choice, ENDLESS, Sampler};
use crate::values::tree::Place;
use serde_json::{Map, Value, json};
use std::collections::VecDeque;

/// How many branches of a union are tried where the first ones lead to nothing.
const TRIES: usize = 12;

/// A schema that holds, and has not been looked at.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) place: Place,
    /// The schema that a value is evidently one of: the last one referred to that does not only include others.
    name: Place,
}

impl Pending {
    pub(super) fn new(place: &Place) -> Self {
        Self {
            place: place.clone(),
            name: place.clone(),
        }
    }
}

/// A schema that holds.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) place: Place,
    pub(super) fields: &'a Map<String, Value>,
    /// The member that says what an object is, with what it says.
    pub(super) tag: Option<(String, String)>,
    /// It is of the branch of a union.
    pub(super) is_branch: bool,
}

/// A branch of a union: its schema, and its tag.
#[derive(Clone)]
struct Branch {
    place: Place,
    tag: Option<String>,
    /// What holds as well.
    also: Option<Place>,
}

impl Branch {
    fn new(place: Place, tag: Option<String>) -> Self {
        Self {
            place,
            tag,
            also: None,
        }
    }
}

impl<'a> Sampler<'a> {
    /// Puts all schemas together that hold where these do, and makes a value of them. Where that leads to nothing, other
    /// branches of unions are tried.
    pub(super) fn gathered(
        &self,
        pending: Vec<Pending>,
        mut parts: Vec<Part<'a>>,
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let mut pending = VecDeque::from(pending);
        while let Some(next) = pending.pop_front() {
            choice.steps += 1;
            if choice.steps > ENDLESS {
                return None;
            }
            if parts.iter().any(|part| part.place == next.place) {
                continue;
            }
            let fields = match self.documents.value(&next.place)? {
                Value::Bool(true) => continue,
                Value::Object(fields) => fields,
                _ => return None,
            };
            let is_branch = pending.is_empty() && next.name == next.place && !parts.is_empty();
            parts.push(Part {
                place: next.place.clone(),
                fields,
                tag: None,
                is_branch,
            });
            if fields.contains_key("$ref") {
                let place = self.documents.target(&next.place)?;
                let is_name = next.name == next.place;
                let name = if is_name {
                    place.clone()
                } else {
                    next.name.clone()
                };
                pending.push_front(Pending { place, name });
            }
            let all = fields.get("allOf").and_then(Value::as_array);
            for number in 0..all.map_or(0, Vec::len) {
                let place = next.place.below("allOf").below(&number.to_string());
                let name = next.name.clone();
                pending.push_back(Pending { place, name });
            }
            let unions = self.unions(&next, fields);
            if unions.is_empty() {
                continue;
            }
            return self.branched(unions, &next, (pending, parts), choice, at, depth);
        }
        self.made(&parts, choice, at, depth)
    }

    /// Tries the branches of all unions of a schema.
    fn branched(
        &self,
        mut unions: Vec<(&'static str, Vec<Branch>)>,
        schema: &Pending,
        (pending, parts): (VecDeque<Pending>, Vec<Part<'a>>),
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let Some((keyword, branches)) = unions.pop() else {
            return self.gathered(pending.into(), parts, choice, at, depth);
        };
        let key = format!("{at}@{keyword}{}", schema.place.pointer);
        let order = choice.order(&key, branches.len());
        let property = self.discriminator(&schema.place);
        for branch in order.into_iter().take(TRIES) {
            let second = branches.get(branch + 1).filter(|_| keyword == "anyOf");
            let branch = branches.get(branch)?;
            let mut parts = parts.clone();
            if let (Some(property), Some(tag), Some(part)) =
                (&property, &branch.tag, parts.last_mut())
            {
                part.tag = Some((property.clone(), tag.clone()));
            }
            let mut pending = pending.clone();
            if branch.place != schema.place {
                pending.push_front(Pending::new(&branch.place));
            }
            pending.extend(branch.also.as_ref().map(Pending::new));
            // What is two of them at once.
            let second = second.filter(|_| choice.is_odd(2));
            pending.extend(second.map(|second| Pending::new(&second.place)));
            let rest = unions.clone();
            let found = self.branched(rest, schema, (pending, parts), choice, at, depth);
            if found.is_some() || choice.steps > ENDLESS {
                return found;
            }
        }
        None
    }

    fn discriminator(&self, place: &Place) -> Option<String> {
        let schema = self.documents.value(place)?;
        let property = schema.get("discriminator")?.get("propertyName")?;
        property.as_str().map(str::to_owned)
    }

    /// The unions that a schema is: by keyword; and, where it has a discriminator alone, of the schemas that include it.
    fn unions(
        &self,
        schema: &Pending,
        fields: &Map<String, Value>,
    ) -> Vec<(&'static str, Vec<Branch>)> {
        let mut unions = Vec::new();
        for keyword in ["oneOf", "anyOf"] {
            let branches = fields.get(keyword).and_then(Value::as_array);
            let branches = (0..branches.map_or(0, Vec::len)).map(|number| {
                let place = schema.place.below(keyword).below(&number.to_string());
                let target = self.documents.resolved(&place);
                let tag = target.filter(|target| *target != place);
                let tag = tag.and_then(|target| self.tag(schema, &target));
                Branch::new(place, tag)
            });
            let branches: Vec<Branch> = branches.collect();
            if !branches.is_empty() {
                unions.push((keyword, branches));
            }
        }
        if fields.contains_key("if") {
            let branch = |keyword: &str| {
                let own = fields
                    .contains_key(keyword)
                    .then(|| schema.place.below(keyword));
                Branch::new(own.unwrap_or_else(|| schema.place.clone()), None)
            };
            let mut then = branch("then");
            then.also = Some(schema.place.below("if"));
            unions.push(("if", vec![then, branch("else")]));
        }
        if !unions.is_empty() || !fields.contains_key("discriminator") {
            return unions;
        }
        let named = if schema.name == schema.place {
            let mapped = self.mapping(schema).into_iter();
            let mut named: Vec<Branch> = mapped
                .map(|(tag, place)| Branch::new(place, Some(tag)))
                .collect();
            if named.is_empty() {
                let children = self.documents.children(&schema.place).iter();
                named.extend(
                    children.map(|place| Branch::new(place.clone(), self.tag(schema, place))),
                );
            }
            named
        } else {
            Vec::new()
        };
        if named.is_empty() {
            let tag = self.tag(schema, &schema.name);
            let place = schema.place.clone();
            return vec![("discriminator", vec![Branch::new(place, tag)])];
        }
        vec![("discriminator", named)]
    }

    /// Tags with what they name.
    fn mapping(&self, schema: &Pending) -> Vec<(String, Place)> {
        let mapping = || {
            let schema = self.documents.value(&schema.place)?;
            schema.get("discriminator")?.get("mapping")?.as_object()
        };
        let entries = mapping().into_iter().flatten().filter_map(|(tag, target)| {
            let place = self.documents.mapped(&schema.place, target.as_str()?)?;
            Some((tag.clone(), place))
        });
        entries.collect()
    }

    /// The tag of the schema at a place: what the mapping has for it, or its name.
    fn tag(&self, schema: &Pending, of: &Place) -> Option<String> {
        let mapped = self.mapping(schema).into_iter();
        let mut mapped = mapped.filter(|(_, place)| place == of).map(|(tag, _)| tag);
        mapped.next().or_else(|| {
            let (_, name) = of.pointer.rsplit_once('/')?;
            Some(name.replace("~1", "/").replace("~0", "~"))
        })
    }
}

/// The types that a value may have, `None` where it may have none; an empty list where nothing is said.
pub(super) fn kinds<'a>(parts: &[Part<'a>]) -> Option<Vec<&'a str>> {
    let mut common: Option<Vec<&str>> = None;
    for part in parts {
        let own: Vec<&str> = match part.fields.get("type") {
            Some(Value::String(kind)) => vec![kind],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => continue,
        };
        common = Some(match common {
            None => own,
            Some(common) => {
                let narrow = |kind: &&'a str| match *kind {
                    "number" if own.contains(&"integer") && !own.contains(&"number") => "integer",
                    kind => kind,
                };
                let fits = |kind: &&str| {
                    own.contains(kind) || *kind == "integer" && own.contains(&"number")
                };
                common.iter().map(narrow).filter(fits).collect()
            }
        });
    }
    match common {
        Some(kinds) if kinds.is_empty() => None,
        kinds => Some(kinds.unwrap_or_default()),
    }
}

/// Whether null may stand beside other values.
pub(super) fn is_nullable(parts: &[Part<'_>], kinds: &[&str]) -> bool {
    let listed = listed(parts);
    kinds.contains(&"null")
        && (kinds.len() > 1 || listed.as_ref().is_some_and(|listed| listed.len() > 1))
        && listed.is_none_or(|listed| listed.contains(&Value::Null))
}

/// The values that all lists have.
pub(super) fn listed(parts: &[Part<'_>]) -> Option<Vec<Value>> {
    let mut common: Option<Vec<Value>> = None;
    for part in parts {
        let constant = part.fields.get("const").cloned().map(|value| vec![value]);
        let listed = part.fields.get("enum").and_then(Value::as_array).cloned();
        for own in constant.into_iter().chain(listed) {
            common = Some(match common {
                None => own,
                Some(common) => common
                    .into_iter()
                    .filter(|value| own.contains(value))
                    .collect(),
            });
        }
    }
    let kinds = kinds(parts).unwrap_or_default();
    let fits = |value: &Value| {
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        kinds.is_empty() || kinds.contains(&kind) || kind == "integer" && kinds.contains(&"number")
    };
    // Null has a variation of its own.
    common.map(|mut common| {
        common.retain(fits);
        if common.len() > 1 {
            common.retain(|value| *value != json!(null));
        }
        common
    })
}

/// What schemas without a type are about.
pub(super) fn evident(parts: &[Part<'_>]) -> Option<&'static str> {
    const EVIDENT: &[(&str, &[&str])] = &[
        (
            "object",
            &[
                "properties",
                "additionalProperties",
                "patternProperties",
                "required",
                "minProperties",
                "maxProperties",
                "propertyNames",
                "dependentRequired",
            ],
        ),
        (
            "array",
            &[
                "items",
                "prefixItems",
                "minItems",
                "maxItems",
                "uniqueItems",
                "contains",
            ],
        ),
        ("string", &["pattern", "minLength", "maxLength", "format"]),
        (
            "number",
            &[
                "minimum",
                "maximum",
                "exclusiveMinimum",
                "exclusiveMaximum",
                "multipleOf",
            ],
        ),
    ];
    let has = |key: &&str| parts.iter().any(|part| part.fields.contains_key(*key));
    let found = EVIDENT.iter().find(|(_, keys)| keys.iter().any(&has));
    found.map(|(kind, _)| *kind)
}

/// The largest or least of what the schemas say.
pub(super) fn bound(parts: &[Part<'_>], key: &str, choose: fn(f64, f64) -> f64) -> Option<f64> {
    let bounds = parts
        .iter()
        .filter_map(|part| part.fields.get(key)?.as_f64());
    bounds.reduce(choose)
}

/// The same of what counts.
pub(super) fn count(parts: &[Part<'_>], key: &str, choose: fn(f64, f64) -> f64) -> Option<usize> {
    bound(parts, key, choose).map(|count| count.max(0.0) as usize)
}
