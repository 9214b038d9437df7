//! ByCloud's block storage group over [`Store`]: what an operator writes by hand.

use crate::store::{Filter, Page, Resource, Store};
use bycloud::operations::*;
use bycloud::runtime::{Authenticate, ErrorResponse, Maybe, Presented, Rejection};
use bycloud::server::{BlockStorage, Router};
use bycloud::types::*;
use chrono::{DateTime, FixedOffset, Utc};
use http::StatusCode;
use std::sync::Arc;
use uuid::Uuid;

/// The credentials that this service knows. A real one would look them up.
pub const TOKEN: &str = "demo-token";
pub const API_KEY: &str = "demo-key:demo-secret";

/// Who calls.
pub struct Caller;

/// Block storage over a database.
#[derive(Clone)]
pub struct Service(pub Arc<Store>);

/// The service's router, which axum, hyper or a test can drive.
pub fn router(store: Arc<Store>) -> Router {
    Router::builder(Credentials)
        .block_storage(Service(store))
        .build()
}

/// Why an answer is none that the operation documents.
pub enum Failure {
    Rejected(Rejection),
    Database(rusqlite::Error),
}

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
            Failure::Rejected(rejection) => {
                let status = rejection.status();
                Self::from_rejection(&rejection, &error(status, &rejection.to_string()))
            }
            Failure::Database(cause) => {
                eprintln!("database: {cause}");
                Self::json(
                    StatusCode::INTERNAL_SERVER_ERROR,
                    &error(StatusCode::INTERNAL_SERVER_ERROR, "the database failed"),
                )
            }
        }
    }
}

fn error(status: StatusCode, message: &str) -> ErrorBody {
    ErrorBody {
        error: Error {
            code: status.as_u16().into(),
            message: message.to_owned(),
            details: None,
            request_id: Some(format!("req-{}", Uuid::new_v4())),
        },
    }
}

/// Turns a credential into a caller.
pub struct Credentials;

impl Authenticate for Credentials {
    type Caller = Caller;
    type Failure = Failure;

    async fn authenticate(&self, presented: Presented<'_>) -> Result<Caller, Failure> {
        let known = match (presented.scheme(), presented.value()) {
            ("bearerAuth", token) => token == TOKEN,
            ("apiKeyAuth", key) => key == API_KEY,
            _ => false,
        };
        if known {
            Ok(Caller)
        } else {
            Err(Rejection::unauthorized("the credential is not valid").into())
        }
    }
}

impl BlockStorage for Service {
    type Caller = Caller;
    type Failure = Failure;

    async fn list_backups(
        &self,
        _: Caller,
        request: ListBackups,
    ) -> Result<ListBackupsResponse, Failure> {
        let filter = Filter {
            name: request.name.as_deref(),
            status: request.status.as_deref(),
            volume_id: request.volume_id,
            ..Filter::default()
        };
        Ok(match self.page(&filter, request.marker, request.limit)? {
            Ok((backups, meta, links)) => ListBackupsResponse::Ok(BackupList {
                backups,
                meta,
                links,
            }),
            Err(error) => ListBackupsResponse::Default(StatusCode::BAD_REQUEST, error),
        })
    }

    async fn list_volumes(
        &self,
        _: Caller,
        request: ListVolumes,
    ) -> Result<ListVolumesResponse, Failure> {
        let filter = Filter {
            name: request.name.as_deref(),
            status: request.status.as_deref(),
            bootable: request.bootable,
            ..Filter::default()
        };
        Ok(match self.page(&filter, request.marker, request.limit)? {
            Ok((volumes, meta, links)) => ListVolumesResponse::Ok(VolumeList {
                volumes,
                meta,
                links,
            }),
            Err(error) => ListVolumesResponse::Default(StatusCode::BAD_REQUEST, error),
        })
    }

    async fn list_snapshots(
        &self,
        _: Caller,
        request: ListSnapshots,
    ) -> Result<ListSnapshotsResponse, Failure> {
        let filter = Filter {
            name: request.name.as_deref(),
            status: request.status.as_deref(),
            volume_id: request.volume_id,
            ..Filter::default()
        };
        Ok(match self.page(&filter, request.marker, request.limit)? {
            Ok((snapshots, meta, links)) => ListSnapshotsResponse::Ok(SnapshotList {
                snapshots,
                meta,
                links,
            }),
            Err(error) => ListSnapshotsResponse::Default(StatusCode::BAD_REQUEST, error),
        })
    }

