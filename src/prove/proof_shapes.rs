//! At which shapes an op may be proven: what holds at one shape should not hold by its sizes.

use crate::counterexample::Counterexample;
use crate::graph::GraphData;
use crate::tensor::Dims;

/// The dims of the inputs and of the entries of the environment of a graph.
#[doc(hidden)]
pub fn dims_of<A, D, G, Ss>(graph: &GraphData<A, D, G, Ss>) -> Vec<Dims> {
    let entries = graph.nodes.entry_types().iter();
    let entries = entries.map(|ty| ty.dims().clone());
    graph
        .nodes
        .input_dims()
        .into_iter()
        .chain(entries)
        .collect()
}

/// That two proofs of an op are at shapes that say something: no dim is 1, and where the first and the second have as many
/// axes, all dims differ. A factor of a dim, or a transposition, may be forgotten where a dim is 1 or two are equal.
///
/// # Errors
/// The first input with such a dim.
#[doc(hidden)]
pub fn shapes_differ(first: &[Dims], second: &[Dims]) -> Result<(), Counterexample> {
    const LAW: &str = "shapes_of_proofs_differ";
    for (which, dims) in [("first", first), ("second", second)] {
        for (i, dims) in dims.iter().enumerate() {
            if dims.contains(&1) {
                let place = format!("input {i} of the {which} proof");
                return Err(Counterexample::new(LAW, place, "no dim of 1", dims));
            }
        }
    }
    for (i, (one, other)) in first.iter().zip(second).enumerate() {
        let is_same = one
            .iter()
            .zip(other.iter())
            .any(|(one, other)| one == other);
        if one.len() == other.len() && is_same {
            let expected = format!("dims that all differ from {one}");
            let place = format!("input {i} of the second proof");
            return Err(Counterexample::new(LAW, place, expected, other));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::shapes_differ;
    use crate::tensor::Dims;

    #[test]
    fn ones_and_equal_dims_are_refused() {
        let dims = |all: &[&[usize]]| -> Vec<Dims> { all.iter().map(|d| Dims::new(d)).collect() };
        let judge = |one: &[&[usize]], other: &[&[usize]]| {
            let result = shapes_differ(&dims(one), &dims(other));
            result
                .map_err(|error| format!("{}: {}, got {}", error.place, error.expected, error.got))
        };
        assert_eq!(judge(&[&[2, 3], &[3]], &[&[3, 2], &[2]]), Ok(()));
        assert_eq!(judge(&[&[2]], &[&[2, 2]]), Ok(())); // another rank
        assert_eq!(judge(&[&[]], &[&[]]), Ok(()));
        let one = "input 1 of the first proof: no dim of 1, got [2, 1]";
        assert_eq!(
            judge(&[&[2], &[2, 1]], &[&[3], &[3, 2]]),
            Err(one.to_owned())
        );
        let equal = "input 0 of the second proof: dims that all differ from [2, 3], got [4, 3]";
        assert_eq!(judge(&[&[2, 3]], &[&[4, 3]]), Err(equal.to_owned()));
    }
}
