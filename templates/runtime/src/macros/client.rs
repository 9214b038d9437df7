//! The client of a document and its groups of operations.

/// The client and its builder.
///
/// ```text
/// client! {
///     /// The client of the ByCloud API.
///     Client, ClientBuilder,
///     base_url "https://api.spo1.mycloud.com",
///     security {
///         /// Token of a console user.
///         bearer_auth: bearer "bearerAuth",
///         /// Key of a service account.
///         api_key_auth: header "X-Api-Key" "apiKeyAuth",
///     }
/// }
/// ```
/// `base_url none` where the document names none. A scheme is `bearer` or `basic` with its key in the document, or `header`,
/// `query` or `cookie` with the credential's name on the wire and the key.
#[doc(hidden)]
#[macro_export]
macro_rules! __client {
    (
        $(#[$docs:meta])*
        $client:ident, $builder:ident,
        base_url $base_url:tt,
        $(security {
            $($(#[$scheme_docs:meta])* $method:ident: $kind:ident $($name:literal)+),* $(,)?
        })?
    ) => {
        $(#[$docs])*
        #[derive(Clone, Debug)]
        pub struct $client(runtime::ClientCore);

        impl $client {
            /// Starts to make a client.
            pub fn builder() -> $builder {
                $builder(runtime::ClientCoreBuilder::new(
                    runtime::credential!(@base $base_url),
                    concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                ))
            }

            /// A client without credentials over a `tower` service, such as a `Router`: the whole wire with no socket.
            pub fn over<S>(service: S) -> Self
            where
                S: runtime::HttpService,
            {
                Self(Self::builder().0.over(service))
            }

            /// Calls any operation.
            pub fn call<O: runtime::operation::Operation>(&self, request: O) -> runtime::Call<'_, O> {
                self.0.call(request)
            }
        }

        /// Makes a client.
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $builder(runtime::ClientCoreBuilder);

        impl $builder {
            /// Where the API is, in place of the document's own base URL.
            pub fn base_url(self, base_url: impl ::core::convert::Into<::std::string::String>) -> Self {
                Self(self.0.base_url(base_url.into()))
            }

            $($(
                $(#[$scheme_docs])*
                pub fn $method(self, credential: impl ::core::convert::Into<::std::string::String>) -> Self {
                    let credential = runtime::credential!(@new $kind [$($name)+] credential.into());
                    Self(self.0.credential(credential))
                }
            )*)?

            /// A header of every request.
            pub fn header(self, name: ::http::HeaderName, value: ::http::HeaderValue) -> Self {
                Self(self.0.header(name, value))
            }

            /// How long a call may take, from the request to the end of the answer; without limit at first, but for the
            /// default transport, which gives up after a minute.
            pub fn timeout(self, timeout: ::core::time::Duration) -> Self {
                Self(self.0.timeout(timeout))
            }

            /// What the client calls itself.
            pub fn user_agent(self, user_agent: ::http::HeaderValue) -> Self {
                Self(self.0.header(::http::header::USER_AGENT, user_agent))
            }

            /// How many bytes of an answer are read; 64 MiB at first.
            pub fn max_response_bytes(self, bytes: usize) -> Self {
                Self(self.0.max_response_bytes(bytes))
            }

            /// Sends enum values that the document does not list.
            pub fn allow_unknown(self, allow: bool) -> Self {
                Self(self.0.allow_unknown(allow))
            }

            /// When streams of server-sent events are asked for again after their connections have ended.
            pub fn reconnect(self, reconnect: runtime::Reconnect) -> Self {
                Self(self.0.reconnect(reconnect))
            }

            /// Sends requests by a transport of the caller's own.
            pub fn transport(self, transport: impl runtime::Transport) -> Self {
                Self(self.0.transport(transport))
            }

            runtime::http_client! {}

            /// Sends requests to a `tower` service, such as a `Router`.
            pub fn over<S>(self, service: S) -> $client
            where
                S: runtime::HttpService,
            {
                $client(self.0.over(service))
            }

            /// The client.
            ///
            /// # Errors
            ///
            /// The base URL is missing or malformed, or there is no transport.
            pub fn build(self) -> ::core::result::Result<$client, runtime::BuildError> {
                ::core::result::Result::Ok($client(self.0.build()?))
            }
        }
    };
}
pub use __client as client;

/// The builder's method that takes a `reqwest` client, where the runtime knows of `reqwest`.
#[cfg(feature = "reqwest")]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    () => {
        /// Sends requests by a `reqwest` client of the caller's own.
        pub fn http_client(self, client: runtime::reqwest::Client) -> Self {
            Self(self.0.transport(client))
        }
    };
}
#[cfg(not(feature = "reqwest"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __http_client {
    () => {};
}
pub use __http_client as http_client;

/// What the client macro needs of its rows.
#[doc(hidden)]
#[macro_export]
macro_rules! __credential {
    (@base none) => {
        ::core::option::Option::None
    };
    (@base $base_url:literal) => {
        ::core::option::Option::Some($base_url)
    };
    (@new bearer [$key:literal] $value:expr) => {
        runtime::Credential::new($key, runtime::CredentialKind::Bearer, $value)
    };
    (@new basic [$key:literal] $value:expr) => {
        runtime::Credential::new($key, runtime::CredentialKind::Basic, $value)
    };
    (@new header [$name:literal $key:literal] $value:expr) => {
        runtime::Credential::new($key, runtime::CredentialKind::Header($name), $value)
    };
    (@new query [$name:literal $key:literal] $value:expr) => {
        runtime::Credential::new($key, runtime::CredentialKind::Query($name), $value)
    };
    (@new cookie [$name:literal $key:literal] $value:expr) => {
        runtime::Credential::new($key, runtime::CredentialKind::Cookie($name), $value)
    };
}
pub use __credential as credential;

/// A group of operations: its trait, and the client's methods.
///
/// ```text
/// client_group! {
///     /// Volumes, and their backups and snapshots.
///     BlockStorage {
///         /// List backups: `GET /v1/backups`.
///         list_backups: ListBackups,
///     }
/// }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __client_group {
    (
        $(#[$docs:meta])*
        $name:ident { $($(#[$method_docs:meta])* $method:ident: $request:ty),* $(,)? }
    ) => {
        $(#[$docs])*
        pub trait $name: ::core::marker::Send + ::core::marker::Sync {
            $(
                $(#[$method_docs])*
                fn $method(&self, request: $request) -> runtime::Call<'_, $request>;
            )*
        }
        impl Client {
            $(
                $(#[$method_docs])*
                pub fn $method(&self, request: $request) -> runtime::Call<'_, $request> {
                    self.call(request)
                }
            )*
        }
        impl $name for Client {
            $(
                fn $method(&self, request: $request) -> runtime::Call<'_, $request> {
                    self.call(request)
                }
            )*
        }
    };
}
pub use __client_group as client_group;
