//! `open never by "petType" { Cat: "cat", Dog: "dog" | _, Size: string (max_length = 20) has "size" }`.

use super::super::table::{Accepts, Several, UnionTable, Variant};
use super::mark::marks;
use super::reader::Reader;
use super::{Registry, Table};

impl Table for UnionTable {
    fn registry() -> &'static Registry<Self> {
        static TABLES: Registry<UnionTable> = Registry::new();
        &TABLES
    }

    fn read(words: &mut Reader) -> Self {
        let name = words.word().unwrap_or_default();
        let open = words.has_word("open");
        let mixed = words.has_word("mixed");
        let several = if words.has_word("one_of") {
            Several::OneOf
        } else if words.has_word("any_of") {
            Several::AnyOf
        } else {
            words.has_word("never");
            Several::Never
        };
        let tag = if words.has_word("by") {
            words.string()
        } else {
            None
        };
        Self {
            name,
            tag,
            several,
            variants: words.list(('{', '}'), variant).leak(),
            open,
            mixed,
        }
    }
}

fn variant(words: &mut Reader) -> Option<Variant> {
    let name = words.word()?;
    words.has(':');
    let mut accepted = Vec::new();
    loop {
        accepted.extend(accepts(words));
        if !words.has('|') {
            break;
        }
    }
    let member = if words.has_word("has") {
        words.string()
    } else {
        None
    };
    Some(Variant {
        name,
        accepts: accepted.leak(),
        member,
        marks: marks(words),
    })
}

fn accepts(words: &mut Reader) -> Option<Accepts> {
    if let Some(tag) = words.string() {
        return Some(Accepts::Tag(tag));
    }
    if words.has('(') {
        let tag = words.literal()?.parse().ok()?;
        words.has(')');
        return Some(Accepts::TagInteger(tag));
    }
    Some(match words.word()? {
        "bool" => Accepts::Bool,
        "integer" => Accepts::Integer,
        "fraction" => Accepts::Fraction,
        "number" => Accepts::Number,
        "string" => Accepts::String,
        "list" => Accepts::List,
        "object" => Accepts::Object,
        "any" => Accepts::Any,
        "_" => Accepts::Otherwise,
        "true" => Accepts::TagBool(true),
        "false" => Accepts::TagBool(false),
        _ => return None,
    })
}
