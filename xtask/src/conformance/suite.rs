//! JSON-Schema-Test-Suite: each group's schema is a component of a document, and its instances are read and validated with
//! the types that are generated of it.

use super::schema30;
use super::{Outcome, Verdict};
use crate::bundle::{Bundle, Case, Part};
use crate::corpus::worker::{self, Made};
use crate::process::each;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Which draft stands for which version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Draft {
    /// 3.0.
    Four,
    /// 3.1.
    Latest,
}

impl Draft {
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Four => "draft4",
            Self::Latest => "draft2020-12",
        }
    }
}

/// A file's group, as the suite has it.
#[derive(Debug, Deserialize)]
struct Group {
    description: String,
    schema: Box<RawValue>,
    tests: Vec<Test>,
}

#[derive(Debug, Deserialize)]
struct Test {
    description: String,
    data: Box<RawValue>,
    valid: bool,
}

/// A group with where it comes from and what is made of it.
struct Subject {
    /// Relative to the draft's folder.
    file: String,
    group: Group,
    module: String,
    /// Why the version cannot say it.
    inexpressible: Option<String>,
    folder: PathBuf,
    made: Result<Made, String>,
}

/// What a run needs.
pub(crate) struct Setting<'a> {
    pub(crate) root: &'a Path,
    /// `json-schema-test-suite`.
    pub(crate) suite: &'a Path,
    pub(crate) out: &'a Path,
    pub(crate) jobs: usize,
}

