//! From an operation, as the document reads, to its tables and its implementations.

/// What the document says about an operation.
///
/// ```text
/// operation! {
///     ListBackups -> ListBackupsResponse = "listBackups" GET "/v1/backups",
///     new(id: Uuid, body: ListBackupsBody, ..),
///     checks [SIZES],
///     base "https://eu.example.com/v1",
///     security ["bearerAuth"] ["oauth" ("read", "write"), "tenant"],
///     path { id(required) }
///     query { limit(default = 20), ids(style = "pipeDelimited", explode = false) }
///     header { trace: "X-Trace" }
///     cookie { session }
///     body { body: json "application/merge-patch+json" (required) }
///     responses {
///         200 Ok(body, headers): json,
///         204 NoContent: empty,
///         4XX ClientError(status, body): json,
///         default Default(status, body): json,
///     }
///     success Ok(body, headers) -> (BackupList, ListBackupsOkHeaders),
///     paging { items: "/backups" [Backup], cursor: marker "marker", next: last_item "/id", more: "/meta/has_more" }
/// }
/// ```
/// Sections that would be empty are left out. `checks` are the schemas that marks refer to. `new` ends with `..` if something is not required. A body of several media types is a choice, in the section `bodies`, such as
/// `bodies { body: UpdatePetBody { Json: json, Csv: text "text/csv" } (required) }`. An answer names what its variant carries,
/// in this order: `status`, `body`, `headers`. In place of `success` stands `sole Ok(body) -> T` where there is no
/// other answer, and `successes CreateSuccess { Created(body), Accepted }` where several are one, with `all` behind it where all are; it is
/// left out where none is. `next` is one of `last_item`,
/// `member` and `link`.
#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    (derived $request:ident -> derived $($rest:tt)*) => {
        runtime::operation! { %derived $request -> %derived $($rest)* }
    };
    (derived $request:ident -> $($rest:tt)*) => {
        runtime::operation! { %derived $request -> $($rest)* }
    };
    ($request:ident -> derived $($rest:tt)*) => {
        runtime::operation! { $request -> %derived $($rest)* }
    };
    (
        $(%$derived:ident)? $request:ident -> $(%$derived_response:ident)? $response:ident = $id:literal $method:tt $route:literal,
        $(new($($argument:ident: $given:ty),+ $(, .. $($dots:lifetime)?)? $(,)?),)?
        $(checks [$($check:path),* $(,)?],)?
        $(base $base:literal,)?
        $(security $([$($scheme:literal $(($($scope:literal),*))?),*])+,)?
        $(path { $($path:ident $(: $path_wire:literal)? $(($($path_marks:tt)*))?),* $(,)? })?
        $(query { $($query:ident $(: $query_wire:literal)? $(($($query_marks:tt)*))?),* $(,)? })?
        $(header { $($header:ident $(: $header_wire:literal)? $(($($header_marks:tt)*))?),* $(,)? })?
        $(cookie { $($cookie:ident $(: $cookie_wire:literal)? $(($($cookie_marks:tt)*))?),* $(,)? })?
        $(body { $body:ident: $($of_body:tt)* })?
        $(bodies { $bodies:ident: $($of_bodies:tt)* })?
        responses {
            $($status:tt $variant:ident $(($($part:ident),*))?: $kind:ident $($answer_media:literal)* $([$($encoding:tt)*])? $(($($answer_marks:tt)*))?),*
            $(,)?
        }
        $(success $ok:ident $(($($ok_part:ident),*))? -> $gives:ty,)?
        $(sole $sole:ident $(($($sole_part:ident),*))? -> $sole_gives:ty,)?
        $(successes $successes:ident $of_successes:tt $($all:ident)?,)?
        $(paging { $($paging:tt)* })?
    ) => {
        impl runtime::operation::Request for $request {
            fn table(&self) -> &'static runtime::operation::OperationTable {
                <Self as runtime::operation::Operation>::operation()
            }
            runtime::places! {
                $($($path)*)? $($($query)*)? $($($header)*)? $($($cookie)*)? $($body)? $($bodies)?
            }
            $(
                fn choice(&mut self) -> ::core::option::Option<&mut dyn runtime::operation::Choice> {
                    ::core::option::Option::Some(&mut self.$bodies)
                }
                fn chosen(&self) -> ::core::option::Option<&dyn runtime::operation::Choice> {
                    ::core::option::Option::Some(&self.$bodies)
                }
            )?
        }
        impl runtime::operation::Operation for $request {
            type Response = $response;
            fn operation() -> &'static runtime::operation::OperationTable {
                runtime::words::Words::new(
                    stringify!(
                        $request $id $method $route
                        $(base $base)?
                        $(security $([$($scheme $(($($scope),*))?),*])+)?
                        $(path { $($path $(: $path_wire)? $(($($path_marks)*))?),* })?
                        $(query { $($query $(: $query_wire)? $(($($query_marks)*))?),* })?
                        $(header { $($header $(: $header_wire)? $(($($header_marks)*))?),* })?
                        $(cookie { $($cookie $(: $cookie_wire)? $(($($cookie_marks)*))?),* })?
                        $(body { $($of_body)* })?
                        $(body { $($of_bodies)* })?
                        responses {
                            $($status $variant: $kind $($answer_media)* $([$($encoding)*])? $(($($answer_marks)*))?),*
                        }
                    )
                )
                $(.with(const { &[$((stringify!($check), &$check)),*] }))?
                .table()
            }
            fn empty() -> Self {
                Self {
                    $($($path: runtime::shape::Shape::empty(),)*)?
                    $($($query: runtime::shape::Shape::empty(),)*)?
                    $($($header: runtime::shape::Shape::empty(),)*)?
                    $($($cookie: runtime::shape::Shape::empty(),)*)?
                    $($body: runtime::shape::Shape::empty(),)?
                    $($bodies: runtime::shape::Shape::empty(),)?
                }
            }
        }
        runtime::answers! { $request $response $([$variant $(($($part),*))?])* }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::clone::Clone for $request {
            fn clone(&self) -> Self {
                Self {
                    $($($path: ::core::clone::Clone::clone(&self.$path),)*)?
                    $($($query: ::core::clone::Clone::clone(&self.$query),)*)?
                    $($($header: ::core::clone::Clone::clone(&self.$header),)*)?
                    $($($cookie: ::core::clone::Clone::clone(&self.$cookie),)*)?
                    $($body: ::core::clone::Clone::clone(&self.$body),)?
                    $($bodies: ::core::clone::Clone::clone(&self.$bodies),)?
                }
            }
        }
        $(
            #[doc = stringify!($derived_response)]
            #[cfg(any())]
        )?
        impl ::core::clone::Clone for $response {
            fn clone(&self) -> Self {
                match self {
                    $(Self::$variant $(($($part),*))? => Self::$variant $(($(::core::clone::Clone::clone($part)),*))?,)*
                }
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::cmp::PartialEq for $request {
            fn eq(&self, other: &Self) -> bool {
                runtime::same::requests(self, other)
            }
        }
        $(
            #[doc = stringify!($derived)]
            #[cfg(any())]
        )?
        impl ::core::fmt::Debug for $request {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                runtime::show::request(self, f)
            }
        }
        $(
            #[doc = stringify!($derived_response)]
            #[cfg(any())]
        )?
        impl ::core::cmp::PartialEq for $response {
            fn eq(&self, other: &Self) -> bool {
                runtime::same::answers(self, other)
            }
        }
        $(
            #[doc = stringify!($derived_response)]
            #[cfg(any())]
        )?
        impl ::core::fmt::Debug for $response {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                runtime::show::answer(self, f)
            }
        }
        $(impl $request {
            /// With what is required, and nothing else.
            #[must_use]
            pub fn new($($argument: $given),+) -> Self {
                Self { $($argument,)+ $(..runtime::operation::Operation::empty() $($dots)?)? }
            }
        })?
        $(impl $response {
            /// What the answer carries, if it means success.
            ///
            /// # Errors
            ///
            /// Any other documented answer, which the error gives back.
            pub fn ok(self) -> ::core::result::Result<$gives, runtime::NotOk<Self>> {
                match self {
                    Self::$ok $(($($ok_part),*))? => ::core::result::Result::Ok(($($($ok_part),*)?)),
                    other => ::core::result::Result::Err(runtime::NotOk::new(other)),
                }
            }
        })?
        $(impl $response {
            /// What the one documented answer carries.
            ///
            /// # Errors
            ///
            /// None: there is no other documented answer.
            pub fn ok(self) -> ::core::result::Result<$sole_gives, runtime::NotOk<Self>> {
                let Self::$sole $(($($sole_part),*))? = self;
                ::core::result::Result::Ok(($($($sole_part),*)?))
            }
        })?
        $(runtime::successes! { $response $successes $of_successes $($all)? })?
        $(runtime::paging! { $request $($paging)* })?
    };
}
pub use __operation as operation;

