//! What the document demands of a value and its type cannot say: schemas as tables, evaluated on JSON.
//!
//! The `check!` macro has their words; a mark (`check = NAME`) on a type or a place refers to one. Nothing is converted
//! to JSON unless there is such a mark.

mod array;
mod json;
mod matcher;
mod object;
mod run;

pub use matcher::Matcher;

pub(crate) use json::{canonical, of_view};
pub(crate) use run::Progress;

use super::table::Mark;
use super::words;
use std::sync::OnceLock;

/// A schema: a value must keep all of its rules. They are taken apart when they are first asked for.
#[derive(Debug)]
pub struct Check {
    text: &'static str,
    checks: &'static [(&'static str, To)],
    rules: OnceLock<&'static [Rule]>,
}

impl Check {
    /// A schema by the words of `check!`, and those that it refers to.
    #[must_use]
    pub const fn new(text: &'static str, checks: &'static [(&'static str, To)]) -> Self {
        let rules = OnceLock::new();
        Self {
            text,
            checks,
            rules,
        }
    }

    pub(super) fn of(rules: &'static [Rule]) -> Self {
        Self {
            rules: OnceLock::from(rules),
            ..Self::new("", &[])
        }
    }

    /// The rules; what counts unevaluated members or items comes last.
    #[must_use]
    pub fn rules(&'static self) -> &'static [Rule] {
        self.rules
            .get_or_init(|| words::rules(self.text, self.checks))
    }
}

/// The schema of every value.
pub static ALWAYS: Check = Check::new("{}", &[]);
/// The schema of no value.
pub static NEVER: Check = Check::new("{ never: true }", &[]);

/// A check, where one refers to another.
pub type To = &'static Check;

/// A pattern, where a table refers to one.
pub type ToMatcher = &'static Matcher;

/// One keyword of a schema (JSON Schema 2020-12, core sections 10 and 11, validation section 6).
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// `false`.
    Never,
    /// Null is fine, whatever else is said.
    Nullable,
    /// `type`.
    Type(&'static [Kind]),
    /// `enum` or `const`: values as JSON text, made of Rust literals.
    Enum(&'static [&'static str]),
    /// Bounds, lengths, counts, patterns.
    Marks(&'static [Mark]),
    /// `required`.
    Required(&'static [&'static str]),
    /// `properties`.
    Properties(&'static [(&'static str, To)]),
    /// `patternProperties`.
    PatternProperties(&'static [(ToMatcher, To)]),
    /// `additionalProperties`.
    AdditionalProperties(To),
    /// `propertyNames`.
    PropertyNames(To),
    /// `dependentRequired`.
    DependentRequired(&'static [(&'static str, &'static [&'static str])]),
    /// `dependentSchemas`.
    DependentSchemas(&'static [(&'static str, To)]),
    /// `unevaluatedProperties`.
    UnevaluatedProperties(To),
    /// `prefixItems`.
    PrefixItems(&'static [To]),
    /// `items`.
    Items(To),
    /// `contains`.
    Contains(To),
    /// `minContains`.
    MinContains(u64),
    /// `maxContains`.
    MaxContains(u64),
    /// `unevaluatedItems`.
    UnevaluatedItems(To),
    /// `allOf`, or `$ref`.
    AllOf(&'static [To]),
    /// `anyOf`.
    AnyOf(&'static [To]),
    /// `oneOf`.
    OneOf(&'static [To]),
    /// `not`.
    Not(To),
    /// `if`; the two after it are its neighbours.
    If(To),
    /// `then`.
    Then(To),
    /// `else`.
    Else(To),
}

/// The kinds of JSON values, and `integer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Null.
    Null,
    /// True or false.
    Boolean,
    /// A number without a fraction, `1.0` included.
    Integer,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl Kind {
    fn words(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "true or false",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "a list",
            Self::Object => "an object",
        }
    }

    fn has(self, value: &serde_json::Value) -> bool {
        use serde_json::Value;
        match value {
            Value::Null => self == Self::Null,
            Value::Bool(_) => self == Self::Boolean,
            Value::Number(number) => {
                self == Self::Number || self == Self::Integer && json::is_integer(number)
            }
            Value::String(_) => self == Self::String,
            Value::Array(_) => self == Self::Array,
            Value::Object(_) => self == Self::Object,
        }
    }
}
