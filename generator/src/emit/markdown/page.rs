//! What a description's HTML says, written as Markdown: words and tags come in one after the other, and what has to stand between
//! them is settled when the next words come.

use super::html::{Kind, Mark};
use super::{code, plain, quoted};
use std::ops::Range;

/// What comes before the next words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Line,
    Paragraph,
}

/// A list that is open.
#[derive(Debug, Default)]
struct List {
    numbered: bool,
    items: u64,
}

/// How many lists deep the margin grows.
const DEPTH: usize = 8;

/// What has been written, and where in it the writer is.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    gap: Gap,
    lists: Vec<List>,
    /// The marker of an item that has no words yet.
    bullet: Option<String>,
    /// Where open elements within a line started, and where their links lead.
    open: Vec<(Kind, usize, Option<String>)>,
    /// Whether marks were closed after what is no letter: a letter right after them would undo that.
    closed: bool,
}

impl Page {
    /// Words between two tags, some of which are in HTML, where the indent of a line means nothing.
    pub(super) fn stretch(&mut self, text: &str, range: Range<usize>, blocks: &[Range<usize>]) {
        let mut from = range.start;
        let after = blocks.partition_point(|block| block.end <= range.start);
        for block in &blocks[after..] {
            if block.start >= range.end {
                break;
            }
            let start = block.start.max(from);
            self.words(&text[from..start]);
            let end = block.end.min(range.end);
            let lines: Vec<&str> = text[start..end].split('\n').collect();
            let last = lines.len() - 1;
            let trimmed = lines.iter().enumerate().map(|(at, line)| {
                let line = if at > 0 { line.trim_start() } else { line };
                if at < last { line.trim_end() } else { line }
            });
            self.words(&trimmed.collect::<Vec<_>>().join("\n"));
            if block.end <= range.end {
                self.gap = Gap::Paragraph;
            }
            from = end;
        }
        self.words(&text[from..range.end]);
    }

    fn words(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if std::mem::take(&mut self.closed) && words.starts_with(char::is_alphanumeric) {
            self.text.push(' ');
        }
        if self.gap == Gap::None && self.bullet.is_none() && !self.text.is_empty() {
            if self.lists.is_empty() {
                self.text.push_str(words);
            } else {
                self.text.push_str(&words.replace('\n', " "));
            }
            return;
        }
        let rest = words.trim_start();
        if rest.is_empty() {
            return;
        }
        if self.gap == Gap::Line {
            self.end_line(&words[..words.len() - rest.len()], rest);
        }
        self.start();
        if self.lists.is_empty() {
            self.text.push_str(rest);
        } else {
            self.text.push_str(&rest.replace('\n', " "));
        }
    }

    fn space(&mut self) {
        if !self.text.ends_with(char::is_whitespace) {
            self.words(" ");
        }
    }

    /// A line that ends before words with this space before them: a paragraph or a mark of Markdown's ends it anyway.
    fn end_line(&mut self, space: &str, rest: &str) {
        let is_line = space.contains('\n');
        let marker = rest.starts_with(['-', '*', '+', '#', '>', '|', '`', '~'])
            || rest.starts_with(|c: char| c.is_ascii_digit());
        if space.matches('\n').count() > 1 {
            self.gap = Gap::Paragraph;
        } else if is_line && marker {
            self.trim();
            self.text.push('\n');
            self.gap = Gap::None;
        }
    }

    /// Writes what has to come before the next words.
    fn start(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if let Some(bullet) = self.bullet.take() {
            self.trim();
            let is_first = self.lists.len() == 1 && self.lists[0].items == 1;
            if !self.text.is_empty() {
                self.text.push_str(if is_first { "\n\n" } else { "\n" });
            }
            self.indent(1);
            self.text.push_str(&bullet);
            return;
        }
        match gap {
            _ if self.text.is_empty() => {}
            Gap::None => {}
            Gap::Line if self.lists.is_empty() => {
                self.trim();
                self.text.push_str("\\\n");
            }
            Gap::Line => self.text.push(' '),
            Gap::Paragraph => {
                self.trim();
                self.text.push_str("\n\n");
                self.indent(0);
            }
        }
    }

    /// The margin within all lists but the innermost few.
    fn indent(&mut self, but: usize) {
        let depth = self.lists.len().saturating_sub(but).min(DEPTH);
        let widths = self.lists[..depth]
            .iter()
            .map(|list| if list.numbered { 3 } else { 2 });
        let width = widths.sum();
        self.text.push_str(&" ".repeat(width));
    }

