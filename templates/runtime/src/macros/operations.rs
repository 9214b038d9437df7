//! From an operation, as the document reads, to its tables and its implementations.

/// What the document says about an operation.
///
/// ```text
/// operation! {
///     ListBackups -> ListBackupsResponse = "listBackups" GET "/v1/backups",
///     new(id: Uuid, body: ListBackupsBody, ..),
///     security ["bearerAuth"] ["oauth" ("read", "write"), "tenant"],
///     path { id: "id" (required) }
///     query { limit: "limit" (default = 20), ids: "ids" (style = "pipeDelimited", explode = false) }
///     header { trace: "X-Trace" }
///     cookie { session: "session" }
///     body { body: json "application/merge-patch+json" (required) }
///     responses {
///         200 Ok: json,
///         204 NoContent: empty,
///         4XX ClientError(status): json,
///         default Default(status): json,
///     }
///     success Ok -> BackupList,
///     paging { items: "/backups" [Backup], cursor: marker "marker", next: last_item "/id", more: "/meta/has_more" }
/// }
/// ```
/// Sections that would be empty are left out. `new` ends with `..` if something is not required. `success` is one of `Ok -> T`, `Default(status) -> (StatusCode, T)` and
/// `enum CreateSuccess { Created(Backup), Accepted }`; it is left out where no answer is one. `next` is one of `last_item`,
/// `member` and `link`.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (
        $request:ident -> $response:ident = $id:literal $method:ident $route:literal,
        $(new $new:tt,)?
        $(security $([$($scheme:literal $(($($scope:literal),*))?),*])+,)?
        $(path { $($path:ident: $path_wire:literal $(($($path_marks:tt)*))?),* $(,)? })?
        $(query { $($query:ident: $query_wire:literal $(($($query_marks:tt)*))?),* $(,)? })?
        $(header { $($header:ident: $header_wire:literal $(($($header_marks:tt)*))?),* $(,)? })?
        $(cookie { $($cookie:ident: $cookie_wire:literal $(($($cookie_marks:tt)*))?),* $(,)? })?
        $(body { $body:ident: $codec:ident $($media:literal)? $(($($body_marks:tt)*))? $(,)? })?
        responses { $($status:tt $variant:ident $(($carries:ident))?: $kind:ident $($answer_media:literal)?),* $(,)? }
        $($rest:tt)*
    ) => {
        impl runtime::operation::Request for $request {
            fn table(&self) -> &'static runtime::operation::OperationTable {
                <Self as runtime::operation::Operation>::TABLE
            }
            fn slot(&mut self, part: usize) -> runtime::shape::Slot<'_> {
                runtime::pick!(
                    slot, self, part,
                    $($($path)*)? $($($query)*)? $($($header)*)? $($($cookie)*)? $($body)?
                )
            }
            fn view(&self, part: usize) -> runtime::shape::View<'_> {
                runtime::pick!(
                    view, self, part,
                    $($($path)*)? $($($query)*)? $($($header)*)? $($($cookie)*)? $($body)?
                )
            }
        }
        impl runtime::operation::Operation for $request {
            type Response = $response;
            const TABLE: &'static runtime::operation::OperationTable = {
                static TABLE: runtime::operation::OperationTable = runtime::operation::OperationTable {
                    id: $id,
                    method: stringify!($method),
                    route: $route,
                    parameters: &[
                        $($(runtime::part!(Path $path_wire $(($($path_marks)*))?),)*)?
                        $($(runtime::part!(Query $query_wire $(($($query_marks)*))?),)*)?
                        $($(runtime::part!(Header $header_wire $(($($header_marks)*))?),)*)?
                        $($(runtime::part!(Cookie $cookie_wire $(($($cookie_marks)*))?),)*)?
                    ],
                    body: runtime::part!(body $($codec [$($media)?] [$(($($body_marks)*))?])?),
                    security: &[
                        $($(&[
                            $(runtime::operation::Requirement {
                                scheme: $scheme,
                                scopes: &[$($($scope),*)?],
                            }),*
                        ]),+)?
                    ],
                    answers: &[
                        $(runtime::operation::Answer {
                            status: runtime::operation::StatusKey::of(stringify!($status)),
                            media: runtime::part!(media $kind $($answer_media)?),
                        }),*
                    ],
                };
                &TABLE
            };
            fn empty() -> Self {
                Self {
                    $($($path: runtime::shape::Shape::empty(),)*)?
                    $($($query: runtime::shape::Shape::empty(),)*)?
                    $($($header: runtime::shape::Shape::empty(),)*)?
                    $($($cookie: runtime::shape::Shape::empty(),)*)?
                    $($body: runtime::shape::Shape::empty(),)?
                }
            }
        }
        impl runtime::operation::Response for $response {
            fn empty(key: runtime::operation::StatusKey, status: ::http::StatusCode) -> Self {
                let _ = status;
                $(
                    if key == const { runtime::operation::StatusKey::of(stringify!($status)) } {
                        return runtime::answer!(make $kind $variant $($carries)? [status]);
                    }
                )*
                runtime::shape::no_field(usize::MAX)
            }
            fn slot(&mut self) -> ::core::option::Option<runtime::shape::Slot<'_>> {
                match self {
                    $(
                        runtime::answer!(body $kind $variant $($carries)? [body]) => {
                            runtime::answer!(slot $kind [body])
                        }
                    )*
                }
            }
            fn parts(
                &self,
            ) -> (
                runtime::operation::StatusKey,
                ::core::option::Option<::http::StatusCode>,
                ::core::option::Option<runtime::shape::View<'_>>,
            ) {
                match self {
                    $(
                        runtime::answer!(parts $kind $variant $($carries)? [status body]) => (
                            const { runtime::operation::StatusKey::of(stringify!($status)) },
                            runtime::answer!(status $($carries)? [status]),
                            runtime::answer!(view $kind [body]),
                        ),
                    )*
                }
            }
        }
        $(runtime::construct! { $request $new [<Self as runtime::operation::Operation>::empty()] })?
        runtime::success! { $response [$($variant)*] $($rest)* }
        runtime::paging! { $request $($rest)* }
    };
}
pub use __operation as operation;

