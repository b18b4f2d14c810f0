//! Successive nodes over small values as one: the way to a kernel would take longer than the kernel.

use super::Lowering;
use crate::run::plan::node::{Home, Kind, Lowered, Node, Work};
use crate::run::plan::place::Region;
use crate::run::plan::product_axes::ProductAxes;
use crate::run::plan::view::{View, dense};

/// A product in a group has at most so many multiplications for each element that a value may have.
const MULTIPLICATIONS: usize = 8;

/// A group reads and makes at most so many elements for each that a value may have.
const GROUP: usize = 16;

/// Nodes that become one.
struct Group {
    nodes: Vec<Node>,
    /// How many elements they read and make.
    elements: usize,
    /// Where they write.
    written: Vec<Home>,
}

impl Lowering {
    /// Joins nodes over values of at most so many elements.
    pub(super) fn group(&mut self, small: usize) {
        let nodes = core::mem::take(&mut self.done.nodes);
        self.done.nodes = with_groups(&self.done, nodes, small);
        let (mut read, mut made) = (vec![false; self.done.buffers.len()], Vec::new());
        visit(&self.done, &self.done.nodes, &mut read, &mut made);
        for buffer in made {
            let is_carried = self.done.carried.contains(&buffer);
            let of = &mut self.done.buffers[buffer];
            let is_kept = is_carried || of.stack.is_some() || of.region != Region::Arena;
            of.in_registers = !read[buffer] && !is_kept;
        }
    }
}

/// The nodes with groups among them.
fn with_groups(lowered: &Lowered, nodes: Vec<Node>, small: usize) -> Vec<Node> {
    let mut all: Vec<Node> = Vec::new();
    let mut group = Group::new();
    for mut node in nodes {
        if let Some((elements, written)) = lowered.small(&node, small) {
            let reads = lowered.reads(&node);
            let fits = group.elements + elements <= GROUP * small
                && reads.iter().all(|view| group.has(lowered, view))
                && group.agrees(&written);
            if !fits {
                group.end(&mut all);
            }
            group.elements += elements;
            group.written.extend(written);
            group.nodes.push(node);
            continue;
        }
        group.end(&mut all);
        if let Work::Loop { nodes, .. } = &mut node.work {
            *nodes = with_groups(lowered, core::mem::take(nodes), small);
        }
        all.push(node);
    }
    group.end(&mut all);
    all
}

/// Which buffers nodes read, and which the groups among them make.
fn visit(lowered: &Lowered, nodes: &[Node], read: &mut [bool], made: &mut Vec<usize>) {
    for node in nodes {
        for view in lowered.reads(node) {
            read[view.buffer] = true;
        }
        match &node.work {
            Work::Loop { nodes, .. } => visit(lowered, nodes, read, made),
            Work::Small(_) => made.extend(lowered.made(node)),
            _ => {}
        }
    }
}

impl Group {
    fn new() -> Self {
        Group {
            nodes: Vec::new(),
            elements: 0,
            written: Vec::new(),
        }
    }

    /// Whether it is known where a view is: if it is written here, then in the same place in every step of a loop.
    fn has(&self, lowered: &Lowered, view: &View) -> bool {
        let Some(home) = lowered.home(view.buffer, view.advance) else {
            return false;
        };
        let mut same = self
            .written
            .iter()
            .filter(|written| written.root == home.root);
        let end = view.offset + view.span();
        same.all(|written| written.advance == home.advance && end <= written.len)
    }

    /// Whether what is written twice is written at the same place.
    fn agrees(&self, written: &[Home]) -> bool {
        let differs = |a: &Home, b: &Home| a.root == b.root && a != b;
        !written
            .iter()
            .any(|a| self.written.iter().any(|b| differs(a, b)))
    }

    /// Puts it behind the nodes before it.
    fn end(&mut self, all: &mut Vec<Node>) {
        let group = core::mem::replace(self, Group::new());
        let Some(first) = group.nodes.first() else {
            return;
        };
        let (at, origin) = (first.at, first.origin.clone());
        all.push(Node {
            at,
            origin,
            work: Work::Small(group.nodes),
            writes: Vec::new(),
        });
    }
}

impl Lowered {
    /// How many elements a node over small values reads and makes, and where it writes. Nothing of another node.
    fn small(&self, node: &Node, most: usize) -> Option<(usize, Vec<Home>)> {
        let is_small = match &node.work {
            Work::Chain(chain) => {
                let chain = &self.chains[*chain];
                (1..=most).contains(&chain.count) && chain.draws().next().is_none()
            }
            Work::Product {
                labels,
                left,
                right,
            } => {
                let axes = ProductAxes::of(labels, [left, right]);
                axes.multiplications() <= MULTIPLICATIONS * most && axes.turned().is_some()
            }
            Work::Copy {
                parts,
                zero: false,
                advance,
            } => match (parts.as_slice(), node.writes.as_slice()) {
                ([part], &[to]) => {
                    let of = &self.buffers[to];
                    let count = part.from.count();
                    let is_whole = count == if *advance > 0 { *advance } else { of.len };
                    let is_plain = part.offset == 0 && part.strides == dense(&part.from.dims);
                    of.kind == Kind::Scalar && (1..=most).contains(&count) && is_plain && is_whole
                }
                _ => false,
            },
            _ => false,
        };
        if !is_small {
            return None;
        }
        let advance = match node.work {
            Work::Copy { advance, .. } => advance,
            _ => 0,
        };
        let mut written = Vec::new();
        let mut elements = 0;
        for buffer in self.made(node) {
            let mut home = self.home(buffer, advance)?;
            if advance > 0 {
                home.len = advance;
            }
            elements += home.len;
            written.push(home);
        }
        for view in self.reads(node) {
            self.home(view.buffer, view.advance)?;
            // A copy in order may be needed.
            elements += view.span() + view.count();
        }
        let fits = elements <= GROUP * most;
        fits.then_some((elements, written))
    }
}
