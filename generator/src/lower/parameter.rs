//! Parameters: those of the path item and the operation together, with the styles that their locations imply.

use super::media_type::streamed;
use super::schema::Home;
use super::{Lowering, docs, route};
use crate::budget::of_words;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{self, Location, PathItem, Style};
use crate::ir::{Codec, Encoding, Parameter, Route, Step, Ty, Value};

/// Header names that other parts of the document speak for (OpenAPI 3.2, Parameter Object, `name`).
const SPOKEN_FOR: &[&str] = &["accept", "authorization", "content-type"];

impl<'a> Lowering<'a> {
    pub(super) fn parameters(
        &mut self,
        item: &'a PathItem,
        operation: &'a document::Operation,
        route: &Route,
        home: &Home,
    ) -> Vec<Parameter> {
        let mut found: Vec<&'a document::Parameter> = Vec::new();
        for or in item.parameters.iter().chain(&operation.parameters) {
            let Some(parameter) = self.resolved(or, |components| &components.parameters) else {
                continue;
            };
            let same = |known: &&document::Parameter| {
                known.location == parameter.location
                    && match known.location {
                        // RFC 9110, section 5.1.
                        Location::Header => known.name.eq_ignore_ascii_case(&parameter.name),
                        _ => known.name == parameter.name,
                    }
            };
            match found.iter().position(same) {
                Some(position) => found[position] = parameter,
                None => found.push(parameter),
            }
        }
        let words = |parameter: &&document::Parameter| {
            1 + of_words(parameter.header.description.as_deref())
        };
        if !self.afford(operation.at, found.iter().map(words).sum()) {
            return Vec::new();
        }
        let mut parameters = Vec::new();
        for parameter in found {
            if self.is_usable(parameter, route) {
                parameters.push(self.parameter(parameter, home));
            }
        }
        for name in route::parameters(route) {
            let known = parameters
                .iter()
                .any(|known: &Parameter| known.location == Location::Path && known.wire == name);
            if !known {
                parameters.push(self.assumed(name, operation));
            }
        }
        parameters
    }

    fn is_usable(&mut self, parameter: &document::Parameter, route: &Route) -> bool {
        match parameter.location {
            Location::Path if !route::parameters(route).any(|name| name == parameter.name) => {
                let message = format!(
                    "`{}` has no expression `{{{}}}`",
                    route.text, parameter.name
                );
                self.diagnostics.report(
                    Diagnostic::new(
                        code::UNUSED_PATH_PARAMETER,
                        Place::Node(parameter.at),
                        message,
                    )
                    .label("left out")
                    .help("put the expression into the path, or remove the parameter"),
                );
                false
            }
            Location::Header
                if SPOKEN_FOR.contains(&parameter.name.to_ascii_lowercase().as_str()) =>
            {
                self.note(
                    code::NO_EFFECT,
                    parameter.at,
                    "OpenAPI gives no effect to a header parameter of this name",
                );
                false
            }
            _ => true,
        }
    }

