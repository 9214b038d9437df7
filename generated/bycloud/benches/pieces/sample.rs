//! The data: pages of backups, with what backups hold in practice.

use std::fmt::Write;

/// A page of 2 KB: 4 backups.
pub fn small() -> String {
    page(4)
}

/// A page of 2 MB: 4,000 backups.
pub fn large() -> String {
    page(4_000)
}

fn page(backups: u32) -> String {
    let mut page = String::from(r#"{"backups":["#);
    for number in 0..backups {
        if number > 0 {
            page.push(',');
        }
        // Writing into a string does not fail.
        let _ = write!(page, "{}", Backup(number));
    }
    let _ = write!(
        page,
        r#"],"meta":{{"total":{backups},"limit":{backups},"has_more":true}},"links":{{"self":"https://api.spo1.mycloud.com/v1/backups?limit=4"}}}}"#
    );
    page
}

/// The backup of a number, as JSON.
struct Backup(u32);

impl std::fmt::Display for Backup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let number = self.0;
        let id = format!("550e8400-e29b-41d4-a716-{number:012x}");
        // One description in four has what JSON escapes.
        let description = match number % 4 {
            0 => r#"Weekly backup of the \"web\" tier\nkept for 30 days"#,
            _ => "Weekly backup of the web tier, kept for 30 days",
        };
        write!(
            f,
            r#"{{"id":"{id}","crn":"crn:spo1:storage:backup:{id}","name":"backup-2024-01-{number}","description":"{description}","status":"available","volume_id":"{id}","size":{},"container":"backups","is_incremental":{},"has_dependent_backups":false,"metadata":{{"environment":"production","team":"platform"}},"created_at":"2024-01-15T10:30:00Z","updated_at":"2024-01-15T10:31:{:02}Z"}}"#,
            100 + number,
            !number.is_multiple_of(3),
            number % 60,
        )
    }
}
