//! JSON text from a view: one concrete writer for every type.

use super::super::shape::{Held, List, Map, Object, Shape, Text, Union, View};
use super::super::table::Field;
use super::super::union::{self, Tag};
use super::error::Unwritable;
use super::{DEPTH, Unknown, scan};
use std::fmt::Write;

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct WriteOptions {
    /// How deep objects and lists nest at most.
    pub depth: u16,
    /// What to do with a value that an open enum does not list.
    pub unknown: Unknown,
}

impl Default for WriteOptions {
    fn default() -> Self {
        Self {
            depth: DEPTH,
            unknown: Unknown::Keep,
        }
    }
}

/// How many bytes a text has room for before it grows.
pub(crate) const ROOM: usize = 512;

/// Writes a value.
///
/// # Errors
///
/// The first value that has no JSON: a number that is not finite, or too many levels.
pub fn write<T: Shape>(value: &T, options: &WriteOptions) -> Result<String, Unwritable> {
    let mut out = String::with_capacity(ROOM);
    write_view(value.view(), &mut out, options)?;
    Ok(out)
}

/// Appends a value.
///
/// # Errors
///
/// The first value that has no JSON: a number that is not finite, or too many levels.
pub fn write_view(
    view: View<'_>,
    out: &mut String,
    options: &WriteOptions,
) -> Result<(), Unwritable> {
    Writer {
        out,
        depth: options.depth,
        unknown: options.unknown,
    }
    .value(view)
    .map_err(|error| *error)
}

type Done = Result<(), Box<Unwritable>>;

#[cold]
fn fail(reason: &'static str) -> Done {
    Err(Box::new(Unwritable {
        pointer: String::new(),
        reason,
    }))
}

struct Writer<'a> {
    out: &'a mut String,
    /// How many more objects and lists may be opened.
    depth: u16,
    unknown: Unknown,
}

