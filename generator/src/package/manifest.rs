//! The `Cargo.toml` of a crate: the runtime's own dependencies or the runtime, a feature a group, and the configuration's words.

use super::Package;
use super::runtime::{MANIFEST, PARTS, Part};
use crate::emit::UNREACHED;
use toml::{Table, Value};

/// Sections that are printed first, in this order.
const SECTIONS: &[&str] = &[
    "package",
    "lib",
    "features",
    "dependencies",
    "dev-dependencies",
    "build-dependencies",
];

/// Keys of `[package]` that are printed first, in this order.
const PACKAGE: &[&str] = &[
    "name",
    "version",
    "edition",
    "rust-version",
    "description",
    "license",
    "repository",
    "readme",
];

/// Licences that are written into a manifest; a registry refuses an expression that is not SPDX's.
const LICENSES: &[&str] = &[
    "0BSD",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "EPL-2.0",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unlicense",
    "Zlib",
];

/// Features of every crate, in the order of the runtime's manifest.
const SIDES: &[&str] = &[
    "client",
    "server",
    "reqwest",
    "rustls",
    "native-tls",
    "tracing",
    "arbitrary",
];

/// The text of the manifest.
pub(crate) fn manifest(package: &Package) -> String {
    // The runtime's manifest is our own: a test reads it.
    let runtime: Table = MANIFEST.parse().unwrap_or_default();
    let mut manifest = Table::new();
    manifest.insert("package".to_owned(), Value::Table(about(package, &runtime)));
    manifest.insert(
        "features".to_owned(),
        Value::Table(features(package, &runtime)),
    );
    manifest.insert(
        "dependencies".to_owned(),
        Value::Table(dependencies(package, &runtime)),
    );
    if package
        .more
        .get("lints")
        .is_none_or(|lints| lints.get("workspace").is_none())
    {
        let allowed = package
            .lints
            .iter()
            .map(|lint| ((*lint).to_owned(), Value::String("allow".to_owned())));
        let allowed: Table = allowed.collect();
        if !allowed.is_empty() {
            let clippy = Table::from_iter([("clippy".to_owned(), Value::Table(allowed))]);
            manifest.insert("lints".to_owned(), Value::Table(clippy));
        }
    }
    merge(&mut manifest, &package.more);
    format!("# {}\n\n{}", package.header, printed(&manifest))
}

fn about(package: &Package, runtime: &Table) -> Table {
    let mut about = Table::new();
    let mut set =
        |key: &str, value: &str| about.insert(key.to_owned(), Value::String(value.to_owned()));
    set("name", &package.name);
    set("version", "0.1.0");
    set("edition", "2024");
    let rust_version = runtime
        .get("package")
        .and_then(|about| about.get("rust-version"))
        .and_then(Value::as_str);
    // The crate's own code asks for more than any crate that it needs.
    set("rust-version", rust_version.unwrap_or("1.88"));
    set(
        "description",
        &format!("Types, client and server of {}", package.title),
    );
    set("readme", "README.md");
    if let Some(license) = package
        .license
        .as_deref()
        .filter(|license| is_spdx(license))
    {
        set("license", license);
    }
    let docs = Table::from_iter([("all-features".to_owned(), Value::Boolean(true))]);
    about.insert(
        "metadata".to_owned(),
        Value::Table(Table::from_iter([("docs".to_owned(), {
            Value::Table(Table::from_iter([("rs".to_owned(), Value::Table(docs))]))
        })])),
    );
    about
}

fn is_spdx(license: &str) -> bool {
    let mut words = license.split_whitespace();
    let known = |word: Option<&str>| {
        word.is_some_and(|word| LICENSES.contains(&word.trim_matches(['(', ')'])))
    };
    let mut fine = known(words.next());
    while let Some(operator) = words.next() {
        fine &= matches!(operator, "OR" | "AND") && known(words.next());
    }
    fine
}

fn features(package: &Package, runtime: &Table) -> Table {
    let mut features = Table::new();
    let groups = package.groups.iter().map(|(feature, _)| feature.as_str());
    let unreached = package.unreached.as_ref().map(|_| UNREACHED);
    let default = ["client", "rustls"].into_iter();
    let default = default.chain(groups.clone()).chain(unreached);
    features.insert("default".to_owned(), strings(default));
    let of_runtime = runtime.get("features").and_then(Value::as_table);
    for side in SIDES {
        let value = if package.inline {
            of_runtime
                .and_then(|features| features.get(*side))
                .cloned()
                .unwrap_or_else(|| strings([]))
        } else {
            let forward = format!("oasmith-runtime/{side}");
            let more: &[&str] = match *side {
                "reqwest" => &["client"],
                "rustls" | "native-tls" => &["reqwest"],
                "arbitrary" => &["client", "server"],
                _ => &[],
            };
            strings(more.iter().copied().chain([forward.as_str()]))
        };
        features.insert((*side).to_owned(), value);
    }
    for group in groups {
        features.insert(group.to_owned(), strings([]));
    }
    if let Some(groups) = &package.unreached {
        let groups = groups.iter().map(String::as_str);
        features.insert(UNREACHED.to_owned(), strings(groups));
    }
    features
}

