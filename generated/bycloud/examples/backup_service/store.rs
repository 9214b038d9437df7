//! The service's SQLite database: a row for each resource, its JSON beside the columns that lists filter by.

use bycloud::types::{Backup, Snapshot, Volume};
use rusqlite::{Connection, OptionalExtension, Result, named_params, params};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::{Mutex, MutexGuard, PoisonError};
use uuid::Uuid;

/// What the service keeps. `KIND` tells the resources apart in their common table.
pub trait Resource: Serialize + DeserializeOwned {
    const KIND: &'static str;
    fn id(&self) -> Option<Uuid>;
    fn name(&self) -> Option<&str>;
    fn status(&self) -> Option<&str>;
    /// The volume it was taken from.
    fn volume_id(&self) -> Option<Uuid> {
        None
    }
    fn bootable(&self) -> Option<bool> {
        None
    }
}

macro_rules! resource {
    ($type:ident $kind:literal { $($own:item)* }) => {
        impl Resource for $type {
            const KIND: &'static str = $kind;
            fn id(&self) -> Option<Uuid> { self.id }
            fn name(&self) -> Option<&str> { self.name.as_deref() }
            fn status(&self) -> Option<&str> { self.status.as_deref() }
            $($own)*
        }
    };
}
resource!(Backup "backup" { fn volume_id(&self) -> Option<Uuid> { self.volume_id } });
resource!(Snapshot "snapshot" { fn volume_id(&self) -> Option<Uuid> { self.volume_id } });
resource!(Volume "volume" { fn bootable(&self) -> Option<bool> { self.bootable } });

/// Which resources a list shows.
#[derive(Default)]
pub struct Filter {
    /// An exact name, or the beginning of one followed by `*`.
    pub name: Option<String>,
    /// Compared without regard to case: the documentation asks for `ACTIVE` and shows `available`.
    pub status: Option<String>,
    pub volume_id: Option<Uuid>,
    pub bootable: Option<bool>,
}

impl Filter {
    pub fn new(name: Option<String>, status: Option<String>) -> Self {
        Self {
            name,
            status,
            ..Self::default()
        }
    }
}

/// Some of the resources that a filter lets through.
pub struct Page<T> {
    pub items: Vec<T>,
    pub total: i64,
    pub has_more: bool,
}

/// A database, in a file or in memory.
pub struct Store(Mutex<Connection>);

impl Store {
    /// Opens a file, or a new database in memory.
    pub fn open(file: Option<&str>) -> Result<Self> {
        let connection = file.map_or_else(Connection::open_in_memory, Connection::open)?;
        connection.execute_batch(
            "create table if not exists resource (
                 position integer primary key, kind text not null, id text not null unique, name text, status text,
                 volume_id text, bootable integer, body text not null);
             create index if not exists resource_kind on resource (kind, position);",
        )?;
        Ok(Self(Mutex::new(connection)))
    }

    /// Adds a resource, or changes the one of the same id.
    pub fn put<T: Resource>(&self, resource: &T) -> Result<()> {
        let body = serde_json::to_string(resource)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        self.lock().execute(
            "insert into resource (kind, id, name, status, volume_id, bootable, body) values (?, ?, ?, ?, ?, ?, ?)
             on conflict (id) do update set name = excluded.name, status = excluded.status, body = excluded.body",
            params![
                T::KIND,
                resource.id().map(|id| id.to_string()),
                resource.name(),
                resource.status(),
                resource.volume_id().map(|id| id.to_string()),
                resource.bootable(),
                body,
            ],
        )?;
        Ok(())
    }

    /// The resource of an id.
    pub fn get<T: Resource>(&self, id: Uuid) -> Result<Option<T>> {
        self.lock()
            .query_row(
                "select body from resource where kind = ? and id = ?",
                params![T::KIND, id.to_string()],
                |row| from_json(&row.get::<_, String>(0)?),
            )
            .optional()
    }

    /// How many resources of a kind there are.
    pub fn count<T: Resource>(&self) -> Result<i64> {
        self.lock().query_row(
            "select count(*) from resource where kind = ?",
            [T::KIND],
            |row| row.get(0),
        )
    }

    /// The page of `limit` resources after the one whose id is `marker`; nothing follows one that is not there.
    pub fn list<T: Resource>(
        &self,
        filter: &Filter,
        marker: Option<Uuid>,
        limit: i64,
    ) -> Result<Page<T>> {
        const MATCHES: &str = "kind = :kind
            and (:name is null or name = :name)
            and (:prefix is null or substr(name, 1, length(:prefix)) = :prefix)
            and (:status is null or status = :status collate nocase)
            and (:volume_id is null or volume_id = :volume_id)
            and (:bootable is null or bootable = :bootable)";
        let connection = self.lock();
        let after: i64 = match marker {
            None => 0,
            Some(id) => connection
                .query_row(
                    "select position from resource where kind = ? and id = ?",
                    params![T::KIND, id.to_string()],
                    |row| row.get(0),
                )
                .optional()?
                .unwrap_or(i64::MAX),
        };
        let prefix = filter
            .name
            .as_deref()
            .and_then(|name| name.strip_suffix('*'));
        let name = filter.name.as_deref().filter(|_| prefix.is_none());
        let volume_id = filter.volume_id.map(|id| id.to_string());
        let matches = named_params! {
            ":kind": T::KIND, ":name": name, ":prefix": prefix, ":status": filter.status,
            ":volume_id": volume_id, ":bootable": filter.bootable,
        };
        let total = connection.query_row(
            &format!("select count(*) from resource where {MATCHES}"),
            matches,
            |row| row.get(0),
        )?;
        let mut statement = connection.prepare_cached(&format!(
            "select body from resource where {MATCHES} and position > {after} order by position limit {}",
            limit + 1
        ))?;
        let mut items = statement
            .query_map(matches, |row| from_json(&row.get::<_, String>(0)?))?
            .collect::<Result<Vec<T>>>()?;
        let has_more = items.len() as i64 > limit;
        items.truncate(limit as usize);
        Ok(Page {
            items,
            total,
            has_more,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn from_json<T: Resource>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, e.into())
    })
}