/// A row of an operation's table.
#[doc(hidden)]
#[macro_export]
macro_rules! __part {
    (body) => { ::core::option::Option::None };
    (body $codec:ident [$($media:literal)?] [$(($($marks:tt)*))?]) => {
        ::core::option::Option::Some(runtime::operation::BodyTable {
            media: runtime::part!(one $codec $($media)?),
            field: runtime::table::Field::new("body") $(.with(const { runtime::mark!(@list $($marks)*) }))?,
        })
    };
    (media empty) => { ::core::option::Option::None };
    (media $codec:ident $($media:literal)?) => {
        ::core::option::Option::Some(runtime::part!(one $codec $($media)?))
    };
    (one json) => { runtime::part!(one json "application/json") };
    (one text) => { runtime::part!(one text "text/plain") };
    (one bytes) => { runtime::part!(one bytes "application/octet-stream") };
    (one json $media:literal) => {
        runtime::operation::Media { codec: runtime::operation::Codec::Json, name: $media }
    };
    (one text $media:literal) => {
        runtime::operation::Media { codec: runtime::operation::Codec::Text, name: $media }
    };
    (one bytes $media:literal) => {
        runtime::operation::Media { codec: runtime::operation::Codec::Bytes, name: $media }
    };
    ($location:ident $wire:literal $(($($marks:tt)*))?) => {
        runtime::operation::Parameter {
            location: runtime::operation::Location::$location,
            field: runtime::table::Field::new($wire) $(.with(const { runtime::mark!(@list $($marks)*) }))?,
        }
    };
}
pub use __part as part;

/// A variant of a response: unit, body, status, or status and body.
#[doc(hidden)]
#[macro_export]
macro_rules! __answer {
    (make empty $variant:ident [$status:ident]) => {
        Self::$variant
    };
    (make empty $variant:ident $carries:ident [$status:ident]) => {
        Self::$variant($status)
    };
    (make $kind:ident $variant:ident [$status:ident]) => {
        Self::$variant(runtime::shape::Shape::empty())
    };
    (make $kind:ident $variant:ident $carries:ident [$status:ident]) => {
        Self::$variant($status, runtime::shape::Shape::empty())
    };
    (body empty $variant:ident $($carries:ident)? [$body:ident]) => {
        Self::$variant { .. }
    };
    (body $kind:ident $variant:ident [$body:ident]) => {
        Self::$variant($body)
    };
    (body $kind:ident $variant:ident $carries:ident [$body:ident]) => {
        Self::$variant(_, $body)
    };
    (parts empty $variant:ident [$status:ident $body:ident]) => {
        Self::$variant
    };
    (parts empty $variant:ident $carries:ident [$status:ident $body:ident]) => {
        Self::$variant($status)
    };
    (parts $kind:ident $variant:ident [$status:ident $body:ident]) => {
        Self::$variant($body)
    };
    (parts $kind:ident $variant:ident $carries:ident [$status:ident $body:ident]) => {
        Self::$variant($status, $body)
    };
    (slot empty [$body:ident]) => {
        ::core::option::Option::None
    };
    (slot $kind:ident [$body:ident]) => {
        ::core::option::Option::Some(runtime::shape::Shape::slot($body))
    };
    (view empty [$body:ident]) => {
        ::core::option::Option::None
    };
    (view $kind:ident [$body:ident]) => {
        ::core::option::Option::Some(runtime::shape::Shape::view($body))
    };
    (status [$status:ident]) => {
        ::core::option::Option::None
    };
    (status $carries:ident [$status:ident]) => {
        ::core::option::Option::Some(*$status)
    };
}
pub use __answer as answer;

