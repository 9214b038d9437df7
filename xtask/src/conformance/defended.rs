//! Disagreements that are ours to defend, each with the reason.

/// Tab-separated: the end of the file's path, the group, the test, the reason; `*` stands for any
/// text, once in a cell. A line that begins with `#` is a remark.
const TABLE: &str = include_str!("defended.tsv");

/// Why a disagreement is right.
pub(crate) fn reason(file: &str, group: &str, test: &str) -> Option<&'static str> {
    let fits = |pattern: &str, text: &str| match pattern.split_once('*') {
        Some((start, end)) => {
            let rest = text.strip_prefix(start);
            rest.is_some_and(|rest| rest.ends_with(end))
        }
        None => pattern == text,
    };
    rows().find_map(|[of_file, of_group, of_test, reason]| {
        let same = file.ends_with(of_file) && fits(of_group, group) && fits(of_test, test);
        same.then_some(reason)
    })
}

fn rows() -> impl Iterator<Item = [&'static str; 4]> {
    crate::reasons::rows(TABLE)
}

#[cfg(test)]
mod tests {
    use super::TABLE;
    use crate::reasons::malformed;

    #[test]
    fn every_line_has_its_reason() {
        assert_eq!(malformed::<4>(TABLE, &[0, 3]), [""; 0]);
    }
}
