//! Parts of multipart bodies that are bytes: they become bodies, which go piece by piece.

use super::Lowering;
use super::media::Kind;
use super::part_header::has_headers;
use super::schema::{Home, PLACES};
use crate::document::{Encoding, SchemaId, SchemaType};
use crate::ir::{
    Codec, Media, Operation, OperationId, Origin, Parameter, Places, Shape, Step, Ty, TypeId,
    Value, media_word,
};
use std::collections::BTreeSet;

/// How deep parts of parts go.
const LEVELS: usize = 4;

/// Aliases that may lead to an object.
const STEPS: usize = 16;

/// A multipart body of an object: where it stands, and its type.
struct Whole {
    operation: usize,
    media: usize,
    ty: TypeId,
    step: Step,
    /// Whether any part of it has documented header fields.
    has_headers: bool,
}

impl<'a> Lowering<'a> {
    /// Makes the members of multipart bodies that are bytes bodies of their own.
    pub(super) fn bodies_of_parts(&mut self) {
        let (mut wholes, mut others) = (Vec::new(), BTreeSet::new());
        for (position, operation) in self.api.operations.iter().enumerate() {
            for (index, media) in operation.media().enumerate() {
                if media.codec != Codec::Multipart {
                    others.extend(named(&media.value));
                } else if let Some((ty, direct)) = self.object_of(&media.value) {
                    if !direct {
                        others.insert(ty);
                    }
                    let step = step(operation, index, media);
                    wholes.push(Whole {
                        has_headers: has_headers(&media.encoding),
                        operation: position,
                        media: index,
                        ty,
                        step,
                    });
                }
            }
            let headers = operation
                .responses
                .iter()
                .flat_map(|response| &response.headers);
            for parameter in operation.parameters.iter().chain(headers) {
                others.extend(named(&parameter.value));
            }
        }
        for ty in &self.api.types {
            ty.shape
                .each_value(&mut |value| others.extend(named(value)));
        }
        // Fields of headers are of one body alone: it has a type of its own where that has other uses.
        let users = |ty: TypeId| wholes.iter().filter(move |whole| whole.ty == ty);
        let shared = wholes
            .iter()
            .map(|whole| whole.ty)
            .filter(|ty| users(*ty).count() > 1 && users(*ty).any(|whole| whole.has_headers));
        others.extend(shared.collect::<Vec<_>>());
        let mut done: BTreeSet<TypeId> = BTreeSet::new();
        for whole in wholes {
            self.bodies(&whole, &others, &mut done);
        }
    }

    fn bodies(&mut self, whole: &Whole, others: &BTreeSet<TypeId>, done: &mut BTreeSet<TypeId>) {
        let operation = &self.api.operations[whole.operation];
        let Some(media) = operation.media().nth(whole.media) else {
            return;
        };
        let said: Vec<String> = media
            .encoding
            .iter()
            .filter(|encoding| encoding.content_type.as_deref().is_some_and(is_structured))
            .map(|encoding| encoding.name.clone())
            .collect();
        let headed: Vec<(String, Vec<Parameter>)> = media
            .encoding
            .iter()
            .filter(|encoding| !encoding.headers.is_empty())
            .map(|encoding| (encoding.name.clone(), encoding.headers.clone()))
            .collect();
        let schema = self.whole(self.schema_of[whole.ty.0 as usize]);
        let mut bodies = Vec::new();
        for (name, id) in &schema.properties {
            // A format of bytes is one whatever the media type; no type at all is what the media type says.
            if (!said.contains(&name.name) || self.is_binary(*id))
                && let Some(value) = self.body_of(*id)
            {
                bodies.push((name.name.as_str(), value));
            }
        }
        if bodies.is_empty() && headed.is_empty() {
            return;
        }
        // Elsewhere the same schema is JSON, where bytes are a string.
        let mut ty = whole.ty;
        if others.contains(&ty) {
            let mut own = self.api.ty(ty).clone();
            own.origin = Origin::Of(OperationId(whole.operation as u32), whole.step.clone());
            own.pinned = None;
            self.schema_of.push(self.schema_of[ty.0 as usize]);
            self.api.types.push(own);
            ty = TypeId(self.api.types.len() as u32 - 1);
            let operation = &mut self.api.operations[whole.operation];
            if let Some(media) = operation.media_mut().nth(whole.media) {
                media.value = Value::plain(Ty::Named(ty));
            }
        } else if !done.insert(ty) {
            return;
        }
        let Shape::Object(object) = &mut self.api.types[ty.0 as usize].shape else {
            return;
        };
        for (name, value) in bodies {
            for field in object.fields.iter_mut().filter(|field| field.wire == name) {
                field.value = value.clone();
                field.default = None;
            }
        }
        for (name, headers) in headed {
            self.headed_member(ty, &name, &headers);
        }
    }

    /// Puts the fields of its header beside a member, or beside each of its items: a list is several parts.
    fn headed_member(&mut self, ty: TypeId, name: &str, headers: &[Parameter]) {
        let Shape::Object(object) = &self.api.types[ty.0 as usize].shape else {
            return self.unplaced(headers);
        };
        let mut fields = object.fields.iter();
        let Some(position) = fields.position(|field| field.wire == name) else {
            return self.unplaced(headers);
        };
        let mut value = object.fields[position].value.clone();
        let origin = Origin::Inside(ty, Step::Property(format!("{name} headers")));
        match &mut value.ty {
            Ty::List(inner) => self.headed(inner, headers, origin),
            _ => self.headed(&mut value, headers, origin),
        }
        if let Shape::Object(object) = &mut self.api.types[ty.0 as usize].shape {
            object.fields[position].value = value;
            object.fields[position].default = None;
        }
    }

