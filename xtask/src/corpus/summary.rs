//! What a run comes to: totals, shares, the worst documents, and what goes wrong most often.

use super::defended;
use super::record::Record;
use super::worker::Made;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Documents and messages that are shown of each kind.
const SHOWN: usize = 12;

/// The summary as text.
pub(crate) fn summary(records: &[Record], compile: bool) -> String {
    let mut text = String::new();
    totals(records, compile, &mut text);
    reasons(records, &mut text);
    worst(records, &mut text);
    codes(records, &mut text);
    faults(records, compile, &mut text);
    text
}

fn totals(records: &[Record], compile: bool, text: &mut String) {
    let sum = |of: fn(&Made) -> u64| -> u64 {
        records
            .iter()
            .filter_map(|record| record.made.as_ref())
            .map(of)
            .sum()
    };
    let documents = records.len() as u64;
    let whole = |made: &Made| made.errors == 0;
    let generated = records
        .iter()
        .filter(|record| record.made.as_ref().is_some_and(whole))
        .count() as u64;
    let operations: u64 = records.iter().filter_map(Record::operations).sum();
    let made: u64 = records
        .iter()
        .map(|record| {
            let made = record
                .made
                .as_ref()
                .filter(|made| whole(made))
                .map_or(0, |made| made.generated);
            made.min(record.operations().unwrap_or(made))
        })
        .sum();
    let schemas = sum(|made| made.census.as_ref().map_or(0, |census| census.schemas));
    let degraded = sum(|made| made.degraded);
    let _ = writeln!(
        text,
        "{}",
        share("documents generated", generated, documents)
    );
    let _ = writeln!(text, "{}", share("operations generated", made, operations));
    let uncounted = records
        .iter()
        .filter(|record| record.operations().is_none())
        .count();
    if uncounted > 0 {
        let _ = writeln!(text, "documents not counted     {uncounted}");
    }
    if compile {
        let fine = records.iter().filter(|record| {
            let checked = record
                .check
                .as_ref()
                .and_then(|check| check.checked.as_ref());
            checked.is_some_and(|checked| checked.errors == 0 && checked.warnings == 0)
        });
        let _ = writeln!(
            text,
            "{}",
            share("compile, no warning", fine.count() as u64, documents)
        );
    }
    let _ = writeln!(text, "{}", share("degraded of schemas", degraded, schemas));
    let touched = sum(|made| made.touched);
    let _ = writeln!(
        text,
        "{}",
        share("operations short of it", touched, operations)
    );
    let seconds: f64 = records
        .iter()
        .filter_map(|record| Some(record.made.as_ref()?.usage.seconds))
        .sum();
    let rustc: f64 = records
        .iter()
        .filter_map(|record| Some(record.check.as_ref()?.checked.as_ref()?.usage.seconds))
        .sum();
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let _ = writeln!(
        text,
        "warnings {}, ignored {}, noted {}, lines {}; generator {seconds:.1} CPU s ({profile}), rustc {rustc:.0} CPU s",
        sum(|made| made.warnings),
        sum(|made| made.ignored),
        sum(|made| made.noted),
        sum(|made| made.lines),
    );
}

fn share(what: &str, part: u64, whole: u64) -> String {
    let percent = if whole == 0 {
        100.0
    } else {
        part as f64 / whole as f64 * 100.0
    };
    format!("{what:<24}{part:>8} of {whole:>8}  {percent:6.2} %")
}

