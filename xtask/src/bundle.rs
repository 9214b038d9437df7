//! Many generated crates as the modules of one program, which reads JSON values with their types: compiled once, run for
//! thousands of values.

use crate::process;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// A generated crate, and which of its types are used.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// An identifier, different in each part.
    pub(crate) module: String,
    /// The crate's folder.
    pub(crate) api: PathBuf,
    /// Paths of types in the crate: `types::Pet`, or `?types::Pet` for what may be null in its place.
    pub(crate) types: Vec<String>,
}

/// A value for a type of a part.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) part: String,
    pub(crate) ty: String,
    pub(crate) json: String,
}

/// What a type makes of a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Answer {
    /// Why it is not read.
    pub(crate) unread: Option<String>,
    /// What `validate()` has against it.
    pub(crate) invalid: Option<String>,
    /// The value as it is written again.
    pub(crate) written: Option<String>,
    /// Why it is not written.
    pub(crate) unwritten: Option<String>,
    /// The value as serde reads and writes it, where not strictly.
    pub(crate) bridged: Option<String>,
    /// Why serde does not.
    pub(crate) unbridged: Option<String>,
}

/// A program that is compiled.
#[derive(Debug)]
pub(crate) struct Bundle {
    program: PathBuf,
    /// Parts that do not compile, with rustc's first error in each.
    pub(crate) refused: Vec<(String, String)>,
}

/// What is done with any type, compiled once; then a table of how each type is made.
const DRIVER: &str = r##"
use oasmith_runtime::json::{ReadOptions, WriteOptions, read, write};
use oasmith_runtime::kind::{Kind, Own};
use oasmith_runtime::shape::{Slot, View};
use oasmith_runtime::{Shape, Unknown, bridge, validate};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{BufRead, Write};

type Make = fn() -> Box<dyn Held>;

/// A value of some type.
trait Held: Send + Sync {
    fn open(&mut self) -> Slot<'_>;
    fn shown(&self) -> View<'_>;
}

impl<T: Shape> Held for T {
    fn open(&mut self) -> Slot<'_> {
        Shape::slot(self)
    }
    fn shown(&self) -> View<'_> {
        Shape::view(self)
    }
}

fn made<T: Shape>() -> Box<dyn Held> {
    Box::new(T::empty())
}

thread_local! {
    /// How the type is made whose value is looked at.
    static MAKE: Cell<Make> = const { Cell::new(made::<bool>) };
}

/// A value of the type that is looked at.
struct Any(Box<dyn Held>);

impl Shape for Any {
    type Kind = Own;

    fn empty() -> Self {
        Self(MAKE.get()())
    }
}

impl Kind<Any> for Own {
    fn slot(value: &mut Any) -> Slot<'_> {
        value.0.open()
    }
    fn view(value: &Any) -> View<'_> {
        value.0.shown()
    }
}

