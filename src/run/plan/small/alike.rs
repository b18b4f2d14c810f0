//! Chains that do the same with different values, as the updates of several parameters: they run as one, over the elements of all.

use crate::run::plan::member::{Chain, Source};
use crate::run::plan::node::{Lowered, Node, Work};
use crate::run::plan::view::View;

/// By the numbers of their nodes, which all could as well be the last ones: two or more each.
pub(super) fn alike(lowered: &Lowered, nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = Vec::new();
    for (i, node) in nodes.iter().enumerate() {
        let Work::Chain(chain) = node.work else {
            continue;
        };
        let chain = &lowered.chains[chain];
        if !is_each(lowered, chain) || !can_wait(lowered, node, &nodes[i + 1..]) {
            continue;
        }
        let is_same = |family: &&mut Vec<usize>| match nodes[family[0]].work {
            Work::Chain(first) => are_same(lowered, &lowered.chains[first], chain),
            _ => false,
        };
        match all.iter_mut().find(is_same) {
            Some(family) => family.push(i),
            None => all.push(vec![i]),
        }
    }
    all.retain(|family| family.len() > 1);
    all
}

/// Whether a chain is functions of elements that lie beside each other, and of numbers.
fn is_each(lowered: &Lowered, chain: &Chain) -> bool {
    let is_whole = |view: &&View| is_whole(lowered, chain, view);
    let fits = |view: &&View| is_whole(view) || is_number(view);
    chain.members.iter().all(|member| member.part.is_each())
        && chain.reads().iter().all(fits)
        && chain.reads().iter().any(is_whole)
}

/// Whether a view of a chain has all elements of a buffer, in order.
pub(super) fn is_whole(lowered: &Lowered, chain: &Chain, view: &View) -> bool {
    view.count() == chain.count && view.is_all_of(lowered.buffers[view.buffer].len)
}

fn is_number(view: &View) -> bool {
    let mut axes = view.dims.iter().zip(&view.strides);
    axes.all(|(dim, stride)| *dim == 1 || *stride == 0)
}

/// Whether nothing that runs later reads what a node writes, or writes what it reads or writes.
fn can_wait(lowered: &Lowered, node: &Node, later: &[Node]) -> bool {
    let root = |buffer: usize| lowered.home(buffer, 0).map(|home| home.root);
    let read = |node: &Node| -> Vec<Option<usize>> {
        let views = lowered.reads(node).into_iter();
        views.map(|view| root(view.buffer)).collect()
    };
    let written = |node: &Node| -> Vec<Option<usize>> {
        let buffers = lowered.made(node).into_iter();
        buffers.map(root).collect()
    };
    let (reads, writes) = (read(node), written(node));
    later.iter().all(|node| {
        let (then_reads, then_writes) = (read(node), written(node));
        writes
            .iter()
            .all(|write| !then_reads.contains(write) && !then_writes.contains(write))
            && reads.iter().all(|read| !then_writes.contains(read))
    })
}

/// Whether two chains do the same, each with its elements.
fn are_same(lowered: &Lowered, a: &Chain, b: &Chain) -> bool {
    let (a_reads, b_reads) = (a.reads(), b.reads());
    let are_same_source = |(x, y): (&Source, &Source)| match (x, y) {
        (Source::View(x), Source::View(y)) => {
            a_reads.iter().position(|view| *view == x) == b_reads.iter().position(|view| *view == y)
        }
        (x, y) => x == y,
    };
    let are_same_view = |(x, y): (&&View, &&View)| {
        let (is_x, is_y) = (is_whole(lowered, a, x), is_whole(lowered, b, y));
        let is_one = (x.buffer, x.offset, x.advance) == (y.buffer, y.offset, y.advance);
        (is_x && is_y) || (!is_x && !is_y && is_one)
    };
    a.members.len() == b.members.len()
        && a_reads.len() == b_reads.len()
        && a_reads.iter().zip(&b_reads).all(are_same_view)
        && a.members.iter().zip(&b.members).all(|(x, y)| {
            let sources = x.sources.iter().zip(&y.sources);
            x.part == y.part
                && x.sources.len() == y.sources.len()
                && sources.into_iter().all(are_same_source)
        })
}
