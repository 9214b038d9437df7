//! Several media types of a success → the parameter by which a caller says which it wants, and its enum.
//!
//! OpenAPI gives no effect to a header parameter `Accept`: the media types of the answers say what it may be.

use super::{Lowering, docs};
use crate::document::{Location, Style};
use crate::ir::{
    ACCEPT, Docs, Enum, EnumKind, EnumVariant, OperationId, Origin, Parameter, Response, Shape,
    Status, Step, Ty, Type, TypeId, Usage, Value,
};
use crate::source::NodeId;

/// The media types that a caller chooses from: those of the answers that mean success, where one of these has several.
pub(super) fn choice(responses: &[Response]) -> Vec<String> {
    let is_success = |status: Status| matches!(status, Status::Exact(200..=299) | Status::Range(2));
    let any = responses.iter().any(|row| is_success(row.status));
    let wanted = |row: &&Response| match any {
        true => is_success(row.status),
        false => row.status == Status::Default,
    };
    let mut names: Vec<String> = Vec::new();
    let mut chosen = false;
    for row in responses.iter().filter(wanted) {
        let same = responses.iter().filter(|other| other.status == row.status);
        let media = same.filter_map(|row| row.media.as_ref());
        chosen |= media.map(|media| media.media_types.len()).sum::<usize>() > 1;
        for name in row.media.iter().flat_map(|media| &media.media_types) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    if chosen && names.len() > 1 {
        names
    } else {
        Vec::new()
    }
}

/// The parameter; the type of its items is made when all others are.
pub(super) fn parameter(at: NodeId) -> Parameter {
    Parameter {
        at,
        wire: ACCEPT.to_owned(),
        pinned: None,
        location: Location::Header,
        style: Style::Simple,
        explode: false,
        allow_reserved: false,
        allow_empty: false,
        content: None,
        encoding: Vec::new(),
        docs: docs::described(Some(
            "The media types that are wanted, the most wanted first; all alike where none is named.",
        )),
        value: Value::plain(Ty::List(Box::new(Value::plain(Ty::String)))),
        required: false,
        default: None,
    }
}

impl Lowering<'_> {
    /// Gives the choices their enums. They have no schema: nothing may ask for one afterwards.
    pub(super) fn representations(&mut self) {
        for position in 0..self.api.operations.len() {
            let operation = &self.api.operations[position];
            let is_ours = |parameter| operation.is_ours(parameter);
            let Some(own) = operation.parameters.iter().position(is_ours) else {
                continue;
            };
            let variant = |name: String| EnumVariant {
                value: name.into(),
                pinned: None,
                docs: Docs::default(),
            };
            let names = choice(&operation.responses).into_iter();
            self.api.types.push(Type {
                at: operation.at,
                origin: Origin::Of(
                    OperationId(position as u32),
                    Step::Parameter(ACCEPT.to_owned()),
                ),
                pinned: None,
                docs: docs::described(Some("A media type of the answer.")),
                shape: Shape::Enum(Enum {
                    kind: EnumKind::String,
                    variants: names.map(variant).collect(),
                    open: false,
                    any: false,
                }),
                checks: Vec::new(),
                usage: Usage::default(),
                nullable: false,
                owner: crate::ir::Owner::default(),
                streams: false,
                same_as: None,
            });
            let item = Value::plain(Ty::Named(TypeId(self.api.types.len() as u32 - 1)));
            let parameter = &mut self.api.operations[position].parameters[own];
            parameter.value = Value::plain(Ty::List(Box::new(item)));
        }
    }
}
