//! Bodies: each media type of a `content` with its codec and its value.

use super::media_type::{
    codec, essence, is_any_text, is_open_to_json, is_open_to_text, is_range, meant, streamed,
};
use super::schema::Home;
use super::{Lowering, docs};
use crate::diagnostic::code;
use crate::document::{MediaType, Named, Or, SchemaId, SchemaType};
use crate::ir::foreign::By;
use crate::ir::{Codec, Media, Shape, Step, Ty, Value, media_word};
use crate::source::NodeId;

impl<'a> Lowering<'a> {
    /// The representations of a body, in the document's order; media types that carry the same value in the same way are
    /// one representation.
    pub(super) fn content(
        &mut self,
        content: &'a [(Named, Or<MediaType>)],
        home: &Home,
        step: impl Fn(Option<&str>) -> Step,
    ) -> Vec<Media> {
        let mut found: Vec<Media> = Vec::new();
        let named = content.iter().flat_map(|(name, or)| {
            let meant = meant(&name.name);
            meant.into_iter().map(move |meant| (name.at, meant, or))
        });
        for (position, (at, name, or)) in named.enumerate() {
            // The first inline schema is called after its place alone, further ones after their media type too.
            let word = media_word(&name);
            let step = step((position > 0).then_some(word.as_str()));
            let Some(media) = self.medium(at, &name, or, home, step) else {
                continue;
            };
            let same = |known: &&mut Media| {
                known.codec == media.codec
                    && known.value == media.value
                    && known.encoding == media.encoding
            };
            match found.iter_mut().find(same) {
                Some(known) => merge(known, media),
                None => found.push(media),
            }
        }
        found
    }

    fn medium(
        &mut self,
        at: NodeId,
        name: &str,
        or: &'a Or<MediaType>,
        home: &Home,
        step: Step,
    ) -> Option<Media> {
        let media = self.resolved(or, |components| &components.media_types)?;
        let schema = media.schema.or(media.item_schema);
        if let Some(media) = self.coded(name, media, home, &step) {
            return Some(media);
        }
        let kind = schema.map_or(Kind::Nothing, |schema| self.kind(schema));
        let codec = match (codec(name), kind) {
            (Some(codec), _) => codec,
            // A media type without a codec of its own is what its schema says: bytes, or a text.
            (None, Kind::Nothing | Kind::Bytes) => Codec::Bytes,
            (None, Kind::Text) if !is_range(name) => Codec::Text,
            (None, Kind::Text) => Codec::Bytes,
            // What is sent where the media type is left open has to be of the range.
            (None, Kind::Other) if is_open_to_json(name) => Codec::Json,
            (None, Kind::Other) if is_open_to_text(name) => Codec::Text,
            (None, Kind::Other) => {
                self.note(
                    code::CARRIED_BODY,
                    at,
                    "a body of this media type is carried as its bytes: the schema does not say how they are written",
                );
                Codec::Bytes
            }
        };
        let mut value = match (codec, schema) {
            (Codec::Json | Codec::Text, Some(schema)) => self.value(schema, home, step),
            (Codec::Json, None) => Value::plain(Ty::Json),
            (Codec::Text, None) => Value::plain(Ty::String),
            _ => Value::plain(Ty::Body),
        };
        let mut codec = codec;
        if codec == Codec::Text && !self.is_scalar(&value) {
            if is_any_text(name) {
                self.note(
                    code::CARRIED_BODY,
                    at,
                    "a text of this schema is read and written as JSON",
                );
                codec = Codec::Json;
            } else {
                self.note(
                    code::CARRIED_BODY,
                    at,
                    "a body of this media type is carried as its text: the schema does not say how it is written",
                );
                value = Value::plain(Ty::String);
            }
        }
        if codec == Codec::Text {
            value.nullable = false;
        }
        let named = media.examples.iter().filter_map(|(_, or)| match or {
            Or::Value(example) => example.value,
            Or::Reference(_) => None,
        });
        let examples: Vec<_> = media.example.into_iter().chain(named).collect();
        Some(Media {
            at: media.at,
            media_types: vec![name.to_owned()],
            codec,
            encoding: self.encodings(media, codec, home),
            value,
            examples: docs::examples(&examples, self.tree),
        })
    }

