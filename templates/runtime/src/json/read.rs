//! JSON text into a slot: one concrete reader for every type.

use super::super::decimal::Decimal;
use super::super::shape::{Expected, Integer, List, Map, Object, Shape, Slot};
use super::super::{shape, table};
use super::error::{Malformed, quote};
use super::member::{Seen, position};
use super::text::{Result, Text};
use super::union::{Known, LEFT_OUT, UNKNOWN};
use super::{DEPTH, Unknown};

/// How to read.
#[derive(Clone, Copy, Debug)]
pub struct ReadOptions {
    /// How deep objects and lists nest at most.
    pub depth: u16,
    /// Whether members that are absent get the document's defaults.
    pub defaults: bool,
    /// Whether types of a crate with `extra = "keep"` get none all the same. Of serde they do not.
    pub as_read: bool,
    /// Whether objects that the document closes (`additionalProperties: false`) refuse other members. Servers do.
    pub closed: bool,
    /// What to do with a value that an open enum does not list.
    pub unknown: Unknown,
    /// Whether a value that several variants of a `oneOf` fit equally well is the first of them, which a client can live with;
    /// otherwise it is an error.
    pub ambiguous: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            depth: DEPTH,
            defaults: true,
            as_read: false,
            closed: false,
            unknown: Unknown::Keep,
            ambiguous: false,
        }
    }
}

/// Reads a value.
///
/// # Errors
///
/// The first place where the text is not JSON or not what the type demands.
pub fn read<T: Shape>(json: &[u8], options: &ReadOptions) -> std::result::Result<T, Malformed> {
    let mut value = T::empty();
    read_into(json, value.slot(), options)?;
    Ok(value)
}

/// Reads a value into a place. After an error the place holds something or other.
///
/// # Errors
///
/// The first place where the text is not JSON or not what the place demands.
pub fn read_into(
    json: &[u8],
    slot: Slot<'_>,
    options: &ReadOptions,
) -> std::result::Result<(), Malformed> {
    let text = match std::str::from_utf8(json) {
        Ok(text) => text,
        Err(error) => {
            let (expected, found) = ("UTF-8", "a byte that is not".to_owned());
            return Err(Malformed::new(error.valid_up_to(), expected, found));
        }
    };
    Reader::new(Text::new(text, false), *options)
        .whole(slot)
        .map_err(|error| *error)
}

/// Reads the JSON text of a default, which is made of Rust literals. Whether it could be read is all there is to say:
/// the generator has checked it.
pub(crate) fn default_into(text: &str, slot: Slot<'_>, depth: u16) -> bool {
    // A default inside a default is not filled in: `{}` in a recursive type would never end.
    let options = ReadOptions {
        depth,
        defaults: false,
        ..ReadOptions::default()
    };
    Reader::new(Text::new(text, true), options)
        .whole(slot)
        .is_ok()
}

/// Gives an absent member its default, or leaves it absent if the default does not fit.
pub(crate) fn fill_default(object: &mut dyn Object, position: usize, text: &str, depth: u16) {
    if !default_into(text, object.slot(position), depth)
        && let Slot::Optional(place) = object.slot(position)
    {
        place.clear();
    }
}

/// The integer that a JSON number is, `1.0` and `1e3` included.
pub(crate) fn exact_integer(number: &str) -> Option<i128> {
    Decimal::parse(number)?.integer()
}

pub(super) struct Reader<'a> {
    pub(super) text: Text<'a>,
    /// How many more objects and lists may be opened.
    pub(super) depth: u16,
    pub(super) options: ReadOptions,
    /// How much has been read that no type describes: members left out, values that no list has.
    pub(super) misfits: u64,
    /// In how many unions a variant is being tried.
    pub(super) trying: u32,
    pub(super) known: Known,
}

impl<'a> Reader<'a> {
    fn new(text: Text<'a>, options: ReadOptions) -> Self {
        Self {
            text,
            depth: options.depth,
            options,
            misfits: 0,
            trying: 0,
            known: Known::new(),
        }
    }

    /// A value and nothing after it.
    fn whole(&mut self, slot: Slot<'_>) -> Result {
        self.value(slot, true)?;
        match self.text.peek() {
            None => Ok(()),
            Some(_) => self.text.fail("the end"),
        }
    }

