//! From what is read to what is sent.

/// A type of requests, made of what answers carry of the same schema: what is not sent is left out.
///
/// ```text
/// input! { Order => OrderInput { lines(into), payment, total: total_2, password(absent) } }
/// input! { Shape => ShapeInput [Circle(into), Square] Unknown }
/// ```
/// A field says its name in what is read where that is another one. `into` turns a value, or each of those that it holds; `absent` stands for what is
/// not read. A name behind the variants is that of the one that keeps any other value.
#[doc(hidden)]
#[macro_export]
macro_rules! __input {
    ($read:ty => $input:ty { $($field:ident $(: $from:ident)? $(($how:ident))?),* $(,)? }) => {
        impl ::core::convert::From<$read> for $input {
            fn from(read: $read) -> Self {
                Self { $($field: runtime::input!(@field read [$($from)? $field] $($how)?)),* }
            }
        }
        runtime::input! { @turn $read => $input }
    };
    ($read:ty => $input:ty [ $($variant:ident $(: $from:ident)? $(($how:ident))?),* $(,)? ] $($kept:ident)?) => {
        impl ::core::convert::From<$read> for $input {
            fn from(read: $read) -> Self {
                type Read = $read;
                match read {
                    $(runtime::input!(@variant value [$($from)? $variant]) => {
                        Self::$variant(runtime::input!(@value value $($how)?))
                    })*
                    $(Read::$kept(value) => Self::$kept(value),)?
                }
            }
        }
        runtime::input! { @turn $read => $input }
    };
    (@turn $read:ty => $input:ty) => {
        impl runtime::Turn<$input> for $read {
            fn turn(self) -> $input {
                ::core::convert::Into::into(self)
            }
        }
    };
    (@field $read:ident $from:tt absent) => { runtime::shape::Shape::empty() };
    (@field $read:ident [$from:ident $($field:ident)?]) => { $read.$from };
    (@field $read:ident [$from:ident $($field:ident)?] into) => { runtime::Turn::turn($read.$from) };
    (@variant $value:ident [$from:ident $($variant:ident)?]) => { Read::$from($value) };
    (@value $value:ident) => { $value };
    (@value $value:ident into) => { runtime::Turn::turn($value) };
}
pub use __input as input;
