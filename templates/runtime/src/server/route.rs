//! Which operation a request is for: a tree of path segments, literal before template whatever the document's order
//! (OpenAPI 3.2, section "Path Templating Matching").

use super::super::operation::OperationTable;
use super::super::template::{Part, matched, parts, plain};
use std::borrow::Cow;
use std::collections::HashMap;

/// A segment of a template that is more than a literal.
#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    node: Node,
}

/// The tree: what may follow, and what ends here.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// By their texts, not encoded.
    literals: HashMap<Cow<'static, str>, Node>,
    /// The more literal ones first.
    patterns: Vec<Pattern>,
    /// Position of the endpoint by method.
    ends: Vec<(&'static str, usize)>,
}

/// A found endpoint with the texts of its path parameters, not decoded.
pub(super) type Found<'n, 'p> = (&'n [(&'static str, usize)], Vec<(&'static str, &'p str)>);

impl Node {
    pub(super) fn insert(&mut self, operation: &'static OperationTable, endpoint: usize) {
        let route = operation.route.strip_prefix('/').unwrap_or(operation.route);
        let mut node = self;
        for segment in route.split('/') {
            node = node.child(parts(segment, operation));
        }
        node.ends.push((operation.method, endpoint));
    }

    fn child(&mut self, parts: Vec<Part>) -> &mut Node {
        if let [] | [Part::Literal(_)] = parts.as_slice() {
            let literal = match parts.into_iter().next() {
                Some(Part::Literal(text)) => text,
                _ => "",
            };
            return self.literals.entry(plain(literal)).or_default();
        }
        let same = |known: &Pattern| names(&known.parts) == names(&parts);
        let position = match self.patterns.iter().position(same) {
            Some(position) => position,
            None => {
                let literal = literal_length(&parts);
                let before = self
                    .patterns
                    .iter()
                    .position(|known| literal_length(&known.parts) < literal);
                let position = before.unwrap_or(self.patterns.len());
                self.patterns.insert(
                    position,
                    Pattern {
                        parts,
                        node: Node::default(),
                    },
                );
                position
            }
        };
        &mut self.patterns[position].node
    }

    /// The endpoints of a path, by method.
    pub(super) fn find<'p>(&self, path: &'p str) -> Option<Found<'_, 'p>> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let mut parameters = Vec::new();
        self.walk(&segments, &mut parameters)
            .map(|ends| (ends, parameters))
    }

    /// Depth is that of the document's longest template, whatever the request's path.
    fn walk<'p>(
        &self,
        segments: &[&'p str],
        parameters: &mut Vec<(&'static str, &'p str)>,
    ) -> Option<&[(&'static str, usize)]> {
        let Some((segment, rest)) = segments.split_first() else {
            return (!self.ends.is_empty()).then_some(&self.ends[..]);
        };
        if let Some(node) = self.literals.get(&*plain(segment))
            && let Some(found) = node.walk(rest, parameters)
        {
            return Some(found);
        }
        for pattern in &self.patterns {
            let before = parameters.len();
            if matched(&pattern.parts, segment, parameters)
                && let Some(found) = pattern.node.walk(rest, parameters)
            {
                return Some(found);
            }
            parameters.truncate(before);
        }
        None
    }
}

/// What the template has, and whether it is an expression.
fn names(parts: &[Part]) -> Vec<(bool, &str)> {
    let name = |part: &Part| match part {
        Part::Literal(text) => (false, *text),
        Part::Parameter(name, _) => (true, *name),
    };
    parts.iter().map(name).collect()
}

fn literal_length(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Literal(text) => text.len(),
        Part::Parameter(..) => 0,
    };
    parts.iter().map(length).sum()
}
