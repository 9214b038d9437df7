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
///     [EXPIRED]
/// }
/// ```
/// Every schema is `true`, `false`, the name of another one, or keywords in braces; the others that it names stand behind it in
/// brackets. `marks` has what stands behind a field of `object!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __check {
    ($name:ident $rules:tt $([$($check:path),* $(,)?])?) => {
        pub(crate) static $name: runtime::check::Check =
            runtime::check::Check::new(stringify!($rules), &[$($((stringify!($check), &$check)),*)?]);
        // It is there for whoever needs it, with whatever features.
        const _: fn() -> runtime::check::To = || &$name;
    };
}
pub use __check as check;
