//! Which values are valid, by a validator that the generator has no part in.

use super::tree::{Documents, Place};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The number of a schema within its validator takes so many bits.
const SHIFT: u32 = 12;

/// How many schemas are judged by one validator: it holds what they reach once.
const TOGETHER: usize = 2_000;

/// The schemas of a document.
pub(super) struct Judge<'a> {
    registry: Registry<'a>,
    /// The schemas that are judged, in the order of their numbers, and validators of so many of them each.
    numbers: BTreeMap<Place, usize>,
    validators: Vec<Validator>,
    /// A format is a remark.
    plain: bool,
}

impl Judge<'_> {
    /// Of the schemas at these places.
    pub(super) fn new(
        documents: &Documents,
        places: &BTreeSet<Place>,
        plain: bool,
    ) -> Result<Self, String> {
        let mut registry = Registry::new().draft(Draft::Draft202012);
        for (file, value) in &documents.files {
            registry = registry
                .add(uri(file), value.clone())
                .map_err(|error| error.to_string())?;
        }
        let registry = registry.prepare().map_err(|error| error.to_string())?;
        let mut judge = Self {
            registry,
            numbers: BTreeMap::new(),
            validators: Vec::new(),
            plain,
        };
        let places: Vec<&Place> = places.iter().collect();
        for places in places.chunks(TOGETHER) {
            judge.add(places);
        }
        Ok(judge)
    }

    /// Whether a value is valid; `None` where the schema itself is not.
    pub(super) fn is_valid(&self, place: &Place, value: &Value) -> Option<bool> {
        let number = *self.numbers.get(place)?;
        let wrapped = json!({ number.to_string(): value });
        Some(self.validators.get(number >> SHIFT)?.is_valid(&wrapped))
    }

    /// One validator for all these schemas, each in a member of its own; fewer where some are no schemas.
    fn add(&mut self, places: &[&Place]) {
        let first = self.validators.len() << SHIFT;
        let members = places.iter().enumerate().map(|(number, place)| {
            let reference = format!("{}#{}", uri(&place.file), encoded(&place.pointer));
            ((first + number).to_string(), json!({ "$ref": reference }))
        });
        let members: Map<String, Value> = members.collect();
        let options = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(&self.registry);
        let built = options
            .should_validate_formats(!self.plain)
            .with_format("byte", is_base64)
            .with_format("base64", is_base64)
            .with_format("base64url", is_base64)
            .offline()
            .build(&json!({ "properties": members }));
        match built {
            Ok(validator) => {
                let numbered = places.iter().enumerate();
                self.numbers
                    .extend(numbered.map(|(number, place)| ((*place).clone(), first + number)));
                self.validators.push(validator);
            }
            Err(_) if places.len() > 1 => {
                let (some, others) = places.split_at(places.len() / 2);
                self.add(some);
                self.add(others);
            }
            Err(_) => {}
        }
    }
}

/// Whether a text is base64 of RFC 4648, of either alphabet, in lines or not, with or without `=` at its end.
fn is_base64(text: &str) -> bool {
    let text: String = text.split_ascii_whitespace().collect();
    let text = text.trim_end_matches('=');
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte);
    text.bytes().all(fits) && text.len() % 4 != 1
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
