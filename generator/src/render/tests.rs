//! What is laid out from its parts is what `syn` reads, and in lines that are short what prettyplease prints.

use super::*;
use crate::emit::module::{Definition, Member};
use quote::quote;

fn member(docs: &[&str], name: TokenStream, holds: TokenStream) -> Member {
    Member {
        docs: docs.iter().map(|line| (*line).to_owned()).collect(),
        name,
        holds,
    }
}

fn text(attributes: TokenStream, head: TokenStream, parts: Parts) -> String {
    let definition = Definition {
        docs: vec!["First.".to_owned(), String::new(), "Second.".to_owned()],
        attributes,
        head,
        parts,
    };
    definition::definition(definition, 0)
}

#[test]
fn a_definition_is_what_prettyplease_prints() {
    let fields = vec![
        member(&["The id."], quote!(pub id), quote!(Uuid)),
        member(&[], quote!(pub r#type), quote!(Option<Vec<String>>)),
        member(
            &[],
            quote!(pub more),
            quote!(BTreeMap<String, serde_json::Value>),
        ),
        member(
            &[],
            quote!(pub pair),
            quote!(::std::option::Option<super::Tuple<(i64, Box<Pair>,), 1>>),
        ),
        member(&[], quote!(pub single), quote!(Tuple<(i64,), 1>)),
    ];
    let variants = vec![
        member(&["`200`: Fine."], quote!(Ok), quote!(Vec<Pet>, OkHeaders)),
        member(&[], quote!(NoContent), quote!()),
    ];
    let texts = [
        text(
            quote!(#[derive(Clone, Debug)]),
            quote!(pub struct Backup),
            Parts::Fields(fields),
        ),
        text(
            quote!(#[derive(Debug)]),
            quote!(pub struct Nothing),
            Parts::Fields(Vec::new()),
        ),
        text(
            quote!(#[derive(Debug)]),
            quote!(pub enum Answer),
            Parts::Variants(variants),
        ),
        text(
            quote!(),
            quote!(pub type Names),
            Parts::Type(quote!(Vec<String>)),
        ),
    ];
    for text in texts {
        let file = syn::parse_file(&text).unwrap_or_else(|error| unreachable!("{error}\n{text}"));
        assert_eq!(text, prettyplease::unparse(&file));
    }
}

#[test]
fn a_long_line_is_broken_as_rustfmt_breaks_it() {
    let long = quote!(Option<BTreeMap<String, ANameThatIsSoLongThatNoLineHoldsItTwiceOrSoItSeems>>);
    let fields = vec![member(
        &[],
        quote!(pub a_name_that_is_rather_long),
        long.clone(),
    )];
    let carried = vec![member(&[], quote!(Ok), quote!(#long, OtherPartOfTheAnswer))];
    let derives = quote!(
        #[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, some_crate::Derive, Longest)]
    );
    assert_eq!(
        text(derives, quote!(pub struct Long), Parts::Fields(fields)),
        "/// First.\n///\n/// Second.\n#[derive(\n    Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, some_crate::Derive, Longest,\n)]\n\
         pub struct Long {\n    pub a_name_that_is_rather_long:\n        \
         Option<BTreeMap<String, ANameThatIsSoLongThatNoLineHoldsItTwiceOrSoItSeems>>,\n}\n"
    );
    // More than one part is broken sooner than one.
    let short = vec![member(
        &[],
        quote!(Ok),
        quote!(
            ABodyOfThirtyAndTwoLettersInAll,
            HeadersOfThirtyAndTwoLettersToo
        ),
    )];
    assert_eq!(
        text(quote!(), quote!(pub enum Short), Parts::Variants(short)),
        "/// First.\n///\n/// Second.\npub enum Short {\n    Ok(\n        ABodyOfThirtyAndTwoLettersInAll,\n        \
         HeadersOfThirtyAndTwoLettersToo,\n    ),\n}\n"
    );
    assert_eq!(
        text(quote!(), quote!(pub enum Long), Parts::Variants(carried)),
        "/// First.\n///\n/// Second.\npub enum Long {\n    Ok(\n        \
         Option<BTreeMap<String, ANameThatIsSoLongThatNoLineHoldsItTwiceOrSoItSeems>>,\n        \
         OtherPartOfTheAnswer,\n    ),\n}\n"
    );
}
