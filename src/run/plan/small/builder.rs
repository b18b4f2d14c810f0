//! A list over registers, made from nodes over small values.

use super::alike::{alike, is_whole};
use crate::program::{Contract, Reduction};
use crate::run::plan::elements::{call, join};
use crate::run::plan::float::Float;
use crate::run::plan::member::{Chain, Element, Member, Part, Source};
use crate::run::plan::node::{Home, Node, Work};
use crate::run::plan::place::Place;
use crate::run::plan::places::Emit;
use crate::run::plan::product_axes::{ProductAxes, Turned};
use crate::run::plan::view::{View, is_dense};
use crate::run::plan::walk::walk;
use crate::scalar::{Literal, Unary};
use cotangent_kernels::{
    Binary, Call, Cell, Each, Joined, Moved, Run, Small, Spread, Unary as Function, Walk,
    Work as Does,
};
use std::collections::HashMap;

/// Chains that run as one: of each view whether it is whole, and where its elements begin.
struct Family<'l> {
    chains: Vec<&'l Chain>,
    views: Vec<Option<usize>>,
}

pub(super) struct Builder<'e, 'l, T> {
    emit: &'e Emit<'l>,
    small: Small<T>,
    families: Vec<Family<'l>>,
    /// Which nodes are in one.
    waiting: Vec<usize>,
    /// Where buffers are to be, so that those of a family lie beside each other.
    planned: HashMap<usize, usize>,
    /// The buffers that are written.
    written: Vec<usize>,
    /// What was made so far, and its first register.
    made: Vec<(Home, usize)>,
    /// What was read from the memory.
    loaded: Vec<(Place, usize)>,
    /// What was copied from strides, with the number of values that were made until then.
    spread: Vec<(View, usize, usize)>,
    numbers: Vec<(Literal, u32)>,
}

impl<'e, 'l, T: Float> Builder<'e, 'l, T> {
    pub fn new(emit: &'e Emit<'l>, nodes: &[Node]) -> Self {
        let made = nodes.iter().flat_map(|node| emit.lowered.made(node));
        let written = made.filter_map(|buffer| emit.lowered.home(buffer, 0));
        let mut this = Builder {
            emit,
            small: Small {
                numbers: Vec::new(),
                once: Vec::new(),
                loads: Vec::new(),
                list: Vec::new(),
                stores: Vec::new(),
                registers: 0,
            },
            families: Vec::new(),
            waiting: Vec::new(),
            planned: HashMap::new(),
            written: written.map(|home| home.root).collect(),
            made: Vec::new(),
            loaded: Vec::new(),
            spread: Vec::new(),
            numbers: Vec::new(),
        };
        for family in alike(emit.lowered, nodes) {
            this.plan(nodes, &family);
            this.waiting.extend(family);
        }
        this
    }

    /// The list of the nodes.
    pub fn list(mut self, nodes: &[Node]) -> Small<T> {
        let emit = self.emit;
        for (number, node) in nodes.iter().enumerate() {
            match &node.work {
                _ if self.waiting.contains(&number) => {}
                Work::Chain(chain) => self.chain(&emit.lowered.chains[*chain]),
                Work::Product {
                    labels,
                    left,
                    right,
                } => self.product(labels, [left, right], &node.writes),
                Work::Copy { parts, advance, .. } => {
                    for (part, &to) in parts.iter().zip(&node.writes) {
                        self.copy(&part.from, to, *advance);
                    }
                }
                // No other work is small.
                _ => {}
            }
        }
        for family in core::mem::take(&mut self.families) {
            self.family(&family);
        }
        self.small
    }

