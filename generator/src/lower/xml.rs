//! XML Objects: what values are called in XML, where a document has any.

use super::Lowering;
use super::schema::Home;
use crate::document::{Schema, SchemaId};
use crate::ir::{Origin, Shape, Ty, Type, Value, Xml};
use crate::source::{Tree, Value as Node};

/// Nodes that references may lead through.
const STEPS: usize = 16;

/// Whether a media type of the document is XML.
pub(super) fn is_used(tree: &Tree) -> bool {
    let is_xml = |text: &str| {
        let essence = text.split(';').next().unwrap_or_default().trim();
        essence.ends_with("/xml") || essence.ends_with("+xml")
    };
    let mut work = vec![tree.root()];
    let mut seen = std::collections::BTreeSet::new();
    while let Some(node) = work.pop() {
        match tree.value(node) {
            Node::Map(entries) if seen.insert(node) => {
                for entry in entries {
                    if is_xml(&entry.key) {
                        return true;
                    }
                    work.push(entry.value);
                }
            }
            Node::List(items) if seen.insert(node) => work.extend(items.iter().copied()),
            // `contentType: application/xml`, and Swagger 2.0's `produces`.
            _ if tree.str(node).is_some_and(is_xml) => return true,
            _ => {}
        }
    }
    false
}

impl Lowering<'_> {
    /// What a schema says about its XML, references followed.
    pub(super) fn xml_of(&self, id: SchemaId) -> Option<Box<Xml>> {
        if !self.has_xml {
            return None;
        }
        let mut id = id;
        for _ in 0..STEPS {
            let schema = self.document.schema(id);
            if let Some(xml) = xml(schema) {
                return Some(Box::new(xml));
            }
            if !self.is_only_reference(id) {
                return None;
            }
            id = self.referenced(id)?;
        }
        None
    }

    /// The element of an object: by its own word, else by the key of the component.
    pub(super) fn element(&self, schema: &Schema, home: &Home) -> Option<Xml> {
        if !self.has_xml {
            return None;
        }
        let own = xml(schema);
        let key = match home {
            Home::Type(id) => match &self.api.ty(*id).origin {
                Origin::Component(key) => Some(key.clone()),
                _ => None,
            },
            _ => None,
        };
        let mut element = own.or_else(|| key.is_some().then(Xml::default))?;
        element.name = element.name.or(key);
        element.node = None;
        element.name.is_some().then_some(element)
    }

    /// A list under a name of its own is written by what is said about its items: it stands as a list wherever it is used.
    pub(super) fn lists_of_xml(&mut self) {
        if !self.has_xml {
            return;
        }
        let lists: Vec<Option<Value>> = self.api.types.iter().map(list).collect();
        for ty in &mut self.api.types {
            let Shape::Object(object) = &mut ty.shape else {
                continue;
            };
            for field in &mut object.fields {
                let Ty::Named(id) = field.value.ty else {
                    continue;
                };
                if let Some(list) = &lists[id.0 as usize] {
                    field.value.ty = list.ty.clone();
                    field.value.nullable |= list.nullable;
                }
            }
        }
    }

    /// The value of a whole body of XML: a list under its own name, everything under the name of its element.
    pub(super) fn root(&mut self, mut value: Value) -> Value {
        self.drain();
        for _ in 0..STEPS {
            let Ty::Named(id) = value.ty else {
                break;
            };
            let ty = self.api.ty(id);
            let Shape::Alias(target) = &ty.shape else {
                break;
            };
            let mut target = target.clone();
            target.nullable |= value.nullable;
            let key = match &ty.origin {
                Origin::Component(key) => Some(key.clone()),
                _ => None,
            };
            let mut xml = value
                .rules
                .xml
                .take()
                .or(target.rules.xml.take())
                .unwrap_or_default();
            xml.name = xml.name.or(key);
            target.rules.xml = Some(xml);
            value = target;
        }
        let named = match value.ty {
            Ty::Named(id) => match &self.api.ty(id).shape {
                Shape::Object(object) => object.xml.is_some(),
                _ => false,
            },
            _ => false,
        };
        let xml = value.rules.xml.get_or_insert_default();
        if xml.name.is_none() && !named {
            xml.name = Some("root".to_owned());
        }
        value
    }
}

fn list(ty: &Type) -> Option<Value> {
    match &ty.shape {
        Shape::Alias(value) if matches!(value.ty, Ty::List(_)) => Some(value.clone()),
        _ => None,
    }
}

fn xml(schema: &Schema) -> Option<Xml> {
    let said = schema.xml.as_ref()?;
    let node = match said.node_type.as_deref() {
        Some("element") => Some("element"),
        Some("attribute") => Some("attribute"),
        Some("text") => Some("text"),
        Some("cdata") => Some("cdata"),
        Some("none") => Some("none"),
        _ if said.wrapped => Some("element"),
        _ => None,
    };
    let is_list = schema.items.is_some();
    Some(Xml {
        name: said.name.clone(),
        namespace: said.namespace.clone(),
        prefix: said.prefix.clone(),
        // What is usual is not said.
        node: node.filter(|node| match *node {
            "element" => is_list,
            "none" => !is_list,
            _ => true,
        }),
    })
}
