//! What the macros call: serde for every shape, generic in the format and in nothing else.

use super::capture::captured;
use super::json::{self, DEPTH, ReadOptions, Seen, exact_integer, fill_default, position};
use super::operation::{OperationTable, ToOperation};
use super::shape::{Expected, Held, Integer, List, Map, Object, Shape, Slot, Text, Union, View};
use super::table::Field;
use super::union::{self, Tag};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use std::fmt;
use std::str::FromStr;

pub use super::validate::validate;

/// One of a list, by a seed.
#[must_use]
pub fn sample<T>(values: &'static [T], seed: u64) -> &'static T {
    &values[(seed % values.len().max(1) as u64) as usize]
}

/// The value of a list that is written as a text.
pub fn listed<T: Clone>(values: &'static [T], text_of: fn(&T) -> &str, text: &str) -> Option<T> {
    values.iter().find(|value| text_of(value) == text).cloned()
}

/// Reads a text into its place.
///
/// # Errors
///
/// What was expected.
pub fn parse<T: FromStr<Err = Expected>>(place: &mut T, text: &str) -> Result<(), Expected> {
    *place = text.parse()?;
    Ok(())
}

/// Reads a number into its place.
///
/// # Errors
///
/// What was expected.
pub fn number<T: TryFrom<i64, Error = Expected>>(
    place: &mut T,
    number: i128,
) -> Result<(), Expected> {
    let number = i64::try_from(number).map_err(|_| Expected("an integer of 64 bits"))?;
    *place = T::try_from(number)?;
    Ok(())
}

/// The tables of a document's operations, from lists of some of them.
#[must_use]
pub fn operations(groups: &[&[ToOperation]]) -> Vec<&'static OperationTable> {
    let operations = groups.iter().copied().flatten();
    operations.map(|operation| operation()).collect()
}

/// Writes a value in any format.
///
/// # Errors
///
/// The format's own, and more levels than JSON is written with.
pub fn write<T: Shape, S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    serialize(value.view(), to)
}

/// Reads a value from any self-describing format.
///
/// # Errors
///
/// The format's own, and what the value does not accept.
pub fn read<'de, T: Shape, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut value = T::empty();
    deserialize(value.slot(), from)?;
    Ok(value)
}

/// Writes a view in any format.
///
/// # Errors
///
/// The format's own, and more levels than JSON is written with.
fn serialize<S: Serializer>(view: View<'_>, to: S) -> Result<S::Ok, S::Error> {
    Written { view, depth: DEPTH }.serialize(to)
}

/// Reads a place from any self-describing format.
///
/// # Errors
///
/// The format's own, and what the place does not accept.
fn deserialize<'de, D: Deserializer<'de>>(slot: Slot<'_>, from: D) -> Result<(), D::Error> {
    Place {
        slot,
        nullable: true,
        depth: DEPTH,
    }
    .deserialize(from)
}

#[derive(Clone, Copy)]
struct Written<'a> {
    view: View<'a>,
    depth: u16,
}

impl Written<'_> {
    fn deeper<E: serde::ser::Error>(&self) -> Result<u16, E> {
        self.depth
            .checked_sub(1)
            .ok_or_else(|| E::custom("too many levels"))
    }

    /// The active variant, with its tag.
    fn union<S: Serializer>(&self, union: &dyn Union, to: S) -> Result<S::Ok, S::Error> {
        let view = union.active().1;
        match (union::tag(union), view) {
            (Tag::Missing(name, tag), View::Object(object)) => {
                object_to(object, Some((name, tag)), self.deeper()?, to)
            }
            (Tag::Wrong(name), _) => Err(S::Error::custom(format_args!(
                "the tag `{name}` is not that of the variant"
            ))),
            _ => Written { view, ..*self }.serialize(to),
        }
    }
}

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Bool(value) => to.serialize_bool(value),
            View::Integer(integer) => match (
                i64::try_from(integer.number()),
                u64::try_from(integer.number()),
            ) {
                (Ok(number), _) => to.serialize_i64(number),
                (_, Ok(number)) => to.serialize_u64(number),
                _ => to.serialize_i128(integer.number()),
            },
            View::I64(number) => to.serialize_i64(number),
            View::F32(number) if number.is_finite() => to.serialize_f32(number),
            View::F64(number) if number.is_finite() => to.serialize_f64(number),
            View::F32(_) | View::F64(_) => Err(S::Error::custom("a number that is not finite")),
            View::String(text) => to.serialize_str(text),
            View::Text(text) => match text.as_str() {
                Some(text) => to.serialize_str(text),
                None => {
                    let mut out = String::new();
                    text.write(&mut out);
                    to.serialize_str(&out)
                }
            },
            View::Object(object) => object_to(object, None, self.deeper()?, to),
            View::List(list) => {
                let depth = self.deeper()?;
                let mut to = to.serialize_seq(Some(list.len()))?;
                for view in (0..list.len()).filter_map(|position| list.get(position)) {
                    to.serialize_element(&Written { view, depth })?;
                }
                to.end()
            }
            View::Map(map) => {
                let depth = self.deeper()?;
                let mut to = to.serialize_map(Some(map.len()))?;
                members_to::<S>(map, depth, &mut to)?;
                to.end()
            }
            View::Optional(place) => match place.held() {
                Held::Value(view) => to.serialize_some(&Written {
                    view,
                    depth: self.depth,
                }),
                Held::Nothing | Held::Null => to.serialize_none(),
            },
            View::Union(union) => self.union(union, to),
            View::Json(value) => value.serialize(to),
            View::Stream(_) => Err(S::Error::custom("a stream")),
        }
    }
}

