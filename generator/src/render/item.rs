//! An item's tokens → text, by `syn` and prettyplease; where rustfmt would lay it out otherwise, as rustfmt does.
//!
//! prettyplease breaks a line before column 90, rustfmt after column 100, and rustfmt gives a type that does not fit a line of
//! its own. So long types are printed as a short stand-in, and put in their place afterwards.

use super::call::{line, spaces};
use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;

const WIDTH: usize = 100;

/// What rustfmt writes in one line between the braces of a struct expression.
const STRUCT_WIDTH: usize = 18;

/// An item at the left margin; `Err` says what `syn` could not read, which is a fault of `emit`.
pub(super) fn item(tokens: &TokenStream) -> Result<String, syn::Error> {
    let mut file: syn::File = syn::parse2(tokens.clone())?;
    let mut standins = Standins::default();
    for item in &mut file.items {
        standins.replace(item);
    }
    let text = prettyplease::unparse(&file);
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        out.push_str(&standins.fill(line));
        out.push('\n');
    }
    Ok(out)
}

/// What the names that stand in for long parts mean.
#[derive(Default)]
struct Standins {
    types: Vec<String>,
    signatures: Vec<Signature>,
    literals: Vec<Vec<String>>,
}

/// The arguments and the result of a function.
struct Signature {
    arguments: Vec<String>,
    output: String,
}

impl Standins {
    fn name(&self, kind: char, number: usize) -> Ident {
        Ident::new(&format!("__{kind}{number}"), Span::call_site())
    }
}

impl Standins {
    /// Puts stand-ins for the long parts of an item.
    fn replace(&mut self, item: &mut syn::Item) {
        match item {
            syn::Item::Struct(item) => {
                for field in item.fields.iter_mut() {
                    field.ty = self.ty(&field.ty);
                }
            }
            syn::Item::Enum(item) => {
                for variant in &mut item.variants {
                    self.replace_variant(variant);
                }
            }
            syn::Item::Type(alias) => *alias.ty = self.ty(&alias.ty),
            syn::Item::Impl(item) => {
                for part in &mut item.items {
                    if let syn::ImplItem::Fn(function) = part {
                        self.replace_function(function);
                    }
                }
            }
            _ => {}
        }
    }

    fn replace_variant(&mut self, variant: &mut syn::Variant) {
        let syn::Fields::Unnamed(fields) = &mut variant.fields else {
            return;
        };
        self.types.push(line(fields.unnamed.to_token_stream()));
        let name = self.name('T', self.types.len() - 1);
        fields.unnamed = std::mem::take(&mut fields.unnamed)
            .into_iter()
            .take(1)
            .collect();
        for field in &mut fields.unnamed {
            field.ty = path_type(name.clone());
        }
    }

    fn replace_function(&mut self, function: &mut syn::ImplItemFn) {
        self.signatures.push(Signature {
            arguments: function
                .sig
                .inputs
                .iter()
                .map(|input| line(input.to_token_stream()))
                .collect(),
            output: line(function.sig.output.to_token_stream()),
        });
        let name = self.name('S', self.signatures.len() - 1);
        function.sig.inputs = syn::punctuated::Punctuated::new();
        function.sig.output = syn::ReturnType::Type(Default::default(), Box::new(path_type(name)));
        if let [syn::Stmt::Expr(syn::Expr::Struct(literal), None)] = function.block.stmts.as_slice()
        {
            self.literals.push(
                literal
                    .fields
                    .iter()
                    .map(|field| line(field.to_token_stream()))
                    .collect(),
            );
            let name = self.name('L', self.literals.len() - 1);
            function.block.stmts = vec![syn::Stmt::Expr(
                syn::Expr::Path(syn::ExprPath {
                    attrs: Vec::new(),
                    qself: None,
                    path: name.into(),
                }),
                None,
            )];
        }
    }
}

impl Standins {
    fn ty(&mut self, ty: &syn::Type) -> syn::Type {
        self.types.push(line(ty.to_token_stream()));
        path_type(self.name('T', self.types.len() - 1))
    }

