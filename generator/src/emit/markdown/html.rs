//! HTML in a description → Markdown that says the same, since documentation is read in editors too, which show tags as text.
//!
//! A tag counts where Markdown's own parser takes it for HTML, its name is known, and it is closed if it has to be. All others
//! stay: they are words in angle brackets, and what comes after makes them safe.

use super::page::Page;
use super::{is_url, options};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// A tag is no longer than so many characters: what is left open is not looked for to the end of the text, each time anew.
const TAG: usize = 2_000;

/// What an element becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Its text between two of these marks.
    Marked(&'static str),
    Code,
    Link,
    /// Its text alone.
    Bare,
    /// The same within a line, with a space before it.
    Cell,
    Heading(usize),
    /// Paragraphs; whether it must be closed.
    Block {
        closed: bool,
    },
    List {
        numbered: bool,
    },
    Item,
    Preformatted,
    Break,
    Rule,
}

/// Elements of HTML, and the notes of DocBook.
const KINDS: &[(&[&str], Kind)] = &[
    (&["b", "strong"], Kind::Marked("**")),
    (&["i", "em", "var", "cite", "dfn"], Kind::Marked("*")),
    (&["del", "s", "strike"], Kind::Marked("~~")),
    (&["code", "tt", "kbd", "samp"], Kind::Code),
    (&["a"], Kind::Link),
    (
        &[
            "span", "font", "u", "small", "big", "sub", "sup", "center", "abbr", "ins", "mark",
            "nobr",
        ],
        Kind::Bare,
    ),
    (&["td", "th"], Kind::Cell),
    (&["h1"], Kind::Heading(1)),
    (&["h2"], Kind::Heading(2)),
    (&["h3"], Kind::Heading(3)),
    (&["h4"], Kind::Heading(4)),
    (&["h5"], Kind::Heading(5)),
    (&["h6"], Kind::Heading(6)),
    (
        &["p", "dt", "dd", "tr", "thead", "tbody"],
        Kind::Block { closed: false },
    ),
    (
        &[
            "div",
            "section",
            "article",
            "header",
            "footer",
            "blockquote",
            "dl",
            "table",
            "details",
            "summary",
            "caption",
            "note",
            "important",
            "caution",
            "tip",
            "warning",
        ],
        Kind::Block { closed: true },
    ),
    (&["ul"], Kind::List { numbered: false }),
    (&["ol"], Kind::List { numbered: true }),
    (&["li"], Kind::Item),
    (&["pre"], Kind::Preformatted),
    (&["br"], Kind::Break),
    (&["hr"], Kind::Rule),
];

impl Kind {
    fn of(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (_, kind) = KINDS
            .iter()
            .find(|(names, _)| names.contains(&name.as_str()))?;
        Some(*kind)
    }

    fn must_close(self) -> bool {
        !matches!(
            self,
            Self::Block { closed: false } | Self::Item | Self::Break | Self::Rule | Self::Cell
        )
    }

    /// Whether it stands within a line, and may not reach over its end.
    fn is_inline(self) -> bool {
        matches!(
            self,
            Self::Marked(_) | Self::Code | Self::Link | Self::Bare | Self::Cell | Self::Break
        )
    }
}

/// A tag in the text.
#[derive(Debug)]
pub(super) struct Mark {
    range: Range<usize>,
    pub(super) kind: Kind,
    name: String,
    pub(super) closes: bool,
    /// Where a link leads.
    pub(super) target: Option<String>,
    /// In a table, an item or a quote of Markdown's, where every paragraph is a line.
    pub(super) flat: bool,
    /// The tag that closes this one.
    end: Option<usize>,
    /// Whether it becomes anything; it stays as it is otherwise.
    counts: bool,
}

/// The text with its HTML turned into Markdown; `None` where it has none.
pub(super) fn converted(text: &str) -> Option<String> {
    if !text.contains('<') {
        return None;
    }
    let (mut marks, blocks) = scan(text);
    pair(text, &mut marks);
    if !marks.iter().any(|mark| mark.counts) {
        return None;
    }
    let mut page = Page::default();
    let (mut from, mut at) = (0, 0);
    while let Some(mark) = marks.get(at) {
        let next = at + 1;
        if !mark.counts || mark.range.start < from {
            at = next;
            continue;
        }
        page.stretch(text, from..mark.range.start, &blocks);
        (from, at) = match (
            mark.kind,
            mark.end.and_then(|end| Some((end, marks.get(end)?))),
        ) {
            (Kind::Code | Kind::Preformatted, Some((end, close))) => {
                page.verbatim(&within(text, &marks[next..end], mark, close), mark);
                (close.range.end, end + 1)
            }
            _ => {
                page.tag(mark, &text[mark.range.clone()]);
                (mark.range.end, next)
            }
        };
    }
    page.stretch(text, from..text.len(), &blocks);
    Some(page.text)
}

