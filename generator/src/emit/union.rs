//! Unions of the IR → enums, each with the macro call that says how its variants are told apart.

use super::context::Context;
use super::derive::{derived, derives_beside_table};
use super::docs::{Text, headline};
use super::module::{Definition, Item, Member, Parts, Scope, ident};
use super::rules::value_marks;
use super::ty::{Edge, variant_type};
use super::types::type_docs;
use crate::ir::{Accepts, Several, TypeId, Union, UnionVariant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `pub enum Pet { Cat(Cat), … }`; one that is open ends with `Unknown`.
pub(super) fn union_item(
    context: &Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    union: &Union,
) -> Item {
    let docs = type_docs(context, context.api.ty(id), "One of several types.").into_lines();
    let names = context.names.ty(id);
    let mut variants = Vec::new();
    for (variant, name) in union.variants.iter().zip(&names.members) {
        let edge = Edge::of(context, id, &variant.value, variant.boxed);
        let ty = variant_type(context, scope, &variant.value, edge);
        variants.push(Member::variant(variant_docs(union, variant), name, ty));
    }
    let json = quote!(serde_json::Value);
    if union.open {
        let text = Text::default().own("A value that the document does not describe.");
        variants.push(Member::variant(text, "Unknown", json.clone()));
    }
    if union.mixed {
        let text = Text::default()
            .own("A value that is several of these at once, and more than any one of them.");
        variants.push(Member::variant(text, "Several", json));
    }
    let name = ident(&names.name);
    Item::Definition(Definition {
        docs,
        attributes: derives_beside_table(false, context.api.ty(id).streams, &names.derives),
        head: quote!(pub enum #name),
        parts: Parts::Variants(variants),
    })
}

/// The first sentence of what the document says about a variant, else what it accepts.
fn variant_docs(union: &Union, variant: &UnionVariant) -> Text {
    let description = variant.docs.description.as_deref();
    let text = match description.and_then(headline) {
        Some(headline) => Text::default().paragraph(&format!("{headline}.")),
        None => Text::default().own(accepted_words(union, variant)),
    };
    if variant.docs.deprecated {
        text.own("Deprecated.")
    } else {
        text
    }
}

fn accepted_words(union: &Union, variant: &UnionVariant) -> String {
    let code = |text: &str| super::markdown::code(&super::markdown::plain(text));
    let mut tags = Vec::new();
    let mut kinds = Vec::new();
    for accepts in &variant.accepts {
        match accepts {
            Accepts::Tag(tag) => tags.push(code(tag)),
            Accepts::TagInteger(tag) => tags.push(code(&tag.to_string())),
            Accepts::TagBool(tag) => tags.push(code(&tag.to_string())),
            Accepts::Bool => kinds.push("True or false"),
            Accepts::Integer => kinds.push("An integer"),
            Accepts::Fraction | Accepts::Number => kinds.push("A number"),
            Accepts::String => kinds.push("A string"),
            Accepts::List => kinds.push("A list"),
            Accepts::Object | Accepts::Otherwise => kinds.push("An object"),
            Accepts::Any => kinds.push("Any value"),
        }
    }
    match (&union.tag, tags.is_empty(), kinds.as_slice()) {
        (Some(tag), false, _) => format!("{}: {}.", code(tag), tags.join(" or ")),
        (_, _, []) => "One of the types.".to_owned(),
        (_, _, kinds) => format!(
            "{}.",
            kinds
                .join(", or ")
                .replace(", or A", ", or a")
                .replace(", or T", ", or t")
        ),
    }
}

/// `union! { open Pet by "petType" { Cat: "cat", … } }`.
pub(super) fn union_call(
    context: &Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    union: &Union,
) -> Item {
    let names = context.names.ty(id);
    let variants = union
        .variants
        .iter()
        .zip(&names.members)
        .map(|(variant, name)| {
            let name = ident(name);
            let accepts = variant.accepts.iter().map(accepts_tokens);
            let member = variant.member.as_ref().map(|member| quote!(has #member));
            let marks = value_marks(context, scope, &variant.value);
            let marks = (!marks.is_empty()).then(|| quote!((#(#marks),*)));
            quote!(#name: #(#accepts)|* #member #marks,)
        });
    let variants: Vec<TokenStream> = variants.collect();
    let open = match (union.open, union.mixed) {
        (true, _) => quote!(open),
        (false, true) => quote!(mixed),
        (false, false) => TokenStream::new(),
    };
    let several = match union.several {
        Several::Never => TokenStream::new(),
        Several::OneOf => quote!(one_of),
        Several::AnyOf => quote!(any_of),
    };
    let is_tagged = union
        .variants
        .iter()
        .flat_map(|variant| &variant.accepts)
        .any(|accepts| {
            matches!(
                accepts,
                Accepts::Tag(_) | Accepts::TagInteger(_) | Accepts::TagBool(_) | Accepts::Otherwise
            )
        });
    let tag = union.tag.as_ref().filter(|_| is_tagged);
    let tag = tag.map(|tag| quote!(by #tag));
    let empty = names
        .members
        .get(union.empty)
        .filter(|_| union.empty > 0)
        .map(|name| {
            let name = ident(name);
            quote!(empty #name)
        });
    let name = ident(&names.name);
    let derived = derived(context.api.ty(id).streams, &names.derives);
    let checks = scope.take_checks();
    let body = quote!(#derived #open #several #name #tag { #(#variants)* } #empty #checks);
    Item::Call {
        path: scope.runtime_macro("union"),
        body,
    }
}

fn accepts_tokens(accepts: &Accepts) -> TokenStream {
    match accepts {
        Accepts::Bool => quote!(bool),
        Accepts::Integer => quote!(integer),
        Accepts::Fraction => quote!(fraction),
        Accepts::Number => quote!(number),
        Accepts::String => quote!(string),
        Accepts::List => quote!(list),
        Accepts::Object => quote!(object),
        Accepts::Any => quote!(any),
        Accepts::Otherwise => quote!(_),
        Accepts::Tag(tag) => quote!(#tag),
        Accepts::TagInteger(number) => {
            let number = Literal::i64_unsuffixed(*number);
            quote!((#number))
        }
        Accepts::TagBool(true) => quote!(true),
        Accepts::TagBool(false) => quote!(false),
    }
}
