//! Holds the generator to what others have written down: JSON-Schema-Test-Suite, documents that pass or fail OpenAPI's own
//! schemas, and documents that must be refused.

mod defended;
mod document;
mod schema30;
mod suite;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use suite::{Draft, Setting};

/// `cargo xtask conformance`.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The folder with `json-schema-test-suite`, `oas-schema-tests` and `invalid-openapi`; what is not there is left out.
    folder: PathBuf,
    /// Only these.
    #[arg(long, value_enum)]
    only: Vec<Section>,
    /// How many documents at a time.
    #[arg(long, default_value_t = 2)]
    jobs: usize,
    /// Where documents and crates are written.
    #[arg(long, value_name = "FOLDER", default_value = "target/conformance")]
    out: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Section {
    /// JSON-Schema-Test-Suite, draft 2020-12, as OpenAPI 3.1.
    Latest,
    /// JSON-Schema-Test-Suite, draft 4, as OpenAPI 3.0.
    Draft4,
    /// Documents that pass or fail OpenAPI's own schemas.
    Schemas,
    /// Documents that `--strict` must refuse.
    Invalid,
    /// Overlays and what comes of them.
    Overlays,
}

/// One thing that is judged.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) file: String,
    pub(crate) group: String,
    pub(crate) test: String,
    pub(crate) verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Agrees,
    /// The version has not this keyword, and the generator says so.
    Inexpressible(String),
    /// In what.
    Disagrees(String),
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let out = root.join(&options.out);
    let folder = |name: &str| options.folder.join(name);
    let wanted = |section: Section| options.only.is_empty() || options.only.contains(&section);
    let mut short = 0;
    let mut judged = 0;
    for (section, draft) in [
        (Section::Latest, Draft::Latest),
        (Section::Draft4, Draft::Four),
    ] {
        let suite = folder("json-schema-test-suite");
        if wanted(section) && suite.join("tests").join(draft.folder()).is_dir() {
            let setting = Setting {
                root,
                suite: &suite,
                out: &out,
                jobs: options.jobs,
            };
            let outcomes = suite::run(&setting, draft)?;
            let (optional, required) = outcomes
                .into_iter()
                .partition::<Vec<_>, _>(|outcome| outcome.file.starts_with("optional"));
            short += print(draft.folder(), &required);
            // What is optional is shown, and held against nobody.
            print(&format!("{}, optional", draft.folder()), &optional);
            judged += required.len();
        }
    }
    type Judge = fn(&Path, &Path, &Path, usize) -> Result<Vec<Outcome>, String>;
    let sections: [(Section, &str, Judge); 3] = [
        (Section::Schemas, "oas-schema-tests", document::schemas),
        (Section::Invalid, "invalid-openapi", document::invalid),
        (
            Section::Overlays,
            "overlay-compliant-sets",
            document::overlays,
        ),
    ];
    for (section, name, judge) in sections {
        if wanted(section) && folder(name).is_dir() {
            let outcomes = judge(root, &folder(name), &out.join(name), options.jobs)?;
            short += print(name, &outcomes);
            judged += outcomes.len();
        }
    }
    match (judged, short) {
        (0, _) => Err(format!(
            "{} has nothing to conform to",
            options.folder.display()
        )),
        (_, 0) => Ok(()),
        _ => Err(format!("{short} of {judged} disagree without a reason")),
    }
}

/// Prints agreed and total of each file, and each disagreement; how many of these nobody defends.
fn print(title: &str, outcomes: &[Outcome]) -> usize {
    let mut files: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
    for outcome in outcomes {
        files.entry(&outcome.file).or_default().push(outcome);
    }
    let mut total = Count::default();
    println!(
        "\n{title}\n{:<52}{:>8}{:>8}{:>10}{:>14}",
        "", "agreed", "total", "defended", "inexpressible"
    );
    let mut lines = Vec::new();
    for (file, outcomes) in &files {
        let mut count = Count::default();
        for outcome in outcomes {
            count.add(outcome, &mut lines);
        }
        total.merge(&count);
        count.print(file);
    }
    total.print("all");
    for line in lines {
        println!("{line}");
    }
    total.disagreed
}

#[derive(Debug, Default)]
struct Count {
    agreed: usize,
    defended: usize,
    inexpressible: usize,
    disagreed: usize,
}

impl Count {
    fn add(&mut self, outcome: &Outcome, lines: &mut Vec<String>) {
        let Outcome {
            file,
            group,
            test,
            verdict,
        } = outcome;
        match verdict {
            Verdict::Agrees => self.agreed += 1,
            Verdict::Inexpressible(_) => self.inexpressible += 1,
            Verdict::Disagrees(how) => {
                let how: String = how.chars().take(400).collect();
                let reason = defended::reason(file, group, test);
                lines.push(format!(
                    "  {file}: {group}: {test}: {how}{}",
                    reason.map_or(String::new(), |reason| format!("\n    because {reason}"))
                ));
                if reason.is_some() {
                    self.defended += 1;
                } else {
                    self.disagreed += 1;
                }
            }
        }
    }

    fn merge(&mut self, other: &Self) {
        self.agreed += other.agreed;
        self.defended += other.defended;
        self.inexpressible += other.inexpressible;
        self.disagreed += other.disagreed;
    }

    fn print(&self, name: &str) {
        let total = self.agreed + self.defended + self.disagreed;
        let share = if total == 0 {
            100.0
        } else {
            self.agreed as f64 / total as f64 * 100.0
        };
        println!(
            "{name:<52}{:>8}{total:>8}{:>10}{:>14}  {share:6.2} %",
            self.agreed, self.defended, self.inexpressible
        );
    }
}
