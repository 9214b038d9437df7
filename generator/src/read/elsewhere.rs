//! Reads what references reach outside `components`, so that every target is in the document.

use std::collections::HashSet;

use super::Reader;
use crate::document::{
    Callback, Components, Example, Header, Link, MediaType, Named, Or, Parameter, RequestBody,
    Response, SecurityScheme,
};
use crate::source::NodeId;

/// Reads the target of a reference into [`Components`].
pub(super) type Read = fn(&mut Reader<'_>, Named);

/// An object that a reference may stand for.
pub(super) trait Component: Sized {
    fn read(reader: &mut Reader<'_>, node: NodeId) -> Option<Self>;
    fn list(components: &mut Components) -> &mut Vec<(Named, Or<Self>)>;
}

macro_rules! component {
    ($($object:ident by $read:ident in $list:ident,)*) => {
        $(impl Component for $object {
            fn read(reader: &mut Reader<'_>, node: NodeId) -> Option<Self> {
                reader.$read(node)
            }

            fn list(components: &mut Components) -> &mut Vec<(Named, Or<Self>)> {
                &mut components.$list
            }
        })*

        /// The nodes of all members.
        fn nodes(components: &Components) -> HashSet<NodeId> {
            let path_items = components.path_items.iter().map(|(name, _)| name.at);
            path_items$(.chain(components.$list.iter().map(|(name, _)| name.at)))*.collect()
        }
    };
}

component! {
    Response by response in responses,
    Parameter by parameter in parameters,
    Example by example in examples,
    RequestBody by request_body in request_bodies,
    Header by header in headers,
    SecurityScheme by security_scheme in security_schemes,
    Link by link in links,
    Callback by callback in callbacks,
    MediaType by media_type in media_types,
}

pub(super) fn read<T: Component>(reader: &mut Reader<'_>, name: Named) {
    if let Some(object) = reader.or::<T>(name.at) {
        T::list(&mut reader.elsewhere).push((name, object));
    }
}

pub(super) fn read_path_item(reader: &mut Reader<'_>, name: Named) {
    if let Some(item) = reader.path_item(name.at) {
        reader.elsewhere.path_items.push((name, item));
    }
}

impl Reader<'_> {
    /// Everything reached so far, and what that reaches, unless it is among the components.
    pub(super) fn elsewhere(&mut self, components: &Components) -> Components {
        let mut known = nodes(components);
        let mut next = 0;
        while let Some((name, read)) = self.reached.get(next).cloned() {
            next += 1;
            if known.insert(name.at) {
                read(self, name);
            }
        }
        std::mem::take(&mut self.elsewhere)
    }
}
