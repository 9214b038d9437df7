//! The objects of every version with their fields, in the order of [`Object`].

use super::Support::{Checked, Degraded, Generated, Ignored};
use super::keyword::KEYWORDS;

use super::kind::{
    ANY, BOOL, CALLBACKS, COLLECTION, COUNT, ENCODING_LIST, ENCODINGS, EXAMPLES, EXTERNAL_DOCS,
    HEADERS, ITEM_TYPE, LINKS, LOCATION, LOCATION_2, LOCATION_3_2, MEDIA_TYPES, NUMBER, OAUTH_FLOW,
    OPERATION, PARAMETER_MAP, PARAMETERS, PARAMETERS_2, PATH_ITEMS, REQUEST_BODIES, RESPONSES,
    RESPONSES_2, SCHEMA, SCHEMA_MAP, SCHEME, SCHEME_2, SCHEME_3_0, SCHEMES, SECURITY, SECURITY_2,
    SECURITY_SCHEMES, SERVERS, STRING, STRINGS, STYLE, STYLE_3_2, TAGS, VARIABLES,
};
use super::{
    ALL, Field, Kind, Object, Rest, Row, SINCE_3_0, SINCE_3_1, UNTIL_3_0, UNTIL_3_1, V2,
    V3_0_AND_1, V30, V32, f,
};

pub(crate) static TABLE: &[Row] = &[
    object(Object::OpenApi, "OpenAPI", OPEN_API_FIELDS),
    object(Object::Info, "Info", INFO_FIELDS),
    object(Object::Contact, "Contact", CONTACT_FIELDS),
    object(Object::License, "License", LICENSE_FIELDS),
    object(Object::Server, "Server", SERVER_FIELDS),
    object(
        Object::ServerVariable,
        "Server Variable",
        SERVER_VARIABLE_FIELDS,
    ),
    object(Object::Components, "Components", COMPONENTS_FIELDS),
    Row {
        rest: Rest::Routes(Kind::Object(Object::PathItem)),
        ..object(Object::Paths, "Paths", &[])
    },
    object(Object::PathItem, "Path Item", PATH_ITEM_FIELDS),
    object(Object::Operation, "Operation", OPERATION_FIELDS),
    object(
        Object::ExternalDocs,
        "External Documentation",
        EXTERNAL_DOCS_FIELDS,
    ),
    with_value_2(object(Object::Parameter, "Parameter", PARAMETER_FIELDS)),
    object(Object::RequestBody, "Request Body", REQUEST_BODY_FIELDS),
    object(Object::MediaType, "Media Type", MEDIA_TYPE_FIELDS),
    object(Object::Encoding, "Encoding", ENCODING_FIELDS),
    Row {
        rest: Rest::Statuses(Kind::OrReference(Object::Response)),
        ..object(Object::Responses, "Responses", &[])
    },
    object(Object::Response, "Response", RESPONSE_FIELDS),
    Row {
        rest: Rest::Names(Kind::Object(Object::PathItem)),
        ..object(Object::Callback, "Callback", &[])
    },
    object(Object::Example, "Example", EXAMPLE_FIELDS),
    object(Object::Link, "Link", LINK_FIELDS),
    with_value_2(object(Object::Header, "Header", HEADER_FIELDS)),
    object(Object::Tag, "Tag", TAG_FIELDS),
    object(Object::Reference, "Reference", REFERENCE_FIELDS),
    object(Object::Schema, "Schema", KEYWORDS),
    object(Object::Discriminator, "Discriminator", DISCRIMINATOR_FIELDS),
    object(Object::Xml, "XML", XML_FIELDS),
    object(
        Object::SecurityScheme,
        "Security Scheme",
        SECURITY_SCHEME_FIELDS,
    ),
    object(Object::OAuthFlows, "OAuth Flows", OAUTH_FLOWS_FIELDS),
    object(Object::OAuthFlow, "OAuth Flow", OAUTH_FLOW_FIELDS),
    Row {
        extensible: false,
        rest: Rest::Names(STRINGS),
        ..object(Object::SecurityRequirement, "Security Requirement", &[])
    },
    with_value_2(object(Object::Items, "Items", ITEMS_FIELDS)),
];

