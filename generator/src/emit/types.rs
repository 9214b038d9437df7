//! Types of the IR → structs, enums and aliases, each with the macro call that carries its table.

use super::context::Context;
use super::derive::{attribute, derived, derives_beside_table};
use super::docs::{Text, link};
use super::module::{
    Child, Content, Definition, Exports, Item, Member, Module, Parts, Scope, ident,
};
use super::rules::{Demands, field_row, marks, object_marks};
use super::ty::{Edge, Presence, bare_type, field_type, map_type};
use super::union::{union_call, union_item};
use crate::ir::{Enum, EnumKind, Extra, Object, Owner, Shape, Type, TypeId};
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use std::borrow::Cow;

/// The module `types`: one private module a group, and one of what several groups share.
pub(super) fn types_module(context: Context<'_>) -> Module<'_> {
    let mut module = Module::new("types", vec!["The types of the document.".to_owned()]);
    for owner in context.owners() {
        if context.types_of(owner).next().is_some() {
            module.children.push(Child {
                module: group_module(context, owner),
                public: false,
                features: context.features(owner),
                exports: Exports::All,
                copied: false,
            });
        }
    }
    module
}

fn group_module(context: Context<'_>, owner: Owner) -> Module<'_> {
    let docs = match owner {
        Owner::Group(group) => match &context.api.group(group).tag {
            Some(tag) => format!(
                "Types that only the operations of {} reach.",
                super::markdown::code(tag)
            ),
            None => "Types that only operations without a tag reach.".to_owned(),
        },
        Owner::Shared if context.api.operations.is_empty() => "All types.".to_owned(),
        Owner::Shared => "Types that several groups of operations reach.".to_owned(),
        Owner::Unreached => "Types that no operation reaches.".to_owned(),
    };
    let docs = Text::default().own(docs);
    Module::new(context.module(owner), docs.into_lines()).with(move || content(&context, owner))
}

fn content(context: &Context<'_>, owner: Owner) -> Content {
    let defined = context
        .types_of(owner)
        .map(|id| context.names.ty(id).name.clone());
    let mut scope = Scope::new(&["types", context.module(owner)], defined);
    let mut items = Vec::new();
    for id in context.types_of(owner) {
        type_items(context, &mut scope, id, &mut items);
    }
    super::input::calls(context, &mut scope, owner, &mut items);
    items.extend(apart_call(context, &mut scope, owner));
    Content::new(scope, items)
}

/// `apart! { … }` of the types that others keep apart.
fn apart_call(context: &Context<'_>, scope: &mut Scope, owner: Owner) -> Option<Item> {
    let names = context.types_of(owner);
    let names = names.filter(|id| context.api.kept_apart.contains(id));
    let mut names = names.map(|id| ident(&context.names.ty(id).name)).peekable();
    names.peek()?;
    let body = quote!(#(#names),*);
    let path = scope.runtime_macro("apart");
    Some(Item::Call { path, body })
}

fn type_items(context: &Context<'_>, scope: &mut Scope, id: TypeId, items: &mut Vec<Item>) {
    let ty = context.api.ty(id);
    if let Some(same) = ty.same_as {
        items.push(twin_item(context, scope, id, same));
        return;
    }
    match &ty.shape {
        Shape::Object(object) => {
            items.push(struct_item(context, scope, id, object));
            items.push(object_call(context, scope, id, object));
        }
        Shape::Enum(listed) => {
            items.push(enum_item(context, scope, id, listed));
            items.push(enum_call(context, scope, id, listed));
        }
        Shape::Union(union) => {
            items.push(union_item(context, scope, id, union));
            items.push(union_call(context, scope, id, union));
        }
        Shape::Alias(value) => {
            let target = bare_type(context, scope, value);
            items.push(alias_item(context, id, target));
        }
    }
}

/// What the document says about a type.
pub(super) fn type_docs(context: &Context<'_>, ty: &Type, otherwise: &str) -> Text {
    let text = Text::default().docs(&ty.docs, || context.filler(otherwise));
    let text = if ty.docs.deprecated {
        text.own("Deprecated.")
    } else {
        text
    };
    text.values(None, &[])
}

/// `pub struct Backup { … }`.
fn struct_item(context: &Context<'_>, scope: &mut Scope, id: TypeId, object: &Object) -> Item {
    let ty = context.api.ty(id);
    let docs = type_docs(context, ty, "An object of the document.").into_lines();
    let name = ident(&context.names.ty(id).name);
    let more = &context.names.ty(id).derives;
    let derives = derives_beside_table(Context::is_default(object), ty.streams, more);
    let mut fields = Vec::with_capacity(object.fields.len());
    for (position, field) in object.fields.iter().enumerate() {
        let name = &context.names.ty(id).members[position];
        let text = Text::default().docs(&field.docs, || context.undescribed(&field.wire, name));
        let text = if field.docs.deprecated {
            text.own("Deprecated.")
        } else {
            text
        };
        let text = text.values(field.default.as_ref(), &field.docs.examples);
        let holds = field_type(
            context,
            scope,
            &field.value,
            Presence::of(field.required),
            Edge::of(context, id, &field.value, field.boxed),
        );
        fields.push(Member::field(text, name, holds));
    }
    if let Extra::Kept(value) = &object.extra {
        let edge = Edge::of(context, id, value, false);
        let map = map_type(context, scope, value, edge);
        let text = Text::default().own("Members that the document does not name.");
        fields.push(Member::field(text, &context.names.ty(id).extra, map));
    }
    Item::Definition(Definition {
        docs,
        attributes: derives,
        head: quote!(pub struct #name),
        parts: Parts::Fields(fields),
    })
}

/// ` new(id: Uuid, ..)`, where something is required; `..` stands for what is not.
fn constructor(
    context: &Context<'_>,
    scope: &mut Scope,
    id: TypeId,
    object: &Object,
) -> Option<TokenStream> {
    let mut arguments = Vec::new();
    for (field, name) in object.fields.iter().zip(&context.names.ty(id).members) {
        if field.required {
            let ty = field_type(
                context,
                scope,
                &field.value,
                Presence::Required,
                Edge::of(context, id, &field.value, field.boxed),
            );
            arguments.push((ident(name), ty));
        }
    }
    let all = arguments.len() == object.fields.len() && !matches!(object.extra, Extra::Kept(_));
    new(&arguments, all)
}

/// ` new(…)` of what is required, if something is.
pub(super) fn new(
    arguments: &[(proc_macro2::Ident, TokenStream)],
    all: bool,
) -> Option<TokenStream> {
    let rest = (!all).then(|| quote!(..));
    let arguments = arguments.iter().map(|(name, ty)| quote!(#name: #ty,));
    let mut arguments = arguments.peekable();
    arguments.peek()?;
    Some(quote!(new(#(#arguments)* #rest)))
}

fn object_call(context: &Context<'_>, scope: &mut Scope, id: TypeId, object: &Object) -> Item {
    let path = scope.runtime_macro("object");
    let name = ident(&context.names.ty(id).name);
    let whole = object_marks(context, scope, object);
    let fields = object.fields.iter().enumerate().map(|(position, field)| {
        let (name, wire) = (ident(&context.names.ty(id).members[position]), &field.wire);
        let member = Demands {
            required: field.required,
            read_only: field.read_only,
            write_only: field.write_only,
            default: field.default.as_ref(),
        };
        let marks = marks(context, scope, &field.value, member, Vec::new());
        field_row(&name, wire, &marks)
    });
    let fields: Vec<TokenStream> = fields.collect();
    let new = constructor(context, scope, id, object);
    let derived = derived(context.api.ty(id).streams, &context.names.ty(id).derives);
    let closed = matches!(object.extra, Extra::Forbidden).then(|| quote!(closed));
    let extra = matches!(object.extra, Extra::Kept(_)).then(|| ident(&context.names.ty(id).extra));
    let checks = scope.take_checks();
    Item::Call {
        path,
        body: quote!(#derived #closed #name #new #whole { #(#fields)* } #extra #checks),
    }
}

/// `pub enum RebootType { … }`; one that is open ends with `Unknown`.
fn enum_item(context: &Context<'_>, scope: &mut Scope, id: TypeId, listed: &Enum) -> Item {
    let docs = type_docs(
        context,
        context.api.ty(id),
        "One of the values that the document lists.",
    )
    .into_lines();
    let name = ident(&context.names.ty(id).name);
    let variants = listed
        .variants
        .iter()
        .enumerate()
        .map(|(position, variant)| {
            let name = &context.names.ty(id).members[position];
            let docs = Text::default().docs(&variant.docs, || {
                let value = match &variant.value {
                    serde_json::Value::String(text) => Cow::Borrowed(text.as_str()),
                    other => Cow::Owned(other.to_string()),
                };
                context.valued(&value, name)
            });
            Member::variant(docs, name, TokenStream::new())
        });
    let mut variants: Vec<Member> = variants.collect();
    let integer = listed.kind == EnumKind::Integer;
    let mut derives = vec!["Clone", "Debug", "PartialEq", "Eq", "Hash"];
    if listed.is_copy() {
        derives.push("Copy");
    }
    if listed.open {
        let text = Text::default().own("A value that the document does not list.");
        let held = if integer {
            quote!(i64)
        } else {
            scope.prelude("String")
        };
        variants.push(Member::variant(text, "Unknown", held));
    }
    if listed.any {
        let text = Text::default().own("Any other text, which the document allows too.");
        variants.push(Member::variant(text, "Other", scope.prelude("String")));
    }
    Item::Definition(Definition {
        docs,
        attributes: attribute(derives, &context.names.ty(id).derives),
        head: quote!(pub enum #name),
        parts: Parts::Variants(variants),
    })
}

fn enum_call(context: &Context<'_>, scope: &mut Scope, id: TypeId, listed: &Enum) -> Item {
    let name = ident(&context.names.ty(id).name);
    let variants = listed
        .variants
        .iter()
        .enumerate()
        .map(|(position, variant)| {
            let name = ident(&context.names.ty(id).members[position]);
            let value = match &variant.value {
                serde_json::Value::String(text) => quote!(#text),
                other => {
                    let number = other.as_i64().unwrap_or_default();
                    let literal = Literal::i64_unsuffixed(number);
                    quote!(#literal)
                }
            };
            quote!(#name: #value,)
        });
    let open = match (listed.any, listed.open) {
        (true, _) => quote!(any),
        (false, true) => quote!(open),
        (false, false) => TokenStream::new(),
    };
    let body = quote!(#open #name { #(#variants)* });
    let path = scope.runtime_macro(if listed.kind == EnumKind::Integer {
        "integer_enum"
    } else {
        "string_enum"
    });
    Item::Call { path, body }
}

/// `pub type Names = Vec<String>;`.
fn alias_item(context: &Context<'_>, id: TypeId, target: TokenStream) -> Item {
    let docs = type_docs(context, context.api.ty(id), "Another name of its type.");
    Item::alias(docs, &context.names.ty(id).name, target)
}

/// `pub type OtherName = Name;`, for an inline type that is the same as another.
fn twin_item(context: &Context<'_>, scope: &mut Scope, id: TypeId, same: TypeId) -> Item {
    let (own, of_same) = (&context.api.ty(id).docs, &context.api.ty(same).docs);
    let told = (&own.title, &own.description) != (&of_same.title, &of_same.description)
        && (own.title.is_some() || own.description.is_some());
    let same = &context.names.ty(same).name;
    let text = if told {
        Text::default().docs(own, String::new)
    } else {
        Text::default().own(context.filler(format!("The same as {}.", link(same))))
    };
    let target = scope.own(&["types"], same);
    Item::alias(text, &context.names.ty(id).name, target)
}
