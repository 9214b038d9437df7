//! Which keywords mean anything to a schema whose `$schema` names a metaschema of its own (JSON Schema 2020-12, core, section
//! 8.1.2): one that leaves a vocabulary out turns the words of that vocabulary into notes.

use std::collections::HashMap;

use super::Reader;
use crate::diagnostic::{Diagnostic, Place, code};
use crate::document::Schema;
use crate::source::{NodeId, Value};

/// The vocabulary of `type`, `enum`, `required`, bounds, lengths and counts.
const VALIDATION: &str = "https://json-schema.org/draft/2020-12/vocab/validation";

/// What has been found out. Only ever looked into.
#[derive(Debug)]
pub(super) struct Dialects {
    /// Whether there is any dialect of somebody's own.
    own: bool,
    /// By resource: whether its metaschema has the vocabulary of validation.
    validate: HashMap<NodeId, bool>,
}

impl Dialects {
    pub(super) fn new(own: bool) -> Self {
        Self {
            own,
            validate: HashMap::new(),
        }
    }
}

impl Reader<'_> {
    /// Leaves out what the schema's dialect has no words for.
    pub(super) fn in_dialect(&mut self, schema: &mut Schema) {
        if !self.dialects.own || self.validates(schema.at) {
            return;
        }
        let silent = Schema::new(schema.at);
        schema.types = silent.types;
        schema.nullable = silent.nullable;
        (schema.values, schema.constant) = (None, None);
        schema.required = silent.required;
        schema.dependent_required = silent.dependent_required;
        (schema.min_properties, schema.max_properties) = (None, None);
        (schema.min_items, schema.max_items) = (None, None);
        (schema.min_contains, schema.max_contains) = (None, None);
        schema.unique_items = false;
        (schema.minimum, schema.exclusive_minimum) = (None, None);
        (schema.maximum, schema.exclusive_maximum) = (None, None);
        schema.multiple_of = None;
        (schema.min_length, schema.max_length) = (None, None);
        schema.pattern = None;
    }

    fn validates(&mut self, node: NodeId) -> bool {
        let resource = self.tree.resource(node);
        if let Some(known) = self.dialects.validate.get(&resource) {
            return *known;
        }
        let vocabulary = self
            .tree
            .metaschema(node)
            .and_then(|metaschema| self.tree.get(metaschema, "$vocabulary"))
            .filter(|vocabulary| matches!(self.tree.value(*vocabulary), Value::Map(_)));
        let validates =
            vocabulary.is_none_or(|vocabulary| self.tree.get(vocabulary, VALIDATION).is_some());
        if let Some(at) = self.tree.get(resource, "$schema").filter(|_| !validates) {
            let message = "this metaschema leaves the vocabulary of validation out";
            self.diagnostics.report(
                Diagnostic::new(code::NO_EFFECT, Place::Node(at), message)
                    .label("`type`, `enum`, `required`, bounds, lengths and counts are notes here"),
            );
        }
        self.dialects.validate.insert(resource, validates);
        validates
    }
}
