//! A description as a document's author wrote it → Markdown that rustdoc and clippy take without a complaint.
//!
//! What would be a doctest, a broken link, an HTML tag or a bare URL is found by the parser that rustdoc itself uses, and
//! edited in the source text; the result is parsed again until nothing is left to edit. A text that resists is quoted whole.

mod html;
mod page;

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use std::ops::Range;

/// How often a text is edited before it is quoted whole: each round frees at most one level of nesting.
const ROUNDS: usize = 8;

/// Languages of code blocks that are kept; rustdoc compiles a block whose words it takes for its own.
const LANGUAGES: &[&str] = &[
    "bash",
    "c",
    "console",
    "cpp",
    "csharp",
    "css",
    "csv",
    "curl",
    "diff",
    "go",
    "graphql",
    "html",
    "http",
    "ini",
    "java",
    "javascript",
    "js",
    "json",
    "json5",
    "jsonc",
    "kotlin",
    "markdown",
    "php",
    "python",
    "ruby",
    "sh",
    "shell",
    "sql",
    "swift",
    "text",
    "toml",
    "ts",
    "typescript",
    "xml",
    "yaml",
    "yml",
];

struct Edit {
    range: Range<usize>,
    text: String,
}

/// The lines of a description, made safe; empty for a blank one.
pub(crate) fn lines(markdown: &str) -> Vec<String> {
    if is_sentence(markdown) {
        return vec![markdown.trim_end().to_owned()];
    }
    let mut text = plain(markdown);
    if let Some(converted) = html::converted(&text) {
        text = converted;
    }
    for _ in 0..ROUNDS {
        let edits = edits(&text);
        if edits.is_empty() {
            return split(&text);
        }
        text = apply(&text, edits);
    }
    if edits(&text).is_empty() {
        split(&text)
    } else {
        quoted(&plain(markdown), "text")
    }
}

/// Whether a text is a line of words that Markdown finds nothing in, which needs no parser to be told.
fn is_sentence(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b" .,;?'\"()/-".contains(&byte))
}

/// Text as a code block that its own content cannot close.
pub(crate) fn quoted(text: &str, language: &str) -> Vec<String> {
    let fence = fence(text);
    let mut lines = vec![format!("{fence}{language}")];
    lines.extend(split(text));
    lines.push(fence);
    lines
}

/// Text as inline code that its own content cannot close, in one line.
pub(crate) fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let text = text.as_str();
    let longest = longest_run(text, '`');
    if longest == 0 && !text.is_empty() {
        return format!("`{text}`");
    }
    let ticks = "`".repeat(longest + 1);
    format!("{ticks} {text} {ticks}")
}

/// Without carriage returns, tabs, control characters and characters that change the direction of text.
pub(crate) fn plain(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.trim_end().to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\t' => out.push_str("    "),
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\n' => out.push('\n'),
            '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{61c}'
            | '\u{feff}'
            | '\u{ad}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    let out: Vec<&str> = out.split('\n').collect();
    let first = out
        .iter()
        .position(|line| !line.trim().is_empty())
        .unwrap_or(out.len());
    out[first..].join("\n").trim_end().to_owned()
}

