//! `enum` and `const`: a list of strings or of integers is an enum; one of several kinds is a choice between such lists;
//! anything else keeps the type of its values.

use crate::document::{Schema, SchemaType};
use crate::ir::{Docs, Enum, EnumKind, EnumVariant};
use crate::source::{NodeId, Tree, Value};
use serde_json::Value as Json;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What a list of values is.
pub(super) struct Listed {
    /// `None` where the values are of several kinds, or of one that no enum stands for.
    pub(super) list: Option<Enum>,
}

/// The values that a schema lists, if it lists any.
pub(super) fn listed(schema: &Schema, tree: &Tree) -> Option<Listed> {
    let mut values = values(schema, tree)?;
    let list = kind_of_enum(&values).map(|kind| {
        let mut seen = BTreeSet::new();
        let is_new: Vec<bool> = values
            .iter()
            .map(|(_, value)| match value {
                Json::String(text) => seen.insert(Cow::Borrowed(text.as_str())),
                other => seen.insert(Cow::Owned(other.to_string())),
            })
            .collect();
        let mut is_new = is_new.into_iter();
        values.retain(|_| is_new.next() == Some(true));
        let variants = values.into_iter().map(|(node, value)| {
            let (pinned, docs) = extended(node, tree);
            EnumVariant {
                value,
                pinned,
                docs,
            }
        });
        Enum {
            kind,
            variants: variants.collect(),
            open: false,
            any: false,
        }
    });
    Some(Listed { list })
}

/// Whether a schema lists values that an enum stands for.
pub(super) fn is_enum(schema: &Schema, tree: &Tree) -> bool {
    values(schema, tree).is_some_and(|values| kind_of_enum(&values).is_some())
}

fn kind_of_enum(values: &[(NodeId, Json)]) -> Option<EnumKind> {
    if values.is_empty() {
        None
    } else if values.iter().all(|(_, json)| json.is_string()) {
        Some(EnumKind::String)
    } else if values.iter().all(|(_, json)| json.is_i64()) {
        Some(EnumKind::Integer)
    } else {
        None
    }
}

/// Whether null is among the values that a schema lists.
pub(super) fn lists_null(schema: &Schema, tree: &Tree) -> bool {
    let listed = schema.values.iter().flatten().chain(&schema.constant);
    let mut listed = listed.filter(|node| matches!(tree.value(**node), Value::Null));
    listed.next().is_some()
}

