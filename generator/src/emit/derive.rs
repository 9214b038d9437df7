//! What a type derives: what every generated type has, and what the configuration adds.

use crate::ir::foreign::Path;
use proc_macro2::TokenStream;
use quote::quote;

/// Derives that stand in this order before all others.
const FIRST: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "PartialEq",
    "Eq",
    "Hash",
    "PartialOrd",
    "Ord",
];

/// What a type without a table derives; one with a stream inside can be neither cloned nor compared.
pub(super) fn derives(default: bool, streams: bool) -> TokenStream {
    attribute(own(default, streams, true), &[])
}

/// What a type with a table derives: `Clone`, `PartialEq` and `Debug` come with the table, unless it is said to be [`derived`].
pub(super) fn derives_beside_table(default: bool, streams: bool, more: &[String]) -> TokenStream {
    let by_itself = derived(streams, more).is_some();
    attribute(own(default, streams, by_itself), more)
}

/// What a type derives, beside what the configuration adds.
pub(super) fn attribute(own: Vec<&str>, more: &[String]) -> TokenStream {
    let mut all = own;
    all.extend(more.iter().map(String::as_str));
    all.sort_by_key(|path| {
        FIRST
            .iter()
            .position(|first| first == path)
            .unwrap_or(FIRST.len())
    });
    all.dedup();
    if all.is_empty() {
        return TokenStream::new();
    }
    let all = all.into_iter().filter_map(Path::parse);
    let all = all.map(|path| super::ty::path(&path));
    quote!(#[derive(#(#all),*)])
}

/// `derived`, before the name of a type that has what its table would give: one that holds a stream, or that derives what has
/// to agree with `PartialEq`.
pub(super) fn derived(streams: bool, more: &[String]) -> Option<TokenStream> {
    let agree = ["Debug", "Hash", "Ord", "PartialEq", "PartialOrd"];
    let by_itself = streams || more.iter().any(|path| agree.contains(&path.as_str()));
    by_itself.then(|| quote!(derived))
}

fn own(default: bool, streams: bool, by_itself: bool) -> Vec<&'static str> {
    let of = |is: bool, name| is.then_some(name);
    let own = [
        of(by_itself && !streams, "Clone"),
        of(by_itself, "Debug"),
        of(default, "Default"),
        of(by_itself && !streams, "PartialEq"),
    ];
    own.into_iter().flatten().collect()
}
