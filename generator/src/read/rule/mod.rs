//! What the specification says in words and no grammar can: fields that exclude one another, names that are unique, texts
//! that are URLs. All of it is sloppiness: there is a reading without it, and the message says which rule is broken.

mod expression;
mod format;
mod identity;
mod link;
mod media;
mod object;
mod parameter;
mod schema;
mod security;
mod server;

use std::collections::HashMap;

use self::format::Format;
use super::grammar::{self, Object, Versions};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, code};
use crate::document::Version;
use crate::source::{Entry, NodeId, Tree, Value};

/// What has been met so far that may be there once only. Only ever looked into.
#[derive(Debug, Default)]
pub(super) struct Met {
    operation_ids: HashMap<String, NodeId>,
    /// What `$id` and `$anchor` name, with the resource that an anchor is of.
    identities: HashMap<(&'static str, NodeId, String), NodeId>,
    /// The ids that links name, to be looked for at the end.
    linked: Vec<NodeId>,
}

/// An object whose rules are looked at.
pub(super) struct Rules<'a, 'b> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    pub(super) diagnostics: &'b mut Diagnostics,
    pub(super) met: &'b mut Met,
    pub(super) node: NodeId,
    pub(super) entries: &'a [Entry],
}

/// Fields of an object that cannot both be there, with the versions that say so.
const EXCLUSIVE: &[(Object, &str, &str, Versions)] = &[
    (Object::License, "identifier", "url", grammar::SINCE_3_1),
    (Object::Parameter, "schema", "content", grammar::SINCE_3_0),
    (Object::Parameter, "example", "examples", grammar::SINCE_3_0),
    (Object::Parameter, "content", "style", grammar::SINCE_3_0),
    (Object::Parameter, "content", "explode", grammar::SINCE_3_0),
    (
        Object::Parameter,
        "content",
        "allowReserved",
        grammar::SINCE_3_0,
    ),
    (Object::Parameter, "content", "example", grammar::V3_0_AND_1),
    (
        Object::Parameter,
        "content",
        "examples",
        grammar::V3_0_AND_1,
    ),
    (Object::Header, "schema", "content", grammar::SINCE_3_0),
    (Object::Header, "example", "examples", grammar::SINCE_3_0),
    (Object::MediaType, "example", "examples", grammar::SINCE_3_0),
    (
        Object::MediaType,
        "encoding",
        "prefixEncoding",
        grammar::V32,
    ),
    (Object::MediaType, "encoding", "itemEncoding", grammar::V32),
    (Object::Encoding, "encoding", "prefixEncoding", grammar::V32),
    (Object::Encoding, "encoding", "itemEncoding", grammar::V32),
    (
        Object::Example,
        "value",
        "externalValue",
        grammar::SINCE_3_0,
    ),
    (Object::Example, "value", "dataValue", grammar::V32),
    (Object::Example, "value", "serializedValue", grammar::V32),
    (
        Object::Example,
        "serializedValue",
        "externalValue",
        grammar::V32,
    ),
    (
        Object::Link,
        "operationRef",
        "operationId",
        grammar::SINCE_3_0,
    ),
    (Object::Xml, "attribute", "nodeType", grammar::V32),
    (Object::Xml, "wrapped", "nodeType", grammar::V32),
];

/// Fields whose text has a form.
const FORMATS: &[(Object, &str, Format)] = &[
    (Object::Info, "termsOfService", Format::Url),
    (Object::Contact, "url", Format::Url),
    (Object::Contact, "email", Format::Email),
    (Object::License, "url", Format::Url),
    (Object::ExternalDocs, "url", Format::Url),
    (Object::Server, "url", Format::UrlTemplate),
    (Object::OAuthFlow, "authorizationUrl", Format::Url),
    (Object::OAuthFlow, "deviceAuthorizationUrl", Format::Url),
    (Object::OAuthFlow, "tokenUrl", Format::Url),
    (Object::OAuthFlow, "refreshUrl", Format::Url),
    (Object::SecurityScheme, "authorizationUrl", Format::Url),
    (Object::SecurityScheme, "tokenUrl", Format::Url),
    (Object::SecurityScheme, "openIdConnectUrl", Format::Url),
    (Object::SecurityScheme, "oauth2MetadataUrl", Format::Url),
    (Object::Xml, "namespace", Format::Url),
    (Object::Example, "externalValue", Format::Url),
    (Object::OpenApi, "host", Format::Host),
    (Object::OpenApi, "basePath", Format::BasePath),
    (Object::OpenApi, "jsonSchemaDialect", Format::Url),
    (Object::OpenApi, "$self", Format::Url),
    (Object::Schema, "$id", Format::Url),
    (Object::Schema, "$schema", Format::Url),
];

