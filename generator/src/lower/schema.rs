//! Schemas → values and types: what a place holds, and what a named type looks like.

use super::merge::PlainReference;
use super::union::Choice;
use super::{Lowering, docs, enumeration, scalar};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::{
    self, Extra, Field, Object, Origin, Places, Rules, Shape, Step, Ty, Type, TypeId, Usage, Value,
};
use crate::source::NodeId;
use std::collections::BTreeSet;

/// Lists in lists in lists: beyond this a value is any JSON.
pub(super) const DEPTH: usize = 64;

/// How many places a tuple has at most.
pub(super) const PLACES: usize = 8;

/// Where an inline schema stands, should it need a name.
#[derive(Clone)]
pub(super) enum Home {
    Type(TypeId),
    Operation(ir::OperationId),
    Shared(String),
}

impl Home {
    fn origin(&self, step: Step) -> Origin {
        match self {
            Self::Type(id) => Origin::Inside(*id, step),
            Self::Operation(id) => Origin::Of(*id, step),
            Self::Shared(name) => Origin::Shared(name.clone(), step),
        }
    }
}

/// What a schema is, before it is known whether it needs a name.
enum Meaning {
    Value(Ty),
    /// It needs a name: a struct or an enum.
    Named,
}

impl Lowering<'_> {
    /// Gives every component schema its type.
    pub(super) fn components(&mut self) {
        let document = self.document;
        let own: BTreeSet<SchemaId> = document
            .components
            .schemas
            .iter()
            .map(|(_, id)| *id)
            .collect();
        for (name, id) in &document.components.schemas {
            // A component that is but a reference out of the components gives what it leads to its name.
            let target = self.end_of_references(*id);
            let named =
                target.filter(|target| !own.contains(target) && !self.type_of.contains_key(target));
            let described = named.unwrap_or(*id);
            let ty = self.add_type(described, Origin::Component(name.name.clone()));
            self.type_of.insert(*id, ty);
            self.type_of.insert(described, ty);
            self.pending.push((described, ty));
        }
        self.drain();
    }

    /// Finds the shapes of all types that wait for theirs. A queue, so that nesting costs no stack.
    pub(super) fn drain(&mut self) {
        let mut next = 0;
        while next < self.pending.len() {
            let (id, ty) = self.pending[next];
            next += 1;
            let shape = self.shape(id, ty);
            self.api.types[ty.0 as usize].shape = shape;
        }
        self.pending.clear();
    }

    fn add_type(&mut self, id: SchemaId, origin: Origin) -> TypeId {
        let schema = self.document.schema(id);
        let pinned = self.extension(schema, "x-rust-name");
        self.schema_of.push(id);
        self.api.types.push(Type {
            at: schema.at,
            origin,
            pinned,
            docs: docs::schema(schema, self.tree),
            shape: Shape::Alias(Value::plain(Ty::Json)),
            checks: Vec::new(),
            usage: Usage::default(),
            nullable: false,
            owner: ir::Owner::default(),
            streams: false,
            same_as: None,
        });
        TypeId((self.api.types.len() - 1) as u32)
    }

    /// Gives the struct of a schema that is also a union its type.
    pub(super) fn add_base(&mut self, id: SchemaId, own: SchemaId) {
        let union = self.type_for(id);
        let step = Step::Variant(0, Some("base".to_owned()));
        let ty = self.add_type(own, Origin::Inside(union, step));
        self.type_of.insert(own, ty);
        self.pending.push((own, ty));
    }

    pub(super) fn extension(&self, schema: &Schema, name: &str) -> Option<String> {
        let extension = schema
            .extensions
            .iter()
            .find(|extension| extension.name == name)?;
        self.tree.str(extension.at).map(str::to_owned)
    }

    /// The value that a schema describes in the place where it stands.
    pub(super) fn value(&mut self, id: SchemaId, home: &Home, step: Step) -> Value {
        self.value_at(id, home, step, 0)
    }

    pub(super) fn value_at(
        &mut self,
        id: SchemaId,
        home: &Home,
        step: Step,
        depth: usize,
    ) -> Value {
        let mut value = self.value_inside(id, home, step, depth);
        value.rules.xml = self.xml_of(id).or(value.rules.xml);
        value
    }

    fn value_inside(&mut self, id: SchemaId, home: &Home, step: Step, depth: usize) -> Value {
        let document = self.document;
        if depth > DEPTH {
            self.degrade(
                document.schema(id).at,
                "lists and maps are nested too deep for a type",
            );
            return Value::plain(Ty::Json);
        }
        if let Some(foreign) = self.foreign_value(id) {
            return foreign;
        }
        if let Some(plain) = self.plain_reference(id)
            && !self.is_own_variant(id)
        {
            return self.referenced_value(plain);
        }
        if let Some(&ty) = self.type_of.get(&id) {
            return Value::plain(Ty::Named(ty));
        }
        if self.options.exact {
            return self.exact_value(id, home, step, depth);
        }
        let schema = self.whole(id);
        let chosen = self.choice(id);
        let nullable = chosen.nullable || self.is_nullable(schema);
        let meaning = match &chosen.choice {
            Choice::Same(target) => {
                let mut value = self.value_at(*target, home, step, depth + 1);
                value.nullable |= nullable;
                return value;
            }
            Choice::Any => Meaning::Value(Ty::Json),
            Choice::Listed(_) | Choice::Union(_) => Meaning::Named,
            Choice::None => self.meaning(schema, home, &step, depth),
        };
        match meaning {
            Meaning::Value(ty) => Value {
                rules: self.rules(schema, &ty, nullable),
                ty,
                nullable,
            },
            Meaning::Named => {
                let ty = self.add_named(id, home, step);
                Value {
                    ty: Ty::Named(ty),
                    nullable,
                    rules: Rules::default(),
                }
            }
        }
    }

    fn referenced_value(&mut self, plain: PlainReference) -> Value {
        Value {
            ty: Ty::Named(self.type_for(plain.target)),
            nullable: plain.nullable,
            rules: plain.rules,
        }
    }

    /// A type for an inline schema.
    pub(super) fn add_named(&mut self, id: SchemaId, home: &Home, step: Step) -> TypeId {
        let ty = self.add_type(id, home.origin(step));
        self.type_of.insert(id, ty);
        self.pending.push((id, ty));
        ty
    }

    /// The type of a schema that something refers to.
    fn type_for(&mut self, id: SchemaId) -> TypeId {
        if let Some(&ty) = self.type_of.get(&id) {
            return ty;
        }
        let words = self.tree.words(self.document.schema(id).at);
        let ty = self.add_type(id, Origin::Component(words));
        self.type_of.insert(id, ty);
        self.pending.push((id, ty));
        ty
    }

    pub(super) fn is_nullable(&self, schema: &Schema) -> bool {
        // A null that is listed is meant, whatever `type` says.
        schema.nullable
            || schema.types.contains(&SchemaType::Null)
            || enumeration::lists_null(schema, self.tree)
    }

    fn meaning(&mut self, schema: &Schema, home: &Home, step: &Step, depth: usize) -> Meaning {
        if enumeration::is_enum(schema, self.tree) && fits_listed(schema) {
            return Meaning::Named;
        }
        let kinds: Vec<SchemaType> = schema
            .types
            .iter()
            .copied()
            .filter(|kind| *kind != SchemaType::Null)
            .collect();
        let kind = match kinds.as_slice() {
            [kind] => Some(*kind),
            [SchemaType::Integer, SchemaType::Number]
            | [SchemaType::Number, SchemaType::Integer] => Some(SchemaType::Number),
            [] => inferred(schema).or_else(|| {
                match enumeration::kinds(schema, self.tree).as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }
            }),
            _ => {
                self.degrade(schema.at, "a value of several kinds becomes any JSON value");
                None
            }
        };
        let deeper = |lowering: &mut Self, id: SchemaId, inner: Step| {
            // An inline item takes its name from where the list stands.
            Box::new(lowering.value_at(id, home, nested(step, inner), depth + 1))
        };
        Meaning::Value(match kind {
            None => Ty::Json,
            Some(SchemaType::Null) => Ty::Json,
            Some(SchemaType::Boolean) => Ty::Bool,
            Some(SchemaType::Integer) => scalar::integer(schema, self.options.moments),
            Some(SchemaType::Number) => scalar::number(schema),
            Some(SchemaType::String) => scalar::string(schema),
            Some(SchemaType::Array) => match self.tuple(schema) {
                Some((places, least)) => Ty::Tuple(Box::new(Places {
                    items: places
                        .iter()
                        .enumerate()
                        .map(|(position, id)| {
                            *deeper(self, *id, Step::Property(format!("item {}", position + 1)))
                        })
                        .collect(),
                    least,
                })),
                None => Ty::List(match self.items(schema) {
                    Some(items) => deeper(self, items, Step::Item),
                    None => Box::new(Value::plain(Ty::Json)),
                }),
            },
            Some(SchemaType::Object) if !schema.properties.is_empty() => return Meaning::Named,
            Some(SchemaType::Object) => match schema.additional_properties {
                Some(id) if self.document.schema(id).boolean.is_none() => {
                    Ty::Map(deeper(self, id, Step::Value))
                }
                Some(id)
                    if self.document.schema(id).boolean == Some(false)
                        && schema.pattern_properties.is_empty() =>
                {
                    return Meaning::Named;
                }
                _ => match self.one_pattern(schema) {
                    Some(id) => Ty::Map(deeper(self, id, Step::Value)),
                    None => Ty::Map(Box::new(Value::plain(Ty::Json))),
                },
            },
        })
    }

    /// What the type of a schema looks like.
    fn shape(&mut self, id: SchemaId, ty: TypeId) -> Shape {
        if self.refuse_cycle(id) {
            return Shape::Alias(Value::plain(Ty::Json));
        }
        if let Some(foreign) = self.foreign_value(id) {
            return Shape::Alias(foreign);
        }
        let home = Home::Type(ty);
        // Who only includes a schema with a discriminator is still one of those that it may be.
        if let Some(plain) = self.plain_reference(id)
            && !self.is_own_variant(id)
        {
            return Shape::Alias(self.referenced_value(plain));
        }
        if self.options.exact {
            return self.exact_shape(id, ty);
        }
        let schema = self.whole(id);
        let docs = &mut self.api.types[ty.0 as usize].docs;
        docs.title = docs.title.take().or_else(|| schema.title.clone());
        docs.description = docs
            .description
            .take()
            .or_else(|| schema.description.clone());
        let chosen = self.choice(id);
        let nullable = chosen.nullable || self.is_nullable(schema);
        let shape = match &chosen.choice {
            Choice::Same(target) => self.same_shape(*target, ty),
            Choice::Any => Shape::Alias(Value::plain(Ty::Json)),
            Choice::Listed(list) => Shape::Enum(list.clone()),
            Choice::Union(plan) => self.union(plan, &home),
            Choice::None => self.plain_shape(schema, ty, nullable),
        };
        match shape {
            Shape::Alias(mut value) => {
                value.nullable |= nullable;
                Shape::Alias(value)
            }
            shape => {
                self.api.types[ty.0 as usize].nullable |= nullable;
                shape
            }
        }
    }

    /// A type that is what another schema says: an alias of its type, if it has one of its own.
    fn same_shape(&mut self, target: SchemaId, ty: TypeId) -> Shape {
        if self.is_only_reference(target) || self.type_of.contains_key(&target) {
            return Shape::Alias(self.value(target, &Home::Type(ty), Step::Value));
        }
        self.type_of.insert(target, ty);
        self.shape(target, ty)
    }

    /// The shape of a schema without a choice.
    fn plain_shape(&mut self, schema: &Schema, ty: TypeId, nullable: bool) -> Shape {
        let home = &Home::Type(ty);
        match self.meaning(schema, home, &Step::Value, 0) {
            Meaning::Value(inner) => Shape::Alias(Value {
                rules: self.rules(schema, &inner, nullable),
                ty: inner,
                nullable: false,
            }),
            Meaning::Named => {
                let listed = enumeration::listed(schema, self.tree).filter(|_| fits_listed(schema));
                match listed.and_then(|listed| listed.list) {
                    Some(list) => {
                        let checks = self.named_checks_of(schema, nullable);
                        self.api.types[ty.0 as usize].checks = checks;
                        Shape::Enum(list)
                    }
                    None => Shape::Object(self.checked_object(schema, home)),
                }
            }
        }
    }

    pub(super) fn object(&mut self, schema: &Schema, home: &Home) -> Object {
        let mut fields = Vec::new();
        let demanded: BTreeSet<&str> = schema.required.iter().map(|name| &*name.name).collect();
        let described = schema.properties.iter().map(|(name, _)| &*name.name);
        let described: BTreeSet<&str> = described.collect();
        for (name, id) in &schema.properties {
            let required = demanded.contains(&*name.name);
            fields.push(self.field(&name.name, *id, required, home));
        }
        for required in &schema.required {
            if !described.contains(&*required.name) {
                let mut field = undeclared(&required.name, required.at);
                let typed = schema.additional_properties;
                if let Some(id) = typed.filter(|id| self.document.schema(*id).boolean.is_none()) {
                    field.value = self.value(id, home, Step::Value);
                }
                fields.push(field);
            }
        }
        let extra = match schema.additional_properties {
            None if self.options.keep_extra => Extra::Kept(Box::new(Value::plain(Ty::Json))),
            None => Extra::Ignored,
            Some(id) => match self.document.schema(id).boolean {
                Some(false) => match self.one_pattern(schema) {
                    Some(id) => Extra::Kept(Box::new(self.value(id, home, Step::Value))),
                    None if schema.pattern_properties.is_empty() => Extra::Forbidden,
                    None => Extra::Kept(Box::new(Value::plain(Ty::Json))),
                },
                Some(true) => Extra::Kept(Box::new(Value::plain(Ty::Json))),
                None => Extra::Kept(Box::new(self.value(id, home, Step::Value))),
            },
        };
        Object {
            fields,
            extra,
            min_properties: schema.min_properties,
            max_properties: schema.max_properties,
            checks: Vec::new(),
            not_sent: Vec::new(),
            as_read: false,
            xml: self.element(schema, home),
            is_header: false,
        }
    }

    /// The places of a list that has no others, and how many of them must be filled.
    fn tuple(&self, schema: &Schema) -> Option<(Vec<SchemaId>, usize)> {
        let document = self.document;
        let is_never =
            |id: Option<SchemaId>| id.is_some_and(|id| document.schema(id).boolean == Some(false));
        let mut places = schema.prefix_items.clone();
        let most = schema.max_items.and_then(|most| usize::try_from(most).ok());
        let is_closed = is_never(schema.items)
            || is_never(schema.unevaluated_items)
            || most.is_some_and(|most| most <= places.len());
        places.truncate(most.unwrap_or(usize::MAX));
        let least = schema.min_items.unwrap_or(0);
        let least = usize::try_from(least).map_or(places.len(), |least| least.min(places.len()));
        (is_closed && (1..=PLACES).contains(&places.len())).then_some((places, least))
    }

    /// The schema of every item of a list, if it is one.
    fn items(&mut self, schema: &Schema) -> Option<SchemaId> {
        let document = self.document;
        let Some(first) = schema.prefix_items.first() else {
            return schema.items;
        };
        let target = self.target(*first);
        let mut others = schema.prefix_items.iter().chain(&schema.items);
        let same = others.all(|id| self.target(*id) == target);
        let is_open = schema
            .items
            .is_none_or(|id| document.schema(id).boolean.is_some());
        (same && !is_open).then_some(*first)
    }

    /// The schema of all members that `patternProperties` speaks of, if it is one. (Which names they may have is checked.)
    fn one_pattern(&mut self, schema: &Schema) -> Option<SchemaId> {
        let document = self.document;
        let is_open = schema
            .additional_properties
            .is_some_and(|id| document.schema(id).boolean == Some(true));
        let (_, first) = schema.pattern_properties.first().filter(|_| !is_open)?;
        let target = self.target(*first);
        let mut others = schema.pattern_properties.iter().skip(1);
        let same = others.all(|(_, id)| {
            *id == *first || self.is_only_reference(*id) && self.target(*id) == target
        });
        (same && document.schema(*first).boolean.is_none()).then_some(*first)
    }

    fn field(&mut self, wire: &str, id: SchemaId, required: bool, home: &Home) -> Field {
        let document = self.document;
        let value = self.value(id, home, Step::Property(wire.to_owned()));
        let schema = document.schema(id);
        let whole = self.whole(id);
        let default = self.default_of(id, &value);
        Field {
            at: schema.at,
            wire: wire.to_owned(),
            pinned: self.extension(schema, "x-rust-name"),
            docs: self.described(id),
            value,
            required,
            default,
            read_only: whole.read_only,
            write_only: whole.write_only,
            boxed: false,
        }
    }

    /// A place's own words, else what the schema it refers to says of itself.
    pub(super) fn described(&mut self, id: SchemaId) -> ir::Docs {
        let document = self.document;
        let mut docs = docs::schema(document.schema(id), self.tree);
        docs.deprecated = document.schema(id).deprecated;
        docs
    }

    /// The default of a place: its own, or that of the schema it refers to.
    pub(super) fn default_of(&mut self, id: SchemaId, value: &Value) -> Option<serde_json::Value> {
        let node = self.whole(id).default?;
        let json = self.tree.json(node);
        let objection = if self.fits(value, &json) {
            Some(&json)
                .filter(|json| !json.is_null())
                .and_then(|json| self.objection(id, json))
        } else {
            Some("it is of another kind".to_owned())
        };
        let Some(objection) = objection else {
            return Some(json);
        };
        if self.reported.insert((node, code::UNUSABLE_DEFAULT.id)) {
            self.diagnostics.report(
                Diagnostic::new(
                    code::UNUSABLE_DEFAULT,
                    Place::Node(node),
                    format!("the default is no value of its schema: {objection}"),
                )
                .label("not filled in")
                .help("correct the default, or the type"),
            );
        }
        None
    }

    pub(super) fn degrade(&mut self, at: NodeId, message: &str) {
        if self.reported.insert((at, code::DEGRADED_SCHEMA.id)) {
            self.diagnostics.report(
                Diagnostic::new(code::DEGRADED_SCHEMA, Place::Node(at), message)
                    .label("wider in Rust than here")
                    .help("nothing is lost on the wire; the value has to be taken apart by hand"),
            );
        }
    }
}

