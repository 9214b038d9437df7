//! What goes wrong, in the envelope that ByCloud documents.

use bycloud::runtime::{ErrorResponse, Rejection};
use bycloud::types::{Error, ErrorBody};
use http::StatusCode;
use uuid::Uuid;

/// Why an answer is none that the operation documents.
pub enum Failure {
    Rejected(Rejection),
    Database(rusqlite::Error),
}

pub type Answer<T> = Result<T, Failure>;

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// The one place that shapes the body of every error that is not an operation's own.
impl From<Failure> for ErrorResponse {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Rejected(why) => {
                Self::from_rejection(&why, &error(why.status(), &why.to_string()))
            }
            Failure::Database(cause) => {
                eprintln!("database: {cause}");
                let status = StatusCode::INTERNAL_SERVER_ERROR;
                Self::json(status, &error(status, "the database failed"))
            }
        }
    }
}

/// The documented envelope.
pub fn error(status: StatusCode, message: &str) -> ErrorBody {
    ErrorBody {
        error: Error {
            code: status.as_u16().into(),
            message: message.to_owned(),
            details: None,
            request_id: Some(format!("req-{}", Uuid::new_v4())),
        },
    }
}

pub fn not_found(message: &str) -> ErrorBody {
    error(StatusCode::NOT_FOUND, message)
}

pub fn conflict(message: &str) -> ErrorBody {
    error(StatusCode::CONFLICT, message)
}
