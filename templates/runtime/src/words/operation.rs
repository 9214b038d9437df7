//! `GET "/v1/backups", security ["bearerAuth"], query { limit(default = 20) } responses { 200 Ok(body): json }`.

use super::super::operation::{
    Answer, BodyTable, Codec, Encoding, Location, Media, OperationTable, Parameter, Requirement,
    StatusKey,
};
use super::mark::Said;
use super::object::field;
use super::reader::Reader;
use super::{Registry, Table};

impl Table for OperationTable {
    fn registry() -> &'static Registry<Self> {
        static TABLES: Registry<OperationTable> = Registry::new();
        &TABLES
    }

    fn read(words: &mut Reader) -> Self {
        let mut table = Self {
            name: words.word().unwrap_or_default(),
            id: words.string().unwrap_or_default(),
            method: words.string().or_else(|| words.word()).unwrap_or_default(),
            route: words.string().unwrap_or_default(),
            base: &[],
            parameters: &[],
            body: None,
            security: &[],
            answers: &[],
        };
        let mut parameters = Vec::new();
        while let Some(section) = words.word() {
            let mut located = |location, words: &mut Reader| {
                let fields = words.list(('{', '}'), field);
                parameters.extend(
                    fields
                        .into_iter()
                        .map(|field| Parameter { location, field }),
                );
            };
            match section {
                "base" => table.base = Vec::from_iter(words.string()).leak(),
                "security" => table.security = security(words),
                "path" => located(Location::Path, words),
                "query" => located(Location::Query, words),
                "header" => located(Location::Header, words),
                "cookie" => located(Location::Cookie, words),
                "body" => table.body = body(words),
                "responses" => table.answers = words.list(('{', '}'), answer).leak(),
                _ => debug_assert!(false, "no section is called {section}"),
            }
        }
        table.parameters = parameters.leak();
        table
    }
}

fn security(words: &mut Reader) -> &'static [&'static [Requirement]] {
    let mut alternatives: Vec<&'static [Requirement]> = Vec::new();
    while words.is_at('[') {
        let one = |words: &mut Reader| {
            Some(Requirement {
                scheme: words.string()?,
                scopes: words.strings(('(', ')')),
            })
        };
        alternatives.push(words.list(('[', ']'), one).leak());
    }
    alternatives.leak()
}

/// `{ json "application/merge-patch+json" (required) }`, or `{ UpdatePetBody { Json: json } (required) }`, a choice.
fn body(words: &mut Reader) -> Option<BodyTable> {
    words.has('{');
    let word = words.word()?;
    let is_choice = words.is_at('{');
    let mut media = if is_choice {
        words.list(('{', '}'), choice)
    } else {
        Vec::from_iter(media(word, words))
    };
    let field = Said::read(words).of("body", "");
    if let ([media], false) = (media.as_mut_slice(), is_choice) {
        media.marks = field.marks;
    }
    words.has(',');
    words.has('}');
    Some(BodyTable {
        field,
        media: media.leak(),
    })
}

/// `Csv: text "text/csv" (max_length = 20)`.
fn choice(words: &mut Reader) -> Option<Media> {
    words.word()?;
    words.has(':');
    let codec = words.word()?;
    said(media(codec, words)?, words)
}

/// A media type of which the parentheses that are next are said, if they are.
fn said(media: Media, words: &mut Reader) -> Option<Media> {
    Some(Media {
        marks: Said::read(words).marks.leak(),
        ..media
    })
}

/// `form "a/b" "c/d" [("tags", style = "form")]`, after its first word.
fn media(word: &str, words: &mut Reader) -> Option<Media> {
    let codec = codec(word)?;
    let mut names = Vec::new();
    while let Some(name) = words.string() {
        names.push(name);
    }
    if names.is_empty() {
        names.push(codec.usual());
    }
    let mut media = Media::new(codec, names.leak());
    media.encoding = encodings(words);
    Some(media)
}

fn codec(word: &str) -> Option<Codec> {
    Some(match word {
        "json" => Codec::Json,
        "text" => Codec::Text,
        "bytes" => Codec::Bytes,
        "form" => Codec::Form,
        "multipart" => Codec::Multipart,
        "xml" => Codec::Xml,
        "yaml" => Codec::Yaml,
        "lines" => Codec::Lines,
        "sequence" => Codec::Sequence,
        "events" => Codec::Events,
        "parts" => Codec::Parts,
        _ => return None,
    })
}

/// `[("tags", style = "form") ("icon", content_type = "image/png")]`, if they are next.
pub(super) fn encodings(words: &mut Reader) -> &'static [Encoding] {
    words.list(('[', ']'), encoding).leak()
}

/// `("tags", style = "form", encoding = [("inner")])`.
fn encoding(words: &mut Reader) -> Option<Encoding> {
    words.has('(');
    let mut encoding = Encoding::of(words.string()?);
    words.has(',');
    words.items(')', |words| {
        let Some(word) = words.word() else { return };
        words.has('=');
        match word {
            "encoding" => {
                encoding = encoding.encoding(encodings(words));
            }
            "explode" => encoding = encoding.explode(words.literal() == Some("true")),
            "allow_reserved" => encoding = encoding.allow_reserved(words.literal() == Some("true")),
            "content_type" => {
                encoding = encoding.content_type(words.string().unwrap_or_default());
            }
            "style" => encoding = encoding.style(words.string().unwrap_or_default()),
            _ => debug_assert!(false, "nothing of an encoding is called {word}"),
        }
    });
    Some(encoding)
}

/// `200 Ok(body, headers): json "application/json" (max_items = 2)`.
fn answer(words: &mut Reader) -> Option<Answer> {
    let status = StatusKey::of(words.word()?);
    let name = words.word()?;
    words.list(('(', ')'), Reader::word);
    words.has(':');
    let codec = words.word()?;
    let media = match media(codec, words) {
        Some(media) => said(media, words),
        None => None,
    };
    Some(Answer {
        name,
        status,
        media,
    })
}