    /// The object that a value is, and whether it is so without an alias.
    fn object_of(&self, value: &Value) -> Option<(TypeId, bool)> {
        let mut value = value;
        for step in 0..STEPS {
            let Ty::Named(id) = value.ty else {
                return None;
            };
            match &self.api.ty(id).shape {
                Shape::Object(_) => return Some((id, step == 0)),
                Shape::Alias(target) => value = target,
                _ => return None,
            }
        }
        None
    }

    /// Whether a schema, or that of its items, says that it is bytes.
    fn is_binary(&mut self, id: SchemaId) -> bool {
        let items = self.whole(id).items;
        self.kind(id) == Kind::Bytes || items.is_some_and(|items| self.kind(items) == Kind::Bytes)
    }

    /// Parts by position, each of a type of its own; `None` where the document has further ones, or too many. As everywhere, a
    /// schema that names some has no others.
    pub(super) fn places_of_parts(
        &mut self,
        schema: SchemaId,
        encodings: (&'a [Encoding], Option<&'a Encoding>),
        home: &Home,
        step: &Step,
    ) -> Option<Value> {
        self.places_inside(schema, encodings, home, step, LEVELS)
    }

    fn places_inside(
        &mut self,
        schema: SchemaId,
        (prefix, item): (&'a [Encoding], Option<&'a Encoding>),
        home: &Home,
        step: &Step,
        levels: usize,
    ) -> Option<Value> {
        let levels = levels.checked_sub(1)?;
        let whole = self.whole(schema);
        let further = whole.items.map(|items| self.document.schema(items).boolean);
        let count = whole.prefix_items.len();
        if further.is_some_and(|boolean| boolean != Some(false)) || !(1..=PLACES).contains(&count) {
            return None;
        }
        let least = whole.min_items.unwrap_or(0);
        let least = usize::try_from(least).map_or(count, |least| least.min(count));
        let mut items = Vec::with_capacity(count);
        for (position, id) in whole.prefix_items.iter().enumerate() {
            let encoding = prefix.get(position).or(item);
            let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
            let step =
                super::schema::nested(step, Step::Property(format!("part {}", position + 1)));
            let inside = encoding
                .filter(|_| content_type.is_some_and(is_multipart))
                .map(|encoding| {
                    (
                        &*encoding.prefix_encoding,
                        encoding.item_encoding.as_deref(),
                    )
                });
            let parts =
                inside.and_then(|inside| self.places_inside(*id, inside, home, &step, levels));
            let is_bytes = matches!(self.kind(*id), Kind::Bytes)
                || self.kind(*id) == Kind::Nothing && !content_type.is_some_and(is_structured);
            items.push(match parts {
                Some(parts) => parts,
                None if inside.is_none() && is_bytes => Value::plain(Ty::Body),
                None => self.value(*id, home, step),
            });
        }
        Some(Value::plain(Ty::Tuple(Box::new(Places { items, least }))))
    }

    /// The body, or the list of them, that a schema of bytes is in a part.
    pub(super) fn body_of(&mut self, id: SchemaId) -> Option<Value> {
        if matches!(self.kind(id), Kind::Bytes | Kind::Nothing) {
            return Some(Value::plain(Ty::Body));
        }
        let whole = self.whole(id);
        let is_list = whole.types.is_empty() || whole.types.contains(&SchemaType::Array);
        let items = whole.items.filter(|_| is_list)?;
        let bytes = matches!(self.kind(items), Kind::Bytes | Kind::Nothing);
        bytes.then(|| {
            let mut rules = super::scalar::rules(whole);
            rules.unique_items = false;
            Value {
                rules,
                ..Value::plain(Ty::List(Box::new(Value::plain(Ty::Body))))
            }
        })
    }
}

/// Whether a part is a value in each of these media types, which it may have.
fn is_structured(media_types: &str) -> bool {
    const ENDS: &[&str] = &["/json", "+json", "/xml", "+xml"];
    media_types.split(',').all(|name| {
        let essence = name.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        ENDS.iter().any(|end| essence.ends_with(end))
    })
}

/// Whether the parts of a part are meant.
fn is_multipart(media_types: &str) -> bool {
    let kind = media_types.trim_start().get(..10);
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("multipart/"))
}

fn named(value: &Value) -> Option<TypeId> {
    let mut value = value;
    loop {
        match &value.ty {
            Ty::List(inner) | Ty::Map(inner) | Ty::Stream(inner) => value = inner,
            Ty::Named(id) => return Some(*id),
            _ => return None,
        }
    }
}

fn step(operation: &Operation, index: usize, media: &Media) -> Step {
    let bodies = operation.body.as_ref().map_or(0, |body| body.media.len());
    let word = || media_word(media.media_types.first().map_or("", String::as_str));
    if index < bodies {
        return match index {
            0 => Step::Body,
            _ => Step::BodyOf(word()),
        };
    }
    let answers = operation
        .responses
        .iter()
        .filter(|response| response.media.is_some());
    match answers.into_iter().nth(index - bodies) {
        Some(response) => Step::Representation(response.status, word()),
        None => Step::Body,
    }
}
