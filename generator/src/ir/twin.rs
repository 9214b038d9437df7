//! Inline types that are one type: each but the first of a module points at it, and is emitted as its alias.
//!
//! Two types are the same if the wire, the rules and the docs of their members are, whatever their order; what is said of the
//! types themselves and their examples may differ. Components stay what they are: an inline type may be the same as one, two of them may not.
//! Which of several is the first depends on where each stands, never on the order of the document.

use super::{
    Api, CheckId, Docs, Enum, EnumVariant, Extra, Field, Object, Origin, Owner, Rules, Shape, Step,
    Ty, Type, TypeId, Union, UnionVariant, Value, Width, Xml,
};
use std::collections::BTreeMap;

/// Fills in [`Type::same_as`].
pub(super) fn twins(api: &mut Api) {
    let inner: Vec<Vec<TypeId>> = api
        .types
        .iter()
        .map(|ty| inline_parts(api, &ty.shape))
        .collect();
    let mut outer: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    for (position, parts) in inner.iter().enumerate() {
        for part in parts {
            outer[part.0 as usize].push(TypeId(position as u32));
        }
    }
    let mut waiting: Vec<usize> = inner.iter().map(Vec::len).collect();
    let mut level: Vec<TypeId> = ids(api).filter(|id| waiting[id.0 as usize] == 0).collect();
    let mut same: Vec<TypeId> = ids(api).collect();
    let mut class_of: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let mut classes: Vec<Vec<TypeId>> = Vec::new();
    // Level by level from the innermost, so that what a type holds has been compared before it; types in a circle of inline
    // ones never come up, and stay what they are.
    while !level.is_empty() {
        let mut grown = Vec::new();
        for id in &level {
            let class = *class_of
                .entry(signature(api, *id, &same))
                .or_insert(classes.len());
            if class == classes.len() {
                classes.push(Vec::new());
            }
            classes[class].push(*id);
            grown.push(class);
        }
        grown.sort_unstable();
        grown.dedup();
        for class in grown.into_iter().filter(|class| classes[*class].len() > 1) {
            let first = first(api, &classes[class]);
            for id in &classes[class] {
                if same[id.0 as usize] == *id && is_inline(api.ty(*id)) {
                    same[id.0 as usize] = first;
                }
            }
        }
        let mut next = Vec::new();
        for id in level.iter().flat_map(|id| &outer[id.0 as usize]) {
            waiting[id.0 as usize] -= 1;
            if waiting[id.0 as usize] == 0 {
                next.push(*id);
            }
        }
        level = next;
    }
    for class in classes.iter().filter(|class| class.len() > 1) {
        let first = first(api, class);
        for id in class {
            let ty = &mut api.types[id.0 as usize];
            let emitted = !matches!(ty.shape, Shape::Alias(_));
            ty.same_as = (*id != first && is_inline(ty) && emitted).then_some(first);
        }
    }
}

fn ids(api: &Api) -> impl Iterator<Item = TypeId> + use<> {
    (0..api.types.len() as u32).map(TypeId)
}

fn is_inline(ty: &Type) -> bool {
    !matches!(ty.origin, Origin::Component(_))
}

/// The inline types that a type is made of.
fn inline_parts(api: &Api, shape: &Shape) -> Vec<TypeId> {
    let mut found = Vec::new();
    shape.each_value(&mut |value| {
        let mut work = vec![value];
        while let Some(value) = work.pop() {
            match &value.ty {
                Ty::Named(id) if is_inline(api.ty(*id)) => found.push(*id),
                other => work.extend(other.inner().iter().rev()),
            }
        }
    });
    found
}

/// The one of a class that is emitted: by the priority of names, then by how deep it stands, then by its place in words.
fn first(api: &Api, class: &[TypeId]) -> TypeId {
    let rank = |id: &TypeId| {
        let ty = api.ty(*id);
        let named = if ty.pinned.is_some() && is_inline(ty) {
            1
        } else {
            2 * u8::from(is_inline(ty))
        };
        let place = place(api, &ty.origin);
        (named, place.len(), place, *id)
    };
    class
        .iter()
        .min_by_key(|id| rank(id))
        .copied()
        .unwrap_or(TypeId(0))
}

/// The steps to where a type stands, innermost first.
fn place(api: &Api, origin: &Origin) -> Vec<String> {
    let mut steps = Vec::new();
    let mut at = origin;
    // A chain is no longer than there are types.
    for _ in 0..=api.types.len() {
        match at {
            Origin::Component(key) => steps.push(key.clone()),
            Origin::Shared(key, step) => steps.extend([step_name(step), key.clone()]),
            Origin::Of(operation, step) => {
                let operation = api.operation(*operation);
                let name = operation.id.clone().unwrap_or_else(|| {
                    [operation.method.as_str(), &operation.route.text].join(" ")
                });
                steps.extend([step_name(step), name]);
            }
            Origin::Inside(parent, step) => {
                steps.push(step_name(step));
                at = &api.ty(*parent).origin;
                continue;
            }
            Origin::Input(of) | Origin::Patch(of) => {
                steps.push("input or patch".to_owned());
                at = &api.ty(*of).origin;
                continue;
            }
        }
        break;
    }
    steps
}

