//! The example of a README: one call of the client.

use super::context::Context;
use super::module::ident;
use super::operation::is_default;
use crate::ir::{OperationId, SchemeKind};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// `use bycloud::…; async fn …`, for a crate of this name; nothing where every operation demands something.
pub(super) fn example(context: &Context<'_>, crate_name: &str) -> Option<[TokenStream; 2]> {
    let id = chosen(context)?;
    let names = context.names.operation(id);
    let root = format_ident!("{}", crate_name.replace('-', "_"));
    let (request, method) = (ident(&names.request), ident(&names.method));
    let base_url = context
        .api
        .base_urls
        .is_empty()
        .then(|| quote!(.base_url("https://api.example.com")));
    let credential =
        context
            .api
            .security_schemes
            .iter()
            .enumerate()
            .find_map(|(position, scheme)| {
                let name = ident(context.names.scheme(position));
                matches!(scheme.kind, SchemeKind::Bearer | SchemeKind::ApiKey { .. })
                    .then(|| quote!(.#name(secret)))
            });
    let argument = credential.as_ref().map(|_| quote!(secret: String));
    let uses = quote!(use #root::{Client, operations::#request};);
    let function = quote! {
        async fn run(#argument) -> Result<(), Box<dyn std::error::Error>> {
            let client = Client::builder()#base_url #credential.build()?;
            let answer = client.#method(#request::default()).await?;
            println!("{answer:?}");
            Ok(())
        }
    };
    Some([uses, function])
}

/// The first operation that is a GET and demands nothing, else the first that demands nothing.
fn chosen(context: &Context<'_>) -> Option<OperationId> {
    let free = |id: &OperationId| is_default(context.api.operation(*id));
    let get = |id: &OperationId| {
        context
            .api
            .operation(*id)
            .method
            .eq_ignore_ascii_case("get")
    };
    context
        .operations()
        .filter(free)
        .find(get)
        .or_else(|| context.operations().find(free))
}
