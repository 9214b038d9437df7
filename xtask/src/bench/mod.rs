//! `cargo xtask bench`: what generating a document costs, what building the crate costs, how large it is, and what its code
//! costs at run time, beside baselines and beside other generators.
//!
//! Time is CPU time of one process, dependencies being built already, and every row of a baseline is measured in turn with
//! what it is compared to: the machine may be busy, but not for one alone.

mod derived;
mod peer;
mod plot;
mod subject;
mod table;
mod taken;
mod wire;

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use subject::{Depth, Part, Subject};
pub(crate) use taken::watch;
use taken::{Taken, Watch};

/// `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// A document; ByCloud's if none is given.
    #[arg(long = "document", value_name = "FILE")]
    documents: Vec<PathBuf>,
    /// What is measured; everything if it is not said.
    #[arg(long, value_enum, value_delimiter = ',')]
    rows: Vec<Row>,
    /// How often; what takes more than a minute is measured once.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// Gets the table, the plot and the numbers; what is there and is not measured now stays.
    #[arg(long, value_name = "DIR", default_value = "generator/docs/bench")]
    out: PathBuf,
    /// Where crates are written and built.
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    work: PathBuf,
    /// An `oasmith` that is built already.
    #[arg(long, value_name = "FILE")]
    oasmith: Option<PathBuf>,
    /// ByCloud's bench `instructions`, built already.
    #[arg(long, value_name = "FILE")]
    instructions: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Row {
    /// Generating: time, memory, lines, bytes.
    Generate,
    /// `cargo check` of types, types and client, everything; of one group, of three operations.
    Check,
    /// The same, built for debugging.
    Debug,
    /// The same, built for release, and how large it is.
    Release,
    /// 250 operations of the client, above their types.
    Calls,
    /// JSON, a request, a call: instructions.
    Wire,
    /// Other generators.
    Peers,
}

/// What is known of a document.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Document {
    operations: u64,
    /// Of the document itself.
    bytes: u64,
    /// Of the crate, its runtime included.
    lines: u64,
    /// Without the runtime's.
    #[serde(default)]
    own_lines: u64,
    source_bytes: u64,
    generate: Taken,
    /// The stages of the generator, in hundredths of its time.
    stages: Vec<(String, f64)>,
    /// The group that stands for one group.
    group: Option<String>,
    /// By depth and part: `check types`.
    builds: BTreeMap<String, Taken>,
    /// By what is large: `rlib`.
    sizes: BTreeMap<String, u64>,
    peers: Vec<peer::Measured>,
}

/// All that has been measured.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Measured {
    documents: BTreeMap<String, Document>,
    wire: Vec<wire::Counted>,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let out = root.join(&options.out);
    let file = out.join("measured.json");
    let known = fs::read_to_string(&file).unwrap_or_default();
    let mut measured: Measured = serde_json::from_str(&known).unwrap_or_default();
    let work = root.join(&options.work);
    fs::create_dir_all(&work)
        .map_err(|error| format!("cannot make {}: {error}", work.display()))?;
    fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let keep = |measured: &Measured| -> Result<(), String> {
        let json = serde_json::to_string_pretty(measured).map_err(|error| error.to_string())?;
        save(&file, &(json + "\n"))?;
        save(&out.join("README.md"), &table::page(measured))?;
        save(&out.join("cost.svg"), &plot::plot(measured))
    };
    if options.wants(Row::Wire) {
        match wire::measure(root, options.instructions.as_deref()) {
            Ok(counted) => measured.wire = counted,
            Err(why) => eprintln!("note: no instructions are counted: {why}"),
        }
        keep(&measured)?;
    }
    let documents = if options.documents.is_empty() {
        vec![root.join("specs/bycloud.yaml")]
    } else {
        options.documents.clone()
    };
    let watch = Watch::new(&work)?;
    if options.rows.iter().all(|row| *row == Row::Wire) && !options.rows.is_empty() {
        print!("{}", table::page(&measured));
        return Ok(());
    }
    let oasmith = match &options.oasmith {
        Some(oasmith) => fs::canonicalize(oasmith)
            .map_err(|error| format!("cannot find {}: {error}", oasmith.display()))?,
        None => built(root)?,
    };
    for document in &documents {
        let subject = Subject::new(root, &work, (&watch, &oasmith), document)?;
        let name = subject::name(&subject.document);
        let known = measured.documents.remove(&name).unwrap_or_default();
        let known = options.document(subject, &watch, &work, known)?;
        measured.documents.insert(name, known);
        keep(&measured)?;
    }
    print!("{}", table::page(&measured));
    Ok(())
}

/// The generator, as its users have it.
fn built(root: &Path) -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args([
            "build",
            "--release",
            "--quiet",
            "--package",
            "oasmith",
            "--features",
            "cli",
        ])
        .current_dir(root)
        .status();
    match status {
        Ok(status) if status.success() => {
            let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
            Ok(root.join(target).join("release/oasmith"))
        }
        _ => Err("the generator cannot be built".to_owned()),
    }
}