/// Why operations have parts that are degraded or ignored.
fn reasons(records: &[Record], text: &mut String) {
    let mut reasons: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for made in records.iter().filter_map(|record| record.made.as_ref()) {
        for (reason, count) in &made.reasons {
            let known = reasons.entry(reason).or_default();
            known.0 += count;
            known.1 += 1;
        }
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    if !reasons.is_empty() {
        let _ = writeln!(
            text,
            "\noperations with a part degraded or ignored (links and security aside), documents"
        );
    }
    for (reason, (count, documents)) in reasons.into_iter().take(2 * SHOWN) {
        let _ = writeln!(text, "{count:>8}{documents:>6}  {reason}");
    }
}

fn worst(records: &[Record], text: &mut String) {
    let mut by_time: Vec<(&Record, &Made)> = records
        .iter()
        .filter_map(|record| Some((record, record.made.as_ref()?)))
        .collect();
    by_time.sort_by(|(_, a), (_, b)| b.usage.seconds.total_cmp(&a.usage.seconds));
    let _ = writeln!(text, "\nmost time     CPU s      MB     lines   rustc s");
    for (record, made) in by_time.into_iter().take(SHOWN) {
        let checked = record
            .check
            .as_ref()
            .and_then(|check| check.checked.as_ref());
        let rustc = checked.map_or_else(String::new, |checked| {
            format!("{:.1}", checked.usage.seconds)
        });
        let Made { usage, lines, .. } = made;
        let _ = writeln!(
            text,
            "{:>19.2}{:>8.0}{lines:>10}{rustc:>10}  {}",
            usage.seconds, usage.megabytes, record.path
        );
    }
}

fn codes(records: &[Record], text: &mut String) {
    let mut codes: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for made in records.iter().filter_map(|record| record.made.as_ref()) {
        for (code, count) in &made.codes {
            let known = codes.entry(code).or_default();
            known.0 += count;
            known.1 += 1;
        }
    }
    let mut codes: Vec<_> = codes.into_iter().collect();
    codes.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    if !codes.is_empty() {
        let _ = writeln!(text, "\nmessages, documents");
    }
    for (code, (count, documents)) in codes {
        let _ = writeln!(text, "{count:>8}{documents:>6}  {code}");
    }
}

/// Whatever falls short, by what goes wrong first.
fn faults(records: &[Record], compile: bool, text: &mut String) {
    let mut kinds: BTreeMap<(&str, String), Vec<&Record>> = BTreeMap::new();
    for record in records {
        if let Some(shortfall) = record.shortfall(compile)
            && defended::reason(record).is_none()
        {
            kinds
                .entry((shortfall, kind(record.first().unwrap_or_default())))
                .or_default()
                .push(record);
        }
    }
    for record in records {
        if let Some(reason) = defended::reason(record) {
            let _ = writeln!(text, "\nrefused rightly: {}: {reason}", record.path);
        }
    }
    for path in defended::superfluous(records) {
        let _ = writeln!(text, "\ndefended for nothing: {path}");
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, records)| std::cmp::Reverse(records.len()));
    for ((shortfall, _), records) in kinds {
        let first = records
            .first()
            .and_then(|record| record.first())
            .unwrap_or_default();
        let first: String = first.chars().take(300).collect();
        let _ = writeln!(text, "\n{} × {shortfall}: {first}", records.len());
        for record in records.iter().take(SHOWN) {
            let operations = record.operations().unwrap_or_default();
            let generated = record.made.as_ref().map_or(0, |made| made.generated);
            let _ = writeln!(
                text,
                "    {}  ({generated} of {operations} operations)",
                record.path
            );
        }
        if records.len() > SHOWN {
            let _ = writeln!(text, "    and {} more", records.len() - SHOWN);
        }
    }
}

/// A message without what differs from document to document: quoted words, numbers and places.
fn kind(message: &str) -> String {
    let message = message.split(" at ").next().unwrap_or_default();
    let outside = message
        .split('`')
        .step_by(2)
        .collect::<Vec<_>>()
        .join("`…`");
    outside.chars().filter(|c| !c.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::kind;

    #[test]
    fn messages_differ_in_words_not_in_names() {
        assert_eq!(
            kind("E0425: cannot find `Pet` at src/lib.rs:7"),
            kind("E0425: cannot find `Dog` at src/a.rs:91")
        );
        assert_ne!(kind("cannot find `Pet`"), kind("cannot move `Pet`"));
    }
}
