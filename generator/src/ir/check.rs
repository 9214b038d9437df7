//! What a value must keep beyond its type: schemas as the runtime evaluates them, in an arena of their own.

use super::Rules;
use crate::source::NodeId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CheckId(pub(crate) u32);

#[derive(Clone, Debug)]
pub(crate) struct Check {
    pub(crate) at: NodeId,
    /// The document's pointer to the schema, from which its name is made.
    pub(crate) pointer: String,
    pub(crate) rules: Vec<Rule>,
    /// It is what the type of a schema leaves over, and types and places refer to it; else only checks do.
    pub(crate) left_over: bool,
}

/// A schema where another one refers to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum To {
    Always,
    Never,
    Check(CheckId),
}

/// One keyword with its value. Those that count unevaluated members or items come last.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Rule {
    Never,
    Nullable,
    Type(Vec<&'static str>),
    Enum(Vec<serde_json::Value>),
    Marks(Box<Rules>),
    Required(Vec<String>),
    Properties(Vec<(String, To)>),
    PatternProperties(Vec<(String, To)>),
    AdditionalProperties(To),
    PropertyNames(To),
    DependentRequired(Vec<(String, Vec<String>)>),
    DependentSchemas(Vec<(String, To)>),
    UnevaluatedProperties(To),
    PrefixItems(Vec<To>),
    Items(To),
    Contains(To),
    MinContains(u64),
    MaxContains(u64),
    UnevaluatedItems(To),
    AllOf(Vec<To>),
    AnyOf(Vec<To>),
    OneOf(Vec<To>),
    Not(To),
    If(To),
    Then(To),
    Else(To),
}

impl Rule {
    /// The schemas that the rule refers to.
    pub(crate) fn references(&self) -> Vec<To> {
        match self {
            Self::Properties(list)
            | Self::PatternProperties(list)
            | Self::DependentSchemas(list) => list.iter().map(|(_, to)| *to).collect(),
            Self::PrefixItems(list) | Self::AllOf(list) | Self::AnyOf(list) | Self::OneOf(list) => {
                list.clone()
            }
            Self::AdditionalProperties(to)
            | Self::PropertyNames(to)
            | Self::UnevaluatedProperties(to)
            | Self::Items(to)
            | Self::Contains(to)
            | Self::UnevaluatedItems(to)
            | Self::Not(to)
            | Self::If(to)
            | Self::Then(to)
            | Self::Else(to) => vec![*to],
            _ => Vec::new(),
        }
    }
}
