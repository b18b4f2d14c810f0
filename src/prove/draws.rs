//! Numbers drawn for what is not known, so that it can be compared.
//!
//! A proof draws the values of indices, as it draws an environment, since nothing depends on them smoothly. Where they come
//! from comparisons of indeterminates, each of these stands for a number, which is the same in a whole set of draws. So the
//! answers of a set fit together: an order is transitive, and a largest element is not less than another.
//!
//! A proof looks at many sets, of two kinds that take turns. In one kind each number goes round [the cells](super::cells)
//! that the numbers make with which it was compared: it is equal to each, between any two neighbours, and beyond all. In the
//! other the numbers are such that a comparison has an answer that it has not had: each order of two, and each place of
//! a largest element. [`Draws::are_complete`] says when all that was seen.

#[cfg(test)]
mod tests;

use super::cells::{Cells, mixed};
use super::term::Coefficient;
use crate::scalar::Literal;
use core::cell::RefCell;
use core::cmp::Ordering;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is compared: a number, or what stands for one that is drawn, by a hash of what it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Comparand {
    Known(Coefficient),
    Drawn(u64),
}

use Comparand::{Drawn, Known};

/// Whether a comparison has had an answer, in any set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// It cannot: the place of the largest is not that of a 1 where there is a 2.
    Never,
    NotYet,
    Given,
}

/// The answers of a comparison of two.
const ORDERS: [Ordering; 3] = [Ordering::Less, Ordering::Equal, Ordering::Greater];

/// The sets of draws of a proof: what was compared in them, and with which answers.
#[derive(Debug)]
pub(crate) struct Draws {
    /// The numbers that something drawn was compared with.
    met: BTreeSet<Coefficient>,
    /// The line cut at those that were met before this set.
    cells: Cells,
    /// The first set that has these cells.
    since: u64,
    /// Of each comparison, by its place in a run.
    answers: Vec<Vec<Answer>>,
    /// Literals by their residues.
    literals: HashMap<u64, Coefficient>,
    /// The number of this set, from `since`.
    turn: u64,
    /// What was drawn in this set.
    numbers: HashMap<u64, Coefficient>,
    /// How many numbers were drawn in this run.
    drawn: u64,
    /// How many comparisons were made in this run.
    compared: usize,
    /// The set, and the last in which there was something new.
    set: u64,
    news: u64,
}

thread_local! {
    /// Those under way on this thread.
    static DRAWS: RefCell<Option<Draws>> = const { RefCell::new(None) };
}

/// Puts the outer draws back, and these where they were, also after a panic.
struct Underway<'d> {
    outer: Option<Draws>,
    home: &'d mut Draws,
}

impl Drop for Underway<'_> {
    fn drop(&mut self) {
        if let Some(draws) = DRAWS.replace(self.outer.take()) {
            *self.home = draws;
        }
    }
}

impl Draws {
    pub(crate) fn new() -> Self {
        Draws {
            met: BTreeSet::new(),
            cells: Cells::at(&BTreeSet::new()),
            since: 0,
            answers: Vec::new(),
            literals: HashMap::new(),
            turn: 0,
            numbers: HashMap::new(),
            drawn: 0,
            compared: 0,
            set: 0,
            news: 0,
        }
    }

    /// Runs `f` in a set of draws, on this thread: what is compared in it stands for other numbers in each. Sets are taken one
    /// after the other, from 0. Calls nest: the inner one counts.
    pub(crate) fn in_set<T>(&mut self, set: u64, f: impl FnOnce() -> T) -> T {
        let known = self.met.len();
        let mut draws = core::mem::replace(self, Draws::new());
        draws.set = set;
        draws.turn = set.saturating_sub(draws.since);
        draws.numbers.clear();
        let result = {
            let _underway = Underway {
                outer: DRAWS.replace(Some(draws)),
                home: self,
            };
            f()
        };
        if self.met.len() > known {
            self.cells = Cells::at(&self.met);
            self.since = set + 1;
            self.news = set;
        }
        result
    }