    /// A value. An optional place takes null as such if it may be null; else its value must accept it.
    pub(super) fn value(&mut self, slot: Slot<'_>, nullable: bool) -> Result {
        match slot {
            Slot::String(place) => {
                let text = self.text.string("a string")?;
                *place = text.unwrap_or(&self.text.scratch).to_owned();
                Ok(())
            }
            Slot::Optional(place) => {
                if nullable && self.text.peek() == Some(b'n') && self.text.word("null") {
                    place.set_null();
                    return Ok(());
                }
                self.value(place.fill(), nullable)
            }
            Slot::I64(place) => self.i64(place),
            Slot::Bool(place) => self.bool(place),
            Slot::Text(place) => self.format(place),
            Slot::Object(place) => self.object(place),
            Slot::List(place) => self.list(place),
            Slot::Map(place) => self.map(place),
            Slot::Integer(place) => self.integer(place),
            Slot::F64(place) => {
                *place = self.number(f64::is_finite)?;
                Ok(())
            }
            Slot::F32(place) => {
                *place = self.number(f32::is_finite)?;
                Ok(())
            }
            Slot::Union(place) => self.union(place),
            Slot::Json(place) => {
                *place = self.json()?;
                Ok(())
            }
            Slot::Foreign(place) => {
                self.text.peek();
                let start = self.text.at;
                let json = self.json()?;
                match place.read(json) {
                    Ok(()) => Ok(()),
                    Err(Expected(expected)) => {
                        self.text.fail_at(start, expected, "other JSON".to_owned())
                    }
                }
            }
            Slot::Stream(_) => self.text.fail("no value, but a stream"),
        }
    }

    fn bool(&mut self, place: &mut bool) -> Result {
        *place = self.text.word("true");
        if *place || self.text.word("false") {
            Ok(())
        } else {
            self.text.fail("true or false")
        }
    }

    fn i64(&mut self, place: &mut i64) -> Result {
        if let Some(number) = self.text.small_integer() {
            *place = number;
            return Ok(());
        }
        let start = self.text.at;
        let number = self.text.number("an integer")?;
        match exact_integer(number).and_then(|number| i64::try_from(number).ok()) {
            Some(number) => {
                *place = number;
                Ok(())
            }
            None => self
                .text
                .fail_at(start, "an integer of 64 bits", quote(number)),
        }
    }

    fn integer(&mut self, place: &mut dyn Integer) -> Result {
        self.text.peek();
        let start = self.text.at;
        let number = match self.text.small_integer() {
            Some(number) => i128::from(number),
            None => {
                let number = self.text.number("an integer")?;
                match exact_integer(number) {
                    Some(number) => number,
                    None => return self.text.fail_at(start, "an integer", quote(number)),
                }
            }
        };
        let read = place.read(number);
        let unknown = place.is_unknown();
        self.misfits = self
            .misfits
            .saturating_add(if unknown { UNKNOWN } else { 0 });
        match read {
            Ok(()) if unknown && self.options.unknown == Unknown::Reject => self.text.fail_at(
                start,
                "one of the listed values",
                quote(&number.to_string()),
            ),
            Ok(()) => Ok(()),
            Err(Expected(expected)) => {
                self.text
                    .fail_at(start, expected, quote(&number.to_string()))
            }
        }
    }

    fn number<F: std::str::FromStr + Copy>(&mut self, is_finite: fn(F) -> bool) -> Result<F> {
        self.text.peek();
        let start = self.text.at;
        let number = self.text.number("a number")?;
        match number.parse::<F>() {
            Ok(value) if is_finite(value) => Ok(value),
            _ => self
                .text
                .fail_at(start, "a number of double precision", quote(number)),
        }
    }

    /// A string of a format, or one of a list.
    fn format(&mut self, place: &mut dyn shape::Text) -> Result {
        self.text.peek();
        let start = self.text.at;
        let text = self.text.string("a string")?;
        let text = text.unwrap_or(&self.text.scratch);
        let expected = match place.read(text) {
            Ok(()) if !place.is_unknown() => return Ok(()),
            Ok(()) if self.options.unknown == Unknown::Keep => {
                self.misfits = self.misfits.saturating_add(UNKNOWN);
                return Ok(());
            }
            Ok(()) => "one of the listed values",
            Err(Expected(expected)) => expected,
        };
        let found = if place.is_secret() {
            "a string".to_owned()
        } else {
            quote(text)
        };
        self.text.fail_at(start, expected, found)
    }

