//! Reads YAML text: the parser's events give structure and spans, [`scalar`](super::scalar) types what is plain.
//!
//! The parser takes what PyYAML and ruamel take: a bracket that closes further left than its line began, say.

use super::build::{Builder, Stop};
use super::scalar::{Scalar, scalar};
use super::text::Span;
use super::tree::{Kind, NodeId, Text};
use crate::diagnostic::{Diagnostic, Place, code};
use granit_parser::{
    ErrorKind, Event, Marker, Options, Parser, ScalarStyle, StructureStyle, Tag, options,
};
use std::collections::HashMap;

/// Reads one YAML document into the builder.
pub(super) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), Stop> {
    let mut reader = Reader {
        text,
        anchors: HashMap::new(),
        started: Vec::new(),
        documents: 0,
        further: None,
        columns: Vec::new(),
        tag_at: 0,
    };
    builder.merges = true;
    for event in Parser::new_from_str_with_options(text, limits(builder.depth_limit())) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = byte(error.marker(), text);
                let place = Place::Span(builder.span(at, next_char(text, at)));
                builder.report(unreadable(place, error.kind(), builder.depth_limit()));
                return Err(Stop);
            }
        };
        reader.indentation(&event, &span.start, text, builder);
        reader.tag_at = span.tag_start.as_ref().map_or(0, |tag| byte(tag, text));
        let start = byte(&span.start, text);
        let end = byte(&span.end, text).max(start);
        reader.event(event, start, end, builder)?;
    }
    Ok(())
}

/// The text with a space for each tab that indents and each control character, if it has any: as long as before, byte for byte.
pub(super) fn cleaned(text: &str) -> Option<(String, usize)> {
    let mut clean = String::with_capacity(text.len());
    let mut first = None;
    let mut indents = true;
    for (at, c) in text.char_indices() {
        let is_loose = c == '\t' && indents || c.is_ascii_control() && !"\t\r\n".contains(c);
        if is_loose {
            first.get_or_insert(at);
        }
        clean.push(if is_loose { ' ' } else { c });
        indents = c == '\n' || indents && matches!(c, ' ' | '\t');
    }
    Some((clean, first?))
}

/// The builder counts levels too, and says where; the parser's own limits hold what it keeps meanwhile.
fn limits(depth: usize) -> Options {
    options! {
        emit_comments: false,
        flow_nesting_limit: depth + 1,
        block_nesting_limit: depth + 1,
        simple_key_max_lookahead: LONGEST_KEY,
    }
}

/// Characters of a key. YAML allows 1,024 without a `?`; the keys of some paths and examples are longer.
const LONGEST_KEY: usize = 16 << 10;

/// A text that is held whole always has the offset in bytes.
fn byte(marker: &Marker, text: &str) -> usize {
    marker.byte_offset().unwrap_or_default().min(text.len())
}

fn next_char(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(at, |c| at + c.len_utf8())
}

/// What the parser could not go on from.
fn unreadable(place: Place, kind: &ErrorKind, depth: usize) -> Diagnostic {
    if let ErrorKind::RecursionLimitExceeded = kind {
        let message = format!("nested deeper than {depth} levels");
        return Diagnostic::new(code::TOO_DEEP, place, message)
            .label("this level is too deep")
            .help("no API description needs this depth; split the document if it is really meant");
    }
    Diagnostic::new(code::SYNTAX, place, format!("this is not YAML: {kind}"))
        .label("here")
        .help("indent with spaces, and quote a text that holds `: ` or ` #`")
}

/// What an anchor names: the node, how many nodes it stands for, and for a scalar its text, which may be a key.
struct Anchor {
    node: NodeId,
    size: u64,
    text: Option<String>,
}

struct Reader<'a> {
    text: &'a str,
    anchors: HashMap<usize, Anchor>,
    /// The anchor, if any, of each open container.
    started: Vec<(usize, NodeId)>,
    documents: usize,
    /// Where a further document starts of which nothing has been read yet.
    further: Option<Span>,
    /// The column of each open block, and `None` for each open bracket.
    columns: Vec<Option<usize>>,
    /// Where the tag of the node at hand begins, if it has one.
    tag_at: usize,
}

