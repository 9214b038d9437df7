//! `specs/bycloud.yaml` as plain data, and steps through it that follow references.

use serde_json::Value;

/// The document, read with no code of the generator.
pub(crate) fn document() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs/bycloud.yaml");
    let text = std::fs::read_to_string(path).expect("the document is there");
    serde_yaml::from_str(&text).expect("the document is YAML")
}

/// Where `steps` lead to, as a JSON pointer with references followed.
///
/// A step is a key of an object; in an array it is an index, or the `name` of an element.
pub(crate) fn locate<S: AsRef<str>>(document: &Value, steps: &[S]) -> Option<String> {
    steps.iter().try_fold(String::new(), |at, step| {
        let step = step.as_ref();
        let key = match document.pointer(&at)? {
            Value::Object(members) => members.get_key_value(step)?.0.clone(),
            Value::Array(items) => position(document, &at, items.len(), step)?.to_string(),
            _ => return None,
        };
        follow(document, child(&at, &key))
    })
}

/// The pointer to a member of what `at` points to.
pub(crate) fn child(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

fn position(document: &Value, at: &str, length: usize, step: &str) -> Option<usize> {
    let named = |index: &usize| {
        let element = follow(document, format!("{at}/{index}"));
        element.and_then(|element| {
            document
                .pointer(&element)?
                .get("name")?
                .as_str()
                .map(|name| name == step)
        }) == Some(true)
    };
    let index = step.parse().ok().filter(|index| *index < length);
    index.or_else(|| (0..length).find(named))
}

/// `at`, or what a reference there leads to.
pub(crate) fn follow(document: &Value, mut at: String) -> Option<String> {
    for _ in 0..16 {
        match document.pointer(&at)?.get("$ref").and_then(Value::as_str) {
            Some(reference) => at = reference.strip_prefix('#')?.to_owned(),
            None => return Some(at),
        }
    }
    None
}
