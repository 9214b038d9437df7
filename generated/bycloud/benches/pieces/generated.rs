//! The same operation by the generated crate.

use super::exchange::{Calling, TOKEN, ready};
use super::{json, sample};
use bycloud::Client;
use bycloud::operations::*;
use bycloud::runtime::{Authenticate, ErrorResponse, Presented, Rejection};
use bycloud::server::{BlockStorage, Router};
use bycloud::types::{BackupList, Error, ErrorBody};
use http::StatusCode;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::sync::Arc;
use tokio::io::DuplexStream;
use tower::Service as _;

/// Serves a connection.
pub fn connection(io: DuplexStream) {
    let page = json::read_list(&sample::small());
    let router = Router::builder(Token).block_storage(Pages(page)).build();
    let service = service_fn(move |request| router.clone().call(request));
    let connection = hyper::server::conn::http1::Builder::new();
    tokio::spawn(connection.serve_connection(TokioIo::new(io), service));
}

/// Who calls.
struct Caller;

struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for ErrorResponse {
    fn from(Failure(why): Failure) -> Self {
        let error = Error::new(why.status().as_u16().into(), why.to_string());
        Self::from_rejection(&why, &ErrorBody::new(error))
    }
}

/// The one token.
struct Token;

impl Authenticate for Token {
    type Caller = Caller;
    type Failure = Failure;

    async fn authenticate(&self, presented: Presented<'_>) -> Result<Caller, Failure> {
        match (presented.scheme(), presented.value()) {
            ("bearerAuth", token) if token == TOKEN => Ok(Caller),
            _ => Err(Failure(Rejection::unauthorized("the token is not valid"))),
        }
    }
}

/// Always the same page.
struct Pages(BackupList);

/// Operations that nobody calls here.
macro_rules! not_here {
    ($($method:ident: $request:ident -> $response:ident;)*) => { $(
        async fn $method(&self, _: Caller, _: $request) -> Result<$response, Failure> {
            Err(Failure(Rejection::new(StatusCode::NOT_IMPLEMENTED, "not here")))
        }
    )* };
}

impl BlockStorage for Pages {
    type Caller = Caller;
    type Failure = Failure;

    async fn list_backups(
        &self,
        _: Caller,
        request: ListBackups,
    ) -> Result<ListBackupsResponse, Failure> {
        let mut page = self.0.clone();
        if let Some(meta) = &mut page.meta {
            meta.limit = request.limit;
        }
        Ok(ListBackupsResponse::Ok(page))
    }

    not_here! {
        create_backup: CreateBackup -> CreateBackupResponse;
        get_backup: GetBackup -> GetBackupResponse;
        restore_backup: RestoreBackup -> RestoreBackupResponse;
        list_volumes: ListVolumes -> ListVolumesResponse;
        create_volume: CreateVolume -> CreateVolumeResponse;
        update_volume: UpdateVolume -> UpdateVolumeResponse;
        detach_volume: DetachVolume -> DetachVolumeResponse;
        list_snapshots: ListSnapshots -> ListSnapshotsResponse;
        create_snapshot: CreateSnapshot -> CreateSnapshotResponse;
    }
}

/// Calls the operation over and over; the answer is there at once.
pub fn caller(answer: String) -> impl Fn() -> Calling {
    let client = Client::builder()
        .bearer_auth(TOKEN)
        .transport(ready(answer))
        .build()
        .expect("it is complete");
    let client = Arc::new(client);
    let request = ListBackups {
        limit: Some(50),
        marker: Some(uuid::Uuid::from_u128(7)),
        name: Some("web-*".to_owned()),
        status: Some("available".to_owned()),
        volume_id: Some(uuid::Uuid::from_u128(8)),
    };
    move || {
        let (client, request) = (Arc::clone(&client), request.clone());
        Box::pin(async move {
            let answer = client.list_backups(request).await.expect("an answer");
            std::hint::black_box(answer.ok().expect("a page"));
        })
    }
}
