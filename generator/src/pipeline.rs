//! The stages in their order, and what comes out of a run.

use crate::budget::Budget;
use crate::config::{Config, DateTime};
use crate::diagnostic::{Diagnostic, Diagnostics, Format, Place, code, render, similar};
use crate::emit::{self, Options};
use crate::ir::{Api, only};
use crate::name::Names;
use crate::output;
use crate::package;
use crate::render::File;
use crate::report::{Report, Stages};
use crate::source::{Limits, Sources, Tree};
use crate::{lower, name, read, source};
use std::fmt;
use std::path::{Path, PathBuf};

/// What a run gives: every fault of the document, and the files if there is no error.
pub struct Output {
    diagnostics: Diagnostics,
    sources: Sources,
    tree: Option<Tree>,
    pub(crate) files: Vec<File>,
    /// What the root of the crate has to ask of rustc, as an attribute.
    pub(crate) recursion_limit: Option<u32>,
    /// What the report tells of, besides the above: it is made only for who asks.
    understood: Option<Understood>,
    stages: Stages,
    options: output::Options,
    /// The file of names, where one is kept: its folder, and what it will hold.
    lock: Option<(PathBuf, File)>,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Output({} files)", self.files.len())
    }
}

/// Why nothing was written.
#[derive(Debug)]
pub struct Refused {
    code: Option<&'static str>,
    message: String,
    help: Option<&'static str>,
}

impl Refused {
    /// The same as a line of JSON, as [`Output::json`] has messages.
    #[must_use]
    pub fn json(&self) -> String {
        let (code, message, help) = (self.code, &self.message, self.help);
        let object =
            serde_json::json!({ "code": code, "level": "error", "message": message, "help": help });
        format!("{object}\n")
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(f, "error[{code}]: {}", self.message)?,
            None => f.write_str(&self.message)?,
        }
        self.help
            .map_or(Ok(()), |help| write!(f, "\n  = help: {help}"))
    }
}

impl std::error::Error for Refused {}

impl From<output::Refusal> for Refused {
    fn from(refusal: output::Refusal) -> Self {
        Self {
            code: Some(refusal.code.id),
            message: refusal.message,
            help: refusal.help,
        }
    }
}

/// What the stages up to names give.
struct Understood {
    api: Api,
    names: Names,
}

impl Config {
    /// Runs every stage but the last: nothing is written.
    #[must_use]
    pub fn generate(&self) -> Output {
        self.run(|config, understood, document| {
            let options = config.options(true);
            let name = config.crate_name(&understood.api);
            let more = &config.file.manifest;
            package::crate_files(
                &understood.api,
                &understood.names,
                &options,
                &name,
                document,
                more,
                config.readme.as_deref(),
            )
        })
    }

    /// The document with its overlays applied, as JSON, and what is wrong with either. Nothing else is looked at.
    #[must_use]
    pub fn overlaid(&self) -> (Option<String>, Output) {
        let mut diagnostics = Diagnostics::default();
        let limits = Limits::default();
        let (sources, tree) =
            source::load(&self.document, &self.reach(), &limits, &mut diagnostics);
        diagnostics.apply(&self.levels(), tree.as_ref());
        let json = tree
            .as_ref()
            .map(|tree| format!("{:#}\n", tree.json(tree.root())));
        let output = Output {
            diagnostics,
            sources,
            tree,
            files: Vec::new(),
            recursion_limit: None,
            understood: None,
            stages: Stages::default(),
            options: output::Options {
                force: false,
                whole: true,
            },
            lock: None,
        };
        (json, output)
    }

    /// The same as one file of items, for `include!`.
    pub(crate) fn generate_items(&self, features: (bool, bool), path: PathBuf) -> Output {
        self.run(|config, understood, document| {
            let mut options = config.options(false);
            (options.client, options.server) = features;
            options.runtime = emit::Runtime::Dependency;
            let text =
                package::single_file(&understood.api, &understood.names, &options, document)?;
            Ok(vec![File { path, text }])
        })
    }

