//! What an operation is: its parameters, bodies, answers, links, paging and security.

use super::{BaseUrl, Docs, GroupId, OperationId, Value, header_twin};
use crate::source::NodeId;
use serde_json::Value as Json;

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

#[derive(Clone, Debug, PartialEq)]
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
    /// How the members of a text that is a form are written, where it is not as usual.
    pub(crate) encoding: Vec<Encoding>,
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
    pub(crate) allow_reserved: Option<bool>,
    /// The encoding of what is inside.
    pub(crate) inside: Vec<Encoding>,
    /// The fields of a part's header.
    pub(crate) headers: Vec<Parameter>,
}

impl Encoding {
    /// Whether it says anything of how the value is written.
    pub(crate) fn says_more(&self) -> bool {
        self.content_type.is_some()
            || self.style.is_some()
            || self.explode.is_some()
            || self.allow_reserved.is_some()
            || !self.inside.is_empty()
    }
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

/// The header parameter by which callers say which representation they want. OpenAPI gives no effect to one of the document's.
pub(crate) const ACCEPT: &str = "Accept";

impl Operation {
    /// Whether a parameter is none of the document's.
    pub(crate) fn is_ours(&self, parameter: &Parameter) -> bool {
        parameter.location == crate::document::Location::Header && parameter.wire == ACCEPT
    }

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

    /// Every parameter, and every header field of its answers.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Parameter> {
        let answers = self.responses.iter();
        let headers = answers.flat_map(|response| &response.headers);
        self.parameters.iter().chain(headers)
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
