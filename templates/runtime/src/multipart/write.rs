//! Values as the parts of a multipart body.

use super::super::body::Body;
use super::super::content::{self, Content, unwritable};
use super::super::header;
use super::super::json::{Unknown, Unwritable};
use super::super::media_type;
use super::super::operation::{Encoding, Location, Media, Style};
use super::super::part::{BODY, HEADERS, is_part};
use super::super::shape::{Held, List, Map, Object, Slot, View};
use super::super::stream::Item;
use super::super::style::{self, Manner, decoded, decoded_pairs};
use super::super::table::Field;
use super::{BYTES, by_position, is_multipart};
use bytes::Bytes;
use http::HeaderMap;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A part as it is sent.
struct Part {
    /// The fields of its header, a line each.
    header: String,
    body: Body,
}

/// Takes the parts of a value; gives the body and its media type, which is the named one with a boundary.
///
/// # Errors
///
/// The first value that no part can carry.
pub fn write(
    media_type: &str,
    encodings: &'static [Encoding],
    slot: Slot<'_>,
    unknown: Unknown,
) -> Result<(Body, String), Unwritable> {
    let mut writer = Writer {
        parts: Vec::new(),
        unknown,
    };
    writer.whole(slot, encodings).map_err(|error| *error)?;
    Ok(joined(media_type, writer.parts))
}

type Done = Result<(), Box<Unwritable>>;

#[cold]
fn fault(reason: &'static str) -> Box<Unwritable> {
    Box::new(unwritable(reason))
}

struct Writer {
    parts: Vec<Part>,
    unknown: Unknown,
}

impl Writer {
    fn whole(&mut self, slot: Slot<'_>, encodings: &'static [Encoding]) -> Done {
        match slot {
            Slot::Optional(optional) => match optional.place() {
                Some(slot) => self.whole(slot, encodings),
                None => Ok(()),
            },
            Slot::Object(object) => self.object(object, encodings),
            Slot::Map(map) => self.map(map, encodings),
            Slot::List(list) => self.list(list, encodings),
            Slot::Union(union) => self.viewed(union.active().1, encodings),
            Slot::Json(value) => self.viewed(View::Json(value), encodings),
            _ => Err(fault("it has neither members nor items")),
        }
    }

    /// What holds no stream is only looked at.
    fn viewed(&mut self, view: View<'_>, encodings: &'static [Encoding]) -> Done {
        match content::held(view) {
            Some(View::List(list)) => {
                for position in 0..list.len() {
                    if let Some(item) = list.get(position).and_then(content::held) {
                        let encoding = by_position(encodings, position);
                        self.value(None, encoding, item)
                            .map_err(|error| error.within(&position.to_string()))?;
                    }
                }
                Ok(())
            }
            Some(view) => {
                let done = content::members(view, &mut |name, field, view| {
                    let encoding = named(encodings, name);
                    self.member(name, field, encoding, view)
                        .map_err(|error| *error.within(name))
                });
                done.map_err(Box::new)
            }
            None => Ok(()),
        }
    }

    fn object(&mut self, object: &mut dyn Object, encodings: &'static [Encoding]) -> Done {
        for (position, field) in object.table().fields.iter().enumerate() {
            let encoding = named(encodings, field.name);
            let done = match stream_of(object.view(position)) {
                true => self.taken(Some(field.name), encoding, object.slot(position)),
                false => self.member(field.name, Some(field), encoding, object.view(position)),
            };
            done.map_err(|error| error.within(field.name))?;
        }
        match object.extra() {
            Some(extra) => self.viewed(View::Map(extra), encodings),
            None => Ok(()),
        }
    }

    fn map(&mut self, map: &mut dyn Map, encodings: &'static [Encoding]) -> Done {
        self.viewed(View::Map(map), encodings)
    }

    fn list(&mut self, list: &mut dyn List, encodings: &'static [Encoding]) -> Done {
        match list.any().downcast_mut::<Vec<Body>>() {
            Some(bodies) => {
                for (position, body) in bodies.drain(..).enumerate() {
                    self.body(None, by_position(encodings, position), body)?;
                }
                Ok(())
            }
            None => (0..list.len()).try_for_each(|position| {
                let encoding = by_position(encodings, position);
                self.at(list, position, encoding)
                    .map_err(|error| error.within(&position.to_string()))
            }),
        }
    }

    /// The part of a position.
    fn at(
        &mut self,
        list: &mut dyn List,
        position: usize,
        encoding: Option<&'static Encoding>,
    ) -> Done {
        let Some(view) = list.get(position) else {
            return Ok(());
        };
        let (streams, parts) = (stream_of(view), is_multipart(encoding));
        match content::held(view) {
            // Whatever comes after it would come in its place.
            None if list.bounds().1 < usize::MAX => {
                Err(fault("a part is missing that others follow"))
            }
            None => Ok(()),
            Some(value) if !streams && !parts => self.value(None, encoding, value),
            Some(_) => match list.place(position) {
                Some(slot) if parts => self.nested(None, encoding, slot),
                Some(slot) => self.taken(None, encoding, slot),
                None => Ok(()),
            },
        }
    }

