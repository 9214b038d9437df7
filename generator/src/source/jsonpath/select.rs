//! Finds the nodes that a query selects, in the order of RFC 9535, section 2.

use super::{Comparable, Comparison, Logical, Path, Query, Segment, Selector};
use crate::source::tree::{NodeId, Tree, Value};

/// The query looks at more nodes than any document needs.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::source) struct TooMuch;

impl Query {
    /// The nodes below a root, each once.
    pub(in crate::source) fn select(
        &self,
        tree: &Tree,
        root: NodeId,
    ) -> Result<Vec<NodeId>, TooMuch> {
        let mut selection = Selection {
            tree,
            root,
            left: 20_000_000,
        };
        let mut nodes = selection.walk(&self.segments, root)?;
        let mut seen = std::collections::HashSet::new();
        nodes.retain(|node| seen.insert(*node));
        Ok(nodes)
    }
}

struct Selection<'a> {
    tree: &'a Tree,
    root: NodeId,
    /// Nodes that may still be looked at.
    left: usize,
}

/// What a comparable is worth.
#[derive(Clone, Debug)]
enum Worth<'a> {
    Nothing,
    Null,
    Bool(bool),
    Number(f64),
    Text(&'a str),
    Node(NodeId),
}

impl<'a> Selection<'a> {
    fn spend(&mut self, nodes: usize) -> Result<(), TooMuch> {
        self.left = self.left.checked_sub(nodes + 1).ok_or(TooMuch)?;
        Ok(())
    }

    fn walk(&mut self, segments: &[Segment], from: NodeId) -> Result<Vec<NodeId>, TooMuch> {
        let mut nodes = vec![from];
        for segment in segments {
            let mut next = Vec::new();
            for node in nodes {
                if segment.descends {
                    for node in self.below(node)? {
                        self.apply(&segment.selectors, node, &mut next)?;
                    }
                } else {
                    self.apply(&segment.selectors, node, &mut next)?;
                }
            }
            nodes = next;
        }
        Ok(nodes)
    }

