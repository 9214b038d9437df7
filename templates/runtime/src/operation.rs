//! What an operation is: a request struct and a response enum, each with the table that says what goes where.

use super::shape::{Object, Shape, Slot, View};
use super::table::{Field, Mark};
use http::StatusCode;

/// What the document says about an operation.
#[derive(Debug)]
pub struct OperationTable {
    /// The Rust name of the request, for messages.
    pub name: &'static str,
    /// The `operationId`, or method and route where there is none.
    pub id: &'static str,
    /// The method, upper case.
    pub method: &'static str,
    /// The path template as the document has it.
    pub route: &'static str,
    /// Its own base URL, where the document gives it one: absolute, or from the root of the API's host. At most one.
    pub base: &'static [&'static str],
    /// The parameters, in the order of the request's fields.
    pub parameters: &'static [Parameter],
    /// The body; its field comes after those of the parameters.
    pub body: Option<BodyTable>,
    /// Alternatives, in the document's order; each names the schemes that are needed together. None: nothing is needed.
    pub security: &'static [&'static [Requirement]],
    /// The documented answers.
    pub answers: &'static [Answer],
}

/// A scheme that is needed, by its key in the document.
#[derive(Debug)]
pub struct Requirement {
    /// The key under `securitySchemes`.
    pub scheme: &'static str,
    /// The scopes that the operation needs.
    pub scopes: &'static [&'static str],
}

/// What the document says about one parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Where it stands.
    pub location: Location,
    /// Its name, and everything else that is said about it.
    pub field: Field,
}

impl Parameter {
    /// How it is written: as the document says, else as is usual where it stands.
    #[must_use]
    pub fn style(&self) -> Style {
        let said = self.field.marks.iter().find_map(|mark| match mark {
            Mark::Style(name) => Style::named(name),
            _ => None,
        });
        said.unwrap_or(match self.location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::Cookie => Style::Form,
        })
    }

    /// Whether the members of a list or an object are written apart.
    #[must_use]
    pub fn explode(&self) -> bool {
        let said = self.field.marks.iter().find_map(|mark| match mark {
            Mark::Explode(explode) => Some(*explode),
            _ => None,
        });
        said.unwrap_or(matches!(self.style(), Style::Form | Style::Cookie))
    }

    /// Whether reserved characters stand as they are.
    #[must_use]
    pub fn allow_reserved(&self) -> bool {
        self.field
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::AllowReserved))
    }

    /// Whether an empty text may stand for nothing (`allowEmptyValue`).
    #[must_use]
    pub fn allow_empty(&self) -> bool {
        self.field
            .marks
            .iter()
            .any(|mark| matches!(mark, Mark::AllowEmpty))
    }
}

/// Where a parameter stands (OpenAPI 3.2, Parameter Object, `in`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header field.
    Header,
    /// In the `Cookie` header field.
    Cookie,
}

impl Location {
    /// The document's word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// How a parameter is written (OpenAPI 3.2, section "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `;name=a`.
    Matrix,
    /// `.a`.
    Label,
    /// `a,b`.
    Simple,
    /// `name=a`.
    Form,
    /// `name=a%20b`.
    SpaceDelimited,
    /// `name=a%7Cb`.
    PipeDelimited,
    /// `name=a%09b`: what Swagger 2.0 calls `tsv`.
    TabDelimited,
    /// `name[key]=a`.
    DeepObject,
    /// `name=a; other=b`, as it stands.
    Cookie,
}

impl Style {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "matrix" => Self::Matrix,
            "label" => Self::Label,
            "simple" => Self::Simple,
            "form" => Self::Form,
            "spaceDelimited" => Self::SpaceDelimited,
            "pipeDelimited" => Self::PipeDelimited,
            "tabDelimited" => Self::TabDelimited,
            "deepObject" => Self::DeepObject,
            "cookie" => Self::Cookie,
            _ => return None,
        })
    }
}

/// What the document says about a body.
#[derive(Debug)]
pub struct BodyTable {
    /// Whether it must be there, and what else is said about it; its name means nothing.
    pub field: Field,
    /// Its media types, in the document's order. Where there are several, the request holds a choice of them.
    pub media: &'static [Media],
}

/// One way to write a body (OpenAPI 3.2, Media Type Object).
#[derive(Clone, Copy, Debug)]
pub struct Media {
    /// Its codec.
    pub codec: Codec,
    /// The media types and ranges as the document has them; the first is what is sent.
    pub names: &'static [&'static str],
    /// How the members of a form or the parts of a multipart body are written, where it is not as usual.
    pub encoding: &'static [Encoding],
    /// What is said about its value.
    pub marks: &'static [Mark],
}

