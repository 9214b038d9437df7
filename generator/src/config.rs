//! The choices of a run: by the builder, or by `oasmith.toml`.

use crate::diagnostic::{Code, Levels, code};
use crate::emit;
use crate::ir::Next;
use crate::ir::foreign::{By, Path as TypePath};
use crate::lower;
use crate::source::Reach;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the runtime of a generated crate is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// A copy in the crate's own module `runtime`.
    #[default]
    Inline,
    /// The crate `oasmith-runtime`.
    Dependency,
}

/// The Rust types of `date-time` and `date`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateTime {
    /// `chrono::DateTime<FixedOffset>` and `chrono::NaiveDate`.
    #[default]
    Chrono,
    /// `jiff::Timestamp` and `jiff::civil::Date`.
    Jiff,
    /// `time::OffsetDateTime` and `time::Date`.
    Time,
    /// `String`, as the wire has them.
    String,
}

/// The Rust types of integers that count from 1970 (`format: unix-time` and its kin).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnixTime {
    /// The integer itself.
    #[default]
    Integer,
    /// `UnixSeconds`, `UnixMillis`, `UnixMicros` or `UnixNanos` of the runtime, which become moments of any crate.
    Type,
}

/// What becomes of members that the document does not name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extra {
    /// They are dropped when read, unless the document says `additionalProperties` itself.
    #[default]
    Drop,
    /// They are kept and written again, unless the document forbids them.
    Keep,
}

impl From<DateTime> for emit::DateTime {
    fn from(choice: DateTime) -> Self {
        match choice {
            DateTime::Chrono => Self::Chrono,
            DateTime::Jiff => Self::Jiff,
            DateTime::Time => Self::Time,
            DateTime::String => Self::String,
        }
    }
}

impl From<Runtime> for emit::Runtime {
    fn from(choice: Runtime) -> Self {
        match choice {
            Runtime::Inline => Self::Inline,
            Runtime::Dependency => Self::Dependency,
        }
    }
}

/// What schemas without a `type` mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Untyped {
    /// What they evidently describe: `properties` means an object.
    #[default]
    Infer,
    /// What JSON Schema says, to the letter.
    Exact,
}

/// What to generate from which document.
#[derive(Clone, Debug)]
pub struct Config {
    pub(crate) document: PathBuf,
    pub(crate) file: File,
    pub(crate) force: bool,
    /// The template of the README, where it is the user's.
    pub(crate) readme: Option<String>,
    /// The names of earlier runs, and where they are kept.
    pub(crate) lock: Option<(PathBuf, BTreeMap<String, String>)>,
}

/// `oasmith.toml`; `docs/configuration.md` describes its keys.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct File {
    pub(crate) name: Option<String>,
    pub(crate) runtime: Runtime,
    pub(crate) date_time: DateTime,
    pub(crate) untyped: Untyped,
    pub(crate) extra: Extra,
    pub(crate) unix_time: UnixTime,
    pub(crate) strict: bool,
    pub(crate) deny: Vec<String>,
    pub(crate) allow: Vec<Allow>,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) references: References,
    pub(crate) limits: Limits,
    /// `operationId`s, or methods and routes; all operations if there is none.
    pub(crate) only: Vec<String>,
    /// Where the names of earlier runs are kept.
    pub(crate) lock: Option<PathBuf>,
    pub(crate) manifest: toml::Table,
    pub(crate) types: Types,
    /// The folder of templates that stand before ours.
    templates: Option<PathBuf>,
    /// Paths of derives, by the Rust names of types.
    pub(crate) derives: BTreeMap<String, Vec<String>>,
    pub(crate) paging: BTreeMap<String, Paging>,
}

/// A code that is not shown, everywhere or below a JSON pointer.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Allow {
    Everywhere(String),
    Below { code: String, at: String },
}

/// Types of others in the place of schemas.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Types {
    /// By `format`.
    formats: BTreeMap<String, Type>,
    /// By the name of a component schema, or a JSON pointer.
    #[serde(flatten)]
    schemas: BTreeMap<String, Type>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a path such as \"url::Url\", or { path, by }"
)]
enum Type {
    Path(RustPath),
    How { path: RustPath, by: Way },
}

/// A path of Rust, as a text.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct RustPath(TypePath);

impl TryFrom<String> for RustPath {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let path = TypePath::parse(&text);
        path.map(Self)
            .ok_or(format!("`{text}` is no path of a type"))
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Way {
    Text,
    Serde,
}

impl From<&Type> for lower::Replacement {
    fn from(ty: &Type) -> Self {
        let (path, by) = match ty {
            Type::Path(path) => (path, None),
            Type::How { path, by } => (path, Some(*by)),
        };
        let by = by.map(|by| match by {
            Way::Text => By::Text,
            Way::Serde => By::Serde,
        });
        Self {
            path: path.0.clone(),
            by,
        }
    }
}

/// What a document may cost, where the usual limits are not meant.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Limits {
    /// Members, parameters, headers and bodies of all that is generated.
    pub(crate) parts: Option<usize>,
}

