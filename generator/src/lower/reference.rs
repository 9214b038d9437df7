//! Follows `$ref`s to components by their nodes. What leads nowhere, or to another kind of object, `read` has reported.

use super::{Lowering, beside};
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::{
    Document, Header, Link, Named, Or, Parameter, RequestBody, Response, SchemaId, SecurityScheme,
};
use crate::source::{NodeId, Tree};
use std::collections::{BTreeMap, BTreeSet};

/// The components that are not schemas, by their nodes.
pub(super) struct Components<'a> {
    pub(super) parameters: BTreeMap<NodeId, &'a Or<Parameter>>,
    pub(super) headers: BTreeMap<NodeId, &'a Or<Header>>,
    pub(super) links: BTreeMap<NodeId, &'a Or<Link>>,
    pub(super) request_bodies: BTreeMap<NodeId, &'a Or<RequestBody>>,
    pub(super) responses: BTreeMap<NodeId, &'a Or<Response>>,
    pub(super) media_types: BTreeMap<NodeId, &'a Or<crate::document::MediaType>>,
    pub(super) security_schemes: BTreeMap<NodeId, &'a Or<SecurityScheme>>,
}

impl<'a> Components<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let (own, other) = (&document.components, &document.elsewhere);
        Self {
            parameters: by_node(&own.parameters, &other.parameters),
            headers: by_node(&own.headers, &other.headers),
            links: by_node(&own.links, &other.links),
            request_bodies: by_node(&own.request_bodies, &other.request_bodies),
            responses: by_node(&own.responses, &other.responses),
            media_types: by_node(&own.media_types, &other.media_types),
            security_schemes: by_node(&own.security_schemes, &other.security_schemes),
        }
    }
}

fn by_node<'a, T>(own: &'a [(Named, T)], other: &'a [(Named, T)]) -> BTreeMap<NodeId, &'a T> {
    own.iter()
        .chain(other)
        .map(|(name, value)| (name.at, value))
        .collect()
}

impl<'a> Lowering<'a> {
    /// The object behind references, if they lead to one.
    pub(super) fn resolved<T>(
        &mut self,
        or: &'a Or<T>,
        of: impl for<'b> Fn(&'b Components<'a>) -> &'b BTreeMap<NodeId, &'a Or<T>>,
    ) -> Option<&'a T> {
        let reference = match or {
            Or::Value(value) => return Some(value),
            Or::Reference(reference) => reference,
        };
        let first = self.tree.resolve(reference.at, &reference.to).ok()?;
        let known = of(&self.components);
        let end = match self.led.get(&first) {
            Some(end) => *end,
            None => {
                let end = end(self.tree, known, first);
                self.led.insert(first, end);
                end
            }
        };
        match known.get(&end?)? {
            Or::Value(value) => Some(value),
            Or::Reference(_) => None,
        }
    }

    fn cycle_at(&mut self, at: NodeId, to: &str) {
        if !self.reported.insert((at, code::REFERENCE_CYCLE.id)) {
            return;
        }
        let message = format!("`{to}` leads back to itself without a definition on the way");
        self.diagnostics.report(
            Diagnostic::new(code::REFERENCE_CYCLE, Place::Node(at), message)
                .label("part of the cycle")
                .help("let one of the references be a definition"),
        );
    }

    /// The schema that a schema's `$ref` names.
    pub(super) fn referenced(&self, id: SchemaId) -> Option<SchemaId> {
        self.document.schema(id).target
    }

    /// Reports schemas whose references lead only to one another.
    pub(super) fn refuse_cycle(&mut self, id: SchemaId) -> bool {
        let mut way = vec![id];
        let mut on_way = BTreeSet::from([id]);
        let found = loop {
            let at = way.last().copied().unwrap_or(id);
            if let Some(known) = self.circular.get(&at) {
                break *known;
            }
            let Some(next) = self.plain_reference(at).map(|plain| plain.target) else {
                break false;
            };
            if !on_way.insert(next) {
                let first = way.iter().position(|on| *on == next).unwrap_or_default();
                for on in &way[first..] {
                    self.in_cycle(*on);
                }
                break true;
            }
            way.push(next);
        };
        self.circular.extend(way.into_iter().map(|on| (on, found)));
        found
    }

    /// Reports a schema's own part of a circle.
    fn in_cycle(&mut self, id: SchemaId) {
        let document = self.document;
        let schema = document.schema(id);
        let members = schema.all_of.iter().map(|id| document.schema(*id));
        let mut references = [schema]
            .into_iter()
            .chain(members)
            .filter_map(|schema| schema.reference.as_ref());
        if let Some(reference) = references.next() {
            self.cycle_at(reference.at, &reference.name);
        }
    }

    /// The first schema that is more than a reference, on the way from one that is not.
    pub(super) fn end_of_references(&self, id: SchemaId) -> Option<SchemaId> {
        let end = self.target(id);
        (end != id && !self.is_only_reference(end)).then_some(end)
    }

    /// Whether a schema says nothing beside its reference that changes what it accepts.
    pub(super) fn is_only_reference(&self, id: SchemaId) -> bool {
        is_only_reference(self.document, id)
    }
}

/// The component that is no reference, on the way from one. A circle, which has been reported, has none.
fn end<T>(tree: &Tree, known: &BTreeMap<NodeId, &Or<T>>, first: NodeId) -> Option<NodeId> {
    let mut at = first;
    for _ in 0..=known.len() {
        let Or::Reference(reference) = known.get(&at)? else {
            return Some(at);
        };
        at = tree.resolve(reference.at, &reference.to).ok()?;
    }
    None
}

fn is_only_reference(document: &Document, id: SchemaId) -> bool {
    let schema = document.schema(id);
    schema.reference.is_some() && beside::is_silent(schema)
}

/// For each schema the one that is more than a reference, on the way from it; in a circle, one of the circle.
pub(super) fn ends(document: &Document) -> Vec<SchemaId> {
    let mut ends: Vec<Option<SchemaId>> = vec![None; document.schemas.len()];
    let mut way: Vec<SchemaId> = Vec::new();
    for start in (0..document.schemas.len() as u32).map(SchemaId) {
        let mut at = start;
        let end = loop {
            if let Some(known) = ends[at.0 as usize] {
                break known;
            }
            // Until the end is known, who is on the way stands for it: so a circle ends.
            ends[at.0 as usize] = Some(at);
            way.push(at);
            let next = document.schema(at).target;
            match next.filter(|_| is_only_reference(document, at)) {
                Some(next) => at = next,
                None => break at,
            }
        };
        for on in way.drain(..) {
            ends[on.0 as usize] = Some(end);
        }
    }
    let ends = ends.into_iter().zip(0..);
    ends.map(|(end, own)| end.unwrap_or(SchemaId(own)))
        .collect()
}