    /// A body that is a form, parts, XML, YAML, or a stream of items.
    fn coded(
        &mut self,
        name: &str,
        media: &'a MediaType,
        home: &Home,
        step: &Step,
    ) -> Option<Media> {
        let codec = streamed(name, media)?;
        let schema = media.schema.or(media.item_schema);
        let kind = schema.map_or(Kind::Nothing, |schema| self.kind(schema));
        let value = match (codec, schema) {
            // Text and bytes of XML and YAML are the caller's to understand.
            (Codec::Xml | Codec::Yaml, _) if kind != Kind::Other => return None,
            (Codec::Form, None) => Value::plain(Ty::Map(Box::new(Value::plain(Ty::String)))),
            (Codec::Form | Codec::Xml, _) if kind == Kind::Text => return None,
            (Codec::Form | Codec::Yaml, Some(schema)) => self.value(schema, home, step.clone()),
            (Codec::Xml, Some(schema)) => {
                let value = self.value(schema, home, step.clone());
                self.root(value)
            }
            (Codec::Multipart, Some(schema)) => {
                let whole = self.whole(schema);
                if whole.prefix_items.is_empty() {
                    self.body_of(schema)
                        .filter(|_| kind == Kind::Other)
                        .unwrap_or_else(|| self.value(schema, home, step.clone()))
                } else {
                    let encodings = (&*media.prefix_encoding, media.item_encoding.as_deref());
                    self.places_of_parts(schema, encodings, home, step)
                        .unwrap_or_else(|| {
                            let message = "parts of several kinds, and further ones after them, become bodies";
                            self.degrade(whole.at, message);
                            Value::plain(Ty::List(Box::new(Value::plain(Ty::Body))))
                        })
                }
            }
            (Codec::Multipart, None) => Value::plain(Ty::Map(Box::new(Value::plain(Ty::Body)))),
            (Codec::Parts, _) => {
                let body = schema.and_then(|schema| self.body_of(schema));
                let item = body.unwrap_or_else(|| self.item(media, home, step));
                Value::plain(Ty::Stream(Box::new(item)))
            }
            _ => Value::plain(Ty::Stream(Box::new(self.item(media, home, step)))),
        };
        let named = media.examples.iter().filter_map(|(_, or)| match or {
            Or::Value(example) => example.value,
            Or::Reference(_) => None,
        });
        let examples: Vec<_> = media.example.into_iter().chain(named).collect();
        Some(Media {
            at: media.at,
            media_types: vec![name.to_owned()],
            codec,
            encoding: self.encodings(media, codec, home),
            value,
            examples: docs::examples(&examples, self.tree),
        })
    }

    /// An item of a stream: what `itemSchema` says, else what the list that is the whole stream has.
    fn item(&mut self, media: &'a MediaType, home: &Home, step: &Step) -> Value {
        let item = media.item_schema.or_else(|| {
            let whole = media.schema?;
            self.whole(whole).items.or(Some(whole))
        });
        match item {
            Some(item) => self.value(item, home, step.clone()),
            None => Value::plain(Ty::Json),
        }
    }

    /// What a schema says of a body that has no codec of its own.
    pub(super) fn kind(&mut self, id: SchemaId) -> Kind {
        let mut id = id;
        for _ in 0..16 {
            if !self.is_only_reference(id) {
                break;
            }
            match self.referenced(id) {
                Some(next) => id = next,
                None => return Kind::Nothing,
            }
        }
        let document = self.document;
        let schema = document.schema(id);
        let mut kinds = schema
            .types
            .iter()
            .filter(|kind| **kind != SchemaType::Null);
        match (kinds.next(), kinds.next()) {
            (Some(SchemaType::String), None) => {
                let format = schema.format.as_ref().map(|format| format.name.as_str());
                if format == Some("binary") {
                    Kind::Bytes
                } else {
                    Kind::Text
                }
            }
            (None, _)
                if schema.properties.is_empty()
                    && schema.all_of.is_empty()
                    && schema.any_of.is_empty()
                    && schema.one_of.is_empty()
                    && schema.reference.is_none()
                    && schema.items.is_none()
                    && schema.values.is_none() =>
            {
                Kind::Nothing
            }
            _ => Kind::Other,
        }
    }

    /// Whether a value is written as one text.
    fn is_scalar(&mut self, value: &Value) -> bool {
        let mut ty = value.ty.clone();
        for _ in 0..16 {
            let Ty::Named(id) = ty else {
                break;
            };
            // The shapes of types that operations bring along are found later: they are asked for now.
            self.drain();
            match &self.api.ty(id).shape {
                Shape::Alias(target) => ty = target.ty.clone(),
                Shape::Enum(_) => return true,
                Shape::Object(_) | Shape::Union(_) => return false,
            }
        }
        if let Ty::Foreign(id) = ty {
            return self.api.foreign[id.0 as usize].by == By::Text;
        }
        !matches!(
            ty,
            Ty::List(_)
                | Ty::Tuple(_)
                | Ty::Map(_)
                | Ty::Json
                | Ty::Body
                | Ty::Stream(_)
                | Ty::Part(_)
                | Ty::Named(_)
        )
    }
}

/// What a schema says of the text or bytes of a body.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Nothing,
    Bytes,
    Text,
    Other,
}

/// One representation under several media types; the codec's usual one goes first.
fn merge(known: &mut Media, more: Media) {
    known.examples.extend(more.examples);
    let usual = match known.codec {
        Codec::Json => "application/json",
        Codec::Text => "text/plain",
        Codec::Form => "application/x-www-form-urlencoded",
        Codec::Multipart => "multipart/form-data",
        Codec::Xml => "application/xml",
        Codec::Yaml => "application/yaml",
        Codec::Lines => "application/jsonl",
        Codec::Sequence => "application/json-seq",
        Codec::Events => "text/event-stream",
        Codec::Parts => "multipart/mixed",
        Codec::Bytes => "application/octet-stream",
    };
    for name in more.media_types {
        if essence(&name) == usual
            && !known
                .media_types
                .iter()
                .any(|known| essence(known) == usual)
        {
            known.media_types.insert(0, name);
        } else if !known.media_types.contains(&name) {
            known.media_types.push(name);
        }
    }
}
