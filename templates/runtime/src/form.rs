//! Forms between values and text: `application/x-www-form-urlencoded` (OpenAPI 3.2, section "Encoding the
//! x-www-form-urlencoded Media Type").
//!
//! A member whose encoding speaks of `style`, `explode` or `allowReserved` is written as a parameter of a query is. Every
//! other one is converted by its content type, and what comes of that is form-encoded.

use super::content::{self, Named};
use super::foreign;
use super::json::{Malformed, ReadOptions, Unknown, Unwritable};
use super::operation::{Encoding, Location, Style};
use super::shape::{Map, Object, Slot, View};
use super::style::{self, Manner, Node, Raw, decoded_pairs, form_encoded};
use super::table::Field;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Appends the form of an object.
///
/// # Errors
///
/// The first member that a form cannot carry.
pub fn write(
    view: View<'_>,
    encodings: &[Encoding],
    unknown: Unknown,
    out: &mut String,
) -> Result<(), Unwritable> {
    content::members(view, &mut |name, field, view| {
        let encoding = encodings.iter().find(|encoding| encoding.name == name);
        member(name, field, view, encoding, unknown, out)
            .map_err(|error| *Box::new(error).within(name))
    })
}

fn member(
    name: &str,
    field: Option<&Field>,
    view: View<'_>,
    encoding: Option<&Encoding>,
    unknown: Unknown,
    out: &mut String,
) -> Result<(), Unwritable> {
    if let Some(style) = encoding.and_then(|encoding| encoding.style) {
        let text = style::write(&manner(name, field, style), view);
        let text = text.map_err(|error| content::unwritable(error.reason))?;
        if let Some(text) = text {
            separate(out);
            out.push_str(&text);
        }
        return Ok(());
    }
    style::told(view).map_err(content::unwritable)?;
    let Some(value) = content::held(view) else {
        return Ok(());
    };
    let media_type = encoding.and_then(|encoding| encoding.content_type);
    let mut pair = |value: View<'_>| {
        let text = content::text(value, media_type, unknown)?;
        separate(out);
        form_encoded(name, out);
        out.push('=');
        form_encoded(&text, out);
        Ok(())
    };
    let View::List(list) = value else {
        return pair(value);
    };
    if list.is_empty() && field.is_some_and(|field| field.default().is_some()) {
        return Err(content::unwritable(
            "it is empty, and would become the default",
        ));
    }
    // One pair an item.
    let items = (0..list.len()).filter_map(|index| list.get(index));
    items.filter_map(content::held).try_for_each(pair)
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push('&');
    }
}

fn manner<'a>(
    name: &'a str,
    field: Option<&Field>,
    (style, explode, allow_reserved): (Style, bool, bool),
) -> Manner<'a> {
    Manner {
        name,
        location: Location::Query,
        style,
        explode,
        allow_reserved,
        allow_empty: false,
        required: field.is_some_and(|field| field.required),
        has_default: field.is_some_and(|field| field.default().is_some()),
        content: None,
        encoding: &[],
        whole: false,
        siblings: &[],
    }
}

/// Reads a form into a place.
///
/// # Errors
///
/// The first member that is not what its place demands.
pub fn read(
    bytes: &[u8],
    encodings: &[Encoding],
    slot: Slot<'_>,
    options: &ReadOptions,
) -> Result<(), Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|_| content::malformed("UTF-8"))?;
    if !style::is_utf8(text) {
        return Err(content::malformed("UTF-8"));
    }
    let pairs = decoded_pairs(text);
    Reader {
        pairs: &pairs,
        encodings,
        options,
    }
    .whole(slot)
    .map_err(|error| *error)
}

type Read = Result<(), Box<Malformed>>;

struct Reader<'a> {
    /// Names decoded, values not.
    pairs: &'a [(Cow<'a, str>, &'a str)],
    encodings: &'a [Encoding],
    options: &'a ReadOptions,
}

impl<'a> Reader<'a> {
    fn whole(&self, slot: Slot<'_>) -> Read {
        match slot {
            Slot::Optional(optional) => self.whole(optional.fill()),
            Slot::Union(union) => {
                let seen = Named {
                    tag: &|name| self.one(name),
                    json: &|| self.json(),
                    unknown: self.options.unknown,
                };
                content::first_variant(union, &seen, &mut |slot| self.whole(slot))
            }
            Slot::Object(object) => self.object(object),
            Slot::Map(map) => self.map(map),
            Slot::Json(place) => {
                *place = self.json();
                Ok(())
            }
            Slot::Foreign(place) => foreign::read(place, |slot| self.whole(slot), content::refused),
            _ => Err(Box::new(content::malformed("no form, which has members"))),
        }
    }

    /// The one text under a name.
    fn one(&self, name: &str) -> Option<String> {
        let mut own = self.pairs.iter().filter(|(key, _)| key == name);
        match (own.next(), own.next()) {
            (Some((_, text)), None) => Some(style::decoded(text, true).into_owned()),
            _ => None,
        }
    }

    /// Every text as a string: without a schema nothing says more.
    fn json(&self) -> serde_json::Value {
        let mut map: BTreeMap<String, serde_json::Value> = BTreeMap::new();
        // A place for any JSON takes every text.
        let _ = self.map(&mut map);
        serde_json::Value::Object(map.into_iter().collect())
    }

