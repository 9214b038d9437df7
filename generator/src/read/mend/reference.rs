//! References that lead nowhere as they are written, and to one place only as they are meant.

use super::super::grammar::Object;
use super::Reading;
use crate::source::NodeId;

/// Where components of each kind stand, since 3.0 and before.
const HOMES: &[(Object, &str, &str)] = &[
    (Object::Schema, "schemas", "definitions"),
    (Object::Parameter, "parameters", "parameters"),
    (Object::Response, "responses", "responses"),
    (Object::RequestBody, "requestBodies", ""),
    (Object::Header, "headers", ""),
    (Object::Example, "examples", ""),
    (Object::Link, "links", ""),
    (Object::Callback, "callbacks", ""),
    (Object::PathItem, "pathItems", ""),
    (Object::MediaType, "mediaTypes", ""),
    (
        Object::SecurityScheme,
        "securitySchemes",
        "securityDefinitions",
    ),
];

impl Reading<'_> {
    /// The reference that is meant by one that leads nowhere.
    pub(in super::super) fn reference(
        &self,
        object: Object,
        to: &str,
        from: NodeId,
    ) -> Option<String> {
        let text = to.trim();
        // `#/` names the member whose key is empty; the whole file is meant.
        if let Some(file) = text.strip_suffix("#/")
            && !file.is_empty()
            && self.is_there(file, from)
        {
            return Some(file.to_owned());
        }
        let is_file = text.split('#').next().is_some_and(|path| {
            path.contains("://")
                || path.starts_with("..")
                || path.ends_with(".yaml")
                || path.ends_with(".yml")
                || path.ends_with(".json")
        });
        if text.is_empty() || is_file {
            return None;
        }
        let leads = |to: &String| *to != *text || text != to.as_str();
        let plain = text
            .trim_start_matches(['#', '/', '.'])
            .trim_end_matches('/');
        let candidates = [
            text.to_owned(),
            format!("#/{plain}"),
            format!("#/{}", plain.replace('%', "%25")),
        ];
        let direct = candidates
            .into_iter()
            .filter(leads)
            .find(|to| self.is_there(to, from));
        direct.or_else(|| self.component(object, named(plain)?, from))
    }

    fn is_there(&self, to: &str, from: NodeId) -> bool {
        self.tree
            .resolve(from, to)
            .is_ok_and(|target| self.tree.get(target, "$ref") != Some(from))
    }

    /// The reference to the component of a kind by its name, if there is one; if only the case differs, to that one.
    pub(super) fn component(&self, object: Object, name: &str, from: NodeId) -> Option<String> {
        let (_, new, old) = HOMES.iter().find(|(kind, ..)| *kind == object)?;
        let homes = [format!("#/components/{new}"), format!("#/{old}")];
        homes
            .into_iter()
            .filter(|home| home != "#/")
            .find_map(|home| {
                let node = self.tree.resolve(from, &home).ok()?;
                let entries = self.tree.entries(node);
                let decoded = name.replace("~1", "/").replace("~0", "~");
                let own = self.tree.entry(node, &decoded);
                let alike = || {
                    let mut alike = entries
                        .iter()
                        .filter(|entry| entry.key.eq_ignore_ascii_case(&decoded));
                    alike.next().filter(|_| alike.next().is_none())
                };
                let key = own.or_else(alike)?.key.replace('~', "~0");
                let key = key.replace('/', "~1").replace('%', "%25");
                let to = format!("{home}/{key}");
                self.is_there(&to, from).then_some(to)
            })
    }
}

/// The name of the component in a reference to one: what stands after the word for its kind, or all of it.
fn named(plain: &str) -> Option<&str> {
    let Some((first, rest)) = plain.split_once('/') else {
        return Some(plain);
    };
    if first == "components" {
        return rest.split_once('/').map(|(_, name)| name);
    }
    let old = [
        "definitions",
        "definition",
        "parameters",
        "responses",
        "schemas",
        "schema",
        "models",
    ];
    old.contains(&first).then_some(rest)
}
