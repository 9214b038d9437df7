//! `required` where older versions of JSON Schema had it: a flag in each member, or a list among the members.

use super::super::shape;
use super::{Meant, Reading, kept, meant};
use crate::source::{New, NodeId, Value};

/// The schema that a list is added to, and the names that it lists.
type Required = Option<(NodeId, Vec<String>)>;

impl Reading<'_> {
    fn has_member(&self, schema: NodeId, name: &str) -> bool {
        let members = self.tree.get(schema, "properties");
        members.is_some_and(|members| self.tree.get(members, name).is_some())
    }

    /// What a `required` means that is no list beside members: the value to be made anew, and what the object requires by it.
    pub(in super::super) fn required(&self, node: NodeId) -> Option<(NodeId, Meant, Required)> {
        let owner = self.tree.parent(node)?;
        let above = self.tree.parent(owner);
        let flag = match self.tree.value(node) {
            Value::Bool(flag) => Some(flag),
            Value::String(word) if !self.has_member(owner, word) => shape::flag(word),
            _ => None,
        };
        // Among the members: what is required is listed there.
        if self.tree.key(owner) == Some("properties") {
            let items = self.tree.items(node).iter();
            let names: Option<Vec<String>> = items
                .map(|item| self.tree.str(*item).map(str::to_owned))
                .collect();
            let names = names.filter(|names| !names.is_empty())?;
            let new = New::Map(kept(self.tree, owner, &["required"]));
            let meant = meant(new, "it is read as if it stood beside `properties`")?;
            return Some((owner, meant, Some((above?, names))));
        }
        let flag = flag?;
        let above = above?;
        let without = New::Map(kept(self.tree, owner, &["required"]));
        let own = self.tree.key(owner)?;
        if self.tree.key(above) == Some("properties") {
            let names = (self.tree.parent(above)?, vec![own.to_owned()]);
            let help = "it is read as the name of the member in that list";
            return Some((owner, meant(without, help)?, flag.then_some(names)));
        }
        // The schema of a parameter: the parameter is required.
        if own == "schema" && self.tree.get(above, "in").is_some() {
            let mut all = kept(self.tree, above, &["schema", "required"]);
            let schema = kept(self.tree, owner, &["required"]);
            let flag = self
                .tree
                .get(above, "required")
                .map_or(New::Flag(flag), New::Node);
            all.push((self.key("required", node), flag));
            all.push((self.key("schema", owner), New::MapAt(owner, schema)));
            let meant = meant(New::Map(all), "it is read as that of the parameter")?;
            return Some((above, meant, None));
        }
        None
    }
}
