//! Keys in the walk: those that are known, of another version, unknown, or not there.

use super::super::grammar::{Absence, Field, Object, Rest, Row, Support, TABLE};
use super::super::mend::Reading;
use super::super::shape;
use super::{Walk, member};
use crate::diagnostic::{Diagnostic, Place, code, similar};
use crate::document::Version;
use crate::source::{Entry, NodeId};

impl<'a> Walk<'a> {
    pub(super) fn known(&mut self, entry: &'a Entry, field: &'static Field) {
        if field.support == Support::Ignored {
            let reason = if field.note.is_empty() {
                "nothing is generated for it yet"
            } else {
                field.note
            };
            let message = format!("`{}` is not generated: {reason}", entry.key);
            let help = "nothing has to be done; the report lists what is not generated";
            let diagnostic = Diagnostic::new(code::IGNORED_KEY, Place::Key(entry.value), message);
            self.diagnostics
                .report(diagnostic.label("not generated").help(help));
        }
        self.stack.push(member(entry, field.kind, Some(field)));
    }

    /// A key of another version keeps its meaning if there is one for it; it is said all the same.
    pub(super) fn wrong_version(&mut self, entry: &'a Entry, row: &Row, field: &'static Field) {
        self.diagnostics.report(
            Diagnostic::new(
                code::WRONG_VERSION_KEY,
                Place::Key(entry.value),
                format!(
                    "`{}` is a field of the {} Object in {}, not in {}",
                    entry.key,
                    row.title,
                    field.versions.words(),
                    self.versions.words()
                ),
            )
            .label("not in this version"),
        );
        self.stack.push(member(entry, field.kind, Some(field)));
    }

    pub(super) fn rest(&mut self, entry: &'a Entry, row: &'static Row) {
        match row.rest {
            Rest::Names(kind) => self.stack.push(member(entry, kind, None)),
            Rest::Routes(kind) if entry.key.starts_with('/') => {
                self.stack.push(member(entry, kind, None))
            }
            Rest::Statuses(kind) if shape::is_status(&entry.key) => {
                self.stack.push(member(entry, kind, None))
            }
            Rest::Routes(kind) => {
                let meant = |reading: Reading<'a>, all: &[Entry]| reading.routes(all);
                let expected = "a path that begins with `/`";
                let said = odd_key(entry, expected);
                if !self.mend_parent(entry, meant, said.clone()) {
                    self.diagnostics.report(said);
                    self.stack.push(member(entry, kind, None));
                }
            }
            Rest::Statuses(_) => {
                let meant = |reading: Reading<'a>, all: &[Entry]| reading.statuses(all);
                let expected = "a status code, a range such as `4XX`, or `default`";
                let said = odd_key(entry, expected);
                if !self.mend_parent(entry, meant, said.clone()) {
                    self.diagnostics.report(said);
                }
            }
            Rest::None => self.unknown(entry, row),
        }
    }

    pub(super) fn unknown(&mut self, entry: &Entry, row: &'static Row) {
        // Since 3.1, a schema may have any keyword.
        if row.object == Object::Schema && self.version >= Version::V3_1 {
            return;
        }
        let place = Place::Key(entry.value);
        let message = format!("`{}` is not a field of the {} Object", entry.key, row.title);
        if let Some(name) = self.reading().in_case(row.object, &entry.key) {
            let meant = |reading: Reading<'a>, all: &[Entry]| reading.fields(row.object, all);
            let said = Diagnostic::new(code::UNKNOWN_KEY, place, message.clone());
            if self.mend_parent(entry, meant, said.label(format!("written `{name}`"))) {
                return;
            }
        }
        let names = row
            .all()
            .filter(|field| field.versions.meets(self.versions))
            .map(|field| field.name);
        if let Some(meant) = similar(&entry.key, names) {
            self.diagnostics.report(
                Diagnostic::new(code::UNKNOWN_KEY, place, message)
                    .label("unknown field")
                    .help(format!("there is `{meant}`")),
            );
            return;
        }
        let homes: Vec<&str> = TABLE
            .iter()
            .filter(|other| {
                other
                    .field(&entry.key, self.versions)
                    .is_some_and(|field| field.versions.meets(self.versions))
            })
            .map(|other| other.title)
            .collect();
        let diagnostic = match homes.as_slice() {
            [] => Diagnostic::new(code::UNKNOWN_KEY, place, message)
                .label("unknown field")
                .help("a name that begins with `x-` makes it an extension"),
            [home] => Diagnostic::new(code::MISPLACED_KEY, place, message)
                .label("misplaced field")
                .help(format!("it is a field of the {home} Object")),
            [first @ .., last] => Diagnostic::new(code::MISPLACED_KEY, place, message)
                .label("misplaced field")
                .help(format!(
                    "it is a field of these objects: {} and {last}",
                    first.join(", ")
                )),
        };
        self.diagnostics.report(diagnostic);
    }

    pub(super) fn missing(&mut self, node: NodeId, row: &'static Row, entries: &[Entry]) {
        for field in row.all() {
            if !field.required.meets(self.versions)
                || entries.iter().any(|entry| *entry.key == *field.name)
            {
                continue;
            }
            let code = match field.absence {
                Absence::Fine => continue,
                Absence::Error if self.is_nameless(row, field.name, node) => {
                    code::INCOMPLETE_OBJECT
                }
                Absence::Error => code::MISSING_FIELD,
                Absence::Sloppy => code::INCOMPLETE_OBJECT,
                Absence::Undescribed => code::MISSING_DESCRIPTION,
            };
            self.diagnostics.report(
                Diagnostic::new(
                    code,
                    self.place(node),
                    format!("the {} Object has no `{}`", row.title, field.name),
                )
                .label(format!("no `{}`", field.name)),
            );
        }
    }

    /// A parameter that is the whole query string needs no name to be understood.
    pub(super) fn is_nameless(&self, row: &Row, field: &str, node: NodeId) -> bool {
        let location = self.tree.get(node, "in").and_then(|at| self.tree.str(at));
        row.object == Object::Parameter && field == "name" && location == Some("querystring")
    }
}

/// A key that stands where keys of another form belong.
pub(super) fn odd_key(entry: &Entry, expected: &str) -> Diagnostic {
    let message = format!("`{}` stands where {expected} is expected", entry.key);
    Diagnostic::new(code::UNKNOWN_KEY, Place::Key(entry.value), message)
        .label(format!("expected {expected}"))
}
