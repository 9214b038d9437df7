//! The crates of one document: generated whole, in part, by derive, and what uses it, all in one workspace of their own.

use super::derived;
use super::taken::Watch;
use crate::process::Usage;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use toml::Table;

/// How far rustc goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    Check,
    Debug,
    Release,
}

impl Depth {
    pub(super) const ALL: [Self; 3] = [Self::Check, Self::Debug, Self::Release];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// What is built: a package of the workspace and its features.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
    pub(super) features: Vec<String>,
}

/// A document with its workspace.
pub(super) struct Subject<'a> {
    watch: &'a Watch,
    oasmith: &'a Path,
    pub(super) document: PathBuf,
    folder: PathBuf,
    target: PathBuf,
    runtime: PathBuf,
    /// What configures the document's own crate, but for its manifest.
    configuration: Table,
    /// As `--report` gives it.
    pub(super) report: Value,
}

/// The operations of this many is what is measured above the types.
pub(super) const CALLS: usize = 250;

impl<'a> Subject<'a> {
    /// A workspace in which nothing has been generated yet.
    pub(super) fn new(
        root: &Path,
        work: &Path,
        (watch, oasmith): (&'a Watch, &'a Path),
        document: &Path,
    ) -> Result<Self, String> {
        let document = fs::canonicalize(document)
            .map_err(|error| format!("cannot find {}: {error}", document.display()))?;
        let folder = work.join(name(&document));
        fs::create_dir_all(&folder)
            .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
            .map_err(|error| format!("cannot copy Cargo.lock: {error}"))?;
        let beside = fs::read_to_string(document.with_extension("toml")).unwrap_or_default();
        let mut configuration: Table = beside
            .parse()
            .map_err(|error| format!("cannot read the configuration: {error}"))?;
        configuration.remove("manifest");
        let subject = Self {
            watch,
            oasmith,
            document,
            folder,
            target: work.join("target"),
            runtime: root.join("templates/runtime"),
            configuration,
            report: Value::Null,
        };
        subject.workspace()?;
        Ok(subject)
    }

