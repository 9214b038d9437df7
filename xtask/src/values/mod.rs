//! Every valid value that a document shows, and values sampled of its schemas, through the generated types and back.

mod collect;
mod compare;
mod defended;
mod judge;
mod raise;
mod sample;
mod spelling;
mod summary;
mod tree;

use crate::bundle::{Bundle, Case, Part};
use crate::corpus::defended::refused;
use crate::corpus::index::{self, Entry};
use crate::corpus::worker;
use crate::process::each;
use compare::{Outcome, outcome};
use indicatif::{ProgressBar, ProgressStyle};
use judge::Judge;
use sample::Sampler;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tree::{Documents, Place};

/// How many documents are looked at before they are tried.
const BATCH: usize = 24;

/// `cargo xtask values`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder, with or without an `index.tsv`; or one document.
    folder: PathBuf,
    /// Only documents whose path matches.
    #[arg(long, value_name = "GLOB")]
    only: Option<glob::Pattern>,
    /// How many documents are generated at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Writes a line for each disagreement.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Where crates are written.
    #[arg(long, value_name = "FOLDER", default_value = "target/values")]
    out: PathBuf,
    /// The most lines that are compiled as one program.
    #[arg(long, default_value_t = 40_000)]
    lines: u64,
    /// Takes documents for plain JSON Schema: a format is a remark, a `oneOf` is one of its branches whatever else tells them apart.
    #[arg(long)]
    plain: bool,
    /// Leaves documents out that become more lines than this.
    #[arg(long, value_name = "LINES", default_value_t = u64::MAX)]
    most: u64,
}

/// A value with its schema and the type that is to read it.
struct Trial {
    place: Place,
    ty: String,
    value: Value,
}

/// A document with its trials.
#[derive(Default)]
struct Subject {
    path: String,
    module: String,
    api: PathBuf,
    lines: u64,
    trials: Vec<Trial>,
    /// Valid values whose schema has no type of its own.
    typeless: usize,
    /// Examples that the document's own schema refuses.
    invalid: usize,
    /// Component schemas, and those of them of which no value was found.
    components: usize,
    unsampled: Vec<String>,
    /// Why nothing is tried.
    fault: Option<String>,
}

