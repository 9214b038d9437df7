//! What `chosen.toml` lets types derive, they have.

use chosen::operations::GetOrder;
use chosen::types::{Card, Line, Order, Payment, State};
use std::collections::{BTreeMap, BTreeSet, HashSet};

fn line(article: &str, count: i32) -> Line {
    Line::new(article.to_owned(), count)
}

#[test]
fn lines_have_an_order_and_are_keys() {
    let lines = BTreeSet::from([line("b", 1), line("a", 2), line("a", 1), line("a", 2)]);
    let counts = lines.iter().map(|line| (line.article.as_str(), line.count));
    assert_eq!(counts.collect::<Vec<_>>(), [("a", 1), ("a", 2), ("b", 1)]);
    let states = BTreeMap::from([(State::Sent, 3), (State::Open, 1), (State::Paid, 2)]);
    assert_eq!(states.into_values().collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn a_union_is_a_key() {
    let by_card = |digits: &str| Payment::Card(Card::new(digits.to_owned()));
    let seen = HashSet::from([by_card("1234"), by_card("1234"), by_card("5678")]);
    assert_eq!(seen.len(), 2);
    assert_eq!(format!("{:?}", by_card("1")), "Card(Card { card: \"1\" })");
}

#[test]
fn a_request_is_copied_and_compared() {
    let first = GetOrder::new(7);
    let second = first;
    assert!(first <= second && GetOrder::new(6) < second);
}

#[test]
fn what_a_pattern_cannot_give_is_left_to_the_table() {
    let order = Order::new(
        1,
        vec![line("a", 1)],
        Payment::Card(Card::new("1".to_owned())),
    );
    assert_eq!(order, order.clone());
    assert!(format!("{order:?}").starts_with("Order { id: 1, lines: [Line { article: \"a\""));
}

#[test]
fn any_other_derive_is_given_as_it_stands() {
    let schema = schemars::schema_for!(Line);
    assert_eq!(schema.get("title"), Some(&"Line".into()));
    assert_eq!(
        schema.pointer("/properties/count/format"),
        Some(&"int32".into())
    );
}
