//! Vectors that one or more parameters say, and forms: any operation, by the table that the macros made of it.

use crate::report::Report;
use http::header::COOKIE;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wire_vectors::runtime::json::{ReadOptions, WriteOptions, read_into, write_view};
use wire_vectors::runtime::operation::{Location, Operation, OperationTable, Request};
use wire_vectors::runtime::wire::{Visitor, received, sent};
use wire_vectors::runtime::{Body, Unknown};

type Outcome = Result<(), String>;

/// A vector that an operation of the same name runs.
struct Case {
    section: &'static str,
    /// The values by parameter; the body under an empty name.
    values: BTreeMap<String, Value>,
    expected: String,
    /// What a server reads where that is not the value: nothing tells null from absent.
    read: BTreeMap<String, Value>,
    /// The text is only read: there are several that mean the same.
    decode: bool,
    outcome: Option<Outcome>,
}

/// The vectors by their operations.
pub(crate) struct Cases<'a> {
    cases: BTreeMap<String, Case>,
    pub(crate) tables: BTreeMap<&'static str, &'static OperationTable>,
    vectors: &'a Value,
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

pub(crate) fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

/// What decision T3 makes of a cell without a meaning: delimiters where everything stands apart are those of `form`.
fn meant<'v>(vectors: &'v Value, cell: &Value) -> Option<&'v str> {
    let delimited = ["spaceDelimited", "pipeDelimited"].contains(&text(cell, "style"));
    let several = ["array", "object"].contains(&text(cell, "kind"));
    if !(delimited && several && cell["explode"] == json!(true)) {
        return None;
    }
    let cells = list(vectors, "/style_table/cells").iter();
    let form = |other: &&Value| {
        other["style"] == json!("form")
            && other["explode"] == json!(true)
            && other["kind"] == cell["kind"]
    };
    cells.into_iter().find(form)?["expected"].as_str()
}

