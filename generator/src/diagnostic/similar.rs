//! The name that was probably meant.

/// The candidate nearest to a name, if it is near enough to be a slip.
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let name: Vec<char> = name
        .chars()
        .take(LONGEST)
        .flat_map(char::to_lowercase)
        .collect();
    let most = (name.len() / 3).clamp(1, 3);
    let mut best = None;
    for candidate in candidates {
        if candidate.len() > 4 * LONGEST || candidate.len().abs_diff(name.len()) > 4 * most {
            continue;
        }
        let other: Vec<char> = candidate
            .chars()
            .take(LONGEST)
            .flat_map(char::to_lowercase)
            .collect();
        let distance = distance(&name, &other);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Edits from one text to the other, where two neighbours that change places count once (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_none() {
        let known = ["properties", "additionalProperties", "required", "type"];
        assert_eq!(similar("propertis", known), Some("properties"));
        assert_eq!(similar("tpye", known), Some("type"));
        assert_eq!(similar("Required", known), Some("required"));
        assert_eq!(similar("banana", known), None);
        assert_eq!(similar("", known), None);
    }
}
