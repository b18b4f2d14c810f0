//! Tensors and lists of them: conversions, printing, comparison up to a tolerance.

use approx::{abs_diff_eq, assert_abs_diff_eq, assert_relative_eq, assert_ulps_eq, relative_eq};
use cotangent::generic_array::arr;
use cotangent::prelude::*;

#[test]
fn from_data() {
    let t = Tensor::from([
        [[1.0, 2.0], [3.0, 4.0]],
        [[5.0, 6.0], [7.0, 8.0]],
        [[9.0, 10.0], [11.0, 12.0]],
    ]);
    assert_eq!(t.dims(), [3, 2, 2]);
    assert_eq!(t[[2, 0, 1]], 10.0);
    assert_eq!(
        t,
        Tensor::<f64, shape![3, 2, 2]>::from_fn(|[i, j, k]| (4 * i + 2 * j + k + 1) as f64)
    );
    let from_generic = Tensor::<f64, shape![2, 2]>::from_generic_array(arr![1.0, 2.0, 3.0, 4.0]);
    assert_eq!(from_generic.to_generic_array(), arr![1.0, 2.0, 3.0, 4.0]);
    assert_eq!(from_generic, Tensor::from([[1.0, 2.0], [3.0, 4.0]]));
    let six: [[[[[[f64; 1]; 1]; 1]; 1]; 1]; 2] = [[[[[[1.0]]]]], [[[[[2.0]]]]]];
    assert_eq!(Tensor::from(six)[[1, 0, 0, 0, 0, 0]], 2.0);
    assert_eq!(Tensor::<f32, shape![0, 3]>::zeros().as_slice(), [0.0; 0]);
}

#[test]
fn wrong_lengths_name_both_numbers() {
    let error = Tensor::<f32, shape![2, 3]>::try_from(vec![1.0; 5]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a tensor of dims [2, 3] has 6 elements, got 5"
    );
    let error = AnyTensor::new(&[2, 3], vec![1.0; 7]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a tensor of dims [2, 3] has 6 elements, got 7"
    );
    let error = AnyTensor::new(&[usize::MAX, 2], vec![1.0]).unwrap_err();
    assert!(
        error.to_string().ends_with("has too many elements"),
        "{error}"
    );
    let error = AnyTensor::new(&[2], vec![1.0, 2.0])
        .unwrap()
        .cast::<shape![2, 1]>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "expected a tensor of dims [2, 1], got [2]"
    );
    let error = Labels::<3, shape![2]>::new([1, 2, 0]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "a tensor of dims [2] has 2 elements, got 3"
    );
    let short = TensorList::from_any_list(vec![AnyTensor::scalar(1.0)]);
    let short: Result<TList<f64, context![[], []]>, _> = short;
    assert_eq!(
        short.unwrap_err().to_string(),
        "the list has fewer tensors than the context has entries"
    );
}

#[test]
fn indices_outside() {
    let mut t = Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
    let shared = t.clone();
    assert_eq!((t.get([1, 2]), t.get([2, 0])), (None, None));
    t[[0, 1]] = 9.0;
    assert_eq!((t[[0, 1]], shared[[0, 1]]), (9.0, 2.0));
    let panic = std::panic::catch_unwind(|| shared[[0, 2]]).unwrap_err();
    assert_eq!(
        *panic.downcast::<String>().expect("a formatted panic"),
        "the index [0, 2] is outside a tensor of dims [2, 2]; `get` returns an `Option`"
    );
}

#[test]
fn prints_for_a_person() {
    let small = Tensor::from([[1.0, -2.5], [3.0, 4.25]]);
    insta::assert_snapshot!(format!("{small:.2}"), @r"
    [[1.00, -2.50],
     [3.00, 4.25]]
    ");
    insta::assert_snapshot!(format!("{:?}", small.to_any()), @r"
    AnyTensor[2, 2] [[1, -2.5],
     [3, 4.25]]
    ");
    let large = Tensor::<f64, shape![20, 1000]>::from_fn(|[i, j]| (1000 * i + j) as f64);
    insta::assert_snapshot!(format!("{large}"), @r"
    [[0, 1, 2, …, 997, 998, 999],
     [1000, 1001, 1002, …, 1997, 1998, 1999],
     [2000, 2001, 2002, …, 2997, 2998, 2999],
     …,
     [17000, 17001, 17002, …, 17997, 17998, 17999],
     [18000, 18001, 18002, …, 18997, 18998, 18999],
     [19000, 19001, 19002, …, 19997, 19998, 19999]]
    ");
    insta::assert_snapshot!(format!("{:?}", tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)]), @"[Tensor[2] [1, 2], Tensor[] 3]");
    assert_eq!(format!("{}", Tensor::<f64, shape![0]>::zeros()), "[]");
}

#[test]
fn close_up_to_a_tolerance() {
    let x = Tensor::from([1.0, 100.0]);
    let near = x.map(|x| x * (1.0 + 1e-9));
    assert!(!abs_diff_eq!(x, near, epsilon = 1e-8));
    assert_abs_diff_eq!(x, near, epsilon = 1e-6);
    assert_relative_eq!(x, near, max_relative = 1e-8);
    assert!(!relative_eq!(x, near, epsilon = 0.0, max_relative = 1e-10));
    assert_ulps_eq!(x, x.map(|x| x + f64::EPSILON * x), max_ulps = 4);
    let (list, close) = (
        tlist![x.clone(), Tensor::scalar(1.0)],
        tlist![near.clone(), Tensor::scalar(1.0)],
    );
    assert_relative_eq!(list, close, max_relative = 1e-8);
    assert!(!relative_eq!(
        list,
        close,
        epsilon = 0.0,
        max_relative = 1e-10
    ));
    assert!(!abs_diff_eq!(list, close, epsilon = 1e-8));
    // The last entry counts as much as the first.
    let far = tlist![x.clone(), Tensor::scalar(2.0)];
    assert!(!relative_eq!(list, far, max_relative = 1e-3));
    assert!(!relative_eq!(
        x.to_any(),
        Tensor::from([[1.0, 100.0]]).to_any()
    ));
    assert_relative_eq!(x.to_any(), near.to_any(), max_relative = 1e-8);
}

#[test]
fn groups_are_lists_in_lists() {
    use cotangent::frunk::hlist::{HCons, HNil};
    type Group = HCons<shape![2], HCons<context![[], [3]], HNil>>;
    let list: TList<f64, Group> = tlist![
        Tensor::from([1.0, 2.0]),
        tlist![Tensor::scalar(3.0), Tensor::from([4.0, 5.0, 6.0])]
    ];
    let erased = list.to_any_list();
    assert_eq!(
        erased
            .iter()
            .map(|t| t.dims().to_string())
            .collect::<Vec<_>>(),
        ["[2]", "[]", "[3]"]
    );
    assert_eq!(TensorList::from_any_list(erased), Ok(list.clone()));
    assert_eq!(list.dot(&list), 91.0);
    let tlist![_, tlist![scalar, _]] = list.add(&list);
    assert_eq!(scalar.item(), 6.0);
}