fn strings<'a>(words: impl IntoIterator<Item = &'a str>) -> Value {
    Value::Array(
        words
            .into_iter()
            .map(|word| Value::String(word.to_owned()))
            .collect(),
    )
}

fn dependencies(package: &Package, runtime: &Table) -> Table {
    let none = Table::new();
    let of_runtime = runtime
        .get("dependencies")
        .and_then(Value::as_table)
        .unwrap_or(&none);
    let mut dependencies = Table::new();
    for (name, value) in of_runtime {
        let part = PARTS.iter().find(|part| part.dependency == name);
        let optional = part.is_some();
        let chosen = part.is_some_and(|part| package.scalars.contains(part.feature));
        // What generated code names itself.
        let named = chosen && part.is_some_and(Part::is_scalar)
            || ["http", "serde_json"].contains(&name.as_str());
        if (optional && !chosen) || (!package.inline && !named) {
            continue;
        }
        let mut value = value.clone();
        if let Some(table) = value.as_table_mut().filter(|_| optional) {
            table.remove("optional");
        }
        dependencies.insert(name.clone(), value);
    }
    if !package.inline {
        let mut runtime = Table::new();
        runtime.insert(
            "version".to_owned(),
            Value::String(env!("CARGO_PKG_VERSION").to_owned()),
        );
        if !package.scalars.is_empty() {
            runtime.insert(
                "features".to_owned(),
                strings(package.scalars.iter().copied()),
            );
        }
        dependencies.insert("oasmith-runtime".to_owned(), Value::Table(runtime));
    }
    dependencies
}

/// Puts what the user says over what we say, table by table.
fn merge(into: &mut Table, from: &Table) {
    for (key, value) in from {
        match (into.get_mut(key), value) {
            (Some(Value::Table(into)), Value::Table(from)) => merge(into, from),
            _ => {
                into.insert(key.clone(), value.clone());
            }
        }
    }
}

/// The manifest in the order in which people write one.
fn printed(manifest: &Table) -> String {
    let mut sections = Vec::new();
    for key in ordered(manifest, SECTIONS) {
        match &manifest[key] {
            Value::Table(table) => section(key, table, &mut sections),
            other => sections.push(rest(key, other)),
        }
    }
    sections.join("\n")
}

fn ordered<'t>(table: &'t Table, first: &[&str]) -> Vec<&'t str> {
    let mut keys: Vec<&str> = table.keys().map(String::as_str).collect();
    keys.sort_by_key(|key| {
        (
            first
                .iter()
                .position(|known| known == key)
                .unwrap_or(first.len()),
            *key,
        )
    });
    keys
}

/// A table whose values stand in a line each; what is nested in `[package]` gets a section of its own.
fn section(name: &str, table: &Table, sections: &mut Vec<String>) {
    let nested = |value: &Value| name == "package" && value.is_table();
    let known: Vec<&str> = ["default"]
        .into_iter()
        .chain(SIDES.iter().copied())
        .collect();
    let order = match name {
        "package" => PACKAGE,
        "features" => known.as_slice(),
        _ => &[],
    };
    if name.contains("dependencies") || name == "features" || name == "package" || name == "lib" {
        let mut text = format!("[{name}]\n");
        for key in ordered(table, order)
            .into_iter()
            .filter(|key| !nested(&table[*key]))
        {
            let value = line(&table[key]);
            let one = format!("{} = {value}\n", quoted(key));
            match &table[key] {
                Value::Array(items) if one.len() > 100 => {
                    let items: String = items
                        .iter()
                        .map(|item| format!("    {},\n", line(item)))
                        .collect();
                    text.push_str(&format!("{} = [\n{items}]\n", quoted(key)));
                }
                _ => text.push_str(&one),
            }
        }
        sections.push(text);
        for key in ordered(table, order)
            .into_iter()
            .filter(|key| nested(&table[*key]))
        {
            let inner = Table::from_iter([(key.to_owned(), table[key].clone())]);
            sections.push(rest(name, &Value::Table(inner)));
        }
    } else {
        sections.push(rest(name, &Value::Table(table.clone())));
    }
}

fn line(value: &Value) -> String {
    match value {
        Value::Table(table) => {
            let order = [
                "path",
                "git",
                "workspace",
                "version",
                "default-features",
                "features",
                "optional",
            ];
            let parts: Vec<String> = ordered(table, &order)
                .into_iter()
                .map(|key| format!("{} = {}", quoted(key), line(&table[key])))
                .collect();
            format!("{{ {} }}", parts.join(", "))
        }
        Value::Array(items) => format!(
            "[{}]",
            items.iter().map(line).collect::<Vec<_>>().join(", ")
        ),
        other => other.to_string(),
    }
}

