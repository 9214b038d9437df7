//! The server side of a document: a trait for each group of operations, and the router over them.

/// A group of operations to implement.
///
/// ```text
/// server_group! {
///     /// Volumes, and their backups and snapshots.
///     BlockStorage {
///         /// List backups: `GET /v1/backups`.
///         list_backups: ListBackups,
///         /// Health: `GET /health`.
///         health: GetHealth (public),
///         /// Me: `GET /me`.
///         me: GetMe (optional_caller),
///     }
/// }
/// ```
/// A handler is told who calls, unless the operation needs no credentials (`public`); where they may be left out, it is told
/// who calls if somebody says so (`optional_caller`).
#[doc(hidden)]
#[macro_export]
macro_rules! __server_group {
    (
        $(#[$docs:meta])*
        $name:ident {
            $($(#[$method_docs:meta])* $method:ident: $($request:ident)::+ $(($mode:ident))?),* $(,)?
        }
    ) => {
        $(#[$docs])*
        #[diagnostic::on_unimplemented(
            message = "`{Self}` does not implement the operations of this group",
            note = "each operation is an `async fn` that gives a documented answer, or the implementor's own `Failure`"
        )]
        pub trait $name: ::core::marker::Send + ::core::marker::Sync + 'static {
            /// Who calls, as the router's `Authenticate` has found out.
            type Caller: ::core::marker::Send;
            /// Why there is no documented answer; its `ErrorResponse` is sent.
            type Failure: ::core::convert::From<runtime::Rejection>
                + ::core::convert::Into<runtime::ErrorResponse>
                + ::core::marker::Send;
            $(
                runtime::handler! { @declare [$(#[$method_docs])*] $method [$($request)::+] $($mode)? }
            )*
            #[doc(hidden)]
            fn __endpoints<A>(self) -> ::std::vec::Vec<runtime::Endpoint<A>>
            where
                Self: ::core::marker::Sized,
                A: runtime::Authenticate<Caller = Self::Caller, Failure = Self::Failure>,
            {
                let service = ::std::sync::Arc::new(self);
                ::std::vec![$(
                    runtime::handler! { @endpoint service $method [$($request)::+] $($mode)? }
                ),*]
            }
        }
        #[doc(hidden)]
        pub(super) static OPERATIONS: &[runtime::operation::ToOperation] =
            &[$(<$($request)::+ as runtime::operation::Operation>::operation),*];
    };
}
pub use __server_group as server_group;

/// A handler in its group's trait, and its call.
#[doc(hidden)]
#[macro_export]
macro_rules! __handler {
    (@declare [$(#[$docs:meta])*] $method:ident [$request:ty]) => {
        $(#[$docs])*
        fn $method(
            &self,
            caller: Self::Caller,
            request: $request,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<<$request as runtime::operation::Operation>::Response, Self::Failure>,
        > + ::core::marker::Send;
    };
    (@declare [$(#[$docs:meta])*] $method:ident [$request:ty] public) => {
        $(#[$docs])*
        fn $method(
            &self,
            request: $request,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<<$request as runtime::operation::Operation>::Response, Self::Failure>,
        > + ::core::marker::Send;
    };
    (@declare [$(#[$docs:meta])*] $method:ident [$request:ty] optional_caller) => {
        $(#[$docs])*
        fn $method(
            &self,
            caller: ::core::option::Option<Self::Caller>,
            request: $request,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<<$request as runtime::operation::Operation>::Response, Self::Failure>,
        > + ::core::marker::Send;
    };
    (@endpoint $service:ident $method:ident [$request:ty]) => {
        runtime::Endpoint::new(&$service, |service: &Self, caller, request: $request| {
            ::std::boxed::Box::pin(service.$method(caller, request))
        })
    };
    (@endpoint $service:ident $method:ident [$request:ty] public) => {
        runtime::Endpoint::public(&$service, |service: &Self, (), request: $request| {
            ::std::boxed::Box::pin(service.$method(request))
        })
    };
    (@endpoint $service:ident $method:ident [$request:ty] optional_caller) => {
        runtime::Endpoint::optional_caller(&$service, |service: &Self, caller, request: $request| {
            ::std::boxed::Box::pin(service.$method(caller, request))
        })
    };
}
pub use __handler as handler;

/// The operations of a group in a module of its name, or of another one.
#[doc(hidden)]
#[macro_export]
macro_rules! __operations_of {
    ($group:ident) => {
        $group::OPERATIONS
    };
    ($group:ident $module:ident) => {
        $module::OPERATIONS
    };
}
pub use __operations_of as operations_of;

/// The router over the groups, and its builder.
///
/// ```text
/// router! {
///     Router, RouterBuilder {
///         #[cfg(feature = "block-storage")]
///         block_storage: BlockStorage,
///     }
///     security {
///         "bearerAuth": bearer,
///         "apiKeyAuth": header "X-Api-Key",
///     }
/// }
/// ```
/// The name of a group is that of its module, unless the module is named: `größe: Größe in groe`.
#[doc(hidden)]
#[macro_export]
macro_rules! __router {
    (
        $router:ident, $builder:ident { $($(#[$gate:meta])* $group:ident: $name:ident $(in $module:ident)?),* $(,)? }
        $(security { $($key:literal: $kind:ident $($wire:literal)?),* $(,)? })?
    ) => {
        /// Answers the document's operations: a `tower` service, for axum, hyper, or a client in the same process.
        #[derive(Clone, Debug)]
        pub struct $router(runtime::Routes);

        impl $router {
            /// Starts a router, with what turns credentials into callers.
            pub fn builder<A: runtime::Authenticate>(authenticate: A) -> $builder<A> {
                $builder(runtime::RoutesBuilder::new(
                    authenticate,
                    const { &[$($(runtime::scheme($key, runtime::scheme_place!($kind $($wire)?))),*)?] },
                    runtime::bridge::operations(&[
                        $($(#[$gate])* runtime::operations_of!($group $($module)?)),*
                    ]),
                ))
            }
        }

        /// Makes a router.
        #[must_use]
        pub struct $builder<A: runtime::Authenticate>(runtime::RoutesBuilder<A>);

        impl<A: runtime::Authenticate> ::core::fmt::Debug for $builder<A> {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($builder)).finish_non_exhaustive()
            }
        }

        impl<A: runtime::Authenticate> $builder<A> {
            $(
                /// Mounts a group; one that is not mounted answers 404.
                $(#[$gate])*
                pub fn $group<S>(mut self, service: S) -> Self
                where
                    // A group may be called like one of the type parameters.
                    S: self::$name<Caller = A::Caller, Failure = A::Failure>,
                {
                    self.0.mount(service.__endpoints());
                    self
                }
            )*

            /// What requests may demand: bytes, time, depth.
            pub fn limits(mut self, limits: runtime::Limits) -> Self {
                self.0.limits(limits);
                self
            }

            /// Serves a text at a path that the document does not have, such as the document itself:
            /// `document("/openapi.yaml", "application/yaml", include_str!("openapi.yaml"))`.
            pub fn document(
                mut self,
                path: impl ::core::convert::Into<::std::string::String>,
                media_type: &'static str,
                text: &'static str,
            ) -> Self {
                self.0.document(path.into(), media_type, text.into());
                self
            }

            /// How many bytes of a request's body are read; 2 MiB at first.
            pub fn max_body_bytes(mut self, bytes: usize) -> Self {
                self.0.max_body_bytes(bytes);
                self
            }

            /// Groups that are not mounted answer 501 in place of 404.
            pub fn not_implemented(mut self, answer: bool) -> Self {
                self.0.not_implemented(answer);
                self
            }

            /// The router.
            pub fn build(self) -> $router {
                $router(self.0.build())
            }
        }

        impl<B> runtime::Service<::http::Request<B>> for $router
        where
            B: runtime::HttpBody,
        {
            type Response = ::http::Response<runtime::Body>;
            type Error = ::core::convert::Infallible;
            type Future = runtime::Answering;

            fn poll_ready(
                &mut self,
                _: &mut ::core::task::Context<'_>,
            ) -> ::core::task::Poll<::core::result::Result<(), Self::Error>> {
                ::core::task::Poll::Ready(::core::result::Result::Ok(()))
            }

            fn call(&mut self, request: ::http::Request<B>) -> Self::Future {
                self.0.answer(request.map(runtime::Body::new))
            }
        }
    };
}
pub use __router as router;

/// Where a credential stands in a request.
#[doc(hidden)]
#[macro_export]
macro_rules! __scheme_place {
    (bearer) => {
        runtime::SchemePlace::Bearer
    };
    (basic) => {
        runtime::SchemePlace::Basic
    };
    (header $name:literal) => {
        runtime::SchemePlace::Header($name)
    };
    (query $name:literal) => {
        runtime::SchemePlace::Query($name)
    };
    (cookie $name:literal) => {
        runtime::SchemePlace::Cookie($name)
    };
}
pub use __scheme_place as scheme_place;