/// The members that are written: all but the optional ones that are absent.
fn present<'a>(object: &'a dyn Object) -> impl Iterator<Item = (&'static Field, View<'a>)> {
    let fields = object.table().fields.iter().enumerate();
    fields.filter_map(move |(position, field)| match object.view(position) {
        View::Optional(place) if !field.required && matches!(place.held(), Held::Nothing) => None,
        view => Some((field, view)),
    })
}

fn object_to<S: Serializer>(
    object: &dyn Object,
    tag: Option<(&str, View<'_>)>,
    depth: u16,
    to: S,
) -> Result<S::Ok, S::Error> {
    let count = present(object).count() + object.extra().map_or(0, Map::len);
    let mut to = to.serialize_map(Some(count + usize::from(tag.is_some())))?;
    if let Some((name, view)) = tag {
        to.serialize_entry(name, &Written { view, depth })?;
    }
    for (field, view) in present(object) {
        to.serialize_entry(field.name, &Written { view, depth })?;
    }
    if let Some(extra) = object.extra() {
        members_to::<S>(extra, depth, &mut to)?;
    }
    to.end()
}

fn members_to<S: Serializer>(
    map: &dyn Map,
    depth: u16,
    to: &mut S::SerializeMap,
) -> Result<(), S::Error> {
    let mut done = Ok(());
    map.visit(&mut |key, view| {
        done = to.serialize_entry(key, &Written { view, depth });
        done.is_ok()
    });
    done
}

struct Place<'a> {
    slot: Slot<'a>,
    nullable: bool,
    depth: u16,
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let deeper = || {
            self.depth
                .checked_sub(1)
                .ok_or_else(|| D::Error::custom("too many levels"))
        };
        match self.slot {
            Slot::Bool(place) => from.deserialize_bool(BoolPlace(place)),
            Slot::Integer(place) => from.deserialize_i64(NumberPlace(NumberSlot::Integer(place))),
            Slot::I64(place) => from.deserialize_i64(NumberPlace(NumberSlot::I64(place))),
            Slot::F32(place) => from.deserialize_f32(NumberPlace(NumberSlot::F32(place))),
            Slot::F64(place) => from.deserialize_f64(NumberPlace(NumberSlot::F64(place))),
            Slot::String(place) => from.deserialize_string(StringPlace(place)),
            Slot::Text(place) => from.deserialize_str(TextPlace(place)),
            Slot::Object(place) => from.deserialize_map(ObjectPlace(place, deeper()?)),
            Slot::List(place) => from.deserialize_seq(ListPlace(place, deeper()?)),
            Slot::Map(place) => from.deserialize_map(MapPlace(place, deeper()?)),
            Slot::Optional(place) if self.nullable => {
                let (mut null, depth) = (false, self.depth);
                from.deserialize_option(OptionPlace {
                    slot: place.fill(),
                    null: &mut null,
                    depth,
                })?;
                if null {
                    place.set_null();
                }
                Ok(())
            }
            // Not null: its value reads what is there, and says what it demands if that is null after all.
            Slot::Optional(place) => Place {
                slot: place.fill(),
                ..self
            }
            .deserialize(from),
            Slot::Union(place) => {
                let text = captured(self.depth, from)?;
                let options = ReadOptions {
                    depth: self.depth,
                    as_read: true,
                    ..ReadOptions::default()
                };
                let read = json::read_into(text.as_bytes(), Slot::Union(place), &options);
                read.map_err(D::Error::custom)
            }
            Slot::Json(place) => {
                *place = serde::Deserialize::deserialize(from)?;
                Ok(())
            }
            Slot::Foreign(place) => {
                let json = serde::Deserialize::deserialize(from)?;
                place.read(json).map_err(D::Error::custom)
            }
            Slot::Stream(_) => Err(D::Error::custom("no value, but a stream")),
        }
    }
}

struct BoolPlace<'a>(&'a mut bool);

impl Visitor<'_> for BoolPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true or false")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        *self.0 = value;
        Ok(())
    }
}

