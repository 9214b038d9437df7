//! What a type is: a struct, an enum, a union or a name for something else; and what stands in its places.

use super::foreign::ForeignId;
use super::{CheckId, Docs, TypeId, Xml};
use crate::source::NodeId;
use serde_json::Value as Json;

#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Object(Object),
    Enum(Enum),
    Union(Union),
    /// A component that is a scalar, a list, a map or another component: a type alias.
    Alias(Value),
}

impl Shape {
    /// Shows every value that stands in the shape; what lists and maps hold is in them.
    pub(crate) fn each_value<'a>(&'a self, see: &mut impl FnMut(&'a Value)) {
        match self {
            Self::Object(object) => {
                object.fields.iter().for_each(|field| see(&field.value));
                if let Extra::Kept(value) = &object.extra {
                    see(value);
                }
            }
            Self::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| see(&variant.value)),
            Self::Alias(value) => see(value),
            Self::Enum(_) => {}
        }
    }

    /// The same, to change them.
    pub(crate) fn each_value_mut(&mut self, see: &mut impl FnMut(&mut Value)) {
        match self {
            Self::Object(object) => {
                object
                    .fields
                    .iter_mut()
                    .for_each(|field| see(&mut field.value));
                if let Extra::Kept(value) = &mut object.extra {
                    see(value);
                }
            }
            Self::Union(union) => {
                union
                    .variants
                    .iter_mut()
                    .for_each(|variant| see(&mut variant.value));
            }
            Self::Alias(value) => see(value),
            Self::Enum(_) => {}
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    pub(crate) extra: Extra,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) checks: Vec<CheckId>,
    /// Members that are read and not sent, by their names on the wire: who sends them all the same is not refused for it.
    pub(crate) not_sent: Vec<String>,
    /// What is absent when it is read is absent when it is written again. Filled in by analysis.
    pub(crate) as_read: bool,
    /// Its own element, where the document has XML.
    pub(crate) xml: Option<Xml>,
    /// Whether its fields are those of a header.
    pub(crate) is_header: bool,
}

/// What happens to members that no field names.
#[derive(Clone, Debug)]
pub(crate) enum Extra {
    /// Dropped when read.
    Ignored,
    /// `additionalProperties: false`: a server refuses them in requests.
    Forbidden,
    /// Kept in a map of this value.
    Kept(Box<Value>),
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) at: NodeId,
    pub(crate) wire: String,
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) value: Value,
    pub(crate) required: bool,
    /// In JSON; the side that receives fills it in where the member is absent.
    pub(crate) default: Option<Json>,
    pub(crate) read_only: bool,
    pub(crate) write_only: bool,
    /// The edge closes a cycle, or the member is large: boxed.
    pub(crate) boxed: bool,
}

/// A type in use: what it is, whether null is among its values, and what the place it stands in demands of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) rules: Rules,
}

impl Value {
    pub(crate) fn plain(ty: Ty) -> Self {
        Self {
            ty,
            nullable: false,
            rules: Rules::default(),
        }
    }
}

impl Value {
    /// Whether something holds of its type, or of one that it holds, those that it names aside.
    pub(crate) fn any(&self, mut holds: impl FnMut(&Ty) -> bool) -> bool {
        let mut work = vec![self];
        while let Some(value) = work.pop() {
            if holds(&value.ty) {
                return true;
            }
            work.extend(value.ty.inner());
        }
        false
    }

    /// The types that it names, itself or within what it holds.
    pub(crate) fn names(&self) -> Vec<TypeId> {
        let mut found = Vec::new();
        self.any(|ty| {
            if let Ty::Named(id) = ty {
                found.push(*id);
            }
            false
        });
        found
    }

    /// Names other types in place of those that it names.
    pub(crate) fn rename(&mut self, to: impl Fn(TypeId) -> TypeId) {
        let mut work = vec![self];
        while let Some(value) = work.pop() {
            match &mut value.ty {
                Ty::Named(id) => *id = to(*id),
                Ty::List(inner) | Ty::Map(inner) | Ty::Stream(inner) => work.push(inner),
                Ty::Tuple(places) => work.extend(&mut places.items),
                Ty::Part(part) => work.extend(&mut **part),
                _ => {}
            }
        }
    }
}

