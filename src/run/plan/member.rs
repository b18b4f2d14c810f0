//! Chains: elementwise work, and the reductions at its end.

use super::view::View;
use crate::program::Reduction;
use crate::scalar::{Binary, Comparison, Literal, Precision, Unary};

/// So many members a chain has at most, and so many views they read: what a step holds at once has a size that is known.
pub(super) const MEMBERS: usize = 40;
pub(super) const VIEWS: usize = 3 * MEMBERS;

/// What a chain does with each element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Element {
    Unary(Unary),
    Binary(Binary),
    Scale(Literal),
    Offset(Literal),
    Select,
    /// 1 where it holds, else 0.
    Compare(Comparison),
    Round(Precision),
}

/// What a member of a chain takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Source {
    /// The result of an earlier member.
    Member(usize),
    /// The same number everywhere.
    Number(Literal),
    /// A view of a buffer, with the dims of the chain.
    View(View),
}

/// What a member of a chain does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    Element(Element),
    /// Random numbers.
    Draw(Draw),
    /// Joins elements into a smaller buffer, of these strides over the dims of the source.
    Reduce {
        how: Reduction,
        dims: Vec<usize>,
        strides: Vec<usize>,
    },
}

/// Random numbers that are drawn where they are needed: of each key so many elements.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draw {
    /// Beside each other.
    pub keys: View,
    pub each: usize,
    pub drawn: Drawn,
}

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Drawn {
    /// As in [`Mask`](crate::program::Mask), with this threshold.
    Mask(u64),
    /// As in [`Uniform`](crate::program::Uniform).
    Uniform,
}

impl Part {
    /// Whether it has a result for each element.
    pub fn is_each(&self) -> bool {
        match self {
            Part::Element(_) | Part::Draw(_) => true,
            Part::Reduce { .. } => false,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct Member {
    pub part: Part,
    pub sources: Vec<Source>,
    /// The buffer of the result.
    pub result: usize,
}

/// Elementwise work over one space, block by block.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// How many elements the space has.
    pub count: usize,
    pub members: Vec<Member>,
    /// Whether nothing outside reads a result yet, so that it may grow.
    pub open: bool,
    pub scope: usize,
}

impl Chain {
    /// The random numbers that it draws.
    pub fn draws(&self) -> impl Iterator<Item = &Draw> {
        self.members.iter().filter_map(|member| match &member.part {
            Part::Draw(draw) => Some(draw),
            Part::Element(_) | Part::Reduce { .. } => None,
        })
    }

    /// The scalars that it reads, each view once.
    pub fn reads(&self) -> Vec<&View> {
        let mut all: Vec<&View> = Vec::new();
        for source in self.members.iter().flat_map(|member| &member.sources) {
            if let Source::View(view) = source
                && !all.contains(&view)
            {
                all.push(view);
            }
        }
        all
    }
}
