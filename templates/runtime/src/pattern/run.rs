//! Matching: every way is tried, by a stack of what is still to try. No recursion but into look-around.

use super::LIMIT;
use super::class::is_word;
use super::program::{Op, Program};

/// Steps after which places that were tried are remembered, so that none is tried again.
const PATIENCE: u32 = 2_000;
/// Places (instructions times positions) that can be remembered.
const MEMORY: usize = 1 << 25;

/// Too many steps.
pub(super) struct Spent;

/// Whether the pattern is found anywhere.
pub(super) fn search(program: &Program, text: &str) -> Result<bool, Spent> {
    let places = program.ops.len().saturating_mul(text.len() + 1);
    let memory = (!program.refers && places <= MEMORY).then_some(places);
    let mut run = Run {
        program,
        text,
        steps: 0,
        slots: vec![None; program.slots],
        work: Vec::new(),
        tried: None,
        looking: 0,
        limit: LIMIT,
    };
    run.limit = if memory.is_some() { PATIENCE } else { LIMIT };
    match run.anywhere() {
        Err(Spent) => {}
        found => return found,
    }
    let Some(places) = memory else {
        return Err(Spent);
    };
    run.limit = LIMIT.saturating_add(places as u32);
    run.tried = Some(vec![0; places / 64 + 1]);
    run.anywhere()
}

#[derive(Debug)]
enum Work {
    Go(usize, usize),
    /// Goes on after fewer characters of a set: from the second position, and never before the first.
    Fewer(usize, usize, usize),
    /// Goes on after more characters of a set, so many at most.
    More(usize, usize, u32),
    Slot(usize, Option<usize>),
    Slots(Vec<Option<usize>>),
}

struct Run<'a> {
    program: &'a Program,
    text: &'a str,
    steps: u32,
    limit: u32,
    slots: Vec<Option<usize>>,
    work: Vec<Work>,
    /// A bit for each place that led nowhere.
    tried: Option<Vec<u64>>,
    /// How deep in look-around: what is tried there is not final.
    looking: u32,
}

