//! Which version of OpenAPI a document declares.

use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::Version;
use crate::source::{Tree, Value};

const SUPPORTED: &str = "OpenAPI 3.0, 3.1 and 3.2 are supported, and Swagger 2.0";

pub(super) fn detect(tree: &Tree, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = tree.root();
    let fault = |code, place, message: String, label: &str| {
        Diagnostic::new(code, place, message)
            .label(label.to_owned())
            .help(SUPPORTED)
    };
    if !matches!(tree.value(root), Value::Map(_)) {
        let found = super::shape::found(tree.value(root));
        let message = format!("an OpenAPI document is a map; this is {found}");
        diagnostics.report(fault(
            code::MISSING_VERSION,
            Place::Node(root),
            message,
            "not a map",
        ));
        return None;
    }
    let Some((field, node)) = ["openapi", "swagger"]
        .into_iter()
        .find_map(|key| Some((key, tree.get(root, key)?)))
    else {
        let message =
            "the document does not say which version of OpenAPI it is in: it has no `openapi`"
                .to_owned();
        diagnostics.report(fault(
            code::MISSING_VERSION,
            Place::Node(root),
            message,
            "no `openapi`",
        ));
        return None;
    };
    let written = match tree.value(node) {
        Value::String(text) | Value::Number(text) => text,
        _ => "",
    };
    let is_number = matches!(tree.value(node), Value::Number(_));
    if let Some(version) = parse(field, written).filter(|_| !is_number) {
        return Some(version);
    }
    if let Some((version, full)) = meant(written) {
        let message = format!("`{field}: {written}` is no version, and {full} is evidently meant");
        let said = Diagnostic::new(code::LOOSE_VALUE, Place::Node(node), message);
        diagnostics.report(said.label("not a version").help(format!(
            "write `{}: '{full}'`",
            if version == Version::V2_0 {
                "swagger"
            } else {
                "openapi"
            }
        )));
        return Some(version);
    }
    let (code, message) = match tree.value(node) {
        Value::String(text) | Value::Number(text) => (
            code::UNSUPPORTED_VERSION,
            format!("`{field}: {text}` is not a supported version"),
        ),
        other => {
            let found = super::shape::found(other);
            (
                code::WRONG_TYPE,
                format!("the version is {found}, where a string such as `3.1.0` is expected"),
            )
        }
    };
    diagnostics.report(fault(code, Place::Node(node), message, "this version"));
    None
}

/// The version that another spelling names: a number, without a patch, or with letters about it.
fn meant(text: &str) -> Option<(Version, &'static str)> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let mut parts = text.split('.');
    let major = parts.next()?;
    let minor = parts.next().unwrap_or("0");
    match (major, minor) {
        ("2", "0") => Some((Version::V2_0, "2.0")),
        ("3", "0" | "00") => Some((Version::V3_0, "3.0.0")),
        ("3", "1" | "10") => Some((Version::V3_1, "3.1.0")),
        ("3", "2" | "20") => Some((Version::V3_2, "3.2.0")),
        _ => None,
    }
}

/// Any patch of a minor version is that minor version, as the specification has it.
fn parse(field: &str, text: &str) -> Option<Version> {
    let mut parts = text.trim().splitn(3, '.');
    let minor = (field, parts.next()?, parts.next()?);
    // 3.x has always a patch, 2.0 never.
    let patch = parts.next().or((field == "swagger").then_some("0"))?;
    if !patch.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    match minor {
        ("swagger", "2", "0") => Some(Version::V2_0),
        ("openapi", "3", "0") => Some(Version::V3_0),
        ("openapi", "3", "1") => Some(Version::V3_1),
        ("openapi", "3", "2") => Some(Version::V3_2),
        _ => None,
    }
}
