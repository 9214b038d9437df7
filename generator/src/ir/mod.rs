//! What the generated crate says, with no OpenAPI keyword left: arenas of types and operations.
//!
//! `lower` makes it, `name` gives every part its Rust name, `emit` writes it. Rust identifiers are absent on purpose:
//! a part has an [`Origin`], from which `name` derives its words.

pub(crate) mod analysis;
mod boxing;
mod check;
mod direction;
mod finite;
mod header_twin;
mod layout;
pub(crate) mod only;
mod twin;

use crate::source::NodeId;
pub(crate) use check::{Check, CheckId, Rule, To};
pub(crate) use layout::sizes_of_types;
use serde_json::Value as Json;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GroupId(pub(crate) u32);

#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) docs: Docs,
    pub(crate) license: Option<String>,
    /// As written, variables not filled in; the first is the client's default.
    pub(crate) base_urls: Vec<BaseUrl>,
    pub(crate) types: Vec<Type>,
    pub(crate) operations: Vec<Operation>,
    /// One a tag, in the document's order of tags, then of first use.
    pub(crate) groups: Vec<Group>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// Types that are kept apart from what holds them, by the type that holds and the name that it holds: a chain of types that
    /// held one another outright would be too long for rustc.
    pub(crate) apart: BTreeSet<(TypeId, TypeId)>,
    /// The structs, enums and unions that something keeps apart.
    pub(crate) kept_apart: BTreeSet<TypeId>,
    /// How many types the longest chain has, a circle counted whole.
    pub(crate) longest_chain: u32,
    pub(crate) checks: Vec<Check>,
    /// No enum takes a value that the document does not list.
    pub(crate) closed: bool,
}

impl Api {
    pub(crate) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub(crate) fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    pub(crate) fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }
}

/// What the document says about a part to its readers. Markdown as written: `emit` makes it safe.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) examples: Vec<Json>,
    pub(crate) external: Option<(Option<String>, String)>,
    pub(crate) deprecated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

/// The operations of one tag: one client trait, one server trait, one Cargo feature, one module.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The tag; `None` for operations that have none.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) operations: Vec<OperationId>,
}

/// Where a part comes from, in the document's own words; `name` derives identifiers from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A component schema, by its key.
    Component(String),
    /// An inline schema: its parent and the step from there.
    Inside(TypeId, Step),
    /// An inline schema of an operation's request or response.
    Of(OperationId, Step),
    /// A component parameter, response, request body or header, by its key.
    Shared(String, Step),
    /// What requests carry of a type that answers carry otherwise.
    Input(TypeId),
    /// What a merge patch carries of a type.
    Patch(TypeId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Property(String),
    Item,
    Value,
    Variant(usize, Option<String>),
    Parameter(String),
    Body,
    /// A further representation of a body, by the word for its media type.
    BodyOf(String),
    Response(Status),
    /// A further representation of a response, by the word for its media type.
    Representation(Status, String),
    Header(Status, String),
}

#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) at: NodeId,
    pub(crate) origin: Origin,
    /// `x-rust-name`, or the configuration's.
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    /// What an enum or a union must keep wherever it stands; an object has its own.
    pub(crate) checks: Vec<CheckId>,
    pub(crate) usage: Usage,
    /// Null is among the schema's values: wherever the type stands, null may stand too. (An alias says so in its value.)
    pub(crate) nullable: bool,
    /// The one group that reaches it; `None` where several do, or none: it lives in the shared module.
    pub(crate) owner: Option<GroupId>,
    /// It is or holds a stream, and can be neither cloned nor compared; the analyses fill it.
    pub(crate) streams: bool,
    /// The type of the same module that it is the same as: it is emitted as an alias of that one.
    pub(crate) same_as: Option<TypeId>,
}

/// In which directions a type travels; the analyses fill it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) request: bool,
    pub(crate) response: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Object(Object),
    Enum(Enum),
    Union(Union),
    /// A component that is a scalar, a list, a map or another component: a type alias.
    Alias(Value),
}

impl Shape {
    /// Shows every value that stands in the shape; what lists and maps hold is in them.
    pub(crate) fn each_value<'a>(&'a self, see: &mut impl FnMut(&'a Value)) {
        match self {
            Self::Object(object) => {
                object.fields.iter().for_each(|field| see(&field.value));
                if let Extra::Kept(value) = &object.extra {
                    see(value);
                }
            }
            Self::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| see(&variant.value)),
            Self::Alias(value) => see(value),
            Self::Enum(_) => {}
        }
    }

    /// The same, to change them.
    pub(crate) fn each_value_mut(&mut self, see: &mut impl FnMut(&mut Value)) {
        match self {
            Self::Object(object) => {
                object
                    .fields
                    .iter_mut()
                    .for_each(|field| see(&mut field.value));
                if let Extra::Kept(value) = &mut object.extra {
                    see(value);
                }
            }
            Self::Union(union) => {
                union
                    .variants
                    .iter_mut()
                    .for_each(|variant| see(&mut variant.value));
            }
            Self::Alias(value) => see(value),
            Self::Enum(_) => {}
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    pub(crate) extra: Extra,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) checks: Vec<CheckId>,
    /// Its own element, where the document has XML.
    pub(crate) xml: Option<Xml>,
}

