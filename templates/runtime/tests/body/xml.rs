//! XML by the XML Objects of a document.

use super::sample::{Book, Part};
use super::{damaged, law};
use oasmith_runtime::json::{ReadOptions, Unknown};
use oasmith_runtime::table::{Mark, Xml};
use oasmith_runtime::{Maybe, Shape, xml};
use std::collections::BTreeMap;

const ROOT: &[Mark] = &[
    Mark::Xml(Xml::NEW.name("shelf")),
    Mark::Items(&[Mark::Xml(Xml::NEW.name("book"))]),
];

fn write<T: Shape>(value: &T, marks: &'static [Mark]) -> Result<String, String> {
    let mut out = String::new();
    match xml::write(value.view(), marks, Unknown::Keep, &mut out) {
        Ok(()) => Ok(out),
        Err(error) => Err(error.to_string()),
    }
}

fn read<T: Shape>(text: &[u8], marks: &'static [Mark]) -> Result<T, String> {
    let mut value = T::empty();
    match xml::read(text, marks, value.slot(), &ReadOptions::default()) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

fn book() -> Book {
    Book {
        id: 7,
        title: Some("R & D <1>".to_owned()),
        note: Maybe::Null,
        summary: Some("a < b ]]> c".to_owned()),
        authors: Some(vec!["A".to_owned(), "B".to_owned()]),
        keywords: Some(vec![String::new(), " x ".to_owned()]),
        parts: vec![
            Some(Part {
                lang: Some("\"de\"\n".to_owned()),
                text: "Teil\r\n".to_owned(),
            }),
            None,
        ],
        sold: Some(BTreeMap::from([("y2024".to_owned(), 3)])),
    }
}

#[test]
fn every_kind_of_node_is_written() {
    let expected = concat!(
        "<b:book xmlns:b=\"https://books.example/1\" id=\"7\">",
        "<b:heading>R &amp; D &lt;1&gt;</b:heading>",
        "<note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
        "<![CDATA[a < b ]]]]><![CDATA[> c]]>",
        "<author>A</author><author>B</author>",
        "<words><word/><word> x </word></words>",
        "<parts lang=\"&quot;de&quot;&#10;\">Teil&#13;\n</parts>",
        "<parts xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>",
        "<sold><y2024>3</y2024></sold>",
        "</b:book>",
    );
    assert_eq!(write(&book(), &[]).as_deref(), Ok(expected));
    assert_eq!(read(expected.as_bytes(), &[]), Ok(book()));
}

#[test]
fn what_is_written_is_read() {
    // A list without items leaves no trace where nothing is around it.
    let received = |mut book: Book| {
        book.authors = book.authors.filter(|authors| !authors.is_empty());
        book
    };
    let written = law::<Book>(
        |book| write(book, &[]).ok(),
        |text| read(text.as_bytes(), &[]),
        received,
    );
    assert!(written > 100, "{written}");
    let received = |books: Vec<Book>| books.into_iter().map(received).collect();
    let written = law::<Vec<Book>>(
        |books| write(books, ROOT).ok(),
        |text| read(text.as_bytes(), ROOT),
        received,
    );
    assert!(written > 50, "{written}");
}

#[test]
fn other_spellings_of_the_same_are_read() {
    let text = "\u{feff}<?xml version=\"1.0\"?><!-- c --><x:book xmlns:x='https://books.example/1' id='7'>\n  \
        <x:heading><![CDATA[R]]> &#38; D</x:heading>\n  <author>A</author><sold/><author>B</author>\n  <parts/></x:book>\n";
    let book: Book = read(text.as_bytes(), &[]).expect("readable");
    assert_eq!(book.title.as_deref(), Some("R & D"));
    assert_eq!(book.authors.map(|authors| authors.len()), Some(2));
    assert_eq!(book.note, Maybe::Absent);
    assert_eq!(book.parts.len(), 1);
    assert_eq!(book.sold, Some(BTreeMap::new()));
}

#[test]
fn a_value_without_a_name_is_a_fragment() {
    let map = BTreeMap::from([("info".to_owned(), "abc".to_owned())]);
    assert_eq!(write(&map, &[]).as_deref(), Ok("<info>abc</info>"));
    assert_eq!(read(b"<info>abc</info>", &[]), Ok(map));
}

#[test]
fn hostile_texts_are_refused() {
    let refused = |text: &str, expected: &str| {
        let error = read::<serde_json::Value>(text.as_bytes(), &[]).expect_err(text);
        assert!(error.contains(expected), "{error}");
    };
    refused(
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "no document type",
    );
    refused("<a>&b;</a>", "no entity but XML's own");
    refused("<a b='&c;'/>", "attributes");
    refused(&"<a>".repeat(100_000), "fewer levels");
    refused("<a>", "the end of an element");
    refused("<a></b>", "well-formed XML");
    refused("<a/><a/>", "one element");
    assert!(write(&"\u{1}".to_owned(), ROOT).is_err());
    assert!(write(&BTreeMap::from([("a b".to_owned(), 1_i64)]), ROOT).is_err());
}

#[test]
fn no_text_breaks_the_reader() {
    let text = write(&book(), &[]).expect("writable");
    damaged(&text, |broken| drop(read::<Book>(broken, &[])));
}
