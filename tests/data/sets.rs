//! Sets, their parts, and what becomes of them.

use crate::files::error;
use cotangent::data::{Array, Column, Dataset};
use cotangent::prelude::*;

fn numbers(count: u8) -> Dataset<f64, environment![[]]> {
    let column = Column::from_vec((0..count).map(f64::from).collect());
    Dataset::new(column.expect("any number of scalars")).expect("at least one")
}

fn of(set: &Dataset<f64, environment![[]]>) -> Vec<f64> {
    set.examples().map(|tlist![x]| x.item()).collect()
}

#[test]
fn parts_of_a_shuffled_set_are_that_set() -> Result<(), Box<dyn std::error::Error>> {
    let set = numbers(10).shuffled(Key::new(7));
    // `order::known_orders`.
    assert_eq!(of(&set), [8.0, 6.0, 5.0, 1.0, 0.0, 2.0, 4.0, 7.0, 9.0, 3.0]);
    let (train, test) = set.split_at(7)?;
    assert_eq!(of(&train), [8.0, 6.0, 5.0, 1.0, 0.0, 2.0, 4.0]);
    assert_eq!(of(&test), [7.0, 9.0, 3.0]);
    let (first, second) = test.split_at(1)?;
    assert_eq!((of(&first), of(&second)), (vec![7.0], vec![9.0, 3.0]));
    // What is shuffled again is permuted again, within the part.
    let mut again = of(&test.shuffled(Key::new(7)));
    assert_eq!(again.len(), 3);
    again.sort_by(f64::total_cmp);
    assert_eq!(again, [3.0, 7.0, 9.0]);
    // 0.29 * 100 is 28.999…
    let (part, _) = numbers(100).split(0.29)?;
    assert_eq!(part.len(), 29);
    assert_eq!(part.example(29), None);
    Ok(())
}

#[test]
fn splits_that_are_none() {
    let set = numbers(5);
    let sides = |at| format!("a split at {at} of 5 examples leaves none on one side");
    for at in [0, 5, 6, usize::MAX] {
        assert_eq!(error(set.split_at(at)), sides(at));
    }
    assert_eq!(error(set.split(0.01)), sides(0));
    assert_eq!(error(set.split(0.99)), sides(5));
    for part in [0.0, 1.0, -0.5, 80.0, f64::NAN, f64::INFINITY] {
        let text = format!("a part of a set is more than 0 and less than 1 of it, got {part}");
        assert_eq!(error(set.split(part)), text);
    }
}

/// Of a shuffled set they are windows of its order, and windows of windows are of both axes.
#[test]
fn windows() -> Result<(), Box<dyn std::error::Error>> {
    let set = numbers(10).shuffled(Key::new(7)).split_at(7)?.1; // 7, 9, 3
    let windows = set.windows::<N<2>>()?;
    let all: Vec<_> = windows.examples().map(|tlist![x]| x).collect();
    assert_eq!(all, [Tensor::from([7.0, 9.0]), Tensor::from([9.0, 3.0])]);
    let tlist![both] = windows.windows::<N<2>>()?.all::<N<1>>()?;
    assert_eq!(both, Tensor::from([[[7.0, 9.0], [9.0, 3.0]]]));
    assert_eq!(set.windows::<N<3>>()?.len(), 1);
    let text = "a window has 4 examples, and the set has 3";
    assert_eq!(error(set.windows::<N<4>>()), text);

    let bytes = Column::<f64, shape![]>::from_bytes(vec![0, 1, 2], |byte| f64::from(byte) / 2.0)?;
    let labels = Column::<f64, Labels<3, shape![]>>::from_labels([2, 0, 1])?;
    let windows = Dataset::new((bytes, labels))?.windows::<N<2>>()?;
    let second = tlist![Tensor::from([0.5, 1.0]), Labels::new([0, 1])?];
    assert_eq!(windows.example(1), Some(second));
    Ok(())
}

