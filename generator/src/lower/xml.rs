//! XML Objects: what values are called in XML, where a document has any.

use super::Lowering;
use super::schema::Home;
use crate::document::{Schema, SchemaId};
use crate::ir::{
    Codec, Encoding, Media, Operation, Origin, Shape, Ty, Type, TypeId, Value, Xml, analysis,
};
use crate::source::Tree;

/// Nodes that references may lead through.
const STEPS: usize = 16;

/// Whether a media type of the document may be XML: any text that looks like one.
pub(super) fn is_used(tree: &Tree) -> bool {
    tree.every_text().any(is_xml)
}

fn is_xml(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/xml") || essence.ends_with("+xml")
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

    /// Leaves XML Objects where a body of XML leads: nobody asks for them elsewhere.
    pub(super) fn xml_where_used(&mut self) {
        if !self.has_xml {
            return;
        }
        let media = self.api.operations.iter().flat_map(Operation::media);
        let parameters = self.api.operations.iter().flat_map(Operation::fields);
        let values = media
            .filter(|media| has_xml(media))
            .map(|media| &media.value);
        let values = values.chain(
            parameters
                .filter(|parameter| {
                    parameter.content.as_deref().is_some_and(is_xml)
                        || encodes_xml(&parameter.encoding)
                })
                .map(|parameter| &parameter.value),
        );
        let used = analysis::reached(&self.api, analysis::named(values));
        let lists: Vec<Option<Value>> = self.api.types.iter().map(list).collect();
        for (position, ty) in self.api.types.iter_mut().enumerate() {
            if !used.contains(&TypeId(position as u32)) {
                ty.shape.each_value_mut(&mut without_xml);
                if let Shape::Object(object) = &mut ty.shape {
                    object.xml = None;
                }
            } else if let Shape::Object(object) = &mut ty.shape {
                object
                    .fields
                    .iter_mut()
                    .for_each(|field| in_place(&mut field.value, &lists));
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

/// Whether a body, or a part of it, is XML.
fn has_xml(media: &Media) -> bool {
    media.codec == Codec::Xml || encodes_xml(&media.encoding)
}

/// Whether a member or a part is XML.
fn encodes_xml(encodings: &[Encoding]) -> bool {
    let mut encodings: Vec<&Encoding> = encodings.iter().collect();
    while let Some(encoding) = encodings.pop() {
        let types = encoding.content_type.as_deref().unwrap_or_default();
        if types.split(',').any(is_xml) {
            return true;
        }
        encodings.extend(&encoding.inside);
    }
    false
}

fn without_xml(value: &mut Value) {
    value.rules.xml = None;
    match &mut value.ty {
        Ty::List(inner) | Ty::Map(inner) => without_xml(inner),
        Ty::Tuple(places) => places.items.iter_mut().for_each(without_xml),
        Ty::Part(part) => part.iter_mut().for_each(without_xml),
        _ => {}
    }
}

/// A list under a name of its own is written by what is said about its items: it stands as a list wherever it is used.
fn in_place(value: &mut Value, lists: &[Option<Value>]) {
    let Ty::Named(id) = value.ty else {
        return;
    };
    if let Some(list) = &lists[id.0 as usize] {
        value.ty = list.ty.clone();
        value.nullable |= list.nullable;
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
