//! Constraints that cannot be kept, or cannot be understood.

use super::Lowering;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::Schema;
use crate::pattern::Pattern;
use crate::source::NodeId;

impl Lowering<'_> {
    /// Whether a text is a pattern of ECMA-262; reported if not.
    pub(super) fn is_pattern(&mut self, text: &str, at: NodeId) -> bool {
        let Err(fault) = Pattern::new(text) else {
            return true;
        };
        if self.reported.insert((at, code::INVALID_PATTERN.id)) {
            let before = text.get(..fault.at).map_or(0, |text| text.chars().count());
            let message = format!("`{text}` is no pattern: {}", fault.reason);
            self.diagnostics.report(
                Diagnostic::new(code::INVALID_PATTERN, Place::Node(at), message)
                    .label(format!("at character {}; not checked", before + 1))
                    .help("write a regular expression of ECMA-262, without flags"),
            );
        }
        false
    }
}

/// Reports limits that leave no value.
pub(super) fn impossible(lowering: &mut Lowering<'_>, schema: &Schema) {
    let counts = [
        (
            "minLength",
            schema.min_length,
            "maxLength",
            schema.max_length,
        ),
        ("minItems", schema.min_items, "maxItems", schema.max_items),
        (
            "minProperties",
            schema.min_properties,
            "maxProperties",
            schema.max_properties,
        ),
        (
            "minContains",
            schema.min_contains,
            "maxContains",
            schema.max_contains,
        ),
    ];
    for (low, least, high, most) in counts {
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            report(
                lowering,
                schema,
                [low, high],
                &format!("{least} is more than `{high}`, which is {most}"),
            );
        }
    }
    let number = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    let bounds = [
        (
            "minimum",
            &schema.minimum,
            "maximum",
            &schema.maximum,
            false,
        ),
        (
            "exclusiveMinimum",
            &schema.exclusive_minimum,
            "maximum",
            &schema.maximum,
            true,
        ),
        (
            "minimum",
            &schema.minimum,
            "exclusiveMaximum",
            &schema.exclusive_maximum,
            true,
        ),
        (
            "exclusiveMinimum",
            &schema.exclusive_minimum,
            "exclusiveMaximum",
            &schema.exclusive_maximum,
            true,
        ),
    ];
    for (low, least, high, most, apart) in bounds {
        if let (Some(from), Some(to)) = (number(least), number(most))
            && (from > to || apart && from >= to && least == most)
        {
            report(
                lowering,
                schema,
                [low, high],
                &format!("no number is between `{low}` and `{high}`"),
            );
        }
    }
}

/// Reported where one schema says both; what several say together is the merge's to judge.
fn report(lowering: &mut Lowering<'_>, schema: &Schema, keys: [&str; 2], message: &str) {
    let [at, other] = keys.map(|key| lowering.tree.get(schema.at, key));
    let (Some(at), Some(_)) = (at, other) else {
        return;
    };
    if lowering
        .reported
        .insert((at, code::IMPOSSIBLE_CONSTRAINT.id))
    {
        lowering.diagnostics.report(
            Diagnostic::new(
                code::IMPOSSIBLE_CONSTRAINT,
                Place::Node(at),
                message.to_owned(),
            )
            .label("no value is valid")
            .help("correct one of the two"),
        );
    }
}
