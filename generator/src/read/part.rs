//! A part of the tree as serde's deserializer: nothing is copied on the way to a type that implements `Deserialize`.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::source::{NodeId, Tree, Value};

/// Levels of nesting that are handed over: serde recurses.
const DEEPEST: usize = 32;

/// A value of the tree, an object with some of its fields, or an object without any.
#[derive(Clone, Copy)]
pub(super) enum Part<'a> {
    Value(&'a Tree, NodeId),
    Fields(&'a Tree, NodeId, &'a [&'a str], Option<&'a str>),
    Empty,
}

impl<'a> Part<'a> {
    /// The object at a node with these fields only, and perhaps one more that is an empty object. `None` where it is nested
    /// deeper than any such object is.
    pub(super) fn object(
        tree: &'a Tree,
        node: NodeId,
        fields: &'a [&'a str],
        more: Option<&'a str>,
    ) -> Option<Self> {
        let taken = tree.entries(node).iter();
        let taken = taken.filter(|entry| fields.contains(&&*entry.key));
        let mut work: Vec<(NodeId, usize)> = taken.map(|entry| (entry.value, 0)).collect();
        while let Some((node, depth)) = work.pop() {
            if depth > DEEPEST {
                return None;
            }
            match tree.value(node) {
                Value::List(items) => work.extend(items.iter().map(|item| (*item, depth + 1))),
                Value::Map(entries) => {
                    work.extend(entries.iter().map(|entry| (entry.value, depth + 1)));
                }
                _ => {}
            }
        }
        Some(Self::Fields(tree, node, fields, more))
    }
}

impl<'de> IntoDeserializer<'de, Error> for Part<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let (tree, node) = match self {
            Self::Value(tree, node) => (tree, node),
            Self::Empty => {
                let none = std::iter::empty::<(&str, Self)>();
                return visitor.visit_map(MapDeserializer::new(none));
            }
            Self::Fields(tree, node, fields, more) => {
                let own = tree.entries(node).iter();
                let own = own.filter(|entry| fields.contains(&&*entry.key));
                let own = own.map(|entry| (&*entry.key, Self::Value(tree, entry.value)));
                let more = more.into_iter().map(|key| (key, Self::Empty));
                return visitor.visit_map(MapDeserializer::new(own.chain(more)));
            }
        };
        match tree.value(node) {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Number(text) => number(text, visitor),
            Value::List(items) => {
                let items = items.iter().map(|item| Self::Value(tree, *item));
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Value::Map(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|entry| (&*entry.key, Self::Value(tree, entry.value)));
                visitor.visit_map(MapDeserializer::new(entries))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Value(tree, node) if matches!(tree.value(node), Value::Null) => {
                visitor.visit_none()
            }
            part => visitor.visit_some(part),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// A word; no enum of an object without children has anything else.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let word = match self {
            Self::Value(tree, node) => tree.str(node),
            _ => None,
        };
        visitor.visit_enum(word.unwrap_or_default().into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

fn number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    if let Ok(value) = text.parse::<u64>() {
        return visitor.visit_u64(value);
    }
    match text.parse::<i64>() {
        Ok(value) => visitor.visit_i64(value),
        Err(_) => visitor.visit_f64(text.parse().unwrap_or_default()),
    }
}