    async fn create_backup(
        &self,
        _: Caller,
        request: CreateBackup,
    ) -> Result<CreateBackupResponse, Failure> {
        let wanted = request.body;
        let Some(volume) = self.0.get::<Volume>(wanted.volume_id)? else {
            return Ok(CreateBackupResponse::NotFound(error(
                StatusCode::NOT_FOUND,
                "Volume not found",
            )));
        };
        if volume.status.as_deref() != Some("available") && wanted.force != Some(true) {
            let error = error(
                StatusCode::CONFLICT,
                "Volume is not in a state that allows backup",
            );
            return Ok(CreateBackupResponse::Conflict(error));
        }
        let id = Uuid::new_v4();
        let backup = Backup {
            id: Some(id),
            crn: Some(format!("crn:spo1:storage:backup:{id}")),
            name: wanted
                .name
                .or_else(|| Some(format!("backup-{}", Utc::now().date_naive()))),
            description: wanted.description,
            status: Some("creating".into()),
            volume_id: volume.id,
            size: volume.size,
            container: wanted.container,
            is_incremental: wanted.incremental,
            has_dependent_backups: Some(false),
            snapshot_id: wanted.snapshot_id.map_or(Maybe::Null, Maybe::Value),
            metadata: wanted.metadata,
            created_at: now(),
            updated_at: now(),
        };
        self.0.put(&backup)?;
        Ok(CreateBackupResponse::Accepted(BackupEnvelope {
            backup: Some(backup),
        }))
    }

    async fn get_backup(
        &self,
        _: Caller,
        request: GetBackup,
    ) -> Result<GetBackupResponse, Failure> {
        Ok(match self.0.get(request.backup_id)? {
            Some(backup) => GetBackupResponse::Ok(BackupEnvelope {
                backup: Some(backup),
            }),
            None => GetBackupResponse::NotFound(error(StatusCode::NOT_FOUND, "Backup not found")),
        })
    }

    async fn restore_backup(
        &self,
        _: Caller,
        request: RestoreBackup,
    ) -> Result<RestoreBackupResponse, Failure> {
        let Some(backup) = self.0.get::<Backup>(request.backup_id)? else {
            return Ok(RestoreBackupResponse::NotFound(error(
                StatusCode::NOT_FOUND,
                "Backup not found",
            )));
        };
        if backup.status.as_deref() != Some("available") {
            let error = error(StatusCode::CONFLICT, "Backup is not in restorable state");
            return Ok(RestoreBackupResponse::Conflict(error));
        }
        let wanted = request.body.unwrap_or_default();
        let mut volume = match wanted.volume_id {
            None => new_volume(wanted.name, backup.size),
            Some(id) => match self.0.get::<Volume>(id)? {
                Some(volume) => volume,
                None => {
                    return Ok(RestoreBackupResponse::NotFound(error(
                        StatusCode::NOT_FOUND,
                        "Volume not found",
                    )));
                }
            },
        };
        volume.status = Some("restoring-backup".into());
        self.0.put(&volume)?;
        Ok(RestoreBackupResponse::Accepted(BackupRestore {
            volume_id: volume.id,
        }))
    }

    async fn create_volume(
        &self,
        _: Caller,
        request: CreateVolume,
    ) -> Result<CreateVolumeResponse, Failure> {
        let wanted = request.body;
        if wanted.size < 1 {
            return Ok(CreateVolumeResponse::BadRequest(error(
                StatusCode::BAD_REQUEST,
                "size must be positive",
            )));
        }
        let volume = Volume {
            description: wanted.description,
            volume_type: wanted.volume_type,
            multiattach: wanted.multiattach,
            source_volume_id: wanted.source_volume_id.map_or(Maybe::Null, Maybe::Value),
            snapshot_id: wanted.snapshot_id.map_or(Maybe::Null, Maybe::Value),
            image_id: wanted.image_id.map_or(Maybe::Null, Maybe::Value),
            metadata: wanted.metadata,
            ..new_volume(wanted.name, Some(wanted.size))
        };
        self.0.put(&volume)?;
        Ok(CreateVolumeResponse::Accepted(VolumeEnvelope {
            volume: Some(volume),
        }))
    }

    async fn update_volume(
        &self,
        _: Caller,
        request: UpdateVolume,
    ) -> Result<UpdateVolumeResponse, Failure> {
        let Some(mut volume) = self.0.get::<Volume>(request.volume_id)? else {
            return Ok(UpdateVolumeResponse::NotFound(error(
                StatusCode::NOT_FOUND,
                "Volume not found",
            )));
        };
        volume.name = request.body.name.or(volume.name);
        volume.description = request.body.description.or(volume.description);
        volume.metadata = request.body.metadata.or(volume.metadata);
        volume.updated_at = now();
        self.0.put(&volume)?;
        Ok(UpdateVolumeResponse::Ok(VolumeEnvelope {
            volume: Some(volume),
        }))
    }

