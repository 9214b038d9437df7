//! Which codes are errors in this run, which are silent, and where.

use super::{Code, Diagnostic, Diagnostics, Level, Place, code};
use crate::source::Tree;

/// How the configuration changes the levels of codes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Levels {
    /// Every warning about a sloppy document is an error.
    pub(crate) strict: bool,
    pub(crate) deny: Vec<&'static Code>,
    /// Codes that are not shown, everywhere or below a JSON pointer.
    pub(crate) allow: Vec<(&'static Code, Option<String>)>,
}

impl Diagnostics {
    /// Gives each message its level in this run; an `allow` without effect is itself reported.
    pub(crate) fn apply(&mut self, levels: &Levels, tree: Option<&Tree>) {
        let mut used = vec![false; levels.allow.len()];
        self.list.retain_mut(|diagnostic| {
            for (index, (allowed, below)) in levels.allow.iter().enumerate() {
                let fits = allowed.id == diagnostic.code.id
                    && diagnostic.code.category != code::Category::Error
                    && below
                        .as_ref()
                        .is_none_or(|below| is_below(diagnostic.place, below, tree));
                if fits {
                    used[index] = true;
                    return false;
                }
            }
            let denied = levels.deny.iter().any(|code| code.id == diagnostic.code.id);
            if denied || (levels.strict && diagnostic.code.category == code::Category::Sloppy) {
                diagnostic.level = Level::Error;
            }
            true
        });
        for ((allowed, below), _) in levels.allow.iter().zip(used).filter(|(_, used)| !used) {
            let whither = below
                .as_ref()
                .map_or(String::new(), |below| format!(" at `{below}`"));
            let message = format!("allowing `{}`{whither} has no effect", allowed.id);
            let help = "remove the `allow` from the configuration";
            self.report(Diagnostic::new(code::UNUSED_ALLOW, Place::Nowhere, message).help(help));
        }
    }
}

fn is_below(place: Place, below: &str, tree: Option<&Tree>) -> bool {
    let (Some(tree), Place::Node(node) | Place::Key(node)) = (tree, place) else {
        return false;
    };
    let pointer = tree.pointer(node);
    let rest = pointer.strip_prefix(below.trim_end_matches('/'));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