fn quoted(key: &str) -> String {
    let bare = !key.is_empty()
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare {
        key.to_owned()
    } else {
        Value::String(key.to_owned()).to_string()
    }
}

fn rest(key: &str, value: &Value) -> String {
    toml::to_string(&Table::from_iter([(key.to_owned(), value.clone())])).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn package(inline: bool) -> Package {
        Package {
            name: "bycloud".to_owned(),
            title: "the \"ByCloud\" API".to_owned(),
            license: Some("MIT OR Apache-2.0".to_owned()),
            groups: vec![("block-storage".to_owned(), "Block storage".to_owned())],
            unreached: Some(vec!["block-storage".to_owned()]),
            scalars: BTreeSet::from(["chrono", "uuid"]),
            lints: vec!["large_enum_variant"],
            inline,
            more: "[package]\nversion = \"1.2.3\"\n[dev-dependencies]\ntokio = \"1\"\n[[example]]\nname = \"list\"\n".parse().expect("TOML"),
            header: "@generated by oasmith from bycloud.yaml; do not edit.".to_owned(),
        }
    }

    #[test]
    fn one_version_of_rust_is_asked_for_everywhere() {
        let workspace: Table = include_str!("../../../Cargo.toml").parse().expect("TOML");
        let wanted = &workspace["workspace"]["package"]["rust-version"];
        let runtime: Table = MANIFEST.parse().expect("TOML");
        assert_eq!(&runtime["package"]["rust-version"], wanted);
        let made: Table = manifest(&package(true)).parse().expect("TOML");
        assert_eq!(&made["package"]["rust-version"], wanted);
    }

    #[test]
    fn the_configuration_is_merged_and_the_text_is_read_back() {
        for inline in [true, false] {
            let text = manifest(&package(inline));
            let table: Table = text
                .parse()
                .unwrap_or_else(|error| unreachable!("{error}\n{text}"));
            assert!(text.starts_with("# @generated by oasmith from bycloud.yaml; do not edit.\n\n[package]\nname = \"bycloud\"\nversion = \"1.2.3\"\n"));
            assert_eq!(
                table["package"]["license"].as_str(),
                Some("MIT OR Apache-2.0")
            );
            assert_eq!(
                table["package"]["metadata"]["docs"]["rs"]["all-features"].as_bool(),
                Some(true)
            );
            assert_eq!(
                table["features"]["default"],
                strings(["client", "rustls", "block-storage", "unreached"])
            );
            assert_eq!(table["features"]["unreached"], strings(["block-storage"]));
            assert_eq!(table["dev-dependencies"]["tokio"].as_str(), Some("1"));
            let dependencies = table["dependencies"].as_table().expect("a table");
            assert!(
                dependencies["chrono"].get("optional").is_none()
                    && !dependencies.contains_key("jiff")
            );
            assert_eq!(dependencies.contains_key("oasmith-runtime"), !inline);
            assert_eq!(dependencies.contains_key("tower-service"), inline);
        }
    }

    #[test]
    fn lints_of_a_workspace_take_the_place_of_ours() {
        let mut package = package(true);
        assert!(manifest(&package).contains("[lints.clippy]\nlarge_enum_variant = \"allow\"\n"));
        package.lints.clear();
        assert!(!manifest(&package).contains("lints"));
        package.lints.push("too_many_arguments");
        package.more = "[lints]\nworkspace = true\n".parse().expect("TOML");
        assert!(
            !manifest(&package).contains("clippy")
                && manifest(&package).contains("[lints]\nworkspace = true\n")
        );
    }

    #[test]
    fn every_feature_of_a_copy_names_what_is_there() {
        let text = manifest(&package(true));
        let table: Table = text.parse().expect("TOML");
        let (features, dependencies) = (
            table["features"].as_table().expect("a table"),
            table["dependencies"].as_table().expect("a table"),
        );
        for (name, value) in features {
            for item in value
                .as_array()
                .expect("a list")
                .iter()
                .filter_map(Value::as_str)
            {
                let known = match (item.strip_prefix("dep:"), item.split_once('/')) {
                    (Some(dependency), _) | (_, Some((dependency, _))) => {
                        dependencies.contains_key(dependency)
                    }
                    _ => features.contains_key(item),
                };
                assert!(known, "{name}: {item}");
            }
        }
    }

    #[test]
    fn only_spdx_expressions_are_licences() {
        assert!(is_spdx("MIT") && is_spdx("Apache-2.0 OR MIT"));
        assert!(
            !is_spdx("Apache 2.0") && !is_spdx("") && !is_spdx("MIT OR") && !is_spdx("MIT MIT MIT")
        );
    }
}
