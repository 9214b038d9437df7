//! A crate as a whole: its modules, and what stands beside them, the manifest, the README and the copy of the runtime.

mod manifest;
mod readme;
mod runtime;

use crate::emit::{self, Options, Runtime};
use crate::ir::{Api, analysis};
use crate::name::Names;
use crate::output::MARK;
use crate::render::{self, File, Unprintable};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// What a crate is called and made of, as far as its files beside the modules need it.
#[derive(Clone, Debug)]
struct Package {
    name: String,
    /// The document's title, in one line of plain text.
    title: String,
    /// An SPDX expression, or whatever the document says.
    license: Option<String>,
    /// One a group: the feature, and the group's tag.
    groups: Vec<(String, String)>,
    /// The features of groups whose types those hold that no operation reaches; `None` where there are none of these.
    unreached: Option<Vec<String>>,
    /// The runtime's features for types of formats: `uuid`, `chrono`…
    scalars: BTreeSet<&'static str>,
    /// Lints of clippy that would speak up.
    lints: Vec<&'static str>,
    /// The runtime is a module of the crate, not a dependency.
    inline: bool,
    /// `[manifest]` of the configuration.
    more: toml::Table,
    /// The first line of every file, without its comment marks.
    header: String,
}

/// The first line of every file, without its comment marks; the document is named as the configuration names it.
fn header(document: &str) -> String {
    let document: String = document
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    format!(
        "{MARK} from {}; do not edit.",
        document.replace("--", "- -")
    )
}

/// Every file of a crate of this name.
pub(crate) fn crate_files(
    api: &Api,
    names: &Names,
    options: &Options,
    name: &str,
    document: &str,
    more: &toml::Table,
    template: Option<&str>,
) -> Result<Vec<File>, Unprintable> {
    let header = header(document);
    let mut files = render::crate_files(&emit::emit(api, names, options), &header)?;
    let groups = api
        .groups
        .iter()
        .zip(&names.groups)
        .filter(|(group, _)| !group.operations.is_empty());
    let package = Package {
        name: name.to_owned(),
        title: emit::title(api),
        license: api.license.clone(),
        groups: groups
            .map(|(group, names)| (names.feature.clone(), group.tag.clone().unwrap_or_default()))
            .collect(),
        unreached: analysis::held_by_unreached(api).map(|groups| {
            let features = groups.into_iter().map(|group| &names.group(group).feature);
            features.cloned().collect()
        }),
        scalars: emit::scalars(api, options.date_time),
        lints: emit::lints(api, names),
        inline: options.runtime == Runtime::Inline,
        more: more.clone(),
        header,
    };
    let mut example = String::new();
    for item in emit::example(api, names, options, name)
        .into_iter()
        .flatten()
    {
        if !example.is_empty() {
            example.push('\n');
        }
        example.push_str(&render::code(&item, "README.md")?);
    }
    let example = Some(example).filter(|example| !example.is_empty());
    files.push(File {
        path: PathBuf::from("Cargo.toml"),
        text: manifest::manifest(&package),
    });
    files.push(File {
        path: PathBuf::from("README.md"),
        text: readme::readme(&package, example.as_deref(), template),
    });
    if package.inline {
        files.extend(runtime::runtime_files(&package.scalars, &package.header));
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The one file of items for `include!`.
pub(crate) fn single_file(
    api: &Api,
    names: &Names,
    options: &Options,
    document: &str,
) -> Result<String, Unprintable> {
    render::single_file(&emit::emit(api, names, options), &header(document))
}
