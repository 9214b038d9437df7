//! Parts of multipart bodies that are bytes: they become bodies, which go piece by piece.

use super::Lowering;
use super::media::Kind;
use crate::document::{SchemaId, SchemaType};
use crate::ir::{
    Codec, Media, Operation, OperationId, Origin, Shape, Step, Ty, TypeId, Value, media_word,
};
use std::collections::BTreeSet;

/// Aliases that may lead to an object.
const STEPS: usize = 16;

/// A multipart body of an object: where it stands, and its type.
struct Whole {
    operation: usize,
    media: usize,
    ty: TypeId,
    step: Step,
}

impl Lowering<'_> {
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
            .filter(|encoding| encoding.content_type.as_deref().is_some_and(is_text))
            .map(|encoding| encoding.name.clone())
            .collect();
        let schema = self.whole(self.schema_of[whole.ty.0 as usize]);
        let mut bodies = Vec::new();
        for (name, id) in &schema.properties {
            if !said.contains(&name.name)
                && let Some(value) = self.body_of(*id)
            {
                bodies.push((name.name.as_str(), value));
            }
        }
        if bodies.is_empty() {
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

/// Whether a part of one of these media types is a value after all.
fn is_text(media_types: &str) -> bool {
    let first = media_types
        .split([',', ';'])
        .next()
        .unwrap_or_default()
        .trim();
    let first = first.to_ascii_lowercase();
    ["/json", "+json", "/xml", "+xml"]
        .iter()
        .any(|end| first.ends_with(end))
        || first.starts_with("text/")
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
