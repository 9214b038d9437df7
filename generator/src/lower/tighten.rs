//! Bounds, counts and types that hold at once: the tightest of them.

use crate::document::{Schema, SchemaType};

/// The tightest of the constraints that stand by themselves. `false` where a step of the part has no one that says both.
pub(super) fn tighten(merged: &mut Schema, part: &Schema) -> bool {
    for (known, new, greatest) in [
        (&mut merged.minimum, &part.minimum, true),
        (&mut merged.exclusive_minimum, &part.exclusive_minimum, true),
        (&mut merged.maximum, &part.maximum, false),
        (
            &mut merged.exclusive_maximum,
            &part.exclusive_maximum,
            false,
        ),
    ] {
        if let Some(new) = new {
            let replace = known.as_ref().is_none_or(|known| {
                let order = compare(new, known);
                if greatest {
                    order.is_gt()
                } else {
                    order.is_lt()
                }
            });
            if replace {
                *known = Some(new.clone());
            }
        }
    }
    merged.min_length = merged.min_length.max(part.min_length);
    merged.min_items = merged.min_items.max(part.min_items);
    merged.min_properties = merged.min_properties.max(part.min_properties);
    for (known, new) in [
        (&mut merged.max_length, part.max_length),
        (&mut merged.max_items, part.max_items),
        (&mut merged.max_properties, part.max_properties),
    ] {
        *known = match (*known, new) {
            (Some(known), Some(new)) => Some(known.min(new)),
            (known, new) => known.or(new),
        };
    }
    merged.unique_items |= part.unique_items;
    if merged.pattern.is_none() {
        merged.pattern.clone_from(&part.pattern);
    }
    let Some(new) = &part.multiple_of else {
        return true;
    };
    let both = match &merged.multiple_of {
        Some(known) => common_multiple(known, new),
        None => Some(new.clone()),
    };
    let is_said = both.is_some();
    merged.multiple_of = both.or(merged.multiple_of.take());
    is_said
}

/// Two numbers of the document.
pub(super) fn compare(left: &str, right: &str) -> std::cmp::Ordering {
    match (left.parse::<i128>(), right.parse::<i128>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => {
            let number = |text: &str| text.parse::<f64>().unwrap_or(0.0);
            number(left).total_cmp(&number(right))
        }
    }
}

/// The least number that is a multiple of both, if both are short decimals.
fn common_multiple(known: &str, new: &str) -> Option<String> {
    if known == new {
        return Some(new.to_owned());
    }
    let places = |text: &str| text.split_once('.').map_or(0, |(_, places)| places.len());
    let most = places(known).max(places(new));
    let scaled = |text: &str| {
        let zeros = "0".repeat(most - places(text));
        (text.replace('.', "") + &zeros).parse::<u64>().ok()
    };
    let (left, right) = (scaled(known)?, scaled(new)?);
    let (mut a, mut b) = (left, right);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    let multiple = left.checked_div(a)?.checked_mul(right)?;
    Some(unscaled(multiple, most))
}

/// A decimal of so many places.
fn unscaled(number: u64, places: usize) -> String {
    let mut digits = format!("{number:0>least$}", least = places + 1);
    if places > 0 {
        digits.insert(digits.len() - places, '.');
        let end = digits.trim_end_matches('0').trim_end_matches('.').len();
        digits.truncate(end);
    }
    digits
}

/// The types that both sides allow; an integer is a number.
pub(super) fn narrower(a: &[SchemaType], b: &[SchemaType]) -> Vec<SchemaType> {
    let both = |x: SchemaType| {
        if b.contains(&x) || x == SchemaType::Integer && b.contains(&SchemaType::Number) {
            Some(x)
        } else if x == SchemaType::Number && b.contains(&SchemaType::Integer) {
            Some(SchemaType::Integer)
        } else {
            None
        }
    };
    let mut found: Vec<SchemaType> = Vec::new();
    for kind in a.iter().filter_map(|kind| both(*kind)) {
        if !found.contains(&kind) {
            found.push(kind);
        }
    }
    found
}

pub(super) fn words(types: &[SchemaType]) -> String {
    let word = |kind: &SchemaType| match kind {
        SchemaType::Null => "null",
        SchemaType::Boolean => "a boolean",
        SchemaType::Integer => "an integer",
        SchemaType::Number => "a number",
        SchemaType::String => "a string",
        SchemaType::Array => "a list",
        SchemaType::Object => "an object",
    };
    let words: Vec<&str> = types.iter().map(word).collect();
    words.join(" or ")
}
