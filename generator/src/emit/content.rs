//! Bodies of requests → the field of the request, the section of its table, and where there are several media types, the
//! enum of them.

use super::context::Context;
use super::derive::derives;
use super::docs::{Text, link};
use super::module::{Definition, Item, Member, Parts, Scope, ident};
use super::operation::style_name;
use super::rules::{Demands, marks, value_marks};
use super::ty::{Presence, field_type, value_type};
use crate::ir::{Body, Codec, Encoding, Media, OperationId};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of the request's field.
pub(super) fn field(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    body: &Body,
) -> TokenStream {
    if let [media] = body.media.as_slice() {
        return field_type(
            context,
            scope,
            &media.value,
            Presence::of(body.required),
            false,
        );
    }
    let name = ident(&context.names.operation(id).content);
    if body.required {
        quote!(#name)
    } else {
        let option = scope.prelude("Option");
        quote!(#option<#name>)
    }
}

/// `body { body: json (required) }`, or a choice: `bodies { body: UpdatePetContent { Json: json, Csv: text "text/csv" } }`.
pub(super) fn section(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    body: &Body,
) -> TokenStream {
    let names = context.names.operation(id);
    let name = ident(&names.body);
    let member = Demands {
        required: body.required,
        ..Demands::default()
    };
    if let [media] = body.media.as_slice() {
        let codec = codec(media);
        let marks = marks(context, scope, &media.value, member, Vec::new());
        return quote!(body { #name: #codec #marks });
    }
    let content = ident(&names.content);
    let choices = names.choices.iter().zip(&body.media).map(|(name, media)| {
        let (name, codec) = (ident(name), codec(media));
        let marks = value_marks(context, scope, &media.value);
        let marks = (!marks.is_empty()).then(|| quote!((#(#marks),*)));
        quote!(#name: #codec #marks,)
    });
    let whole = body.required.then(|| quote!((required)));
    quote!(bodies { #name: #content { #(#choices)* } #whole })
}

/// `pub enum UpdatePetContent { … }`, where a body has several media types.
pub(super) fn items(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    items: &mut Vec<Item>,
) {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    let Some(body) = operation.body.as_ref().filter(|body| body.media.len() > 1) else {
        return;
    };
    let mut variants = Vec::new();
    for (name, media) in names.choices.iter().zip(&body.media) {
        let docs = Text::default().own(media_names(media));
        let ty = value_type(context, scope, &media.value);
        variants.push(Member::variant(docs, name, ty));
    }
    let docs = Text::default().own(format!(
        "The body of {}, in one of its media types.",
        link(&names.request)
    ));
    let streams = body.media.iter().any(|media| context.streams(&media.value));
    let (name, derives) = (ident(&names.content), derives(false, streams));
    items.push(Item::Definition(Definition {
        docs: docs.into_lines(),
        attributes: derives,
        head: quote!(pub enum #name),
        parts: Parts::Variants(variants),
    }));
    let path = scope.runtime_macro("choice");
    let choices = names.choices.iter().map(|name| ident(name));
    items.push(Item::Call {
        path,
        body: quote!(#name { #(#choices,)* }),
    });
}

/// `` `text/csv`, `text/tab-separated-values`. ``
fn media_names(media: &Media) -> String {
    let names = media
        .media_types
        .iter()
        .map(|name| super::markdown::code(&super::markdown::plain(name)));
    format!("{}.", names.collect::<Vec<_>>().join(", "))
}

/// `json`, with the media types where they are not the codec's own.
pub(super) fn codec(media: &Media) -> TokenStream {
    let (name, usual) = match media.codec {
        Codec::Json => ("json", "application/json"),
        Codec::Text => ("text", "text/plain"),
        Codec::Bytes => ("bytes", "application/octet-stream"),
        Codec::Form => ("form", "application/x-www-form-urlencoded"),
        Codec::Multipart => ("multipart", "multipart/form-data"),
        Codec::Xml => ("xml", "application/xml"),
        Codec::Yaml => ("yaml", "application/yaml"),
        Codec::Lines => ("lines", "application/jsonl"),
        Codec::Sequence => ("sequence", "application/json-seq"),
        Codec::Events => ("events", "text/event-stream"),
        Codec::Parts => ("parts", "multipart/mixed"),
    };
    let name = ident(name);
    let encoding = encodings(&media.encoding);
    match media.media_types.as_slice() {
        [one] if one.eq_ignore_ascii_case(usual) => quote!(#name #encoding),
        written => quote!(#name #(#written)* #encoding),
    }
}

/// `["tags", explode = false) ("icon", content_type = "image/png")]`, or nothing.
pub(super) fn encodings(encodings: &[Encoding]) -> Option<TokenStream> {
    // Header fields are in the type of the part.
    let is_said = |encoding: &&Encoding| encoding.name.is_empty() || encoding.says_more();
    let said: Vec<&Encoding> = encodings.iter().filter(is_said).collect();
    if said.is_empty() {
        return None;
    }
    let rows = said.into_iter().map(|encoding| {
        let name = &encoding.name;
        let mut said = Vec::new();
        if let Some(content_type) = &encoding.content_type {
            said.push(quote!(content_type = #content_type));
        }
        if let Some(style) = encoding.style {
            let style = style_name(style);
            said.push(quote!(style = #style));
        }
        if let Some(explode) = encoding.explode {
            said.push(quote!(explode = #explode));
        }
        if let Some(allow_reserved) = encoding.allow_reserved {
            said.push(quote!(allow_reserved = #allow_reserved));
        }
        if let Some(inside) = self::encodings(&encoding.inside) {
            said.push(quote!(encoding = #inside));
        }
        quote!((#name #(, #said)*))
    });
    Some(quote!([#(#rows)*]))
}
