use bycloud::operations::*;
use bycloud::runtime::{ErrorResponse, Rejection};
use bycloud::server::Dns;

struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for ErrorResponse {
    fn from(failure: Failure) -> Self {
        failure.0.into()
    }
}

struct Service;

// The answer of another operation.
impl Dns for Service {
    type Caller = ();
    type Failure = Failure;

    async fn create_zone(&self, _: (), _: CreateZone) -> Result<UpdateZoneResponse, Failure> {
        unreachable!()
    }
    async fn update_zone(&self, _: (), _: UpdateZone) -> Result<UpdateZoneResponse, Failure> {
        unreachable!()
    }
    async fn delete_zone(&self, _: (), _: DeleteZone) -> Result<DeleteZoneResponse, Failure> {
        unreachable!()
    }
    async fn list_recordsets(&self, _: (), _: ListRecordsets) -> Result<ListRecordsetsResponse, Failure> {
        unreachable!()
    }
    async fn create_recordset(&self, _: (), _: CreateRecordset) -> Result<CreateRecordsetResponse, Failure> {
        unreachable!()
    }
}

fn main() {}
