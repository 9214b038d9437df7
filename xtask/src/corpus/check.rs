//! Whether a generated crate compiles, and a crate that depends on it: every public type is `Send` and `Sync`, and one
//! operation is called.

use crate::process::{Usage, Whose, usage};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Features that bring TLS: they only forward, and cost minutes.
const TLS: &[&str] = &["default", "rustls", "native-tls"];
/// Features of the runtime that generated crates may ask for: always the same, so that it is compiled once.
const RUNTIME: &[&str] = &[
    "arbitrary",
    "chrono",
    "client",
    "jiff",
    "reqwest",
    "server",
    "time",
    "tracing",
    "uuid",
];

/// What `cargo check` says of both crates.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Checked {
    pub(crate) errors: u64,
    pub(crate) warnings: u64,
    pub(crate) usage: Usage,
    /// The first error, or the first warning if there is no error.
    pub(crate) first: Option<String>,
}

/// The dependent crate.
#[derive(Debug)]
pub(crate) struct Probe {
    package: String,
    features: Vec<String>,
    types: BTreeSet<String>,
    /// A method of the client, and its request.
    call: Option<(String, String)>,
}

impl Probe {
    /// What a crate's files offer.
    pub(crate) fn new(files: &[(&Path, &str)], report: &Value) -> Self {
        let manifest = files
            .iter()
            .find(|(path, _)| *path == Path::new("Cargo.toml"));
        let manifest: toml::Table = manifest
            .and_then(|(_, text)| text.parse().ok())
            .unwrap_or_default();
        let package = manifest
            .get("package")
            .and_then(|package| package.get("name")?.as_str());
        let features = manifest.get("features").and_then(toml::Value::as_table);
        let features = features.into_iter().flat_map(toml::Table::keys);
        let operation = &report["operations"][0];
        let text = |key: &str| operation[key].as_str().map(str::to_owned);
        Self {
            package: package.unwrap_or_default().to_owned(),
            features: features
                .filter(|name| !TLS.contains(&name.as_str()))
                .cloned()
                .collect(),
            types: files
                .iter()
                .flat_map(|(path, text)| public_types(path, text))
                .collect(),
            call: text("rust").zip(text("request")),
        }
    }

    /// Writes it; the runtime's folder is given if it is a dependency.
    pub(crate) fn write(
        &self,
        api: &Path,
        probe: &Path,
        runtime: Option<&Path>,
    ) -> Result<(), String> {
        let write = |file: &str, text: String| {
            let path = probe.join(file);
            if fs::read_to_string(&path).is_ok_and(|known| known == text) {
                return Ok(());
            }
            fs::write(&path, text)
                .map_err(|error| format!("cannot write {}: {error}", path.display()))
        };
        fs::create_dir_all(probe.join("src"))
            .map_err(|error| format!("cannot make {}: {error}", probe.display()))?;
        write("Cargo.toml", self.manifest(api, runtime))?;
        write("src/lib.rs", self.source())
    }

    fn manifest(&self, api: &Path, runtime: Option<&Path>) -> String {
        use toml::{Table, Value};
        let text = |text: &str| Value::String(text.to_owned());
        let list = |items: &mut dyn Iterator<Item = &str>| Value::Array(items.map(text).collect());
        let table = |entries: Vec<(&str, Value)>| {
            Value::Table(
                entries
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect(),
            )
        };
        let mut dependencies = Table::new();
        dependencies.insert(
            "api".to_owned(),
            table(vec![
                ("package", text(&self.package)),
                ("path", text(&api.display().to_string())),
                ("default-features", Value::Boolean(false)),
                (
                    "features",
                    list(&mut self.features.iter().map(String::as_str)),
                ),
            ]),
        );
        let mut manifest = vec![
            (
                "package",
                table(vec![
                    ("name", text("oasmith-probe")),
                    ("version", text("0.0.0")),
                    ("edition", text("2024")),
                ]),
            ),
            ("workspace", table(Vec::new())),
            // What the document calls deprecated is used all the same.
            (
                "lints",
                table(vec![("rust", table(vec![("deprecated", text("allow"))]))]),
            ),
        ];
        if let Some(runtime) = runtime {
            let path = runtime.display().to_string();
            dependencies.insert(
                "oasmith-runtime".to_owned(),
                table(vec![
                    ("version", text("*")),
                    ("features", list(&mut RUNTIME.iter().copied())),
                ]),
            );
            let patch = table(vec![(
                "oasmith-runtime",
                table(vec![("path", text(&path))]),
            )]);
            manifest.push(("patch", table(vec![("crates-io", patch)])));
        }
        manifest.push(("dependencies", Value::Table(dependencies)));
        toml::to_string(&table(manifest)).unwrap_or_default()
    }

