//! XML text into a slot.

use super::super::content::{Named, first_variant, malformed};
use super::super::json::{Malformed, ReadOptions};
use super::super::shape::{Expected, List, Map, Object, Slot, Union};
use super::super::style::{absent, scalar};
use super::super::table::{Field, Mark, Xml, XmlNode};
use super::tree::{Element, local, parse};
use super::{inner, is_blank, xml};
use std::collections::BTreeMap;

type Read = Result<(), Box<Malformed>>;

/// Reads a value into a place; `marks` is what is said about the whole.
///
/// # Errors
///
/// The first place where the text is no XML, or not what the place demands.
pub fn read(
    bytes: &[u8],
    marks: &'static [Mark],
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let document = parse(text, options.depth)?;
    let reader = Reader { options };
    reader.root(slot, &document, marks).map_err(|error| *error)
}

struct Reader<'a> {
    options: &'a ReadOptions,
}

fn fault(expected: &'static str) -> Box<Malformed> {
    Box::new(malformed(expected))
}

/// The one child of a document.
fn only(document: &Element) -> Result<&Element, Box<Malformed>> {
    match document.children.as_slice() {
        [root] if is_blank(&document.text) => Ok(root),
        _ => Err(fault("one element")),
    }
}

/// The name that an element has by what is said about it.
fn matches(element: &str, xml: &Xml, name: &str) -> bool {
    let name = xml.name.unwrap_or(name);
    match (xml.prefix, element.split_once(':')) {
        // A prefix is only a name for a namespace: the other side may have chosen another one.
        (_, Some((_, local))) => local == name,
        (_, None) => element == name,
    }
}

