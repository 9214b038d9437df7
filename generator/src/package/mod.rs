//! What stands beside the modules of a crate: its manifest, its README, and the copy of the runtime.

mod manifest;
mod readme;
mod runtime;

pub(crate) use manifest::manifest;
pub(crate) use readme::readme;
pub(crate) use runtime::runtime_files;

use std::collections::BTreeSet;

/// What a crate is called and made of, as far as its files beside the modules need it.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    pub(crate) name: String,
    /// The document's title, in one line of plain text.
    pub(crate) title: String,
    /// An SPDX expression, or whatever the document says.
    pub(crate) license: Option<String>,
    /// One a group, with the group's tag.
    pub(crate) groups: Vec<(String, String)>,
    /// The runtime's features for types of formats: `uuid`, `chrono`…
    pub(crate) scalars: BTreeSet<&'static str>,
    /// The runtime is a module of the crate, not a dependency.
    pub(crate) inline: bool,
    /// `[manifest]` of the configuration.
    pub(crate) more: toml::Table,
    /// The first line of every file, without its comment marks.
    pub(crate) header: String,
}