/// What happens to members that no field names.
#[derive(Clone, Debug)]
pub(crate) enum Extra {
    /// Dropped when read.
    Ignored,
    /// `additionalProperties: false`: a server refuses them in requests.
    Forbidden,
    /// Kept in a map of this value.
    Kept(Box<Value>),
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) at: NodeId,
    pub(crate) wire: String,
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) value: Value,
    pub(crate) required: bool,
    /// In JSON; the side that receives fills it in where the member is absent.
    pub(crate) default: Option<Json>,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// The edge closes a cycle, or the member is large: boxed.
    pub(crate) boxed: bool,
}

/// A type in use: what it is, whether null is among its values, and what the place it stands in demands of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) rules: Rules,
}

impl Value {
    pub(crate) fn plain(ty: Ty) -> Self {
        Self {
            ty,
            nullable: false,
            rules: Rules::default(),
        }
    }
}

impl Value {
    /// Whether something holds of its type, or of one that it holds, those that it names aside.
    pub(crate) fn any(&self, mut holds: impl FnMut(&Ty) -> bool) -> bool {
        let mut work = vec![self];
        while let Some(value) = work.pop() {
            if holds(&value.ty) {
                return true;
            }
            work.extend(value.ty.inner());
        }
        false
    }
}

impl Ty {
    /// The values that a list, a tuple or a map holds.
    pub(crate) fn inner(&self) -> &[Value] {
        match self {
            Self::List(value) | Self::Map(value) | Self::Stream(value) => {
                std::slice::from_ref(value)
            }
            Self::Tuple(places) => &places.items,
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Bool,
    Integer(Width),
    /// Double precision, whatever the format: JSON knows one kind of number, and what was sent is what is sent on.
    Number,
    String,
    /// A string of a known format.
    Text(Format),
    List(Box<Value>),
    Tuple(Box<Places>),
    Map(Box<Value>),
    Named(TypeId),
    /// Any JSON value.
    Json,
    /// The bytes of a body, piece by piece.
    Body,
    /// Items that come and go one by one.
    Stream(Box<Value>),
}

/// What a number of a moment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticks {
    Seconds,
    Millis,
    Micros,
    Nanos,
}

/// A list whose places have types of their own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Places {
    pub(crate) items: Vec<Value>,
    /// Those from here on may be missing.
    pub(crate) least: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    /// Integers beyond 64 bits.
    I128,
    /// Moments since 1970, in ticks of a type of the runtime.
    Unix(Ticks),
}

/// String formats that have a Rust type or a behaviour of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Format {
    DateTime,
    Date,
    Uuid,
    /// `byte`, or `contentEncoding: base64`.
    Base64,
    /// `base64url`, as a format or as `contentEncoding`.
    Base64Url,
    Ipv4,
    Ipv6,
    /// `password`: a string that `Debug` does not show.
    Secret,
}

/// Constraints that `validate()` checks, not the type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    /// Numbers as JSON writes them.
    pub(crate) minimum: Option<String>,
    pub(crate) exclusive_minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_maximum: Option<String>,
    pub(crate) multiple_of: Option<String>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    /// What else is checked.
    pub(crate) checks: Vec<CheckId>,
    /// Its XML, where the document has any.
    pub(crate) xml: Option<Box<Xml>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) kind: EnumKind,
    pub(crate) variants: Vec<EnumVariant>,
    /// Open: a value outside the list is kept in `Unknown`.
    pub(crate) open: bool,
    /// The document itself allows any other text: it is kept in `Other`, and is as good as one of the list.
    pub(crate) any: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumKind {
    String,
    Integer,
}

#[derive(Clone, Debug)]
pub(crate) struct EnumVariant {
    /// A JSON string or integer.
    pub(crate) value: Json,
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
}

#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// In the order in which a reader tries them.
    pub(crate) variants: Vec<UnionVariant>,
    /// The member that names the variant: a discriminator's, or one that each variant fixes.
    pub(crate) tag: Option<String>,
    pub(crate) several: Several,
    /// Open: an object whose tag no variant has is kept in `Unknown`.
    pub(crate) open: bool,
    /// An object that is several variants at once is kept in `Several`, where each would lose what it has of the others.
    pub(crate) mixed: bool,
    /// The variant of placeholders.
    pub(crate) empty: usize,
}

