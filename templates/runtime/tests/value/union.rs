//! Unions, however their variants are told apart.

use super::sample::ConsoleType;
use super::{law, read, write};
use oasmith_runtime as runtime;
use runtime::json::{self, ReadOptions, Unknown, WriteOptions};
use runtime::{Maybe, Shape, object, string_enum, union};

pub(crate) struct Cat {
    pub(crate) pet_type: String,
    pub(crate) lives: Option<i64>,
}
object! { Cat { pet_type: "petType" (required), lives: "lives" (maximum = 9) } }

/// Has no member for the tag.
#[derive(Default)]
pub(crate) struct Dog {
    pub(crate) bark: Option<String>,
    pub(crate) owner: Option<Box<Pet>>,
}
object! { Dog { bark: "bark", owner: "owner" } }

pub(crate) struct Fish {
    pub(crate) pet_type: FishKind,
}
object! { Fish { pet_type: "petType" (required) } }

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FishKind {
    Carp,
    Pike,
}
string_enum! { FishKind { Carp: "carp", Pike: "pike" } }

pub(crate) enum Pet {
    Cat(Cat),
    Dog(Dog),
    Fish(Fish),
    Unknown(serde_json::Value),
}
union! { open Pet by "petType" { Cat: "cat" | "kitten", Dog: "dog", Fish: "carp" | "pike" } }

/// Its tag need not be there, and is not added.
#[derive(Default)]
pub(crate) struct Sheep {
    pub(crate) pet_type: Option<String>,
    pub(crate) wool: Option<i64>,
}
object! { Sheep (as_read) { pet_type: "petType", wool: "wool" } }

pub(crate) enum Shorn {
    Sheep(Sheep),
    Dog(Dog),
}
union! { Shorn by "petType" { Sheep: "sheep", Dog: "dog" } }

pub(crate) enum Closed {
    Cat(Cat),
    Other(Dog),
}
union! { Closed by "petType" { Cat: "cat", Other: "dog" | _ } empty Other }

pub(crate) enum Kind {
    Flag(bool),
    Count(i64),
    Ratio(f64),
    Name(String),
    Many(Vec<Kind>),
    Dog(Dog),
}
union! {
    Kind {
        Flag: bool,
        Count: integer (minimum = 0),
        Ratio: fraction,
        Name: string (max_length = 20),
        Many: list,
        Dog: object,
    }
}

#[derive(Default)]
pub(crate) struct Card {
    pub(crate) number: String,
    pub(crate) cvc: Option<String>,
}
object! { Card { number: "number" (required), cvc: "cvc" } }

#[derive(Default)]
pub(crate) struct Account {
    pub(crate) iban: String,
}
object! { Account { iban: "iban" (required) } }

pub(crate) enum Source {
    Card(Box<Card>),
    Account(Account),
    Dog(Dog),
}
union! { Source { Card: object has "number", Account: object has "iban", Dog: object } }

pub(crate) struct Small {
    pub(crate) a: Option<i64>,
}
object! { Small { a: "a" (maximum = 5) } }

pub(crate) struct Large {
    pub(crate) a: Option<i64>,
    pub(crate) b: Option<Box<One>>,
    pub(crate) console: Option<ConsoleType>,
}
object! { Large { a: "a" (minimum = 3), b: "b", console: "console" } }

pub(crate) enum One {
    Small(Small),
    Large(Large),
}
union! { one_of One { Small: object, Large: object } }

pub(crate) enum Any {
    Small(Small),
    Large(Large),
    Text(String),
}
union! { any_of Any { Small: object, Large: object, Text: string } }

pub(crate) enum Payer {
    Card(Card),
    Account(Account),
    Several(serde_json::Value),
}
union! { mixed any_of Payer { Card: object has "number", Account: object has "iban" } }

pub(crate) enum Level {
    Low(Deep),
    High(Deep),
    Leaf(i64),
}
union! { one_of Level { Low: object, High: object, Leaf: integer } empty Leaf }

pub(crate) struct Deep {
    pub(crate) next: Option<Box<Level>>,
    pub(crate) size: Option<i64>,
}
object! { Deep { next: "next", size: "size" } }

pub(crate) struct Holder {
    pub(crate) pet: Pet,
    pub(crate) size: Maybe<Kind>,
    pub(crate) sources: Option<Vec<Source>>,
    pub(crate) one: Option<One>,
    pub(crate) any: Option<Any>,
}
object! {
    Holder {
        pet: "pet" (required),
        size: "size" (nullable),
        sources: "sources",
        one: "one",
        any: "any",
    }
}

fn cat(pet_type: &str) -> Pet {
    Pet::Cat(Cat {
        pet_type: pet_type.to_owned(),
        lives: None,
    })
}

/// The error of a text that must not be read.
fn error<T: Shape + std::fmt::Debug>(text: &str) -> String {
    read::<T>(text).expect_err(text)
}

