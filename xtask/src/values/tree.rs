//! The files of a document as values, and places in them.

use super::raise::raise;
use crate::corpus::census::{Library, decoded};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) file: PathBuf,
    /// A JSON pointer.
    pub(super) pointer: String,
}

impl Place {
    /// The member or item of this name below it.
    pub(super) fn below(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self {
            file: self.file.clone(),
            pointer: format!("{}/{name}", self.pointer),
        }
    }
}

/// All files of a document, their schemas as JSON Schema 2020-12 has them.
pub(super) struct Documents {
    pub(super) root: PathBuf,
    pub(super) files: BTreeMap<PathBuf, Value>,
    /// The component schemas that include another one.
    children: BTreeMap<Place, Vec<Place>>,
}

impl Documents {
    /// Reads these files, the first of which is the document itself, as plain JSON Schema or as what OpenAPI adds to it.
    pub(super) fn read(files: &[PathBuf], plain: bool) -> Result<Self, String> {
        let mut library = Library::default();
        let mut read = BTreeMap::new();
        let mut root = None;
        for file in files {
            let path = file
                .canonicalize()
                .map_err(|error| format!("cannot find {}: {error}", file.display()))?;
            let value = library.file(&path)?.clone();
            read.insert(path.clone(), value);
            root.get_or_insert(path);
        }
        let root = root.ok_or("there is no document")?;
        let version = read[&root].get("openapi").and_then(Value::as_str);
        let older = version.is_none_or(|version| version.starts_with("3.0"));
        read.values_mut()
            .for_each(|value| raise(value, older, plain));
        let mut documents = Self {
            root,
            files: read,
            children: BTreeMap::new(),
        };
        documents.children = documents.included();
        Ok(documents)
    }

    /// Where the component schemas of the document stand.
    pub(super) fn components(&self) -> Vec<Place> {
        let root = Place {
            file: self.root.clone(),
            pointer: String::new(),
        };
        let homes = [
            root.below("components").below("schemas"),
            root.below("definitions"),
        ];
        let mut places = Vec::new();
        for home in homes {
            let names = self.value(&home).and_then(Value::as_object);
            let names = names.into_iter().flat_map(|names| names.keys());
            places.extend(names.map(|name| home.below(name)));
        }
        places
    }

    fn included(&self) -> BTreeMap<Place, Vec<Place>> {
        let mut children: BTreeMap<Place, Vec<Place>> = BTreeMap::new();
        for place in self.components() {
            let all = self
                .value(&place)
                .and_then(|schema| schema.get("allOf")?.as_array());
            for number in 0..all.map_or(0, Vec::len) {
                let part = place.below("allOf").below(&number.to_string());
                if let Some(target) = self.target(&part) {
                    children.entry(target).or_default().push(place.clone());
                }
            }
        }
        children
    }

    /// The component schemas that include this one.
    pub(super) fn children(&self, place: &Place) -> &[Place] {
        self.children
            .get(place)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// Where the reference at a place leads.
    pub(super) fn target(&self, place: &Place) -> Option<Place> {
        let reference = self.value(place)?.get("$ref")?.as_str()?;
        self.find(&place.file, reference)
    }

    /// The schema that a mapping of a discriminator means, by a reference or by its name.
    pub(super) fn mapped(&self, from: &Place, target: &str) -> Option<Place> {
        let by_name = || {
            let mut places = self.components().into_iter();
            places.find(|place| place.pointer.rsplit('/').next() == Some(target))
        };
        let found = self.find(&from.file, target);
        found
            .filter(|place| self.value(place).is_some())
            .or_else(by_name)
    }

    fn find(&self, file: &Path, reference: &str) -> Option<Place> {
        let found = target(file, reference)?;
        if found.pointer.is_empty() || found.pointer.starts_with('/') {
            return Some(found);
        }
        let pointer = anchored(self.files.get(&found.file)?, &found.pointer)?;
        Some(Place { pointer, ..found })
    }

    pub(super) fn value(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.pointer(&place.pointer)
    }

    /// The place that references lead to from here.
    pub(super) fn resolved(&self, place: &Place) -> Option<Place> {
        let mut place = place.clone();
        for _ in 0..64 {
            if self
                .value(&place)?
                .get("$ref")
                .is_none_or(|reference| !reference.is_string())
            {
                return Some(place);
            }
            place = self.target(&place)?;
        }
        None
    }
}

fn target(file: &Path, reference: &str) -> Option<Place> {
    let (relative, pointer) = reference.split_once('#').unwrap_or((reference, ""));
    let file = match relative {
        "" => file.to_path_buf(),
        _ => file.parent()?.join(decoded(relative)).canonicalize().ok()?,
    };
    Some(Place {
        file,
        pointer: decoded(pointer),
    })
}

/// The pointer of the schema with this anchor.
fn anchored(file: &Value, name: &str) -> Option<String> {
    let mut work = vec![(file, String::new())];
    while let Some((value, pointer)) = work.pop() {
        match value {
            Value::Object(fields) => {
                let anchor = fields.get("$anchor").and_then(Value::as_str);
                if anchor == Some(name) {
                    return Some(pointer);
                }
                let below = |(key, value)| {
                    let key: &String = key;
                    let key = key.replace('~', "~0").replace('/', "~1");
                    (value, format!("{pointer}/{key}"))
                };
                work.extend(fields.iter().map(below));
            }
            Value::Array(items) => {
                let below = |(number, value)| (value, format!("{pointer}/{number}"));
                work.extend(items.iter().enumerate().map(below));
            }
            _ => {}
        }
    }
    None
}
