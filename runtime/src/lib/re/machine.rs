//! The matcher: runs a program over a text with an explicit stack of choices.
//!
//! Choices, marks and loop counters are undone in the reverse order of their making, which is what CPython's matcher
//! does with its nested contexts. Groups without backtracking run in a nested call, whose choices are dropped when it
//! succeeds while the record of changes stays.

use super::ast::{At, Category, Greed, UNBOUNDED};
use super::chars::Charset;
use super::class::Test;
use super::program::{Program, Step};

/// A text the matcher can read.
pub trait Subject {
    fn len(&self) -> usize;
    fn at(&self, index: usize) -> u32;
}

impl Subject for [u8] {
    #[inline(always)]
    fn len(&self) -> usize {
        <[u8]>::len(self)
    }

    #[inline(always)]
    fn at(&self, index: usize) -> u32 {
        u32::from(self[index])
    }
}

impl Subject for [u32] {
    #[inline(always)]
    fn len(&self) -> usize {
        <[u32]>::len(self)
    }

    #[inline(always)]
    fn at(&self, index: usize) -> u32 {
        self[index]
    }
}

/// What a match must cover.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Begins at the start position.
    Match,
    /// Begins there and ends at the end.
    Full,
    /// Begins anywhere from there on.
    Search,
}

/// Not a place: an unset mark.
pub const UNSET: usize = usize::MAX;

/// The result of a match: where it lies and the places of its groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    pub start: usize,
    pub end: usize,
    /// Start and end of each group; `UNSET` where it took no part.
    pub marks: Vec<usize>,
    /// The last group closed, 0 when none.
    pub last_index: usize,
}

#[derive(Clone, Copy)]
struct Register {
    count: i64,
    last: usize,
}

/// How far marks count: those above are unset.
#[derive(Clone, Copy)]
struct Extent {
    last_mark: i32,
    last_index: u32,
}

enum Choice {
    Go {
        step: usize,
        place: usize,
        extent: Extent,
    },
    /// A greedy run may end anywhere in `low..=place`.
    Shorter {
        step: usize,
        place: usize,
        low: usize,
        extent: Extent,
    },
    /// A lazy run of `count` characters may take one more.
    Longer {
        step: usize,
        place: usize,
        count: u32,
        extent: Extent,
    },
    /// A lazy loop may go round once more.
    Again {
        step: usize,
        place: usize,
        count: i64,
        extent: Extent,
    },
    Mark(usize, usize),
    Register(usize, Register),
}

/// A matcher for one text between `0` and `end`.
pub struct Machine<'a, S: Subject + ?Sized> {
    program: &'a Program,
    text: &'a S,
    end: usize,
    start: usize,
    full: bool,
    must_advance: bool,
    marks: Vec<usize>,
    extent: Extent,
    registers: Vec<Register>,
    choices: Vec<Choice>,
}

