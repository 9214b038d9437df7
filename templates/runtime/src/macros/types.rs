//! From the table of a type, as the document reads, to its implementations.

/// What the document says about an object.
///
/// ```text
/// object! {
///     closed Backup new(id: Uuid, ..) (min_properties = 1) {
///         id(required),
///         name(max_length = 255, default = "new"),
///         gateway_ip: "gatewayIp" (nullable),
///         sizes(min_items = 1, items(minimum = 1), default_json = "[1]"),
///     }
///     extra [SIZES]
/// }
/// ```
/// `Clone`, `PartialEq` and `Debug` come with it, unless `derived` stands before all else: the type derives them itself, or holds what
/// can be compared with nothing. `closed` is left out unless `additionalProperties` is false; `new(…)` is left out if nothing is required, and ends with
/// `..` if something is not; the marks of the whole are left out if there is none;
/// a field says its name on the wire where that is another one; the name at the end is that of the field that keeps the members no other field names, a map; the schemas that marks refer to
/// stand behind it in brackets. The words are taken apart when the table is first asked for (`words`).
///
/// A field's position is found by `match` (`places!`): CPU seconds of rustc for 500 structs of 12 fields, `slot` and `view` alone,
/// check, debug, release: `pick!` 0.89, 2.0, 2.2; positions written into the call 0.86, 1.8, 1.9; counting down
/// (`if i == 0 {..} i -= 1`) 1.4, 2.8, 2.5; an array of all places 1.1, 2.6, 4.5; a local enum and a table of it 1.7, 2.7,
/// 2.1; a table of functions 2.3, 6.2, 8.5.
#[doc(hidden)]
#[macro_export]
macro_rules! __object {
    (derived closed $name:ident $($rest:tt)*) => {
        runtime::object! { %derived @closed $name $($rest)* }
    };
    (derived $name:ident $($rest:tt)*) => {
        runtime::object! { %derived $name $($rest)* }
    };
    (closed $name:ident $($rest:tt)*) => {
        runtime::object! { @closed $name $($rest)* }
    };
    (
        $(%$derived:ident)? $(@$closed:ident)? $name:ident
        $(new($($argument:ident: $given:ty),+ $(, .. $($dots:lifetime)?)? $(,)?))?
        $(($($whole:tt)*))? {
            $($field:ident $(: $wire:literal)? $(($($marks:tt)*))?),* $(,)?
        }
        $($extra:ident)?
        $([$($check:path),* $(,)?])?
    ) => {
        impl runtime::shape::Shape for $name {
            type Kind = runtime::kind::Object;

            fn empty() -> Self {
                Self {
                    $($field: runtime::shape::Shape::empty(),)*
                    $($extra: runtime::shape::Shape::empty(),)?
                }
            }
        }
        impl runtime::shape::Object for $name {
            fn table(&self) -> &'static runtime::table::ObjectTable {
                runtime::words::Words::new(
                    stringify!($name $($closed)? $(($($whole)*))? { $($field $(: $wire)? $(($($marks)*))?),* })
                )
                $(.with(const { &[$((stringify!($check), &$check)),*] }))?
                .table()
            }
            runtime::places! { $($field)* }
            $(
                fn extra_slot(&mut self) -> ::core::option::Option<&mut dyn runtime::shape::Map> {
                    ::core::option::Option::Some(&mut self.$extra)
                }
                fn extra(&self) -> ::core::option::Option<&dyn runtime::shape::Map> {
                    ::core::option::Option::Some(&self.$extra)
                }
            )?
        }
        impl $name {
            /// Checks every constraint of the document.
            ///
            /// # Errors
            ///
            /// Everything that breaks one, with its place.
            pub fn validate(&self) -> ::core::result::Result<(), runtime::Violations> {
                runtime::bridge::validate(runtime::shape::Shape::view(self))
            }
            $(
                /// With what is required, and nothing else.
                #[must_use]
                pub fn new($($argument: $given),+) -> Self {
                    Self { $($argument,)+ $(..runtime::shape::Shape::empty() $($dots)?)? }
                }
            )?
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self {
                    $($field: ::core::clone::Clone::clone(&self.$field),)*
                    $($extra: ::core::clone::Clone::clone(&self.$extra),)?
                }
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                runtime::same::objects(self, other)
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                runtime::show::object(self, f)
            }
        }
        runtime::bridge! { $name }
    };
}
pub use __object as object;

