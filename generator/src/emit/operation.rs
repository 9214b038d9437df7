//! Operations of the IR → the request struct, the response enum, and the macro call that carries the table.

use super::context::Context;
use super::derive::{derived, derives_beside_table};
use super::docs::{Text, headline};
use super::markdown::code;
use super::module::{
    Child, Content, Definition, Exports, Item, Member, Module, Parts, Scope, ident,
};
use super::rules::{Demands, field_row, marks};
use super::ty::{Presence, field_type, value_type};
use super::types::new;
use super::{answer, content, link};
use crate::document::{Location, Style};
use crate::ir::{BaseUrl, GroupId, Next, Operation, OperationId, Paging, Parameter};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `operations`: one private module a group.
pub(super) fn operations_module(context: Context<'_>) -> Module<'_> {
    let docs = vec!["The operations of the document: a request and its answers each.".to_owned()];
    let mut module = Module::new("operations", docs);
    for group in context.groups() {
        let child = group_module(context, group);
        module.children.push(Child {
            module: child,
            public: false,
            features: context.features(group),
            exports: Exports::All,
            copied: false,
        });
    }
    module
}

fn group_module(context: Context<'_>, group: GroupId) -> Module<'_> {
    let docs = match &context.api.group(group).tag {
        Some(tag) => format!("Operations of {}.", code(tag)),
        None => "Operations without a tag.".to_owned(),
    };
    Module::new(context.module(group), vec![docs]).with(move || group_content(&context, group))
}

fn group_content(context: &Context<'_>, group: GroupId) -> Content {
    let operations = &context.api.group(group).operations;
    let defined = operations.iter().flat_map(|id| {
        let names = context.names.operation(*id);
        let headers = names.headers.iter().map(|headers| headers.name.clone());
        [
            names.request.clone(),
            names.response.clone(),
            names.success.clone(),
            names.content.clone(),
        ]
        .into_iter()
        .chain(headers)
        .filter(|name| !name.is_empty())
    });
    let mut scope = Scope::new(&["operations", context.module(group)], defined);
    let mut items = Vec::new();
    for id in operations {
        items.push(request_item(context, &mut scope, *id));
        answer::items(context, &mut scope, *id, &mut items);
        items.push(operation_call(context, &mut scope, *id));
        content::items(context, &mut scope, *id, &mut items);
        answer::header_calls(context, &mut scope, *id, &mut items);
        link::items(context, &mut scope, *id, &mut items);
    }
    Content::new(scope, items)
}

/// ``List backups: `GET /v1/backups`.``
fn signpost(operation: &Operation) -> String {
    let place = code(&super::markdown::plain(&format!(
        "{} {}",
        operation.method, operation.route.text
    )));
    match operation.summary.as_deref().and_then(headline) {
        Some(summary) => format!("{summary}: {place}."),
        None => format!("{place}."),
    }
}

/// The signpost alone: the request, which the signature names, has everything else.
pub(super) fn signpost_docs(operation: &Operation) -> Text {
    let text = Text::default().own(signpost(operation));
    if operation.docs.deprecated {
        text.own("Deprecated.")
    } else {
        text
    }
}

/// What the document says about an operation.
fn operation_docs(operation: &Operation) -> Text {
    let mut text = Text::default().own(signpost(operation));
    if let Some(summary) = operation
        .summary
        .as_deref()
        .filter(|summary| headline(summary).is_none())
    {
        text = text.paragraph(summary);
    }
    if let Some(description) = &operation.docs.description
        && Some(description) != operation.summary.as_ref()
    {
        text = text.paragraph(description);
    }
    if !operation.base_urls.is_empty() {
        text = text.own(bases(&operation.base_urls));
    }
    if operation.docs.deprecated {
        text = text.own("Deprecated.");
    }
    text.external(&operation.docs)
}

/// Where an operation is that is not where the API is.
fn bases(base_urls: &[BaseUrl]) -> String {
    let shown = |base: &BaseUrl| {
        let url = super::markdown::code(&super::markdown::plain(&base.url));
        match &base.description {
            Some(description) => format!("{url} ({})", super::markdown::plain(description)),
            None => url,
        }
    };
    let shown: Vec<String> = base_urls.iter().map(shown).collect();
    format!("Its base URL is {}.", shown.join(", or "))
}

/// Parameters in the order of the request's fields: path, query, header, cookie.
pub(super) fn ordered(operation: &Operation) -> impl Iterator<Item = (usize, &Parameter)> {
    SECTIONS.iter().flat_map(|(_, locations)| {
        operation
            .parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| locations.contains(&parameter.location))
    })
}

const SECTIONS: &[(&str, &[Location])] = &[
    ("path", &[Location::Path]),
    ("query", &[Location::Query, Location::QueryString]),
    ("header", &[Location::Header]),
    ("cookie", &[Location::Cookie]),
];

pub(super) fn is_default(operation: &Operation) -> bool {
    operation
        .parameters
        .iter()
        .all(|parameter| !parameter.required)
        && operation.body.as_ref().is_none_or(|body| !body.required)
}

/// `pub struct ListBackups { … }`.
fn request_item(context: &Context<'_>, scope: &mut Scope, id: OperationId) -> Item {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let mut fields = Vec::new();
    for (position, parameter) in ordered(operation) {
        let name = &names.parameters[position];
        let docs = parameter_docs(context, parameter, name);
        let ty = field_type(
            context,
            scope,
            &parameter.value,
            Presence::of(parameter.required),
            false,
        );
        fields.push(Member::field(docs, name, ty));
    }
    if let Some(body) = &operation.body {
        let docs = Text::default().docs(&body.docs, || context.filler("The body."));
        let ty = content::field(context, scope, id, body);
        fields.push(Member::field(docs, &names.body, ty));
    }
    let name = ident(&names.request);
    let streams = operation
        .request_values()
        .any(|value| context.streams(value));
    let derives = derives_beside_table(is_default(operation), streams, &names.derives);
    Item::Definition(Definition {
        docs: operation_docs(operation).into_lines(),
        attributes: derives,
        head: quote!(pub struct #name),
        parts: Parts::Fields(fields),
    })
}

/// What the document says about a parameter or a header field.
pub(super) fn parameter_docs(context: &Context<'_>, parameter: &Parameter, name: &str) -> Text {
    let text = Text::default().docs(&parameter.docs, || {
        context.undescribed(&parameter.wire, name)
    });
    let text = if parameter.docs.deprecated {
        text.own("Deprecated.")
    } else {
        text
    };
    text.values(parameter.default.as_ref(), &parameter.docs.examples)
}

/// `new(id: Uuid, ..),`, where something is required.
fn constructor(context: &Context<'_>, scope: &mut Scope, id: OperationId) -> Option<TokenStream> {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let (mut arguments, mut all) = (Vec::new(), true);
    for (position, parameter) in ordered(operation) {
        all &= parameter.required;
        if parameter.required {
            let ty = field_type(context, scope, &parameter.value, Presence::Required, false);
            arguments.push((ident(&names.parameters[position]), ty));
        }
    }
    if let Some(body) = &operation.body {
        all &= body.required;
        if body.required {
            let ty = content::field(context, scope, id, body);
            arguments.push((ident(&names.body), ty));
        }
    }
    let new = new(&arguments, all)?;
    Some(quote!(#new,))
}

fn operation_call(context: &Context<'_>, scope: &mut Scope, id: OperationId) -> Item {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let path = scope.runtime_macro("operation");
    let (request, response) = (ident(&names.request), ident(&names.response));
    let fallback = format!("{} {}", operation.method, operation.route.text);
    let wire_id = operation.id.as_deref().unwrap_or(&fallback);
    let (method, route) = (method(&operation.method), &operation.route.text);
    let new = constructor(context, scope, id);
    let base = operation.base_urls.first().map(|base| {
        let url = &base.url;
        quote!(base #url,)
    });
    let security = security(context, operation);
    let parameters = SECTIONS
        .iter()
        .map(|(section, locations)| parameter_section(context, scope, id, section, locations));
    let parameters: Vec<TokenStream> = parameters.collect();
    let body = operation
        .body
        .as_ref()
        .map(|body| content::section(context, scope, id, body));
    let responses = answer::rows(context, scope, operation, names);
    let success = answer::success(context, scope, id);
    let paging = operation
        .paging
        .as_ref()
        .map(|paging| paging_section(context, scope, id, paging));
    let mut values = operation.request_values();
    let streams = values.any(|value| context.streams(value));
    let derived_request = derived(streams, &names.derives);
    let mut values = operation.response_values();
    let derived_response = derived(values.any(|value| context.streams(value)), &[]);
    let checks = scope.take_checks().map(|checks| quote!(checks #checks,));
    let body = quote! {
        #derived_request #request -> #derived_response #response = #wire_id #method #route,
        #new
        #checks
        #base
        #security
        #(#parameters)*
        #body
        responses { #(#responses)* }
        #success
        #paging
    };
    Item::Call { path, body }
}

/// The method as a word where it is one, which all registered ones are.
fn method(method: &str) -> TokenStream {
    method
        .parse()
        .ok()
        .filter(|_| method.chars().all(|c| c.is_ascii_alphabetic()))
        .unwrap_or_else(|| quote!(#method))
}

fn security(context: &Context<'_>, operation: &Operation) -> Option<TokenStream> {
    if operation.security.is_empty() {
        return None;
    }
    let alternatives = operation.security.iter().map(|alternative| {
        let schemes = alternative.iter().map(|requirement| {
            let name = &context.api.security_schemes[requirement.scheme].name;
            let scopes = &requirement.scopes;
            if scopes.is_empty() {
                quote!(#name)
            } else {
                quote!(#name (#(#scopes),*))
            }
        });
        quote!([#(#schemes),*])
    });
    Some(quote!(security #(#alternatives)*,))
}

fn parameter_section(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    section: &str,
    locations: &[Location],
) -> TokenStream {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let mut rows = Vec::new();
    for (position, parameter) in operation.parameters.iter().enumerate() {
        if !locations.contains(&parameter.location) {
            continue;
        }
        let (name, wire) = (ident(&names.parameters[position]), &parameter.wire);
        let member = Demands {
            required: parameter.required,
            default: parameter.default.as_ref(),
            ..Demands::default()
        };
        let marks = marks(
            context,
            scope,
            &parameter.value,
            member,
            style_marks(parameter),
        );
        rows.push(field_row(&name, wire, &marks));
    }
    if rows.is_empty() {
        return TokenStream::new();
    }
    let section = ident(section);
    quote!(#section { #(#rows)* })
}

/// OpenAPI's name of a style.
pub(super) fn style_name(style: Style) -> &'static str {
    match style {
        Style::Matrix => "matrix",
        Style::Label => "label",
        Style::Simple => "simple",
        Style::Form => "form",
        Style::SpaceDelimited => "spaceDelimited",
        Style::PipeDelimited => "pipeDelimited",
        Style::TabDelimited => "tabDelimited",
        Style::DeepObject => "deepObject",
        Style::Cookie => "cookie",
    }
}

/// Style and explosion, where they are not what the location has anyway.
pub(super) fn style_marks(parameter: &Parameter) -> Vec<TokenStream> {
    let usual = match parameter.location {
        Location::Path | Location::Header => Style::Simple,
        Location::Query | Location::QueryString | Location::Cookie => Style::Form,
    };
    if let Some(content) = &parameter.content {
        let whole = (parameter.location == Location::QueryString).then(|| quote!(whole));
        let encoding = content::encodings(&parameter.encoding).map(|said| quote!(encoding = #said));
        return [quote!(content = #content)]
            .into_iter()
            .chain(encoding)
            .chain(whole)
            .collect();
    }
    let name = style_name(parameter.style);
    let mut marks = Vec::new();
    if parameter.style != usual {
        marks.push(quote!(style = #name));
    }
    if parameter.explode != matches!(parameter.style, Style::Form | Style::Cookie) {
        let explode = parameter.explode;
        marks.push(quote!(explode = #explode));
    }
    if parameter.allow_reserved {
        marks.push(quote!(allow_reserved));
    }
    if parameter.allow_empty {
        marks.push(quote!(allow_empty));
    }
    marks
}

fn paging_section(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    paging: &Paging,
) -> TokenStream {
    let item = value_type(context, scope, &paging.item);
    let cursor = ident(&context.names.operation(id).parameters[paging.cursor]);
    let wire = &context.api.operation(id).parameters[paging.cursor].wire;
    let items = &paging.items;
    let next = match &paging.next {
        Next::LastItem(pointer) => quote!(last_item #pointer),
        Next::Member(pointer) => quote!(member #pointer),
        Next::Link(pointer) => quote!(link #pointer),
    };
    let more = paging.more.as_ref().map(|more| quote!(more: #more,));
    quote!(paging { items: #items [#item], cursor: #cursor #wire, next: #next, #more })
}
