//! Tables of what is right as it is, each row with the reason: tab-separated, and a line that begins with `#` is a remark.

/// The rows of a table that have all their cells.
pub(crate) fn rows<const CELLS: usize>(
    table: &'static str,
) -> impl Iterator<Item = [&'static str; CELLS]> {
    lines(table).filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.try_into().ok()
    })
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The lines of a table that are no rows: a cell is missing or too many, or one of those named is empty.
#[cfg(test)]
pub(crate) fn malformed<const CELLS: usize>(
    table: &'static str,
    needed: &[usize],
) -> Vec<&'static str> {
    let is_row = |line: &&str| {
        let cells: Vec<&str> = line.split('\t').collect();
        cells.len() == CELLS && needed.iter().all(|cell| !cells[*cell].is_empty())
    };
    lines(table).filter(|line| !is_row(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::{malformed, rows};

    #[test]
    fn rows_have_all_their_cells() {
        let table = "# a remark\n\na\tb\nc\n\td\n";
        assert_eq!(
            rows::<2>(table).collect::<Vec<_>>(),
            [["a", "b"], ["", "d"]]
        );
        assert_eq!(malformed::<2>(table, &[0]), ["c", "\td"]);
    }
}
