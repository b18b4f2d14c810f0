//! What all kinds of attention share: queries and keys by heads, and what becomes of their scores.

use crate::dim::Dim;
use crate::op::{Recorder, Var};
use crate::program::{Contract, Literal, Prim, Reduction, primitives};
use crate::scalar::{Binary, Unary};
use crate::shape::Shape;
use crate::tensor::Dims;

/// Queries `(T, H, K)` that attend to keys `(U, H, K)`: times, heads and the width of a head, after a batch if there is one. Of
/// queries `(T, H, G, K)`, groups of `G` heads share one head of keys.
#[diagnostic::on_unimplemented(
    message = "queries `{Self}` do not attend to keys `{Keys}`",
    label = "expected times, heads and the width of a head, `(T, H, K)` and `(U, H, K)`, or `(B, T, H, K)` and `(B, U, H, K)`",
    note = "docs/errors.md#h01, #h06"
)]
pub trait AttendsTo<Keys>: Shape {
    /// The same shape. A result that is computed with it depends on the judgement, and then rustc's message is short.
    type Checked: Shape;
}

// The cases are in a table of their own, as those of `BroadcastsWith` are.
#[diagnostic::do_not_recommend]
impl<Q: ByHeads<Keys>, Keys> AttendsTo<Keys> for Q {
    type Checked = Q;
}

/// The cases of [`AttendsTo`].
pub trait ByHeads<Keys>: Shape {}

macro_rules! by_heads {
    ([$($B:ident)?] [$($G:ident)?]) => {
        impl<$($B: Dim,)? T: Dim, U: Dim, H: Dim, $($G: Dim,)? K: Dim> ByHeads<($($B,)? U, H, K)>
            for ($($B,)? T, H, $($G,)? K)
        {
        }
    };
}

by_heads!([] []);
by_heads!([B] []);
by_heads!([][G]);
by_heads!([B][G]);

/// A score that is not larger than this is -∞. Singles have this number too.
const LOWEST: f64 = -1e38;

/// What attends to what: the dims of queries and keys, and what is not attended to.
pub(super) struct Heads {
    q: Dims,
    k: Dims,
    /// Whether no query attends to a later key. The queries are the last of the times.
    pub causal: bool,
    /// Numbers that are positive where a query may attend to a key, and their axes among those of the scores.
    pub mask: Option<(usize, Vec<usize>)>,
    /// What is added to the scores, likewise.
    pub scores: Option<(usize, Vec<usize>)>,
}

impl Heads {
    pub fn of<Q: Shape, K: Shape>() -> Self {
        Heads {
            q: Dims::of::<Q>(),
            k: Dims::of::<K>(),
            causal: false,
            mask: None,
            scores: None,
        }
    }

    /// How many axes the scores have.
    pub fn rank(&self) -> usize {
        self.q.len()
    }

    /// How many axes are a batch: 0 or 1.
    pub fn batch(&self) -> usize {
        self.k.len() - 3
    }

    /// How many queries and keys there are.
    fn times(&self) -> [usize; 2] {
        [self.q[self.batch()], self.k[self.batch()]]
    }

    /// Records the attention of these queries, keys and values.
    pub fn attend<S: Shape>(self, r: &Recorder, [q, k, v]: [usize; 3]) -> Var<S> {
        if self.q.count() == 0 || self.k.count() == 0 {
            // Nothing, or nothing to attend to: no score is the largest.
            return r.zeros();
        }
        r.typed(self.mixed(r, [q, k, v]))
    }

    /// Not generic over the shapes.
    fn mixed(&self, r: &Recorder, [q, k, v]: [usize; 3]) -> usize {
        let (batch, rank) = (self.batch(), self.rank());
        let record = |prim: Prim, ids: &[usize]| r.untyped(prim, ids);
        // One matrix for each head: `(.., H, T, K)`.
        let by_head = |x: usize, rank: usize| {
            let heads = batch + 1..rank - 1;
            let order = (0..batch).chain(heads).chain([batch, rank - 1]);
            record(primitives::Permute(order.collect()).into(), &[x])
        };
        let width = self.q[rank - 1];
        let q = record(primitives::Scale(inverse_root(width)).into(), &[q]);
        let q = by_head(q, rank);
        let (k, v) = (by_head(k, batch + 3), by_head(v, batch + 3));

        // Labels: of the axes that keys and queries share, then of groups, queries, keys and the width of a head.
        let [group, query, key, column] = [10, 11, 12, 13];
        let labels = |own: &[usize]| -> Vec<usize> {
            let groups = vec![group; rank - self.k.len()];
            let groups = if own.contains(&query) {
                groups
            } else {
                Vec::new()
            };
            (0..=batch)
                .chain(groups)
                .chain(own.iter().copied())
                .collect()
        };
        let [queries, keys, pairs] =
            [[query, column], [key, column], [query, key]].map(|own| labels(&own));
        let scores = record(Contract::new(&queries, &keys, &pairs).into(), &[q, k]);
        let weights = self.weights(r, scores);
        let y = record(Contract::new(&pairs, &keys, &queries).into(), &[weights, v]);
        let order = (0..batch)
            .chain([rank - 2])
            .chain(batch..rank - 2)
            .chain([rank - 1]);
        record(primitives::Permute(order.collect()).into(), &[y])
    }

