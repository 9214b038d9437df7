//! What is written is read, in every style, or is refused.

#![cfg(feature = "arbitrary")]

use super::super::arbitrary::{self, Rng};
use super::super::json::ReadOptions;
use super::super::operation::{Location, Parameter};
use super::super::shape::Shape;
use super::super::table::{Field, Mark};
use super::{Manner, Raw, decoded_pairs, read, write};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Debug;

type Texts = BTreeMap<String, String>;

fn manner(location: Location, marks: &'static [Mark]) -> Manner<'static> {
    let field = Field {
        marks,
        ..Field::new("co/lor")
    };
    Manner::of(&Parameter { location, field }, &[])
}

fn came<T: Shape>(manner: &Manner<'_>, text: Option<&str>) -> Result<Option<T>, String> {
    let pairs: Vec<(Cow<'_, str>, &str)> = match manner.location {
        Location::Query => decoded_pairs(text.unwrap_or_default()),
        Location::Cookie => {
            let pairs = text.unwrap_or_default().split(';');
            let pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
            let verbatim = manner.is_verbatim();
            pairs
                .map(|(key, value)| match verbatim {
                    true => (Cow::Borrowed(key), value),
                    false => (super::text::decoded(key, false), value),
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let raw = Raw {
        pairs: &pairs,
        text: text.filter(|_| matches!(manner.location, Location::Path | Location::Header)),
        repeated: false,
    };
    let mut value = T::empty();
    match read(manner, &raw, value.slot(), &ReadOptions::default()) {
        Ok(true) => Ok(Some(value)),
        Ok(false) => Ok(super::nothing(value.slot()).then_some(value)),
        Err(fault) => Err(format!("{fault:?}")),
    }
}

const STYLES: &[(Location, &[&[Mark]])] = &[
    (
        Location::Path,
        &[
            &[],
            &[Mark::Explode(true)],
            &[Mark::Style("matrix")],
            &[Mark::Style("matrix"), Mark::Explode(true)],
            &[Mark::Style("label")],
            &[Mark::Style("label"), Mark::Explode(true)],
            &[Mark::Style("spaceDelimited")],
            &[Mark::Style("pipeDelimited")],
            &[Mark::Style("tabDelimited")],
        ],
    ),
    (
        Location::Query,
        &[
            &[],
            &[Mark::Explode(false)],
            &[Mark::AllowEmpty],
            &[Mark::Style("spaceDelimited")],
            &[Mark::Style("pipeDelimited")],
            &[Mark::Style("tabDelimited")],
            &[Mark::Style("spaceDelimited"), Mark::Explode(true)],
            &[Mark::Style("deepObject"), Mark::Explode(true)],
        ],
    ),
    (
        Location::Header,
        &[
            &[],
            &[Mark::Explode(true)],
            &[Mark::Style("spaceDelimited")],
            &[Mark::Style("pipeDelimited")],
            &[Mark::Style("tabDelimited")],
        ],
    ),
    (
        Location::Cookie,
        &[
            &[],
            &[Mark::Explode(false)],
            &[Mark::Style("cookie")],
            &[Mark::Style("cookie"), Mark::Explode(false)],
        ],
    ),
];

/// How many of the values were carried, over all styles.
fn carried<T: Shape + Debug + PartialEq>(least: usize) {
    for (location, styles) in STYLES {
        for marks in *styles {
            let manner = manner(*location, marks);
            let mut carried = 0;
            for seed in 0..300 {
                let value: T = arbitrary::value(&mut Rng::new(seed));
                let Ok(text) = write(&manner, value.view()) else {
                    continue;
                };
                let back = came::<T>(&manner, text.as_deref());
                assert_eq!(back.as_ref(), Ok(&Some(value)), "{manner:?} {text:?}");
                carried += 1;
            }
            assert!(carried >= least, "{manner:?}: {carried}");
        }
    }
}

#[test]
fn what_is_written_is_read() {
    carried::<i64>(300);
    carried::<bool>(300);
    carried::<f64>(300);
    carried::<String>(60);
    carried::<Vec<i64>>(200);
    carried::<Vec<String>>(20);
    carried::<BTreeMap<String, i64>>(10);
    carried::<Texts>(10);
}

/// Where reserved characters stand as they are, and nothing is encoded already.
#[test]
fn what_is_reserved_is_carried_or_refused() {
    const RESERVED: &[(Location, &[Mark])] = &[
        (Location::Path, &[Mark::AllowReserved]),
        (Location::Path, &[Mark::AllowReserved, Mark::Style("label")]),
        (
            Location::Path,
            &[
                Mark::AllowReserved,
                Mark::Style("matrix"),
                Mark::Explode(true),
            ],
        ),
        (Location::Query, &[Mark::AllowReserved]),
        (
            Location::Query,
            &[Mark::AllowReserved, Mark::Explode(false)],
        ),
        (
            Location::Query,
            &[Mark::AllowReserved, Mark::Style("spaceDelimited")],
        ),
        (
            Location::Query,
            &[Mark::AllowReserved, Mark::Style("pipeDelimited")],
        ),
        (
            Location::Query,
            &[Mark::AllowReserved, Mark::Style("deepObject")],
        ),
        (Location::Cookie, &[Mark::AllowReserved]),
        (
            Location::Cookie,
            &[Mark::AllowReserved, Mark::Explode(false)],
        ),
    ];
    for (location, marks) in RESERVED {
        let manner = manner(*location, marks);
        let mut carried = 0;
        for seed in 0..2_000 {
            let value: Texts = arbitrary::value(&mut Rng::new(seed));
            let is_encoded = |text: &String| text.contains('%');
            if value.keys().chain(value.values()).any(is_encoded) {
                continue;
            }
            let Ok(text) = write(&manner, value.view()) else {
                continue;
            };
            let back = came::<Texts>(&manner, text.as_deref());
            assert_eq!(back.as_ref(), Ok(&Some(value)), "{manner:?} {text:?}");
            carried += 1;
        }
        assert!(carried >= 100, "{manner:?}: {carried}");
    }
}

#[test]
fn what_nests_is_carried_by_deep_objects() {
    let deep = manner(Location::Query, &[Mark::Style("deepObject")]);
    let mut nested = 0;
    for seed in 0..300 {
        let value: BTreeMap<String, BTreeMap<String, Vec<i64>>> =
            arbitrary::value(&mut Rng::new(seed));
        let Ok(text) = write(&deep, value.view()) else {
            continue;
        };
        let mut expected = value;
        // Nothing is written of what is empty.
        expected
            .values_mut()
            .for_each(|inner| inner.retain(|_, list| !list.is_empty()));
        expected.retain(|_, inner| !inner.is_empty());
        nested += usize::from(!expected.is_empty());
        assert_eq!(came(&deep, text.as_deref()), Ok(Some(expected)), "{text:?}");
    }
    assert!(nested > 50, "{nested}");
}

#[test]
fn names_in_brackets_are_read_as_is_usual() {
    let deep = manner(Location::Query, &[Mark::Style("deepObject")]);
    let list = |text: &str| came::<Vec<String>>(&deep, Some(text));
    let expected = Ok(Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(list("co/lor[]=a&co/lor[]=b"), expected);
    assert_eq!(list("co%2Flor%5B1%5D=b&co/lor[0]=a"), expected);
    assert_eq!(list("co/lor=a&co/lor=b"), expected);
    assert_eq!(list("other=a"), Ok(Some(vec![])));
    assert!(list("co/lor[x]=a").is_err());
    let deepest = format!("co/lor{}=a", "[a]".repeat(17));
    assert!(came::<serde_json::Value>(&deep, Some(&deepest)).is_err());
    assert!(list("co/lor[=a").is_err());
}

#[test]
fn an_empty_text_stands_for_nothing_where_the_document_says_so() {
    let allowed = manner(Location::Query, &[Mark::AllowEmpty]);
    let not = manner(Location::Query, &[]);
    let blank = Some("co/lor=");
    assert_eq!(came::<Option<i64>>(&allowed, blank), Ok(Some(None)));
    assert!(came::<Option<i64>>(&not, blank).is_err());
    assert_eq!(came::<String>(&not, blank), Ok(Some(String::new())));
    let none: Vec<String> = Vec::new();
    assert_eq!(
        write(&allowed, none.view()),
        Ok(Some("co%2Flor=".to_owned()))
    );
    assert_eq!(came(&allowed, blank), Ok(Some(none)));
    assert!(write(&allowed, vec![String::new()].view()).is_err());
    assert_eq!(came(&not, blank), Ok(Some(vec![String::new()])));
    assert_eq!(came(&not, blank), Ok(Some(Vec::<i64>::new())));
    const DEFAULT: &[Mark] = &[Mark::Default("[1]")];
    assert!(write(&manner(Location::Query, DEFAULT), Vec::<i64>::new().view()).is_err());
}

#[test]
fn null_is_not_written() {
    let query = manner(Location::Query, &[Mark::Explode(false)]);
    let items = vec![Some("a".to_owned()), None, Some("b".to_owned())];
    assert_eq!(
        write(&query, items.view()),
        Ok(Some("co%2Flor=a,b".to_owned()))
    );
    let members = BTreeMap::from([("G".to_owned(), None), ("R".to_owned(), Some(100_i64))]);
    let exploded = manner(Location::Query, &[]);
    assert_eq!(
        write(&exploded, members.view()),
        Ok(Some("R=100".to_owned()))
    );
    assert_eq!(write(&query, None::<String>.view()), Ok(None));
}

#[test]
fn no_text_breaks_the_reader() {
    let alphabet: Vec<char> = "co/lr;.=,[]%2F&+a1|\u{e9}".chars().collect();
    for (location, styles) in STYLES {
        for marks in *styles {
            let manner = manner(*location, marks);
            let mut rng = Rng::new(7);
            for _ in 0..2_000 {
                let length = rng.below(16);
                let mut text: String = (0..length)
                    .map(|_| alphabet[rng.below(alphabet.len() as u64) as usize])
                    .collect();
                if rng.once_in(2) {
                    text.insert_str(0, "co/lor");
                }
                // An answer either way.
                let _ = came::<Vec<i64>>(&manner, Some(&text));
                let _ = came::<Texts>(&manner, Some(&text));
                let _ = came::<String>(&manner, Some(&text));
                let _ = came::<serde_json::Value>(&manner, Some(&text));
            }
        }
    }
}

/// Swagger 2.0 has delimiters of its own, in every location.
#[test]
fn collection_formats_of_2_0_have_their_delimiters() {
    for (location, style, expected) in [
        (Location::Query, "spaceDelimited", "co/lor=a%20b"),
        (Location::Query, "pipeDelimited", "co/lor=a%7Cb"),
        (Location::Query, "tabDelimited", "co/lor=a%09b"),
        (Location::Path, "spaceDelimited", "a%20b"),
        (Location::Path, "pipeDelimited", "a%7Cb"),
        (Location::Path, "tabDelimited", "a%09b"),
        (Location::Header, "spaceDelimited", "a b"),
        (Location::Header, "pipeDelimited", "a|b"),
        (Location::Header, "tabDelimited", "a\tb"),
    ] {
        let marks: &'static [Mark] = match style {
            "spaceDelimited" => &[Mark::Style("spaceDelimited")],
            "pipeDelimited" => &[Mark::Style("pipeDelimited")],
            _ => &[Mark::Style("tabDelimited")],
        };
        let manner = manner(location, marks);
        let items = vec!["a".to_owned(), "b".to_owned()];
        let text = write(&manner, items.view()).expect("it can be carried");
        let text = text.expect("there is something to write");
        assert_eq!(text.replace("co%2Flor", "co/lor"), expected);
        assert_eq!(came::<Vec<String>>(&manner, Some(&text)), Ok(Some(items)));
    }
}
