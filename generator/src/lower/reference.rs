//! Follows `$ref`s: to schemas by their node, to other components by theirs; what leads nowhere is reported.

use super::Lowering;
use crate::diagnostic::{Diagnostic, Place, code, similar};
use crate::document::{
    Document, Named, Or, Parameter, Reference, RequestBody, Response, SchemaId, SecurityScheme,
};
use crate::source::{NodeId, ResolveError};
use std::collections::BTreeMap;

/// The components that are not schemas, by their nodes.
pub(super) struct Components<'a> {
    pub(super) parameters: BTreeMap<NodeId, &'a Or<Parameter>>,
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
        let mut at = or;
        let mut seen: Vec<NodeId> = Vec::new();
        loop {
            let reference = match at {
                Or::Value(value) => return Some(value),
                Or::Reference(reference) => reference,
            };
            let node = self.node(reference.at, &reference.to)?;
            if seen.contains(&node) {
                self.cycle(reference);
                return None;
            }
            seen.push(node);
            match of(&self.components).get(&node) {
                Some(next) => at = next,
                None => {
                    self.unresolved(
                        reference.at,
                        &reference.to,
                        "it is no object of this kind",
                        None,
                    );
                    return None;
                }
            }
        }
    }

    /// The node that a reference names.
    fn node(&mut self, at: NodeId, to: &str) -> Option<NodeId> {
        match self.tree.resolve(at, to) {
            Ok(node) => Some(node),
            // The loader has said why.
            Err(ResolveError::NotLoaded) => None,
            Err(ResolveError::Anchor(name)) => {
                self.unresolved(at, to, &format!("`{name}` is no JSON pointer"), None);
                None
            }
            Err(ResolveError::NotFound { last, step }) => {
                let keys = self.tree.entries(last).iter().map(|entry| &*entry.key);
                let near = similar(&step, keys).map(|near| {
                    let near = near.replace('~', "~0").replace('/', "~1");
                    format!("there is `{}/{near}`", self.tree.pointer(last))
                });
                self.unresolved(at, to, "nothing stands there", near);
                None
            }
        }
    }

    fn unresolved(&mut self, at: NodeId, to: &str, label: &str, help: Option<String>) {
        if !self.reported.insert((at, code::UNRESOLVED_REFERENCE.id)) {
            return;
        }
        let message = format!("`{to}` does not exist");
        let help = help.unwrap_or_else(|| "correct the reference, or add what it names".to_owned());
        self.diagnostics.report(
            Diagnostic::new(code::UNRESOLVED_REFERENCE, Place::Node(at), message)
                .label(label)
                .help(help),
        );
    }

    fn cycle(&mut self, reference: &Reference) {
        self.cycle_at(reference.at, &reference.to);
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
    pub(super) fn referenced(&mut self, id: SchemaId) -> Option<SchemaId> {
        let document = self.document;
        let reference = document.schema(id).reference.as_ref()?;
        let node = self.node(reference.at, &reference.name)?;
        let found = self.schema_at.get(&node).copied();
        if found.is_none() {
            self.unresolved(
                reference.at,
                &reference.name,
                "no schema stands there",
                None,
            );
        }
        found
    }

    /// Reports schemas whose references lead only to one another.
    pub(super) fn refuse_cycle(&mut self, id: SchemaId) -> bool {
        let mut seen = vec![id];
        let mut at = id;
        while let Some(next) = self
            .is_only_reference(at)
            .then(|| self.referenced(at))
            .flatten()
        {
            if seen.contains(&next) {
                let document = self.document;
                if let Some(reference) = &document.schema(at).reference {
                    self.cycle_at(reference.at, &reference.name);
                }
                return true;
            }
            seen.push(next);
            at = next;
        }
        false
    }

    /// Whether a schema says nothing beside its reference that changes what it accepts.
    pub(super) fn is_only_reference(&self, id: SchemaId) -> bool {
        let schema = self.document.schema(id);
        schema.reference.is_some()
            && schema.types.is_empty()
            && schema.properties.is_empty()
            && schema.all_of.is_empty()
            && schema.any_of.is_empty()
            && schema.one_of.is_empty()
            && schema.required.is_empty()
            && schema.values.is_none()
            && schema.items.is_none()
            && schema.additional_properties.is_none()
    }
}