fn step_name(step: &Step) -> String {
    match step {
        Step::Property(name) | Step::Parameter(name) => name.clone(),
        Step::Variant(_, Some(name)) => name.clone(),
        other => format!("{other:?}"),
    }
}

/// Everything of a type that decides whether another one is the same, as bytes.
fn signature(api: &Api, id: TypeId, same: &[TypeId]) -> Vec<u8> {
    let ty = api.ty(id);
    let mut signature = Signature {
        bytes: Vec::new(),
        same,
    };
    signature.owner(ty.owner);
    signature.checks(&ty.checks);
    signature.shape(&ty.shape);
    signature.bytes
}

/// What makes two parts the same, written down.
pub(super) struct Signature<'a> {
    pub(super) bytes: Vec<u8>,
    pub(super) same: &'a [TypeId],
}

impl Signature<'_> {
    pub(super) fn number(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.bytes.push(u8::from(flag));
    }

    pub(super) fn maybe<T>(&mut self, part: Option<&T>, write: impl FnOnce(&mut Self, &T)) {
        self.flag(part.is_some());
        if let Some(part) = part {
            write(self, part);
        }
    }

    pub(super) fn json(&mut self, json: &serde_json::Value) {
        self.text(&json.to_string());
    }

    fn owner(&mut self, owner: Owner) {
        self.number(match owner {
            Owner::Shared => 0,
            Owner::Unreached => 1,
            Owner::Group(group) => 2 + u64::from(group.0),
        });
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Object(object) => self.object(object),
            Shape::Enum(listed) => self.listed(listed),
            Shape::Union(union) => self.union(union),
            Shape::Alias(value) => {
                self.bytes.push(b'a');
                self.value(value);
            }
        }
    }

    fn object(&mut self, object: &Object) {
        let Object {
            fields,
            extra,
            min_properties,
            max_properties,
            checks,
            not_sent,
            as_read: _,
            xml,
            is_header,
        } = object;
        self.checks(checks);
        self.number(not_sent.len() as u64);
        for name in not_sent {
            self.text(name);
        }
        self.bytes.push(if *is_header { b'h' } else { b'o' });
        self.number(fields.len() as u64);
        // The order of members is none of an object's meaning.
        let mut fields: Vec<&Field> = fields.iter().collect();
        fields.sort_by(|a, b| a.wire.cmp(&b.wire));
        for field in fields {
            self.field(field);
        }
        match extra {
            Extra::Ignored => self.bytes.push(0),
            Extra::Forbidden => self.bytes.push(1),
            Extra::Kept(value) => {
                self.bytes.push(2);
                self.value(value);
            }
        }
        self.maybe(min_properties.as_ref(), |to, number| to.number(*number));
        self.maybe(max_properties.as_ref(), |to, number| to.number(*number));
        self.xml(xml.as_ref());
    }

    fn field(&mut self, field: &Field) {
        let Field {
            at: _,
            wire,
            pinned,
            docs,
            value,
            required,
            default,
            read_only,
            write_only,
            boxed: _,
        } = field;
        self.text(wire);
        self.maybe(pinned.as_ref(), |to, name| to.text(name));
        self.docs(docs);
        self.value(value);
        self.maybe(default.as_ref(), Self::json);
        for flag in [required, read_only, write_only] {
            self.flag(*flag);
        }
    }

    fn listed(&mut self, listed: &Enum) {
        let Enum {
            kind,
            variants,
            open,
            any,
        } = listed;
        self.bytes
            .extend([b'e', *kind as u8, u8::from(*open), u8::from(*any)]);
        self.number(variants.len() as u64);
        let mut variants: Vec<(String, &EnumVariant)> = variants
            .iter()
            .map(|variant| (variant.value.to_string(), variant))
            .collect();
        variants.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (
            value,
            EnumVariant {
                value: _,
                pinned,
                docs,
            },
        ) in variants
        {
            self.text(&value);
            self.maybe(pinned.as_ref(), |to, name| to.text(name));
            self.docs(docs);
        }
    }

    fn union(&mut self, union: &Union) {
        let Union {
            variants,
            tag,
            several,
            open,
            mixed,
            empty: _,
        } = union;
        self.bytes
            .extend([b'u', *several as u8, u8::from(*open), u8::from(*mixed)]);
        self.maybe(tag.as_ref(), |to, tag| to.text(tag));
        self.number(variants.len() as u64);
        for UnionVariant {
            at: _,
            name,
            value,
            docs,
            accepts,
            member,
            boxed: _,
        } in variants
        {
            self.maybe(name.as_ref(), |to, name| to.text(name));
            self.value(value);
            self.docs(docs);
            self.number(accepts.len() as u64);
            for accepts in accepts {
                self.text(&format!("{accepts:?}"));
            }
            self.maybe(member.as_ref(), |to, member| to.text(member));
        }
    }

    /// What readers are told, but for examples.
    pub(super) fn docs(&mut self, docs: &Docs) {
        let Docs {
            title,
            description,
            examples: _,
            external,
            deprecated,
        } = docs;
        for text in [title, description] {
            self.maybe(text.as_ref(), |to, text| to.text(text));
        }
        self.maybe(external.as_ref(), |to, (description, url)| {
            to.maybe(description.as_ref(), |to, text| to.text(text));
            to.text(url);
        });
        self.flag(*deprecated);
    }

    pub(super) fn value(&mut self, value: &Value) {
        let mut at = value;
        // Lists of lists of lists are no reason to go deep.
        loop {
            let Value {
                ty,
                nullable,
                rules,
            } = at;
            self.flag(*nullable);
            self.rules(rules);
            at = match ty {
                Ty::List(inner) => {
                    self.bytes.push(b'l');
                    inner
                }
                Ty::Map(inner) => {
                    self.bytes.push(b'm');
                    inner
                }
                Ty::Stream(inner) => {
                    self.bytes.push(b'S');
                    inner
                }
                scalar => return self.scalar(scalar),
            };
        }
    }

    fn scalar(&mut self, ty: &Ty) {
        match ty {
            Ty::Bool => self.bytes.push(b'b'),
            Ty::Integer(width) => self.width(*width),
            Ty::Number => self.bytes.push(b'n'),
            Ty::String => self.bytes.push(b's'),
            Ty::Text(format) => self.bytes.extend([b't', *format as u8]),
            Ty::Named(id) => {
                self.bytes.push(b'N');
                self.number(u64::from(self.same[id.0 as usize].0));
            }
            Ty::Json => self.bytes.push(b'j'),
            Ty::Foreign(id) => {
                self.bytes.push(b'f');
                self.bytes.extend(id.0.to_le_bytes());
            }
            Ty::Body => self.bytes.push(b'B'),
            Ty::Tuple(places) => {
                self.bytes.push(b'u');
                self.number(places.items.len() as u64);
                self.number(places.least as u64);
                places.items.iter().for_each(|item| self.value(item));
            }
            Ty::Part(part) => {
                self.bytes.push(b'p');
                part.iter().for_each(|value| self.value(value));
            }
            // The caller has followed them.
            Ty::List(_) | Ty::Map(_) | Ty::Stream(_) => {}
        }
    }

    fn xml(&mut self, xml: Option<&Xml>) {
        self.maybe(xml, |to, xml| {
            for text in [&xml.name, &xml.namespace, &xml.prefix] {
                to.maybe(text.as_ref(), |to, text| to.text(text));
            }
            to.maybe(xml.node.as_ref(), |to, node| to.text(node));
        });
    }

    fn width(&mut self, width: Width) {
        let (width, ticks) = match width {
            Width::Unix(ticks) => (b'u', ticks as u8),
            Width::I8 => (0, 0),
            Width::I16 => (1, 0),
            Width::I32 => (2, 0),
            Width::I64 => (3, 0),
            Width::U8 => (4, 0),
            Width::U16 => (5, 0),
            Width::U32 => (6, 0),
            Width::U64 => (7, 0),
            Width::I128 => (8, 0),
        };
        self.bytes.extend([b'i', width, ticks]);
    }

    fn checks(&mut self, checks: &[CheckId]) {
        self.number(checks.len() as u64);
        for id in checks {
            self.number(u64::from(id.0));
        }
    }

    fn rules(&mut self, rules: &Rules) {
        if *rules == Rules::default() {
            return self.bytes.push(0);
        }
        let Rules {
            minimum,
            exclusive_minimum,
            maximum,
            exclusive_maximum,
            multiple_of,
            min_length,
            max_length,
            pattern,
            min_items,
            max_items,
            unique_items,
            min_properties,
            max_properties,
            checks,
            xml,
            field,
            sample: _,
        } = rules;
        self.bytes.push(1);
        self.checks(checks);
        let numbers = [
            minimum,
            exclusive_minimum,
            maximum,
            exclusive_maximum,
            multiple_of,
            pattern,
        ];
        self.maybe(field.as_deref(), |to, field| {
            to.flag(field.explode);
            to.maybe(field.content.as_ref(), |to, name| to.text(name));
        });
        for text in numbers {
            self.maybe(text.as_ref(), |to, text| to.text(text));
        }
        let lengths = [
            min_length,
            max_length,
            min_items,
            max_items,
            min_properties,
            max_properties,
        ];
        for length in lengths {
            self.maybe(length.as_ref(), |to, length| to.number(*length));
        }
        self.flag(*unique_items);
        self.xml(xml.as_deref());
    }
}
