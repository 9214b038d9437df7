//! Values of any shape out of nothing but a seed, for tests: they keep the document's rules and are of bounded size.

use super::check::Rule;
use super::decimal::Decimal;
use super::json::{self, DEPTH};
use super::part::{BODY, HEADERS, is_part};
use super::pattern::Pattern;
use super::shape::{self, Held, Integer, List, Map, Object, Shape, Slot, Union, View};
use super::table::{Accepts, Field, Mark};

/// How many parts a value has before it stops to grow.
const BUDGET: u32 = 300;

/// How many levels deep a value is when it stops to grow: fewer than codecs and checks allow, so that every value is one
/// that they take.
const LEVELS: u32 = 64;

/// A source of numbers that a seed determines (splitmix64), and how much may still be made from it.
#[derive(Clone, Debug)]
pub struct Rng {
    state: u64,
    /// How many more values may be made where there is a choice.
    budget: u32,
    /// How deep in a value the next one is.
    level: u32,
    /// Whether open enums also get values that the document does not list.
    unknown: bool,
    /// In how many unions a value has been let grow because no small one could be read.
    grown: u8,
}

impl Rng {
    /// The numbers of a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self {
            state: seed,
            budget: BUDGET,
            level: 0,
            unknown: false,
            grown: 0,
        }
    }

    /// Lets the next value be as large as the first one.
    pub const fn renew(&mut self) {
        self.budget = BUDGET;
    }

    /// The same numbers; open enums also get values that the document does not list.
    #[must_use]
    pub const fn with_unknown(mut self) -> Self {
        self.unknown = true;
        self
    }

    /// The next number.
    pub const fn number(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit; 0 if the limit is.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.number() % limit.max(1)
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    /// A number between two, both included, often one of them.
    fn between(&mut self, least: i128, most: i128) -> i128 {
        let range = most.saturating_sub(least).clamp(0, i128::from(u64::MAX)) as u64;
        match self.below(8) {
            0 => least,
            1 => least.max(most),
            _ => least + i128::from(self.below(range.saturating_add(1))),
        }
    }
}

/// An item of a list or a value of a map: null where its shape has a place for it.
const ITEM: Field = Field {
    required: true,
    nullable: true,
    ..Field::new("")
};

/// A value that keeps its own rules.
#[must_use]
pub fn value<T: Shape>(rng: &mut Rng) -> T {
    let mut value = T::empty();
    fill(value.slot(), &ITEM, rng);
    value
}

/// Fills a place with a value that keeps the rules of the place: `field` is what the document says about it.
pub fn fill(slot: Slot<'_>, field: &Field, rng: &mut Rng) {
    rng.budget = rng.budget.saturating_sub(1);
    rng.level += 1;
    if rng.level > LEVELS {
        rng.budget = 0;
    }
    fill_place(slot, field, rng);
    rng.level -= 1;
}

fn fill_place(slot: Slot<'_>, field: &Field, rng: &mut Rng) {
    match slot {
        Slot::Bool(place) => *place = rng.once_in(2),
        Slot::I64(place) => {
            let (least, most) = (i64::MIN.into(), i64::MAX.into());
            *place = integer(field.marks, least, most, rng)
                .try_into()
                .unwrap_or_default();
        }
        Slot::Integer(place) => fill_integer(place, field.marks, rng),
        Slot::F32(place) => *place = number(field.marks, f32::MAX.into(), rng) as f32,
        Slot::F64(place) => *place = number(field.marks, f64::MAX, rng),
        Slot::String(place) => {
            *place = match listed(field, rng) {
                Some(serde_json::Value::String(text)) => text,
                _ => string(field.marks, rng),
            };
        }
        Slot::Text(place) => fill_text(place, field.marks, rng),
        Slot::Object(place) if is_part(place) => {
            fill(place.slot(BODY), field, rng);
            if let Slot::Object(headers) = place.slot(HEADERS) {
                super::wire::fill_headers(headers, rng);
            }
        }
        Slot::Object(place) => fill_object(place, field.marks, rng),
        Slot::List(place) => fill_list(place, field.marks, rng),
        Slot::Map(place) => fill_map(place, &[], field.marks, rng),
        Slot::Optional(place) => match rng.below(if rng.budget == 0 { 2 } else { 6 }) {
            0 if takes_null(field) => place.set_null(),
            0 | 1 if !field.required => place.clear(),
            0 | 1 if takes_null(field) => place.set_null(),
            _ => fill(place.fill(), field, rng),
        },
        Slot::Union(place) => fill_union(place, field, rng),
        Slot::Json(place) => *place = listed(field, rng).unwrap_or_else(|| json(rng, 3)),
        Slot::Foreign(place) => fill_foreign(place, field.marks, rng),
        Slot::Stream(place) => place.fill(rng),
    }
}

