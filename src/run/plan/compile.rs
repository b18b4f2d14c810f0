//! From a chain to a step: which block, which registers, what is done once.

use super::chain::{Action, BLOCK, ChainStep, Cut, Joined};
use super::elements::{DRAWN, MOVED, call, join, work};
use super::float::Float;
use super::member::{Chain, Draw, Part, Source};
use super::place::Place;
use super::places::Emit;
use super::registers::Registers;
use super::view::View;
use super::walk::{gcd, walk};
use crate::scalar::Literal;
use cotangent_kernels::{Call, Instruction, Source as Operand, Target, Unary, Walk};

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
    at: Vec<(Loaded, Operand<T>)>,
    /// The registers that hold what they hold to the end.
    kept: Vec<u32>,
    /// What is stored in the end, where an operand is read until then.
    stores: Vec<Instruction<T>>,
    /// How much work the functions of an element are.
    work: usize,
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
    let walks: Vec<Walk> = views.iter().map(|v| walk(&v.dims, &v.strides)).collect();
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
        registers: Registers {
            free: Vec::new(),
            end: 0,
            block: block as u32, // at most BLOCK
        },
        before: Vec::new(),
        actions: Vec::new(),
        at: Vec::new(),
        kept: Vec::new(),
        stores: Vec::new(),
        work: 0,
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
    let mut joined = Vec::new();
    for (number, member) in chain.members.iter().enumerate() {
        let place = written(member.result).map(|place| place as u16);
        match &member.part {
            Part::Reduce { how, dims, strides } => {
                // A reduction that nobody reads is not computed.
                let Some(to) = place else { continue };
                let (how, len) = (join(*how), buffers[member.result].len);
                let first = how.first();
                joined.push(Joined {
                    how,
                    to,
                    len,
                    first,
                });
                let x = this.operand(this.sources[number][0].clone());
                let (x, walk) = (this.elements(x), walk(dims, strides));
                this.work += 1;
                this.actions.push(Action::Join { how, x, walk, to });
            }
            Part::Element(element) => {
                let x: Vec<Operand<T>> = this.sources[number]
                    .clone()
                    .into_iter()
                    .map(|source| this.operand(source))
                    .collect();
                let to = this.target(number, place, replaced.contains(&member.result));
                // A function of one or two does not look at the others.
                let x = [0, 1, 2].map(|i| x.get(i).copied().unwrap_or(Operand::First(0)));
                this.run(call(*element, x, Operand::Number), to);
            }
            Part::Draw(Draw { keys, each, drawn }) => {
                let to = this.target(number, place, replaced.contains(&member.result));
                this.work += DRAWN;
                this.actions.push(Action::Draw {
                    keys: emit.read(keys, &[]),
                    each: *each,
                    drawn: *drawn,
                    to,
                });
            }
        }
        this.release(number);
    }
    for Instruction { call, to } in core::mem::take(&mut this.stores) {
        this.run(call, to);
    }
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
    let reads = reads.collect();
    let moved = this.once.iter().filter(|once| !**once).count() + writes.len() - joined.len();
    let cut = Cut::of(
        chain.count,
        block,
        this.work + MOVED * moved,
        writes.len(),
        &this.actions,
        &joined,
    );
    ChainStep {
        cut,
        count: chain.count,
        block,
        reads,
        writes: writes.into(),
        joined: joined.into(),
        before: this.before.into(),
        actions: this.actions.into(),
        registers: this.registers.end as usize,
    }
}

impl<T: Float> Compiler<'_, T> {
    /// Adds an instruction to the list at hand.
    fn run(&mut self, call: Call<T>, to: Target) {
        self.work += work(&call);
        let instruction = Instruction { call, to };
        match self.actions.last_mut() {
            Some(Action::Run(list)) => list.push(instruction),
            _ => self.actions.push(Action::Run(vec![instruction])),
        }
    }

    /// Where the result of a member goes: into its place, or into a register, from which it is stored in the end if an operand is
    /// read in that place.
    fn target(&mut self, member: usize, place: Option<u16>, is_replaced: bool) -> Target {
        let to = match place {
            Some(place) if !is_replaced => Target::Written(place),
            _ => Target::Register(self.registers.take()),
        };
        let at = match to {
            Target::Written(place) => Operand::Written(place),
            Target::Register(register) => Operand::Register(register),
        };
        if let (Some(place), Target::Register(register)) = (place, to) {
            self.kept.push(register);
            let call = Call::Unary(Unary::Stop, at);
            let to = Target::Written(place);
            self.stores.push(Instruction { call, to });
        }
        self.at.push((Loaded::Member(member), at));
        to
    }

    /// Where a source is, loaded if it is not there yet.
    fn operand(&mut self, loaded: Loaded) -> Operand<T> {
        if let Some((_, operand)) = self.at.iter().find(|(other, _)| *other == loaded) {
            return *operand;
        }
        let operand = match loaded {
            Loaded::View(i) if self.walks[i].period() == Some(1) => Operand::First(i as u16),
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
            Loaded::Number(number) => Operand::Number(T::of(number)),
            // A member is there once it has run.
            Loaded::Member(_) => Operand::Read(0),
        };
        self.at.push((loaded, operand));
        operand
    }

    /// The elements of an operand: what is the same everywhere is put into registers.
    fn elements(&mut self, operand: Operand<T>) -> Operand<T> {
        match operand {
            Operand::First(_) | Operand::Number(_) => {
                let to = self.fresh();
                self.run(Call::Unary(Unary::Stop, operand), Target::Register(to));
                Operand::Register(to)
            }
            _ => operand,
        }
    }

    /// A register of its own, filled before the first block: no action may have used it.
    fn fresh(&mut self) -> u32 {
        let register = self.registers.fresh();
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
