//! The document's meaning and its names → a tree of modules of tokens.

mod answer;
mod check;
mod client;
mod content;
mod context;
mod derive;
mod docs;
mod example;
mod input;
mod link;
mod lint;
mod markdown;
pub(crate) mod module;
mod operation;
mod root;
mod rules;
mod scalar;
mod server;
#[cfg(test)]
mod tests;
mod ty;
mod types;
mod union;

pub(crate) use context::{DateTime, Options, Runtime, UNREACHED};
pub(crate) use lint::lints;
pub(crate) use scalar::scalars;

use crate::ir::Api;
use crate::name::Names;
use context::Context;
use module::Module;
use proc_macro2::TokenStream;

/// The whole output as a tree of modules.
pub(crate) fn emit<'a>(api: &'a Api, names: &'a Names, options: &'a Options) -> Module<'a> {
    root::root_module(Context {
        api,
        names,
        options,
    })
}

/// `#![recursion_limit]` of the crate that the types are in, where it needs one.
pub(crate) fn recursion_limit(api: &Api) -> Option<u32> {
    root::recursion_limit(api)
}

/// The example of the README of a crate, item by item.
pub(crate) fn example(
    api: &Api,
    names: &Names,
    options: &Options,
    crate_name: &str,
) -> Option<[TokenStream; 2]> {
    example::example(
        &Context {
            api,
            names,
            options,
        },
        crate_name,
    )
}

/// The document's title in one line of plain text, for a manifest or a sentence.
pub(crate) fn title(api: &Api) -> String {
    let title = markdown::plain(&api.title).replace('\n', " ");
    if title.is_empty() {
        "an HTTP API".to_owned()
    } else {
        title
    }
}
