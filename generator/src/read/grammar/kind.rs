//! The kinds that fields of several objects have, by name.

use super::{Kind, Object};

pub(super) const ANY: Kind = Kind::Any;
pub(super) const STRING: Kind = Kind::String;
pub(super) const BOOL: Kind = Kind::Bool;
pub(super) const NUMBER: Kind = Kind::Number;
pub(super) const COUNT: Kind = Kind::Count;
pub(super) const STRINGS: Kind = Kind::List(&STRING);
pub(super) const SCHEMA: Kind = Kind::Object(Object::Schema);
pub(super) const SCHEMAS: Kind = Kind::List(&SCHEMA);
pub(super) const SCHEMA_MAP: Kind = Kind::Map(&SCHEMA);
pub(super) const SCHEMA_OR_BOOL: Kind = Kind::Either(&SCHEMA, &BOOL);
pub(super) const MEDIA_TYPES: Kind = Kind::Map(&Kind::OrReference(Object::MediaType));
pub(super) const HEADERS: Kind = Kind::Map(&Kind::OrReference(Object::Header));
pub(super) const EXAMPLES: Kind = Kind::Map(&Kind::OrReference(Object::Example));
pub(super) const LINKS: Kind = Kind::Map(&Kind::OrReference(Object::Link));
pub(super) const CALLBACKS: Kind = Kind::Map(&Kind::OrReference(Object::Callback));
pub(super) const PARAMETERS: Kind = Kind::List(&Kind::OrReference(Object::Parameter));
pub(super) const SERVERS: Kind = Kind::List(&Kind::Object(Object::Server));
pub(super) const SECURITY: Kind = Kind::List(&Kind::Object(Object::SecurityRequirement));
pub(super) const EXTERNAL_DOCS: Kind = Kind::Object(Object::ExternalDocs);
pub(super) const OPERATION: Kind = Kind::Object(Object::Operation);
pub(super) const ENCODINGS: Kind = Kind::Map(&Kind::Object(Object::Encoding));
pub(super) const ENCODING_LIST: Kind = Kind::List(&Kind::Object(Object::Encoding));
pub(super) const OAUTH_FLOW: Kind = Kind::Object(Object::OAuthFlow);
pub(super) const SCHEMES: Kind = Kind::List(&Kind::Word(&["http", "https", "ws", "wss"]));
pub(super) const TYPE: Kind =
    Kind::Word(&["string", "number", "integer", "boolean", "array", "object"]);
pub(super) const TYPE_3_1: Kind = Kind::Word(&[
    "string", "number", "integer", "boolean", "array", "object", "null",
]);
pub(super) const TYPES: Kind = Kind::Either(&TYPE_3_1, &Kind::List(&TYPE_3_1));
pub(super) const ITEM_TYPE: Kind =
    Kind::Word(&["string", "number", "integer", "boolean", "array", "file"]);
pub(super) const COLLECTION: Kind = Kind::Word(&["csv", "ssv", "tsv", "pipes", "multi"]);
pub(super) const LOCATION_2: Kind = Kind::Word(&["query", "header", "path", "formData", "body"]);
pub(super) const LOCATION: Kind = Kind::Word(&["query", "header", "path", "cookie"]);
pub(super) const LOCATION_3_2: Kind =
    Kind::Word(&["query", "querystring", "header", "path", "cookie"]);
pub(super) const STYLE: Kind = Kind::Word(&[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
]);
pub(super) const STYLE_3_2: Kind = Kind::Word(&[
    "matrix",
    "label",
    "simple",
    "form",
    "spaceDelimited",
    "pipeDelimited",
    "deepObject",
    "cookie",
]);
pub(super) const SCHEME_2: Kind = Kind::Word(&["basic", "apiKey", "oauth2"]);
pub(super) const SCHEME_3_0: Kind = Kind::Word(&["apiKey", "http", "oauth2", "openIdConnect"]);
pub(super) const SCHEME: Kind =
    Kind::Word(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]);

pub(super) const RESPONSES: Kind = Kind::Map(&Kind::OrReference(Object::Response));
pub(super) const PARAMETER_MAP: Kind = Kind::Map(&Kind::OrReference(Object::Parameter));
pub(super) const REQUEST_BODIES: Kind = Kind::Map(&Kind::OrReference(Object::RequestBody));
pub(super) const SECURITY_SCHEMES: Kind = Kind::Map(&Kind::OrReference(Object::SecurityScheme));
pub(super) const PATH_ITEMS: Kind = Kind::Map(&Kind::Object(Object::PathItem));
pub(super) const VARIABLES: Kind = Kind::Map(&Kind::Object(Object::ServerVariable));
pub(super) const PARAMETERS_2: Kind = Kind::Map(&Kind::Object(Object::Parameter));
pub(super) const RESPONSES_2: Kind = Kind::Map(&Kind::Object(Object::Response));
pub(super) const SECURITY_2: Kind = Kind::Map(&Kind::Object(Object::SecurityScheme));
pub(super) const TAGS: Kind = Kind::List(&Kind::Object(Object::Tag));