impl<'a> Rules<'a, '_> {
    /// Looks at everything that is said of this kind of object.
    pub(super) fn check(&mut self, object: Object) {
        let versions = Versions::of(self.version);
        let exclusive = EXCLUSIVE.iter().filter(|(of, ..)| *of == object);
        for (_, first, second, _) in exclusive.filter(|(.., said)| said.meets(versions)) {
            self.exclusive(first, second);
        }
        for (_, field, format) in FORMATS.iter().filter(|(of, ..)| *of == object) {
            self.formatted(field, *format);
        }
        match object {
            Object::OpenApi => self.document(),
            Object::Components => self.components(),
            Object::Paths => self.paths(),
            Object::Server => self.server(),
            Object::PathItem => self.path_item(),
            Object::Operation => self.operation(),
            Object::Parameter => self.parameter(),
            Object::Header => self.header(),
            Object::RequestBody => self.content(),
            Object::Response => self.response(),
            Object::MediaType => self.media_type(),
            Object::Callback => self.callback(),
            Object::SecurityScheme => self.security_scheme(),
            Object::SecurityRequirement => self.requirement(),
            Object::Xml => self.xml(),
            Object::Encoding => self.encoding(),
            Object::Responses => self.responses(),
            Object::Link => self.link(),
            Object::OAuthFlow => self.oauth_flow(),
            Object::Schema => self.schema(),
            Object::Items => self.parameter_items(),
            _ => {}
        }
    }

    fn get(&self, key: &str) -> Option<NodeId> {
        self.tree.get(self.node, key)
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.tree.str(self.get(key)?)
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.tree.value(self.get(key)?) {
            Value::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// The key an object stands under, or the object itself if it is in a list.
    fn here(&self) -> Place {
        self.place(self.node)
    }

    fn place(&self, node: NodeId) -> Place {
        if self.tree.key_span(node).is_some() {
            Place::Key(node)
        } else {
            Place::Node(node)
        }
    }

    fn report(
        &mut self,
        code: &'static Code,
        place: Place,
        message: impl Into<String>,
        label: &str,
        help: &str,
    ) {
        let fault = Diagnostic::new(code, place, message).label(label);
        self.diagnostics.report(fault.help(help));
    }

    fn exclusive(&mut self, first: &str, second: &str) {
        if let (Some(_), Some(at)) = (self.get(first), self.get(second)) {
            let message = format!("`{first}` and `{second}` exclude one another");
            let help = format!("remove `{first}` or `{second}`");
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(at),
                message,
                "one of the two",
                &help,
            );
        }
    }

    fn formatted(&mut self, field: &str, format: Format) {
        let Some(at) = self.get(field) else { return };
        let Some(fault) = self.tree.str(at).and_then(|text| format.fault(text)) else {
            return;
        };
        let message = format!("`{field}` is {}", format.expected());
        self.report(
            code::INVALID_VALUE,
            Place::Node(at),
            message,
            &fault,
            "correct it",
        );
    }

    /// Reports a member that is not there.
    fn absent(&mut self, what: &str, help: &str) {
        let message = format!("{what} is missing");
        self.report(
            code::INCOMPLETE_OBJECT,
            self.here(),
            message,
            "incomplete",
            help,
        );
    }

    /// The object behind references, if they lead to one.
    fn followed(&self, node: NodeId) -> Option<NodeId> {
        const MOST_STEPS: usize = 16;
        let mut at = node;
        for _ in 0..MOST_STEPS {
            let Some(reference) = self.tree.get(at, "$ref") else {
                return Some(at);
            };
            at = self
                .tree
                .resolve(reference, self.tree.str(reference)?)
                .ok()?;
        }
        None
    }
}

pub(super) use link::finish;