    /// Sees that the elements of a family will lie beside each other.
    fn plan(&mut self, nodes: &[Node], family: &[usize]) {
        let lowered = self.emit.lowered;
        let chains = family.iter().filter_map(|&node| match nodes[node].work {
            Work::Chain(chain) => Some(&lowered.chains[chain]),
            _ => None,
        });
        let chains: Vec<&Chain> = chains.collect();
        let count = chains.iter().map(|chain| chain.count).sum();
        let first = chains[0].reads();
        let views = first.iter().enumerate().map(|(position, view)| {
            if !is_whole(lowered, chains[0], view) {
                return None;
            }
            let start = self.registers(count);
            let mut at = start;
            for chain in &chains {
                self.planned
                    .entry(chain.reads()[position].buffer)
                    .or_insert(at);
                at += chain.count;
            }
            Some(start)
        });
        let views = views.collect();
        self.families.push(Family { chains, views });
    }

    fn family(&mut self, family: &Family<'_>) {
        let first = family.chains[0];
        let mut runs = Vec::new();
        for (position, start) in family.views.iter().enumerate() {
            let Some(start) = *start else {
                runs.push(Run::Same(self.first(first.reads()[position]) as u32));
                continue;
            };
            let mut at = start;
            for chain in &family.chains {
                let from = self.first(chain.reads()[position]);
                // It may be planned to be elsewhere, or be another value with a name more.
                if from != at {
                    self.put(from, walk(&[chain.count], &[1]), at, chain.count);
                }
                at += chain.count;
            }
            runs.push(Run::Elements(start as u32));
        }
        let views = first.reads();
        let count = family.chains.iter().map(|chain| chain.count).sum();
        let mut of_view = |_: &mut Self, view: &View| {
            let position = views.iter().position(|other| *other == view);
            runs[position.unwrap_or(0)]
        };
        let mut results: Vec<Run> = Vec::new();
        for (number, member) in first.members.iter().enumerate() {
            let mut chains = family.chains.iter();
            let stored = chains.any(|chain| self.is_kept(chain.members[number].result));
            let result = self.member(member, count, count, stored, &results, &mut of_view);
            results.push(result);
        }
        let mut offset = 0;
        for chain in &family.chains {
            for (member, result) in chain.members.iter().zip(&results) {
                let (Run::Elements(register) | Run::Same(register)) = *result;
                self.keep(member.result, 0, register as usize + offset, chain.count);
            }
            offset += chain.count;
        }
    }

    /// Whether anything outside reads a buffer.
    fn is_kept(&self, buffer: usize) -> bool {
        let of = &self.emit.lowered.buffers[buffer];
        of.stored && !of.in_registers
    }

    /// Registers for a buffer, where they are planned if they are.
    fn place(&mut self, buffer: usize, count: usize) -> usize {
        match self.planned.get(&buffer) {
            Some(&at) => at,
            None => self.registers(count),
        }
    }

    fn registers(&mut self, count: usize) -> usize {
        let first = self.small.registers;
        self.small.registers += count;
        first
    }

    fn number(&mut self, number: Literal) -> u32 {
        if let Some((_, at)) = self.numbers.iter().find(|(other, _)| *other == number) {
            return *at;
        }
        let register = self.registers(1) as u32; // fewer than 2^32
        self.small.numbers.push((T::of(number), register));
        self.numbers.push((number, register));
        register
    }

    /// The register of the first element of a view.
    fn first(&mut self, view: &View) -> usize {
        // No group has a view of which this is not known.
        let home = self.emit.lowered.home(view.buffer, view.advance);
        let root = home.map(|home| home.root);
        let mut made = self.made.iter().rev();
        if let Some((_, register)) = made.find(|(home, _)| Some(home.root) == root) {
            return register + view.offset;
        }
        let place = self.emit.read(view, &[]);
        let is_there = |other: &Place| Place { len: 0, ..*other } == Place { len: 0, ..place };
        let mut loaded = self.loaded.iter();
        if let Some((_, register)) =
            loaded.find(|(other, _)| is_there(other) && other.len >= place.len)
        {
            return *register;
        }
        let is_whole = view.is_all_of(self.emit.lowered.buffers[view.buffer].len);
        let register = match is_whole {
            true => self.place(view.buffer, place.len),
            false => self.registers(place.len),
        };
        let moved = Moved {
            cell: cell(&place),
            register: register as u32,
            len: place.len as u32,
        };
        // What no step writes is read before the first.
        let is_fixed = place.advance == 0 && root.is_some_and(|root| !self.written.contains(&root));
        match is_fixed {
            true => self.small.once.push(moved),
            false => self.small.loads.push(moved),
        }
        self.loaded.push((place, register));
        register
    }