    async fn detach_volume(
        &self,
        _: Caller,
        request: DetachVolume,
    ) -> Result<DetachVolumeResponse, Failure> {
        let Some(mut volume) = self.0.get::<Volume>(request.volume_id)? else {
            return Ok(DetachVolumeResponse::NotFound(error(
                StatusCode::NOT_FOUND,
                "Volume not found",
            )));
        };
        let attachments = volume.attachments.take().unwrap_or_default();
        let (gone, kept) = attachments
            .into_iter()
            .partition::<Vec<_>, _>(|a| a.instance_id == Some(request.body.instance_id));
        if gone.is_empty() {
            return Ok(DetachVolumeResponse::Conflict(error(
                StatusCode::CONFLICT,
                "Volume is not attached",
            )));
        }
        volume.status = Some(
            if kept.is_empty() {
                "available"
            } else {
                "in-use"
            }
            .into(),
        );
        volume.attachments = Some(kept);
        self.0.put(&volume)?;
        Ok(DetachVolumeResponse::Accepted(Acknowledgement {
            message: Some("Detaching".into()),
        }))
    }

    async fn create_snapshot(
        &self,
        _: Caller,
        request: CreateSnapshot,
    ) -> Result<CreateSnapshotResponse, Failure> {
        let wanted = request.body;
        let Some(volume) = self.0.get::<Volume>(wanted.volume_id)? else {
            return Ok(CreateSnapshotResponse::NotFound(error(
                StatusCode::NOT_FOUND,
                "Volume not found",
            )));
        };
        if volume.status.as_deref() != Some("available") && wanted.force != Some(true) {
            let error = error(StatusCode::CONFLICT, "Volume is not in snapshotable state");
            return Ok(CreateSnapshotResponse::Conflict(error));
        }
        let id = Uuid::new_v4();
        let snapshot = Snapshot {
            id: Some(id),
            crn: Some(format!("crn:spo1:storage:snapshot:{id}")),
            name: wanted.name,
            description: wanted.description,
            status: Some("creating".into()),
            volume_id: volume.id,
            size: volume.size,
            metadata: wanted.metadata,
            created_at: now(),
            updated_at: now(),
        };
        self.0.put(&snapshot)?;
        Ok(CreateSnapshotResponse::Accepted(SnapshotEnvelope {
            snapshot: Some(snapshot),
        }))
    }
}

type ListParts<T> = (Option<Vec<T>>, Option<Meta>, Option<Links>);

impl Service {
    /// The page that a list request asks for, or why it asks for none.
    fn page<T: Resource>(
        &self,
        filter: &Filter<'_>,
        marker: Option<Uuid>,
        limit: Option<i64>,
    ) -> Result<Result<ListParts<T>, ErrorBody>, Failure> {
        let limit = limit.unwrap_or(20);
        if !(1..=100).contains(&limit) {
            return Ok(Err(error(
                StatusCode::BAD_REQUEST,
                "limit must be from 1 to 100",
            )));
        }
        let Some(page) = self.0.list::<T>(filter, marker, limit)? else {
            return Ok(Err(error(
                StatusCode::BAD_REQUEST,
                "marker is not the id of an item of this list",
            )));
        };
        let Page {
            items,
            total,
            has_more,
        } = page;
        let last = items.last().and_then(T::id).filter(|_| has_more);
        let meta = Meta {
            total: Some(total),
            limit: Some(limit),
            marker: last.map_or(Maybe::Null, Maybe::Value),
            has_more: Some(has_more),
        };
        Ok(Ok((Some(items), Some(meta), None)))
    }
}

fn now() -> Option<DateTime<FixedOffset>> {
    Some(Utc::now().fixed_offset())
}

fn new_volume(name: Option<String>, size: Option<i64>) -> Volume {
    let id = Uuid::new_v4();
    Volume {
        id: Some(id),
        crn: Some(format!("crn:spo1:storage:volume:{id}")),
        name,
        status: Some("creating".into()),
        size,
        bootable: Some(false),
        encrypted: Some(true),
        attachments: Some(Vec::new()),
        created_at: now(),
        updated_at: now(),
        ..Volume::default()
    }
}