#[test]
fn the_tag_names_the_variant_and_stays_in_it() {
    assert_eq!(read(r#"{"petType":"cat"}"#), Ok(cat("cat")));
    // Several tags lead to one variant, and the tag need not come first.
    let late = r#"{"lives":3,"x":{"petType":"dog"},"petType":"kitt\u0065n"}"#;
    let Ok(Pet::Cat(found)) = read::<Pet>(late) else {
        panic!("{late}")
    };
    assert_eq!((found.pet_type.as_str(), found.lives), ("kitten", Some(3)));
    assert_eq!(write(&cat("cat")), r#"{"petType":"cat"}"#);
    // A variant without a member for it gets its tag when it is written.
    let dog = Pet::Dog(Dog::default());
    assert_eq!(write(&dog), r#"{"petType":"dog"}"#);
    assert_eq!(
        serde_json::to_string(&dog).expect("writable"),
        r#"{"petType":"dog"}"#
    );
    assert_eq!(read(r#"{"petType":"dog"}"#), Ok(dog));
    // An enum in the variant lists the same tags.
    let pike = Pet::Fish(Fish {
        pet_type: FishKind::Pike,
    });
    assert_eq!(write(&pike), r#"{"petType":"pike"}"#);
    assert_eq!(read(r#"{"petType":"pike"}"#), Ok(pike));
}

#[test]
fn a_tag_that_was_absent_stays_absent_where_what_is_read_is_kept() {
    for (json, written) in [
        (r#"{"wool":2}"#, r#"{"wool":2}"#),
        (r#"{"petType":"sheep"}"#, r#"{"petType":"sheep"}"#),
        // A member that must be there is not absent, and without `as_read` the tag is added.
        (r#"{"bark":"wow"}"#, r#"{"petType":"dog","bark":"wow"}"#),
    ] {
        let pet: Shorn = read(json).expect("one of the variants");
        assert_eq!(write(&pet), written);
        let bridged: Shorn = serde_json::from_str(json).expect("one of the variants");
        assert_eq!(serde_json::to_string(&bridged).expect("JSON"), written);
    }
}

#[test]
fn a_variant_with_the_tag_of_another_is_not_written() {
    let error = json::write(&cat("dog"), &WriteOptions::default()).expect_err("wrong tag");
    assert_eq!(
        error.to_string(),
        "the tag is not that of the variant at /petType"
    );
    assert!(serde_json::to_string(&cat("dog")).is_err());
}

#[test]
fn a_tag_that_no_variant_has_is_kept_where_that_is_allowed() {
    let text = r#"{"petType":"bird","wings":[1,2]}"#;
    let bird: Pet = read(text).expect("kept");
    assert_eq!(
        bird,
        Pet::Unknown(serde_json::json!({"petType": "bird", "wings": [1, 2]}))
    );
    assert_eq!(write(&bird), text);
    let strict = ReadOptions {
        unknown: Unknown::Reject,
        ..ReadOptions::default()
    };
    let error = json::read::<Pet>(text.as_bytes(), &strict).expect_err("listed");
    assert_eq!(
        error.to_string(),
        "expected `cat`, `kitten`, `dog`, `carp` or `pike`, found `bird` at /petType (byte 0)"
    );
    let unsent = WriteOptions {
        unknown: Unknown::Reject,
        ..WriteOptions::default()
    };
    assert!(json::write(&bird, &unsent).is_err());
    // The default of a mapping takes what is not listed, and what has no tag.
    for text in [
        r#"{"petType":"bird"}"#,
        r#"{"bark":"x"}"#,
        r#"{"petType":7}"#,
    ] {
        assert!(
            matches!(read::<Closed>(text), Ok(Closed::Other(_))),
            "{text}"
        );
    }
    assert!(matches!(Closed::empty(), Closed::Other(_)));
}

#[test]
fn a_missing_tag_is_found_out_or_told() {
    assert!(matches!(read(r#"{"bark":"x"}"#), Ok(Pet::Dog(_))));
    assert_eq!(
        error::<Pet>("[]"),
        "expected an object that is a `Pet`, found a list (byte 0)"
    );
}

#[test]
fn kinds_tell_variants_apart() {
    assert_eq!(read("true"), Ok(Kind::Flag(true)));
    assert_eq!(read("3"), Ok(Kind::Count(3)));
    assert_eq!(read("3.0"), Ok(Kind::Count(3)));
    assert_eq!(read("3.5"), Ok(Kind::Ratio(3.5)));
    // A whole number that no integer of the union holds is a double, as far as it is one.
    assert_eq!(read("1e21"), Ok(Kind::Ratio(1e21)));
    assert_eq!(read("-9223372036854775808"), Ok(Kind::Count(i64::MIN)));
    assert_eq!(read("\"3\""), Ok(Kind::Name("3".to_owned())));
    assert_eq!(
        read("[[1]]"),
        Ok(Kind::Many(vec![Kind::Many(vec![Kind::Count(1)])]))
    );
    assert_eq!(read("{}"), Ok(Kind::Dog(Dog::default())));
    assert_eq!(
        error::<Kind>("null"),
        "expected true or false, an integer, a number, a string, a list or an object that is a `Kind`, found null (byte 0)"
    );
    assert_eq!(
        error::<Kind>("[1,[{\"bark\":2}]]"),
        "expected a string, found a number at /1/0/bark (byte 12)"
    );
    assert!(Kind::Name("x".repeat(21)).validate().is_err());
    assert!(Kind::Count(-1).validate().is_err());
    assert!(Kind::Count(1).validate().is_ok());
}

#[test]
fn a_member_of_its_own_tells_an_object() {
    let card = Source::Card(Box::new(Card {
        number: "4".to_owned(),
        cvc: None,
    }));
    assert_eq!(read(r#"{"number":"4"}"#), Ok(card));
    assert!(matches!(
        read(r#"{"x":1,"iban":"DE"}"#),
        Ok(Source::Account(_))
    ));
    assert!(matches!(read(r#"{"x":1}"#), Ok(Source::Dog(_))));
    assert_eq!(
        error::<Source>(r#"{"number":4}"#),
        "expected a string, found a number at /number (byte 10)"
    );
}

#[test]
fn exactly_one_variant_must_fit() {
    assert!(matches!(read(r#"{"a":1,"b":{"a":2}}"#), Ok(One::Large(_))));
    // Both are structs of `a`, but only one allows the number.
    assert!(matches!(read(r#"{"a":2}"#), Ok(One::Small(_))));
    assert!(matches!(read(r#"{"a":6}"#), Ok(One::Large(_))));
    let text = r#"{"a":4}"#;
    assert_eq!(
        error::<One>(text),
        "expected a value of exactly one variant, found one that is `Small` and `Large` (byte 0)"
    );
    let client = ReadOptions {
        ambiguous: true,
        ..ReadOptions::default()
    };
    assert!(matches!(
        json::read(text.as_bytes(), &client),
        Ok(One::Small(_))
    ));
    // A value that no list has fits worse than one that leaves nothing out, and still fits.
    assert!(matches!(read(r#"{"console":"new"}"#), Ok(One::Large(_))));
}

#[test]
fn of_several_variants_the_one_that_leaves_nothing_out() {
    assert!(matches!(read(r#"{"a":4}"#), Ok(Any::Small(_))));
    assert!(matches!(read(r#"{"a":4,"b":{"a":1}}"#), Ok(Any::Large(_))));
    assert!(matches!(read("\"a\""), Ok(Any::Text(_))));
}

#[test]
fn a_value_that_is_several_at_once_is_kept_whole() {
    assert!(matches!(
        read(r#"{"number":"4","x":1}"#),
        Ok(Payer::Card(_))
    ));
    let both = r#"{"iban":"DE","number":"4"}"#;
    let payer: Payer = read(both).expect("both");
    assert!(matches!(payer, Payer::Several(_)));
    assert_eq!(write(&payer), both);
    let unsent = WriteOptions {
        unknown: Unknown::Reject,
        ..WriteOptions::default()
    };
    assert!(
        json::write(&payer, &unsent).is_ok(),
        "it is no unknown value"
    );
    // Not both: the other one is not whole.
    assert_eq!(
        read(r#"{"iban":7,"number":"4"}"#),
        Ok(Payer::Card(Card {
            number: "4".to_owned(),
            cvc: None
        }))
    );
}

#[test]
fn an_error_says_why_it_is_none_of_the_variants() {
    assert_eq!(
        error::<Holder>(r#"{"pet":{"petType":"cat"},"any":{"a":[1]}}"#),
        "expected an object or a string that is a `Any`, found an object at /any (byte 31): \
         `Small` expected an integer, found a list at /a; `Large` expected an integer, found a list at /a"
    );
}

#[test]
fn depth_is_the_same_after_a_failed_attempt() {
    // 100 values beside one another, each after attempts that failed two levels down: far more levels than are allowed.
    let list = format!("[{}]", [r#"{"a":1,"b":{"b":{"a":1}}}"#; 200].join(","));
    assert_eq!(read::<Vec<Any>>(&list).map(|list| list.len()), Ok(200));
}

#[test]
fn nested_attempts_stay_bounded() {
    // Both variants fit on each of 100 levels: 2^100 attempts for who tries them naively.
    let text = format!("{}7{}", r#"{"next":"#.repeat(100), "}".repeat(100));
    assert!(read::<Level>(&text).is_err());
    let client = ReadOptions {
        ambiguous: true,
        ..ReadOptions::default()
    };
    let level: Level = json::read(text.as_bytes(), &client).expect("the first one");
    assert_eq!(write(&level), text);
    // And where it breaks at the very end.
    let broken = format!("{}\"x\"{}", r#"{"next":"#.repeat(100), "}".repeat(100));
    assert!(json::read::<Level>(broken.as_bytes(), &client).is_err());
}

#[test]
fn what_is_written_is_read() {
    law::holds::<Pet>();
    law::holds::<Closed>();
    law::holds::<Kind>();
    law::holds::<Source>();
    law::holds::<One>();
    law::holds::<Any>();
    law::holds::<Payer>();
    law::holds::<Holder>();
}
