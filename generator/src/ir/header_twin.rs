//! Answers whose header fields are the same: each but the first of a group points at it, and its struct is an alias.

use super::twin::Signature;
use super::{Api, OperationId, Parameter, Response, Status, TypeId};
use std::collections::BTreeMap;

/// A row of an operation's responses.
pub(crate) type Row = (OperationId, usize);

/// Fills in [`Response::headers_of`].
pub(super) fn twins(api: &mut Api) {
    let same: Vec<TypeId> = (0..api.types.len() as u32).map(TypeId).collect();
    let same: Vec<TypeId> = same
        .into_iter()
        .map(|id| api.ty(id).same_as.unwrap_or(id))
        .collect();
    let mut found = Vec::new();
    for group in &api.groups {
        let mut classes: BTreeMap<Vec<u8>, Vec<Row>> = BTreeMap::new();
        for id in &group.operations {
            for (position, row) in api.operation(*id).responses.iter().enumerate() {
                if !row.headers.is_empty() {
                    let class = classes.entry(signature(row, &same)).or_default();
                    class.push((*id, position));
                }
            }
        }
        for rows in classes.values() {
            // By what each is called, never by the order of the document.
            let first = rows.iter().min_by_key(|row| rank(api, **row)).copied();
            let others = rows.iter().filter(|row| Some(**row) != first);
            found.extend(others.map(|row| (*row, first)));
        }
    }
    for ((id, position), first) in found {
        api.operations[id.0 as usize].responses[position].headers_of = first;
    }
}

fn rank(api: &Api, (id, position): Row) -> (String, Status, usize) {
    let operation = api.operation(id);
    let name = operation
        .id
        .clone()
        .unwrap_or_else(|| [operation.method.as_str(), &operation.route.text].join(" "));
    (name, operation.responses[position].status, position)
}

fn signature(row: &Response, same: &[TypeId]) -> Vec<u8> {
    let mut signature = Signature {
        bytes: Vec::new(),
        same,
    };
    for header in &row.headers {
        let Parameter {
            at: _,
            wire,
            pinned,
            location: _,
            style,
            explode,
            allow_reserved,
            allow_empty,
            content,
            encoding,
            docs,
            value,
            required,
            default,
        } = header;
        signature.text(wire);
        signature.maybe(pinned.as_ref(), |to, name| to.text(name));
        signature.number(*style as u64);
        signature.maybe(content.as_ref(), |to, content| to.text(content));
        signature.text(&format!("{encoding:?}"));
        signature.docs(docs);
        signature.value(value);
        signature.maybe(default.as_ref(), Signature::json);
        for flag in [explode, allow_reserved, allow_empty, required] {
            signature.flag(*flag);
        }
    }
    signature.bytes
}