    /// Whether, in the sets before this, each comparison had each answer that it can have, and each number that was drawn
    /// was in each of the cells.
    pub(crate) fn are_complete(&self, set: u64) -> bool {
        let mut answers = self.answers.iter().flatten();
        let rounds = set.saturating_sub(self.since) / 2;
        self.answers.is_empty()
            || (rounds >= self.cells.rounds() && !answers.any(|&answer| answer == Answer::NotYet))
    }

    /// Whether nothing was new in so many sets before this that nothing will be: an answer that terms alone do not exclude
    /// may be excluded by those before it.
    pub(crate) fn are_stuck(&self, set: u64) -> bool {
        let widest = self.answers.iter().map(Vec::len).max().unwrap_or(0);
        set.saturating_sub(self.news) > 8 * widest as u64 + 64
    }

    fn order(&mut self, x: &Comparand, y: &Comparand) -> Ordering {
        if let Some(order) = decided(x, y) {
            self.place(&[]);
            return order;
        }
        self.meet([x, y]);
        let place = self.place(&[true; 3]);
        if let Some(&wanted) = self.wanted(place).and_then(|wanted| ORDERS.get(wanted)) {
            match (self.found(x), self.found(y)) {
                (Some(_), Some(_)) => {}
                (Some(x), None) => self.put(y, beside(&x, wanted.reverse(), self.anywhere())),
                (None, _) => {
                    let y = self.number(y);
                    self.put(x, beside(&y, wanted, self.anywhere()));
                }
            }
        }
        let order = self.number(x).cmp(&self.number(y));
        let answer = ORDERS.iter().position(|other| *other == order);
        self.answered(place, answer.unwrap_or_default());
        order
    }

    /// The place of the first of the largest.
    fn largest(&mut self, all: &[Comparand]) -> usize {
        let known = all.iter().filter(|x| matches!(x, Known(_)));
        let known = known.max_by(|x, y| self.found(x).cmp(&self.found(y)));
        if all.iter().any(|x| matches!(x, Drawn(_))) {
            self.meet(all);
        }
        let mut before = HashSet::new();
        let can = all.iter().map(|x| {
            let is_first = before.insert(x);
            is_first && (matches!(x, Drawn(_)) || Some(x) == known)
        });
        let can: Vec<bool> = can.collect();
        let place = self.place(&can);
        if let Some(wanted) = self.wanted(place).and_then(|wanted| all.get(wanted)) {
            let largest = self.found(wanted);
            for x in all.iter().filter(|x| *x != wanted) {
                if self.found(x).is_none() {
                    let number = match &largest {
                        Some(largest) => beside(largest, Ordering::Less, self.anywhere()),
                        None => self.anywhere(),
                    };
                    self.put(x, number);
                }
            }
            let others = all.iter().filter(|x| *x != wanted);
            let others = others.filter_map(|x| self.found(x)).max();
            if let (None, Some(others)) = (largest, others) {
                self.put(wanted, beside(&others, Ordering::Greater, self.anywhere()));
            }
        }
        let numbers: Vec<Coefficient> = all.iter().map(|x| self.number(x)).collect();
        let largest = first_of_largest(&numbers);
        self.answered(place, largest);
        largest
    }