/// What references may lead to beside the document's folder tree. Paths are taken from the folder of the configuration.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct References {
    allow: Vec<PathBuf>,
    #[serde(flatten)]
    copies: BTreeMap<String, PathBuf>,
}

impl References {
    fn from(&mut self, folder: &Path) {
        let paths = self.allow.iter_mut().chain(self.copies.values_mut());
        paths.for_each(|path| *path = folder.join(&*path));
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paging {
    items: String,
    cursor: String,
    next: NextPage,
    more: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
enum NextPage {
    LastItem(String),
    Member(String),
    Link(String),
}

impl Config {
    /// The defaults: a crate with an inline runtime.
    pub fn new(document: impl Into<PathBuf>) -> Self {
        Self {
            document: document.into(),
            file: File::default(),
            force: false,
            readme: None,
            lock: None,
        }
    }

    /// Takes the choices of an `oasmith.toml`.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or says what it cannot say; the text names file, line and column.
    pub fn file(mut self, path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read `{}`: {error}", path.display()))?;
        self.file = toml::from_str(&text).map_err(|error| at_fault(path, &text, &error))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        self.lock = match &self.file.lock {
            Some(lock) => Some(locked(folder.join(lock))?),
            None => None,
        };
        self.readme = match &self.file.templates {
            Some(templates) => Some(readme_template(&folder.join(templates))?),
            None => None,
        };
        self.file.references.from(folder);
        let overlays = self.file.overlays.iter_mut();
        overlays.for_each(|overlay| *overlay = folder.join(&*overlay));
        let codes = self
            .file
            .deny
            .iter()
            .chain(self.file.allow.iter().map(|allow| match allow {
                Allow::Everywhere(code) | Allow::Below { code, .. } => code,
            }));
        if let Some(id) = codes.into_iter().find(|id| code::code(id).is_none()) {
            return Err(format!("{}: there is no code `{id}`", path.display()));
        }
        match self
            .file
            .derives
            .values()
            .flatten()
            .find(|path| !is_path(path))
        {
            Some(derive) => Err(format!(
                "{}: `{derive}` is no path of a derive",
                path.display()
            )),
            None => Ok(self),
        }
    }

    /// The name of the crate; the document's title in lower case and dashes if nobody says.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.file.name = Some(name.into());
        self
    }

    /// Where the runtime is.
    #[must_use]
    pub fn runtime(mut self, runtime: Runtime) -> Self {
        self.file.runtime = runtime;
        self
    }

    /// The types of dates and times.
    #[must_use]
    pub fn date_time(mut self, date_time: DateTime) -> Self {
        self.file.date_time = date_time;
        self
    }

    /// What schemas without a `type` mean.
    #[must_use]
    pub fn untyped(mut self, untyped: Untyped) -> Self {
        self.file.untyped = untyped;
        self
    }

    /// The types of integers that count from 1970.
    #[must_use]
    pub fn unix_time(mut self, unix_time: UnixTime) -> Self {
        self.file.unix_time = unix_time;
        self
    }

    /// What becomes of members that the document does not name.
    #[must_use]
    pub fn extra(mut self, extra: Extra) -> Self {
        self.file.extra = extra;
        self
    }

    /// Puts a type of Rust in the place of a component schema, by its name, or of any schema, by its JSON pointer (`#/…`). Strings
    /// are read by `FromStr` and written by `Display`, anything else by serde.
    ///
    /// # Errors
    ///
    /// It is no path of a type.
    pub fn replace(mut self, schema: impl Into<String>, path: &str) -> Result<Self, String> {
        let path = RustPath::try_from(path.to_owned())?;
        let schemas = &mut self.file.types.schemas;
        schemas.insert(schema.into(), Type::Path(path));
        Ok(self)
    }

    /// The same for all schemas of a format.
    ///
    /// # Errors
    ///
    /// It is no path of a type.
    pub fn replace_format(mut self, format: impl Into<String>, path: &str) -> Result<Self, String> {
        let path = RustPath::try_from(path.to_owned())?;
        let formats = &mut self.file.types.formats;
        formats.insert(format.into(), Type::Path(path));
        Ok(self)
    }

    /// Lets types derive more: a path such as `schemars::JsonSchema`, by a Rust name in which `*` stands for any characters.
    ///
    /// # Errors
    ///
    /// It is no path.
    pub fn derive(mut self, types: impl Into<String>, path: &str) -> Result<Self, String> {
        if !is_path(path) {
            return Err(format!("`{path}` is no path of a derive"));
        }
        let derives = self.file.derives.entry(types.into()).or_default();
        derives.push(path.to_owned());
        Ok(self)
    }

    /// Makes every warning about a sloppy document an error.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.file.strict = strict;
        self
    }

    /// Makes a warning an error.
    ///
    /// # Errors
    ///
    /// There is no such code.
    pub fn deny(mut self, id: &str) -> Result<Self, String> {
        if code::code(id).is_none() {
            return Err(format!("there is no code `{id}`"));
        }
        self.file.deny.push(id.to_owned());
        Ok(self)
    }

    /// Shows no messages of a code.
    ///
    /// # Errors
    ///
    /// There is no such code.
    pub fn allow(mut self, id: &str) -> Result<Self, String> {
        if code::code(id).is_none() {
            return Err(format!("there is no code `{id}`"));
        }
        self.file.allow.push(Allow::Everywhere(id.to_owned()));
        Ok(self)
    }

    /// Overwrites files that oasmith has not made.
    #[must_use]
    pub fn force(mut self, force: bool) -> Self {
        self.force = force;
        self
    }

    /// Applies an Overlay document to the document, after those that were named before.
    #[must_use]
    pub fn overlay(mut self, overlay: impl Into<PathBuf>) -> Self {
        self.file.overlays.push(overlay.into());
        self
    }

    /// Lets references lead into a folder that is not below the document's own.
    #[must_use]
    pub fn allow_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.file.references.allow.push(folder.into());
        self
    }

