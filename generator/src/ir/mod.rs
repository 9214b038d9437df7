//! What the generated crate says, with no OpenAPI keyword left: arenas of types and operations.
//!
//! `lower` makes it, `name` gives every part its Rust name, `emit` writes it. Rust identifiers are absent on purpose:
//! a part has an [`Origin`], from which `name` derives its words.

pub(crate) mod analysis;
mod as_read;
mod boxing;
mod check;
pub(crate) mod derive;
mod direction;
mod finite;
pub(crate) mod foreign;
mod header_twin;
pub(crate) mod input;
mod layout;
pub(crate) mod only;
mod operation;
mod shape;
mod twin;

use crate::source::NodeId;
pub(crate) use check::{Check, CheckId, Rule, To};
pub(crate) use layout::sizes_of_types;
pub(crate) use operation::*;
use serde_json::Value as Json;
pub(crate) use shape::*;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TypeId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OperationId(pub(crate) u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct GroupId(pub(crate) u32);

#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) docs: Docs,
    pub(crate) license: Option<String>,
    /// As written, variables not filled in; the first is the client's default.
    pub(crate) base_urls: Vec<BaseUrl>,
    pub(crate) types: Vec<Type>,
    pub(crate) operations: Vec<Operation>,
    /// One a tag, in the document's order of tags, then of first use.
    pub(crate) groups: Vec<Group>,
    pub(crate) security_schemes: Vec<SecurityScheme>,
    /// Types that are kept apart from what holds them, by the type that holds and the name that it holds: a chain of types that
    /// held one another outright would be too long for rustc.
    pub(crate) apart: BTreeSet<(TypeId, TypeId)>,
    /// The structs, enums and unions that something keeps apart.
    pub(crate) kept_apart: BTreeSet<TypeId>,
    /// Types of requests that are made of types of answers.
    pub(crate) inputs: Vec<input::Input>,
    /// How many types the longest chain has, a circle counted whole.
    pub(crate) longest_chain: u32,
    pub(crate) checks: Vec<Check>,
    /// Types that are not the document's.
    pub(crate) foreign: Vec<foreign::Foreign>,
    /// No enum takes a value that the document does not list.
    pub(crate) closed: bool,
    /// What is read is written again as it was, whichever way a member is said to travel.
    pub(crate) keeps: bool,
}

impl Api {
    pub(crate) fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    pub(crate) fn operation(&self, id: OperationId) -> &Operation {
        &self.operations[id.0 as usize]
    }

    pub(crate) fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }
}

/// What the document says about a part to its readers. Markdown as written: `emit` makes it safe.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Docs {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) examples: Vec<Json>,
    pub(crate) external: Option<(Option<String>, String)>,
    pub(crate) deprecated: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    pub(crate) url: String,
    pub(crate) description: Option<String>,
}

/// The operations of one tag: one client trait, one server trait, one Cargo feature, one module.
#[derive(Clone, Debug)]
pub(crate) struct Group {
    /// The tag; `None` for operations that have none.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) operations: Vec<OperationId>,
}

/// Where a part comes from, in the document's own words; `name` derives identifiers from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A component schema, by its key.
    Component(String),
    /// An inline schema: its parent and the step from there.
    Inside(TypeId, Step),
    /// An inline schema of an operation's request or response.
    Of(OperationId, Step),
    /// A component parameter, response, request body or header, by its key.
    Shared(String, Step),
    /// What requests carry of a type that answers carry otherwise.
    Input(TypeId),
    /// What a merge patch carries of a type.
    Patch(TypeId),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Property(String),
    Item,
    Value,
    Variant(usize, Option<String>),
    Parameter(String),
    Body,
    /// A further representation of a body, by the word for its media type.
    BodyOf(String),
    Response(Status),
    /// A further representation of a response, by the word for its media type.
    Representation(Status, String),
    Header(Status, String),
}

#[derive(Clone, Debug)]
pub(crate) struct Type {
    pub(crate) at: NodeId,
    pub(crate) origin: Origin,
    /// `x-rust-name`, or the configuration's.
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
    /// What an enum or a union must keep wherever it stands; an object has its own.
    pub(crate) checks: Vec<CheckId>,
    pub(crate) usage: Usage,
    /// Null is among the schema's values: wherever the type stands, null may stand too. (An alias says so in its value.)
    pub(crate) nullable: bool,
    pub(crate) owner: Owner,
    /// It is or holds a stream, and can be neither cloned nor compared; the analyses fill it.
    pub(crate) streams: bool,
    /// The type of the same module that it is the same as: it is emitted as an alias of that one.
    pub(crate) same_as: Option<TypeId>,
}

/// Which module of types one lives in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Owner {
    /// That of the one group whose operations reach it.
    Group(GroupId),
    /// That of what several groups reach.
    #[default]
    Shared,
    /// That of what no operation reaches: the payloads of webhooks, say.
    Unreached,
}

impl From<GroupId> for Owner {
    fn from(group: GroupId) -> Self {
        Self::Group(group)
    }
}

/// In which directions a type travels; the analyses fill it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    pub(crate) request: bool,
    pub(crate) response: bool,
}