    /// A printed line with the parts put in for their stand-ins.
    fn fill(&self, text: &str) -> String {
        let indent = text.len() - text.trim_start().len();
        if text.trim_start().starts_with("//") {
            return text.to_owned();
        }
        if let (0, true, Some(head)) = (indent, text.len() > WIDTH, text.strip_suffix(" {")) {
            return format!("{head}\n{{");
        }
        match standin(text) {
            Some((before, 'T', number, after)) => self
                .types
                .get(number)
                .map(|ty| typed(before, ty, after, indent)),
            Some((before, 'S', number, after)) => self
                .signatures
                .get(number)
                .map(|signature| signed(before, signature, after, indent)),
            Some((before, 'L', number, after)) => self
                .literals
                .get(number)
                .map(|fields| literal(before, fields, after, indent)),
            _ => None,
        }
        .unwrap_or_else(|| text.to_owned())
    }
}

fn path_type(name: Ident) -> syn::Type {
    syn::Type::Path(syn::TypePath {
        attrs: Vec::new(),
        qself: None,
        path: name.into(),
    })
}

/// A line around its stand-in: the text before, its kind and number, the text after.
fn standin(text: &str) -> Option<(&str, char, usize, &str)> {
    let at = text.rfind("__")?;
    let rest = &text[at + 2..];
    let kind = rest.chars().next().filter(|kind| "TSL".contains(*kind))?;
    let digits = rest[1..].len()
        - rest[1..]
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let number = rest[1..1 + digits].parse().ok()?;
    Some((&text[..at], kind, number, &rest[1 + digits..]))
}

/// A field, the content of a variant, or an alias.
fn typed(before: &str, ty: &str, after: &str, indent: usize) -> String {
    let one = format!("{before}{ty}{after}");
    if one.len() <= WIDTH {
        return one;
    }
    if before.ends_with('(') {
        let inner = arguments(ty)
            .into_iter()
            .map(|part| format!("{}{part},\n", spaces(indent + 4)))
            .collect::<String>();
        return format!("{before}\n{inner}{}{after}", spaces(indent));
    }
    let next = format!("{}{ty}{after}", spaces(indent + 4));
    if next.len() <= WIDTH {
        return format!("{}\n{next}", before.trim_end());
    }
    format!("{before}{}{after}", broken(ty, indent))
}

/// A type that fits no line, its arguments on lines of their own.
fn broken(ty: &str, indent: usize) -> String {
    let (Some(open), true) = (ty.find('<'), ty.ends_with('>')) else {
        return ty.to_owned();
    };
    let mut out = format!("{}\n", &ty[..=open]);
    for part in arguments(&ty[open + 1..ty.len() - 1]) {
        let fits = indent + 4 + part.len() < WIDTH;
        let part = if fits {
            part.to_owned()
        } else {
            broken(part, indent + 4)
        };
        out.push_str(&format!("{}{part},\n", spaces(indent + 4)));
    }
    out + &spaces(indent) + ">"
}

/// The parts of a list between its outermost commas.
fn arguments(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(list[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(list[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

/// `pub fn new() -> __S0 {` with arguments and result.
fn signed(before: &str, signature: &Signature, after: &str, indent: usize) -> String {
    let head = before
        .trim_end()
        .trim_end_matches("->")
        .trim_end()
        .trim_end_matches("()");
    let output = if signature.output.is_empty() {
        String::new()
    } else {
        format!(" {}", signature.output)
    };
    let one = format!("{head}({}){output}{after}", signature.arguments.join(", "));
    if one.len() <= WIDTH {
        return one;
    }
    let inner = spaces(indent + 4);
    let arguments: String = signature
        .arguments
        .iter()
        .map(|argument| match argument.split_once(": ") {
            Some((name, ty)) if inner.len() + argument.len() >= WIDTH => {
                format!("{inner}{name}: {},\n", broken(ty, indent + 4))
            }
            _ => format!("{inner}{argument},\n"),
        })
        .collect();
    format!("{head}(\n{arguments}{}){output}{after}", spaces(indent))
}

/// `Self { … }`.
fn literal(before: &str, fields: &[String], after: &str, indent: usize) -> String {
    let one = fields.join(", ");
    if one.len() <= STRUCT_WIDTH {
        return format!("{before}Self {{ {one} }}{after}");
    }
    let inner = spaces(indent + 4);
    let fields: String = fields
        .iter()
        .map(|field| format!("{inner}{field},\n"))
        .collect();
    format!("{before}Self {{\n{fields}{}}}{after}", spaces(indent))
}
