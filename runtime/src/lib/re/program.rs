//! Trees to programs: what the matcher runs.

use super::ast::*;
use super::chars::Charset;
use super::class::{self, Test, charset_of};
use super::parse::Parsed;
use super::tokens::Fault;

/// One step of a program. Targets are indices of steps.
#[derive(Clone, Debug)]
pub enum Step {
    /// One character.
    One(Test),
    /// Remembers the place: two marks a group.
    Mark(u32),
    At(At, Charset),
    /// Tries what follows; when that fails, goes to the target.
    Split(usize),
    Jump(usize),
    /// A repeated single character: the tail follows.
    RepeatOne {
        test: Test,
        greed: Greed,
        min: u32,
        max: u32,
    },
    /// Sets a loop's register and goes to its `Until`.
    Enter {
        register: usize,
        until: usize,
    },
    /// The end of a loop's body; the body begins at the target, the tail follows.
    Until {
        register: usize,
        lazy: bool,
        min: u32,
        max: u32,
        body: usize,
    },
    /// A loop without backtracking: its body follows and ends with `Done`; the tail is the target.
    Possessive {
        min: u32,
        max: u32,
        tail: usize,
    },
    /// A group without backtracking.
    Atomic {
        tail: usize,
    },
    /// Looks at what is around: `back` characters before here.
    Look {
        negate: bool,
        back: usize,
        tail: usize,
    },
    /// The end of a `Possessive`, an `Atomic`, a `Look`.
    Done,
    Backreference(u32, Option<Charset>),
    /// Goes to the target unless the group has matched.
    Conditional(u32, usize),
    Accept,
}

/// A compiled pattern.
#[derive(Debug)]
pub struct Program {
    pub steps: Vec<Step>,
    pub registers: usize,
    pub groups: usize,
    /// A test that the first character of every match passes, where one is known.
    pub first: Option<Test>,
}

/// Compiles a parsed pattern; a look-behind without a fixed width is a fault.
pub fn compile(parsed: &Parsed) -> Result<Program, Fault> {
    let mut compiler = Compiler {
        parsed,
        steps: Vec::new(),
        registers: 0,
    };
    compiler.sequence(&parsed.tree, parsed.flags)?;
    compiler.steps.push(Step::Accept);
    let first = first_test(&parsed.tree, parsed.flags);
    let groups = parsed.groups.count() as usize - 1;
    Ok(Program {
        steps: compiler.steps,
        registers: compiler.registers,
        groups,
        first,
    })
}

fn combined(flags: u32, add: u32, remove: u32) -> u32 {
    let flags = if add & TYPE_FLAGS != 0 {
        flags & !TYPE_FLAGS
    } else {
        flags
    };
    (flags | add) & !remove
}

/// The test of a node that matches exactly one character.
fn single(node: &Node, flags: u32) -> Option<Test> {
    Some(match node {
        Node::Literal(c) => class::literal(*c, false, flags),
        Node::NotLiteral(c) => class::literal(*c, true, flags),
        Node::Any if flags & DOTALL != 0 => Test::Any,
        Node::Any => Test::NotNewline,
        Node::Set { negate, items } => class::set(items, *negate, flags),
        _ => return None,
    })
}

/// The test that the first character of any match of `seq` must pass.
fn first_test(seq: &[Node], flags: u32) -> Option<Test> {
    let node = seq
        .iter()
        .find(|node| !matches!(node, Node::At(_) | Node::Look { .. }))?;
    match node {
        Node::Group { add, remove, body, .. } => first_test(body, combined(flags, *add, *remove)),
        Node::Atomic(body) => first_test(body, flags),
        Node::Repeat { min, body, .. } if *min > 0 => first_test(body, flags),
        node => single(node, flags),
    }
}

struct Compiler<'a> {
    parsed: &'a Parsed,
    steps: Vec<Step>,
    registers: usize,
}

