//! JSONPath (RFC 9535) over a [`Tree`](super::tree::Tree): a query and the nodes it selects.

mod parse;
mod select;
#[cfg(test)]
mod tests;

/// A query of RFC 9535, from the root of the document.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Query {
    segments: Vec<Segment>,
}

/// Why a text is no query: what is wrong, and at which byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) message: &'static str,
}

#[derive(Clone, Debug, PartialEq)]
struct Segment {
    /// `..`: the selectors are applied to each node and to all below it.
    descends: bool,
    selectors: Vec<Selector>,
}

#[derive(Clone, Debug, PartialEq)]
enum Selector {
    Name(String),
    Wildcard,
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Logical),
}

#[derive(Clone, Debug, PartialEq)]
enum Logical {
    Or(Vec<Logical>),
    And(Vec<Logical>),
    Not(Box<Logical>),
    /// The path selects something.
    Exists(Path),
    Compare(Comparable, Comparison, Comparable),
    /// Whether a text is as a regular expression (RFC 9485) says, whole or in part.
    Matches {
        text: Comparable,
        pattern: Comparable,
        whole: bool,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// What has one value, or none.
#[derive(Clone, Debug, PartialEq)]
enum Comparable {
    Null,
    Bool(bool),
    Number(f64),
    String(String),
    /// A path that selects one node at most, and `value(…)` of any path.
    Node(Path),
    Length(Box<Comparable>),
    Count(Path),
}

#[derive(Clone, Debug, PartialEq)]
struct Path {
    /// From `$`, else from `@`.
    from_root: bool,
    segments: Vec<Segment>,
}

impl Path {
    /// Whether it selects one node at most whatever the document holds.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            !segment.descends
                && matches!(
                    segment.selectors.as_slice(),
                    [Selector::Name(_) | Selector::Index(_)]
                )
        })
    }
}