    /// A node and all below it, each before what it holds.
    fn below(&mut self, node: NodeId) -> Result<Vec<NodeId>, TooMuch> {
        let mut found = Vec::new();
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            found.push(node);
            let children = self.children(node);
            self.spend(children.len())?;
            stack.extend(children.into_iter().rev());
        }
        Ok(found)
    }

    fn children(&self, node: NodeId) -> Vec<NodeId> {
        match self.tree.value(node) {
            Value::List(items) => items.to_vec(),
            Value::Map(entries) => entries.iter().map(|entry| entry.value).collect(),
            _ => Vec::new(),
        }
    }

    fn apply(
        &mut self,
        selectors: &[Selector],
        node: NodeId,
        out: &mut Vec<NodeId>,
    ) -> Result<(), TooMuch> {
        for selector in selectors {
            self.spend(0)?;
            match selector {
                Selector::Name(name) => out.extend(self.tree.get(node, name)),
                Selector::Index(index) => out.extend(item(self.tree.items(node), *index)),
                Selector::Slice { start, end, step } => {
                    let items = self.tree.items(node);
                    self.spend(items.len())?;
                    out.extend(slice(items.len(), *start, *end, *step).map(|at| items[at]));
                }
                Selector::Wildcard => {
                    let children = self.children(node);
                    self.spend(children.len())?;
                    out.extend(children);
                }
                Selector::Filter(filter) => {
                    for child in self.children(node) {
                        if self.holds(filter, child)? {
                            out.push(child);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn holds(&mut self, logical: &Logical, at: NodeId) -> Result<bool, TooMuch> {
        self.spend(0)?;
        Ok(match logical {
            Logical::Or(all) => {
                for one in all {
                    if self.holds(one, at)? {
                        return Ok(true);
                    }
                }
                false
            }
            Logical::And(all) => {
                for one in all {
                    if !self.holds(one, at)? {
                        return Ok(false);
                    }
                }
                true
            }
            Logical::Not(inner) => !self.holds(inner, at)?,
            Logical::Exists(path) => !self.path(path, at)?.is_empty(),
            Logical::Compare(left, comparison, right) => {
                let (left, right) = (self.worth(left, at)?, self.worth(right, at)?);
                self.compare(&left, *comparison, &right)
            }
            Logical::Matches {
                text,
                pattern,
                whole,
            } => {
                let (text, pattern) = (self.worth(text, at)?, self.worth(pattern, at)?);
                match (self.text(&text), self.text(&pattern)) {
                    (Some(text), Some(pattern)) => matches(text, pattern, *whole),
                    _ => false,
                }
            }
        })
    }

    fn path(&mut self, path: &Path, at: NodeId) -> Result<Vec<NodeId>, TooMuch> {
        let from = if path.from_root { self.root } else { at };
        self.walk(&path.segments, from)
    }

    fn worth<'b>(&mut self, comparable: &'b Comparable, at: NodeId) -> Result<Worth<'b>, TooMuch> {
        Ok(match comparable {
            Comparable::Null => Worth::Null,
            Comparable::Bool(value) => Worth::Bool(*value),
            Comparable::Number(value) => Worth::Number(*value),
            Comparable::String(text) => Worth::Text(text),
            Comparable::Node(path) => match self.path(path, at)?.as_slice() {
                [node] => Worth::Node(*node),
                _ => Worth::Nothing,
            },
            Comparable::Count(path) => Worth::Number(self.path(path, at)?.len() as f64),
            Comparable::Length(inner) => {
                let inner = self.worth(inner, at)?;
                self.length(&inner)
                    .map_or(Worth::Nothing, |length| Worth::Number(length as f64))
            }
        })
    }

    fn length(&self, worth: &Worth<'_>) -> Option<usize> {
        if let Some(text) = self.text(worth) {
            return Some(text.chars().count());
        }
        match worth {
            Worth::Node(node) => match self.tree.value(*node) {
                Value::List(items) => Some(items.len()),
                Value::Map(entries) => Some(entries.len()),
                _ => None,
            },
            _ => None,
        }
    }

    fn text<'b>(&self, worth: &Worth<'b>) -> Option<&'b str>
    where
        'a: 'b,
    {
        match worth {
            Worth::Text(text) => Some(text),
            Worth::Node(node) => self.tree.str(*node),
            _ => None,
        }
    }

    fn number(&self, worth: &Worth<'_>) -> Option<f64> {
        match worth {
            Worth::Number(number) => Some(*number),
            Worth::Node(node) => self.tree.number(*node)?.parse().ok(),
            _ => None,
        }
    }

    fn compare(&self, left: &Worth<'_>, comparison: Comparison, right: &Worth<'_>) -> bool {
        let less = |left: &Worth<'_>, right: &Worth<'_>| match (
            self.number(left),
            self.number(right),
        ) {
            (Some(left), Some(right)) => left < right,
            _ => {
                matches!((self.text(left), self.text(right)), (Some(left), Some(right)) if left < right)
            }
        };
        match comparison {
            Comparison::Equal => self.equal(left, right),
            Comparison::NotEqual => !self.equal(left, right),
            Comparison::Less => less(left, right),
            Comparison::Greater => less(right, left),
            Comparison::LessOrEqual => less(left, right) || self.equal(left, right),
            Comparison::GreaterOrEqual => less(right, left) || self.equal(left, right),
        }
    }

    fn equal(&self, left: &Worth<'_>, right: &Worth<'_>) -> bool {
        if let (Worth::Node(left), Worth::Node(right)) = (left, right) {
            return same(self.tree, *left, *right);
        }
        let (left, right) = (self.plain(left), self.plain(right));
        match (&left, &right) {
            (Worth::Nothing, Worth::Nothing) | (Worth::Null, Worth::Null) => true,
            (Worth::Bool(left), Worth::Bool(right)) => left == right,
            (Worth::Number(left), Worth::Number(right)) => left == right,
            (Worth::Text(left), Worth::Text(right)) => left == right,
            _ => false,
        }
    }

    /// A node's own value, unless it is a list or a map.
    fn plain<'b>(&self, worth: &Worth<'b>) -> Worth<'b>
    where
        'a: 'b,
    {
        let Worth::Node(node) = worth else {
            return worth.clone();
        };
        match self.tree.value(*node) {
            Value::Null => Worth::Null,
            Value::Bool(value) => Worth::Bool(value),
            Value::Number(text) => text.parse().map_or(Worth::Nothing, Worth::Number),
            Value::String(text) => Worth::Text(text),
            Value::List(_) | Value::Map(_) => Worth::Node(*node),
        }
    }
}

/// Whether two values are the same, whatever the order of their members.
fn same(tree: &Tree, left: NodeId, right: NodeId) -> bool {
    let mut pairs = vec![(left, right)];
    while let Some((left, right)) = pairs.pop() {
        let alike = match (tree.value(left), tree.value(right)) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(left), Value::Bool(right)) => left == right,
            (Value::String(left), Value::String(right)) => left == right,
            (Value::Number(left), Value::Number(right)) => {
                left == right || left.parse::<f64>().ok() == right.parse::<f64>().ok()
            }
            (Value::List(left), Value::List(right)) => {
                pairs.extend(left.iter().copied().zip(right.iter().copied()));
                left.len() == right.len()
            }
            (Value::Map(entries), Value::Map(others)) => {
                let known = entries
                    .iter()
                    .all(|entry| match tree.get(right, &entry.key) {
                        Some(other) => {
                            pairs.push((entry.value, other));
                            true
                        }
                        None => false,
                    });
                known && entries.len() == others.len()
            }
            _ => false,
        };
        if !alike {
            return false;
        }
    }
    true
}

fn item(items: &[NodeId], index: i64) -> Option<NodeId> {
    let at = usize::try_from(index).ok().or_else(|| {
        let back = usize::try_from(index.unsigned_abs()).ok()?;
        items.len().checked_sub(back)
    })?;
    items.get(at).copied()
}

/// The positions of a slice (RFC 9535, section 2.3.4.2.2).
fn slice(
    len: usize,
    start: Option<i64>,
    end: Option<i64>,
    step: i64,
) -> impl Iterator<Item = usize> {
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let normal = |at: i64| if at >= 0 { at } else { len + at };
    let (from, until) = if step >= 0 {
        let from = normal(start.unwrap_or(0)).clamp(0, len);
        (from, normal(end.unwrap_or(len)).clamp(0, len))
    } else {
        let from = start.map_or(len - 1, normal).clamp(-1, len - 1);
        (from, end.map_or(-1, normal).clamp(-1, len - 1))
    };
    let goes_on = move |at: &i64| {
        if step > 0 {
            *at < until
        } else {
            step < 0 && *at > until
        }
    };
    std::iter::successors(Some(from), move |at| at.checked_add(step))
        .take_while(goes_on)
        .filter_map(|at| usize::try_from(at).ok())
}

/// What is no regular expression matches nothing, as RFC 9535 has it.
fn matches(text: &str, pattern: &str, whole: bool) -> bool {
    let pattern = if whole {
        format!("^(?:{pattern})$")
    } else {
        pattern.to_owned()
    };
    regress::Regex::with_flags(&pattern, "u").is_ok_and(|regex| regex.find(text).is_some())
}