impl Reader<'_> {
    /// The whole: an element if it has a name, else a fragment.
    fn root(&self, slot: Slot<'_>, document: &Element, marks: &'static [Mark]) -> Read {
        match slot {
            Slot::Optional(optional) => match only(document) {
                Ok(root) if root.is_nil() => {
                    optional.set_null();
                    Ok(())
                }
                _ => self.root(optional.fill(), document, marks),
            },
            Slot::Union(union) => self.named_root(union, document, marks),
            slot => {
                let named = match &slot {
                    Slot::Object(object) => xml(marks).name.or(xml(object.table().marks).name),
                    Slot::List(_) | Slot::Map(_) => xml(marks).name,
                    _ => Some(xml(marks).name.unwrap_or_default()),
                };
                match named {
                    Some(name) => {
                        let root = only(document)?;
                        let other = !name.is_empty() && local(&root.name) != name;
                        if other && self.options.closed {
                            return Err(fault("the documented root element"));
                        }
                        self.element(slot, root, marks)
                    }
                    None => self.element(slot, document, marks),
                }
            }
        }
    }

    /// The whole of a union: the variant whose element it is, else as any other.
    fn named_root(
        &self,
        union: &mut dyn Union,
        document: &Element,
        marks: &'static [Mark],
    ) -> Read {
        let root = only(document).ok();
        if let Some(root) = root.filter(|_| xml(marks).name.is_none()) {
            let own = |slot: Slot<'_>| match slot {
                Slot::Object(object) => xml(object.table().marks).name == Some(local(&root.name)),
                _ => false,
            };
            let mut variants = 0..union.table().variants.len();
            let mut named = variants.by_ref().filter(|at| own(union.select(*at)));
            if let (Some(only), None) = (named.next(), named.next()) {
                return self.root(union.select(only), document, marks);
            }
        }
        self.variant(union, root.or(Some(document)), &mut |slot| {
            self.root(slot, document, marks)
        })
    }

    /// The variant whose tag is an attribute or a child of the element, or the first that reads.
    fn variant(
        &self,
        union: &mut dyn Union,
        element: Option<&Element>,
        read: &mut dyn FnMut(Slot<'_>) -> Read,
    ) -> Read {
        let tag = |name: &str| {
            let element = element?;
            let mut values = element.values();
            let attribute = values.find(|(key, _)| local(key) == name);
            let child = || element.children.iter().find(|one| local(&one.name) == name);
            let text = attribute.map(|(_, value)| value);
            text.or_else(|| child().map(|child| &child.text)).cloned()
        };
        let seen = Named {
            tag: &tag,
            json: &|| element.map(json).unwrap_or_default(),
            unknown: self.options.unknown,
        };
        first_variant(union, &seen, read)
    }

    fn element(&self, slot: Slot<'_>, element: &Element, marks: &'static [Mark]) -> Read {
        match slot {
            Slot::Optional(optional) if element.is_nil() => {
                optional.set_null();
                Ok(())
            }
            Slot::Optional(optional) => self.element(optional.fill(), element, marks),
            Slot::Union(union) => self.variant(union, Some(element), &mut |slot| {
                self.element(slot, element, marks)
            }),
            Slot::Object(object) => self.object(object, element),
            Slot::Map(map) => self.map(map, element, marks),
            Slot::List(list) => {
                let items: Vec<&Element> = element.children.iter().collect();
                self.items(list, &items, inner(marks))
            }
            Slot::Json(place) => {
                *place = json(element);
                Ok(())
            }
            Slot::Foreign(place) if !element.children.is_empty() => place
                .read(json(element))
                .map_err(|Expected(expected)| fault(expected)),
            Slot::String(place) if element.children.is_empty() => {
                element.text.clone_into(place);
                Ok(())
            }
            slot if element.children.is_empty() => self.text(slot, &element.text),
            _ => Err(fault("a text")),
        }
    }

    fn text(&self, slot: Slot<'_>, text: &str) -> Read {
        if let Slot::Optional(optional) = slot {
            return self.text(optional.fill(), text);
        }
        let exact = matches!(slot, Slot::String(_) | Slot::Json(_) | Slot::Text(_));
        let text = if exact { text } else { text.trim() };
        scalar(slot, text, self.options.unknown).map_err(|Expected(expected)| fault(expected))
    }

    fn items(&self, list: &mut dyn List, items: &[&Element], marks: &'static [Mark]) -> Read {
        list.clear();
        for (index, item) in items.iter().enumerate() {
            self.element(list.push(), item, marks)
                .map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    /// Members under their own names; what occurs more than once is a list.
    fn map(&self, map: &mut dyn Map, element: &Element, marks: &'static [Mark]) -> Read {
        map.clear();
        self.others(map, element, inner(marks), &|_| false)
    }

    fn others(
        &self,
        map: &mut dyn Map,
        element: &Element,
        marks: &'static [Mark],
        known: &dyn Fn(&str) -> bool,
    ) -> Read {
        let mut grouped: BTreeMap<&str, Vec<&Element>> = BTreeMap::new();
        for child in &element.children {
            if !known(local(&child.name)) {
                grouped.entry(local(&child.name)).or_default().push(child);
            }
        }
        for (name, children) in grouped {
            self.several(map.insert(name.to_owned()), &children, marks)
                .map_err(|error| error.within(name))?;
        }
        Ok(())
    }

    /// The elements of one name.
    fn several(&self, slot: Slot<'_>, elements: &[&Element], marks: &'static [Mark]) -> Read {
        match (slot, elements) {
            (Slot::Optional(optional), [one]) if one.is_nil() => {
                optional.set_null();
                Ok(())
            }
            (Slot::Optional(optional), _) => self.several(optional.fill(), elements, marks),
            (Slot::Union(union), _) => self.variant(union, one(elements), &mut |slot| {
                self.several(slot, elements, marks)
            }),
            (Slot::List(list), [wrapper]) if xml(marks).is_wrapped() => {
                let items: Vec<&Element> = wrapper.children.iter().collect();
                self.items(list, &items, inner(marks))
            }
            (Slot::List(list), _) if !xml(marks).is_wrapped() => {
                self.items(list, elements, inner(marks))
            }
            (slot, [one]) => self.element(slot, one, marks),
            (Slot::Json(place), several) => {
                *place = several.iter().map(|element| json(element)).collect();
                Ok(())
            }
            _ => Err(fault("each element once")),
        }
    }

    fn object(&self, object: &mut dyn Object, element: &Element) -> Read {
        let table = object.table();
        for (position, field) in table.fields.iter().enumerate() {
            let present = self
                .member(field, object.slot(position), element)
                .map_err(|error| error.within(field.name))?;
            if !present {
                absent(object, position, self.options)
                    .map_err(|Expected(expected)| fault(expected).within(field.name))?;
            }
        }
        let known = |name: &str| {
            let same = |field: &Field| {
                let items = xml(inner(field.marks));
                matches(name, &xml(field.marks), field.name) || matches(name, &items, field.name)
            };
            table.fields.iter().any(same)
        };
        if let Some(extra) = object.extra_slot() {
            extra.clear();
            return self.others(extra, element, inner(table.marks), &known);
        }
        let attributes = element.values().map(|(name, _)| local(name));
        let children = element.children.iter().map(|child| local(&child.name));
        let mut names = attributes.chain(children);
        let other = names.find(|name| !known(name) && table.refuses(name));
        match other.filter(|_| self.options.closed) {
            Some(name) => Err(fault("no other member").within(name)),
            None => Ok(()),
        }
    }

    /// A member; whether it is there.
    fn member(
        &self,
        field: &Field,
        slot: Slot<'_>,
        element: &Element,
    ) -> Result<bool, Box<Malformed>> {
        let said = xml(field.marks);
        let mut slot = slot;
        let list = is_list(&mut slot);
        match said.node {
            Some(XmlNode::Attribute) => {
                let mut values = element.values();
                let value = values.find(|(name, _)| matches(name, &said, field.name));
                return match value {
                    Some((_, value)) => self.text(slot, value).map(|()| true),
                    None => Ok(false),
                };
            }
            Some(XmlNode::Text | XmlNode::Cdata) => {
                let blank = element.text.is_empty()
                    || !element.children.is_empty() && is_blank(&element.text);
                if blank && !field.required {
                    return Ok(false);
                }
                return self.text(slot, &element.text).map(|()| true);
            }
            // Its members stand among those of its parent.
            Some(XmlNode::None) if !list => {
                return self.element(slot, element, field.marks).map(|()| true);
            }
            _ => {}
        }
        let items = xml(inner(field.marks));
        let unwrapped = list && !said.is_wrapped();
        let own: Vec<&Element> = element
            .children
            .iter()
            .filter(|child| {
                let said = if unwrapped { &items } else { &said };
                matches(&child.name, said, field.name)
            })
            .collect();
        if own.is_empty() {
            return Ok(false);
        }
        self.several(slot, &own, field.marks).map(|()| true)
    }
}

/// The one of several elements, where there is no more.
fn one<'a>(elements: &[&'a Element]) -> Option<&'a Element> {
    match elements {
        [one] => Some(one),
        _ => None,
    }
}

/// Whether a place holds a list.
fn is_list(slot: &mut Slot<'_>) -> bool {
    match slot {
        Slot::Optional(optional) => is_list(&mut optional.fill()),
        slot => matches!(slot, Slot::List(_)),
    }
}

/// Every text as a string: without a schema nothing says more.
fn json(element: &Element) -> serde_json::Value {
    if element.is_nil() {
        return serde_json::Value::Null;
    }
    let mut members: BTreeMap<String, Vec<serde_json::Value>> = BTreeMap::new();
    for (name, value) in element.values() {
        let member = members.entry(local(name).to_owned()).or_default();
        member.push(value.as_str().into());
    }
    for child in &element.children {
        let member = members.entry(local(&child.name).to_owned()).or_default();
        member.push(json(child));
    }
    if members.is_empty() {
        return element.text.as_str().into();
    }
    let member = |(name, mut values): (String, Vec<serde_json::Value>)| match values.len() {
        1 => (name, values.remove(0)),
        _ => (name, values.into()),
    };
    serde_json::Value::Object(members.into_iter().map(member).collect())
}
