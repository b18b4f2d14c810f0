//! At which shapes an op is proven: what holds at one shape should not hold by its sizes.

use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::tensor::Dims;
use core::fmt::Display;
use std::collections::BTreeSet;

/// The dims of the inputs of a graph, of the entries of its environment, and of its results.
#[doc(hidden)]
pub fn dims_of<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Vec<Dims> {
    let nodes = &graph.nodes;
    let entries = nodes.entry_types().iter().map(|ty| ty.dims().clone());
    let results = nodes.outputs().into_iter();
    let results = results.map(|id| nodes.ty(id).dims().clone());
    nodes
        .input_dims()
        .into_iter()
        .chain(entries)
        .chain(results)
        .collect()
}

/// What the proofs of an op are excused from; `law_tests!` asks for a reason of each.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, Default)]
pub struct Excused {
    /// A size that the op fixes, such as the 2 of what stacks two.
    pub size: Option<usize>,
    /// Different axes may have one size, but not the same one in both small graphs.
    pub like_axes: bool,
    /// The op takes fewer than three ranks.
    pub ranks: bool,
}

/// The shapes of the three graphs of `law_tests!`.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct ProofShapes {
    /// Of the first proof by normal forms.
    pub first: Vec<Dims>,
    /// Of the second.
    pub second: Vec<Dims>,
    /// Of the check modulo the prime.
    pub middle: Vec<Dims>,
    /// What is excused.
    pub excused: Excused,
}

fn refused(place: &str, expected: impl Display, got: impl Display) -> Result<(), Counterexample> {
    Err(Counterexample::new(
        "shapes_of_proofs",
        place,
        expected,
        got,
    ))
}

impl ProofShapes {
    /// That a rule which takes one dim for another, or for a number, is wrong at one of the shapes:
    ///
    /// - no dim is 1, and no two of one shape are equal, so that factors and transpositions show;
    /// - no size of one small graph is one of the other, neither a dim nor a number of elements;
    /// - the three graphs have three ranks.
    ///
    /// Where that is excused, of the small graphs no axis has one size in both, and no two axes of a shape have the same two.
    ///
    /// # Errors
    /// The first that does not hold, or an excuse that nothing needs.
    pub fn check(&self) -> Result<(), Counterexample> {
        let Excused {
            size, like_axes, ..
        } = self.excused;
        for (which, shapes, may_be_equal) in [
            ("first", &self.first, like_axes),
            ("second", &self.second, like_axes),
            ("middle", &self.middle, false),
        ] {
            for dims in shapes {
                let different: BTreeSet<usize> = dims.iter().copied().collect();
                if different.contains(&1) || (different.len() < dims.len() && !may_be_equal) {
                    let place = format!("the {which} graph");
                    return refused(&place, "dims that differ, none of them 1", dims);
                }
            }
        }
        let in_both = &sizes(&self.first) & &sizes(&self.second);
        let no_size = size.is_some_and(|size| !in_both.contains(&size));
        if no_size || (like_axes && in_both.is_empty()) {
            return refused("what is excused", "a size of both small graphs", "none");
        }
        match (
            like_axes,
            in_both.into_iter().find(|&both| Some(both) != size),
        ) {
            (true, _) => self.like_axes_differ()?,
            (false, Some(size)) => {
                return refused("the second graph", "no size of the first", size);
            }
            (false, None) => {}
        }
        self.ranks_differ()
    }

    /// Axes are paired from the last, so those of a batch come first.
    fn like_axes_differ(&self) -> Result<(), Counterexample> {
        if self.first.len() != self.second.len() {
            let expected = self.first.len();
            return refused(
                "the shapes of the second graph",
                expected,
                self.second.len(),
            );
        }
        for (one, other) in self.first.iter().zip(&self.second) {
            let mut pairs = BTreeSet::new();
            let axes = one.iter().rev().zip(other.iter().rev());
            let mut wrong = axes.filter(|&(one, other)| {
                let is_same = one == other && Some(*one) != self.excused.size;
                is_same || !pairs.insert((one, other))
            });
            if wrong.next().is_some() || (!one.is_empty() && one.count() == other.count()) {
                let expected = format!("other axes, and another number of elements, than {one}");
                return refused("the second graph", expected, other);
            }
        }
        Ok(())
    }

    fn ranks_differ(&self) -> Result<(), Counterexample> {
        let graphs = [&self.first, &self.second, &self.middle];
        let largest = graphs.map(|shapes| shapes.iter().map(|dims| dims.len()).max());
        let ranks = BTreeSet::from(largest).len();
        match (ranks == graphs.len(), self.excused.ranks) {
            (false, false) => refused("the three graphs", "three ranks", ranks),
            (true, true) => refused("what is excused", "fewer than three ranks", ranks),
            _ => Ok(()),
        }
    }
}