    /// Names the local copy of what a URL in a reference leads to. If the URL ends with `/`, it stands for all below it, and
    /// the copy is a folder.
    #[must_use]
    pub fn local_copy(mut self, url: impl Into<String>, copy: impl Into<PathBuf>) -> Self {
        self.file.references.copies.insert(url.into(), copy.into());
        self
    }

    pub(crate) fn reach(&self) -> Reach {
        let references = &self.file.references;
        let copies = references.copies.iter();
        Reach {
            folders: references.allow.clone(),
            overlays: self.file.overlays.clone(),
            copies: copies
                .map(|(url, copy)| (url.clone(), copy.clone()))
                .collect(),
        }
    }

    pub(crate) fn levels(&self) -> Levels {
        let known = |id: &String| -> Option<&'static Code> { code::code(id) };
        let allow = self.file.allow.iter().filter_map(|allow| match allow {
            Allow::Everywhere(id) => Some((known(id)?, None)),
            Allow::Below { code, at } => Some((known(code)?, Some(at.clone()))),
        });
        Levels {
            strict: self.file.strict,
            deny: self.file.deny.iter().filter_map(known).collect(),
            allow: allow.collect(),
        }
    }

    fn types(&self) -> lower::Types {
        let of = |types: &BTreeMap<String, Type>| {
            let types = types.iter();
            types.map(|(key, ty)| (key.clone(), ty.into())).collect()
        };
        let dependencies = self.file.manifest.get("dependencies");
        let dependencies = dependencies.and_then(toml::Value::as_table);
        let crates = dependencies.into_iter().flat_map(toml::Table::keys);
        lower::Types {
            schemas: of(&self.file.types.schemas),
            formats: of(&self.file.types.formats),
            crates: crates.map(|name| name.replace('-', "_")).collect(),
        }
    }

    pub(crate) fn lowering(&self) -> lower::Options {
        let paging = self.file.paging.iter().map(|(operation, block)| {
            let next = match &block.next {
                NextPage::LastItem(pointer) => Next::LastItem(pointer.clone()),
                NextPage::Member(pointer) => Next::Member(pointer.clone()),
                NextPage::Link(pointer) => Next::Link(pointer.clone()),
            };
            let (items, cursor, more) = (
                block.items.clone(),
                block.cursor.clone(),
                block.more.clone(),
            );
            (
                operation.clone(),
                lower::Paging {
                    items,
                    cursor,
                    next,
                    more,
                },
            )
        });
        lower::Options {
            paging: paging.collect(),
            exact: self.file.untyped == Untyped::Exact,
            keep_extra: self.file.extra == Extra::Keep,
            moments: self.file.unix_time == UnixTime::Type,
            types: self.types(),
        }
    }
}

/// Whether a text is the path of a derive, such as `schemars::JsonSchema`.
fn is_path(text: &str) -> bool {
    TypePath::parse(text).is_some_and(|path| path.arguments.is_empty())
}

/// The template of the README in a folder of templates, which is the only one that there is.
fn readme_template(folder: &Path) -> Result<String, String> {
    let unreadable = |path: &Path, error| format!("cannot read `{}`: {error}", path.display());
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    for entry in entries {
        let name = entry
            .map_err(|error| unreadable(folder, error))?
            .file_name();
        if name != "README.md" {
            let (name, folder) = (name.to_string_lossy(), folder.display());
            return Err(format!(
                "`{folder}`: `{name}` is no template; there is `README.md`"
            ));
        }
    }
    let path = folder.join("README.md");
    std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))
}