/// How one member of a form, or one part of a multipart body, is written (OpenAPI 3.2, Encoding Object).
#[derive(Clone, Copy, Debug)]
pub struct Encoding {
    /// The member; empty for parts by position.
    pub name: &'static str,
    /// The media types it may have, as the document has them (`image/png, image/jpeg`); `None` where its type decides.
    pub content_type: Option<&'static str>,
    /// How its text is written, where the document says so by `style`, `explode` or `allowReserved`.
    pub style: Option<(Style, bool, bool)>,
    /// Header fields of the part.
    pub headers: &'static [Parameter],
    /// The encoding of what is inside.
    pub encoding: &'static [Encoding],
}

impl Encoding {
    /// That of a member: as usual.
    #[must_use]
    pub const fn of(name: &'static str) -> Self {
        Self {
            name,
            content_type: None,
            style: None,
            headers: &[],
            encoding: &[],
        }
    }

    /// The same with the media types that it may have.
    #[must_use]
    pub const fn content_type(mut self, content_type: &'static str) -> Self {
        self.content_type = Some(content_type);
        self
    }

    /// What is said about its style, and what is usual of the rest.
    const fn styled(&self) -> (Style, bool, bool) {
        match self.style {
            Some(style) => style,
            None => (Style::Form, true, false),
        }
    }

    /// The same with a style, by OpenAPI's name of it.
    #[must_use]
    pub const fn style(mut self, name: &'static str) -> Self {
        let style = match name.as_bytes() {
            b"spaceDelimited" => (Style::SpaceDelimited, false, self.styled().2),
            b"pipeDelimited" => (Style::PipeDelimited, false, self.styled().2),
            b"deepObject" => (Style::DeepObject, true, self.styled().2),
            _ => (Style::Form, true, self.styled().2),
        };
        self.style = Some(style);
        self
    }

    /// The same with its members written apart, or not.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        let (style, _, allow_reserved) = self.styled();
        self.style = Some((style, explode, allow_reserved));
        self
    }

    /// The same with reserved characters as they stand, or not.
    #[must_use]
    pub const fn allow_reserved(mut self, allow_reserved: bool) -> Self {
        let (style, explode, _) = self.styled();
        self.style = Some((style, explode, allow_reserved));
        self
    }

    /// The same with the encoding of what is inside.
    #[must_use]
    pub const fn encoding(mut self, encoding: &'static [Self]) -> Self {
        self.encoding = encoding;
        self
    }
}

/// How the value of a body becomes bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// JSON (RFC 8259).
    Json,
    /// A string as it stands.
    Text,
    /// Bytes as they stand, piece by piece: a [`Body`](super::Body).
    Bytes,
    /// A form (OpenAPI 3.2, section "Encoding the x-www-form-urlencoded Media Type").
    Form,
    /// Parts, by name or by position (RFC 2046).
    Multipart,
    /// XML by the document's XML Objects.
    Xml,
    /// YAML (RFC 9512).
    Yaml,
    /// Items one by one, each a line of JSON: a [`Stream`](super::Stream).
    Lines,
    /// Items one by one, each a JSON text of a sequence (RFC 7464).
    Sequence,
    /// Items one by one, each a server-sent event.
    Events,
    /// Items one by one, each a part.
    Parts,
}

impl Media {
    /// JSON, and nothing else said.
    pub const JSON: Self = Self {
        codec: Codec::Json,
        names: &[Codec::Json.usual()],
        encoding: &[],
        marks: &[],
    };

    #[doc(hidden)]
    #[must_use]
    pub const fn new(codec: Codec, names: &'static [&'static str]) -> Self {
        Self {
            codec,
            names,
            encoding: &[],
            marks: &[],
        }
    }
}

impl Codec {
    /// Whether the value comes and goes piece by piece: it is a [`Slot::Stream`], and is never held as a whole.
    #[must_use]
    pub fn is_streamed(self) -> bool {
        matches!(
            self,
            Self::Bytes | Self::Lines | Self::Sequence | Self::Events | Self::Parts
        )
    }

    /// Whether the value is taken from its place to be sent: it is a stream, or may hold some.
    #[must_use]
    pub fn is_taken(self) -> bool {
        self.is_streamed() || self == Self::Multipart
    }

    /// The media type that is sent where the document leaves it open.
    #[must_use]
    pub const fn usual(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Text => "text/plain",
            Self::Bytes => "application/octet-stream",
            Self::Form => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
            Self::Xml => "application/xml",
            Self::Yaml => "application/yaml",
            Self::Lines => "application/jsonl",
            Self::Sequence => "application/json-seq",
            Self::Events => "text/event-stream",
            Self::Parts => "multipart/mixed",
        }
    }
}

