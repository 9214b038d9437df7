//! Which variant of a union texts under names are: the one whose tag is there, else those that are to be tried.

use super::json::Unknown;
use super::shape::{Slot, Union};
use super::style;
use super::table::{Accepts, Field, Mark};

/// What texts under names can be.
pub(crate) enum Choice {
    /// The first of these that reads.
    Variants(Vec<usize>),
    /// What the document does not describe, kept as it is under this position.
    Unknown(usize),
    /// Nothing: no variant has such a tag.
    Nothing,
}

/// The variants that texts under names can be, in the order in which they are tried; `tag` gives the text under a name. As in JSON, a
/// tag that is there decides, and one that is missing is found out.
pub(crate) fn choose(
    union: &mut dyn Union,
    unknown: Unknown,
    tag: impl FnOnce(&str) -> Option<String>,
) -> Choice {
    let table = union.table();
    let order = style::order(union);
    let Some(tag) = table.tag.and_then(tag) else {
        return Choice::Variants(order);
    };
    let accepts = |position: &usize| table.variants[*position].accepts.iter();
    let own = |position: &usize| accepts(position).any(|accepts| accepts.is_tag_of(&tag));
    let untagged = |position: &usize| !accepts(position).any(Accepts::is_tag);
    for those in [&own as &dyn Fn(&usize) -> bool, &untagged] {
        let found: Vec<usize> = order.iter().copied().filter(those).collect();
        if !found.is_empty() {
            return Choice::Variants(found);
        }
    }
    match table.open && unknown == Unknown::Keep {
        true => Choice::Unknown(table.variants.len()),
        false => Choice::Nothing,
    }
}

/// Puts those objects before other ones that leave out the fewest of the members that there are: as in JSON, the best fit is meant.
pub(crate) fn best_first(union: &mut dyn Union, variants: &mut [usize], names: &[&str]) {
    let fits: Vec<Option<usize>> = variants
        .iter()
        .map(|position| left_out(union.select(*position), names))
        .collect();
    let objects = fits.iter().zip(&*variants);
    let objects = objects.filter_map(|(fit, position)| Some(((*fit)?, *position)));
    let mut objects: Vec<(usize, usize)> = objects.collect();
    objects.sort_by_key(|(fit, _)| *fit);
    let mut objects = objects.into_iter();
    for (_, place) in fits.iter().zip(variants).filter(|(fit, _)| fit.is_some()) {
        if let Some((_, position)) = objects.next() {
            *place = position;
        }
    }
}

/// How many of the members an object has no room for; `None` of anything else.
fn left_out(slot: Slot<'_>, names: &[&str]) -> Option<usize> {
    let Slot::Object(object) = slot else {
        return None;
    };
    if object.extra_slot().is_some() {
        return Some(0);
    }
    let fields = object.table().fields;
    let is_known = |name: &&&str| fields.iter().any(|field| is_called(field, name));
    Some(names.len() - names.iter().filter(is_known).count())
}

/// Whether a field has a name, in XML or elsewhere.
fn is_called(field: &Field, name: &str) -> bool {
    let in_xml = |mark: &Mark| matches!(mark, Mark::Xml(xml) if xml.name == Some(name));
    field.name == name || field.marks.iter().any(in_xml)
}

impl Accepts {
    /// Whether a text is this tag.
    fn is_tag_of(&self, text: &str) -> bool {
        match *self {
            Self::Tag(tag) => tag == text,
            Self::TagInteger(tag) => text.parse() == Ok(tag),
            Self::TagBool(tag) => text.parse() == Ok(tag),
            _ => false,
        }
    }
}
