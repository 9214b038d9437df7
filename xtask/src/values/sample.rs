//! Values of a schema: with what is required only, with everything, with each branch of each union, and with null where it
//! may stand. Whether they are valid, the validator says.

use super::tree::Documents;
use super::tree::Place;
use serde_json::{Map, Number, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How deep values are nested on purpose; schemas that go on are cut off where they may be.
const DEPTH: usize = 6;
/// Values in the largest sample, as far as what is optional makes it large.
const LARGE: usize = 400;
/// Values at which a sample is given up: what must stand in it has no end.
const ENDLESS: usize = 50_000;
/// Branches, listed values and nulls that are tried for one schema, at most and at least; in all for a document.
const VARIATIONS: (usize, usize, usize) = (120, 12, 20_000);
/// A member that no document knows.
const UNKNOWN: &str = "x-of-nobody";
/// What a text is where nothing says more.
const TEXT: &str = "text";

/// What is chosen where there is a choice.
#[derive(Default)]
struct Choice {
    optional: bool,
    /// How deep optional members go.
    depth: usize,
    /// How many values it has become.
    size: usize,
    /// The branch of the union at a place of the value.
    branches: BTreeMap<String, usize>,
    /// The place that is null.
    null: Option<String>,
    /// How many branches the union at a place has, or how many values the list.
    unions: BTreeMap<String, usize>,
    /// Where null may stand.
    nullable: Vec<String>,
}

/// Candidates for values of the schema at a place, the least first; the place is one of so many of the document.
pub(super) fn samples(documents: &Documents, place: &Place, of: usize) -> Vec<Value> {
    let (at_most, at_least, in_all) = VARIATIONS;
    let variations = (in_all / of.max(1)).clamp(at_least, at_most);
    let sample = |choice: &mut Choice| value(documents, place, choice, "", 0);
    let mut least = Choice::default();
    let mut found = Vec::from_iter(sample(&mut least));
    // As deep as does not make it too large.
    let mut most = Choice::default();
    for depth in [DEPTH, 4, 3, 2, 1] {
        most = Choice {
            optional: true,
            depth,
            ..Choice::default()
        };
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
        for optional in [false, true] {
            let mut choice = Choice {
                optional,
                depth,
                ..Choice::default()
            };
            choice.branches.insert(at.clone(), branch);
            found.extend(sample(&mut choice));
        }
    }
    for at in most.nullable.iter().take(variations) {
        let mut choice = Choice {
            optional: true,
            depth,
            null: Some(at.clone()),
            ..Choice::default()
        };
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

/// One value; `None` where nothing finite comes to mind.
fn value(
    documents: &Documents,
    place: &Place,
    choice: &mut Choice,
    at: &str,
    depth: usize,
) -> Option<Value> {
    let place = documents.resolved(place)?;
    let schema = documents.value(&place)?;
    let Value::Object(fields) = schema else {
        return (schema == &Value::Bool(true)).then(|| json!("anything"));
    };
    choice.size += 1;
    let is_large = choice.optional && choice.depth > 1 && choice.size > LARGE;
    if depth > 2 * DEPTH || is_large || choice.size > ENDLESS {
        return None;
    }
    if let Some(constant) = fields.get("const") {
        return Some(constant.clone());
    }
    let kinds = kinds(fields);
    let nullable = fields.get("nullable") == Some(&Value::Bool(true));
    if nullable || (kinds.contains(&"null") && kinds.len() > 1) {
        choice.nullable.push(at.to_owned());
        if choice.null.as_deref() == Some(at) {
            return Some(Value::Null);
        }
    }
    if let Some(listed) = fields.get("enum").and_then(Value::as_array) {
        let key = format!("{at}@enum{}", place.pointer);
        choice.unions.insert(key.clone(), listed.len());
        let chosen = choice.branches.get(&key).copied().unwrap_or_default();
        return listed.get(chosen).cloned();
    }
    let mut parts = Vec::new();
    for keyword in ["oneOf", "anyOf"] {
        if let Some(branches) = fields
            .get(keyword)
            .and_then(Value::as_array)
            .filter(|branches| !branches.is_empty())
        {
            let key = format!("{at}@{keyword}{}", place.pointer);
            choice.unions.insert(key.clone(), branches.len());
            let chosen = choice.branches.get(&key).copied();
            let order = chosen
                .into_iter()
                .chain((0..branches.len()).filter(|_| chosen.is_none()));
            let found = order.into_iter().find_map(|branch| {
                let branch = place.below(keyword).below(&branch.to_string());
                let mut found = value(documents, &branch, choice, at, depth + 1)?;
                tag(documents, fields, &branch, &mut found);
                Some(found)
            });
            parts.push(found?);
        }
    }
    for (number, _) in fields
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        parts.push(value(
            documents,
            &place.below("allOf").below(&number.to_string()),
            choice,
            at,
            depth + 1,
        )?);
    }
    let kind = kinds
        .iter()
        .find(|kind| **kind != "null")
        .or(kinds.first())
        .copied();
    let kind = kind.or_else(|| evident(fields));
    let own = match kind {
        Some("object") => object(documents, &place, fields, choice, at, depth),
        Some("array") => array(documents, &place, fields, choice, at, depth),
        Some("string") => Some(string(fields)),
        Some("integer") => Some(number(fields, true)),
        Some("number") => Some(number(fields, false)),
        Some("boolean") => Some(json!(true)),
        Some("null") => Some(Value::Null),
        _ if parts.is_empty() => Some(json!("anything")),
        _ => return merged(parts),
    };
    parts.push(own?);
    merged(parts)
}

/// Gives an object the tag of its branch, unless the branch says itself what the tag is.
fn tag(documents: &Documents, fields: &Map<String, Value>, branch: &Place, value: &mut Value) {
    let discriminator = fields.get("discriminator");
    let property = discriminator.and_then(|found| found.get("propertyName")?.as_str());
    let (Some(property), Value::Object(object)) = (property, value) else {
        return;
    };
    let reference = documents
        .value(branch)
        .and_then(|branch| branch.get("$ref")?.as_str());
    let is_open = object.get(property).is_none_or(|tag| tag == TEXT);
    let Some(reference) = reference.filter(|_| is_open) else {
        return;
    };
    let name = reference.rsplit('/').next().unwrap_or(reference);
    let mapping = discriminator.and_then(|found| found.get("mapping")?.as_object());
    let mapped = mapping.into_iter().flatten().find(|(_, target)| {
        target
            .as_str()
            .is_some_and(|target| target == reference || target == name)
    });
    let tag = mapped.map_or(name, |(tag, _)| tag);
    object.insert(property.to_owned(), json!(tag));
}

/// Objects put together; of anything else the first that says more than nothing.
fn merged(parts: Vec<Value>) -> Option<Value> {
    let objects = parts.iter().filter(|part| part.is_object()).count();
    if objects == 0 || objects < parts.len() {
        return parts.into_iter().next();
    }
    let mut all = Map::new();
    for part in parts {
        if let Value::Object(fields) = part {
            for (key, value) in fields {
                all.entry(key).or_insert(value);
            }
        }
    }
    Some(Value::Object(all))
}

fn kinds(fields: &Map<String, Value>) -> Vec<&str> {
    match fields.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// What a schema without a type is about.
fn evident(fields: &Map<String, Value>) -> Option<&'static str> {
    let has = |keys: &[&str]| keys.iter().any(|key| fields.contains_key(*key));
    if has(&[
        "properties",
        "additionalProperties",
        "required",
        "minProperties",
    ]) {
        Some("object")
    } else if has(&["items", "prefixItems", "minItems"]) {
        Some("array")
    } else if has(&["pattern", "minLength", "maxLength"]) {
        Some("string")
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        Some("number")
    } else {
        None
    }
}

fn object(
    documents: &Documents,
    place: &Place,
    fields: &Map<String, Value>,
    choice: &mut Choice,
    at: &str,
    depth: usize,
) -> Option<Value> {
    let required: Vec<&str> = fields
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = fields.get("properties").and_then(Value::as_object);
    let mut object = Map::new();
    for name in properties.into_iter().flat_map(Map::keys) {
        let is_required = required.contains(&name.as_str());
        if !is_required && (!choice.optional || depth >= choice.depth) {
            continue;
        }
        let place = place.below("properties").below(name);
        match value(
            documents,
            &place,
            choice,
            &format!("{at}/{name}"),
            depth + 1,
        ) {
            Some(value) => {
                object.insert(name.clone(), value);
            }
            None if is_required => return None,
            None => {}
        }
    }
    for name in required {
        if !object.contains_key(name) {
            object.insert(name.to_owned(), json!("anything"));
        }
    }
    let least = fields
        .get("minProperties")
        .and_then(Value::as_u64)
        .unwrap_or_default();
    let wanted = if choice.optional && depth < choice.depth {
        least.max(1)
    } else {
        least
    };
    if fields
        .get("additionalProperties")
        .is_some_and(Value::is_object)
        && properties.is_none_or(Map::is_empty)
    {
        for number in 0..wanted {
            let name = format!("key{number}");
            let place = place.below("additionalProperties");
            object.insert(
                name.clone(),
                value(
                    documents,
                    &place,
                    choice,
                    &format!("{at}/{name}"),
                    depth + 1,
                )?,
            );
        }
    }
    Some(Value::Object(object))
}

fn array(
    documents: &Documents,
    place: &Place,
    fields: &Map<String, Value>,
    choice: &mut Choice,
    at: &str,
    depth: usize,
) -> Option<Value> {
    let mut items = Vec::new();
    for (number, _) in fields
        .get("prefixItems")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
    {
        let place = place.below("prefixItems").below(&number.to_string());
        items.push(value(
            documents,
            &place,
            choice,
            &format!("{at}/{number}"),
            depth + 1,
        )?);
    }
    let least = fields
        .get("minItems")
        .and_then(Value::as_u64)
        .unwrap_or_default()
        .min(20);
    let most = fields
        .get("maxItems")
        .and_then(Value::as_u64)
        .unwrap_or(u64::MAX);
    let wanted = if choice.optional && depth < choice.depth {
        least.max(1)
    } else {
        least
    }
    .min(most);
    while (items.len() as u64) < wanted && fields.get("items") != Some(&Value::Bool(false)) {
        let at = format!("{at}/{}", items.len());
        let item = if fields.contains_key("items") {
            value(documents, &place.below("items"), choice, &at, depth + 1)
        } else {
            Some(json!("anything"))
        };
        match item {
            Some(item) => items.push(item),
            None if (items.len() as u64) < least => return None,
            None => break,
        }
    }
    Some(Value::Array(items))
}

/// Texts of the formats that are checked.
const FORMATS: &[(&str, &str)] = &[
    ("date-time", "2024-02-29T23:59:58Z"),
    ("date", "2024-02-29"),
    ("time", "23:59:58Z"),
    ("duration", "P3DT4H"),
    ("uuid", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
    ("email", "somebody@example.com"),
    ("idn-email", "somebody@example.com"),
    ("hostname", "example.com"),
    ("idn-hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("ip", "192.0.2.1"),
    ("cidr", "192.0.2.0/24"),
    ("uri", "https://example.com/a?b=c"),
    ("url", "https://example.com/a?b=c"),
    ("iri", "https://example.com/a"),
    ("uri-reference", "/a/b"),
    ("uri-template", "/a/{b}"),
    ("json-pointer", "/a/0"),
    ("regex", "^a+$"),
    ("byte", "aGVsbG8="),
    ("base64", "aGVsbG8="),
    ("base64url", "aGVsbG8="),
    ("decimal", "12.50"),
    ("int32", "12"),
    ("int64", "12"),
    ("uint64", "12"),
];

fn string(fields: &Map<String, Value>) -> Value {
    // A text that fits a pattern is hard to find, but the document may show one.
    if fields.contains_key("pattern") {
        let shown = ["example", "default"]
            .iter()
            .find_map(|key| fields.get(*key));
        let shown = shown.or_else(|| fields.get("examples")?.as_array()?.first());
        if let Some(shown) = shown.filter(|shown| shown.is_string()) {
            return shown.clone();
        }
    }
    let format = fields
        .get("format")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let known = FORMATS
        .iter()
        .find(|(name, _)| *name == format)
        .map(|(_, text)| *text);
    let mut text = known.unwrap_or(TEXT).to_owned();
    if known.is_none() {
        let length = |key: &str| {
            fields
                .get(key)
                .and_then(Value::as_u64)
                .and_then(|length| usize::try_from(length).ok())
        };
        let least = length("minLength").unwrap_or_default().min(10_000);
        while text.chars().count() < least {
            text.push('x');
        }
        if let Some(most) = length("maxLength") {
            text = text.chars().take(most).collect();
        }
    }
    Value::String(text)
}

fn number(fields: &Map<String, Value>, integer: bool) -> Value {
    let bound = |key: &str| fields.get(key).and_then(Value::as_f64);
    let least = bound("minimum").or_else(|| bound("exclusiveMinimum").map(|bound| bound + 1.0));
    let most = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|bound| bound - 1.0));
    let step = bound("multipleOf").filter(|step| *step > 0.0);
    let mut value = match (least, most) {
        (Some(least), _) => least,
        (None, Some(most)) if most < 7.0 => most,
        _ if integer => 7.0,
        _ => 7.5,
    };
    if integer {
        value = value.ceil();
    }
    if let Some(step) = step {
        value = (value / step).ceil() * step;
    }
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return Value::from(value as i64);
    }
    Number::from_f64(value).map_or(Value::Null, Value::Number)
}
