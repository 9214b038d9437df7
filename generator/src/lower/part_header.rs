//! Parts of multipart bodies whose headers have documented fields: what such a part holds stands beside a struct of the fields.

use super::{Lowering, docs};
use crate::ir::{
    Codec, Encoding, Extra, Field, HeaderText, Object, Operation, OperationId, Origin, Owner,
    Parameter, Rules, Shape, Status, Step, Ty, Type, TypeId, Usage, Value,
};
use crate::source::NodeId;

/// The name of the encoding of every further part by position.
const ITEM: &str = "*";

/// What is said where a header field has no part to stand in.
const NO_PART: &str = "no part of this name or position has a header of its own: `Body::with_header` gives it to a part that is a body";

impl Lowering<'_> {
    /// Wraps what stands in the parts of bodies that are lists or streams, by position.
    pub(super) fn headers_of_positions(&mut self) {
        for position in 0..self.api.operations.len() {
            let id = OperationId(position as u32);
            let count = self.api.operations[position].media().count();
            for index in 0..count {
                let Some(media) = self.api.operations[position].media().nth(index) else {
                    continue;
                };
                if !matches!(media.codec, Codec::Multipart | Codec::Parts)
                    || !has_headers(&media.encoding)
                    || matches!(media.value.ty, Ty::Named(_))
                {
                    continue;
                }
                let (mut value, encodings) = (media.value.clone(), media.encoding.clone());
                let status = status_of(&self.api.operations[position], index);
                let origin = |name: &str| {
                    let step = match status {
                        Some(status) => Step::Header(status, format!("{name} headers")),
                        None => Step::Property(format!("body {name} headers")),
                    };
                    Origin::Of(id, step)
                };
                self.positions(&mut value, &encodings, &origin);
                if let Some(media) = self.api.operations[position].media_mut().nth(index) {
                    media.value = value;
                }
            }
        }
    }

    fn positions(
        &mut self,
        value: &mut Value,
        encodings: &[Encoding],
        origin: &dyn Fn(&str) -> Origin,
    ) {
        let prefix: Vec<&Encoding> = encodings.iter().filter(|one| one.name.is_empty()).collect();
        let item = encodings.iter().find(|one| one.name == ITEM);
        match &mut value.ty {
            Ty::List(inner) | Ty::Stream(inner) => {
                for encoding in &prefix {
                    self.unplaced(&encoding.headers);
                }
                if let Some(item) = item {
                    self.headed(inner, &item.headers, origin("part"));
                }
            }
            Ty::Tuple(places) => {
                for (position, place) in places.items.iter_mut().enumerate() {
                    let Some(encoding) = prefix.get(position).copied().or(item) else {
                        continue;
                    };
                    let name = format!("part {}", position + 1);
                    if !encoding.inside.is_empty() {
                        let inside = |inner: &str| origin(&format!("{name} {inner}"));
                        self.positions(place, &encoding.inside, &inside);
                    }
                    self.headed(place, &encoding.headers, origin(&name));
                }
            }
            _ => encodings
                .iter()
                .for_each(|encoding| self.unplaced(&encoding.headers)),
        }
        let named = encodings
            .iter()
            .filter(|one| !one.name.is_empty() && one.name != ITEM);
        named.for_each(|encoding| self.unplaced(&encoding.headers));
    }

    /// Says which fields are not generated.
    pub(super) fn unplaced(&mut self, headers: &[Parameter]) {
        for header in headers {
            self.ignore(header.at, NO_PART);
        }
    }

    /// Puts the fields of its header beside what a part holds.
    pub(super) fn headed(&mut self, value: &mut Value, headers: &[Parameter], origin: Origin) {
        if headers.is_empty() {
            return;
        }
        let ty = self.header_type(headers, origin);
        let inside = Value {
            nullable: false,
            ..value.clone()
        };
        value.ty = Ty::Part(Box::new([
            Value {
                rules: Rules::default(),
                ..inside
            },
            Value::plain(Ty::Named(ty)),
        ]));
    }

    /// The struct of the fields. It has no schema: nothing may ask for one afterwards.
    fn header_type(&mut self, headers: &[Parameter], origin: Origin) -> TypeId {
        let at = headers.first().map_or(NodeId(0), |header| header.at);
        let fields = headers.iter().map(field).collect();
        self.api.types.push(Type {
            at,
            origin,
            pinned: None,
            docs: docs::described(Some("The fields of a part's header.")),
            shape: Shape::Object(Object {
                fields,
                extra: Extra::Ignored,
                min_properties: None,
                max_properties: None,
                checks: Vec::new(),
                not_sent: Vec::new(),
                as_read: false,
                xml: None,
                is_header: true,
            }),
            checks: Vec::new(),
            usage: Usage::default(),
            nullable: false,
            owner: Owner::default(),
            streams: false,
            same_as: None,
        });
        TypeId(self.api.types.len() as u32 - 1)
    }
}

/// The status of the answer that a body is of, in the order of [`Operation::media`]; `None` of the request.
fn status_of(operation: &Operation, index: usize) -> Option<Status> {
    let bodies = operation.body.as_ref().map_or(0, |body| body.media.len());
    let mut answers = operation
        .responses
        .iter()
        .filter(|answer| answer.media.is_some());
    let answer = answers.nth(index.checked_sub(bodies)?);
    answer.map(|answer| answer.status)
}

/// Whether any part has documented header fields.
pub(super) fn has_headers(encodings: &[Encoding]) -> bool {
    let mut work: Vec<&Encoding> = encodings.iter().collect();
    while let Some(encoding) = work.pop() {
        if !encoding.headers.is_empty() {
            return true;
        }
        work.extend(&encoding.inside);
    }
    false
}

/// A field of a header as the field of a struct.
fn field(header: &Parameter) -> Field {
    let mut value = header.value.clone();
    if header.explode || header.content.is_some() {
        value.rules.field = Some(Box::new(HeaderText {
            explode: header.explode,
            content: header.content.clone(),
        }));
    }
    Field {
        at: header.at,
        wire: header.wire.clone(),
        pinned: header.pinned.clone(),
        docs: header.docs.clone(),
        value,
        required: header.required,
        default: header.default.clone(),
        read_only: false,
        write_only: false,
        boxed: false,
    }
}
