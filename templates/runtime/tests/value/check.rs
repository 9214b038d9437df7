//! Schemas that types cannot express, as `check!` tables.

use oasmith_runtime as runtime;
use oasmith_runtime::check::Check;
use oasmith_runtime::table::Mark;
use oasmith_runtime::{Shape, check, validate_as};
use serde_json::{Value, json};

fn violations(check: &'static Check, value: &Value) -> Vec<String> {
    let mark: &'static [Mark] = Box::leak(Box::new([Mark::Check(check)]));
    match validate_as(value.view(), mark) {
        Ok(()) => Vec::new(),
        Err(violations) => violations.0.iter().map(ToString::to_string).collect(),
    }
}

fn fits(check: &'static Check, value: &Value) -> bool {
    violations(check, value).is_empty()
}

check! {
    EVERYTHING {
        type: [object, array],
        required: ["a", "b"],
        properties: {
            "a": { marks: (minimum = 2, multiple_of = 0.5) },
            "b": { type: [string, null], marks: (pattern = "^x", max_length = 3) },
        },
        pattern_properties: { "^n[0-9]": { type: [integer] } },
        additional_properties: false,
        property_names: { marks: (max_length = 5) },
        dependent_required: { "a": ["b"] },
        dependent_schemas: { "n1": { required: ["n2"] } },
        marks: (max_properties = 4),
    }
}

#[test]
fn every_violation_of_an_object_has_its_place() {
    assert_eq!(
        violations(
            &EVERYTHING,
            &json!({"a": 2.5, "b": null, "n1": 1.0, "n2": 2})
        ),
        [""; 0]
    );
    assert_eq!(
        violations(
            &EVERYTHING,
            &json!({"a": 1.3, "n1": "x", "other/one": 1, "b": "abcd", "c": {}})
        ),
        [
            "at least 2 at /a",
            "a multiple of 0.5 at /a",
            "what matches `^x` at /b",
            "at most 3 characters at /b",
            "an integer at /n1",
            "no other member at /c",
            "no other member at /other~1one",
            "at most 5 characters at /other~1one",
            "the member `n2`",
            "at most 4 members",
        ]
    );
    assert_eq!(
        violations(&EVERYTHING, &json!({"a": 2})),
        ["the member `b`", "the member `b`, because there is `a`"]
    );
    assert_eq!(violations(&EVERYTHING, &json!(1)), ["an object or a list"]);
}

check! {
    LIST {
        prefix_items: [{ type: [integer] }, true],
        items: { type: [string] },
        contains: { enum: [1, "x", null, (json "{\"k\":[1.0]}"), (json "-2")] },
        min_contains: 2,
        max_contains: 3,
        marks: (unique_items),
    }
}

#[test]
fn lists() {
    assert!(fits(&LIST, &json!([1, {"k": [1]}, "a"])));
    assert!(fits(&LIST, &json!([-2.0, null])));
    assert_eq!(
        violations(&LIST, &json!(["x", 2, 3, "a", "a"])),
        [
            "an integer at /0",
            "a string at /2",
            "at least 2 items that `contains` describes",
            "no item twice",
        ]
    );
    assert_eq!(violations(&LIST, &json!([1, 1.0])), ["no item twice"]);
    assert_eq!(
        violations(&LIST, &json!([1, {"a": 1, "b": 2}, "x"])),
        [""; 0]
    );
}

check! { POSITIVE { type: [number], marks: (exclusive_minimum = 0) } }
check! { WORD { type: [string], marks: (min_length = 2) } }
check! { CHOICE { one_of: [POSITIVE, WORD, { type: [integer] }] } [POSITIVE, WORD] }
check! { SOME { any_of: [POSITIVE, WORD, false] } [POSITIVE, WORD] }
check! { NONE { not: { any_of: [POSITIVE, WORD] } } [POSITIVE, WORD] }
check! { BOTH { all_of: [POSITIVE, { marks: (maximum = 10) }, true] } [POSITIVE] }
check! {
    CONDITION {
        if: { properties: { "kind": { enum: ["debit"] } }, required: ["kind"] },
        then: { required: ["account"] },
        else: { required: ["card"] },
    }
}
check! { NULLABLE { nullable: true, type: [string] } }

