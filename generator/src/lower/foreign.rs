//! Types of others in the place of schemas: by the configuration, by `x-rust-type`, by format.

use super::{Lowering, enumeration};
use crate::diagnostic::{Diagnostic, Place, code, similar};
use crate::document::{Schema, SchemaId, SchemaType};
use crate::ir::foreign::{By, Foreign, ForeignId, Path};
use crate::ir::{Rules, Ty, Value};
use crate::source::NodeId;
use std::collections::{BTreeMap, BTreeSet};

/// Types of the configuration. Where it does not say how, a string is text, and anything else is serde's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Types {
    /// By the name of a component schema, or a JSON pointer (`#/…`).
    pub(crate) schemas: BTreeMap<String, Replacement>,
    /// By `format`.
    pub(crate) formats: BTreeMap<String, Replacement>,
    /// The crates, as paths name them, that `x-rust-type` may name.
    pub(crate) crates: BTreeSet<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Replacement {
    pub(crate) path: Path,
    pub(crate) by: Option<By>,
}

/// What is known of replacements while the API is put together.
#[derive(Default)]
pub(super) struct Replacements {
    /// The key of the configuration that means a schema, by the schema's place.
    places: BTreeMap<NodeId, String>,
    /// Keys that have replaced something.
    used: BTreeSet<String>,
    known: BTreeMap<(String, By), ForeignId>,
}

