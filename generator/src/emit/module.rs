//! The module tree that `emit` makes and `render` prints: paths, docs, imports and items.

use super::docs::Text;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};
use std::collections::{BTreeMap, BTreeSet};

/// One module of the output: a file of its own in a crate, a nested `mod` in a single file.
pub(crate) struct Module<'a> {
    pub(crate) name: String,
    /// Safe Markdown, a line each.
    pub(crate) docs: Vec<String>,
    /// What the root asks of rustc.
    pub(crate) recursion_limit: Option<u32>,
    pub(crate) children: Vec<Child<'a>>,
    content: Box<dyn Fn() -> Content + Send + Sync + 'a>,
}

/// What stands in a module.
#[derive(Debug, Default)]
pub(crate) struct Content {
    pub(crate) imports: BTreeMap<Vec<String>, BTreeSet<String>>,
    pub(crate) items: Vec<Item>,
}

/// A module in its parent.
pub(crate) struct Child<'a> {
    pub(crate) module: Module<'a>,
    pub(crate) public: bool,
    /// The Cargo features without which it is not built.
    pub(crate) features: Vec<String>,
    pub(crate) exports: Exports,
    /// Its files are copied, not emitted.
    pub(crate) copied: bool,
}

/// What the parent exports of a child.
#[derive(Debug)]
pub(crate) enum Exports {
    Nothing,
    /// Everything that is public in it.
    All,
    These(Vec<String>),
}

/// One item of a module.
#[derive(Debug)]
pub(crate) enum Item {
    /// Rust that `syn` reads.
    Code(TokenStream),
    Definition(Definition),
    /// A call of one of the runtime's macros, which `render` lays out itself.
    Call {
        path: TokenStream,
        body: TokenStream,
    },
}

/// A struct, an enum or an alias, in the parts that have lines of their own.
#[derive(Debug)]
pub(crate) struct Definition {
    /// Safe Markdown, a line each.
    pub(crate) docs: Vec<String>,
    /// `#[derive(…)]`.
    pub(crate) attributes: TokenStream,
    /// `pub struct Backup`.
    pub(crate) head: TokenStream,
    pub(crate) parts: Parts,
}

#[derive(Debug)]
pub(crate) enum Parts {
    Fields(Vec<Member>),
    Variants(Vec<Member>),
    /// What an alias is of.
    Type(TokenStream),
}

/// A field or a variant.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) docs: Vec<String>,
    /// `pub id`, or the name of a variant.
    pub(crate) name: TokenStream,
    /// The type of a field; what a variant carries, if it does.
    pub(crate) holds: TokenStream,
}

impl Member {
    pub(super) fn field(docs: Text, name: &str, ty: TokenStream) -> Self {
        let name = ident(name);
        Self {
            docs: docs.into_lines(),
            name: quote!(pub #name),
            holds: ty,
        }
    }

    /// A variant that carries something, or nothing.
    pub(super) fn variant(docs: Text, name: &str, carries: TokenStream) -> Self {
        Self {
            docs: docs.into_lines(),
            name: ident(name).into_token_stream(),
            holds: carries,
        }
    }
}

impl Item {
    /// `pub type Names = Vec<String>;`.
    pub(super) fn alias(docs: Text, name: &str, target: TokenStream) -> Self {
        let name = ident(name);
        Self::Definition(Definition {
            docs: docs.into_lines(),
            attributes: TokenStream::new(),
            head: quote!(pub type #name),
            parts: Parts::Type(target),
        })
    }
}

impl<'a> Module<'a> {
    /// A module in which nothing stands.
    pub(crate) fn new(name: impl Into<String>, docs: Vec<String>) -> Self {
        Self {
            name: name.into(),
            docs,
            recursion_limit: None,
            children: Vec::new(),
            content: Box::new(Content::default),
        }
    }

    /// What stands in it is made where it is printed, file by file and on several threads: tokens are large, and cannot go
    /// from one thread to another.
    pub(crate) fn with(self, content: impl Fn() -> Content + Send + Sync + 'a) -> Self {
        let content = Box::new(content);
        Self { content, ..self }
    }

    pub(crate) fn content(&self) -> Content {
        (self.content)()
    }
}

impl Content {
    /// The items, and what they have imported.
    pub(crate) fn new(scope: Scope, items: Vec<Item>) -> Self {
        Self {
            imports: scope.into_imports(),
            items,
        }
    }
}

/// The names in scope of a module while it is filled: what it defines, and what it has imported so far.
#[derive(Debug)]
pub(crate) struct Scope {
    /// The module's path from the root.
    here: Vec<String>,
    defined: BTreeSet<String>,
    imported: BTreeMap<String, Vec<String>>,
    /// The schemas that the macro call which is being made has referred to so far.
    checks: Vec<TokenStream>,
}

/// Names that every module has without an import, with the paths that reach them when a document's type has taken the name.
const PRELUDE: &[(&str, &[&str])] = &[
    ("Box", &["std", "boxed"]),
    ("Option", &["std", "option"]),
    ("Result", &["std", "result"]),
    ("String", &["std", "string"]),
    ("Vec", &["std", "vec"]),
];

impl Scope {
    /// The scope of a module, by its path from the root, in which `defined` names are taken.
    pub(crate) fn new(here: &[&str], defined: impl IntoIterator<Item = String>) -> Self {
        let here = here.iter().map(|segment| (*segment).to_owned()).collect();
        Self {
            here,
            defined: defined.into_iter().collect(),
            imported: BTreeMap::new(),
            checks: Vec::new(),
        }
    }

