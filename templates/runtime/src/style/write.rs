//! Values to text: parameters as a client writes them, header fields as a server does.

use super::super::content;
use super::super::error::InvalidRequest;
use super::super::form;
use super::super::json::Unknown;
use super::super::operation::{Location, Parameter, Style};
use super::super::shape::{Held, View};
use super::scalar::{MISREAD, is_read_back, text};
use super::text::{is_utf8, percent_encoded, reserved_encoded};
use super::{LEVELS, Manner};

const NESTED: &str = "its style has no form for values inside of values";
const DELIMITER: &str = "an item holds what its style puts between items";

/// A value as the styles see it; null and what is not there are left out (RFC 6570, section 2.3).
enum Tree {
    One(String),
    List(Vec<Tree>),
    Pairs(Vec<(String, Tree)>),
}

fn tree(view: View<'_>, levels: usize) -> Result<Option<Tree>, &'static str> {
    let Some(levels) = levels.checked_sub(1) else {
        return Err("it nests deeper than its style goes");
    };
    Ok(Some(match view {
        View::Optional(optional) => match optional.held() {
            Held::Value(inner) => return tree(inner, levels + 1),
            Held::Nothing | Held::Null => return Ok(None),
        },
        View::Union(union) => {
            let tree = tree(union.active().1, levels + 1)?;
            return match &tree {
                Some(Tree::One(text)) if !is_read_back(union, text) => Err(MISREAD),
                _ => Ok(tree),
            };
        }
        View::List(list) => {
            let items = (0..list.len()).filter_map(|index| list.get(index));
            let items = items.filter_map(|item| tree(item, levels).transpose());
            Tree::List(items.collect::<Result<_, _>>()?)
        }
        View::Object(object) => {
            let mut pairs = Vec::new();
            for (position, field) in object.table().fields.iter().enumerate() {
                if let Some(member) = tree(object.view(position), levels)? {
                    pairs.push((field.name.to_owned(), member));
                }
            }
            if let Some(extra) = object.extra()
                && let Some(Tree::Pairs(more)) = tree(View::Map(extra), levels + 1)?
            {
                pairs.extend(more);
            }
            Tree::Pairs(pairs)
        }
        View::Map(map) => {
            let mut pairs = Vec::new();
            let mut fault = None;
            map.visit(&mut |key, view| match tree(view, levels) {
                Ok(member) => {
                    pairs.extend(member.map(|member| (key.to_owned(), member)));
                    true
                }
                Err(reason) => {
                    fault = Some(reason);
                    false
                }
            });
            match fault {
                Some(reason) => return Err(reason),
                None => Tree::Pairs(pairs),
            }
        }
        View::Json(serde_json::Value::Array(items)) => {
            let items = items.iter();
            let items = items.filter_map(|item| tree(View::Json(item), levels).transpose());
            Tree::List(items.collect::<Result<_, _>>()?)
        }
        View::Json(serde_json::Value::Object(members)) => {
            let mut pairs = Vec::new();
            for (key, member) in members {
                let member = tree(View::Json(member), levels)?;
                pairs.extend(member.map(|member| (key.clone(), member)));
            }
            Tree::Pairs(pairs)
        }
        view => match text(view)? {
            Some(text) => Tree::One(text),
            None => return Ok(None),
        },
    }))
}

/// How a style joins what it writes.
struct Joints {
    /// Before everything.
    prefix: &'static str,
    /// Between items, or between pairs.
    between: &'static str,
    /// Between the key and the value of a pair.
    inside: &'static str,
    /// The parameter's name stands before the value.
    named: bool,
    /// The name stands before every item again, or is not written at all where members have their own.
    spread: bool,
}

fn joints(manner: &Manner<'_>) -> Joints {
    let joints = |prefix, between, inside, named| Joints {
        prefix,
        between,
        inside,
        named,
        spread: named && manner.explode,
    };
    match (manner.style, manner.explode) {
        (Style::Matrix, false) => joints(";", ",", ",", true),
        (Style::Matrix, true) => joints(";", ";", "=", true),
        (Style::Label, false) => joints(".", ",", ",", false),
        (Style::Label, true) => joints(".", ".", "=", false),
        (Style::Simple, false) => joints("", ",", ",", false),
        (Style::Simple, true) => joints("", ",", "=", false),
        // The form of a query has no place in a cookie: its pairs are a cookie each.
        (Style::Form, true) if manner.location == Location::Cookie => joints("", "; ", "=", true),
        (Style::Form, false) => joints("", ",", ",", true),
        (Style::SpaceDelimited | Style::PipeDelimited | Style::TabDelimited, false) => {
            // Swagger 2.0 has them in paths and headers too, where the name is elsewhere.
            let between = match (manner.style, manner.location) {
                (Style::SpaceDelimited, Location::Header) => " ",
                (Style::PipeDelimited, Location::Header) => "|",
                (_, Location::Header) => "\t",
                (Style::SpaceDelimited, _) => "%20",
                (Style::PipeDelimited, _) => "%7C",
                _ => "%09",
            };
            let named = !matches!(manner.location, Location::Path | Location::Header);
            joints("", between, between, named)
        }
        // With `explode`, the delimited styles mean what most documents mean by them: a name for every item.
        (
            Style::Form
            | Style::SpaceDelimited
            | Style::PipeDelimited
            | Style::TabDelimited
            | Style::DeepObject,
            _,
        ) => joints("", "&", "=", true),
        (Style::Cookie, false) => joints("", ",", ",", true),
        (Style::Cookie, true) => joints("", "; ", "=", true),
    }
}

/// Writes a parameter: the text for its path expression, its part of the query, its header value, or its cookie pairs.
/// `None` where there is nothing to write.
///
/// # Errors
///
/// The style cannot carry the value: the other side would read another one.
pub fn write(manner: &Manner<'_>, view: View<'_>) -> Result<Option<String>, InvalidRequest> {
    written(manner, view).map_err(|reason| InvalidRequest {
        place: manner.name.to_owned(),
        reason,
    })
}

fn written(manner: &Manner<'_>, view: View<'_>) -> Result<Option<String>, &'static str> {
    if manner.content.is_some() {
        return content_of(manner, view);
    }
    let writer = Writer {
        manner,
        joints: joints(manner),
    };
    let Some(tree) = tree(view, LEVELS)? else {
        return writer.nothing();
    };
    untyped(manner, view)?;
    let body = match tree {
        Tree::List(items) if items.is_empty() => return writer.empty(),
        Tree::Pairs(pairs) if pairs.is_empty() => return writer.empty(),
        Tree::One(text) => writer.named(&writer.encoded(&text)?),
        tree if manner.style == Style::DeepObject => {
            let mut pairs = Vec::new();
            writer.deep(&percent_encoded(manner.name), &tree, &mut pairs)?;
            pairs.join("&")
        }
        Tree::List(items) => writer.list(&items)?,
        Tree::Pairs(pairs) => writer.pairs(&pairs)?,
    };
    if body.is_empty() && writer.joints.named {
        // Nothing but lists without items.
        return writer.empty();
    }
    if writer.joints.prefix.is_empty() {
        return Ok(Some(body));
    }
    Ok(Some([writer.joints.prefix, &body].concat()))
}