impl Compiler<'_> {
    fn sequence(&mut self, seq: &[Node], flags: u32) -> Result<(), Fault> {
        seq.iter().try_for_each(|node| self.node(node, flags))
    }

    fn node(&mut self, node: &Node, flags: u32) -> Result<(), Fault> {
        if let Some(test) = single(node, flags) {
            self.steps.push(Step::One(test));
            return Ok(());
        }
        match node {
            Node::At(at) => self.at(*at, flags),
            Node::Branch(items) => self.branch(items, flags)?,
            Node::Repeat { greed, min, max, body } => self.repeat(*greed, *min, *max, body, flags)?,
            Node::Group {
                index,
                add,
                remove,
                body,
            } => {
                let flags = combined(flags, *add, *remove);
                self.group(*index, body, flags)?;
            }
            Node::Atomic(body) => {
                let at = self.hold();
                self.closed(body, flags)?;
                self.steps[at] = Step::Atomic { tail: self.steps.len() };
            }
            Node::Look { ahead, negate, body } => self.look(*ahead, *negate, body, flags)?,
            Node::Backreference(group) => {
                let fold = (flags & IGNORECASE != 0).then(|| charset_of(flags));
                self.steps.push(Step::Backreference(*group, fold));
            }
            Node::Conditional { group, yes, no } => self.conditional(*group, yes, no.as_ref(), flags)?,
            _ => {}
        }
        Ok(())
    }

    /// Reserves a step that is filled in later.
    fn hold(&mut self) -> usize {
        self.steps.push(Step::Done);
        self.steps.len() - 1
    }

    fn closed(&mut self, body: &[Node], flags: u32) -> Result<(), Fault> {
        self.sequence(body, flags)?;
        self.steps.push(Step::Done);
        Ok(())
    }

    fn at(&mut self, at: At, flags: u32) {
        let at = match at {
            At::Beginning if flags & MULTILINE != 0 => At::BeginningLine,
            At::End if flags & MULTILINE != 0 => At::EndLine,
            at => at,
        };
        self.steps.push(Step::At(at, charset_of(flags)));
    }

    fn branch(&mut self, items: &[Seq], flags: u32) -> Result<(), Fault> {
        let mut jumps = Vec::new();
        let Some((last, others)) = items.split_last() else {
            return Ok(());
        };
        for item in others {
            let split = self.hold();
            self.sequence(item, flags)?;
            jumps.push(self.hold());
            self.steps[split] = Step::Split(self.steps.len());
        }
        self.sequence(last, flags)?;
        for jump in jumps {
            self.steps[jump] = Step::Jump(self.steps.len());
        }
        Ok(())
    }

    fn repeat(&mut self, greed: Greed, min: u32, max: u32, body: &[Node], flags: u32) -> Result<(), Fault> {
        if let [node] = body
            && let Some(test) = single(node, flags)
        {
            self.steps.push(Step::RepeatOne { test, greed, min, max });
            return Ok(());
        }
        if greed == Greed::Possessive {
            let at = self.hold();
            self.closed(body, flags)?;
            self.steps[at] = Step::Possessive {
                min,
                max,
                tail: self.steps.len(),
            };
            return Ok(());
        }
        let register = self.registers;
        self.registers += 1;
        let enter = self.hold();
        self.sequence(body, flags)?;
        self.steps[enter] = Step::Enter {
            register,
            until: self.steps.len(),
        };
        self.steps.push(Step::Until {
            register,
            lazy: greed == Greed::Lazy,
            min,
            max,
            body: enter + 1,
        });
        Ok(())
    }

    fn group(&mut self, index: Option<u32>, body: &[Node], flags: u32) -> Result<(), Fault> {
        let Some(index) = index else {
            return self.sequence(body, flags);
        };
        self.steps.push(Step::Mark(2 * (index - 1)));
        self.sequence(body, flags)?;
        self.steps.push(Step::Mark(2 * (index - 1) + 1));
        Ok(())
    }

    fn look(&mut self, ahead: bool, negate: bool, body: &[Node], flags: u32) -> Result<(), Fault> {
        let back = if ahead { 0 } else { self.fixed_width(body)? };
        let at = self.hold();
        self.closed(body, flags)?;
        self.steps[at] = Step::Look {
            negate,
            back,
            tail: self.steps.len(),
        };
        Ok(())
    }

    fn fixed_width(&self, body: &[Node]) -> Result<usize, Fault> {
        let (lo, hi) = width(body, self.parsed.widths());
        if lo > u128::from(u32::MAX) {
            return Err(Fault::Pattern("looks too much behind".into(), None));
        }
        if lo != hi {
            return Err(Fault::Pattern("look-behind requires fixed-width pattern".into(), None));
        }
        Ok(lo as usize)
    }

    fn conditional(&mut self, group: u32, yes: &[Node], no: Option<&Seq>, flags: u32) -> Result<(), Fault> {
        let at = self.hold();
        self.sequence(yes, flags)?;
        let Some(no) = no.filter(|no| !no.is_empty()) else {
            self.steps[at] = Step::Conditional(group, self.steps.len());
            return Ok(());
        };
        let jump = self.hold();
        self.steps[at] = Step::Conditional(group, self.steps.len());
        self.sequence(no, flags)?;
        self.steps[jump] = Step::Jump(self.steps.len());
        Ok(())
    }
}
