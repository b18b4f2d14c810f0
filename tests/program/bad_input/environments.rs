//! Environments that are not those of the program, and labels that are none.

use super::shown;
use cotangent::env::EnvEntry;
use cotangent::prelude::*;
use cotangent::program::{
    Broadcast, FoldIn, FoldInIndex, Gather, Input, Mask, OneHot, Prim, Program, ProgramError,
    ScatterAdd, ToScalar, Type, Value,
};
use cotangent::tensor::{Dims, Indices};

fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

/// An entry, as programs take it.
fn value<E: EnvEntry>(entry: &E::Of<f64>) -> Value<f64> {
    let mut values = Vec::new();
    E::push_values(entry, &mut values);
    values.remove(0)
}

fn labels<const C: usize, S: Shape>(labels: &[usize]) -> Value<f64>
where
    N<C>: Dim,
{
    value::<LabelsOf<N<C>, S>>(&LabelsOf::new(labels).expect("below the bound"))
}

fn seed(seed: u64) -> Value<f64> {
    value::<Key>(&Key::new(seed))
}

/// What a run of one primitive says: on zeros, and on an entry that should be of this type.
fn run(
    prim: impl Into<Prim>,
    input: Option<&[usize]>,
    (name, entry): (&str, Type),
    environment: &[Value<f64>],
) -> Result<Dims, ProgramError> {
    let mut inputs: Vec<Input> = input.into_iter().map(|sizes| dims(sizes).into()).collect();
    inputs.push(Input {
        name: name.into(),
        ty: entry,
    });
    let ids: Vec<_> = (0..inputs.len()).collect();
    let mut program = Program::new(&inputs);
    let y = program.push(prim, &ids)?;
    program.set_outputs(&[y])?;
    let x = input.map(|sizes| AnyTensor::zeros(dims(sizes)).into());
    let x: Vec<Value<f64>> = x.into_iter().chain(environment.iter().cloned()).collect();
    Ok(program.run(&x)?[0].dims().clone())
}

/// Two indices below 3.
fn two() -> Type {
    Type::Index {
        dims: dims(&[2]),
        below: 3,
    }
}

/// Every primitive that reads an entry, with what it reads: two indices below 3, or a key.
fn readers() -> Vec<(Prim, Option<&'static [usize]>, Type)> {
    let key = || Type::Key(dims(&[]));
    let place = ScatterAdd {
        batch: 1,
        axis: 1,
        rows: 3,
    };
    let scatter = ScatterAdd {
        batch: 0,
        axis: 0,
        rows: 3,
    };
    let mask = Mask {
        dims: dims(&[2]),
        keep: 1 << 31,
    };
    vec![
        (Gather { batch: 1, axis: 1 }.into(), Some(&[2, 3]), two()),
        (place.into(), Some(&[2]), two()),
        (Gather { batch: 0, axis: 0 }.into(), Some(&[3, 4]), two()),
        (scatter.into(), Some(&[2, 4]), two()),
        (OneHot(3).into(), None, two()),
        (ToScalar.into(), None, two()),
        (mask.into(), None, key()),
        (FoldIn(7).into(), None, key()),
    ]
}

