//! `untyped = "exact"`: schemas to the letter of JSON Schema.
//!
//! A schema takes the type that its own `type` names; everything else it says is left to its check. One that names no
//! type, or several, is any JSON value.

use super::check::Said;
use super::schema::{DEPTH, Home, nested};
use super::{Lowering, enumeration};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::{EnumKind, Extra, Rules, Shape, Step, Ty, TypeId, Value, Width};

/// What the one type of a schema is in Rust.
enum Form {
    Value(Ty, Said),
    Enum,
    Object,
}

impl Lowering<'_> {
    /// The value that a schema describes in the place where it stands.
    pub(super) fn exact_value(
        &mut self,
        id: SchemaId,
        home: &Home,
        step: Step,
        depth: usize,
    ) -> Value {
        let document = self.document;
        let schema = document.schema(id);
        let nullable = is_nullable(schema);
        match self.form(schema, home, &step, depth) {
            Form::Value(ty, said) => Value {
                ty,
                nullable,
                rules: self.exact_rules(schema, said),
            },
            _ => {
                let ty = self.add_named(id, home, step);
                Value {
                    ty: Ty::Named(ty),
                    nullable,
                    rules: Rules::default(),
                }
            }
        }
    }

    /// What the type of a schema looks like.
    pub(super) fn exact_shape(&mut self, id: SchemaId, ty: TypeId) -> Shape {
        let document = self.document;
        let schema = document.schema(id);
        let home = Home::Type(ty);
        self.api.types[ty.0 as usize].nullable = is_nullable(schema);
        match self.form(schema, &home, &Step::Value, 0) {
            Form::Value(ty, said) => {
                let rules = self.exact_rules(schema, said);
                Shape::Alias(Value {
                    ty,
                    nullable: is_nullable(schema),
                    rules,
                })
            }
            Form::Enum => {
                let listed = enumeration::listed(schema, self.tree).and_then(|listed| listed.list);
                listed.map_or_else(|| Shape::Alias(Value::plain(Ty::Json)), Shape::Enum)
            }
            Form::Object => self.exact_object(schema, &home),
        }
    }

    fn exact_object(&mut self, schema: &Schema, home: &Home) -> Shape {
        let others = self.others(schema);
        let mut named = schema.clone();
        named.additional_properties = None;
        let mut object = self.object(&named, home);
        for field in &mut object.fields {
            // A default is a note to the reader, no value.
            field.default = None;
        }
        object.extra = Extra::Kept(Box::new(match others {
            Some(id) => self.value(id, home, Step::Value),
            None => Value::plain(Ty::Json),
        }));
        let said = Said {
            kind: true,
            marks: true,
            members: true,
            others: others.is_some(),
            ..Said::default()
        };
        object.checks = self.rest(schema, said, false).into_iter().collect();
        Shape::Object(object)
    }

    /// The type of the members that no property names, where all of them have one.
    fn others(&self, schema: &Schema) -> Option<SchemaId> {
        let others = schema
            .additional_properties
            .filter(|_| schema.pattern_properties.is_empty())?;
        self.document
            .schema(others)
            .boolean
            .is_none()
            .then_some(others)
    }

    fn exact_rules(&mut self, schema: &Schema, said: Said) -> Rules {
        let mut rules = self.marks(schema);
        rules.checks = self.rest(schema, said, false).into_iter().collect();
        rules
    }

    fn form(&mut self, schema: &Schema, home: &Home, step: &Step, depth: usize) -> Form {
        let marks = Said {
            marks: true,
            ..Said::default()
        };
        let typed = Said {
            kind: true,
            ..marks
        };
        let kinds: Vec<SchemaType> = schema
            .types
            .iter()
            .copied()
            .filter(|kind| *kind != SchemaType::Null)
            .collect();
        let [kind] = kinds.as_slice() else {
            return Form::Value(Ty::Json, marks);
        };
        let deeper = |lowering: &mut Self, id: SchemaId, inner: Step| {
            Box::new(lowering.value_at(id, home, nested(step, inner), depth + 1))
        };
        match kind {
            SchemaType::Boolean => Form::Value(Ty::Bool, typed),
            SchemaType::String if self.is_list_of_strings(schema) => Form::Enum,
            SchemaType::String => Form::Value(Ty::String, typed),
            SchemaType::Integer => match width(schema) {
                Some(width) => Form::Value(Ty::Integer(width), typed),
                None => Form::Value(Ty::Json, marks),
            },
            // A double would lose what is beyond it.
            SchemaType::Number | SchemaType::Null => Form::Value(Ty::Json, marks),
            SchemaType::Array => match schema.items {
                Some(items) if schema.prefix_items.is_empty() && depth < DEPTH => {
                    let item = deeper(self, items, Step::Item);
                    Form::Value(
                        Ty::List(item),
                        Said {
                            items: true,
                            ..typed
                        },
                    )
                }
                _ => Form::Value(Ty::List(Box::new(Value::plain(Ty::Json))), typed),
            },
            SchemaType::Object if !schema.properties.is_empty() => Form::Object,
            SchemaType::Object => match self.others(schema).filter(|_| depth < DEPTH) {
                Some(others) => {
                    let value = deeper(self, others, Step::Value);
                    Form::Value(
                        Ty::Map(value),
                        Said {
                            others: true,
                            ..typed
                        },
                    )
                }
                None => Form::Value(Ty::Map(Box::new(Value::plain(Ty::Json))), typed),
            },
        }
    }

    /// Whether a schema lists strings and says nothing else of them: an enum, and a closed one.
    fn is_list_of_strings(&mut self, schema: &Schema) -> bool {
        let mut written = schema.values.iter().flatten().chain(&schema.constant);
        let strings = written.all(|node| self.tree.str(*node).is_some())
            && enumeration::listed(schema, self.tree)
                .and_then(|listed| listed.list)
                .is_some_and(|list| list.kind == EnumKind::String);
        let said = Said {
            kind: true,
            values: true,
            ..Said::default()
        };
        strings && !is_nullable(schema) && self.rest(schema, said, false).is_none()
    }
}

fn is_nullable(schema: &Schema) -> bool {
    schema.types.len() > 1 && schema.types.contains(&SchemaType::Null)
}

/// The type that holds every integer between the bounds.
fn width(schema: &Schema) -> Option<Width> {
    let bound = |bounds: [&Option<String>; 2]| {
        bounds
            .into_iter()
            .flatten()
            .find_map(|bound| bound.parse::<i128>().ok())
    };
    let least = bound([&schema.minimum, &schema.exclusive_minimum])?;
    let most = bound([&schema.maximum, &schema.exclusive_maximum])?;
    let within = |from: i128, to: i128| least >= from && most <= to;
    if within(i64::MIN.into(), i64::MAX.into()) {
        Some(Width::I64)
    } else {
        within(0, u64::MAX.into()).then_some(Width::U64)
    }
}