/// The answers of an operation by their positions. Up to eight are written here and not by another macro, for the sake of
/// those who compile them (see `places!`); those of more are found by name.
#[doc(hidden)]
#[macro_export]
macro_rules! __answers {
    (
        $request:ident $response:ident
        [$a:ident $(($($aa:ident),*))?] $([$b:ident $(($($bb:ident),*))?] $([$c:ident $(($($cc:ident),*))?]
        $([$d:ident $(($($dd:ident),*))?] $([$e:ident $(($($ee:ident),*))?] $([$f:ident $(($($ff:ident),*))?]
        $([$g:ident $(($($gg:ident),*))?] $([$h:ident $(($($hh:ident),*))?])?)?)?)?)?)?)?
    ) => {
        impl runtime::operation::Response for $response {
            fn empty(answer: usize, status: ::http::StatusCode) -> Self {
                let _ = status;
                match answer {
                    0 => Self::$a $(($(runtime::operation::part::$aa(status)),*))?,
                    $(1 => Self::$b $(($(runtime::operation::part::$bb(status)),*))?,
                    $(2 => Self::$c $(($(runtime::operation::part::$cc(status)),*))?,
                    $(3 => Self::$d $(($(runtime::operation::part::$dd(status)),*))?,
                    $(4 => Self::$e $(($(runtime::operation::part::$ee(status)),*))?,
                    $(5 => Self::$f $(($(runtime::operation::part::$ff(status)),*))?,
                    $(6 => Self::$g $(($(runtime::operation::part::$gg(status)),*))?,
                    $(7 => Self::$h $(($(runtime::operation::part::$hh(status)),*))?,
                    )?)?)?)?)?)?)?
                    _ => runtime::shape::no_field(answer),
                }
            }
            fn places(&mut self) -> runtime::operation::Places<'_> {
                let places = runtime::operation::Places::default();
                match self {
                    Self::$a $(($($aa),*))? => places $($(.$aa($aa))*)?,
                    $(Self::$b $(($($bb),*))? => places $($(.$bb($bb))*)?,
                    $(Self::$c $(($($cc),*))? => places $($(.$cc($cc))*)?,
                    $(Self::$d $(($($dd),*))? => places $($(.$dd($dd))*)?,
                    $(Self::$e $(($($ee),*))? => places $($(.$ee($ee))*)?,
                    $(Self::$f $(($($ff),*))? => places $($(.$ff($ff))*)?,
                    $(Self::$g $(($($gg),*))? => places $($(.$gg($gg))*)?,
                    $(Self::$h $(($($hh),*))? => places $($(.$hh($hh))*)?,
                    )?)?)?)?)?)?)?
                }
            }
            fn views(&self) -> runtime::operation::Views<'_> {
                let views = runtime::operation::Views::new(<$request as runtime::operation::Operation>::operation());
                match self {
                    Self::$a $(($($aa),*))? => views.of(0) $($(.$aa($aa))*)?,
                    $(Self::$b $(($($bb),*))? => views.of(1) $($(.$bb($bb))*)?,
                    $(Self::$c $(($($cc),*))? => views.of(2) $($(.$cc($cc))*)?,
                    $(Self::$d $(($($dd),*))? => views.of(3) $($(.$dd($dd))*)?,
                    $(Self::$e $(($($ee),*))? => views.of(4) $($(.$ee($ee))*)?,
                    $(Self::$f $(($($ff),*))? => views.of(5) $($(.$ff($ff))*)?,
                    $(Self::$g $(($($gg),*))? => views.of(6) $($(.$gg($gg))*)?,
                    $(Self::$h $(($($hh),*))? => views.of(7) $($(.$hh($hh))*)?,
                    )?)?)?)?)?)?)?
                }
            }
        }
    };
    ($request:ident $response:ident $([$variant:ident $(($($part:ident),*))?])*) => {
        impl runtime::operation::Response for $response {
            fn empty(answer: usize, status: ::http::StatusCode) -> Self {
                let _ = status;
                let name = <$request as runtime::operation::Operation>::operation().answers[answer].name;
                $(if name == stringify!($variant) {
                    return Self::$variant $(($(runtime::operation::part::$part(status)),*))?;
                })*
                runtime::shape::no_field(answer)
            }
            fn places(&mut self) -> runtime::operation::Places<'_> {
                let places = runtime::operation::Places::default();
                match self {
                    $(Self::$variant $(($($part),*))? => places $($(.$part($part))*)?,)*
                }
            }
            fn views(&self) -> runtime::operation::Views<'_> {
                let views = runtime::operation::Views::new(<$request as runtime::operation::Operation>::operation());
                match self {
                    $(Self::$variant $(($($part),*))? => views.named(stringify!($variant)) $($(.$part($part))*)?,)*
                }
            }
        }
    };
}
pub use __answers as answers;