/// All dims, and the number of elements of each shape but a scalar's.
fn sizes(shapes: &[Dims]) -> BTreeSet<usize> {
    let shapes = shapes.iter().filter(|dims| !dims.is_empty());
    shapes
        .flat_map(|dims| dims.iter().copied().chain([dims.count()]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Excused, ProofShapes};
    use crate::tensor::Dims;

    type Shapes<'s> = &'s [&'s [usize]];

    /// What is said of the shapes of three graphs.
    fn said([first, second, middle]: [Shapes<'_>; 3], excused: Excused) -> String {
        let dims = |all: Shapes<'_>| all.iter().map(|sizes| Dims::new(sizes)).collect();
        let (first, second, middle) = (dims(first), dims(second), dims(middle));
        let shapes = ProofShapes {
            first,
            second,
            middle,
            excused,
        };
        match shapes.check() {
            Ok(()) => "good".to_owned(),
            Err(error) => format!("{}: {}, got {}", error.place, error.expected, error.got),
        }
    }

    const NOTHING: Excused = Excused {
        size: None,
        like_axes: false,
        ranks: false,
    };
    const RANKS: Excused = Excused {
        ranks: true,
        ..NOTHING
    };
    const LIKE_AXES: Excused = Excused {
        like_axes: true,
        ..RANKS
    };
    /// A middle graph of rank 3.
    const MIDDLE: Shapes<'_> = &[&[2, 3, 4]];

    #[test]
    fn within_a_shape() {
        assert_eq!(said([&[&[2]], &[&[3, 4], &[4]], MIDDLE], NOTHING), "good");
        assert_eq!(said([&[&[]], &[&[3]], &[&[3, 4]]], NOTHING), "good");
        let expected = "dims that differ, none of them 1, got";
        let one = said([&[&[2], &[2, 1]], &[&[3]], MIDDLE], NOTHING);
        assert_eq!(one, format!("the first graph: {expected} [2, 1]"));
        let equal = said([&[&[2]], &[&[3, 3]], MIDDLE], NOTHING);
        assert_eq!(equal, format!("the second graph: {expected} [3, 3]"));
        let of_middle = said([&[&[2]], &[&[3, 4]], &[&[2, 5, 2]]], NOTHING);
        assert_eq!(of_middle, format!("the middle graph: {expected} [2, 5, 2]"));
    }

    #[test]
    fn between_the_small_graphs() {
        let expected = "the second graph: no size of the first, got";
        let other_rank = said([&[&[2]], &[&[2, 3]], MIDDLE], NOTHING);
        assert_eq!(other_rank, format!("{expected} 2"));
        let other_input = said([&[&[2, 3]], &[&[5], &[3]], MIDDLE], NOTHING);
        assert_eq!(other_input, format!("{expected} 3"));
        let elements = said([&[&[6]], &[&[2, 3]], MIDDLE], NOTHING);
        assert_eq!(elements, format!("{expected} 6"));
    }

    #[test]
    fn the_ranks() {
        let matrices: [Shapes<'_>; 3] = [&[&[2, 3]], &[&[4, 5]], &[&[4, 8]]];
        let few = "the three graphs: three ranks, got 1";
        assert_eq!(said(matrices, NOTHING), few);
        assert_eq!(said(matrices, RANKS), "good");
        let many = "what is excused: fewer than three ranks, got 3";
        assert_eq!(said([&[&[2]], &[&[3, 4]], MIDDLE], RANKS), many);
        // A rank is that of a graph: these inputs pair up in three ways.
        let pairs: [Shapes<'_>; 3] = [&[&[2], &[2]], &[&[3]], &[&[4, 5], &[4, 5]]];
        assert_eq!(said(pairs, NOTHING), "the three graphs: three ranks, got 2");
    }

    #[test]
    fn a_fixed_size() {
        let two = |excused| Excused {
            size: Some(2),
            ..excused
        };
        let stack: [Shapes<'_>; 3] = [&[&[3], &[2, 3]], &[&[4, 5], &[4, 5, 2]], &[&[2, 3, 4, 5]]];
        assert_eq!(said(stack, two(NOTHING)), "good");
        let none = "what is excused: a size of both small graphs, got none";
        assert_eq!(said([&[&[3]], &[&[4, 5]], MIDDLE], two(NOTHING)), none);
        let states: [Shapes<'_>; 3] = [&[&[2, 3, 4]], &[&[2, 4, 3]], &[&[2, 5, 4]]];
        let elements = "the second graph: other axes, and another number of elements, than [2, 3, 4], got [2, 4, 3]";
        assert_eq!(said(states, two(LIKE_AXES)), elements);
        let states: [Shapes<'_>; 3] = [&[&[2, 3, 4]], &[&[2, 4, 5]], &[&[2, 5, 4]]];
        assert_eq!(said(states, two(LIKE_AXES)), "good");
    }

    #[test]
    fn like_axes() {
        let images: [Shapes<'_>; 3] = [&[&[2, 3, 3]], &[&[3, 2, 4]], &[&[2, 5, 4]]];
        assert_eq!(said(images, LIKE_AXES), "good");
        let sequences: [Shapes<'_>; 3] = [&[&[2, 3]], &[&[2, 3, 4]], &[&[2, 5, 4]]];
        assert_eq!(said(sequences, LIKE_AXES), "good");
        let expected =
            "the second graph: other axes, and another number of elements, than [2, 3, 3], got";
        let equal: [Shapes<'_>; 3] = [&[&[2, 3, 3]], &[&[4, 3, 4]], &[&[2, 5, 4]]];
        assert_eq!(said(equal, LIKE_AXES), format!("{expected} [4, 3, 4]"));
        let alike: [Shapes<'_>; 3] = [&[&[2, 3, 3]], &[&[3, 4, 4]], &[&[2, 5, 4]]];
        assert_eq!(said(alike, LIKE_AXES), format!("{expected} [3, 4, 4]"));
        let of_middle: [Shapes<'_>; 3] = [&[&[2, 3]], &[&[3, 4]], &[&[5, 5]]];
        let got = "the middle graph: dims that differ, none of them 1, got [5, 5]";
        assert_eq!(said(of_middle, LIKE_AXES), got);
        let count = said([&[&[2], &[3]], &[&[3]], &[&[4]]], LIKE_AXES);
        assert_eq!(count, "the shapes of the second graph: 2, got 1");
        let none = "what is excused: a size of both small graphs, got none";
        assert_eq!(said([&[&[2]], &[&[3]], &[&[4]]], LIKE_AXES), none);
    }
}