    fn source(&self) -> String {
        let mut source = String::from(
            "//! Every public type goes between threads, and one operation is called.\n",
        );
        if !self.types.is_empty() {
            source.push_str(
                "\nfn shared<T: Send + Sync>() {}\n\n/// Compiles if they all do.\npub fn types() {\n",
            );
            for path in &self.types {
                source.push_str(&format!("    shared::<api::{path}>();\n"));
            }
            source.push_str("}\n");
        }
        if let Some((method, request)) = &self.call {
            source.push_str(&format!(
                "\n/// A call, whose future goes between threads.\npub fn call(client: &api::Client, request: api::operations::{request}) -> impl Send {{\n    std::future::IntoFuture::into_future(client.{method}(request))\n}}\n"
            ));
        }
        source
    }
}

/// The types that a file of the crate defines: what is below `types` and `operations` is public, flat.
fn public_types(path: &Path, text: &str) -> Vec<String> {
    let mut parts = path.iter().filter_map(|part| part.to_str());
    let module = (parts.next(), parts.next());
    let (Some("src"), Some(module @ ("types" | "operations"))) = module else {
        return Vec::new();
    };
    let names = text.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub ")?;
        let rest = ["struct ", "enum ", "type "]
            .iter()
            .find_map(|kind| rest.strip_prefix(kind))?;
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '#')));
        Some(&rest[..end.unwrap_or(rest.len())])
    });
    names.map(|name| format!("{module}::{name}")).collect()
}

/// Checks the dependent crate in a folder, and counts what rustc says of it and of the generated crate.
pub(crate) fn check(probe: &Path, target: &Path) -> Result<Checked, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "check",
            "--offline",
            "--quiet",
            "--message-format=json",
            "--jobs=1",
        ])
        .current_dir(probe)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("cannot run cargo: {error}"))?;
    let mut checked = Checked {
        usage: usage(Whose::Children),
        ..Checked::default()
    };
    let mut warning = None;
    let out = String::from_utf8_lossy(&output.stdout);
    for message in out
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let message = &message["message"];
        // The last line of a crate ("12 warnings emitted") points nowhere.
        let span = message["spans"].as_array().and_then(|spans| {
            spans
                .iter()
                .find(|span| span["is_primary"] == true)
                .or(spans.first())
        });
        let text = || {
            let code = message["code"]["code"].as_str().unwrap_or("rustc");
            let text = message["message"].as_str().unwrap_or_default();
            let place = span.map_or(String::new(), |span| {
                format!(
                    " at {}:{}",
                    span["file_name"].as_str().unwrap_or_default(),
                    span["line_start"]
                )
            });
            format!("{code}: {text}{place}")
        };
        match message["level"].as_str() {
            Some("error" | "error: internal compiler error") if span.is_some() => {
                checked.errors += 1;
                if checked.first.is_none() {
                    checked.first = Some(text());
                }
            }
            Some("warning") if span.is_some() => {
                checked.warnings += 1;
                warning.get_or_insert_with(text);
            }
            _ => {}
        }
    }
    if !output.status.success() && checked.errors == 0 {
        let said = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = said
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        checked.errors = 1;
        checked.first = Some(format!("cargo: {}", lines.join(" ")));
    }
    checked.first = checked.first.or(warning);
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::public_types;
    use std::path::Path;

    #[test]
    fn types_are_found_by_their_definition() {
        let text = "pub struct Pet {\n    pub name: String,\n}\nstruct Own;\npub enum Kind {}\npub type Pets = Vec<Pet>;\n";
        let found = |path: &str| public_types(Path::new(path), text);
        assert_eq!(
            found("src/types/shared.rs"),
            ["types::Pet", "types::Kind", "types::Pets"]
        );
        assert!(found("src/runtime/call.rs").is_empty());
    }
}