    /// Keeps the numbers among what is compared.
    fn meet<'c>(&mut self, all: impl IntoIterator<Item = &'c Comparand>) {
        for x in all {
            if let Known(number) = x
                && !self.met.contains(number)
            {
                self.met.insert(number.clone());
            }
        }
    }

    /// The place of the next comparison, which can have these answers.
    fn place(&mut self, can: &[bool]) -> usize {
        let place = self.compared;
        self.compared += 1;
        if self.answers.len() == place {
            self.answers.push(Vec::new());
        }
        let answers = &mut self.answers[place];
        answers.resize(can.len().max(answers.len()), Answer::Never);
        for (answer, can) in answers.iter_mut().zip(can) {
            if *can && *answer == Answer::Never {
                *answer = Answer::NotYet;
            }
        }
        place
    }

    /// In every other set, an answer that a comparison has not had yet.
    fn wanted(&self, place: usize) -> Option<usize> {
        let answers = self.answers[place].iter().enumerate();
        let missing: Vec<usize> = answers
            .filter(|(_, answer)| **answer == Answer::NotYet)
            .map(|(place, _)| place)
            .collect();
        match self.turn % 2 == 1 && !missing.is_empty() {
            true => Some(missing[(self.turn / 2) as usize % missing.len()]),
            false => None,
        }
    }

    fn answered(&mut self, place: usize, answer: usize) {
        // As many answers as this one can have are there.
        if self.answers[place][answer] != Answer::Given {
            self.answers[place][answer] = Answer::Given;
            self.news = self.set;
        }
    }

    /// The number, if it is known or drawn already.
    fn found(&self, x: &Comparand) -> Option<Coefficient> {
        match x {
            Known(number) => Some(number.clone()),
            Drawn(hash) => self.numbers.get(hash).cloned(),
        }
    }

    /// Draws a number.
    fn put(&mut self, x: &Comparand, number: Coefficient) {
        if let Drawn(hash) = x {
            self.numbers.insert(*hash, number);
            self.drawn += 1;
        }
    }

    /// The number, which is drawn if it was not.
    fn number(&mut self, x: &Comparand) -> Coefficient {
        if let Some(number) = self.found(x) {
            return number;
        }
        let number = match self.turn % 2 {
            0 => self.cells.sample(self.drawn, self.turn / 2),
            _ => self.anywhere(),
        };
        self.put(x, number.clone());
        number
    }

    /// A number of some cell.
    fn anywhere(&self) -> Coefficient {
        self.cells.somewhere(mixed(self.turn) ^ self.drawn)
    }
}

/// A number that has this order to another: this one, if it has.
fn beside(number: &Coefficient, order: Ordering, this: Coefficient) -> Coefficient {
    match order {
        _ if this.cmp(number) == order => this,
        Ordering::Equal => number.clone(),
        Ordering::Less => number.plus(&Coefficient::ONE.negated()),
        Ordering::Greater => number.plus(&Coefficient::ONE),
    }
}

/// What the draws under way say; none outside of a set.
fn underway<T>(f: impl FnOnce(&mut Draws) -> T) -> Option<T> {
    DRAWS.with_borrow_mut(|draws| draws.as_mut().map(f))
}

/// Begins a run: its comparisons are those of the run before, with the same answers.
pub(super) fn begin_run() {
    underway(|draws| (draws.drawn, draws.compared) = (0, 0));
}

/// Notes a literal, and what is minus it, by their residues modulo a prime.
pub(super) fn note_literal(residue: u64, prime: u64, literal: Literal) {
    underway(|draws| {
        if !draws.literals.contains_key(&residue)
            && let Some(number) = Coefficient::of_literal(literal)
        {
            draws.literals.insert(prime - residue, number.negated());
            draws.literals.insert(residue, number);
        }
    });
}

/// The literal that has a residue, or else what stands for a number that is drawn.
pub(super) fn literal_or_drawn(residue: u64) -> Comparand {
    let known = underway(|draws| draws.literals.get(&residue).cloned());
    known.flatten().map_or(Drawn(residue), Known)
}

/// The order of two. Outside of a set what is drawn depends on the hash alone.
pub(super) fn order(x: &Comparand, y: &Comparand) -> Ordering {
    let outside = || decided(x, y).unwrap_or_else(|| outside(x).cmp(&outside(y)));
    underway(|draws| draws.order(x, y)).unwrap_or_else(outside)
}

/// The place of the first of the largest.
pub(super) fn largest(all: &[Comparand]) -> usize {
    let numbers = || all.iter().map(outside).collect::<Vec<_>>();
    underway(|draws| draws.largest(all)).unwrap_or_else(|| first_of_largest(&numbers()))
}

/// The order of two that are known or one.
fn decided(x: &Comparand, y: &Comparand) -> Option<Ordering> {
    match (x, y) {
        (Known(x), Known(y)) => Some(x.cmp(y)),
        _ => (x == y).then_some(Ordering::Equal),
    }
}

fn outside(x: &Comparand) -> Coefficient {
    match x {
        Known(number) => number.clone(),
        Drawn(hash) => Cells::at(&BTreeSet::new()).sample(*hash, 0),
    }
}

fn first_of_largest<N: PartialOrd>(numbers: &[N]) -> usize {
    let largest = |best: usize, i: usize| if numbers[i] > numbers[best] { i } else { best };
    (0..numbers.len()).fold(0, largest)
}
