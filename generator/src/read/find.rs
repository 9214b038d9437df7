//! What the walk finds that is plainly meant, and hands to [`mend`](super::mend).

use super::grammar::{Field, Kind, Object, Row, TABLE};
use super::mend::{Meant, Mend, Reading};
use super::shape;
use super::walk::{Task, Walk};
use crate::diagnostic::{Code, Diagnostic, Place, code};
use crate::document::Version;
use crate::source::{Entry, New, NodeId, Value};

impl<'a> Walk<'a> {
    pub(super) const fn reading(&self) -> Reading<'a> {
        Reading {
            tree: self.tree,
            version: self.version,
        }
    }

    /// Notes that a value is to be made anew; `false` where nothing is known to be meant.
    pub(super) fn mend(&mut self, node: NodeId, meant: Option<Meant>, said: Diagnostic) -> bool {
        let Some(meant) = meant.filter(|_| self.mends) else {
            return false;
        };
        if self.mended.insert(node) {
            self.found.push(Mend {
                node,
                new: Some(meant.new),
                required: None,
                said: said.help(meant.help),
            });
        }
        true
    }

    /// The same of the map that an entry stands in.
    pub(super) fn mend_parent(
        &mut self,
        entry: &Entry,
        meant: impl FnOnce(Reading<'a>, &'a [Entry]) -> Option<Meant>,
        said: Diagnostic,
    ) -> bool {
        let Some(parent) = self.tree.parent(entry.value) else {
            return false;
        };
        // All members are looked at once, whichever of them comes first.
        if self.mended.contains(&parent) {
            self.found.push(Mend {
                node: parent,
                new: None,
                required: None,
                said: said.help("it is read as the key that is meant"),
            });
            return true;
        }
        // Nor is a map asked again that has no other reading.
        if !self.mends || !self.asked.insert(parent) {
            return false;
        }
        let meant = meant(self.reading(), self.siblings(entry));
        self.mend(parent, meant, said)
    }

    /// The members of the map that an entry stands in.
    pub(super) fn siblings(&self, entry: &Entry) -> &'a [Entry] {
        let parent = self.tree.parent(entry.value);
        let entries = parent.map_or(&[][..], |parent| self.tree.entries(parent));
        let own = self.tree.own_entry(entry.value);
        let is_there = own.is_some_and(|own| own.key == entry.key);
        if is_there { entries } else { &[] }
    }

    /// An object that says in another place what it means.
    pub(super) fn is_mended_object(
        &mut self,
        node: NodeId,
        row: &'static Row,
        entries: &'a [Entry],
    ) -> bool {
        let Some((at, meant)) = self.reading().object(row.object, node, entries) else {
            return false;
        };
        let (code, message) = self.of_object(row, node, at);
        let place = self.place(at);
        let label = self
            .tree
            .key(at)
            .filter(|_| at != node)
            .map_or_else(|| "not complete".to_owned(), |key| format!("`{key}`"));
        self.mend(
            node,
            Some(meant),
            Diagnostic::new(code, place, message).label(label),
        )
    }

    fn of_object(&self, row: &Row, node: NodeId, at: NodeId) -> (&'static Code, String) {
        let title = row.title;
        match row.object {
            _ if at != node => {
                let version = if self.version == Version::V2_0 {
                    "3.0"
                } else {
                    "2.0"
                };
                let message = format!(
                    "the {title} Object says here what belongs elsewhere, much as in version {version}"
                );
                (code::WRONG_VERSION_KEY, message)
            }
            Object::ServerVariable => (
                code::INCOMPLETE_OBJECT,
                "the Server Variable Object has no `default`".to_owned(),
            ),
            Object::Parameter => (
                code::INCOMPLETE_OBJECT,
                "the Parameter Object does not say enough of itself".to_owned(),
            ),
            Object::SecurityScheme => (
                code::INCOMPLETE_OBJECT,
                "the Security Scheme Object has no `type`".to_owned(),
            ),
            _ => (
                code::OTHER_KIND,
                format!("a Schema Object stands where a {title} Object is expected"),
            ),
        }
    }

    /// A map of media types that is one, or a schema.
    pub(super) fn is_one_content(&mut self, task: &Task<'a>, entries: &'a [Entry]) -> bool {
        let meant = self.reading().content_of_one(task.node, entries);
        let message = format!(
            "{} is no map of media types, but what should stand below one",
            task.name()
        );
        let said = Diagnostic::new(code::OTHER_KIND, self.place(task.node), message);
        self.mend(task.node, meant, said.label("names no media type"))
    }

    /// A reference to a schema where something belongs that holds one.
    pub(super) fn is_schema_behind(
        &mut self,
        entry: &Entry,
        task: &Task<'a>,
        target: NodeId,
    ) -> bool {
        let (Kind::OrReference(object) | Kind::Object(object)) = task.kind else {
            return false;
        };
        if object == Object::Schema {
            return false;
        }
        let meant = self.reading().schema_behind(object, task.node, target);
        let title = super::grammar::row(object).title;
        let message =
            format!("a Schema Object stands where this leads, and a {title} Object is expected");
        let said = Diagnostic::new(code::OTHER_KIND, Place::Node(entry.value), message);
        self.mend(
            task.node,
            meant,
            said.label("leads to another kind of object"),
        )
    }

    /// A reference that leads nowhere as it is written.
    pub(super) fn is_loose_reference(&mut self, entry: &Entry, task: &Task<'a>, to: &str) -> bool {
        let (Kind::OrReference(object) | Kind::Object(object)) = task.kind else {
            return false;
        };
        let Some(meant) = self.reading().reference(object, to, entry.value) else {
            return self.is_lost_example(object, entry, to);
        };
        let message = format!("`{to}` leads nowhere, and `{meant}` is evidently meant");
        let said = Diagnostic::new(code::LOOSE_REFERENCE, Place::Node(entry.value), message);
        let meant = Meant {
            new: New::Text(meant),
            help: "it is read as that reference",
        };
        self.mend(entry.value, Some(meant), said.label("not written so"))
    }

    /// An example that is not there takes nothing from what the API is.
    fn is_lost_example(&mut self, object: Object, entry: &Entry, to: &str) -> bool {
        if object == Object::Example {
            let message = format!("the example `{to}` does not exist");
            let said = Diagnostic::new(code::UNUSABLE_EXAMPLE, Place::Node(entry.value), message);
            self.report(
                said.label("nothing stands there")
                    .help("correct the reference, or remove it"),
            );
        }
        object == Object::Example
    }

    /// `required: true` in a member, and `required: […]` among the members.
    pub(super) fn is_required_member(&mut self, task: &Task<'a>) -> bool {
        if task.key != Some("required") {
            return false;
        }
        let Some((owner, meant, required)) = self.reading().required(task.node) else {
            return false;
        };
        if !self.mends {
            return false;
        }
        if self.mended.insert(owner) {
            let message = "`required` lists the members of an object, beside `properties`";
            let said = Diagnostic::new(code::WRONG_VERSION_KEY, self.place(task.node), message);
            self.found.push(Mend {
                node: owner,
                new: Some(meant.new),
                required,
                said: said.label("not a list beside them").help(meant.help),
            });
        }
        true
    }

    /// `type: [string, null]`, where YAML reads no word.
    pub(super) fn is_null_type(&mut self, task: &Task<'a>) -> bool {
        let is_null = matches!(self.tree.value(task.node), Value::Null);
        let is_type = matches!(task.kind, Kind::Word(words) if words.contains(&"null"));
        let is_listed = self.tree.own_entry(task.node).is_none();
        if !is_null || !is_type || !is_listed {
            return false;
        }
        let message = "this is null, and the word `null` is evidently meant";
        let said = Diagnostic::new(code::LOOSE_VALUE, Place::Node(task.node), message);
        let meant = Meant {
            new: New::Text("null".to_owned()),
            help: "it is read as the type of that name; write it in quotes",
        };
        self.mend(task.node, Some(meant), said.label("not a word"))
    }

    /// Before 3.1, `items: [schema]` has one item to be.
    pub(super) fn is_single_item(&mut self, task: &Task<'a>) -> bool {
        let Value::List([_]) = self.tree.value(task.node) else {
            return false;
        };
        if task.key != Some("items") || self.version >= Version::V3_1 {
            return false;
        }
        let meant = self.reading().shape(task.kind, task.node, task.field);
        let message = "`items` is a list, where a Schema Object is expected";
        let said = Diagnostic::new(code::LOOSE_VALUE, Place::Node(task.node), message);
        self.mend(task.node, meant, said.label("expected a Schema Object"))
    }

    /// A word that no version has, or that another one has and this one says otherwise.
    pub(super) fn is_other_word(
        &mut self,
        task: &Task<'a>,
        text: &str,
        words: &[&'static str],
        other: Option<&Field>,
    ) -> bool {
        let (Some(field), Some(row)) = (task.field, self.home(task)) else {
            return false;
        };
        let is_basic = row.object == Object::SecurityScheme && text == "basic";
        let is_written = words.iter().any(|word| word.eq_ignore_ascii_case(text));
        if is_written || other.is_some() && !is_basic {
            return false;
        }
        let Some((node, meant)) = self
            .reading()
            .word(row.object, field, task.node, text, words)
        else {
            return false;
        };
        let message = format!("`{text}` is not a known `{}`", field.name);
        let said = Diagnostic::new(code::LOOSE_VALUE, Place::Node(task.node), message);
        let label = format!("expected {}", shape::expected_word(words));
        self.mend(node, Some(meant), said.label(label))
    }

    /// The object that a task's field belongs to.
    pub(super) fn home(&self, task: &Task<'a>) -> Option<&'static Row> {
        let field = task.field?;
        let is_own = |row: &&Row| row.all().any(|own| std::ptr::eq(own, field));
        let mut homes = TABLE.iter().filter(is_own);
        let first = homes.next()?;
        // Parameters, headers and items of 2.0 share their fields; which of them it is makes no difference here.
        Some(first)
    }
}
