//! Responses → the enum of an operation's answers, the structs of their header fields, and what counts as a success.

use super::content::codec;
use super::context::Context;
use super::derive::{derives, derives_beside_table};
use super::docs::{Text, link};
use super::module::{Definition, Item, Member, Parts, Scope, ident};
use super::operation::{parameter_docs, style_marks};
use super::rules::{Demands, field_row, marks, value_marks};
use super::ty::{Presence, field_type, value_type};
use super::types::new;
use crate::ir::{Codec, Media, Operation, OperationId, Response, Status};
use crate::name::{HeaderNames, OperationNames};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

/// The enum of the answers, the structs of their header fields, and the enum of the successes.
pub(super) fn items(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    items: &mut Vec<Item>,
) {
    items.push(response_item(context, scope, id));
    let rows = context.api.operation(id).responses.iter();
    for (row, names) in rows.zip(&context.names.operation(id).headers) {
        if !names.name.is_empty() {
            items.push(match twin(context, row) {
                Some(same) => twin_item(context, id, row, names, same),
                None => headers_item(context, scope, id, row, names),
            });
        }
    }
    items.extend(success_item(context, scope, id));
}

/// The struct of another answer, which has the same header fields.
fn twin<'a>(context: &Context<'a>, row: &Response) -> Option<&'a str> {
    let (id, position) = row.headers_of?;
    let (_, names) = headers_of(context, id, &context.api.operation(id).responses[position])?;
    Some(&names.name)
}

/// `pub type ListPetsNotFoundHeaders = ListPetsOkHeaders;`.
fn twin_item(
    context: &Context<'_>,
    id: OperationId,
    row: &Response,
    names: &HeaderNames,
    same: &str,
) -> Item {
    let docs = Text::default().own(context.filler(headers_docs(context, id, row)));
    Item::alias(docs, &names.name, ident(same).into_token_stream())
}

/// Whose header fields they are.
fn headers_docs(context: &Context<'_>, id: OperationId, row: &Response) -> String {
    let status = match row.status {
        Status::Exact(status) => format!("`{status}`"),
        Status::Range(first) => format!("`{first}XX`"),
        Status::Default => "`default`".to_owned(),
    };
    format!(
        "Header fields of the answer {status} of {}.",
        link(&context.names.operation(id).request)
    )
}