/// A file of names, by the places of what they name.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Lock {
    names: BTreeMap<String, String>,
}

/// The names that a lock holds; none if it is not there yet.
fn locked(path: PathBuf) -> Result<(PathBuf, BTreeMap<String, String>), String> {
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read.map_err(|error| format!("cannot read `{}`: {error}", path.display()))?,
    };
    let lock: Lock = toml::from_str(&text).map_err(|error| at_fault(&path, &text, &error))?;
    Ok((path, lock.names))
}

/// A fault of a file, with its place.
fn at_fault(path: &Path, text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{}:{line}:{column}: {}", path.display(), error.message())
}

#[cfg(test)]
mod tests {
    use super::Config;
    use std::collections::BTreeSet;

    /// The keys that the reader knows: those that an unknown one is told of.
    fn known() -> BTreeSet<String> {
        let error = toml::from_str::<super::File>("nonsense = 1")
            .expect_err("it is no key")
            .to_string();
        let list = error
            .split("expected one of")
            .nth(1)
            .expect("the keys are listed");
        list.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn the_page_and_the_schema_have_every_key_and_no_other() {
        let page = include_str!("../docs/configuration.md");
        let page = page.split("\n## ").next().expect("the first part");
        let rows = page
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        assert_eq!(rows.map(str::to_owned).collect::<BTreeSet<_>>(), known());
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../docs/oasmith.schema.json")).expect("it is JSON");
        let properties = schema["properties"].as_object().expect("it has properties");
        assert_eq!(properties.keys().cloned().collect::<BTreeSet<_>>(), known());
    }

    #[test]
    fn unknown_members_are_kept_where_that_is_asked_for() {
        let path = std::env::temp_dir().join(format!("oasmith-extra-{}.json", std::process::id()));
        let document = serde_json::json!({
            "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {},
            "components": {"schemas": {
                "Open": {"type": "object", "properties": {"a": {}}},
                "Closed": {"type": "object", "properties": {"a": {}}, "additionalProperties": false}
            }}
        });
        std::fs::write(&path, document.to_string()).expect("it is writable");
        let generated = |extra| {
            let output = Config::new(&path).extra(extra).generate();
            let types = output
                .files()
                .find(|(path, _)| *path == "src/types/shared.rs");
            types.map_or(0, |(_, text)| text.matches("pub extra: BTreeMap").count())
        };
        assert_eq!(generated(super::Extra::Drop), 0);
        assert_eq!(generated(super::Extra::Keep), 1);
        std::fs::remove_file(&path).expect("it is ours");
    }

    #[test]
    fn a_template_of_the_users_stands_before_ours() {
        let folder = std::env::temp_dir().join(format!("oasmith-templates-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("own")).expect("a folder");
        let document = serde_json::json!({
            "openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}
        });
        for (path, text) in [
            ("openapi.json", document.to_string()),
            ("oasmith.toml", "templates = 'own'".to_owned()),
            ("own/README.md", "# All about {{title}}\n".to_owned()),
        ] {
            std::fs::write(folder.join(path), text).expect("it is writable");
        }
        let config = || Config::new(folder.join("openapi.json")).file(&folder.join("oasmith.toml"));
        let output = config().expect("a configuration").generate();
        let readme = output.files().find(|(path, _)| path.ends_with("README.md"));
        let text = readme.map(|(_, text)| text).unwrap_or_default();
        assert!(text.starts_with("<!-- @generated by oasmith"), "{text}");
        assert!(text.ends_with("\n# All about Pets\n"), "{text}");
        std::fs::write(folder.join("own/main.rs"), "").expect("it is writable");
        let error = config().expect_err("it is no template");
        assert!(error.contains("`main.rs` is no template"), "{error}");
        std::fs::remove_dir_all(&folder).expect("it is ours");
    }

    #[test]
    fn a_fault_of_the_file_has_its_place() {
        let path = std::env::temp_dir().join(format!("oasmith-config-{}.toml", std::process::id()));
        for (text, expected) in [
            (
                "name = 'a'\nstrikt = true\n",
                ":2:1: unknown field `strikt`",
            ),
            ("runtime = 'nowhere'\n", ":1:11: unknown variant `nowhere`"),
            (
                "deny = ['no-such-code']\n",
                "there is no code `no-such-code`",
            ),
            ("name = \n", ":1:"),
        ] {
            std::fs::write(&path, text).expect("it is writable");
            let error = Config::new("a.yaml").file(&path).expect_err("it is wrong");
            assert!(error.contains(expected), "{error}");
        }
        std::fs::remove_file(&path).expect("it is ours");
    }
}