fn split(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text
        .split('\n')
        .map(|line| line.trim_end().to_owned())
        .collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn apply(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    let mut out = String::with_capacity(text.len() + 64);
    let mut done = 0;
    for edit in edits {
        // An edit inside a place that was edited in this round waits for the next one.
        if edit.range.start < done {
            continue;
        }
        out.push_str(&text[done..edit.range.start]);
        out.push_str(&edit.text);
        done = edit.range.end;
    }
    out.push_str(&text[done..]);
    out
}

/// The extensions that rustdoc reads Markdown with.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// A link that is open, and what its text covers so far.
struct OpenLink {
    range: Range<usize>,
    text: Option<Range<usize>>,
    keep: bool,
}

/// Everything in a text that must not stay as it is.
fn edits(text: &str) -> Vec<Edit> {
    let unresolved =
        |_: BrokenLink<'_>| Some((CowStr::Borrowed("unresolved:"), CowStr::Borrowed("")));
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(unresolved));
    let mut edits = Vec::new();
    let mut links: Vec<OpenLink> = Vec::new();
    let mut code_end = 0;
    let mut containers = 0_usize;
    let mut prose: Option<Range<usize>> = None;
    for (event, range) in parser.into_offset_iter() {
        if let Some(link) = links.last_mut().filter(|link| range != link.range) {
            link.text = Some(link.text.take().map_or(range.clone(), |text| {
                text.start.min(range.start)..text.end.max(range.end)
            }));
        }
        if !matches!(event, Event::Text(_)) {
            loose_words(text, prose.take(), &mut edits);
        }
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                code_end = range.end;
                edits.extend(code_block_edit(text, &kind, range, containers));
            }
            Event::Start(Tag::Item | Tag::BlockQuote(_)) => {
                containers += 1;
                edits.extend(nested_definition(text, &range));
            }
            Event::End(TagEnd::Item | TagEnd::BlockQuote(_)) => {
                containers = containers.saturating_sub(1)
            }
            Event::Start(Tag::FootnoteDefinition(_)) | Event::FootnoteReference(_) => {
                edits.push(Edit {
                    range: range.start..range.start,
                    text: "\\".to_owned(),
                });
            }
            Event::Start(
                Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }
                | Tag::Image {
                    link_type,
                    dest_url,
                    ..
                },
            ) => {
                let image = text[range.start..].starts_with('!');
                links.push(opened_link(image, link_type, &dest_url, &range, &mut edits));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(link) = links.pop().filter(|link| !link.keep) {
                    let inner = link
                        .text
                        .map_or(String::new(), |inner| text[inner].to_owned());
                    edits.push(Edit {
                        range: link.range,
                        text: inner,
                    });
                }
            }
            Event::Html(_) | Event::InlineHtml(_) => edits.extend(tags(text, range)),
            // Within an item or a quote a line that starts too far left or right is a lint: one line is never wrong.
            Event::SoftBreak | Event::HardBreak if containers > 0 => {
                edits.push(Edit {
                    range: break_range(text, range),
                    text: " ".to_owned(),
                });
            }
            Event::HardBreak if !text[range.clone()].starts_with('\\') => {
                edits.push(Edit {
                    range,
                    text: "\\\n".to_owned(),
                });
            }
            Event::Text(_) if range.start >= code_end && links.is_empty() => {
                prose = Some(match prose.take() {
                    Some(before) if before.end == range.start => before.start..range.end,
                    before => {
                        loose_words(text, before, &mut edits);
                        range
                    }
                });
            }
            _ => {}
        }
    }
    loose_words(text, prose, &mut edits);
    edits
}

fn opened_link(
    image: bool,
    kind: LinkType,
    target: &str,
    range: &Range<usize>,
    edits: &mut Vec<Edit>,
) -> OpenLink {
    let mut keep = true;
    // An image has a `!` before it, which does no harm alone.
    let bracket = range.start + usize::from(image);
    match kind {
        LinkType::Email => {}
        LinkType::Autolink if is_url(target) => {}
        LinkType::Autolink => edits.push(Edit {
            range: range.start..range.start,
            text: "\\".to_owned(),
        }),
        LinkType::ReferenceUnknown | LinkType::CollapsedUnknown | LinkType::ShortcutUnknown => {
            edits.push(Edit {
                range: bracket..bracket,
                text: "\\".to_owned(),
            });
        }
        _ => keep = is_url(target),
    }
    OpenLink {
        range: range.clone(),
        text: None,
        keep,
    }
}

/// Whether rustdoc leaves the target alone; anything else it takes for a Rust path or a file of its own.
fn is_url(target: &str) -> bool {
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|start| target.starts_with(start) && target.len() > start.len())
}

/// A definition of a link as the first thing in an item or a quote, which is shown as nothing.
fn nested_definition(text: &str, range: &Range<usize>) -> Option<Edit> {
    let start = range.start + text[range.clone()].find('[')?;
    let between = &text[range.start..start];
    let close = start + text[start..range.end].find(']')?;
    let is_definition = text[close..].starts_with("]:")
        && between
            .chars()
            .all(|c| c.is_ascii_digit() || " -+*.)>".contains(c));
    is_definition.then(|| Edit {
        range: start..start,
        text: "\\".to_owned(),
    })
}

/// From the end of the words before a line break to the start of the words after it.
fn break_range(text: &str, range: Range<usize>) -> Range<usize> {
    let rest = &text[range.end..];
    let indent = rest.len() - rest.trim_start_matches([' ', '>']).len();
    // A `>` that belongs to the words is only met where the line is not quoted; it is dropped with the markers.
    range.start..range.end + indent
}