/// A documented answer in one of its media types: one variant of the operation's response.
#[derive(Debug)]
pub struct Answer {
    /// The variant's name.
    pub name: &'static str,
    /// Which statuses it is for.
    pub status: StatusKey,
    /// Its body; `None` where it has none.
    pub media: Option<Media>,
}

/// A status, a range of them, or all others, as the document writes it: `404`, `4XX`, `default`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusKey(u16);

impl StatusKey {
    /// All statuses that no other answer is for.
    pub const DEFAULT: Self = Self(0);

    /// From the document's text, which the generator has checked.
    #[must_use]
    pub const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        if bytes.len() != 3 {
            return Self::DEFAULT;
        }
        let hundreds = bytes[0].wrapping_sub(b'0') as u16;
        if bytes[1] == b'X' || bytes[1] == b'x' {
            return Self(hundreds);
        }
        Self(
            hundreds * 100
                + bytes[1].wrapping_sub(b'0') as u16 * 10
                + bytes[2].wrapping_sub(b'0') as u16,
        )
    }

    /// The status, where it is one.
    #[must_use]
    pub fn exact(self) -> Option<StatusCode> {
        StatusCode::from_u16(self.0).ok()
    }

    /// The first digit of a range.
    #[must_use]
    pub fn range(self) -> Option<u16> {
        (1..=9).contains(&self.0).then_some(self.0)
    }
}

/// An operation, where a list refers to it: its table is taken apart when it is asked for.
pub type ToOperation = fn() -> &'static OperationTable;

impl OperationTable {
    /// The status, range or default that is documented for a status: an exact one before a range, a range before the
    /// default (OpenAPI 3.2, Responses Object).
    #[must_use]
    pub fn key(&self, status: StatusCode) -> Option<StatusKey> {
        [
            StatusKey(status.as_u16()),
            StatusKey(status.as_u16() / 100),
            StatusKey::DEFAULT,
        ]
        .into_iter()
        .find(|key| self.answers.iter().any(|answer| answer.status == *key))
    }

    /// The answers of a status, by position: one a media type.
    pub fn answers_of(&self, key: StatusKey) -> impl Iterator<Item = (usize, &'static Answer)> {
        self.answers
            .iter()
            .enumerate()
            .filter(move |(_, answer)| answer.status == key)
    }
}

/// A request, as the codecs see it: parameters by their position in the table, then the body.
pub trait Request: Send + Sync {
    /// What the document says about the operation.
    fn table(&self) -> &'static OperationTable;
    /// The place of a part.
    fn slot(&mut self, part: usize) -> Slot<'_>;
    /// The value of a part.
    fn view(&self, part: usize) -> View<'_>;
    /// The place of the body, where it is a choice of several media types.
    fn choice(&mut self) -> Option<&mut dyn Choice> {
        None
    }
    /// The body, where it is a choice of several media types.
    fn chosen(&self) -> Option<&dyn Choice> {
        None
    }
}

/// A body that is of one of several media types, or that may be left out.
pub trait Choice: Send + Sync {
    /// Makes it a placeholder of a media type, by its position in the table, and gives its place.
    fn select(&mut self, media: usize) -> Slot<'_>;
    /// Leaves it out, where that is possible.
    fn clear(&mut self);
    /// The media type and the place of the value as it is, if there is one.
    fn place(&mut self) -> Option<(usize, Slot<'_>)>;
    /// The media type and the value, if there is one.
    fn active(&self) -> Option<(usize, View<'_>)>;
}

impl<T: Choice + Shape> Choice for Option<T> {
    fn select(&mut self, media: usize) -> Slot<'_> {
        self.insert(T::empty()).select(media)
    }
    fn clear(&mut self) {
        *self = None;
    }
    fn place(&mut self) -> Option<(usize, Slot<'_>)> {
        self.as_mut()?.place()
    }
    fn active(&self) -> Option<(usize, View<'_>)> {
        self.as_ref()?.active()
    }
}

/// A request struct, and with it the operation.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no operation",
    note = "the structs of the module `operations` are: `client.call(ListBackups::default())`"
)]
pub trait Operation: Request + Sized + 'static {
    /// What it is answered with.
    type Response: Response;
    /// What the document says about it.
    fn operation() -> &'static OperationTable;
    /// A placeholder to read into.
    fn empty() -> Self;
}

