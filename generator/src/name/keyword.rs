//! Names that Rust, the runtime or the generated code has taken.

/// Keywords of every edition, used or reserved (Rust Reference, "Keywords"), in order.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// A type of such a name would shadow what generated code and its macros mean by it, or be called like its constructor.
pub(super) const TYPES: &[&str] = &["New", "Self"];

pub(super) const FIELDS: &[&str] = &[];

/// `Unknown` is what an open enum keeps a value in that the document does not list.
const VARIANTS: &[&str] = &["Unknown"];

/// `Several` is what a union keeps a value in that is several of its variants at once.
pub(super) const VARIANTS_OF_UNION: &[&str] = &["Unknown", "Several"];

/// `Other` is what an enum keeps a text in that the document allows without listing it.
const VARIANTS_OF_ANY: &[&str] = &["Unknown", "Other"];

/// What is taken among the variants of an enum.
pub(super) fn variants(any: bool) -> &'static [&'static str] {
    if any { VARIANTS_OF_ANY } else { VARIANTS }
}

/// Modules that every generated crate has beside those of its groups.
pub(super) const MODULES: &[&str] = &[
    "shared",
    "unreached",
    "checks",
    "runtime",
    "types",
    "operations",
    "client",
    "server",
    // The router's builder has a method for each.
    "build",
    "document",
    "limits",
    "max_body_bytes",
    "not_implemented",
];

/// Features that every generated crate has.
pub(super) const FEATURES: &[&str] = &[
    "arbitrary",
    "client",
    "default",
    "native-tls",
    "reqwest",
    "rustls",
    "server",
    "tracing",
    "unreached",
];

/// What stands beside the traits in the client and server modules.
pub(super) const INTERFACES: &[&str] =
    &["Call", "Client", "ClientBuilder", "Router", "RouterBuilder"];

/// A response's own methods, and those of traits that it implements.
pub(super) const RESPONSES: &[&str] = &[
    "clone", "empty", "eq", "fmt", "ok", "places", "status", "views",
];

pub(super) const REQUESTS: &[&str] = &["New", "StatusCode"];

/// The client's own methods, and those of traits that it implements.
pub(super) const METHODS: &[&str] = &["borrow", "builder", "call", "clone", "fmt", "into", "over"];

/// The client builder's own methods.
pub(super) const BUILDER: &[&str] = &[
    "allow_unknown",
    "base_url",
    "build",
    "header",
    "http_client",
    "max_response_bytes",
    "new",
    "over",
    "timeout",
    "transport",
    "user_agent",
];

/// Crates that come with rustc, and those that generated code names.
const CRATES: &[&str] = &[
    "alloc",
    "bytes",
    "chrono",
    "core",
    "http",
    "jiff",
    "oasmith-runtime",
    "proc-macro",
    "regex",
    "reqwest",
    "serde",
    "serde-json",
    "std",
    "test",
    "time",
    "tower-service",
    "tracing",
    "uuid",
];

/// Whether a crate may be called so: it is no keyword, and no crate that its own code names.
pub(crate) fn is_crate_name(name: &str) -> bool {
    !CRATES.contains(&name) && !KEYWORDS.contains(&name) && !NEVER_RAW.contains(&name)
}

/// A name as an identifier: raw where it is a keyword.
pub(super) fn identifier(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        name + "_"
    } else if KEYWORDS.binary_search(&name.as_str()).is_ok() {
        format!("r#{name}")
    } else {
        name
    }
}

/// A name as a Cargo feature: letters, digits, `-` and `_`.
pub(super) fn feature(name: &str) -> String {
    let kept: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    // A feature starts with a letter, a digit or `_`.
    let kept = kept.trim_matches('-');
    if kept.is_empty() {
        "tag".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, NEVER_RAW, identifier};

    #[test]
    fn every_keyword_is_known() {
        for word in KEYWORDS {
            assert_eq!(identifier((*word).to_owned()), format!("r#{word}"));
        }
        for word in NEVER_RAW {
            assert_eq!(identifier((*word).to_owned()), format!("{word}_"));
        }
        assert_eq!(identifier("matches".to_owned()), "matches");
    }
}