fn judge(json: &[u8], strict: bool) -> String {
    // Strictly as a server; else as what comes is to be written again.
    let unknown = if strict { Unknown::Reject } else { Unknown::Keep };
    let options = ReadOptions { defaults: false, closed: strict, unknown, ..ReadOptions::default() };
    let value: Any = match read(json, &options) {
        Ok(value) => value,
        Err(error) => return serde_json::json!({ "unread": error.to_string() }).to_string(),
    };
    let invalid = validate(value.view()).err().map(|found| found.to_string());
    let (written, unwritten) = match write(&value, &WriteOptions::default()) {
        Ok(text) => (Some(text), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let (bridged, unbridged) = match (strict, bridged(json)) {
        (true, _) => (None, None),
        (_, Ok(text)) => (Some(text), None),
        (_, Err(error)) => (None, Some(error.to_string())),
    };
    serde_json::json!({
        "invalid": invalid, "written": written, "unwritten": unwritten, "bridged": bridged, "unbridged": unbridged,
    })
    .to_string()
}

fn bridged(json: &[u8]) -> Result<String, serde_json::Error> {
    let value: Any = bridge::read(&mut serde_json::Deserializer::from_slice(json))?;
    let mut out = Vec::new();
    bridge::write(&value, &mut serde_json::Serializer::new(&mut out))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

fn main() {
    let strict = std::env::args().any(|argument| argument == "--strict");
    let table: BTreeMap<&str, Make> = TABLE.iter().copied().collect();
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("lines of text");
        let (name, json) = line.split_once('\t').expect("a name and a value");
        MAKE.set(table[name]);
        let json = json.to_owned();
        let answer = std::panic::catch_unwind(|| judge(json.as_bytes(), strict));
        let answer = answer.unwrap_or_else(|_| r#"{"unread":"panics"}"#.to_owned());
        writeln!(out, "{answer}").expect("somebody reads");
        out.flush().expect("somebody reads");
    }
}
"##;

impl Bundle {
    /// Compiles the parts as one program in a folder; what does not compile is left out.
    pub(crate) fn build(root: &Path, folder: &Path, parts: &[Part]) -> Result<Self, String> {
        let mut left: Vec<&Part> = parts.iter().collect();
        let mut refused = Vec::new();
        for _ in 0..8 {
            write(root, folder, &left)?;
            match compile(folder)? {
                Compiled::Program(program) => return Ok(Self { program, refused }),
                Compiled::Errors(errors) => {
                    let mut at_fault = BTreeSet::new();
                    for (file, error) in errors {
                        let module = file
                            .strip_prefix("src/")
                            .and_then(|file| file.split('/').next());
                        let part = left
                            .iter()
                            .find(|part| Some(part.module.as_str()) == module);
                        let part =
                            part.ok_or_else(|| format!("{}: {file}: {error}", folder.display()))?;
                        if at_fault.insert(part.module.clone()) {
                            refused.push((part.module.clone(), error));
                        }
                    }
                    if at_fault.is_empty() {
                        return Err(format!("{} does not compile", folder.display()));
                    }
                    left.retain(|part| !at_fault.contains(&part.module));
                }
            }
        }
        Err(format!("{} does not compile", folder.display()))
    }

    /// What the types make of the values, in their order; `strict` refuses what a server refuses.
    pub(crate) fn run(&self, cases: &[Case], strict: bool) -> Result<Vec<Answer>, String> {
        let mut answers: Vec<Answer> = Vec::with_capacity(cases.len());
        let mut deaths = 0;
        while answers.len() < cases.len() {
            let rest = &cases[answers.len()..];
            let lines: String = rest
                .iter()
                .map(|case| format!("{}::{}\t{}\n", case.part, case.ty, case.json))
                .collect();
            let out = fed(&self.program, lines, strict)?;
            let found = out
                .lines()
                .take(rest.len())
                .map(serde_json::from_str::<Answer>);
            answers.extend(found.map_while(Result::ok));
            if answers.len() < cases.len() {
                // The value that it was at has ended it: a stack that overflows cannot be caught.
                answers.push(Answer {
                    unread: Some("ends the program".to_owned()),
                    ..Answer::default()
                });
                deaths += 1;
            }
            if deaths > 200 {
                return Err(format!("{} does not live", self.program.display()));
            }
        }
        Ok(answers)
    }
}

fn fed(program: &Path, lines: String, strict: bool) -> Result<String, String> {
    let fault = |error: std::io::Error| format!("cannot run {}: {error}", program.display());
    let mut child = Command::new(program)
        .args(strict.then_some("--strict"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(fault)?;
    let mut input = child.stdin.take().ok_or("the program reads nothing")?;
    let feeder = std::thread::spawn(move || {
        // It may end before it has read all.
        let _ = input.write_all(lines.as_bytes());
    });
    let output = child.wait_with_output().map_err(fault)?;
    let _ = feeder.join();
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn write(root: &Path, folder: &Path, parts: &[&Part]) -> Result<(), String> {
    let fault = |error: std::io::Error| format!("cannot write {}: {error}", folder.display());
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    fs::create_dir_all(&source).map_err(fault)?;
    let mut main = String::from("//! Reads values with generated types.\n\n");
    for part in parts {
        main.push_str(&format!("mod {};\n", part.module));
        types_of(&part.api.join("src"), &source.join(&part.module)).map_err(fault)?;
    }
    main.push_str(DRIVER);
    main.push_str("\nstatic TABLE: &[(&str, Make)] = &[\n");
    for part in parts {
        let module = &part.module;
        for ty in &part.types {
            let path = match ty.strip_prefix('?') {
                Some(ty) => format!("Option<{module}::{ty}>"),
                None => format!("{module}::{ty}"),
            };
            main.push_str(&format!("    (\"{module}::{ty}\", made::<{path}>),\n"));
        }
    }
    main.push_str("];\n");
    fs::write(source.join("main.rs"), main).map_err(fault)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(fault)?;
    fs::write(folder.join("Cargo.toml"), manifest(root, parts)).map_err(fault)
}

/// What types of a crate are made of, as a module: its operations and sides are not compiled.
fn types_of(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut module = String::from("pub use oasmith_runtime as runtime;\n\npub mod types;\n");
    fs::create_dir_all(to)?;
    for name in ["checks", "types"] {
        let file = format!("{name}.rs");
        if from.join(name).is_dir() {
            copy(&from.join(name), &to.join(name))?;
        }
        if from.join(&file).is_file() {
            fs::copy(from.join(&file), to.join(&file))?;
        }
    }
    if from.join("checks").is_dir() || from.join("checks.rs").is_file() {
        module.push_str("mod checks;\n");
    }
    fs::write(to.join("mod.rs"), module)
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut work = vec![(from.to_path_buf(), to.to_path_buf())];
    while let Some((from, to)) = work.pop() {
        fs::create_dir_all(&to)?;
        for entry in fs::read_dir(&from)? {
            let entry = entry?;
            let to = to.join(entry.file_name());
            if entry.path().is_dir() {
                work.push((entry.path(), to));
            } else {
                fs::copy(entry.path(), to)?;
            }
        }
    }
    Ok(())
}

/// Every group of every part is a feature; what the runtime offers to types is there.
fn manifest(root: &Path, parts: &[&Part]) -> String {
    use toml::{Table, Value};
    let mut features = BTreeSet::new();
    let mut dependencies = Table::new();
    for part in parts {
        let text = fs::read_to_string(part.api.join("Cargo.toml")).unwrap_or_default();
        let manifest: Table = text.parse().unwrap_or_default();
        let table = |key: &str| {
            manifest
                .get(key)
                .and_then(Value::as_table)
                .cloned()
                .unwrap_or_default()
        };
        features.extend(table("features").into_iter().map(|(name, _)| name));
        dependencies.extend(table("dependencies"));
    }
    let sides = [
        "default",
        "client",
        "server",
        "reqwest",
        "rustls",
        "native-tls",
        "tracing",
        "arbitrary",
    ];
    let groups = features
        .iter()
        .filter(|name| !sides.contains(&name.as_str()));
    let groups: Vec<Value> = groups.cloned().map(Value::String).collect();
    let empty = features.iter().filter(|name| *name != "default");
    let mut features: Table = empty
        .map(|name| (name.clone(), Value::Array(Vec::new())))
        .collect();
    features.insert("default".to_owned(), Value::Array(groups));
    let text = |text: &str| Value::String(text.to_owned());
    let scalars = ["chrono", "jiff", "time", "uuid"].map(text).to_vec();
    let runtime = Table::from_iter([
        (
            "path".to_owned(),
            text(&root.join("templates/runtime").display().to_string()),
        ),
        ("features".to_owned(), Value::Array(scalars)),
    ]);
    dependencies.insert("oasmith-runtime".to_owned(), Value::Table(runtime));
    // Numbers are compared to the last digit.
    let exact = Value::Array(vec![text("float_roundtrip")]);
    let json = Table::from_iter([
        ("version".to_owned(), text("1")),
        ("features".to_owned(), exact),
    ]);
    dependencies.insert("serde_json".to_owned(), Value::Table(json));
    let package = [
        ("name", "oasmith-bundle"),
        ("version", "0.0.0"),
        ("edition", "2024"),
    ];
    let package: Table = package
        .iter()
        .map(|(key, value)| ((*key).to_owned(), text(value)))
        .collect();
    let dev = Table::from_iter([("debug".to_owned(), Value::Boolean(false))]);
    let profile = Table::from_iter([("dev".to_owned(), Value::Table(dev))]);
    let manifest = Table::from_iter([
        ("package".to_owned(), Value::Table(package)),
        ("workspace".to_owned(), Value::Table(Table::new())),
        ("features".to_owned(), Value::Table(features)),
        ("dependencies".to_owned(), Value::Table(dependencies)),
        ("profile".to_owned(), Value::Table(profile)),
    ]);
    toml::to_string(&manifest).unwrap_or_default()
}

enum Compiled {
    Program(PathBuf),
    /// Errors by their files.
    Errors(Vec<(String, String)>),
}

fn compile(folder: &Path) -> Result<Compiled, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    let target = folder.parent().unwrap_or(folder).join("target");
    command
        .args(["build", "--offline", "--quiet", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS");
    let ended = process::run(&mut command, Duration::from_secs(3_600))?;
    let mut errors = Vec::new();
    let mut program = None;
    for message in ended
        .out
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
    {
        if let Some(path) = message["executable"].as_str() {
            program = Some(PathBuf::from(path));
        }
        let message = &message["message"];
        if message["level"] == "error"
            && let Some(file) = message["spans"][0]["file_name"].as_str()
        {
            errors.push((
                file.to_owned(),
                message["message"].as_str().unwrap_or_default().to_owned(),
            ));
        }
    }
    match program {
        Some(program) if ended.fault.is_none() => Ok(Compiled::Program(program)),
        _ if errors.is_empty() => Err(format!("{}: {}", folder.display(), ended.err.trim())),
        _ => Ok(Compiled::Errors(errors)),
    }
}
