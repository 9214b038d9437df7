//! XML text from a view.

use super::super::content::{held, unwritable};
use super::super::json::{DEPTH, Unknown, Unwritable};
use super::super::shape::{Held, List, Map, Object, View};
use super::super::style::text;
use super::super::table::{Field, Mark, Xml, XmlNode};
use super::{INSTANCE, inner, is_blank, xml};

type Done = Result<(), Box<Unwritable>>;

/// Appends a value; `marks` is what is said about the whole.
///
/// # Errors
///
/// The first value that has no XML: a character that XML does not have, a name that is none, or too many levels.
pub fn write(
    view: View<'_>,
    marks: &'static [Mark],
    unknown: Unknown,
    out: &mut String,
) -> Result<(), Unwritable> {
    let mut writer = Writer {
        out,
        unknown,
        depth: DEPTH,
        scope: Vec::new(),
    };
    writer.root(view, marks).map_err(|error| *error)
}

struct Writer<'a> {
    out: &'a mut String,
    unknown: Unknown,
    /// How many more elements may be opened.
    depth: u16,
    /// The prefixes that are declared, with their namespaces; the default namespace has an empty one.
    scope: Vec<(&'static str, &'static str)>,
}

#[cold]
fn fault(reason: &'static str) -> Box<Unwritable> {
    Box::new(unwritable(reason))
}

/// A list with nothing around it leaves no trace where it is empty.
fn list_of(view: View<'_>) -> Option<&dyn List> {
    match held(view) {
        Some(View::List(list)) => Some(list),
        _ => None,
    }
}

/// Whether what has no type is read as it was, but that scalars are texts: nothing else tells a list from one value, nor an object
/// from a text.
fn is_told(value: &serde_json::Value, levels: u16) -> bool {
    let Some(levels) = levels.checked_sub(1) else {
        return true;
    };
    match value {
        serde_json::Value::Array(items) => {
            let is_told = |item: &serde_json::Value| !item.is_array() && is_told(item, levels);
            items.len() > 1 && items.iter().all(is_told)
        }
        serde_json::Value::Object(members) => {
            !members.is_empty() && members.values().all(|member| is_told(member, levels))
        }
        _ => true,
    }
}

