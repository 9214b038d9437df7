//! YAML text → JSON text → a place.

use super::super::json::{self, Malformed, ReadOptions, WriteOptions};
use super::super::shape::{Slot, View};
use super::scalar::{Scalar, scalar};
use granit_parser::{Event, Parser, ScalarStyle, Tag};
use std::collections::HashMap;
use std::ops::Range;

/// How many bytes of JSON all aliases of a text stand for at most: a few lines could stand for billions.
const ALIASED: usize = 1 << 20;

/// Reads YAML into a place. After an error the place holds something or other.
///
/// # Errors
///
/// The first place where the text is not YAML, is more than JSON can say, or is not what the place demands; bytes are
/// counted in the YAML.
pub fn read(yaml: &[u8], slot: Slot<'_>, options: &ReadOptions) -> Result<(), Malformed> {
    let text = std::str::from_utf8(yaml).map_err(|error| {
        let found = "a byte that is not".to_owned();
        Malformed::new(error.valid_up_to(), "UTF-8", found)
    })?;
    let text = text.trim_start_matches('\u{feff}');
    let skipped = yaml.len() - text.len();
    let mut converter = Converter::new(options.depth);
    let read = converter.convert(text).and_then(|()| {
        let read = json::read_into(converter.out.as_bytes(), slot, options);
        read.map_err(|malformed| Malformed {
            offset: converter.origin(malformed.offset),
            ..malformed
        })
    });
    read.map_err(|malformed| Malformed {
        offset: malformed.offset + skipped,
        ..malformed
    })
}

/// A list or a map that is not yet at its end.
struct Open {
    is_map: bool,
    /// How many keys and values have begun.
    count: usize,
    anchor: usize,
    start: usize,
}

struct Converter {
    /// The JSON so far.
    out: String,
    /// Where in the YAML each value of the JSON comes from: bytes of the one, bytes of the other.
    origins: Vec<(usize, usize)>,
    /// The JSON of what has an anchor.
    anchors: HashMap<usize, Range<usize>>,
    open: Vec<Open>,
    documents: usize,
    depth: usize,
    /// How many bytes aliases may still stand for.
    aliased: usize,
}

impl Converter {
    fn new(depth: u16) -> Self {
        Self {
            out: String::new(),
            origins: Vec::new(),
            anchors: HashMap::new(),
            open: Vec::new(),
            documents: 0,
            depth: depth.into(),
            aliased: ALIASED,
        }
    }

    fn convert(&mut self, text: &str) -> Result<(), Malformed> {
        let options = granit_parser::options! {
            emit_comments: false,
            flow_nesting_limit: self.depth + 1,
            block_nesting_limit: self.depth + 1,
        };
        for event in Parser::new_from_str_with_options(text, options) {
            let (event, span) = event.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or_default();
                Malformed::new(at, "YAML", format!("a fault: {}", error.kind()))
            })?;
            let at = span.start.byte_offset().unwrap_or_default();
            self.event(event, at)?;
        }
        if self.out.is_empty() {
            self.out.push_str("null");
        }
        Ok(())
    }

    fn event(&mut self, event: Event<'_>, at: usize) -> Result<(), Malformed> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Malformed::new(at, "one document", "a second".to_owned()));
                }
            }
            Event::Scalar(text, style, anchor, tag) => {
                let is_key = self.begin(at, true)?;
                let start = self.out.len();
                self.scalar(&text, style, tag.as_deref(), is_key, at)?;
                self.name(anchor, start);
            }
            Event::SequenceStart(_, anchor, _) => self.start(false, anchor, at)?,
            Event::MappingStart(_, anchor, _) => self.start(true, anchor, at)?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(open) = self.open.pop() {
                    self.out.push(if open.is_map { '}' } else { ']' });
                    self.name(open.anchor, open.start);
                }
            }
            Event::Alias(anchor) => self.alias(anchor, at)?,
            _ => {}
        }
        Ok(())
    }

    /// What stands before a value or a key; whether it is a key.
    fn begin(&mut self, at: usize, is_scalar: bool) -> Result<bool, Malformed> {
        let mut is_key = false;
        if let Some(open) = self.open.last_mut() {
            is_key = open.is_map && open.count % 2 == 0;
            let separator = match (open.count, open.is_map && !is_key) {
                (0, _) => "",
                (_, true) => ":",
                (_, false) => ",",
            };
            open.count += 1;
            self.out.push_str(separator);
        }
        if is_key && !is_scalar {
            return Err(Malformed::new(
                at,
                "a text as the key",
                "a list or a map".to_owned(),
            ));
        }
        self.origins.push((self.out.len(), at));
        Ok(is_key)
    }

    fn start(&mut self, is_map: bool, anchor: usize, at: usize) -> Result<(), Malformed> {
        self.begin(at, false)?;
        if self.open.len() >= self.depth {
            let found = "a list or an object that is nested deeper".to_owned();
            return Err(Malformed::new(
                at,
                format!("at most {} levels", self.depth),
                found,
            ));
        }
        self.open.push(Open {
            is_map,
            count: 0,
            anchor,
            start: self.out.len(),
        });
        self.out.push(if is_map { '{' } else { '[' });
        Ok(())
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        is_key: bool,
        at: usize,
    ) -> Result<(), Malformed> {
        let is_tagged = |names: &[&str]| {
            tag.is_some_and(|tag| names.iter().any(|name| tag.is_yaml_core_schema_tag(name)))
        };
        let is_plain = style == ScalarStyle::Plain && !is_tagged(&["str"])
            || is_tagged(&["int", "float", "bool", "null"]);
        let kind = if is_plain && !is_key {
            scalar(text)
        } else {
            Scalar::String
        };
        match kind {
            Scalar::Null => self.out.push_str("null"),
            Scalar::Bool(value) => self.out.push_str(if value { "true" } else { "false" }),
            Scalar::Number(number) => self.out.push_str(&number),
            Scalar::NotFinite => {
                return Err(Malformed::new(
                    at,
                    "a number that JSON has",
                    "one that is not finite".to_owned(),
                ));
            }
            Scalar::String => {
                // A string has JSON, whatever is in it.
                let _ =
                    json::write_view(View::String(text), &mut self.out, &WriteOptions::default());
            }
        }
        Ok(())
    }

    /// Keeps what an anchor names.
    fn name(&mut self, anchor: usize, start: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, start..self.out.len());
        }
    }

    fn alias(&mut self, anchor: usize, at: usize) -> Result<(), Malformed> {
        let Some(named) = self.anchors.get(&anchor).cloned() else {
            let found = "an alias inside of what it names".to_owned();
            return Err(Malformed::new(at, "a value that ends", found));
        };
        let first = self.out.as_bytes().get(named.start).copied();
        let is_key = self.begin(at, !matches!(first, Some(b'[' | b'{')))?;
        let Some(rest) = self.aliased.checked_sub(named.len()) else {
            let expected = format!("aliases of at most {ALIASED} bytes");
            return Err(Malformed::new(at, expected, "more".to_owned()));
        };
        self.aliased = rest;
        let is_quoted = is_key && first != Some(b'"');
        let quote = if is_quoted { "\"" } else { "" };
        self.out.push_str(quote);
        let value = self.out[named].to_owned();
        self.out.push_str(&value);
        self.out.push_str(quote);
        Ok(())
    }

    /// The place in the YAML of a place in the JSON: that of the value which it is in.
    fn origin(&self, offset: usize) -> usize {
        let after = self.origins.partition_point(|(json, _)| *json <= offset);
        let before = self.origins.get(after.saturating_sub(1));
        before.map_or(0, |(_, yaml)| *yaml)
    }
}