impl Lowering<'_> {
    /// Finds the schemas that the configuration names.
    pub(super) fn find_replaced(&mut self) {
        let (document, options) = (self.document, self.options);
        for key in options.types.schemas.keys() {
            let at = if key.starts_with("#/") {
                self.tree.resolve(self.tree.root(), key).ok()
            } else {
                let mut schemas = document.components.schemas.iter();
                let named = schemas.find(|(name, _)| name.name == *key);
                named.map(|(_, id)| document.schema(*id).at)
            };
            if let Some(at) = at {
                self.replacements.places.insert(at, key.clone());
            }
        }
    }

    /// Reports what the configuration replaces and the document does not have.
    pub(super) fn unused_replacements(&mut self) {
        let (document, options) = (self.document, self.options);
        let names = || {
            document
                .components
                .schemas
                .iter()
                .map(|(name, _)| name.name.as_str())
        };
        let schemas = options.types.schemas.keys();
        let formats = options.types.formats.keys();
        let all = schemas
            .map(|key| (key.clone(), "schema", similar(key, names())))
            .chain(formats.map(|key| (format_key(key), "schema of this format", None)));
        for (key, what, near) in all {
            if self.replacements.used.contains(&key) {
                continue;
            }
            let message = format!("`types` replaces `{key}`, and there is no such {what}");
            let help = near.map_or_else(
                || {
                    "give the name of a component schema, or a JSON pointer that starts with `#/`"
                        .to_owned()
                },
                |near| format!("there is `{near}`"),
            );
            let fault = Diagnostic::new(code::UNUSED_CHOICE, Place::Nowhere, message);
            self.diagnostics.report(fault.help(help));
        }
    }

    /// The value of a schema in whose place a type of another crate stands.
    pub(super) fn foreign_value(&mut self, id: SchemaId) -> Option<Value> {
        let document = self.document;
        let own = document.schema(id);
        let replacement = self.replacement(own)?;
        let whole = self.whole(id);
        let by = replacement.by.unwrap_or(if self.is_text(whole) {
            By::Text
        } else {
            By::Serde
        });
        let nullable = self.choice(id).nullable || self.is_nullable(whole);
        let mut rules = match by {
            By::Text => self.rules(whole, &Ty::String, nullable),
            By::Serde => {
                self.unchecked(own, &replacement.path);
                Rules::default()
            }
        };
        rules.sample = self.shown(id);
        let ty = Ty::Foreign(self.foreign(replacement.path, by));
        Some(Value {
            ty,
            nullable,
            rules,
        })
    }

    fn foreign(&mut self, path: Path, by: By) -> ForeignId {
        let foreign = &mut self.api.foreign;
        let key = (path.to_string(), by);
        *self.replacements.known.entry(key).or_insert_with(|| {
            foreign.push(Foreign { path, by });
            ForeignId((foreign.len() - 1) as u32)
        })
    }

    fn replacement(&mut self, schema: &Schema) -> Option<Replacement> {
        let options = self.options;
        if let Some(key) = self.replacements.places.get(&schema.at) {
            self.replacements.used.insert(key.clone());
            return options.types.schemas.get(key).cloned();
        }
        if let Some(path) = self.said(schema) {
            return Some(Replacement { path, by: None });
        }
        let format = &schema.format.as_ref()?.name;
        let found = options.types.formats.get(format)?;
        self.replacements.used.insert(format_key(format));
        Some(found.clone())
    }

    /// `x-rust-type: url::Url`, or `x-rust-type: { path: url::Url }`, where its crate is there.
    fn said(&mut self, schema: &Schema) -> Option<Path> {
        let mut extensions = schema.extensions.iter();
        let at = extensions
            .find(|extension| extension.name == "x-rust-type")?
            .at;
        let text = self.tree.str(at);
        let text = text.or_else(|| self.tree.str(self.tree.get(at, "path")?));
        let path = text.and_then(Path::parse);
        let parameters = self.tree.get(at, "parameters");
        let missing = path.as_ref().and_then(|path| {
            let here = ["alloc", "core", "crate", "std"];
            let crates = &self.options.types.crates;
            let mut named = path.crates().into_iter();
            let missing = named.find(|name| !here.contains(name) && !crates.contains(*name));
            missing.map(str::to_owned)
        });
        let (label, help) = match (&path, missing, parameters) {
            (Some(_), None, None) => return path,
            (None, ..) => (
                "no path of a type".to_owned(),
                "write a path such as `url::Url`".to_owned(),
            ),
            (_, Some(missing), _) => (
                format!("the crate `{missing}` is not there"),
                format!(
                    "add `{missing}` to `[manifest.dependencies]` in oasmith.toml to use the type"
                ),
            ),
            _ => (
                "`parameters` are schemas".to_owned(),
                "write the types it is given in the path: `std::ops::Range<u64>`".to_owned(),
            ),
        };
        if self.reported.insert((at, code::UNUSABLE_TYPE.id)) {
            let message = "`x-rust-type` is left aside, and the schema has its own type";
            let fault = Diagnostic::new(code::UNUSABLE_TYPE, Place::Node(at), message);
            self.diagnostics.report(fault.label(label).help(help));
        }
        None
    }

    /// Whether all values but null are strings.
    fn is_text(&self, schema: &Schema) -> bool {
        let mut kinds = schema
            .types
            .iter()
            .filter(|kind| **kind != SchemaType::Null);
        match kinds.next() {
            Some(SchemaType::String) => kinds.next().is_none(),
            Some(_) => false,
            None => enumeration::kinds(schema, self.tree) == [SchemaType::String],
        }
    }

    /// A value that the document shows of a schema.
    fn shown(&mut self, id: SchemaId) -> Option<serde_json::Value> {
        let (tree, whole) = (self.tree, self.whole(id));
        let nodes = whole.examples.iter().chain(&whole.default);
        let values = nodes.map(|node| tree.json(*node));
        let listed = enumeration::listed(whole, tree).and_then(|listed| listed.list);
        let listed =
            listed.and_then(|list| list.variants.first().map(|variant| variant.value.clone()));
        values.chain(listed).find(|json| !json.is_null())
    }

    fn unchecked(&mut self, schema: &Schema, path: &Path) {
        if self.reported.insert((schema.at, code::REPLACED_SCHEMA.id)) {
            let message = format!("what the schema demands is up to `{path}`");
            self.diagnostics.report(
                Diagnostic::new(code::REPLACED_SCHEMA, Place::Node(schema.at), message)
                    .label("not checked")
                    .help("the type has to read and write by serde what the schema describes"),
            );
        }
    }
}

/// A format among the keys of the configuration.
fn format_key(format: &str) -> String {
    format!("formats.{format}")
}
