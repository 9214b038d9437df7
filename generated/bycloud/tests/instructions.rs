//! What a piece of work costs beside the same by hand, in instructions, which unlike time are the same in every run.
//!
//! Where `valgrind` is installed, each piece is held to `instructions.tsv`. `OASMITH_BLESS=1` writes what is so into it.

#[path = "../benches/pieces/mod.rs"]
mod pieces;

use pieces::{WORKS, Work};
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// The environment of a process that does nothing but the work: its name, who does it, and how often.
const ORDER: &str = "OASMITH_WORK";

/// How far a ratio may be off, either way: one that has become much better is to be kept.
const TOLERANCE: f64 = 0.1;

const PROFILE: &str = if cfg!(debug_assertions) {
    "debug"
} else {
    "release"
};

#[test]
fn work_costs_what_it_did() {
    if let Ok(order) = std::env::var(ORDER) {
        return obey(&order);
    }
    if Command::new("valgrind").arg("--version").output().is_err() {
        eprintln!("skipped: valgrind is not installed, so nothing can be counted");
        return;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/instructions.tsv");
    let known = std::fs::read_to_string(&file).expect("the file is there");
    let bless = std::env::var_os("OASMITH_BLESS").is_some();
    let others = known.lines().filter(|line| {
        let mut cells = line.split('\t');
        bless && cells.nth(1) != Some(PROFILE)
    });
    let mut rows: Vec<String> = others.map(str::to_owned).collect();
    let mut faults = String::new();
    for work in WORKS.iter().filter(|work| pieces::is_small(work)) {
        let (generated, by_hand) = std::thread::scope(|scope| {
            let generated = scope.spawn(|| counted(work, "generated"));
            let by_hand = counted(work, "by-hand");
            (generated.join().expect("a count"), by_hand)
        });
        let ratio = generated / by_hand;
        let key = format!("{}\t{PROFILE}\t", work.name);
        let row = known.lines().find_map(|line| line.strip_prefix(&key));
        let before: Option<f64> = row.and_then(|ratio| ratio.parse().ok());
        rows.push(format!("{key}{ratio:.3}"));
        if before.is_none_or(|before| (ratio / before - 1.0).abs() > TOLERANCE) {
            let before = before.map_or("unknown".to_owned(), |before| before.to_string());
            // Writing into a string does not fail.
            let _ = writeln!(faults, "{}: {ratio:.3}, and it was {before}", work.name);
        }
    }
    if bless {
        let head = rows.iter().position(|row| row.starts_with('#'));
        let head = head.map(|head| rows.remove(head));
        rows.sort();
        let rows: Vec<String> = head.into_iter().chain(rows).collect();
        std::fs::write(&file, rows.join("\n") + "\n").expect("the file can be written");
    } else {
        assert!(
            faults.is_empty(),
            "instructions beside the work by hand ({PROFILE}):\n{faults}OASMITH_BLESS=1 takes them as they are"
        );
    }
}

/// Does the work that was ordered.
fn obey(order: &str) {
    let mut words = order.split(' ');
    let (name, by, times) = (words.next(), words.next(), words.next());
    let work = WORKS.iter().find(|work| Some(work.name) == name);
    let work = work.expect("there is such a work");
    let mut task = if by == Some("generated") {
        (work.generated)()
    } else {
        (work.by_hand)()
    };
    let times = times.and_then(|times| times.parse::<u32>().ok());
    for _ in 0..times.expect("a number of times") {
        task();
    }
}

/// Instructions of doing the work once: what more of it takes.
fn counted(work: &Work, by: &str) -> f64 {
    let (few, many) = (5, 20);
    let count = |times: u32| instructions(&format!("{} {by} {times}", work.name));
    (count(many) - count(few)) / f64::from(many - few)
}

/// Instructions of a process of this test alone.
fn instructions(order: &str) -> f64 {
    let own = std::env::current_exe().expect("this program");
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no"])
        .arg("--cachegrind-out-file=/dev/null")
        .arg(own)
        .args(["work_costs_what_it_did", "--exact", "--test-threads=1"])
        .env(ORDER, order)
        .output()
        .expect("valgrind runs");
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said
        .lines()
        .find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let digits = line.map(|(_, count)| count.trim().replace(',', ""));
    digits
        .and_then(|digits| digits.parse().ok())
        .unwrap_or_else(|| panic!("no count of `{order}`: {said}"))
}
