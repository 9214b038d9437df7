//! For build scripts: one line from a document to a file of items in `OUT_DIR`.

use crate::config::{Config, DateTime};
use std::path::{Path, PathBuf};

/// Generates `$OUT_DIR/STEM.rs` from a document, for `include!` in a module of the crate's own.
///
/// Prints what cargo has to know: the files that were read, and the document's faults. A document with errors ends the
/// build script.
///
/// ```no_run
/// // build.rs
/// oasmith::build("openapi.yaml");
/// ```
pub fn build(document: impl Into<PathBuf>) {
    Build::new(document).run();
}

/// The same with choices.
#[derive(Clone, Debug)]
#[must_use = "nothing is generated until `run` is called"]
pub struct Build {
    config: Config,
    client: bool,
    server: bool,
}

/// Crates that generated items name, with what they are named for.
const NEEDED: &[(&str, &str)] = &[
    ("oasmith-runtime", "oasmith_runtime"),
    ("http", "use http::"),
    ("serde_json", "serde_json::"),
    ("uuid", "use uuid::"),
    ("chrono", "use chrono::"),
    ("jiff", "use jiff::"),
    ("time", "use time::"),
];

impl Build {
    /// Types, client and server of a document.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self {
            config: Config::new(document),
            client: true,
            server: true,
        }
    }

    /// Takes the choices of an `oasmith.toml`; the build script ends if it cannot be read.
    pub fn config(mut self, path: impl AsRef<Path>) -> Self {
        println!("cargo::rerun-if-changed={}", path.as_ref().display());
        match self.config.clone().file(path.as_ref()) {
            Ok(config) => self.config = config,
            Err(message) => fail(&message),
        }
        self
    }

    /// Whether the client is generated; it is at first.
    pub fn client(mut self, wanted: bool) -> Self {
        self.client = wanted;
        self
    }

    /// Whether the server is generated; it is at first.
    pub fn server(mut self, wanted: bool) -> Self {
        self.server = wanted;
        self
    }

    /// The types of dates and times.
    pub fn date_time(mut self, date_time: DateTime) -> Self {
        self.config = self.config.date_time(date_time);
        self
    }

    /// Makes every warning about a sloppy document an error.
    pub fn strict(mut self, strict: bool) -> Self {
        self.config = self.config.strict(strict);
        self
    }

    /// Generates.
    pub fn run(self) {
        let Some(out) = std::env::var_os("OUT_DIR").map(PathBuf::from) else {
            fail("`OUT_DIR` is not set: this is for build scripts");
        };
        let stem = self
            .config
            .document
            .file_stem()
            .map_or_else(|| "api".into(), |stem| stem.to_string_lossy().into_owned());
        let path = PathBuf::from(format!("{stem}.rs"));
        let output = self
            .config
            .generate_items((self.client, self.server), path.clone());
        println!("cargo::rerun-if-changed={}", self.config.document.display());
        if let Some((lock, _)) = self.config.lock.as_ref().filter(|(lock, _)| lock.exists()) {
            println!("cargo::rerun-if-changed={}", lock.display());
        }
        for file in output.read_files() {
            println!("cargo::rerun-if-changed={}", file.display());
        }
        print!("{}", output.cargo());
        if output.has_errors() {
            eprint!("{}", output.text(false));
            std::process::exit(1);
        }
        for file in &output.files {
            let needed = needed(&file.text);
            let list: String = needed.iter().map(|name| format!("// - {name}\n")).collect();
            let text = format!("{}\n// It needs these dependencies:\n{list}", file.text);
            let place = out.join(&path);
            if std::fs::read_to_string(&place).is_ok_and(|known| known == text) {
                continue;
            }
            if let Err(error) = std::fs::write(&place, text) {
                fail(&format!("cannot write `{}`: {error}", place.display()));
            }
            warn_of_missing(&needed);
            warn_of_limit(output.recursion_limit);
        }
    }
}

fn needed(text: &str) -> Vec<&'static str> {
    NEEDED
        .iter()
        .filter(|(_, sign)| text.contains(sign))
        .map(|(name, _)| *name)
        .collect()
}

/// A crate that lacks a dependency fails to build with a riddle: say what is missing.
fn warn_of_missing(needed: &[&str]) {
    let Some(folder) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return;
    };
    let Ok(manifest) = std::fs::read_to_string(Path::new(&folder).join("Cargo.toml")) else {
        return;
    };
    let Ok(manifest) = manifest.parse::<toml::Table>() else {
        return;
    };
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    for name in needed {
        if dependencies.is_none_or(|dependencies| !dependencies.contains_key(*name)) {
            println!(
                "cargo::warning=the generated code needs the dependency `{name}`: cargo add {name}"
            );
        }
    }
}

/// A chain of types may be longer than rustc follows unless the root of the crate says so, where no included file can.
fn warn_of_limit(limit: Option<u32>) {
    let (Some(limit), Some(folder)) = (limit, std::env::var_os("CARGO_MANIFEST_DIR")) else {
        return;
    };
    let roots = ["src/lib.rs", "src/main.rs"].map(|root| Path::new(&folder).join(root));
    let asks = |root: &PathBuf| {
        std::fs::read_to_string(root).is_ok_and(|text| text.contains("recursion_limit"))
    };
    if !roots.iter().any(asks) {
        println!(
            "cargo::warning=the generated types hold one another in a long chain: write #![recursion_limit = \"{limit}\"] at the top of the crate"
        );
    }
}

fn fail(message: &str) -> ! {
    println!("cargo::error={}", message.replace('\n', " "));
    eprintln!("error: {message}");
    std::process::exit(1);
}
