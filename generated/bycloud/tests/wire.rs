//! For every operation: arbitrary requests and answers cross the wire and come out as they went in.

use bycloud::runtime::wire::Checks;

#[test]
fn every_operation_is_the_same_on_both_sides_of_the_wire() {
    let mut checks = Checks::default();
    bycloud::each_operation(&mut checks);
    assert_eq!(checks.failures, Vec::<String>::new());
    assert_eq!(checks.seen, 66);
}