/// Every known tag, and the stretches that are HTML as a whole.
fn scan(text: &str) -> (Vec<Mark>, Vec<Range<usize>>) {
    let (mut marks, mut blocks) = (Vec::new(), Vec::<Range<usize>>::new());
    let mut containers = 0_usize;
    let mut ranges: Vec<(Range<usize>, bool)> = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Table(_) | Tag::Item | Tag::BlockQuote(_)) => containers += 1,
            Event::End(TagEnd::Table | TagEnd::Item | TagEnd::BlockQuote(_)) => {
                containers = containers.saturating_sub(1);
            }
            Event::InlineHtml(_) => ranges.push((range, containers > 0)),
            // A line each: a tag may go over several.
            Event::Html(_) => {
                match blocks.last_mut().filter(|last| last.end == range.start) {
                    Some(last) => last.end = range.end,
                    None if containers == 0 => blocks.push(range.clone()),
                    None => {}
                }
                match ranges
                    .last_mut()
                    .filter(|(last, _)| last.end == range.start)
                {
                    Some((last, _)) => last.end = range.end,
                    None => ranges.push((range, containers > 0)),
                }
            }
            _ => {}
        }
    }
    for (range, flat) in ranges {
        let mut from = range.start;
        while let Some(start) = text[from..range.end].find('<') {
            let start = from + start;
            match mark(text, start..range.end, flat) {
                Some(mark) => {
                    from = mark.range.end;
                    marks.push(mark);
                }
                None => from = start + 1,
            }
        }
    }
    (marks, blocks)
}

/// The tag at the start of a stretch.
fn mark(text: &str, range: Range<usize>, flat: bool) -> Option<Mark> {
    let rest = &text[range.clone()];
    let closes = rest.starts_with("</");
    let inner = &rest[1 + usize::from(closes)..];
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let kind = Kind::of(&inner[..end])?;
    let mut quote = None;
    let mut tag = inner[end..].char_indices().take(TAG);
    let (close, _) = tag.find(|(_, c)| {
        match quote {
            None if *c == '>' => return true,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            Some(mark) if mark == *c => quote = None,
            _ => {}
        }
        false
    })?;
    let attributes = &inner[end..end + close];
    if !attributes.starts_with(|c: char| c.is_whitespace() || c == '/') && !attributes.is_empty() {
        return None;
    }
    let length = 1 + usize::from(closes) + end + close + 1;
    Some(Mark {
        range: range.start..range.start + length,
        kind,
        name: inner[..end].to_ascii_lowercase(),
        closes,
        target: (kind == Kind::Link).then(|| target(attributes)).flatten(),
        flat,
        end: None,
        counts: !kind.must_close(),
    })
}

/// The URL among the attributes of a link.
fn target(attributes: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find("href")?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    let value = value.trim();
    (is_url(value) && !value.contains(|c: char| c.is_whitespace() || "<>()\\".contains(c)))
        .then(|| value.to_owned())
}

/// Finds what closes what. What is within a line may not reach over its paragraph: it is its text alone then.
fn pair(text: &str, marks: &mut [Mark]) {
    let mut open: Vec<usize> = Vec::new();
    let mut of_name: BTreeMap<String, usize> = BTreeMap::new();
    // How many ends of paragraphs there are before each tag.
    let mut ends = Vec::with_capacity(marks.len());
    let (mut count, mut from) = (0_usize, 0);
    for mark in marks.iter() {
        count += text[from..mark.range.start].matches("\n\n").count();
        count += usize::from(!mark.kind.is_inline() && !mark.flat);
        ends.push(count);
        from = mark.range.end;
    }
    for at in 0..marks.len() {
        if !marks[at].kind.must_close() {
            continue;
        }
        let name = marks[at].name.clone();
        if !marks[at].closes {
            *of_name.entry(name).or_default() += 1;
            open.push(at);
            continue;
        }
        if of_name.get(&name).is_none_or(|count| *count == 0) {
            continue;
        }
        while let Some(start) = open.pop() {
            if let Some(count) = of_name.get_mut(&marks[start].name) {
                *count -= 1;
            }
            if marks[start].name != name {
                continue;
            }
            (marks[start].counts, marks[at].counts) = (true, true);
            if marks[start].kind.is_inline() && ends[start] != ends[at] {
                (marks[start].kind, marks[at].kind) = (Kind::Bare, Kind::Bare);
            }
            marks[start].end = Some(at);
            break;
        }
    }
}

/// The text of an element without the tags in it, its entities resolved.
fn within(text: &str, inner: &[Mark], open: &Mark, close: &Mark) -> String {
    let mut out = String::new();
    let mut from = open.range.end;
    for mark in inner {
        out.push_str(&text[from..mark.range.start]);
        if mark.kind == Kind::Break {
            out.push('\n');
        }
        from = mark.range.end;
    }
    out.push_str(&text[from..close.range.start]);
    const ENTITIES: &[(&str, &str)] = &[
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    ENTITIES
        .iter()
        .fold(out, |out, (entity, c)| out.replace(entity, c))
}

#[cfg(test)]
#[path = "html_tests.rs"]
mod tests;
#[cfg(test)]
pub(crate) use tests::CASES;
