//! Which variant of a union a JSON text is: by its kind and its tag where these tell, else by trying.

use super::super::shape::Union;
use super::super::table::{Accepts, Several, UnionTable, Variant};
use super::super::validate;
use super::error::{Malformed, Misfit, quote};
use super::read::{Reader, exact_integer};
use super::text::Result;
use super::{ReadOptions, Unknown};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What has been found out about unions inside of unions that are being tried: by table, place and options, the variant
/// and the options that it was read with. It keeps the work linear in the depth: without it each level would try the
/// levels below once for each of its variants.
pub(super) type Known = BTreeMap<(usize, usize, bool), Option<(usize, bool)>>;

/// How badly a value fits that leaves out a member, or that has a value no list has: nothing of the latter is lost.
pub(super) const LEFT_OUT: u64 = 1 << 10;
pub(super) const UNKNOWN: u64 = 1;

/// What can be seen of a value without reading it.
enum Seen<'a> {
    Bool,
    Integer,
    /// A number without a fraction that no integer of 64 bits is: a wider one may be it, or a double.
    Beyond,
    Fraction,
    String,
    List,
    Object {
        tag: Tag<'a>,
        /// The variants whose own member is there, a bit each.
        members: u64,
    },
    Null,
}

enum Tag<'a> {
    Absent,
    Text(Cow<'a, str>),
    Integer(i64),
    Bool(bool),
    Other,
}

/// How many variants can be known by a member of their own; the generator gives no more one.
const MEMBERS: usize = 64;

/// The largest number that every integer of 64 bits may be, whatever its sign.
const SAFE: u128 = i64::MAX as u128;

impl Accepts {
    fn accepts(&self, seen: &Seen<'_>) -> bool {
        let tag = match seen {
            Seen::Object { tag, .. } => Some(tag),
            _ => None,
        };
        match (self, seen) {
            (Self::Any, _)
            | (Self::Bool, Seen::Bool)
            | (Self::Integer | Self::Number, Seen::Integer)
            | (Self::Fraction | Self::Number, Seen::Fraction)
            | (Self::String, Seen::String)
            | (Self::List, Seen::List)
            | (Self::Object, Seen::Object { .. }) => true,
            (Self::Tag(own), _) => matches!(tag, Some(Tag::Text(text)) if own == text),
            (Self::TagInteger(own), _) => {
                matches!(tag, Some(Tag::Integer(number)) if own == number)
            }
            (Self::TagBool(own), _) => matches!(tag, Some(Tag::Bool(value)) if own == value),
            _ => false,
        }
    }

    pub(crate) fn is_tag(&self) -> bool {
        matches!(self, Self::Tag(_) | Self::TagInteger(_) | Self::TagBool(_))
    }
}

impl Variant {
    fn accepts(&self, seen: &Seen<'_>) -> bool {
        self.accepts.iter().any(|accepts| accepts.accepts(seen))
    }

    /// Whether the tag is there, and one of the variant's.
    fn has_tag(&self, seen: &Seen<'_>) -> bool {
        let mut tags = self.accepts.iter().filter(|accepts| accepts.is_tag());
        tags.any(|tag| tag.accepts(seen))
    }

    fn is_tagged(&self) -> bool {
        self.accepts.iter().any(Accepts::is_tag)
    }
}

/// The variants that a value may be.
fn candidates(table: &UnionTable, seen: &Seen<'_>) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let all = || table.variants.iter().enumerate();
    let accepting = all().filter(|(_, variant)| variant.accepts(seen));
    found.extend(accepting.map(|(position, _)| position));
    let Seen::Object { tag, members } = seen else {
        return found;
    };
    if found.is_empty() {
        let otherwise = |variant: &Variant| variant.accepts.contains(&Accepts::Otherwise);
        found.extend(
            all()
                .filter(|(_, variant)| otherwise(variant))
                .map(|(position, _)| position),
        );
    }
    if found.is_empty() && matches!(tag, Tag::Absent) {
        // A tag that the other side has left out: what it would have been can be found out all the same.
        found.extend(
            all()
                .filter(|(_, variant)| variant.is_tagged())
                .map(|(position, _)| position),
        );
    }
    prefer(table, seen, *members, &mut found);
    found
}