    fn save(&self, file: &str, text: &str) -> Result<(), String> {
        let path = self.folder.join(file);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)
                .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        }
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return Ok(());
        }
        fs::write(&path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
    }

    fn workspace(&self) -> Result<(), String> {
        let runtime = self.runtime.display();
        self.save(
            "Cargo.toml",
            &format!(
                "[workspace]\nresolver = \"3\"\nmembers = [\"api\", \"calls\", \"derived\", \"few\", \"nothing\", \"three\"]\n\n[profile.release]\nstrip = true\n\n[patch.crates-io]\noasmith-runtime = {{ path = \"{runtime}\" }}\n"
            ),
        )?;
        self.save(
            "derived/Cargo.toml",
            &format!(
                "{}chrono = {{ version = \"0.4\", default-features = false, features = [\"serde\", \"std\"] }}\nserde = {{ version = \"1\", features = [\"derive\"] }}\nserde_json = \"1\"\nuuid = {{ version = \"1\", features = [\"serde\"] }}\n\n[lints.rust]\nunused_imports = \"allow\"\n",
                package("derived")
            ),
        )?;
        self.save("nothing/Cargo.toml", &package("nothing"))?;
        self.save("nothing/src/main.rs", "fn main() {}\n")
    }

    /// Generates the whole crate into an empty folder, as its users do, and gives what that took.
    pub(super) fn generate_anew(&self) -> Result<Usage, String> {
        let folder = self.folder.join("api");
        let _ = fs::remove_dir_all(&folder);
        self.watch
            .program(self.oasmith, &self.arguments("api"), &self.folder)
    }

    fn arguments(&self, part: &str) -> Vec<OsString> {
        let configuration = self.folder.join(format!("{part}.toml"));
        let mut arguments: Vec<OsString> = vec!["generate".into(), self.document.clone().into()];
        arguments.extend(["--out".into(), self.folder.join(part).into()]);
        arguments.extend(["--name".into(), part.into(), "--force".into()]);
        arguments.extend(["--config".into(), configuration.into()]);
        arguments
    }

    /// Generates one of the crates, with the report.
    pub(super) fn generate(&mut self, part: &str, only: &[String]) -> Result<(), String> {
        let mut configuration = self.configuration.clone();
        if !only.is_empty() {
            let only = only.iter().cloned().map(toml::Value::String).collect();
            configuration.insert("only".to_owned(), toml::Value::Array(only));
        }
        // Above the types is above a runtime that is there already.
        let runtime = if part == "calls" {
            "dependency"
        } else {
            "inline"
        };
        configuration.insert("runtime".to_owned(), runtime.into());
        let text = toml::to_string(&configuration).map_err(|error| error.to_string())?;
        self.save(&format!("{part}.toml"), &text)?;
        let report = self.folder.join(format!("{part}.json"));
        let mut arguments = self.arguments(part);
        arguments.extend(["--report".into(), report.clone().into()]);
        self.watch.program(self.oasmith, &arguments, &self.folder)?;
        if part == "api" {
            let text = fs::read_to_string(&report).unwrap_or_default();
            self.report = serde_json::from_str(&text)
                .map_err(|error| format!("cannot read {}: {error}", report.display()))?;
        }
        Ok(())
    }

    /// Makes the other crates of what has been generated.
    pub(super) fn beside(&mut self) -> Result<(), String> {
        let operations = self.operations();
        let calls: Vec<String> = operations.iter().take(CALLS).cloned().collect();
        self.generate("calls", &calls)?;
        let few: Vec<String> = spread(&operations).cloned().collect();
        self.generate("few", &few)?;
        derived::write(&self.folder.join("api"), &self.folder.join("derived"))?;
        let mut features = self.groups("api");
        features.insert(0, "client".to_owned());
        let manifest = format!(
            "{}api = {{ path = \"../api\", default-features = false, features = {features:?} }}\nhttp = \"1\"\n\n[lints.rust]\ndeprecated = \"allow\"\n",
            package("three")
        );
        self.save("three/Cargo.toml", &manifest)?;
        self.save("three/src/main.rs", &self.three())
    }

    /// Every operation as `only` names it.
    pub(super) fn operations(&self) -> Vec<String> {
        let operations = self.report["operations"].as_array();
        let named = operations.into_iter().flatten().filter_map(|operation| {
            let (method, path) = (operation["method"].as_str()?, operation["path"].as_str()?);
            Some(format!("{method} {path}"))
        });
        named.collect()
    }

    /// A program that uses three operations.
    fn three(&self) -> String {
        let operations = self.report["operations"].as_array();
        let operations: Vec<&Value> = operations.into_iter().flatten().collect();
        let mut calls = String::new();
        for operation in spread(&operations) {
            let (Some(method), Some(request)) =
                (operation["rust"].as_str(), operation["request"].as_str())
            else {
                continue;
            };
            calls.push_str(&format!(
                "    if let Some(request) = black_box(None::<api::operations::{request}>) {{\n        println!(\"{{:?}}\", finish(client.{method}(request).into_future()));\n    }}\n"
            ));
        }
        format!(
            "//! Uses three operations of all.\n\nuse std::future::{{Future, IntoFuture}};\nuse std::hint::black_box;\nuse std::task::{{Context, Poll, Waker}};\n\nstruct Nowhere;\n\nimpl api::runtime::Transport for Nowhere {{\n    fn send(&self, _: http::Request<api::runtime::Body>) -> api::runtime::Sending {{\n        Box::pin(std::future::ready(Err(\"there is nobody\".into())))\n    }}\n}}\n\nfn finish<F: Future>(future: F) -> F::Output {{\n    let mut future = Box::pin(future);\n    let mut context = Context::from_waker(Waker::noop());\n    loop {{\n        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {{\n            return output;\n        }}\n    }}\n}}\n\nfn main() {{\n    let client = api::Client::builder().base_url(\"http://localhost\").transport(Nowhere);\n    let client = client.build().expect(\"it is complete\");\n{calls}}}\n"
        )
    }

    /// The features that are groups of operations, in the document's order.
    pub(super) fn groups(&self, package: &str) -> Vec<String> {
        let manifest = fs::read_to_string(self.folder.join(package).join("Cargo.toml"));
        let manifest: Table = manifest
            .ok()
            .and_then(|text| text.parse().ok())
            .unwrap_or_default();
        let default = manifest
            .get("features")
            .and_then(|features| features.get("default")?.as_array().cloned());
        let names = default.unwrap_or_default().into_iter();
        let names = names.filter_map(|name| name.as_str().map(str::to_owned));
        names
            .filter(|name| !["client", "rustls"].contains(&name.as_str()))
            .collect()
    }

    /// The group of middle size: half of the others have less code.
    pub(super) fn group(&self) -> Option<String> {
        let operations = self.folder.join("api/src/operations");
        let mut groups: Vec<(u64, String)> = self
            .groups("api")
            .into_iter()
            .filter_map(|group| {
                let file = operations.join(format!("{}.rs", group.replace('-', "_")));
                Some((fs::metadata(file).ok()?.len(), group))
            })
            .collect();
        groups.sort();
        let middle = groups.len() / 2;
        groups.into_iter().nth(middle).map(|(_, group)| group)
    }

    /// Builds a package anew, what it depends on having been built before, and gives what rustc took.
    pub(super) fn build(&self, part: &Part, depth: Depth) -> Result<Usage, String> {
        for file in ["src/lib.rs", "src/main.rs"] {
            let path = self.folder.join(part.package).join(file);
            if let Ok(file) = fs::File::options().append(true).open(&path) {
                file.set_modified(SystemTime::now())
                    .map_err(|error| format!("cannot touch {}: {error}", path.display()))?;
            }
        }
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        let (verb, release) = match depth {
            Depth::Check => ("check", false),
            Depth::Debug => ("build", false),
            Depth::Release => ("build", true),
        };
        command
            .args([verb, "--offline", "--quiet", "--package", part.package])
            .args(release.then_some("--release"))
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target);
        let features = part.features.join(",");
        command.args(["--no-default-features", "--features", &features]);
        self.watch.rustc(&mut command, part.package)
    }

    /// How large what is built is, in bytes.
    pub(super) fn size(&self, file: &str) -> Option<u64> {
        Some(
            fs::metadata(self.target.join("release").join(file))
                .ok()?
                .len(),
        )
    }

    /// Lines and bytes of the sources of a crate, and the lines of them that the document gives: all but the copy of the runtime.
    pub(super) fn lines(&self, package: &str) -> Result<(u64, u64, u64), String> {
        let folder = self.folder.join(package).join("src");
        let (mut lines, mut bytes, mut own) = (0, 0, 0);
        for (path, text) in sources(&folder)? {
            let count = text.lines().count() as u64;
            (lines, bytes) = (lines + count, bytes + text.len() as u64);
            if !path.starts_with(folder.join("runtime")) {
                own += count;
            }
        }
        Ok((lines, bytes, own))
    }
}

