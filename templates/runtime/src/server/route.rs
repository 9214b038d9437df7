//! Which operation a request is for: a tree of path segments, literal before template whatever the document's order
//! (OpenAPI 3.2, section "Path Templating Matching").

use super::super::operation::OperationTable;
use super::super::template::{self, Part, matched, parts, plain};
use super::fixed::{Fixed, Query, fixed, query};
use http::request::Parts;
use std::borrow::Cow;
use std::collections::HashMap;

/// A segment of a template that is more than a literal, by the names of whichever operation came first.
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
    ends: Vec<End>,
}

/// An operation at the end of its route.
#[derive(Debug)]
pub(super) struct End {
    pub(super) method: &'static str,
    /// The position of its endpoint.
    pub(super) endpoint: usize,
    /// What it calls the route's parameters, in their order.
    parameters: Vec<&'static str>,
    fixed: Vec<Fixed>,
}

impl End {
    /// The texts of a path, and those that its query fixes, under the names of the operation's parameters.
    pub(super) fn named<'p>(
        &self,
        texts: Vec<&'p str>,
        parts: &'p Parts,
    ) -> impl Iterator<Item = (&'static str, &'p str)> {
        let query = match self.fixed.as_slice() {
            [] => Query::new(),
            _ => query(parts),
        };
        let fixed = self.fixed.iter();
        let fixed = fixed.filter_map(move |fixed| fixed.parameter(&query));
        self.parameters.iter().copied().zip(texts).chain(fixed)
    }
}

/// The operation of a method: of several the one with most of what its path fixes, if the request has all of it, else the first.
pub(super) fn chosen<'n>(ends: &'n [End], method: &str, parts: &Parts) -> Option<&'n End> {
    let own = || ends.iter().filter(|end| end.method == method);
    let query = match own().any(|end| !end.fixed.is_empty()) {
        true => query(parts),
        false => Query::new(),
    };
    let fits = |end: &&End| end.fixed.iter().all(|fixed| fixed.is_in(&query, parts));
    let mut fitting = own().filter(fits);
    let first = fitting.next();
    let best = fitting.fold(first, |best, end| {
        best.filter(|best| best.fixed.len() >= end.fixed.len())
            .or(Some(end))
    });
    best.or_else(|| own().next())
}

/// The operations of a path with the texts of its parameters, not decoded.
pub(super) type Found<'n, 'p> = (&'n [End], Vec<&'p str>);

impl Node {
    pub(super) fn insert(&mut self, operation: &'static OperationTable, endpoint: usize) {
        let route = template::without_query(operation.route);
        let route = route.strip_prefix('/').unwrap_or(route);
        let mut node = self;
        let mut parameters = Vec::new();
        for segment in route.split('/') {
            let parts = parts(segment, operation);
            parameters.extend(parts.iter().filter_map(Part::name));
            node = node.child(parts);
        }
        node.ends.push(End {
            method: operation.method,
            endpoint,
            parameters,
            fixed: fixed(operation),
        });
    }

    fn child(&mut self, parts: Vec<Part>) -> &mut Node {
        if let [] | [Part::Literal(_)] = parts.as_slice() {
            let literal = match parts.into_iter().next() {
                Some(Part::Literal(text)) => text,
                _ => "",
            };
            return self.literals.entry(plain(literal)).or_default();
        }
        let same = |known: &Pattern| is_same(&known.parts, &parts);
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

    /// The operations of a path.
    pub(super) fn find<'p>(&self, path: &'p str) -> Option<Found<'_, 'p>> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let segments: Vec<&str> = path.split('/').collect();
        let mut parameters = Vec::new();
        self.walk(&segments, &mut parameters)
            .map(|ends| (ends, parameters))
    }

    /// Depth is that of the document's longest template, whatever the request's path.
    fn walk<'p>(&self, segments: &[&'p str], parameters: &mut Vec<&'p str>) -> Option<&[End]> {
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

