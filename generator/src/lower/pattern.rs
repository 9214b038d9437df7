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
        if is_property(text, fault.at) {
            self.ignore(at, "patterns with scripts and other properties of characters than their categories are not checked");
            return false;
        }
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

/// Properties of ECMA-262 that are true or not (table "Binary Unicode property aliases"). General categories are known.
const PROPERTIES: &str = "ASCII AHex Alpha Alphabetic Any Assigned ASCII_Hex_Digit Bidi_C Bidi_Control Bidi_M \
    Bidi_Mirrored CI CWCF CWCM CWKCF CWL CWT CWU Case_Ignorable Cased Changes_When_Casefolded Changes_When_Casemapped \
    Changes_When_Lowercased Changes_When_NFKC_Casefolded Changes_When_Titlecased Changes_When_Uppercased DI Dash \
    Default_Ignorable_Code_Point Dep Deprecated Dia Diacritic EBase EComp EMod EPres Emoji Emoji_Component Emoji_Modifier \
    Emoji_Modifier_Base Emoji_Presentation Ext ExtPict Extended_Pictographic Extender Gr_Base Gr_Ext Grapheme_Base \
    Grapheme_Extend Hex Hex_Digit IDC IDS IDSB IDST IDS_Binary_Operator IDS_Trinary_Operator ID_Continue ID_Start Ideo \
    Ideographic Join_C Join_Control LOE Logical_Order_Exception Lower Lowercase Math NChar Noncharacter_Code_Point Pat_Syn \
    Pat_WS Pattern_Syntax Pattern_White_Space QMark Quotation_Mark RI Radical Regional_Indicator SD STerm \
    Sentence_Terminal Soft_Dotted Term Terminal_Punctuation UIdeo Unified_Ideograph Upper Uppercase VS Variation_Selector \
    White_Space XIDC XIDS XID_Continue XID_Start space";

/// Whether `\p{…}` stands at this place with a property that ECMA-262 has: the pattern is right, and not for us to check.
fn is_property(text: &str, at: usize) -> bool {
    let place = text.get(at..).unwrap_or_default();
    let place = place.trim_start_matches(['\\', 'p', 'P']);
    let inner = place
        .strip_prefix('{')
        .and_then(|rest| rest.split_once('}'));
    let Some((inner, _)) = inner else {
        return false;
    };
    match inner.split_once('=') {
        Some(("Script" | "sc" | "Script_Extensions" | "scx", name)) => {
            let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
            !name.is_empty() && name.chars().all(is_letter)
        }
        Some(_) => false,
        None => PROPERTIES.split_whitespace().any(|known| known == inner),
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