    /// Opens an object or a list, one level deeper.
    pub(super) fn open(&mut self, byte: u8, expected: &'static str) -> Result {
        if self.text.peek() != Some(byte) {
            return self.text.fail(expected);
        }
        match self.depth.checked_sub(1) {
            Some(depth) => {
                self.depth = depth;
                self.text.at += 1;
                Ok(())
            }
            None => self
                .text
                .fail(format!("at most {} levels", self.options.depth)),
        }
    }

    fn object(&mut self, object: &mut dyn Object) -> Result {
        self.open(b'{', "an object")?;
        let table = object.table();
        let mut seen = Seen::new(table.fields.len());
        let mut next = 0;
        let mut more = !self.text.pass(b'}');
        while more {
            self.text.peek();
            let start = self.text.at;
            let found = if self.expected(table.fields.get(next)) {
                Some(next)
            } else {
                let key = self.text.string("a member's name")?;
                let found = position(table.fields, next, key.unwrap_or(&self.text.scratch));
                if found.is_none() {
                    let key = key.unwrap_or(&self.text.scratch).to_owned();
                    self.text.demand(b':', "`:`")?;
                    self.other(object, table, key, start)?;
                }
                found
            };
            if let Some(position) = found {
                self.text.demand(b':', "`:`")?;
                let field = &table.fields[position];
                if !seen.add(position) {
                    return self.text.fail_at(
                        start,
                        "each member once",
                        format!("{} again", quote(field.name)),
                    );
                }
                let read = self.value(object.slot(position), field.nullable);
                read.map_err(|error| error.within(field.name))?;
                next = position + 1;
            }
            more = self.text.another(b'}')?;
        }
        self.depth += 1;
        if seen.count == table.fields.len() {
            Ok(())
        } else {
            self.absent(object, table, &seen)
        }
    }

    /// Passes the name of a field if it comes next, as most writers write it.
    #[inline]
    fn expected(&mut self, field: Option<&table::Field>) -> bool {
        field
            .and_then(table::Field::quoted)
            .is_some_and(|name| self.text.pass_text(name))
    }

    /// A member that no field names.
    #[cold]
    fn other(
        &mut self,
        object: &mut dyn Object,
        table: &table::ObjectTable,
        key: String,
        start: usize,
    ) -> Result {
        if let Some(extra) = object.extra_slot() {
            return self
                .value(extra.insert(key.clone()), true)
                .map_err(|error| error.within(&key));
        }
        if self.options.closed && table.refuses(&key) {
            return self.text.fail_at(start, "no other member", quote(&key));
        }
        self.misfits = self.misfits.saturating_add(LEFT_OUT);
        self.skip().map_err(|error| error.within(&key))
    }

    /// The members that were not there.
    fn absent(
        &mut self,
        object: &mut dyn Object,
        table: &table::ObjectTable,
        seen: &Seen,
    ) -> Result {
        let defaults = self.options.defaults && !(self.options.as_read && table.is_as_read());
        for (position, field) in table
            .fields
            .iter()
            .enumerate()
            .filter(|(position, _)| !seen.has(*position))
        {
            if field.required {
                let expected = format!("the required member {}", quote(field.name));
                return self.text.fail_at(
                    self.text.at - 1,
                    expected,
                    "the end of the object".to_owned(),
                );
            }
            if let Some(text) = field.default().filter(|_| defaults) {
                fill_default(object, position, text, self.depth);
            }
        }
        Ok(())
    }

    fn list(&mut self, list: &mut dyn List) -> Result {
        self.open(b'[', "a list")?;
        list.clear();
        let (least, most) = list.bounds();
        let mut count = 0;
        let mut more = !self.text.pass(b']');
        while more {
            if count == most {
                return self.text.fail("the end of the list");
            }
            let read = self.value(list.push(), true);
            read.map_err(|error| error.within(&count.to_string()))?;
            count += 1;
            more = self.text.another(b']')?;
        }
        self.depth += 1;
        if count < least {
            let (at, found) = (self.text.at - 1, "the end of the list".to_owned());
            return self.text.fail_at(at, "another item", found);
        }
        Ok(())
    }

