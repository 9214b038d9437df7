//! The server side: one trait a group to implement, and the router over them.

use super::client::{credential_kind, group_docs, tag};
use super::context::Context;
use super::module::{Child, Content, Exports, Item, Module, Scope, ident};
use super::operation::signpost_docs;
use crate::ir::{GroupId, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `server`.
pub(super) fn server_module(context: Context<'_>) -> Module<'_> {
    let docs = vec!["The server side: answers the operations.".to_owned()];
    let mut module = Module::new("server", docs).with(move || {
        let mut scope = Scope::new(
            &["server"],
            ["Router".to_owned(), "RouterBuilder".to_owned()],
        );
        let items = vec![router_call(&context, &mut scope)];
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

fn router_call(context: &Context<'_>, scope: &mut Scope) -> Item {
    let rows = context.groups().map(|group| {
        let names = context.names.group(group);
        let (gate, field, interface) = (
            context.gate(group),
            ident(&names.method),
            ident(&names.interface),
        );
        // The method may have letters that the module's file must not have.
        let module = (names.module != names.method).then(|| ident(&names.module));
        let place = module.map(|module| quote!(in #module));
        quote!(#gate #field: #interface #place,)
    });
    let rows: Vec<TokenStream> = rows.collect();
    let schemes = context.api.security_schemes.iter().filter_map(|scheme| {
        let (key, kind) = (&scheme.name, credential_kind(&scheme.kind)?);
        Some(quote!(#key: #kind,))
    });
    let schemes: Vec<TokenStream> = schemes.collect();
    let security = (!schemes.is_empty()).then(|| quote!(security { #(#schemes)* }));
    let path = scope.runtime_macro("router");
    Item::Call {
        path,
        body: quote!(Router, RouterBuilder { #(#rows)* } #security),
    }
}

fn group_module(context: Context<'_>, group: GroupId) -> Module<'_> {
    let docs = vec![format!("Server side of {}.", tag(&context, group))];
    Module::new(context.module(group), docs).with(move || group_content(&context, group))
}

fn group_content(context: &Context<'_>, group: GroupId) -> Content {
    let name = context.module(group);
    let interface = &context.names.group(group).interface;
    let mut scope = Scope::new(&["server", name], [interface.clone()]);
    let docs = group_docs(context, group, "server").attributes();
    let mut rows = Vec::new();
    for id in &context.api.group(group).operations {
        let operation = context.api.operation(*id);
        let names = context.names.operation(*id);
        let (docs, method) = (signpost_docs(operation).attributes(), ident(&names.method));
        let request = scope.own(&["operations"], &names.request);
        let caller = caller(operation);
        rows.push(quote!(#docs #method: #request #caller,));
    }
    let path = scope.runtime_macro("server_group");
    let interface = ident(interface);
    let items = vec![Item::Call {
        path,
        body: quote!(#docs #interface { #(#rows)* }),
    }];
    Content::new(scope, items)
}

/// Whether the handler is told who calls: always, never, or where a credential was given.
fn caller(operation: &Operation) -> TokenStream {
    if operation.security.is_empty() {
        quote!((public))
    } else if operation.security.iter().any(Vec::is_empty) {
        quote!((optional_caller))
    } else {
        TokenStream::new()
    }
}