    fn run(
        &self,
        package: impl FnOnce(&Self, &Understood, &str) -> Result<Vec<File>, crate::render::Unprintable>,
    ) -> Output {
        let mut diagnostics = Diagnostics::default();
        let mut stages = Stages::default();
        let limits = Limits::default();
        let (sources, mut tree) = stages.timed("source", || {
            source::load(&self.document, &self.reach(), &limits, &mut diagnostics)
        });
        let understood = tree
            .as_mut()
            .and_then(|tree| self.understand(tree, &mut stages, &mut diagnostics));
        let (understood, names) = understood.unzip();
        let lock = self.lock_file(names.flatten());
        diagnostics.apply(&self.levels(), tree.as_ref());
        let mut files = Vec::new();
        if let Some(understood) = understood.as_ref().filter(|_| !diagnostics.has_errors()) {
            let document = self
                .document
                .file_name()
                .map(|name| name.to_string_lossy().into_owned());
            let made = stages.timed("emit", || {
                package(self, understood, &document.unwrap_or_default())
            });
            match made {
                Ok(made) => files = made,
                Err(fault) => {
                    let message = format!(
                        "the module `{}` cannot be printed: {}",
                        fault.module, fault.message
                    );
                    let help =
                        "this is a mistake of oasmith's own: please report it with the document";
                    diagnostics.report(
                        Diagnostic::new(code::INTERNAL, Place::Nowhere, message).help(help),
                    );
                }
            }
        }
        let recursion_limit = understood
            .as_ref()
            .and_then(|understood| emit::recursion_limit(&understood.api));
        let options = output::Options {
            force: self.force,
            whole: true,
        };
        Output {
            diagnostics,
            sources,
            tree,
            files,
            recursion_limit,
            understood,
            stages,
            options,
            lock,
        }
    }

    /// The file of names as it will be.
    fn lock_file(&self, text: Option<String>) -> Option<(PathBuf, File)> {
        let (path, _) = self.lock.as_ref()?;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let path = PathBuf::from(path.file_name()?);
        let folder = folder.unwrap_or(Path::new(".")).to_path_buf();
        Some((folder, File { path, text: text? }))
    }

    /// The API under its names, and what the file of names will hold.
    fn understand(
        &self,
        tree: &mut Tree,
        stages: &mut Stages,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Understood, Option<String>)> {
        let mut budget = Budget::new(tree.len(), self.file.limits.parts);
        let document = stages.timed("read", || read::read(tree, &mut budget, diagnostics))?;
        if budget.is_spent() {
            return None;
        }
        let tree = &*tree;
        let options = self.lowering();
        let api = stages.timed("lower", || {
            lower::lower(&document, tree, &options, &mut budget, diagnostics)
        });
        let known = self.lock.as_ref().map(|(_, known)| known);
        let mut lock = name::Lock::new(tree, known);
        let mut understood = Understood {
            names: stages.timed("name", || name::assign(&api, &mut lock, diagnostics)),
            api,
        };
        let dates_are_text = self.file.date_time == DateTime::String;
        let derives = &self.file.derives;
        let Understood { api, names } = &mut understood;
        name::derives(api, names, derives, dates_are_text, diagnostics);
        if !self.file.only.is_empty() {
            self.only(&mut understood, diagnostics);
        }
        Some((understood, lock.text()))
    }

    /// Leaves the operations that the configuration names.
    fn only(&self, understood: &mut Understood, diagnostics: &mut Diagnostics) {
        let Understood { api, names } = understood;
        let is = |operation: &crate::ir::Operation, name: &str| {
            operation.id.as_deref() == Some(name)
                || name.split_once(' ').is_some_and(|(method, route)| {
                    operation.method.eq_ignore_ascii_case(method)
                        && operation.route.text == route.trim()
                })
        };
        let all = &api.operations;
        for name in &self.file.only {
            if !all.iter().any(|operation| is(operation, name)) {
                let near = similar(
                    name,
                    all.iter().filter_map(|operation| operation.id.as_deref()),
                );
                let help = near.map_or_else(
                    || "give an `operationId` of the document, or a method and a route".to_owned(),
                    |near| format!("there is `{near}`"),
                );
                let message = format!("`only` names `{name}`, and no operation is called so");
                let fault = Diagnostic::new(code::MISSING_OPERATION, Place::Nowhere, message);
                diagnostics.report(fault.help(help));
            }
        }
        let names_it = |operation| self.file.only.iter().any(|name| is(operation, name));
        let wanted: Vec<bool> = all.iter().map(names_it).collect();
        let kept = only::only(api, &wanted);
        only::retain(&mut names.operations, &kept.operations);
        for (names, links) in names.operations.iter_mut().zip(&kept.links) {
            only::retain(&mut names.links, links);
        }
        only::retain(&mut names.types, &kept.types);
    }

