//! From a schema, as the document reads, to its table.

/// A schema that `validate()` evaluates on JSON.
///
/// ```text
/// check! {
///     CARD {
///         type: [object],
///         if: { properties: { "kind": { enum: ["debit"] } } },
///         then: { required: ["account"] },
///         not: EXPIRED,
///     }
/// }
/// ```
/// Every schema is `true`, `false`, the name of another one, or keywords in braces. `marks` has what `mark!` has.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($name:ident { $($key:ident: $value:tt),* $(,)? }) => {
        pub(crate) static $name: runtime::check::Check = runtime::check::Check {
            rules: &[$(runtime::rule!($key $value)),*],
        };
        // It is there for whoever needs it, with whatever features.
        const _: &runtime::check::Check = &$name;
    };
}
pub use __check as check;

/// A schema where another one refers to it.
#[doc(hidden)]
#[macro_export]
macro_rules! __schema {
    (true) => { &runtime::check::ALWAYS };
    (false) => { &runtime::check::NEVER };
    ({ $($key:ident: $value:tt),* $(,)? }) => {
        &runtime::check::Check { rules: &[$(runtime::rule!($key $value)),*] }
    };
    ($name:ident) => { &$name };
}
pub use __schema as schema;

/// A keyword and its value.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule {
    (never true) => { runtime::check::Rule::Never };
    (nullable true) => { runtime::check::Rule::Nullable };
    (type [$($kind:ident),* $(,)?]) => { runtime::check::Rule::Type(&[$(runtime::kind!($kind)),*]) };
    (enum [$($value:tt),* $(,)?]) => { runtime::check::Rule::Enum(&[$(runtime::rule_value!($value)),*]) };
    (marks ($($marks:tt)*)) => { runtime::check::Rule::Marks(runtime::mark!(@list $($marks)*)) };
    (required [$($name:literal),* $(,)?]) => { runtime::check::Rule::Required(&[$($name),*]) };
    (properties { $($name:literal: $schema:tt),* $(,)? }) => {
        runtime::check::Rule::Properties(&[$(($name, runtime::schema!($schema))),*])
    };
    (pattern_properties { $($pattern:literal: $schema:tt),* $(,)? }) => {
        runtime::check::Rule::PatternProperties(&[$((runtime::matcher!($pattern), runtime::schema!($schema))),*])
    };
    (additional_properties $schema:tt) => { runtime::check::Rule::AdditionalProperties(runtime::schema!($schema)) };
    (property_names $schema:tt) => { runtime::check::Rule::PropertyNames(runtime::schema!($schema)) };
    (dependent_required { $($name:literal: [$($other:literal),* $(,)?]),* $(,)? }) => {
        runtime::check::Rule::DependentRequired(&[$(($name, &[$($other),*])),*])
    };
    (dependent_schemas { $($name:literal: $schema:tt),* $(,)? }) => {
        runtime::check::Rule::DependentSchemas(&[$(($name, runtime::schema!($schema))),*])
    };
    (unevaluated_properties $schema:tt) => { runtime::check::Rule::UnevaluatedProperties(runtime::schema!($schema)) };
    (prefix_items [$($schema:tt),* $(,)?]) => { runtime::check::Rule::PrefixItems(&[$(runtime::schema!($schema)),*]) };
    (items $schema:tt) => { runtime::check::Rule::Items(runtime::schema!($schema)) };
    (contains $schema:tt) => { runtime::check::Rule::Contains(runtime::schema!($schema)) };
    (min_contains $count:literal) => { runtime::check::Rule::MinContains($count) };
    (max_contains $count:literal) => { runtime::check::Rule::MaxContains($count) };
    (unevaluated_items $schema:tt) => { runtime::check::Rule::UnevaluatedItems(runtime::schema!($schema)) };
    (all_of [$($schema:tt),* $(,)?]) => { runtime::check::Rule::AllOf(&[$(runtime::schema!($schema)),*]) };
    (any_of [$($schema:tt),* $(,)?]) => { runtime::check::Rule::AnyOf(&[$(runtime::schema!($schema)),*]) };
    (one_of [$($schema:tt),* $(,)?]) => { runtime::check::Rule::OneOf(&[$(runtime::schema!($schema)),*]) };
    (not $schema:tt) => { runtime::check::Rule::Not(runtime::schema!($schema)) };
    (if $schema:tt) => { runtime::check::Rule::If(runtime::schema!($schema)) };
    (then $schema:tt) => { runtime::check::Rule::Then(runtime::schema!($schema)) };
    (else $schema:tt) => { runtime::check::Rule::Else(runtime::schema!($schema)) };
}
pub use __rule as rule;

/// A word of `type`.
#[doc(hidden)]
#[macro_export]
macro_rules! __kind {
    (null) => {
        runtime::check::Kind::Null
    };
    (boolean) => {
        runtime::check::Kind::Boolean
    };
    (integer) => {
        runtime::check::Kind::Integer
    };
    (number) => {
        runtime::check::Kind::Number
    };
    (string) => {
        runtime::check::Kind::String
    };
    (array) => {
        runtime::check::Kind::Array
    };
    (object) => {
        runtime::check::Kind::Object
    };
}
pub use __kind as kind;

/// A value of `enum`, as JSON text: a literal, `null`, or `(json "…")`.
#[doc(hidden)]
#[macro_export]
macro_rules! __rule_value {
    (null) => {
        "null"
    };
    ((json $text:literal)) => {
        $text
    };
    ($value:literal) => {
        stringify!($value)
    };
}
pub use __rule_value as rule_value;

/// A pattern with a cell of its own, compiled at first use.
#[doc(hidden)]
#[macro_export]
macro_rules! __matcher {
    ($pattern:literal) => {{
        fn matcher() -> &'static runtime::check::Matcher {
            static MATCHER: runtime::check::Matcher = runtime::check::Matcher::new($pattern);
            &MATCHER
        }
        matcher as runtime::check::ToMatcher
    }};
}
pub use __matcher as matcher;
