//! What no value fits: limits that leave nothing between them, and members that must be there and may not.

use super::tighten::compare;
use crate::document::Schema;

/// A limit as a schema writes it.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Limit<'a> {
    Number(&'a str),
    Count(u64),
}

impl Limit<'_> {
    fn compare(self, other: Limit<'_>) -> std::cmp::Ordering {
        match (self, other) {
            (Limit::Number(left), Limit::Number(right)) => compare(left, right),
            (Limit::Count(left), Limit::Count(right)) => left.cmp(&right),
            _ => std::cmp::Ordering::Equal,
        }
    }
}

/// The least and the most, and whether there is nothing between them where they are equal.
const PAIRS: &[(&str, &str, bool)] = &[
    ("minimum", "maximum", false),
    ("minimum", "exclusiveMaximum", true),
    ("exclusiveMinimum", "maximum", true),
    ("exclusiveMinimum", "exclusiveMaximum", true),
    ("minLength", "maxLength", false),
    ("minItems", "maxItems", false),
    ("minProperties", "maxProperties", false),
];

/// The limits of a schema, by their keywords.
pub(super) fn limits(schema: &Schema) -> impl Iterator<Item = (&'static str, Limit<'_>)> {
    let numbers = [
        ("minimum", &schema.minimum),
        ("exclusiveMinimum", &schema.exclusive_minimum),
        ("maximum", &schema.maximum),
        ("exclusiveMaximum", &schema.exclusive_maximum),
    ];
    let counts = [
        ("minLength", schema.min_length),
        ("maxLength", schema.max_length),
        ("minItems", schema.min_items),
        ("maxItems", schema.max_items),
        ("minProperties", schema.min_properties),
        ("maxProperties", schema.max_properties),
    ];
    let numbers = numbers
        .into_iter()
        .filter_map(|(word, text)| Some((word, Limit::Number(text.as_deref()?))));
    let counts = counts
        .into_iter()
        .filter_map(|(word, count)| Some((word, Limit::Count(count?))));
    numbers.chain(counts)
}

/// The pairs of limits that leave nothing between them: the keyword of the least, that of the most, and what is wrong.
pub(super) fn crossed(schema: &Schema) -> Vec<(&'static str, &'static str, String)> {
    let found: Vec<_> = limits(schema).collect();
    let limit = |word: &str| found.iter().find(|(known, _)| *known == word);
    let mut crossed = Vec::new();
    for (least_word, most_word, is_strict) in PAIRS {
        let (Some((_, least)), Some((_, most))) = (limit(least_word), limit(most_word)) else {
            continue;
        };
        let order = least.compare(*most);
        if order.is_gt() {
            let what = format!("`{least_word}` is greater than `{most_word}`");
            crossed.push((*least_word, *most_word, what));
        } else if *is_strict && order.is_eq() {
            let what = format!("`{least_word}` is not less than `{most_word}`");
            crossed.push((*least_word, *most_word, what));
        }
    }
    crossed
}