/// A value without nulls and without what holds nothing else: neither is written.
fn carried(value: &Value) -> Value {
    match value {
        Value::Array(items) => items
            .iter()
            .filter(|item| !item.is_null())
            .map(carried)
            .collect(),
        Value::Object(members) => {
            let kept = members.iter().filter(|(_, member)| !member.is_null());
            Value::Object(
                kept.map(|(key, member)| (key.clone(), carried(member)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

impl<'a> Cases<'a> {
    pub(crate) fn new(vectors: &'a Value) -> Self {
        let mut cases = Self {
            cases: BTreeMap::new(),
            tables: BTreeMap::new(),
            vectors,
        };
        cases.styles();
        cases.assembled();
        cases.examples();
        cases.encoded();
        cases.forms();
        cases.converted();
        cases.expanded();
        cases
    }

    fn add(&mut self, section: &'static str, id: &str, values: &[(&str, &Value)], expected: &str) {
        let values: BTreeMap<String, Value> = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).clone()))
            .collect();
        let read = values
            .iter()
            .map(|(name, value)| (name.clone(), carried(value)))
            .collect();
        let (expected, outcome) = (expected.to_owned(), None);
        self.cases.insert(
            id.to_owned(),
            Case {
                section,
                values,
                expected,
                read,
                decode: false,
                outcome,
            },
        );
    }

    fn styles(&mut self) {
        let vectors = self.vectors;
        let values = &vectors["style_table"]["values"];
        let empty = json!("");
        for cell in list(vectors, "/style_table/cells") {
            let value = match text(cell, "kind") {
                "undefined_column" => &empty,
                kind => &values[kind],
            };
            let expected = cell["expected"]
                .as_str()
                .or(cell["expected"]["3.2.0"].as_str())
                .or_else(|| meant(vectors, cell));
            if let Some(expected) = expected {
                self.add(
                    "style_table",
                    text(cell, "id"),
                    &[("color", value)],
                    expected,
                );
            }
        }
        for case in list(vectors, "/style_table/undefined_values/cases") {
            let name = if text(case, "style") == "simple" {
                "X-Color"
            } else {
                "color"
            };
            let id = text(case, "id");
            self.add(
                "style_table",
                id,
                &[(name, &case["value"])],
                text(case, "expected"),
            );
        }
        for case in list(vectors, "/headers_and_cookies/cases") {
            let id = text(case, "id");
            if id == "cookie-join" {
                let cookies: Vec<(&str, &Value)> = list(case, "/cookies")
                    .iter()
                    .map(|one| (text(one, "name"), &one["value"]))
                    .collect();
                self.add(
                    "headers_and_cookies",
                    id,
                    &cookies,
                    text(case, "expected_header"),
                );
            } else if id != "set-cookie-two" {
                self.add(
                    "headers_and_cookies",
                    id,
                    &[("X-Value", &case["value"])],
                    text(case, "expected"),
                );
            }
        }
    }

    fn assembled(&mut self) {
        for case in list(self.vectors, "/query_assembly/cases") {
            let id = text(case, "id");
            let values: Vec<(&str, &Value)> = match case.get("params") {
                Some(_) => list(case, "/params")
                    .iter()
                    .map(|one| (text(one, "name"), &one["value"]))
                    .collect(),
                None => Vec::new(),
            };
            self.add(
                "query_assembly",
                id,
                &values,
                text(case, "expected").trim_start_matches('?'),
            );
            if id == "appendix-c-reserved-and-space"
                && let Some(case) = self.cases.get_mut(id)
            {
                // What the caller encoded is what it stands for on the other side.
                case.read.insert(
                    "formulas".to_owned(),
                    json!({"a": "x+y", "b": "x/y", "c": "x^y"}),
                );
            }
        }
    }

    fn examples(&mut self) {
        for case in list(self.vectors, "/parameter_examples/cases") {
            let name = match text(case, "in") {
                "querystring" => case["name"].as_str().unwrap_or("all"),
                _ => text(case, "name"),
            };
            let id = text(case, "id");
            self.add(
                "parameter_examples",
                id,
                &[(name, &case["value"])],
                text(case, "expected"),
            );
            if let (Some(known), true) = (self.cases.get_mut(id), id == "querystring-json") {
                // JSON has a word for null.
                known.read = known.values.clone();
            }
        }
    }

    fn encoded(&mut self) {
        for case in list(self.vectors, "/percent_encoding/cases") {
            let (id, mode) = (text(case, "id"), text(case, "mode"));
            let in_path = mode == "reserved_path" || id.starts_with("pe-path");
            let expected = match in_path {
                true => text(case, "expected").to_owned(),
                false => format!("v={}", text(case, "expected")),
            };
            self.add("percent_encoding", id, &[("v", &case["input"])], &expected);
            if let (Some(known), "pe-triple-reserved") = (self.cases.get_mut(id), id) {
                known.read.insert("v".to_owned(), json!("+"));
            }
        }
    }

    fn forms(&mut self) {
        for case in list(self.vectors, "/form_urlencoded_body/cases") {
            let id = text(case, "id");
            self.add(
                "form_urlencoded_body",
                id,
                &[("", &case["value"])],
                text(case, "expected"),
            );
        }
        for case in list(self.vectors, "/form_urlencoded_body/decode/cases") {
            let id = text(case, "id");
            self.add(
                "form_urlencoded_body",
                id,
                &[("", &case["value"])],
                text(case, "body"),
            );
            if let Some(case) = self.cases.get_mut(id) {
                case.decode = true;
            }
        }
    }

    fn converted(&mut self) {
        for decision in list(self.vectors, "/data_conversion/decisions") {
            let (id, value) = (
                format!("conv-{}", text(decision, "type")),
                &decision["value"],
            );
            let expected = match value {
                Value::Null => String::new(),
                _ => format!("v={}", text(decision, "text").replace(':', "%3A")),
            };
            self.add("data_conversion", &id, &[("v", value)], &expected);
        }
    }

    fn expanded(&mut self) {
        let variables = &self.vectors["rfc6570"]["variables"];
        for (position, case) in list(self.vectors, "/rfc6570/cases").iter().enumerate() {
            let (template, op) = (text(case, "template"), text(case, "op"));
            let (before, rest) = template.split_once('{').unwrap_or((template, ""));
            let (inside, after) = rest.split_once('}').unwrap_or((rest, ""));
            let names = inside
                .trim_start_matches(['+', '.', ';', '?', '&'])
                .trim_end_matches('*');
            let values: Vec<(&str, &Value)> = names
                .split(',')
                .map(|name| (name, &variables[name]))
                .collect();
            let expected = text(case, "expected");
            let expected = expected.strip_prefix(before).unwrap_or(expected);
            let expected = expected.strip_suffix(after).unwrap_or(expected);
            let expected = match op {
                "reserved" if names.contains(',') => expected.to_owned(),
                "reserved" if variables[names].is_null() => String::new(),
                "reserved" if inside.starts_with('+') => format!("{names}={expected}"),
                _ => expected.trim_start_matches(['?', '&']).to_owned(),
            };
            self.add(
                "rfc6570",
                &format!("rfc-{}", position + 1),
                &values,
                &expected,
            );
        }
    }

    pub(crate) fn finish(&mut self, report: &mut Report) {
        for cell in list(self.vectors, "/style_table/cells") {
            if cell["defined"] == json!(false) && meant(self.vectors, cell).is_none() {
                report.skipped(
                    "style_table",
                    text(cell, "id"),
                    "the specification gives it no meaning",
                );
            }
        }
        for case in list(self.vectors, "/allow_empty_value/cases") {
            report.ran("allow_empty_value", text(case, "id"), self.empty(case));
        }
        report.ran(
            "headers_and_cookies",
            "set-cookie-two",
            crate::bodies::set_cookies(self.vectors),
        );
        for (id, case) in &mut self.cases {
            match (case.outcome.take(), not_applicable(id, case.section)) {
                (_, Some(reason)) => report.skipped(case.section, id, reason),
                (Some(outcome), None) => report.ran(case.section, id, outcome),
                (None, None) => {
                    report.ran(case.section, id, Err("no operation runs it".to_owned()))
                }
            }
        }
    }

    fn empty(&self, case: &Value) -> Outcome {
        let id = text(case, "id");
        let table = self.tables.get(id).ok_or("no operation")?;
        let uri = format!("http://test.invalid{}?{}", table.route, text(case, "query"));
        let request = http::Request::get(&uri)
            .body(Body::empty())
            .map_err(|error| error.to_string())?;
        use wire_vectors::operations::{AevOff, AevServerAccepts, AevStringOff};
        let expected = &case["server_value"];
        match id {
            "aev-server-accepts" => {
                let came = received::<AevServerAccepts>(request)?;
                equal(&json!(came.limit), &Value::Null)
            }
            "aev-off" => match received::<AevOff>(request) {
                Err(_) => equal(expected, &json!("validation_error")),
                Ok(came) => Err(format!("came {came:?}")),
            },
            _ => equal(&json!(received::<AevStringOff>(request)?.q), expected),
        }
    }
}

/// Why a vector cannot be run.
fn not_applicable(id: &str, section: &str) -> Option<&'static str> {
    match id {
        "pe-all-reserved-allowed" => Some(
            "`#` and `&` end a query: the client refuses them, and the runtime's own tests hold the encoding",
        ),
        _ => {
            let number: usize = id.strip_prefix("rfc-")?.parse().ok()?;
            (section == "rfc6570").then_some(())?;
            expansion(number)
        }
    }
}

/// Expansions that no parameter can say: prefixes of values, what stands in a path for a query, one variable twice; and those whose
/// values cannot be told from what stands between them.
fn expansion(number: usize) -> Option<&'static str> {
    const TEMPLATES: &[(usize, &str)] = EXPANSIONS;
    TEMPLATES
        .iter()
        .find(|(known, _)| *known == number)
        .map(|(_, reason)| *reason)
}

const ASKED: &str = "behind a literal `?` nothing is a path";
const TWICE: &str = "a template of OpenAPI has each name once";
const SLASH: &str =
    "a value of a path never has a `/` that is not encoded (OpenAPI 3.2, Parameter Object)";
const NULL: &str = "an empty text of a path is an empty string, so that the client refuses null";
const PREFIX: &str = "OpenAPI has no prefixes of values";
const ENDED: &str =
    "the members hold `,` or `;`, which the style cannot tell from what is between them";
const EXPANSIONS: &[(usize, &str)] = &[
    (5, NULL),
    (8, ASKED),
    (9, ASKED),
    (10, ASKED),
    (11, PREFIX),
    (12, PREFIX),
    (25, PREFIX),
    (27, SLASH),
    (29, SLASH),
    (32, ENDED),
    (33, ENDED),
    (35, TWICE),
    (39, PREFIX),
    (49, PREFIX),
    (64, PREFIX),
    (72, PREFIX),
];

impl Visitor for Cases<'_> {
    fn visit<O: Operation>(&mut self) {
        self.tables.insert(O::operation().id, O::operation());
        if let Some(case) = self.cases.get_mut(O::operation().id) {
            // URL parsers take such a segment away: the client must return an error, as the note says.
            case.outcome = Some(match O::operation().id {
                "pe-dot-segment" => unsent::<O>(case),
                _ => run::<O>(case),
            });
        }
    }
}