    /// The parts of a part.
    fn nested(
        &mut self,
        name: Option<&str>,
        encoding: Option<&'static Encoding>,
        slot: Slot<'_>,
    ) -> Done {
        let Some(encoding) = encoding else {
            return Err(fault("it is no multipart body"));
        };
        let mut inside = Writer {
            parts: Vec::new(),
            unknown: self.unknown,
        };
        inside.whole(slot, encoding.encoding)?;
        self.joined(name, encoding, inside)
    }

    /// A part of the parts of another writer.
    fn joined(&mut self, name: Option<&str>, encoding: &'static Encoding, inside: Self) -> Done {
        let (body, media_type) = joined(chosen(encoding.content_type, None)?, inside.parts);
        let mut header = disposition(name, None)?;
        let _ = write!(header, "Content-Type: {media_type}\r\n");
        self.parts.push(Part { header, body });
        Ok(())
    }

    /// Takes the streams of a place.
    fn taken(
        &mut self,
        name: Option<&str>,
        encoding: Option<&'static Encoding>,
        slot: Slot<'_>,
    ) -> Done {
        match slot {
            Slot::Optional(optional) => match optional.place() {
                Some(slot) => self.taken(name, encoding, slot),
                None => Ok(()),
            },
            Slot::Object(object) if is_part(object) => {
                let header = lines(object)?;
                self.headed(header, |writer| {
                    writer.taken(name, encoding, object.slot(BODY))
                })
            }
            Slot::Stream(stream) => {
                let body = stream.send(&BYTES);
                self.body(name, encoding, body)
            }
            Slot::List(list) => match list.any().downcast_mut::<Vec<Body>>() {
                Some(bodies) => bodies
                    .drain(..)
                    .try_for_each(|body| self.body(name, encoding, body)),
                None => (0..list.len()).try_for_each(|position| match list.place(position) {
                    Some(slot) => self.taken(name, encoding, slot),
                    None => Ok(()),
                }),
            },
            _ => Err(fault("it is no body")),
        }
    }

    /// A part that is a body of its own.
    fn body(
        &mut self,
        name: Option<&str>,
        encoding: Option<&'static Encoding>,
        body: Body,
    ) -> Done {
        let allowed = encoding.and_then(|encoding| encoding.content_type);
        let own = body.media_type().map(str::to_owned);
        let media_type = chosen(allowed, own.as_deref())?;
        let mut header = disposition(name, body.file_name())?;
        let _ = write!(header, "Content-Type: {media_type}\r\n");
        for (name, value) in body.headers() {
            let value = value.to_str().map_err(|_| fault(UNCARRIED))?;
            let _ = write!(header, "{name}: {value}\r\n");
        }
        self.parts.push(Part { header, body });
        Ok(())
    }

