//! Shows diagnostics: as text with the source line, as a JSON object a line, or as lines for cargo.

use super::{Diagnostic, Diagnostics, Level, Place};
use crate::source::{NodeId, SourceFile, Sources, Span, Tree};
use annotate_snippets::{Annotation, AnnotationKind, Group, Origin, Renderer, Snippet};
use serde_json::json;
use std::fmt::Write;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// With the source line.
    Text { colour: bool },
    /// A JSON object a line.
    Json,
    /// `cargo::error=` and `cargo::warning=` lines, for build scripts.
    Cargo,
}

/// Messages shown before the rest is only counted.
const SHOWN: usize = 200;
/// Longer lines (minified documents) are not quoted.
const QUOTED: usize = 240;

/// Every diagnostic in the order of files and lines, errors of no place first.
pub(crate) fn render(
    diagnostics: &Diagnostics,
    sources: &Sources,
    tree: Option<&Tree>,
    format: Format,
) -> String {
    let mut located: Vec<Located<'_>> = diagnostics
        .iter()
        .map(|diagnostic| Located::new(diagnostic, tree))
        .collect();
    located.sort_by(|a, b| {
        a.span
            .cmp(&b.span)
            .then(a.diagnostic.level.cmp(&b.diagnostic.level))
    });
    let mut out = String::new();
    if format == Format::Json {
        for one in &located {
            let _ = writeln!(out, "{}", one.json(sources, tree));
        }
        return out;
    }
    // What is merely not generated is in the report, not in everybody's way.
    located.retain(|one| one.diagnostic.level != Level::Note);
    let all = located.len();
    let is_error = |one: &Located<'_>| one.diagnostic.level == Level::Error;
    let errors = located.iter().filter(|one| is_error(one)).count();
    // An error is never hidden behind warnings: they have the room that errors leave.
    let mut room = SHOWN.saturating_sub(errors);
    located.retain(|one| {
        let fits = is_error(one) || room > 0;
        room -= usize::from(fits && !is_error(one));
        fits
    });
    located.truncate(SHOWN);
    for one in &located {
        match format {
            Format::Cargo => one.cargo(sources, &mut out),
            Format::Text { colour } => {
                out.push_str(&one.text(sources, tree, colour));
                out.push_str("\n\n");
            }
            Format::Json => {}
        }
    }
    let hidden = all - located.len() + diagnostics.left_out();
    if hidden > 0 {
        let prefix = if format == Format::Cargo {
            "cargo::warning="
        } else {
            "note: "
        };
        let _ = writeln!(
            out,
            "{prefix}{hidden} more messages are not shown; the JSON format shows them all"
        );
    }
    out
}

/// A diagnostic with the span it points at.
struct Located<'a> {
    diagnostic: &'a Diagnostic,
    node: Option<NodeId>,
    span: Option<Span>,
}

impl<'a> Located<'a> {
    fn new(diagnostic: &'a Diagnostic, tree: Option<&Tree>) -> Self {
        let node = match diagnostic.place {
            Place::Node(node) | Place::Key(node) => Some(node),
            _ => None,
        };
        Self {
            diagnostic,
            node,
            span: span(diagnostic.place, tree),
        }
    }

    fn help(&self) -> String {
        let explain = || format!("`oasmith explain {}` says more", self.diagnostic.code.id);
        self.diagnostic.help.clone().unwrap_or_else(explain)
    }

    fn pointer(&self, tree: Option<&Tree>) -> Option<String> {
        Some(tree?.pointer(self.node?))
    }

    fn text(&self, sources: &Sources, tree: Option<&Tree>, colour: bool) -> String {
        let diagnostic = self.diagnostic;
        let level = match diagnostic.level {
            Level::Error => annotate_snippets::Level::ERROR,
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Note => annotate_snippets::Level::NOTE,
        };
        let message = plain(&diagnostic.message);
        let mut group = Group::with_title(level.primary_title(message).id(diagnostic.code.id));
        if let Some(span) = self.span {
            let file = sources.file(span.file);
            group = quoted(
                group,
                file,
                span,
                &diagnostic.label,
                AnnotationKind::Primary,
            );
            for (place, label) in &diagnostic.also {
                if let Some(other) = self::span(*place, tree) {
                    group = quoted(
                        group,
                        sources.file(other.file),
                        other,
                        label,
                        AnnotationKind::Context,
                    );
                }
            }
        }
        if let Some(pointer) = self.pointer(tree) {
            group = group.element(
                annotate_snippets::Level::NOTE
                    .with_name("at")
                    .message(plain(&pointer)),
            );
        }
        group = group.element(annotate_snippets::Level::HELP.message(plain(&self.help())));
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.render(&[group])
    }