/// Whether null is among the values of a place, and no check of it lists others only.
fn takes_null(field: &Field) -> bool {
    let is_listed = |texts: &[&str]| texts.contains(&"null");
    field.nullable
        && (checks(field).any(|rule| matches!(rule, Rule::Nullable))
            || checks(field).all(|rule| !matches!(rule, Rule::Enum(texts) if !is_listed(texts))))
}

/// One of the values that a check of the place lists, where it lists any.
fn listed(field: &Field, rng: &mut Rng) -> Option<serde_json::Value> {
    let texts = checks(field).find_map(|rule| match rule {
        Rule::Enum(texts) if !texts.is_empty() => Some(*texts),
        _ => None,
    })?;
    serde_json::from_str(rng.one(texts)).ok()
}

/// The rules of the checks of a place.
fn checks(field: &Field) -> impl Iterator<Item = &'static Rule> {
    let rules = field.marks.iter().filter_map(|mark| match mark {
        Mark::Check(check) => Some(check.rules()),
        _ => None,
    });
    rules.flatten()
}

/// What arrives where this value was sent: the same, with the receiver's defaults.
#[must_use]
pub fn received<T: Shape>(mut value: T) -> T {
    receive(value.slot());
    value
}

pub(super) fn receive(slot: Slot<'_>) {
    match slot {
        Slot::Object(object) => {
            for (position, field) in object.table().fields.iter().enumerate() {
                let absent = match object.view(position) {
                    View::Optional(place) => {
                        !field.required && matches!(place.held(), Held::Nothing)
                    }
                    _ => false,
                };
                match field.default() {
                    Some(text) if absent => json::fill_default(object, position, text, DEPTH),
                    _ if absent => {}
                    _ => receive(object.slot(position)),
                }
            }
            if let Some(extra) = object.extra_slot() {
                extra.visit_places(&mut |_, slot| receive(slot));
            }
        }
        Slot::List(list) => {
            for position in 0..list.len() {
                list.place(position).into_iter().for_each(receive);
            }
        }
        Slot::Map(map) => map.visit_places(&mut |_, slot| receive(slot)),
        Slot::Optional(place) => match place.held() {
            // It was written as null.
            Held::Nothing => place.set_null(),
            Held::Null => {}
            Held::Value(_) => place.place().into_iter().for_each(receive),
        },
        Slot::Union(union) => receive(union.place()),
        _ => {}
    }
}

/// The bounds that the marks leave between two others.
fn bounds(
    marks: &[Mark],
    mut least: Decimal,
    mut most: Decimal,
    step: Decimal,
) -> (Decimal, Decimal) {
    for mark in marks {
        match *mark {
            Mark::Minimum(limit) if limit.compare(least).is_gt() => least = limit,
            Mark::Maximum(limit) if limit.compare(most).is_lt() => most = limit,
            Mark::ExclusiveMinimum(limit) if limit.compare(least).is_ge() => {
                least = limit.plus(step)
            }
            Mark::ExclusiveMaximum(limit) if limit.compare(most).is_le() => {
                most = limit.plus(step.negative())
            }
            _ => {}
        }
    }
    (least, most)
}

/// What every value is a whole number of.
fn step(marks: &[Mark]) -> Option<Decimal> {
    marks.iter().find_map(|mark| {
        if let Mark::MultipleOf(step) = mark {
            Some(*step)
        } else {
            None
        }
    })
}

fn integer(marks: &[Mark], least: i128, most: i128, rng: &mut Rng) -> i128 {
    let one = Decimal::of_integer(1);
    let (least, most) = bounds(
        marks,
        Decimal::of_integer(least),
        Decimal::of_integer(most),
        one,
    );
    let (least, most) = (least.ceiling(), most.floor());
    let step = step(marks)
        .and_then(Decimal::integer)
        .filter(|step| *step > 0);
    match step {
        Some(step) => {
            let first = least.div_euclid(step) + i128::from(least.rem_euclid(step) != 0);
            rng.between(first, most.div_euclid(step)) * step
        }
        // Mostly small ones: they are what people send.
        None if rng.once_in(2) => {
            (i128::from(rng.below(2000)) - 1000).clamp(least, most.max(least))
        }
        None => rng.between(least, most),
    }
}