    /// A member: a part, or one an item.
    fn member(
        &mut self,
        name: &str,
        field: Option<&Field>,
        encoding: Option<&'static Encoding>,
        view: View<'_>,
    ) -> Done {
        if let Some(style) = encoding.and_then(|encoding| encoding.style) {
            return self.styled(name, field, style, view);
        }
        style::told(view).map_err(fault)?;
        let Some(value) = content::held(view) else {
            return Ok(());
        };
        let View::List(list) = value else {
            return self.value(Some(name), encoding, value);
        };
        if list.is_empty() && field.is_some_and(|field| field.default().is_some()) {
            return Err(fault("it is empty, and would become the default"));
        }
        let items = (0..list.len()).filter_map(|index| list.get(index));
        for (index, item) in items.filter_map(content::held).enumerate() {
            self.value(Some(name), encoding, item)
                .map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    /// Names and values as those of a query, not encoded (OpenAPI 3.1, section "Encoding multipart Media Types").
    fn styled(
        &mut self,
        name: &str,
        field: Option<&Field>,
        (style, explode, _): (Style, bool, bool),
        view: View<'_>,
    ) -> Done {
        let manner = manner(name, field, (style, explode));
        let text = style::write(&manner, view).map_err(|error| fault(error.reason))?;
        for (name, value) in decoded_pairs(&text.unwrap_or_default()) {
            if !explode && value.contains("%2C") {
                return Err(fault("an item holds what its style puts between items"));
            }
            let value = Bytes::from(decoded(value, true).into_owned());
            self.plain(Some(&name), "text/plain", value)?;
        }
        Ok(())
    }

    fn plain(&mut self, name: Option<&str>, media_type: &str, value: Bytes) -> Done {
        let mut header = disposition(name, None)?;
        let _ = write!(header, "Content-Type: {media_type}\r\n");
        self.parts.push(Part {
            header,
            body: Body::from(value),
        });
        Ok(())
    }

    /// The parts that are written, with these lines in the header of each.
    fn headed(&mut self, header: String, write: impl FnOnce(&mut Self) -> Done) -> Done {
        let from = self.parts.len();
        write(self)?;
        for part in &mut self.parts[from..] {
            part.header.push_str(&header);
        }
        Ok(())
    }

    fn value(
        &mut self,
        name: Option<&str>,
        encoding: Option<&'static Encoding>,
        value: View<'_>,
    ) -> Done {
        if let View::Object(object) = value
            && is_part(object)
        {
            let header = lines(object)?;
            return match content::held(object.view(BODY)) {
                Some(inner) => self.headed(header, |writer| writer.value(name, encoding, inner)),
                None => Err(fault("it is null, and has a header")),
            };
        }
        let allowed = encoding.and_then(|encoding| encoding.content_type);
        if let (Some(encoding), true) = (encoding, is_multipart(encoding)) {
            let mut inside = Writer {
                parts: Vec::new(),
                unknown: self.unknown,
            };
            inside.viewed(value, encoding.encoding)?;
            return self.joined(name, encoding, inside);
        }
        let text = content::text(value, allowed, self.unknown).map_err(Box::new)?;
        let media_type = match (allowed, content::usual(value)) {
            (Some(_), _) => chosen(allowed, None)?,
            (None, Content::Json) => "application/json",
            (None, _) if matches!(value, View::Text(text) if text.is_encoded()) => {
                "application/octet-stream"
            }
            (None, _) => "text/plain",
        };
        let value = match super::super::charset::named(media_type) {
            Some(charset) => super::super::charset::encode(&text, Some(&charset)).map_err(fault)?,
            None => text.into_bytes(),
        };
        self.plain(name, media_type, value.into())
    }
}

/// A member without anything but its name and its style.
pub(super) fn manner<'a>(
    name: &'a str,
    field: Option<&Field>,
    (style, explode): (Style, bool),
) -> Manner<'a> {
    Manner {
        name,
        location: Location::Query,
        style,
        explode,
        allow_reserved: false,
        allow_empty: false,
        required: field.is_some_and(|field| field.required),
        has_default: field.is_some_and(|field| field.default().is_some()),
        content: None,
        encoding: &[],
        whole: false,
        siblings: &[],
    }
}

