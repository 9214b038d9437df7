//! Reads schemas, of every version, from a queue: neither depth nor width costs stack.
//!
//! What 3.0 says in its own way is raised here: `nullable`, boolean `exclusiveMinimum`, `example`, `xml.attribute`.

use super::{Reader, named};
use crate::document::{Discriminator, Named, Schema, SchemaId, SchemaType, Version, Xml};
use crate::source::{NodeId, Value};

fn schema_id(index: usize) -> SchemaId {
    // A schema takes some bytes of source, and `source` bounds those.
    SchemaId(u32::try_from(index).unwrap_or(u32::MAX))
}

fn schema_type(word: &str) -> Option<SchemaType> {
    Some(match word.to_ascii_lowercase().as_str() {
        "null" => SchemaType::Null,
        "boolean" => SchemaType::Boolean,
        "integer" => SchemaType::Integer,
        "number" => SchemaType::Number,
        "string" | "file" => SchemaType::String,
        "array" => SchemaType::Array,
        "object" => SchemaType::Object,
        _ => return None,
    })
}

impl Reader<'_> {
    /// The schema at a node, to be read when its turn comes.
    pub(super) fn schema(&mut self, node: NodeId) -> SchemaId {
        let scope = self.entered(node);
        let known = match scope {
            0 => self.schema_of.get(node.0 as usize).copied().flatten(),
            scope => self.scopes.schemas.get(&(node, scope)).copied(),
        };
        if let Some(id) = known {
            return id;
        }
        // One schema in many scopes is many schemas.
        let scope = match scope > 0 && self.budget.afford(node, 1, self.diagnostics) {
            true => scope,
            false => 0,
        };
        let id = schema_id(self.queue.len());
        self.queue.push(node);
        if scope > 0 {
            self.scopes.of.insert(id, scope);
            self.scopes.schemas.insert((node, scope), id);
        } else if let Some(known) = self.schema_of.get_mut(node.0 as usize) {
            *known = Some(id);
        }
        id
    }

    /// A schema that the document does not write as one.
    pub(super) fn made_schema(&mut self, schema: Schema) -> SchemaId {
        let id = schema_id(self.queue.len());
        self.queue.push(schema.at);
        self.made.insert(id, schema);
        id
    }

    pub(super) fn schema_at(&mut self, node: NodeId, key: &str) -> Option<SchemaId> {
        let child = self.tree.get(node, key)?;
        // A key without a value says nothing, as if it were not there.
        (!matches!(self.tree.value(child), Value::Null)).then(|| self.schema(child))
    }

    pub(super) fn schema_map(&mut self, node: NodeId, key: &str) -> Vec<(Named, SchemaId)> {
        self.members(node, key)
            .iter()
            .map(|entry| (named(entry), self.schema(entry.value)))
            .collect()
    }

    fn schema_list(&mut self, node: NodeId, key: &str) -> Vec<SchemaId> {
        self.items(node, key)
            .into_iter()
            .map(|item| self.schema(item))
            .collect()
    }

    /// Reads what has been queued, and what that queues, to the end.
    pub(super) fn into_schemas(mut self) -> Vec<Schema> {
        let mut schemas = Vec::new();
        while let Some(&at) = self.queue.get(schemas.len()) {
            let id = schema_id(schemas.len());
            schemas.push(match self.made.remove(&id) {
                Some(made) => made,
                None => {
                    self.scopes.here = self.scopes.of.get(&id).copied().unwrap_or_default();
                    self.read_schema(at)
                }
            });
        }
        schemas
    }

    fn read_schema(&mut self, node: NodeId) -> Schema {
        let mut schema = Schema::new(node);
        if let Value::Bool(flag) = self.tree.value(node) {
            schema.boolean = Some(flag);
            return schema;
        }
        if let Value::String(name) = self.tree.value(node) {
            schema.types.extend(schema_type(name));
            return schema;
        }
        self.describe(&mut schema);
        schema.reference = self.named_string(node, "$ref");
        let target = schema.reference.as_ref().and_then(|to| self.target(to.at));
        schema.target = target.map(|target| self.schema(target));
        // Before 3.1 nothing else counts beside `$ref`.
        if schema.reference.is_some() && self.version < Version::V3_1 {
            return schema;
        }
        self.identify(&mut schema);
        self.type_and_values(&mut schema);
        self.object_keywords(&mut schema);
        self.array_keywords(&mut schema);
        self.number_keywords(&mut schema);
        self.string_keywords(&mut schema);
        self.combine(&mut schema);
        self.in_dialect(&mut schema);
        self.annotate(&mut schema);
        schema
    }

    fn describe(&self, schema: &mut Schema) {
        schema.title = self.string(schema.at, "title");
        schema.description = self.string(schema.at, "description");
        schema.extensions = self.extensions(schema.at);
    }

    fn identify(&mut self, schema: &mut Schema) {
        let node = schema.at;
        schema.id = self.string(node, "$id");
        schema.anchor = self.string(node, "$anchor");
        schema.dynamic_anchor = self.string(node, "$dynamicAnchor");
        self.dynamic_reference(schema);
        schema.definitions = self.schema_map(node, "$defs");
    }

    /// A reference like any other, once it is known where it leads.
    fn dynamic_reference(&mut self, schema: &mut Schema) {
        let Some(reference) = self.named_string(schema.at, "$dynamicRef") else {
            return;
        };
        let target = self.dynamic_target(&reference);
        let target = target.map(|target| self.schema(target));
        if schema.reference.is_none() {
            (schema.reference, schema.target) = (Some(reference), target);
            return;
        }
        let mut beside = Schema::new(reference.at);
        (beside.reference, beside.target) = (Some(reference), target);
        let beside = self.made_schema(beside);
        schema.all_of.push(beside);
    }

    fn type_and_values(&mut self, schema: &mut Schema) {
        let node = schema.at;
        for word in self.strings(node, "type") {
            let Some(kind) = schema_type(&word) else {
                continue;
            };
            if !schema.types.contains(&kind) {
                schema.types.push(kind);
            }
        }
        // 2.0 has no word for it, and documents agree on this one.
        let key = if self.version == Version::V2_0 {
            "x-nullable"
        } else {
            "nullable"
        };
        if self.flag(node, key) == Some(true) {
            if schema.types.is_empty() {
                schema.nullable = true;
            } else if !schema.types.contains(&SchemaType::Null) {
                schema.types.push(SchemaType::Null);
            }
        }
        schema.format = self.named_string(node, "format");
        if let Some(at) = self
            .tree
            .get(node, "type")
            .filter(|_| self.word(node, "type").as_deref() == Some("file"))
        {
            schema.format = Some(Named {
                name: "binary".to_owned(),
                at,
            });
        }
        schema.values =
            self.tree
                .get(node, "enum")
                .and_then(|values| match self.tree.value(values) {
                    Value::List(values) => Some(values.to_vec()),
                    _ => None,
                });
        schema.constant = self.tree.get(node, "const");
    }

    fn object_keywords(&mut self, schema: &mut Schema) {
        let node = schema.at;
        schema.properties = self.schema_map(node, "properties");
        schema.required = self.named_strings(node, "required");
        schema.additional_properties = self.schema_at(node, "additionalProperties");
        schema.pattern_properties = self.schema_map(node, "patternProperties");
        schema.property_names = self.schema_at(node, "propertyNames");
        schema.unevaluated_properties = self.schema_at(node, "unevaluatedProperties");
        schema.min_properties = self.count(node, "minProperties");
        schema.max_properties = self.count(node, "maxProperties");
        if let Some(map) = self.tree.get(node, "dependentRequired") {
            let entries = self.entries(map).iter();
            schema.dependent_required = entries
                .map(|entry| (named(entry), self.strings(map, &entry.key)))
                .collect();
        }
        schema.dependent_schemas = self.schema_map(node, "dependentSchemas");
    }

    fn array_keywords(&mut self, schema: &mut Schema) {
        let node = schema.at;
        schema.prefix_items = self.schema_list(node, "prefixItems");
        // Drafts before 2020-12 write a tuple as a list under `items`.
        match self
            .tree
            .get(node, "items")
            .map(|items| self.tree.value(items))
        {
            Some(Value::List(_)) => schema.prefix_items = self.schema_list(node, "items"),
            _ => schema.items = self.schema_at(node, "items"),
        }
        schema.contains = self.schema_at(node, "contains");
        schema.min_contains = self.count(node, "minContains");
        schema.max_contains = self.count(node, "maxContains");
        schema.unevaluated_items = self.schema_at(node, "unevaluatedItems");
        schema.min_items = self.count(node, "minItems");
        schema.max_items = self.count(node, "maxItems");
        schema.unique_items = self.flag(node, "uniqueItems").unwrap_or(false);
    }

    fn number_keywords(&mut self, schema: &mut Schema) {
        let node = schema.at;
        (schema.minimum, schema.exclusive_minimum) =
            self.bound(node, "minimum", "exclusiveMinimum");
        (schema.maximum, schema.exclusive_maximum) =
            self.bound(node, "maximum", "exclusiveMaximum");
        schema.multiple_of = self.number(node, "multipleOf");
    }

    /// A bound and its exclusive form; a boolean turns the first into the second.
    fn bound(&self, node: NodeId, key: &str, exclusive: &str) -> (Option<String>, Option<String>) {
        let bound = self.number(node, key);
        match self.flag(node, exclusive) {
            Some(true) => (None, bound),
            Some(false) => (bound, None),
            None => (bound, self.number(node, exclusive)),
        }
    }

    fn string_keywords(&mut self, schema: &mut Schema) {
        let node = schema.at;
        schema.min_length = self.count(node, "minLength");
        schema.max_length = self.count(node, "maxLength");
        schema.pattern = self.named_string(node, "pattern");
        schema.content_encoding = self.string(node, "contentEncoding");
        schema.content_media_type = self.string(node, "contentMediaType");
        schema.content_schema = self.schema_at(node, "contentSchema");
    }

    fn combine(&mut self, schema: &mut Schema) {
        let node = schema.at;
        // There may be a `$dynamicRef` beside `$ref` already.
        let all_of = self.schema_list(node, "allOf");
        schema.all_of.extend(all_of);
        schema.any_of = self.schema_list(node, "anyOf");
        schema.one_of = self.schema_list(node, "oneOf");
        schema.not = self.schema_at(node, "not");
        schema.if_schema = self.schema_at(node, "if");
        schema.then_schema = self.schema_at(node, "then");
        schema.else_schema = self.schema_at(node, "else");
    }

    fn annotate(&mut self, schema: &mut Schema) {
        let node = schema.at;
        schema.discriminator = self.discriminator(node).map(Box::new);
        schema.xml = self.xml(node).map(Box::new);
        schema.default = self.tree.get(node, "default");
        schema.examples.extend(self.tree.get(node, "example"));
        schema.examples.extend(self.items(node, "examples"));
        schema.deprecated = self.flag(node, "deprecated").unwrap_or(false);
        schema.read_only = self.flag(node, "readOnly").unwrap_or(false);
        schema.write_only = self.flag(node, "writeOnly").unwrap_or(false);
        schema.external_docs = self.external_docs(node);
    }

    fn discriminator(&mut self, node: NodeId) -> Option<Discriminator> {
        let at = self.tree.get(node, "discriminator")?;
        // 2.0 names the property and nothing else.
        let property = self.string(at, "propertyName").or_else(|| self.text(at))?;
        let mapping = self.members(at, "mapping").iter();
        let mapping: Vec<(Named, String)> = mapping
            .filter_map(|entry| Some((named(entry), self.text(entry.value)?)))
            .collect();
        let targets = mapping.iter();
        let targets = targets.map(|(tag, to)| self.mapped(tag.at, to)).collect();
        let default = self.named_string(at, "defaultMapping");
        Some(Discriminator {
            at,
            property,
            mapping,
            targets,
            default_target: default.as_ref().and_then(|to| self.mapped(to.at, &to.name)),
            default_mapping: default.map(|to| to.name),
        })
    }

    /// The schema that a value of `mapping` names: a component's name, or else a reference.
    fn mapped(&mut self, at: NodeId, to: &str) -> Option<SchemaId> {
        let components = self.tree.get(self.tree.root(), "components");
        let schemas = components.and_then(|components| self.tree.get(components, "schemas"));
        let named = schemas.and_then(|schemas| self.tree.get(schemas, to));
        let target = named.or_else(|| self.tree.resolve(at, to).ok())?;
        Some(self.schema(target))
    }

    fn xml(&self, node: NodeId) -> Option<Xml> {
        let at = self.tree.get(node, "xml")?;
        let attribute =
            || (self.flag(at, "attribute") == Some(true)).then(|| "attribute".to_owned());
        Some(Xml {
            at,
            name: self.string(at, "name"),
            namespace: self.string(at, "namespace"),
            prefix: self.string(at, "prefix"),
            node_type: self.string(at, "nodeType").or_else(attribute),
            wrapped: self.flag(at, "wrapped").unwrap_or(false),
        })
    }
}