/// Of several variants those that something speaks for: a member of their own, or a tag where the others have none.
fn prefer(table: &UnionTable, seen: &Seen<'_>, members: u64, found: &mut Vec<usize>) {
    let variant = |position: usize| &table.variants[position];
    let has_own = |position: usize| {
        variant(position).member.is_some() && members & (1 << (position % MEMBERS)) != 0
    };
    let has_tag = |position: usize| variant(position).has_tag(seen);
    let by_tag = table.several == Several::Never && found.iter().any(|position| has_tag(*position));
    if found.iter().any(|position| has_own(*position)) {
        // Where a tag speaks for another one, both are tried.
        found.retain(|position| has_own(*position) || by_tag && has_tag(*position));
    } else if by_tag {
        found.retain(|position| has_tag(*position));
    } else if found
        .iter()
        .any(|position| variant(*position).member.is_none())
    {
        found.retain(|position| variant(*position).member.is_none());
    }
}

/// The only variant that accepts the value, where no list of them is needed to say so.
fn only(table: &UnionTable, seen: &Seen<'_>) -> Option<usize> {
    let mut accepting = (0..)
        .zip(table.variants)
        .filter(|(_, variant)| variant.accepts(seen));
    match (accepting.next(), accepting.next()) {
        (Some((position, _)), None) => Some(position),
        _ => None,
    }
}

impl<'a> Reader<'a> {
    /// The value of a union.
    pub(super) fn union(&mut self, union: &mut dyn Union) -> Result {
        let table = union.table();
        self.text.peek();
        let start = self.text.at;
        let mut seen = self.look(table)?;
        if matches!(seen, Seen::Beyond) {
            seen = self.beyond(union, start);
        }
        if let Some(variant) = only(table, &seen) {
            return self.value(union.select(variant), true);
        }
        match candidates(table, &seen).as_slice() {
            [] => self.none(union, &seen, start),
            [variant] => self.value(union.select(*variant), true),
            several => self.trial(union, several),
        }
    }

