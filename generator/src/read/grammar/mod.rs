//! What OpenAPI allows where: one table of objects and fields, for every version, with how far each is supported.
//!
//! [`super::walk`] checks documents against it, and the README's table of supported features is printed from it.
//! A field whose kind changed between versions has a row for each.

mod keyword;
mod kind;
mod table;

use std::sync::OnceLock;
pub(crate) use table::TABLE;

/// A set of OpenAPI versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Versions(u8);

pub(crate) const V2: Versions = Versions(1);
const V30: Versions = Versions(2);
const V31: Versions = Versions(4);
pub(crate) const V32: Versions = Versions(8);
pub(crate) const V3_0_AND_1: Versions = Versions(6);
/// What no version has, but documents do.
const NONE: Versions = Versions(0);
const ALL: Versions = Versions(15);
pub(crate) const SINCE_3_0: Versions = Versions(14);
pub(crate) const SINCE_3_1: Versions = Versions(12);
const UNTIL_3_0: Versions = Versions(3);
const UNTIL_3_1: Versions = Versions(7);

impl Versions {
    pub(crate) const fn of(version: crate::document::Version) -> Self {
        match version {
            crate::document::Version::V2_0 => V2,
            crate::document::Version::V3_0 => V30,
            crate::document::Version::V3_1 => V31,
            crate::document::Version::V3_2 => V32,
        }
    }

    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The versions as a reader would list them: `3.0 and 3.1`.
    pub(crate) fn words(self) -> String {
        let each: Vec<&str> = [(V2, "2.0"), (V30, "3.0"), (V31, "3.1"), (V32, "3.2")]
            .into_iter()
            .filter_map(|(version, word)| self.meets(version).then_some(word))
            .collect();
        match each.as_slice() {
            [] => "older JSON Schema".to_owned(),
            [one] => (*one).to_owned(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

/// What the value of a field is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// Any value; nothing inside it is looked at.
    Any,
    String,
    Bool,
    Number,
    /// A non-negative integer.
    Count,
    /// One of these strings.
    Word(&'static [&'static str]),
    List(&'static Kind),
    Map(&'static Kind),
    /// A value of the first kind, or else of the second.
    Either(&'static Kind, &'static Kind),
    Object(Object),
    /// The object, or a Reference Object in its place.
    OrReference(Object),
}

impl Kind {
    pub(crate) fn has_word(self, text: &str) -> bool {
        match self {
            Self::Word(words) => words.contains(&text),
            Self::List(item) => item.has_word(text),
            Self::Either(first, second) => first.has_word(text) || second.has_word(text),
            _ => false,
        }
    }
}

/// How far a field reaches into what is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Support {
    /// It shapes the generated code.
    Generated,
    /// It is checked while the generated code runs.
    Checked,
    /// A wider type or a simpler behaviour stands in for it.
    Degraded,
    /// It has no effect.
    Ignored,
}

use Support::{Checked, Degraded, Generated, Ignored};

impl Support {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Generated => "generated",
            Checked => "checked",
            Degraded => "degraded",
            Ignored => "ignored",
        }
    }
}

/// The objects of all versions, under the names of the newest that has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Object {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Reference,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    SecurityRequirement,
    Items,
}

/// How bad it is that a field is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    Fine,
    /// What the object means cannot be told without it.
    Error,
    /// The specification asks for it, and there is an obvious reading without it.
    Sloppy,
    /// As `Sloppy`, of a description.
    Undescribed,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) versions: Versions,
    pub(crate) required: Versions,
    pub(crate) absence: Absence,
    pub(crate) support: Support,
    pub(crate) note: &'static str,
}

impl Field {
    const fn error_without(self, versions: Versions) -> Self {
        Self {
            required: versions,
            absence: Absence::Error,
            ..self
        }
    }

    const fn sloppy_without(self, versions: Versions) -> Self {
        Self {
            required: versions,
            absence: Absence::Sloppy,
            ..self
        }
    }