/// `.ok()`: the value of the answer that the caller hopes for.
#[doc(hidden)]
#[macro_export]
macro_rules! __success {
    ($response:ident [$($variant:ident)*] success $($rest:tt)*) => {
        impl $response {
            runtime::success! { @method [$($variant)*] $($rest)* }
        }
    };
    ($response:ident [$($variant:ident)*] $($rest:tt)*) => {};
    (@method [$($variant:ident)*] all enum $success:ident {
        $($name:ident $(($($given:ty),*))?),* $(,)?
    } $($rest:tt)*) => {
        /// The answer: each that the document has means success.
        ///
        /// # Errors
        ///
        /// None: there is no other documented answer.
        pub fn ok(self) -> ::core::result::Result<$success, runtime::NotOk<Self>> {
            runtime::success! { @match self $success [] [] $([$name $(($($given),*))?])* }
        }
    };
    (@method [$($variant:ident)*] enum $success:ident {
        $($name:ident $(($($given:ty),*))?),* $(,)?
    } $($rest:tt)*) => {
        /// The answer, if it is one of those that mean success.
        ///
        /// # Errors
        ///
        /// Any other documented answer, which the error gives back.
        pub fn ok(self) -> ::core::result::Result<$success, runtime::NotOk<Self>> {
            runtime::success! { @match self $success [$($variant)*] [] $([$name $(($($given),*))?])* }
        }
    };
    // The values of a variant get their names: at most a status and a body.
    (@match $self:ident $success:ident $variants:tt [$($arms:tt)*] [$name:ident] $($more:tt)*) => {
        runtime::success! {
            @match $self $success $variants
            [$($arms)* (Self::$name => ::core::result::Result::Ok($success::$name),)] $($more)*
        }
    };
    (@match $self:ident $success:ident $variants:tt [$($arms:tt)*] [$name:ident ($one:ty)] $($more:tt)*) => {
        runtime::success! {
            @match $self $success $variants
            [$($arms)* (Self::$name(one) => ::core::result::Result::Ok($success::$name(one)),)] $($more)*
        }
    };
    (@match $self:ident $success:ident $variants:tt [$($arms:tt)*] [$name:ident ($one:ty, $two:ty)] $($more:tt)*) => {
        runtime::success! {
            @match $self $success $variants
            [$($arms)* (Self::$name(one, two) => ::core::result::Result::Ok($success::$name(one, two)),)] $($more)*
        }
    };
    (@match $self:ident $success:ident [] [$(($($arm:tt)*))*]) => {
        match $self {
            $($($arm)*)*
        }
    };
    (@match $self:ident $success:ident [$($variant:ident)+] [$(($($arm:tt)*))*]) => {
        match $self {
            $($($arm)*)*
            other => ::core::result::Result::Err(runtime::NotOk::new(other)),
        }
    };
    (@method [$only:ident] $name:ident -> () $($rest:tt)*) => {
        /// Nothing: the one documented answer has no value.
        ///
        /// # Errors
        ///
        /// None: there is no other documented answer.
        pub fn ok(self) -> ::core::result::Result<(), runtime::NotOk<Self>> {
            let Self::$name = self;
            ::core::result::Result::Ok(())
        }
    };
    (@method [$only:ident] $name:ident $((status))? -> $($gives:tt)*) => {
        runtime::success! { @only $name -> $($gives)* }
    };
    (@method [$($variant:ident)*] $name:ident -> (), $($rest:tt)*) => {
        /// Nothing, if the answer means success.
        ///
        /// # Errors
        ///
        /// Any other documented answer, which the error gives back.
        pub fn ok(self) -> ::core::result::Result<(), runtime::NotOk<Self>> {
            match self {
                Self::$name => ::core::result::Result::Ok(()),
                other => ::core::result::Result::Err(runtime::NotOk::new(other)),
            }
        }
    };
    (@method [$($variant:ident)*] $name:ident (status) -> ($status:ty, $body:ty), $($rest:tt)*) => {
        /// The status and the body, if the answer means success.
        ///
        /// # Errors
        ///
        /// Any other documented answer, which the error gives back.
        pub fn ok(self) -> ::core::result::Result<($status, $body), runtime::NotOk<Self>> {
            match self {
                Self::$name(status, body) => ::core::result::Result::Ok((status, body)),
                other => ::core::result::Result::Err(runtime::NotOk::new(other)),
            }
        }
    };
    (@method [$($variant:ident)*] $name:ident $((status))? -> $gives:ty, $($rest:tt)*) => {
        /// The value, if the answer means success.
        ///
        /// # Errors
        ///
        /// Any other documented answer, which the error gives back.
        pub fn ok(self) -> ::core::result::Result<$gives, runtime::NotOk<Self>> {
            match self {
                Self::$name(value) => ::core::result::Result::Ok(value),
                other => ::core::result::Result::Err(runtime::NotOk::new(other)),
            }
        }
    };
    (@only $name:ident -> ($status:ty, $body:ty), $($rest:tt)*) => {
        /// The status and the body of the one documented answer.
        ///
        /// # Errors
        ///
        /// None: there is no other documented answer.
        pub fn ok(self) -> ::core::result::Result<($status, $body), runtime::NotOk<Self>> {
            let Self::$name(status, body) = self;
            ::core::result::Result::Ok((status, body))
        }
    };
    (@only $name:ident -> $gives:ty, $($rest:tt)*) => {
        /// The value of the one documented answer.
        ///
        /// # Errors
        ///
        /// None: there is no other documented answer.
        pub fn ok(self) -> ::core::result::Result<$gives, runtime::NotOk<Self>> {
            let Self::$name(value) = self;
            ::core::result::Result::Ok(value)
        }
    };
}
pub use __success as success;

