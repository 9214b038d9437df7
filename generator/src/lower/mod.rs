//! Gives the document its meaning: references followed, schemas merged, nullability and formats decided, operations
//! put together from path items, components and defaults.

mod absorb;
mod accept;
mod beside;
mod check;
mod contradiction;
mod coverage;
mod default;
mod docs;
mod encoding;
mod enumeration;
mod exact;
mod foreign;
mod instance;
mod link;
mod media;
mod media_type;
mod merge;
mod operation;
mod paging;
mod parameter;
mod part;
mod part_header;
mod pattern;
mod reference;
mod response;
mod rest;
mod route;
mod scalar;
mod schema;
mod security;
mod server;
mod style;
#[cfg(test)]
mod tests;
mod tighten;
mod union;
mod xml;

use crate::budget::Budget;
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code};
use crate::document::{Document, SchemaId};
use crate::ir::analysis::Fault;
use crate::ir::{self, Api, TypeId};
use crate::source::{NodeId, Tree};
pub(crate) use coverage::coverage;
pub(crate) use foreign::{Replacement, Types};
use std::collections::{BTreeMap, BTreeSet};

/// The choices of the configuration that change the meaning.
#[derive(Clone, Debug, Default)]
pub(crate) struct Options {
    /// Schemas mean what JSON Schema says, to the letter.
    pub(crate) exact: bool,
    /// Paging blocks by `operationId`, for documents that do not carry `x-oasmith-paging` themselves.
    pub(crate) paging: BTreeMap<String, Paging>,
    /// Members that the document does not name are kept.
    pub(crate) keep_extra: bool,
    /// Integers that are moments have a type of their own.
    pub(crate) moments: bool,
    /// Types in the place of schemas.
    pub(crate) types: Types,
}

/// A paging block of the configuration.
#[derive(Clone, Debug)]
pub(crate) struct Paging {
    pub(crate) items: String,
    pub(crate) cursor: String,
    pub(crate) next: ir::Next,
    pub(crate) more: Option<String>,
}

pub(crate) fn lower(
    document: &Document,
    tree: &Tree,
    options: &Options,
    budget: &mut Budget,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut lowering = Lowering::new(document, tree, options, budget, diagnostics);
    lowering.find_replaced();
    lowering.families();
    lowering.security_schemes();
    lowering.components();
    lowering.operations();
    lowering.follow_links();
    lowering.drain();
    lowering.component_defaults();
    lowering.unused_replacements();
    lowering.examples();
    lowering.break_aliases();
    lowering.drain_checks();
    lowering.xml_where_used();
    lowering.bodies_of_parts();
    lowering.headers_of_positions();
    lowering.representations();
    lowering.styles();
    let wanted = std::mem::take(&mut lowering.paging);
    let mut api = lowering.api;
    let faults = ir::analysis::analyse(&mut api);
    widened(&faults, &api, diagnostics);
    paging::check(&wanted, tree, diagnostics, &mut api);
    api
}

/// Reports what no Rust type can be.
fn widened(faults: &[Fault], api: &Api, diagnostics: &mut Diagnostics) {
    for fault in faults {
        let (at, message) = match *fault {
            Fault::EndlessAlias(id) => (
                api.ty(id).at,
                "a list or map of itself alone becomes any JSON value",
            ),
            Fault::DeepAlias(id) => (
                api.ty(id).at,
                "lists and maps are nested too deep for a type",
            ),
            Fault::EndlessUnion(id) => (
                api.ty(id).at,
                "a choice of which every alternative needs the choice itself becomes any JSON value",
            ),
            Fault::EndlessMember(id, position) => {
                let ty = api.ty(id);
                let at = match &ty.shape {
                    ir::Shape::Object(object) => object.fields.get(position).map(|field| field.at),
                    _ => None,
                };
                let message = "no finite value has this member, which needs its own object: it becomes optional";
                diagnostics.report(
                    Diagnostic::new(
                        code::ENDLESS_SCHEMA,
                        Place::Node(at.unwrap_or(ty.at)),
                        message,
                    )
                    .label("required, and so for ever")
                    .help("take it out of `required`, or let it be null"),
                );
                continue;
            }
        };
        diagnostics.report(
            Diagnostic::new(code::DEGRADED_SCHEMA, Place::Node(at), message)
                .label("wider in Rust than here")
                .help("nothing is lost on the wire; the value has to be taken apart by hand"),
        );
    }
}

