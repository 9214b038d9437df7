//! Values that do not come back for a mistake of their document, each with what is wrong with it.

use super::Disagreement;

/// Tab-separated: the end of the path, the end of the schema's pointer, what is said of the value, the reason. A line that
/// begins with `#` is a remark, an empty cell fits all.
const TABLE: &str = include_str!("defended.tsv");

/// Why it is right that a value does not come back.
pub(super) fn reason(one: &Disagreement) -> Option<&'static str> {
    rows().find_map(|[path, place, how, reason]| {
        let fits = one.path.ends_with(path) && one.place.ends_with(place) && one.how.contains(how);
        fits.then_some(reason)
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
        assert_eq!(malformed::<4>(TABLE, &[0, 2, 3]), [""; 0]);
    }
}
