//! JSON values: made of views, compared as JSON Schema compares.

use super::super::decimal::Decimal;
use super::super::json::default_into;
use super::super::shape::{Held, Map, Shape, View};
use serde_json::{Number, Value};
use std::fmt::Write;

/// The JSON of a view. What has none (a number that is not finite) is null: nothing can be said of it.
pub(crate) fn of_view(view: View<'_>) -> Value {
    match view {
        View::Bool(value) => value.into(),
        View::I64(number) => number.into(),
        View::Integer(integer) => of_integer(integer.number()),
        View::F32(number) => number
            .to_string()
            .parse()
            .map_or(Value::Null, Value::Number),
        View::F64(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        View::String(text) => text.into(),
        View::Text(text) => {
            let mut out = String::new();
            text.write(&mut out);
            out.into()
        }
        View::List(list) => {
            let views = (0..list.len()).filter_map(|position| list.get(position));
            views.map(of_view).collect()
        }
        View::Map(map) => {
            let mut members = serde_json::Map::new();
            add(map, &mut members);
            members.into()
        }
        View::Object(object) => {
            let mut members = serde_json::Map::new();
            for (position, field) in object.table().fields.iter().enumerate() {
                let view = object.view(position);
                let absent = matches!(view, View::Optional(place) if !field.required && matches!(place.held(), Held::Nothing));
                if !absent {
                    members.insert(field.name.to_owned(), of_view(view));
                }
            }
            if let Some(extra) = object.extra() {
                add(extra, &mut members);
            }
            members.into()
        }
        View::Optional(place) => match place.held() {
            Held::Value(view) => of_view(view),
            Held::Nothing | Held::Null => Value::Null,
        },
        View::Union(union) => of_view(union.active().1),
        View::Json(value) => value.clone(),
        // A stream has no JSON either.
        View::Stream(_) => Value::Null,
    }
}

fn of_integer(number: i128) -> Value {
    match (i64::try_from(number), u64::try_from(number)) {
        (Ok(number), _) => number.into(),
        (_, Ok(number)) => number.into(),
        _ => Number::from_f64(number as f64).map_or(Value::Null, Value::Number),
    }
}

fn add(map: &dyn Map, members: &mut serde_json::Map<String, Value>) {
    map.visit(&mut |key, view| {
        members.insert(key.to_owned(), of_view(view));
        true
    });
}

/// The value of a table's JSON text, which is made of Rust literals.
pub(super) fn of_text(text: &str) -> Value {
    let mut value = Value::Null;
    default_into(text, value.slot(), super::super::json::DEPTH);
    value
}

/// Whether a number has no fraction.
pub(super) fn is_integer(number: &Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether two values are the same: `1` and `1.0` are, and the order of members does not count.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || text(one) == text(other),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(key, one): (&String, &Value)| {
                other.get(key).is_some_and(|other| equal(one, other))
            };
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}

/// A number's one and only text.
fn text(number: &Number) -> String {
    let written = number.to_string();
    Decimal::parse(&written).map_or(written, |decimal| decimal.to_string())
}

/// Appends a text that two values share if and only if they are the same.
pub(crate) fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Number(number) => out.push_str(&text(number)),
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            out.push('{');
            for (key, value) in members {
                // Writing into a string does not fail.
                let _ = write!(out, "{key:?}:");
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        // Null, booleans and strings have one text.
        other => {
            let _ = write!(out, "{other}");
        }
    }
}
