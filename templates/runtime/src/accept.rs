//! `Accept` (RFC 9110, section 12.5.1): of the media types that an operation's success has, those that a caller wants.
//!
//! Where there are several, the request has a header parameter of this name, which lists them, the most wanted first. The
//! document describes no such parameter: OpenAPI leaves the name to the media types of the answers.

use super::media_type;
use super::operation::{Location, OperationTable, Parameter, StatusKey};

/// Whether a parameter is the list of the media types that are wanted.
pub(crate) fn is_accept(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && parameter.field.name == "Accept"
}

fn is_success(key: StatusKey) -> bool {
    key.exact().is_some_and(|status| status.is_success()) || key.range() == Some(2)
}

/// The media types of answers that mean success; of the default answer where no status does.
pub(crate) fn representations(table: &OperationTable) -> Vec<&'static str> {
    let any = table.answers.iter().any(|row| is_success(row.status));
    let mut names: Vec<&'static str> = Vec::new();
    for answer in table.answers {
        let wanted = if any {
            is_success(answer.status)
        } else {
            answer.status == StatusKey::DEFAULT
        };
        for name in answer.media.iter().flat_map(|media| media.names) {
            if wanted && !names.contains(name) {
                names.push(name);
            }
        }
    }
    names
}

/// The header of what is wanted, in falling order; what it would allow besides is excluded.
///
/// # Errors
///
/// One is listed twice.
#[cfg(feature = "client")]
pub(crate) fn written(table: &OperationTable, wanted: &[String]) -> Result<String, &'static str> {
    let mut header = String::new();
    for (position, name) in wanted.iter().enumerate() {
        if wanted[..position].contains(name) {
            return Err("a media type is listed twice");
        }
        match position {
            0 => header.push_str(name),
            // Tenths as long as they last.
            _ if wanted.len() <= 10 => header.push_str(&format!(", {name};q=0.{}", 10 - position)),
            _ => header.push_str(&format!(
                ", {name};q=0.{:03}",
                1000_usize.saturating_sub(position)
            )),
        }
    }
    let allowed = header.clone();
    for name in representations(table) {
        if !wanted.iter().any(|one| one == name) && media_type::demanded(&allowed, name) > 0 {
            header.push_str(&format!(", {name};q=0"));
        }
    }
    Ok(header)
}

/// What a header wants, in falling order; `None` where all is wanted alike, or nothing that there is.
#[cfg(feature = "server")]
pub(crate) fn wanted(table: &OperationTable, accept: &str) -> Option<Vec<&'static str>> {
    let ranked = representations(table).into_iter();
    let ranked = ranked.map(|name| (media_type::demanded(accept, name), name));
    let mut ranked: Vec<(u16, &'static str)> = ranked.collect();
    let first = ranked.first()?.0;
    if ranked.iter().all(|(weight, _)| *weight == first) {
        return None;
    }
    ranked.retain(|(weight, _)| *weight > 0);
    ranked.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    Some(ranked.into_iter().map(|(_, name)| name).collect())
}
