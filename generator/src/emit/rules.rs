//! What a place demands of its value → the marks behind its wire name in a macro call.

use super::context::Context;
use super::module::{Scope, ident};
use crate::ir::{CheckId, Extra, Object, Rules, Shape, Ty, Value, Xml};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value as Json;

/// What a field or a parameter is, besides its value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Demands<'a> {
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<&'a Json>,
}

/// ` (required, max_length = 255)`, or nothing where nothing is demanded.
pub(super) fn marks(
    context: &Context<'_>,
    scope: &mut Scope,
    value: &Value,
    member: Demands<'_>,
    more: Vec<TokenStream>,
) -> TokenStream {
    let mut marks = Vec::new();
    let flags = [
        ("required", member.required),
        ("nullable", context.nullable(value)),
        ("read_only", member.read_only),
        ("write_only", member.write_only),
    ];
    for (name, on) in flags {
        if on {
            let name = ident(name);
            marks.push(quote!(#name));
        }
    }
    marks.extend(member.default.map(|default| json_mark("default", default)));
    marks.extend(value_marks(context, scope, value));
    marks.extend(more);
    if marks.is_empty() {
        TokenStream::new()
    } else {
        quote!((#(#marks),*))
    }
}

/// A scalar as a literal, where its text is the same in JSON; anything else as JSON text.
fn json_mark(name: &str, value: &Json) -> TokenStream {
    let literal = match value {
        Json::Bool(value) => Some(quote!(#value)),
        Json::String(text) => {
            let (literal, json) = (Literal::string(text), value.to_string());
            (literal.to_string() == json).then(|| quote!(#literal))
        }
        Json::Number(number) => number_literal(&number.to_string()).map(|number| quote!(#number)),
        _ => None,
    };
    match literal {
        Some(literal) => {
            let name = ident(name);
            quote!(#name = #literal)
        }
        None => {
            let (name, text) = (ident(&format!("{name}_json")), value.to_string());
            quote!(#name = #text)
        }
    }
}

/// The rules on a value and, nested, on its items or values. What an alias demands is demanded wherever it stands.
pub(super) fn value_marks(
    context: &Context<'_>,
    scope: &mut Scope,
    value: &Value,
) -> Vec<TokenStream> {
    let mut marks = Vec::new();
    let mut value = value;
    // A cycle of aliases has no type; `lower` reports it. The bound keeps this loop finite even so.
    for _ in 0..=context.api.types.len() {
        marks.extend(rule_marks(&value.rules));
        marks.extend(check_marks(context, scope, &value.rules.checks));
        let (name, inner) = match &value.ty {
            Ty::List(item) => ("items", value_marks(context, scope, item)),
            Ty::Map(value) => ("values", value_marks(context, scope, value)),
            Ty::Part(part) => {
                value = &part[0];
                continue;
            }
            Ty::Named(id) => {
                let ty = context.api.ty(*id);
                match &ty.shape {
                    Shape::Alias(target) => {
                        value = target;
                        continue;
                    }
                    Shape::Object(_) => break,
                    _ => {
                        marks.extend(check_marks(context, scope, &ty.checks));
                        break;
                    }
                }
            }
            _ => break,
        };
        if !inner.is_empty() {
            let name = ident(name);
            marks.push(quote!(#name(#(#inner),*)));
        }
        break;
    }
    marks
}

fn check_marks(context: &Context<'_>, scope: &mut Scope, checks: &[CheckId]) -> Vec<TokenStream> {
    let checks = checks.iter().map(|id| {
        let name = scope.check(context.names.check(*id));
        quote!(check(#name))
    });
    checks.collect()
}

/// The rules on an object as a whole: ` (min_properties = 1)`.
pub(super) fn object_marks(
    context: &Context<'_>,
    scope: &mut Scope,
    object: &Object,
) -> TokenStream {
    let rules = Rules {
        min_properties: object.min_properties,
        max_properties: object.max_properties,
        xml: object.xml.clone().map(Box::new),
        ..Rules::default()
    };
    let mut marks = rule_marks(&rules);
    if !object.not_sent.is_empty() {
        let names = &object.not_sent;
        marks.push(quote!(not_sent(#(#names),*)));
    }
    if object.as_read {
        marks.push(quote!(as_read));
    }
    if let Extra::Kept(value) = &object.extra {
        let inner = value_marks(context, scope, value);
        if !inner.is_empty() {
            marks.push(quote!(values(#(#inner),*)));
        }
    }
    marks.extend(check_marks(context, scope, &object.checks));
    if marks.is_empty() {
        TokenStream::new()
    } else {
        quote!((#(#marks),*))
    }
}

pub(super) fn rule_marks(rules: &Rules) -> Vec<TokenStream> {
    let numbers = [
        ("minimum", &rules.minimum),
        ("exclusive_minimum", &rules.exclusive_minimum),
        ("maximum", &rules.maximum),
        ("exclusive_maximum", &rules.exclusive_maximum),
        ("multiple_of", &rules.multiple_of),
    ];
    let lengths = [
        ("min_length", rules.min_length),
        ("max_length", rules.max_length),
        ("min_items", rules.min_items),
        ("max_items", rules.max_items),
        ("min_properties", rules.min_properties),
        ("max_properties", rules.max_properties),
    ];
    let mut marks = Vec::new();
    for (name, number) in numbers {
        if let Some(literal) = number.as_deref().and_then(number_literal) {
            let name = ident(name);
            marks.push(quote!(#name = #literal));
        }
    }
    for (name, length) in lengths {
        if let Some(length) = length {
            let (name, length) = (ident(name), Literal::u64_unsuffixed(length));
            marks.push(quote!(#name = #length));
        }
    }
    if let Some(pattern) = &rules.pattern {
        marks.push(quote!(pattern = #pattern));
    }
    if rules.unique_items {
        marks.push(quote!(unique_items));
    }
    marks.extend(rules.sample.as_ref().map(|json| json_mark("sample", json)));
    marks.extend(rules.xml.as_deref().and_then(xml_mark));
    if let Some(field) = &rules.field {
        let content = field.content.as_ref();
        marks.extend(content.map(|name| quote!(content = #name)));
        marks.extend(field.explode.then(|| quote!(explode = true)));
    }
    marks
}

/// A number as JSON writes it, as a literal; the macros read its text, so none is too large.
fn number_literal(number: &str) -> Option<Literal> {
    number.parse().ok()
}

/// `xml(name = "pet", attribute)`.
fn xml_mark(xml: &Xml) -> Option<TokenStream> {
    let texts = [
        ("name", &xml.name),
        ("namespace", &xml.namespace),
        ("prefix", &xml.prefix),
    ];
    let mut said = Vec::new();
    for (name, text) in texts {
        if let Some(text) = text {
            let name = ident(name);
            said.push(quote!(#name = #text));
        }
    }
    if let Some(node) = xml.node {
        let node = ident(node);
        said.push(quote!(#node));
    }
    (!said.is_empty()).then(|| quote!(xml(#(#said),*)))
}

/// `name: "wire" (marks),`, a row of a table; a name on the wire that is the Rust name is not said again.
pub(super) fn field_row(name: &Ident, wire: &str, marks: &TokenStream) -> TokenStream {
    if name == wire {
        quote!(#name #marks,)
    } else {
        quote!(#name: #wire #marks,)
    }
}