/// No group is on both sides, no example is lost, and the key says which groups are where.
#[test]
fn groups() -> Result<(), Box<dyn std::error::Error>> {
    let set = numbers(60).shuffled(Key::new(3));
    let group = |x: &f64| *x as usize % 12; // five of each
    let groups: Vec<usize> = of(&set).iter().map(group).collect();
    let mut firsts = std::collections::BTreeSet::new();
    for key in 0..20 {
        let (train, test) = set.split_groups(&groups, 0.75, Key::new(key))?;
        let (train, test) = (of(&train), of(&test));
        assert_eq!((train.len(), test.len()), (45, 15));
        let mut of_test: Vec<usize> = test.iter().map(group).collect();
        of_test.dedup();
        assert_eq!(of_test.len(), 3); // they come one after the other
        assert!(train.iter().all(|x| !of_test.contains(&group(x))));
        let mut all = [train, test].concat();
        all.sort_by(f64::total_cmp);
        assert_eq!(all, of(&numbers(60)));
        firsts.insert(of_test);
    }
    assert!(firsts.len() > 10, "{firsts:?}");

    let text = "each of 60 examples has a group, got 61";
    assert_eq!(error(set.split_groups(&[0; 61], 0.5, Key::new(0))), text);
    let text = "a split at 12 of 12 groups leaves none on one side";
    assert_eq!(error(set.split_groups(&groups, 0.99, Key::new(0))), text);
    let text = "a part of a set is more than 0 and less than 1 of it, got 1";
    assert_eq!(error(set.split_groups(&groups, 1.0, Key::new(0))), text);
    Ok(())
}

#[test]
fn columns_that_are_none() {
    let text = "a row of dims [2, 2] has 4 numbers, and 6 numbers are no whole number of rows";
    assert_eq!(
        error(Column::<f64, shape![2, 2]>::from_vec(vec![0.0; 6])),
        text
    );
    assert_eq!(
        error(Column::<f64, shape![2, 2]>::from_bytes(
            vec![0; 6],
            f64::from
        )),
        text
    );
    // Rows of nothing cannot be counted.
    let text = "a row of dims [0] has 0 numbers, and 0 numbers are no whole number of rows";
    assert_eq!(error(Column::<f64, shape![0]>::from_vec(vec![])), text);
    type Classes = Labels<3, shape![]>;
    let text = "label 1 is 3, and there are 3 classes: expected 0 to 2";
    assert_eq!(error(Column::<f64, Classes>::from_labels([2_u8, 3])), text);
    let text = "label 0 is -1, and there are 3 classes: expected 0 to 2";
    assert_eq!(error(Column::<f64, Classes>::from_labels([-1_i64])), text);
    let text = "a row of dims [2] has 2 numbers, and 3 numbers are no whole number of rows";
    assert_eq!(
        error(Column::<f64, Labels<3, shape![2]>>::from_labels([0; 3])),
        text
    );
}

#[test]
fn sets_that_are_none() -> Result<(), Box<dyn std::error::Error>> {
    let none = "a set has at least one example, got none";
    let column = |rows: usize| Column::<f64, shape![2]>::from_vec(vec![0.5; 2 * rows]);
    assert_eq!(error(Dataset::new(column(0)?)), none);
    let examples: [TensorList<_>; 0] = [];
    assert_eq!(
        error(Dataset::<f64, environment![[2]]>::from_examples(examples)),
        none
    );
    let text = "column 2 has 4 rows, and column 0 has 3";
    assert_eq!(
        error(Dataset::new((column(3)?, column(3)?, column(4)?))),
        text
    );
    let text = "a batch of all examples has 4 of them here, and the set has 5";
    assert_eq!(error(numbers(5).all::<N<4>>()), text);
    Ok(())
}

#[test]
fn twelve_columns_of_every_kind() -> Result<(), Box<dyn std::error::Error>> {
    let scalar = || Column::<f32, shape![]>::from_vec(vec![0.0, 1.0]);
    let bytes =
        Column::<f32, shape![2]>::from_bytes(vec![0, 10, 20, 255], |byte| f32::from(byte) / 10.0)?;
    let labels = Column::<f32, Labels<4, shape![2]>>::from_labels([0, 1, 2, 3])?;
    let keys = Column::<f32, Key>::from_values([Key::new(1), Key::new(2)]);
    let set = Dataset::new((
        scalar()?,
        bytes,
        labels,
        keys,
        scalar()?,
        scalar()?,
        scalar()?,
        scalar()?,
        scalar()?,
        scalar()?,
        scalar()?,
        scalar()?,
    ))?;
    let tlist![zero, bytes, labels, key, _, _, _, _, _, _, _, last] =
        set.example(1).expect("the second");
    assert_eq!((zero.item(), last.item()), (1.0, 1.0));
    assert_eq!(bytes, Tensor::from([2.0, 25.5]));
    assert_eq!((labels, key), (Labels::new([2, 3])?, Key::new(2)));
    Ok(())
}