const OPEN_API_FIELDS: &[Field] = &[
    f("swagger", ANY, V2, Generated),
    f("openapi", ANY, SINCE_3_0, Generated),
    f("$self", STRING, V32, Generated),
    f("info", Kind::Object(Object::Info), ALL, Generated).sloppy_without(ALL),
    f("jsonSchemaDialect", STRING, SINCE_3_1, Ignored)
        .note("schemas are read as JSON Schema 2020-12"),
    f("host", STRING, V2, Generated),
    f("basePath", STRING, V2, Generated),
    f("schemes", SCHEMES, V2, Generated),
    f("consumes", STRINGS, V2, Generated),
    f("produces", STRINGS, V2, Generated),
    f("servers", SERVERS, SINCE_3_0, Generated),
    f("paths", Kind::Object(Object::Paths), ALL, Generated).sloppy_without(UNTIL_3_0),
    f("webhooks", PATH_ITEMS, SINCE_3_1, Ignored),
    f(
        "components",
        Kind::Object(Object::Components),
        SINCE_3_0,
        Generated,
    ),
    f("definitions", SCHEMA_MAP, V2, Generated),
    f("parameters", PARAMETERS_2, V2, Generated),
    f("responses", RESPONSES_2, V2, Generated),
    f("securityDefinitions", SECURITY_2, V2, Generated),
    f("security", SECURITY, ALL, Generated),
    f("tags", TAGS, ALL, Generated),
    f("externalDocs", EXTERNAL_DOCS, ALL, Generated),
];

const INFO_FIELDS: &[Field] = &[
    f("title", STRING, ALL, Generated).sloppy_without(ALL),
    f("summary", STRING, SINCE_3_1, Generated),
    f("description", STRING, ALL, Generated),
    f("termsOfService", STRING, ALL, Ignored),
    f("contact", Kind::Object(Object::Contact), ALL, Ignored),
    f("license", Kind::Object(Object::License), ALL, Generated),
    f("version", STRING, ALL, Generated).sloppy_without(ALL),
];

const CONTACT_FIELDS: &[Field] = &[
    f("name", STRING, ALL, Ignored),
    f("url", STRING, ALL, Ignored),
    f("email", STRING, ALL, Ignored),
];

const LICENSE_FIELDS: &[Field] = &[
    f("name", STRING, ALL, Generated)
        .sloppy_without(ALL)
        .note("in the manifest, where it is a licence of SPDX"),
    f("identifier", STRING, SINCE_3_1, Generated),
    f("url", STRING, ALL, Ignored),
];

const SERVER_FIELDS: &[Field] = &[
    f("url", STRING, SINCE_3_0, Generated).sloppy_without(SINCE_3_0),
    f("description", STRING, SINCE_3_0, Generated),
    f("name", STRING, V32, Generated),
    f("variables", VARIABLES, SINCE_3_0, Generated),
];

const SERVER_VARIABLE_FIELDS: &[Field] = &[
    f("enum", STRINGS, SINCE_3_0, Generated),
    f("default", STRING, SINCE_3_0, Generated).sloppy_without(SINCE_3_0),
    f("description", STRING, SINCE_3_0, Generated),
];

const COMPONENTS_FIELDS: &[Field] = &[
    f("schemas", SCHEMA_MAP, SINCE_3_0, Generated),
    f("responses", RESPONSES, SINCE_3_0, Generated),
    f("parameters", PARAMETER_MAP, SINCE_3_0, Generated),
    f("examples", EXAMPLES, SINCE_3_0, Generated),
    f("requestBodies", REQUEST_BODIES, SINCE_3_0, Generated),
    f("headers", HEADERS, SINCE_3_0, Generated),
    f("securitySchemes", SECURITY_SCHEMES, SINCE_3_0, Generated),
    f("links", LINKS, SINCE_3_0, Generated),
    f("callbacks", CALLBACKS, SINCE_3_0, Ignored),
    f("pathItems", PATH_ITEMS, SINCE_3_1, Generated),
    f("mediaTypes", MEDIA_TYPES, V32, Generated),
];