/// What holds where a value may still be several variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Several {
    /// It cannot be.
    Never,
    /// It must be exactly one.
    OneOf,
    /// It must be one or more.
    AnyOf,
}

#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    pub(crate) at: NodeId,
    /// What the document calls it, if it does.
    pub(crate) name: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) value: Value,
    /// What it accepts, as far as can be told without reading the value.
    pub(crate) accepts: Vec<Accepts>,
    /// A member that only this variant has, and always.
    pub(crate) member: Option<String>,
    /// It closes a cycle, or is large: boxed.
    pub(crate) boxed: bool,
}

/// What a variant of a union accepts: a kind of value, or objects with one tag.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Accepts {
    Bool,
    Integer,
    /// A number that is no integer.
    Fraction,
    Number,
    String,
    List,
    /// An object, whatever its tag.
    Object,
    Tag(String),
    TagInteger(i64),
    TagBool(bool),
    /// An object whose tag no variant names, or that has none.
    Otherwise,
    Any,
}

#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub(crate) at: NodeId,
    /// The document's `operationId`, unless another operation has it too.
    pub(crate) id: Option<String>,
    pub(crate) pinned: Option<String>,
    pub(crate) method: String,
    pub(crate) route: Route,
    pub(crate) docs: Docs,
    pub(crate) summary: Option<String>,
    /// The first tag's; further tags do not multiply the operation.
    pub(crate) group: GroupId,
    /// Where it is, if not where the API is: URLs, or paths from the root of the API's host. The first is the client's default.
    pub(crate) base_urls: Vec<BaseUrl>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    /// Alternatives; each is a list of schemes that are all needed. Empty: nothing is needed. An empty alternative: optional.
    pub(crate) security: Vec<Vec<Requirement>>,
    pub(crate) paging: Option<Paging>,
    pub(crate) links: Vec<Link>,
}

/// A request that follows an answer.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) at: NodeId,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) status: Status,
    pub(crate) target: OperationId,
    /// Parts of the target's request, parameters by their position and the body after them, with where each comes from.
    pub(crate) parts: Vec<(usize, Source)>,
}

/// Where a value of a link comes from.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    Constant(Json),
    /// A parameter of the request, by its position.
    Parameter(usize),
    /// A JSON pointer into the request's body.
    RequestBody(String),
    /// A JSON pointer into the answer's body.
    Body(String),
    /// A header field of the answer, by its position.
    Header(usize),
    Status,
    /// A text with values in it: what stands between them is [`Source::Plain`].
    Text(Vec<Source>),
    Plain(String),
}

impl Source {
    /// Whether it repeats something of the request.
    pub(crate) fn uses_request(&self) -> bool {
        match self {
            Self::Parameter(_) | Self::RequestBody(_) => true,
            Self::Text(pieces) => pieces.iter().any(Self::uses_request),
            _ => false,
        }
    }
}

/// A path template, taken apart. `text` is the template as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) text: String,
    pub(crate) segments: Vec<Segment>,
}

/// What stands between two slashes: literals and parameters, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) parts: Vec<SegmentPart>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SegmentPart {
    Literal(String),
    Parameter(String),
}

#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    pub(crate) at: NodeId,
    pub(crate) wire: String,
    pub(crate) pinned: Option<String>,
    pub(crate) location: crate::document::Location,
    pub(crate) style: crate::document::Style,
    pub(crate) explode: bool,
    pub(crate) allow_reserved: bool,
    /// An empty text may stand for nothing.
    pub(crate) allow_empty: bool,
    /// The media type of its text, where it is not written by style.
    pub(crate) content: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) value: Value,
    pub(crate) required: bool,
    pub(crate) default: Option<Json>,
}

#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) at: NodeId,
    pub(crate) docs: Docs,
    pub(crate) required: bool,
    /// At least one; where there are several, the caller chooses.
    pub(crate) media: Vec<Media>,
}

/// One representation of a body.
#[derive(Clone, Debug)]
pub(crate) struct Media {
    pub(crate) at: NodeId,
    /// The media types and ranges as written, parameters included. The first is what is sent.
    pub(crate) media_types: Vec<String>,
    pub(crate) codec: Codec,
    /// How members or parts are written, where it is not as usual.
    pub(crate) encoding: Vec<Encoding>,
    pub(crate) value: Value,
    pub(crate) examples: Vec<Json>,
}

/// The word that a media type goes by in names: `json`, `csv`, `form`.
pub(crate) fn media_word(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let word = match essence.as_str() {
        "application/x-www-form-urlencoded" => "form",
        "multipart/form-data" => "multipart",
        "application/octet-stream" => "bytes",
        "text/plain" => "text",
        "*/*" => "any",
        other => match other.split_once('/') {
            Some((kind, "*")) => kind,
            Some((_, sub)) => sub,
            None => other,
        },
    };
    word.trim_start_matches("x-").to_owned()
}