    fn encoding(&self, name: &str) -> Option<&'a Encoding> {
        self.encodings.iter().find(|encoding| encoding.name == name)
    }

    fn object(&self, object: &mut dyn Object) -> Read {
        let fields = object.table().fields;
        for (position, field) in fields.iter().enumerate() {
            let read = self.member(field, object.slot(position));
            let present = read.map_err(|error| error.within(field.name))?;
            if !present {
                style::absent(object, position, self.options).map_err(|expected| {
                    Box::new(content::malformed(expected.0)).within(field.name)
                })?;
            }
        }
        let own = |name: &str| {
            let under = |field: &Field| {
                let inside = name.strip_prefix(field.name);
                inside.is_some_and(|inside| inside.is_empty() || inside.starts_with('['))
            };
            fields.iter().any(under)
        };
        let table = object.table();
        let name = table.name;
        if let Some(extra) = object.extra_slot() {
            extra.clear();
            return self.others(extra, own);
        }
        let refused = |key: &str| !own(key) && table.refuses(style::member_name(key));
        let other = self.pairs.iter().find(|(key, _)| refused(key));
        match other.filter(|_| self.options.closed) {
            Some((key, _)) => {
                let expected = format!("no other member of {name}");
                Err(Box::new(content::malformed(expected)).within(key))
            }
            None => Ok(()),
        }
    }

    /// A member; whether it is there.
    fn member(&self, field: &Field, slot: Slot<'_>) -> Result<bool, Box<Malformed>> {
        let encoding = self.encoding(field.name);
        if let Some(style) = encoding.and_then(|encoding| encoding.style) {
            let raw = Raw {
                pairs: self.pairs,
                text: None,
                repeated: false,
            };
            let manner = manner(field.name, Some(field), style);
            return style::read(&manner, &raw, slot, self.options)
                .map_err(|fault| Box::new(content::misfit(fault)));
        }
        let media_type = encoding.and_then(|encoding| encoding.content_type);
        let own = self.pairs.iter().filter(|(key, _)| key == field.name);
        let texts: Vec<Cow<'_, str>> = own.map(|(_, text)| style::decoded(text, true)).collect();
        if texts.is_empty() {
            // Names in brackets are usual where the document says nothing about them.
            let decode = |text: &'a str| style::decoded(text, true);
            let node = Node::bracketed(self.pairs, field.name, decode)
                .map_err(|misfit| content::misfit(misfit.into()))?;
            if node.is_empty() {
                return Ok(false);
            }
            return match style::fill(slot, &node, self.options) {
                Ok(()) => Ok(true),
                Err(misfit) => Err(Box::new(content::misfit(misfit.into()))),
            };
        }
        self.value(&texts, media_type, slot).map(|()| true)
    }

    /// The texts of one name.
    fn value(&self, texts: &[Cow<'_, str>], media_type: Option<&str>, slot: Slot<'_>) -> Read {
        match slot {
            Slot::Optional(optional) => self.value(texts, media_type, optional.fill()),
            Slot::Union(union) => {
                // One text may be JSON that has its own tag.
                if let [text] = texts
                    && content::read(text, media_type, Slot::Union(&mut *union), self.options)
                        .is_ok()
                {
                    return Ok(());
                }
                let seen = Named {
                    tag: &|_| None,
                    json: &serde_json::Value::default,
                    unknown: self.options.unknown,
                };
                content::first_variant(union, &seen, &mut |slot| {
                    self.value(texts, media_type, slot)
                })
            }
            Slot::List(list) => {
                list.clear();
                for (index, text) in texts.iter().enumerate() {
                    let read = content::read(text, media_type, list.push(), self.options);
                    match read {
                        // An empty text is no item where it cannot be one.
                        Err(_) if text.is_empty() && texts.len() == 1 => list.clear(),
                        read => read.map_err(|error| error.within(&index.to_string()))?,
                    }
                }
                Ok(())
            }
            Slot::Json(place) if texts.len() > 1 => {
                let item = |text: &Cow<'_, str>| serde_json::Value::from(text.as_ref());
                *place = texts.iter().map(item).collect();
                Ok(())
            }
            Slot::Foreign(place) if texts.len() > 1 => {
                let item = |text: &Cow<'_, str>| serde_json::Value::from(text.as_ref());
                let read = place.read(texts.iter().map(item).collect());
                read.map_err(content::refused)
            }
            slot => match texts {
                [text] => content::read(text, media_type, slot, self.options),
                _ => Err(Box::new(content::malformed("each member once"))),
            },
        }
    }

    fn map(&self, map: &mut dyn Map) -> Read {
        map.clear();
        self.others(map, |_| false)
    }

    /// Members that no field names.
    fn others(&self, map: &mut dyn Map, own: impl Fn(&str) -> bool) -> Read {
        let mut grouped: BTreeMap<&str, Vec<Cow<'_, str>>> = BTreeMap::new();
        for (key, text) in self.pairs.iter().filter(|(key, _)| !own(key)) {
            let texts = grouped.entry(key.as_ref()).or_default();
            texts.push(style::decoded(text, true));
        }
        for (key, texts) in grouped {
            let media_type = self
                .encoding(key)
                .and_then(|encoding| encoding.content_type);
            let slot = map.insert(key.to_owned());
            self.value(&texts, media_type, slot)
                .map_err(|error| error.within(key))?;
        }
        Ok(())
    }
}
