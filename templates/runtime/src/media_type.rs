//! Media types and ranges (RFC 9110, sections 8.3.1 and 12.5.1): which documented one a body is of, and which one a
//! client would rather have.

/// The parameter that says how a text became bytes.
const CHARSET: &str = "charset";

/// `type/subtype` in lower case, without its parameters.
#[cfg(feature = "client")]
pub(crate) fn essence(text: &str) -> String {
    bare(text).to_ascii_lowercase()
}

/// `type/subtype` without its parameters.
fn bare(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// What stands between separators, which mean nothing inside of quotes (RFC 9110, section 5.6.4).
fn pieces(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let is_escape = quoted && c == '\\' && !escaped;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = is_escape;
        c == separator && !quoted
    })
}

/// A parameter's value without its quotes.
fn unquoted(value: &str) -> String {
    let inside = value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'));
    let Some(inside) = inside else {
        return value.to_owned();
    };
    let mut escaped = false;
    let stays = |c: &char| {
        escaped = *c == '\\' && !escaped;
        !escaped
    };
    inside.chars().filter(stays).collect()
}

/// The parameters but for `q`, with names in lower case and values without quotes, in order.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = pieces(text, ';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .map(|(name, value)| {
            let name = name.trim().to_ascii_lowercase();
            let value = unquoted(value.trim());
            let value = if name == CHARSET {
                value.to_ascii_lowercase()
            } else {
                value
            };
            (name, value)
        })
        .filter(|(name, _)| name != "q")
        .collect();
    found.sort();
    found
}

/// The type without its subtype.
fn kind(text: &str) -> &str {
    bare(text).split('/').next().unwrap_or_default()
}

/// Whether the text is a range: a type or subtype of it is open.
pub(crate) fn is_range(text: &str) -> bool {
    bare(text).ends_with("/*")
}

/// Whether the text names JSON, by itself or by its suffix (RFC 6839, section 3.1).
#[cfg(feature = "client")]
pub(crate) fn is_json(text: &str) -> bool {
    let essence = essence(text);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether the text names XML, by itself or by its suffix (RFC 7303).
#[cfg(feature = "client")]
pub(crate) fn is_xml(text: &str) -> bool {
    let essence = essence(text);
    essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Whether the text names YAML, by itself, by its suffix (RFC 9512) or as it was called before.
#[cfg(feature = "client")]
pub(crate) fn is_yaml(text: &str) -> bool {
    const NAMES: &[&str] = &["yaml", "x-yaml", "vnd.yaml", "yml", "x-yml"];
    let essence = essence(text);
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    NAMES.contains(&subtype) || subtype.ends_with("+yaml")
}

/// Whether the text names one of the spellings of JSON Lines.
#[cfg(feature = "client")]
pub(crate) fn is_lines(text: &str) -> bool {
    const NAMES: &[&str] = &[
        "jsonl",
        "x-jsonl",
        "ndjson",
        "x-ndjson",
        "json-lines",
        "jsonlines",
    ];
    let essence = essence(text);
    let (_, subtype) = essence.split_once('/').unwrap_or_default();
    NAMES.contains(&subtype)
}

/// How exactly a documented media type or range is what came: 4 and more with its parameters, 3 without any, 2 if all that is
/// missing is the charset, 1 by type, 0 by `*/*`; `None` where it is not (OpenAPI 3.2, Media Types).
///
/// Whoever leaves a charset out means the usual one; whoever names another means another.
pub(crate) fn fit(documented: &str, came: &str) -> Option<u8> {
    let (range, found) = (bare(documented), bare(came));
    if range == "*/*" {
        return Some(0);
    }
    if let Some(open) = range.strip_suffix("/*") {
        return kind(found).eq_ignore_ascii_case(open).then_some(1);
    }
    if !range.eq_ignore_ascii_case(found) {
        return None;
    }
    let demanded = if documented.contains(';') {
        parameters(documented)
    } else {
        Vec::new()
    };
    if demanded.is_empty() {
        return Some(3);
    }
    let given = parameters(came);
    let missing = demanded.iter().filter(|one| !given.contains(one));
    let mut charset_only = false;
    for (name, _) in missing {
        if name != CHARSET || given.iter().any(|(given, _)| given == CHARSET) {
            return None;
        }
        charset_only = true;
    }
    if charset_only {
        return Some(2);
    }
    Some(3 + u8::try_from(demanded.len()).unwrap_or(u8::MAX - 3))
}

/// Which of several representations fits best what came, by position; each has one or more media types.
pub(crate) fn best<'a>(
    documented: impl Iterator<Item = &'a [&'static str]>,
    came: &str,
) -> Option<usize> {
    let mut best: Option<(usize, u8)> = None;
    for (position, names) in documented.enumerate() {
        if let Some(exactness) = names.iter().filter_map(|name| fit(name, came)).max()
            && best.is_none_or(|(_, known)| exactness > known)
        {
            best = Some((position, exactness));
        }
    }
    best.map(|(position, _)| position)
}

