//! `Debug` of every generated struct, union and answer, written once. Members stand under their names on the wire; what is
//! secret is not shown.

use super::operation::{Request, Response};
use super::shape::{Held, Map, Object, Text, Union, View};
use std::fmt::{self, Debug, Formatter};

/// `Backup { id: Some("…"), name: None }`.
///
/// # Errors
///
/// What the formatter fails with, here and below.
pub fn object(object: &dyn Object, f: &mut Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut shown = f.debug_struct(table.name);
    for (position, field) in table.fields.iter().enumerate() {
        shown.field(field.name, &Value(object.view(position)));
    }
    if let Some(extra) = object.extra().filter(|extra| !extra.is_empty()) {
        shown.field("…", &Members(extra));
    }
    shown.finish()
}

/// `Cat(Cat { … })`.
pub fn union(union: &dyn Union, f: &mut Formatter<'_>) -> fmt::Result {
    let (variant, value) = union.active();
    let table = union.table();
    let name = match table.variants.get(variant) {
        Some(variant) => variant.name,
        None if table.open => "Unknown",
        None => "Several",
    };
    f.debug_tuple(name).field(&Value(value)).finish()
}

/// `ListBackups { limit: Some(20), marker: None }`.
pub fn request(request: &dyn Request, f: &mut Formatter<'_>) -> fmt::Result {
    let table = request.table();
    let mut shown = f.debug_struct(table.name);
    for (part, parameter) in table.parameters.iter().enumerate() {
        shown.field(parameter.field.name, &Value(request.view(part)));
    }
    if table.body.is_some() {
        shown.field("body", &Value(request.view(table.parameters.len())));
    }
    shown.finish()
}

/// `Default(404, ErrorBody { … })`.
pub fn answer(answer: &dyn Response, f: &mut Formatter<'_>) -> fmt::Result {
    let views = answer.views();
    let (status, body, headers) = (views.status, views.body, views.headers);
    if status.is_none() && body.is_none() && headers.is_none() {
        return f.write_str(views.name);
    }
    let mut shown = f.debug_tuple(views.name);
    if let Some(status) = status {
        shown.field(&status);
    }
    if let Some(body) = body {
        shown.field(&Value(body));
    }
    if let Some(headers) = headers {
        shown.field(&Value(View::Object(headers)));
    }
    shown.finish()
}

struct Value<'a>(View<'a>);

impl Debug for Value<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            View::Bool(value) => value.fmt(f),
            View::Integer(value) => Debug::fmt(&value.number(), f),
            View::I64(value) => value.fmt(f),
            View::F32(value) => value.fmt(f),
            View::F64(value) => value.fmt(f),
            View::String(value) => value.fmt(f),
            View::Text(value) => text(value, f),
            View::Object(value) => object(value, f),
            View::List(list) => {
                let items = (0..list.len()).filter_map(|item| list.get(item));
                f.debug_list().entries(items.map(Value)).finish()
            }
            View::Map(map) => Members(map).fmt(f),
            View::Optional(place) => match place.held() {
                Held::Nothing => f.write_str(place.words().0),
                Held::Null => f.write_str("Null"),
                Held::Value(value) => f.debug_tuple(place.words().1).field(&Value(value)).finish(),
            },
            View::Union(value) => union(value, f),
            View::Json(value) => value.fmt(f),
            View::Stream(_) => f.write_str("Stream"),
        }
    }
}

struct Members<'a>(&'a dyn Map);

impl Debug for Members<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_map();
        self.0.visit(&mut |key, value| {
            shown.entry(&key, &Value(value));
            true
        });
        shown.finish()
    }
}

fn text(value: &dyn Text, f: &mut Formatter<'_>) -> fmt::Result {
    if value.is_secret() {
        return f.write_str("[redacted]");
    }
    if let Some(text) = value.as_str() {
        return text.fmt(f);
    }
    let mut text = String::new();
    value.write(&mut text);
    text.fmt(f)
}