    /// An operand for each element of a view.
    fn operand(&mut self, view: &View) -> Run {
        let from = self.first(view);
        let walk = walk(&view.dims, &view.strides);
        if walk.period() == Some(1) || view.count() == 1 {
            return Run::Same(from as u32);
        }
        match view.is_dense() {
            true => Run::Elements(from as u32),
            false => Run::Elements(self.spread(view, from, walk) as u32),
        }
    }

    /// The elements of a view beside each other, the first in the register that is returned.
    fn dense(&mut self, view: &View) -> usize {
        let from = self.first(view);
        match view.is_dense() {
            true => from,
            false => self.spread(view, from, walk(&view.dims, &view.strides)),
        }
    }

    fn spread(&mut self, view: &View, from: usize, walk: Walk) -> usize {
        let made = self.made.len();
        // What is made in between may be what the view shows.
        let mut spread = self.spread.iter();
        if let Some((.., to)) = spread.find(|(other, then, _)| other == view && *then == made) {
            return *to;
        }
        let to = self.copied(from, walk, view.count());
        self.spread.push((view.clone(), made, to));
        to
    }

    fn copied(&mut self, from: usize, walk: Walk, count: usize) -> usize {
        let to = self.registers(count);
        self.put(from, walk, to, count);
        to
    }

    fn put(&mut self, from: usize, walk: Walk, to: usize, count: usize) {
        self.small.list.push(Does::Spread(Box::new(Spread {
            from: from as u32,
            walk,
            to: to as u32,
            len: count as u32,
        })));
    }

    /// Says where a buffer is, and sees that it is kept, if anything outside reads it.
    fn keep(&mut self, buffer: usize, advance: usize, register: usize, len: usize) {
        if let Some(home) = self.emit.lowered.home(buffer, advance) {
            self.made.push((home, register));
        }
        if self.is_kept(buffer) {
            let mut to = cell(&self.emit.write(buffer));
            to.advance += advance;
            self.small.stores.push(Moved {
                cell: to,
                register: register as u32,
                len: len as u32,
            });
        }
    }

    fn copy(&mut self, from: &View, to: usize, advance: usize) {
        let register = self.dense(from);
        self.keep(to, advance, register, from.count());
    }

    fn product(&mut self, labels: &Contract, x: [&View; 2], writes: &[usize]) {
        let axes = ProductAxes::of(labels, x);
        let [a, b] = x.map(|view| self.first(view));
        // It writes one.
        let to = writes.first().copied().unwrap_or(0);
        let len = self.emit.lowered.buffers[to].len;
        let c = self.place(to, len);
        // A group has only products that are small.
        let turned = axes.turned().unwrap_or(Turned::Neither);
        let (m, k, n) = (axes.size.m, axes.size.k, axes.size.n);
        for [i, j, at] in axes.entries() {
            let (mut left, mut right) = (a + i, b + j);
            let by = |[columns, outer]: [[usize; 2]; 2]| {
                walk(&[outer[0], columns[0]], &[outer[1], columns[1]])
            };
            let [[row, column], [down, across], _] = axes.strides;
            match turned {
                Turned::Neither => {}
                Turned::Left => left = self.copied(left, by([[m, row], [k, column]]), m * k),
                Turned::Right => right = self.copied(right, by([[n, across], [k, down]]), k * n),
            }
            let product = axes.small([left, right, c + at], turned);
            let product = product.map(|product| Does::Product(Box::new(product)));
            self.small.list.extend(product);
        }
        self.keep(to, 0, c, len);
    }

