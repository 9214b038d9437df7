//! The parts of a multipart body into a place.

use super::super::body::Body;
use super::super::charset;
use super::super::content::{self, Named, first_variant, malformed};
use super::super::foreign;
use super::super::header;
use super::super::json::{Malformed, ReadOptions};
use super::super::media_type;
use super::super::operation::{Encoding, Media};
use super::super::part::{BODY, HEADERS, is_part};
use super::super::shape::{Expected, List, Map, Object, Slot};
use super::super::style::{self, Raw, absent, percent_encoded};
use super::super::table::Field;
use super::parse::{Fault, Head, Parser, Rest};
use super::write::{manner, named};
use super::{BYTES, by_position, is_multipart};
use bytes::{Bytes, BytesMut};
use http::HeaderName;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll};

/// How deep multipart bodies nest.
const LEVELS: u8 = 4;

/// A part that came.
struct Part {
    head: Head,
    /// Taken by the place that it goes to.
    body: Content,
}

enum Content {
    Held(Bytes),
    Streamed(Option<Body>),
}

/// How many bytes of a body are held.
#[derive(Clone, Copy)]
pub struct Held {
    /// So many before the last part that is needed is given away although it is not here yet, where it is a body.
    pub early: usize,
    /// So many at most.
    pub most: usize,
}

impl Held {
    /// As much as that, and nothing is given away before.
    pub fn all(most: usize) -> Self {
        Self { early: most, most }
    }
}

/// The parts of a body, to be read into a place.
pub struct Collected(Vec<Part>);

impl Collected {
    /// Waits for the parts of a body.
    ///
    /// # Errors
    ///
    /// The body breaks off, or is too large.
    pub async fn of(
        media_type: &str,
        body: Body,
        wanted: &Wanted,
        held: Held,
    ) -> Result<Self, Fault> {
        let parser = Parser::new(media_type, body)?;
        Ok(Self(collected(parser, wanted, held).await?))
    }

    /// Reads them into the place that they were collected for.
    ///
    /// # Errors
    ///
    /// They are not what the place demands.
    pub fn read(
        mut self,
        encodings: &'static [Encoding],
        slot: Slot<'_>,
        options: &ReadOptions,
    ) -> Result<(), Box<Malformed>> {
        let reader = Reader {
            options,
            levels: LEVELS,
        };
        reader.whole(&mut self.0, encodings, slot)
    }
}

/// What a place has for parts that come piece by piece.
#[derive(Default)]
pub struct Wanted {
    /// The members that are bodies.
    bodies: Vec<&'static str>,
    /// The members that have to be there.
    required: Vec<&'static str>,
}

impl Wanted {
    /// What a place has; it is filled later.
    #[must_use]
    pub fn of(slot: Slot<'_>) -> Self {
        match slot {
            Slot::Optional(optional) => Self::of(optional.fill()),
            Slot::Object(object) => {
                let fields = object.table().fields;
                let mut wanted = Self::default();
                for (position, field) in fields.iter().enumerate() {
                    if is_body(object.slot(position)) {
                        wanted.bodies.push(field.name);
                    }
                    if field.required && field.default().is_none() {
                        wanted.required.push(field.name);
                    }
                }
                wanted
            }
            _ => Self::default(),
        }
    }

    /// Whether a part may be given away although it is not here yet: it is the last that is needed.
    fn streams(&self, head: &Head, parts: &[Part]) -> bool {
        let name = head.name.as_deref();
        let here = |wanted: &&str| {
            let mut names = parts.iter().map(|part| part.head.name.as_deref());
            name == Some(*wanted) || names.any(|known| known == Some(*wanted))
        };
        self.bodies.iter().any(|body| name == Some(*body)) && self.required.iter().all(here)
    }
}

