//! Reads the objects that have children: everything but schemas and leaves.

use super::grammar::{self, Kind, Object, Versions};
use super::{Reader, elsewhere, named, shape};
use crate::document::{
    Callback, Components, Document, Encoding, Header, Location, Made, MediaType, Named, Operation,
    Or, Parameter, PathItem, RequestBody, Response, SecurityRequirement, Server, Tag, Version,
};
use crate::source::NodeId;

impl Reader<'_> {
    pub(super) fn document(mut self) -> Document {
        let root = self.tree.root();
        let mut document = Document {
            at: root,
            version: self.version,
            info: self.info(self.tree.get(root, "info")),
            servers: self.servers(root),
            paths: self.paths(root),
            webhooks: self.map(root, "webhooks", Self::path_item),
            components: self.components(root),
            elsewhere: Components::default(),
            security: self.security(root),
            tags: self.tags(root),
            external_docs: self.external_docs(root),
            extensions: self.extensions(root),
            schemas: Vec::new(),
            made: Made::default(),
        };
        document.elsewhere = self.elsewhere(&document.components);
        document.schemas = self.into_schemas();
        document
    }

    fn servers(&mut self, node: NodeId) -> Vec<Server> {
        self.items(node, "servers")
            .into_iter()
            .filter_map(|item| self.server(item))
            .collect()
    }

    pub(super) fn tags(&mut self, node: NodeId) -> Vec<Tag> {
        self.items(node, "tags")
            .into_iter()
            .filter_map(|item| self.tag(item))
            .collect()
    }

    fn paths(&mut self, root: NodeId) -> Vec<(Named, PathItem)> {
        let entries = self
            .members(root, "paths")
            .iter()
            .filter(|entry| !entry.key.starts_with("x-"));
        entries
            .filter_map(|entry| Some((named(entry), self.path_item(entry.value)?)))
            .collect()
    }

    fn components(&mut self, root: NodeId) -> Components {
        let Some(node) = self.tree.get(root, "components") else {
            return Components::default();
        };
        Components {
            schemas: self.schema_map(node, "schemas"),
            responses: self.or_map(node, "responses"),
            parameters: self.or_map(node, "parameters"),
            examples: self.or_map(node, "examples"),
            request_bodies: self.or_map(node, "requestBodies"),
            headers: self.or_map(node, "headers"),
            security_schemes: self.or_map(node, "securitySchemes"),
            links: self.or_map(node, "links"),
            callbacks: self.or_map(node, "callbacks"),
            path_items: self.map(node, "pathItems", Self::path_item),
            media_types: self.or_map(node, "mediaTypes"),
        }
    }

    /// A path item, with what the one that it refers to has and it does not.
    pub(super) fn path_item(&mut self, node: NodeId) -> Option<PathItem> {
        let own = if self.version == Version::V2_0 {
            self.path_item_2_0(node)
        } else {
            self.own_path_item(node)
        };
        let target = own.reference.as_ref().and_then(|to| self.target(to.at));
        let Some(target) = target.filter(|target| !self.within.contains(target)) else {
            return Some(own);
        };
        self.within.push(node);
        let other = self.path_item(target);
        self.within.pop();
        Some(match other {
            Some(other) => joined(own, other),
            None => own,
        })
    }

    fn own_path_item(&mut self, node: NodeId) -> PathItem {
        let bare = self.bare_path_item(node);
        PathItem {
            operations: self.operations(node),
            servers: self.servers(node),
            parameters: self.parameters(node),
            ..bare
        }
    }

    pub(super) fn bare_path_item(&mut self, node: NodeId) -> PathItem {
        let reference = self.reference(node);
        if let Some(reference) = &reference {
            self.reach(reference, elsewhere::read_path_item);
        }
        PathItem {
            at: node,
            reference,
            summary: self.string(node, "summary"),
            description: self.string(node, "description"),
            operations: Vec::new(),
            servers: Vec::new(),
            parameters: Vec::new(),
            extensions: self.extensions(node),
        }
    }

    /// In the order of the document, those under `additionalOperations` last.
    fn operations(&mut self, node: NodeId) -> Vec<Operation> {
        let fixed = self
            .entries(node)
            .iter()
            .filter(|entry| is_operation(&entry.key, self.version));
        let fixed: Vec<_> = fixed.collect();
        let mut operations: Vec<Operation> = fixed
            .into_iter()
            .filter_map(|entry| self.operation(entry.value, entry.key.to_ascii_uppercase()))
            .collect();
        for entry in self.members(node, "additionalOperations") {
            operations.extend(self.operation(entry.value, entry.key.to_string()));
        }
        operations
    }

    /// Some documents write a reference in place of an operation. The grammar has warned of it; it is followed.
    fn operation(&mut self, node: NodeId, method: String) -> Option<Operation> {
        let depth = self.within.len();
        let mut at = node;
        while !self.within.contains(&at) {
            self.within.push(at);
            match self
                .reference(at)
                .and_then(|reference| self.target(reference.at))
            {
                Some(target) => at = target,
                None => break,
            }
        }
        // Where it ended on an operation that is being read, it goes in a circle.
        let operation = (self.within.last() == Some(&at)).then(|| self.operation_at(at, method));
        self.within.truncate(depth);
        operation
    }

    fn operation_at(&mut self, node: NodeId, method: String) -> Operation {
        let responses = self
            .tree
            .get(node, "responses")
            .map_or(&[][..], |responses| self.entries(responses));
        let request_body = self.tree.get(node, "requestBody");
        let bare = self.bare_operation(node, method);
        Operation {
            external_docs: self.external_docs(node),
            parameters: self.parameters(node),
            request_body: request_body.and_then(|body| self.or(body)),
            responses: responses
                .iter()
                .filter(|entry| shape::is_status(&entry.key))
                .filter_map(|entry| Some((named(entry), self.or(entry.value)?)))
                .collect(),
            callbacks: self.or_map(node, "callbacks"),
            security: self.security(node),
            servers: self.servers(node),
            ..bare
        }
    }

    fn parameters(&mut self, node: NodeId) -> Vec<Or<Parameter>> {
        self.items(node, "parameters")
            .into_iter()
            .filter_map(|item| self.or(item))
            .collect()
    }

    pub(super) fn parameter(&mut self, node: NodeId) -> Option<Parameter> {
        let bare = self.bare_parameter(node)?;
        let header = match self.version {
            Version::V2_0 => self.header_2_0(bare.header, bare.location),
            _ => self.with_children(bare.header),
        };
        Some(Parameter { header, ..bare })
    }

    pub(super) fn header(&mut self, node: NodeId) -> Option<Header> {
        let bare = self.bare_header(node);
        self.nested(node, |reader| match reader.version {
            Version::V2_0 => reader.header_2_0(bare, Location::Header),
            _ => reader.with_children(bare),
        })
    }

    fn with_children(&mut self, bare: Header) -> Header {
        let node = bare.at;
        Header {
            schema: self.schema_at(node, "schema"),
            content: self.or_map(node, "content"),
            example: self.tree.get(node, "example"),
            examples: self.or_map(node, "examples"),
            ..bare
        }
    }

    pub(super) fn request_body(&mut self, node: NodeId) -> Option<RequestBody> {
        let bare = self.bare_request_body(node);
        Some(RequestBody {
            content: self.or_map(node, "content"),
            ..bare
        })
    }

    pub(super) fn media_type(&mut self, node: NodeId) -> Option<MediaType> {
        Some(MediaType {
            at: node,
            schema: self.schema_at(node, "schema"),
            item_schema: self.schema_at(node, "itemSchema"),
            example: self.tree.get(node, "example"),
            examples: self.or_map(node, "examples"),
            encoding: self.map(node, "encoding", Self::encoding),
            prefix_encoding: self.encodings(node),
            item_encoding: self.item_encoding(node),
            extensions: self.extensions(node),
        })
    }

    fn encoding(&mut self, node: NodeId) -> Option<Encoding> {
        self.nested(node, |reader| Encoding {
            at: node,
            content_type: reader.string(node, "contentType"),
            headers: reader.or_map(node, "headers"),
            style: reader.style(node),
            explode: reader.flag(node, "explode"),
            allow_reserved: reader.flag(node, "allowReserved"),
            encoding: reader.map(node, "encoding", Self::encoding),
            prefix_encoding: reader.encodings(node),
            item_encoding: reader.item_encoding(node),
        })
    }

    fn encodings(&mut self, node: NodeId) -> Vec<Encoding> {
        self.items(node, "prefixEncoding")
            .into_iter()
            .filter_map(|item| self.encoding(item))
            .collect()
    }

    fn item_encoding(&mut self, node: NodeId) -> Option<Box<Encoding>> {
        let item = self.tree.get(node, "itemEncoding")?;
        self.encoding(item).map(Box::new)
    }

    pub(super) fn response(&mut self, node: NodeId) -> Option<Response> {
        if self.version == Version::V2_0 {
            return Some(self.response_2_0(node));
        }
        let bare = self.bare_response(node);
        let above = self
            .tree
            .parent(node)
            .and_then(|above| self.tree.key(above));
        // Some documents refer to a schema where a response belongs. The grammar has warned of it.
        let content = match self.tree.own_entry(node) {
            Some(entry) if above == Some("schemas") => self.body_alone(entry.value),
            _ => self.or_map(node, "content"),
        };
        Some(Response {
            headers: self.or_map(node, "headers"),
            content,
            links: self.or_map(node, "links"),
            ..bare
        })
    }

    fn body_alone(&mut self, schema: NodeId) -> Vec<(Named, Or<MediaType>)> {
        let media = MediaType {
            at: schema,
            schema: Some(self.schema(schema)),
            item_schema: None,
            example: None,
            examples: Vec::new(),
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            extensions: Vec::new(),
        };
        let name = Named {
            name: "application/json".to_owned(),
            at: schema,
        };
        vec![(name, Or::Value(media))]
    }

    pub(super) fn callback(&mut self, node: NodeId) -> Option<Callback> {
        let expressions = self.nested(node, |reader| {
            let entries = reader
                .entries(node)
                .iter()
                .filter(|entry| !entry.key.starts_with("x-"));
            entries
                .filter_map(|entry| Some((named(entry), reader.path_item(entry.value)?)))
                .collect()
        })?;
        Some(Callback {
            at: node,
            expressions,
        })
    }

    pub(super) fn security(&mut self, node: NodeId) -> Option<Vec<SecurityRequirement>> {
        self.tree.get(node, "security")?;
        let alternatives = self.items(node, "security").into_iter();
        Some(
            alternatives
                .map(|at| SecurityRequirement {
                    at,
                    schemes: self.requirement(at),
                })
                .collect(),
        )
    }

    fn requirement(&self, node: NodeId) -> Vec<(Named, Vec<String>)> {
        let schemes = self.entries(node).iter();
        schemes
            .map(|entry| (named(entry), self.strings(node, &entry.key)))
            .collect()
    }
}