    fn chain(&mut self, chain: &Chain) {
        let mut results: Vec<Run> = Vec::new();
        for member in &chain.members {
            let (len, stored) = {
                let of = &self.emit.lowered.buffers[member.result];
                (of.len, of.stored)
            };
            let mut view = |this: &mut Self, view: &View| this.operand(view);
            let result = self.member(member, chain.count, len, stored, &results, &mut view);
            results.push(result);
        }
        // What they read is what was there before the chain.
        for (member, result) in chain.members.iter().zip(results) {
            let (Run::Elements(register) | Run::Same(register)) = result;
            let len = self.emit.lowered.buffers[member.result].len;
            self.keep(member.result, 0, register as usize, len);
        }
    }

    /// What a member makes of `count` elements: `len`, in registers.
    fn member(
        &mut self,
        member: &Member,
        count: usize,
        len: usize,
        stored: bool,
        results: &[Run],
        view: &mut impl FnMut(&mut Self, &View) -> Run,
    ) -> Run {
        let x = member.sources.iter().map(|source| match source {
            Source::Member(member) => results[*member],
            Source::Number(number) => Run::Same(self.number(*number)),
            Source::View(of) => view(self, of),
        });
        let x: Vec<Run> = x.collect();
        let to = |this: &mut Self| match len == this.emit.lowered.buffers[member.result].len {
            true => this.place(member.result, len),
            // Of a family.
            false => this.registers(len),
        };
        match &member.part {
            // The same elements are in registers already.
            Part::Element(Element::Unary(Unary::Stop)) if !stored || is_run(x[0], count) => x[0],
            Part::Element(element) => {
                // A function of one or two does not look at the others.
                let x = [0, 1, 2].map(|i| x.get(i).copied().unwrap_or(x[0]));
                let call = call(*element, x, |number: T| Run::Same(self.own(number)));
                let to = to(self);
                self.each(call, to, count)
            }
            // A reduction that nobody reads is not computed.
            Part::Reduce { .. } if !stored => Run::Same(0),
            // Each element alone.
            Part::Reduce { how, dims, strides } if len == count && is_dense(dims, strides) => {
                let f = match how {
                    Reduction::Sum => Binary::Add,
                    Reduction::Max => Binary::Max,
                };
                let first = self.own(join(*how).first());
                let to = to(self);
                self.each(Call::Binary(f, Run::Same(first), x[0]), to, count)
            }
            Part::Reduce { how, dims, strides } => {
                let from = match x[0] {
                    Run::Elements(from) => from,
                    Run::Same(from) => {
                        let to = self.registers(count);
                        self.each(Call::Unary(Function::Stop, Run::Same(from)), to, count);
                        to as u32
                    }
                };
                let to = to(self) as u32;
                self.small.list.push(Does::Join(Box::new(Joined {
                    how: join(*how),
                    from,
                    len: count as u32,
                    to: [to, len as u32],
                    walk: walk(dims, strides),
                })));
                Run::Elements(to)
            }
            // No group draws.
            Part::Draw(_) => Run::Same(0),
        }
    }

    /// The register of a number that the scalar has already.
    fn own(&mut self, number: T) -> u32 {
        let register = self.registers(1) as u32;
        self.small.numbers.push((number, register));
        register
    }

    /// A function of each element, into these registers.
    fn each(&mut self, call: Call<T, Run>, to: usize, count: usize) -> Run {
        let to = to as u32;
        if count == 1 {
            let one = (call.map(|(Run::Elements(x) | Run::Same(x))| x), to);
            match self.small.list.last_mut() {
                Some(Does::Ones(ones)) => ones.push(one),
                _ => self.small.list.push(Does::Ones(vec![one])),
            }
            return Run::Elements(to);
        }
        self.small.list.push(Does::Each(Box::new(Each {
            call,
            to,
            len: count as u32,
        })));
        Run::Elements(to)
    }
}

/// Whether an operand is there for each element.
fn is_run(x: Run, count: usize) -> bool {
    count == 1 || matches!(x, Run::Elements(_))
}

fn cell(place: &Place) -> Cell {
    Cell {
        region: place.region,
        offset: place.offset,
        advance: place.advance,
    }
}
