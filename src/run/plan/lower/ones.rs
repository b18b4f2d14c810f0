//! Successive nodes over one scalar as one chain: the state of a loop over scalars is carried by it, too.

use super::Lowering;
use crate::run::plan::member::{Chain, Element, MEMBERS, Member, Part, Source};
use crate::run::plan::node::{Buffer, Kind, Node, Work};
use crate::run::plan::place::Region;
use crate::run::plan::view::View;
use crate::scalar::Unary;

/// Where a scalar is: in which buffer, how far it moves with each step, and where it begins.
type Home = (usize, usize, usize);

impl Lowering {
    /// Nodes in order, with those over one scalar joined.
    pub(super) fn join_ones(&mut self, nodes: Vec<Node>) -> Vec<Node> {
        let mut all: Vec<Node> = Vec::new();
        for node in nodes {
            let node = self.copy_as_chain(node);
            let here = self.one(&node);
            let before = all.last().and_then(|before| self.one(before));
            if let (Some(first), Some(second)) = (before, here)
                && let Some(members) = self.after(first, second)
            {
                for member in &members {
                    self.done.buffers[member.result].chain = Some(first);
                }
                self.done.chains[first].members.extend(members);
                self.done.chains[second].members.clear();
                continue;
            }
            all.push(node);
        }
        all
    }

    /// The chain that a node is, if it is one over one element.
    fn one(&self, node: &Node) -> Option<usize> {
        match node.work {
            Work::Chain(chain) if self.done.chains[chain].is_one() => Some(chain),
            _ => None,
        }
    }

    /// The members of the second chain as members of the first; nothing if they are too many, or if it cannot be said whether
    /// the second reads what the first wrote.
    fn after(&self, first: usize, second: usize) -> Option<Vec<Member>> {
        let [before, members] = [first, second].map(|chain| &self.done.chains[chain].members);
        let count = before.len();
        if count + members.len() > MEMBERS {
            return None;
        }
        let mut members = members.clone();
        for source in members.iter_mut().flat_map(|member| &mut member.sources) {
            match source {
                Source::Member(member) => *member += count,
                Source::Number(_) => {}
                Source::View(view) => {
                    let home = self.home(view.buffer, view.advance, view.offset)?;
                    let mut writer = None;
                    for (number, member) in before.iter().enumerate() {
                        let written = self.home(member.result, 0, 0)?;
                        match written == home {
                            true => writer = Some(number),
                            // Another element of the same buffer, which in some step may be this one.
                            false if written.0 == home.0 => return None,
                            false => {}
                        }
                    }
                    if let Some(number) = writer {
                        *source = Source::Member(number);
                    }
                }
            }
        }
        Some(members)
    }

    /// Where an element of a buffer is; nothing if that is a part of a part.
    fn home(&self, buffer: usize, advance: usize, offset: usize) -> Option<Home> {
        match self.done.buffers[buffer].stack {
            None => Some((buffer, advance, offset)),
            Some((stack, each)) => {
                let is_whole = self.done.buffers[stack].stack.is_none();
                is_whole.then_some((stack, each + advance, offset))
            }
        }
    }

    /// A copy of one scalar into a place of one as a chain; any other node as it is.
    fn copy_as_chain(&mut self, node: Node) -> Node {
        let Work::Copy {
            parts,
            zero: false,
            advance,
        } = &node.work
        else {
            return node;
        };
        let ([part], &[to]) = (parts.as_slice(), node.writes.as_slice()) else {
            return node;
        };
        let target = &self.done.buffers[to];
        let stack = match (target.stack, *advance) {
            (None, 0) if target.len == 1 => (to, 0),
            (Some(stack), 0) if target.len == 1 => stack,
            (None, 1) => (to, 1),
            _ => return node,
        };
        let is_scalar = target.kind == Kind::Scalar;
        if !is_scalar || part.from.count() != 1 || part.offset != 0 {
            return node;
        }
        self.done.buffers.push(Buffer {
            kind: Kind::Scalar,
            len: 1,
            region: Region::Arena,
            scope: self.scope,
            chain: Some(self.done.chains.len()),
            stored: true,
            used_inside: false,
            stack: Some(stack),
            origin: node.origin.clone(),
        });
        let from = View {
            dims: Vec::new(),
            strides: Vec::new(),
            ..part.from.clone()
        };
        self.done.chains.push(Chain {
            count: 1,
            members: vec![Member {
                part: Part::Element(Element::Unary(Unary::Stop)),
                sources: vec![Source::View(from)],
                result: self.done.buffers.len() - 1,
            }],
            open: false,
            scope: self.scope,
        });
        Node {
            work: Work::Chain(self.done.chains.len() - 1),
            writes: Vec::new(),
            ..node
        }
    }
}
