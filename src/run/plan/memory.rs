//! The memory plan: how long each buffer lives, and where in the arena it lies.
//!
//! The largest is placed first, each at the lowest place that is free while it lives. A result of a chain takes the place of an
//! operand that it is the last to read.

use super::node::{Kind, Lowered, Node, Work};
use super::offsets::{Life, aligned, bound, offsets, rounded};
use super::place::Region;
use super::view::View;

/// Where everything is.
#[derive(Debug)]
pub(super) struct MemoryPlan {
    /// Of each buffer in an arena.
    pub offsets: Vec<usize>,
    /// Of each buffer that is used at all.
    pub lives: Vec<Option<Life>>,
    /// The operand whose place a result of a chain takes.
    pub replaces: Vec<Option<usize>>,
    /// How many elements the arena of each kind has.
    pub sizes: [usize; 3],
    /// The largest sum of what is live at once, for each kind: no plan has less.
    pub bounds: [usize; 3],
}

/// The buffers that a node reads and writes; of a loop none.
pub(super) fn accesses(lowered: &Lowered, node: &Node) -> (Vec<usize>, Vec<usize>) {
    let reads = lowered.reads(node).iter().map(|view| view.buffer).collect();
    let writes = match node.work {
        Work::Chain(chain) => {
            let results = lowered.chains[chain].members.iter();
            let results = results.map(|member| member.result);
            let stored = results.filter(|&result| lowered.buffers[result].stored);
            stored.collect()
        }
        Work::Small(_) => {
            let mut kept = lowered.made(node);
            kept.retain(|&buffer| {
                let of = &lowered.buffers[buffer];
                of.stored && !of.in_registers
            });
            kept
        }
        _ => node.writes.clone(),
    };
    (reads, writes)
}

struct Planner<'l> {
    lowered: &'l Lowered,
    lives: Vec<Option<Life>>,
    /// Of each loop.
    loops: Vec<Life>,
    /// The chains with their time, in order.
    chains: Vec<(usize, usize)>,
    time: usize,
}

impl Planner<'_> {
    fn visit(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.time += 1;
            let time = self.time;
            if let Work::Loop {
                scope: inner,
                nodes,
                ..
            } = &node.work
            {
                self.visit(nodes);
                self.time += 1;
                self.loops[*inner] = Life {
                    first: time,
                    last: self.time,
                };
                continue;
            }
            if let Work::Chain(chain) = node.work {
                self.chains.push((chain, time));
            }
            let (reads, writes) = accesses(self.lowered, node);
            for buffer in reads.into_iter().chain(writes) {
                self.touch(
                    buffer,
                    Life {
                        first: time,
                        last: time,
                    },
                );
            }
        }
    }

    fn touch(&mut self, buffer: usize, life: Life) {
        // What is written into a stack is a part of it.
        if let Some((stack, _)) = self.lowered.buffers[buffer].stack {
            self.touch(stack, life);
        }
        let all = self.lives[buffer].map_or(life, |before| before.of(life));
        self.lives[buffer] = Some(all);
    }
}

impl MemoryPlan {
    pub fn of(lowered: &Lowered) -> MemoryPlan {
        let buffers = &lowered.buffers;
        let mut planner = Planner {
            lowered,
            lives: vec![None; buffers.len()],
            loops: vec![Life { first: 0, last: 0 }; lowered.parents.len()],
            chains: Vec::new(),
            time: 0,
        };
        planner.visit(&lowered.nodes);
        let last = planner.time + 1;
        for &buffer in &lowered.carried {
            planner.touch(buffer, Life { first: 0, last });
        }
        let scopes = scopes_of_accesses(lowered);
        let Planner {
            mut lives,
            loops,
            chains,
            ..
        } = planner;
        // What a loop uses of what is outside lives as long as the loop.
        for (buffer, mut scope) in scopes {
            let home = buffers[buffer].scope;
            while scope != home && scope != 0 {
                lives[buffer] = lives[buffer].map(|life| life.of(loops[scope]));
                scope = lowered.parents[scope];
            }
        }
        let replaces = replaced(lowered, &chains, &lives);
        let mut plan = MemoryPlan {
            offsets: vec![0; buffers.len()],
            lives,
            replaces,
            sizes: [0; 3],
            bounds: [0; 3],
        };
        for kind in [Kind::Scalar, Kind::Index, Kind::Key] {
            plan.place(lowered, kind);
        }
        plan
    }

    /// The buffer whose place a buffer takes in the end.
    fn root(&self, mut buffer: usize) -> usize {
        while let Some(before) = self.replaces[buffer] {
            buffer = before;
        }
        buffer
    }

