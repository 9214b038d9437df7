//! Values in the walk that are not what the grammar wants in their place.

use super::super::grammar::{Field, Kind, Object, TABLE, row};
use super::super::shape::{self, Fit};
use super::{Task, Walk};
use crate::diagnostic::{Diagnostic, Place, code, similar};
use crate::source::Value;

impl<'a> Walk<'a> {
    pub(super) fn loose(&mut self, task: &Task<'_>) {
        let value = self.tree.value(task.node);
        let found = shape::found(value);
        let mut diagnostic = Diagnostic::new(
            code::LOOSE_VALUE,
            self.place(task.node),
            format!(
                "{} is {found}, where {} is expected",
                task.name(),
                shape::expected(task.kind)
            ),
        )
        .label(found);
        if matches!(value, Value::Null) {
            diagnostic = diagnostic.help("it is read as if it were not there");
        }
        self.diagnostics.report(diagnostic);
    }

    /// The value does not fit: it may be what another version wants there.
    pub(super) fn misfit(&mut self, task: Task<'a>) {
        let value = self.tree.value(task.node);
        let found = shape::found(value);
        let expected = shape::expected(task.kind);
        if self.is_required_member(&task) || self.is_single_item(&task) {
            return;
        }
        let exact = |kind| matches!(shape::fit(kind, value, self.version), Fit::Exact);
        if let Some(twin) = task.field.and_then(|field| twin(field, exact)) {
            let message = format!(
                "{} is {found}, as in {}; in OpenAPI {} it is {expected}",
                task.name(),
                twin.versions.words(),
                self.versions.words()
            );
            let diagnostic =
                Diagnostic::new(code::WRONG_VERSION_KEY, self.place(task.node), message);
            self.diagnostics
                .report(diagnostic.label(format!("expected {expected}")));
            self.stack.push(Task {
                kind: twin.kind,
                field: None,
                ..task
            });
            return;
        }
        let message = format!("{} is {found}, where {expected} is expected", task.name());
        let said = Diagnostic::new(code::LOOSE_VALUE, Place::Node(task.node), message.clone())
            .label(format!("expected {expected}"));
        let owner = self.tree.parent(task.node);
        let typed = owner.filter(|_| task.key == Some("type"));
        let typed =
            typed.and_then(|owner| Some((owner, self.reading().typed(Object::Schema, owner)?)));
        if let Some((owner, meant)) = typed
            && self.mend(owner, Some(meant), said.clone())
        {
            return;
        }
        let meant = self.reading().shape(task.kind, task.node, task.field);
        if self.mend(task.node, meant, said) {
            return;
        }
        if is_dispensable(&task) {
            let diagnostic = Diagnostic::new(code::LOOSE_VALUE, Place::Node(task.node), message);
            self.diagnostics.report(
                diagnostic
                    .label(format!("expected {expected}"))
                    .help("it is read as if it were not there"),
            );
            return;
        }
        let diagnostic = Diagnostic::new(code::WRONG_TYPE, Place::Node(task.node), message);
        self.diagnostics.report(
            diagnostic
                .label(format!("expected {expected}"))
                .help(format!("write {expected} here")),
        );
    }

    pub(super) fn word(&mut self, task: &Task<'a>, text: &str, words: &'static [&'static str]) {
        if words.contains(&text) {
            return;
        }
        let name = task.field.map_or("value", |field| field.name);
        let label = format!("expected {}", shape::expected(Kind::Word(words)));
        let place = Place::Node(task.node);
        let other = task
            .field
            .and_then(|field| twin(field, |kind| kind.has_word(text)));
        if self.is_other_word(task, text, words, other) {
            return;
        }
        let diagnostic = if let Some(other) = other {
            let message = format!(
                "`{text}` is a `{name}` of {}, not of {}",
                other.versions.words(),
                self.versions.words()
            );
            Diagnostic::new(code::WRONG_VERSION_KEY, place, message)
        } else if let Some(meant) = words.iter().find(|word| word.eq_ignore_ascii_case(text)) {
            Diagnostic::new(
                code::LOOSE_VALUE,
                place,
                format!("`{text}` is written `{meant}`"),
            )
        } else {
            // A scheme that nobody knows is kept, and nothing is generated for it.
            let is_security = self
                .home(task)
                .is_some_and(|row| row.object == Object::SecurityScheme);
            let unknown = Diagnostic::new(
                if is_security {
                    code::INVALID_VALUE
                } else {
                    code::UNKNOWN_VALUE
                },
                place,
                format!("`{text}` is not a known `{name}`"),
            );
            match similar(text, words.iter().copied()) {
                Some(meant) => unknown.help(format!("there is `{meant}`")),
                None => unknown,
            }
        };
        self.diagnostics.report(diagnostic.label(label));
    }
}

/// Whether this is a keyword of a schema that is understood without it: what a keyword cannot say, it does not say.
pub(super) fn is_dispensable(task: &Task<'_>) -> bool {
    let small = match task.kind {
        Kind::Bool | Kind::Number | Kind::Count => true,
        Kind::Object(object) | Kind::OrReference(object) => object == Object::Schema,
        _ => false,
    };
    let keyword = |field: &Field| {
        row(Object::Schema)
            .all()
            .any(|known| std::ptr::eq(known, field))
    };
    small && task.field.is_some_and(keyword)
}

/// The row of the same field, in another version, whose kind will do.
pub(super) fn twin(
    field: &'static Field,
    will_do: impl Fn(Kind) -> bool,
) -> Option<&'static Field> {
    let home = TABLE
        .iter()
        .find(|row| row.all().any(|own| std::ptr::eq(own, field)))?;
    home.all().find(|other| {
        other.name == field.name && !std::ptr::eq(*other, field) && will_do(other.kind)
    })
}