/// An answer, as the codecs see it.
pub trait Response: Send + Sync + 'static {
    /// A placeholder of one documented answer to read into, by its position in the table.
    fn empty(answer: usize, status: StatusCode) -> Self
    where
        Self: Sized;
    /// The places of its parts.
    fn places(&mut self) -> Places<'_>;
    /// Its parts.
    fn views(&self) -> Views<'_>;

    /// The status it is sent with.
    fn status(&self) -> StatusCode {
        let views = self.views();
        views
            .status
            .or(views.key.exact())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The places of an answer's parts.
#[derive(Default)]
pub struct Places<'a> {
    /// The status, where the document leaves it open.
    pub status: Option<&'a mut StatusCode>,
    /// The body.
    pub body: Option<Slot<'a>>,
    /// The header fields.
    pub headers: Option<&'a mut dyn Object>,
}

impl<'a> Places<'a> {
    #[doc(hidden)]
    #[must_use]
    pub fn status(mut self, status: &'a mut StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn body(mut self, body: &'a mut impl Shape) -> Self {
        self.body = Some(body.slot());
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn headers(mut self, headers: &'a mut dyn Object) -> Self {
        self.headers = Some(headers);
        self
    }
}

/// Placeholders of the parts of an answer, by the words of the operation's table.
#[doc(hidden)]
pub mod part {
    use super::{Shape, StatusCode};

    /// The status.
    #[must_use]
    pub fn status(status: StatusCode) -> StatusCode {
        status
    }

    /// The body.
    #[must_use]
    pub fn body<T: Shape>(_: StatusCode) -> T {
        T::empty()
    }

    /// The header fields.
    #[must_use]
    pub fn headers<T: Shape>(_: StatusCode) -> T {
        T::empty()
    }
}

/// The parts of an answer.
pub struct Views<'a> {
    table: &'static OperationTable,
    /// Which documented answer it is, by its position in the table.
    pub answer: usize,
    /// The variant's name.
    pub name: &'static str,
    /// The status, range or default that it is documented for.
    pub key: StatusKey,
    /// The status, where the document leaves it open.
    pub status: Option<StatusCode>,
    /// The body.
    pub body: Option<View<'a>>,
    /// The header fields.
    pub headers: Option<&'a dyn Object>,
}

impl<'a> Views<'a> {
    #[doc(hidden)]
    #[must_use]
    pub fn new(table: &'static OperationTable) -> Self {
        Self {
            table,
            answer: 0,
            name: "",
            key: StatusKey::DEFAULT,
            status: None,
            body: None,
            headers: None,
        }
    }

    /// How the body is written.
    #[must_use]
    pub fn media(&self) -> Option<&'static Media> {
        self.table.answers.get(self.answer)?.media.as_ref()
    }

    #[doc(hidden)]
    #[must_use]
    pub fn of(mut self, answer: usize) -> Self {
        if let Some(row) = self.table.answers.get(answer) {
            (self.answer, self.name, self.key) = (answer, row.name, row.status);
        }
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn named(self, name: &str) -> Self {
        let position = self
            .table
            .answers
            .iter()
            .position(|answer| answer.name == name);
        self.of(position.unwrap_or_default())
    }

    #[doc(hidden)]
    #[must_use]
    pub fn status(mut self, status: &StatusCode) -> Self {
        self.status = Some(*status);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn body(mut self, body: &'a impl Shape) -> Self {
        self.body = Some(body.view());
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub fn headers(mut self, headers: &'a dyn Object) -> Self {
        self.headers = Some(headers);
        self
    }
}

/// How the pages of an operation follow one another.
#[derive(Debug)]
pub struct PagingTable {
    /// JSON pointer from the body to the items.
    pub items: &'static str,
    /// The name of the query parameter that takes the cursor.
    pub cursor: &'static str,
    /// Where the next cursor is.
    pub next: Next,
    /// JSON pointer from the body to a boolean that says whether there is more.
    pub more: Option<&'static str>,
}

/// Where the cursor of the next page is found.
#[derive(Clone, Copy, Debug)]
pub enum Next {
    /// A pointer into the last item.
    LastItem(&'static str),
    /// A pointer into the body, to the cursor.
    Member(&'static str),
    /// A pointer into the body, to a URL whose query holds the cursor.
    Link(&'static str),
}

/// An operation that answers a page of a list.
#[diagnostic::on_unimplemented(
    message = "the document does not say how the pages of `{Self}` follow one another",
    note = "`items()` and `pages()` exist where it has `x-oasmith-paging`"
)]
pub trait Paged: Operation + Clone {
    /// An item of the list.
    type Item: Shape;
    /// How the pages follow one another.
    const PAGING: &'static PagingTable;
    /// The place of the cursor.
    fn cursor(&mut self) -> Slot<'_>;
}
