//! What is said in the parentheses behind a name.

use super::super::check::Matcher;
use super::super::decimal::Decimal;
use super::super::table::{Field, Mark, Xml};
use super::operation::encodings;
use super::reader::Reader;

/// What stands in parentheses behind a field.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) required: bool,
    pub(super) nullable: bool,
    pub(super) marks: Vec<Mark>,
}

impl Said {
    /// The parentheses, if they are next.
    pub(super) fn read(words: &mut Reader) -> Self {
        let mut said = Self::default();
        if words.has('(') {
            words.items(')', |words| {
                if words.has_word("required") {
                    said.required = true;
                } else if words.has_word("nullable") {
                    said.nullable = true;
                } else {
                    said.marks.extend(mark(words));
                }
            });
        }
        said
    }

    /// A field of which this is said.
    pub(super) fn of(self, name: &'static str, key: &'static str) -> Field {
        Field {
            name,
            key,
            required: self.required,
            nullable: self.nullable,
            marks: self.marks.leak(),
        }
    }
}

/// What stands in parentheses, if they are next, about a value without a name: `nullable` is a mark there.
pub(super) fn marks(words: &mut Reader) -> &'static [Mark] {
    words.list(('(', ')'), mark).leak()
}

fn mark(words: &mut Reader) -> Option<Mark> {
    let word = words.word()?;
    Some(match word {
        "nullable" => Mark::Nullable,
        "read_only" => Mark::ReadOnly,
        "write_only" => Mark::WriteOnly,
        "not_sent" => Mark::NotSent(words.strings(('(', ')'))),
        "as_read" => Mark::AsRead,
        "unique_items" => Mark::UniqueItems,
        "allow_reserved" => Mark::AllowReserved,
        "allow_empty" => Mark::AllowEmpty,
        "whole" => Mark::Whole,
        "items" => Mark::Items(marks(words)),
        "values" => Mark::Values(marks(words)),
        "xml" => Mark::Xml(xml(words)),
        "check" => {
            words.has('(');
            let check = words.check();
            words.has(')');
            Mark::Check(check?)
        }
        _ if words.has('=') => valued(word, words)?,
        _ => return None,
    })
}

/// `name = value`.
fn valued(word: &str, words: &mut Reader) -> Option<Mark> {
    Some(match word {
        "default" => Mark::Default(words.literal()?),
        "default_json" => Mark::Default(words.string()?),
        "sample" => Mark::Sample(words.literal()?),
        "sample_json" => Mark::Sample(words.string()?),
        "minimum" => Mark::Minimum(number(words)?),
        "maximum" => Mark::Maximum(number(words)?),
        "exclusive_minimum" => Mark::ExclusiveMinimum(number(words)?),
        "exclusive_maximum" => Mark::ExclusiveMaximum(number(words)?),
        "multiple_of" => Mark::MultipleOf(number(words)?),
        "min_length" => Mark::MinLength(words.count()),
        "max_length" => Mark::MaxLength(words.count()),
        "pattern" => Mark::Pattern(pattern(words)?),
        "min_items" => Mark::MinItems(words.count()),
        "max_items" => Mark::MaxItems(words.count()),
        "min_properties" => Mark::MinProperties(words.count()),
        "max_properties" => Mark::MaxProperties(words.count()),
        "style" => Mark::Style(words.string()?),
        "explode" => Mark::Explode(words.has_word("true") || !words.has_word("false")),
        "content" => Mark::Content(words.string()?),
        "encoding" => Mark::Encoding(encodings(words)),
        _ => return None,
    })
}

fn number(words: &mut Reader) -> Option<Decimal> {
    words.literal().map(Decimal::literal)
}

/// A pattern, with a place for what it is compiled to at first use.
pub(super) fn pattern(words: &mut Reader) -> Option<&'static Matcher> {
    let pattern = words.string()?;
    Some(Box::leak(Box::new(Matcher::new(pattern))))
}

fn xml(words: &mut Reader) -> Xml {
    let mut xml = Xml::NEW;
    if words.has('(') {
        words.items(')', |words| {
            let word = words.word().unwrap_or_default();
            let value = if words.has('=') { words.string() } else { None };
            xml = match (word, value) {
                ("name", Some(name)) => xml.name(name),
                ("namespace", Some(namespace)) => xml.namespace(namespace),
                ("prefix", Some(prefix)) => xml.prefix(prefix),
                ("element", None) => xml.element(),
                ("attribute", None) => xml.attribute(),
                ("text", None) => xml.text(),
                ("cdata", None) => xml.cdata(),
                ("none", None) => xml.none(),
                _ => xml,
            };
        });
    }
    xml
}