graph! {
    struct Point { x: [2], y: [] }
}

/// An entry may be a group, and a batch has a list of its stacks.
#[test]
fn a_column_of_groups() -> Result<(), Box<dyn std::error::Error>> {
    let points = [0.0, 1.0].map(|i| Point::of(Tensor::from([i, -i]), Tensor::scalar(10.0 * i)));
    let set = Dataset::new(Column::<f64, Point>::from_values(points.clone()))?;
    assert_eq!(set.example(1), Some(tlist![points[1].clone()]));
    let tlist![tlist![x, y]] = set.all::<N<2>>()?;
    assert_eq!(x, Tensor::from([[0.0, 0.0], [1.0, -1.0]]));
    assert_eq!(y, Tensor::from([0.0, 10.0]));
    Ok(())
}

#[test]
fn what_is_mapped_is_in_the_order_of_the_set() -> Result<(), Box<dyn std::error::Error>> {
    let (part, _) = numbers(10).shuffled(Key::new(7)).split_at(3)?;
    let halves: Dataset<f32, environment![[2]]> = part.map(|tlist![x]| {
        let half = (x.item() / 2.0) as f32;
        tlist![Tensor::from([half, -half])]
    });
    let tlist![x] = halves.all::<N<3>>()?;
    assert_eq!(x, Tensor::from([[4.0, -4.0], [3.0, -3.0], [2.5, -2.5]]));
    Ok(())
}

#[test]
fn arrays_become_columns_and_tensors_of_their_dims_only() -> Result<(), Box<dyn std::error::Error>>
{
    let array = Array::new(&[2, 3], vec![0_u8, 1, 2, 3, 4, 5])?;
    let rows = |dims: &str| format!("an array: expected rows of dims {dims}, got [3]");
    assert_eq!(error(array.column::<shape![2]>()), rows("[2]"));
    assert_eq!(
        error(array.bytes::<f32, shape![3, 1]>(f32::from)),
        rows("[3, 1]")
    );
    assert_eq!(error(array.labels::<f32, N<6>, shape![]>()), rows("[]"));
    let text = "an array: label 5 is 5, and there are 5 classes: expected 0 to 4";
    assert_eq!(error(array.labels::<f32, N<5>, shape![3]>()), text);
    assert_eq!(
        error(array.tensor::<shape![3, 2]>()),
        "an array: expected dims [3, 2], got [2, 3]"
    );
    assert_eq!(
        array.tensor::<shape![2, 3]>()?,
        Tensor::from_vec(vec![0, 1, 2, 3, 4, 5])?
    );
    let one = Array::new(&[], vec![1.0])?;
    assert_eq!(
        error(one.column::<shape![]>()),
        "an array: expected an array of rows, got one of no axes"
    );
    assert_eq!(one.flattened().dims().len(), 0);
    let text = "a tensor of dims [2, 2] has 4 elements, got 3";
    assert_eq!(error(Array::new(&[2, 2], vec![1.0; 3])), text);

    let cube = Array::new(&[2, 1, 3], vec![0.5, 1.5, 2.5, -0.5, -1.5, -2.5])?;
    let tlist![rows] = Dataset::new(
        cube.flattened()
            .map(|x: f64| x as f32)
            .column::<shape![3]>()?,
    )?
    .all::<N<2>>()?;
    assert_eq!(rows, Tensor::from([[0.5, 1.5, 2.5], [-0.5, -1.5, -2.5]]));
    // Of no rows there is a column, and no set.
    let none = Array::new(&[0, 3], Vec::<f32>::new())?.column::<shape![3]>()?;
    assert_eq!(
        (none.rows(), error(Dataset::new(none))),
        (0, "a set has at least one example, got none".into())
    );
    Ok(())
}
