//! What a run comes to, for people and for other programs.

use super::{Disagreement, Subject, Tally, defended};
use crate::corpus::defended::refused;
use std::collections::BTreeMap;

/// Prints each document that falls short, each kind of disagreement, and the sum.
pub(super) fn print(subjects: &[Subject], tally: &Tally) {
    let (mut tried, mut agreed) = (0, 0);
    for subject in subjects {
        let (of, fine) = tally.counts.get(&subject.path).copied().unwrap_or_default();
        tried += of;
        agreed += fine;
        if let Some(fault) = subject
            .fault
            .as_ref()
            .or_else(|| tally.faults.get(&subject.path))
        {
            let reason = refused(&subject.path, fault);
            let reason = reason.map_or(String::new(), |reason| format!(" ({reason})"));
            println!("{}: not tried: {fault}{reason}", subject.path);
        } else if of > fine {
            println!("{:>7} of {of:>7}  {}", fine, subject.path);
        }
    }
    let (known, short): (Vec<_>, Vec<_>) = tally
        .disagreements
        .iter()
        .partition(|one| defended::reason(one).is_some());
    print_kinds(&short);
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for one in &known {
        let reason = defended::reason(one).unwrap_or_default();
        *reasons.entry((&one.path, reason)).or_default() += 1;
    }
    for ((path, reason), count) in reasons {
        println!("\n{count} values of {path} are its own mistake: {reason}");
    }
    for (kind, (count, first)) in &tally.respelled {
        println!("\nin {count} values {kind}, as first in {first}");
    }
    let sum = |of: fn(&Subject) -> usize| -> usize { subjects.iter().map(of).sum() };
    let unsampled = sum(|subject| subject.unsampled.len());
    if unsampled > 0 {
        println!(
            "\nno valid value was found of {unsampled} of {} component schemas:",
            sum(|subject| subject.components)
        );
    }
    for subject in subjects
        .iter()
        .filter(|subject| !subject.unsampled.is_empty())
    {
        let shown: Vec<&str> = subject
            .unsampled
            .iter()
            .take(3)
            .map(String::as_str)
            .collect();
        println!(
            "    {} {}: {}",
            subject.path,
            subject.unsampled.len(),
            shown.join(", ")
        );
    }
    let share = if tried == 0 {
        100.0
    } else {
        agreed as f64 / tried as f64 * 100.0
    };
    println!(
        "\n{agreed} of {tried} values come back ({share:.3} %), {} more do not for a mistake of their document; {} examples are invalid by their own schema, {} values have no type of their own",
        known.len(),
        sum(|subject| subject.invalid),
        sum(|subject| subject.typeless),
    );
}

/// The most frequent first, each with a few that show it.
fn print_kinds(disagreements: &[&Disagreement]) {
    let mut kinds: BTreeMap<String, Vec<&Disagreement>> = BTreeMap::new();
    for disagreement in disagreements.iter().copied() {
        let how = disagreement
            .how
            .split('`')
            .step_by(2)
            .collect::<Vec<_>>()
            .join("`…`");
        let how: String = how.chars().filter(|c| !c.is_ascii_digit()).collect();
        kinds.entry(how).or_default().push(disagreement);
    }
    let mut kinds: Vec<_> = kinds.into_values().collect();
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.len()));
    for kind in kinds.iter().take(60) {
        println!(
            "\n{} × {}",
            kind.len(),
            kind[0].how.chars().take(300).collect::<String>()
        );
        for one in kind.iter().take(3) {
            let value: String = one.value.chars().take(200).collect();
            println!("    {}#{} ({}): {value}", one.path, one.place, one.ty);
        }
    }
}

/// Disagreements as tab-separated values.
pub(super) fn report(disagreements: &[Disagreement]) -> String {
    let mut text = String::from("path\tschema\ttype\tvalue\tdisagreement\n");
    for one in disagreements {
        let cells = [&one.path, &one.place, &one.ty, &one.value, &one.how];
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| cell.replace(['\t', '\n', '\r'], " "))
            .collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}