enum NumberSlot<'a> {
    Integer(&'a mut dyn Integer),
    I64(&'a mut i64),
    F32(&'a mut f32),
    F64(&'a mut f64),
}

struct NumberPlace<'a>(NumberSlot<'a>);

impl Visitor<'_> for NumberPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            NumberSlot::Integer(_) | NumberSlot::I64(_) => "an integer",
            NumberSlot::F32(_) | NumberSlot::F64(_) => "a number",
        })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<(), E> {
        self.visit_i128(number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<(), E> {
        self.visit_i128(number.into())
    }

    fn visit_i128<E: Error>(self, number: i128) -> Result<(), E> {
        match self.0 {
            NumberSlot::Integer(place) => place.read(number).map_err(E::custom)?,
            NumberSlot::I64(place) => {
                *place = number
                    .try_into()
                    .map_err(|_| E::custom("an integer of more than 64 bits"))?
            }
            NumberSlot::F32(place) => *place = number as f32,
            NumberSlot::F64(place) => *place = number as f64,
        }
        Ok(())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<(), E> {
        match self.0 {
            NumberSlot::F32(place) if (number as f32).is_finite() => *place = number as f32,
            NumberSlot::F64(place) if number.is_finite() => *place = number,
            NumberSlot::F32(_) | NumberSlot::F64(_) => {
                return Err(E::custom("a number that is not finite"));
            }
            NumberSlot::Integer(_) | NumberSlot::I64(_) => {
                match exact_integer(&format!("{number:?}")) {
                    Some(number) => return self.visit_i128(number),
                    None => return Err(E::invalid_value(Unexpected::Float(number), &self)),
                }
            }
        }
        Ok(())
    }
}

struct StringPlace<'a>(&'a mut String);

impl Visitor<'_> for StringPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        text.clone_into(self.0);
        Ok(())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        *self.0 = text;
        Ok(())
    }
}

struct TextPlace<'a>(&'a mut dyn Text);

impl Visitor<'_> for TextPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.0
            .read(text)
            .map_err(|Expected(expected)| E::custom(format_args!("expected {expected}")))
    }
}

struct OptionPlace<'a> {
    slot: Slot<'a>,
    null: &'a mut bool,
    depth: u16,
}

impl<'de> Visitor<'de> for OptionPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        *self.null = true;
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        *self.null = true;
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        Place {
            slot: self.slot,
            nullable: true,
            depth: self.depth,
        }
        .deserialize(from)
    }
}

struct ListPlace<'a>(&'a mut dyn List, u16);

impl<'de> Visitor<'de> for ListPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        self.0.clear();
        let (least, most) = self.0.bounds();
        let mut count = 0;
        while count < most {
            let item = Item {
                list: self.0,
                depth: self.1,
            };
            if items.next_element_seed(item)?.is_none() {
                break;
            }
            count += 1;
        }
        let is_over = count == most && items.next_element::<IgnoredAny>()?.is_some();
        if count < least || is_over {
            return Err(A::Error::custom("another number of items"));
        }
        Ok(())
    }
}

/// The place after the last item, made when the item is there.
struct Item<'a> {
    list: &'a mut dyn List,
    depth: u16,
}

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        Place {
            slot: self.list.push(),
            nullable: true,
            depth: self.depth,
        }
        .deserialize(from)
    }
}

struct MapPlace<'a>(&'a mut dyn Map, u16);

impl<'de> Visitor<'de> for MapPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        self.0.clear();
        while let Some(key) = members.next_key::<String>()? {
            members.next_value_seed(Place {
                slot: self.0.insert(key),
                nullable: true,
                depth: self.1,
            })?;
        }
        Ok(())
    }
}

struct ObjectPlace<'a>(&'a mut dyn Object, u16);

/// The name of a member: a field's position, or the name itself where it may be kept.
struct Key {
    fields: &'static [Field],
    next: usize,
    keep: bool,
}

enum Member {
    Field(usize),
    Other(String),
}

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Member;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Member, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Member;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Member, E> {
        Ok(match position(self.fields, self.next, name) {
            Some(position) => Member::Field(position),
            None => Member::Other(if self.keep {
                name.to_owned()
            } else {
                String::new()
            }),
        })
    }
}

impl<'de> Visitor<'de> for ObjectPlace<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self(object, depth) = self;
        let fields = object.table().fields;
        let keep = object.extra().is_some();
        let mut seen = Seen::new(fields.len());
        let mut next = 0;
        while let Some(member) = members.next_key_seed(Key { fields, next, keep })? {
            match member {
                Member::Field(position) => {
                    let field = &fields[position];
                    if !seen.add(position) {
                        return Err(Error::duplicate_field(field.name));
                    }
                    let slot = object.slot(position);
                    members.next_value_seed(Place {
                        slot,
                        nullable: field.nullable,
                        depth,
                    })?;
                    next = position + 1;
                }
                Member::Other(name) => match object.extra_slot() {
                    Some(extra) => {
                        members.next_value_seed(Place {
                            slot: extra.insert(name),
                            nullable: true,
                            depth,
                        })?;
                    }
                    None => {
                        members.next_value::<IgnoredAny>()?;
                    }
                },
            }
        }
        absent(object, &seen, depth)
    }
}

/// The members that were not there.
fn absent<E: Error>(object: &mut dyn Object, seen: &Seen, depth: u16) -> Result<(), E> {
    let table = object.table();
    let defaults = !table.is_as_read();
    for (position, field) in table
        .fields
        .iter()
        .enumerate()
        .filter(|(position, _)| !seen.has(*position))
    {
        if field.required {
            return Err(E::missing_field(field.name));
        }
        if let Some(text) = field.default().filter(|_| defaults) {
            fill_default(object, position, text, depth);
        }
    }
    Ok(())
}
