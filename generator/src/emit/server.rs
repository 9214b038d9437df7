//! The server side: one trait a group to implement, and the router over them.

use super::client::{credential_kind, group_docs, tag};
use super::context::Context;
use super::module::{Child, Exports, Item, Module, Scope, ident};
use super::operation::signpost_docs;
use crate::ir::{GroupId, Operation};
use proc_macro2::TokenStream;
use quote::quote;

/// The module `server`.
pub(super) fn server_module(context: &Context<'_>) -> Module {
    let mut scope = Scope::new(
        &["server"],
        ["Router".to_owned(), "RouterBuilder".to_owned()],
    );
    let mut module = Module {
        name: "server".to_owned(),
        docs: vec!["The server side: answers the operations.".to_owned()],
        ..Module::default()
    };
    let mut rows = Vec::new();
    for group in context.groups() {
        let names = context.names.group(group);
        let (gate, field, interface) = (
            context.gate(group),
            ident(&names.module),
            ident(&names.interface),
        );
        rows.push(quote!(#gate #field: #interface,));
        let exports = Exports::These(vec![names.interface.clone()]);
        let child = group_module(context, group);
        module.children.push(Child {
            module: child,
            public: false,
            features: context.features(Some(group)),
            exports,
            copied: false,
        });
    }
    let schemes = context.api.security_schemes.iter().filter_map(|scheme| {
        let (key, kind) = (&scheme.name, credential_kind(&scheme.kind)?);
        Some(quote!(#key: #kind,))
    });
    let schemes: Vec<TokenStream> = schemes.collect();
    let security = (!schemes.is_empty()).then(|| quote!(security { #(#schemes)* }));
    let path = scope.runtime_macro("router");
    module.items.push(Item::Call {
        path,
        body: quote!(Router, RouterBuilder { #(#rows)* } #security),
    });
    module.imports = scope.into_imports();
    module
}

fn group_module(context: &Context<'_>, group: GroupId) -> Module {
    let name = context.module(Some(group));
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
    let docs = vec![format!("Server side of {}.", tag(context, group))];
    Module {
        name: name.to_owned(),
        docs,
        imports: scope.into_imports(),
        items,
        ..Module::default()
    }
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