/// What stands beside `$ref` in a path item, and what it refers to; the former where both say something.
fn joined(own: PathItem, other: PathItem) -> PathItem {
    let has = |list: &[Operation], method: &str| list.iter().any(|one| one.method == method);
    let mut operations = own.operations;
    let more = other.operations.into_iter();
    let more: Vec<_> = more.filter(|one| !has(&operations, &one.method)).collect();
    operations.extend(more);
    let name = |parameter: &Or<Parameter>| match parameter {
        Or::Value(parameter) => (Some(parameter.name.clone()), Some(parameter.location), None),
        Or::Reference(reference) => (None, None, Some(reference.to.clone())),
    };
    let mut parameters = own.parameters;
    let names: Vec<_> = parameters.iter().map(name).collect();
    let more = other.parameters.into_iter();
    parameters.extend(more.filter(|one| !names.contains(&name(one))));
    PathItem {
        summary: own.summary.or(other.summary),
        description: own.description.or(other.description),
        operations,
        servers: if own.servers.is_empty() {
            other.servers
        } else {
            own.servers
        },
        parameters,
        extensions: own.extensions.into_iter().chain(other.extensions).collect(),
        at: own.at,
        reference: own.reference,
    }
}

/// Whether a field of a path item holds an operation, in any version: one that came later is read all the same.
pub(super) fn is_operation(key: &str, version: Version) -> bool {
    let field = grammar::row(Object::PathItem).field(key, Versions::of(version));
    field.is_some_and(|field| matches!(field.kind, Kind::Object(Object::Operation)))
}
