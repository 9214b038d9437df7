//! Links → methods of a response that give the request to follow.

use super::context::Context;
use super::docs::Text;
use super::module::{Item, Scope, ident};
use super::operation::ordered;
use crate::ir::{Link, Operation, OperationId, Source, Status};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `links! { CreateUserResponse of CreateUser { … } }`, where an operation has any.
pub(super) fn items(
    context: &Context<'_>,
    scope: &mut Scope,
    id: OperationId,
    items: &mut Vec<Item>,
) {
    let operation = context.api.operation(id);
    let names = context.names.operation(id);
    if operation.links.is_empty() {
        return;
    }
    let rows = operation.links.iter().zip(&names.links);
    let rows = rows.map(|(link, name)| row(context, scope, operation, link, name));
    let rows: Vec<TokenStream> = rows.collect();
    let (request, response) = (ident(&names.request), ident(&names.response));
    let path = scope.runtime_macro("links");
    items.push(Item::Call {
        path,
        body: quote!(#response of #request { #(#rows)* }),
    });
}

/// `get_user: GetUser = 201 [0: body "/id"],`.
fn row(
    context: &Context<'_>,
    scope: &mut Scope,
    operation: &Operation,
    link: &Link,
    name: &str,
) -> TokenStream {
    let wire = super::markdown::code(&super::markdown::plain(&link.name));
    let docs = Text::default().own(format!(
        "The request that the link {wire} leads to, if the answer has it."
    ));
    let docs = match &link.description {
        Some(description) => docs.paragraph(description),
        None => docs,
    };
    let (docs, name) = (docs.attributes(), ident(name));
    let target = context.api.operation(link.target);
    let request = scope.own(
        &["operations"],
        &context.names.operation(link.target).request,
    );
    let status = match link.status {
        Status::Exact(status) => {
            let status = Literal::u16_unsuffixed(status);
            quote!(#status)
        }
        Status::Range(first) => format!("{first}XX").parse().unwrap_or_default(),
        Status::Default => quote!(default),
    };
    let uses_request = link.parts.iter().any(|(_, source)| source.uses_request());
    let with = uses_request.then(|| quote!((request)));
    let parts = link.parts.iter().map(|(part, source)| {
        let part = Literal::usize_unsuffixed(place(target, *part));
        let source = from(operation, source);
        quote!(#part: #source)
    });
    quote!(#docs #name #with: #request = #status [#(#parts),*],)
}

/// Where a value comes from: `body "/id"`, or a text with some in it: `text [plain "user-", body "/id"]`.
fn from(operation: &Operation, source: &Source) -> TokenStream {
    match source {
        Source::Constant(json) => {
            let text = json.to_string();
            quote!(constant #text)
        }
        Source::Parameter(position) => {
            let position = Literal::usize_unsuffixed(place(operation, *position));
            quote!(request #position "")
        }
        Source::RequestBody(pointer) => {
            let position = Literal::usize_unsuffixed(operation.parameters.len());
            quote!(request #position #pointer)
        }
        Source::Body(pointer) => quote!(body #pointer),
        Source::Header(position) => {
            let position = Literal::usize_unsuffixed(*position);
            quote!(header #position)
        }
        Source::Status => quote!(status),
        Source::Text(pieces) => {
            let pieces = pieces.iter().map(|piece| from(operation, piece));
            quote!(text [#(#pieces),*])
        }
        Source::Plain(text) => quote!(plain #text),
    }
}

/// The position of a part in the operation's table, where parameters are in the order of their places.
fn place(operation: &Operation, position: usize) -> usize {
    ordered(operation)
        .position(|(known, _)| known == position)
        .unwrap_or(operation.parameters.len())
}
