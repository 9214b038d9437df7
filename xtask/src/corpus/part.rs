//! Which operations have a part that is degraded or ignored, and why: from a report.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Operations by a part of theirs that is wider than the document says, or not generated; links and security aside.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) operations: u64,
    /// How many operations each reason touches.
    pub(crate) reasons: BTreeMap<String, u64>,
}

/// Counts what stands below an operation or its path. What operations refer to is counted where it stands, as `elsewhere`.
pub(crate) fn parts(report: &Value) -> Parts {
    let list = |key: &str| {
        report[key]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
    };
    let mut of_path: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for operation in list("operations") {
        let path = operation["path"].as_str().unwrap_or_default();
        let method = operation["method"].as_str().unwrap_or_default();
        of_path
            .entry(path)
            .or_default()
            .insert(method.to_ascii_lowercase());
    }
    let mut touched: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for part in list("degraded").iter().chain(list("ignored")) {
        let pointer = part["pointer"].as_str().unwrap_or_default();
        let steps: Vec<&str> = pointer.split('/').collect();
        let is_aside = steps.contains(&"links") || part["code"] == "unsupported-security";
        let ["#", "paths", path, rest @ ..] = steps.as_slice() else {
            continue;
        };
        if is_aside {
            continue;
        }
        let path = path.replace("~1", "/").replace("~0", "~");
        let Some(methods) = of_path.get(path.as_str()) else {
            continue;
        };
        let one = rest.first().filter(|method| methods.contains(**method));
        let reason = part["message"].as_str().unwrap_or_default();
        for method in methods
            .iter()
            .filter(|method| one.is_none_or(|one| method.as_str() == *one))
        {
            let key = (path.clone(), method.clone());
            touched.entry(key).or_default().insert(reason.to_owned());
        }
    }
    let mut parts = Parts {
        operations: touched.len() as u64,
        ..Parts::default()
    };
    for reason in touched.into_values().flatten() {
        *parts.reasons.entry(reason).or_default() += 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::parts;
    use serde_json::json;

    #[test]
    fn a_part_of_a_path_touches_each_of_its_operations() {
        let report = json!({
            "operations": [
                {"path": "/a/{b}", "method": "GET"}, {"path": "/a/{b}", "method": "PUT"}, {"path": "/c", "method": "GET"}
            ],
            "degraded": [{"code": "x", "message": "wide", "pointer": "#/paths/~1a~1{b}/get/responses/200"}],
            "ignored": [
                {"code": "x", "message": "gone", "pointer": "#/paths/~1a~1{b}/callbacks"},
                {"code": "x", "message": "gone", "pointer": "#/paths/~1a~1{b}/get/callbacks"},
                {"code": "x", "message": "link", "pointer": "#/paths/~1c/get/responses/200/links/next"},
                {"code": "x", "message": "info", "pointer": "#/info"}
            ]
        });
        let parts = parts(&report);
        assert_eq!(parts.operations, 2);
        let reasons: Vec<(&str, u64)> = parts
            .reasons
            .iter()
            .map(|(reason, count)| (reason.as_str(), *count))
            .collect();
        assert_eq!(reasons, [("gone", 2), ("wide", 1)]);
    }
}
