//! Checks a whole document against the grammar, reporting every fault and noting how far each key is supported.
//!
//! It keeps its own stack, so that the depth of a document costs no stack, and it never looks into examples, defaults,
//! enum values and extensions: whatever stands there is right.

use std::collections::{HashMap, HashSet};

use super::grammar::{Absence, Field, Kind, Object, Rest, Row, Support, TABLE, Versions, row};
use super::mend::{Mend, Reading};
use super::rule;
use super::shape::{self, Fit};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, code, similar};
use crate::document::Version;
use crate::source::{Entry, NodeId, Tree, Value};

/// Checks everything below the root, which is an OpenAPI Object, and finds what can be mended. What is below such a place is
/// left to the next walk.
pub(super) fn walk<'a>(
    tree: &'a Tree,
    version: Version,
    mends: bool,
    nothing: &'a HashSet<NodeId>,
    diagnostics: &'a mut Diagnostics,
) -> Vec<Mend> {
    let mut walk = Walk {
        tree,
        version,
        versions: Versions::of(version),
        diagnostics,
        stack: vec![Task {
            node: tree.root(),
            kind: Kind::Object(Object::OpenApi),
            key: None,
            field: None,
            reference: None,
        }],
        met: vec![None; tree.len()],
        once: rule::Met::default(),
        led_in_circle: HashMap::new(),
        mends,
        nothing,
        found: Vec::new(),
        mended: HashSet::new(),
        asked: HashSet::new(),
    };
    while let Some(task) = walk.stack.pop() {
        walk.node(task);
    }
    rule::finish(tree, walk.diagnostics, &walk.once);
    walk.found
}

pub(super) struct Walk<'a> {
    pub(super) tree: &'a Tree,
    pub(super) version: Version,
    versions: Versions,
    diagnostics: &'a mut Diagnostics,
    stack: Vec<Task<'a>>,
    /// By node, the objects checked so far, and the reference that led to each, if one did: others may lead to it again.
    met: Vec<Option<(Object, Option<NodeId>)>>,
    once: rule::Met,
    /// References that were followed to their end, and whether there is none.
    led_in_circle: HashMap<NodeId, bool>,
    /// Whether anything is to be mended.
    pub(super) mends: bool,
    /// Values that have been said not to count.
    nothing: &'a HashSet<NodeId>,
    pub(super) found: Vec<Mend>,
    /// The nodes of those. Only ever looked into.
    pub(super) mended: HashSet<NodeId>,
    /// Maps whose keys have been asked for what they mean. Only ever looked into.
    pub(super) asked: HashSet<NodeId>,
}

/// What is still to be checked: a value, what it should be, its key, and the field it is the value of.
#[derive(Clone, Copy)]
pub(super) struct Task<'a> {
    pub(super) node: NodeId,
    pub(super) kind: Kind,
    pub(super) key: Option<&'a str>,
    pub(super) field: Option<&'static Field>,
    /// The `$ref` that leads here, unless the value stands where it belongs.
    reference: Option<NodeId>,
}

impl Task<'_> {
    const fn kind_of_schema(&self) -> bool {
        matches!(self.kind, Kind::Object(Object::Schema))
    }

    pub(super) fn name(&self) -> String {
        self.key
            .map_or_else(|| "this".to_owned(), |key| format!("`{key}`"))
    }
}

impl<'a> Walk<'a> {
    fn node(&mut self, task: Task<'a>) {
        let tree = self.tree;
        let value = tree.value(task.node);
        match shape::fit(task.kind, value, self.version) {
            Fit::Exact => {}
            Fit::Loose if self.is_required_member(&task) => return,
            Fit::Loose if self.is_null_type(&task) => return,
            // What it is of the two is told when it is looked at as that.
            Fit::Loose if matches!(task.kind, Kind::Either(..)) => {}
            Fit::Loose if self.nothing.contains(&task.node) => {}
            Fit::Loose => self.loose(&task),
            Fit::None => return self.misfit(task),
        }
        match (task.kind, value) {
            (Kind::Either(first, second), _) => {
                let fit = |kind| shape::fit(kind, value, self.version);
                let is_first = match (fit(*first), fit(*second)) {
                    (Fit::Exact, _) | (Fit::Loose, Fit::Loose | Fit::None) => true,
                    (_, second) => second == Fit::None,
                };
                self.stack.push(Task {
                    kind: if is_first { *first } else { *second },
                    ..task
                });
            }
            (Kind::Word(words), Value::String(text)) => self.word(&task, text, words),
            (Kind::List(item), Value::List(items)) => {
                let tasks = items.iter().rev().map(|&node| Task {
                    node,
                    kind: *item,
                    key: None,
                    field: task.field,
                    reference: None,
                });
                self.stack.extend(tasks);
            }
            // `items: string`, which the message has been given for.
            (Kind::Object(Object::Schema), Value::String(_)) => {}
            (Kind::List(item), Value::String(_)) => self.stack.push(Task {
                kind: *item,
                ..task
            }),
            (Kind::Map(Kind::OrReference(Object::MediaType)), Value::Map(entries))
                if self.is_one_content(&task, entries) => {}
            (Kind::Map(_), Value::Map([entry])) if shape::is_map_reference(self.tree, entry) => {
                self.reference_in_place(entry, "a map");
                self.follow(entry, task);
            }
            (Kind::Map(item), Value::Map(entries)) => {
                let tasks = entries.iter().rev().map(|entry| member(entry, *item, None));
                self.stack.extend(tasks);
            }
            (Kind::Object(object), Value::Map(entries)) => self.object(task, row(object), entries),
            (Kind::OrReference(object), Value::Map(entries)) => {
                let is_reference = has_reference(entries);
                self.object(
                    task,
                    row(if is_reference {
                        Object::Reference
                    } else {
                        object
                    }),
                    entries,
                );
            }
            _ => {}
        }
    }