impl<'a, S: Subject + ?Sized> Machine<'a, S> {
    /// Reads `text` as if it ended at `end`.
    pub fn new(program: &'a Program, text: &'a S, end: usize) -> Machine<'a, S> {
        Machine {
            program,
            text,
            end,
            start: 0,
            full: false,
            must_advance: false,
            marks: vec![UNSET; 2 * program.groups],
            extent: Extent {
                last_mark: -1,
                last_index: 0,
            },
            registers: vec![Register { count: -1, last: UNSET }; program.registers],
            choices: Vec::new(),
        }
    }

    /// Looks for a match from `start` on. With `must_advance` an empty match at `start` itself does not count.
    pub fn find(&mut self, start: usize, mode: Mode, must_advance: bool) -> Option<Found> {
        self.full = mode == Mode::Full;
        self.must_advance = must_advance;
        if mode != Mode::Search {
            return self.try_at(start);
        }
        let mut place = start;
        loop {
            place = self.candidate(place)?;
            if place != start {
                self.must_advance = false;
            }
            if let Some(found) = self.try_at(place) {
                return Some(found);
            }
            place += 1;
        }
    }

    /// The next place where a match could begin.
    fn candidate(&self, place: usize) -> Option<usize> {
        match &self.program.first {
            None => (place <= self.end).then_some(place),
            Some(test) => (place..self.end).find(|&at| test.accepts(self.text.at(at))),
        }
    }

    fn try_at(&mut self, place: usize) -> Option<Found> {
        if place > self.end {
            return None;
        }
        self.start = place;
        self.extent = Extent {
            last_mark: -1,
            last_index: 0,
        };
        self.choices.clear();
        let end = self.run(0, place, true)?;
        let marks = (0..self.marks.len()).map(|mark| self.mark(mark)).collect();
        Some(Found {
            start: place,
            end,
            marks,
            last_index: self.extent.last_index as usize,
        })
    }

    fn mark(&self, mark: usize) -> usize {
        let pair = mark | 1;
        let valid = pair as i32 <= self.extent.last_mark && self.marks[pair] != UNSET && self.marks[pair - 1] != UNSET;
        if valid { self.marks[mark] } else { UNSET }
    }

    /// Runs from a step until `Accept` or `Done`; gives the place reached.
    fn run(&mut self, step: usize, place: usize, top: bool) -> Option<usize> {
        let floor = self.choices.len();
        let program = self.program;
        let (mut step, mut place) = (step, place);
        loop {
            let next = match &program.steps[step] {
                Step::One(test) => {
                    (place < self.end && test.accepts(self.text.at(place))).then(|| (step + 1, place + 1))
                }
                Step::Mark(mark) => {
                    self.set_mark(*mark as usize, place);
                    Some((step + 1, place))
                }
                Step::At(at, charset) => self.is_at(*at, *charset, place).then_some((step + 1, place)),
                Step::Split(other) => {
                    self.choices.push(Choice::Go {
                        step: *other,
                        place,
                        extent: self.extent,
                    });
                    Some((step + 1, place))
                }
                Step::Jump(target) => Some((*target, place)),
                Step::RepeatOne { test, greed, min, max } => self.repeat_one(step, place, test, *greed, *min, *max),
                Step::Enter { register, until } => {
                    self.set_register(*register, Register { count: -1, last: UNSET });
                    Some((*until, place))
                }
                Step::Until { .. } => self.until(step, place),
                Step::Possessive { min, max, tail } => {
                    self.possessive(step + 1, place, *min, *max).map(|place| (*tail, place))
                }
                Step::Atomic { tail } => self.run(step + 1, place, false).map(|place| (*tail, place)),
                Step::Look { negate, back, tail } => self.look(step, place, *negate, *back).then_some((*tail, place)),
                Step::Backreference(group, fold) => {
                    self.backreference(*group, *fold, place).map(|place| (step + 1, place))
                }
                Step::Conditional(group, no) => {
                    Some((if self.group(*group).is_some() { step + 1 } else { *no }, place))
                }
                Step::Done => {
                    self.forget_choices(floor);
                    return Some(place);
                }
                Step::Accept if self.accepts(top, place) => {
                    self.forget_choices(floor);
                    return Some(place);
                }
                Step::Accept => None,
            };
            (step, place) = match next {
                Some(next) => next,
                None => self.backtrack(floor)?,
            };
        }
    }

    fn accepts(&self, top: bool, place: usize) -> bool {
        !top || !((self.full && place != self.end) || (self.must_advance && place == self.start))
    }

    /// Undoes changes down to the latest choice and takes it; None when there is none above `floor`.
    fn backtrack(&mut self, floor: usize) -> Option<(usize, usize)> {
        while self.choices.len() > floor {
            let choice = self.choices.pop()?;
            match choice {
                Choice::Mark(mark, place) => self.marks[mark] = place,
                Choice::Register(register, value) => self.registers[register] = value,
                Choice::Go { step, place, extent } => {
                    self.extent = extent;
                    return Some((step, place));
                }
                Choice::Shorter {
                    step,
                    place,
                    low,
                    extent,
                } => {
                    self.extent = extent;
                    if place > low {
                        self.choices.push(Choice::Shorter {
                            step,
                            place: place - 1,
                            low,
                            extent,
                        });
                    }
                    return Some((step, place));
                }
                Choice::Longer {
                    step,
                    place,
                    count,
                    extent,
                } => {
                    self.extent = extent;
                    if let Some(next) = self.longer(step, place, count) {
                        return Some(next);
                    }
                }
                Choice::Again {
                    step,
                    place,
                    count,
                    extent,
                } => {
                    self.extent = extent;
                    if let Some(next) = self.again(step, place, count) {
                        return Some(next);
                    }
                }
            }
        }
        None
    }

    /// Drops the choices above `floor` and keeps what undoes changes, for choices further down.
    fn forget_choices(&mut self, floor: usize) {
        if floor == 0 {
            self.choices.clear();
            return;
        }
        let mut kept = floor;
        for index in floor..self.choices.len() {
            if matches!(self.choices[index], Choice::Mark(..) | Choice::Register(..)) {
                self.choices.swap(kept, index);
                kept += 1;
            }
        }
        self.choices.truncate(kept);
    }

    fn set_mark(&mut self, mark: usize, place: usize) {
        if mark & 1 == 1 {
            self.extent.last_index = mark as u32 / 2 + 1;
        }
        let last = self.extent.last_mark;
        if mark as i32 > last {
            for skipped in (last + 1) as usize..mark {
                self.choices.push(Choice::Mark(skipped, self.marks[skipped]));
                self.marks[skipped] = UNSET;
            }
            self.extent.last_mark = mark as i32;
        }
        self.choices.push(Choice::Mark(mark, self.marks[mark]));
        self.marks[mark] = place;
    }

    fn set_register(&mut self, register: usize, value: Register) {
        self.choices.push(Choice::Register(register, self.registers[register]));
        self.registers[register] = value;
    }

    /// How many characters from `place` pass the test, at most `max`.
    fn count(&self, test: &Test, place: usize, max: u32) -> usize {
        let most = (self.end - place).min(max as usize);
        if matches!(test, Test::Any) {
            return most;
        }
        (place..place + most)
            .position(|at| !test.accepts(self.text.at(at)))
            .unwrap_or(most)
    }

    fn repeat_one(
        &mut self,
        step: usize,
        place: usize,
        test: &Test,
        greed: Greed,
        min: u32,
        max: u32,
    ) -> Option<(usize, usize)> {
        if min as usize > self.end - place {
            return None;
        }
        let wanted = if greed == Greed::Lazy { min } else { max };
        let count = self.count(test, place, wanted);
        if count < min as usize {
            return None;
        }
        let extent = self.extent;
        let reached = place + count;
        match greed {
            Greed::Possessive => {}
            Greed::Greedy if count == min as usize => {}
            Greed::Greedy => {
                let low = place + min as usize;
                self.choices.push(Choice::Shorter {
                    step: step + 1,
                    place: reached - 1,
                    low,
                    extent,
                });
            }
            Greed::Lazy => self.choices.push(Choice::Longer {
                step,
                place: reached,
                count: min,
                extent,
            }),
        }
        Some((step + 1, reached))
    }

    fn longer(&mut self, step: usize, place: usize, count: u32) -> Option<(usize, usize)> {
        let Step::RepeatOne { test, max, .. } = &self.program.steps[step] else {
            return None;
        };
        if count >= *max || place >= self.end || !test.accepts(self.text.at(place)) {
            return None;
        }
        let count = if *max == UNBOUNDED { 0 } else { count + 1 };
        self.choices.push(Choice::Longer {
            step,
            place: place + 1,
            count,
            extent: self.extent,
        });
        Some((step + 1, place + 1))
    }

    fn until(&mut self, step: usize, place: usize) -> Option<(usize, usize)> {
        let Step::Until {
            register,
            lazy,
            min,
            max,
            body,
        } = self.program.steps[step]
        else {
            return None;
        };
        let Register { count, last } = self.registers[register];
        let count = count + 1;
        if count < i64::from(min) {
            self.set_register(register, Register { count, last });
            return Some((body, place));
        }
        if lazy {
            self.choices.push(Choice::Again {
                step,
                place,
                count,
                extent: self.extent,
            });
            return Some((step + 1, place));
        }
        if (max == UNBOUNDED || count < i64::from(max)) && place != last {
            self.choices.push(Choice::Go {
                step: step + 1,
                place,
                extent: self.extent,
            });
            self.set_register(register, Register { count, last: place });
            return Some((body, place));
        }
        Some((step + 1, place))
    }

    fn again(&mut self, step: usize, place: usize, count: i64) -> Option<(usize, usize)> {
        let Step::Until {
            register, max, body, ..
        } = self.program.steps[step]
        else {
            return None;
        };
        if (max != UNBOUNDED && count >= i64::from(max)) || place == self.registers[register].last {
            return None;
        }
        self.set_register(register, Register { count, last: place });
        Some((body, place))
    }

    fn possessive(&mut self, body: usize, place: usize, min: u32, max: u32) -> Option<usize> {
        let mut place = place;
        let mut count = 0;
        while count < min {
            place = self.run(body, place, false)?;
            count += 1;
        }
        let mut last = UNSET;
        while (max == UNBOUNDED || count < max) && place != last {
            last = place;
            let extent = self.extent;
            let Some(reached) = self.run(body, place, false) else {
                self.extent = extent;
                break;
            };
            place = reached;
            count = count.saturating_add(1);
        }
        Some(place)
    }

    fn look(&mut self, step: usize, place: usize, negate: bool, back: usize) -> bool {
        if place < back {
            return negate;
        }
        let extent = self.extent;
        let matched = self.run(step + 1, place - back, false).is_some();
        if !matched {
            self.extent = extent;
        }
        matched != negate
    }

    /// Where the group lies, when it has matched.
    fn group(&self, group: u32) -> Option<(usize, usize)> {
        let mark = 2 * (group as usize - 1);
        if mark as i32 >= self.extent.last_mark {
            return None;
        }
        let (start, end) = (self.marks[mark], self.marks[mark + 1]);
        (start != UNSET && end != UNSET && end >= start).then_some((start, end))
    }

    fn backreference(&self, group: u32, fold: Option<Charset>, place: usize) -> Option<usize> {
        let (start, end) = self.group(group)?;
        let length = end - start;
        if length > self.end - place {
            return None;
        }
        let same = |a: u32, b: u32| match fold {
            None => a == b,
            Some(charset) => charset.lower(a) == charset.lower(b),
        };
        (0..length)
            .all(|i| same(self.text.at(start + i), self.text.at(place + i)))
            .then_some(place + length)
    }

    fn is_at(&self, at: At, charset: Charset, place: usize) -> bool {
        let newline_at = |index: usize| self.text.at(index) == 10;
        match at {
            At::Beginning | At::BeginningString => place == 0,
            At::BeginningLine => place == 0 || newline_at(place - 1),
            At::End => place == self.end || (place + 1 == self.end && newline_at(place)),
            At::EndLine => place == self.end || newline_at(place),
            At::EndString => place == self.end,
            At::Boundary => self.end != 0 && self.word_edge(charset, place),
            At::NonBoundary => self.end != 0 && !self.word_edge(charset, place),
        }
    }

    fn word_edge(&self, charset: Charset, place: usize) -> bool {
        let word = |index: usize| charset.is(Category::Word, self.text.at(index));
        let before = place > 0 && word(place - 1);
        let after = place < self.end && word(place);
        before != after
    }
}
