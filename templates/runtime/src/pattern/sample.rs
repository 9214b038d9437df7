//! Texts that a pattern matches: a way through its parts, chosen by chance.

use super::class::Class;
use super::parse::Node;

/// Characters beyond which nothing is repeated any more than it has to be.
const LONG: usize = 200;

/// Characters beyond which a text is given up.
const MOST: usize = 20_000;

/// Chooses a number below a limit.
pub(super) type Choose<'a> = dyn FnMut(u64) -> u64 + 'a;

/// A text that a pattern may match: what it looks for around itself is not seen to.
pub(super) struct Sampler<'a> {
    pub(super) choose: &'a mut Choose<'a>,
    /// How many times more than it has to be something is repeated at most.
    pub(super) more: u32,
    pub(super) text: String,
    /// What each capture has matched, by its number.
    pub(super) captures: Vec<String>,
}

impl Sampler<'_> {
    /// Appends what a part matches; `None` where there is nothing, or too much.
    pub(super) fn node(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Empty | Node::Start | Node::End | Node::Word(_) | Node::Look { .. } => {}
            Node::Class(class) => {
                let character = self.one(class)?;
                self.text.push(character);
            }
            Node::Group(number, inside) => {
                let start = self.text.len();
                self.node(inside)?;
                let matched = self.text.get(start..)?.to_owned();
                let number = *number as usize;
                if self.captures.len() <= number {
                    self.captures.resize(number + 1, String::new());
                }
                self.captures[number] = matched;
            }
            Node::Back(number) => {
                if let Some(known) = self.captures.get(*number as usize) {
                    self.text.push_str(known);
                }
            }
            Node::All(nodes) => nodes.iter().try_for_each(|node| self.node(node))?,
            Node::Any(nodes) => {
                let chosen = (self.choose)(nodes.len() as u64);
                self.node(nodes.get(usize::try_from(chosen).ok()?)?)?;
            }
            Node::Repeat {
                inside,
                least,
                most,
                ..
            } => {
                let room = most.map_or(u32::MAX, |most| most.saturating_sub(*least));
                let more = if self.text.len() > LONG { 0 } else { self.more };
                let more = (self.choose)(u64::from(room.min(more)) + 1);
                for _ in 0..u64::from(*least) + more {
                    self.node(inside)?;
                }
            }
        }
        (self.text.len() <= MOST).then_some(())
    }

    fn one(&mut self, class: &Class) -> Option<char> {
        const OTHERS: &[char] = &['\n', '\t', 'é', 'Ω', 'я', '٣', '漢', '\u{2028}', '🙂'];
        for _ in 0..8 {
            let first = class.some(self.choose);
            let found = first.filter(|character| class.has(*character));
            if found.is_some() {
                return found;
            }
        }
        let start = (self.choose)(95) as u32;
        let plain = (0..95).filter_map(|step| char::from_u32(32 + (start + step) % 95));
        plain
            .chain(OTHERS.iter().copied())
            .find(|character| class.has(*character))
    }
}
