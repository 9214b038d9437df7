//! What a schema says beside its reference and its members, and whether the place where it stands can say it.

use crate::document::{Schema, SchemaType};

/// Whether a schema says nothing that changes what it accepts, its reference, its members and its types left aside.
fn is_open(schema: &Schema) -> bool {
    schema.boolean != Some(false)
        && schema.format.is_none()
        && schema.values.is_none()
        && schema.constant.is_none()
        && schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.additional_properties.is_none()
        && schema.pattern_properties.is_empty()
        && schema.property_names.is_none()
        && schema.unevaluated_properties.is_none()
        && schema.dependent_required.is_empty()
        && schema.dependent_schemas.is_empty()
        && schema.items.is_none()
        && schema.prefix_items.is_empty()
        && schema.contains.is_none()
        && schema.unevaluated_items.is_none()
        && schema.content_encoding.is_none()
        && schema.content_schema.is_none()
        && schema.any_of.is_empty()
        && schema.one_of.is_empty()
        && schema.not.is_none()
        && schema.if_schema.is_none()
}

/// Whether a schema has none of the constraints that a place can make.
fn is_unbounded(schema: &Schema) -> bool {
    super::scalar::rules(schema) == crate::ir::Rules::default()
}

/// Whether a schema says nothing beside its reference that changes what it accepts.
pub(super) fn is_silent(schema: &Schema) -> bool {
    is_open(schema) && is_unbounded(schema) && schema.types.is_empty() && schema.all_of.is_empty()
}

/// Whether a schema, its reference and members left aside, says only what a place can say.
pub(super) fn is_of_the_place(schema: &Schema) -> bool {
    is_open(schema)
}

/// The kinds a whole schema is about, null left aside; empty where it may be any.
pub(super) fn kinds(schema: &Schema) -> Vec<SchemaType> {
    let kinds = schema.types.iter().copied();
    let kinds: Vec<SchemaType> = kinds.filter(|kind| *kind != SchemaType::Null).collect();
    if kinds.is_empty() && !schema.properties.is_empty() {
        vec![SchemaType::Object]
    } else {
        kinds
    }
}

/// Whether the types of a schema leave all of these kinds as they are.
pub(super) fn allows(schema: &Schema, kinds: &[SchemaType]) -> bool {
    let own: Vec<SchemaType> = schema
        .types
        .iter()
        .copied()
        .filter(|kind| *kind != SchemaType::Null)
        .collect();
    let fits = |kind: &SchemaType| {
        own.contains(kind) || *kind == SchemaType::Integer && own.contains(&SchemaType::Number)
    };
    // A target that says no kind is what the place says: `type: object` beside a union of objects.
    own.is_empty() || kinds.iter().all(fits)
}
