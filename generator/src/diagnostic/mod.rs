//! What is wrong with a document: collected by every stage, levelled once, shown in three ways.

pub(crate) mod code;
mod level;
mod render;
mod similar;

#[cfg(test)]
mod tests;

use crate::source::{FileId, NodeId, Span};
pub(crate) use code::Code;
pub use code::explained;
pub(crate) use level::Levels;
pub(crate) use render::{Format, render, render_span};
pub(crate) use similar::similar;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    Error,
    Warning,
    Note,
}

/// Where a message points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Node(NodeId),
    /// The key that the node stands under.
    Key(NodeId),
    Span(Span),
    File(FileId),
    Nowhere,
}

#[derive(Clone, Debug)]
pub(crate) struct Diagnostic {
    pub(crate) code: &'static Code,
    pub(crate) level: Level,
    pub(crate) message: String,
    pub(crate) place: Place,
    /// A few words at the place.
    pub(crate) label: String,
    /// Other places that have to do with it.
    pub(crate) also: Vec<(Place, String)>,
    /// What to do.
    pub(crate) help: Option<String>,
}

impl Diagnostic {
    pub(crate) fn new(code: &'static Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.level,
            message: message.into(),
            place,
            label: String::new(),
            also: Vec::new(),
            help: None,
        }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// The faults of a run. A document of nothing but faults does not fill the memory: each code keeps its first
/// [`Diagnostics::MOST`] and counts the rest.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    counts: std::collections::BTreeMap<&'static str, usize>,
}

impl Diagnostics {
    const MOST: usize = 10_000;

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code.id).or_default();
        *count += 1;
        if *count <= Self::MOST {
            self.list.push(diagnostic);
        }
    }

    /// Takes over what has been collected apart.
    pub(crate) fn absorb(&mut self, other: Self) {
        for (id, count) in other.counts {
            *self.counts.entry(id).or_default() += count;
        }
        self.list.extend(other.list);
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.level == Level::Error)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many were reported beyond those that were kept.
    pub(crate) fn left_out(&self) -> usize {
        self.counts
            .values()
            .map(|count| count.saturating_sub(Self::MOST))
            .sum()
    }
}
