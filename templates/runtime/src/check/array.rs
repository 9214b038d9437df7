//! The keywords about lists.

use super::super::validate::Checks;
use super::run::Seen;
use super::{Check, Rule};
use serde_json::Value;

impl Checks {
    pub(super) fn elements<'v>(
        &mut self,
        rule: &Rule,
        check: &'static Check,
        items: &'v [Value],
        seen: Option<&mut Seen<'v>>,
    ) {
        match *rule {
            Rule::PrefixItems(checks) => {
                for (position, (item, check)) in items.iter().zip(checks).enumerate() {
                    self.item(position, item, check);
                }
                if let Some(seen) = seen {
                    seen.first = seen.first.max(checks.len().min(items.len()));
                }
            }
            Rule::Items(rest) => {
                for (position, item) in items.iter().enumerate().skip(prefix(check)) {
                    self.item(position, item, rest);
                }
                if let Some(seen) = seen {
                    seen.first = items.len();
                }
            }
            Rule::UnevaluatedItems(rest) => {
                if let Some(seen) = seen {
                    for (position, item) in items.iter().enumerate().skip(seen.first) {
                        if !seen.items.contains(&position) {
                            self.item(position, item, rest);
                        }
                    }
                    seen.first = items.len();
                }
            }
            Rule::Contains(wanted) => self.contains(wanted, check, items, seen),
            _ => {}
        }
    }

    fn item(&mut self, position: usize, item: &Value, check: &'static Check) {
        let is_more = matches!(check.rules(), [Rule::Never]);
        self.within(itoa::Buffer::new().format(position), |checks| {
            if is_more {
                checks.demand(false, || "no other item".to_owned());
            } else {
                checks.inner(check, item);
            }
        });
    }

    fn contains<'v>(
        &mut self,
        wanted: &'static Check,
        check: &'static Check,
        items: &'v [Value],
        seen: Option<&mut Seen<'v>>,
    ) {
        let found: Vec<usize> = (0..items.len())
            .filter(|position| self.quietly_inner(wanted, &items[*position]))
            .collect();
        let (mut least, mut most) = (1, u64::MAX);
        for rule in check.rules() {
            match *rule {
                Rule::MinContains(count) => least = count,
                Rule::MaxContains(count) => most = count,
                _ => {}
            }
        }
        let count = found.len() as u64;
        self.demand(count >= least, || {
            format!("at least {least} items that `contains` describes")
        });
        self.demand(count <= most, || {
            format!("at most {most} items that `contains` describes")
        });
        if let Some(seen) = seen {
            seen.items.extend(found);
        }
    }
}

/// How many items `prefixItems` beside it speaks of.
fn prefix(check: &'static Check) -> usize {
    check
        .rules()
        .iter()
        .map(|rule| match rule {
            Rule::PrefixItems(checks) => checks.len(),
            _ => 0,
        })
        .sum()
}