    fn place(&mut self, lowered: &Lowered, kind: Kind) {
        let buffers = &lowered.buffers;
        // A place with its life: that of all buffers that take it one after the other.
        let mut lives: Vec<Option<Life>> = vec![None; buffers.len()];
        let in_arena = |buffer: &usize| {
            let of = &buffers[*buffer];
            of.kind == kind && of.region == Region::Arena && of.stack.is_none()
        };
        let all: Vec<usize> = (0..buffers.len()).filter(in_arena).collect();
        for &buffer in &all {
            if let Some(life) = self.lives[buffer] {
                let root = self.root(buffer);
                lives[root] = Some(lives[root].map_or(life, |before| before.of(life)));
            }
        }
        // What is carried lies in front: nothing ever takes its place, and so plans that carry the same have it at the same places.
        let carried: Vec<usize> = lowered.carried.iter().copied().filter(in_arena).collect();
        let others = all
            .iter()
            .copied()
            .filter(|buffer| !carried.contains(buffer));
        let (mut front, mut bounds) = (0, 0);
        for each in [carried.clone(), others.collect()] {
            let runs: Vec<(usize, usize, Life)> = each
                .iter()
                .filter_map(|&buffer| Some((buffer, rounded(buffers[buffer].len), lives[buffer]?)))
                .filter(|(_, len, _)| *len > 0)
                .collect();
            let lens: Vec<(usize, Life)> = runs.iter().map(|&(_, len, life)| (len, life)).collect();
            let (offsets, size) = offsets(&lens);
            let start = aligned(front);
            for (&(buffer, _, _), offset) in runs.iter().zip(offsets) {
                self.offsets[buffer] = start + offset;
            }
            if size > 0 {
                front = start + size;
                bounds += bound(&lens);
            }
        }
        for &buffer in &all {
            self.offsets[buffer] = self.offsets[self.root(buffer)];
        }
        self.sizes[kind as usize] = front;
        self.bounds[kind as usize] = bounds;
    }
}

/// Each buffer with the loop in which it is accessed.
fn scopes_of_accesses(lowered: &Lowered) -> Vec<(usize, usize)> {
    fn visit(lowered: &Lowered, nodes: &[Node], scope: usize, all: &mut Vec<(usize, usize)>) {
        for node in nodes {
            if let Work::Loop {
                scope: inner,
                nodes,
                ..
            } = &node.work
            {
                visit(lowered, nodes, *inner, all);
                continue;
            }
            let (reads, writes) = accesses(lowered, node);
            for buffer in reads.into_iter().chain(writes) {
                if lowered.buffers[buffer].scope != scope {
                    all.push((buffer, scope));
                }
                if let Some((stack, _)) = lowered.buffers[buffer].stack {
                    all.push((stack, scope));
                }
            }
        }
    }
    let mut all = Vec::new();
    visit(lowered, &lowered.nodes, 0, &mut all);
    all
}

/// For each result of a chain the operand whose place it takes, if there is one: the chain reads it last, and only as it is.
fn replaced(
    lowered: &Lowered,
    chains: &[(usize, usize)],
    lives: &[Option<Life>],
) -> Vec<Option<usize>> {
    let buffers = &lowered.buffers;
    let mut replaces = vec![None; buffers.len()];
    for &(at, time) in chains {
        let chain = &lowered.chains[at];
        let reads = chain.reads();
        let is_free = |view: &View| {
            let buffer = &buffers[view.buffer];
            buffer.region == Region::Arena
                && buffer.stack.is_none()
                && buffer.scope == chain.scope
                && lives[view.buffer].is_some_and(|life| life.last == time)
                && view.is_all_of(buffer.len)
                && reads
                    .iter()
                    .filter(|other| other.buffer == view.buffer)
                    .count()
                    == 1
        };
        let mut free: Vec<usize> = reads
            .iter()
            .filter(|view| is_free(view))
            .map(|view| view.buffer)
            .collect();
        for member in &chain.members {
            let result = &buffers[member.result];
            // What is carried to the next step takes the place of what was carried to this one.
            if let Some((home, 0)) = result.stack
                && reads.iter().any(|view| view.buffer == home)
            {
                replaces[member.result] = Some(home);
            }
            let is_whole = member.part.is_each();
            let has_place =
                result.stored && result.region == Region::Arena && result.stack.is_none();
            if is_whole
                && has_place
                && let Some(operand) = free.pop()
            {
                replaces[member.result] = Some(operand);
            }
        }
    }
    replaces
}