/// How a body's value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    Json,
    /// A text.
    Text,
    /// Bytes as they stand, piece by piece.
    Bytes,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Parts by name or by position.
    Multipart,
    /// XML by the XML Objects.
    Xml,
    Yaml,
    /// Items one by one, a line each.
    Lines,
    /// Items one by one, each a JSON text of a sequence.
    Sequence,
    /// Items one by one, each a server-sent event.
    Events,
    /// Items one by one, each a part.
    Parts,
}

/// How one member of a form, or one part, is written (OpenAPI 3.2, Encoding Object).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Encoding {
    /// The member; empty for a part by position, `*` for every further one.
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    /// Where the document speaks of one of the three, all are meant.
    pub(crate) style: Option<crate::document::Style>,
    pub(crate) explode: Option<bool>,
    pub(crate) allow_reserved: bool,
    /// The encoding of what is inside.
    pub(crate) inside: Vec<Encoding>,
}

/// What the document says about the XML of a value (OpenAPI 3.2, XML Object).
#[derive(Clone, Debug, PartialEq, Default)]
pub(crate) struct Xml {
    pub(crate) name: Option<String>,
    pub(crate) namespace: Option<String>,
    pub(crate) prefix: Option<String>,
    /// `element`, `attribute`, `text`, `cdata` or `none`, where it is not as usual.
    pub(crate) node: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Status {
    Exact(u16),
    /// 1 to 5: `4XX` is `Range(4)`.
    Range(u8),
    Default,
}

/// An answer of one status in one of its representations.
#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) at: NodeId,
    pub(crate) status: Status,
    pub(crate) docs: Docs,
    /// Those of the status, the same for all of its representations.
    pub(crate) headers: Vec<Parameter>,
    /// The response of the group that has the same header fields, and whose struct stands for this one's.
    pub(crate) headers_of: Option<header_twin::Row>,
    pub(crate) media: Option<Media>,
}

impl Operation {
    /// Every value that travels, parameters first.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Value> {
        self.request_values().chain(self.response_values())
    }

    /// Every representation of its bodies.
    pub(crate) fn media(&self) -> impl Iterator<Item = &Media> {
        let body = self.body.iter().flat_map(|body| &body.media);
        let answers = self.responses.iter();
        body.chain(answers.filter_map(|response| response.media.as_ref()))
    }

    pub(crate) fn media_mut(&mut self) -> impl Iterator<Item = &mut Media> {
        let body = self.body.iter_mut().flat_map(|body| &mut body.media);
        let answers = self.responses.iter_mut();
        body.chain(answers.filter_map(|response| response.media.as_mut()))
    }

    pub(crate) fn request_values(&self) -> impl Iterator<Item = &Value> {
        let body = self.body.iter().flat_map(|body| &body.media);
        let parameters = self.parameters.iter().map(|parameter| &parameter.value);
        parameters.chain(body.map(|media| &media.value))
    }

    pub(crate) fn response_values(&self) -> impl Iterator<Item = &Value> {
        self.responses.iter().flat_map(|response| {
            let headers = response.headers.iter().map(|header| &header.value);
            headers.chain(response.media.iter().map(|media| &media.value))
        })
    }
}

#[derive(Clone, Debug)]
pub(crate) struct SecurityScheme {
    pub(crate) at: NodeId,
    /// The key under `securitySchemes`.
    pub(crate) name: String,
    pub(crate) docs: Docs,
    pub(crate) kind: SchemeKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    Bearer,
    Basic,
    ApiKey {
        name: String,
        location: crate::document::Location,
    },
    /// Reported, not generated.
    Unsupported,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    /// Position in [`Api::security_schemes`].
    pub(crate) scheme: usize,
    pub(crate) scopes: Vec<String>,
}

/// How an operation's pages follow one another (`x-oasmith-paging`).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paging {
    pub(crate) at: NodeId,
    /// JSON pointer from the body to the items.
    pub(crate) items: String,
    /// The item's type, for `items()`.
    pub(crate) item: Value,
    /// Position in [`Operation::parameters`] of the cursor.
    pub(crate) cursor: usize,
    pub(crate) next: Next,
    /// JSON pointer from the body to a boolean that says whether there is more.
    pub(crate) more: Option<String>,
}

/// Where the next cursor is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// A pointer into the last item.
    LastItem(String),
    /// A pointer into the body, to the cursor.
    Member(String),
    /// A pointer into the body, to a URL whose query holds the cursor.
    Link(String),
}
