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
/// `empty` names the variant of placeholders if it is not the first; the schemas that marks refer to stand at the end, in brackets.
#[doc(hidden)]
#[macro_export]
macro_rules! __union {
    (derived $($rest:tt)*) => {
        runtime::union! { @kept [derived] $($rest)* }
    };
    (@kept $derived:tt open $($rest:tt)*) => {
        runtime::union! { @several $derived [Unknown open] $($rest)* }
    };
    (@kept $derived:tt mixed $($rest:tt)*) => {
        runtime::union! { @several $derived [Several mixed] $($rest)* }
    };
    (@kept $derived:tt $($rest:tt)*) => {
        runtime::union! { @several $derived [] $($rest)* }
    };
    (@several $derived:tt $open:tt one_of $($rest:tt)*) => {
        runtime::union! { @union one_of $derived $open $($rest)* }
    };
    (@several $derived:tt $open:tt any_of $($rest:tt)*) => {
        runtime::union! { @union any_of $derived $open $($rest)* }
    };
    (@several $derived:tt $open:tt $($rest:tt)*) => {
        runtime::union! { @union never $derived $open $($rest)* }
    };
    (
        @union $several:ident [$($derived:ident)?] [$($kept:ident $keeps:ident)?] $name:ident $(by $tag:literal)? {
            $($variant:ident: $first:tt $(| $more:tt)* $(has $member:literal)? $(($($marks:tt)*))?),+ $(,)?
        }
        $(empty $empty:ident)?
        $([$($check:path),* $(,)?])?
    ) => {
        const _: () = {
            /// The positions of the variants.
            #[derive(Clone, Copy)]
            enum Position {
                $($variant,)+
                $($kept,)?
            }
            impl runtime::shape::Shape for $name {
                type Kind = runtime::kind::Union;

                fn empty() -> Self {
                    runtime::union!(@empty [$($empty)?] $($variant)+)
                }
            }
            impl runtime::shape::Union for $name {
                fn table(&self) -> &'static runtime::table::UnionTable {
                    runtime::words::Words::new(
                        stringify!(
                            $name $($keeps)? $several $(by $tag)?
                            { $($variant: $first $(| $more)* $(has $member)? $(($($marks)*))?),+ }
                        )
                    )
                    $(.with(const { &[$((stringify!($check), &$check)),*] }))?
                    .table()
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
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant(value) => Self::$variant(::core::clone::Clone::clone(value)),)+
                    $(Self::$kept(value) => Self::$kept(::core::clone::Clone::clone(value)),)?
                }
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
    ($($rest:tt)*) => {
        runtime::union! { @kept [] $($rest)* }
    };
}
pub use __union as union;
