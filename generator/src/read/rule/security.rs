//! The rules of security schemes, and of what operations require of them.

use super::format::is_token;
use super::{Rules, Version, code};
use crate::diagnostic::Place;
use crate::source::{NodeId, Value};

/// A field that only schemes of one type have (and there, of these flows or schemes, if it says which), and whether they
/// cannot do without it. What a reader needs (`name`, `in`, `scheme`) is asked for there.
struct Own {
    field: &'static str,
    of: &'static str,
    only: &'static [&'static str],
    needed: bool,
}

const fn own(
    field: &'static str,
    of: &'static str,
    only: &'static [&'static str],
    needed: bool,
) -> Own {
    Own {
        field,
        of,
        only,
        needed,
    }
}

const SINCE_3_0: &[Own] = &[
    own("name", "apiKey", &[], false),
    own("in", "apiKey", &[], false),
    own("scheme", "http", &[], false),
    own("bearerFormat", "http", &["bearer"], false),
    own("flows", "oauth2", &[], true),
    own("oauth2MetadataUrl", "oauth2", &[], false),
    own("openIdConnectUrl", "openIdConnect", &[], true),
];

const IN_2_0: &[Own] = &[
    own("name", "apiKey", &[], false),
    own("in", "apiKey", &[], false),
    own("flow", "oauth2", &[], true),
    own("scopes", "oauth2", &[], true),
    own(
        "authorizationUrl",
        "oauth2",
        &["implicit", "accessCode"],
        true,
    ),
    own(
        "tokenUrl",
        "oauth2",
        &["password", "application", "accessCode"],
        true,
    ),
];

impl<'a> Rules<'a, '_> {
    pub(super) fn security_scheme(&mut self) {
        let Some(kind) = self.text("type") else {
            return;
        };
        let (fields, kind_of) = match self.version {
            Version::V2_0 => (IN_2_0, "flow"),
            _ => (SINCE_3_0, "scheme"),
        };
        let sort = self.text(kind_of).unwrap_or_default();
        for own in fields {
            let is_sort = own.only.iter().any(|only| only.eq_ignore_ascii_case(sort));
            let applies = own.of == kind && (own.only.is_empty() || is_sort);
            match self.get(own.field) {
                // Without its kind of flow nothing can be said of what that needs.
                Some(at) if !(applies || own.of == kind && sort.is_empty()) => {
                    let message = format!("`{}` says nothing of this security scheme", own.field);
                    let help = "remove it, or correct the type";
                    self.report(
                        code::CONFLICTING_FIELDS,
                        Place::Key(at),
                        message,
                        "no effect",
                        help,
                    );
                }
                None if applies && own.needed => {
                    let what = format!("`{}` of the security scheme", own.field);
                    self.absent(&what, "add it");
                }
                _ => {}
            }
        }
        self.key_name(kind);
        if let Some((at, scheme)) = self.get("scheme").zip(self.text("scheme"))
            && kind == "http"
            && !is_token(scheme)
        {
            self.report(
                code::INVALID_NAME,
                Place::Node(at),
                format!("no scheme of HTTP can be called `{scheme}`"),
                "no token",
                "write a registered one, such as `bearer` or `basic`",
            );
        }
    }

    /// The header or cookie that a key stands in.
    fn key_name(&mut self, kind: &str) {
        let named = matches!(self.text("in"), Some("header" | "cookie")) && kind == "apiKey";
        let Some((at, name)) = self.get("name").zip(self.text("name")) else {
            return;
        };
        if named && !is_token(name) {
            let message = format!("no header or cookie can be called `{name}`");
            let help = "write letters, digits and `!#$%&'*+-.^_|~`";
            self.report(
                code::INVALID_NAME,
                Place::Node(at),
                message,
                "no token",
                help,
            );
        }
    }

    /// The flows of a scheme of 3.x: which URLs each has.
    pub(super) fn oauth_flow(&mut self) {
        let (needed, foreign): (&[&str], &[&str]) = match self.tree.key(self.node) {
            Some("implicit") => (&["authorizationUrl", "scopes"], &["tokenUrl"]),
            Some("password" | "clientCredentials") => {
                (&["tokenUrl", "scopes"], &["authorizationUrl"])
            }
            Some("authorizationCode") => (&["authorizationUrl", "tokenUrl", "scopes"], &[]),
            Some("deviceAuthorization") => (
                &["deviceAuthorizationUrl", "tokenUrl", "scopes"],
                &["authorizationUrl"],
            ),
            _ => (&[], &[]),
        };
        for field in needed {
            let missing = self
                .get(field)
                .is_none_or(|at| matches!(self.tree.value(at), Value::Null));
            if missing {
                self.absent(
                    &format!("`{field}` of the flow"),
                    "add it; `scopes: {}` where there are none",
                );
            }
        }
        for field in foreign {
            if let Some(at) = self.get(field) {
                let message = format!("`{field}` says nothing of this flow");
                self.report(
                    code::CONFLICTING_FIELDS,
                    Place::Key(at),
                    message,
                    "no effect",
                    "remove it",
                );
            }
        }
    }

    /// What an operation requires: schemes, each with the scopes that it has.
    pub(super) fn requirement(&mut self) {
        for entry in self.entries {
            let Some(scheme) = self.scheme(&entry.key) else {
                continue;
            };
            let kind = self
                .tree
                .get(scheme, "type")
                .and_then(|at| self.tree.str(at));
            let scopes = self.tree.items(entry.value);
            // Since 3.1 they may be roles, which nothing lists.
            let takes_none =
                self.version < Version::V3_1 && matches!(kind, Some("apiKey" | "basic" | "http"));
            if let Some(first) = scopes.first().filter(|_| takes_none) {
                self.report(
                    code::CONFLICTING_FIELDS,
                    Place::Node(*first),
                    format!("`{}` has no scopes", entry.key),
                    "not for a scheme of this type",
                    "write an empty list",
                );
            }
            let Some(known) = self.scopes(scheme).filter(|known| !known.is_empty()) else {
                continue;
            };
            for at in scopes {
                let scope = self.tree.str(*at).unwrap_or_default();
                if !scope.is_empty() && !known.contains(&scope) {
                    let message = format!("`{}` has no scope `{scope}`", entry.key);
                    let help = "add it to the scopes of the scheme, or correct it";
                    self.report(
                        code::INVALID_VALUE,
                        Place::Node(*at),
                        message,
                        "no such scope",
                        help,
                    );
                }
            }
        }
    }

    fn scheme(&self, name: &str) -> Option<NodeId> {
        let root = self.tree.root();
        let all = match self.version {
            Version::V2_0 => self.tree.get(root, "securityDefinitions"),
            _ => self
                .tree
                .get(root, "components")
                .and_then(|components| self.tree.get(components, "securitySchemes")),
        };
        self.followed(self.tree.get(all?, name)?)
    }

    /// The scopes that the flows of a scheme list; `None` where one of them does not say.
    fn scopes(&self, scheme: NodeId) -> Option<Vec<&'a str>> {
        let flows: Vec<NodeId> = match self.tree.get(scheme, "flows") {
            Some(flows) => {
                let flows = self.tree.entries(flows).iter();
                flows
                    .filter(|flow| !flow.key.starts_with("x-"))
                    .map(|flow| flow.value)
                    .collect()
            }
            None => vec![scheme],
        };
        let mut known = Vec::new();
        for flow in flows {
            let scopes = self.tree.get(flow, "scopes")?;
            known.extend(self.tree.entries(scopes).iter().map(|scope| &*scope.key));
        }
        Some(known)
    }
}
