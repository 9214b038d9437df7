//! `{ type: [object], if: { properties: { "kind": { enum: ["debit"] } } }, not: EXPIRED }`.

use super::super::check::{ALWAYS, Check, Kind, NEVER, Rule, To};
use super::mark::{marks, pattern};
use super::reader::Reader;

/// The rules of a schema, by their words.
pub(super) fn rules(words: &mut Reader) -> &'static [Rule] {
    words.list(('{', '}'), rule).leak()
}

fn schema(words: &mut Reader) -> Option<To> {
    if words.is_at('{') {
        return Some(Box::leak(Box::new(Check::of(rules(words)))));
    }
    if words.has_word("true") {
        return Some(&ALWAYS);
    }
    if words.has_word("false") {
        return Some(&NEVER);
    }
    words.check()
}

fn schemas(words: &mut Reader) -> &'static [To] {
    words.list(('[', ']'), schema).leak()
}

fn named<T>(
    words: &mut Reader,
    value: impl Fn(&mut Reader) -> Option<T>,
) -> &'static [(&'static str, T)] {
    let one = |words: &mut Reader| {
        let name = words.string()?;
        words.has(':');
        Some((name, value(words)?))
    };
    words.list(('{', '}'), one).leak()
}

fn rule(words: &mut Reader) -> Option<Rule> {
    let key = words.word()?;
    words.has(':');
    Some(match key {
        "never" => {
            words.has_word("true");
            Rule::Never
        }
        "nullable" => {
            words.has_word("true");
            Rule::Nullable
        }
        "type" => Rule::Type(words.list(('[', ']'), kind).leak()),
        "enum" => Rule::Enum(words.list(('[', ']'), value).leak()),
        "marks" => Rule::Marks(marks(words)),
        "required" => Rule::Required(words.strings(('[', ']'))),
        "properties" => Rule::Properties(named(words, schema)),
        "pattern_properties" => {
            let one = |words: &mut Reader| {
                let pattern = pattern(words)?;
                words.has(':');
                Some((pattern, schema(words)?))
            };
            Rule::PatternProperties(words.list(('{', '}'), one).leak())
        }
        "additional_properties" => Rule::AdditionalProperties(schema(words)?),
        "property_names" => Rule::PropertyNames(schema(words)?),
        "dependent_required" => {
            Rule::DependentRequired(named(words, |words| Some(words.strings(('[', ']')))))
        }
        "dependent_schemas" => Rule::DependentSchemas(named(words, schema)),
        "unevaluated_properties" => Rule::UnevaluatedProperties(schema(words)?),
        "prefix_items" => Rule::PrefixItems(schemas(words)),
        "items" => Rule::Items(schema(words)?),
        "contains" => Rule::Contains(schema(words)?),
        "min_contains" => Rule::MinContains(words.count()),
        "max_contains" => Rule::MaxContains(words.count()),
        "unevaluated_items" => Rule::UnevaluatedItems(schema(words)?),
        "all_of" => Rule::AllOf(schemas(words)),
        "any_of" => Rule::AnyOf(schemas(words)),
        "one_of" => Rule::OneOf(schemas(words)),
        "not" => Rule::Not(schema(words)?),
        "if" => Rule::If(schema(words)?),
        "then" => Rule::Then(schema(words)?),
        "else" => Rule::Else(schema(words)?),
        _ => return None,
    })
}

fn kind(words: &mut Reader) -> Option<Kind> {
    Some(match words.word()? {
        "null" => Kind::Null,
        "boolean" => Kind::Boolean,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "string" => Kind::String,
        "array" => Kind::Array,
        "object" => Kind::Object,
        _ => return None,
    })
}

/// A value of `enum`, as JSON text: a literal, `null`, or `(json "…")`.
fn value(words: &mut Reader) -> Option<&'static str> {
    if words.has('(') {
        words.has_word("json");
        let json = words.string();
        words.has(')');
        return json;
    }
    words.literal()
}
