//! `x-oasmith-paging`: how an operation's pages follow one another, checked against the types of its answer.

use super::Options;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::{self, Location};
use crate::ir::{Api, Codec, Next, OperationId, Paging, Shape, Status, Ty, Value};
use crate::source::{NodeId, Tree};

/// What an operation says of its pages.
pub(super) struct Wanted {
    operation: OperationId,
    at: NodeId,
    block: super::Paging,
}

/// The paging block of an operation: the document's own, else the configuration's.
pub(super) fn wanted(
    operation: &document::Operation,
    id: OperationId,
    name: Option<&str>,
    tree: &Tree,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Wanted> {
    let extension = operation
        .extensions
        .iter()
        .find(|extension| extension.name == "x-oasmith-paging");
    let Some(extension) = extension else {
        let block = options.paging.get(name?)?.clone();
        return Some(Wanted {
            operation: id,
            at: operation.at,
            block,
        });
    };
    let block = read(tree, extension.at);
    if block.is_none() {
        fault(
            diagnostics,
            extension.at,
            "this is no paging block",
            "it has `items`, `cursor` and `next`",
        );
    }
    Some(Wanted {
        operation: id,
        at: extension.at,
        block: block?,
    })
}

fn read(tree: &Tree, at: NodeId) -> Option<super::Paging> {
    let text = |key: &str| {
        tree.get(at, key)
            .and_then(|node| tree.str(node))
            .map(str::to_owned)
    };
    let next = tree.get(at, "next")?;
    let of_next = |key: &str| {
        tree.get(next, key)
            .and_then(|node| tree.str(node))
            .map(str::to_owned)
    };
    let next = match (of_next("last-item"), of_next("member"), of_next("link")) {
        (Some(pointer), None, None) => Next::LastItem(pointer),
        (None, Some(pointer), None) => Next::Member(pointer),
        (None, None, Some(pointer)) => Next::Link(pointer),
        _ => return None,
    };
    Some(super::Paging {
        items: text("items")?,
        cursor: text("cursor")?,
        next,
        more: text("more"),
    })
}

/// Gives the operations their paging, where what they say is true of their types.
pub(super) fn check(wanted: &[Wanted], tree: &Tree, diagnostics: &mut Diagnostics, api: &mut Api) {
    for one in wanted {
        let at = |key: &str| tree.get(one.at, key).unwrap_or(one.at);
        let operation = api.operation(one.operation);
        let is_cursor = |parameter: &crate::ir::Parameter| {
            parameter.location == Location::Query && parameter.wire == one.block.cursor
        };
        let Some(cursor) = operation.parameters.iter().position(is_cursor) else {
            let message = format!(
                "the operation has no query parameter `{}`",
                one.block.cursor
            );
            fault(
                diagnostics,
                at("cursor"),
                &message,
                "name the query parameter that takes the next cursor",
            );
            continue;
        };
        let success = |status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
        let mut answers = operation
            .responses
            .iter()
            .filter(|response| success(response.status))
            .filter_map(|answer| answer.media.as_ref());
        let Some(body) = answers
            .find(|media| media.codec == Codec::Json)
            .map(|media| &media.value)
        else {
            fault(
                diagnostics,
                one.at,
                "the operation answers no page",
                "remove the block",
            );
            continue;
        };
        let items = inside(api, body, &one.block.items).map(|value| resolved(api, value));
        let Some(Ty::List(item)) = items.map(|value| &value.ty) else {
            let message = format!("`{}` is no list in the answer", one.block.items);
            fault(
                diagnostics,
                at("items"),
                &message,
                "point from the body to the list of items",
            );
            continue;
        };
        let (from, pointer) = match &one.block.next {
            Next::LastItem(pointer) => (&**item, pointer),
            Next::Member(pointer) | Next::Link(pointer) => (body, pointer),
        };
        if inside(api, from, pointer).is_none() {
            fault(
                diagnostics,
                at("next"),
                &format!("there is no `{pointer}`"),
                "point to where the next cursor is",
            );
            continue;
        }
        let more = one.block.more.as_ref();
        let is_bool = |pointer: &String| {
            inside(api, body, pointer).is_some_and(|value| resolved(api, value).ty == Ty::Bool)
        };
        if let Some(pointer) = more.filter(|pointer| !is_bool(pointer)) {
            let message = format!("`{pointer}` is no boolean in the answer");
            fault(
                diagnostics,
                at("more"),
                &message,
                "point to the boolean that is false on the last page",
            );
            continue;
        }
        let paging = Paging {
            at: one.at,
            items: one.block.items.clone(),
            item: (**item).clone(),
            cursor,
            next: one.block.next.clone(),
            more: one.block.more.clone(),
        };
        api.operations[one.operation.0 as usize].paging = Some(paging);
    }
}

fn fault(diagnostics: &mut Diagnostics, at: NodeId, message: &str, help: &str) {
    diagnostics.report(
        Diagnostic::new(code::UNUSABLE_PAGING, Place::Node(at), message)
            .label("no pages are generated")
            .help(help),
    );
}

/// The value behind aliases.
fn resolved<'a>(api: &'a Api, value: &'a Value) -> &'a Value {
    let mut at = value;
    for _ in 0..=api.types.len() {
        match &at.ty {
            Ty::Named(id) => match &api.ty(*id).shape {
                Shape::Alias(target) => at = target,
                _ => return at,
            },
            _ => return at,
        }
    }
    at
}

/// The value that a JSON pointer leads to.
fn inside<'a>(api: &'a Api, value: &'a Value, pointer: &str) -> Option<&'a Value> {
    let mut at = resolved(api, value);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        at = match &at.ty {
            Ty::Named(id) => match &api.ty(*id).shape {
                Shape::Object(object) => {
                    &object.fields.iter().find(|field| field.wire == step)?.value
                }
                _ => return None,
            },
            Ty::Map(inner) => inner,
            _ => return None,
        };
        at = resolved(api, at);
    }
    Some(at)
}
