//! Environments that are not those of the program, and labels that are none.

use cotangent::env::{EnvEntry, Indices};
use cotangent::prelude::*;
use cotangent::program::{Prim, Program, ProgramError};
use cotangent::tensor::Dims;

fn dims(sizes: &[usize]) -> Dims {
    Dims::new(sizes)
}

fn labels<const C: usize, S: Shape>(labels: &[usize]) -> Indices
where
    N<C>: Dim,
{
    LabelsOf::<N<C>, S>::new(labels)
        .expect("below the bound")
        .indices()
}

/// What a run of one primitive says, on zeros.
fn run(prim: Prim, input: Option<&[usize]>, environment: &[Indices]) -> Result<Dims, ProgramError> {
    let inputs: Vec<Dims> = input.into_iter().map(dims).collect();
    let ids: Vec<_> = (0..inputs.len()).collect();
    let mut program = Program::new(&inputs);
    let y = program.push(prim, &ids)?;
    program.set_outputs(&[y])?;
    let x: Vec<AnyTensor<f64>> = inputs.into_iter().map(AnyTensor::zero).collect();
    Ok(program.run(&x, environment)?[0].dims().clone())
}

/// Every primitive that reads an entry, each with an entry that fits: two indices below 3, or a seed.
fn readers() -> Vec<(Prim, Option<&'static [usize]>, Indices)> {
    let fits = || labels::<3, shape![2]>(&[2, 0]);
    let index = dims(&[2]);
    vec![
        (Prim::Pick { slot: 1 }, Some(&[2, 3]), fits()),
        (
            Prim::Place {
                slot: 1,
                classes: 3,
            },
            Some(&[2]),
            fits(),
        ),
        (
            Prim::Gather {
                slot: 1,
                index: index.clone(),
            },
            Some(&[3, 4]),
            fits(),
        ),
        (
            Prim::ScatterAdd {
                slot: 1,
                index,
                rows: 3,
            },
            Some(&[2, 4]),
            fits(),
        ),
        (
            Prim::Mask {
                slot: 1,
                dims: dims(&[2]),
                keep: 0.5,
            },
            None,
            Seed::new(3).indices(),
        ),
    ]
}

#[test]
fn wrong_entries_are_named() {
    let other = labels::<3, shape![2]>(&[1, 1]);
    let wrong = [
        vec![],
        vec![other.clone()],
        vec![other.clone(), labels::<3, shape![3]>(&[0, 1, 2])],
        vec![other.clone(), labels::<3, shape![1, 2]>(&[0, 1])],
        vec![other.clone(), labels::<4, shape![2]>(&[0, 0])],
        vec![other.clone(), Seed::new(0).indices()],
        vec![other.clone(), other.clone()],
    ];
    let mut words = Vec::new();
    for (prim, input, fits) in readers() {
        let right = [other.clone(), fits.clone()];
        run(prim.clone(), input, &right).expect("an entry that fits");
        for environment in &wrong {
            if environment
                .get(1)
                .is_some_and(|entry| (entry.dims(), entry.bound()) == (fits.dims(), fits.bound()))
            {
                continue;
            }
            match run(prim.clone(), input, environment) {
                Err(error @ ProgramError::Environment { .. }) => words.push(error.to_string()),
                other => panic!("{prim} in {environment:?}: {other:?}"),
            }
        }
    }
    insta::assert_snapshot!(words.join("\n"), @r"
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 0 entries
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 1 entries
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [3] below 3
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [1, 2] below 3
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [2] below 4
    `pick(env 1)` reads entry 1 of the environment: expected indices of dims [2] below 3, got a seed
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 0 entries
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 1 entries
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [3] below 3
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [1, 2] below 3
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [2] below 4
    `place(env 1, 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got a seed
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 0 entries
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 1 entries
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [3] below 3
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [1, 2] below 3
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [2] below 4
    `gather(env 1, [2])` reads entry 1 of the environment: expected indices of dims [2] below 3, got a seed
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 0 entries
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got an environment of 1 entries
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [3] below 3
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [1, 2] below 3
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got indices of dims [2] below 4
    `scatter_add(env 1, [2], 3)` reads entry 1 of the environment: expected indices of dims [2] below 3, got a seed
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got an environment of 0 entries
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got an environment of 1 entries
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got indices of dims [3] below 3
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got indices of dims [1, 2] below 3
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got indices of dims [2] below 4
    `mask(env 1, [2], 0.5)` reads entry 1 of the environment: expected a seed, got indices of dims [2] below 3
    ");
}

/// A smaller bound is no danger: every index below 2 is below 3.
#[test]
fn a_smaller_bound_fits() {
    let environment = [labels::<2, shape![2]>(&[1, 0])];
    assert_eq!(
        run(Prim::Pick { slot: 0 }, Some(&[2, 3]), &environment),
        Ok(dims(&[2]))
    );
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
    let (y, tlist![dt]) = g.vjp(&table, &last(), &Tensor::one());
    assert_eq!(
        (y, dt),
        (Tensor::from([[5.0]]), Tensor::from([[0.0], [0.0], [1.0]]))
    );
    let g = graph!(|x: [1, 1]; i: [1] < 3| scatter_add(x, i));
    let y = g.value(&tlist![Tensor::from([[7.0]])], &last());
    assert_eq!(y, Tensor::from([[0.0], [0.0], [7.0]]));
}