impl Ty {
    /// The values that a list, a tuple, a map or a stream holds.
    pub(crate) fn inner(&self) -> &[Value] {
        match self {
            Self::List(value) | Self::Map(value) | Self::Stream(value) => {
                std::slice::from_ref(value)
            }
            Self::Tuple(places) => &places.items,
            Self::Part(part) => &**part,
            _ => &[],
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Bool,
    Integer(Width),
    /// Double precision, whatever the format: JSON knows one kind of number, and what was sent is what is sent on.
    Number,
    String,
    /// A string of a known format.
    Text(Format),
    List(Box<Value>),
    Tuple(Box<Places>),
    Map(Box<Value>),
    Named(TypeId),
    /// A type that is not the document's.
    Foreign(ForeignId),
    /// Any JSON value.
    Json,
    /// The bytes of a body, piece by piece.
    Body,
    /// Items that come and go one by one.
    Stream(Box<Value>),
    /// What a part of a multipart body holds, and the struct of the fields of its header.
    Part(Box<[Value; 2]>),
}

/// What a number of a moment counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ticks {
    Seconds,
    Millis,
    Micros,
    Nanos,
}

/// A list whose places have types of their own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Places {
    pub(crate) items: Vec<Value>,
    /// Those from here on may be missing.
    pub(crate) least: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Width {
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    /// Integers beyond 64 bits.
    I128,
    /// Moments since 1970, in ticks of a type of the runtime.
    Unix(Ticks),
}

/// String formats that have a Rust type or a behaviour of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Format {
    DateTime,
    Date,
    Uuid,
    /// `byte`, or `contentEncoding: base64`.
    Base64,
    /// `base64url`, as a format or as `contentEncoding`.
    Base64Url,
    Ipv4,
    Ipv6,
    /// `password`: a string that `Debug` does not show.
    Secret,
}

impl Format {
    /// Whether there are several texts for one value, of which its type writes one.
    pub(crate) fn has_spellings(self) -> bool {
        matches!(self, Self::DateTime | Self::Uuid | Self::Ipv6)
    }
}

/// Constraints that `validate()` checks, not the type.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    /// Numbers as JSON writes them.
    pub(crate) minimum: Option<String>,
    pub(crate) exclusive_minimum: Option<String>,
    pub(crate) maximum: Option<String>,
    pub(crate) exclusive_maximum: Option<String>,
    pub(crate) multiple_of: Option<String>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    /// A value that the document shows of a type that is not its own.
    pub(crate) sample: Option<Json>,
    /// What else is checked.
    pub(crate) checks: Vec<CheckId>,
    /// Its XML, where the document has any.
    pub(crate) xml: Option<Box<Xml>>,
    /// How its text is written, where it is a field of a header and that is not as usual.
    pub(crate) field: Option<Box<HeaderText>>,
}

/// How the text of a header field is written (OpenAPI 3.2, Header Object).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HeaderText {
    pub(crate) explode: bool,
    /// Its media type, where it is not written by style.
    pub(crate) content: Option<String>,
}

#[derive(Clone, Debug)]
pub(crate) struct Enum {
    pub(crate) kind: EnumKind,
    pub(crate) variants: Vec<EnumVariant>,
    /// Open: a value outside the list is kept in `Unknown`.
    pub(crate) open: bool,
    /// The document itself allows any other text: it is kept in `Other`, and is as good as one of the list.
    pub(crate) any: bool,
}

impl Enum {
    /// Whether no variant holds more than a number.
    pub(crate) fn is_copy(&self) -> bool {
        !self.open && !self.any || self.kind == EnumKind::Integer
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EnumKind {
    String,
    Integer,
}

#[derive(Clone, Debug)]
pub(crate) struct EnumVariant {
    /// A JSON string or integer.
    pub(crate) value: Json,
    pub(crate) pinned: Option<String>,
    pub(crate) docs: Docs,
}

#[derive(Clone, Debug)]
pub(crate) struct Union {
    /// In the order in which a reader tries them.
    pub(crate) variants: Vec<UnionVariant>,
    /// The member that names the variant: a discriminator's, or one that each variant fixes.
    pub(crate) tag: Option<String>,
    pub(crate) several: Several,
    /// Open: an object whose tag no variant has is kept in `Unknown`.
    pub(crate) open: bool,
    /// An object that is several variants at once is kept in `Several`, where each would lose what it has of the others.
    pub(crate) mixed: bool,
    /// The variant of placeholders.
    pub(crate) empty: usize,
}

/// What holds where a value may still be several variants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Several {
    /// It cannot be.
    Never,
    /// It must be exactly one.
    OneOf,
    /// It must be one or more.
    AnyOf,
}

#[derive(Clone, Debug)]
pub(crate) struct UnionVariant {
    pub(crate) at: NodeId,
    /// What the document calls it, if it does.
    pub(crate) name: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) value: Value,
    /// What it accepts, as far as can be told without reading the value.
    pub(crate) accepts: Vec<Accepts>,
    /// A member that only this variant has, and always.
    pub(crate) member: Option<String>,
    /// It closes a cycle, or is large: boxed.
    pub(crate) boxed: bool,
}

/// What a variant of a union accepts: a kind of value, or objects with one tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Accepts {
    Bool,
    Integer,
    /// A number that is no integer.
    Fraction,
    Number,
    String,
    List,
    /// An object, whatever its tag.
    Object,
    Tag(String),
    TagInteger(i64),
    TagBool(bool),
    /// An object whose tag no variant names, or that has none.
    Otherwise,
    Any,
}
