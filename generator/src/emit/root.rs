//! The root of the output: what the crate says of itself, its modules, and what it exports at the top.

use super::check::checks_module;
use super::client::client_module;
use super::context::{Context, Runtime};
use super::docs::Text;
use super::module::{Child, Content, Exports, Item, Module};
use super::operation::operations_module;
use super::server::server_module;
use super::types::types_module;
use quote::quote;

/// The whole tree.
pub(super) fn root_module<'a>(context: Context<'a>) -> Module<'a> {
    let api = context.api;
    let docs = Text::default().paragraph(&api.title);
    let docs = match &api.docs.description {
        Some(description) => docs.paragraph(description),
        None => docs,
    };
    let docs = docs.external(&api.docs).into_lines();
    let mut root = Module::new("lib", docs).with(move || content(&context));
    root.recursion_limit = recursion_limit(api);
    let gated = |feature: &str| {
        if context.options.gated {
            vec![feature.to_owned()]
        } else {
            Vec::new()
        }
    };
    let mut push = |module: Module<'a>, features, exports| {
        root.children.push(Child {
            module,
            public: true,
            features,
            exports,
            copied: false,
        })
    };
    if context.options.client {
        push(
            client_module(context),
            gated("client"),
            Exports::These(vec!["Client".to_owned(), "ClientBuilder".to_owned()]),
        );
    }
    push(operations_module(context), Vec::new(), Exports::Nothing);
    if context.options.server {
        push(server_module(context), gated("server"), Exports::Nothing);
    }
    push(types_module(context), Vec::new(), Exports::Nothing);
    if context.options.runtime == Runtime::Inline {
        root.children.push(Child {
            module: Module::new("runtime", Vec::new()),
            public: true,
            features: Vec::new(),
            exports: Exports::Nothing,
            copied: true,
        });
    }
    if let Some(checks) = checks_module(context) {
        root.children.push(Child {
            module: checks,
            public: false,
            features: Vec::new(),
            exports: Exports::Nothing,
            copied: false,
        });
    }
    root
}

fn content(context: &Context<'_>) -> Content {
    let mut items = Vec::new();
    if context.options.runtime == Runtime::Dependency {
        items.push(Item::Code(quote!(
            #[doc(no_inline)]
            pub use oasmith_runtime as runtime;
        )));
    }
    items.push(operations_call(context));
    Content {
        items,
        ..Content::default()
    }
}

/// The limit that rustc needs for the longest chain of types, where its own of 128 is too low: the generic code of containers is
/// compiled for one type within the other, at most four times for each.
pub(super) fn recursion_limit(api: &crate::ir::Api) -> Option<u32> {
    let needed = 4 * api.longest_chain + 32;
    (needed > 128).then(|| needed.next_power_of_two())
}

/// Every operation by name, for tests that hold for each of them.
fn operations_call(context: &Context<'_>) -> Item {
    let rows = context.groups().map(|group| {
        let gate = context.gate(group);
        let operations = &context.api.group(group).operations;
        let names = operations
            .iter()
            .map(|id| super::module::ident(&context.names.operation(*id).request));
        quote!(#gate { #(#names),* })
    });
    Item::Call {
        path: quote!(runtime::operations),
        body: quote!(#(#rows)*),
    }
}