/// The head of a manifest.
fn package(name: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\n"
    )
}

/// The name of a document, for a folder and for a column.
pub(super) fn name(document: &Path) -> String {
    let stem = document.file_stem().and_then(|stem| stem.to_str());
    let stem = stem.unwrap_or("document");
    // The folder says more than `openapi.yaml`, or than `spec3.yaml`.
    let folder = document
        .parent()
        .and_then(Path::file_name)
        .and_then(|name| name.to_str());
    match folder {
        Some(folder) if folder != "specs" => format!("{folder}-{stem}"),
        _ => stem.to_owned(),
    }
}

/// The first, the middle and the last of several.
fn spread<T>(several: &[T]) -> impl Iterator<Item = &T> {
    let last = several.len().saturating_sub(1);
    let mut places = vec![0, last / 2, last];
    places.dedup();
    places.into_iter().filter_map(|place| several.get(place))
}

/// The Rust files below a folder, in order.
pub(super) fn sources(folder: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let mut sources = Vec::new();
    let mut work = vec![folder.to_path_buf()];
    while let Some(place) = work.pop() {
        let inside = fs::read_dir(&place)
            .map_err(|error| format!("cannot read {}: {error}", place.display()))?;
        for entry in inside.flatten() {
            let path = entry.path();
            if path.is_dir() {
                work.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path)
                    .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
                sources.push((path, text));
            }
        }
    }
    sources.sort();
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::{name, spread};
    use std::path::Path;

    #[test]
    fn documents_are_called_by_what_tells_them_apart() {
        assert_eq!(name(Path::new("specs/bycloud.yaml")), "bycloud");
        assert_eq!(name(Path::new("/a/stripe/spec3.yaml")), "stripe-spec3");
    }

    #[test]
    fn three_are_taken_or_all() {
        let taken = |several: &[u8]| spread(several).copied().collect::<Vec<_>>();
        assert!(taken(&[]).is_empty());
        assert_eq!(taken(&[1]), [1]);
        assert_eq!(taken(&[1, 2]), [1, 2]);
        assert_eq!(taken(&[1, 2, 3, 4, 5]), [1, 3, 5]);
    }
}