/// Whether the listed values are of the type that the schema names, if it names one.
fn fits_listed(schema: &Schema) -> bool {
    schema.types.iter().all(|kind| {
        matches!(
            kind,
            SchemaType::String | SchemaType::Integer | SchemaType::Number | SchemaType::Null
        )
    })
}

/// The kind that a schema without `type` is about.
pub(super) fn inferred(schema: &Schema) -> Option<SchemaType> {
    if !schema.properties.is_empty()
        || schema.additional_properties.is_some()
        || !schema.pattern_properties.is_empty()
    {
        Some(SchemaType::Object)
    } else if schema.items.is_some() || !schema.prefix_items.is_empty() {
        Some(SchemaType::Array)
    } else {
        None
    }
}

/// A member that is required and not described.
fn undeclared(wire: &str, at: NodeId) -> Field {
    Field {
        at,
        wire: wire.to_owned(),
        pinned: None,
        docs: ir::Docs::default(),
        value: Value {
            ty: Ty::Json,
            nullable: false,
            rules: Rules::default(),
        },
        required: true,
        default: None,
        read_only: false,
        write_only: false,
        boxed: false,
    }
}

/// The step of an item: that of its list, which is the better name.
pub(super) fn nested(outer: &Step, inner: Step) -> Step {
    match (outer, &inner) {
        (Step::Property(name), Step::Item | Step::Value) => Step::Property(name.clone()),
        (Step::Parameter(name), Step::Item | Step::Value) => Step::Parameter(name.clone()),
        (Step::Body | Step::Response(_), Step::Item) => inner,
        (Step::Value, Step::Item) => Step::Item,
        _ => inner,
    }
}
