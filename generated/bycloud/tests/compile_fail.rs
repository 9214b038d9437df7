//! What rustc says to an implementor who has got something wrong: the messages are part of the interface.

#[test]
fn mistakes_are_told_where_they_are() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
