//! What every part of `emit` reads: the document's meaning, its names, and the choices of the configuration.

use super::docs::repeats;
use crate::ir::{Api, GroupId, Object, OperationId, Owner, Shape, Ty, Type, TypeId, Value};
use crate::name::Names;
use proc_macro2::TokenStream;
use quote::quote;

/// The module and the feature of types that no operation reaches.
pub(crate) const UNREACHED: &str = "unreached";

/// The choices that show in generated code.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    /// Parts are behind Cargo features; otherwise what is chosen is there.
    pub(crate) gated: bool,
    pub(crate) client: bool,
    pub(crate) server: bool,
    pub(crate) runtime: Runtime,
    pub(crate) date_time: DateTime,
}

/// Where the runtime is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runtime {
    /// A copy in the crate's own `runtime` module.
    Inline,
    /// The crate `oasmith-runtime`.
    Dependency,
}

/// The types of dates and times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateTime {
    Chrono,
    Jiff,
    Time,
    /// As the wire has them.
    String,
}

/// Read access for the functions of this folder.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) api: &'a Api,
    pub(super) names: &'a Names,
    pub(super) options: &'a Options,
}

impl<'a> Context<'a> {
    /// The module of a group's parts, or of what several groups share.
    pub(super) fn module(&self, owner: impl Into<Owner>) -> &'a str {
        match owner.into() {
            Owner::Group(group) => &self.names.group(group).module,
            Owner::Shared => "shared",
            Owner::Unreached => UNREACHED,
        }
    }

    /// The Cargo feature of a group, where parts are behind features.
    pub(super) fn features(&self, owner: impl Into<Owner>) -> Vec<String> {
        match owner.into() {
            Owner::Group(group) if self.options.gated => {
                vec![self.names.group(group).feature.clone()]
            }
            Owner::Unreached if self.options.gated => vec![UNREACHED.to_owned()],
            _ => Vec::new(),
        }
    }

    /// What stands where the document says nothing, though the lints of the crate that a file is included in may want to
    /// have it said; a crate of its own is spared lines that repeat the code below them.
    pub(super) fn filler(&self, text: impl Into<String>) -> String {
        if self.options.gated {
            String::new()
        } else {
            text.into()
        }
    }

    /// What is said of a member that the document does not describe: its name on the wire, where the code has another.
    pub(super) fn undescribed(&self, wire: &str, name: &str) -> String {
        let text = format!("{}.", super::markdown::code(&super::markdown::plain(wire)));
        if name.strip_prefix("r#").unwrap_or(name) == wire {
            self.filler(text)
        } else {
            text
        }
    }

    /// What is said of a variant that the document does not describe: its value, where the name is not the same in another case.
    pub(super) fn valued(&self, value: &str, name: &str) -> String {
        let text = || format!("{}.", super::markdown::code(&super::markdown::plain(value)));
        if !self.options.gated || !repeats(value, name) {
            text()
        } else {
            String::new()
        }
    }

    /// Whether the name of a status says all that the document does.
    pub(super) fn is_told(&self, status: u16, name: &str, description: &str) -> bool {
        let said = description.trim().trim_end_matches('.');
        let is_number = name.contains(&status.to_string());
        self.options.gated && !is_number && (said.is_empty() || repeats(said, name))
    }

    /// The attribute that puts an item of a list behind its group's feature.
    pub(super) fn gate(&self, group: GroupId) -> TokenStream {
        let features = self.features(group);
        quote!(#(#[cfg(feature = #features)])*)
    }

    /// Groups with operations, with their ids.
    pub(super) fn groups(&self) -> impl Iterator<Item = GroupId> + use<'a> {
        let api = self.api;
        (0..)
            .map(GroupId)
            .take(api.groups.len())
            .filter(move |group| !api.group(*group).operations.is_empty())
    }

    /// Whose module of types there can be, those of groups first.
    pub(super) fn owners(&self) -> impl Iterator<Item = Owner> + use<'a> {
        let groups = (0..).map(GroupId).take(self.api.groups.len());
        let groups = groups.map(Owner::Group);
        groups.chain([Owner::Shared, Owner::Unreached])
    }

    pub(super) fn types_of(&self, owner: Owner) -> impl Iterator<Item = TypeId> + use<'a> {
        let api = self.api;
        (0..)
            .map(TypeId)
            .take(api.types.len())
            .filter(move |id| api.ty(*id).owner == owner)
    }

    /// Whether null is among the values, the aliases followed.
    pub(super) fn nullable(&self, value: &Value) -> bool {
        let mut value = value;
        // A cycle of aliases has no type; `lower` reports it. The bound keeps this loop finite even so.
        for _ in 0..=self.api.types.len() {
            if value.nullable {
                return true;
            }
            match &value.ty {
                Ty::Named(id) => match self.api.ty(*id) {
                    Type {
                        shape: Shape::Alias(target),
                        ..
                    } => value = target,
                    other => return other.nullable,
                },
                _ => return false,
            }
        }
        false
    }

    /// Whether a value is or holds a stream, so that it can be neither cloned nor compared.
    pub(super) fn streams(&self, value: &Value) -> bool {
        value.any(|ty| match ty {
            Ty::Body | Ty::Stream(_) => true,
            Ty::Named(id) => self.api.ty(*id).streams,
            _ => false,
        })
    }

    /// Whether a struct of these fields needs nothing from its maker.
    pub(super) fn is_default(object: &Object) -> bool {
        object.fields.iter().all(|field| !field.required)
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = OperationId> + use<'a> {
        (0..).map(OperationId).take(self.api.operations.len())
    }
}
