//! Reads the objects of 3.0 documents, without their children, through `openapiv3`: the only home of that crate.
//!
//! Each object is handed over alone, as the grammar has accepted it and in step with the tree, which gives the positions.
//! Where the crate accepts, its values are the document's; where it refuses (a version written as a number, say), the
//! function gives `None` and `bare` reads the tree. Two things are never handed over: schemas, because the crate rounds
//! numbers, drops `xml` and calls all that is unusual `Any`; and objects with their children, because its time doubles
//! with each level above a fault.

use openapiv3 as v3;
use serde::Deserialize;

use super::part::Part;
use super::{Reader, named};
use crate::document::{
    Example, ExternalDocs, Header, Info, Link, Location, Parameter, SecurityKind, SecurityScheme,
    Server, ServerVariable, Style, Tag,
};
use crate::source::NodeId;

/// The plain fields of an operation.
pub(super) struct PlainOperation {
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
    pub(super) operation_id: Option<String>,
    pub(super) deprecated: bool,
}

/// The object at `node` with these fields only, and perhaps one that the crate insists on and nobody looks at.
fn object<'a, T: Deserialize<'a>>(
    reader: &Reader<'a>,
    node: NodeId,
    fields: &'a [&'a str],
    more: Option<&'a str>,
) -> Option<T> {
    T::deserialize(Part::object(reader.tree, node, fields, more)?).ok()
}

pub(super) fn info(reader: &Reader<'_>, node: NodeId) -> Option<Info> {
    const FIELDS: &[&str] = &[
        "title",
        "description",
        "termsOfService",
        "contact",
        "license",
        "version",
    ];
    let info: v3::Info = object(reader, node, FIELDS, None)?;
    let (contact, license) = (info.contact.unwrap_or_default(), info.license);
    let (license_name, license_url) =
        license.map_or((None, None), |license| (Some(license.name), license.url));
    let identifier = reader
        .tree
        .get(node, "license")
        .and_then(|license| reader.string(license, "identifier"));
    Some(Info {
        at: Some(node),
        title: info.title,
        summary: reader.string(node, "summary"),
        description: info.description,
        terms_of_service: info.terms_of_service,
        contact_name: contact.name,
        contact_url: contact.url,
        contact_email: contact.email,
        license_name,
        license_identifier: identifier,
        license_url,
        version: info.version,
    })
}

pub(super) fn external_docs(reader: &Reader<'_>, node: NodeId) -> Option<ExternalDocs> {
    let docs: v3::ExternalDocumentation = object(reader, node, &["description", "url"], None)?;
    Some(ExternalDocs {
        at: node,
        description: docs.description,
        url: docs.url,
    })
}

pub(super) fn tag(reader: &Reader<'_>, node: NodeId) -> Option<Tag> {
    let tag: v3::Tag = object(reader, node, &["name", "description"], None)?;
    Some(Tag {
        at: node,
        name: tag.name,
        summary: reader.string(node, "summary"),
        description: tag.description,
        external_docs: None,
        parent: reader.string(node, "parent"),
        kind: reader.string(node, "kind"),
        extensions: reader.extensions(node),
    })
}

pub(super) fn server(reader: &Reader<'_>, node: NodeId) -> Option<Server> {
    let server: v3::Server = object(reader, node, &["url", "description", "variables"], None)?;
    let given = server.variables.unwrap_or_default();
    let variables = reader
        .members(node, "variables")
        .iter()
        .filter_map(|entry| {
            let variable = given.get(&*entry.key)?;
            Some((
                named(entry),
                ServerVariable {
                    default: variable.default.clone(),
                    values: variable.enumeration.clone(),
                    description: variable.description.clone(),
                },
            ))
        });
    Some(Server {
        at: node,
        url: server.url,
        name: reader.string(node, "name"),
        description: server.description,
        variables: variables.collect(),
    })
}

pub(super) fn operation(reader: &Reader<'_>, node: NodeId) -> Option<PlainOperation> {
    const FIELDS: &[&str] = &["summary", "description", "operationId", "deprecated"];
    let operation: v3::Operation = object(reader, node, FIELDS, Some("responses"))?;
    Some(PlainOperation {
        summary: operation.summary,
        description: operation.description,
        operation_id: operation.operation_id,
        deprecated: operation.deprecated,
    })
}

const PARAMETER: [&str; 9] = [
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
];

