//! The Rust names of every part of the IR; `emit` reads them, and makes none itself.
//!
//! A name is legal as it stands: raw (`r#type`) where it is a keyword. Types, requests, responses and successes do not
//! clash with one another; no module is called `checks`, `runtime` or `shared`, or like the module it is in.

mod assign;
mod derive;
mod keyword;
mod lock;
mod operation;
mod plain;
mod scope;
mod status;
#[cfg(test)]
mod tests;
mod word;

use crate::ir::{CheckId, GroupId, OperationId, TypeId};
pub(crate) use assign::assign;
pub(crate) use derive::derives;
pub(crate) use keyword::is_crate_name;
pub(crate) use lock::Lock;

/// The names, by the positions of what they name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(crate) types: Vec<TypeNames>,
    pub(crate) operations: Vec<OperationNames>,
    pub(crate) groups: Vec<GroupNames>,
    /// The builder's method for each security scheme.
    pub(crate) schemes: Vec<String>,
    /// The static of each check.
    pub(crate) checks: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct TypeNames {
    pub(crate) name: String,
    /// Of the fields or variants, in their order.
    pub(crate) members: Vec<String>,
    /// Of the field that keeps the members that no other field names.
    pub(crate) extra: String,
    /// What the configuration lets it derive, as paths.
    pub(crate) derives: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct OperationNames {
    /// `list_backups`.
    pub(crate) method: String,
    /// `ListBackups`.
    pub(crate) request: String,
    /// What the configuration lets the request derive, as paths.
    pub(crate) derives: Vec<String>,
    /// `ListBackupsResponse`.
    pub(crate) response: String,
    /// `ListBackupsSuccess`.
    pub(crate) success: String,
    /// Of the request's fields, in the order of the operation's parameters.
    pub(crate) parameters: Vec<String>,
    /// Of the request's field for the body.
    pub(crate) body: String,
    /// Of the enum of bodies by media type, where there are several: `UpdatePetContent`.
    pub(crate) content: String,
    /// Of that enum's variants, in the order of the body's media types.
    pub(crate) choices: Vec<String>,
    /// Of the response's variants, in the order of the operation's responses.
    pub(crate) responses: Vec<String>,
    /// Of the structs of header fields, in the order of the operation's responses: at the first of each status that has
    /// any.
    pub(crate) headers: Vec<HeaderNames>,
    /// Of the methods that follow links, in the order of the operation's links.
    pub(crate) links: Vec<String>,
}

/// A struct of header fields.
#[derive(Debug, Default)]
pub(crate) struct HeaderNames {
    /// `ListPetsOkHeaders`.
    pub(crate) name: String,
    pub(crate) fields: Vec<String>,
}

#[derive(Debug, Default)]
pub(crate) struct GroupNames {
    /// `block_storage`, a module of its own file: its letters are ASCII (rustc's E0754).
    pub(crate) module: String,
    /// `block_storage`, a method of the router's builder.
    pub(crate) method: String,
    /// `block-storage`, a Cargo feature.
    pub(crate) feature: String,
    /// `BlockStorage`, a trait.
    pub(crate) interface: String,
}

impl Names {
    pub(crate) fn ty(&self, id: TypeId) -> &TypeNames {
        &self.types[id.0 as usize]
    }

    pub(crate) fn operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0 as usize]
    }

    pub(crate) fn group(&self, id: GroupId) -> &GroupNames {
        &self.groups[id.0 as usize]
    }

    pub(crate) fn check(&self, id: CheckId) -> &str {
        &self.checks[id.0 as usize]
    }

    pub(crate) fn scheme(&self, position: usize) -> &str {
        &self.schemes[position]
    }
}
