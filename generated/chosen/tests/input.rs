//! What somebody has read is changed, and sent back.

use chosen::runtime::shape::Shape;
use chosen::types::{
    Card, Line, Order, OrderInput, Parcel, ParcelInput, Payment, PaymentInput, Transfer,
};

fn parcel() -> Parcel {
    Parcel::new("P1".to_owned(), 500)
}

fn order(payment: Payment) -> Order {
    Order {
        parcels: Some(vec![parcel()]),
        gift: Some(parcel()),
        ..Order::new(7, vec![Line::new("a".to_owned(), 1)], payment)
    }
}

#[test]
fn what_is_not_sent_is_left_out() {
    let transfer = Transfer::new("DE1".to_owned(), "R1".to_owned());
    let mut input = OrderInput::from(order(Payment::Transfer(transfer)));
    input.note = Some("quick".to_owned());
    assert_eq!(input.gift, Some(ParcelInput::new(500)));
    assert!(matches!(&input.payment, PaymentInput::Transfer(transfer) if transfer.iban == "DE1"));
    let text = serde_json::to_string(&input).expect("it is written");
    let expected = r#"{"lines":[{"article":"a","count":1}],"payment":{"iban":"DE1"},"parcels":[{"grams":500}],"gift":{"grams":500},"note":"quick"}"#;
    assert_eq!(text, expected);
}

#[test]
fn what_has_no_other_form_is_itself() {
    let card = Card::new("1234".to_owned());
    let input = OrderInput::from(order(Payment::Card(card.clone())));
    assert_eq!(input.payment, PaymentInput::Card(card));
}

/// A server that refuses members that the document does not name is none that refuses what it has sent itself.
#[test]
fn what_was_read_may_come_back_whole() {
    let card = Payment::Card(Card::new("1234".to_owned()));
    let whole = serde_json::to_string(&order(card)).expect("it is written");
    let read = |text: &str| {
        let mut input = OrderInput::empty();
        let options = chosen::runtime::json::ReadOptions {
            closed: true,
            ..Default::default()
        };
        chosen::runtime::json::read_into(text.as_bytes(), input.slot(), &options).map(|()| input)
    };
    assert!(whole.contains(r#""id":7"#));
    assert_eq!(read(&whole).expect("it is read").lines.len(), 1);
    let more = whole.replacen('{', r#"{"colour":"red","#, 1);
    let error = read(&more).expect_err("nothing is called so").to_string();
    assert!(error.contains("no other member"), "{error}");
}