fn fill_integer(place: &mut dyn Integer, marks: &[Mark], rng: &mut Rng) {
    let seed = rng.number();
    if rng.unknown && rng.once_in(4) && place.read(1_000_003).is_ok() && place.is_unknown() {
        return;
    }
    let sample = place.sample(seed);
    let fits = |number: i128| super::validate_as(View::Integer(&Fixed(number)), marks).is_ok();
    if (fits(sample) && place.read(sample).is_ok()) || marks.is_empty() {
        return;
    }
    // The type's own bounds are not known here: small ones fit into all.
    let number = integer(marks, i128::from(i8::MIN), i128::from(i8::MAX), rng);
    let _ =
        place.read(number).is_ok() || place.read(integer(marks, 0, i32::MAX.into(), rng)).is_ok();
}

/// A number to be checked.
struct Fixed(i128);

impl Integer for Fixed {
    fn read(&mut self, number: i128) -> Result<(), shape::Expected> {
        self.0 = number;
        Ok(())
    }
    fn number(&self) -> i128 {
        self.0
    }
    fn sample(&self, _: u64) -> i128 {
        self.0
    }
}

fn number(marks: &[Mark], greatest: f64, rng: &mut Rng) -> f64 {
    let bounded = marks.iter().any(|mark| {
        matches!(
            mark,
            Mark::Minimum(_)
                | Mark::Maximum(_)
                | Mark::ExclusiveMinimum(_)
                | Mark::ExclusiveMaximum(_)
        )
    });
    let step = step(marks).filter(|step| step.double() > 0.0);
    if !bounded && step.is_none() {
        let number = f64::from_bits(rng.number());
        let common = rng.one(&[0.0, -0.0, 1.0, -1.5, 0.1, 1e16, 1e-7, greatest, -greatest]);
        return if rng.once_in(2) || number.abs() > greatest || number.is_nan() {
            common
        } else {
            number
        };
    }
    let range = Decimal::of_integer(1_000_000);
    let small = step.unwrap_or(Decimal::literal("0.001"));
    let (mut least, mut most) = bounds(marks, range.negative(), range, small);
    if most.compare(least).is_lt() {
        // One bound lies outside the range that was assumed.
        (least, most) = if least.compare(range).is_gt() {
            (least, least.plus(range))
        } else {
            (most.plus(range.negative()), most)
        };
    }
    let first = (least.double() / small.double()).ceil() as i128;
    let last = (most.double() / small.double()).floor() as i128;
    small.times(rng.between(first, last)).double()
}

/// The lengths that the marks allow, and not much more than they demand.
fn lengths(marks: &[Mark], usual: u64, rng: &mut Rng) -> u64 {
    let (mut least, mut most) = (0, u64::MAX);
    for mark in marks {
        match *mark {
            Mark::MinLength(limit) | Mark::MinItems(limit) | Mark::MinProperties(limit) => {
                least = limit
            }
            Mark::MaxLength(limit) | Mark::MaxItems(limit) | Mark::MaxProperties(limit) => {
                most = limit
            }
            _ => {}
        }
    }
    let usual = if rng.budget == 0 { 0 } else { usual };
    least + rng.below(most.saturating_sub(least).min(usual) + 1)
}

fn string(marks: &[Mark], rng: &mut Rng) -> String {
    const CHARS: &[char] = &[
        'a',
        'b',
        'Z',
        '0',
        '9',
        '-',
        '_',
        '.',
        '~',
        ' ',
        '"',
        '\\',
        '/',
        '\n',
        '\t',
        '\u{1}',
        '\u{7f}',
        ',',
        ';',
        '&',
        '=',
        '%',
        '+',
        '#',
        '?',
        '|',
        '\'',
        '{',
        '[',
        'é',
        'ß',
        '漢',
        '\u{2028}',
        '🙂',
        '\u{10ffff}',
    ];
    if let Some(text) = matching(marks, rng) {
        return text;
    }
    let length = lengths(marks, 12, rng);
    (0..length)
        .map(|_| {
            if rng.once_in(3) {
                rng.one(CHARS)
            } else {
                rng.one(&CHARS[..6])
            }
        })
        .collect()
}