/// What has no type is read as its texts: nothing tells a list or an object from one text but names of their own.
fn untyped(manner: &Manner<'_>, view: View<'_>) -> Result<(), &'static str> {
    use serde_json::Value;
    let is_one = |value: &Value| !(value.is_null() || value.is_array() || value.is_object());
    let told = match content::held(view) {
        Some(View::Json(Value::Array(items))) => {
            let spread = manner.explode && manner.location == Location::Query;
            spread && items.len() > 1 && items.iter().all(is_one)
        }
        Some(View::Json(Value::Object(members))) => {
            manner.style == Style::DeepObject && members.values().all(is_one)
        }
        _ => true,
    };
    told.then_some(())
        .ok_or("it has no type, and would be read as one text")
}

struct Writer<'a> {
    manner: &'a Manner<'a>,
    joints: Joints,
}

impl Writer<'_> {
    /// Null is not written. A path has a place for it only where the style puts something before a value.
    fn nothing(&self) -> Result<Option<String>, &'static str> {
        match (self.manner.location, self.manner.style) {
            (Location::Path, Style::Matrix | Style::Label) => Ok(Some(String::new())),
            (Location::Path, _) => Err("it is null, and a path cannot hold that"),
            _ => Ok(None),
        }
    }

    /// Nor is a list without items, or an object without members.
    fn empty(&self) -> Result<Option<String>, &'static str> {
        let manner = self.manner;
        match manner.location {
            Location::Path if self.joints.prefix.is_empty() => {
                Err("it is empty, and a path cannot hold that")
            }
            Location::Path => Ok(Some(String::new())),
            Location::Query if manner.allow_empty => {
                Ok(Some(format!("{}=", percent_encoded(manner.name))))
            }
            _ if manner.has_default => Err("it is empty, and would become the default"),
            Location::Query => Ok(None),
            _ if manner.required => Err("it is empty, and would be missing"),
            _ => Ok(None),
        }
    }

    /// A text for its place, if that can hold it.
    fn encoded(&self, text: &str) -> Result<String, &'static str> {
        let manner = self.manner;
        if manner.is_verbatim() {
            let plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
            let ends = manner.location == Location::Cookie && text.contains(';');
            return if plain && !ends && text.trim() == text {
                Ok(text.to_owned())
            } else {
                Err("it has characters that its place cannot carry")
            };
        }
        if !manner.allow_reserved {
            return Ok(percent_encoded(text).into_owned());
        }
        let ends: &[char] = match manner.location {
            Location::Query => &['&', '#'],
            Location::Cookie => &[';', ','],
            _ => &[],
        };
        if !is_utf8(text) {
            return Err("what is encoded in it already is no UTF-8");
        }
        if text.contains(ends) {
            return Err(
                "it holds a reserved character that ends it: that has to be encoded already",
            );
        }
        Ok(reserved_encoded(text, manner.location == Location::Path))
    }

    /// An item or a member's value: what stands between them must not occur in it.
    fn item(&self, tree: &Tree) -> Result<String, &'static str> {
        let Tree::One(text) = tree else {
            return Err(NESTED);
        };
        let item = self.encoded(text)?;
        self.apart(&item)?;
        Ok(item)
    }

    /// What is between items must not be in one.
    fn apart(&self, item: &str) -> Result<(), &'static str> {
        let also: &[&str] = match (self.manner.style, self.joints.between) {
            (Style::SpaceDelimited, "%20") if self.joints.named => &["+"],
            (Style::PipeDelimited, "%7C") => &["%7c", "|"],
            _ => &[],
        };
        let between = match self.joints.between {
            blank @ (" " | "\t") => blank,
            between => between.trim_end(),
        };
        if item.contains(between) || also.iter().any(|also| item.contains(also)) {
            return Err(DELIMITER);
        }
        Ok(())
    }

    /// A member's name: nor must it hold what stands after it.
    fn key(&self, name: &str) -> Result<String, &'static str> {
        let taken = |other: &Parameter| {
            other.location == self.manner.location
                && other.field.name == name
                && other.field.name != self.manner.name
        };
        if self.joints.spread && self.manner.siblings.iter().any(taken) {
            return Err("a member has the name of another parameter");
        }
        let mut key = self.encoded(name)?;
        if self.manner.allow_reserved && self.manner.location == Location::Query {
            // In the names of a query it is a space, whatever is reserved.
            key = key.replace('+', "%2B");
        }
        self.apart(&key)?;
        if key.contains(self.joints.inside) {
            return Err(DELIMITER);
        }
        Ok(key)
    }

    fn named(&self, value: &str) -> String {
        if !self.joints.named {
            return value.to_owned();
        }
        let name = match self.manner.style {
            Style::Cookie => self.manner.name.into(),
            _ => percent_encoded(self.manner.name),
        };
        match self.manner.style {
            // RFC 6570, section 3.2.7: an empty value has no equals sign in a path.
            Style::Matrix if value.is_empty() => name.into_owned(),
            _ => [&*name, "=", value].concat(),
        }
    }

    fn list(&self, items: &[Tree]) -> Result<String, &'static str> {
        let items: Vec<String> = items
            .iter()
            .map(|item| self.item(item))
            .collect::<Result<_, _>>()?;
        if let ([only], Location::Query, true) = (
            items.as_slice(),
            self.manner.location,
            self.manner.allow_empty,
        ) && only.is_empty()
        {
            return Err("one empty item would be none");
        }
        let blank = |item: &String| item.is_empty();
        match self.manner.location {
            Location::Header if items.iter().any(blank) => {
                return Err("an empty item is none in a header");
            }
            Location::Path
                if self.joints.prefix.is_empty() && items.iter().all(blank) && items.len() == 1 =>
            {
                return Err("one empty item would be none");
            }
            _ => {}
        }
        if self.joints.spread {
            let items: Vec<String> = items.iter().map(|item| self.named(item)).collect();
            return Ok(items.join(self.joints.between));
        }
        Ok(self.named(&items.join(self.joints.between)))
    }

    fn pairs(&self, pairs: &[(String, Tree)]) -> Result<String, &'static str> {
        let mut written = Vec::new();
        for (name, member) in pairs {
            let key = self.key(name)?;
            match member {
                // Where members stand apart, a list repeats its name.
                Tree::List(items) if self.joints.spread => {
                    for item in items {
                        written.push(format!("{key}{}{}", self.joints.inside, self.item(item)?));
                    }
                }
                member => {
                    let member = self.item(member)?;
                    let blank = self.manner.location == Location::Header && member.is_empty();
                    if blank && !self.manner.explode {
                        return Err("an empty item is none in a header");
                    }
                    written.push(match self.manner.style {
                        // RFC 6570, section 3.2.7.
                        Style::Matrix if self.manner.explode && member.is_empty() => key,
                        _ => format!("{key}{}{member}", self.joints.inside),
                    });
                }
            }
        }
        let joined = written.join(self.joints.between);
        if self.joints.spread {
            return Ok(joined);
        }
        Ok(self.named(&joined))
    }

    /// `color[R]=100`, lists by number.
    fn deep(&self, path: &str, tree: &Tree, out: &mut Vec<String>) -> Result<(), &'static str> {
        match tree {
            Tree::One(text) => out.push(format!("{path}={}", self.encoded(text)?)),
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.deep(&format!("{path}%5B{index}%5D"), item, out)?;
                }
            }
            Tree::Pairs(pairs) => {
                for (name, member) in pairs {
                    if name.contains([']', '[']) {
                        return Err("a member's name holds a bracket");
                    }
                    let path = format!("{path}%5B{}%5D", percent_encoded(name));
                    self.deep(&path, member, out)?;
                }
            }
        }
        Ok(())
    }
}