    fn options(&self, gated: bool) -> Options {
        Options {
            gated,
            client: true,
            server: true,
            runtime: self.file.runtime.into(),
            date_time: self.file.date_time.into(),
        }
    }

    fn crate_name(&self, api: &Api) -> String {
        let given = self.file.name.clone();
        given.unwrap_or_else(|| {
            let stem = self
                .document
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned());
            let title = if api.title.trim().is_empty() {
                stem.unwrap_or_default()
            } else {
                api.title.clone()
            };
            let words = title
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty());
            let name = words
                .map(str::to_ascii_lowercase)
                .collect::<Vec<_>>()
                .join("-");
            let name = name
                .trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')
                .to_owned();
            if name.is_empty() {
                "api".to_owned()
            } else if name::is_crate_name(&name) {
                name
            } else {
                name + "-api"
            }
        })
    }
}

impl Output {
    /// Whether the document has errors; then there are no files.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// Errors and warnings with their source lines. What is merely not generated is in the report.
    #[must_use]
    pub fn text(&self, colour: bool) -> String {
        render(
            &self.diagnostics,
            &self.sources,
            self.tree.as_ref(),
            Format::Text { colour },
        )
    }

    /// Everything as JSON, an object a line.
    #[must_use]
    pub fn json(&self) -> String {
        render(
            &self.diagnostics,
            &self.sources,
            self.tree.as_ref(),
            Format::Json,
        )
    }

    /// Errors and warnings as lines for cargo.
    #[must_use]
    pub fn cargo(&self) -> String {
        render(
            &self.diagnostics,
            &self.sources,
            self.tree.as_ref(),
            Format::Cargo,
        )
    }

    /// The report as JSON; `None` where the document could not be understood at all.
    #[must_use]
    pub fn report(&self) -> Option<String> {
        let (understood, tree) = (self.understood.as_ref()?, self.tree.as_ref()?);
        let report = Report::new(
            &understood.api,
            &understood.names,
            (&self.diagnostics, &self.sources, tree),
            &self.files,
            &self.stages,
        );
        Some(report.json())
    }

    /// Every file that was read, the document first.
    pub fn read_files(&self) -> impl Iterator<Item = &Path> {
        self.sources.paths()
    }

    /// The files as they would be written, by their paths in the crate.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files
            .iter()
            .map(|file| (file.path.as_path(), file.text.as_str()))
    }

    /// Makes a folder hold the crate: changed files are replaced, and stale ones that oasmith made are removed; and writes the names
    /// that it was given to the file that the configuration keeps them in. How many files changed.
    ///
    /// # Errors
    ///
    /// The folder holds something else, or cannot be written. Nothing is half written then.
    pub fn write(&self, dir: &Path) -> Result<usize, Refused> {
        if self.has_errors() {
            let message = "the document has errors".to_owned();
            return Err(Refused {
                code: None,
                message,
                help: None,
            });
        }
        let mut written = output::write(&self.files, dir, self.options)?;
        if let Some((folder, file)) = &self.lock {
            let lock = output::write(std::slice::from_ref(file), folder, self.lock_options())?;
            written.changed.extend(lock.changed);
        }
        Ok(written.changed.len() + written.removed.len())
    }

    /// The file of names stands among others.
    fn lock_options(&self) -> output::Options {
        output::Options {
            whole: false,
            ..self.options
        }
    }

    /// What [`Output::write`] would change, as a unified diff; empty if nothing.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn check(&self, dir: &Path) -> Result<String, Refused> {
        let mut differences = output::check(&self.files, dir, self.options)?;
        if let Some((folder, file)) = &self.lock {
            let files = std::slice::from_ref(file);
            differences.extend(output::check(files, folder, self.lock_options())?);
        }
        Ok(differences.iter().map(ToString::to_string).collect())
    }
}
