//! The document's meaning and its names → a tree of modules of tokens.

mod client;
mod context;
mod docs;
mod markdown;
pub(crate) mod module;
mod operation;
mod root;
mod rules;
mod server;
mod ty;
mod types;

use context::Context;
pub(crate) use context::{DateTime, Options, Runtime};

/// The whole output as a tree of modules.
pub(crate) fn emit(
    api: &crate::ir::Api,
    names: &crate::name::Names,
    options: &Options,
) -> module::Module {
    root::root_module(&Context {
        api,
        names,
        options,
    })
}
#[cfg(test)]
mod tests;