/// A body that is of one of several media types: each variant holds the value of one, in the order of the operation's table.
///
/// ```text
/// choice! { UpdatePetBody { Json, Csv } }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __choice {
    ($name:ident { $first:ident $(, $variant:ident)* $(,)? }) => {
        impl runtime::shape::Shape for $name {
            type Kind = runtime::kind::Own;

            fn empty() -> Self {
                Self::$first(runtime::shape::Shape::empty())
            }
        }
        impl runtime::kind::Kind<$name> for runtime::kind::Own {
            fn slot(value: &mut $name) -> runtime::shape::Slot<'_> {
                match value {
                    $name::$first(value) => runtime::shape::Shape::slot(value),
                    $($name::$variant(value) => runtime::shape::Shape::slot(value),)*
                }
            }
            fn view(value: &$name) -> runtime::shape::View<'_> {
                match value {
                    $name::$first(value) => runtime::shape::Shape::view(value),
                    $($name::$variant(value) => runtime::shape::Shape::view(value),)*
                }
            }
        }
        impl $name {
            fn __media(&self) -> usize {
                enum Row {
                    $first $(, $variant)*
                }
                match self {
                    Self::$first(_) => Row::$first as usize,
                    $(Self::$variant(_) => Row::$variant as usize,)*
                }
            }
        }
        impl runtime::operation::Choice for $name {
            fn select(&mut self, media: usize) -> runtime::shape::Slot<'_> {
                enum Row {
                    $first $(, $variant)*
                }
                let _ = Row::$first;
                *self = Self::$first(runtime::shape::Shape::empty());
                $(
                    if media == Row::$variant as usize {
                        *self = Self::$variant(runtime::shape::Shape::empty());
                    }
                )*
                runtime::shape::Shape::slot(self)
            }
            fn clear(&mut self) {}
            fn place(&mut self) -> ::core::option::Option<(usize, runtime::shape::Slot<'_>)> {
                ::core::option::Option::Some((self.__media(), runtime::shape::Shape::slot(self)))
            }
            fn active(&self) -> ::core::option::Option<(usize, runtime::shape::View<'_>)> {
                ::core::option::Option::Some((self.__media(), runtime::shape::Shape::view(self)))
            }
        }
    };
}
pub use __choice as choice;

