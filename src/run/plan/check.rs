//! The debugging mode: a run ends at the first node that makes a NaN or an infinity from finite values.
//!
//! A checked plan has a step for each instruction, so that each is seen, and the values of the program are the same.

use super::error::PlanError;
use super::float::Float;
use super::member::{Element, Member, Part, Source};
use super::memory::accesses;
use super::node::{Kind, Node, Work};
use super::not_finite::{Made, NotFinite};
use super::place::{Memory, Place};
use super::places::Emit;
use super::report::PlanStep;
use super::view::View;
use super::walk::walk;
use super::watch::{Running, Watch};
use crate::scalar::Literal;
use cotangent_kernels::Walk;

/// Scalars that a step reads or writes.
#[derive(Clone, Debug)]
struct Looked {
    place: Place,
    walk: Walk,
    count: usize,
}

/// What is looked at around a step.
#[derive(Clone, Debug, Default)]
pub(super) struct Look {
    reads: Vec<Looked>,
    writes: Vec<Looked>,
    /// Whether it takes a number that is not finite.
    is_excused: bool,
    is_inside: bool,
}

impl Emit<'_> {
    /// What is looked at around each step, by number.
    pub fn looks<T: Float>(&self, nodes: &[Node]) -> Vec<Look> {
        let mut all = Vec::new();
        self.add_looks::<T>(nodes, false, &mut all);
        all
    }

    fn add_looks<T: Float>(&self, nodes: &[Node], is_inside: bool, all: &mut Vec<Look>) {
        for node in nodes {
            let mut look = Look {
                is_inside,
                ..Look::default()
            };
            let buffers = &self.lowered.buffers;
            let is_scalar = |buffer: usize| buffers[buffer].kind == Kind::Scalar;
            let read = |view: &View| Looked {
                place: self.read(view, &[]),
                walk: walk(&view.dims, &view.strides),
                count: view.count(),
            };
            let views = self.lowered.reads(node).into_iter();
            let views = views.filter(|view| is_scalar(view.buffer));
            look.reads.extend(views.map(read));
            let (_, writes) = accesses(self.lowered, node);
            for buffer in writes.into_iter().filter(|&buffer| is_scalar(buffer)) {
                let mut place = self.write(buffer);
                if let Work::Copy { advance, .. } = node.work
                    && advance > 0
                {
                    place.advance += advance;
                    place.len = advance;
                }
                let walk = walk(&[place.len], &[1]);
                let count = place.len;
                look.writes.push(Looked { place, walk, count });
            }
            if let Work::Chain(chain) = node.work {
                let mut members = self.lowered.chains[chain].members.iter();
                look.is_excused = members.any(takes_special::<T>);
            }
            all.push(look);
            if let Work::Loop { nodes, .. } = &node.work {
                self.add_looks::<T>(nodes, true, all);
            }
        }
    }
}

/// Whether a member takes a number that is not finite.
fn takes_special<T: Float>(member: &Member) -> bool {
    let is_special = |number: Literal| made(T::of(number)).is_some();
    let of_part = match member.part {
        Part::Element(Element::Scale(c) | Element::Offset(c)) => is_special(c),
        Part::Element(_) | Part::Draw(_) | Part::Reduce { .. } => false,
    };
    of_part
        || member.sources.iter().any(|source| match source {
            Source::Number(number) => is_special(*number),
            Source::Member(_) | Source::View(_) => false,
        })
}

/// What a scalar is, if it is not finite.
fn made<T: Float>(x: T) -> Option<Made> {
    match x.partial_cmp(&T::zero()) {
        None => Some(Made::Nan),
        _ if x <= T::LOWEST => Some(Made::MinusInfinity),
        _ if -x <= T::LOWEST => Some(Made::Infinity),
        _ => None,
    }
}

impl Looked {
    /// The first element that is not finite.
    fn first<T: Float>(&self, memory: &Memory<'_, '_, T>, at: usize) -> Option<(usize, Made)> {
        if self.count == 0 {
            return None;
        }
        let from = memory.read(&self.place, at);
        let mut found = None;
        self.walk.each_run(0, self.count, |offset, first, len| {
            let mut elements = (0..len).map(|i| from[offset + i * self.walk.stride]);
            if found.is_none()
                && let Some(i) = elements.position(|x| made(x).is_some())
            {
                let made = made(from[offset + i * self.walk.stride]);
                found = made.map(|made| (first + i, made));
            }
        });
        found
    }
}

/// Looks at what each step reads and writes.
pub(super) struct Checker<'g> {
    running: Running<'g>,
    looks: &'g [Look],
    /// Whether all that the step reads was finite.
    was_finite: bool,
}

impl<'g> Checker<'g> {
    pub fn new(steps: &'g [PlanStep], looks: &'g [Look]) -> Self {
        Checker {
            running: Running::new(steps),
            looks,
            was_finite: false,
        }
    }
}

impl<T: Float> Watch<T> for Checker<'_> {
    fn before(&mut self, step: usize, at: usize, scalars: &Memory<'_, '_, T>) {
        let look = self
            .running
            .begin(step)
            .map(|group| &self.looks[group.number]);
        self.was_finite = look.is_some_and(|look| {
            let mut reads = look.reads.iter();
            !look.is_excused && reads.all(|read| read.first(scalars, at).is_none())
        });
    }

    fn after(
        &mut self,
        step: usize,
        at: usize,
        scalars: &Memory<'_, '_, T>,
    ) -> Result<(), PlanError> {
        let Some(group) = self.running.end(step) else {
            return Ok(());
        };
        // A loop writes nothing itself.
        let look = &self.looks[group.number];
        let mut writes = look.writes.iter().filter(|_| self.was_finite);
        let found = writes.find_map(|write| write.first(scalars, at));
        match (found, group.origins.first()) {
            (Some((element, made)), Some(origin)) => {
                Err(PlanError::NotFinite(Box::new(NotFinite {
                    origin: origin.clone(),
                    made,
                    element,
                    at: look.is_inside.then_some(at),
                })))
            }
            _ => Ok(()),
        }
    }
}
