//! Whether a default is a value of its type.

use super::union::Choice;
use super::{Lowering, enumeration, scalar};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::foreign::By;
use crate::ir::{Enum, Format, Ty, TypeId, Value, Width};
use serde_json::Value as Json;

/// How deep a default is looked into.
const DEPTH: usize = 32;

impl Lowering<'_> {
    /// Judges the defaults of components. What refers to one fills it in; where nothing does, it is wrong all the same.
    pub(super) fn component_defaults(&mut self) {
        // To the letter of JSON Schema a default is a note to the reader.
        if self.options.exact {
            return;
        }
        let document = self.document;
        for (_, id) in &document.components.schemas {
            let ty = self.type_of.get(id).copied();
            if let Some(ty) = ty.filter(|_| document.schema(*id).default.is_some()) {
                self.default_of(*id, &Value::plain(Ty::Named(ty)));
            }
        }
    }

    /// Whether the JSON can be read into the value.
    pub(super) fn fits(&mut self, value: &Value, json: &Json) -> bool {
        if json.is_null() {
            return match value.ty {
                Ty::Named(id) if !value.nullable => {
                    let schema = self.whole(self.schema_of[id.0 as usize]);
                    self.is_nullable(schema)
                }
                _ => value.nullable,
            };
        }
        match &value.ty {
            Ty::Json => true,
            Ty::Foreign(id) => match self.api.foreign[id.0 as usize].by {
                By::Text => json.is_string(),
                By::Serde => true,
            },
            Ty::Body | Ty::Stream(_) | Ty::Part(_) => false,
            Ty::Bool => json.is_boolean(),
            Ty::Integer(width) => integer(*width, json),
            Ty::Number => json.is_number(),
            Ty::String => json.is_string(),
            Ty::Text(format) => json.as_str().is_some_and(|text| text_fits(*format, text)),
            Ty::List(item) => json
                .as_array()
                .is_some_and(|items| items.iter().all(|json| self.fits(item, json))),
            Ty::Tuple(places) => json.as_array().is_some_and(|values| {
                (places.least..=places.items.len()).contains(&values.len())
                    && places
                        .items
                        .iter()
                        .zip(values)
                        .all(|(item, json)| self.fits(item, json))
            }),
            Ty::Map(inner) => json
                .as_object()
                .is_some_and(|members| members.values().all(|json| self.fits(inner, json))),
            Ty::Named(id) => self.named_fits(*id, json),
        }
    }

    /// The type's shape may not be known yet, so its schema is asked.
    fn named_fits(&mut self, id: TypeId, json: &Json) -> bool {
        self.accepts(self.schema_of[id.0 as usize], json, 0)
    }

    /// Whether the JSON can be read as what a schema describes.
    fn accepts(&mut self, id: SchemaId, json: &Json, depth: usize) -> bool {
        if depth > DEPTH {
            return false;
        }
        let whole = self.whole(id);
        let chosen = self.choice(id);
        if json.is_null() {
            return chosen.nullable || self.is_nullable(whole);
        }
        match &chosen.choice {
            Choice::Any => true,
            Choice::Same(inner) => self.accepts(*inner, json, depth + 1),
            Choice::Listed(list) => lists(list, json),
            Choice::Union(plan) => plan
                .schemas()
                .any(|variant| self.accepts(variant, json, depth + 1)),
            Choice::None => self.plain_accepts(whole, json, depth),
        }
    }

    fn plain_accepts(&mut self, whole: &Schema, json: &Json, depth: usize) -> bool {
        if let Some(list) = enumeration::listed(whole, self.tree).and_then(|listed| listed.list) {
            return lists(&list, json);
        }
        let mut kinds = whole.types.iter().filter(|kind| **kind != SchemaType::Null);
        let kind = kinds
            .next()
            .copied()
            .or_else(|| super::schema::inferred(whole));
        let ty = match kind {
            None => return true,
            Some(SchemaType::Object) => return self.members_fit(whole, json, depth),
            Some(SchemaType::Array) => {
                let items = json.as_array();
                return items.is_some_and(|items| match whole.items {
                    Some(item) => items.iter().all(|json| self.accepts(item, json, depth + 1)),
                    None => true,
                });
            }
            Some(SchemaType::String) => scalar::string(whole),
            Some(SchemaType::Integer) => scalar::integer(whole, self.options.moments),
            Some(SchemaType::Number) => scalar::number(whole),
            Some(SchemaType::Boolean) => Ty::Bool,
            Some(SchemaType::Null) => return false,
        };
        self.fits(&Value::plain(ty), json)
    }

    fn members_fit(&mut self, whole: &Schema, json: &Json, depth: usize) -> bool {
        let Some(members) = json.as_object() else {
            return false;
        };
        let has_required = whole
            .required
            .iter()
            .all(|required| members.contains_key(&required.name));
        has_required
            && members.iter().all(|(name, json)| {
                let property = whole
                    .properties
                    .iter()
                    .find(|(known, _)| known.name == *name);
                let schema = property.map(|(_, id)| *id).or(whole.additional_properties);
                schema.is_none_or(|id| match self.document.schema(id).boolean {
                    Some(allowed) => allowed,
                    None => self.accepts(id, json, depth + 1),
                })
            })
    }
}

fn lists(list: &Enum, json: &Json) -> bool {
    list.any && json.is_string() || list.variants.iter().any(|variant| variant.value == *json)
}

fn integer(width: Width, json: &Json) -> bool {
    let number = json
        .as_i64()
        .map(i128::from)
        .or_else(|| json.as_u64().map(i128::from));
    let Some(number) = number else { return false };
    let range = match width {
        Width::I8 => i128::from(i8::MIN)..=i128::from(i8::MAX),
        Width::I16 => i128::from(i16::MIN)..=i128::from(i16::MAX),
        Width::I32 => i128::from(i32::MIN)..=i128::from(i32::MAX),
        Width::I64 | Width::Unix(_) => i128::from(i64::MIN)..=i128::from(i64::MAX),
        Width::U8 => 0..=i128::from(u8::MAX),
        Width::U16 => 0..=i128::from(u16::MAX),
        Width::U32 => 0..=i128::from(u32::MAX),
        Width::U64 => 0..=i128::from(u64::MAX),
        Width::I128 => i128::MIN..=i128::MAX,
    };
    range.contains(&number)
}

/// Formats whose text can be checked here; dates are checked by their shape alone.
fn text_fits(format: Format, text: &str) -> bool {
    let digits = |range: std::ops::Range<usize>| {
        text.get(range)
            .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let date = digits(0..4)
        && digits(5..7)
        && digits(8..10)
        && text.get(4..5) == Some("-")
        && text.get(7..8) == Some("-");
    match format {
        Format::Date => date && text.len() == 10,
        Format::DateTime => date && text.len() >= 20 && digits(11..13) && digits(14..16),
        Format::Uuid => {
            text.len() == 36
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    8 | 13 | 18 | 23 => byte == b'-',
                    _ => byte.is_ascii_hexdigit(),
                })
        }
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Base64 | Format::Base64Url => text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/-_=".contains(&byte)),
        Format::Secret => true,
    }
}
