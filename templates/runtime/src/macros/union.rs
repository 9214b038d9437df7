//! From the variants of a union, as the document tells them apart, to its implementations.

/// What the document says about a union.
///
/// ```text
/// union! { open Pet by "petType" { Cat: "cat", Dog: "dog" | "hound", Fish: "fish" | _ } }
/// union! { Size { Name: string (max_length = 20), Bytes: integer, Sides: list } }
/// union! { Source { Card: object has "number", Account: object has "iban" } }
/// union! { one_of Shape { Circle: object, Square: object } empty Square }
/// ```
/// A variant accepts the kinds of value behind its name, or the objects whose tag (the member behind `by`) is one of the
/// texts (`true` and `false` are tags as they stand, and numbers in parentheses); `_` stands for every other tag, and for none. `has` names a member that no other variant has. Where a value may
/// still be several variants, they are tried, and `one_of` or `any_of` says how many must fit. An open union keeps an object
/// whose tag no variant has in its variant `Unknown(serde_json::Value)`; a `mixed` one an object that is several variants at once
/// in `Several(serde_json::Value)`, where each of them would leave something out. `derived` before all else says what it says in `object!`.
/// `empty` names the variant of placeholders if it is
/// not the first.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (derived $($rest:tt)*) => {
        runtime::union! { @kept [derived] $($rest)* }
    };
    (@kept $derived:tt open $($rest:tt)*) => {
        runtime::union! { @several $derived [Unknown true false] $($rest)* }
    };
    (@kept $derived:tt mixed $($rest:tt)*) => {
        runtime::union! { @several $derived [Several false true] $($rest)* }
    };
    (@kept $derived:tt $($rest:tt)*) => {
        runtime::union! { @several $derived [] $($rest)* }
    };
    (@several $derived:tt $open:tt one_of $($rest:tt)*) => {
        runtime::union! { @union OneOf $derived $open $($rest)* }
    };
    (@several $derived:tt $open:tt any_of $($rest:tt)*) => {
        runtime::union! { @union AnyOf $derived $open $($rest)* }
    };
    (@several $derived:tt $open:tt $($rest:tt)*) => {
        runtime::union! { @union Never $derived $open $($rest)* }
    };
    (
        @union $several:ident [$($derived:ident)?] [$($kept:ident $open:literal $mixed:literal)?] $name:ident $(by $tag:literal)? {
            $($variant:ident: $first:tt $(| $more:tt)* $(has $member:literal)? $(($($marks:tt)*))?),+ $(,)?
        }
        $(empty $empty:ident)?
    ) => {
        const _: () = {
            /// The positions of the variants.
            #[derive(Clone, Copy)]
            enum Position {
                $($variant,)+
                $($kept,)?
            }
            impl runtime::shape::Shape for $name {
                fn empty() -> Self {
                    runtime::union!(@empty [$($empty)?] $($variant)+)
                }
                fn slot(&mut self) -> runtime::shape::Slot<'_> {
                    runtime::shape::Slot::Union(self)
                }
                fn view(&self) -> runtime::shape::View<'_> {
                    runtime::shape::View::Union(self)
                }
            }
            impl runtime::shape::Union for $name {
                fn table(&self) -> &'static runtime::table::UnionTable {
                    static TABLE: runtime::table::UnionTable = runtime::table::UnionTable {
                        name: stringify!($name),
                        tag: runtime::union!(@option $($tag)?),
                        several: runtime::table::Several::$several,
                        variants: &[$(runtime::table::Variant {
                            name: stringify!($variant),
                            accepts: &[runtime::union!(@accepts $first) $(, runtime::union!(@accepts $more))*],
                            member: runtime::union!(@option $($member)?),
                            marks: runtime::mark!(@list $($($marks)*)?),
                        }),+],
                        open: runtime::union!(@flag $($open)?),
                        mixed: runtime::union!(@flag $($mixed)?),
                    };
                    &TABLE
                }
                fn select(&mut self, variant: usize) -> runtime::shape::Slot<'_> {
                    $(if variant == Position::$variant as usize {
                        *self = Self::$variant(runtime::shape::Shape::empty());
                    })+
                    $(if variant == Position::$kept as usize {
                        *self = Self::$kept(runtime::shape::Shape::empty());
                    })?
                    runtime::shape::Union::place(self)
                }
                fn place(&mut self) -> runtime::shape::Slot<'_> {
                    match self {
                        $(Self::$variant(value) => runtime::shape::Shape::slot(value),)+
                        $(Self::$kept(value) => runtime::shape::Shape::slot(value),)?
                    }
                }
                fn active(&self) -> (usize, runtime::shape::View<'_>) {
                    let (position, view) = match self {
                        $(Self::$variant(value) => (Position::$variant, runtime::shape::Shape::view(value)),)+
                        $(Self::$kept(value) => (Position::$kept, runtime::shape::Shape::view(value)),)?
                    };
                    (position as usize, view)
                }
                fn fresh(&self) -> ::std::boxed::Box<dyn runtime::shape::Union> {
                    ::std::boxed::Box::new(<Self as runtime::shape::Shape>::empty())
                }
            }
        };
        impl $name {
            /// Checks every constraint of the document.
            ///
            /// # Errors
            ///
            /// Everything that breaks one, with its place.
            pub fn validate(&self) -> ::core::result::Result<(), runtime::Violations> {
                runtime::bridge::validate(runtime::shape::Shape::view(self))
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                runtime::same::unions(self, other)
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                runtime::show::union(self, f)
            }
        }
        runtime::bridge! { $name }
    };
    (@empty [] $first:ident $($rest:ident)*) => { Self::$first(runtime::shape::Shape::empty()) };
    (@empty [$empty:ident] $($rest:ident)*) => { Self::$empty(runtime::shape::Shape::empty()) };
    (@flag) => { false };
    (@flag $flag:literal) => { $flag };
    (@option) => { ::core::option::Option::None };
    (@option $literal:literal) => { ::core::option::Option::Some($literal) };
    (@accepts bool) => { runtime::table::Accepts::Bool };
    (@accepts integer) => { runtime::table::Accepts::Integer };
    (@accepts fraction) => { runtime::table::Accepts::Fraction };
    (@accepts number) => { runtime::table::Accepts::Number };
    (@accepts string) => { runtime::table::Accepts::String };
    (@accepts list) => { runtime::table::Accepts::List };
    (@accepts object) => { runtime::table::Accepts::Object };
    (@accepts any) => { runtime::table::Accepts::Any };
    (@accepts _) => { runtime::table::Accepts::Otherwise };
    (@accepts true) => { runtime::table::Accepts::TagBool(true) };
    (@accepts false) => { runtime::table::Accepts::TagBool(false) };
    (@accepts ($tag:literal)) => { runtime::table::Accepts::TagInteger($tag) };
    (@accepts $tag:literal) => { runtime::table::Accepts::Tag($tag) };
    ($($rest:tt)*) => {
        runtime::union! { @kept [] $($rest)* }
    };
}
pub use __union as union;