impl Writer<'_> {
    fn value(&mut self, view: View<'_>) -> Done {
        match view {
            View::String(text) => self.string(text),
            View::Optional(place) => match place.held() {
                Held::Value(view) => return self.value(view),
                Held::Nothing | Held::Null => self.out.push_str("null"),
            },
            View::I64(number) => self.out.push_str(itoa::Buffer::new().format(number)),
            View::Bool(value) => self.out.push_str(if value { "true" } else { "false" }),
            View::Text(text) => return self.format(text),
            View::Object(object) => return self.nested(|writer| writer.object(object, None)),
            View::List(list) => return self.nested(|writer| writer.list(list)),
            View::Map(map) => return self.nested(|writer| writer.map(map)),
            View::Integer(number) => {
                if number.is_unknown() && self.unknown == Unknown::Reject {
                    return fail("a value that the document does not list");
                }
                self.out
                    .push_str(itoa::Buffer::new().format(number.number()));
            }
            View::F64(number) if number.is_finite() => {
                self.out.push_str(zmij::Buffer::new().format_finite(number))
            }
            View::F32(number) if number.is_finite() => {
                self.out.push_str(zmij::Buffer::new().format_finite(number))
            }
            View::F64(_) | View::F32(_) => return fail("a number that is not finite"),
            View::Union(union) => return self.union(union),
            View::Json(value) => return self.json(value),
            View::Stream(_) => return fail("a stream"),
        }
        Ok(())
    }

    fn display(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing into a string does not fail.
        let _ = self.out.write_fmt(text);
    }

    /// Writes something one level deeper.
    fn nested(&mut self, write: impl FnOnce(&mut Self) -> Done) -> Done {
        let Some(depth) = self.depth.checked_sub(1) else {
            return fail("too many levels");
        };
        self.depth = depth;
        write(self)?;
        self.depth += 1;
        Ok(())
    }

    fn format(&mut self, text: &dyn Text) -> Done {
        if self.unknown == Unknown::Reject && text.is_unknown() {
            return fail("a value that the document does not list");
        }
        if let Some(text) = text.as_str() {
            self.string(text);
            return Ok(());
        }
        self.out.push('"');
        let start = self.out.len();
        text.write(self.out);
        if !text.is_plain() && scan::special(self.out.as_bytes(), start) < self.out.len() {
            let text = self.out.split_off(start);
            self.escaped(&text);
        }
        self.out.push('"');
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.out.reserve(text.len() + 2);
        self.out.push('"');
        if scan::special(text.as_bytes(), 0) == text.len() {
            self.out.push_str(text);
        } else {
            self.escaped(text);
        }
        self.out.push('"');
    }

    fn escaped(&mut self, text: &str) {
        let mut start = 0;
        loop {
            let end = scan::special(text.as_bytes(), start);
            self.out.push_str(&text[start..end]);
            let Some(byte) = text.as_bytes().get(end) else {
                return;
            };
            match byte {
                b'"' => self.out.push_str("\\\""),
                b'\\' => self.out.push_str("\\\\"),
                b'\n' => self.out.push_str("\\n"),
                b'\r' => self.out.push_str("\\r"),
                b'\t' => self.out.push_str("\\t"),
                0x8 => self.out.push_str("\\b"),
                0xc => self.out.push_str("\\f"),
                control => self.display(format_args!("\\u{control:04x}")),
            }
            start = end + 1;
        }
    }

    /// What stands before a member: the comma and its name.
    fn name(&mut self, first: &mut bool, name: &str) {
        if !std::mem::take(first) {
            self.out.push(',');
        }
        self.string(name);
        self.out.push(':');
    }

    /// What stands before the member of a field.
    fn field(&mut self, first: &mut bool, field: &Field) {
        let Some(quoted) = field.quoted() else {
            return self.name(first, field.name);
        };
        if !std::mem::take(first) {
            self.out.push(',');
        }
        self.out.push_str(quoted);
        self.out.push(':');
    }

    /// The active variant, with its tag.
    fn union(&mut self, union: &dyn Union) -> Done {
        let view = union.active().1;
        match (union::tag(union), view) {
            (Tag::Missing(name, tag), View::Object(object)) => {
                self.nested(|writer| writer.object(object, Some((name, tag))))
            }
            (Tag::Wrong(name), _) => {
                fail("the tag is not that of the variant").map_err(|error| error.within(name))
            }
            (Tag::Unknown, _) if self.unknown == Unknown::Reject => {
                fail("a value that the document does not list")
            }
            _ => self.value(view),
        }
    }

    /// The members, after the tag of a union that none of them is.
    fn object(&mut self, object: &dyn Object, tag: Option<(&str, View<'_>)>) -> Done {
        self.out.push('{');
        let mut first = true;
        if let Some((name, tag)) = tag {
            self.name(&mut first, name);
            self.value(tag)?;
        }
        for (position, field) in object.table().fields.iter().enumerate() {
            let mut view = object.view(position);
            if let View::Optional(place) = view {
                match place.held() {
                    Held::Nothing if !field.required => continue,
                    Held::Value(value) => view = value,
                    Held::Nothing | Held::Null => {}
                }
            }
            self.field(&mut first, field);
            self.value(view).map_err(|error| error.within(field.name))?;
        }
        if let Some(extra) = object.extra() {
            self.members(extra, first)?;
        }
        self.out.push('}');
        Ok(())
    }

    fn map(&mut self, map: &dyn Map) -> Done {
        self.out.push('{');
        self.members(map, true)?;
        self.out.push('}');
        Ok(())
    }

    fn members(&mut self, map: &dyn Map, mut first: bool) -> Done {
        let mut done = Ok(());
        map.visit(&mut |key, view| {
            self.name(&mut first, key);
            done = self.value(view).map_err(|error| error.within(key));
            done.is_ok()
        });
        done
    }

    fn list(&mut self, list: &dyn List) -> Done {
        self.out.push('[');
        let mut position = 0;
        while let Some(view) = list.get(position) {
            if position > 0 {
                self.out.push(',');
            }
            self.value(view)
                .map_err(|error| error.within(&position.to_string()))?;
            position += 1;
        }
        self.out.push(']');
        Ok(())
    }

    fn json(&mut self, value: &serde_json::Value) -> Done {
        match value {
            serde_json::Value::Null => self.out.push_str("null"),
            serde_json::Value::Bool(value) => {
                self.out.push_str(if *value { "true" } else { "false" })
            }
            serde_json::Value::Number(number) => self.display(format_args!("{number}")),
            serde_json::Value::String(text) => self.string(text),
            serde_json::Value::Array(items) => {
                return self.nested(|writer| writer.json_list(items));
            }
            serde_json::Value::Object(members) => {
                return self.nested(|writer| writer.json_object(members));
            }
        }
        Ok(())
    }

    fn json_list(&mut self, items: &[serde_json::Value]) -> Done {
        self.out.push('[');
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push(',');
            }
            self.json(item)
                .map_err(|error| error.within(&position.to_string()))?;
        }
        self.out.push(']');
        Ok(())
    }

    fn json_object(&mut self, members: &serde_json::Map<String, serde_json::Value>) -> Done {
        self.out.push('{');
        let mut first = true;
        for (key, value) in members {
            self.name(&mut first, key);
            self.json(value).map_err(|error| error.within(key))?;
        }
        self.out.push('}');
        Ok(())
    }
}
