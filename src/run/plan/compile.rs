//! From a chain to a step: which block, which registers, what is done once.

use super::chain::{Action, BLOCK, ChainStep, Cut, Operand};
use super::elements::{Function, binary};
use super::float::Float;
use super::node::{Chain, Element, Part, Source};
use super::place::Place;
use super::places::Emit;
use super::view::View;
use super::walk::Walk;
use crate::program::Reduction;
use crate::scalar::Literal;

/// The registers of a chain: those that are free, and how many there are.
#[derive(Default)]
struct Registers {
    free: Vec<u16>,
    count: u16,
}

impl Registers {
    fn take(&mut self) -> u16 {
        self.free.pop().unwrap_or_else(|| {
            self.count += 1;
            self.count - 1
        })
    }
}

/// A source as the step has it: each once.
#[derive(Clone, PartialEq)]
enum Loaded {
    Member(usize),
    Number(Literal),
    View(usize),
}

struct Compiler<'c, T> {
    /// The sources of each member.
    sources: Vec<Vec<Loaded>>,
    views: Vec<&'c View>,
    walks: Vec<Walk>,
    /// Whether each view is loaded once.
    once: Vec<bool>,
    registers: Registers,
    before: Vec<Action<T>>,
    actions: Vec<Action<T>>,
    /// Where each source is, if it is anywhere.
    at: Vec<(Loaded, Operand)>,
    /// Whether a register holds it to the end.
    kept: Vec<u16>,
}

/// The step of a chain.
pub(super) fn compile<T: Float>(emit: &Emit<'_>, chain: &Chain) -> ChainStep<T> {
    let buffers = &emit.lowered.buffers;
    let views = chain.reads();
    let stored: Vec<usize> = chain
        .members
        .iter()
        .map(|member| member.result)
        .filter(|&result| buffers[result].stored)
        .collect();
    let (order, writes) = emit.writes(&stored);
    let written = |buffer: usize| order.iter().position(|&other| other == buffer);
    let walks: Vec<Walk> = views
        .iter()
        .map(|v| Walk::of(&v.dims, &v.strides))
        .collect();
    // A whole number of the rows that repeat.
    let mut block = BLOCK;
    for period in walks.iter().filter_map(Walk::period) {
        if block.is_multiple_of(period) {
            continue;
        }
        let both = block / gcd(block, period) * period;
        let fits = BLOCK / period * period;
        block = if both <= BLOCK {
            both
        } else {
            fits.max(BLOCK / 2)
        };
    }
    let block = block.max(1);
    let once = walks
        .iter()
        .map(|walk| walk.period().is_some_and(|p| block.is_multiple_of(p)));
    let sources = chain.members.iter().map(|member| {
        let all = member.sources.iter();
        all.map(|source| loaded(source, &views)).collect()
    });
    let mut this = Compiler {
        sources: sources.collect(),
        once: once.collect(),
        views: views.clone(),
        walks,
        registers: Registers::default(),
        before: Vec::new(),
        actions: Vec::new(),
        at: Vec::new(),
        kept: Vec::new(),
    };
    // An operand whose place a result takes is read where that is written.
    let mut replaced = Vec::new();
    for &result in &stored {
        if let Some(operand) = emit.memory.replaces[result]
            && let Some(view) = views.iter().position(|view| view.buffer == operand)
            && let Some(place) = written(result)
        {
            this.at
                .push((Loaded::View(view), Operand::Written(place as u16)));
            replaced.push(result);
        }
    }
    let mut first = Vec::new();
    let mut stores = Vec::new();
    for (number, member) in chain.members.iter().enumerate() {
        let place = written(member.result).map(|place| place as u16);
        match &member.part {
            Part::Reduce { how, dims, strides } => {
                // A reduction that nobody reads is not computed.
                let Some(place) = place else { continue };
                let start = match how {
                    Reduction::Sum => T::zero(),
                    Reduction::Max => T::LOWEST,
                };
                first.push((place, start));
                let x = this.operand(this.sources[number][0].clone());
                let (how, walk) = (*how, Walk::of(dims, strides));
                this.actions.push(Action::Join {
                    how,
                    x,
                    walk,
                    to: place,
                });
            }
            Part::Element(element) => {
                let (f, sources) = simpler::<T>(*element, &this.sources[number]);
                let sources = sources.into_iter().map(|source| this.operand(source));
                let sources: Vec<Operand> = sources.collect();
                // The operands that it does not have are not read.
                let x = [0, 1, 2].map(|i| *sources.get(i).unwrap_or(&sources[0]));
                let to = match place {
                    Some(place) if !replaced.contains(&member.result) => Operand::Written(place),
                    _ => Operand::Register(this.registers.take()),
                };
                if let (Some(place), Operand::Register(register)) = (place, to) {
                    this.kept.push(register);
                    let to = Operand::Written(place);
                    let operand = Operand::Register(register);
                    stores.push(Action::Apply(Function::Copy, [operand; 3], to));
                }
                this.actions.push(Action::Apply(f, x, to));
                this.at.push((Loaded::Member(number), to));
            }
        }
        this.release(number);
    }
    this.actions.extend(stores);
    // What is read where it is written is not read elsewhere.
    let is_replaced = |view: &View| {
        let operands = replaced.iter().map(|&result| emit.memory.replaces[result]);
        operands.flatten().any(|operand| operand == view.buffer)
    };
    let reads = views.iter().map(|view| {
        let place = emit.read(view, &order);
        let len = if is_replaced(view) { 0 } else { place.len };
        Place { len, ..place }
    });
    let cut = cut(chain.count, block, writes.len(), &this.actions);
    ChainStep {
        cut,
        count: chain.count,
        block,
        reads: reads.collect(),
        writes: writes.into(),
        first: first.into(),
        before: this.before.into(),
        actions: this.actions.into(),
        registers: this.registers.count.into(),
    }
}