pub(super) fn named(encodings: &'static [Encoding], name: &str) -> Option<&'static Encoding> {
    encodings.iter().find(|encoding| encoding.name == name)
}

/// Whether a place holds a body, or a list of them.
fn stream_of(view: View<'_>) -> bool {
    match view {
        View::Optional(optional) => {
            matches!(optional.held(), Held::Value(inner) if stream_of(inner))
        }
        View::List(list) => list.get(0).is_some_and(stream_of),
        View::Object(object) => is_part(object) && stream_of(object.view(BODY)),
        view => matches!(view, View::Stream(_)),
    }
}

/// The lines of the documented fields of a part's header.
fn lines(part: &dyn Object) -> Result<String, Box<Unwritable>> {
    let mut headers = HeaderMap::new();
    if let View::Object(object) = part.view(HEADERS) {
        let written = header::write(object, &mut headers);
        written.map_err(|error| fault(error.reason).within(&error.place))?;
    }
    let mut lines = String::new();
    for (name, value) in &headers {
        let value = value.to_str().map_err(|_| fault(UNCARRIED))?;
        let _ = write!(lines, "{name}: {value}\r\n");
    }
    Ok(lines)
}

const UNCARRIED: &str = "a header field has characters that a part cannot carry";

/// The media type of a part: its own where the document allows it, else the first that is no range.
fn chosen<'a>(allowed: Option<&'a str>, own: Option<&'a str>) -> Result<&'a str, Box<Unwritable>> {
    let Some(allowed) = allowed else {
        return Ok(own.unwrap_or("application/octet-stream"));
    };
    let mut names = allowed.split(',').map(str::trim);
    let found = match own {
        Some(own) => names
            .any(|name| media_type::fit(name, own).is_some())
            .then_some(own),
        None => names.find(|name| !media_type::is_range(name)),
    };
    found.ok_or_else(|| fault("its media type is not one that the document has for it"))
}

/// The line that says which member a part is, and of which file.
fn disposition(name: Option<&str>, file_name: Option<&str>) -> Result<String, Box<Unwritable>> {
    let mut line = String::new();
    let kind = if name.is_some() {
        "form-data"
    } else {
        "attachment"
    };
    for (key, value) in [("name", name), ("filename", file_name)] {
        let Some(value) = value else {
            continue;
        };
        if value.chars().any(char::is_control) {
            return Err(fault("its name has characters that a part cannot carry"));
        }
        let value = value.replace('\\', "\\\\").replace('"', "\\\"");
        let _ = write!(line, "; {key}=\"{value}\"");
    }
    Ok(match line.is_empty() {
        true => line,
        false => format!("Content-Disposition: {kind}{line}\r\n"),
    })
}

/// The parts of a stream, one by one.
pub struct Fitting {
    media: &'static Media,
    boundary: String,
    media_type: String,
    position: usize,
}

impl Fitting {
    /// The parts of a media type.
    #[must_use]
    pub fn new(media: &'static Media) -> Self {
        let boundary = random();
        let named = media.names.iter().find(|name| !media_type::is_range(name));
        let named = named.copied().unwrap_or(media.codec.usual());
        Self {
            media,
            media_type: format!("{named}; boundary={boundary}"),
            boundary,
            position: 0,
        }
    }

    /// The media type with the boundary.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// What stands before a part, and the part.
    ///
    /// # Errors
    ///
    /// No part can carry the item.
    pub fn part(&mut self, item: &mut dyn Item) -> Result<(Bytes, Option<Body>), Unwritable> {
        let encoding = by_position(self.media.encoding, self.position);
        let mut writer = Writer {
            parts: Vec::new(),
            unknown: Unknown::Keep,
        };
        let done = match content::held(item.view()) {
            None => Ok(()),
            Some(value) if stream_of(value) => writer.taken(None, encoding, item.slot()),
            Some(value) => writer.value(None, encoding, value),
        };
        done.map_err(|error| *error)?;
        let mut text = String::new();
        let mut pieces = VecDeque::new();
        for part in writer.parts {
            let before = if self.position == 0 { "" } else { "\r\n" };
            self.position += 1;
            let _ = write!(text, "{before}--{}\r\n{}\r\n", self.boundary, part.header);
            pieces.push_back(Body::from(std::mem::take(&mut text)));
            pieces.push_back(part.body);
        }
        let first = pieces.pop_front();
        let text = first.as_ref().and_then(Body::bytes).unwrap_or_default();
        Ok((Bytes::copy_from_slice(text), Some(chained(pieces))))
    }

    /// What stands after the last part.
    #[must_use]
    pub fn end(&self) -> Bytes {
        let before = if self.position == 0 { "" } else { "\r\n" };
        format!("{before}--{}--\r\n", self.boundary).into()
    }
}

/// Nobody can guess it.
fn random() -> String {
    let number = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", number(), number())
}

/// A boundary that no part holds: what is here already has been looked at.
fn boundary(parts: &[Part]) -> String {
    loop {
        let boundary = random();
        let holds = |part: &Part| {
            let bytes = part.body.bytes().unwrap_or_default();
            let mut windows = bytes.windows(boundary.len());
            windows.any(|window| window == boundary.as_bytes())
        };
        if !parts.iter().any(holds) {
            return boundary;
        }
    }
}

fn joined(media_type: &str, parts: Vec<Part>) -> (Body, String) {
    let boundary = boundary(&parts);
    let mut pieces = VecDeque::new();
    let mut text = String::new();
    for (position, part) in parts.into_iter().enumerate() {
        let before = if position == 0 { "" } else { "\r\n" };
        let _ = write!(text, "{before}--{boundary}\r\n{}\r\n", part.header);
        pieces.push_back(Body::from(std::mem::take(&mut text)));
        pieces.push_back(part.body);
    }
    let before = if pieces.is_empty() { "" } else { "\r\n" };
    pieces.push_back(Body::from(format!("{before}--{boundary}--\r\n")));
    let named = format!("{media_type}; boundary={boundary}");
    (chained(pieces), named)
}

/// Bodies one after the other: in one piece where all of them are here already.
fn chained(pieces: VecDeque<Body>) -> Body {
    let whole: Option<Vec<&[u8]>> = pieces.iter().map(Body::bytes).collect();
    match whole {
        Some(whole) => Body::from(whole.concat()),
        None => Body::new(Chained(pieces)),
    }
}

struct Chained(VecDeque<Body>);

impl http_body::Body for Chained {
    type Data = Bytes;
    type Error = super::super::body::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        while let Some(first) = self.0.front_mut() {
            if let Some(frame) = ready!(Pin::new(first).poll_frame(cx)) {
                return Poll::Ready(Some(frame));
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(http_body::Body::is_end_stream)
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let exact = |sum: u64, piece: &Body| sum.checked_add(piece.size_hint().exact()?);
        match self.0.iter().try_fold(0, exact) {
            Some(length) => http_body::SizeHint::with_exact(length),
            None => http_body::SizeHint::default(),
        }
    }
}
