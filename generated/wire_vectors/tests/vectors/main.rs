//! Every vector of `data/wire_vectors.yaml` that a parameter, a body or an answer can say, in both directions: what a client
//! writes, and what a server reads of it; for answers the other way round. The document has an operation for each.

mod bodies;
mod defaults;
mod links;
mod older;
mod parameters;
mod report;
mod tables;

use report::Report;
use serde_json::Value;

/// Reasons why a whole section is not for this test.
const ELSEWHERE: &[(&str, &str)] = &[
    ("meta", "notation, no vectors"),
    ("security", "its vectors run in `wire_vectors_security`"),
    ("servers", "its vectors run in `wire_vectors_security`"),
];

#[test]
fn every_vector_in_scope_passes() {
    let text = include_str!("../data/wire_vectors.yaml");
    let vectors: Value = yaml::from_str(text).expect("the vectors are YAML");
    let mut report = Report::default();
    for (section, reason) in ELSEWHERE {
        report.skipped_section(section, reason);
    }
    let mut cases = parameters::Cases::new(&vectors);
    wire_vectors::each_operation(&mut cases);
    cases.finish(&mut report);
    bodies::run(&vectors, &mut report);
    defaults::run(&vectors, &cases.tables, &mut report);
    links::run(&vectors, &mut report);
    older::run(&vectors, &mut report);
    tables::run(&vectors, &cases.tables, &mut report);
    let sections = vectors.as_object().expect("sections").keys();
    let missing: Vec<&String> = sections.filter(|section| !report.knows(section)).collect();
    println!("{report}");
    assert_eq!(missing, Vec::<&String>::new(), "sections without a line");
    assert_eq!(report.failures(), Vec::<String>::new());
    assert!(
        report.passed() >= 285,
        "{} vectors are few",
        report.passed()
    );
}