fn save(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

impl Options {
    fn wants(&self, row: Row) -> bool {
        self.rows.is_empty() || self.rows.contains(&row)
    }

    /// Measures a document.
    fn document(
        &self,
        mut subject: Subject<'_>,
        watch: &Watch,
        work: &Path,
        mut known: Document,
    ) -> Result<Document, String> {
        let name = subject::name(&subject.document);
        subject.generate("api", &[])?;
        if self.wants(Row::Generate) || self.wants(Row::Peers) {
            known.generate = Taken::default();
            for _ in 0..self.runs.max(1) {
                let taken = subject.generate_anew()?;
                eprintln!(
                    "{name}: generate: {:.2} s, {:.0} MB",
                    taken.seconds, taken.megabytes
                );
                known.generate.add(taken);
            }
        }
        known.operations = subject.operations().len() as u64;
        known.bytes = fs::metadata(&subject.document).map_or(0, |about| about.len());
        (known.lines, known.source_bytes, known.own_lines) = subject.lines("api")?;
        known.stages = stages(&subject);
        known.group = subject.group();
        subject.beside()?;
        let parts = parts(&subject, known.group.as_deref());
        for (row, depth) in [Row::Check, Row::Debug, Row::Release]
            .into_iter()
            .zip(Depth::ALL)
        {
            if self.wants(row) {
                self.interleaved(&subject, &parts, depth, &mut known);
            }
        }
        if self.wants(Row::Release) {
            sizes(&subject, &mut known);
        }
        if self.wants(Row::Calls) && subject.operations().len() >= subject::CALLS {
            let groups = subject.groups("calls");
            let of = |name, sides: &[&str]| Part {
                name,
                package: "calls",
                features: sides
                    .iter()
                    .map(|side| (*side).to_owned())
                    .chain(groups.clone())
                    .collect(),
            };
            let parts = [
                of("calls: types", &[]),
                of("calls: types and client", &["client"]),
            ];
            self.interleaved(&subject, &parts, Depth::Check, &mut known);
        }
        if self.wants(Row::Peers) {
            known.peers = peer::measure(watch, &subject.document, work, self.runs);
        }
        Ok(known)
    }

    /// Builds several parts in turn.
    fn interleaved(
        &self,
        subject: &Subject<'_>,
        parts: &[Part],
        depth: Depth,
        known: &mut Document,
    ) {
        let name = subject::name(&subject.document);
        let mut left: Vec<&Part> = parts.iter().collect();
        let mut taken: BTreeMap<String, Taken> = BTreeMap::new();
        for _ in 0..self.runs.max(1) {
            left.retain(|part| {
                let what = format!("{} {}", depth.name(), part.name);
                match subject.build(part, depth) {
                    Ok(usage) => {
                        eprintln!(
                            "{name}: {what}: {:.2} s, {:.0} MB",
                            usage.seconds, usage.megabytes
                        );
                        taken.entry(what).or_default().add(usage);
                        usage.seconds < 60.0
                    }
                    Err(why) => {
                        eprintln!("note: {name}: {what}: {why}");
                        false
                    }
                }
            });
        }
        known.builds.extend(taken);
    }
}

/// What is built of a document, at every depth.
fn parts(subject: &Subject<'_>, group: Option<&str>) -> Vec<Part> {
    let groups = subject.groups("api");
    let part = |name, package, sides: &[&str], groups: &[String]| Part {
        name,
        package,
        features: sides
            .iter()
            .map(|side| (*side).to_owned())
            .chain(groups.iter().cloned())
            .collect(),
    };
    let mut parts = vec![
        part("types", "api", &[], &groups),
        part("derived types", "derived", &[], &[]),
        part("types and client", "api", &["client"], &groups),
        part("everything", "api", &["client", "server"], &groups),
    ];
    if let Some(group) = group {
        parts.push(part(
            "one group",
            "api",
            &["client", "server"],
            &[group.to_owned()],
        ));
    }
    let few = subject.groups("few");
    parts.push(part("three operations", "few", &["client", "server"], &few));
    parts
}

/// How large everything is, built for release.
fn sizes(subject: &Subject<'_>, known: &mut Document) {
    let mut add = |what: &str, part: Part, file: &str| {
        let built = subject.build(&part, Depth::Release);
        match (built, subject.size(file)) {
            (Ok(_), Some(size)) => {
                known.sizes.insert(what.to_owned(), size);
            }
            (Err(why), _) => eprintln!("note: {what}: {why}"),
            (Ok(_), None) => eprintln!("note: {what}: there is no {file}"),
        }
    };
    let part = |package, features| Part {
        name: package,
        package,
        features,
    };
    add("nothing", part("nothing", Vec::new()), "nothing");
    add("three operations", part("three", Vec::new()), "three");
    let mut features = vec!["client".to_owned(), "server".to_owned()];
    features.extend(subject.groups("api"));
    add("rlib", part("api", features), "libapi.rlib");
}

/// What each stage of the generator has of its time, in hundredths.
fn stages(subject: &Subject<'_>) -> Vec<(String, f64)> {
    let stages = subject.report["milliseconds"].as_object();
    let stages: Vec<(String, f64)> = stages
        .into_iter()
        .flatten()
        .filter_map(|(stage, took)| Some((stage.clone(), took.as_f64()?)))
        .collect();
    let all: f64 = stages.iter().map(|(_, took)| took).sum();
    let share = |(stage, took): (String, f64)| (stage, (took / all * 1e3).round() / 1e1);
    stages.into_iter().map(share).collect()
}