    fn parameter(&mut self, parameter: &'a document::Parameter, home: &Home) -> Parameter {
        let header = &parameter.header;
        let home = match self.shared_name(parameter) {
            Some(name) => Home::Shared(name),
            None => home.clone(),
        };
        let step = Step::Parameter(parameter.name.clone());
        let value = match header.schema {
            Some(schema) => self.value(schema, &home, step),
            None => self.content_value(header, &home, step),
        };
        let content = match header.schema {
            Some(_) => None,
            None => header.content.first().map(|(name, _)| name.name.clone()),
        };
        let default = header
            .schema
            .and_then(|schema| self.default_of(schema, &value));
        let usual = match parameter.location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::QueryString | Location::Cookie => Style::Form,
        };
        let style = header.style.unwrap_or(usual);
        let explode = header
            .explode
            .unwrap_or(matches!(style, Style::Form | Style::Cookie));
        let mut docs = docs::described(header.description.as_deref());
        docs.deprecated = header.deprecated;
        docs.examples = self.header_examples(header);
        Parameter {
            at: parameter.at,
            wire: parameter.name.clone(),
            pinned: self.pinned_header(header),
            location: parameter.location,
            style,
            explode,
            allow_reserved: header.allow_reserved,
            allow_empty: parameter.allow_empty_value && parameter.location == Location::Query,
            content,
            encoding: self.content_encoding(header, &home),
            docs,
            value,
            required: header.required || parameter.location == Location::Path,
            default,
        }
    }

    /// A header field of an answer: a parameter that stands in a header.
    pub(super) fn header(
        &mut self,
        name: &'a document::Named,
        header: &'a document::Header,
        home: &Home,
        step: Step,
    ) -> Parameter {
        let value = match header.schema {
            Some(schema) => self.value(schema, home, step),
            None => self.content_value(header, home, step),
        };
        let content = match header.schema {
            Some(_) => None,
            None => header.content.first().map(|(name, _)| name.name.clone()),
        };
        let default = header
            .schema
            .and_then(|schema| self.default_of(schema, &value));
        let mut docs = docs::described(header.description.as_deref());
        docs.deprecated = header.deprecated;
        docs.examples = self.header_examples(header);
        Parameter {
            at: header.at,
            wire: name.name.clone(),
            pinned: self.pinned_header(header),
            location: Location::Header,
            style: Style::Simple,
            explode: header.explode.unwrap_or(false),
            allow_reserved: false,
            allow_empty: false,
            content,
            encoding: self.content_encoding(header, home),
            docs,
            value,
            required: header.required,
            default,
        }
    }

    /// The value of a parameter or a header field that has a media type instead of a style.
    fn content_value(&mut self, header: &'a document::Header, home: &Home, step: Step) -> Value {
        let Some((_, or)) = header.content.first() else {
            return Value::plain(Ty::String);
        };
        let media = self.resolved(or, |components| &components.media_types);
        match media.and_then(|media| media.schema) {
            Some(schema) => self.value(schema, home, step),
            None => Value::plain(Ty::String),
        }
    }

    /// How the members of a text that is a form are written.
    fn content_encoding(&mut self, header: &'a document::Header, home: &Home) -> Vec<Encoding> {
        let Some((name, or)) = header.content.first().filter(|_| header.schema.is_none()) else {
            return Vec::new();
        };
        let Some(media) = self.resolved(or, |components| &components.media_types) else {
            return Vec::new();
        };
        let form = streamed(&name.name, media) == Some(Codec::Form);
        self.encodings(media, if form { Codec::Form } else { Codec::Text }, home)
    }

    fn pinned_header(&self, header: &document::Header) -> Option<String> {
        let extension = header
            .extensions
            .iter()
            .find(|extension| extension.name == "x-rust-name")?;
        self.tree.str(extension.at).map(str::to_owned)
    }

    /// The component's key, where the parameter is one.
    fn shared_name(&self, parameter: &document::Parameter) -> Option<String> {
        let components = &self.document.components.parameters;
        components
            .iter()
            .find(|(name, _)| name.at == parameter.at)
            .map(|(name, _)| name.name.clone())
    }

    fn header_examples(&self, header: &document::Header) -> Vec<serde_json::Value> {
        let named = header.examples.iter().filter_map(|(_, or)| match or {
            document::Or::Value(example) => example.value,
            document::Or::Reference(_) => None,
        });
        let own: Vec<_> = header.example.into_iter().chain(named).collect();
        match (own.is_empty(), header.schema) {
            (true, Some(schema)) => {
                docs::examples(&self.document.schema(schema).examples, self.tree)
            }
            _ => docs::examples(&own, self.tree),
        }
    }

    /// A parameter that the template has and the document does not describe.
    fn assumed(&mut self, name: &str, operation: &document::Operation) -> Parameter {
        let message = format!("the path has `{{{name}}}`, and no path parameter is called so");
        self.diagnostics.report(
            Diagnostic::new(
                code::MISSING_PATH_PARAMETER,
                Place::Key(operation.at),
                message,
            )
            .label("a string is assumed")
            .help(format!(
                "add `{{name: {name}, in: path, required: true, schema: …}}` to the parameters"
            )),
        );
        Parameter {
            at: operation.at,
            wire: name.to_owned(),
            pinned: None,
            location: Location::Path,
            style: Style::Simple,
            explode: false,
            allow_reserved: false,
            allow_empty: false,
            content: None,
            encoding: Vec::new(),
            docs: docs::described(None),
            value: Value::plain(Ty::String),
            required: true,
            default: None,
        }
    }
}
