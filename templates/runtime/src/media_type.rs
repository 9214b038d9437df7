//! Media types and ranges (RFC 9110, sections 8.3.1 and 12.5.1): which documented one a body is of, and which one a
//! client would rather have.

/// `type/subtype` in lower case, without its parameters.
#[cfg(feature = "client")]
pub(crate) fn essence(text: &str) -> String {
    bare(text).to_ascii_lowercase()
}

/// `type/subtype` without its parameters.
fn bare(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// The parameters but for `q`, with names in lower case and values without quotes, in order.
fn parameters(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = text
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .map(|(name, value)| {
            let name = name.trim().to_ascii_lowercase();
            let value = value.trim().trim_matches('"');
            let value = if name == "charset" {
                value.to_ascii_lowercase()
            } else {
                value.to_owned()
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

/// How exactly a documented media type or range is what came: 3 with its parameters, 2 without any, 1 by type, 0 by `*/*`;
/// `None` where it is not (OpenAPI 3.2, Media Types).
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
        return Some(2);
    }
    let given = parameters(came);
    demanded.iter().all(|one| given.contains(one)).then_some(3)
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
    for range in accept.split(',') {
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
    let weight = range
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("q"))
        .and_then(|(_, value)| value.trim().parse::<f32>().ok())
        .filter(|weight| (0.0..=1.0).contains(weight));
    weight.map_or(1000, |weight| (weight * 1000.0).round() as u16)
}