/// `items()` and `pages()`, where the document says how pages follow one another.
#[doc(hidden)]
#[macro_export]
macro_rules! __paging {
    ($request:ident) => {};
    (
        $request:ident paging {
            items: $items:literal [$item:ty], cursor: $cursor:ident $wire:literal, next: $next:ident $pointer:literal
            $(, more: $more:literal)? $(,)?
        }
    ) => {
        impl runtime::operation::Paged for $request {
            type Item = $item;
            const PAGING: &'static runtime::operation::PagingTable = &runtime::operation::PagingTable {
                items: $items,
                cursor: $wire,
                next: runtime::paging!(@next $next $pointer),
                more: runtime::paging!(@more $($more)?),
            };
            fn cursor(&mut self) -> runtime::shape::Slot<'_> {
                runtime::shape::Shape::slot(&mut self.$cursor)
            }
        }
    };
    (@next last_item $pointer:literal) => { runtime::operation::Next::LastItem($pointer) };
    (@next member $pointer:literal) => { runtime::operation::Next::Member($pointer) };
    (@next link $pointer:literal) => { runtime::operation::Next::Link($pointer) };
    (@more) => { ::core::option::Option::None };
    (@more $more:literal) => { ::core::option::Option::Some($more) };
    ($request:ident success all enum $success:ident $variants:tt $($rest:tt)*) => {
        runtime::paging! { $request $($rest)* }
    };
    ($request:ident success enum $success:ident $variants:tt $($rest:tt)*) => {
        runtime::paging! { $request $($rest)* }
    };
    ($request:ident success $name:ident $(($status:ident))? -> $gives:ty, $($rest:tt)*) => {
        runtime::paging! { $request $($rest)* }
    };
}
pub use __paging as paging;

/// Every operation of a crate by its request, for tests that hold for each of them.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "arbitrary")]
macro_rules! __operations {
    ($($(#[$attribute:meta])* { $($request:ident),* $(,)? })*) => {
        /// Shows every operation to a visitor.
        pub fn each_operation(visitor: &mut impl runtime::wire::Visitor) {
            $($(#[$attribute])* {
                $(visitor.visit::<operations::$request>();)*
            })*
        }
    };
}
#[cfg(not(feature = "arbitrary"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __operations {
    ($($rest:tt)*) => {};
}
pub use __operations as operations;
