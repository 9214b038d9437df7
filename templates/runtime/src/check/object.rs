//! The keywords about objects.

use super::super::json::quote;
use super::super::validate::Checks;
use super::run::Seen;
use super::{Check, Rule};
use serde_json::{Map, Value};

type Members = Map<String, Value>;

impl Checks {
    pub(super) fn members<'v>(
        &mut self,
        rule: &Rule,
        check: &'static Check,
        members: &'v Members,
        mut seen: Option<&mut Seen<'v>>,
    ) {
        match *rule {
            Rule::Required(names) => {
                for name in names {
                    self.demand(members.contains_key(*name), || {
                        format!("the member {}", quote(name))
                    });
                }
            }
            Rule::Properties(properties) => {
                for (name, check) in properties {
                    if let Some((name, value)) = members.get_key_value(*name) {
                        self.member(name, value, check, seen.as_deref_mut());
                    }
                }
            }
            Rule::PatternProperties(patterns) => {
                for (matcher, check) in patterns {
                    for (name, value) in members.iter().filter(|(name, _)| matcher.is_match(name)) {
                        self.member(name, value, check, seen.as_deref_mut());
                    }
                }
            }
            Rule::AdditionalProperties(other) => {
                for (name, value) in members
                    .iter()
                    .filter(|(name, _)| is_additional(check, name))
                {
                    self.other_member(name, value, other, seen.as_deref_mut());
                }
            }
            Rule::UnevaluatedProperties(other) => {
                let open = |name: &str| {
                    seen.as_ref()
                        .is_none_or(|seen| !seen.members.contains(name))
                };
                let rest: Vec<(&String, &Value)> =
                    members.iter().filter(|(name, _)| open(name)).collect();
                for (name, value) in rest {
                    self.other_member(name, value, other, seen.as_deref_mut());
                }
            }
            Rule::PropertyNames(names) => {
                for name in members.keys() {
                    let value = Value::String(name.clone());
                    self.within(name, |checks| checks.inner(names, &value));
                }
            }
            Rule::DependentRequired(dependent) => {
                for (name, others) in dependent
                    .iter()
                    .filter(|(name, _)| members.contains_key(*name))
                {
                    for other in *others {
                        self.demand(members.contains_key(*other), || {
                            format!(
                                "the member {}, because there is {}",
                                quote(other),
                                quote(name)
                            )
                        });
                    }
                }
            }
            _ => {}
        }
    }

    fn member<'v>(
        &mut self,
        name: &'v str,
        value: &'v Value,
        check: &'static Check,
        seen: Option<&mut Seen<'v>>,
    ) {
        self.within(name, |checks| checks.inner(check, value));
        if let Some(seen) = seen {
            seen.members.insert(name);
        }
    }

    /// A member that nothing else speaks of.
    fn other_member<'v>(
        &mut self,
        name: &'v str,
        value: &'v Value,
        check: &'static Check,
        seen: Option<&mut Seen<'v>>,
    ) {
        if matches!(check.rules(), [Rule::Never]) {
            self.within(name, |checks| {
                checks.demand(false, || "no other member".to_owned())
            });
        } else {
            self.member(name, value, check, seen);
        }
    }
}

/// Whether neither `properties` nor `patternProperties` beside it speaks of a member.
fn is_additional(check: &'static Check, name: &str) -> bool {
    !check.rules().iter().any(|rule| match rule {
        Rule::Properties(properties) => properties.iter().any(|(known, _)| *known == name),
        Rule::PatternProperties(patterns) => {
            patterns.iter().any(|(matcher, _)| matcher.is_match(name))
        }
        _ => false,
    })
}