impl Run<'_> {
    fn anywhere(&mut self) -> Result<bool, Spent> {
        self.steps = 0;
        let anchored = matches!(self.program.ops.first(), Some(Op::Start));
        let starts = self
            .text
            .char_indices()
            .map(|(at, _)| at)
            .chain([self.text.len()]);
        for start in starts.take(if anchored { 1 } else { usize::MAX }) {
            self.slots.fill(None);
            self.work.clear();
            if self.from(0, start, None)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn step(&mut self) -> Result<(), Spent> {
        self.steps += 1;
        if self.steps > self.limit {
            Err(Spent)
        } else {
            Ok(())
        }
    }

    fn at(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => self.text.get(at..)?.chars().next(),
            None => None,
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    /// Whether the instructions from one on match from a position on, up to an end if there is one.
    fn from(&mut self, op: usize, at: usize, end: Option<usize>) -> Result<bool, Spent> {
        let base = self.work.len();
        self.work.push(Work::Go(op, at));
        while self.work.len() > base {
            let found = match self.work.pop() {
                Some(Work::Go(op, at)) => self.along(op, at, end)?,
                Some(Work::Fewer(op, least, at)) => {
                    if at > least {
                        let shorter = at - self.before(at).map_or(1, char::len_utf8);
                        self.work.push(Work::Fewer(op, least, shorter));
                    }
                    self.along(op + 1, at, end)?
                }
                Some(Work::More(op, at, most)) => {
                    self.more(op, at, most);
                    self.along(op + 1, at, end)?
                }
                Some(Work::Slot(slot, position)) => {
                    self.slots[slot] = position;
                    false
                }
                Some(Work::Slots(slots)) => {
                    self.slots = slots;
                    false
                }
                None => false,
            };
            if found {
                self.work.truncate(base);
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Follows one way to its end.
    fn along(&mut self, mut op: usize, mut at: usize, end: Option<usize>) -> Result<bool, Spent> {
        loop {
            self.step()?;
            if self.was_tried(op, at) {
                return Ok(false);
            }
            let go_on = match self.program.ops[op] {
                Op::Done => return Ok(end.is_none_or(|end| end == at)),
                Op::One(class) => match self
                    .at(at)
                    .filter(|c| self.program.classes[class as usize].has(*c))
                {
                    Some(c) => {
                        at += c.len_utf8();
                        true
                    }
                    None => false,
                },
                Op::Many {
                    class,
                    least,
                    most,
                    greedy,
                } => self.many(op, &mut at, (class, least, most, greedy))?,
                Op::Split(first, second) => {
                    self.work.push(Work::Go(second as usize, at));
                    op = first as usize;
                    continue;
                }
                Op::Jump(to) => {
                    op = to as usize;
                    continue;
                }
                Op::Start => at == 0,
                Op::End => at == self.text.len(),
                Op::Word(wanted) => {
                    (self.at(at).is_some_and(is_word) != self.before(at).is_some_and(is_word))
                        == wanted
                }
                Op::Keep(slot) => {
                    self.keep(slot as usize, Some(at));
                    true
                }
                Op::Clear(first, last) => {
                    (first..last).for_each(|slot| self.keep(slot as usize, None));
                    true
                }
                Op::Progress(slot) => self.slots[slot as usize] != Some(at),
                Op::Back(slot) => self.back(slot as usize, &mut at),
                Op::Look {
                    behind,
                    negated,
                    after,
                } => {
                    let found = self.look(op, at, behind)?;
                    op = after as usize;
                    if found == negated {
                        return Ok(false);
                    }
                    continue;
                }
            };
            if !go_on {
                return Ok(false);
            }
            op += 1;
        }
    }

    fn was_tried(&mut self, op: usize, at: usize) -> bool {
        let Some(tried) = self.tried.as_mut().filter(|_| self.looking == 0) else {
            return false;
        };
        let place = op * (self.text.len() + 1) + at;
        let (word, bit) = (&mut tried[place / 64], 1 << (place % 64));
        let was = *word & bit != 0;
        *word |= bit;
        was
    }

    fn keep(&mut self, slot: usize, position: Option<usize>) {
        let before = std::mem::replace(&mut self.slots[slot], position);
        self.work.push(Work::Slot(slot, before));
    }

    /// Takes as many characters of a set as it may (or as few), and leaves the other counts for later.
    fn many(
        &mut self,
        op: usize,
        at: &mut usize,
        (class, least, most, greedy): (u32, u32, u32, bool),
    ) -> Result<bool, Spent> {
        let class = &self.program.classes[class as usize];
        let wanted = if greedy { most } else { least };
        let (mut count, mut enough) = (0, (least == 0).then_some(*at));
        while count < wanted {
            let Some(c) = self.at(*at).filter(|c| class.has(*c)) else {
                break;
            };
            *at += c.len_utf8();
            count += 1;
            if count == least {
                enough = Some(*at);
            }
        }
        self.steps = self.steps.saturating_add(count / 8);
        let Some(enough) = enough else {
            return Ok(false);
        };
        if greedy && *at > enough {
            let shorter = *at - self.before(*at).map_or(1, char::len_utf8);
            self.work.push(Work::Fewer(op, enough, shorter));
        } else if !greedy {
            self.more(op, *at, most - least);
        }
        Ok(true)
    }

    /// Leaves one character more of a lazy set for later.
    fn more(&mut self, op: usize, at: usize, most: u32) {
        let Op::Many { class, .. } = self.program.ops[op] else {
            return;
        };
        if let Some(c) = self
            .at(at)
            .filter(|c| most > 0 && self.program.classes[class as usize].has(*c))
        {
            self.work.push(Work::More(op, at + c.len_utf8(), most - 1));
        }
    }

    fn back(&self, slot: usize, at: &mut usize) -> bool {
        let (Some(Some(first)), Some(Some(last))) =
            (self.slots.get(slot), self.slots.get(slot + 1))
        else {
            return true;
        };
        let text = self.text.get(*first..*last).unwrap_or_default();
        let found = self.text[*at..].starts_with(text);
        *at += if found { text.len() } else { 0 };
        found
    }

    /// Whether what a look-around says is there.
    fn look(&mut self, op: usize, at: usize, behind: bool) -> Result<bool, Spent> {
        if !self.slots.is_empty() {
            self.work.push(Work::Slots(self.slots.clone()));
        }
        self.looking += 1;
        let mut found = !behind && self.from(op + 1, at, None)?;
        if behind {
            let starts: Vec<usize> = self.text[..at]
                .char_indices()
                .map(|(start, _)| start)
                .chain([at])
                .collect();
            for start in starts.into_iter().rev() {
                self.step()?;
                found = self.from(op + 1, start, Some(at))?;
                if found {
                    break;
                }
            }
        }
        self.looking -= 1;
        Ok(found)
    }
}
