//! Path templates (OpenAPI 3.2, section "Path Templating"): segments of literals and expressions, filled in and taken apart.

use super::operation::{OperationTable, Style};
use super::style::percent_encoded;
#[cfg(feature = "client")]
use super::style::reserved_encoded;

#[cfg(feature = "server")]
use std::borrow::Cow;

/// A piece of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(&'static str),
    /// An expression by its name, and what its text begins with, where its style says so.
    Parameter(&'static str, Option<char>),
}

impl Part {
    /// The name of an expression.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match self {
            Self::Literal(_) => None,
            Self::Parameter(name, _) => Some(name),
        }
    }
}

/// What the text of an expression begins with (RFC 6570, sections 3.2.5 and 3.2.7).
fn lead(table: &OperationTable, name: &str) -> Option<char> {
    let mut parameters = table.parameters.iter();
    let own = parameters.find(|parameter| {
        parameter.field.name == name && parameter.location == super::operation::Location::Path
    })?;
    match own.style() {
        Style::Matrix => Some(';'),
        Style::Label => Some('.'),
        _ => None,
    }
}

/// The template of a path without what it says behind `?` and `#`, that is its query and its fragment.
pub(crate) fn without_query(route: &str) -> &str {
    divided(route)[0]
}

/// The template, its query and its fragment (RFC 3986, sections 3.4 and 3.5); signs in braces belong to a name.
fn divided(route: &str) -> [&str; 3] {
    let (mut depth, mut query, mut fragment) = (0_usize, None, None);
    for (at, sign) in route.bytes().enumerate() {
        match sign {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b'?' if depth == 0 && query.is_none() => query = Some(at),
            b'#' if depth == 0 => {
                fragment = Some(at);
                break;
            }
            _ => {}
        }
    }
    let (route, fragment) = match fragment {
        Some(at) => (&route[..at], &route[at + 1..]),
        None => (route, ""),
    };
    match query {
        Some(at) => [&route[..at], &route[at + 1..], fragment],
        None => [route, "", fragment],
    }
}

/// The pairs of a template's query, then those of its fragment.
#[cfg(feature = "server")]
pub(crate) fn beside_path(route: &str) -> impl Iterator<Item = &str> {
    let [_, query, fragment] = divided(route);
    let pairs = query.split('&').chain(fragment.split('&'));
    pairs.filter(|pair| !pair.is_empty())
}

/// The pairs of a template's query that are not among the operation's own parameters, with the texts of its expressions. Its
/// fragment is not sent (RFC 9110, section 4.2.5).
#[cfg(feature = "client")]
pub(crate) fn query(table: &OperationTable, text: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let is_own = |name: &str| {
        let mut own = table.parameters.iter();
        own.any(|own| own.location == super::operation::Location::Query && own.field.name == name)
    };
    let pairs = divided(table.route)[1].split('&');
    let pairs = pairs.filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && !is_own(&super::style::decoded(name, true))
    });
    let filled = pairs.map(|pair| {
        let parts = parts(pair, table).into_iter().map(|part| match part {
            Part::Literal(text) => reserved_encoded(text, false).to_string(),
            Part::Parameter(name, _) => text(name).unwrap_or_default(),
        });
        parts.collect()
    });
    filled.collect()
}

/// Takes a segment of an operation's template apart. A brace without its partner is text.
pub(crate) fn parts(segment: &'static str, table: &OperationTable) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            break;
        };
        if open > 0 {
            parts.push(Part::Literal(&rest[..open]));
        }
        let name = &rest[open + 1..open + close];
        parts.push(Part::Parameter(name, lead(table, name)));
        rest = &rest[open + close + 1..];
    }
    if !rest.is_empty() {
        parts.push(Part::Literal(rest));
    }
    parts
}

/// Whether an expression may be nothing: behind a literal, a path still has its segment where there is nothing to write
/// (RFC 6570, section 2.3); beside others it may where its style begins with a sign.
fn may_be_empty(parts: &[Part], position: usize) -> bool {
    let signed = matches!(parts.get(position), Some(Part::Parameter(_, Some(_))));
    matches!(parts, [Part::Literal(_), Part::Parameter(..)]) || signed && parts.len() > 1
}

/// Where the text of an expression ends that another one follows at once: where that one's begins.
fn boundary(text: &str, name: &str, (next, lead): (&str, Option<char>)) -> usize {
    let Some(lead) = lead else {
        return text.chars().next().map_or(0, char::len_utf8);
    };
    let key = |at: usize| {
        let rest = text.get(at + lead.len_utf8()..).unwrap_or_default();
        rest.split([lead, '=']).next().unwrap_or_default()
    };
    let mut begins = text.match_indices(lead).map(|(at, _)| at);
    // The names of members stand in the place of an object's own.
    let (own, next) = (percent_encoded(name), percent_encoded(next));
    let named = begins.clone().find(|at| lead == ';' && key(*at) == next);
    let other = || begins.find(|at| *at > 0 && (lead != ';' || key(*at) != own));
    named.or_else(other).unwrap_or(text.len())
}

