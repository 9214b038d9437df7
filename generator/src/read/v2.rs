//! Raises Swagger 2.0: what it says in its own places is moved to where 3.x says it.
//!
//! `host`, `basePath` and `schemes` become servers; body and form parameters a request body; `produces` and `consumes`
//! the media types; `collectionFormat` a style; the type of a parameter, which stands in the parameter itself, a schema.

use super::{Reader, named};
use crate::document::{
    Components, Document, Encoding, Header, Location, Made, MediaType, Named, Operation, Or,
    Parameter, PathItem, RequestBody, Response, Schema, SchemaId, SchemaType, SecurityKind,
    SecurityScheme, Server, Style,
};
use crate::source::NodeId;

const JSON: &str = "application/json";

impl Reader<'_> {
    pub(super) fn document_2_0(mut self) -> Document {
        let root = self.tree.root();
        let servers = self.servers_2_0(root, root);
        let paths = self.tree.get(root, "paths");
        let entries = paths.map_or(&[][..], |paths| self.entries(paths)).iter();
        let paths = entries
            .filter(|entry| !entry.key.starts_with("x-"))
            .map(|entry| (named(entry), self.path_item_2_0(entry.value)))
            .collect();
        let mut document = Document {
            at: root,
            version: self.version,
            info: self.info(self.tree.get(root, "info")),
            servers,
            paths,
            webhooks: Vec::new(),
            components: self.components_2_0(root),
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

    /// One for each scheme; without a host, the place the document came from.
    fn servers_2_0(&self, root: NodeId, node: NodeId) -> Vec<Server> {
        let base = self.string(root, "basePath").unwrap_or_default();
        // Every path begins with a slash.
        let base = base.trim_end_matches('/').to_owned();
        let schemes = self.named_strings(node, "schemes");
        let server = |at, url| Server {
            at,
            url,
            name: None,
            description: None,
            variables: Vec::new(),
        };
        match self.string(root, "host") {
            None if base.is_empty() => Vec::new(),
            None => vec![server(root, base)],
            Some(host) if schemes.is_empty() => vec![server(node, format!("https://{host}{base}"))],
            Some(host) => {
                let urls = schemes
                    .into_iter()
                    .map(|one| (one.at, format!("{}://{host}{base}", one.name)));
                urls.map(|(at, url)| server(at, url)).collect()
            }
        }
    }

    fn components_2_0(&mut self, root: NodeId) -> Components {
        let mut components = Components {
            schemas: self.schema_map(root, "definitions"),
            responses: self.or_map(root, "responses"),
            security_schemes: self.or_map(root, "securityDefinitions"),
            ..Components::default()
        };
        for entry in self.members(root, "parameters") {
            match self.word(entry.value, "in").as_deref() {
                Some("body") => {
                    let body = self.body(entry.value, entry.value);
                    components
                        .request_bodies
                        .push((named(entry), Or::Value(body)));
                }
                // Part of each operation's own form.
                Some("formdata") => {}
                _ => components.parameters.extend(
                    self.or(entry.value)
                        .map(|parameter| (named(entry), parameter)),
                ),
            }
        }
        components
    }

    pub(super) fn path_item_2_0(&mut self, node: NodeId) -> PathItem {
        let shared = self.items(node, "parameters");
        let entries = self
            .entries(node)
            .iter()
            .filter(|entry| super::object::is_operation(&entry.key, self.version));
        let entries: Vec<_> = entries.collect();
        let operations = entries
            .into_iter()
            .map(|entry| self.operation_2_0(entry.value, entry.key.to_ascii_uppercase(), &shared))
            .collect();
        let parameters = self.plain_parameters(&shared);
        let bare = self.bare_path_item(node);
        PathItem {
            operations,
            parameters,
            ..bare
        }
    }

    fn operation_2_0(&mut self, node: NodeId, method: String, shared: &[NodeId]) -> Operation {
        let own = self.items(node, "parameters");
        let servers = match self.tree.get(node, "schemes") {
            Some(_) => self.servers_2_0(self.tree.root(), node),
            None => Vec::new(),
        };
        let produces = self.media_types(node, "produces");
        let own_produces = self.tree.get(node, "produces").is_some();
        let responses = self
            .members(node, "responses")
            .iter()
            .filter(|entry| super::shape::is_status(&entry.key));
        let responses = responses
            .filter_map(|entry| {
                let response: Or<Response> = self.or(entry.value)?;
                let target = match (&response, own_produces) {
                    (Or::Reference(reference), true) => self.target(reference.at),
                    _ => None,
                };
                // A shared response is sent as each operation produces it.
                let response = match target {
                    Some(target) => Or::Value(self.response_2_0(target)),
                    None => response,
                };
                Some((named(entry), self.with_media_types(response, &produces)))
            })
            .collect();
        let bare = self.bare_operation(node, method);
        Operation {
            external_docs: self.external_docs(node),
            parameters: self.plain_parameters(&own),
            request_body: self.request_body_2_0(node, &own, shared),
            responses,
            security: self.security(node),
            servers,
            ..bare
        }
    }

    /// The parameters that are neither body nor form.
    fn plain_parameters(&mut self, list: &[NodeId]) -> Vec<Or<Parameter>> {
        let plain = list.iter().filter(|&&item| {
            !matches!(
                self.location_2_0(item).as_deref(),
                Some("body" | "formdata")
            )
        });
        let plain: Vec<NodeId> = plain.copied().collect();
        plain.into_iter().filter_map(|item| self.or(item)).collect()
    }

    /// Where a parameter, or the one that a reference leads to, goes.
    fn location_2_0(&self, item: NodeId) -> Option<String> {
        self.word(self.followed(item), "in")
    }

    fn followed(&self, node: NodeId) -> NodeId {
        self.reference(node)
            .and_then(|reference| self.target(reference.at))
            .unwrap_or(node)
    }

    fn request_body_2_0(
        &mut self,
        node: NodeId,
        own: &[NodeId],
        shared: &[NodeId],
    ) -> Option<Or<RequestBody>> {
        let all = || own.iter().chain(shared).copied();
        if let Some(body) = all().find(|&item| self.location_2_0(item).as_deref() == Some("body")) {
            return Some(Or::Value(self.body(self.followed(body), node)));
        }
        let mut fields: Vec<NodeId> = Vec::new();
        for item in all().map(|item| self.followed(item)) {
            let name = self.string(item, "name");
            let overridden = fields
                .iter()
                .any(|&field| self.string(field, "name") == name);
            if self.word(item, "in").as_deref() == Some("formdata") && !overridden {
                fields.push(item);
            }
        }
        (!fields.is_empty()).then(|| Or::Value(self.form(node, &fields)))
    }

    fn body(&mut self, parameter: NodeId, operation: NodeId) -> RequestBody {
        let schema = self.schema_at(parameter, "schema");
        let media_types = self.media_types(operation, "consumes");
        RequestBody {
            at: parameter,
            description: self.string(parameter, "description"),
            content: self.content(parameter, schema, &media_types),
            required: self.flag(parameter, "required").unwrap_or(false),
            extensions: self.extensions(parameter),
        }
    }

    /// An object schema with a property for each form parameter.
    fn form(&mut self, operation: NodeId, fields: &[NodeId]) -> RequestBody {
        let mut schema = Schema::new(operation);
        schema.types.push(SchemaType::Object);
        let mut file = false;
        for &field in fields {
            let Some(name) = self.named_string(field, "name") else {
                continue;
            };
            file |= self.word(field, "type").as_deref() == Some("file");
            if self.flag(field, "required") == Some(true) {
                schema.required.push(name.clone());
            }
            schema
                .properties
                .push((Named { at: field, ..name }, self.schema(field)));
        }
        let required = !schema.required.is_empty();
        let forms = ["multipart/form-data", "application/x-www-form-urlencoded"];
        let mut media_types = self.media_types(operation, "consumes");
        media_types
            .retain(|one| forms.contains(&one.name.as_str()) && !(file && one.name == forms[1]));
        if media_types.is_empty() {
            media_types.push(Named {
                name: forms[usize::from(!file)].to_owned(),
                at: operation,
            });
        }
        let schema = self.made_schema(schema);
        let mut content = self.content(operation, Some(schema), &media_types);
        for (_, media) in &mut content {
            if let Or::Value(media) = media {
                media.encoding = fields
                    .iter()
                    .filter_map(|field| self.encoding_2_0(*field))
                    .collect();
            }
        }
        RequestBody {
            at: operation,
            description: None,
            content,
            required,
            extensions: Vec::new(),
        }
    }

    /// How a list in a form is written.
    fn encoding_2_0(&self, field: NodeId) -> Option<(Named, Encoding)> {
        let (style, explode) = self.collection(field, Location::Query)?;
        let encoding = Encoding {
            at: field,
            content_type: None,
            headers: Vec::new(),
            style: Some(style),
            explode: Some(explode),
            allow_reserved: None,
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
        };
        Some((self.named_string(field, "name")?, encoding))
    }

    /// The style of a list and whether it has its name for each item; `None` for what is no list.
    fn collection(&self, node: NodeId, location: Location) -> Option<(Style, bool)> {
        if self.word(node, "type").as_deref() != Some("array") {
            return None;
        }
        Some(match self.word(node, "collectionFormat").as_deref() {
            Some("multi") => (Style::Form, true),
            Some("ssv") => (Style::SpaceDelimited, false),
            Some("pipes") => (Style::PipeDelimited, false),
            Some("tsv") => (Style::TabDelimited, false),
            _ if location == Location::Query => (Style::Form, false),
            _ => (Style::Simple, false),
        })
    }

    /// What the operation, else the document, consumes or produces; JSON where neither says.
    fn media_types(&self, operation: NodeId, key: &str) -> Vec<Named> {
        let own = self.named_strings(operation, key);
        let all = if self.tree.get(operation, key).is_some() {
            own
        } else {
            self.named_strings(self.tree.root(), key)
        };
        if all.is_empty() {
            vec![Named {
                name: JSON.to_owned(),
                at: operation,
            }]
        } else {
            all
        }
    }

    /// A response's content, as its operation produces it.
    fn with_media_types(&mut self, response: Or<Response>, produces: &[Named]) -> Or<Response> {
        match response {
            Or::Value(response) => {
                let schema = response.content.first().and_then(|(_, media)| match media {
                    Or::Value(media) => media.schema,
                    Or::Reference(_) => None,
                });
                let content = if schema.is_some() {
                    let produces = self.of_file(response.at, produces.to_vec());
                    self.content(response.at, schema, &produces)
                } else {
                    Vec::new()
                };
                Or::Value(Response {
                    content,
                    ..response
                })
            }
            reference => reference,
        }
    }

    pub(super) fn response_2_0(&mut self, node: NodeId) -> Response {
        let schema = self.schema_at(node, "schema");
        let produces = self.media_types(self.tree.root(), "produces");
        let produces = self.of_file(node, produces);
        let bare = self.bare_response(node);
        Response {
            headers: self.or_map(node, "headers"),
            content: if schema.is_some() {
                self.content(node, schema, &produces)
            } else {
                Vec::new()
            },
            ..bare
        }
    }

    /// A file for which nobody says what it is made of is any bytes.
    fn of_file(&self, response: NodeId, produces: Vec<Named>) -> Vec<Named> {
        let schema = self.tree.get(response, "schema");
        let is_file =
            schema.is_some_and(|schema| self.word(schema, "type").as_deref() == Some("file"));
        match produces.as_slice() {
            // The assumed one, which no list in the document holds.
            [one] if is_file && self.tree.str(one.at).is_none() => vec![Named {
                name: "application/octet-stream".to_owned(),
                at: one.at,
            }],
            _ => produces,
        }
    }

    /// The type of a parameter or header stands in itself.
    pub(super) fn header_2_0(&mut self, bare: Header, location: Location) -> Header {
        let schema = Some(self.schema(bare.at));
        let (style, explode) = self.collection(bare.at, location).unzip();
        Header {
            schema,
            style,
            explode,
            ..bare
        }
    }

    /// The same schema in each media type, with the example that the object has for it.
    fn content(
        &mut self,
        at: NodeId,
        schema: Option<SchemaId>,
        media_types: &[Named],
    ) -> Vec<(Named, Or<MediaType>)> {
        // What the whole document consumes and produces, each operation does.
        if !self.budget.afford(at, media_types.len(), self.diagnostics) {
            return Vec::new();
        }
        let examples = self.tree.get(at, "examples");
        let media = |name: &Named| MediaType {
            at,
            schema,
            item_schema: None,
            example: examples.and_then(|examples| self.tree.get(examples, &name.name)),
            examples: Vec::new(),
            encoding: Vec::new(),
            prefix_encoding: Vec::new(),
            item_encoding: None,
            extensions: Vec::new(),
        };
        media_types
            .iter()
            .map(|name| (name.clone(), Or::Value(media(name))))
            .collect()
    }

    pub(super) fn security_scheme_2_0(&mut self, node: NodeId) -> Option<SecurityScheme> {
        let kind = match self.word(node, "type")?.as_str() {
            "basic" => SecurityKind::Http {
                scheme: "basic".to_owned(),
                bearer_format: None,
            },
            "oauth2" => SecurityKind::OAuth2 { flows: node },
            _ => return None,
        };
        Some(SecurityScheme {
            at: node,
            description: self.string(node, "description"),
            deprecated: false,
            kind,
        })
    }
}
