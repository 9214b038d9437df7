//! A few hundred resources to show, the same at every start.

use crate::store::Store;
use bycloud::runtime::Maybe;
use bycloud::types::{Backup, Snapshot, Volume, VolumeAttachment};
use chrono::{DateTime, Duration, FixedOffset};
use uuid::Uuid;

const STATUSES: [&str; 4] = ["available", "available", "creating", "error"];

/// Fills an empty store with 60 volumes, 120 snapshots and 240 backups.
pub fn seed(store: &Store) -> rusqlite::Result<()> {
    if store.count::<Volume>()? > 0 {
        return Ok(());
    }
    for number in 0..60 {
        store.put(&volume(number))?;
    }
    for number in 0..120 {
        store.put(&snapshot(number))?;
    }
    for number in 0..240 {
        store.put(&backup(number))?;
    }
    Ok(())
}

/// Ids that say what they are: `00000001-…` volumes, `00000002-…` snapshots, `00000003-…` backups.
pub fn id(kind: u128, number: u128) -> Uuid {
    Uuid::from_u128((kind << 96) | (0x4000_8000 << 48) | number)
}

fn name(number: usize) -> String {
    format!("{}-{number:03}", ["web", "db", "logs"][number % 3])
}

fn at(number: usize) -> Option<DateTime<FixedOffset>> {
    let start = DateTime::parse_from_rfc3339("2024-01-15T10:30:00Z").ok()?;
    start.checked_add_signed(Duration::hours(i64::try_from(number).ok()?))
}

fn volume(number: usize) -> Volume {
    let attached = number % 5 == 4;
    let attachment = VolumeAttachment {
        instance_id: Some(id(9, number as u128)),
        ..VolumeAttachment::default()
    };
    Volume {
        id: Some(id(1, number as u128)),
        name: Some(name(number)),
        status: Some(if attached { "in-use" } else { "available" }.into()),
        size: Some(10 + number as i64),
        bootable: Some(number.is_multiple_of(2)),
        attachments: Some(if attached {
            vec![attachment]
        } else {
            Vec::new()
        }),
        created_at: at(number),
        ..Volume::default()
    }
}

fn snapshot(number: usize) -> Snapshot {
    Snapshot {
        id: Some(id(2, number as u128)),
        name: Some(name(number)),
        status: Some(STATUSES[number % 4].into()),
        volume_id: Some(id(1, (number % 60) as u128)),
        size: Some(10 + (number % 60) as i64),
        created_at: at(number),
        ..Snapshot::default()
    }
}

fn backup(number: usize) -> Backup {
    Backup {
        id: Some(id(3, number as u128)),
        name: Some(name(number)),
        status: Some(STATUSES[number % 4].into()),
        volume_id: Some(id(1, (number % 60) as u128)),
        size: Some(10 + (number % 60) as i64),
        is_incremental: Some(!number.is_multiple_of(7)),
        snapshot_id: Maybe::Null,
        created_at: at(number),
        ..Backup::default()
    }
}
