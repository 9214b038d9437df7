//! Lists.

use super::whole::{Part, Pending, count};
use super::{Choice, Sampler};
use serde_json::Value;

/// How long a list is at most, whatever it must be.
const LONG: usize = 300;

impl<'a> Sampler<'a> {
    pub(super) fn array(
        &self,
        parts: &[Part<'a>],
        choice: &mut Choice,
        at: &str,
        depth: usize,
    ) -> Option<Value> {
        let places = parts
            .iter()
            .map(|part| prefix(part).len())
            .max()
            .unwrap_or_default();
        let contains = parts
            .iter()
            .any(|part| part.fields.contains_key("contains"));
        let wanted_by = if contains {
            count(parts, "minContains", f64::max).unwrap_or(1)
        } else {
            0
        };
        let least = count(parts, "minItems", f64::max)
            .unwrap_or_default()
            .max(wanted_by)
            .min(LONG);
        let most = count(parts, "maxItems", f64::min).unwrap_or(usize::MAX);
        let wanted = if choice.wants_more(depth) {
            least.max(1).max(places)
        } else {
            least.max(places)
        };
        let wanted = match choice.oddity() {
            Some(number) => least.max([0, 1, 2, 3][number % 4]),
            None => wanted,
        };
        let is_unique = parts
            .iter()
            .any(|part| part.fields.get("uniqueItems") == Some(&Value::Bool(true)));
        let (turn, null) = (choice.turn, choice.null.clone());
        let mut items: Vec<Value> = Vec::new();
        let mut tries = 0;
        while items.len() < wanted.min(most) {
            let number = items.len();
            let mut schemas = Vec::new();
            for part in parts {
                schemas.extend(of_item(part, number));
                if number < wanted_by && part.fields.contains_key("contains") {
                    schemas.push(Pending::new(&part.place.below("contains")));
                }
            }
            choice.turn = turn + if is_unique { tries } else { 0 };
            let item = self.value(schemas, choice, &format!("{at}/{number}"), depth + 1);
            tries += 1;
            match item {
                Some(item) if is_unique && items.contains(&item) && tries < 2 * LONG => {}
                Some(item) => items.push(item),
                None if items.len() < least => {
                    choice.turn = turn;
                    return None;
                }
                None => break,
            }
        }
        choice.turn = turn;
        choice.null = null;
        Some(Value::Array(items))
    }
}

/// The schemas of the first items.
fn prefix<'a>(part: &Part<'a>) -> &'a [Value] {
    let items = part.fields.get("prefixItems").and_then(Value::as_array);
    items.map(Vec::as_slice).unwrap_or_default()
}

/// The schema that a schema has for an item.
fn of_item(part: &Part<'_>, number: usize) -> Option<Pending> {
    if number < prefix(part).len() {
        let place = part.place.below("prefixItems").below(&number.to_string());
        return Some(Pending::new(&place));
    }
    let has_items = part.fields.contains_key("items");
    has_items.then(|| Pending::new(&part.place.below("items")))
}
