//! Security schemes, and for each operation the alternatives that satisfy it.

use super::{Lowering, docs};
use crate::diagnostic::{Diagnostic, Place, code, similar};
use crate::document::{Operation, SecurityKind};
use crate::ir::{Requirement, SchemeKind, SecurityScheme};

impl Lowering<'_> {
    pub(super) fn security_schemes(&mut self) {
        let document = self.document;
        for (name, or) in &document.components.security_schemes {
            let Some(scheme) = self.resolved(or, |components| &components.security_schemes) else {
                continue;
            };
            let kind = match &scheme.kind {
                SecurityKind::ApiKey { name, location } => SchemeKind::ApiKey {
                    name: name.clone(),
                    location: *location,
                },
                SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => {
                    SchemeKind::Bearer
                }
                SecurityKind::Http { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => {
                    SchemeKind::Basic
                }
                // Their credential is a bearer token; how it is got is the caller's business.
                SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. } => {
                    SchemeKind::Bearer
                }
                SecurityKind::Http { .. } | SecurityKind::MutualTls => SchemeKind::Unsupported,
            };
            if kind == SchemeKind::Unsupported {
                self.diagnostics.report(
                    Diagnostic::new(
                        code::UNSUPPORTED_SECURITY,
                        Place::Key(name.at),
                        "nothing is generated for this security scheme",
                    )
                    .label("not generated")
                    .help("let a transport of your own take care of it"),
                );
            }
            if matches!(
                scheme.kind,
                SecurityKind::OAuth2 { .. } | SecurityKind::OpenIdConnect { .. }
            ) {
                self.ignore(
                    name.at,
                    "a token has to be given; how it is obtained is not generated yet",
                );
            }
            self.api.security_schemes.push(SecurityScheme {
                at: scheme.at,
                name: name.name.clone(),
                docs: docs::described(scheme.description.as_deref()),
                kind,
            });
        }
    }

    /// The alternatives of an operation: its own, else the document's.
    pub(super) fn security(&mut self, operation: &Operation) -> Vec<Vec<Requirement>> {
        let document = self.document;
        let alternatives = operation.security.as_ref().or(document.security.as_ref());
        let parts = alternatives.into_iter().flatten();
        let parts = parts.map(|alternative| 1 + alternative.schemes.len());
        if !self.afford(operation.at, parts.sum()) {
            return Vec::new();
        }
        let mut lowered = Vec::new();
        for alternative in alternatives.into_iter().flatten() {
            let mut requirements = Vec::new();
            for (name, scopes) in &alternative.schemes {
                let known = self.api.security_schemes.iter();
                let mut known = known.map(|scheme| scheme.name.as_str());
                let position = known.position(|known| known == name.name);
                requirements.push(Requirement {
                    scheme: position.unwrap_or_else(|| self.unknown_scheme(&name.name, name.at)),
                    scopes: scopes.clone(),
                });
            }
            lowered.push(requirements);
        }
        // `{}` alone needs nothing.
        if lowered.iter().all(Vec::is_empty) {
            Vec::new()
        } else {
            lowered
        }
    }

    /// A scheme that the document names and does not describe: nobody can satisfy it by what is generated.
    fn unknown_scheme(&mut self, name: &str, at: crate::source::NodeId) -> usize {
        let known = self.api.security_schemes.iter();
        let help = match similar(name, known.map(|scheme| scheme.name.as_str())) {
            Some(near) => format!("there is `{near}`"),
            None => "describe it under `components/securitySchemes`".to_owned(),
        };
        let message = format!("there is no security scheme `{name}`");
        self.diagnostics.report(
            Diagnostic::new(code::UNKNOWN_SECURITY_SCHEME, Place::Key(at), message)
                .label("no such scheme")
                .help(help),
        );
        self.api.security_schemes.push(SecurityScheme {
            at,
            name: name.to_owned(),
            docs: docs::described(None),
            kind: SchemeKind::Unsupported,
        });
        self.api.security_schemes.len() - 1
    }
}
