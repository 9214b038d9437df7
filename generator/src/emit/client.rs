//! The client side: the client itself, and one trait a group.

use super::context::Context;
use super::docs::{Text, headline};
use super::module::{Child, Content, Exports, Item, Module, Scope, ident};
use super::operation::signpost_docs;
use crate::document::Location;
use crate::ir::{GroupId, SchemeKind, SecurityScheme};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `client`.
pub(super) fn client_module(context: Context<'_>) -> Module<'_> {
    let docs = vec!["The client side: calls the operations.".to_owned()];
    let mut module = Module::new("client", docs).with(move || {
        let mut scope = Scope::new(
            &["client"],
            ["Client".to_owned(), "ClientBuilder".to_owned()],
        );
        let items = vec![client_call(&context, &mut scope)];
        Content::new(scope, items)
    });
    for group in context.groups() {
        let exports = Exports::These(vec![context.names.group(group).interface.clone()]);
        let child = group_module(context, group);
        module.children.push(Child {
            module: child,
            public: false,
            features: context.features(group),
            exports,
            copied: false,
        });
    }
    module
}

fn client_call(context: &Context<'_>, scope: &mut Scope) -> Item {
    let path = scope.runtime_macro("client");
    let title = match headline(&context.api.title) {
        Some(title) => Text::default().own(format!("The client of {title}.")),
        None => Text::default().own("The client of the API."),
    };
    let title = title.attributes();
    let base_url = match context.api.base_urls.first() {
        Some(base_url) => {
            let url = &base_url.url;
            quote!(#url)
        }
        None => quote!(none),
    };
    let schemes = context
        .api
        .security_schemes
        .iter()
        .enumerate()
        .filter_map(|(position, scheme)| scheme_row(context, position, scheme));
    let schemes: Vec<TokenStream> = schemes.collect();
    let security = (!schemes.is_empty()).then(|| quote!(security { #(#schemes)* }));
    let body = quote! {
        #title
        Client, ClientBuilder,
        base_url #base_url,
        #security
    };
    Item::Call { path, body }
}

/// `bearer_auth: bearer "bearerAuth",`.
fn scheme_row(
    context: &Context<'_>,
    position: usize,
    scheme: &SecurityScheme,
) -> Option<TokenStream> {
    let name = ident(context.names.scheme(position));
    let key = &scheme.name;
    let docs = Text::default()
        .docs(&scheme.docs, || {
            format!("The credential of {}.", super::markdown::code(key))
        })
        .attributes();
    let kind = credential_kind(&scheme.kind)?;
    Some(quote!(#docs #name: #kind #key,))
}

/// `bearer`, or where a key stands and what it is called there.
pub(super) fn credential_kind(kind: &SchemeKind) -> Option<TokenStream> {
    Some(match kind {
        SchemeKind::Bearer => quote!(bearer),
        SchemeKind::Basic => quote!(basic),
        SchemeKind::ApiKey { name, location } => {
            let place = match location {
                Location::Header | Location::Path => quote!(header),
                Location::Query | Location::QueryString => quote!(query),
                Location::Cookie => quote!(cookie),
            };
            quote!(#place #name)
        }
        SchemeKind::Unsupported => return None,
    })
}

fn group_module(context: Context<'_>, group: GroupId) -> Module<'_> {
    let docs = vec![format!("Client side of {}.", tag(&context, group))];
    Module::new(context.module(group), docs).with(move || group_content(&context, group))
}

fn group_content(context: &Context<'_>, group: GroupId) -> Content {
    let name = context.module(group);
    let interface = &context.names.group(group).interface;
    let mut scope = Scope::new(&["client", name], [interface.clone(), "Client".to_owned()]);
    let docs = group_docs(context, group, "client").attributes();
    let mut rows = Vec::new();
    for id in &context.api.group(group).operations {
        let operation = context.api.operation(*id);
        let names = context.names.operation(*id);
        let (docs, method) = (signpost_docs(operation).attributes(), ident(&names.method));
        let request = scope.own(&["operations"], &names.request);
        let deprecated = super::docs::deprecated(&operation.docs);
        rows.push(quote!(#docs #deprecated #method: #request,));
    }
    let path = scope.runtime_macro("client_group");
    let client = Scope::own(
        &mut Scope::new(&["client", name], []),
        &["client"],
        "Client",
    );
    let mut imports = scope.into_imports();
    imports
        .entry(vec!["super".to_owned()])
        .or_default()
        .insert(client.to_string());
    let interface = ident(interface);
    let items = vec![Item::Call {
        path,
        body: quote!(#docs #interface { #(#rows)* }),
    }];
    Content { imports, items }
}

/// The tag as code, for use in a sentence.
pub(super) fn tag(context: &Context<'_>, group: GroupId) -> String {
    match &context.api.group(group).tag {
        Some(tag) => super::markdown::code(&super::markdown::plain(tag)),
        None => "the operations without a tag".to_owned(),
    }
}

/// The document's words on a group, or ours.
pub(super) fn group_docs(context: &Context<'_>, group: GroupId, side: &str) -> Text {
    Text::default().docs(&context.api.group(group).docs, || {
        format!("The {side} side of {}.", tag(context, group))
    })
}