/// Characters that mean something else where they are not encoded (RFC 3986, section 2.2).
const RESERVED: &[u8] = b":/?#[]@!$&'()*+,;=";

/// A byte of a path, whether it is a reserved one that is encoded, and how much of the text it is. Encoding makes no difference
/// to any other (RFC 3986, section 6.2.2).
fn unit(text: &[u8]) -> Option<((u8, bool), usize)> {
    let digit = |at: usize| char::from(*text.get(at)?).to_digit(16);
    match (text.first()?, digit(1), digit(2)) {
        (b'%', Some(high), Some(low)) => {
            let byte = (high * 16 + low) as u8;
            Some(((byte, RESERVED.contains(&byte)), 3))
        }
        (byte, ..) => Some(((*byte, false), 1)),
    }
}

/// A segment as it is meant, with only reserved characters encoded.
#[cfg(feature = "server")]
pub(crate) fn plain(segment: &str) -> Cow<'_, str> {
    if !segment.contains('%') {
        return Cow::Borrowed(segment);
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(segment.len()), segment.as_bytes());
    while let Some(((byte, reserved), length)) = unit(rest) {
        match reserved {
            true => bytes.extend(format!("%{byte:02X}").bytes()),
            false => bytes.push(byte),
        }
        rest = &rest[length..];
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

/// What follows a literal that a text begins with, encoded or not.
fn strip_literal<'p>(text: &'p str, literal: &str) -> Option<&'p str> {
    let (mut rest, mut wanted) = (text.as_bytes(), literal.as_bytes());
    while let Some((byte, length)) = unit(wanted) {
        let (found, taken) = unit(rest)?;
        if found != byte {
            return None;
        }
        (rest, wanted) = (&rest[taken..], &wanted[length..]);
    }
    text.get(text.len() - rest.len()..)
}

/// Where a literal is first found in a text; at its end, where that is wanted.
fn find_literal(text: &str, literal: &str, last: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = text.get(at..).and_then(|rest| strip_literal(rest, literal));
        if found.is_some_and(|rest| !last || rest.is_empty()) {
            return Some(at);
        }
        at += unit(&text.as_bytes()[at..])?.1;
    }
}

/// Takes a segment of a path apart into the texts of its expressions: each expression takes as little as lets the next literal follow, and at least one character,
/// unless it stands alone behind a literal.
pub(crate) fn matched<'p>(parts: &[Part], segment: &'p str, parameters: &mut Vec<&'p str>) -> bool {
    let mut rest = segment;
    for (position, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => match strip_literal(rest, text) {
                Some(after) => rest = after,
                None => return false,
            },
            Part::Parameter(name, _) => {
                let end = match parts.get(position + 1) {
                    None => rest.len(),
                    Some(Part::Literal(text)) => {
                        let last = position + 2 == parts.len();
                        match find_literal(rest, text, last) {
                            Some(end) => end,
                            None => return false,
                        }
                    }
                    Some(Part::Parameter(next, lead)) => boundary(rest, name, (next, *lead)),
                };
                if end == 0 && !may_be_empty(parts, position) {
                    return false;
                }
                parameters.push(&rest[..end]);
                rest = &rest[end..];
            }
        }
    }
    rest.is_empty()
}

/// Fills a template in, with the texts of its expressions as they are sent.
///
/// # Errors
///
/// An expression that is empty, or a segment that could not be taken apart again, by its first expression.
#[cfg(feature = "client")]
pub(crate) fn filled(
    table: &OperationTable,
    text: impl Fn(&str) -> Option<String>,
) -> Result<String, (&'static str, &'static str)> {
    let mut path = String::new();
    for (position, segment) in without_query(table.route).split('/').enumerate() {
        if position > 0 {
            path.push('/');
        }
        let parts = parts(segment, table);
        let (mut written, mut first, mut texts) = (String::new(), "path", Vec::new());
        if let Some(name) = parts.iter().find_map(Part::name) {
            first = name;
        }
        let mut is_missing = false;
        for (position, part) in parts.iter().enumerate() {
            match part {
                // What cannot stand in a path is encoded, what is encoded already stays so.
                Part::Literal(text) => written.push_str(&reserved_encoded(text, false)),
                Part::Parameter(name, _) => {
                    let text = text(name).unwrap_or_default();
                    is_missing |= text.is_empty() && !may_be_empty(&parts, position);
                    written.push_str(&text);
                    texts.push(text);
                }
            }
        }
        if texts.is_empty() {
            path.push_str(&written);
            continue;
        }
        let mut found = Vec::new();
        let apart = matched(&parts, &written, &mut found);
        if is_missing || written.is_empty() {
            return Err((first, "it is empty, and a path cannot hold that"));
        }
        if !apart || found != texts {
            return Err((first, "the literals beside it could not be told from it"));
        }
        // URL parsers take such segments away, however they are encoded (WHATWG URL, "double-dot URL path segment").
        if matches!(written.as_str(), "." | "..") {
            return Err((first, "a segment of the path would be `.` or `..`"));
        }
        path.push_str(&written);
    }
    Ok(path)
}