/// The kinds of the listed values, null left aside, in the order of their first values.
pub(super) fn kinds(schema: &Schema, tree: &Tree) -> Vec<SchemaType> {
    let mut kinds: Vec<SchemaType> = Vec::new();
    for (_, value) in values(schema, tree).unwrap_or_default() {
        let kind = kind(&value);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    // Integers among other numbers are numbers.
    if kinds.contains(&SchemaType::Number) {
        kinds.retain(|kind| *kind != SchemaType::Integer);
    }
    kinds
}

/// Whether the listed values are of several kinds, or the types are more than the kinds of the values.
pub(super) fn is_mixed(schema: &Schema, tree: &Tree) -> bool {
    let mut nodes = schema.values.iter().flatten();
    let kind = |node: &NodeId| std::mem::discriminant(&tree.value(*node));
    let null = std::mem::discriminant(&Value::Null);
    let mut kinds = nodes.by_ref().map(kind).filter(|kind| *kind != null);
    let Some(first) = kinds.next() else {
        return false;
    };
    let several = kinds.any(|kind| kind != first);
    let types = schema.types.iter();
    let types = types.filter(|kind| **kind != SchemaType::Null).count();
    // One type makes values of one kind of them, whatever they are written as.
    types != 1 && (several || types > 1)
}

/// What remains of a list of several kinds for one of them.
pub(super) fn of_kind(schema: &Schema, tree: &Tree, kind_wanted: SchemaType) -> Vec<NodeId> {
    let values = values(schema, tree).unwrap_or_default().into_iter();
    let wanted = |json: &Json| {
        let kind = kind(json);
        kind == kind_wanted || kind == SchemaType::Integer && kind_wanted == SchemaType::Number
    };
    values
        .filter(|(_, json)| wanted(json))
        .map(|(node, _)| node)
        .collect()
}

fn kind(json: &Json) -> SchemaType {
    match json {
        Json::Null => SchemaType::Null,
        Json::Bool(_) => SchemaType::Boolean,
        Json::Number(number) if number.is_f64() => SchemaType::Number,
        Json::Number(_) => SchemaType::Integer,
        Json::String(_) => SchemaType::String,
        Json::Array(_) => SchemaType::Array,
        Json::Object(_) => SchemaType::Object,
    }
}

/// The listed values but null, as values of the schema's type where that is evidently meant: YAML reads `enum: [1, on]`
/// as numbers and booleans, whatever `type: string` says beside it. Values of no type of the schema's are none.
fn values(schema: &Schema, tree: &Tree) -> Option<Vec<(NodeId, Json)>> {
    let nodes = match (&schema.values, schema.constant) {
        (_, Some(constant)) => vec![constant],
        (Some(values), None) => values.clone(),
        (None, None) => return None,
    };
    let nodes: Vec<NodeId> = nodes
        .into_iter()
        .filter(|node| !matches!(tree.value(*node), Value::Null))
        .collect();
    let kinds: Vec<SchemaType> = schema
        .types
        .iter()
        .copied()
        .filter(|kind| *kind != SchemaType::Null)
        .collect();
    let all = |meant: &dyn Fn(NodeId) -> Option<Json>| -> Vec<(NodeId, Json)> {
        let values = nodes.iter();
        values
            .filter_map(|node| Some((*node, meant(*node)?)))
            .collect()
    };
    let meant = match kinds.as_slice() {
        [] => return Some(all(&|node| Some(tree.json(node)))),
        [SchemaType::String] => all(&|node| as_string(tree, node)),
        [SchemaType::Integer | SchemaType::Number] => all(&|node| as_number(tree, node)),
        _ => all(&|node| Some(tree.json(node)).filter(|json| fits(&kinds, json))),
    };
    Some(if meant.is_empty() {
        all(&|node| Some(tree.json(node)))
    } else {
        meant
    })
}

fn fits(kinds: &[SchemaType], json: &Json) -> bool {
    let kind = kind(json);
    kinds.contains(&kind) || kind == SchemaType::Integer && kinds.contains(&SchemaType::Number)
}

fn as_string(tree: &Tree, node: NodeId) -> Option<Json> {
    match tree.value(node) {
        Value::String(text) | Value::Number(text) => Some(text.into()),
        Value::Bool(value) => Some(value.to_string().into()),
        _ => None,
    }
}

fn as_number(tree: &Tree, node: NodeId) -> Option<Json> {
    match tree.value(node) {
        Value::Number(_) => Some(tree.json(node)),
        Value::String(text) => text.trim().parse::<i64>().ok().map(Json::from),
        _ => None,
    }
}

/// `x-enum-varnames` and `x-enum-descriptions`, which many documents carry, of the list that the value stands in.
fn extended(value: NodeId, tree: &Tree) -> (Option<String>, Docs) {
    let schema = tree.parent(value).and_then(|list| tree.parent(list));
    let text = |names: &[&str]| {
        let schema = schema?;
        let texts = names.iter().find_map(|name| tree.get(schema, name))?;
        // By position, or by value.
        let text = match tree.value(texts) {
            Value::List(items) => *items.get(tree.position(value))?,
            _ => tree.get(texts, &written(tree, value)?)?,
        };
        tree.str(text).map(str::to_owned)
    };
    let pinned = text(&["x-enum-varnames", "x-enumNames", "x-enum-names"]);
    let description = text(&[
        "x-enum-descriptions",
        "x-enumDescriptions",
        "x-enum-description",
    ]);
    (
        pinned,
        Docs {
            description,
            ..Docs::default()
        },
    )
}

fn written(tree: &Tree, value: NodeId) -> Option<String> {
    match tree.value(value) {
        Value::String(text) | Value::Number(text) => Some(text.to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