    /// What is left of scores: each row is positive and sums to 1, or is 0.
    fn weights(&self, r: &Recorder, scores: usize) -> usize {
        let record = |prim: Prim, ids: &[usize]| r.untyped(prim, ids);
        let rank = self.rank();
        let dims = self.pairs();
        let along = |x: usize, axes: Vec<usize>| {
            record(primitives::Broadcast(dims.clone(), axes).into(), &[x])
        };
        let by_row = |x: usize| along(x, (0..rank - 1).collect());
        let full = |number: Literal| record(primitives::Full(dims.clone(), number).into(), &[]);
        let reduce = |how, x| record(primitives::Reduce(how, vec![rank - 1]).into(), &[x]);

        let scores = match &self.scores {
            Some((added, axes)) => {
                record(Binary::Add.into(), &[scores, along(*added, axes.clone())])
            }
            None => scores,
        };
        let zeros = full(0.into());
        let allowed = self.allowed(r, zeros);
        let if_allowed = |x: usize, other: usize| match allowed {
            Some(allowed) => record(primitives::Select.into(), &[allowed, x, other]),
            None => x,
        };

        // The maximum is a constant for the derivatives: the result does not depend on what is subtracted from a whole row.
        let lowest = Literal::real(LOWEST);
        let largest = reduce(Reduction::Max, if_allowed(scores, full(lowest)));
        let largest = record(Unary::Stop.into(), &[largest]);
        let rows = Dims::new(&dims[..rank - 1]);
        let of_rows = |number| record(primitives::Full(rows.clone(), number).into(), &[]);
        let above = record(
            primitives::Offset(Literal::real(-LOWEST)).into(),
            &[largest],
        );
        let largest = record(
            primitives::Select.into(),
            &[above, largest, of_rows(lowest)],
        );

        let below = record(Binary::Sub.into(), &[scores, by_row(largest)]);
        // Before and after exp: what is not attended to may be so large that exp, and its derivative, would be infinite.
        let e = record(Unary::Exp.into(), &[if_allowed(below, zeros)]);
        let e = if_allowed(e, zeros);
        let total = reduce(Reduction::Sum, e);
        // Of nothing the total is 0.
        let total = record(
            primitives::Select.into(),
            &[total, total, of_rows(1.into())],
        );
        record(Binary::Div.into(), &[e, by_row(total)])
    }

    /// The dims of the scores.
    fn pairs(&self) -> Dims {
        let (batch, rank) = (self.batch(), self.rank());
        let heads = self.q[batch + 1..rank - 1].iter();
        let dims = self.q[..batch].iter().chain(heads).copied();
        Dims::new(&dims.chain(self.times()).collect::<Vec<_>>())
    }

    /// A number for each score that is positive where a query may attend to a key; none where every one may.
    fn allowed(&self, r: &Recorder, zeros: usize) -> Option<usize> {
        let rank = self.rank();
        let along = |x: usize, axes: &[usize]| {
            r.untyped(primitives::Broadcast(self.pairs(), axes.to_vec()), &[x])
        };
        let mask = self.mask.as_ref().map(|(mask, axes)| along(*mask, axes));
        if !self.causal {
            return mask;
        }
        // How far the key is before the query, plus 1.
        let [queries, keys] = self.times();
        let dims = Dims::new(&[queries, keys]);
        let [query, key] = [0, 1].map(|axis| {
            let place = r.untyped(primitives::Iota(dims.clone(), axis), &[]);
            r.untyped(primitives::ToScalar, &[place])
        });
        let before = r.untyped(Binary::Sub, &[query, key]);
        let start = Literal::from(keys) - Literal::from(queries) + Literal::from(1);
        let before = r.untyped(primitives::Offset(start), &[before]);
        let before = along(before, &[rank - 2, rank - 1]);
        Some(match mask {
            Some(mask) => r.untyped(primitives::Select, &[mask, before, zeros]),
            None => before,
        })
    }
}

/// `1 / √size`, exact for a square.
fn inverse_root(size: usize) -> Literal {
    let root = size.isqrt();
    match root * root == size {
        true => Literal::ratio(1, root as u64),
        false => Literal::real(1.0 / (size as f64).sqrt()),
    }
}
