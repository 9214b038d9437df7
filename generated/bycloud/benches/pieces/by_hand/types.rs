//! The types of the operation, with derived codecs.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A copy of a volume.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Backup {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub container: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_incremental: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_dependent_backups: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snapshot_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<BTreeMap<String, String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<DateTime<FixedOffset>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<DateTime<FixedOffset>>,
}

/// A page of backups.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BackupList {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub backups: Option<Vec<Backup>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Meta>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

/// Where in the list a page is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_more: Option<bool>,
}

/// Other pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Links {
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    pub self_: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub limit: Option<i64>,
    pub marker: Option<Uuid>,
    pub name: Option<String>,
    pub status: Option<String>,
    pub volume_id: Option<Uuid>,
}

impl Query {
    /// What the query of a URL says; the error names a parameter.
    pub fn parse(query: &str) -> Result<Self, &'static str> {
        let mut parsed = Self::default();
        for (key, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*key {
                "limit" => parsed.limit = Some(value.parse().map_err(|_| "limit")?),
                "marker" => parsed.marker = Some(value.parse().map_err(|_| "marker")?),
                "name" => parsed.name = Some(value.into_owned()),
                "status" => parsed.status = Some(value.into_owned()),
                "volume_id" => parsed.volume_id = Some(value.parse().map_err(|_| "volume_id")?),
                _ => {}
            }
        }
        parsed.limit.get_or_insert(20);
        Ok(parsed)
    }

    /// The query of a URL.
    pub fn text(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        if let Some(limit) = self.limit {
            out.append_pair("limit", &limit.to_string());
        }
        if let Some(marker) = self.marker {
            out.append_pair("marker", &marker.to_string());
        }
        if let Some(name) = &self.name {
            out.append_pair("name", name);
        }
        if let Some(status) = &self.status {
            out.append_pair("status", status);
        }
        if let Some(volume_id) = self.volume_id {
            out.append_pair("volume_id", &volume_id.to_string());
        }
        out.finish()
    }
}