/// Whether two segments match the same texts: whatever their parameters are called, unless names tell apart what stands side by
/// side.
fn is_same(one: &[Part], other: &[Part]) -> bool {
    let is_parameter = |part: &Part| matches!(part, Part::Parameter(..));
    let side_by_side = |parts: &[Part]| parts.windows(2).any(|two| two.iter().all(is_parameter));
    if side_by_side(one) {
        return one == other;
    }
    let same =
        |(one, other): (&Part, &Part)| one == other || is_parameter(one) && is_parameter(other);
    one.len() == other.len() && one.iter().zip(other).all(same)
}

fn literal_length(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Literal(text) => text.len(),
        Part::Parameter(..) => 0,
    };
    parts.iter().map(length).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn operation(method: &'static str, route: &'static str) -> OperationTable {
        OperationTable {
            name: "",
            id: "",
            method,
            route,
            base: &[],
            parameters: &[],
            body: None,
            security: &[],
            answers: &[],
        }
    }

    static OPERATIONS: [OperationTable; 13] = [
        operation("GET", "/disks/{id}"),
        operation("DELETE", "/disks/{name}"),
        operation("GET", "/disks/{id}/parts/{part}"),
        operation("PUT", "/disks/{disk}/parts/{id}"),
        operation("GET", "/disks/{key}"),
        operation("GET", "/disks/own"),
        operation("POST", "/#Target=a"),
        operation("POST", "/#Target=b"),
        operation("DELETE", "/?Action=List%20all"),
        operation("DELETE", "/?Action=Drop"),
        operation("PUT", "/{bucket}"),
        operation("PUT", "/{bucket}#acl"),
        operation("DELETE", "/{bucket}?key={key}"),
    ];

    fn found(target: &str, method: &str) -> Option<(usize, Vec<(&'static str, String)>)> {
        let mut root = Node::default();
        for (position, operation) in OPERATIONS.iter().enumerate() {
            root.insert(operation, position);
        }
        let request = http::Request::builder().uri(target).header("Target", "b");
        let (parts, ()) = request.body(()).ok()?.into_parts();
        let (ends, texts) = root.find(parts.uri.path())?;
        let end = chosen(ends, method, &parts)?;
        let named = end.named(texts, &parts);
        let named = named.map(|(name, text)| (name, text.to_owned()));
        Some((end.endpoint, named.collect()))
    }

    #[test]
    fn a_route_is_one_whatever_its_operations_call_its_parameters() {
        let one = |position, name| Some((position, vec![(name, "7".to_owned())]));
        assert_eq!(found("/disks/7", "GET"), one(0, "id"));
        assert_eq!(found("/disks/7", "DELETE"), one(1, "name"));
        let two = |position, [first, second]: [&'static str; 2]| {
            let both = vec![(first, "7".to_owned()), (second, "a".to_owned())];
            Some((position, both))
        };
        assert_eq!(found("/disks/7/parts/a", "GET"), two(2, ["id", "part"]));
        assert_eq!(found("/disks/7/parts/a", "PUT"), two(3, ["disk", "id"]));
    }

    #[test]
    fn operations_of_one_path_are_told_apart_by_what_their_paths_fix() {
        assert_eq!(found("/", "POST"), Some((7, Vec::new())));
        assert_eq!(found("/?Action=Drop", "DELETE"), Some((9, Vec::new())));
        assert_eq!(found("/?Target=a", "POST"), Some((6, Vec::new())));
        assert_eq!(
            found("/?Action=List+all&x=1", "DELETE"),
            Some((8, Vec::new()))
        );
        let bucket = ("bucket", "b".to_owned());
        assert_eq!(found("/b", "PUT"), Some((10, vec![bucket.clone()])));
        assert_eq!(found("/b?acl", "PUT"), Some((11, vec![bucket.clone()])));
        let key = ("key", "a%20b".to_owned());
        assert_eq!(
            found("/b?key=a%20b", "DELETE"),
            Some((12, vec![bucket, key]))
        );
    }

    #[test]
    fn a_literal_decides_before_a_template_does() {
        assert_eq!(found("/disks/own", "GET"), Some((5, Vec::new())));
        assert_eq!(found("/disks/own", "DELETE"), None);
    }
}