/// What the passes share while the API is put together.
struct Lowering<'a> {
    document: &'a Document,
    tree: &'a Tree,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
    api: Api,
    /// The types that schemas have become, or are about to.
    type_of: BTreeMap<SchemaId, TypeId>,
    /// The schema of each type.
    schema_of: Vec<SchemaId>,
    merges: merge::Merges,
    /// Types whose shape is not yet known.
    pending: Vec<(SchemaId, TypeId)>,
    /// Places that a fault was reported for, so that it is reported once however often it is reached.
    reported: BTreeSet<(NodeId, &'static str)>,
    components: reference::Components<'a>,
    /// Where references to components end, by the nodes that they name first. Only ever looked into.
    led: BTreeMap<NodeId, Option<NodeId>>,
    /// By schema: where its references end.
    ends: Vec<SchemaId>,
    /// Whether a schema's references lead only to one another, where that has been asked.
    circular: BTreeMap<SchemaId, bool>,
    checks: check::Checks,
    /// Whether a body may be XML: only then are XML Objects of use.
    has_xml: bool,
    replacements: foreign::Replacements,
    /// What choices between schemas are.
    choices: union::Choices,
    budget: &'a mut Budget,
    /// What operations say of their pages, to be checked against finished types.
    paging: Vec<paging::Wanted>,
    /// What answers say of the requests that follow, to be looked up among all operations.
    links: Vec<link::Wanted<'a>>,
}

impl<'a> Lowering<'a> {
    fn new(
        document: &'a Document,
        tree: &'a Tree,
        options: &'a Options,
        budget: &'a mut Budget,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        let info = &document.info;
        let api = Api {
            title: info.title.clone(),
            version: info.version.clone(),
            docs: docs::api(document),
            license: info
                .license_identifier
                .clone()
                .or_else(|| spdx(info.license_name.as_deref())),
            base_urls: server::base_urls(document),
            types: Vec::new(),
            operations: Vec::new(),
            groups: Vec::new(),
            security_schemes: Vec::new(),
            apart: BTreeSet::new(),
            kept_apart: BTreeSet::new(),
            inputs: Vec::new(),
            longest_chain: 0,
            checks: Vec::new(),
            foreign: Vec::new(),
            closed: options.exact,
            keeps: options.keep_extra,
        };
        Self {
            document,
            tree,
            options,
            diagnostics,
            api,
            type_of: BTreeMap::new(),
            schema_of: Vec::new(),
            merges: merge::Merges::default(),
            pending: Vec::new(),
            reported: BTreeSet::new(),
            components: reference::Components::new(document),
            led: BTreeMap::new(),
            ends: reference::ends(document),
            circular: BTreeMap::new(),
            checks: check::Checks::default(),
            has_xml: xml::is_used(tree),
            replacements: foreign::Replacements::default(),
            choices: union::Choices::default(),
            budget,
            paging: Vec::new(),
            links: Vec::new(),
        }
    }
}

impl Lowering<'_> {
    /// Takes what some parts cost; `false`, and an error, if that is more than the document may.
    fn afford(&mut self, at: NodeId, parts: usize) -> bool {
        self.budget.afford(at, parts, self.diagnostics)
    }
}

/// Licence names that are SPDX identifiers but for their spelling.
fn spdx(name: Option<&str>) -> Option<String> {
    const KNOWN: &[(&str, &str)] = &[
        ("apache 2.0", "Apache-2.0"),
        ("apache-2.0", "Apache-2.0"),
        ("apache license 2.0", "Apache-2.0"),
        ("apache license, version 2.0", "Apache-2.0"),
        ("bsd-3-clause", "BSD-3-Clause"),
        ("isc", "ISC"),
        ("mit", "MIT"),
        ("mit license", "MIT"),
        ("mpl-2.0", "MPL-2.0"),
    ];
    let name = name?.trim().to_ascii_lowercase();
    KNOWN
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, id)| (*id).to_owned())
}
