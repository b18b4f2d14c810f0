//! A program as a plan sees it: buffers, and nodes that read views of some and write others.

use super::member::Chain;
use super::origin::Origin;
use super::patches::Patches;
use super::place::Region;
use super::pools::How;
use super::view::View;
use crate::program::{AnyKernel, ArgMax, Contract, CumSum, Fold, Gather, ScatterAdd, TopK, Unfold};
use crate::scalar::Literal;
use crate::tensor::{Key, Type};
use cotangent_kernels::Pool;

/// How exact the scalars of the run are: a precision above changes nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Width {
    Single,
    Double,
}

/// What the elements of a buffer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar,
    Index,
    Key,
}

impl Kind {
    pub fn of(ty: &Type) -> Kind {
        match ty {
            Type::Scalar(..) => Kind::Scalar,
            Type::Index { .. } => Kind::Index,
            Type::Key(_) => Kind::Key,
        }
    }
}

/// A run of memory that holds a value.
#[derive(Clone, Debug)]
pub(super) struct Buffer {
    pub kind: Kind,
    /// How many elements.
    pub len: usize,
    pub region: Region,
    /// The loop whose steps each make it anew; 0 is none.
    pub scope: usize,
    /// The chain that makes it, if one does.
    pub chain: Option<usize>,
    /// Whether anything outside of its chain reads it.
    pub stored: bool,
    /// Whether nothing outside of its group of small nodes reads it.
    pub in_registers: bool,
    /// Whether a loop within its scope reads or writes it.
    pub used_inside: bool,
    /// If it is a part of another buffer, such as a stack that the steps of a loop write: which, and how far apart they do.
    pub stack: Option<(usize, usize)>,
    /// What makes it.
    pub origin: Origin,
}

/// Where a value is: in which buffer, how far it moves with each step of the loop around it, and how many elements it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Home {
    pub root: usize,
    pub advance: usize,
    pub len: usize,
}

/// A view that is copied into a part of a buffer.
#[derive(Clone, Debug)]
pub(super) struct Copied {
    pub from: View,
    /// Where its first element goes.
    pub offset: usize,
    /// Strides in the buffer.
    pub strides: Vec<usize>,
}

/// What a node does.
#[derive(Clone, Debug)]
pub(super) enum Work {
    /// By its number.
    Chain(usize),
    /// The views that are read, by the parts of the result; zeros elsewhere, if there is an elsewhere.
    Copy {
        parts: Vec<Copied>,
        zero: bool,
        advance: usize,
    },
    Product {
        labels: Contract,
        left: View,
        right: View,
    },
    /// A product with windows over images.
    Patches {
        patches: Patches,
        left: View,
        right: View,
    },
    /// A pool over images, or the gradient of one.
    Pool {
        how: How,
        pool: Box<Pool>,
        reads: Vec<View>,
    },
    Gather {
        prim: Gather,
        dims: Vec<usize>,
        table: View,
        indices: View,
    },
    ScatterAdd {
        prim: ScatterAdd,
        dims: Vec<usize>,
        x: View,
        indices: View,
    },
    OneHot {
        classes: usize,
        indices: View,
    },
    ToScalar {
        indices: View,
    },
    /// From the scalars 0 and 1.
    ToIndex {
        x: View,
    },
    ArgMax {
        prim: ArgMax,
        smallest: bool,
        x: View,
    },
    TopK {
        prim: TopK,
        x: View,
    },
    CumSum {
        prim: CumSum,
        x: View,
    },
    Unfold {
        prim: Unfold,
        image: [usize; 2],
        x: View,
    },
    Fold {
        prim: Fold,
        x: View,
    },
    /// By a kernel of a user.
    Kernel {
        kernel: AnyKernel,
        tensors: Vec<View>,
        labels: Vec<View>,
    },
    /// Keys with a number folded in.
    FoldIn {
        number: u32,
        keys: View,
    },
    /// Each key with an index of its own folded in.
    FoldInIndex {
        keys: View,
        indices: View,
    },
    Loop {
        length: usize,
        reverse: bool,
        scope: usize,
        nodes: Vec<Node>,
    },
    /// Nodes over small values, in order.
    Small(Vec<Node>),
}