#[test]
fn wrong_entries_are_named() {
    let other = labels::<3, shape![2]>(&[1, 1]);
    let wrong = [
        vec![],
        vec![labels::<3, shape![3]>(&[0, 1, 2])],
        vec![labels::<3, shape![1, 2]>(&[0, 1])],
        vec![labels::<4, shape![2]>(&[0, 0])],
        vec![seed(0)],
        vec![AnyTensor::zeros(dims(&[2])).into()],
        vec![AnyTensor::scalar(0.0).into()],
        vec![other.clone()],
        vec![other.clone(), other.clone()],
    ];
    let mut words = Vec::new();
    for (prim, input, entry) in readers() {
        let (name, right) = match entry {
            Type::Key(_) => ("seed", seed(3)),
            Type::Index { .. } | Type::Scalar(..) => ("labels", labels::<3, shape![2]>(&[2, 0])),
        };
        let run = |environment: &[Value<f64>]| {
            run(prim.clone(), input, (name, entry.clone()), environment)
        };
        run(&[right]).expect("an entry that fits");
        let mut refusals = Vec::new();
        for environment in &wrong {
            if matches!(&environment[..], [value] if value.fits(&entry)) {
                continue;
            }
            match run(environment) {
                Err(error @ (ProgramError::InputCount { .. } | ProgramError::InputType { .. })) => {
                    refusals.push(error.to_string())
                }
                other => panic!("{prim} in {}: {other:?}", shown(environment)),
            }
        }
        words.push(format!("{prim}\n    {}", refusals.join("\n    ")));
    }
    insta::assert_snapshot!(words.join("\n"), @r"
    gather(1, 1)
        the program takes 2 inputs, got 1
        input 1 (`labels`) of the program is [2] < 3, got [3] < 3
        input 1 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 1 (`labels`) of the program is [2] < 3, got [2] < 4
        input 1 (`labels`) of the program is [2] < 3, got key []
        input 1 (`labels`) of the program is [2] < 3, got [2]
        input 1 (`labels`) of the program is [2] < 3, got []
        the program takes 2 inputs, got 3
    scatter_add(1, 1, 3)
        the program takes 2 inputs, got 1
        input 1 (`labels`) of the program is [2] < 3, got [3] < 3
        input 1 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 1 (`labels`) of the program is [2] < 3, got [2] < 4
        input 1 (`labels`) of the program is [2] < 3, got key []
        input 1 (`labels`) of the program is [2] < 3, got [2]
        input 1 (`labels`) of the program is [2] < 3, got []
        the program takes 2 inputs, got 3
    gather(0, 0)
        the program takes 2 inputs, got 1
        input 1 (`labels`) of the program is [2] < 3, got [3] < 3
        input 1 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 1 (`labels`) of the program is [2] < 3, got [2] < 4
        input 1 (`labels`) of the program is [2] < 3, got key []
        input 1 (`labels`) of the program is [2] < 3, got [2]
        input 1 (`labels`) of the program is [2] < 3, got []
        the program takes 2 inputs, got 3
    scatter_add(0, 0, 3)
        the program takes 2 inputs, got 1
        input 1 (`labels`) of the program is [2] < 3, got [3] < 3
        input 1 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 1 (`labels`) of the program is [2] < 3, got [2] < 4
        input 1 (`labels`) of the program is [2] < 3, got key []
        input 1 (`labels`) of the program is [2] < 3, got [2]
        input 1 (`labels`) of the program is [2] < 3, got []
        the program takes 2 inputs, got 3
    one_hot(3)
        the program takes 1 inputs, got 0
        input 0 (`labels`) of the program is [2] < 3, got [3] < 3
        input 0 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 0 (`labels`) of the program is [2] < 3, got [2] < 4
        input 0 (`labels`) of the program is [2] < 3, got key []
        input 0 (`labels`) of the program is [2] < 3, got [2]
        input 0 (`labels`) of the program is [2] < 3, got []
        the program takes 1 inputs, got 2
    to_scalar
        the program takes 1 inputs, got 0
        input 0 (`labels`) of the program is [2] < 3, got [3] < 3
        input 0 (`labels`) of the program is [2] < 3, got [1, 2] < 3
        input 0 (`labels`) of the program is [2] < 3, got [2] < 4
        input 0 (`labels`) of the program is [2] < 3, got key []
        input 0 (`labels`) of the program is [2] < 3, got [2]
        input 0 (`labels`) of the program is [2] < 3, got []
        the program takes 1 inputs, got 2
    mask([2], 2147483648)
        the program takes 1 inputs, got 0
        input 0 (`seed`) of the program is key [], got [3] < 3
        input 0 (`seed`) of the program is key [], got [1, 2] < 3
        input 0 (`seed`) of the program is key [], got [2] < 4
        input 0 (`seed`) of the program is key [], got [2]
        input 0 (`seed`) of the program is key [], got []
        input 0 (`seed`) of the program is key [], got [2] < 3
        the program takes 1 inputs, got 2
    fold_in(7)
        the program takes 1 inputs, got 0
        input 0 (`seed`) of the program is key [], got [3] < 3
        input 0 (`seed`) of the program is key [], got [1, 2] < 3
        input 0 (`seed`) of the program is key [], got [2] < 4
        input 0 (`seed`) of the program is key [], got [2]
        input 0 (`seed`) of the program is key [], got []
        input 0 (`seed`) of the program is key [], got [2] < 3
        the program takes 1 inputs, got 2
    ");
}

/// A smaller bound is no danger: every index below 2 is below 3.
#[test]
fn a_smaller_bound_fits() {
    let environment = [labels::<2, shape![2]>(&[1, 0])];
    let pick = Gather { batch: 1, axis: 1 };
    let pick = run(pick, Some(&[2, 3]), ("labels", two()), &environment);
    assert_eq!(pick, Ok(dims(&[2])));
    // A key of several, folded with indices.
    let keys = Type::Key(dims(&[2]));
    let mut program = Program::new(&[keys, two()]);
    let folded = program.push(FoldInIndex, &[0, 1]).expect("they fit");
    program.set_outputs(&[folded]).expect("it exists");
    let mut repeated = Program::new(&[Type::Key(dims(&[]))]);
    let key = repeated.push(Broadcast(dims(&[2]), vec![]), &[0]);
    repeated
        .set_outputs(&[key.expect("one key")])
        .expect("it exists");
    let two_keys = repeated.run(&[seed(7)]).expect("a key").remove(0);
    let indices = Indices::new(&[2], 2, vec![1, 0]).expect("below 2");
    let folded = program.run(&[two_keys, indices.into()]).expect("they fit");
    let expected = [1, 0].map(|n| Key::new(7).fold_in(n)).to_vec();
    let expected = AnyTensor::new(&[2], expected).expect("two keys");
    assert_eq!(folded, [Value::Key(expected)]);
}

/// Labels that are made by hand are checked, too.
#[test]
fn indices_made_by_hand() {
    for (dims, below, data) in [
        (&[2][..], 3, vec![0, 3]),
        (&[2], 0, vec![0, 0]),
        (&[2], 3, vec![0]),
        (&[], 3, vec![]),
        (&[usize::MAX, 2], 3, vec![]),
        (&[0, usize::MAX, 2], 3, vec![]),
    ] {
        assert_eq!(Indices::new(dims, below, data.clone()), None, "{data:?}");
    }
    assert!(Indices::new(&[0], 0, vec![]).is_some());
}

#[test]
fn indices_out_of_range() {
    let refused = |error: LabelsError| error.to_string();
    let words = [
        refused(Labels::<3, shape![2]>::new([2, 3]).unwrap_err()),
        refused(Labels::<3, shape![2]>::new([usize::MAX, 0]).unwrap_err()),
        refused(Labels::<0, shape![1]>::new([0]).unwrap_err()),
        refused(Labels::<3, shape![2]>::new([1]).unwrap_err()),
        refused(Labels::<3, shape![2, 0]>::new([1]).unwrap_err()),
        // The rows of a table are its classes.
        refused(LabelsOf::<N2<50, 257>, shape![1]>::new([50_257]).unwrap_err()),
    ];
    insta::assert_snapshot!(words.join("\n"), @r"
    label 1 is 3, and there are 3 classes: expected 0 to 2
    label 0 is 18446744073709551615, and there are 3 classes: expected 0 to 2
    label 0 is 0, and there are 0 classes: expected no label
    a tensor of dims [2] has 2 elements, got 1
    a tensor of dims [2, 0] has 0 elements, got 1
    label 0 is 50257, and there are 50257 classes: expected 0 to 50256
    ");
    assert!(Labels::<0, shape![0]>::new([]).is_ok());
    assert!(Labels::<1, shape![]>::new([0]).is_ok());
}

/// The largest index is the last row, and no other is read or written.
#[test]
fn the_last_row() {
    let last = || tlist![Labels::<3, shape![1]>::new([2]).expect("below 3")];
    let table = tlist![Tensor::from([[f64::NAN], [f64::NAN], [5.0]])];
    let g = graph!(|t: [3, 1]; i: [1] < 3| gather(t, i));
    let (y, tlist![dt]) = g.vjp(&table, &last(), &Tensor::ones());
    assert_eq!(
        (y, dt),
        (Tensor::from([[5.0]]), Tensor::from([[0.0], [0.0], [1.0]]))
    );
    let g = graph!(|x: [1, 1]; i: [1] < 3| scatter_add(x, i));
    let y = g.value(&Tensor::from([[7.0]]), &last());
    assert_eq!(y, Tensor::from([[0.0], [0.0], [7.0]]));
}
