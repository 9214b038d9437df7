//! XML text as a tree of elements, of bounded depth.

use super::super::content::malformed;
use super::super::json::Malformed;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// An element. Comments and processing instructions are gone, character data is in one piece.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The name as it stands, prefix included.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Element {
    /// Whether it stands for null.
    pub(super) fn is_nil(&self) -> bool {
        let nil = |(name, value): &(String, String)| {
            name.ends_with(":nil") && matches!(value.as_str(), "true" | "1")
        };
        self.attributes.iter().any(nil)
    }

    /// The attributes that are values: neither namespaces nor of the schema's own.
    pub(super) fn values(&self) -> impl Iterator<Item = &(String, String)> {
        let own =
            |name: &str| name == "xmlns" || name.starts_with("xmlns:") || name.starts_with("xsi:");
        self.attributes.iter().filter(move |(name, _)| !own(name))
    }
}

/// The elements of a text, in an element without a name.
pub(super) fn parse(text: &str, depth: u16) -> Result<Element, Malformed> {
    let mut reader = Reader::from_str(text);
    let fault = |reader: &Reader<&[u8]>, expected: &'static str| Malformed {
        offset: usize::try_from(reader.error_position()).unwrap_or_default(),
        ..malformed(expected)
    };
    let mut open = vec![Element::default()];
    loop {
        let event = reader
            .read_event()
            .map_err(|_| fault(&reader, "well-formed XML"))?;
        let Some(current) = open.last_mut() else {
            return Err(fault(&reader, "well-formed XML"));
        };
        match event {
            Event::Start(start) => {
                if open.len() > usize::from(depth) {
                    return Err(fault(&reader, "fewer levels"));
                }
                open.push(element(&start).ok_or_else(|| fault(&reader, "attributes"))?);
            }
            Event::Empty(start) => {
                let element = element(&start).ok_or_else(|| fault(&reader, "attributes"))?;
                current.children.push(element);
            }
            Event::End(_) => {
                let closed = open.pop().unwrap_or_default();
                match open.last_mut() {
                    Some(parent) => parent.children.push(closed),
                    None => return Err(fault(&reader, "well-formed XML")),
                }
            }
            Event::Text(text) => current.text.push_str(&text.xml10_content()),
            Event::CData(text) => current.text.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let c = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                current
                    .text
                    .push(c.ok_or_else(|| fault(&reader, "no entity but XML's own"))?);
            }
            Event::DocType(_) => return Err(fault(&reader, "no document type")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root),
        _ => Err(fault(&reader, "the end of an element")),
    }
}

fn element(start: &BytesStart<'_>) -> Option<Element> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .ok()?;
        let name = attribute.key.as_ref();
        attributes.push((name.to_owned(), value.into_owned()));
    }
    Some(Element {
        name: start.name().as_ref().to_owned(),
        attributes,
        ..Element::default()
    })
}