impl Reader<'_> {
    /// Inside of brackets, a line is indented further than the block that the brackets stand in (YAML 1.2.2, section 7.4).
    fn indentation(
        &mut self,
        event: &Event<'_>,
        at: &Marker,
        text: &str,
        builder: &mut Builder<'_>,
    ) {
        let is_in_brackets = matches!(self.columns.last(), Some(None));
        if is_in_brackets && !matches!(event, Event::StreamEnd | Event::DocumentEnd) {
            let block = self.columns.iter().rev().flatten().next();
            let start = byte(at, text);
            let before = &text[start.saturating_sub(at.col())..start];
            if block.is_some_and(|block| at.col() <= *block)
                && before.bytes().all(|byte| byte == b' ')
            {
                let message =
                    "inside of brackets this is not indented further than the block around them";
                let place = Place::Span(builder.span(start, next_char(text, start)));
                builder.report(
                    Diagnostic::new(code::LOOSE_INDENTATION, place, message)
                        .label("too far left")
                        .help("indent it; it is read all the same"),
                );
            }
        }
        match event {
            Event::SequenceStart(style, ..) | Event::MappingStart(style, ..) => {
                let is_block = *style == StructureStyle::Block;
                self.columns.push(is_block.then(|| at.col()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.columns.pop();
            }
            _ => {}
        }
    }

    fn event(
        &mut self,
        event: Event<'_>,
        start: usize,
        end: usize,
        builder: &mut Builder<'_>,
    ) -> Result<(), Stop> {
        let span = builder.span(start, end);
        if self.further.is_some() && self.is_nothing_further(&event, start == end, builder)? {
            return Ok(());
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                self.further = (self.documents > 1).then_some(span);
                Ok(())
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.tag(tag.as_deref(), builder);
                let tagged_string = tag.is_some_and(|tag| tag.is_yaml_core_schema_tag("str"));
                self.scalar(
                    &value,
                    style == ScalarStyle::Plain && !tagged_string,
                    anchor,
                    span,
                    builder,
                )
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.start(false, anchor, tag.as_deref(), span, builder)
            }
            Event::MappingStart(_, anchor, tag) => {
                self.start(true, anchor, tag.as_deref(), span, builder)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let size = builder.size();
                // A block ends where the next token starts: take the space before it away.
                let end = self.text[..end].trim_end().len().max(1);
                builder.end(end)?;
                if let Some((anchor, node)) = self.started.pop().filter(|(anchor, _)| *anchor > 0) {
                    self.anchors.insert(
                        anchor,
                        Anchor {
                            node,
                            size,
                            text: None,
                        },
                    );
                }
                Ok(())
            }
            Event::Alias(anchor) => self.alias(anchor, span, builder),
            // Neither comments, anchors on their own, nor aliases of nothing are asked for.
            _ => Ok(()),
        }
    }

    /// Of several documents in one stream, those without content are stepped over.
    fn is_nothing_further(
        &mut self,
        event: &Event<'_>,
        is_empty: bool,
        builder: &mut Builder<'_>,
    ) -> Result<bool, Stop> {
        let is_nothing = match event {
            Event::Scalar(_, ScalarStyle::Plain, ..) => is_empty,
            Event::DocumentStart(..) | Event::DocumentEnd | Event::StreamEnd => {
                return Ok(false);
            }
            _ => false,
        };
        let Some(span) = self.further.take() else {
            return Ok(false);
        };
        if is_nothing || builder.is_null() {
            let message = "a second document starts in the same stream, and one of them is empty";
            builder.report(
                Diagnostic::new(code::LOOSE_SYNTAX, Place::Span(span), message)
                    .label("here")
                    .help("remove this line"),
            );
            return Ok(is_nothing);
        }
        let message = "a second document starts in the same stream";
        builder.report(
            Diagnostic::new(code::SEVERAL_DOCUMENTS, Place::Span(span), message)
                .label("here")
                .help("keep each OpenAPI document in a file of its own"),
        );
        Err(Stop)
    }

    fn start(
        &mut self,
        is_map: bool,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
        builder: &mut Builder<'_>,
    ) -> Result<(), Stop> {
        self.refuse_key(builder, span)?;
        self.tag(tag, builder);
        let node = builder.start(is_map, span)?;
        self.started.push((anchor, node));
        Ok(())
    }

    fn scalar(
        &mut self,
        value: &str,
        is_plain: bool,
        anchor: usize,
        span: Span,
        builder: &mut Builder<'_>,
    ) -> Result<(), Stop> {
        if builder.wants_key() {
            builder.key(value, span);
            return Ok(());
        }
        let typed = if is_plain {
            scalar(value)
        } else {
            Scalar::String
        };
        let (kind, text) = match typed {
            Scalar::Null => (Kind::Null, None),
            Scalar::Bool(value) => (if value { Kind::True } else { Kind::False }, None),
            Scalar::Number(number) => (Kind::Number, Some(number)),
            Scalar::String => (Kind::String, None),
            Scalar::NotFinite => {
                let message = format!("`{value}` is no number that JSON can hold");
                let help = "leave the bound out, or write the greatest number that is meant";
                builder.report(
                    Diagnostic::new(code::NOT_FINITE_NUMBER, Place::Span(span), message)
                        .label("not finite")
                        .help(help),
                );
                (Kind::Null, None)
            }
        };
        let written = text.as_deref().unwrap_or(value);
        let raw = &self.text[span.start as usize..span.end as usize];
        let quote = usize::from(raw.starts_with(['"', '\'']));
        let kept = match raw.get(quote..raw.len().saturating_sub(quote)) {
            Some(inner) if inner == written => Text {
                in_file: true,
                start: span.start + quote as u32,
                len: inner.len() as u32,
            },
            _ => builder.made(written),
        };
        let node = builder.scalar(kind, span, kept)?;
        if anchor > 0 {
            self.anchors.insert(
                anchor,
                Anchor {
                    node,
                    size: 1,
                    text: Some(value.to_owned()),
                },
            );
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, span: Span, builder: &mut Builder<'_>) -> Result<(), Stop> {
        let Some(Anchor { node, size, text }) = self.anchors.get(&anchor) else {
            let message = "this alias stands inside of what it names";
            let help = "a value cannot hold itself; use `$ref` for a recursive schema";
            builder.report(
                Diagnostic::new(code::SYNTAX, Place::Span(span), message)
                    .label("recursive alias")
                    .help(help),
            );
            return Err(Stop);
        };
        match text {
            Some(text) if builder.wants_key() => {
                builder.key(text, span);
                Ok(())
            }
            None if builder.wants_key() => self.refuse_key(builder, span),
            _ => builder.alias(*node, *size),
        }
    }

    fn refuse_key(&self, builder: &mut Builder<'_>, span: Span) -> Result<(), Stop> {
        if !builder.wants_key() {
            return Ok(());
        }
        let message = "a key is a list or a map, which JSON cannot say";
        builder.report(
            Diagnostic::new(code::SYNTAX, Place::Span(span), message)
                .label("expected a plain key")
                .help("quote the key"),
        );
        Err(Stop)
    }

    fn tag(&self, tag: Option<&Tag>, builder: &mut Builder<'_>) {
        if let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) {
            let message = format!("the tag `{tag}` means nothing here and is ignored");
            let rest = &self.text[self.tag_at..];
            let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let span = builder.span(self.tag_at, self.tag_at + len);
            builder.report(
                Diagnostic::new(code::CUSTOM_TAG, Place::Span(span), message)
                    .label("no tag of YAML's own")
                    .help("remove the tag"),
            );
        }
    }
}