/// Whether a place holds a body, or a list of them.
fn is_body(slot: Slot<'_>) -> bool {
    match slot {
        Slot::Optional(optional) => is_body(optional.fill()),
        Slot::List(list) => {
            let body = is_body(list.push());
            list.clear();
            body
        }
        Slot::Object(object) => is_part(object) && is_body(object.slot(BODY)),
        slot => matches!(slot, Slot::Stream(_)),
    }
}

async fn collected(mut parser: Parser, wanted: &Wanted, limit: Held) -> Result<Vec<Part>, Fault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut held = 0;
    while let Some(head) = parser.part().await? {
        let mut bytes = BytesMut::new();
        loop {
            let Some(chunk) = parser.chunk().await? else {
                held += bytes.len();
                let body = Content::Held(bytes.freeze());
                parts.push(Part { head, body });
                break;
            };
            bytes.extend_from_slice(&chunk);
            let length = held + bytes.len();
            if length <= limit.early {
                continue;
            }
            if !wanted.streams(&head, &parts) {
                if length <= limit.most {
                    continue;
                }
                return Err(Fault::TooLarge);
            }
            let begun = Some(bytes.freeze());
            let body = Content::Streamed(Some(Body::new(Rest { begun, parser })));
            parts.push(Part { head, body });
            return Ok(parts);
        }
    }
    Ok(parts)
}

type Read = Result<(), Box<Malformed>>;

fn fault(expected: &'static str) -> Box<Malformed> {
    Box::new(malformed(expected))
}

struct Reader<'a> {
    options: &'a ReadOptions,
    levels: u8,
}

/// The parts of a stream, each held when it is given.
pub struct Parts {
    media: &'static Media,
    position: usize,
    limit: usize,
    state: State,
}

type Next = (Parser, Result<Option<(Head, Bytes)>, Fault>);

enum State {
    Idle(Parser),
    Busy(Pin<Box<dyn Future<Output = Next> + Send + Sync>>),
    Done,
}

/// A part of a stream.
pub struct Came {
    part: Part,
    encoding: Option<&'static Encoding>,
}

impl Parts {
    /// The parts of a body, of so many bytes each at most.
    ///
    /// # Errors
    ///
    /// The media type names no boundary.
    pub fn new(media: &'static Media, body: Body, limit: usize) -> Result<Self, Fault> {
        let media_type = body.media_type().unwrap_or_default().to_owned();
        Ok(Self {
            media,
            position: 0,
            limit,
            state: State::Idle(Parser::new(&media_type, body)?),
        })
    }

    /// Parts of so many bytes at most from now on.
    pub fn limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// The next part; `None` after the last one.
    ///
    /// # Errors
    ///
    /// It is too long, or the body breaks off.
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Result<Option<Came>, Fault>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Done => return Poll::Ready(Ok(None)),
                State::Idle(parser) => {
                    self.state = State::Busy(Box::pin(next(parser, self.limit)));
                }
                State::Busy(mut busy) => {
                    let Poll::Ready((parser, next)) = busy.as_mut().poll(cx) else {
                        self.state = State::Busy(busy);
                        return Poll::Pending;
                    };
                    let Some((head, bytes)) = next? else {
                        return Poll::Ready(Ok(None));
                    };
                    self.state = State::Idle(parser);
                    let encoding = by_position(self.media.encoding, self.position);
                    self.position += 1;
                    let body = Content::Held(bytes);
                    let part = Part { head, body };
                    return Poll::Ready(Ok(Some(Came { part, encoding })));
                }
            }
        }
    }
}

async fn next(mut parser: Parser, limit: usize) -> Next {
    let held = held(&mut parser, limit).await;
    (parser, held)
}

