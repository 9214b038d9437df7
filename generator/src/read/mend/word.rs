//! Words that a field does not know, and what they stand for.

use super::super::grammar::{Field, Object, Support};
use super::{Meant, Reading, kept, meant};
use crate::diagnostic::similar;
use crate::document::Version;
use crate::source::{New, NodeId, Value};

const HELP: &str = "it is read as the word that is meant";

/// Other words for where a parameter goes, in small letters and without punctuation.
const LOCATIONS: &[(&str, &str)] = &[
    ("headers", "header"),
    ("head", "header"),
    ("paths", "path"),
    ("pathparam", "path"),
    ("pathparameter", "path"),
    ("route", "path"),
    ("queries", "query"),
    ("queryparam", "query"),
    ("queryparameter", "query"),
    ("querystring", "query"),
    ("cookies", "cookie"),
    ("requestbody", "body"),
    ("form", "formData"),
    ("formdata", "formData"),
    ("formfield", "formData"),
    ("formparam", "formData"),
    ("multipart", "formData"),
];

/// Other words for kinds of security, likewise, with the scheme of HTTP.
const SECURITY: &[(&str, &str, &str)] = &[
    ("apikey", "apiKey", ""),
    ("apitoken", "apiKey", ""),
    ("key", "apiKey", ""),
    ("oauth", "oauth2", ""),
    ("oauth2", "oauth2", ""),
    ("oauth20", "oauth2", ""),
    ("openid", "openIdConnect", ""),
    ("oidc", "openIdConnect", ""),
    ("openidconnect", "openIdConnect", ""),
    ("mtls", "mutualTLS", ""),
    ("mutualtls", "mutualTLS", ""),
    ("https", "http", ""),
    ("bearer", "http", "bearer"),
    ("httpbearer", "http", "bearer"),
    ("jwt", "http", "bearer"),
    ("token", "http", "bearer"),
    ("basic", "http", "basic"),
    ("httpbasic", "http", "basic"),
    ("digest", "http", "digest"),
];

/// A word without case and punctuation.
fn plain(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

impl Reading<'_> {
    /// What a word means that a field does not know: what the node is made, and the new value.
    pub(in super::super) fn word(
        &self,
        object: Object,
        field: &Field,
        node: NodeId,
        text: &str,
        words: &[&'static str],
    ) -> Option<(NodeId, Meant)> {
        let here = |new: Option<Meant>| Some((node, new?));
        match (object, field.name) {
            (Object::SecurityScheme, "type") => {
                let scheme = self.tree.parent(node)?;
                Some((scheme, self.scheme(scheme, text)?))
            }
            (_, "type") => {
                let above = self.tree.parent(node)?;
                let owner = match self.tree.value(above) {
                    Value::List(_) => self.tree.parent(above)?,
                    _ => above,
                };
                Some((owner, self.typed(object, owner)?))
            }
            (Object::Parameter, "in") => here(self.location(node, text, words)),
            _ => {
                let word = similar(text, words.iter().copied());
                let word = word.map(|word| New::Text(word.to_owned()));
                // A hint that nobody understands is no hint.
                let is_hint = field.support == Support::Ignored
                    || matches!(
                        field.name,
                        "style" | "collectionFormat" | "nodeType" | "schemes"
                    );
                match word {
                    Some(word) => here(meant(word, HELP)),
                    None if is_hint => here(meant(New::Null, "it is read as if it were not there")),
                    None => None,
                }
            }
        }
    }

    fn location(&self, node: NodeId, text: &str, words: &[&'static str]) -> Option<Meant> {
        let plain = plain(text);
        let own = words.iter().find(|word| word.eq_ignore_ascii_case(&plain));
        let named = LOCATIONS.iter().find(|(name, _)| *name == plain);
        let word = own
            .copied()
            .or_else(|| named.map(|(_, word)| *word))
            .or_else(|| similar(text, words.iter().copied()))
            .or_else(|| self.in_route(node).then_some("path"))?;
        meant(New::Text(word.to_owned()), HELP)
    }

    /// Whether the route that a part of a parameter stands under has an expression of its name.
    pub(super) fn in_route(&self, node: NodeId) -> bool {
        let name = self
            .tree
            .parent(node)
            .and_then(|parameter| self.text(parameter, "name"));
        let Some(name) = name else { return false };
        let mut at = Some(node);
        while let Some(here) = at {
            match self.tree.key(here) {
                Some(route) if route.starts_with('/') => {
                    return route.contains(&format!("{{{name}}}"));
                }
                _ => at = self.tree.parent(here),
            }
        }
        false
    }

    fn scheme(&self, node: NodeId, text: &str) -> Option<Meant> {
        let plain = plain(text);
        let (_, kind, scheme) = SECURITY.iter().find(|(name, ..)| *name == plain)?;
        let kind = match *scheme {
            "basic" if self.version == Version::V2_0 => "basic",
            _ => kind,
        };
        let mut entries = kept(self.tree, node, &["type"]);
        let at = self.tree.get(node, "type").unwrap_or(node);
        entries.insert(0, (self.key("type", at), New::Text(kind.to_owned())));
        if kind == "http" && !scheme.is_empty() && self.tree.get(node, "scheme").is_none() {
            let scheme = New::Text((*scheme).to_owned());
            entries.push((self.key("scheme", at), scheme));
        }
        meant(New::Map(entries), "it is read as the kind that is meant")
    }
}
