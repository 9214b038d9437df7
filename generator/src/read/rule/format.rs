//! The forms of texts: URLs, e-mail addresses, media types, names.

/// What a text should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A URI reference (RFC 3986), relative ones included.
    Url,
    /// The same, with `{variables}`.
    UrlTemplate,
    /// An address (RFC 5322, `addr-spec`, without comments and quotes).
    Email,
    /// 2.0: a name or an address and perhaps a port.
    Host,
    /// 2.0: a path that begins with a slash.
    BasePath,
}

impl Format {
    pub(super) const fn expected(self) -> &'static str {
        match self {
            Self::Url => "a URL",
            Self::UrlTemplate => "a URL, perhaps with `{variables}`",
            Self::Email => "an e-mail address",
            Self::Host => "a host without scheme and path",
            Self::BasePath => "a path that begins with `/`",
        }
    }

    /// What is wrong with a text, if anything.
    pub(super) fn fault(self, text: &str) -> Option<String> {
        match self {
            Self::Url => url(text),
            Self::UrlTemplate => template(text, url),
            Self::Email => (!is_email(text)).then(|| "no e-mail address".to_owned()),
            Self::Host => (text.is_empty() || text.contains(['/', '?', '#', '@', ' ', '{', '}']))
                .then(|| "no host alone".to_owned()),
            Self::BasePath => match url(text) {
                None if !text.starts_with('/') => Some("does not begin with `/`".to_owned()),
                fault => fault,
            },
        }
    }
}

fn url(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    for (at, c) in text.char_indices() {
        let fine = c.is_ascii_alphanumeric()
            || "-._~:/?#[]@!$&'()*+,;=".contains(c)
            // Letters of other scripts: what an IRI may have (RFC 3987).
            || !c.is_ascii() && !c.is_whitespace() && !c.is_control();
        let escape = || {
            let digits = bytes.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        let fine = fine || c == '%' && escape();
        if !fine {
            return Some(format!("{c:?} cannot stand in a URL"));
        }
    }
    if text.matches('#').count() > 1 {
        return Some("a URL has one `#` at most".to_owned());
    }
    // A first segment with a colon is a scheme.
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    let (scheme, _) = first.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    (!is_scheme).then(|| format!("`{scheme}` is no scheme"))
}

/// Checks the braces of a template, and the text with each expression as a plain word.
pub(super) fn template(text: &str, rest: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut plain = String::with_capacity(text.len());
    let mut left = text;
    while let Some(open) = left.find(['{', '}']) {
        plain.push_str(&left[..open]);
        let inner = &left[open + 1..];
        let close = inner
            .find(['{', '}'])
            .filter(|close| inner[*close..].starts_with('}'));
        let (true, Some(close)) = (left[open..].starts_with('{'), close) else {
            return Some("a brace stands alone".to_owned());
        };
        if close == 0 {
            return Some("an expression is empty".to_owned());
        }
        plain.push('x');
        left = &inner[close + 1..];
    }
    plain.push_str(left);
    rest(&plain)
}

/// The names of a template's expressions.
pub(super) fn expressions(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| Some(part.split_once('}')?.0))
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let atom = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c) || !c.is_ascii();
    let dotted = |part: &str| {
        part.split('.')
            .all(|atoms| !atoms.is_empty() && atoms.chars().all(atom))
    };
    let label = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let literal = domain.starts_with('[') && domain.ends_with(']');
    dotted(local) && (literal || domain.split('.').all(label))
}

/// A media type or a range of them (RFC 9110, section 8.3.1 and 12.5.1): `application/json`, `text/*`, `*/*`.
pub(super) fn is_media_range(text: &str) -> bool {
    let mut parts = pieces(text);
    let essence = parts.next().unwrap_or_default().trim();
    let Some((kind, subtype)) = essence.split_once('/') else {
        return false;
    };
    let wild = subtype == "*" || kind != "*";
    let parameter = |part: &str| {
        let part = part.trim();
        part.is_empty()
            || part
                .split_once('=')
                .is_some_and(|(name, value)| is_token(name) && is_value(value))
    };
    is_token(kind) && is_token(subtype) && wild && parts.all(parameter)
}

/// What stands between semicolons; inside of quotes they are none (RFC 9110, section 5.6.4).
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(move |c| {
        let is_escape = quoted && c == '\\' && !escaped;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = is_escape;
        c == ';' && !quoted
    })
}

/// The value of a parameter: something, and its quotes in pairs.
fn is_value(value: &str) -> bool {
    match value.strip_prefix('"') {
        Some(rest) => rest.ends_with('"'),
        None => !value.is_empty(),
    }
}

/// A token of HTTP (RFC 9110, section 5.6.2): what a header or a cookie may be called.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The name of a component: letters, digits, `.`, `-` and `_`.
pub(super) fn is_component_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Format, is_component_name, is_media_range, is_token};

    #[test]
    fn texts_have_their_forms() {
        let fits = |format: Format, text: &str| format.fault(text).is_none();
        for url in [
            "https://example.com/a?b#c",
            "/v1",
            "a/b",
            "",
            "urn:a:b",
            "../x",
            "https://münchen.de/ß",
            "a%20b",
            "//h/x",
        ] {
            assert!(fits(Format::Url, url), "{url}");
        }
        for url in [
            "a b",
            "ht<p://x",
            "a\\b",
            "a%2",
            "a#b#c",
            "1a:b",
            "https://x/{y}",
            "\n",
        ] {
            assert!(!fits(Format::Url, url), "{url}");
        }
        for url in ["https://{host}/v1", "{scheme}://x", "/"] {
            assert!(fits(Format::UrlTemplate, url), "{url}");
        }
        for url in ["https://{host/v1", "a}b", "{}", "{a{b}}", "a b"] {
            assert!(!fits(Format::UrlTemplate, url), "{url}");
        }
        for email in ["a@b", "a.b+c@example.com", "ü@münchen.de", "a@[127.0.0.1]"] {
            assert!(fits(Format::Email, email), "{email}");
        }
        for email in [
            "a",
            "@b",
            "a@",
            "a b@c",
            "a@b..c",
            "a..b@c",
            "a@-b",
            "Name <a@b>",
        ] {
            assert!(!fits(Format::Email, email), "{email}");
        }
        for range in [
            "application/json",
            "text/*",
            "*/*",
            "text/plain; charset=utf-8",
            "application/vnd.a+json;v=1",
            "a/b;",
        ] {
            assert!(is_media_range(range), "{range}");
        }
        for range in [
            "json",
            "application/",
            "*/json",
            "a/b c",
            "a/b;c",
            "a/b;c=\"d;e",
            "",
            "/",
        ] {
            assert!(!is_media_range(range), "{range}");
        }
        assert!(
            fits(Format::Host, "example.com:80")
                && !fits(Format::Host, "https://a")
                && !fits(Format::Host, "")
        );
        assert!(fits(Format::BasePath, "/v1") && !fits(Format::BasePath, "v1"));
        assert!(is_token("X-Request-Id") && !is_token("") && !is_token("a b") && !is_token("a:b"));
        assert!(
            is_component_name("a.B-c_1") && !is_component_name("a b") && !is_component_name("")
        );
    }
}