const PATH_ITEM_FIELDS: &[Field] = &[
    f("$ref", STRING, ALL, Generated),
    f("summary", STRING, SINCE_3_0, Generated),
    f("description", STRING, SINCE_3_0, Generated),
    f("get", OPERATION, ALL, Generated),
    f("put", OPERATION, ALL, Generated),
    f("post", OPERATION, ALL, Generated),
    f("delete", OPERATION, ALL, Generated),
    f("options", OPERATION, ALL, Generated),
    f("head", OPERATION, ALL, Generated),
    f("patch", OPERATION, ALL, Generated),
    f("trace", OPERATION, SINCE_3_0, Generated),
    f("query", OPERATION, V32, Generated),
    f(
        "additionalOperations",
        Kind::Map(&OPERATION),
        V32,
        Generated,
    ),
    f("servers", SERVERS, SINCE_3_0, Generated),
    f("parameters", PARAMETERS, ALL, Generated),
];

const OPERATION_FIELDS: &[Field] = &[
    f("tags", STRINGS, ALL, Generated),
    f("summary", STRING, ALL, Generated),
    f("description", STRING, ALL, Generated),
    f("externalDocs", EXTERNAL_DOCS, ALL, Generated),
    f("operationId", STRING, ALL, Generated),
    f("consumes", STRINGS, V2, Generated),
    f("produces", STRINGS, V2, Generated),
    f("parameters", PARAMETERS, ALL, Generated),
    f(
        "requestBody",
        Kind::OrReference(Object::RequestBody),
        SINCE_3_0,
        Generated,
    ),
    f("responses", Kind::Object(Object::Responses), ALL, Generated).sloppy_without(UNTIL_3_0),
    f("callbacks", CALLBACKS, SINCE_3_0, Ignored),
    f("schemes", SCHEMES, V2, Generated),
    f("deprecated", BOOL, ALL, Generated),
    f("security", SECURITY, ALL, Generated),
    f("servers", SERVERS, SINCE_3_0, Generated),
];

const EXTERNAL_DOCS_FIELDS: &[Field] = &[
    f("description", STRING, ALL, Generated),
    f("url", STRING, ALL, Generated).sloppy_without(ALL),
];

const PARAMETER_FIELDS: &[Field] = &[
    f("name", STRING, ALL, Generated).error_without(ALL),
    f("in", LOCATION_2, V2, Generated).error_without(V2),
    f("in", LOCATION, V3_0_AND_1, Generated).error_without(V3_0_AND_1),
    f("in", LOCATION_3_2, V32, Generated).error_without(V32),
    f("description", STRING, ALL, Generated),
    f("required", BOOL, ALL, Generated),
    f("deprecated", BOOL, SINCE_3_0, Generated),
    f("allowEmptyValue", BOOL, ALL, Generated),
    f("style", STYLE, V3_0_AND_1, Generated),
    f("style", STYLE_3_2, V32, Generated),
    f("explode", BOOL, SINCE_3_0, Generated),
    f("allowReserved", BOOL, SINCE_3_0, Generated),
    f("schema", SCHEMA, ALL, Generated),
    f("content", MEDIA_TYPES, SINCE_3_0, Generated),
    f("example", ANY, SINCE_3_0, Generated),
    f("examples", EXAMPLES, SINCE_3_0, Generated),
];

const REQUEST_BODY_FIELDS: &[Field] = &[
    f("description", STRING, SINCE_3_0, Generated),
    f("content", MEDIA_TYPES, SINCE_3_0, Generated).sloppy_without(SINCE_3_0),
    f("required", BOOL, SINCE_3_0, Generated),
];

const MEDIA_TYPE_FIELDS: &[Field] = &[
    f("description", STRING, V32, Ignored),
    f("schema", SCHEMA, SINCE_3_0, Generated),
    f("itemSchema", SCHEMA, V32, Generated),
    f("example", ANY, SINCE_3_0, Generated),
    f("examples", EXAMPLES, SINCE_3_0, Generated),
    f("encoding", ENCODINGS, SINCE_3_0, Generated),
    f("prefixEncoding", ENCODING_LIST, V32, Generated),
    f(
        "itemEncoding",
        Kind::Object(Object::Encoding),
        V32,
        Generated,
    ),
];