/// A value that does not come back as it was.
struct Disagreement {
    path: String,
    place: String,
    ty: String,
    value: String,
    how: String,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let mut entries = index::entries(&options.folder, options.only.as_ref())?;
    let out = root.join(&options.out);
    fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let config = out.join("oasmith.toml");
    fs::write(&config, "extra = \"keep\"\n")
        .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
    let reach = options.folder.is_dir().then_some(options.folder.as_path());
    let bar = ProgressBar::new(2 * entries.len() as u64);
    let style = ProgressStyle::with_template("{bar:32} {pos}/{len} {elapsed}: {msg}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut tally = Tally::default();
    let mut subjects: Vec<Subject> = Vec::new();
    // Small ones are tried first, and what one batch holds is not held any longer than that.
    let size = |entry: &Entry| fs::metadata(&entry.file).map_or(0, |about| about.len());
    entries.sort_by_cached_key(size);
    for batch in entries.chunks(BATCH) {
        let first = subjects.len();
        let mut found = each(batch.len(), options.jobs, |_, item| {
            bar.set_message(batch[item].path.clone());
            let choices = (reach, options);
            let subject = subject(root, &out, &config, choices, (first + item, &batch[item]));
            bar.inc(1);
            subject
        });
        for group in groups(&found, options.lines) {
            let paths: Vec<&str> = group.iter().map(|subject| subject.path.as_str()).collect();
            bar.set_message(paths.join(", "));
            if let Err(fault) = try_out(root, &out.join("bundle"), &group, &mut tally) {
                bar.println(&fault);
                let faults = paths.iter().map(|path| ((*path).to_owned(), fault.clone()));
                tally.faults.extend(faults);
            }
            bar.inc(group.len() as u64);
        }
        found.iter_mut().for_each(|subject| subject.trials.clear());
        subjects.append(&mut found);
        if let Some(path) = &options.report {
            fs::write(path, summary::report(&tally.disagreements))
                .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
        }
    }
    bar.finish_and_clear();
    summary::print(&subjects, &tally);
    let is_fault = |subject: &&Subject| {
        let fault = subject.fault.as_deref();
        fault.is_some_and(|fault| refused(&subject.path, fault).is_none())
    };
    let faults = subjects.iter().filter(is_fault).count() + tally.faults.len();
    let short = tally.disagreements.iter();
    match (
        short.filter(|one| defended::reason(one).is_none()).count(),
        faults,
    ) {
        (0, 0) => Ok(()),
        (values, documents) => Err(format!(
            "{values} values do not come back, {documents} documents were not tried"
        )),
    }
}

/// Generates the document, and finds its values.
fn subject(
    root: &Path,
    out: &Path,
    config: &Path,
    (reach, options): (Option<&Path>, &Options),
    (item, entry): (usize, &Entry),
) -> Subject {
    let module = format!("d{item:03}");
    let folder = out.join(&module);
    let mut subject = Subject {
        path: entry.path.clone(),
        api: folder.join("api"),
        module,
        ..Subject::default()
    };
    let found = fs::create_dir_all(&folder)
        .map_err(|error| error.to_string())
        .and_then(|()| worker::bare(root, &entry.file, &folder, config, reach))
        .and_then(|made| {
            if made.errors > 0 {
                return Err(made.first.unwrap_or_default());
            }
            subject.lines = made.lines;
            if made.lines > options.most {
                return Err(format!("it has {} lines", made.lines));
            }
            let files: Vec<PathBuf> = made.read.into_iter().map(|(path, _)| path).collect();
            trials(&files, &folder, options.plain, &mut subject)
        });
    subject.fault = found.err();
    subject
}

/// The types by the places of their schemas, as the report has them.
fn types(folder: &Path) -> Result<BTreeMap<Place, String>, String> {
    let file = folder.join("report.json");
    let text = fs::read_to_string(&file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let report: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let types = report["types"]
        .as_array()
        .ok_or("the report has no types")?;
    // What holds bytes as they come is no JSON.
    let types = types.iter().filter(|ty| ty["streams"] != true);
    let types = types.filter_map(|ty| {
        let pointer = ty["pointer"].as_str()?;
        let pointer = pointer.strip_prefix('#').unwrap_or(pointer).to_owned();
        let file = Path::new(ty["file"].as_str()?).canonicalize().ok()?;
        Some((Place { file, pointer }, ty["rust"].as_str()?.to_owned()))
    });
    // Parts that a type is put together of stand at its own place, after it; so does what requests alone hold, which has
    // no members that are read only.
    let mut of_place = BTreeMap::new();
    for (place, ty) in types {
        of_place.entry(place).or_insert(ty);
    }
    Ok(of_place)
}

fn trials(
    files: &[PathBuf],
    folder: &Path,
    plain: bool,
    subject: &mut Subject,
) -> Result<(), String> {
    let types = types(folder)?;
    let documents = Documents::read(files, plain)?;
    let mut candidates: Vec<(Place, Value, bool)> = collect::examples(&documents)
        .into_iter()
        .map(|(place, value)| (place, value, true))
        .collect();
    let components = documents.components();
    let sampler = Sampler::new(&documents);
    for place in &components {
        let samples = sampler.samples(place, components.len()).into_iter();
        candidates.extend(samples.map(|value| (place.clone(), value, false)));
    }
    let places: BTreeSet<Place> = candidates.iter().map(|(place, ..)| place.clone()).collect();
    let judge = Judge::new(&documents, &places, plain)?;
    let mut unsampled: BTreeSet<Place> = components.into_iter().collect();
    subject.components = unsampled.len();
    let mut known = BTreeSet::new();
    for (place, value, shown) in candidates {
        if judge.is_valid(&place, &value) != Some(true) {
            subject.invalid += usize::from(shown);
            continue;
        }
        unsampled.remove(&place);
        let before = subject.trials.len();
        typed(&documents, &types, &place, value, &mut subject.trials, 0);
        subject.typeless += usize::from(subject.trials.len() == before);
        let new: Vec<Trial> = subject.trials.drain(before..).collect();
        subject.trials.extend(
            new.into_iter()
                .filter(|trial| known.insert((trial.ty.clone(), trial.value.to_string()))),
        );
    }
    subject.unsampled = unsampled.into_iter().map(|place| place.pointer).collect();
    Ok(())
}

/// The value, or the values in it, that types of their own read.
fn typed(
    documents: &Documents,
    types: &BTreeMap<Place, String>,
    place: &Place,
    value: Value,
    trials: &mut Vec<Trial>,
    depth: usize,
) {
    if depth > 32 {
        return;
    }
    if let Some(ty) = types.get(place) {
        // Where a type stands says whether it may be null there.
        let null = if value.is_null() { "?" } else { "" };
        trials.push(Trial {
            place: place.clone(),
            ty: format!("{null}{ty}"),
            value,
        });
        return;
    }
    let Some(schema) = documents.value(place) else {
        return;
    };
    if schema.get("$ref").is_some_and(Value::is_string) {
        if let Some(target) = documents.resolved(place).filter(|target| target != place) {
            typed(documents, types, &target, value, trials, depth + 1);
        }
        return;
    }
    match value {
        Value::Array(items) if schema.get("items").is_some_and(Value::is_object) => {
            for item in items {
                typed(
                    documents,
                    types,
                    &place.below("items"),
                    item,
                    trials,
                    depth + 1,
                );
            }
        }
        Value::Object(fields)
            if schema
                .get("additionalProperties")
                .is_some_and(Value::is_object)
                && schema.get("properties").is_none() =>
        {
            for (_, value) in fields {
                typed(
                    documents,
                    types,
                    &place.below("additionalProperties"),
                    value,
                    trials,
                    depth + 1,
                );
            }
        }
        _ => {}
    }
}

/// Documents that are compiled together.
fn groups(subjects: &[Subject], most: u64) -> Vec<Vec<&Subject>> {
    let mut groups: Vec<Vec<&Subject>> = Vec::new();
    let mut lines = 0;
    for subject in subjects.iter().filter(|subject| !subject.trials.is_empty()) {
        match groups.last_mut() {
            Some(group) if lines + subject.lines <= most => group.push(subject),
            _ => {
                lines = 0;
                groups.push(vec![subject]);
            }
        }
        lines += subject.lines;
    }
    groups
}

/// What came out.
#[derive(Default)]
struct Tally {
    /// Tried and agreed, by document.
    counts: BTreeMap<String, (usize, usize)>,
    /// Values that come back in another spelling, by what is respelled, with the first of each.
    respelled: BTreeMap<&'static str, (usize, String)>,
    disagreements: Vec<Disagreement>,
    /// Documents that were not tried after all.
    faults: BTreeMap<String, String>,
}

fn try_out(
    root: &Path,
    folder: &Path,
    group: &[&Subject],
    tally: &mut Tally,
) -> Result<(), String> {
    let part = |subject: &&Subject| {
        let types: BTreeSet<&String> = subject.trials.iter().map(|trial| &trial.ty).collect();
        Part {
            module: subject.module.clone(),
            api: subject.api.clone(),
            types: types.into_iter().cloned().collect(),
        }
    };
    let parts: Vec<Part> = group.iter().map(part).collect();
    let bundle = Bundle::build(root, folder, &parts)?;
    for subject in group {
        let count = tally.counts.entry(subject.path.clone()).or_default();
        count.0 = subject.trials.len();
        if let Some((_, error)) = bundle
            .refused
            .iter()
            .find(|(module, _)| *module == subject.module)
        {
            tally.disagreements.push(Disagreement {
                path: subject.path.clone(),
                place: String::new(),
                ty: String::new(),
                value: String::new(),
                how: format!("does not compile: {error}"),
            });
            continue;
        }
        let cases: Vec<Case> = subject
            .trials
            .iter()
            .map(|trial| Case {
                part: subject.module.clone(),
                ty: trial.ty.clone(),
                json: trial.value.to_string(),
            })
            .collect();
        for (trial, answer) in subject.trials.iter().zip(bundle.run(&cases, false)?) {
            match outcome(&trial.value, answer) {
                Outcome::Same => count.1 += 1,
                Outcome::Respelled(kinds) => {
                    count.1 += 1;
                    for kind in kinds {
                        let first = || format!("{}#{}", subject.path, trial.place.pointer);
                        let known = tally.respelled.entry(kind).or_insert_with(|| (0, first()));
                        known.0 += 1;
                    }
                }
                Outcome::Different(how) => tally.disagreements.push(Disagreement {
                    path: subject.path.clone(),
                    place: trial.place.pointer.clone(),
                    ty: trial.ty.clone(),
                    value: trial.value.to_string(),
                    how,
                }),
            }
        }
    }
    Ok(())
}
