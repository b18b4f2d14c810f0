//! Chains: which elementwise instructions, and which reductions, run as one node.
//!
//! A chain may grow until something outside of it reads one of its results. It runs when its last member does: all that its
//! members take was there before, and none of it follows from the chain itself, since that would have been a reader.

use super::Lowering;
use crate::program::Reduction;
use crate::run::plan::member::{Chain, Draw, Drawn, Element, MEMBERS, Member, Part, Source};
use crate::run::plan::node::{Kind, Node, Width, Work};
use crate::run::plan::place::Region;
use crate::run::plan::view::{View, dense};
use crate::scalar::Precision;
use crate::tensor::Dims;

impl Lowering {
    /// A function of each element of some views of the same dims.
    pub(super) fn element(&mut self, f: Element, x: &[&View]) -> View {
        let dims = x[0].dims.clone();
        let count = dims.iter().product();
        let result = self.member(Part::Element(f), x, count, count);
        View::whole(result, &dims)
    }

    /// Random numbers, of each key so many: a member like a function of no operand.
    pub(super) fn draw(&mut self, drawn: Drawn, of_each: &Dims, keys: &View) -> View {
        let keys = self.beside(keys);
        let dims: Vec<usize> = keys.dims.iter().chain(of_each.iter()).copied().collect();
        let each = of_each.count();
        let count = dims.iter().product();
        let part = Part::Draw(Draw { keys, each, drawn });
        View::whole(self.member(part, &[], count, count), &dims)
    }

    /// A value rounded to single precision.
    pub(super) fn round(&mut self, x: &View) -> View {
        match self.width {
            Width::Single => x.clone(),
            Width::Double => self.element(Element::Round(Precision::Single), &[x]),
        }
    }

    /// Elements joined along some axes.
    pub(super) fn reduced(&mut self, how: Reduction, axes: &[usize], x: &View) -> View {
        let dims = x.dims.clone();
        let kept: Vec<usize> = (0..dims.len())
            .filter(|axis| !axes.contains(axis))
            .collect();
        let sizes: Vec<usize> = kept.iter().map(|&axis| dims[axis]).collect();
        let mut strides = vec![0; dims.len()];
        for (&axis, stride) in kept.iter().zip(dense(&sizes)) {
            strides[axis] = stride;
        }
        let part = Part::Reduce { how, dims, strides };
        let len = sizes.iter().product();
        View::whole(self.member(part, &[x], x.count(), len), &sizes)
    }

    /// A new member of a chain over `count` elements, with a result of `len`.
    fn member(&mut self, part: Part, x: &[&View], count: usize, len: usize) -> usize {
        let x: Vec<View> = x.iter().map(|x| self.settled(x)).collect();
        // What is no member's result as it is, is read from outside.
        for view in &x {
            if self.made_by(view).is_none() {
                self.read(view);
            }
        }
        let chain = self.chain_for(&x, count);
        let sources = x.iter().map(|view| match self.made_by(view) {
            Some((made, member)) if made == chain => Source::Member(member),
            _ => self.source(view),
        });
        let sources: Vec<Source> = sources.collect();
        for (view, source) in x.iter().zip(&sources) {
            if let Source::View(_) = source {
                self.read(view);
            }
        }
        let result = self.buffer(Kind::Scalar, len);
        self.done.buffers[result].chain = Some(chain);
        self.done.chains[chain].members.push(Member {
            part,
            sources,
            result,
        });
        self.clock += 1;
        let clock = self.clock;
        let of_chain = |node: &&mut Node| matches!(node.work, Work::Chain(c) if c == chain);
        if let Some(node) = self.nodes.iter_mut().rev().find(of_chain) {
            node.at = clock;
        }
        result
    }

    /// What a view is to a chain.
    fn source(&self, view: &View) -> Source {
        let buffer = &self.done.buffers[view.buffer];
        match buffer.region {
            Region::Constant(place) if buffer.kind == Kind::Scalar && buffer.len == 1 => {
                Source::Number(self.done.scalars[place][0])
            }
            _ => Source::View(view.clone()),
        }
    }

    /// The open chain and the member that make a view as it is, element by element.
    fn made_by(&self, view: &View) -> Option<(usize, usize)> {
        let buffer = &self.done.buffers[view.buffer];
        let at = buffer.chain?;
        let chain = &self.done.chains[at];
        let is_here = chain.open && chain.scope == self.scope && chain.count == buffer.len;
        if !is_here || !view.is_all_of(buffer.len) {
            return None;
        }
        let member = chain.members.iter().position(|m| m.result == view.buffer)?;
        let is_each = chain.members[member].part.is_each();
        is_each.then_some((at, member))
    }

    /// The chain that a member with these arguments joins.
    fn chain_for(&mut self, x: &[View], count: usize) -> usize {
        let mut found: Option<usize> = None;
        for view in x {
            if let Some((chain, _)) = self.made_by(view)
                && self.has_room(chain)
            {
                found = match found {
                    Some(first) if first != chain => Some(self.merged(first, chain)),
                    _ => Some(chain),
                };
            }
        }
        // One that reads the same, if it is more than a number.
        let has_many = |view: &View| view.strides.iter().any(|&stride| stride > 0);
        let reads_same = |chain: usize| {
            let views = self.done.chains[chain].members.iter();
            let mut views = views.flat_map(|member| &member.sources);
            views.any(
                |source| matches!(source, Source::View(view) if has_many(view) && x.contains(view)),
            )
        };
        let found = found.or_else(|| {
            let recent = self.nodes.iter().rev().take(8);
            let mut chains = recent.filter_map(|node| match node.work {
                Work::Chain(chain) => Some(chain),
                _ => None,
            });
            chains.find(|&chain| {
                let candidate = &self.done.chains[chain];
                candidate.open
                    && candidate.count == count
                    && candidate.scope == self.scope
                    && self.has_room(chain)
                    && reads_same(chain)
            })
        });
        match found {
            Some(chain) => chain,
            None => {
                self.done.chains.push(Chain {
                    count,
                    members: Vec::new(),
                    open: true,
                    scope: self.scope,
                });
                let chain = self.done.chains.len() - 1;
                self.push(Work::Chain(chain), Vec::new());
                chain
            }
        }
    }

    fn has_room(&self, chain: usize) -> bool {
        self.is_fused && self.done.chains[chain].members.len() < MEMBERS
    }

    /// Two open chains over one space as one, if there is room.
    fn merged(&mut self, first: usize, second: usize) -> usize {
        let [a, b] = [first, second].map(|chain| self.done.chains[chain].members.len());
        if a + b >= MEMBERS {
            return first;
        }
        let more = core::mem::take(&mut self.done.chains[second].members);
        self.done.chains[second].open = false;
        for mut member in more {
            for source in &mut member.sources {
                if let Source::Member(member) = source {
                    *member += a;
                }
            }
            self.done.buffers[member.result].chain = Some(first);
            self.done.chains[first].members.push(member);
        }
        self.nodes
            .retain(|node| !matches!(node.work, Work::Chain(chain) if chain == second));
        first
    }
}