const ENCODING_FIELDS: &[Field] = &[
    f("contentType", STRING, SINCE_3_0, Generated),
    f("headers", HEADERS, SINCE_3_0, Generated),
    f("style", STYLE, SINCE_3_0, Generated),
    f("explode", BOOL, SINCE_3_0, Generated),
    f("allowReserved", BOOL, SINCE_3_0, Generated),
    f("encoding", ENCODINGS, V32, Generated),
    f("prefixEncoding", ENCODING_LIST, V32, Generated),
    f(
        "itemEncoding",
        Kind::Object(Object::Encoding),
        V32,
        Generated,
    ),
];

const RESPONSE_FIELDS: &[Field] = &[
    f("summary", STRING, V32, Generated),
    f("description", STRING, ALL, Generated).undescribed_without(UNTIL_3_1),
    f("schema", SCHEMA, V2, Generated),
    f("headers", HEADERS, ALL, Generated),
    f("examples", Kind::Map(&ANY), V2, Generated),
    f("content", MEDIA_TYPES, SINCE_3_0, Generated),
    f("links", LINKS, SINCE_3_0, Generated),
];

const EXAMPLE_FIELDS: &[Field] = &[
    f("summary", STRING, SINCE_3_0, Generated),
    f("description", STRING, SINCE_3_0, Generated),
    f("value", ANY, SINCE_3_0, Generated),
    f("dataValue", ANY, V32, Generated),
    f("serializedValue", STRING, V32, Ignored),
    f("externalValue", STRING, SINCE_3_0, Ignored),
];

const LINK_FIELDS: &[Field] = &[
    f("operationRef", STRING, SINCE_3_0, Generated),
    f("operationId", STRING, SINCE_3_0, Generated),
    f("parameters", Kind::Map(&ANY), SINCE_3_0, Generated),
    f("requestBody", ANY, SINCE_3_0, Generated),
    f("description", STRING, SINCE_3_0, Generated),
    f("server", Kind::Object(Object::Server), SINCE_3_0, Ignored),
];

const HEADER_FIELDS: &[Field] = &[
    f("description", STRING, ALL, Generated),
    f("required", BOOL, SINCE_3_0, Generated),
    f("deprecated", BOOL, SINCE_3_0, Generated),
    f("allowEmptyValue", BOOL, V30, Ignored),
    f("style", Kind::Word(&["simple"]), SINCE_3_0, Generated),
    f("explode", BOOL, SINCE_3_0, Generated),
    f("allowReserved", BOOL, V30, Ignored),
    f("schema", SCHEMA, SINCE_3_0, Generated),
    f("content", MEDIA_TYPES, SINCE_3_0, Generated),
    f("example", ANY, SINCE_3_0, Generated),
    f("examples", EXAMPLES, SINCE_3_0, Generated),
];

const TAG_FIELDS: &[Field] = &[
    f("name", STRING, ALL, Generated).sloppy_without(ALL),
    f("summary", STRING, V32, Generated),
    f("description", STRING, ALL, Generated),
    f("externalDocs", EXTERNAL_DOCS, ALL, Generated),
    f("parent", STRING, V32, Ignored),
    f("kind", STRING, V32, Ignored),
];

const REFERENCE_FIELDS: &[Field] = &[
    f("$ref", STRING, ALL, Generated),
    f("summary", STRING, SINCE_3_1, Generated),
    f("description", STRING, SINCE_3_1, Generated),
];

const DISCRIMINATOR_FIELDS: &[Field] = &[
    f("propertyName", STRING, SINCE_3_0, Generated).sloppy_without(SINCE_3_0),
    f("mapping", Kind::Map(&STRING), SINCE_3_0, Generated),
    f("defaultMapping", STRING, V32, Generated),
];

const XML_FIELDS: &[Field] = &[
    f(
        "nodeType",
        Kind::Word(&["element", "attribute", "text", "cdata", "none"]),
        V32,
        Generated,
    ),
    f("name", STRING, ALL, Generated),
    f("namespace", STRING, ALL, Generated),
    f("prefix", STRING, ALL, Generated),
    f("attribute", BOOL, ALL, Generated),
    f("wrapped", BOOL, ALL, Generated),
];

