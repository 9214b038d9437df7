//! Both sides of the wire are inverse: whatever a client sends a server reads, and the reverse.

use chosen::runtime::operation::Operation;
use chosen::runtime::wire::{Visitor, check};

/// Cases of each operation; `cargo xtask` can ask for more.
const CASES: u64 = 50;

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
fn every_operation_round_trips() {
    let mut checks = Checks::default();
    chosen::each_operation(&mut checks);
    assert_eq!(checks.failures, Vec::<String>::new());
    assert_eq!(checks.seen, 3);
}