    /// What a large whole number is: an integer if one of the variants holds it, else a number like any other.
    #[cold]
    fn beyond(&mut self, union: &mut dyn Union, start: usize) -> Seen<'a> {
        let variants = union.table().variants;
        let again = (start, self.depth);
        let mut positions = (0..).zip(variants);
        let is_integer = positions.any(|(position, variant)| {
            variant.accepts(&Seen::Integer) && self.attempt(union, position, again, false).is_ok()
        });
        (self.text.at, self.depth) = again;
        if is_integer
            || !variants
                .iter()
                .any(|variant| variant.accepts(&Seen::Fraction))
        {
            Seen::Integer
        } else {
            Seen::Fraction
        }
    }

    /// Looks at what comes next and passes nothing.
    fn look(&mut self, table: &UnionTable) -> Result<Seen<'a>> {
        let (start, depth) = (self.text.at, self.depth);
        let seen = match self.text.peek() {
            Some(b'{') => {
                let members = table
                    .variants
                    .iter()
                    .any(|variant| variant.member.is_some());
                if table.tag.is_some() || members {
                    self.look_inside(table, members)
                } else {
                    Ok(Seen::Object {
                        tag: Tag::Absent,
                        members: 0,
                    })
                }
            }
            Some(b'[') => Ok(Seen::List),
            Some(b'"') => Ok(Seen::String),
            Some(b't' | b'f') => Ok(Seen::Bool),
            Some(b'n') => Ok(Seen::Null),
            _ => self.text.number("a value").map(|number| {
                match exact_integer(number).map(|number| number.unsigned_abs()) {
                    Some(0..=SAFE) => Seen::Integer,
                    Some(_) => Seen::Beyond,
                    None => Seen::Fraction,
                }
            }),
        };
        (self.text.at, self.depth) = (start, depth);
        seen
    }

    /// The tag of an object, and which variants' own members it has.
    fn look_inside(&mut self, table: &UnionTable, own: bool) -> Result<Seen<'a>> {
        let (mut tag, mut members) = (Tag::Absent, 0_u64);
        self.open(b'{', "an object")?;
        let mut more = !self.text.pass(b'}');
        while more {
            let key = self.text.string("a member's name")?;
            let name = key.unwrap_or(&self.text.scratch);
            let is_tag = table.tag == Some(name);
            for (position, variant) in table.variants.iter().enumerate().take(MEMBERS) {
                members |= u64::from(variant.member == Some(name)) << position;
            }
            self.text.demand(b':', "`:`")?;
            if is_tag {
                tag = self.tag()?;
                if !own {
                    break;
                }
            } else {
                self.skip()?;
            }
            more = self.text.another(b'}')?;
        }
        Ok(Seen::Object { tag, members })
    }

    fn tag(&mut self) -> Result<Tag<'a>> {
        Ok(match self.text.peek() {
            Some(b'"') => match self.text.string("a string")? {
                Some(text) => Tag::Text(Cow::Borrowed(text)),
                None => Tag::Text(Cow::Owned(self.text.scratch.clone())),
            },
            Some(b'-' | b'0'..=b'9') => {
                let number = exact_integer(self.text.number("a number")?);
                number
                    .and_then(|number| i64::try_from(number).ok())
                    .map_or(Tag::Other, Tag::Integer)
            }
            _ if self.text.word("true") => Tag::Bool(true),
            _ if self.text.word("false") => Tag::Bool(false),
            _ if self.text.word("null") => Tag::Absent,
            _ => {
                self.skip()?;
                Tag::Other
            }
        })
    }

    /// No variant accepts the value.
    #[cold]
    fn none(&mut self, union: &mut dyn Union, seen: &Seen<'_>, start: usize) -> Result {
        let table = union.table();
        let Some((name, Seen::Object { tag, .. })) = table.tag.map(|name| (name, seen)) else {
            return self.text.fail(expected(table));
        };
        let found = match tag {
            Tag::Text(_) | Tag::Integer(_) | Tag::Bool(_) if table.open => {
                if self.options.unknown == Unknown::Keep {
                    self.misfits = self.misfits.saturating_add(UNKNOWN);
                    return self.value(union.select(table.variants.len()), true);
                }
                tag_text(tag)
            }
            Tag::Absent => {
                let expected = format!("the required member {}", quote(name));
                return self.text.fail_at(start, expected, "none".to_owned());
            }
            tag => tag_text(tag),
        };
        let fault = self.text.fail_at(start, tags(table), found);
        fault.map_err(|error: Box<Malformed>| error.within(name))
    }

    /// Reads a value as each of several variants, and keeps the one that fits best.
    fn trial(&mut self, union: &mut dyn Union, variants: &[usize]) -> Result {
        let table = union.table();
        let (start, depth, options) = (self.text.at, self.depth, self.options);
        let strict = options.closed && options.unknown == Unknown::Reject;
        let key = (std::ptr::from_ref(table).addr(), start, strict);
        let again = (start, depth);
        if self.trying > 0 {
            match self.known.get(&key) {
                Some(Some((variant, strict))) => {
                    let (variant, strict) = (*variant, *strict);
                    return self.attempt(union, variant, again, strict).map(drop);
                }
                Some(None) => return self.text.fail(expected(table)),
                None => {}
            }
        }
        // First to the letter; then as a reader of a later version's values would.
        let mut chosen = self.rounds(union, variants, again, true);
        if !strict
            && !matches!(
                chosen,
                Ok(Chosen { left_out: 0, .. }) | Err(Refused::Several(_))
            )
        {
            let lenient = self.rounds(union, variants, again, false);
            let best = chosen.as_ref().map_or(u64::MAX, |chosen| chosen.left_out);
            if matches!(&lenient, Ok(lenient) if lenient.left_out < best) || chosen.is_err() {
                chosen = lenient;
            }
        }
        if self.trying > 0 {
            let chosen = chosen.as_ref().ok();
            self.known
                .insert(key, chosen.map(|chosen| (chosen.variant, chosen.strict)));
        }
        let error = match chosen {
            Ok(Chosen {
                variant, strict, ..
            }) => {
                return self.attempt(union, variant, again, strict).map(drop);
            }
            Err(Refused::None(misfits)) => {
                (self.text.at, self.depth) = again;
                let mut error = Malformed::new(start, expected(table), self.text.found());
                error.variants = misfits;
                error
            }
            Err(Refused::Several(names)) => {
                let found = format!("one that is {}", names.join(" and "));
                Malformed::new(start, "a value of exactly one variant", found)
            }
        };
        Err(Box::new(error))
    }

    /// Tries every variant once.
    fn rounds(
        &mut self,
        union: &mut dyn Union,
        variants: &[usize],
        again: (usize, u16),
        strict: bool,
    ) -> std::result::Result<Chosen, Refused> {
        let table = union.table();
        let mut fitting: Vec<(usize, u64)> = Vec::new();
        let mut misfits = Vec::new();
        for &variant in variants {
            match self.attempt(union, variant, again, strict) {
                Ok(0) if table.several == Several::AnyOf && fitting.is_empty() => {
                    return Ok(Chosen {
                        variant,
                        strict,
                        left_out: 0,
                    });
                }
                Ok(left_out) => fitting.push((variant, left_out)),
                Err(error) => misfits.push(Misfit {
                    variant: table.variants[variant].name,
                    pointer: error.pointer,
                    expected: error.expected,
                    found: error.found,
                }),
            }
        }
        let Some(least) = fitting.iter().map(|(_, left_out)| *left_out).min() else {
            return Err(Refused::None(misfits));
        };
        if table.mixed && fitting.len() > 1 && least >= LEFT_OUT {
            // Each of them would lose what the value has of the others.
            return Ok(Chosen {
                variant: table.variants.len(),
                strict,
                left_out: 0,
            });
        }
        fitting.retain(|(_, left_out)| *left_out == least);
        if fitting.len() > 1 {
            self.keep_valid(union, &mut fitting, again, strict);
        }
        let refuses = table.several == Several::OneOf && !self.options.ambiguous;
        match fitting.as_slice() {
            [_, _, ..] if refuses => Err(Refused::Several(
                fitting
                    .iter()
                    .map(|(variant, _)| quote(table.variants[*variant].name))
                    .collect(),
            )),
            [(variant, left_out), ..] => Ok(Chosen {
                variant: *variant,
                strict,
                left_out: *left_out,
            }),
            [] => Err(Refused::None(misfits)),
        }
    }

    /// Of variants that read a value equally well, those whose constraints it keeps, if it keeps any one's.
    fn keep_valid(
        &mut self,
        union: &mut dyn Union,
        fitting: &mut Vec<(usize, u64)>,
        again: (usize, u16),
        strict: bool,
    ) {
        let mut valid = Vec::new();
        for &(variant, left_out) in fitting.iter() {
            let read = self.attempt(union, variant, again, strict);
            let marks = union.table().variants[variant].marks;
            if read.is_ok() && validate::validate_as(union.active().1, marks).is_ok() {
                valid.push((variant, left_out));
            }
        }
        if !valid.is_empty() {
            *fitting = valid;
        }
    }

    /// Reads the value as one variant: how much of it that variant leaves out.
    fn attempt(
        &mut self,
        union: &mut dyn Union,
        variant: usize,
        again: (usize, u16),
        strict: bool,
    ) -> Result<u64> {
        (self.text.at, self.depth) = again;
        let options = self.options;
        if strict {
            self.options = ReadOptions {
                closed: true,
                unknown: Unknown::Reject,
                ..options
            };
        }
        let before = self.misfits;
        self.trying += 1;
        let read = self.value(union.select(variant), true);
        self.trying -= 1;
        self.options = options;
        let left_out = self.misfits.saturating_sub(before);
        if self.trying == 0 {
            self.known.clear();
        }
        read.map(|()| left_out)
    }
}

