//! Documents that are refused for a mistake of their own, each with what is wrong with it.

use super::record::Record;

/// Tab-separated: the end of the path, the code of the first error, the reason. A line that begins with `#` is a remark.
const TABLE: &str = include_str!("defended.tsv");

/// Why it is right that a document is refused.
pub(crate) fn reason(record: &Record) -> Option<&'static str> {
    let first = record.made.as_ref()?.first.as_deref()?;
    let (code, _) = first.split_once(':')?;
    rows().find_map(|[path, of_code, reason]| {
        (record.path.ends_with(path) && code == of_code).then_some(reason)
    })
}

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    let lines = TABLE
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        Some([cells.next()?, cells.next()?, cells.next()?])
    })
}

#[cfg(test)]
mod tests {
    use super::{TABLE, reason, rows};
    use crate::corpus::record::Record;
    use crate::corpus::worker::Made;

    #[test]
    fn every_line_has_its_reason() {
        let lines = TABLE
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert_eq!(rows().count(), lines.count());
    }

    #[test]
    fn only_the_error_that_is_known_is_defended() {
        let refused = |first: &str| Record {
            path: "specs/drf-spectacular/test_extend_schema.yml".to_owned(),
            made: Some(Made {
                first: Some(first.to_owned()),
                ..Made::default()
            }),
            ..Record::default()
        };
        assert!(reason(&refused("unresolved-reference: there is no `Gamma`")).is_some());
        assert!(reason(&refused("syntax: this is not YAML")).is_none());
    }
}