/// The header fields of an answer.
///
/// ```text
/// headers! { ListPetsOkHeaders new(limit: i64, ..) { limit: "X-Rate-Limit" (required), next: "Link" } }
/// ```
/// `new` is left out where nothing is required; schemas that marks refer to stand at the end, in brackets.
#[doc(hidden)]
#[macro_export]
macro_rules! __headers {
    (
        $name:ident
        $(new($($argument:ident: $given:ty),+ $(, .. $($dots:lifetime)?)? $(,)?))?
        { $($field:ident $(: $wire:literal)? $(($($marks:tt)*))?),* $(,)? }
        $([$($check:path),* $(,)?])?
    ) => {
        impl runtime::shape::Shape for $name {
            type Kind = runtime::kind::Object;

            fn empty() -> Self {
                Self {
                    $($field: runtime::shape::Shape::empty(),)*
                }
            }
        }
        impl runtime::shape::Object for $name {
            fn table(&self) -> &'static runtime::table::ObjectTable {
                runtime::words::Words::new(
                    stringify!($name { $($field $(: $wire)? $(($($marks)*))?),* })
                )
                $(.with(const { &[$((stringify!($check), &$check)),*] }))?
                .table()
            }
            runtime::places! { $($field)* }
        }
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                Self {
                    $($field: ::core::clone::Clone::clone(&self.$field),)*
                }
            }
        }
        impl ::core::cmp::PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                runtime::same::objects(self, other)
            }
        }
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                runtime::show::object(self, f)
            }
        }
        $(
            impl $name {
                /// With what is required, and nothing else.
                #[must_use]
                pub fn new($($argument: $given),+) -> Self {
                    Self { $($argument,)+ $(..runtime::shape::Shape::empty() $($dots)?)? }
                }
            }
        )?
    };
}
pub use __headers as headers;

