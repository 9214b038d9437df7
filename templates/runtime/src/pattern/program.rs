//! The parts of a pattern → instructions.

use super::class::Class;
use super::parse::{Node, Parsed};

/// Instructions beyond which a pattern is refused.
const MOST: usize = 50_000;

#[derive(Clone, Copy, Debug)]
pub(super) enum Op {
    /// One character of a set.
    One(u32),
    /// So many characters of a set, as few or as many as possible first.
    Many {
        class: u32,
        least: u32,
        most: u32,
        greedy: bool,
    },
    /// Goes on at the first place, and at the second if that fails.
    Split(u32, u32),
    Jump(u32),
    Start,
    End,
    Word(bool),
    /// Keeps the position in a slot.
    Keep(u32),
    /// Empties the slots from the first to the one before the second.
    Clear(u32, u32),
    /// What is between a slot and the next one.
    Back(u32),
    /// Fails if nothing was matched since the slot was kept.
    Progress(u32),
    /// What is matched by the instructions after this one, up to where to go on.
    Look {
        behind: bool,
        negated: bool,
        after: u32,
    },
    Done,
}

#[derive(Debug)]
pub(super) struct Program {
    pub(super) ops: Vec<Op>,
    pub(super) classes: Vec<Class>,
    pub(super) slots: usize,
    /// Whether the way to a place matters for what comes after it.
    pub(super) refers: bool,
}

/// `None` if it would be too long.
pub(super) fn compile(parsed: &Parsed) -> Option<Program> {
    let captures = if parsed.refers {
        2 * (parsed.groups as usize + 1)
    } else {
        0
    };
    let mut compiler = Compiler {
        program: Program {
            ops: Vec::new(),
            classes: Vec::new(),
            slots: captures,
            refers: parsed.refers,
        },
    };
    compiler.node(&parsed.node)?;
    compiler.push(Op::Done)?;
    Some(compiler.program)
}

struct Compiler {
    program: Program,
}

impl Compiler {
    fn here(&self) -> u32 {
        self.program.ops.len() as u32
    }

    fn push(&mut self, op: Op) -> Option<usize> {
        let at = self.program.ops.len();
        (at < MOST).then(|| self.program.ops.push(op))?;
        Some(at)
    }

    fn class(&mut self, class: &Class) -> u32 {
        self.program.classes.push(class.clone());
        self.program.classes.len() as u32 - 1
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        match node {
            Node::Empty => {}
            Node::Class(class) => {
                let class = self.class(class);
                self.push(Op::One(class))?;
            }
            Node::Start => drop(self.push(Op::Start)?),
            Node::End => drop(self.push(Op::End)?),
            Node::Word(at) => drop(self.push(Op::Word(*at))?),
            Node::Look {
                behind,
                negated,
                inside,
            } => {
                let (behind, negated) = (*behind, *negated);
                let at = self.push(Op::Done)?;
                self.node(inside)?;
                self.push(Op::Done)?;
                self.program.ops[at] = Op::Look {
                    behind,
                    negated,
                    after: self.here(),
                };
            }
            Node::Group(number, inside) => {
                if self.program.refers {
                    self.push(Op::Keep(2 * number))?;
                }
                self.node(inside)?;
                if self.program.refers {
                    self.push(Op::Keep(2 * number + 1))?;
                }
            }
            Node::Back(number) => drop(self.push(Op::Back(2 * number))?),
            Node::All(nodes) => nodes.iter().try_for_each(|node| self.node(node))?,
            Node::Any(nodes) => self.any(nodes)?,
            Node::Repeat {
                inside,
                least,
                most,
                greedy,
            } => self.repeat(inside, *least, *most, *greedy)?,
        }
        Some(())
    }

    fn any(&mut self, nodes: &[Node]) -> Option<()> {
        let mut ends = Vec::new();
        for (position, node) in nodes.iter().enumerate() {
            if position + 1 == nodes.len() {
                self.node(node)?;
                break;
            }
            let split = self.push(Op::Done)?;
            self.node(node)?;
            ends.push(self.push(Op::Done)?);
            self.program.ops[split] = Op::Split(split as u32 + 1, self.here());
        }
        for end in ends {
            self.program.ops[end] = Op::Jump(self.here());
        }
        Some(())
    }

    fn repeat(&mut self, inside: &Node, least: u32, most: Option<u32>, greedy: bool) -> Option<()> {
        if let Node::Class(class) = inside {
            let (class, most) = (self.class(class), most.unwrap_or(u32::MAX));
            self.push(Op::Many {
                class,
                least,
                most,
                greedy,
            })?;
            return Some(());
        }
        let split = |into: u32, past: u32| {
            if greedy {
                Op::Split(into, past)
            } else {
                Op::Split(past, into)
            }
        };
        for _ in 0..least {
            self.iteration(inside)?;
        }
        let Some(most) = most else {
            let slot = self.program.slots as u32;
            self.program.slots += 1;
            let head = self.push(Op::Done)?;
            self.push(Op::Keep(slot))?;
            self.iteration(inside)?;
            self.push(Op::Progress(slot))?;
            self.push(Op::Jump(head as u32))?;
            self.program.ops[head] = split(head as u32 + 1, self.here());
            return Some(());
        };
        let mut heads = Vec::new();
        for _ in least..most {
            heads.push(self.push(Op::Done)?);
            self.iteration(inside)?;
        }
        for head in heads {
            self.program.ops[head] = split(head as u32 + 1, self.here());
        }
        Some(())
    }

    /// Once more what is repeated; what its groups have matched before is forgotten (ECMA-262, section 22.2.2.3.1).
    fn iteration(&mut self, inside: &Node) -> Option<()> {
        if self.program.refers
            && let Some((first, last)) = groups(inside)
        {
            self.push(Op::Clear(2 * first, 2 * last + 2))?;
        }
        self.node(inside)
    }
}

/// The first and the last capture in a part.
fn groups(node: &Node) -> Option<(u32, u32)> {
    let both = |a: Option<(u32, u32)>, b: Option<(u32, u32)>| match (a, b) {
        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
        (a, b) => a.or(b),
    };
    match node {
        Node::Group(number, inside) => both(Some((*number, *number)), groups(inside)),
        Node::Look { inside, .. } | Node::Repeat { inside, .. } => groups(inside),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().map(groups).fold(None, both),
        _ => None,
    }
}