/// The variant that fits best.
struct Chosen {
    variant: usize,
    /// It fits to the letter.
    strict: bool,
    /// How much of the value it leaves out.
    left_out: u64,
}

/// Why no variant was chosen.
enum Refused {
    None(Vec<Misfit>),
    Several(Vec<String>),
}

fn tag_text(tag: &Tag<'_>) -> String {
    match tag {
        Tag::Text(text) => quote(text),
        Tag::Integer(number) => quote(&number.to_string()),
        Tag::Bool(value) => quote(&value.to_string()),
        Tag::Absent | Tag::Other => "another value".to_owned(),
    }
}

/// The tags of a union, as a list in words.
fn tags(table: &UnionTable) -> String {
    let accepts = table.variants.iter().flat_map(|variant| variant.accepts);
    let tags = accepts.filter_map(|accepts| match accepts {
        Accepts::Tag(tag) => Some(quote(tag)),
        Accepts::TagInteger(tag) => Some(quote(&tag.to_string())),
        Accepts::TagBool(tag) => Some(quote(&tag.to_string())),
        _ => None,
    });
    listed(tags.collect())
}

/// The kinds that the variants of a union accept, as a list in words.
fn expected(table: &UnionTable) -> String {
    let mut kinds: Vec<String> = Vec::new();
    for accepts in table.variants.iter().flat_map(|variant| variant.accepts) {
        let kind = match accepts {
            Accepts::Bool => "true or false",
            Accepts::Integer => "an integer",
            Accepts::Fraction | Accepts::Number => "a number",
            Accepts::String => "a string",
            Accepts::List => "a list",
            Accepts::Any => "a value",
            _ => "an object",
        };
        if kinds.iter().all(|known| known != kind) {
            kinds.push(kind.to_owned());
        }
    }
    format!("{} that is a `{}`", listed(kinds), table.name)
}

/// `a, b or c`.
fn listed(mut words: Vec<String>) -> String {
    match words.pop() {
        Some(last) if words.is_empty() => last,
        Some(last) => format!("{} or {last}", words.join(", ")),
        None => String::new(),
    }
}
