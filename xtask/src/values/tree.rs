//! The files of a document as values, and places in them.

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

/// All files of a document.
pub(super) struct Documents {
    pub(super) root: PathBuf,
    pub(super) files: BTreeMap<PathBuf, Value>,
}

impl Documents {
    /// Reads these files, the first of which is the document itself.
    pub(super) fn read(files: &[PathBuf]) -> Result<Self, String> {
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
        Ok(Self { root, files: read })
    }

    pub(super) fn value(&self, place: &Place) -> Option<&Value> {
        self.files.get(&place.file)?.pointer(&place.pointer)
    }

    /// The place that references lead to from here.
    pub(super) fn resolved(&self, place: &Place) -> Option<Place> {
        let mut place = place.clone();
        for _ in 0..64 {
            let reference = self.value(&place)?.get("$ref").and_then(Value::as_str);
            match reference {
                Some(reference) => place = target(&place.file, reference)?,
                None => return Some(place),
            }
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
