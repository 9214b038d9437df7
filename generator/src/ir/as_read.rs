//! Objects of which serde, too, is to write what it has read, where the configuration keeps all of it.

use super::{Api, Object, Shape, Ty, TypeId, Union};
use std::collections::BTreeSet;

/// Marks those of which an absent member may mean something: one with a default, and the tag of a union that need not be there.
pub(super) fn as_read(api: &mut Api) {
    if !api.keeps {
        return;
    }
    let unions = api.types.iter().filter_map(|ty| match &ty.shape {
        Shape::Union(union) => Some(union),
        _ => None,
    });
    let loose: BTreeSet<TypeId> = unions.flat_map(|union| loose(api, union)).collect();
    for (position, ty) in api.types.iter_mut().enumerate() {
        if let Shape::Object(object) = &mut ty.shape {
            let is_loose = loose.contains(&TypeId(position as u32));
            object.as_read = is_loose || object.fields.iter().any(|field| field.default.is_some());
        }
    }
}

/// The variants of a union whose own member for its tag is optional.
fn loose<'a>(api: &'a Api, union: &'a Union) -> impl Iterator<Item = TypeId> + 'a {
    let of_variant = move |tag: &'a String| {
        let variants = union.variants.iter();
        variants.filter_map(move |variant| {
            let (id, object) = object(api, &variant.value.ty)?;
            let mut fields = object.fields.iter();
            fields
                .any(|field| field.wire == *tag && !field.required)
                .then_some(id)
        })
    };
    union.tag.iter().flat_map(of_variant)
}

/// The object that a type is, the aliases followed.
fn object<'a>(api: &'a Api, ty: &Ty) -> Option<(TypeId, &'a Object)> {
    let mut ty = ty;
    // A circle of aliases is broken by now; the bound keeps this loop finite even so.
    for _ in 0..=api.types.len() {
        let Ty::Named(id) = ty else {
            return None;
        };
        match &api.ty(*id).shape {
            Shape::Object(object) => return Some((*id, object)),
            Shape::Alias(value) => ty = &value.ty,
            _ => return None,
        }
    }
    None
}
