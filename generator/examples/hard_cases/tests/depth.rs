//! Chains of types and deep values, seen from another crate.

use oasmith_example_hard_cases::{chain, circle, doubling, lists};
use std::sync::{Arc, RwLock};

/// What threads and runtimes demand of a type, and what users put around one.
fn travels<T: Send + Sync + 'static>() {}

#[test]
fn every_chain_of_types_is_send_and_sync_to_rustc() {
    travels::<chain::types::Link0>();
    travels::<lists::types::Link0>();
    travels::<circle::types::Link0>();
    travels::<doubling::types::Link0>();
    travels::<Arc<RwLock<Vec<Option<Box<circle::types::Link0>>>>>>();
}

/// `{"next":{"next":…}}`.
fn nested(depth: usize) -> String {
    format!("{}{{}}{}", r#"{"next":"#.repeat(depth), "}".repeat(depth))
}

/// Reads, copies, compares, shows, writes and drops a value on the stack of a small thread.
fn survives<T>(text: String)
where
    T: Clone + PartialEq + std::fmt::Debug + serde::Serialize + serde::de::DeserializeOwned,
{
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let thread = thread.spawn(move || {
        let value: T = serde_json::from_str(&text).expect("it is a value");
        let copy = value.clone();
        assert!(copy == value);
        assert!(format!("{copy:?}").contains("next"));
        assert_eq!(serde_json::to_string(&value).expect("it is written"), text);
    });
    thread.expect("a thread").join().expect("no overflow");
}

#[test]
fn a_value_as_deep_as_the_limit_overflows_no_small_stack() {
    // serde_json's own limit is 128 levels, and so is the runtime's.
    survives::<chain::types::Link0>(nested(100));
    survives::<circle::types::Link0>(nested(100));
    survives::<doubling::types::Link0>(nested(100));
    let first = format!(
        "{}{{}}{}",
        r#"{"first":"#.repeat(60) + &r#"{"next":"#.repeat(60),
        "}".repeat(120)
    );
    survives::<circle::types::Link0>(first);
}

#[test]
fn no_struct_grows_with_every_type_that_it_leads_to() {
    assert!(size_of::<doubling::types::Link0>() <= 8 * 1024);
}