/// `pub struct ListPetsOkHeaders { … }`.
fn headers_item(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    row: &Response,
    names: &HeaderNames,
) -> Item {
    let fields = row.headers.iter().zip(&names.fields).map(|(header, name)| {
        let docs = parameter_docs(context, header, name);
        let presence = Presence::of(header.required);
        let ty = field_type(context, scope, &header.value, presence, false);
        Member::field(docs, name, ty)
    });
    let fields: Vec<Member> = fields.collect();
    let docs = Text::default().own(headers_docs(context, id, row));
    let name = ident(&names.name);
    let optional = row.headers.iter().all(|header| !header.required);
    let derives = derives_beside_table(optional, false, &[]);
    Item::Definition(Definition {
        docs: docs.into_lines(),
        attributes: derives,
        head: quote!(pub struct #name),
        parts: Parts::Fields(fields),
    })
}

/// `headers! { ListPetsOkHeaders { … } }`.
pub(super) fn header_calls(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    items: &mut Vec<Item>,
) {
    let rows = context.api.operation(id).responses.iter();
    for (row, names) in rows.zip(&context.names.operation(id).headers) {
        if names.name.is_empty() || row.headers_of.is_some() {
            continue;
        }
        let fields = row.headers.iter().zip(&names.fields).map(|(header, name)| {
            let (name, wire) = (ident(name), &header.wire);
            let member = Demands {
                required: header.required,
                default: header.default.as_ref(),
                ..Demands::default()
            };
            let marks = marks(context, scope, &header.value, member, style_marks(header));
            field_row(&name, wire, &marks)
        });
        let fields: Vec<TokenStream> = fields.collect();
        let mut arguments = Vec::new();
        for (header, name) in row.headers.iter().zip(&names.fields) {
            if header.required {
                let ty = field_type(context, scope, &header.value, Presence::Required, false);
                arguments.push((ident(name), ty));
            }
        }
        let new = new(&arguments, arguments.len() == fields.len());
        let path = scope.runtime_macro("headers");
        let name = ident(&names.name);
        let checks = scope.take_checks();
        items.push(Item::Call {
            path,
            body: quote!(#name #new { #(#fields)* } #checks),
        });
    }
}

/// What a variant of the response enum carries: the status where the document leaves it open, and the body.
fn carried(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    response: &Response,
) -> Vec<TokenStream> {
    let status = match response.status {
        Status::Exact(_) => None,
        Status::Range(_) | Status::Default => Some(scope.foreign(&["http"], "StatusCode")),
    };
    let body = response
        .media
        .as_ref()
        .map(|media| value_type(context, scope, &media.value));
    let headers = headers_of(context, id, response).map(|(_, names)| {
        let name = ident(&names.name);
        quote!(#name)
    });
    status.into_iter().chain(body).chain(headers).collect()
}

/// What a variant carries, by the words of the operation's table: `status`, `body`, `headers`.
fn parts(response: &Response) -> TokenStream {
    let status = !matches!(response.status, Status::Exact(_));
    let parts = [
        ("status", status),
        ("body", response.media.is_some()),
        ("headers", !response.headers.is_empty()),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(_, there)| *there)
        .map(|(name, _)| ident(name))
        .collect();
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!((#(#parts),*))
    }
}

/// The struct of a response's header fields: that of the first row of its status.
fn headers_of<'a>(
    context: &Context<'a>,
    id: OperationId,
    response: &Response,
) -> Option<(&'a Response, &'a HeaderNames)> {
    let rows = &context.api.operation(id).responses;
    let position = rows
        .iter()
        .position(|row| row.status == response.status && !row.headers.is_empty())?;
    Some((
        &rows[position],
        &context.names.operation(id).headers[position],
    ))
}

/// `pub enum ListBackupsResponse { … }`.
fn response_item(context: &Context<'_>, scope: &mut Scope, id: OperationId) -> Item {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let variants = operation
        .responses
        .iter()
        .zip(&names.responses)
        .map(|(response, name)| {
            let label = match response.status {
                Status::Exact(status) => format!("`{status}`"),
                Status::Range(first) => format!("`{first}XX`"),
                Status::Default => "Default".to_owned(),
            };
            let description = response.docs.description.as_deref().unwrap_or_default();
            let docs = match response.status {
                Status::Exact(status) if context.is_told(status, name, description) => {
                    Text::default()
                }
                _ => Text::default().labelled(&label, description),
            };
            let carried = carried(context, scope, id, response);
            Member::variant(docs, name, quote!(#(#carried),*))
        });
    let variants: Vec<Member> = variants.collect();
    let docs = format!("What {} is answered with.", link(&names.request));
    let docs = Text::default().own(context.filler(docs));
    let name = ident(&names.response);
    let streams = operation
        .response_values()
        .any(|value| context.streams(value));
    let derives = derives_beside_table(false, streams, &[]);
    Item::Definition(Definition {
        docs: docs.into_lines(),
        attributes: derives,
        head: quote!(pub enum #name),
        parts: Parts::Variants(variants),
    })
}

/// The responses that `.ok()` gives, by position: those with a status of 2xx, else the default one.
fn successes(operation: &Operation) -> Vec<usize> {
    let is_success = |status: Status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
    let positions = |wanted: &dyn Fn(Status) -> bool| {
        operation
            .responses
            .iter()
            .enumerate()
            .filter(|(_, response)| wanted(response.status))
            .map(|(position, _)| position)
            .collect()
    };
    let found: Vec<usize> = positions(&is_success);
    if found.is_empty() {
        positions(&|status| status == Status::Default)
    } else {
        found
    }
}

/// `pub enum CreateBackupSuccess { … }`, where more than one answer is a success.
fn success_item(context: &Context<'_>, scope: &mut Scope, id: OperationId) -> Option<Item> {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let found = successes(operation);
    if found.len() < 2 {
        return None;
    }
    let mut variants = Vec::new();
    for position in found {
        let name = &names.responses[position];
        let docs = Text::default().own(format!("[`{}::{name}`].", names.response));
        let carried = carried(context, scope, id, &operation.responses[position]);
        variants.push(Member::variant(docs, name, quote!(#(#carried),*)));
    }
    let docs = Text::default().own(format!(
        "The answers of {} that are a success.",
        link(&names.response)
    ));
    let name = ident(&names.success);
    let streams = operation
        .response_values()
        .any(|value| context.streams(value));
    let derives = derives(false, streams);
    Some(Item::Definition(Definition {
        docs: docs.into_lines(),
        attributes: derives,
        head: quote!(pub enum #name),
        parts: Parts::Variants(variants),
    }))
}

/// `200 Ok(body): json,`.
pub(super) fn rows(
    context: &Context<'_>,
    scope: &mut Scope,
    operation: &Operation,
    names: &OperationNames,
) -> Vec<TokenStream> {
    let rows = operation.responses.iter().zip(&names.responses);
    rows.map(|(response, name)| {
        let (name, parts) = (ident(name), parts(response));
        let codec = match &response.media {
            Some(media) => coded(context, scope, media),
            None => quote!(empty),
        };
        match response.status {
            Status::Exact(status) => {
                let status = Literal::u16_unsuffixed(status);
                quote!(#status #name #parts: #codec,)
            }
            Status::Range(first) => {
                let range: TokenStream = format!("{first}XX").parse().unwrap_or_default();
                quote!(#range #name #parts: #codec,)
            }
            Status::Default => quote!(default #name #parts: #codec,),
        }
    })
    .collect()
}

/// The codec, and what XML has to know of the value.
fn coded(context: &Context<'_>, scope: &mut Scope, media: &Media) -> TokenStream {
    let codec = codec(media);
    if media.codec != Codec::Xml {
        return codec;
    }
    let marks = value_marks(context, scope, &media.value);
    if !marks.is_empty() {
        quote!(#codec (#(#marks),*))
    } else {
        codec
    }
}

/// `success Ok(body) -> BackupList,`.
pub(super) fn success(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
) -> Option<TokenStream> {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let found = successes(operation);
    match found.as_slice() {
        [] => None,
        [position] => {
            let response = &operation.responses[*position];
            let (name, parts) = (ident(&names.responses[*position]), parts(response));
            let carried = carried(context, scope, id, response);
            let gives = match carried.as_slice() {
                [one] => quote!(#one),
                several => quote!((#(#several),*)),
            };
            let word = ident(if operation.responses.len() == 1 {
                "sole"
            } else {
                "success"
            });
            Some(quote!(#word #name #parts -> #gives,))
        }
        positions => {
            let success = ident(&names.success);
            let rows = positions.iter().map(|position| {
                let name = ident(&names.responses[*position]);
                let parts = parts(&operation.responses[*position]);
                quote!(#name #parts,)
            });
            let all = (positions.len() == operation.responses.len()).then(|| quote!(all));
            Some(quote!(successes #success { #(#rows)* } #all,))
        }
    }
}