impl Writer<'_> {
    fn root(&mut self, view: View<'_>, marks: &'static [Mark]) -> Done {
        let said = xml(marks);
        let Some(value) = held(view) else {
            return match said.name {
                Some(name) => self.nil(said, name),
                None => Err(fault("it is null, and has no name")),
            };
        };
        match (value, said.name) {
            (View::Object(object), None) => {
                let own = xml(object.table().marks);
                match own.name {
                    Some(name) => self.element(own, name, value, marks),
                    None => self.members(object),
                }
            }
            (View::Map(map), None) => self.entries(map, inner(marks)),
            (View::List(_) | View::Json(_), None) => Err(fault("it has no name")),
            (value, name) => self.element(said, name.unwrap_or("value"), value, marks),
        }
    }

    /// One element.
    fn element(&mut self, said: Xml, name: &str, view: View<'_>, marks: &'static [Mark]) -> Done {
        let Some(value) = held(view) else {
            return self.nil(said, name);
        };
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(fault("too many levels"));
        };
        if let View::Json(json) = value
            && (json.is_array() || !is_told(json, depth))
        {
            return Err(fault("it has no type, and would be read as another value"));
        }
        self.depth = depth;
        let (scope, start) = (self.scope.len(), self.out.len());
        self.out.push('<');
        let name_at = self.out.len();
        self.name(said, name)?;
        let tag = self.out[name_at..].to_owned();
        self.declare(said);
        if let View::Object(object) = value {
            self.attributes(object)?;
        }
        self.out.push('>');
        let content = self.out.len();
        self.content(said, name, value, marks)?;
        if self.out.len() == content {
            self.out.truncate(content - 1);
            self.out.push_str("/>");
        } else {
            self.out.push_str("</");
            self.out.push_str(&tag);
            self.out.push('>');
        }
        debug_assert!(self.out.len() > start);
        self.scope.truncate(scope);
        self.depth += 1;
        Ok(())
    }

    fn content(&mut self, said: Xml, name: &str, value: View<'_>, marks: &'static [Mark]) -> Done {
        match value {
            View::Object(object) => self.members(object),
            View::Map(map) => self.entries(map, inner(marks)),
            View::List(list) => self.items(list, xml(inner(marks)), name, inner(marks)),
            View::Json(serde_json::Value::Object(members)) => members
                .iter()
                .try_for_each(|(key, value)| self.json(key, value)),
            value => {
                let text = self.scalar(value)?;
                match said.node {
                    Some(XmlNode::Cdata) => self.cdata(&text),
                    _ => self.text(&text),
                }
            }
        }
    }

    fn items(&mut self, list: &dyn List, said: Xml, name: &str, marks: &'static [Mark]) -> Done {
        let name = said.name.unwrap_or(name);
        for (index, item) in (0..list.len()).filter_map(|at| Some((at, list.get(at)?))) {
            self.element(said, name, item, marks)
                .map_err(|error| error.within(&index.to_string()))?;
        }
        Ok(())
    }

    /// A member of what has no type.
    fn json(&mut self, name: &str, value: &serde_json::Value) -> Done {
        self.repeated(Xml::NEW, name, View::Json(value), &[])
            .map_err(|error| error.within(name))
    }

    /// An element, or one for each item of a list that has no type.
    fn repeated(&mut self, said: Xml, name: &str, view: View<'_>, marks: &'static [Mark]) -> Done {
        match held(view) {
            Some(View::Json(serde_json::Value::Array(items))) if items.len() > 1 => items
                .iter()
                .try_for_each(|item| self.element(said, name, View::Json(item), marks)),
            _ => self.element(said, name, view, marks),
        }
    }

    fn attributes(&mut self, object: &dyn Object) -> Done {
        for (position, field) in object.table().fields.iter().enumerate() {
            let said = xml(field.marks);
            if said.node != Some(XmlNode::Attribute) {
                continue;
            }
            let Some(value) = held(object.view(position)) else {
                continue;
            };
            self.attribute(said, field.name, value)
                .map_err(|error| error.within(field.name))?;
        }
        Ok(())
    }

    fn attribute(&mut self, said: Xml, name: &str, value: View<'_>) -> Done {
        let text = self.scalar(value)?;
        self.declare(said);
        self.out.push(' ');
        self.name(said, said.name.unwrap_or(name))?;
        self.out.push_str("=\"");
        self.escaped(&text, true)?;
        self.out.push('"');
        Ok(())
    }

    fn members(&mut self, object: &dyn Object) -> Done {
        let table = object.table();
        for (position, field) in table.fields.iter().enumerate() {
            self.member(field, object.view(position))
                .map_err(|error| error.within(field.name))?;
        }
        match object.extra() {
            Some(extra) => self.entries(extra, inner(table.marks)),
            None => Ok(()),
        }
    }

    fn member(&mut self, field: &Field, view: View<'_>) -> Done {
        let said = xml(field.marks);
        let name = said.name.unwrap_or(field.name);
        if let View::Optional(place) = view
            && matches!(place.held(), Held::Nothing)
            && !(field.required && field.nullable)
        {
            return Ok(());
        }
        match (said.node, held(view)) {
            (Some(XmlNode::Attribute), _) => Ok(()),
            (Some(XmlNode::Text | XmlNode::Cdata), None) => Ok(()),
            (Some(XmlNode::Text | XmlNode::Cdata), Some(value)) => {
                let text = self.scalar(value)?;
                if is_blank(&text) && !field.required {
                    return Err(fault("a text of white space would be none"));
                }
                match said.node {
                    Some(XmlNode::Cdata) => self.cdata(&text),
                    _ => self.text(&text),
                }
            }
            (Some(XmlNode::None), Some(View::Object(object))) => self.members(object),
            (_, Some(View::List(list))) if !said.is_wrapped() => {
                if list.is_empty() && field.default().is_some() {
                    return Err(fault("it is empty, and would become the default"));
                }
                let marks = inner(field.marks);
                self.items(list, xml(marks), field.name, marks)
            }
            _ => self.repeated(said, name, view, field.marks),
        }
    }

    fn entries(&mut self, map: &dyn Map, marks: &'static [Mark]) -> Done {
        let mut done = Ok(());
        map.visit(&mut |key, view| {
            let said = xml(marks);
            done = match list_of(view) {
                Some(list) if !said.is_wrapped() => {
                    let marks = inner(marks);
                    self.items(list, xml(marks), key, marks)
                }
                _ => self.repeated(said, key, view, marks),
            };
            if let Err(error) = std::mem::replace(&mut done, Ok(())) {
                done = Err(error.within(key));
            }
            done.is_ok()
        });
        done
    }

    /// Null.
    fn nil(&mut self, said: Xml, name: &str) -> Done {
        self.out.push('<');
        self.name(said, name)?;
        let scope = self.scope.len();
        self.declare(said);
        self.scope.truncate(scope);
        self.out.push_str(" xmlns:xsi=\"");
        self.out.push_str(INSTANCE);
        self.out.push_str("\" xsi:nil=\"true\"/>");
        Ok(())
    }

    /// Declares the namespace of a value, unless that has been done.
    fn declare(&mut self, said: Xml) {
        let Some(namespace) = said.namespace else {
            return;
        };
        let prefix = said.prefix.unwrap_or_default();
        let known = self.scope.iter().rev().find(|(known, _)| *known == prefix);
        if known.is_some_and(|(_, known)| *known == namespace) {
            return;
        }
        self.out.push_str(" xmlns");
        if !prefix.is_empty() {
            self.out.push(':');
            self.out.push_str(prefix);
        }
        self.out.push_str("=\"");
        // The document's own text: a character that XML does not have ends it.
        let _ = self.escaped(namespace, true);
        self.out.push('"');
        self.scope.push((prefix, namespace));
    }

    fn name(&mut self, said: Xml, name: &str) -> Done {
        let mut characters = name.chars();
        let first = |c: char| c.is_alphabetic() || c == '_';
        let rest = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if !characters.next().is_some_and(first) || !characters.all(rest) {
            return Err(fault("its name is none in XML"));
        }
        if let Some(prefix) = said.prefix {
            self.out.push_str(prefix);
            self.out.push(':');
        }
        self.out.push_str(name);
        Ok(())
    }

    fn scalar(&self, value: View<'_>) -> Result<String, Box<Unwritable>> {
        let unknown = match value {
            View::Text(text) => text.is_unknown(),
            View::Integer(integer) => integer.is_unknown(),
            _ => false,
        };
        if unknown && self.unknown == Unknown::Reject {
            return Err(fault("a value that the document does not list"));
        }
        Ok(text(value).map_err(fault)?.unwrap_or_default())
    }

    fn text(&mut self, text: &str) -> Done {
        self.escaped(text, false)
    }

    fn cdata(&mut self, text: &str) -> Done {
        // Line ends are normalised there, and nothing can be escaped.
        if text.contains('\r') || text.chars().any(is_no_character) {
            return Err(fault("it has a character that its section cannot carry"));
        }
        if text.is_empty() {
            return Ok(());
        }
        self.out.push_str("<![CDATA[");
        self.out.push_str(&text.replace("]]>", "]]]]><![CDATA[>"));
        self.out.push_str("]]>");
        Ok(())
    }

    fn escaped(&mut self, text: &str, attribute: bool) -> Done {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' if attribute => self.out.push_str("&quot;"),
                '\n' if attribute => self.out.push_str("&#10;"),
                '\t' if attribute => self.out.push_str("&#9;"),
                '\r' => self.out.push_str("&#13;"),
                c if is_no_character(c) => {
                    return Err(fault("it has a character that XML does not have"));
                }
                c => self.out.push(c),
            }
        }
        Ok(())
    }
}

/// What XML 1.0 does not have (section 2.2).
fn is_no_character(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}
