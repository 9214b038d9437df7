//! Server Objects: where the API is, and where an operation is if it is elsewhere.

use super::Lowering;
use crate::document::{Document, Operation, PathItem, Server};
use crate::ir::BaseUrl;

/// Where the API is; the first is the client's default. If the document names only hosts of operations, the first of these.
pub(super) fn base_urls(document: &Document) -> Vec<BaseUrl> {
    let mut found: Vec<BaseUrl> = document.servers.iter().map(base_url).collect();
    if found.iter().any(|known| is_absolute(&known.url)) {
        return found;
    }
    let mut of_operations = document.paths.iter().flat_map(|(_, item)| {
        let operations = item.operations.iter();
        operations.filter_map(|operation| own(item, operation).into_iter().next())
    });
    if let Some(first) = of_operations.find(|known| is_absolute(&known.url)) {
        found.insert(0, first);
    }
    found
}

impl Lowering<'_> {
    /// Where an operation is, if not where the API is (OpenAPI 3.2, Operation Object, `servers`).
    pub(super) fn base_urls(&self, item: &PathItem, operation: &Operation) -> Vec<BaseUrl> {
        let mut found = own(item, operation);
        let usual = self.api.base_urls.first();
        let is_same =
            |a: &BaseUrl, b: &BaseUrl| a.url.trim_end_matches('/') == b.url.trim_end_matches('/');
        if usual
            .zip(found.first())
            .is_some_and(|(usual, own)| is_same(usual, own))
        {
            return Vec::new();
        }
        for base in &mut found {
            if !is_absolute(&base.url) {
                base.url = from_root(&base.url);
            }
        }
        found
    }
}

/// The base URLs of the operation itself, else of its path.
fn own(item: &PathItem, operation: &Operation) -> Vec<BaseUrl> {
    let servers = if operation.servers.is_empty() {
        &item.servers
    } else {
        &operation.servers
    };
    servers.iter().map(base_url).collect()
}

fn is_absolute(url: &str) -> bool {
    url.contains("://")
}

/// A relative URL from the root of a host, without segments that lead elsewhere (RFC 3986, section 5.2.4).
fn from_root(url: &str) -> String {
    let mut segments: Vec<&str> = Vec::new();
    for segment in url.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    format!("/{}", segments.join("/"))
}

/// A URL with its variables filled in; one without a scheme is meant to be reached as everything is.
fn base_url(server: &Server) -> BaseUrl {
    let mut url = server.url.clone();
    for (name, variable) in &server.variables {
        url = url.replace(&format!("{{{}}}", name.name), &variable.default);
    }
    if url.starts_with("//") {
        url.insert_str(0, "https:");
    }
    BaseUrl {
        url,
        description: server.description.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::from_root;

    #[test]
    fn relative_urls_begin_at_the_root() {
        for (url, expected) in [
            ("v1", "/v1"),
            ("/v1/", "/v1"),
            (".", "/"),
            ("./test", "/test"),
            ("../a/./b/../c", "/a/c"),
        ] {
            assert_eq!(from_root(url), expected, "{url}");
        }
    }
}
