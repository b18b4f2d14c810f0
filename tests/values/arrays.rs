//! Tensors from and to arrays of `ndarray`: with the feature `ndarray`.

use cotangent::prelude::*;
use ndarray::{Array, Array0, Array1, Array3, ArrayD, ArrayView1, ArrayView2, IxDyn, array, s};

#[test]
fn there_and_back() {
    let t: Tensor<i64, shape![2, 3, 2]> =
        Tensor::from_fn(|[i, j, k]| (100 * i + 10 * j + k) as i64);
    let a: Array3<i64> = t.clone().into();
    assert_eq!((a[[1, 2, 1]], a.shape()), (121, &[2, 3, 2][..]));
    assert_eq!(Tensor::try_from(a.clone()), Ok(t.clone()));
    let dynamic: ArrayD<i64> = t.to_any().into();
    assert_eq!(dynamic, a.into_dyn());
    assert_eq!(AnyTensor::try_from(dynamic), Ok(t.to_any()));
    let scalar: Array0<f64> = Tensor::scalar(2.0).into();
    assert_eq!(Tensor::try_from(scalar), Ok(Tensor::scalar(2.0)));
}

#[test]
fn views_share_the_elements() {
    let t = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let view: ArrayView2<f64> = (&t).into();
    assert_eq!(view.as_ptr(), t.as_slice().as_ptr());
    assert_eq!(view.sum_axis(ndarray::Axis(0)), array![5.0, 7.0, 9.0]);
}

/// The elements are read in the order of the indices, wherever they lie.
#[test]
fn any_layout_is_read() {
    let a = Array::from_shape_fn((4, 3), |(i, j)| 10 * i + j);
    let transposed = Tensor::<usize, shape![3, 4]>::try_from(a.t()).expect("of these dims");
    assert_eq!(transposed, Tensor::from_fn(|[i, j]| 10 * j + i));
    let columns =
        Tensor::<usize, shape![4, 2]>::try_from(a.slice(s![.., 1..])).expect("of these dims");
    assert_eq!(columns, Tensor::from_fn(|[i, j]| 10 * i + j + 1));
    let backward =
        Tensor::<usize, shape![4, 3]>::try_from(a.slice(s![..;-1, ..])).expect("of these dims");
    assert_eq!(backward, Tensor::from_fn(|[i, j]| 10 * (3 - i) + j));
    // Rows in the middle that own the whole: in order, and not at the beginning.
    let rows =
        Tensor::<usize, shape![2, 3]>::try_from(a.slice_move(s![1..3, ..])).expect("of these dims");
    assert_eq!(rows, Tensor::from_fn(|[i, j]| 10 * (i + 1) + j));
}

#[test]
fn other_dims_are_an_error() {
    let error = Tensor::<f64, shape![3]>::try_from(Array1::<f64>::zeros(4)).unwrap_err();
    assert_eq!(error.to_string(), "expected a tensor of dims [3], got [4]");
    let error =
        Tensor::<f64, shape![3, 1]>::try_from(ArrayView1::from(&[1.0, 2.0, 3.0])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a tensor of dims [3, 1], got [3]"
    );
    // No element, and dims that no tensor has.
    let none = Array::<f64, _>::zeros((0, 5));
    assert_eq!(
        Tensor::<f64, shape![0, 5]>::try_from(none),
        Ok(Tensor::zeros())
    );
    let wide = ArrayD::<()>::from_elem(IxDyn(&[0, 1 << 30, 1 << 30]), ());
    assert!(AnyTensor::try_from(wide).is_err());
}