/// A text that matches what the marks demand, where they demand anything and one is found.
fn matching(marks: &[Mark], rng: &mut Rng) -> Option<String> {
    let pattern = marks.iter().find_map(|mark| match mark {
        Mark::Pattern(matcher) => Some(matcher.text()),
        _ => None,
    })?;
    (0..200).find_map(|attempt| {
        let text = Pattern::sample(pattern, 3 + attempt / 4, &mut |limit| rng.below(limit))?;
        super::validate_as(View::String(&text), marks)
            .is_ok()
            .then_some(text)
    })
}

fn fill_text(place: &mut dyn shape::Text, marks: &[Mark], rng: &mut Rng) {
    if rng.unknown && rng.once_in(4) {
        let text = format!("unlisted {}", rng.below(100));
        if place.read(&text).is_ok() && place.is_unknown() {
            return;
        }
    }
    for _ in 0..8 {
        let text = place.sample(rng.number());
        if place.read(&text).is_ok() && super::validate_as(View::String(&text), marks).is_ok() {
            return;
        }
    }
    if let Some(serde_json::Value::String(text)) = sample(marks)
        && place.read(&text).is_ok()
    {
        return;
    }
    // A sample that is too long or too short stays if its type accepts nothing else.
    let text = string(marks, rng);
    let _ = place.read(&text);
}

/// The value that the document shows of a place.
fn sample(marks: &[Mark]) -> Option<serde_json::Value> {
    let text = marks.iter().find_map(|mark| match mark {
        Mark::Sample(text) => Some(*text),
        _ => None,
    })?;
    let mut json = serde_json::Value::Null;
    json::default_into(text, Slot::Json(&mut json), DEPTH).then_some(json)
}

/// What the document shows, or whatever its type accepts.
fn fill_foreign(place: &mut dyn shape::Foreign, marks: &[Mark], rng: &mut Rng) {
    if let Some(json) = sample(marks)
        && place.read(json).is_ok()
    {
        return;
    }
    for _ in 0..32 {
        if place.read(json(rng, 2)).is_ok() {
            return;
        }
    }
}

/// Members that keep what is said of them one by one, and together: what only a check tells is drawn until it holds.
fn fill_object(object: &mut dyn Object, marks: &[Mark], rng: &mut Rng) {
    let together: Vec<Mark> = marks.iter().chain(object.table().marks).copied().collect();
    let is_checked = together.iter().any(|mark| matches!(mark, Mark::Check(_)));
    for attempt in 0..32 {
        let grows = is_checked && attempt >= 8 && rng.grown < 2;
        if grows {
            rng.budget = rng.budget.max(8);
        }
        rng.grown += u8::from(grows);
        fill_members(object, marks, rng);
        rng.grown -= u8::from(grows);
        if !is_checked || super::validate_as(View::Object(object), &together).is_ok() {
            return;
        }
    }
}

fn fill_members(object: &mut dyn Object, marks: &[Mark], rng: &mut Rng) {
    let table = object.table();
    let fields = table.fields;
    for (position, field) in fields.iter().enumerate() {
        fill(object.slot(position), field, rng);
    }
    let marks: Vec<Mark> = marks.iter().chain(table.marks).copied().collect();
    let broken = |object: &dyn Object, least: bool| {
        let count = super::validate::count(object) as u64;
        marks.iter().any(|mark| match *mark {
            Mark::MinProperties(limit) => least && count < limit,
            Mark::MaxProperties(limit) => !least && count > limit,
            _ => false,
        })
    };
    if let Some(extra) = object.extra_slot() {
        let values: Vec<Mark> = marks
            .iter()
            .filter(|mark| matches!(mark, Mark::Values(_)))
            .copied()
            .collect();
        fill_map(extra, fields, &values, rng);
    }
    for (position, field) in fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.required)
    {
        if broken(object, false)
            && let Slot::Optional(place) = object.slot(position)
        {
            place.clear();
        }
        let absent = matches!(object.view(position), View::Optional(place) if matches!(place.held(), Held::Nothing));
        if absent
            && broken(object, true)
            && let Slot::Optional(place) = object.slot(position)
        {
            fill(place.fill(), field, rng);
        }
    }
}

