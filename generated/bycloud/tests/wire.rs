//! For every operation: arbitrary requests and answers cross the wire and come out as they went in.

use bycloud::runtime::operation::Operation;
use bycloud::runtime::wire::{Visitor, check};

/// Cases of each operation; `cargo xtask` can ask for more.
const CASES: u64 = 25;

#[derive(Default)]
struct Checks {
    seen: usize,
    failures: Vec<String>,
}

impl Visitor for Checks {
    fn visit<O: Operation>(&mut self) {
        let cases = std::env::var("OASMITH_CASES")
            .ok()
            .and_then(|cases| cases.parse().ok())
            .unwrap_or(CASES);
        self.seen += 1;
        self.failures
            .extend(check::<O>(self.seen as u64, cases).err());
    }
}

#[test]
fn every_operation_is_the_same_on_both_sides_of_the_wire() {
    let mut checks = Checks::default();
    bycloud::each_operation(&mut checks);
    assert_eq!(checks.failures, Vec::<String>::new());
    assert_eq!(checks.seen, 66);
}
