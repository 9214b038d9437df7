//! The rules of parameters and headers, and of lists of parameters.

use super::format::is_token;
use super::{Rules, Version, code};
use crate::diagnostic::{Diagnostic, Place};
use crate::source::{NodeId, Value};

impl<'a> Rules<'a, '_> {
    /// A list of parameters, with those of the path item that its operations have too.
    pub(super) fn parameters(&mut self, shared: Option<NodeId>) {
        let list = self
            .get("parameters")
            .map_or(&[][..], |list| self.tree.items(list));
        let shared = shared.map_or(&[][..], |list| self.tree.items(list));
        let own: Vec<Known<'a>> = list.iter().filter_map(|at| self.known(*at)).collect();
        for (position, parameter) in own.iter().enumerate() {
            let same = |other: &&Known<'_>| {
                other.location == parameter.location && other.has_name_of(parameter)
            };
            if let Some(first) = own[..position].iter().find(same) {
                let message = format!(
                    "two parameters in `{}` are called `{}`",
                    parameter.location, parameter.name
                );
                let fault =
                    Diagnostic::new(code::DUPLICATE_NAME, Place::Node(parameter.at), message);
                let fault = fault.label("second").also(Place::Node(first.at), "first");
                self.diagnostics
                    .report(fault.help("remove one of them; the last one is generated"));
            }
        }
        // An operation replaces parameters of the path item; these two kinds cannot live together all the same.
        let all: Vec<Known<'a>> = own
            .iter()
            .copied()
            .chain(shared.iter().filter_map(|at| self.known(*at)))
            .collect();
        let mut whole = own
            .iter()
            .filter(|parameter| parameter.location == "querystring");
        if let Some(first) = whole.next() {
            let other = whole
                .next()
                .or_else(|| all.iter().find(|parameter| parameter.location == "query"));
            if let Some(other) = other {
                let message = "`in: querystring` is the whole query";
                let fault =
                    Diagnostic::new(code::CONFLICTING_FIELDS, Place::Node(other.at), message);
                let fault = fault
                    .label("no room for this one")
                    .also(Place::Node(first.at), "the whole query");
                self.diagnostics
                    .report(fault.help("describe the query in one of the two ways"));
            }
        }
        if self.version == Version::V2_0 {
            self.bodies_2_0(&all);
            self.form_2_0(&own);
        }
    }

    fn bodies_2_0(&mut self, all: &[Known<'_>]) {
        let mut bodies = all.iter().filter(|parameter| parameter.location == "body");
        let form = all
            .iter()
            .find(|parameter| parameter.location == "formData");
        if let (Some(_), Some(other)) = (bodies.next(), bodies.next().or(form)) {
            let message = "an operation has one body: `in: body` once, or form fields";
            let help = "remove one of the two";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Node(other.at),
                message,
                "a second body",
                help,
            );
        }
    }

    /// Form fields are sent as a form, and files as parts of one.
    fn form_2_0(&mut self, own: &[Known<'_>]) {
        const FORMS: [&str; 2] = ["multipart/form-data", "application/x-www-form-urlencoded"];
        let Some(field) = own.iter().find(|known| known.location == "formData") else {
            return;
        };
        let root = self.tree.get(self.tree.root(), "consumes");
        let consumed = self.get("consumes").or(root);
        let mut types = consumed
            .map_or(&[][..], |list| self.tree.items(list))
            .iter();
        let is_file = own.iter().any(|known| {
            let kind = self
                .followed(known.at)
                .and_then(|at| self.tree.get(at, "type"));
            kind.and_then(|kind| self.tree.str(kind)) == Some("file")
        });
        let is_form = |at: &NodeId| {
            let essence = self.tree.str(*at).and_then(|text| text.split(';').next());
            essence.is_some_and(|essence| FORMS.contains(&essence.trim()))
        };
        // Without a word of what is consumed a form is; only a file wants it said.
        let says_nothing = types.len() == 0 && !is_file;
        if !says_nothing && !types.any(is_form) {
            let message = "a form is sent, and `consumes` names none";
            let help =
                "add `multipart/form-data` or `application/x-www-form-urlencoded` to `consumes`";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Node(field.at),
                message,
                "a field of a form",
                help,
            );
        }
    }

    fn known(&self, at: NodeId) -> Option<Known<'a>> {
        let parameter = self.followed(at)?;
        let text = |key| self.tree.str(self.tree.get(parameter, key)?);
        Some(Known {
            at,
            name: text("name").unwrap_or_default(),
            location: text("in")?,
        })
    }

    pub(super) fn parameter(&mut self) {
        let location = self.text("in").unwrap_or_default();
        if location == "path" {
            self.path_parameter();
        }
        if let Some(name) = self.text("name") {
            let is_token_here = matches!(location, "header" | "cookie");
            if name.is_empty() || is_token_here && !is_token(name) {
                let at = self.get("name").map_or(self.here(), Place::Node);
                let message = format!("a parameter in `{location}` cannot be called `{name}`");
                let help = "a header or a cookie is called by a token: letters, digits and `!#$%&'*+-.^_|~`";
                self.report(code::INVALID_NAME, at, message, "no name", help);
            }
        }
        if let Some(at) = self
            .get("allowEmptyValue")
            .filter(|_| !matches!(location, "query" | "formData" | ""))
        {
            let message = format!("`allowEmptyValue` says nothing of a parameter in `{location}`");
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(at),
                message,
                "no effect",
                "remove it",
            );
        }
        if self.version == Version::V2_0 {
            return self.parameter_2_0(location);
        }
        self.described();
        self.style(location);
        let reserved = match location {
            "query" | "querystring" => true,
            "path" => self.version >= Version::V3_2,
            "cookie" => self.version >= Version::V3_2 && self.text("style") != Some("cookie"),
            _ => false,
        };
        if let Some(at) = self
            .get("allowReserved")
            .filter(|_| !reserved && !location.is_empty())
        {
            let message = format!("`allowReserved` says nothing of a parameter in `{location}`");
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(at),
                message,
                "no effect",
                "remove it",
            );
        }
        if let Some(at) = self.get("schema").filter(|_| location == "querystring") {
            let message = "the whole query is described by `content`";
            let help = "write `content: { application/x-www-form-urlencoded: { schema: … } }`";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Key(at),
                message,
                "not here",
                help,
            );
        }
    }

    fn path_parameter(&mut self) {
        match self.flag("required") {
            Some(true) => {}
            Some(false) => {
                let at = self.get("required").map_or(self.here(), Place::Node);
                let message = "a path parameter is always required";
                self.report(
                    code::CONFLICTING_FIELDS,
                    at,
                    message,
                    "cannot be false",
                    "write `required: true`",
                );
            }
            None => self.absent(
                "`required: true` of the path parameter",
                "a path parameter is always required",
            ),
        }
    }

    pub(super) fn header(&mut self) {
        if self.version > Version::V2_0 {
            self.described();
        } else {
            if self.get("type").is_none() {
                self.absent("`type` of the header", "say what the value is");
            }
            self.repeated("header");
            self.items();
        }
    }

    /// What a parameter or a header of 3.x holds.
    fn described(&mut self) {
        if self.get("schema").is_none() && self.get("content").is_none() {
            self.absent("`schema` or `content`", "say what the value is");
        }
        if self.get("content").is_some() {
            self.single_content();
        }
    }

    fn style(&mut self, location: &str) {
        let Some(style) = self.text("style") else {
            return;
        };
        let fits: &[&str] = match location {
            "path" => &["matrix", "label", "simple"],
            "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
            "header" => &["simple"],
            "cookie" => &["form", "cookie"],
            _ => return,
        };
        if !fits.contains(&style) {
            let at = self.get("style").map_or(self.here(), Place::Node);
            let message = format!("a parameter in `{location}` has no style `{style}`");
            let help = format!("write {}", super::super::shape::expected_word(fits));
            self.report(code::CONFLICTING_FIELDS, at, message, "not there", &help);
        }
    }

    fn parameter_2_0(&mut self, location: &str) {
        if location == "body" {
            if self.get("schema").is_none() {
                self.absent("`schema` of the body", "say what the body is");
            }
            return;
        }
        if self.get("type").is_none() && !location.is_empty() {
            self.absent("`type` of the parameter", "say what the value is");
        }
        if let Some(at) = self
            .get("type")
            .filter(|_| self.text("type") == Some("file") && location != "formData")
        {
            let message = format!("a file cannot be sent in `{location}`");
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Node(at),
                message,
                "only in `formData`",
                "write `in: formData`",
            );
        }
        self.repeated(location);
        self.items();
    }

    /// 2.0: only fields of queries and forms may stand there several times.
    fn repeated(&mut self, location: &str) {
        if let Some(at) = self
            .get("collectionFormat")
            .filter(|_| self.text("collectionFormat") == Some("multi"))
            && !matches!(location, "query" | "formData" | "")
        {
            let message = format!("a parameter in `{location}` cannot stand there several times");
            let help = "write `csv`, or another format with a delimiter";
            self.report(
                code::CONFLICTING_FIELDS,
                Place::Node(at),
                message,
                "only in `query` and `formData`",
                help,
            );
        }
    }

    /// 2.0: a list says what its items are.
    /// 2.0: the items of a parameter that is a list.
    pub(super) fn parameter_items(&mut self) {
        if self.get("type").is_none() && self.get("$ref").is_none() {
            self.absent("`type` of the items", "say what they are");
        }
        self.items();
    }

    pub(super) fn items(&mut self) {
        if self.text("type") == Some("array")
            && self
                .get("items")
                .is_none_or(|at| matches!(self.tree.value(at), Value::Null))
        {
            self.absent("`items` of the list", "say what the items are");
        }
    }
}

/// What tells a parameter from others.
#[derive(Clone, Copy)]
struct Known<'a> {
    at: NodeId,
    name: &'a str,
    location: &'a str,
}

impl Known<'_> {
    fn has_name_of(&self, other: &Known<'_>) -> bool {
        if self.location == "header" {
            self.name.eq_ignore_ascii_case(other.name)
        } else {
            self.name == other.name
        }
    }
}