/// A request with the values of a vector.
fn filled<O: Operation>(case: &Case) -> Result<O, String> {
    let mut request = O::empty();
    for (part, name) in parts(O::operation()) {
        let value = case.values.get(name).unwrap_or(&Value::Null);
        let read = read_into(
            value.to_string().as_bytes(),
            request.slot(part),
            &ReadOptions::default(),
        );
        read.map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(request)
}

/// A vector whose value must not be sent.
fn unsent<O: Operation>(case: &Case) -> Outcome {
    match sent(&mut filled::<O>(case)?) {
        Ok(request) => Err(format!("{} is sent", request.uri())),
        Err(_) => Ok(()),
    }
}

/// Both directions of a vector.
fn run<O: Operation>(case: &Case) -> Outcome {
    let mut request = filled::<O>(case)?;
    let mut written = sent(&mut request).map_err(|error| error.to_string())?;
    if case.decode {
        *written.body_mut() = Body::from(case.expected.clone());
    } else {
        equal(
            &json!(found(O::operation(), &written)?),
            &json!(case.expected),
        )?;
    }
    let came = received::<O>(written)?;
    for (part, name) in parts(O::operation()) {
        let expected = case.read.get(name).cloned().unwrap_or(Value::Null);
        equal(&carried(&view(&came, part)?), &carried(&expected))?;
    }
    Ok(())
}

/// The parts of a request with their names; the body has none.
fn parts(table: &'static OperationTable) -> impl Iterator<Item = (usize, &'static str)> {
    let names = table
        .parameters
        .iter()
        .map(|parameter| parameter.field.name);
    names.chain(table.body.iter().map(|_| "")).enumerate()
}

fn view<O: Request>(request: &O, part: usize) -> Result<Value, String> {
    let mut out = String::new();
    let options = WriteOptions {
        unknown: Unknown::Keep,
        ..WriteOptions::default()
    };
    write_view(request.view(part), &mut out, &options).map_err(|error| error.to_string())?;
    serde_json::from_str(&out).map_err(|error| error.to_string())
}

/// The text of the vector in what is sent.
fn found(table: &OperationTable, request: &http::Request<Body>) -> Result<String, String> {
    let header = |name: &str| {
        let value = request.headers().get(name);
        value
            .map_or(Ok(""), |value| value.to_str())
            .map_err(|error| error.to_string())
    };
    let Some(parameter) = table.parameters.first() else {
        let bytes = request
            .body()
            .bytes()
            .ok_or("a body that is still to come")?;
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    };
    Ok(match parameter.location {
        Location::Path => {
            let segments: Vec<&str> = request.uri().path().split('/').collect();
            let template = table.route.rsplit('/').next().unwrap_or_default();
            let (before, _) = template.split_once('{').ok_or("no expression")?;
            let last = segments.last().copied().unwrap_or_default();
            last.strip_prefix(before).unwrap_or(last).to_owned()
        }
        Location::Query => request.uri().query().unwrap_or_default().to_owned(),
        Location::Header => header(parameter.field.name)?.to_owned(),
        Location::Cookie => header(COOKIE.as_str())?.to_owned(),
    })
}

/// Numbers are equal by value.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        // Nothing is written of what is empty.
        (Value::Null, Value::Object(other)) | (Value::Object(other), Value::Null) => {
            other.is_empty()
        }
        (Value::Null, Value::Array(other)) => other.is_empty(),
        (one, other) => one == other,
    }
}

pub(crate) fn equal(one: &Value, other: &Value) -> Outcome {
    if same(one, other) {
        Ok(())
    } else {
        Err(format!("{one} is not {other}"))
    }
}
