//! Values of every union, from JSON and back: as they came.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;
use unions::types::*;

/// Reads a value, which must be written as it was read.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"));
    assert_eq!(serde_json::to_string(&value).expect("writable"), json);
    value
}

/// Why a value cannot be read.
#[track_caller]
fn refused<T: DeserializeOwned + Debug>(json: &str) -> String {
    serde_json::from_str::<T>(json).expect_err(json).to_string()
}

#[test]
fn a_discriminator_names_the_variant() {
    assert!(matches!(same(r#"{"kind":"cat","lives":9}"#), Pet::Cat(_)));
    // The enum of the tag and the tag of the enum are one member, written once.
    assert!(matches!(
        same(r#"{"kind":"kitten","lives":9}"#),
        Pet::Cat(Cat {
            kind: CatKind::Kitten,
            ..
        })
    ));
    // A variant that has no member for it keeps its tag all the same.
    let json = r#"{"kind":"dog","bark":"wau","friends":[{"kind":"dog"},{"kind":"cat","lives":1}]}"#;
    assert!(matches!(same(json), Pet::Dog(_)));
    assert!(matches!(
        same(r#"{"kind":"Fish","depth":1.5}"#),
        Pet::Fish(_)
    ));
    // A later version of the document adds birds.
    assert!(matches!(
        same(r#"{"kind":"bird","wings":2}"#),
        Pet::Unknown(_)
    ));
    let error = refused::<Pet>(r#"{"kind":"cat"}"#);
    assert!(error.contains("`lives`"), "{error}");
}

#[test]
fn a_discriminator_is_inherited() {
    assert!(matches!(
        same(r#"{"species":"Bird","wings":2}"#),
        Animal::Bird(_)
    ));
    assert!(matches!(
        same(r#"{"species":"Eagle","legs":2,"span":2.1}"#),
        Animal::Eagle(_)
    ));
    assert!(matches!(same(r#"{"species":"Snake"}"#), Animal::Snake(_)));
    assert!(matches!(same(r#"{"species":"Bird"}"#), Bird::Bird(_)));
    assert!(matches!(
        same(r#"{"species":"Eagle","span":2.0}"#),
        Bird::Eagle(_)
    ));
}

#[test]
fn a_mapping_has_a_default() {
    assert!(matches!(
        same(r#"{"code":"not_found","id":7}"#),
        Problem::NotFound(_)
    ));
    assert!(matches!(
        same(r#"{"code":"full","message":"No room."}"#),
        Problem::Failure(_)
    ));
    assert!(matches!(
        same(r#"{"message":"No code."}"#),
        Problem::Failure(_)
    ));
}

#[test]
fn kinds_tell_values_apart() {
    assert!(matches!(same("true"), Kinds::Bool(true)));
    assert!(matches!(same("3"), Kinds::Integer(3)));
    assert!(matches!(same("3.5"), Kinds::Number(_)));
    assert!(matches!(same("\"3\""), Kinds::String(_)));
    assert!(matches!(
        same(r#"[1,["a"],{"b":"c"}]"#),
        Kinds::KindsList(_)
    ));
    let error = refused::<Kinds>("[1,[null]]");
    assert!(error.contains("found null at /1/0"), "{error}");
}

#[test]
fn unions_nest() {
    same::<Tree>(r#"{"left":{"left":1,"right":2},"right":3}"#);
    assert!(matches!(Tree::Integer(1).validate(), Ok(())));
    same::<Content>(
        r#"[{"type":"text","text":"a"},{"type":"image","url":"b"},{"at":1,"type":"sound"}]"#,
    );
    same::<Content>("\"text\"");
}

#[test]
fn a_member_of_its_own_tells_a_variant() {
    assert!(matches!(
        same(r#"{"number":"4","note":"n"}"#),
        Payment::Card(_)
    ));
    assert!(matches!(
        same(r#"{"iban":"DE","note":"n"}"#),
        Payment::Account(_)
    ));
    let error = refused::<Payment>(r#"{"iban":"DE","number":"4"}"#);
    assert!(error.contains("exactly one"), "{error}");
    assert!(matches!(
        same(r#"{"name":"n","radius":1.0}"#),
        Shape::Circle(_)
    ));
    assert!(matches!(
        same(r#"{"name":"n","side":1.0}"#),
        Shape::Square(_)
    ));
    assert!(refused::<Shape>(r#"{"radius":1.0}"#).contains("`name`"));
}

#[test]
fn what_nothing_tells_apart_is_tried() {
    assert!(matches!(same(r#"{"name":"Al"}"#), Person::Short(_)));
    assert!(matches!(same(r#"{"name":"Albert"}"#), Person::Long(_)));
    assert!(matches!(
        same(r#"{"name":"Al","email":"a@b"}"#),
        Person::Long(_)
    ));
    assert!(refused::<Person>("{}").contains("`Short` and `Long`"));
    let error = refused::<Person>(r#"{"name":1}"#);
    assert!(
        error.contains("`Short` expected a string") && error.contains("`Long` expected a string"),
        "{error}"
    );
}

#[test]
fn several_at_once_lose_nothing() {
    assert!(matches!(same(r#"{"login":"a"}"#), Owner::User(_)));
    assert!(matches!(same(r#"{"slug":"b"}"#), Owner::Company(_)));
    assert!(matches!(
        same(r#"{"login":"a","slug":"b"}"#),
        Owner::Several(_)
    ));
    let filter: Filter = same(r#"{"from":"a","to":"b"}"#);
    assert_eq!(filter.to.as_deref(), Some("b"));
}

#[test]
fn lists_of_values_are_enums() {
    assert!(matches!(same("\"l\""), Level::Low));
    assert!(matches!(same("\"age\""), Column::Age));
    assert!(matches!(same("\"weight\""), Column::Other(_)));
}

#[test]
fn null_is_no_variant() {
    let values: Values = same(r#"{"kinds":1,"tree":1,"nothing":null}"#);
    assert!(values.nothing.is_null());
    let values: Values = same(r#"{"kinds":1,"tree":1,"nothing":2.5}"#);
    assert!(matches!(
        values.nothing.value(),
        Some(ValuesNothing::Number(_))
    ));
    let values: Values = same(r#"{"kinds":1,"tree":1}"#);
    assert!(values.nothing.is_absent());
}