    fn map(&mut self, map: &mut dyn Map) -> Result {
        self.open(b'{', "an object")?;
        map.clear();
        let mut more = !self.text.pass(b'}');
        while more {
            let key = self.key()?;
            self.value(map.insert(key.clone()), true)
                .map_err(|error| error.within(&key))?;
            more = self.text.another(b'}')?;
        }
        self.depth += 1;
        Ok(())
    }

    /// A member's name and the colon after it.
    fn key(&mut self) -> Result<String> {
        let key = self.text.string("a member's name")?;
        let key = key.unwrap_or(&self.text.scratch).to_owned();
        self.text.demand(b':', "`:`")?;
        Ok(key)
    }

    fn json(&mut self) -> Result<serde_json::Value> {
        match self.text.peek() {
            Some(b'"') => {
                let text = self.text.string("a string")?;
                Ok(text.unwrap_or(&self.text.scratch).into())
            }
            Some(b'{') => {
                self.open(b'{', "an object")?;
                let mut map = serde_json::Map::new();
                let mut more = !self.text.pass(b'}');
                while more {
                    let key = self.key()?;
                    let value = self.json().map_err(|error| error.within(&key))?;
                    map.insert(key, value);
                    more = self.text.another(b'}')?;
                }
                self.depth += 1;
                Ok(map.into())
            }
            Some(b'[') => {
                let mut list = Vec::<serde_json::Value>::new();
                self.open(b'[', "a list")?;
                let mut more = !self.text.pass(b']');
                while more {
                    let item = self.json();
                    list.push(item.map_err(|error| error.within(&list.len().to_string()))?);
                    more = self.text.another(b']')?;
                }
                self.depth += 1;
                Ok(list.into())
            }
            Some(b'-' | b'0'..=b'9') => self.json_number(),
            _ if self.text.word("null") => Ok(serde_json::Value::Null),
            _ if self.text.word("true") => Ok(true.into()),
            _ if self.text.word("false") => Ok(false.into()),
            _ => self.text.fail("a value"),
        }
    }

    /// A number as serde_json keeps it: an integer of 64 bits if written as one, else a double.
    fn json_number(&mut self) -> Result<serde_json::Value> {
        let negative = self.text.peek() == Some(b'-');
        let start = self.text.at;
        match self.text.small_integer() {
            // No integer is minus zero.
            Some(0) if negative => return Ok((-0.0).into()),
            Some(number) => return Ok(number.into()),
            None => {}
        }
        let number = self.text.number("a number")?;
        if let Ok(number) = number.parse::<u64>() {
            return Ok(number.into());
        }
        if let Ok(number) = number.parse::<i64>() {
            return Ok(number.into());
        }
        match number
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
        {
            Some(number) => Ok(number.into()),
            None => self
                .text
                .fail_at(start, "a number of double precision", quote(number)),
        }
    }

    /// Any value, checked and dropped.
    pub(super) fn skip(&mut self) -> Result {
        match self.text.peek() {
            Some(b'"') => self.text.string("a string").map(drop),
            Some(b'-' | b'0'..=b'9') => self.text.number("a number").map(drop),
            Some(b'{') => {
                self.open(b'{', "an object")?;
                let mut more = !self.text.pass(b'}');
                while more {
                    self.text.string("a member's name")?;
                    self.text.demand(b':', "`:`")?;
                    self.skip()?;
                    more = self.text.another(b'}')?;
                }
                self.depth += 1;
                Ok(())
            }
            Some(b'[') => {
                self.open(b'[', "a list")?;
                let mut more = !self.text.pass(b']');
                while more {
                    self.skip()?;
                    more = self.text.another(b']')?;
                }
                self.depth += 1;
                Ok(())
            }
            _ if ["null", "true", "false"]
                .iter()
                .any(|word| self.text.word(word)) =>
            {
                Ok(())
            }
            _ => self.text.fail("a value"),
        }
    }
}
