//! What a request may demand of a server: safe at first, and all of it the implementor's to change.

use super::super::body::{Body, CollectError};
use super::super::json;
use super::rejection::Rejection;
use bytes::Bytes;
use http::StatusCode;
use http::request::Parts;
use std::future::Future;
use std::time::Duration;

/// The limits of a router.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many bytes of a body are read, where it does not come piece by piece: 2 MiB.
    pub body_bytes: usize,
    /// How long such a body may take: 30 seconds. Nobody waits where there is no `tokio` runtime.
    pub body_time: Option<Duration>,
    /// How many bytes the target and the header have together: 64 KiB.
    pub head_bytes: usize,
    /// How deep the values of a body nest: 128 levels.
    pub depth: u16,
    /// Whether answers are held against the document, as they are in debug builds: one that breaks a constraint becomes a
    /// 500 which says so.
    pub check_answers: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 2 << 20,
            body_time: Some(Duration::from_secs(30)),
            head_bytes: 64 << 10,
            depth: json::DEPTH,
            check_answers: cfg!(debug_assertions),
        }
    }
}

impl Limits {
    /// Refuses a head that is too long: 414 or 431 (RFC 6585, section 5).
    pub(super) fn head(&self, parts: &Parts) -> Result<(), Rejection> {
        let target = parts
            .uri
            .path_and_query()
            .map_or(0, |target| target.as_str().len());
        if target > self.head_bytes {
            let message = format!("the target is longer than {} bytes", self.head_bytes);
            return Err(Rejection::new(StatusCode::URI_TOO_LONG, message));
        }
        let fields = parts.headers.iter();
        let length: usize = fields
            .map(|(name, value)| name.as_str().len() + value.len() + 4)
            .sum();
        if target + length > self.head_bytes {
            let message = format!("the header is longer than {} bytes", self.head_bytes);
            return Err(Rejection::new(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                message,
            ));
        }
        Ok(())
    }

    /// Reads a body to its end.
    pub(super) async fn collect(&self, body: Body) -> Result<Bytes, Rejection> {
        let collected = self.timed(body.collect(self.body_bytes)).await?;
        collected.map_err(|error| self.refused(error))
    }

    /// Waits for a body no longer than it may take.
    pub(super) async fn timed<T>(&self, work: impl Future<Output = T>) -> Result<T, Rejection> {
        match self.body_time {
            Some(time) if tokio::runtime::Handle::try_current().is_ok() => {
                let timed = tokio::time::timeout(time, work).await;
                timed.map_err(|_| {
                    Rejection::new(StatusCode::REQUEST_TIMEOUT, "the body did not come in time")
                })
            }
            _ => Ok(work.await),
        }
    }

    pub(super) fn refused(&self, error: CollectError) -> Rejection {
        match error {
            CollectError::TooLarge => {
                let message = format!("the body is longer than {} bytes", self.body_bytes);
                Rejection::new(StatusCode::PAYLOAD_TOO_LARGE, message)
            }
            CollectError::Broken(_) => {
                Rejection::new(StatusCode::BAD_REQUEST, "the body breaks off")
            }
        }
    }
}
