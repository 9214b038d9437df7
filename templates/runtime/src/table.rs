//! What the document says about a type, as tables that the words of the macros become.

use super::check::{Check, ToMatcher};
use super::decimal::Decimal;
use super::operation::Encoding;

/// What the document says about an object.
#[derive(Debug)]
pub struct ObjectTable {
    /// The Rust name, for messages.
    pub name: &'static str,
    /// The fields, in the document's order.
    pub fields: &'static [Field],
    /// Members that no field names are refused by a server (`additionalProperties: false`).
    pub closed: bool,
    /// Constraints on the number of members.
    pub marks: &'static [Mark],
}

impl ObjectTable {
    /// Whether a server refuses a member that no field names.
    #[must_use]
    pub fn refuses(&self, name: &str) -> bool {
        let passes = |mark: &Mark| matches!(mark, Mark::NotSent(names) if names.contains(&name));
        self.closed && !self.marks.iter().any(passes)
    }

    /// Whether what is absent stays absent: serde fills in no defaults, and a tag that need not be there is not added.
    #[must_use]
    pub fn is_as_read(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::AsRead))
    }
}

/// What the document says about a union, and how its variants are told apart.
#[derive(Debug)]
pub struct UnionTable {
    /// The Rust name, for messages.
    pub name: &'static str,
    /// The member that names the variant.
    pub tag: Option<&'static str>,
    /// What holds where a value still fits several variants.
    pub several: Several,
    /// The variants, in the order in which they are tried.
    pub variants: &'static [Variant],
    /// An object whose tag no variant has is kept as it is, in `Unknown`.
    pub open: bool,
    /// An object that is several variants at once, of which none has all its members, is kept as it is, in `Several`.
    pub mixed: bool,
}

impl UnionTable {
    /// Whether a variant is the one of what the document does not describe.
    #[must_use]
    pub const fn is_unknown(&self, variant: usize) -> bool {
        self.open && variant >= self.variants.len()
    }
}

/// What holds where a value may be several variants of a union.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Several {
    /// It cannot be: what a variant accepts, no other does.
    Never,
    /// It must be exactly one (`oneOf`).
    OneOf,
    /// It may be any number of them (`anyOf`); the first that leaves nothing out is as good as the others.
    AnyOf,
}

/// One variant of a union.
#[derive(Debug)]
pub struct Variant {
    /// The Rust name, for messages.
    pub name: &'static str,
    /// What it accepts, as far as that can be told without reading it: one of these.
    pub accepts: &'static [Accepts],
    /// A member that only this variant has, and always.
    pub member: Option<&'static str>,
    /// What is said about its value.
    pub marks: &'static [Mark],
}

/// What a variant of a union accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accepts {
    /// `true` or `false`.
    Bool,
    /// A number without a fraction.
    Integer,
    /// A number with a fraction.
    Fraction,
    /// Any number.
    Number,
    /// A string.
    String,
    /// A list.
    List,
    /// An object, whatever its tag.
    Object,
    /// An object with this text as its tag.
    Tag(&'static str),
    /// An object with this integer as its tag.
    TagInteger(i64),
    /// An object with this as its tag.
    TagBool(bool),
    /// An object whose tag no variant names, or that has none.
    Otherwise,
    /// Any value.
    Any,
}

/// What the document says about one member of an object, or about one parameter.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: &'static str,
    /// The name of a member as JSON text; nothing for a parameter.
    pub key: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Whether null is among its values.
    pub nullable: bool,
    /// Everything else the document says about it, constraints included.
    pub marks: &'static [Mark],
}

impl Field {
    /// A member of which the document says nothing but the name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            key: "",
            required: false,
            nullable: false,
            marks: &[],
        }
    }

    /// The name as JSON text, where that is known.
    #[must_use]
    #[inline]
    pub fn quoted(&self) -> Option<&'static str> {
        (!self.key.is_empty()).then_some(self.key)
    }

    /// What the receiver fills in where it is absent, as JSON text.
    #[must_use]
    pub fn default(&self) -> Option<&'static str> {
        self.marks.iter().find_map(|mark| match mark {
            Mark::Default(text) => Some(*text),
            _ => None,
        })
    }
}

