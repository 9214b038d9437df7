//! What `validate()` objects to.

use super::read;
use super::sample::{Backup, Closed, Everything};
use oasmith_runtime::arbitrary::{self, Rng};
use oasmith_runtime::{Secret, Shape};

/// All violations, one a line.
fn violations<T: Shape>(value: &T) -> Vec<String> {
    match oasmith_runtime::validate(value.view()) {
        Ok(()) => Vec::new(),
        Err(violations) => violations.0.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn every_violation_has_its_place() {
    let text = r#"{"size":0,"note":null,"name":"ééééééé","ratio":-1.505,"parent":{"size":9223372036854775807,"note":null,"name":""}}"#;
    let backup: Backup = read(text).expect("readable");
    assert_eq!(
        violations(&backup),
        [
            "at most 5 characters at /name",
            "at least 1 at /size",
            "at least 1 characters at /parent/name",
            "at most 9223372036854775806 at /parent/size",
            "a multiple of 0.01 at /ratio",
            "more than -1.5 at /ratio",
        ]
    );
    assert!(backup.validate().is_err());
    let text = r#"{"size":9223372036854775806,"note":null,"name":"ééééé","ratio":19.99}"#;
    assert_eq!(read::<Backup>(text).expect("readable").validate(), Ok(()));
}

#[test]
fn lists_maps_and_members() {
    let closed: Closed =
        read(r#"{"tags":["abcd","a","b","a"],"labels":{"a":-1,"b/":0,"c":1},"level":1}"#)
            .expect("readable");
    assert_eq!(
        violations(&closed),
        [
            "at most 3 items at /tags",
            "no item twice at /tags",
            "at most 3 characters at /tags/0",
            "at most 2 members at /labels",
            "at least 0 at /labels/a",
        ]
    );
    assert_eq!(violations(&Closed::default()), ["at least 1 members"]);
}

#[test]
fn a_secret_is_not_repeated() {
    let closed = Closed {
        secret: Some(Secret::from("hunter2")),
        ..Closed::default()
    };
    assert_eq!(violations(&closed), ["at least 8 characters at /secret"]);
}

#[test]
fn rules_hold_inside_lists_and_maps() {
    let mut value: Everything = arbitrary::value(&mut Rng::new(1));
    let bad: Closed = read(r#"{"tags":["x","x"]}"#).expect("readable");
    value.p.clear();
    value.q = [("k".to_owned(), vec![bad.clone()])].into();
    value.e = 1.0;
    assert_eq!(
        violations(&value),
        ["less than 1 at /e", "no item twice at /q/k/0/tags"]
    );
}