    /// A schema of the module `checks`, as a macro call refers to it.
    pub(crate) fn check(&mut self, name: &str) -> TokenStream {
        let path = self.own(&["checks"], name);
        let text = path.to_string();
        if !self.checks.iter().any(|known| known.to_string() == text) {
            self.checks.push(path.clone());
        }
        path
    }

    /// `[CARD, EXPIRED]`: the schemas that the macro call refers to, for its end, if there is one.
    pub(crate) fn take_checks(&mut self) -> Option<TokenStream> {
        let checks = std::mem::take(&mut self.checks);
        (!checks.is_empty()).then(|| quote!([#(#checks),*]))
    }

    /// A name of the prelude.
    pub(crate) fn prelude(&mut self, name: &str) -> TokenStream {
        let ident = ident(name);
        match PRELUDE.iter().find(|(known, _)| *known == name) {
            Some((_, module)) if self.defined.contains(name) => {
                let module = module.iter().map(|segment| format_ident!("{segment}"));
                quote!(::#(#module::)*#ident)
            }
            _ => quote!(#ident),
        }
    }

    /// A name of another crate.
    pub(crate) fn foreign(&mut self, module: &[&str], name: &str) -> TokenStream {
        if self.has_imported(name, 0, module) {
            return ident(name).into_token_stream();
        }
        self.import(
            module.iter().map(|segment| (*segment).to_owned()).collect(),
            name,
        )
    }

    /// A name of a module of this crate, by the module's path from the root; a name that this module defines is itself.
    pub(crate) fn own(&mut self, module: &[&str], name: &str) -> TokenStream {
        let shared = self
            .here
            .iter()
            .zip(module)
            .take_while(|(here, there)| here == *there)
            .count();
        if shared == module.len() && self.defined.contains(name) {
            return ident(name).into_token_stream();
        }
        let up = self.here.len() - shared;
        if self.has_imported(name, up, &module[shared..]) {
            return ident(name).into_token_stream();
        }
        let up = std::iter::repeat_n("super".to_owned(), up);
        let path = up
            .chain(module[shared..].iter().map(|segment| (*segment).to_owned()))
            .collect();
        self.import(path, name)
    }

    /// Whether a name has been imported from there.
    fn has_imported(&self, name: &str, up: usize, module: &[&str]) -> bool {
        let key = match (name, module.last()) {
            ("self", Some(last)) => *last,
            _ => name,
        };
        self.imported.get(key).is_some_and(|path| {
            let (supers, rest) = path.split_at(up.min(path.len()));
            let there = module.iter().copied().chain([name]);
            supers.iter().all(|segment| segment == "super")
                && rest.iter().map(String::as_str).eq(there)
        })
    }

    /// A name of the runtime.
    pub(crate) fn runtime(&mut self, name: &str) -> TokenStream {
        self.own(&["runtime"], name)
    }

    /// A macro of the runtime; its expansion needs `runtime` in scope.
    pub(crate) fn runtime_macro(&mut self, name: &str) -> TokenStream {
        self.own(&["runtime"], "self");
        // Macros have a namespace of their own: no type can take the name.
        self.own(&["runtime"], name)
    }

    fn import(&mut self, path: Vec<String>, name: &str) -> TokenStream {
        let ident = ident(name);
        let key = if name == "self" {
            path.last().cloned().unwrap_or_default()
        } else {
            name.to_owned()
        };
        let in_prelude = PRELUDE.iter().any(|(known, _)| *known == name);
        if in_prelude
            || self.defined.contains(name)
            || self
                .imported
                .get(&key)
                .is_some_and(|other| *other != path_of(&path, name))
        {
            let segments = path.iter().map(|segment| self::ident(segment));
            return quote!(#(#segments::)*#ident);
        }
        self.imported.insert(key, path_of(&path, name));
        quote!(#ident)
    }

    /// The imports that the module needs.
    pub(crate) fn into_imports(self) -> BTreeMap<Vec<String>, BTreeSet<String>> {
        let mut imports: BTreeMap<Vec<String>, BTreeSet<String>> = BTreeMap::new();
        for mut path in self.imported.into_values() {
            let name = path.pop().unwrap_or_default();
            imports.entry(path).or_default().insert(name);
        }
        imports
    }
}

fn path_of(module: &[String], name: &str) -> Vec<String> {
    module.iter().cloned().chain([name.to_owned()]).collect()
}

/// A name as an identifier; `name` has made it a legal one, raw where it is a keyword.
pub(crate) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}
