//! Where data comes in from outside: dims, elements, lists, seeds of a tape, handles of another graph.

use super::panics::panic_of;
use cotangent::prelude::*;

#[test]
fn dims_of_a_tensor() {
    let half = usize::MAX / 2 + 1;
    // The last ones have no element, and yet strides that overflow.
    for dims in [
        &[usize::MAX, 2][..],
        &[half, half, 4],
        &[1 << 49],
        &[0, usize::MAX, 2],
        &[1 << 40, 1 << 40, 0],
    ] {
        let error = AnyTensor::<f64>::new(dims, vec![]).unwrap_err();
        assert!(
            matches!(error, TensorError::TooLarge { .. }),
            "{dims:?}: {error}"
        );
    }
    for (dims, len) in [
        (&[2, 3][..], 5),
        (&[], 0),
        (&[], 2),
        (&[0, 3], 1),
        (&[0; 9], 1),
    ] {
        let error = AnyTensor::new(dims, vec![1.0; len]).unwrap_err();
        assert!(
            matches!(error, TensorError::Length { got, .. } if got == len),
            "{dims:?}: {error}"
        );
    }
    let error = Tensor::<f64, shape![2, 3]>::from_vec(vec![0.0; 7]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a tensor of dims [2, 3] has 6 elements, got 7"
    );
}

#[test]
fn lists_of_tensors() {
    let list = |dims: &[&[usize]]| -> Result<TList<f64, context![[2], []]>, EraseError> {
        let ones = |dims: &&[usize]| AnyTensor::new(dims, vec![1.0; dims.iter().product()]);
        let all: Result<Vec<_>, _> = dims.iter().map(ones).collect();
        TensorList::from_any_list(all.expect("as many as the dims say"))
    };
    let words = |dims: &[&[usize]]| list(dims).unwrap_err().to_string();
    assert_eq!(
        words(&[&[2]]),
        "the list has fewer tensors than the context has entries"
    );
    assert_eq!(
        words(&[&[2], &[], &[]]),
        "the list has more tensors than the context has entries"
    );
    assert_eq!(
        words(&[&[0], &[]]),
        "expected a tensor of dims [2], got [0]"
    );
    assert!(list(&[&[2], &[]]).is_ok());
}

#[test]
fn seeds_of_a_tape() {
    let g = graph!(|x: [2]| sum(x * x));
    let (tape, _) = compile_data(&g, &tlist![Tensor::from([3.0, 4.0])], ());
    let (one, last) = (AnyTensor::scalar(1.0), tape.last());
    let two = AnyTensor::new(&[2], vec![1.0; 2]).expect("two elements");
    let cotangent = tape.backward_dense(last, &two).unwrap_err();
    assert!(
        matches!(cotangent, TapeError::CotangentDims { .. }),
        "{cotangent}"
    );
    let size = tape.size();
    for id in [size, usize::MAX] {
        assert_eq!(
            tape.backward(id, &one).unwrap_err(),
            TapeError::NoNode { id, size }
        );
        assert_eq!(
            tape.backward_scalar(id).unwrap_err(),
            TapeError::NoNode { id, size }
        );
    }
    assert!(matches!(
        tape.backward_scalar(0),
        Err(TapeError::NotScalar { .. })
    ));
    let length = tape.backward_dense_from(vec![]).unwrap_err();
    assert_eq!(
        length,
        TapeError::Length {
            expected: size,
            got: 0
        }
    );
    assert!(matches!(
        tape.backward_dense_from(vec![one.clone(); size]),
        Err(TapeError::CotangentDims { .. })
    ));
    assert_eq!(
        Tape::empty().backward(0, &one).unwrap_err(),
        TapeError::NoNode { id: 0, size: 0 }
    );
}

/// A handle of another graph panics where it is used, with the names of both.
#[test]
fn handles_of_another_graph() {
    let graph = |name| GraphData::<f64, (), context![[2]], _>::named(name, &["x"]);
    let (first, second) = (graph("first"), graph("second"));
    let cotangent::frunk::hlist_pat![x] = first.inputs();
    let words = panic_of(|| second.node("y", exp(x)));
    assert!(
        words.contains("graph `first`") && words.contains("graph `second`"),
        "{words}"
    );
}
