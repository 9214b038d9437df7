//! Which operation a request is for: a tree of path segments, literal before template whatever the document's order
//! (OpenAPI 3.2, section "Path Templating Matching").

use super::super::operation::OperationTable;
use std::collections::BTreeMap;

/// What stands between two slashes of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Parameter(&'static str),
}

/// A segment of a template that is more than a literal.
#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    node: Node,
}

/// The tree: what may follow, and what ends here.
#[derive(Debug, Default)]
pub(super) struct Node {
    literals: BTreeMap<String, Node>,
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
            node = node.child(parts(segment));
        }
        node.ends.push((operation.method, endpoint));
    }

    fn child(&mut self, parts: Vec<Part>) -> &mut Node {
        if let [] | [Part::Literal(_)] = parts.as_slice() {
            let literal = match parts.into_iter().next() {
                Some(Part::Literal(text)) => text,
                _ => String::new(),
            };
            return self.literals.entry(literal).or_default();
        }
        let same = |known: &Pattern| shape(&known.parts) == shape(&parts) && known.parts == parts;
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
        // Percent-encoding of unreserved characters makes no difference (RFC 3986, section 6.2.2.2).
        let plain = if segment.contains('%') {
            percent_encoding::percent_decode_str(segment).decode_utf8_lossy()
        } else {
            (*segment).into()
        };
        if let Some(node) = self.literals.get(&*plain)
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

fn shape(parts: &[Part]) -> Vec<Option<&str>> {
    fn literal(part: &Part) -> Option<&str> {
        match part {
            Part::Literal(text) => Some(text.as_str()),
            Part::Parameter(_) => None,
        }
    }
    parts.iter().map(literal).collect()
}

fn literal_length(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Literal(text) => text.len(),
        Part::Parameter(_) => 0,
    };
    parts.iter().map(length).sum()
}

/// Matches a segment: each parameter takes as little as lets the next literal follow.
fn matched<'p>(
    parts: &[Part],
    segment: &'p str,
    parameters: &mut Vec<(&'static str, &'p str)>,
) -> bool {
    let mut rest = segment;
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => match rest.strip_prefix(text.as_str()) {
                Some(after) => rest = after,
                None => return false,
            },
            Part::Parameter(name) => {
                let end = match parts.get(position + 1) {
                    None => rest.len(),
                    Some(Part::Literal(text)) => {
                        let last = position + 2 == parts.len();
                        let found = if last {
                            rest.strip_suffix(text.as_str()).map(str::len)
                        } else {
                            rest.find(text.as_str())
                        };
                        match found {
                            Some(end) => end,
                            None => return false,
                        }
                    }
                    Some(Part::Parameter(_)) => rest.chars().next().map_or(0, char::len_utf8),
                };
                if end == 0 {
                    return false;
                }
                parameters.push((name, &rest[..end]));
                rest = &rest[end..];
            }
        }
    }
    rest.is_empty()
}

fn parts(segment: &'static str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            parts.push(Part::Literal(rest[..open].to_owned()));
        }
        parts.push(Part::Parameter(&rest[open + 1..open + close]));
        rest = &rest[open + close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    parts
}
