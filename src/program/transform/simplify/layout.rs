//! Equations of layout: the same elements at the same places. They hold over whatever the elements are.

use super::known::{Identity, Known, Rewrite, made};
use crate::program::primitives::{
    Broadcast, Concat, Constant, Full, Pad, Permute, Reduce, Reduction, Reshape, Slice,
};
use crate::program::syntax::Prim;
use crate::scalar::Literal;

pub(super) const IDENTITIES: &[Identity] = &[
    Identity {
        name: "reshape to the same dims = x",
        apply: reshape_to_same,
    },
    Identity {
        name: "reshape of reshape = reshape",
        apply: reshape_of_reshape,
    },
    Identity {
        name: "permute that moves nothing = x",
        apply: permute_of_nothing,
    },
    Identity {
        name: "permute of permute = permute",
        apply: permute_of_permute,
    },
    Identity {
        name: "broadcast to the same dims = x",
        apply: broadcast_to_same,
    },
    Identity {
        name: "broadcast of broadcast = broadcast",
        apply: broadcast_of_broadcast,
    },
    Identity {
        name: "slice of all = x",
        apply: slice_of_all,
    },
    Identity {
        name: "slice of slice = slice",
        apply: slice_of_slice,
    },
    Identity {
        name: "slice inside of pad = slice",
        apply: slice_of_pad,
    },
    Identity {
        name: "pad by nothing = x",
        apply: pad_by_nothing,
    },
    Identity {
        name: "pad of pad = pad",
        apply: pad_of_pad,
    },
    Identity {
        name: "concat of one = x",
        apply: concat_of_one,
    },
    Identity {
        name: "largest over no axes = x",
        apply: max_over_nothing,
    },
    Identity {
        name: "layout of a number = the number",
        apply: layout_of_number,
    },
    Identity {
        name: "reshape of a constant = constant",
        apply: reshape_of_constant,
    },
];

fn reshape_to_same(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Reshape(Reshape(dims)), &[x]) if k.dims(x) == dims => Some(Rewrite::Value(x)),
        _ => None,
    }
}

fn reshape_of_reshape(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Reshape(reshape), &[y]) => match k.made(y)? {
            (Prim::Reshape(_), &[x]) => made(reshape.clone(), [x]),
            _ => None,
        },
        _ => None,
    }
}

fn permute_of_nothing(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Permute(Permute(axes)), &[x]) if axes.is_sorted() => Some(Rewrite::Value(x)),
        _ => None,
    }
}

fn permute_of_permute(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Permute(Permute(outer)), &[y]) => match k.made(y)? {
            (Prim::Permute(Permute(inner)), &[x]) => {
                let axes = outer.iter().map(|&axis| inner[axis]).collect();
                made(Permute(axes), [x])
            }
            _ => None,
        },
        _ => None,
    }
}

fn broadcast_to_same(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Broadcast(Broadcast(dims, _)), &[x]) if k.dims(x) == dims => Some(Rewrite::Value(x)),
        _ => None,
    }
}

fn broadcast_of_broadcast(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Broadcast(Broadcast(dims, outer)), &[y]) => match k.made(y)? {
            (Prim::Broadcast(Broadcast(_, inner)), &[x]) => {
                let axes = inner.iter().map(|&axis| outer[axis]).collect();
                made(Broadcast(dims.clone(), axes), [x])
            }
            _ => None,
        },
        _ => None,
    }
}

fn slice_of_all(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (&Prim::Slice(Slice { axis, len, .. }), &[x]) if k.dims(x)[axis] == len => {
            Some(Rewrite::Value(x))
        }
        _ => None,
    }
}

fn slice_of_slice(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (&Prim::Slice(Slice { axis, start, len }), &[y]) => match k.made(y)? {
            (Prim::Slice(inner), &[x]) if inner.axis == axis => {
                // Both are inside of one axis.
                let start = inner.start + start;
                made(Slice { axis, start, len }, [x])
            }
            _ => None,
        },
        _ => None,
    }
}

fn slice_of_pad(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (&Prim::Slice(Slice { axis, start, len }), &[y]) => match k.made(y)? {
            (Prim::Pad(inner), &[x]) if inner.axis == axis => {
                let start = start.checked_sub(inner.start)?;
                let fits = start + len <= k.dims(x)[axis];
                fits.then(|| made(Slice { axis, start, len }, [x]))?
            }
            _ => None,
        },
        _ => None,
    }
}

fn pad_by_nothing(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (&Prim::Pad(Pad { axis, len, .. }), &[x]) if k.dims(x)[axis] == len => {
            Some(Rewrite::Value(x))
        }
        _ => None,
    }
}

fn pad_of_pad(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (&Prim::Pad(Pad { axis, start, len }), &[y]) => match k.made(y)? {
            (Prim::Pad(inner), &[x]) if inner.axis == axis => {
                let start = inner.start + start;
                made(Pad { axis, start, len }, [x])
            }
            _ => None,
        },
        _ => None,
    }
}

fn concat_of_one(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Concat(_), &[x]) => Some(Rewrite::Value(x)),
        _ => None,
    }
}

// A sum over no axes is not among these: it is 0 + x, which is 0 for x = -0.
fn max_over_nothing(_: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Reduce(Reduce(Reduction::Max, axes)), &[x]) if axes.is_empty() => {
            Some(Rewrite::Value(x))
        }
        _ => None,
    }
}

fn layout_of_number(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    let first = *x.first()?;
    let c: Literal = k.number(first)?;
    let with_axis = |axis: usize, len: usize| {
        let mut dims = k.dims(first).to_vec();
        dims[axis] = len;
        dims
    };
    let dims = match prim {
        Prim::Reshape(Reshape(dims)) | Prim::Broadcast(Broadcast(dims, _)) => dims.to_vec(),
        Prim::Permute(Permute(axes)) => axes.iter().map(|&axis| k.dims(first)[axis]).collect(),
        Prim::Slice(Slice { axis, len, .. }) => with_axis(*axis, *len),
        Prim::Concat(Concat(axis)) if x.iter().all(|&x| k.number(x) == Some(c)) => {
            with_axis(*axis, x.iter().map(|&x| k.dims(x)[*axis]).sum())
        }
        _ => return None,
    };
    made(Full(dims.into_iter().collect(), c), [])
}

fn reshape_of_constant(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Reshape(Reshape(dims)), &[x]) => match k.made(x)? {
            (Prim::Constant(Constant { elements, .. }), _) => made(
                Constant {
                    dims: dims.clone(),
                    elements: elements.clone(),
                },
                [],
            ),
            _ => None,
        },
        _ => None,
    }
}
