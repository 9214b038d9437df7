//! `application/x-www-form-urlencoded`.

use super::sample::{Address, Order};
use super::{damaged, law};
use oasmith_runtime::json::{ReadOptions, Unknown};
use oasmith_runtime::operation::{Encoding, Style};
use oasmith_runtime::{Shape, form};
use std::collections::BTreeMap;

const PLAIN: Encoding = Encoding {
    name: "",
    content_type: None,
    style: None,
    headers: &[],
    encoding: &[],
};

const STYLES: &[Encoding] = &[
    Encoding {
        name: "deep",
        style: Some((Style::DeepObject, true, false)),
        ..PLAIN
    },
    Encoding {
        name: "sizes",
        style: Some((Style::Form, false, false)),
        ..PLAIN
    },
    Encoding {
        name: "other",
        style: Some((Style::DeepObject, true, false)),
        ..PLAIN
    },
];

fn write<T: Shape>(value: &T, encodings: &[Encoding]) -> Result<String, String> {
    let mut out = String::new();
    match form::write(value.view(), encodings, Unknown::Keep, &mut out) {
        Ok(()) => Ok(out),
        Err(error) => Err(error.to_string()),
    }
}

fn read<T: Shape>(text: &[u8], encodings: &[Encoding]) -> Result<T, String> {
    let mut value = T::empty();
    match form::read(text, encodings, value.slot(), &ReadOptions::default()) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

fn order() -> Order {
    let address = |street: &str| Address {
        street: street.to_owned(),
        zip: Some(1),
        tags: Some(vec!["t".to_owned()]),
    };
    Order {
        id: 1,
        name: Some("a b+c~".to_owned()),
        rush: None,
        weight: Some(10.0),
        tags: vec!["x".to_owned(), String::new()],
        sizes: Some(vec![1, 2]),
        address: Some(address("s")),
        deep: Some(address("[]")),
        other: Some(vec![address("o")]),
    }
}

#[test]
fn members_are_written_by_style_or_by_content() {
    assert_eq!(
        write(&order(), STYLES).as_deref(),
        Ok(concat!(
            "id=1&na+me=a+b%2Bc%7E&weight=10&tags=x&tags=&sizes=1,2",
            "&address=%7B%22street-Address%22%3A%22s%22%2C%22zip%22%3A1%2C%22tags%22%3A%5B%22t%22%5D%7D",
            "&deep%5Bstreet-Address%5D=%5B%5D&deep%5Bzip%5D=1&deep%5Btags%5D%5B0%5D=t",
            "&other%5B0%5D%5Bstreet-Address%5D=o&other%5B0%5D%5Bzip%5D=1&other%5B0%5D%5Btags%5D%5B0%5D=t",
        ))
    );
    let json = [Encoding {
        name: "tags",
        content_type: Some("application/json"),
        ..PLAIN
    }];
    let text = write(&order(), &json).expect("writable");
    assert!(text.contains("&tags=%22x%22&tags=%22%22&"), "{text}");
    assert_eq!(read(text.as_bytes(), &json), Ok(order()));
}

#[test]
fn what_is_written_is_read() {
    for encodings in [STYLES, &[]] {
        let written = law::<Order>(
            |order| write(order, encodings).ok(),
            |text| read(text.as_bytes(), encodings),
            |order| received(order, !encodings.is_empty()),
        );
        assert!(written > 200, "{written}");
    }
    let written = law::<BTreeMap<String, String>>(
        |map| write(map, &[]).ok(),
        |text| read(text.as_bytes(), &[]),
        |map| map,
    );
    assert_eq!(written, 600);
}

/// Nothing is written of a list without items; what a style writes apart has no trace of empty lists inside either.
fn received(mut order: Order, styles: bool) -> Order {
    order.sizes = order.sizes.filter(|sizes| !sizes.is_empty());
    order.other = order.other.filter(|other| !other.is_empty());
    let inside = order
        .deep
        .iter_mut()
        .chain(order.other.iter_mut().flatten());
    for address in inside.filter(|_| styles) {
        address.tags = address.tags.take().filter(|tags| !tags.is_empty());
    }
    order
}

#[test]
fn usual_spellings_are_read() {
    let text = "id=1&tags[]=x&tags[1]=y&address[street-Address]=s&address[tags][]=t&other[0][street-Address]=o&unknown=1";
    let order: Order = read(text.as_bytes(), &[]).expect("readable");
    assert_eq!(
        order.tags,
        ["y", "x"]
            .map(str::to_owned)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
    assert_eq!(
        order.address.map(|address| address.street).as_deref(),
        Some("s")
    );
    assert_eq!(order.other.map(|other| other.len()), Some(1));
}

#[test]
fn faults_have_a_place() {
    let fault = |text: &str| read::<Order>(text.as_bytes(), STYLES).expect_err(text);
    assert!(
        fault("id=x").contains("expected an integer"),
        "{}",
        fault("id=x")
    );
    assert!(fault("id=x").contains("/id"));
    assert!(fault("id=1&id=2").contains("each member once"));
    assert!(fault("id=1&sizes=1,x").contains("/sizes/1"));
    assert!(fault("id=1&deep[zip]=x").contains("/deep"));
    assert!(fault("tags=a").contains("/id"));
    assert!(read::<Order>(b"id=%FF", &[]).is_err());
    assert!(read::<Order>(b"id=\xff", &[]).is_err());
}

#[test]
fn no_text_breaks_the_reader() {
    let text = write(&order(), STYLES).expect("writable");
    damaged(&text, |broken| drop(read::<Order>(broken, STYLES)));
}
