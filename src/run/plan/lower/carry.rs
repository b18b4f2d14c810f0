//! What is carried from one step to the next, of a loop or of the runs of a plan: the new value takes the place of the old one.

use super::Lowering;
use crate::run::plan::node::{Node, Work};
use crate::run::plan::place::Region;
use crate::run::plan::view::View;

impl Lowering {
    /// Sees that the next values are where those of this step were.
    pub(super) fn carry(&mut self, carried: &[View], next: &[View]) {
        // A value that another carries as it was is taken out before that is overwritten.
        let next = next.iter().zip(carried).map(|(next, here)| {
            let others = carried.iter().any(|other| other.buffer == next.buffer);
            match others && next != here {
                true => View::whole(self.copied(next), &next.dims),
                false => next.clone(),
            }
        });
        let next: Vec<View> = next.collect();
        for (next, here) in next.into_iter().zip(carried) {
            if next != *here && !self.made_in_place(&next, here.buffer) {
                let from = self.any(&next);
                self.copy_into(here.buffer, from, 0, 0);
            }
        }
    }

    /// Whether a carried value is made where it was: nothing reads it as it was after that, and the chain that makes it reads
    /// it element by element.
    fn made_in_place(&mut self, next: &View, here: usize) -> bool {
        let buffer = &self.done.buffers[next.buffer];
        let is_own = buffer.scope == self.scope
            && buffer.region == Region::Arena
            && buffer.stack.is_none()
            && !buffer.used_inside
            && next.is_all_of(buffer.len);
        let Some(chain) = buffer.chain.filter(|_| is_own) else {
            return false;
        };
        let is_element = self.done.chains[chain]
            .members
            .iter()
            .any(|member| member.result == next.buffer && member.part.is_each());
        let mut before = true;
        let mut is_free = true;
        let mut nodes: Vec<&Node> = self.nodes.iter().collect();
        nodes.sort_by_key(|node| node.at);
        for node in nodes {
            let is_maker = matches!(node.work, Work::Chain(other) if other == chain);
            let mut of_here = Vec::new();
            self.reads_of(node, here, &mut of_here);
            is_free &= match (is_maker, before) {
                (true, _) => match of_here.as_slice() {
                    [] => true,
                    [one] => one.is_all_of(self.done.buffers[here].len),
                    _ => false,
                },
                (false, true) => true,
                (false, false) => of_here.is_empty(),
            };
            before &= !is_maker;
        }
        if !is_element || !is_free {
            return false;
        }
        self.read(next);
        self.done.buffers[next.buffer].stack = Some((here, 0));
        true
    }

    /// The views of a buffer that a node reads, and the nodes inside of it.
    fn reads_of<'n>(&'n self, node: &'n Node, buffer: usize, all: &mut Vec<&'n View>) {
        let reads = self.done.reads(node).into_iter();
        all.extend(reads.filter(|view| view.buffer == buffer));
        if let Work::Loop { nodes, .. } = &node.work {
            for node in nodes {
                self.reads_of(node, buffer, all);
            }
        }
    }
}
