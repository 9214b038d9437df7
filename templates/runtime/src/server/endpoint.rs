//! One operation of a mounted service, with its types behind a function pointer.

use super::super::body::Body;
use super::super::operation::{Operation, OperationTable};
use super::super::response;
use super::authenticate::Authenticate;
use super::limit::Limits;
use super::negotiate;
use super::read;
use super::rejection::{ErrorResponse, Rejection};
use http::StatusCode;
use http::request::Parts;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// A request that has found its operation. `Debug` shows neither header nor body.
pub struct Incoming {
    /// Everything but the body.
    pub parts: Parts,
    /// The texts of the path parameters, not decoded.
    pub path: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
    /// What it may demand.
    pub limits: Limits,
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Incoming({} {})",
            self.parts.method,
            self.parts.uri.path()
        )
    }
}

/// The answer to come.
pub(super) type Handling = Pin<Box<dyn Future<Output = http::Response<Body>> + Send>>;

type Handler<C> = Box<dyn Fn(Incoming, Option<C>) -> Handling + Send + Sync>;

/// An operation with what handles it.
pub struct Endpoint<A: Authenticate> {
    pub(super) table: &'static OperationTable,
    pub(super) handler: Handler<A::Caller>,
}

/// A method of a service, for one operation: what it is called on, what it is told of the caller, and the request.
pub type Handle<S, K, O, F> = for<'a> fn(
    &'a S,
    K,
    O,
) -> Pin<
    Box<dyn Future<Output = Result<<O as Operation>::Response, F>> + Send + 'a>,
>;

impl<A: Authenticate> fmt::Debug for Endpoint<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Endpoint({})", self.table.id)
    }
}

impl<A: Authenticate> Endpoint<A> {
    /// The operation of a request struct, handled by a method of a service that is told who calls.
    ///
    /// A method gives its future in a box: an `async` block for each operation of a document makes the compiler look
    /// through all types that a request reaches, once more for each operation.
    pub fn new<S, O>(service: &Arc<S>, call: Handle<S, A::Caller, O, A::Failure>) -> Self
    where
        S: Send + Sync + 'static,
        A::Caller: 'static,
        O: Operation,
    {
        Self::of(service, call, |caller| {
            caller.ok_or_else(|| Rejection::unauthorized("a credential is needed"))
        })
    }

    /// The same where credentials may be left out.
    pub fn optional_caller<S, O>(
        service: &Arc<S>,
        call: Handle<S, Option<A::Caller>, O, A::Failure>,
    ) -> Self
    where
        S: Send + Sync + 'static,
        A::Caller: 'static,
        O: Operation,
    {
        Self::of(service, call, Ok)
    }

    /// The same where nobody is asked for credentials.
    pub fn public<S, O>(service: &Arc<S>, call: Handle<S, (), O, A::Failure>) -> Self
    where
        S: Send + Sync + 'static,
        A::Caller: 'static,
        O: Operation,
    {
        Self::of(service, call, |_| Ok(()))
    }

    /// `admit` makes of the caller what the method is told.
    fn of<S, K, O>(
        service: &Arc<S>,
        call: Handle<S, K, O, A::Failure>,
        admit: fn(Option<A::Caller>) -> Result<K, Rejection>,
    ) -> Self
    where
        S: Send + Sync + 'static,
        A::Caller: 'static,
        K: 'static,
        O: Operation,
    {
        let service = Arc::clone(service);
        let handler = move |incoming: Incoming, caller| -> Handling {
            let service = Arc::clone(&service);
            Box::pin(async move {
                let accept = negotiate::accept(&incoming.parts.headers);
                let wanted = accept.as_ref().and_then(|accept| accept.to_str().ok());
                if let Some(Err(rejection)) =
                    wanted.map(|wanted| negotiate::acceptable(O::operation(), wanted))
                {
                    return refused::<A>(rejection);
                }
                let check = incoming.limits.check_answers;
                let mut request = O::empty();
                if let Err(rejection) = read::read(incoming, &mut request).await {
                    return refused::<A>(rejection);
                }
                let told = match admit(caller) {
                    Ok(told) => told,
                    Err(rejection) => return refused::<A>(rejection),
                };
                match call(&service, told, request).await {
                    Ok(mut answer) => {
                        let checked = if check {
                            read::checked(&answer)
                        } else {
                            Ok(())
                        };
                        let written = checked.and_then(|()| {
                            response::write(O::operation(), &mut answer, wanted)
                                .map_err(|_| "the answer cannot be written".to_owned())
                        });
                        written.unwrap_or_else(|message| {
                            refused::<A>(Rejection::new(StatusCode::INTERNAL_SERVER_ERROR, message))
                        })
                    }
                    Err(failure) => {
                        let error: ErrorResponse = failure.into();
                        error.into()
                    }
                }
            })
        };
        Self {
            table: O::operation(),
            handler: Box::new(handler),
        }
    }
}

/// A rejection in the implementor's own shape.
pub(super) fn refused<A: Authenticate>(rejection: Rejection) -> http::Response<Body> {
    let error: ErrorResponse = A::Failure::from(rejection).into();
    error.into()
}