pub(super) fn parameter(reader: &Reader<'_>, node: NodeId) -> Option<Parameter> {
    let parameter: v3::Parameter = object(reader, node, &PARAMETER, Some("schema"))?;
    // The crate fills in each location's own style; the document keeps what is written.
    let written = reader.tree.get(node, "style").is_some();
    let (location, data, style, allow_reserved, allow_empty_value) = match parameter {
        v3::Parameter::Path {
            parameter_data,
            style,
        } => (
            Location::Path,
            parameter_data,
            path_style(&style),
            None,
            None,
        ),
        v3::Parameter::Header {
            parameter_data,
            style: v3::HeaderStyle::Simple,
        } => (Location::Header, parameter_data, Style::Simple, None, None),
        v3::Parameter::Cookie {
            parameter_data,
            style: v3::CookieStyle::Form,
        } => (Location::Cookie, parameter_data, Style::Form, None, None),
        v3::Parameter::Query {
            parameter_data,
            style,
            allow_reserved,
            allow_empty_value,
        } => (
            Location::Query,
            parameter_data,
            query_style(&style),
            Some(allow_reserved),
            allow_empty_value,
        ),
    };
    let reserved = || reader.flag(node, "allowReserved").unwrap_or(false);
    let empty = || reader.flag(node, "allowEmptyValue").unwrap_or(false);
    Some(Parameter {
        at: node,
        name: data.name,
        location,
        header: Header {
            description: data.description,
            required: data.required,
            deprecated: data.deprecated.unwrap_or(false),
            style: written.then_some(style),
            explode: data.explode,
            allow_reserved: allow_reserved.unwrap_or_else(reserved),
            ..reader.header_from_tree(node)
        },
        allow_empty_value: allow_empty_value.unwrap_or_else(empty),
    })
}

const fn path_style(style: &v3::PathStyle) -> Style {
    match style {
        v3::PathStyle::Matrix => Style::Matrix,
        v3::PathStyle::Label => Style::Label,
        v3::PathStyle::Simple => Style::Simple,
    }
}

const fn query_style(style: &v3::QueryStyle) -> Style {
    match style {
        v3::QueryStyle::Form => Style::Form,
        v3::QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        v3::QueryStyle::PipeDelimited => Style::PipeDelimited,
        v3::QueryStyle::DeepObject => Style::DeepObject,
    }
}

pub(super) fn header(reader: &Reader<'_>, node: NodeId) -> Option<Header> {
    const FIELDS: &[&str] = &["description", "required", "deprecated", "style"];
    let header: v3::Header = object(reader, node, FIELDS, Some("schema"))?;
    Some(Header {
        description: header.description,
        required: header.required,
        deprecated: header.deprecated.unwrap_or(false),
        ..reader.header_from_tree(node)
    })
}

pub(super) fn request_body(reader: &Reader<'_>, node: NodeId) -> Option<(Option<String>, bool)> {
    let body: v3::RequestBody =
        object(reader, node, &["description", "required"], Some("content"))?;
    Some((body.description, body.required))
}

pub(super) fn response_description(reader: &Reader<'_>, node: NodeId) -> Option<String> {
    let response: v3::Response = object(reader, node, &["description"], None)?;
    Some(response.description)
}

/// The value itself stays in the tree.
pub(super) fn example(reader: &Reader<'_>, node: NodeId) -> Option<Example> {
    let example: v3::Example = object(
        reader,
        node,
        &["summary", "description", "externalValue"],
        None,
    )?;
    Some(Example {
        at: node,
        summary: example.summary,
        description: example.description,
        value: reader.tree.get(node, "value"),
        serialized_value: None,
        external_value: example.external_value,
    })
}

/// Without its server and parameters.
pub(super) fn link(reader: &Reader<'_>, node: NodeId) -> Option<Link> {
    let link: v3::Link = object(
        reader,
        node,
        &["description", "operationRef", "operationId"],
        None,
    )?;
    let (operation_ref, operation_id) = match link.operation {
        v3::LinkOperation::OperationRef(to) => (Some(to), None),
        v3::LinkOperation::OperationId(id) => (None, Some(id)),
    };
    Some(Link {
        at: node,
        operation_ref,
        operation_id,
        parameters: Vec::new(),
        request_body: reader.tree.get(node, "requestBody"),
        description: link.description,
        server: None,
    })
}

pub(super) fn security_scheme(reader: &Reader<'_>, node: NodeId) -> Option<SecurityScheme> {
    const FIELDS: &[&str] = &[
        "type",
        "description",
        "name",
        "in",
        "scheme",
        "bearerFormat",
        "flows",
        "openIdConnectUrl",
    ];
    let (kind, description) = match object(reader, node, FIELDS, None)? {
        v3::SecurityScheme::APIKey {
            location,
            name,
            description,
            ..
        } => {
            let location = match location {
                v3::APIKeyLocation::Query => Location::Query,
                v3::APIKeyLocation::Header => Location::Header,
                v3::APIKeyLocation::Cookie => Location::Cookie,
            };
            (SecurityKind::ApiKey { name, location }, description)
        }
        v3::SecurityScheme::HTTP {
            scheme,
            bearer_format,
            description,
            ..
        } => (
            SecurityKind::Http {
                scheme,
                bearer_format,
            },
            description,
        ),
        v3::SecurityScheme::OAuth2 { description, .. } => (
            SecurityKind::OAuth2 {
                flows: reader.tree.get(node, "flows")?,
            },
            description,
        ),
        v3::SecurityScheme::OpenIDConnect {
            open_id_connect_url,
            description,
            ..
        } => (
            SecurityKind::OpenIdConnect {
                url: open_id_connect_url,
            },
            description,
        ),
    };
    let deprecated = reader.flag(node, "deprecated").unwrap_or(false);
    Some(SecurityScheme {
        at: node,
        description,
        deprecated,
        kind,
    })
}
