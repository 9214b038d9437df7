//! ByCloud's block storage group over [`Store`]: what an operator writes by hand.

use crate::failure::{Answer, Failure, conflict, not_found};
use crate::store::{Filter, Resource, Store};
use bycloud::operations::*;
use bycloud::runtime::{Authenticate, Maybe, Presented, Rejection};
use bycloud::server::{BlockStorage, Router};
use bycloud::types::*;
use chrono::{DateTime, FixedOffset, Utc};
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

    async fn list_backups(&self, _: Caller, request: ListBackups) -> Answer<ListBackupsResponse> {
        let mut filter = Filter::new(request.name, request.status);
        filter.volume_id = request.volume_id;
        let (backups, meta, links) = self.page(&filter, request.marker, request.limit)?;
        Ok(ListBackupsResponse::Ok(BackupList {
            backups,
            meta,
            links,
        }))
    }

    async fn list_volumes(&self, _: Caller, request: ListVolumes) -> Answer<ListVolumesResponse> {
        let mut filter = Filter::new(request.name, request.status);
        filter.bootable = request.bootable;
        let (volumes, meta, links) = self.page(&filter, request.marker, request.limit)?;
        Ok(ListVolumesResponse::Ok(VolumeList {
            volumes,
            meta,
            links,
        }))
    }

    async fn list_snapshots(
        &self,
        _: Caller,
        request: ListSnapshots,
    ) -> Answer<ListSnapshotsResponse> {
        let mut filter = Filter::new(request.name, request.status);
        filter.volume_id = request.volume_id;
        let (snapshots, meta, links) = self.page(&filter, request.marker, request.limit)?;
        Ok(ListSnapshotsResponse::Ok(SnapshotList {
            snapshots,
            meta,
            links,
        }))
    }

    async fn create_backup(
        &self,
        _: Caller,
        request: CreateBackup,
    ) -> Answer<CreateBackupResponse> {
        use CreateBackupResponse::{Accepted, Conflict, NotFound};
        let wanted = request.body;
        let Some(volume) = self.0.get::<Volume>(wanted.volume_id)? else {
            return Ok(NotFound(not_found("Volume not found")));
        };
        if volume.status.as_deref() != Some("available") && wanted.force != Some(true) {
            return Ok(Conflict(conflict(
                "Volume is not in a state that allows backup",
            )));
        }
        let id = Uuid::new_v4();
        let unnamed = || format!("backup-{}", Utc::now().date_naive());
        let backup = Backup {
            id: Some(id),
            crn: Some(format!("crn:spo1:storage:backup:{id}")),
            name: Some(wanted.name.unwrap_or_else(unnamed)),
            description: wanted.description,
            status: Some("creating".into()),
            volume_id: volume.id,
            size: volume.size,
            container: wanted.container,
            is_incremental: wanted.incremental,
            has_dependent_backups: Some(false),
            snapshot_id: maybe(wanted.snapshot_id),
            metadata: wanted.metadata,
            created_at: now(),
            updated_at: now(),
        };
        self.0.put(&backup)?;
        Ok(Accepted(BackupEnvelope {
            backup: Some(backup),
        }))
    }

    async fn get_backup(&self, _: Caller, request: GetBackup) -> Answer<GetBackupResponse> {
        Ok(match self.0.get(request.backup_id)? {
            Some(backup) => GetBackupResponse::Ok(BackupEnvelope {
                backup: Some(backup),
            }),
            None => GetBackupResponse::NotFound(not_found("Backup not found")),
        })
    }

    async fn restore_backup(
        &self,
        _: Caller,
        request: RestoreBackup,
    ) -> Answer<RestoreBackupResponse> {
        use RestoreBackupResponse::{Accepted, Conflict, NotFound};
        let Some(backup) = self.0.get::<Backup>(request.backup_id)? else {
            return Ok(NotFound(not_found("Backup not found")));
        };
        if backup.status.as_deref() != Some("available") {
            return Ok(Conflict(conflict("Backup is not in restorable state")));
        }
        let wanted = request.body.unwrap_or_default();
        let volume = match wanted.volume_id {
            None => Some(new_volume(wanted.name, backup.size)),
            Some(id) => self.0.get::<Volume>(id)?,
        };
        let Some(mut volume) = volume else {
            return Ok(NotFound(not_found("Volume not found")));
        };
        volume.status = Some("restoring-backup".into());
        self.0.put(&volume)?;
        Ok(Accepted(BackupRestore {
            volume_id: volume.id,
        }))
    }

    async fn create_volume(
        &self,
        _: Caller,
        request: CreateVolume,
    ) -> Answer<CreateVolumeResponse> {
        let wanted = request.body;
        let volume = Volume {
            description: wanted.description,
            volume_type: wanted.volume_type,
            multiattach: wanted.multiattach,
            source_volume_id: maybe(wanted.source_volume_id),
            snapshot_id: maybe(wanted.snapshot_id),
            image_id: maybe(wanted.image_id),
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
    ) -> Answer<UpdateVolumeResponse> {
        let Some(mut volume) = self.0.get::<Volume>(request.volume_id)? else {
            return Ok(UpdateVolumeResponse::NotFound(not_found(
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
    ) -> Answer<DetachVolumeResponse> {
        use DetachVolumeResponse::{Accepted, Conflict, NotFound};
        let Some(mut volume) = self.0.get::<Volume>(request.volume_id)? else {
            return Ok(NotFound(not_found("Volume not found")));
        };
        let mut attachments = volume.attachments.take().unwrap_or_default();
        let before = attachments.len();
        attachments.retain(|attached| attached.instance_id != Some(request.body.instance_id));
        if attachments.len() == before {
            return Ok(Conflict(conflict("Volume is not attached")));
        }
        let status = if attachments.is_empty() {
            "available"
        } else {
            "in-use"
        };
        volume.status = Some(status.into());
        volume.attachments = Some(attachments);
        self.0.put(&volume)?;
        Ok(Accepted(Acknowledgement {
            message: Some("Detaching".into()),
        }))
    }

    async fn create_snapshot(
        &self,
        _: Caller,
        request: CreateSnapshot,
    ) -> Answer<CreateSnapshotResponse> {
        use CreateSnapshotResponse::{Accepted, Conflict, NotFound};
        let wanted = request.body;
        let Some(volume) = self.0.get::<Volume>(wanted.volume_id)? else {
            return Ok(NotFound(not_found("Volume not found")));
        };
        if volume.status.as_deref() != Some("available") && wanted.force != Some(true) {
            return Ok(Conflict(conflict("Volume is not in snapshotable state")));
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
        Ok(Accepted(SnapshotEnvelope {
            snapshot: Some(snapshot),
        }))
    }
}

type List<T> = (Option<Vec<T>>, Option<Meta>, Option<Links>);

impl Service {
    /// The page that a list request asks for.
    fn page<T: Resource>(
        &self,
        filter: &Filter,
        marker: Option<Uuid>,
        limit: Option<i64>,
    ) -> Answer<List<T>> {
        // The document sets no bound: a page has from 1 to 100 items whatever is asked for.
        let limit = limit.unwrap_or(20).clamp(1, 100);
        let page = self.0.list::<T>(filter, marker, limit)?;
        let last = page.items.last().and_then(T::id).filter(|_| page.has_more);
        let meta = Meta {
            total: Some(page.total),
            limit: Some(limit),
            marker: maybe(last),
            has_more: Some(page.has_more),
        };
        Ok((Some(page.items), Some(meta), None))
    }
}

/// What the documentation shows as null where there is none.
fn maybe(id: Option<Uuid>) -> Maybe<Uuid> {
    id.map_or(Maybe::Null, Maybe::Value)
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
