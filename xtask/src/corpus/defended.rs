//! Documents that are refused for a mistake of their own, each with what is wrong with it.

use super::record::Record;

/// Tab-separated: the end of the path, the code of the first error, the reason. A line that begins with `#` is a remark.
/// Two templates that differ in nothing but the names of their parameters are identical (Paths Object, "Path Templating Matching"): which of two
/// operations with the same method a request means cannot be known, so such a document is refused.
const TABLE: &str = include_str!("defended.tsv");

/// Why it is right that a document is refused.
pub(crate) fn reason(record: &Record) -> Option<&'static str> {
    refused(&record.path, record.made.as_ref()?.first.as_deref()?)
}

/// Why it is right that a document is refused with this error.
pub(crate) fn refused(path: &str, first: &str) -> Option<&'static str> {
    let (code, _) = first.split_once(':')?;
    rows().find_map(|[end, of_code, reason]| {
        (path.ends_with(end) && code == of_code).then_some(reason)
    })
}

/// Paths of the table whose documents are no longer refused for that reason.
pub(crate) fn superfluous(records: &[Record]) -> Vec<&'static str> {
    let is_superfluous = |[path, ..]: &[&str; 3]| {
        let mut of_path = records
            .iter()
            .filter(|record| record.path.ends_with(path))
            .peekable();
        of_path.peek().is_some() && of_path.all(|record| reason(record).is_none())
    };
    rows()
        .filter(is_superfluous)
        .map(|[path, ..]| path)
        .collect()
}

fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    crate::reasons::rows(TABLE)
}

#[cfg(test)]
mod tests {
    use super::{TABLE, reason, superfluous};
    use crate::corpus::record::Record;
    use crate::corpus::worker::Made;
    use crate::reasons::malformed;

    #[test]
    fn every_line_has_its_reason() {
        assert_eq!(malformed::<3>(TABLE, &[0, 1, 2]), [""; 0]);
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
        assert!(superfluous(&[refused("unresolved-reference: there is no `Gamma`")]).is_empty());
        assert_eq!(
            superfluous(&[refused("syntax: this is not YAML")]),
            ["drf-spectacular/test_extend_schema.yml"]
        );
    }
}
