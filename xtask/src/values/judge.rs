//! Which values are valid, by a validator that the generator has no part in.

use super::raise::raise;
use super::tree::{Documents, Place};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

/// The schemas of a document, raised.
pub(super) struct Judge<'a> {
    registry: Registry<'a>,
    /// The last schema that was asked for: a validator holds all that its schema reaches, and may be large.
    last: Option<(Place, Option<Validator>)>,
}

impl Judge<'_> {
    /// Over all files of a document.
    pub(super) fn new(documents: &Documents) -> Result<Self, String> {
        let root = &documents.files[&documents.root];
        let version = root
            .get("openapi")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let older = version.is_empty() || version.starts_with("3.0");
        let mut registry = Registry::new().draft(Draft::Draft202012);
        for (file, value) in &documents.files {
            let mut value = value.clone();
            if older {
                raise(&mut value);
            }
            registry = registry
                .add(uri(file), value)
                .map_err(|error| error.to_string())?;
        }
        let registry = registry.prepare().map_err(|error| error.to_string())?;
        Ok(Self {
            registry,
            last: None,
        })
    }

    /// Whether a value is valid; `None` where the schema itself is not.
    pub(super) fn is_valid(&mut self, place: &Place, value: &Value) -> Option<bool> {
        if self.last.as_ref().is_none_or(|(last, _)| last != place) {
            let validator = self.validator(place);
            self.last = Some((place.clone(), validator));
        }
        let (_, validator) = self.last.as_ref()?;
        Some(validator.as_ref()?.is_valid(value))
    }

    fn validator(&self, place: &Place) -> Option<Validator> {
        let reference = format!("{}#{}", uri(&place.file), encoded(&place.pointer));
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry);
        options
            .should_validate_formats(true)
            .offline()
            .build(&json!({ "$ref": reference }))
            .ok()
    }
}

fn uri(file: &std::path::Path) -> String {
    format!("file://{}", encoded(&file.display().to_string()))
}

/// A pointer as a fragment has it.
fn encoded(pointer: &str) -> String {
    let mut out = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'~' | b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
