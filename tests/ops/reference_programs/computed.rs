//! Graphs of the cases: labels that are computed, and what is chosen by them.

use super::ops::filled;
use cotangent::prelude::*;

/// The place of the largest or of the smallest along an axis, and what is there.
macro_rules! extreme {
    ($extreme:ident) => {
        graph! {
            pub fn axis_0(x: [3, 4]) -> ([4], [4] < 3) {
                let i = $extreme(x, 0);
                let there = greater(transpose(one_hot(i)), 0.5);
                (sum_axis(select(there, x, filled::<shape![3, 4]>(0.0)), 0), i)
            }

            pub fn rows<B: Dim, C: Positive>(x: [B, C]) -> ([B], [B] < C) {
                let i = $extreme(x, 1);
                let there = greater(one_hot(i), 0.5);
                (sum_axis(select(there, x, filled::<shape![B, C]>(0.0)), 1), i)
            }

            pub fn axis_1(x: [2, 3, 4]) -> ([2, 4], [2, 4] < 3) {
                let i = $extreme(x, 1);
                let hot = permute(one_hot(i), (0, 2, 1));
                let there = greater(hot, 0.5);
                (sum_axis(select(there, x, filled::<shape![2, 3, 4]>(0.0)), 1), i)
            }

            pub fn axis_2(x: [2, 3, 4]) -> ([2, 3], [2, 3] < 4) {
                let i = $extreme(x, 2);
                let there = greater(one_hot(i), 0.5);
                (sum_axis(select(there, x, filled::<shape![2, 3, 4]>(0.0)), 2), i)
            }
        }
    };
}

pub mod largest {
    use super::*;
    extreme!(argmax);
}

pub mod smallest {
    use super::*;
    extreme!(argmin);
}

graph! {
    pub fn hot_labels(w: [4]; labels: [2, 3] < 4) -> ([2, 3], [2, 3, 4]) {
        let hot = one_hot(labels);
        (einsum!("abc,c->ab", hot, w), hot)
    }

    pub fn hot_argmax(x: [5, 4]) -> ([5, 4], [5] < 4) {
        let i = argmax(x, 1);
        (one_hot(i) * x, i)
    }

    pub fn positions(x: [2, 3]) -> ([2, 3], [2, 3] < 2, [2, 3] < 3) {
        let rows = iota::<shape![2, 3], Axis<0>>();
        let columns = iota::<shape![2, 3], Axis<1>>();
        (x * to_scalar(rows) + to_scalar(columns), rows, columns)
    }

    pub fn causal(x: [4, 4]) -> ([4, 4], [4, 4] < 2) {
        let rows = to_scalar(iota::<shape![4, 4], Axis<0>>());
        let past = less_equal(to_scalar(iota::<shape![4, 4], Axis<1>>()), rows);
        let scores = select(past, x, filled::<shape![4, 4]>({ f64::NEG_INFINITY }));
        (softmax(scores, 1), past)
    }

    pub fn by_less<N: Dim>(a: [N], b: [N], x: [N], y: [N]) -> ([N], [N] < 2) {
        let c = less(a, b);
        (select(c, x, y), c)
    }

    pub fn by_less_equal(a: [12], b: [12], x: [12], y: [12]) -> ([12], [12] < 2) {
        let c = less_equal(a, b);
        (select(c, x, y), c)
    }

    pub fn by_equal(a: [12], b: [12], x: [12], y: [12]) -> ([12], [12] < 2) {
        let c = equal(a, b);
        (select(c, x, y), c)
    }

    /// What the file has for `equal`, the other way round.
    pub fn by_not_equal(a: [12], b: [12], x: [12], y: [12]) -> ([12], [12] < 2) {
        let c = not_equal(a, b);
        (select(c, y, x), equal(to_scalar(c), 0.0))
    }

    pub fn by_greater(a: [12], b: [12], x: [12], y: [12]) -> ([12], [12] < 2) {
        let c = greater(a, b);
        (select(c, x, y), c)
    }

    pub fn by_greater_equal(a: [12], b: [12], x: [12], y: [12]) -> ([12], [12] < 2) {
        let c = greater_equal(a, b);
        (select(c, x, y), c)
    }

    pub fn relu_by_choice(x: [8]) -> ([8], [8] < 2) {
        let c = greater(x, 0.0);
        (select(c, x, filled::<shape![8]>(0.0)), c)
    }

    pub fn abs_by_choice(x: [8]) -> ([8], [8] < 2) {
        let c = less(x, 0.0);
        (select(c, -x, x), c)
    }

    pub fn clip(x: [3, 3], low: [3, 3], high: [3, 3]) -> ([3, 3], [3, 3] < 2, [3, 3] < 2) {
        let below = less(x, low);
        let above = less(high, x);
        (select(below, low, select(above, high, x)), below, above)
    }

    pub fn root(x: [5]) -> ([5], [5] < 2) {
        let c = greater(x, 0.0);
        (select(c, sqrt(x), filled::<shape![5]>(0.0)), c)
    }

    pub fn safe_root(x: [5]) -> ([5], [5] < 2) {
        let c = greater(x, 0.0);
        let inside = select(c, x, filled::<shape![5]>(1.0));
        (select(c, sqrt(inside), filled::<shape![5]>(0.0)), c)
    }
}
