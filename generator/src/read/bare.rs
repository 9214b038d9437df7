//! Reads objects without their children, from the tree: leaves, and the plain fields of the others.
//!
//! In 3.0 documents [`v3_0`](super::v3_0) comes first; what it refuses is read here.

use super::{Reader, named, v3_0};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{
    Example, ExternalDocs, Header, Info, Link, Location, Named, Operation, Parameter, RequestBody,
    Response, SecurityKind, SecurityScheme, Server, ServerVariable, Style, Tag, Version,
};
use crate::source::NodeId;

impl Reader<'_> {
    /// What `read` makes of a 3.0 object through `openapiv3`; `None` for other versions and where that crate refuses.
    fn in_3_0<T>(&self, read: impl FnOnce(&Self) -> Option<T>) -> Option<T> {
        if self.version == Version::V3_0 {
            read(self)
        } else {
            None
        }
    }

    pub(super) fn info(&self, node: Option<NodeId>) -> Info {
        let Some(node) = node else {
            return Info::default();
        };
        if let Some(info) = self.in_3_0(|reader| v3_0::info(reader, node)) {
            return info;
        }
        let part = |object, field| self.string(self.tree.get(node, object)?, field);
        Info {
            at: Some(node),
            title: self.string(node, "title").unwrap_or_default(),
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
            terms_of_service: self.string(node, "termsOfService"),
            contact_name: part("contact", "name"),
            contact_url: part("contact", "url"),
            contact_email: part("contact", "email"),
            license_name: part("license", "name"),
            license_identifier: part("license", "identifier"),
            license_url: part("license", "url"),
            version: self.string(node, "version").unwrap_or_default(),
        }
    }

    pub(super) fn external_docs(&self, parent: NodeId) -> Option<ExternalDocs> {
        let at = self.tree.get(parent, "externalDocs")?;
        if let Some(docs) = self.in_3_0(|reader| v3_0::external_docs(reader, at)) {
            return Some(docs);
        }
        Some(ExternalDocs {
            at,
            description: self.string(at, "description"),
            url: self.string(at, "url")?,
        })
    }

    pub(super) fn tag(&self, node: NodeId) -> Option<Tag> {
        let external_docs = self.external_docs(node);
        if let Some(tag) = self.in_3_0(|reader| v3_0::tag(reader, node)) {
            return Some(Tag {
                external_docs,
                ..tag
            });
        }
        Some(Tag {
            at: node,
            name: self.string(node, "name")?,
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
            external_docs,
            parent: self.string(node, "parent"),
            kind: self.string(node, "kind"),
            extensions: self.extensions(node),
        })
    }

    pub(super) fn server(&mut self, node: NodeId) -> Option<Server> {
        if let Some(server) = self.in_3_0(|reader| v3_0::server(reader, node)) {
            return Some(server);
        }
        Some(Server {
            at: node,
            url: self.string(node, "url")?,
            name: self.string(node, "name"),
            description: self.string(node, "description"),
            variables: self.map(node, "variables", Self::server_variable),
        })
    }

    fn server_variable(&mut self, node: NodeId) -> Option<ServerVariable> {
        Some(ServerVariable {
            default: self.string(node, "default")?,
            values: self.strings(node, "enum"),
            description: self.string(node, "description"),
        })
    }

    pub(super) fn bare_operation(&self, node: NodeId, method: String) -> Operation {
        let from_crate = self.in_3_0(|reader| v3_0::operation(reader, node));
        let plain = from_crate.unwrap_or_else(|| v3_0::PlainOperation {
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
            operation_id: self.string(node, "operationId"),
            deprecated: self.flag(node, "deprecated").unwrap_or(false),
        });
        let id_at = self.tree.get(node, "operationId");
        Operation {
            at: node,
            method,
            tags: self.named_strings(node, "tags"),
            summary: plain.summary,
            description: plain.description,
            external_docs: None,
            operation_id: plain
                .operation_id
                .zip(id_at)
                .map(|(name, at)| Named { name, at }),
            parameters: Vec::new(),
            request_body: None,
            responses: Vec::new(),
            callbacks: Vec::new(),
            deprecated: plain.deprecated,
            security: None,
            servers: Vec::new(),
            extensions: self.extensions(node),
        }
    }

    pub(super) fn bare_parameter(&self, node: NodeId) -> Option<Parameter> {
        if let Some(parameter) = self.in_3_0(|reader| v3_0::parameter(reader, node)) {
            return Some(parameter);
        }
        let location = match self.word(node, "in")?.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            "header" => Location::Header,
            "cookie" => Location::Cookie,
            "querystring" => Location::QueryString,
            _ => return None,
        };
        let name = match (self.string(node, "name"), location) {
            (Some(name), _) => name,
            // The name is nowhere on the wire.
            (None, Location::QueryString) => "querystring".to_owned(),
            (None, _) => return None,
        };
        Some(Parameter {
            at: node,
            name,
            location,
            header: self.header_from_tree(node),
            allow_empty_value: self.flag(node, "allowEmptyValue").unwrap_or(false),
        })
    }

    pub(super) fn bare_header(&self, node: NodeId) -> Header {
        self.in_3_0(|reader| v3_0::header(reader, node))
            .unwrap_or_else(|| self.header_from_tree(node))
    }

    pub(super) fn header_from_tree(&self, node: NodeId) -> Header {
        Header {
            at: node,
            description: self.string(node, "description"),
            required: self.flag(node, "required").unwrap_or(false),
            deprecated: self.flag(node, "deprecated").unwrap_or(false),
            style: self.style(node),
            explode: self.flag(node, "explode"),
            allow_reserved: self.flag(node, "allowReserved").unwrap_or(false),
            schema: None,
            content: Vec::new(),
            example: None,
            examples: Vec::new(),
            extensions: self.extensions(node),
        }
    }

    pub(super) fn style(&self, node: NodeId) -> Option<Style> {
        Some(match self.word(node, "style")?.as_str() {
            "matrix" => Style::Matrix,
            "label" => Style::Label,
            "simple" => Style::Simple,
            "form" => Style::Form,
            "spacedelimited" => Style::SpaceDelimited,
            "pipedelimited" => Style::PipeDelimited,
            "deepobject" => Style::DeepObject,
            "cookie" => Style::Cookie,
            _ => return None,
        })
    }

    pub(super) fn bare_request_body(&self, node: NodeId) -> RequestBody {
        let plain = self.in_3_0(|reader| v3_0::request_body(reader, node));
        let (description, required) = plain.unwrap_or_else(|| {
            (
                self.string(node, "description"),
                self.flag(node, "required").unwrap_or(false),
            )
        });
        RequestBody {
            at: node,
            description,
            content: Vec::new(),
            required,
            extensions: self.extensions(node),
        }
    }

    pub(super) fn bare_response(&self, node: NodeId) -> Response {
        let description = self.in_3_0(|reader| v3_0::response_description(reader, node));
        Response {
            at: node,
            summary: self.string(node, "summary"),
            description: description.or_else(|| self.string(node, "description")),
            headers: Vec::new(),
            content: Vec::new(),
            links: Vec::new(),
            extensions: self.extensions(node),
        }
    }

    pub(super) fn example(&mut self, node: NodeId) -> Option<Example> {
        if let Some(example) = self.in_3_0(|reader| v3_0::example(reader, node)) {
            return Some(example);
        }
        Some(Example {
            at: node,
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
            value: self
                .tree
                .get(node, "dataValue")
                .or_else(|| self.tree.get(node, "value")),
            serialized_value: self.string(node, "serializedValue"),
            external_value: self.string(node, "externalValue"),
        })
    }

    pub(super) fn link(&mut self, node: NodeId) -> Option<Link> {
        let server = self
            .tree
            .get(node, "server")
            .and_then(|server| self.server(server));
        let parameters = self.members(node, "parameters").iter();
        let parameters = parameters
            .map(|entry| (named(entry), entry.value))
            .collect();
        if let Some(link) = self.in_3_0(|reader| v3_0::link(reader, node)) {
            return Some(Link {
                server,
                parameters,
                ..link
            });
        }
        Some(Link {
            at: node,
            operation_ref: self.string(node, "operationRef"),
            operation_id: self.string(node, "operationId"),
            parameters,
            request_body: self.tree.get(node, "requestBody"),
            description: self.string(node, "description"),
            server,
        })
    }

    pub(super) fn security_scheme(&mut self, node: NodeId) -> Option<SecurityScheme> {
        if let Some(scheme) = self.in_3_0(|reader| v3_0::security_scheme(reader, node)) {
            return Some(scheme);
        }
        if let Some(scheme) = (self.version == Version::V2_0)
            .then(|| self.security_scheme_2_0(node))
            .flatten()
        {
            return Some(scheme);
        }
        let kind = match self.word(node, "type")?.as_str() {
            "apikey" => SecurityKind::ApiKey {
                name: self.needed(node, "apiKey", "name")?,
                location: match self
                    .needed(node, "apiKey", "in")?
                    .to_ascii_lowercase()
                    .as_str()
                {
                    "query" => Location::Query,
                    "header" => Location::Header,
                    "cookie" => Location::Cookie,
                    _ => return None,
                },
            },
            "http" => SecurityKind::Http {
                scheme: self.needed(node, "http", "scheme")?,
                bearer_format: self.string(node, "bearerFormat"),
            },
            "mutualtls" => SecurityKind::MutualTls,
            // Nothing of the flows is needed to send a token.
            "oauth2" => SecurityKind::OAuth2 {
                flows: self.tree.get(node, "flows").unwrap_or(node),
            },
            "openidconnect" => SecurityKind::OpenIdConnect {
                url: self.string(node, "openIdConnectUrl").unwrap_or_default(),
            },
            _ => return None,
        };
        Some(SecurityScheme {
            at: node,
            description: self.string(node, "description"),
            deprecated: self.flag(node, "deprecated").unwrap_or(false),
            kind,
        })
    }

    /// A field that a security scheme of this kind cannot do without.
    fn needed(&mut self, node: NodeId, kind: &str, key: &str) -> Option<String> {
        let found = self.string(node, key);
        if found.is_none() {
            self.diagnostics.report(
                Diagnostic::new(
                    code::INCOMPLETE_OBJECT,
                    Place::Key(node),
                    format!("the Security Scheme Object of type `{kind}` has no `{key}`"),
                )
                .label(format!("no `{key}`")),
            );
        }
        found
    }
}