/// The text that a media type gives, in the place of the parameter.
fn content_of(manner: &Manner<'_>, view: View<'_>) -> Result<Option<String>, &'static str> {
    let Some(value) = content::held(view) else {
        return match manner.location {
            Location::Path => Err("it is null, and a path cannot hold that"),
            _ => Ok(None),
        };
    };
    let text = if manner.is_form() {
        let mut text = String::new();
        form::write(value, manner.encoding, Unknown::Keep, &mut text)
            .map_err(|error| error.reason)?;
        if manner.whole {
            return Ok((!text.is_empty()).then_some(text));
        }
        text
    } else {
        content::text(value, manner.content, Unknown::Keep).map_err(|error| error.reason)?
    };
    Ok(Some(match manner.location {
        Location::Header => ascii(manner, text)?,
        Location::Path => percent_encoded(&text).into_owned(),
        Location::Query if manner.whole && text.is_empty() => {
            return Err("it is empty, and would be missing");
        }
        Location::Query if manner.whole => percent_encoded(&text).into_owned(),
        Location::Query | Location::Cookie => named(manner, &percent_encoded(&text)),
    }))
}

fn named(manner: &Manner<'_>, text: &str) -> String {
    format!("{}={text}", percent_encoded(manner.name))
}

/// JSON has escapes for what a header cannot hold; other texts have none.
fn ascii(manner: &Manner<'_>, text: String) -> Result<String, &'static str> {
    let plain = |c: char| matches!(c, ' '..='~');
    if text.chars().all(plain) && text.trim() == text {
        return Ok(text);
    }
    if content::of(manner.content) != Some(content::Content::Json) {
        return Err("it has characters that its place cannot carry");
    }
    let mut out = String::new();
    for c in text.chars() {
        if plain(c) {
            out.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    Ok(out)
}