/// A value of some variant, and of none but that: drawn at random, it may as well be another's, as a reader would say.
fn fill_union(union: &mut dyn Union, field: &Field, rng: &mut Rng) {
    let table = union.table();
    let (write, read) = (json::WriteOptions::default(), json::ReadOptions::default());
    for attempt in 0..64 {
        let grows = attempt >= 8 && rng.grown < 2;
        if grows {
            rng.budget = rng.budget.max(8);
        }
        rng.grown += u8::from(grows);
        // What has to end, ends with the variant of placeholders, which is finite.
        let position = match rng.budget {
            0 if attempt == 0 => union.fresh().active().0,
            _ => rng.below(table.variants.len() as u64) as usize,
        };
        let variant = &table.variants[position];
        // Where both say something, the check below finds out whether the other is kept too.
        let marks = if variant.marks.is_empty() {
            field.marks
        } else {
            variant.marks
        };
        fill(union.select(position), &Field { marks, ..*field }, rng);
        rng.grown -= u8::from(grows);
        if let (Some(name), Slot::Object(object)) = (table.tag, union.place()) {
            set_tag(object, name, variant.accepts, rng);
        }
        let mut text = String::new();
        if json::write_view(View::Union(union), &mut text, &write).is_ok()
            && json::read_into(text.as_bytes(), Slot::Union(union), &read).is_ok()
            && union.active().0 == position
            && super::validate_as(View::Union(union), field.marks).is_ok()
        {
            return;
        }
        rng.budget = rng.budget.saturating_sub(1);
    }
}

/// Gives an object one of the tags of its variant.
fn set_tag(object: &mut dyn Object, name: &str, accepts: &[Accepts], rng: &mut Rng) {
    let fields = object.table().fields;
    let Some(position) = fields.iter().position(|field| field.name == name) else {
        return;
    };
    let mut slot = object.slot(position);
    while let Slot::Optional(place) = slot {
        slot = place.fill();
    }
    match (rng.one(accepts), slot) {
        (Accepts::Tag(tag), Slot::String(place)) => tag.clone_into(place),
        (Accepts::Tag(tag), Slot::Text(place)) => drop(place.read(tag)),
        (Accepts::TagInteger(tag), Slot::I64(place)) => *place = tag,
        (Accepts::TagInteger(tag), Slot::Integer(place)) => drop(place.read(tag.into())),
        (Accepts::TagBool(tag), Slot::Bool(place)) => *place = tag,
        _ => {}
    }
}

fn fill_list(list: &mut dyn List, marks: &[Mark], rng: &mut Rng) {
    let items = marks.iter().find_map(|mark| {
        if let Mark::Items(marks) = mark {
            Some(*marks)
        } else {
            None
        }
    });
    let field = Field {
        marks: items.unwrap_or_default(),
        ..ITEM
    };
    let unique: Vec<Mark> = marks
        .iter()
        .filter(|mark| matches!(mark, Mark::UniqueItems))
        .copied()
        .collect();
    for attempt in 0..10 {
        list.clear();
        // What is hard to make different is made shorter.
        let (least, most) = list.bounds();
        let length = lengths(marks, if attempt < 5 { 3 } else { 0 }, rng);
        let length = length.clamp(least as u64, (most as u64).max(least as u64));
        for _ in 0..length {
            fill(list.push(), &field, rng);
        }
        if unique.is_empty() || super::validate_as(View::List(list), &unique).is_ok() {
            return;
        }
    }
}

fn fill_map(map: &mut dyn Map, fields: &[Field], marks: &[Mark], rng: &mut Rng) {
    map.clear();
    let values = marks.iter().find_map(|mark| {
        if let Mark::Values(marks) = mark {
            Some(*marks)
        } else {
            None
        }
    });
    let field = Field {
        marks: values.unwrap_or_default(),
        ..ITEM
    };
    for position in 0..lengths(marks, 3, rng) {
        // The number keeps the keys apart, and away from the fields.
        let key = format!("{}{position}", string(&[Mark::MaxLength(6)], rng));
        if json::position(fields, 0, &key).is_none() {
            fill(map.insert(key), &field, rng);
        }
    }
}

/// Any JSON value but null, which an optional place would take for its own.
fn json(rng: &mut Rng, depth: u16) -> serde_json::Value {
    match rng.below(if depth == 0 { 5 } else { 7 }) {
        0 => rng.once_in(2).into(),
        1 => rng.clone().one(&[0, 1, rng.number()]).into(),
        2 => (rng.number() as i64).into(),
        3 => number(&[], f64::MAX, rng).into(),
        4 => string(&[], rng).into(),
        5 => (0..rng.below(4)).map(|_| json(rng, depth - 1)).collect(),
        _ => (0..rng.below(4))
            .map(|_| (string(&[], rng), json(rng, depth - 1)))
            .collect(),
    }
}