#[test]
fn combinations() {
    assert!(fits(&CHOICE, &json!(1.5)) && fits(&CHOICE, &json!(-1)) && fits(&CHOICE, &json!("ab")));
    assert_eq!(
        violations(&CHOICE, &json!(1)),
        ["what exactly one of 3 schemas describes"]
    );
    assert_eq!(
        violations(&CHOICE, &json!("a")),
        ["what exactly one of 3 schemas describes"]
    );
    assert!(fits(&SOME, &json!(1)));
    assert_eq!(
        violations(&SOME, &json!(-1)),
        ["what at least one of 3 schemas describes"]
    );
    assert!(fits(&NONE, &json!(-1)));
    assert_eq!(
        violations(&NONE, &json!("ab")),
        ["what the schema under `not` does not describe"]
    );
    assert_eq!(violations(&BOTH, &json!(-11)), ["more than 0"]);
    assert_eq!(violations(&BOTH, &json!(11)), ["at most 10"]);
    assert!(fits(&CONDITION, &json!({"kind": "debit", "account": 1})));
    assert_eq!(
        violations(&CONDITION, &json!({"kind": "debit"})),
        ["the member `account`"]
    );
    assert_eq!(violations(&CONDITION, &json!({})), ["the member `card`"]);
    assert!(
        fits(&NULLABLE, &Value::Null) && fits(&NULLABLE, &json!("")) && !fits(&NULLABLE, &json!(1))
    );
}

check! {
    UNEVALUATED {
        properties: { "a": true },
        all_of: [{ properties: { "b": true } }],
        any_of: [
            { properties: { "c": true }, required: ["c"] },
            { properties: { "d": true }, required: ["d"] },
            true,
        ],
        if: { properties: { "e": { enum: [1] } }, required: ["e"] },
        then: { properties: { "f": true } },
        else: { properties: { "g": true } },
        dependent_schemas: { "h": { properties: { "h": true, "i": true } } },
        not: { not: { properties: { "z": true } } },
        unevaluated_properties: false,
    }
}
check! {
    ITEMS {
        prefix_items: [true],
        any_of: [{ prefix_items: [true, { enum: [2] }] }, true],
        contains: { type: [string] },
        min_contains: 0,
        unevaluated_items: { type: [boolean] },
    }
}

#[test]
fn what_was_not_evaluated() {
    for value in [
        json!({"a": 1, "b": 1, "c": 1, "d": 1}),
        json!({"e": 1, "f": 1}),
        json!({"e": 2, "g": 1})
            .as_object()
            .map(|_| json!({"g": 1}))
            .expect("an object"),
        json!({"h": 1, "i": 1}),
    ] {
        assert_eq!(violations(&UNEVALUATED, &value), [""; 0], "{value}");
    }
    assert_eq!(
        violations(&UNEVALUATED, &json!({"e": 2})),
        ["no other member at /e"]
    );
    assert_eq!(
        violations(&UNEVALUATED, &json!({"f": 1, "i": 1, "z": 1})),
        [
            "no other member at /f",
            "no other member at /i",
            "no other member at /z",
        ]
    );
    assert!(fits(&ITEMS, &json!([1, 2, true, "x", false])));
    assert_eq!(violations(&ITEMS, &json!([1, 3])), ["true or false at /1"]);
}

check! { NODE { type: [object], properties: { "next": NODE, "value": { type: [integer] } } } [NODE] }
check! { FAMILY { required: ["kind"], one_of: [CAT, DOG] } [CAT, DOG] }
check! { CAT { all_of: [FAMILY], properties: { "kind": { enum: ["cat"] } } } [FAMILY] }
check! { DOG { all_of: [FAMILY], properties: { "kind": { enum: ["dog"] } }, required: ["bark"] } [FAMILY] }
check! { WIDE { any_of: [WIDE_ITEM, WIDE_ITEM, WIDE_ITEM, WIDE_ITEM, WIDE_ITEM, WIDE_ITEM, WIDE_ITEM, WIDE_ITEM] } [WIDE_ITEM] }
check! { WIDE_ITEM { type: [array], items: WIDE } [WIDE] }
check! { LOOP { all_of: [LOOP] } [LOOP] }
check! { BUSHY { any_of: [BUSHY_ONE, BUSHY_ONE] } [BUSHY_ONE] }
check! { BUSHY_ONE { all_of: [BUSHY, BUSHY] } [BUSHY] }

#[test]
fn recursion_follows_the_value_and_ends_without_one() {
    let mut value = json!({"value": "x"});
    for _ in 0..100 {
        value = json!({ "next": value });
    }
    let found = violations(&NODE, &value);
    assert_eq!(
        found,
        [format!("an integer at {}/value", "/next".repeat(100))]
    );
    // A schema that leads back to itself on the same value says nothing there.
    assert!(fits(&LOOP, &json!(1)) && fits(&BUSHY, &json!(1)));
    assert!(!fits(&FAMILY, &json!({"kind": "dog"})) && fits(&FAMILY, &json!({"kind": "cat"})));
    let start = std::time::Instant::now();
    assert_eq!(
        violations(&WIDE, &json!([[[[[[[[1]]]]]]]])),
        [
            "what at least one of 8 schemas describes",
            "a value that is less work to check"
        ]
    );
    assert!(start.elapsed().as_secs() < 20);
}