/// Judges every test of a draft.
pub(crate) fn run(setting: &Setting<'_>, draft: Draft) -> Result<Vec<Outcome>, String> {
    let out = setting.out.join(draft.folder());
    fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    let config = out.join("oasmith.toml");
    fs::write(&config, configuration(setting, &out)?)
        .map_err(|error| format!("cannot write {}: {error}", config.display()))?;
    let groups = groups(&setting.suite.join("tests").join(draft.folder()))?;
    let subjects = each(groups.len(), setting.jobs, |_, item| {
        let (file, group) = &groups[item];
        subject(setting, draft, &out, &config, (item, file, group))
    });
    let subjects = subjects
        .into_iter()
        .zip(groups)
        .map(|(made, (file, group))| {
            made.map(|(module, folder, inexpressible, made)| Subject {
                file,
                group,
                module,
                inexpressible,
                folder,
                made,
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    // What goes wrong everywhere is no disagreement.
    let faults: Vec<_> = subjects
        .iter()
        .map(|subject| subject.made.as_ref().err())
        .collect();
    if let [Some(fault), ..] = faults.as_slice()
        && faults.iter().all(Option::is_some)
    {
        return Err((*fault).clone());
    }
    judge(setting, &out, &subjects)
}

type Prepared = (String, PathBuf, Option<String>, Result<Made, String>);

/// Every group of the folder, with its file.
fn groups(folder: &Path) -> Result<Vec<(String, Group)>, String> {
    let mut files = Vec::new();
    let mut work = vec![folder.to_path_buf()];
    while let Some(place) = work.pop() {
        let inside = fs::read_dir(&place)
            .map_err(|error| format!("cannot read {}: {error}", place.display()))?;
        for path in inside.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                work.push(path);
            } else if path.extension().is_some_and(|kind| kind == "json") {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut groups = Vec::new();
    for file in files {
        let name = file
            .strip_prefix(folder)
            .unwrap_or(&file)
            .display()
            .to_string();
        let text =
            fs::read_to_string(&file).map_err(|error| format!("cannot read {name}: {error}"))?;
        let found: Vec<Group> =
            serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        groups.extend(found.into_iter().map(|group| (name.clone(), group)));
    }
    Ok(groups)
}

/// Where the metaschema of 2020-12 and its vocabularies are.
const METASCHEMA: &str = "https://json-schema.org/draft/2020-12/";
/// The metaschema of draft 4.
const METASCHEMA_4: &str = "http://json-schema.org/draft-04/schema";

/// Writes the metaschemas and their vocabularies as the validator has them, which the suite leaves to who runs it.
fn metaschemas(folder: &Path) -> Result<(), String> {
    use jsonschema::Draft;
    const FILES: [&str; 8] = [
        "schema",
        "meta/core",
        "meta/applicator",
        "meta/unevaluated",
        "meta/validation",
        "meta/meta-data",
        "meta/format-annotation",
        "meta/content",
    ];
    fs::create_dir_all(folder.join("meta"))
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let latest = FILES.map(|file| (format!("{METASCHEMA}{file}"), file, Draft::Draft202012));
    let old = (METASCHEMA_4.to_owned(), DRAFT_4, Draft::Draft4);
    for (uri, file, draft) in latest.into_iter().chain([old]) {
        let path = folder.join(file);
        fs::write(&path, metaschema(&uri, draft)?)
            .map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    }
    Ok(())
}

/// The file of draft 4's among the copies.
const DRAFT_4: &str = "draft-04.json";

/// The text of a metaschema.
fn metaschema(uri: &str, draft: jsonschema::Draft) -> Result<String, String> {
    // The registry has what something refers to.
    let asking = serde_json::json!({ "$ref": uri });
    let registry = jsonschema::Registry::new().draft(draft);
    let registry = registry.add("urn:oasmith:asking", asking);
    let registry = registry.and_then(jsonschema::RegistryBuilder::prepare);
    let registry = registry.map_err(|error| error.to_string())?;
    let base = jsonschema::uri::from_str(uri).map_err(|error| error.to_string())?;
    let found = registry.resolver(base);
    let found = found.lookup(uri).map_err(|error| error.to_string())?;
    Ok(found.contents().to_string())
}

/// Exact types, and copies of what the schemas refer to.
fn configuration(setting: &Setting<'_>, out: &Path) -> Result<String, String> {
    let remotes = setting
        .suite
        .join("remotes")
        .canonicalize()
        .map_err(|error| format!("there are no remotes: {error}"))?;
    let copies = out.join("metaschema");
    metaschemas(&copies)?;
    let copy = |url: &str, folder: &Path| {
        let folder = folder.display().to_string();
        (url.to_owned(), toml::Value::String(folder))
    };
    let references = toml::Table::from_iter([
        copy("http://localhost:1234/", &remotes),
        copy(METASCHEMA, &copies),
        copy(METASCHEMA_4, &copies.join(DRAFT_4)),
    ]);
    let table = toml::Table::from_iter([
        (
            "untyped".to_owned(),
            toml::Value::String("exact".to_owned()),
        ),
        ("references".to_owned(), toml::Value::Table(references)),
    ]);
    toml::to_string(&table).map_err(|error| error.to_string())
}

fn subject(
    setting: &Setting<'_>,
    draft: Draft,
    out: &Path,
    config: &Path,
    (item, file, group): (usize, &str, &Group),
) -> Result<Prepared, String> {
    let module = format!("g{item:03}");
    let folder = out.join(&module);
    fs::create_dir_all(&folder)
        .map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let (schema, inexpressible) = schema(draft, group.schema.get(), &setting.suite.join("remotes"));
    let title = format!("{file}: {}", group.description);
    let document = folder.join("openapi.json");
    fs::write(&document, described(draft, &title, &schema))
        .map_err(|error| format!("cannot write {}: {error}", document.display()))?;
    let made = worker::bare(setting.root, &document, &folder, config, None);
    Ok((module, folder, inexpressible, made))
}

/// The text of the schema as a component, and what the version cannot say of it.
fn schema(draft: Draft, text: &str, remotes: &Path) -> (String, Option<String>) {
    let value: Value = serde_json::from_str(text).unwrap_or_default();
    match draft {
        Draft::Four => {
            let mut schema = value;
            let remote = schema30::remotes(&schema, |path| {
                let text = fs::read_to_string(remotes.join(path)).ok()?;
                serde_json::from_str(&text).ok()
            });
            let inexpressible = schema30::raised(&mut schema).err().or(remote);
            (schema.to_string(), inexpressible)
        }
        Draft::Latest => {
            // With an `$id` it is a resource of its own, and its references mean what they meant.
            let own = value
                .as_object()
                .is_some_and(|fields| !fields.contains_key("$id"));
            let text = match text.trim_start().strip_prefix('{') {
                Some(rest) if own => {
                    let comma = if rest.trim_start().starts_with('}') {
                        ""
                    } else {
                        ","
                    };
                    format!("{{\"$id\": \"https://suite.example/subject\"{comma}{rest}")
                }
                _ => text.to_owned(),
            };
            (text, None)
        }
    }
}

/// A document with the schema, and a type that has a value of it: so a schema that is a type of Rust's own is judged too.
fn described(draft: Draft, title: &str, schema: &str) -> String {
    let version = match draft {
        Draft::Four => "3.0.4",
        Draft::Latest => "3.1.1",
    };
    let head =
        json!({ "openapi": version, "info": { "title": title, "version": "1" }, "paths": {} });
    let case = json!({
        "type": "object", "required": ["value"],
        "properties": { "value": { "$ref": "#/components/schemas/Subject" } },
    });
    let head = head.to_string();
    let head = head.strip_suffix('}').unwrap_or(&head);
    format!("{head},\"components\":{{\"schemas\":{{\"Case\":{case},\"Subject\":{schema}}}}}}}\n")
}

/// The type that has a value of the subject.
const CASE: &str = "types::Case";

fn judge(setting: &Setting<'_>, out: &Path, subjects: &[Subject]) -> Result<Vec<Outcome>, String> {
    let whole = |subject: &&Subject| subject.made.as_ref().is_ok_and(|made| made.errors == 0);
    let parts: Vec<Part> = subjects
        .iter()
        .filter(|subject| subject.inexpressible.is_none())
        .filter(whole)
        .map(|subject| Part {
            module: subject.module.clone(),
            api: subject.folder.join("api"),
            types: vec![CASE.to_owned()],
        })
        .collect();
    let bundle = Bundle::build(setting.root, &out.join("bundle"), &parts)?;
    let mut cases = Vec::new();
    for subject in subjects
        .iter()
        .filter(|subject| parts.iter().any(|part| part.module == subject.module))
    {
        if bundle
            .refused
            .iter()
            .any(|(module, _)| *module == subject.module)
        {
            continue;
        }
        cases.extend(subject.group.tests.iter().map(|test| Case {
            part: subject.module.clone(),
            ty: CASE.to_owned(),
            json: format!("{{\"value\":{}}}", one_line(test.data.get())),
        }));
    }
    let mut answers = bundle.run(&cases, true)?.into_iter();
    let mut outcomes = Vec::new();
    for subject in subjects {
        let refused = bundle
            .refused
            .iter()
            .find(|(module, _)| *module == subject.module);
        let fault = match (&subject.inexpressible, &subject.made, refused) {
            (Some(keyword), Ok(made), _) if made.errors + made.warnings > 0 => {
                Some(Verdict::Inexpressible(keyword.clone()))
            }
            (Some(keyword), Ok(_), _) => Some(Verdict::Disagrees(format!(
                "{keyword} is not of this version, and nothing says so"
            ))),
            (_, Err(fault), _) => Some(Verdict::Disagrees(fault.clone())),
            (_, Ok(made), _) if made.errors > 0 => {
                Some(Verdict::Disagrees(made.first.clone().unwrap_or_default()))
            }
            (_, _, Some((_, error))) => {
                Some(Verdict::Disagrees(format!("does not compile: {error}")))
            }
            _ => None,
        };
        for test in &subject.group.tests {
            let verdict = match &fault {
                Some(verdict) => verdict.clone(),
                None => {
                    let answer = answers.next().unwrap_or_default();
                    let against = answer.unread.or(answer.invalid);
                    match (test.valid, against) {
                        (true, None) | (false, Some(_)) => Verdict::Agrees,
                        (true, Some(against)) => {
                            Verdict::Disagrees(format!("valid, but: {against}"))
                        }
                        (false, None) => Verdict::Disagrees("invalid, but accepted".to_owned()),
                    }
                }
            };
            outcomes.push(Outcome {
                file: subject.file.clone(),
                group: subject.group.description.clone(),
                test: test.description.clone(),
                verdict,
            });
        }
    }
    Ok(outcomes)
}

/// JSON in one line: no line ends stand inside its strings.
fn one_line(json: &str) -> String {
    json.replace(['\n', '\r'], " ")
}