fn tags(text: &str, range: Range<usize>) -> Vec<Edit> {
    if matches!(&text[range.clone()], "<br>" | "<br/>" | "<br />") {
        return Vec::new();
    }
    text[range.clone()]
        .match_indices('<')
        .map(|(at, _)| Edit {
            range: range.start + at..range.start + at,
            text: "\\".to_owned(),
        })
        .collect()
}

/// What words must not look like: URLs without `<>`, and references to footnotes that are not there.
fn loose_words(text: &str, prose: Option<Range<usize>>, edits: &mut Vec<Edit>) {
    let Some(prose) = prose else { return };
    for (at, _) in text[prose.clone()].match_indices("[^") {
        let at = prose.start + at;
        if !text[..at].ends_with('\\') {
            edits.push(Edit {
                range: at..at,
                text: "\\".to_owned(),
            });
        }
    }
    let mut from = prose.start;
    while let Some(at) = text[from..prose.end].find("http") {
        let start = from + at;
        let rest = &text[start..prose.end];
        let scheme = if rest.starts_with("https://") { 8 } else { 7 };
        if scheme == 7 && !rest.starts_with("http://") {
            from = start + 4;
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || "<>\"`|".contains(c))
            .unwrap_or(rest.len());
        let url = rest[..end].trim_end_matches([
            '.', ',', ';', ':', '!', '?', ')', '\'', ']', '}', '*', '_', '\\',
        ]);
        if url.len() > scheme {
            edits.push(Edit {
                range: start..start + url.len(),
                text: format!("<{url}>"),
            });
        }
        from = start + end.max(scheme);
    }
}

fn code_block_edit(
    text: &str,
    kind: &CodeBlockKind<'_>,
    range: Range<usize>,
    containers: usize,
) -> Option<Edit> {
    match kind {
        CodeBlockKind::Fenced(info) => fenced_edit(text, info, range, containers),
        CodeBlockKind::Indented => Some(indented_edit(text, range)),
    }
}

/// The language of a fence set to one that rustdoc does not compile; a fence that stays open is closed.
fn fenced_edit(text: &str, info: &str, range: Range<usize>, containers: usize) -> Option<Edit> {
    let block = &text[range.clone()];
    let mark = block.chars().next()?;
    let run = block.len() - block.trim_start_matches(mark).len();
    let line_end = block.find('\n').unwrap_or(block.len());
    let word = info
        .split([' ', ',', '{'])
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let language = if LANGUAGES.contains(&word.as_str()) {
        word
    } else {
        "text".to_owned()
    };
    if block[run..line_end] != language {
        return Some(Edit {
            range: range.start + run..range.start + line_end,
            text: language,
        });
    }
    let last = block.trim_end().rsplit('\n').next().unwrap_or("").trim();
    let closed = line_end < block.len() && last.len() >= run && last.chars().all(|c| c == mark);
    let end = range.end;
    (!closed && containers == 0).then(|| Edit {
        range: end..end,
        text: format!("\n{}", mark.to_string().repeat(run)),
    })
}

/// A block that is code by its indent alone, fenced.
fn indented_edit(text: &str, range: Range<usize>) -> Edit {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let lead = &text[line_start..range.start];
    if !lead.trim().is_empty() {
        // The first thing in an item: without its indent it is a paragraph.
        let block = &text[range.clone()];
        let indent = block.len() - block.trim_start().len();
        let from = range.start - (lead.len() - lead.trim_end().len());
        return Edit {
            range: from..range.start + indent,
            text: " ".to_owned(),
        };
    }
    let body = text[line_start..range.end].trim_end();
    let indent = body
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.len() - line.trim_start_matches(' ').len())
        .min()
        .unwrap_or(4);
    let outer = " ".repeat(indent.saturating_sub(4));
    let fence = fence(body);
    let mut out = format!("{outer}{fence}text\n");
    for line in body.lines() {
        out.push_str(&outer);
        out.push_str(line.get(indent..).unwrap_or_default());
        out.push('\n');
    }
    out.push_str(&outer);
    out.push_str(&fence);
    out.push('\n');
    Edit {
        range: line_start..range.end,
        text: out,
    }
}

fn fence(text: &str) -> String {
    "`".repeat(longest_run(text, '`').max(2) + 1)
}

fn longest_run(text: &str, mark: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == mark { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

#[cfg(test)]
#[path = "markdown_tests.rs"]
mod tests;
