//! `PartialEq` and `Debug` of types with a table: written once, for all of them.

use super::sample::{Closed, Everything, Open};
use super::write;
use chrono::DateTime;
use oasmith_runtime::arbitrary::{self, Rng};

/// Two values are the same where JSON says the same of both.
#[test]
fn values_are_the_same_where_their_json_is() {
    let mut different = 0;
    for seed in 0..500 {
        let mut rng = Rng::new(seed);
        let a: Closed = arbitrary::value(&mut rng);
        let b: Closed = arbitrary::value(&mut rng);
        assert_eq!(a, a.clone());
        assert_eq!(a == b, write(&a) == write(&b), "{a:?} {b:?}");
        different += usize::from(a != b);
        let everything: Everything = arbitrary::value(&mut rng);
        assert_eq!(everything, everything.clone());
        // A copy is not only the same, but says the same: dates keep their offsets, a value that is not listed stays one.
        assert_eq!(
            format!("{everything:?}"),
            format!("{:?}", everything.clone())
        );
        assert_eq!(write(&everything), write(&everything.clone()));
    }
    assert!(different > 300);
}

/// Every place counts: a value with one place changed is another one.
#[test]
fn no_place_is_left_out() {
    let value: Everything = arbitrary::value(&mut Rng::new(7));
    let changes: [fn(&mut Everything); 9] = [
        |value| value.a = !value.a,
        |value| value.b = value.b.wrapping_add(1),
        |value| value.d = -1.5,
        |value| value.f.push('!'),
        |value| value.p.push(None),
        |value| {
            value.q.insert("another".to_owned(), Vec::new());
        },
        |value| value.s = value.s.is_none().then_some(serde_json::Value::Null),
        |value| {
            value.x.extra.insert("another".to_owned(), 1);
        },
        |value| value.tuple.0 = value.tuple.0.wrapping_add(1),
    ];
    for change in changes {
        let mut other = value.clone();
        change(&mut other);
        assert!(value != other);
    }
}

#[test]
fn dates_and_times_are_the_same_at_the_same_instant() {
    let value: Everything = arbitrary::value(&mut Rng::new(7));
    let mut other = value.clone();
    let zone = chrono::FixedOffset::east_opt(3600).expect("an hour");
    other.h = other.h.with_timezone(&zone);
    other.n = other
        .n
        .to_offset(time::UtcOffset::from_hms(2, 0, 0).expect("two hours"));
    assert_eq!(value, other);
    other.h = DateTime::UNIX_EPOCH.fixed_offset() + chrono::Duration::nanoseconds(1);
    assert_ne!(value, other);
}

#[test]
fn not_a_number_is_not_itself() {
    let mut value: Everything = arbitrary::value(&mut Rng::new(7));
    value.e = f64::NAN;
    assert_ne!(value, value.clone());
}

#[test]
fn debug_shows_members_by_their_names_and_no_secrets() {
    let mut closed = Closed {
        tags: Some(vec!["a\"b".to_owned()]),
        secret: Some("hunter2".into()),
        ..Closed::default()
    };
    closed.labels = Some([("x".to_owned(), 1)].into());
    let shown = "Closed { level: None, tags: Some([\"a\\\"b\"]), labels: Some({\"x\": 1}), \
                 secret: Some([redacted]), data: None, any: None }";
    assert_eq!(format!("{closed:?}"), shown);
    let mut open = Open::default();
    assert_eq!(format!("{open:?}"), "Open { a: None }");
    open.extra.insert("b".to_owned(), 2);
    assert_eq!(format!("{open:?}"), "Open { a: None, …: {\"b\": 2} }");
}