/// The requests that an answer's links lead to.
///
/// ```text
/// links! {
///     CreateUserResponse of CreateUser {
///         /// The request that the link `GetUser` leads to.
///         get_user: GetUser = 201 [0: body "/id"],
///         list_posts (request): ListPosts = 201 [0: request 1 "", 1: constant "10", 2: text [plain "by-", body "/id"]],
///     }
/// }
/// ```
/// The numbers are positions in the operations' tables. A link that repeats something of the request is given it.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "client")]
macro_rules! __links {
    (
        $response:ident of $request:ident {
            $(
                $(#[$docs:meta])*
                $method:ident $(($with:ident))?: $target:ty = $status:tt
                    [$($part:literal: $source:ident $($value:literal)* $([$($pieces:tt)*])?),* $(,)?]
            ),* $(,)?
        }
    ) => {
        impl $response {
            $(
                $(#[$docs])*
                pub fn $method(&self $(, $with: &$request)?) -> ::core::option::Option<$target> {
                    static LINK: runtime::link::LinkTable = runtime::link::LinkTable {
                        status: runtime::operation::StatusKey::of(stringify!($status)),
                        parts: &[$(($part, runtime::link_source!($source $($value)* $([$($pieces)*])?))),*],
                    };
                    let mut target = <$target as runtime::operation::Operation>::empty();
                    let request: ::core::option::Option<&dyn runtime::operation::Request> =
                        runtime::link_source!(@request $($with)?);
                    runtime::link::follow(&LINK, request, self, &mut target).then_some(target)
                }
            )*
        }
    };
}
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __links {
    ($($rest:tt)*) => {};
}
pub use __links as links;

/// Where a value of a link comes from.
#[doc(hidden)]
#[macro_export]
macro_rules! __link_source {
    (@request) => {
        ::core::option::Option::None
    };
    (@request $request:ident) => {
        ::core::option::Option::Some($request)
    };
    (constant $json:literal) => {
        runtime::link::Source::Constant($json)
    };
    (request $part:literal $pointer:literal) => {
        runtime::link::Source::Request($part, $pointer)
    };
    (body $pointer:literal) => {
        runtime::link::Source::Body($pointer)
    };
    (header $field:literal) => {
        runtime::link::Source::Header($field)
    };
    (status) => {
        runtime::link::Source::Status
    };
    (text [$($source:ident $($value:literal)*),* $(,)?]) => {
        runtime::link::Source::Text(&[$(runtime::link_source!($source $($value)*)),*])
    };
    (plain $text:literal) => {
        runtime::link::Source::Plain($text)
    };
}
pub use __link_source as link_source;

/// `.ok()` where several answers mean success: one of them; `all` where there is no other answer.
#[doc(hidden)]
#[macro_export]
macro_rules! __successes {
    ($response:ident $success:ident { $($name:ident $(($($part:ident),*))?),* $(,)? } all) => {
        impl $response {
            /// The answer: each that the document has means success.
            ///
            /// # Errors
            ///
            /// None: there is no other documented answer.
            pub fn ok(self) -> ::core::result::Result<$success, runtime::NotOk<Self>> {
                match self {
                    $(Self::$name $(($($part),*))? => ::core::result::Result::Ok($success::$name $(($($part),*))?),)*
                }
            }
        }
    };
    ($response:ident $success:ident { $($name:ident $(($($part:ident),*))?),* $(,)? }) => {
        impl $response {
            /// The answer, if it is one of those that mean success.
            ///
            /// # Errors
            ///
            /// Any other documented answer, which the error gives back.
            pub fn ok(self) -> ::core::result::Result<$success, runtime::NotOk<Self>> {
                match self {
                    $(Self::$name $(($($part),*))? => ::core::result::Result::Ok($success::$name $(($($part),*))?),)*
                    other => ::core::result::Result::Err(runtime::NotOk::new(other)),
                }
            }
        }
    };
}
pub use __successes as successes;

/// `items()` and `pages()`, where the document says how pages follow one another.
#[doc(hidden)]
#[macro_export]
macro_rules! __paging {
    (
        $request:ident
        items: $items:literal [$item:ty], cursor: $cursor:ident $wire:literal, next: $next:ident $pointer:literal
        $(, more: $more:literal)? $(,)?
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
