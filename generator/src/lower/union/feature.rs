//! What can be told of a value that a schema accepts, without reading it: its kind, its members, its constants.

use super::super::{Lowering, enumeration};
use super::Choice;
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::Enum;
use crate::source::NodeId;
use std::collections::BTreeSet;
use std::rc::Rc;

pub(super) const BOOL: u8 = 1;
pub(super) const INTEGER: u8 = 2;
/// A number that is no integer.
pub(super) const FRACTION: u8 = 4;
pub(super) const STRING: u8 = 8;
pub(super) const LIST: u8 = 16;
pub(super) const OBJECT: u8 = 32;

/// A value that a member may be fixed to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Constant {
    Text(String),
    Integer(i64),
    Bool(bool),
}

#[derive(Clone, Debug, Default)]
pub(in super::super) struct Features {
    /// The kinds of its values, a bit each; null left aside.
    pub(super) kinds: u8,
    /// Every value is accepted.
    pub(super) any: bool,
    /// The members that its objects are described with, in the document's order.
    pub(super) members: Vec<Member>,
    /// No other member is allowed.
    pub(super) closed: bool,
    /// The values, where they are listed.
    pub(super) listed: Option<BTreeSet<Constant>>,
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) values: Option<BTreeSet<Constant>>,
}

impl Features {
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }

    pub(super) fn is_object(&self) -> bool {
        self.any || self.kinds & OBJECT != 0
    }

    pub(super) fn requires(&self, name: &str) -> bool {
        self.member(name).is_some_and(|member| member.required)
    }

    /// What holds of a value of one or the other.
    fn or(self, other: &Self) -> Self {
        let mut members: Vec<Member> = Vec::new();
        for member in self.members.iter().chain(&other.members) {
            if members.iter().any(|known| known.name == member.name) {
                continue;
            }
            let both = (self.member(&member.name), other.member(&member.name));
            members.push(match both {
                (Some(one), Some(another)) => Member {
                    name: member.name.clone(),
                    required: one.required && another.required,
                    values: one
                        .values
                        .as_ref()
                        .zip(another.values.as_ref())
                        .map(|(one, another)| one | another),
                },
                // An object that is no such variant at all needs no member of it.
                _ => Member {
                    required: false,
                    ..member.clone()
                },
            });
        }
        Self {
            kinds: self.kinds | other.kinds,
            any: self.any || other.any,
            members,
            closed: self.closed && other.closed,
            listed: self
                .listed
                .as_ref()
                .zip(other.listed.as_ref())
                .map(|(one, another)| one | another),
        }
    }
}

/// The kinds of types; an integer is a number.
pub(super) fn kinds(types: &[SchemaType]) -> u8 {
    types.iter().fold(0, |kinds, kind| {
        kinds
            | match kind {
                SchemaType::Null => 0,
                SchemaType::Boolean => BOOL,
                SchemaType::Integer => INTEGER,
                SchemaType::Number => INTEGER | FRACTION,
                SchemaType::String => STRING,
                SchemaType::Array => LIST,
                SchemaType::Object => OBJECT,
            }
    })
}

impl<'a> Lowering<'a> {
    pub(super) fn features(&mut self, id: SchemaId) -> Rc<Features> {
        if let Some(known) = self.choices.features.get(&id) {
            return Rc::clone(known);
        }
        let features = Rc::new(self.look(id));
        // What is still being decided is not known yet.
        if !self.choices.open.contains(&id) {
            self.choices.features.insert(id, Rc::clone(&features));
        }
        features
    }

    fn look(&mut self, id: SchemaId) -> Features {
        let chosen = self.choice(id);
        match &chosen.choice {
            Choice::Any => Features {
                any: true,
                ..Features::default()
            },
            Choice::Same(inner) => (*self.features(*inner)).clone(),
            Choice::Listed(list) => of_list(list),
            Choice::Union(plan) => {
                let mut branches = plan.branches().map(|branch| &branch.features);
                let first = branches.next().map(|first| (**first).clone());
                branches.fold(first.unwrap_or_default(), |all, features| all.or(features))
            }
            Choice::None => {
                let whole = self.whole(id);
                self.of_schema(whole)
            }
        }
    }