/// Where a chain may be cut, if anywhere: where its sums are along the last axis.
fn cut<T>(count: usize, block: usize, writes: usize, actions: &[Action<T>]) -> Option<Cut> {
    let (mut rows, mut unit) = (vec![1; writes], block);
    for action in actions {
        let Action::Join { walk, to, .. } = action else {
            continue;
        };
        let row = match (walk.stride, &*walk.outer) {
            // Of rows without elements there is nothing to cut.
            (0, [(_, 1)]) if walk.columns > 0 => walk.columns,
            (1, []) => 1,
            _ => return None,
        };
        rows[usize::from(*to)] = row;
        unit = unit / gcd(unit, row) * row;
    }
    (unit < count).then(|| Cut {
        unit,
        rows: rows.into(),
    })
}

impl<T: Float> Compiler<'_, T> {
    /// Where a source is, loaded if it is not there yet.
    fn operand(&mut self, loaded: Loaded) -> Operand {
        if let Some((_, operand)) = self.at.iter().find(|(other, _)| *other == loaded) {
            return *operand;
        }
        let operand = match loaded {
            Loaded::View(i) if self.views[i].is_dense() => Operand::Read(i as u16),
            Loaded::View(i) => {
                let to = match self.once[i] {
                    true => self.fresh(),
                    false => self.registers.take(),
                };
                let (from, walk) = (i as u16, self.walks[i].clone());
                let load = Action::Load { from, walk, to };
                match self.once[i] {
                    true => self.before.push(load),
                    false => self.actions.push(load),
                }
                Operand::Register(to)
            }
            Loaded::Number(number) => {
                let to = self.fresh();
                self.before.push(Action::Fill(T::of(number), to));
                Operand::Register(to)
            }
            // A member is there once it has run.
            Loaded::Member(_) => Operand::Read(0),
        };
        self.at.push((loaded, operand));
        operand
    }

    /// A register of its own, filled before the first block: no action may have used it.
    fn fresh(&mut self) -> u16 {
        self.registers.count += 1;
        let register = self.registers.count - 1;
        self.kept.push(register);
        register
    }

    /// Frees the registers of what no member after this one takes.
    fn release(&mut self, member: usize) {
        let rest = &self.sources[member + 1..];
        let is_needed = |loaded: &Loaded| rest.iter().flatten().any(|other| other == loaded);
        let (kept, free) = (&self.kept, &mut self.registers.free);
        self.at.retain(|(loaded, operand)| match operand {
            Operand::Register(i) if !is_needed(loaded) && !kept.contains(i) => {
                free.push(*i);
                false
            }
            _ => true,
        });
    }
}

/// What a source is, of a chain that reads these views.
fn loaded(source: &Source, views: &[&View]) -> Loaded {
    match source {
        Source::Member(member) => Loaded::Member(*member),
        Source::Number(number) => Loaded::Number(*number),
        Source::View(view) => {
            // Each source of the chain is among its views.
            let place = views.iter().position(|other| *other == view);
            Loaded::View(place.unwrap_or(0))
        }
    }
}

/// A function of a number as one of fewer operands.
fn simpler<T: Float>(element: Element, sources: &[Loaded]) -> (Function<T>, Vec<Loaded>) {
    let (f, x) = match (element, sources) {
        (Element::Binary(f), [x, Loaded::Number(c)]) => {
            (Function::WithNumber(binary(f), T::of(*c)), x)
        }
        (Element::Binary(f), [Loaded::Number(c), x]) => {
            (Function::OfNumber(T::of(*c), binary(f)), x)
        }
        _ => return (Function::of(element), sources.to_vec()),
    };
    (f, vec![x.clone()])
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
