//! `allOf`: one schema that says what all its members say.

use super::Lowering;
use crate::document::{Schema, SchemaId, SchemaType};

/// How many schemas one merge may visit, references followed.
const MOST: usize = 2_000;

impl Lowering<'_> {
    /// A schema with what its `allOf` members, and what its `$ref` beside other keywords, add to it.
    pub(super) fn merged(&mut self, id: SchemaId) -> Schema {
        let document = self.document;
        let own = document.schema(id);
        let mut merged = own.clone();
        merged.all_of = Vec::new();
        merged.properties = Vec::new();
        let mut visited = vec![id];
        // Depth first, in the document's order: what members say comes before what stands beside them.
        let mut work: Vec<SchemaId> = self.members(id).into_iter().rev().collect();
        let mut parts: Vec<SchemaId> = Vec::new();
        while let Some(part) = work.pop() {
            if visited.contains(&part) || visited.len() >= MOST {
                continue;
            }
            visited.push(part);
            parts.push(part);
            work.extend(self.members(part).into_iter().rev());
        }
        for part in parts {
            absorb(&mut merged, document.schema(part));
        }
        for (name, property) in &own.properties {
            match merged
                .properties
                .iter_mut()
                .find(|(known, _)| known.name == name.name)
            {
                Some(known) => *known = (name.clone(), *property),
                None => merged.properties.push((name.clone(), *property)),
            }
        }
        merged
    }

    fn members(&mut self, id: SchemaId) -> Vec<SchemaId> {
        let document = self.document;
        let referenced = self.referenced(id);
        referenced
            .into_iter()
            .chain(document.schema(id).all_of.iter().copied())
            .collect()
    }
}

fn absorb(merged: &mut Schema, part: &Schema) {
    for (name, property) in &part.properties {
        match merged
            .properties
            .iter_mut()
            .find(|(known, _)| known.name == name.name)
        {
            // The later one is usually the narrower one.
            Some(known) => *known = (name.clone(), *property),
            None => merged.properties.push((name.clone(), *property)),
        }
    }
    for name in &part.required {
        if !merged.required.iter().any(|known| known.name == name.name) {
            merged.required.push(name.clone());
        }
    }
    merged.types = match (merged.types.is_empty(), part.types.is_empty()) {
        (true, _) => part.types.clone(),
        (false, true) => std::mem::take(&mut merged.types),
        (false, false) => both(&merged.types, &part.types),
    };
    macro_rules! first {
        ($($field:ident)*) => {
            $(if merged.$field.is_none() { merged.$field = part.$field.clone(); })*
        };
    }
    first!(format values constant additional_properties property_names items min_length max_length pattern minimum
        exclusive_minimum maximum exclusive_maximum multiple_of min_items max_items min_properties max_properties
        content_encoding content_media_type default title description external_docs discriminator);
    if merged.one_of.is_empty() {
        merged.one_of.clone_from(&part.one_of);
    }
    if merged.any_of.is_empty() {
        merged.any_of.clone_from(&part.any_of);
    }
    if merged.pattern_properties.is_empty() {
        merged
            .pattern_properties
            .clone_from(&part.pattern_properties);
    }
    merged.unique_items |= part.unique_items;
    merged.read_only |= part.read_only;
    merged.write_only |= part.write_only;
}

/// The types that both sides allow; an integer is a number.
fn both(a: &[SchemaType], b: &[SchemaType]) -> Vec<SchemaType> {
    let narrower = |x: SchemaType, others: &[SchemaType]| {
        if others.contains(&x) || x == SchemaType::Integer && others.contains(&SchemaType::Number) {
            Some(x)
        } else if x == SchemaType::Number && others.contains(&SchemaType::Integer) {
            Some(SchemaType::Integer)
        } else {
            None
        }
    };
    let found: Vec<SchemaType> = a.iter().filter_map(|x| narrower(*x, b)).collect();
    // Nothing fits both: the document contradicts itself, and its own words are the better guess.
    if found.is_empty() { a.to_vec() } else { found }
}
