//! `closed (min_properties = 1) { id(required), gateway_ip: "gatewayIp" (nullable) }`.

use super::super::table::{Field, ObjectTable};
use super::mark::{Said, marks};
use super::reader::Reader;
use super::{Registry, Table};

impl Table for ObjectTable {
    fn registry() -> &'static Registry<Self> {
        static TABLES: Registry<ObjectTable> = Registry::new();
        &TABLES
    }

    fn read(words: &mut Reader) -> Self {
        let name = words.word().unwrap_or_default();
        let closed = words.has_word("closed");
        let whole = marks(words);
        let mut fields = words.list(('{', '}'), field);
        quote(&mut fields);
        Self {
            name,
            fields: fields.leak(),
            closed,
            marks: whole,
        }
    }
}

/// `gateway_ip: "gatewayIp" (nullable)`.
pub(super) fn field(words: &mut Reader) -> Option<Field> {
    let word = words.word()?;
    let name = if words.has(':') {
        words.string()?
    } else {
        word
    };
    Some(Said::read(words).of(name, ""))
}

/// Gives every field its name as JSON text, all in one allocation.
fn quote(fields: &mut [Field]) {
    let mut keys = String::new();
    let ends: Vec<usize> = fields
        .iter()
        .map(|field| {
            keys.push_str(&serde_json::Value::from(field.name).to_string());
            keys.len()
        })
        .collect();
    let keys: &'static str = keys.leak();
    let mut start = 0;
    for (field, end) in fields.iter_mut().zip(ends) {
        field.key = &keys[start..end];
        start = end;
    }
}