/// One thing that the document says about a value. Those that constrain it are checked by `validate()`, and by a server
/// before the handler runs.
#[derive(Clone, Copy, Debug)]
pub enum Mark {
    /// Null is among the values of an item.
    Nullable,
    /// Sent by servers only.
    ReadOnly,
    /// Sent by clients only.
    WriteOnly,
    /// Members that are read and not sent: a server passes over one that is sent all the same, even where it refuses others.
    NotSent(&'static [&'static str]),
    /// serde fills in no defaults, and no tag is written that was absent: what is read is written again as it was.
    AsRead,
    /// What the receiver fills in, as JSON text.
    Default(&'static str),
    /// A value that the document shows of a type that is not its own, as JSON text.
    Sample(&'static str),
    /// Least value.
    Minimum(Decimal),
    /// Greatest value.
    Maximum(Decimal),
    /// A value that all are greater than.
    ExclusiveMinimum(Decimal),
    /// A value that all are less than.
    ExclusiveMaximum(Decimal),
    /// What every value is a whole number of.
    MultipleOf(Decimal),
    /// Least number of characters.
    MinLength(u64),
    /// Greatest number of characters.
    MaxLength(u64),
    /// What a text must match somewhere.
    Pattern(ToMatcher),
    /// Least number of items.
    MinItems(u64),
    /// Greatest number of items.
    MaxItems(u64),
    /// No item occurs twice.
    UniqueItems,
    /// Least number of members.
    MinProperties(u64),
    /// Greatest number of members.
    MaxProperties(u64),
    /// How a parameter is written, by OpenAPI's name of the style.
    Style(&'static str),
    /// Whether the members of a parameter are written apart.
    Explode(bool),
    /// Reserved characters of a parameter stand as they are.
    AllowReserved,
    /// An empty text of a parameter may stand for nothing.
    AllowEmpty,
    /// The media type of a parameter's text, where it is not written by style.
    Content(&'static str),
    /// How the members of a parameter that is a form are written.
    Encoding(&'static [Encoding]),
    /// The parameter is the whole query.
    Whole,
    /// Its XML.
    Xml(Xml),
    /// What is said about every item of a list.
    Items(&'static [Mark]),
    /// What is said about every value of a map.
    Values(&'static [Mark]),
    /// What else the document demands, and the type does not say.
    Check(&'static Check),
}

/// What the document says about the XML of a value (OpenAPI 3.2, XML Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Xml {
    /// The name of its element or attribute, where it is not the member's.
    pub name: Option<&'static str>,
    /// Its namespace.
    pub namespace: Option<&'static str>,
    /// What stands for the namespace before the name.
    pub prefix: Option<&'static str>,
    /// What it becomes; a list becomes its items unless it is an element, anything else an element.
    pub node: Option<XmlNode>,
}

/// What a value becomes in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XmlNode {
    /// An element; a list becomes an element around its items.
    Element,
    /// An attribute of the element that it is a member of.
    Attribute,
    /// The text of that element.
    Text,
    /// The text of that element, in a section that needs no escapes.
    Cdata,
    /// Nothing: its members stand among those of its parent.
    None,
}

impl Xml {
    /// Nothing said.
    pub const NEW: Self = Self {
        name: None,
        namespace: None,
        prefix: None,
        node: None,
    };

    /// The same with a name.
    #[must_use]
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// The same with a namespace.
    #[must_use]
    pub const fn namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// The same with a prefix.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = Some(prefix);
        self
    }

    /// The same as an element; a list as one around its items.
    #[must_use]
    pub const fn element(mut self) -> Self {
        self.node = Some(XmlNode::Element);
        self
    }

    /// The same as an attribute.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.node = Some(XmlNode::Attribute);
        self
    }

    /// The same as text.
    #[must_use]
    pub const fn text(mut self) -> Self {
        self.node = Some(XmlNode::Text);
        self
    }

    /// The same as a section of text.
    #[must_use]
    pub const fn cdata(mut self) -> Self {
        self.node = Some(XmlNode::Cdata);
        self
    }

    /// The same without a node of its own.
    #[must_use]
    pub const fn none(mut self) -> Self {
        self.node = Some(XmlNode::None);
        self
    }
}