#[derive(Clone, Debug)]
pub(super) struct Node {
    /// When it runs: nodes are sorted by it.
    pub at: usize,
    pub work: Work,
    /// What it comes from.
    pub origin: Origin,
    /// The buffers that it writes. Those of a chain are known in the end.
    pub writes: Vec<usize>,
}

impl Work {
    /// The views that it reads; those of a chain, of a loop and of a group are not among them.
    pub fn reads(&self) -> Vec<&View> {
        match self {
            Work::Chain(_) | Work::Loop { .. } | Work::Small(_) => Vec::new(),
            Work::Copy { parts, .. } => parts.iter().map(|part| &part.from).collect(),
            Work::Product { left, right, .. } | Work::Patches { left, right, .. } => {
                vec![left, right]
            }
            Work::Pool { reads, .. } => reads.iter().collect(),
            Work::Gather {
                table: x, indices, ..
            }
            | Work::ScatterAdd { x, indices, .. }
            | Work::FoldInIndex { keys: x, indices } => {
                vec![x, indices]
            }
            Work::OneHot { indices: x, .. }
            | Work::ToScalar { indices: x }
            | Work::ToIndex { x }
            | Work::ArgMax { x, .. }
            | Work::TopK { x, .. }
            | Work::CumSum { x, .. }
            | Work::Unfold { x, .. }
            | Work::Fold { x, .. }
            | Work::FoldIn { keys: x, .. } => vec![x],
            Work::Kernel {
                tensors, labels, ..
            } => tensors.iter().chain(labels).collect(),
        }
    }
}

impl Lowered {
    /// The views that a node reads, of a group those of what was there before it; of a loop none.
    pub fn reads<'l>(&'l self, node: &'l Node) -> Vec<&'l View> {
        match node.work {
            Work::Chain(chain) => {
                let chain = &self.chains[chain];
                let keys = chain.draws().map(|draw| &draw.keys);
                chain.reads().into_iter().chain(keys).collect()
            }
            Work::Small(ref nodes) => {
                let mut made: Vec<usize> = Vec::new();
                let mut all = Vec::new();
                for node in nodes {
                    let reads = self.reads(node).into_iter();
                    all.extend(reads.filter(|view| !made.contains(&view.buffer)));
                    made.extend(self.made(node));
                }
                all
            }
            _ => node.work.reads(),
        }
    }

    /// The buffers that a node makes, those that nothing outside of it reads among them; of a loop none.
    pub fn made(&self, node: &Node) -> Vec<usize> {
        match &node.work {
            Work::Chain(chain) => {
                let members = self.chains[*chain].members.iter();
                members.map(|member| member.result).collect()
            }
            Work::Small(nodes) => nodes.iter().flat_map(|node| self.made(node)).collect(),
            _ => node.writes.clone(),
        }
    }

    /// Where a buffer is, or a part of it that moves with each step of a loop; nothing if that is a part of a part.
    pub fn home(&self, buffer: usize, advance: usize) -> Option<Home> {
        let Buffer { stack, len, .. } = self.buffers[buffer];
        let (root, advance) = match stack {
            None => (buffer, advance),
            Some((stack, each)) => (stack, each + advance),
        };
        let is_root = self.buffers[root].stack.is_none();
        is_root.then_some(Home { root, advance, len })
    }
}

/// A program of nodes.
#[derive(Debug, Default)]
pub(super) struct Lowered {
    pub buffers: Vec<Buffer>,
    pub chains: Vec<Chain>,
    pub nodes: Vec<Node>,
    /// The numbers of scalar constants: buffers of region `Constant` hold them.
    pub scalars: Vec<Vec<Literal>>,
    pub indices: Vec<Vec<usize>>,
    pub keys: Vec<Vec<Key>>,
    /// For each loop the one around it. The first stands for none.
    pub parents: Vec<usize>,
    /// The buffers that keep their values from run to run.
    pub carried: Vec<usize>,
    /// The outputs, of each kind in order.
    pub outputs: Vec<(Kind, usize)>,
}
