//! The baseline: the types of a generated crate as most generators write them, with derived codecs of serde.

use quote::{format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::Visit;
use syn::visit_mut::VisitMut;
use syn::{Fields, File, Item, ItemEnum, ItemStruct, Token, Type, Variant, parse_quote};

/// What the runtime's own types are in such a crate.
const STAND_INS: &str = "
/// Absent, null, or a value.
pub type Maybe<T> = Option<T>;
/// What breaks a long chain.
pub type Deep<T> = Box<T>;
/// What is not shown.
pub type Secret<T = String> = T;
pub type Base64 = String;
pub type Base64Url = String;
pub type UnixSeconds = i64;
pub type UnixMillis = i64;
pub type UnixMicros = i64;
pub type UnixNanos = i64;
pub type Body = String;
";

/// What the tables beside the types say.
#[derive(Default)]
struct Tables {
    /// Names on the wire, by type and field or variant.
    wire: BTreeMap<(String, String), String>,
    /// Fields that keep other members.
    extra: BTreeSet<(String, String)>,
    /// Enums whose values are integers.
    integers: BTreeSet<String>,
    /// The member that tells the variants of a union apart, and unions that have none.
    unions: BTreeMap<String, Option<String>>,
}

/// Writes the crate.
///
/// # Errors
///
/// A source that cannot be read, or a crate that cannot be written.
pub(super) fn write(api: &Path, out: &Path) -> Result<(), String> {
    let sources = super::subject::sources(&api.join("src/types"))?;
    let mut modules = Vec::new();
    for (path, text) in &sources {
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let (Some(name), false) = (name, path.ends_with("mod.rs")) else {
            continue;
        };
        let file = syn::parse_file(text)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        modules.push((name.to_owned(), file));
    }
    let mut tables = Tables::default();
    for (_, file) in &modules {
        tables.visit_file(file);
    }
    let src = out.join("src");
    fs::create_dir_all(&src).map_err(|error| format!("cannot make {}: {error}", src.display()))?;
    let mut lib: File = parse_quote! {
        mod stand_in;
        pub use stand_in::*;
    };
    for (position, (name, file)) in modules.into_iter().enumerate() {
        // No module may have the name of something else here.
        let module = format_ident!("module_{position}_{}", name.replace('-', "_"));
        lib.items.push(parse_quote! { mod #module; });
        lib.items.push(parse_quote! { pub use #module::*; });
        let text = prettyplease::unparse(&tables.derived(file));
        save(&src.join(format!("{module}.rs")), &text)?;
    }
    save(&src.join("stand_in.rs"), STAND_INS)?;
    save(&src.join("lib.rs"), &prettyplease::unparse(&lib))
}

fn save(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

impl Tables {
    /// The types of a file, with derived codecs in place of tables.
    fn derived(&self, file: File) -> File {
        let mut derived: File = parse_quote! {
            use super::*;
            use serde::{Deserialize, Serialize};
        };
        for item in file.items {
            match item {
                Item::Struct(item) => derived.items.push(Item::Struct(self.record(item))),
                Item::Enum(item) if self.integers.contains(&item.ident.to_string()) => {
                    let name = &item.ident;
                    derived.items.push(parse_quote! { pub type #name = i64; });
                }
                Item::Enum(item) => derived.items.push(Item::Enum(self.choice(item))),
                Item::Type(mut item) => {
                    item.attrs
                        .retain(|attribute| attribute.path().is_ident("doc"));
                    derived.items.push(Item::Type(item));
                }
                Item::Use(item) => {
                    let text = quote!(#item).to_string();
                    if !text.contains("super") {
                        derived.items.push(Item::Use(item));
                    }
                }
                _ => {}
            }
        }
        Paths.visit_file_mut(&mut derived);
        derived
    }

    fn record(&self, mut item: ItemStruct) -> ItemStruct {
        let owner = item.ident.to_string();
        derive(&mut item.attrs);
        for field in &mut item.fields {
            field
                .attrs
                .retain(|attribute| attribute.path().is_ident("doc"));
            let Some(name) = field.ident.as_ref().map(ToString::to_string) else {
                continue;
            };
            let key = (owner.clone(), name);
            if self.extra.contains(&key) {
                field.attrs.push(parse_quote! { #[serde(flatten)] });
                continue;
            }
            if let Some(wire) = self.wire.get(&key).filter(|wire| **wire != key.1) {
                field.attrs.push(parse_quote! { #[serde(rename = #wire)] });
            }
            if is_optional(&field.ty) {
                field.attrs.push(
                    parse_quote! { #[serde(default, skip_serializing_if = "Option::is_none")] },
                );
            }
        }
        item
    }

    fn choice(&self, mut item: ItemEnum) -> ItemEnum {
        let owner = item.ident.to_string();
        derive(&mut item.attrs);
        match self.unions.get(&owner) {
            Some(Some(tag)) => item.attrs.push(parse_quote! { #[serde(tag = #tag)] }),
            Some(None) => item.attrs.push(parse_quote! { #[serde(untagged)] }),
            None => {}
        }
        for variant in &mut item.variants {
            variant
                .attrs
                .retain(|attribute| attribute.path().is_ident("doc"));
            let key = (owner.clone(), variant.ident.to_string());
            if let Some(wire) = self.wire.get(&key) {
                variant
                    .attrs
                    .push(parse_quote! { #[serde(rename = #wire)] });
            } else if !matches!(variant.fields, Fields::Unit)
                && self.unions.get(&owner).is_none_or(Option::is_some)
            {
                variant.attrs.push(parse_quote! { #[serde(untagged)] });
            }
        }
        // Those that serde takes whatever their tag come last.
        let named = |variant: &Variant| {
            let key = (owner.clone(), variant.ident.to_string());
            self.wire.contains_key(&key)
        };
        let variants = std::mem::take(&mut item.variants).into_iter();
        let (named, others): (Vec<Variant>, Vec<Variant>) = variants.partition(named);
        item.variants = named.into_iter().chain(others).collect();
        item
    }
}

/// Derives what such types derive, what the runtime's tables do for generated ones included.
fn derive(attributes: &mut Vec<syn::Attribute>) {
    let derived = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"));
    let derived: String = derived
        .map(|attribute| quote!(#attribute).to_string())
        .collect();
    let mut missing = vec![format_ident!("Serialize"), format_ident!("Deserialize")];
    for name in ["Clone", "Debug", "PartialEq"] {
        // `PartialOrd` and the like have longer names.
        if !derived.split([' ', ',', '(', ')']).any(|word| word == name) {
            missing.push(format_ident!("{name}"));
        }
    }
    attributes.retain(|attribute| {
        ["doc", "derive"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
    });
    attributes.push(parse_quote! { #[derive(#(#missing),*)] });
}

fn is_optional(ty: &Type) -> bool {
    let Type::Path(path) = ty else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident == "Option" || last.ident == "Maybe")
}

/// `runtime::Body` is `Body` in such a crate.
struct Paths;

impl VisitMut for Paths {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let first = path.segments.first().map(|first| first.ident.to_string());
        if first.as_deref() == Some("runtime") {
            let segments = std::mem::take(&mut path.segments);
            path.segments = segments
                .into_iter()
                .skip(1)
                .collect::<Punctuated<_, Token![::]>>();
        }
    }
}

impl<'a> Visit<'a> for Tables {
    /// The tables are calls of the runtime's macros.
    fn visit_macro(&mut self, call: &'a syn::Macro) {
        let Some(kind) = call.path.segments.last() else {
            return;
        };
        let (words, body, after) = taken_apart(call.tokens.clone());
        let Some(name) = words.last().cloned() else {
            return;
        };
        match kind.ident.to_string().as_str() {
            "object" => {
                for (field, wire) in pairs(body) {
                    self.wire.insert((name.clone(), field), wire);
                }
                if let Some(extra) = after {
                    self.extra.insert((name, extra));
                }
            }
            "string_enum" => {
                for (variant, wire) in pairs(body) {
                    self.wire.insert((name.clone(), variant), wire);
                }
            }
            "integer_enum" => {
                self.integers.insert(name);
            }
            "union" => {
                let by = words.iter().position(|word| word == "by");
                let Some(by) = by else {
                    self.unions.insert(name, None);
                    return;
                };
                let (Some(name), Some(tag)) = (
                    by.checked_sub(1).and_then(|at| words.get(at)),
                    words.get(by + 1),
                ) else {
                    return;
                };
                self.unions.insert(name.clone(), Some(tag.clone()));
                for (variant, wire) in pairs(body) {
                    self.wire.insert((name.clone(), variant), wire);
                }
            }
            _ => {}
        }
    }
}

/// The words before the braces, what is in them, and the word behind them.
fn taken_apart(
    tokens: proc_macro2::TokenStream,
) -> (Vec<String>, proc_macro2::TokenStream, Option<String>) {
    use proc_macro2::{Delimiter, TokenTree};
    let (mut words, mut body, mut after) = (Vec::new(), proc_macro2::TokenStream::new(), None);
    let mut inside = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                body = group.stream();
                inside = true;
            }
            TokenTree::Ident(word) if inside => after = Some(word.to_string()),
            // `new(…)` of an object: not its name.
            TokenTree::Ident(word) if word != "new" => words.push(word.to_string()),
            TokenTree::Literal(literal) => words.extend(text(&literal)),
            _ => {}
        }
    }
    (words, body, after)
}

/// `name: "wire"` with whatever follows, up to the comma.
fn pairs(body: proc_macro2::TokenStream) -> Vec<(String, String)> {
    use proc_macro2::TokenTree;
    let mut pairs = Vec::new();
    let mut name = None;
    let mut done = false;
    for token in body {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == ',' => (name, done) = (None, false),
            TokenTree::Ident(word) if name.is_none() => name = Some(word.to_string()),
            TokenTree::Literal(literal) if !done => {
                if let (Some(name), Some(wire)) = (&name, text(&literal)) {
                    pairs.push((name.clone(), wire));
                    done = true;
                }
            }
            _ => {}
        }
    }
    pairs
}

fn text(literal: &proc_macro2::Literal) -> Option<String> {
    let parse = |input: syn::parse::ParseStream<'_>| input.parse::<syn::LitStr>();
    let parsed = parse.parse2(quote!(#literal)).ok();
    parsed.map(|literal| literal.value())
}

#[cfg(test)]
mod tests {
    use super::Tables;
    use syn::visit::Visit;

    #[test]
    fn tables_become_attributes() {
        let file = syn::parse_file(
            "
            #[derive(Clone)]
            pub struct Pet { pub kind: Kind, pub self_: Option<String>, pub more: Maybe<runtime::Base64> }
            object! { closed Pet new(kind: Kind, ..) { kind: \"kind\" (required), self_: \"self\", more: \"more\" (nullable) } }
            pub enum Kind { Cat, Unknown(String) }
            string_enum! { open Kind { Cat: \"cat\" } }
            pub enum Owner { Person(Person), Shop(Shop) }
            union! { Owner by \"type\" { Person: \"person\" | \"human\", Shop: \"shop\" } }
            ",
        )
        .expect("Rust");
        let mut tables = Tables::default();
        tables.visit_file(&file);
        let text = prettyplease::unparse(&tables.derived(file));
        let expected = "\
use super::*;
use serde::{Deserialize, Serialize};
#[derive(Clone)]
#[derive(Serialize, Deserialize, Debug, PartialEq)]
pub struct Pet {
    pub kind: Kind,
    #[serde(rename = \"self\")]
    #[serde(default, skip_serializing_if = \"Option::is_none\")]
    pub self_: Option<String>,
    #[serde(default, skip_serializing_if = \"Option::is_none\")]
    pub more: Maybe<Base64>,
}
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Kind {
    #[serde(rename = \"cat\")]
    Cat,
    #[serde(untagged)]
    Unknown(String),
}
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(tag = \"type\")]
pub enum Owner {
    #[serde(rename = \"person\")]
    Person(Person),
    #[serde(rename = \"shop\")]
    Shop(Shop),
}
";
        assert_eq!(text, expected);
    }
}