    fn json(&self, sources: &Sources, tree: Option<&Tree>) -> String {
        let diagnostic = self.diagnostic;
        let mut object = json!({
            "code": diagnostic.code.id,
            "level": level(diagnostic.level),
            "message": diagnostic.message,
        });
        object_place(&mut object, self.span, sources);
        let also: Vec<_> = diagnostic
            .also
            .iter()
            .map(|(place, label)| {
                let mut object = json!({ "label": label });
                object_place(&mut object, span(*place, tree), sources);
                object
            })
            .collect();
        object["pointer"] = self.pointer(tree).into();
        object["label"] = diagnostic.label.clone().into();
        object["help"] = self.help().into();
        object["also"] = also.into();
        object.to_string()
    }

    fn cargo(&self, sources: &Sources, out: &mut String) {
        let diagnostic = self.diagnostic;
        let directive = if diagnostic.level == Level::Error {
            "error"
        } else {
            "warning"
        };
        let place = self.span.map_or(String::new(), |span| {
            let file = sources.file(span.file);
            let (line, column) = file.line_column(span.start);
            format!("{}:{line}:{column}: ", file.name)
        });
        let help = diagnostic
            .help
            .as_ref()
            .map_or(String::new(), |help| format!(" ({help})"));
        let line = format!(
            "{place}{}{help} [{}]",
            diagnostic.message, diagnostic.code.id
        );
        let _ = writeln!(
            out,
            "cargo::{directive}={}",
            plain(&line).replace('\n', " ")
        );
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// The span that a place stands for.
pub(crate) fn span(place: Place, tree: Option<&Tree>) -> Option<Span> {
    match place {
        Place::Node(node) => tree.map(|tree| tree.span(node)),
        Place::Key(node) => tree.map(|tree| tree.key_span(node).unwrap_or_else(|| tree.span(node))),
        Place::Span(span) => Some(span),
        Place::File(file) => Some(Span {
            file,
            start: 0,
            end: 0,
        }),
        Place::Nowhere => None,
    }
}

fn object_place(object: &mut serde_json::Value, span: Option<Span>, sources: &Sources) {
    let Some(span) = span else { return };
    let file = sources.file(span.file);
    let (line, column) = file.line_column(span.start);
    let (end_line, end_column) = file.line_column(span.end);
    object["file"] = file.name.clone().into();
    object["line"] = line.into();
    object["column"] = column.into();
    object["end_line"] = end_line.into();
    object["end_column"] = end_column.into();
}

/// Adds where a place is to a JSON object: pointer, file, line and column.
pub(crate) fn render_span(
    object: &mut serde_json::Value,
    place: Place,
    sources: &Sources,
    tree: &Tree,
) {
    if let Place::Node(node) | Place::Key(node) = place {
        object["pointer"] = tree.pointer(node).into();
    }
    object_place(object, span(place, Some(tree)), sources);
}

/// Adds the first line of a span, marked; a line too long to quote is only named.
fn quoted<'a>(
    group: Group<'a>,
    file: &'a SourceFile,
    span: Span,
    label: &str,
    kind: AnnotationKind,
) -> Group<'a> {
    let (line, column) = file.line_column(span.start);
    let text = file.line(line);
    if text.len() > QUOTED {
        let origin = Origin::path(plain(&file.name))
            .line(line)
            .char_column(column);
        let named = annotate_snippets::Level::NOTE
            .with_name("here")
            .message(plain(label));
        let group = group.element(origin);
        return if label.is_empty() {
            group
        } else {
            group.element(named)
        };
    }
    let start = (span.start as usize)
        .saturating_sub(file.line_start(line))
        .min(text.len());
    let end = (span.end as usize)
        .saturating_sub(file.line_start(line))
        .clamp(start, text.len());
    let annotation: Annotation<'a> = kind.span(start..end);
    let annotation = if label.is_empty() {
        annotation
    } else {
        annotation.label(plain(label))
    };
    let snippet = Snippet::source(one_width(text))
        .line_start(line)
        .path(plain(&file.name))
        .fold(true);
    group.element(snippet.annotation(annotation))
}

/// The text without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\n' || is_bidi(c) {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

/// The same for a quoted line, where every byte must keep its place: only ASCII controls occur as single bytes.
fn one_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => '\t',
            c if c.is_ascii_control() => '?',
            c => c,
        })
        .collect()
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}
