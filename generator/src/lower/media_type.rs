//! Media types: what is meant by one, and how it is read and written.

use crate::document::MediaType;
use crate::ir::Codec;

/// The media types that a key of a content map means. Most are one; some documents list several, or say less than one.
pub(super) fn meant(key: &str) -> Vec<String> {
    if key.contains('"') {
        return vec![key.to_owned()];
    }
    let mut found: Vec<String> = Vec::new();
    for part in key
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match (part.contains('/'), found.last_mut()) {
            (true, _) => found.push(part.to_owned()),
            // A parameter after a comma instead of a semicolon.
            (false, Some(before)) if part.contains('=') => {
                before.push_str("; ");
                before.push_str(part);
            }
            (false, _) => found.push(format!("application/{}", part.to_ascii_lowercase())),
        }
    }
    if found.is_empty() {
        found.push("*/*".to_owned());
    }
    found
}

/// `type/subtype` in lower case, without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

pub(super) fn is_range(media_type: &str) -> bool {
    essence(media_type).ends_with("/*")
}

/// Whether JSON is in the range.
pub(super) fn is_open_to_json(media_type: &str) -> bool {
    matches!(&*essence(media_type), "*/*" | "application/*")
}

/// Whether the range is that of all texts.
pub(super) fn is_open_to_text(media_type: &str) -> bool {
    essence(media_type) == "text/*"
}

/// Whether a text of this media type may hold anything, and so JSON too; the others have a format of their own.
pub(super) fn is_any_text(media_type: &str) -> bool {
    essence(media_type) == "text/plain"
}

/// How a media type is read and written; `None` where its schema has to say.
pub(super) fn codec(media_type: &str) -> Option<Codec> {
    let essence = essence(media_type);
    let (kind, sub) = essence.split_once('/')?;
    match (kind, sub) {
        (_, "json" | "x-json") => Some(Codec::Json),
        (_, sub) if sub.ends_with("+json") => Some(Codec::Json),
        ("text", "event-stream" | "xml" | "*") => None,
        ("text", _) => Some(Codec::Text),
        ("application", "octet-stream" | "pdf" | "zip" | "gzip") => Some(Codec::Bytes),
        ("image" | "audio" | "video" | "font", _) => Some(Codec::Bytes),
        _ => None,
    }
}

/// The codec of a form, of parts, of XML or YAML, or of a stream of items.
pub(super) fn streamed(media_type: &str, media: &MediaType) -> Option<Codec> {
    let essence = essence(media_type);
    let (kind, sub) = essence.split_once('/')?;
    Some(match (kind, sub) {
        ("application", "x-www-form-urlencoded") => Codec::Form,
        ("multipart", _) if media.schema.is_none() && media.item_schema.is_some() => Codec::Parts,
        ("multipart", _) => Codec::Multipart,
        ("text", "event-stream") => Codec::Events,
        (_, "jsonl" | "x-jsonl" | "ndjson" | "x-ndjson" | "json-lines" | "jsonlines") => {
            Codec::Lines
        }
        (_, "json-seq") => Codec::Sequence,
        (_, sub) if sub.ends_with("+json-seq") => Codec::Sequence,
        ("application" | "text", "xml") => Codec::Xml,
        (_, sub) if sub.ends_with("+xml") => Codec::Xml,
        ("application" | "text", "yaml" | "x-yaml" | "vnd.yaml" | "yml" | "x-yml") => Codec::Yaml,
        (_, sub) if sub.ends_with("+yaml") => Codec::Yaml,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_is_no_media_type_means_one() {
        for (key, expected) in [
            ("application/json", &["application/json"] as &[&str]),
            (
                "application/json; charset=utf-8",
                &["application/json; charset=utf-8"],
            ),
            (
                "application/json, charset=utf-8",
                &["application/json; charset=utf-8"],
            ),
            (
                "application/json, text/plain",
                &["application/json", "text/plain"],
            ),
            ("JSON", &["application/json"]),
            ("", &["*/*"]),
            ("a/b; c=\"d, e\"", &["a/b; c=\"d, e\""]),
        ] {
            assert_eq!(meant(key), expected, "{key}");
        }
    }
}
