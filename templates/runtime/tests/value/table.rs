//! Texts and the values they are, one a line.

use super::sample::{Backup, Closed, ConsoleType, IpVersion, Level, Mirror, Open, RebootType};
use super::{read, write};
use oasmith_runtime::json::{self, ReadOptions, Unknown, WriteOptions};
use oasmith_runtime::{Base64, Base64Url, Maybe, Secret, Shape, Tuple, Verbatim};
use std::fmt::Debug;

#[test]
fn a_struct_goes_both_ways() {
    let text = r#"{"id":"x","name":"n\n","size":3,"gateway_ip":null,"type":"HARD","parent":{"size":1,"type":"SOFT","note":null},"console":"vnc2","version":6,"note":"","ratio":0.25}"#;
    let backup: Backup = read(text).expect("readable");
    assert_eq!(backup.gateway_ip, Maybe::Null);
    assert_eq!(
        backup.console,
        Some(ConsoleType::Unknown("vnc2".to_owned()))
    );
    assert_eq!(backup.r#type, Some(RebootType::Hard));
    assert_eq!(backup.version, Some(IpVersion::V6));
    assert_eq!(write(&backup), text);
}

#[test]
fn absent_null_and_value_are_three_things() {
    let gateway = |text: &str| read::<Backup>(text).map(|backup| backup.gateway_ip);
    assert_eq!(gateway(r#"{"size":1,"note":null}"#), Ok(Maybe::Absent));
    assert_eq!(
        gateway(r#"{"size":1,"note":null,"gateway_ip":null}"#),
        Ok(Maybe::Null)
    );
    assert_eq!(
        gateway(r#"{"size":1,"note":null,"gateway_ip":"x"}"#),
        Ok(Maybe::Value("x".to_owned()))
    );
    // Optional but not nullable: null is an error, not an absence.
    let error = read::<Backup>(r#"{"size":1,"note":null,"name":null}"#).expect_err("null");
    assert_eq!(error, "expected a string, found null at /name (byte 29)");
    // Required and nullable: absent is the error.
    let error = read::<Backup>(r#"{"size":1}"#).expect_err("absent");
    assert_eq!(
        error,
        "expected the required member `note`, found the end of the object (byte 9)"
    );
}

#[test]
fn absent_members_get_their_defaults_unless_told_otherwise() {
    let text = br#"{"size":1,"note":null}"#;
    let backup: Backup = json::read(text, &ReadOptions::default()).expect("readable");
    assert_eq!(backup.r#type, Some(RebootType::Soft));
    let backup: Backup = json::read(
        text,
        &ReadOptions {
            defaults: false,
            ..ReadOptions::default()
        },
    )
    .expect("readable");
    assert_eq!(backup.r#type, None);
    assert_eq!(
        read::<Closed>("{}").map(|closed| closed.tags),
        Ok(Some(vec!["a".to_owned()]))
    );
}

#[test]
fn other_members_are_dropped_kept_or_refused() {
    assert_eq!(
        read::<Backup>(r#"{"x":[{"y":-1.5e3},"\n",true,null],"size":2,"note":null}"#)
            .map(|backup| backup.size),
        Ok(2)
    );
    let open: Open = read(r#"{"x":1,"a":true,"y":2}"#).expect("readable");
    assert_eq!(
        open.extra.into_iter().collect::<Vec<_>>(),
        [("x".to_owned(), 1), ("y".to_owned(), 2)]
    );
    assert!(read::<Closed>(r#"{"x":1}"#).is_ok());
    let closed = ReadOptions {
        closed: true,
        ..ReadOptions::default()
    };
    let error = json::read::<Closed>(br#"{"x":1}"#, &closed).expect_err("closed");
    assert_eq!(
        error.to_string(),
        "expected no other member, found `x` (byte 1)"
    );
}

#[test]
fn values_that_are_not_listed() {
    let reject = ReadOptions {
        unknown: Unknown::Reject,
        ..ReadOptions::default()
    };
    assert_eq!(
        read::<ConsoleType>(r#""x""#),
        Ok(ConsoleType::Unknown("x".to_owned()))
    );
    let error = json::read::<ConsoleType>(br#""x""#, &reject).expect_err("unlisted");
    assert_eq!(
        error.to_string(),
        "expected one of the listed values, found `x` (byte 0)"
    );
    assert_eq!(
        json::read::<ConsoleType>(br#""novnc""#, &reject),
        Ok(ConsoleType::Novnc)
    );
    let options = WriteOptions {
        unknown: Unknown::Reject,
        ..WriteOptions::default()
    };
    assert!(json::write(&ConsoleType::Unknown("x".to_owned()), &options).is_err());
    assert_eq!(read::<Level>("7"), Ok(Level::Unknown(7)));
    assert!(json::read::<Level>(b"7", &reject).is_err());
    assert_eq!(
        read::<RebootType>(r#""x""#),
        Err("expected one of SOFT, HARD, found `x` (byte 0)".to_owned())
    );
    assert_eq!(
        read::<IpVersion>("5"),
        Err("expected one of 4, 6, found `5` (byte 0)".to_owned())
    );
}

#[test]
fn enums_have_texts_and_numbers() {
    assert_eq!("HARD".parse(), Ok(RebootType::Hard));
    assert!("hard".parse::<RebootType>().is_err());
    assert_eq!(
        format!("{:>6}|{}", RebootType::Hard, RebootType::ALL.len()),
        "  HARD|2"
    );
    assert_eq!("x".parse(), Ok(ConsoleType::Unknown("x".to_owned())));
    assert_eq!(ConsoleType::ALL, [ConsoleType::Novnc, ConsoleType::Serial]);
    assert_eq!(IpVersion::try_from(4).map(|version| version.value()), Ok(4));
    assert_eq!(Level::try_from(-1), Ok(Level::Negative));
    assert_eq!(Level::Unknown(9).to_string(), "9");
}

fn numbers<T: Shape + PartialEq + Debug>(table: &[(&str, Option<T>)]) {
    for (text, value) in table {
        assert_eq!(read::<T>(text).ok().as_ref(), value.as_ref(), "{text}");
    }
}

#[test]
fn integers_are_exact() {
    numbers::<i64>(&[
        ("9223372036854775807", Some(i64::MAX)),
        ("-9223372036854775808", Some(i64::MIN)),
        ("9223372036854775808", None),
        ("999999999999999999", Some(999_999_999_999_999_999)),
        ("-0", Some(0)),
        ("1.0", Some(1)),
        ("1e3", Some(1000)),
        ("1500e-2", Some(15)),
        ("1.5", None),
        ("1e400", None),
        ("1e-400", None),
        ("0e400", Some(0)),
        ("01", None),
        ("+1", None),
        ("1.", None),
        (".5", None),
        ("-", None),
        ("1e", None),
        ("\"1\"", None),
        ("true", None),
    ]);
    numbers::<u64>(&[
        ("18446744073709551615", Some(u64::MAX)),
        ("18446744073709551616", None),
        ("-1", None),
    ]);
    numbers::<i8>(&[("127", Some(127)), ("128", None), ("-128", Some(-128))]);
}

#[test]
fn json_numbers_are_kept_as_serde_json_keeps_them() {
    for text in [
        "0",
        "-0",
        "-0.0",
        "1",
        "-1",
        "1.0",
        "1e2",
        "18446744073709551615",
        "-9223372036854775808",
        "1e300",
        "36893488147419103232",
    ] {
        let value: serde_json::Value = read(text).expect(text);
        assert_eq!(
            value,
            serde_json::from_str::<serde_json::Value>(text).expect(text),
            "{text}"
        );
        assert_eq!(write(&value), value.to_string());
    }
}

#[test]
fn doubles_are_exact() {
    numbers::<f64>(&[
        ("1e400", None),
        ("-1e400", None),
        ("1e308", Some(1e308)),
        ("5e-324", Some(5e-324)),
        ("1e-400", Some(0.0)),
        ("0.1", Some(0.1)),
        ("9007199254740993", Some(9_007_199_254_740_992.0)),
        ("2.2250738585072011e-308", Some(2.225_073_858_507_201e-308)),
    ]);
    assert!(read::<f64>("-0").is_ok_and(f64::is_sign_negative));
    assert_eq!(
        (write(&20.0_f64), write(&1e300_f64), write(&0.1_f32)),
        ("20.0".into(), "1e+300".into(), "0.1".into())
    );
    for number in [f64::NAN, f64::INFINITY] {
        let error = json::write(&vec![number], &WriteOptions::default()).expect_err("not finite");
        assert_eq!(error.to_string(), "a number that is not finite at /0");
    }
}

#[test]
fn strings_and_their_escapes() {
    for (text, value) in [
        (r#""""#, ""),
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\u6f22\ud83d\ude00\u0000""#, "é漢😀\0"),
        (
            r#""é漢😀 long enough for several words at a time""#,
            "é漢😀 long enough for several words at a time",
        ),
        (r#""12345678\n12345678\"""#, "12345678\n12345678\""),
        ("\"\u{7f}\u{80}\u{2028}\"", "\u{7f}\u{80}\u{2028}"),
    ] {
        assert_eq!(read::<String>(text).as_deref(), Ok(value), "{text}");
        assert_eq!(
            read::<String>(&write(&value.to_owned())).as_deref(),
            Ok(value),
            "{text}"
        );
        assert_eq!(
            write(&value.to_owned()),
            serde_json::to_string(value).expect("writable")
        );
    }
}

#[test]
fn what_is_verbatim_is_written_as_it_was_read() {
    use chrono::{DateTime, FixedOffset};
    use std::net::Ipv6Addr;
    use uuid::Uuid;
    fn back<T: Shape + PartialEq + Debug>(text: &str) {
        let json = format!("{text:?}");
        let value: T = read(&json).expect(text);
        assert_eq!(write(&value), json);
    }
    for text in [
        "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.000Z",
        "2024-01-02T03:04:05.52Z",
        "2024-01-02t03:04:05z",
        "2024-01-02T03:04:05.1200000001+00:00",
        "2024-01-02T05:04:05-00:00",
        "2024-01-02 03:04:05",
        "2016-12-31T23:59:60Z",
    ] {
        back::<Verbatim<DateTime<FixedOffset>>>(text);
        back::<Verbatim<jiff::Timestamp>>(text);
        back::<Verbatim<time::OffsetDateTime>>(text);
    }
    back::<Verbatim<jiff::Timestamp>>("2024-01-02T05:04:05+05:30");
    for text in [
        "2EB8AA08-AA98-11EA-b4aa-73B441D16380",
        "2eb8aa08-aa98-11ea-b4aa-73b441d16380",
    ] {
        back::<Verbatim<Uuid>>(text);
    }
    for text in ["2001:DB8:0::1", "::ffff:192.0.2.1", "0:0:0:0:0:0:0:0"] {
        back::<Verbatim<Ipv6Addr>>(text);
    }
    // It is its value, whatever its text, and what is made of a value has the text of that.
    let [a, b] = [
        r#""2EB8AA08-AA98-11EA-B4AA-73B441D16380""#,
        r#""2eb8aa08-aa98-11ea-b4aa-73b441d16380""#,
    ]
    .map(|text| read::<Verbatim<Uuid>>(text).expect("a UUID"));
    assert_eq!(a, b);
    assert!(oasmith_runtime::same::views(a.view(), b.view()));
    assert_eq!(a.to_string(), "2EB8AA08-AA98-11EA-B4AA-73B441D16380");
    assert_eq!(write(&Verbatim::from(*a)), write(&b));
    assert!(read::<Verbatim<Uuid>>("\"2EB8\"").is_err());
}

#[test]
fn times_are_read_in_every_form_of_the_rfc() {
    use chrono::{DateTime, FixedOffset, NaiveDate};
    for text in [
        "2024-01-02T03:04:05Z",
        "2024-01-02t03:04:05z",
        "2024-01-02 03:04:05Z",
        "2024-01-02T05:04:05.000+02:00",
        // Not of RFC 3339, but what many servers send.
        "2024-01-02T03:04:05",
        "2024-01-02 03:04:05",
        "2024-01-02T03:04:05+0000",
        "2024-01-02T05:04:05+02",
    ] {
        let time: DateTime<FixedOffset> = read(&format!("{text:?}")).expect(text);
        assert_eq!(time.timestamp(), 1_704_164_645, "{text}");
        assert!(
            read::<jiff::Timestamp>(&format!("{text:?}")).is_ok(),
            "{text}"
        );
        assert!(
            read::<time::OffsetDateTime>(&format!("{text:?}")).is_ok(),
            "{text}"
        );
    }
    let time: DateTime<FixedOffset> = read(r#""2024-01-02T03:04:05.25-03:30""#).expect("readable");
    assert_eq!(write(&time), r#""2024-01-02T03:04:05.250-03:30""#);
    for text in [
        "2024-1-2",
        "2024-02-30",
        "20240102",
        "2024-01-02T00:00:00Z",
        "+2024-01-2",
        "",
    ] {
        assert!(read::<NaiveDate>(&format!("{text:?}")).is_err(), "{text}");
        assert!(
            read::<jiff::civil::Date>(&format!("{text:?}")).is_err(),
            "{text}"
        );
        assert!(read::<time::Date>(&format!("{text:?}")).is_err(), "{text}");
    }
    for text in [
        "2024-01-02",
        "2024-01-02T03",
        "2024-01-02T03:04:05+",
        "2024-13-02T03:04:05Z",
        "now",
        "",
    ] {
        assert!(
            read::<DateTime<FixedOffset>>(&format!("{text:?}")).is_err(),
            "{text}"
        );
        assert!(
            read::<jiff::Timestamp>(&format!("{text:?}")).is_err(),
            "{text}"
        );
        assert!(
            read::<time::OffsetDateTime>(&format!("{text:?}")).is_err(),
            "{text}"
        );
    }
    assert!(read::<uuid::Uuid>(r#""550e8400e29b41d4a716446655440000""#).is_err());
    assert!(read::<uuid::Uuid>(r#""550E8400-e29b-41d4-a716-446655440000""#).is_ok());
}

#[test]
fn secrets_and_bytes_are_not_shown() {
    assert_eq!(format!("{:?}", Secret::from("hunter2")), "[redacted]");
    assert_eq!(
        format!("{:?}", Base64::from(vec![1, 2, 3])),
        "Base64(3 bytes)"
    );
    assert_eq!(read::<Base64>(r#""AQID""#), Ok(Base64::from(vec![1, 2, 3])));
    assert_eq!(write(&Base64::from(vec![0xfb, 0xff])), r#""+/8=""#);
    // What is not written as these would write it is written as it was read.
    for text in [
        r#""AQI=""#,
        r#""AQI""#,
        r#""AQ\nI=""#,
        r#""-_8=""#,
        r#""+/8""#,
    ] {
        let bytes = read::<Base64>(text).expect(text);
        assert_eq!(bytes.bytes().len(), 2, "{text}");
        assert_eq!(write(&bytes), text);
        assert_eq!(write(&read::<Base64Url>(text).expect(text)), text);
    }
    assert_eq!(write(&Base64Url::from(vec![0xfb, 0xff])), r#""-_8""#);
    assert_eq!(read::<Base64>(r#""AQI""#), read::<Base64>(r#""AQI=""#));
    let error = read::<Closed>(r#"{"secret":"hunter2","data":"*"}"#).expect_err("not base64");
    assert_eq!(error, "expected base64, found `*` at /data (byte 27)");
}

#[test]
fn integers_beyond_64_bits_are_exact() {
    for text in [
        "170141183460469231731687303715884105727",
        "-170141183460469231731687303715884105727",
        "18446744073709551616",
        "0",
    ] {
        assert_eq!(write(&read::<i128>(text).expect(text)), text);
    }
    assert_eq!(read::<i128>("1e20"), Ok(100_000_000_000_000_000_000));
    assert!(read::<i128>("170141183460469231731687303715884105728").is_err());
    assert!(read::<u64>("18446744073709551616").is_err());
}

#[test]
fn a_tuple_has_as_many_items_as_it_says() {
    type Position = Tuple<(f64, f64, Option<String>), 2>;
    for text in ["[1.5,2.0]", r#"[1.5,2.0,"x"]"#] {
        let position = read::<Position>(text).expect(text);
        assert_eq!(position.0, 1.5);
        assert_eq!(write(&position), text);
    }
    for (text, error) in [
        (
            "[]",
            "expected another item, found the end of the list (byte 1)",
        ),
        (
            "[1]",
            "expected another item, found the end of the list (byte 2)",
        ),
        (
            r#"[1,2,"x",4]"#,
            "expected the end of the list, found a number (byte 9)",
        ),
        (
            r#"[1,"y"]"#,
            "expected a number, found a string at /1 (byte 3)",
        ),
    ] {
        assert_eq!(read::<Position>(text).expect_err(text), error);
    }
    let made: Position = (1.0, 2.0, None).into();
    assert_eq!(made, read("[1,2]").expect("readable"));
}

#[test]
fn moments_are_integers_on_the_wire() {
    use oasmith_runtime::{UnixMillis, UnixNanos, UnixSeconds};
    let millis: UnixMillis = read("1704164645250").expect("readable");
    assert_eq!(write(&millis), "1704164645250");
    let moment = millis.chrono().expect("in range");
    assert_eq!(moment.to_rfc3339(), "2024-01-02T03:04:05.250+00:00");
    assert_eq!(UnixMillis::from(moment), millis);
    assert_eq!(UnixSeconds::from(moment), UnixSeconds::new(1_704_164_645));
    assert_eq!(UnixMillis::from(millis.jiff().expect("in range")), millis);
    assert_eq!(UnixMillis::from(millis.time().expect("in range")), millis);
    for ticks in [-1_500_000_001, -1, 0, 1, 1_500_000_001] {
        let moment = UnixNanos::new(ticks).system_time().expect("in range");
        assert_eq!(UnixNanos::from(moment), UnixNanos::new(ticks));
    }
    assert!(UnixSeconds::new(i64::MAX).chrono().is_none());
    assert!(read::<UnixSeconds>("1.5").is_err());
}

#[test]
fn serde_gives_back_what_it_was_given_where_nothing_is_to_be_lost() {
    let read: Mirror = serde_json::from_str(r#"{"inner":{}}"#).expect("readable");
    assert_eq!(
        serde_json::to_string(&read).expect("writable"),
        r#"{"inner":{}}"#
    );
    let received: Mirror = json::read(b"{}", &ReadOptions::default()).expect("readable");
    assert_eq!(received.size, Some(1));
    let filled: Closed = serde_json::from_str("{}").expect("readable");
    assert_eq!(filled.tags, Some(vec!["a".to_owned()]));
}
