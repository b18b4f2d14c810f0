//! What is wrong with a value: which error, and in which words.

use cotangent::context::LengthError;
use cotangent::prelude::*;
use cotangent::scalar::{Interval, Modular};

#[test]
fn of_a_tensor() {
    let error = |dims: &[usize], count| AnyTensor::new(dims, vec![0.0; count]).unwrap_err();
    assert_eq!(
        error(&[2, 2], 3).to_string(),
        "a tensor of dims [2, 2] has 4 elements, got 3"
    );
    let large = error(&[1 << 30, 1 << 30], 0);
    assert!(matches!(large, TensorError::TooLarge { .. }));
    let cast = AnyTensor::scalar(1.0).cast::<shape![2]>();
    assert!(matches!(cast, Err(TensorError::Dims { .. })));
    let pair = Tensor::from([1.0, 2.0]).to_any();
    let sum = pair.add(&AnyTensor::scalar(1.0)).unwrap_err();
    assert_eq!(sum.to_string(), "expected a tensor of dims [2], got []");
}

#[test]
fn of_a_list() {
    let (pair, one) = (Tensor::from([1.0, 2.0]).to_any(), AnyTensor::scalar(3.0));
    let error = |list: &[&AnyTensor<f64>]| {
        let list = list.iter().copied().cloned();
        TList::<f64, context![[2], []]>::from_any_list(list).unwrap_err()
    };
    assert_eq!(error(&[&pair]), EraseError::TooShort);
    assert_eq!(error(&[&pair, &one, &one]), EraseError::TooLong);
    assert_eq!(
        error(&[&one, &one]).to_string(),
        "expected a tensor of dims [2], got []"
    );
    let named = by_name::<f64, context![[2], []]>(|_, _| vec![0.0]).unwrap_err();
    assert!(matches!(&named, EraseError::Named { name, .. } if name == "0"));
    let (expected, got) = (3, 2);
    let length = List::<f64, 3>::try_from(vec![1.0, 2.0]).unwrap_err();
    assert_eq!(length, LengthError { expected, got });
    assert_eq!(length.to_string(), "expected 3 values, got 2");
}

#[test]
fn of_labels() {
    let error = |labels: &[usize]| Labels::<3, shape![2]>::new(labels).unwrap_err();
    let (position, got, classes) = (1, 3, 3);
    let out_of_range = LabelsError::OutOfRange {
        position,
        got,
        classes,
    };
    assert_eq!(error(&[0, 3]), out_of_range);
    assert_eq!(
        error(&[0]).to_string(),
        "a tensor of dims [2] has 2 elements, got 1"
    );
}

#[test]
fn of_a_scalar() {
    let error = Interval::new(2.0, 1.0).unwrap_err();
    assert_eq!((error.lo, error.hi), (2.0, 1.0));
    assert_eq!(error.to_string(), "no real number lies between 2 and 1");
    assert!(0.0_f64.is_divisor()); // 1 / 0 is infinite
    assert!(!Modular::from(0u64).is_divisor());
}