    const fn undescribed_without(self, versions: Versions) -> Self {
        Self {
            required: versions,
            absence: Absence::Undescribed,
            ..self
        }
    }

    const fn note(self, note: &'static str) -> Self {
        Self { note, ..self }
    }
}

/// What keys other than the named fields are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Rest {
    /// Unknown.
    None,
    /// Keys that begin with a slash.
    Routes(Kind),
    /// Status codes, ranges of them and `default`.
    Statuses(Kind),
    /// Whatever the document wants.
    Names(Kind),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) object: Object,
    pub(crate) title: &'static str,
    /// Whether `x-` fields may stand in it.
    pub(crate) extensible: bool,
    pub(crate) rest: Rest,
    pub(crate) fields: &'static [Field],
    /// Fields it shares with other objects.
    pub(crate) shared: &'static [Field],
}

impl Row {
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Field> {
        let (own, shared) = (self.fields, self.shared.iter());
        let others = move |field: &&Field| own.iter().all(|known| known.name != field.name);
        own.iter().chain(shared.filter(others))
    }

    /// The field of that name in this version, else in another.
    pub(crate) fn field(&self, name: &str, versions: Versions) -> Option<&'static Field> {
        let sorted = &by_name()[self.object as usize];
        let first = sorted.partition_point(|field| field.name < name);
        let same = sorted[first..]
            .iter()
            .take_while(|field| field.name == name);
        let mut other = None;
        for field in same.copied() {
            if field.versions.meets(versions) {
                return Some(field);
            }
            other = other.or(Some(field));
        }
        other
    }
}

/// The fields of each object in the order of their names; those of one name in the order of the table.
fn by_name() -> &'static [Vec<&'static Field>] {
    static SORTED: OnceLock<Vec<Vec<&'static Field>>> = OnceLock::new();
    SORTED.get_or_init(|| {
        let sorted = |row: &Row| {
            let mut fields: Vec<&'static Field> = row.all().collect();
            fields.sort_by_key(|field| field.name);
            fields
        };
        TABLE.iter().map(sorted).collect()
    })
}

/// Whether a word names a type of JSON Schema.
pub(crate) fn is_type(word: &str) -> bool {
    kind::TYPE_3_1.has_word(word)
}

/// Whether Swagger 2.0 has a keyword of this name in parameters, headers and their items.
pub(crate) fn is_value_2(name: &str) -> bool {
    table::VALUE_2.iter().any(|field| field.name == name)
}

pub(crate) fn row(object: Object) -> &'static Row {
    // The table is in the order of the enum, which a test asserts.
    &TABLE[object as usize]
}

const fn f(name: &'static str, kind: Kind, versions: Versions, support: Support) -> Field {
    Field {
        name,
        kind,
        versions,
        required: NONE,
        absence: Absence::Fine,
        support,
        note: "",
    }
}

/// The README's table of supported features: every field of every object, from the table that documents are checked
/// against, in Markdown.
pub fn supported_features() -> String {
    let mut text = String::from("| object | field | versions | support |\n|---|---|---|---|\n");
    for row in TABLE {
        let mut before: Option<&Field> = None;
        for field in row.all() {
            // A field with a row for each version is one line, unless its support differs.
            if let Some(before) =
                before.filter(|before| before.name == field.name && before.support == field.support)
            {
                debug_assert!(
                    !before.versions.meets(field.versions),
                    "{} has two kinds in one version",
                    field.name
                );
                continue;
            }
            before = Some(field);
            if field.versions == NONE {
                continue;
            }
            let same = row
                .all()
                .filter(|other| other.name == field.name && other.support == field.support);
            let versions = Versions(same.fold(0, |all, other| all | other.versions.0));
            let note = if field.note.is_empty() {
                String::new()
            } else {
                format!(": {}", field.note)
            };
            text.push_str(&format!(
                "| {} | `{}` | {} | {}{note} |\n",
                row.title,
                field.name,
                if versions == ALL {
                    "all".to_owned()
                } else {
                    versions.words()
                },
                field.support.word(),
            ));
        }
    }
    text
}