#[cfg(all(test, feature = "client"))]
mod tests {
    use super::super::operation::{Location, Parameter};
    use super::super::table::{Field, Mark};
    use super::*;

    const fn path(name: &'static str, marks: &'static [Mark]) -> Parameter {
        Parameter {
            location: Location::Path,
            field: Field {
                marks,
                ..Field::new(name)
            },
        }
    }

    static MATRIX: [Mark; 1] = [Mark::Style("matrix")];
    static LABEL: [Mark; 1] = [Mark::Style("label")];
    static PARAMETERS: [Parameter; 4] = [
        path("m", &MATRIX),
        path("n", &MATRIX),
        path("o", &LABEL),
        path("p", &LABEL),
    ];

    const fn table(route: &'static str) -> OperationTable {
        OperationTable {
            name: "",
            id: "",
            method: "GET",
            route,
            base: &[],
            parameters: &PARAMETERS,
            body: None,
            security: &[],
            answers: &[],
        }
    }

    fn taken_apart<'p>(
        segment: &'static str,
        text: &'p str,
    ) -> Option<Vec<(&'static str, &'p str)>> {
        let (mut found, parts) = (Vec::new(), parts(segment, &table(segment)));
        let names = parts.iter().filter_map(Part::name);
        matched(&parts, text, &mut found).then(|| names.zip(found).collect())
    }

    #[test]
    fn literals_that_are_no_characters_of_a_path_are_encoded() {
        let path = |template| filled(&table(template), |_| Some("7".to_owned()));
        assert_eq!(path("/über/a b").as_deref(), Ok("/%C3%BCber/a%20b"));
        assert_eq!(path("/nº {id}").as_deref(), Ok("/n%C2%BA%207"));
        assert_eq!(
            path("/%C3%BC/100%/{id}%").as_deref(),
            Ok("/%C3%BC/100%25/7%25")
        );
        assert_eq!(
            path("/a:b,c;d=e@f/+$&'()*!").as_deref(),
            Ok("/a:b,c;d=e@f/+$&'()*!")
        );
    }

    #[test]
    fn expressions_side_by_side_begin_with_their_signs() {
        let both = |m: &'static str, n: &'static str| Some(vec![("m", m), ("n", n)]);
        assert_eq!(taken_apart("{m}{n}", ";m=1;n=2"), both(";m=1", ";n=2"));
        assert_eq!(taken_apart("{m}{n}", ";m=1;m=2;n"), both(";m=1;m=2", ";n"));
        assert_eq!(
            taken_apart("{m}{n}", ";m=1;x=2;y=3"),
            both(";m=1", ";x=2;y=3")
        );
        assert_eq!(taken_apart("{m}{n}", ";m=1"), both(";m=1", ""));
        assert_eq!(taken_apart("{m}{n}", ";n=1"), both("", ";n=1"));
        let both = Some(vec![("o", ".1"), ("p", ".2")]);
        assert_eq!(taken_apart("{o}{p}", ".1.2"), both);
        let both = Some(vec![("x", "a;b"), ("m", ";m=1")]);
        assert_eq!(taken_apart("{x}{m}", "a;b;m=1"), both);
    }

    #[test]
    fn literals_are_the_same_encoded_or_not() {
        for text in ["nº 7", "n%C2%BA%207", "n%c2%ba%207", "%6E%C2%BA 7"] {
            assert_eq!(
                taken_apart("nº {id}", text),
                Some(vec![("id", "7")]),
                "{text}"
            );
        }
        for text in ["a%2Db", "a-b"] {
            let both = Some(vec![("x", "a"), ("y", "b")]);
            assert_eq!(taken_apart("{x}-{y}", text), both, "{text}");
        }
        assert_eq!(
            taken_apart("{id}é", "%C3%A9%C3%A9"),
            Some(vec![("id", "%C3%A9")])
        );
        assert_eq!(taken_apart("{id}é", "%C3%A9"), None);
        // A reserved character is another one where it is encoded (RFC 3986, section 2.2).
        let both = Some(vec![("a", "x%2Cy"), ("b", "z")]);
        assert_eq!(taken_apart("{a},{b}", "x%2Cy,z"), both);
        // Half of an encoded character is none.
        assert_eq!(taken_apart("{id}9", "a%C3%A9"), None);
    }
}