    fn object(&mut self, task: Task<'a>, row: &'static Row, entries: &'a [Entry]) {
        if let Some(met) = self.met.get_mut(task.node.0 as usize) {
            match met {
                Some((object, first)) => {
                    let (object, first) = (*object, *first);
                    return match task.reference {
                        Some(reference) => self.other_kind(reference, object, row.object),
                        None => first.into_iter().for_each(|first| {
                            self.other_kind(first, row.object, object);
                        }),
                    };
                }
                None => *met = Some((row.object, task.reference)),
            }
        }
        if self.is_mended_object(task.node, row, entries) {
            return;
        }
        let reference = has_reference(entries) && follows(row.object);
        let first = self.stack.len();
        for entry in entries {
            if row.extensible && entry.key.starts_with("x-") {
                continue;
            }
            if reference && *entry.key == *"$ref" {
                self.follow(entry, task);
                if row.object == Object::Operation {
                    self.reference_in_place(entry, "an Operation Object");
                }
            }
            if reference && self.is_ignored_sibling(row, entry) {
                self.ignored_sibling(entry);
                continue;
            }
            match row.field(&entry.key, self.versions) {
                None if reference && *entry.key == *"$ref" => {}
                Some(field) if field.versions.meets(self.versions) => self.known(entry, field),
                Some(field) if reference && row.object == Object::Reference => {
                    self.known(entry, field)
                }
                Some(field) => self.wrong_version(entry, row, field),
                None => self.rest(entry, row),
            }
        }
        // The stack is emptied from its end; messages come in the order of the document.
        self.stack[first..].reverse();
        if !reference {
            self.missing(task.node, row, entries);
        }
        // Beside a reference only schemas since 3.1 and path items have anything to say.
        if !reference
            || row.object == Object::PathItem
            || row.object == Object::Schema && self.version >= Version::V3_1
        {
            self.rules(task.node, row.object, entries);
        }
    }

    fn rules(&mut self, node: NodeId, object: Object, entries: &'a [Entry]) {
        let mut rules = rule::Rules {
            tree: self.tree,
            version: self.version,
            diagnostics: self.diagnostics,
            met: &mut self.once,
            node,
            entries,
        };
        rules.check(object);
    }

    /// The target of a reference is of the same kind, wherever it stands.
    fn follow(&mut self, entry: &'a Entry, task: Task<'a>) {
        let Value::String(to) = self.tree.value(entry.value) else {
            return;
        };
        match self.tree.resolve(entry.value, to) {
            Ok(target) if self.is_schema_behind(entry, &task, target) => {}
            // Schemas that go in a circle are looked at in their own way.
            Ok(target) if task.kind_of_schema() => {
                if target != task.node {
                    self.stack.push(self.led(entry, task, target));
                }
            }
            Ok(_) if self.is_circle(entry.value) => {}
            Ok(target) => self.stack.push(self.led(entry, task, target)),
            Err(_) if self.is_loose_reference(entry, &task, to) => {}
            Err(error) => {
                let fault = self.tree.unresolved(entry.value, to, &error);
                fault
                    .into_iter()
                    .for_each(|fault| self.diagnostics.report(fault));
            }
        }
    }

