//! Bodies: each media type of a `content` with its codec and its value.

use super::schema::Home;
use super::{Lowering, docs};
use crate::document::{MediaType, Named, Or, SchemaId, SchemaType};
use crate::ir::{Codec, Media, Shape, Step, Ty, Value, media_word};

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
        for (position, (name, or)) in content.iter().enumerate() {
            // The first inline schema is called after its place alone, further ones after their media type too.
            let word = media_word(&name.name);
            let step = step((position > 0).then_some(word.as_str()));
            let Some(media) = self.medium(name, or, home, step) else {
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
        name: &'a Named,
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
        let codec = match (codec(&name.name), kind) {
            (Some(codec), _) => codec,
            // A media type without a codec of its own is what its schema says: bytes, or a text.
            (None, Kind::Nothing | Kind::Bytes) => Codec::Bytes,
            (None, Kind::Text) if !is_range(&name.name) => Codec::Text,
            (None, Kind::Text) => Codec::Bytes,
            (None, Kind::Other) if is_range(&name.name) => Codec::Json,
            (None, Kind::Other) => {
                self.degrade(
                    name.at,
                    "a body of this media type becomes its bytes, as they come",
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
            self.degrade(name.at, "a text of this schema is read and written as JSON");
            codec = Codec::Json;
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
            media_types: vec![name.name.clone()],
            codec,
            encoding: self.encodings(media, codec),
            value,
            examples: docs::examples(&examples, self.tree),
        })
    }

    /// A body that is a form, parts, XML, or a stream of items.
    fn coded(
        &mut self,
        name: &'a Named,
        media: &'a MediaType,
        home: &Home,
        step: &Step,
    ) -> Option<Media> {
        let codec = streamed(&name.name, media)?;
        let schema = media.schema.or(media.item_schema);
        let kind = schema.map_or(Kind::Nothing, |schema| self.kind(schema));
        let value = match (codec, schema) {
            // Text and bytes of XML are the caller's to understand.
            (Codec::Xml, _) if kind != Kind::Other => return None,
            (Codec::Form, None) => Value::plain(Ty::Map(Box::new(Value::plain(Ty::String)))),
            (Codec::Form | Codec::Xml, _) if kind == Kind::Text => return None,
            (Codec::Form, Some(schema)) => self.value(schema, home, step.clone()),
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
                    self.degrade(whole.at, "parts of several kinds by position become bodies");
                    Value::plain(Ty::List(Box::new(Value::plain(Ty::Body))))
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
            media_types: vec![name.name.clone()],
            codec,
            encoding: self.encodings(media, codec),
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
        !matches!(
            ty,
            Ty::List(_)
                | Ty::Tuple(_)
                | Ty::Map(_)
                | Ty::Json
                | Ty::Body
                | Ty::Stream(_)
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

fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn is_range(media_type: &str) -> bool {
    essence(media_type).ends_with("/*")
}

/// How a media type is read and written; `None` where its schema has to say.
fn codec(media_type: &str) -> Option<Codec> {
    let essence = essence(media_type);
    let (kind, sub) = essence.split_once('/')?;
    match (kind, sub) {
        (_, "json") => Some(Codec::Json),
        (_, sub) if sub.ends_with("+json") => Some(Codec::Json),
        ("text", "event-stream" | "xml" | "*") => None,
        ("text", _) => Some(Codec::Text),
        ("application", "octet-stream" | "pdf" | "zip" | "gzip") => Some(Codec::Bytes),
        ("image" | "audio" | "video" | "font", _) => Some(Codec::Bytes),
        _ => None,
    }
}

/// The codec of a form, of parts, of XML, or of a stream of items.
fn streamed(media_type: &str, media: &MediaType) -> Option<Codec> {
    let essence = essence(media_type);
    let (kind, sub) = essence.split_once('/')?;
    Some(match (kind, sub) {
        ("application", "x-www-form-urlencoded") => Codec::Form,
        ("multipart", _) if media.schema.is_none() && media.item_schema.is_some() => Codec::Parts,
        ("multipart", _) => Codec::Multipart,
        ("text", "event-stream") => Codec::Events,
        (_, "jsonl" | "x-jsonl" | "ndjson" | "x-ndjson" | "json-lines" | "jsonlines") => {
            Codec::Lines
        }
        (_, "json-seq") => Codec::Sequence,
        (_, sub) if sub.ends_with("+json-seq") => Codec::Sequence,
        ("application" | "text", "xml") => Codec::Xml,
        (_, sub) if sub.ends_with("+xml") => Codec::Xml,
        _ => return None,
    })
}