    fn of_schema(&mut self, whole: &'a Schema) -> Features {
        if let Some(list) = enumeration::listed(whole, self.tree).and_then(|listed| listed.list) {
            return of_list(&list);
        }
        let mut features = Features {
            kinds: kinds(&whole.types),
            ..Features::default()
        };
        if let Some(values) = self.constants(whole) {
            for value in &values {
                features.kinds |= match value {
                    Constant::Text(_) => STRING,
                    Constant::Integer(_) => INTEGER,
                    Constant::Bool(_) => BOOL,
                };
            }
            features.listed = Some(values);
        }
        if features.kinds == 0 {
            match super::super::schema::inferred(whole) {
                Some(kind) => features.kinds = kinds(&[kind]),
                None if !whole.required.is_empty() => features.kinds = OBJECT,
                None => features.any = true,
            }
        }
        if features.kinds & OBJECT == 0 {
            return features;
        }
        for (name, property) in &whole.properties {
            let values = self.constants_of(*property);
            features.members.push(Member {
                name: name.name.clone(),
                required: false,
                values,
            });
        }
        for required in &whole.required {
            match features
                .members
                .iter_mut()
                .find(|member| member.name == required.name)
            {
                Some(member) => member.required = true,
                None => features.members.push(Member {
                    name: required.name.clone(),
                    required: true,
                    values: None,
                }),
            }
        }
        let is_false = |id: SchemaId| self.document.schema(id).boolean == Some(false);
        features.closed = whole.additional_properties.is_some_and(is_false);
        features
    }

    /// The constants that a member is one of.
    pub(super) fn constants_of(&mut self, property: SchemaId) -> Option<BTreeSet<Constant>> {
        let whole = self.whole(property);
        if self.is_nullable(whole) {
            return None;
        }
        match (whole.one_of.as_slice(), whole.any_of.as_slice()) {
            ([], []) => self.constants(whole),
            ([only], []) | ([], [only]) => {
                let only = self.whole(*only);
                self.constants(only)
            }
            _ => None,
        }
    }

    /// The constants that a member of a schema is one of where it is not null.
    pub(super) fn constants_beside_null(
        &mut self,
        id: SchemaId,
        name: &str,
    ) -> Option<BTreeSet<Constant>> {
        let properties = &self.whole(id).properties;
        let (_, property) = properties.iter().find(|(known, _)| known.name == name)?;
        let whole = self.whole(*property);
        let listed = whole.values.iter().flatten().chain(&whole.constant);
        let listed: BTreeSet<Constant> = listed
            .filter_map(|node| constant(&self.tree.json(*node)))
            .collect();
        Some(listed).filter(|listed| !listed.is_empty())
    }

    fn constants(&self, whole: &Schema) -> Option<BTreeSet<Constant>> {
        let nodes: Vec<NodeId> = match (&whole.constant, &whole.values) {
            (Some(constant), _) => vec![*constant],
            (None, Some(values)) => values.clone(),
            (None, None) => return None,
        };
        nodes
            .into_iter()
            .map(|node| constant(&self.tree.json(node)))
            .collect()
    }
}

fn of_list(list: &Enum) -> Features {
    let values: Option<BTreeSet<Constant>> = list
        .variants
        .iter()
        .map(|variant| constant(&variant.value))
        .collect();
    Features {
        kinds: match list.kind {
            crate::ir::EnumKind::String => STRING,
            crate::ir::EnumKind::Integer => INTEGER,
        },
        listed: values.filter(|_| !list.any),
        ..Features::default()
    }
}

fn constant(value: &serde_json::Value) -> Option<Constant> {
    Some(match value {
        serde_json::Value::String(text) => Constant::Text(text.clone()),
        serde_json::Value::Bool(value) => Constant::Bool(*value),
        serde_json::Value::Number(number) => Constant::Integer(number.as_i64()?),
        _ => return None,
    })
}