/// How much a client wants a media type, in thousandths, by its `Accept`: the most exact range decides. A documented range is
/// wanted if anything in it is.
pub(crate) fn quality(accept: &str, media_type: &str) -> u16 {
    weighed(accept, |range| {
        fit(range, media_type).or_else(|| {
            let open = bare(media_type) == "*/*"
                || is_range(media_type) && kind(media_type).eq_ignore_ascii_case(kind(range));
            open.then_some(0)
        })
    })
}

/// The same where a documented range is wanted only as a whole.
pub(crate) fn demanded(accept: &str, media_type: &str) -> u16 {
    weighed(accept, |range| fit(range, media_type))
}

fn weighed(accept: &str, exactness: impl Fn(&str) -> Option<u8>) -> u16 {
    let mut decided: Option<(u8, u16)> = None;
    for range in pieces(accept, ',') {
        let Some(exactness) = exactness(range) else {
            continue;
        };
        if decided.is_none_or(|(known, _)| exactness > known) {
            decided = Some((exactness, weight(range)));
        }
    }
    decided.map_or(0, |(_, quality)| quality)
}

/// `q`, in thousandths (RFC 9110, section 12.4.2); 1 where it is left out or malformed.
fn weight(range: &str) -> u16 {
    let weight = pieces(range, ';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .and_then(|(_, value)| value.trim().parse::<f32>().ok())
        .filter(|weight| (0.0..=1.0).contains(weight));
    weight.map_or(1000, |weight| (weight * 1000.0).round() as u16)
}

#[cfg(test)]
mod tests {
    use super::{fit, quality};

    #[test]
    fn the_more_a_media_type_says_the_more_exactly_it_fits() {
        let fits = [
            "*/*",
            "text/*",
            "text/a;charset=utf-8",
            "text/a",
            "text/a;b=1",
            "text/a;b=1;c=2",
        ];
        let exactness = fits.map(|documented| fit(documented, "Text/A; c=2; B=1"));
        assert_eq!(exactness, [0, 1, 2, 3, 4, 5].map(Some));
    }

    #[test]
    fn only_a_charset_may_be_left_out() {
        let documented = "text/a; charset=utf-8";
        assert_eq!(fit(documented, "text/a"), Some(2));
        assert_eq!(fit(documented, "text/a; charset=UTF-8"), Some(4));
        assert_eq!(fit(documented, "text/a; charset=latin1"), None);
        assert_eq!(fit("text/a; b=1", "text/a"), None);
        assert_eq!(quality("text/a;charset=utf-8", "text/a"), 1000);
    }

    #[test]
    fn separators_inside_of_quotes_are_none() {
        let quoted = r#"text/a; b="x;y, \"z\"""#;
        assert_eq!(fit(quoted, r#"text/a;b="x;y, \"z\"";c=1"#), Some(4));
        assert_eq!(fit(quoted, r#"text/a;b="x"#), None);
        assert_eq!(fit("text/a;b=x", r#"text/a;b="x""#), Some(4));
        assert_eq!(quality(&format!("{quoted};q=0.5, text/b"), quoted), 500);
        assert_eq!(quality(&format!("{quoted};q=0.5, text/b"), "text/b"), 1000);
    }
}
