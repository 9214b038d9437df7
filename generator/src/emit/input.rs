//! Types of requests that are made of types of answers → the calls that say how.

use super::context::Context;
use super::module::{Item, Scope, ident};
use crate::ir::Owner;
use crate::ir::input::{Input, Parts, Taken, Turn};
use proc_macro2::TokenStream;
use quote::quote;

/// `input! { Order => OrderInput { … } }`, for each that a module holds.
pub(super) fn calls(context: &Context<'_>, scope: &mut Scope, owner: Owner, items: &mut Vec<Item>) {
    let here = context.api.inputs.iter();
    for input in here.filter(|input| input.owner == owner) {
        items.push(call(context, scope, input));
    }
}

fn call(context: &Context<'_>, scope: &mut Scope, made: &Input) -> Item {
    let (read, input) = (context.names.ty(made.read), context.names.ty(made.input));
    let body = match &made.parts {
        Parts::Fields(fields, extra) => {
            let fields = fields
                .iter()
                .zip(&input.members)
                .map(|(taken, to)| match taken {
                    Taken::Absent => {
                        let to = ident(to);
                        quote!(#to(absent),)
                    }
                    Taken::From(position, turn) => row(to, &read.members[*position], *turn),
                });
            let extra = extra.map(|turn| row(&input.extra, &read.extra, turn));
            let rows: Vec<TokenStream> = fields.chain(extra).collect();
            quote!({ #(#rows)* })
        }
        Parts::Variants(variants) => {
            let names = input.members.iter().zip(&read.members);
            let rows = variants.iter().zip(names);
            let rows = rows.map(|(turn, (to, from))| row(to, from, *turn));
            let union = match &context.api.ty(made.input).shape {
                crate::ir::Shape::Union(union) => (union.open, union.mixed),
                _ => (false, false),
            };
            let kept = match union {
                (true, _) => quote!(Unknown),
                (false, true) => quote!(Several),
                (false, false) => TokenStream::new(),
            };
            quote!([#(#rows)*] #kept)
        }
    };
    let (to, from) = (
        scope.own(&["types"], &input.name),
        scope.own(&["types"], &read.name),
    );
    Item::Call {
        path: scope.runtime_macro("input"),
        body: quote!(#from => #to #body),
    }
}

/// `total: total_2(into),`.
fn row(to: &str, from: &str, turn: Turn) -> TokenStream {
    let (name, from) = (ident(to), (from != to).then(|| ident(from)));
    let from = from.map(|from| quote!(: #from));
    let turn = (turn == Turn::Into).then(|| quote!((into)));
    quote!(#name #from #turn,)
}