/// `serde::Serialize` and `serde::Deserialize`, through the one bridge.
#[doc(hidden)]
#[macro_export]
macro_rules! __bridge {
    ($name:ident) => {
        impl runtime::serde::Serialize for $name {
            fn serialize<S: runtime::serde::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                runtime::bridge::write(self, to)
            }
        }
        impl<'de> runtime::serde::Deserialize<'de> for $name {
            fn deserialize<D: runtime::serde::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                runtime::bridge::read(from)
            }
        }
    };
}
pub use __bridge as bridge;

/// `slot` and `view`: the place and the value of the field at a position. Up to sixteen fields are written here and not by
/// another macro, as each call leaves marks on what comes out of it: past some thirty thousand of them in a crate the compiler
/// has to look places in its sources up in a table.
#[doc(hidden)]
#[macro_export]
macro_rules! __places {
    () => {
        fn slot(&mut self, field: usize) -> runtime::shape::Slot<'_> {
            runtime::shape::no_field(field)
        }
        fn view(&self, field: usize) -> runtime::shape::View<'_> {
            runtime::shape::no_field(field)
        }
    };
    (
        $a:ident $($b:ident $($c:ident $($d:ident $($e:ident $($f:ident $($g:ident $($h:ident $($i:ident
        $($j:ident $($k:ident $($l:ident $($m:ident $($n:ident $($o:ident
        $($p:ident)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
    ) => {
        fn slot(&mut self, field: usize) -> runtime::shape::Slot<'_> {
            match field {
                0 => runtime::shape::Shape::slot(&mut self.$a),
                $(1 => runtime::shape::Shape::slot(&mut self.$b),
                $(2 => runtime::shape::Shape::slot(&mut self.$c),
                $(3 => runtime::shape::Shape::slot(&mut self.$d),
                $(4 => runtime::shape::Shape::slot(&mut self.$e),
                $(5 => runtime::shape::Shape::slot(&mut self.$f),
                $(6 => runtime::shape::Shape::slot(&mut self.$g),
                $(7 => runtime::shape::Shape::slot(&mut self.$h),
                $(8 => runtime::shape::Shape::slot(&mut self.$i),
                $(9 => runtime::shape::Shape::slot(&mut self.$j),
                $(10 => runtime::shape::Shape::slot(&mut self.$k),
                $(11 => runtime::shape::Shape::slot(&mut self.$l),
                $(12 => runtime::shape::Shape::slot(&mut self.$m),
                $(13 => runtime::shape::Shape::slot(&mut self.$n),
                $(14 => runtime::shape::Shape::slot(&mut self.$o),
                $(15 => runtime::shape::Shape::slot(&mut self.$p),
                )?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
                _ => runtime::shape::no_field(field),
            }
        }
        fn view(&self, field: usize) -> runtime::shape::View<'_> {
            match field {
                0 => runtime::shape::Shape::view(&self.$a),
                $(1 => runtime::shape::Shape::view(&self.$b),
                $(2 => runtime::shape::Shape::view(&self.$c),
                $(3 => runtime::shape::Shape::view(&self.$d),
                $(4 => runtime::shape::Shape::view(&self.$e),
                $(5 => runtime::shape::Shape::view(&self.$f),
                $(6 => runtime::shape::Shape::view(&self.$g),
                $(7 => runtime::shape::Shape::view(&self.$h),
                $(8 => runtime::shape::Shape::view(&self.$i),
                $(9 => runtime::shape::Shape::view(&self.$j),
                $(10 => runtime::shape::Shape::view(&self.$k),
                $(11 => runtime::shape::Shape::view(&self.$l),
                $(12 => runtime::shape::Shape::view(&self.$m),
                $(13 => runtime::shape::Shape::view(&self.$n),
                $(14 => runtime::shape::Shape::view(&self.$o),
                $(15 => runtime::shape::Shape::view(&self.$p),
                )?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
                _ => runtime::shape::no_field(field),
            }
        }
    };
    ($($field:ident)*) => {
        fn slot(&mut self, field: usize) -> runtime::shape::Slot<'_> {
            runtime::pick!(slot, self, field, $($field)*)
        }
        fn view(&self, field: usize) -> runtime::shape::View<'_> {
            runtime::pick!(view, self, field, $($field)*)
        }
    };
}
pub use __places as places;

/// The place or the view of the field at a position, sixteen fields at a time.
#[doc(hidden)]
#[macro_export]
macro_rules! __pick {
    ($give:ident, $self:ident, $position:ident,) => {
        runtime::shape::no_field($position)
    };
    (
        slot, $self:ident, $position:ident,
        $a:ident $($b:ident $($c:ident $($d:ident $($e:ident $($f:ident $($g:ident $($h:ident $($i:ident
        $($j:ident $($k:ident $($l:ident $($m:ident $($n:ident $($o:ident $($p:ident
        $($more:ident)*)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
    ) => {
        match $position {
            0 => runtime::shape::Shape::slot(&mut $self.$a),
            $(1 => runtime::shape::Shape::slot(&mut $self.$b),
            $(2 => runtime::shape::Shape::slot(&mut $self.$c),
            $(3 => runtime::shape::Shape::slot(&mut $self.$d),
            $(4 => runtime::shape::Shape::slot(&mut $self.$e),
            $(5 => runtime::shape::Shape::slot(&mut $self.$f),
            $(6 => runtime::shape::Shape::slot(&mut $self.$g),
            $(7 => runtime::shape::Shape::slot(&mut $self.$h),
            $(8 => runtime::shape::Shape::slot(&mut $self.$i),
            $(9 => runtime::shape::Shape::slot(&mut $self.$j),
            $(10 => runtime::shape::Shape::slot(&mut $self.$k),
            $(11 => runtime::shape::Shape::slot(&mut $self.$l),
            $(12 => runtime::shape::Shape::slot(&mut $self.$m),
            $(13 => runtime::shape::Shape::slot(&mut $self.$n),
            $(14 => runtime::shape::Shape::slot(&mut $self.$o),
            $(15 => runtime::shape::Shape::slot(&mut $self.$p),
            )?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
            _ => {
                let rest = $position.wrapping_sub(16);
                runtime::pick!(slot, $self, rest, $($($($($($($($($($($($($($($($($more)*)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)
            }
        }
    };
    (
        view, $self:ident, $position:ident,
        $a:ident $($b:ident $($c:ident $($d:ident $($e:ident $($f:ident $($g:ident $($h:ident $($i:ident
        $($j:ident $($k:ident $($l:ident $($m:ident $($n:ident $($o:ident $($p:ident
        $($more:ident)*)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
    ) => {
        match $position {
            0 => runtime::shape::Shape::view(&$self.$a),
            $(1 => runtime::shape::Shape::view(&$self.$b),
            $(2 => runtime::shape::Shape::view(&$self.$c),
            $(3 => runtime::shape::Shape::view(&$self.$d),
            $(4 => runtime::shape::Shape::view(&$self.$e),
            $(5 => runtime::shape::Shape::view(&$self.$f),
            $(6 => runtime::shape::Shape::view(&$self.$g),
            $(7 => runtime::shape::Shape::view(&$self.$h),
            $(8 => runtime::shape::Shape::view(&$self.$i),
            $(9 => runtime::shape::Shape::view(&$self.$j),
            $(10 => runtime::shape::Shape::view(&$self.$k),
            $(11 => runtime::shape::Shape::view(&$self.$l),
            $(12 => runtime::shape::Shape::view(&$self.$m),
            $(13 => runtime::shape::Shape::view(&$self.$n),
            $(14 => runtime::shape::Shape::view(&$self.$o),
            $(15 => runtime::shape::Shape::view(&$self.$p),
            )?)?)?)?)?)?)?)?)?)?)?)?)?)?)?
            _ => {
                let rest = $position.wrapping_sub(16);
                runtime::pick!(view, $self, rest, $($($($($($($($($($($($($($($($($more)*)?)?)?)?)?)?)?)?)?)?)?)?)?)?)?)
            }
        }
    };
}
pub use __pick as pick;

/// A string of a list of values: `string_enum! { open ConsoleType { Novnc: "novnc" } }`. An open one keeps any other
/// value in its variant `Unknown(String)`; `any` keeps it in `Other(String)`, where the document itself allows it.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    (open $name:ident { $($rest:tt)* }) => {
        runtime::string_enum! { @open Unknown $name { $($rest)* } }
    };
    (any $name:ident { $($rest:tt)* }) => {
        runtime::string_enum! { @any Other $name { $($rest)* } }
    };
    ($(@open $unknown:ident)? $(@any $other:ident)? $name:ident { $first:ident: $first_wire:literal $(, $variant:ident: $wire:literal)* $(,)? }) => {
        impl $name {
            /// Every value that the document lists.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The value on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    $(Self::$unknown(text) => text,)?
                    $(Self::$other(text) => text,)?
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = runtime::Expected;
            fn from_str(text: &str) -> ::core::result::Result<Self, runtime::Expected> {
                match runtime::bridge::listed(Self::ALL, Self::as_str, text) {
                    ::core::option::Option::Some(listed) => ::core::result::Result::Ok(listed),
                    ::core::option::Option::None => runtime::string_enum!(@other text $($unknown)? $($other)? { $first_wire $($wire)* }),
                }
            }
        }
        impl runtime::shape::Shape for $name {
            type Kind = runtime::kind::Text;

            fn empty() -> Self {
                Self::$first
            }
        }
        impl runtime::shape::Text for $name {
            fn read(&mut self, text: &str) -> ::core::result::Result<(), runtime::Expected> {
                runtime::bridge::parse(self, text)
            }
            fn as_str(&self) -> ::core::option::Option<&str> {
                ::core::option::Option::Some(self.as_str())
            }
            $(fn is_unknown(&self) -> bool {
                if let Self::$unknown(_) = self { true } else { false }
            })?
            fn sample(&self, seed: u64) -> ::std::string::String {
                runtime::bridge::sample(Self::ALL, seed).to_string()
            }
        }
        runtime::bridge! { $name }
    };
    (@other $other:ident $unknown:ident $wires:tt) => { ::core::result::Result::Ok(Self::$unknown($other.to_owned())) };
    (@other $other:ident { $first:literal $($wire:literal)* }) => {
        ::core::result::Result::Err(runtime::Expected(concat!("one of ", $first, $(", ", $wire),*)))
    };
}
pub use __string_enum as string_enum;

/// An integer of a list of values: `integer_enum! { IpVersion { V4: 4, V6: 6 } }`. An open one keeps any other value in
/// its variant `Unknown(i64)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    (open $name:ident { $($rest:tt)* }) => {
        runtime::integer_enum! { @open Unknown $name { $($rest)* } }
    };
    ($(@open $unknown:ident)? $name:ident { $first:ident: $first_wire:literal $(, $variant:ident: $wire:literal)* $(,)? }) => {
        impl $name {
            /// Every value that the document lists.
            pub const ALL: &'static [Self] = &[Self::$first $(, Self::$variant)*];

            /// The value on the wire.
            #[must_use]
            pub fn value(&self) -> i64 {
                match self {
                    Self::$first => $first_wire,
                    $(Self::$variant => $wire,)*
                    $(Self::$unknown(number) => *number,)?
                }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.value(), f)
            }
        }
        impl ::core::convert::TryFrom<i64> for $name {
            type Error = runtime::Expected;
            fn try_from(number: i64) -> ::core::result::Result<Self, runtime::Expected> {
                match number {
                    $first_wire => ::core::result::Result::Ok(Self::$first),
                    $($wire => ::core::result::Result::Ok(Self::$variant),)*
                    other => runtime::integer_enum!(@other other $($unknown)? { $first_wire $($wire)* }),
                }
            }
        }
        impl runtime::shape::Shape for $name {
            type Kind = runtime::kind::Integer;

            fn empty() -> Self {
                Self::$first
            }
        }
        impl runtime::shape::Integer for $name {
            fn read(&mut self, number: i128) -> ::core::result::Result<(), runtime::Expected> {
                runtime::bridge::number(self, number)
            }
            fn number(&self) -> i128 {
                i128::from(self.value())
            }
            $(fn is_unknown(&self) -> bool {
                if let Self::$unknown(_) = self { true } else { false }
            })?
            fn sample(&self, seed: u64) -> i128 {
                i128::from(runtime::bridge::sample(Self::ALL, seed).value())
            }
        }
        runtime::bridge! { $name }
    };
    (@other $other:ident $unknown:ident $wires:tt) => { ::core::result::Result::Ok(Self::$unknown($other)) };
    (@other $other:ident { $first:literal $($wire:literal)* }) => {{
        let _ = $other;
        ::core::result::Result::Err(runtime::Expected(concat!("one of ", $first, $(", ", $wire),*)))
    }};
}
pub use __integer_enum as integer_enum;