    fn trim(&mut self) {
        let length = self.text.trim_end().len();
        let started = self.open.last().map_or(0, |(_, start, _)| *start);
        self.text.truncate(length.max(started));
    }

    pub(super) fn tag(&mut self, mark: &Mark, written: &str) {
        match mark.kind {
            Kind::Break if mark.flat => self.words(written),
            Kind::Break => {
                self.gap = match self.gap {
                    Gap::None => Gap::Line,
                    Gap::Line | Gap::Paragraph => Gap::Paragraph,
                };
            }
            Kind::Cell => self.space(),
            Kind::Marked(_) | Kind::Link if mark.closes => self.close(mark.kind),
            Kind::Marked(_) | Kind::Link => {
                self.start();
                self.open
                    .push((mark.kind, self.text.len(), mark.target.clone()));
            }
            Kind::Bare | Kind::Code | Kind::Preformatted => {}
            _ if mark.flat => self.space(),
            Kind::Heading(level) => {
                self.gap = Gap::Paragraph;
                if !mark.closes {
                    self.start();
                    self.text.push_str(&"#".repeat(level));
                    self.text.push(' ');
                }
            }
            Kind::Block { .. } => self.gap = Gap::Paragraph,
            Kind::List { numbered } => self.list(numbered, mark.closes),
            Kind::Item => self.item(mark.closes),
            Kind::Rule => {
                self.gap = Gap::Paragraph;
                self.words("---");
                self.gap = Gap::Paragraph;
            }
        }
    }

    fn list(&mut self, numbered: bool, closes: bool) {
        self.bullet = None;
        if closes {
            self.lists.pop();
        } else {
            self.lists.push(List { numbered, items: 0 });
        }
        self.gap = Gap::Paragraph;
    }

    fn item(&mut self, closes: bool) {
        self.gap = Gap::Paragraph;
        self.bullet = None;
        if closes {
            return;
        }
        if self.lists.is_empty() {
            self.lists.push(List::default());
        }
        self.bullet = self.lists.last_mut().map(|list| {
            list.items += 1;
            if list.numbered {
                format!("{}. ", list.items)
            } else {
                "- ".to_owned()
            }
        });
    }

    /// Puts the marks of an element around its text, and the space at its ends outside of them.
    fn close(&mut self, kind: Kind) {
        let Some((_, start, target)) = self.open.pop() else {
            return;
        };
        let inner = self.text.split_off(start);
        let words = inner.trim();
        let lead = &inner[..inner.len() - inner.trim_start().len()];
        self.text.push_str(lead);
        if words.is_empty() {
            return;
        }
        match (kind, target) {
            (Kind::Marked(mark), _) => {
                let before = self.text.chars().next_back();
                if before.is_some_and(char::is_alphanumeric)
                    && !words.starts_with(char::is_alphanumeric)
                {
                    self.text.push(' ');
                }
                self.text.push_str(mark);
                self.text.push_str(words);
                self.text.push_str(mark);
                self.closed = !words.ends_with(char::is_alphanumeric);
            }
            (_, Some(target)) if target == words => self.text.push_str(&format!("<{target}>")),
            (_, Some(target)) => self.text.push_str(&format!("[{words}]({target})")),
            (_, None) => self.text.push_str(words),
        }
        let tail = &inner[inner.trim_end().len()..];
        self.closed &= tail.is_empty();
        self.text.push_str(tail);
    }

    /// Text of an element that shows it as it is.
    pub(super) fn verbatim(&mut self, inner: &str, mark: &Mark) {
        let words = inner.trim();
        if words.is_empty() {
            return;
        }
        if mark.kind == Kind::Preformatted && !mark.flat && self.lists.is_empty() {
            self.gap = Gap::Paragraph;
            self.start();
            let block = quoted(plain(inner).trim_matches('\n'), "text");
            self.text.push_str(&block.join("\n"));
            self.gap = Gap::Paragraph;
            return;
        }
        let ticks = words.trim_matches('`');
        let words = if ticks.is_empty() || ticks.contains('`') {
            words
        } else {
            ticks
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        if inner.starts_with(char::is_whitespace) {
            self.space();
        }
        self.start();
        self.text.push_str(&code(&words.join(" ")));
        if inner.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }
}