async fn held(parser: &mut Parser, limit: usize) -> Result<Option<(Head, Bytes)>, Fault> {
    let Some(head) = parser.part().await? else {
        return Ok(None);
    };
    let mut bytes = BytesMut::new();
    while let Some(chunk) = parser.chunk().await? {
        if bytes.len() + chunk.len() > limit {
            return Err(Fault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some((head, bytes.freeze())))
}

impl Came {
    /// Reads the part into a place.
    ///
    /// # Errors
    ///
    /// It is not what the place demands.
    pub fn read(mut self, slot: Slot<'_>, options: &ReadOptions) -> Result<(), Malformed> {
        let reader = Reader {
            options,
            levels: LEVELS,
        };
        reader
            .value(&mut self.part, self.encoding, slot)
            .map_err(|error| *error)
    }
}

impl Reader<'_> {
    fn whole(&self, parts: &mut [Part], encodings: &'static [Encoding], slot: Slot<'_>) -> Read {
        match slot {
            Slot::Optional(optional) => self.whole(parts, encodings, optional.fill()),
            Slot::Union(union) => {
                let tag = text_of(parts, union.table().tag);
                let json = self.json(parts, encodings)?;
                let seen = Named {
                    tag: &|_| tag.clone(),
                    json: &|| json.clone(),
                    unknown: self.options.unknown,
                };
                first_variant(union, &seen, &mut |slot| self.whole(parts, encodings, slot))
            }
            Slot::Object(object) => self.object(parts, encodings, object),
            Slot::Map(map) => {
                map.clear();
                self.others(parts, encodings, map, &|_| false)
            }
            Slot::List(list) => self.positions(parts, encodings, list),
            Slot::Json(place) => {
                *place = self.json(parts, encodings)?;
                Ok(())
            }
            Slot::Foreign(place) => foreign::read(
                place,
                |slot| self.whole(parts, encodings, slot),
                content::refused,
            ),
            _ => Err(fault("no parts")),
        }
    }

    /// Every part under its name.
    fn json(
        &self,
        parts: &mut [Part],
        encodings: &'static [Encoding],
    ) -> Result<serde_json::Value, Box<Malformed>> {
        let mut map: BTreeMap<String, serde_json::Value> = BTreeMap::new();
        self.others(parts, encodings, &mut map, &|_| false)?;
        Ok(serde_json::Value::Object(map.into_iter().collect()))
    }

    fn positions(
        &self,
        parts: &mut [Part],
        encodings: &'static [Encoding],
        list: &mut dyn List,
    ) -> Read {
        list.clear();
        let (least, most) = list.bounds();
        if parts.len() < least || parts.len() > most {
            return Err(fault("as many parts as the document has"));
        }
        for (position, part) in parts.iter_mut().enumerate() {
            let encoding = by_position(encodings, position);
            self.value(part, encoding, list.push())
                .map_err(|error| error.within(&position.to_string()))?;
        }
        Ok(())
    }

    fn object(
        &self,
        parts: &mut [Part],
        encodings: &'static [Encoding],
        object: &mut dyn Object,
    ) -> Read {
        let table = object.table();
        for (position, field) in table.fields.iter().enumerate() {
            let encoding = named(encodings, field.name);
            let present = self
                .member(parts, field, encoding, object.slot(position))
                .map_err(|error| error.within(field.name))?;
            if !present {
                absent(object, position, self.options)
                    .map_err(|Expected(expected)| fault(expected).within(field.name))?;
            }
        }
        let own = |name: &str| {
            let under = |field: &Field| {
                let inside = name.strip_prefix(field.name);
                inside.is_some_and(|inside| inside.is_empty() || inside.starts_with('['))
            };
            table.fields.iter().any(under)
        };
        if let Some(extra) = object.extra_slot() {
            extra.clear();
            return self.others(parts, encodings, extra, &own);
        }
        let names = parts.iter().filter_map(|part| part.head.name.as_deref());
        let refused = |name: &str| !own(name) && table.refuses(style::member_name(name));
        let other = names.into_iter().find(|name| refused(name));
        match other.filter(|_| self.options.closed) {
            Some(name) => Err(fault("no other member").within(name)),
            None => Ok(()),
        }
    }

    /// A member; whether it is there.
    fn member(
        &self,
        parts: &mut [Part],
        field: &Field,
        encoding: Option<&'static Encoding>,
        slot: Slot<'_>,
    ) -> Result<bool, Box<Malformed>> {
        if let Some((style, explode, _)) = encoding.and_then(|encoding| encoding.style) {
            let mut texts = Vec::new();
            for part in parts.iter() {
                if let (Some(name), Content::Held(bytes)) = (&part.head.name, &part.body) {
                    let text = String::from_utf8_lossy(bytes);
                    let text = percent_encoded(&text);
                    // Nothing is encoded in a part: commas are between items.
                    let text = if explode {
                        text.into_owned()
                    } else {
                        text.replace("%2C", ",")
                    };
                    texts.push((name.clone(), text));
                }
            }
            let pairs: Vec<(Cow<'_, str>, &str)> = texts
                .iter()
                .map(|(name, text)| (Cow::Borrowed(name.as_str()), text.as_str()))
                .collect();
            let raw = Raw {
                pairs: &pairs,
                text: None,
                repeated: false,
            };
            let manner = manner(field.name, Some(field), (style, explode));
            return style::read(&manner, &raw, slot, self.options)
                .map_err(|fault| Box::new(content::misfit(fault)));
        }
        let name = Some(field.name);
        let mut own: Vec<&mut Part> = parts
            .iter_mut()
            .filter(|part| part.head.name.as_deref() == name)
            .collect();
        if own.is_empty() {
            return Ok(false);
        }
        self.several(&mut own, encoding, slot).map(|()| true)
    }

    /// The parts of one name.
    fn several(
        &self,
        parts: &mut [&mut Part],
        encoding: Option<&'static Encoding>,
        slot: Slot<'_>,
    ) -> Read {
        match slot {
            Slot::Optional(optional) => self.several(parts, encoding, optional.fill()),
            Slot::Union(union) => {
                // One part may be JSON that has its own tag.
                if let [part] = parts
                    && self.value(part, encoding, Slot::Union(&mut *union)).is_ok()
                {
                    return Ok(());
                }
                let seen = Named {
                    tag: &|_| None,
                    json: &serde_json::Value::default,
                    unknown: self.options.unknown,
                };
                first_variant(union, &seen, &mut |slot| {
                    self.several(parts, encoding, slot)
                })
            }
            Slot::List(list) if !is_multipart(encoding) => {
                list.clear();
                for (index, part) in parts.iter_mut().enumerate() {
                    self.value(part, encoding, list.push())
                        .map_err(|error| error.within(&index.to_string()))?;
                }
                Ok(())
            }
            slot => match parts {
                [part] => self.value(part, encoding, slot),
                _ => Err(fault("each member once")),
            },
        }
    }

    fn others(
        &self,
        parts: &mut [Part],
        encodings: &'static [Encoding],
        map: &mut dyn Map,
        own: &dyn Fn(&str) -> bool,
    ) -> Read {
        let mut grouped: BTreeMap<String, Vec<&mut Part>> = BTreeMap::new();
        for part in parts {
            if let Some(name) = part.head.name.clone().filter(|name| !own(name)) {
                grouped.entry(name).or_default().push(part);
            }
        }
        for (name, mut parts) in grouped {
            let encoding = named(encodings, &name);
            self.several(&mut parts, encoding, map.insert(name.clone()))
                .map_err(|error| error.within(&name))?;
        }
        Ok(())
    }

    fn value(&self, part: &mut Part, encoding: Option<&'static Encoding>, slot: Slot<'_>) -> Read {
        let slot = match slot {
            Slot::Optional(optional) => return self.value(part, encoding, optional.fill()),
            Slot::Object(object) if is_part(object) => {
                self.header(part, object)?;
                return self.value(part, encoding, object.slot(BODY));
            }
            Slot::Stream(stream) => {
                stream.receive(&BYTES, body(part)?);
                return Ok(());
            }
            slot => slot,
        };
        let Content::Held(bytes) = &part.body else {
            return Err(fault("a shorter part"));
        };
        let allowed = encoding.and_then(|encoding| encoding.content_type);
        let own = part.head.media_type();
        let own = own.and_then(|own| own.to_str().ok());
        if let (Some(encoding), true) = (encoding, is_multipart(encoding)) {
            return self.nested(bytes, own.unwrap_or_default(), encoding.encoding, slot);
        }
        // Of several, the part says which one it is.
        let said = own.filter(|own| {
            let mut names = allowed.into_iter().flat_map(|allowed| allowed.split(','));
            names.any(|name| media_type::fit(name, own).is_some())
        });
        let json = matches!(slot, Slot::Json(_) | Slot::Foreign(_))
            && content::of(own) == Some(content::Content::Json);
        let text = charset::decode(bytes, part.head.charset().as_deref()).map_err(fault)?;
        let media_type = said.or(allowed).or(own.filter(|_| json));
        content::read(&text, media_type, slot, self.options)
    }

    /// The documented fields of a part's header. They do not stay with its body.
    fn header(&self, part: &mut Part, object: &mut dyn Object) -> Read {
        let Slot::Object(headers) = object.slot(HEADERS) else {
            return Ok(());
        };
        let fields = headers.table().fields;
        header::read(&part.head.headers, headers)?;
        let is_field = |name: &HeaderName| {
            let mut names = fields.iter().map(|field| field.name);
            names.any(|field| field.eq_ignore_ascii_case(name.as_str()))
        };
        let named: Vec<HeaderName> = part.head.headers.keys().cloned().collect();
        for name in named.into_iter().filter(is_field) {
            part.head.headers.remove(name);
        }
        Ok(())
    }

    /// The parts of a part, all of it held already.
    fn nested(
        &self,
        bytes: &Bytes,
        media_type: &str,
        encodings: &'static [Encoding],
        slot: Slot<'_>,
    ) -> Read {
        let Some(levels) = self.levels.checked_sub(1) else {
            return Err(fault("fewer levels"));
        };
        let read = async {
            let parser = Parser::new(media_type, Body::from(bytes.clone()))?;
            collected(parser, &Wanted::default(), Held::all(bytes.len())).await
        };
        let mut parts = match at_once(read) {
            Some(Ok(parts)) => parts,
            Some(Err(Fault::Malformed(malformed))) => return Err(malformed),
            _ => return Err(fault("parts")),
        };
        let reader = Reader {
            options: self.options,
            levels,
        };
        reader.whole(&mut parts, encodings, slot)
    }
}

/// The text of the one part of a name.
fn text_of(parts: &[Part], name: Option<&str>) -> Option<String> {
    let name = name?;
    let mut own = parts
        .iter()
        .filter(|part| part.head.name.as_deref() == Some(name));
    match (own.next().map(|part| &part.body), own.next()) {
        (Some(Content::Held(bytes)), None) => String::from_utf8(bytes.to_vec()).ok(),
        _ => None,
    }
}

/// The result of what waits for nothing.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut context = Context::from_waker(std::task::Waker::noop());
    match std::pin::pin!(future).poll(&mut context) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// A part as a body, with all that its header says.
fn body(part: &mut Part) -> Result<Body, Box<Malformed>> {
    let mut body = match &mut part.body {
        Content::Held(bytes) => Body::from(bytes.clone()),
        Content::Streamed(body) => body.take().ok_or_else(|| fault("each part once"))?,
    };
    if let Some(media_type) = part.head.media_type() {
        body = body.with_media_type(media_type.clone());
    }
    if let Some(file_name) = &part.head.file_name {
        body = body.with_file_name(file_name.clone());
    }
    for (name, value) in &part.head.headers {
        if !["content-type", "content-disposition"].contains(&name.as_str()) {
            body = body.with_header(name.clone(), value.clone());
        }
    }
    Ok(body)
}