    const fn led(&self, entry: &'a Entry, task: Task<'a>, target: NodeId) -> Task<'a> {
        Task {
            node: target,
            kind: task.kind,
            key: None,
            field: None,
            reference: Some(entry.value),
        }
    }

    /// Whether references lead from this one back to it, or to others that do; that is reported once.
    fn is_circle(&mut self, reference: NodeId) -> bool {
        let mut way = HashSet::new();
        let mut at = reference;
        let circle = loop {
            match self.led_in_circle.get(&at) {
                Some(known) => break *known,
                None => {
                    self.led_in_circle.insert(at, true);
                    way.insert(at);
                }
            }
            let target = self
                .tree
                .str(at)
                .and_then(|to| self.tree.resolve(at, to).ok());
            match target.and_then(|target| self.tree.get(target, "$ref")) {
                Some(next) if way.contains(&next) => {
                    let message = "this leads back to itself without a definition on the way";
                    self.diagnostics.report(
                        Diagnostic::new(code::REFERENCE_CYCLE, Place::Node(at), message)
                            .label("closes the circle")
                            .help("let one of the references be a definition"),
                    );
                    break true;
                }
                Some(next) => at = next,
                None => break false,
            }
        };
        for reference in way {
            self.led_in_circle.insert(reference, circle);
        }
        circle
    }

    /// A reference may not make one kind of object another.
    fn other_kind(&mut self, reference: NodeId, found: Object, expected: Object) {
        // What a chain of references leads to is looked at where it ends.
        if found == expected || found == Object::Reference || expected == Object::Reference {
            return;
        }
        let (there, here) = (row(found).title, row(expected).title);
        let message =
            format!("a {there} Object stands where this leads, and a {here} Object is expected");
        let help = match (found, expected) {
            (Object::Schema, Object::Response) => {
                "it is read as a response whose body is this schema, in JSON".to_owned()
            }
            _ => format!("refer to a {here} Object"),
        };
        self.diagnostics.report(
            Diagnostic::new(code::OTHER_KIND, Place::Node(reference), message)
                .label("leads to another kind of object")
                .help(help),
        );
    }

    pub(super) fn report(&mut self, said: Diagnostic) {
        self.diagnostics.report(said);
    }

    fn reference_in_place(&mut self, entry: &Entry, what: &str) {
        let message = format!("a reference stands in place of {what}, where none is allowed");
        let diagnostic = Diagnostic::new(code::LOOSE_VALUE, Place::Key(entry.value), message);
        self.diagnostics.report(
            diagnostic
                .label("not allowed here")
                .help("it is followed all the same"),
        );
    }

    fn known(&mut self, entry: &'a Entry, field: &'static Field) {
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
    fn wrong_version(&mut self, entry: &'a Entry, row: &Row, field: &'static Field) {
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

    fn rest(&mut self, entry: &'a Entry, row: &'static Row) {
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

    fn unknown(&mut self, entry: &Entry, row: &'static Row) {
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

    /// Before 3.1, whatever stands beside `$ref` is ignored. Descriptions are read all the same.
    fn is_ignored_sibling(&self, row: &Row, entry: &Entry) -> bool {
        let kept = ["$ref", "summary", "description"].contains(&&*entry.key);
        match row.object {
            Object::Schema => self.version < Version::V3_1 && !kept,
            Object::PathItem => false,
            _ => !kept,
        }
    }

    fn ignored_sibling(&mut self, entry: &Entry) {
        self.diagnostics.report(
            Diagnostic::new(
                code::IGNORED_SIBLING,
                Place::Key(entry.value),
                format!("`{}` beside `$ref` is ignored", entry.key),
            )
            .label("has no effect"),
        );
    }

    fn missing(&mut self, node: NodeId, row: &'static Row, entries: &[Entry]) {
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
    fn is_nameless(&self, row: &Row, field: &str, node: NodeId) -> bool {
        let location = self.tree.get(node, "in").and_then(|at| self.tree.str(at));
        row.object == Object::Parameter && field == "name" && location == Some("querystring")
    }

    fn loose(&mut self, task: &Task<'_>) {
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
    fn misfit(&mut self, task: Task<'a>) {
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

    fn word(&mut self, task: &Task<'a>, text: &str, words: &'static [&'static str]) {
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

    /// The key under which an object stands, or the object itself if it is in a list.
    pub(super) fn place(&self, node: NodeId) -> Place {
        if self.tree.key_span(node).is_some() {
            Place::Key(node)
        } else {
            Place::Node(node)
        }
    }
}

/// A key that stands where keys of another form belong.
fn odd_key(entry: &Entry, expected: &str) -> Diagnostic {
    let message = format!("`{}` stands where {expected} is expected", entry.key);
    Diagnostic::new(code::UNKNOWN_KEY, Place::Key(entry.value), message)
        .label(format!("expected {expected}"))
}

fn has_reference(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| *entry.key == *"$ref")
}

/// Objects in place of which a reference may stand, or does in many documents.
fn follows(object: Object) -> bool {
    matches!(
        object,
        Object::Reference | Object::Schema | Object::PathItem | Object::Operation
    )
}

fn member<'a>(entry: &'a Entry, kind: Kind, field: Option<&'static Field>) -> Task<'a> {
    Task {
        node: entry.value,
        kind,
        key: Some(&entry.key),
        field,
        reference: None,
    }
}

/// The row of the same field, in another version, whose kind will do.
fn twin(field: &'static Field, will_do: impl Fn(Kind) -> bool) -> Option<&'static Field> {
    let home = TABLE
        .iter()
        .find(|row| row.all().any(|own| std::ptr::eq(own, field)))?;
    home.all().find(|other| {
        other.name == field.name && !std::ptr::eq(*other, field) && will_do(other.kind)
    })
}

/// Whether this is a keyword of a schema that is understood without it: what a keyword cannot say, it does not say.
fn is_dispensable(task: &Task<'_>) -> bool {
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