const SECURITY_SCHEME_FIELDS: &[Field] = &[
    f("type", SCHEME_2, V2, Generated).sloppy_without(V2),
    f("type", SCHEME_3_0, V30, Generated).sloppy_without(V30),
    f("type", SCHEME, SINCE_3_1, Generated).sloppy_without(SINCE_3_1),
    f("description", STRING, ALL, Generated),
    f("name", STRING, ALL, Generated),
    f("in", Kind::Word(&["query", "header"]), V2, Generated),
    f(
        "in",
        Kind::Word(&["query", "header", "cookie"]),
        SINCE_3_0,
        Generated,
    ),
    f(
        "flow",
        Kind::Word(&["implicit", "password", "application", "accessCode"]),
        V2,
        Ignored,
    ),
    f("authorizationUrl", STRING, V2, Ignored),
    f("tokenUrl", STRING, V2, Ignored),
    f("scopes", Kind::Map(&STRING), V2, Ignored),
    f("scheme", STRING, SINCE_3_0, Generated),
    f("bearerFormat", STRING, SINCE_3_0, Generated),
    f(
        "flows",
        Kind::Object(Object::OAuthFlows),
        SINCE_3_0,
        Degraded,
    )
    .note("the caller brings the token"),
    f("openIdConnectUrl", STRING, SINCE_3_0, Degraded).note("the caller brings the token"),
    f("oauth2MetadataUrl", STRING, V32, Ignored),
    f("deprecated", BOOL, V32, Generated),
];

const OAUTH_FLOWS_FIELDS: &[Field] = &[
    f("implicit", OAUTH_FLOW, SINCE_3_0, Ignored),
    f("password", OAUTH_FLOW, SINCE_3_0, Ignored),
    f("clientCredentials", OAUTH_FLOW, SINCE_3_0, Ignored),
    f("authorizationCode", OAUTH_FLOW, SINCE_3_0, Ignored),
    f("deviceAuthorization", OAUTH_FLOW, V32, Ignored),
];

const OAUTH_FLOW_FIELDS: &[Field] = &[
    f("authorizationUrl", STRING, SINCE_3_0, Ignored),
    f("deviceAuthorizationUrl", STRING, V32, Ignored),
    f("tokenUrl", STRING, SINCE_3_0, Ignored),
    f("refreshUrl", STRING, SINCE_3_0, Ignored),
    f("scopes", Kind::Map(&STRING), SINCE_3_0, Ignored),
];

const ITEMS_FIELDS: &[Field] = &[f("collectionFormat", COLLECTION, V2, Ignored)
    .note("no style has a form for a list inside of a list")];

/// What Swagger 2.0 says of a value outside a schema: in parameters, headers and their items.
pub(super) const VALUE_2: &[Field] = &[
    f("type", ITEM_TYPE, V2, Generated),
    f("collectionFormat", COLLECTION, V2, Generated),
    f("format", STRING, V2, Generated),
    f("items", Kind::Object(Object::Items), V2, Generated),
    f("default", ANY, V2, Generated),
    f("enum", Kind::List(&ANY), V2, Generated),
    f("maximum", NUMBER, V2, Checked),
    f("exclusiveMaximum", BOOL, V2, Checked),
    f("minimum", NUMBER, V2, Checked),
    f("exclusiveMinimum", BOOL, V2, Checked),
    f("maxLength", COUNT, V2, Checked),
    f("minLength", COUNT, V2, Checked),
    f("pattern", STRING, V2, Checked),
    f("maxItems", COUNT, V2, Checked),
    f("minItems", COUNT, V2, Checked),
    f("uniqueItems", BOOL, V2, Checked),
    f("multipleOf", NUMBER, V2, Checked),
];

const fn object(object: Object, title: &'static str, fields: &'static [Field]) -> Row {
    Row {
        object,
        title,
        extensible: true,
        rest: Rest::None,
        fields,
        shared: &[],
    }
}

const fn with_value_2(row: Row) -> Row {
    Row {
        shared: VALUE_2,
        ..row
    }
}
