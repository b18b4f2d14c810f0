use crate::program::prim::contract::alone::{
    apply, batch, check_batch, check_text, degree, dot, jvp, program, random, run, vjp,
};
use crate::program::primitive::Site;
use crate::program::{Degree, Gather, Iota, OneHot, Prim, ProgramError, ScatterAdd, ToScalar};
use crate::scalar::{Boolean, Level, Modular};
use crate::tensor::{AnyTensor, Dims, Indices, Key, Type, Value};
use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// Random indices below a bound that is not 0.
fn random_indices<A>(rng: &mut fastrand::Rng, dims: &[usize], below: usize) -> Value<A> {
    let count = dims.iter().product::<usize>();
    let data = (0..count).map(|_| rng.usize(0..below)).collect();
    Value::Index(Indices::new(dims, below, data).unwrap())
}

/// The dims of a table and of indices, by their parts.
struct Case {
    batch: Vec<usize>,
    before: Vec<usize>,
    rows: usize,
    index: Vec<usize>,
    after: Vec<usize>,
}

impl Case {
    fn random(rng: &mut fastrand::Rng) -> Case {
        let mut some = |most: usize| -> Vec<usize> {
            let rank = rng.usize(0..=most);
            (0..rank)
                .map(|_| [0, 1, 2, 2, 3, 3, 3, 3][rng.usize(0..8)])
                .collect()
        };
        let [batch, before, index, after] = [some(2), some(2), some(2), some(2)];
        Case {
            batch,
            before,
            rows: rng.usize(1..5),
            index,
            after,
        }
    }

    fn table(&self) -> Vec<usize> {
        [&self.batch[..], &self.before, &[self.rows], &self.after].concat()
    }

    fn indices(&self) -> Vec<usize> {
        [&self.batch[..], &self.index].concat()
    }

    fn gathered(&self) -> Vec<usize> {
        [&self.batch[..], &self.before, &self.index, &self.after].concat()
    }

    fn gather(&self) -> Gather {
        Gather {
            batch: self.batch.len(),
            axis: self.batch.len() + self.before.len(),
        }
    }

    fn scatter(&self) -> ScatterAdd {
        let Gather { batch, axis } = self.gather();
        ScatterAdd {
            batch,
            axis,
            rows: self.rows,
        }
    }

    /// Pairs of offsets, in the result of the gather and in the table: a loop for each part.
    fn pairs(&self, indices: &[usize]) -> Vec<(usize, usize)> {
        let [batch, before, index, after] = [&self.batch, &self.before, &self.index, &self.after]
            .map(|dims| dims.iter().product::<usize>());
        let mut pairs = Vec::new();
        for b in 0..batch {
            for o in 0..before {
                for i in 0..index {
                    for a in 0..after {
                        let row = indices[b * index + i];
                        let there = ((b * before + o) * self.rows + row) * after + a;
                        pairs.push((((b * before + o) * index + i) * after + a, there));
                    }
                }
            }
        }
        pairs
    }
}

fn numbers(x: &Value<BigRational>) -> &[BigRational] {
    x.tensor().unwrap().as_slice()
}

fn index_data<A>(x: &Value<A>) -> &[usize] {
    match x {
        Value::Index(x) => x.as_slice(),
        Value::Scalar(_) | Value::Key(_) => panic!("indices"),
    }
}

#[test]
fn gather_is_loops() {
    let mut rng = fastrand::Rng::with_seed(1);
    for _ in 0..500 {
        let case = Case::random(&mut rng);
        let at = random_indices(&mut rng, &case.indices(), case.rows);
        let pairs = case.pairs(index_data(&at));
        let dims = Dims::new(&case.gathered());
        let table = random(&mut rng, &case.table());
        let mut expected = vec![BigRational::zero(); dims.count()];
        pairs
            .iter()
            .for_each(|&(here, there)| expected[here] = numbers(&table)[there].clone());
        let expected = Value::Scalar(AnyTensor::from_parts(dims.clone(), expected));
        assert_eq!(apply(case.gather(), &[table, at.clone()]), expected);

        let table = random_indices(&mut rng, &case.table(), 7);
        let mut expected = vec![0; dims.count()];
        pairs
            .iter()
            .for_each(|&(here, there)| expected[here] = index_data(&table)[there]);
        let gathered = apply::<f64>(case.gather(), &[table, at_as(&at)]);
        assert_eq!(
            gathered,
            Value::Index(Indices::new(&dims, 7, expected).unwrap())
        );

        let keys: Vec<Key> = (0..Dims::new(&case.table()).count())
            .map(|i| Key::new(i as u64))
            .collect();
        let mut expected = vec![Key::new(0); dims.count()];
        pairs
            .iter()
            .for_each(|&(here, there)| expected[here] = keys[there]);
        let table = Value::Key(AnyTensor::from_parts(Dims::new(&case.table()), keys));
        let gathered = apply::<f64>(case.gather(), &[table, at_as(&at)]);
        assert_eq!(gathered, Value::Key(AnyTensor::from_parts(dims, expected)));
    }
}

/// The same indices for another scalar.
fn at_as<A, B>(at: &Value<A>) -> Value<B> {
    match at {
        Value::Index(at) => Value::Index(at.clone()),
        Value::Scalar(_) | Value::Key(_) => panic!("indices"),
    }
}

#[test]
fn scatter_add_is_loops() {
    let mut rng = fastrand::Rng::with_seed(2);
    for _ in 0..500 {
        let case = Case::random(&mut rng);
        let at = random_indices(&mut rng, &case.indices(), case.rows);
        let x = random(&mut rng, &case.gathered());
        let dims = Dims::new(&case.table());
        let mut expected = vec![BigRational::zero(); dims.count()];
        for (here, there) in case.pairs(index_data(&at)) {
            expected[there] += &numbers(&x)[here];
        }
        let expected = Value::Scalar(AnyTensor::from_parts(dims, expected));
        assert_eq!(apply(case.scatter(), &[x, at]), expected);
    }
}

#[test]
fn they_are_linear_and_adjoint() {
    let mut rng = fastrand::Rng::with_seed(3);
    for _ in 0..200 {
        let case = Case::random(&mut rng);
        let at = random_indices(&mut rng, &case.indices(), case.rows);
        let table = random(&mut rng, &case.table());
        let gathered = random(&mut rng, &case.gathered());
        for (prim, x, dy) in [
            (Prim::from(case.gather()), &table, &gathered),
            (Prim::from(case.scatter()), &gathered, &table),
        ] {
            let dx = random(&mut rng, x.dims());
            let x = [x.clone(), at.clone()];
            let tangent = jvp(&prim, &x, &[Some(dx.clone()), None]).unwrap();
            assert_eq!(tangent, apply(prim.clone(), &[dx.clone(), at.clone()]));
            assert_eq!(jvp(&prim, &x, &[None, None]), None);
            let cotangents = vjp(&prim, &x, &[true, false], dy);
            assert_eq!(dot(cotangents[0].as_ref().unwrap(), &dx), dot(&tangent, dy));
            assert_eq!(cotangents[1], None);
            assert_eq!(vjp(&prim, &x, &[false, false], dy), [None, None]);
        }
    }
}

#[test]
fn a_batch_is_its_samples() {
    let mut rng = fastrand::Rng::with_seed(4);
    for _ in 0..200 {
        let case = Case::random(&mut rng);
        let mut of = |first: bool, dims: Vec<usize>| {
            random(
                &mut rng,
                &first
                    .then_some(3)
                    .into_iter()
                    .chain(dims)
                    .collect::<Vec<_>>(),
            )
        };
        let mut more = fastrand::Rng::with_seed(5);
        for batched in [[true, true], [true, false], [false, true]] {
            let at = batched[1]
                .then_some(3)
                .into_iter()
                .chain(case.indices())
                .collect::<Vec<_>>();
            let at = random_indices(&mut more, &at, case.rows);
            let table = of(batched[0], case.table());
            check_batch(&case.gather().into(), &[table, at.clone()], &batched, 3);
            let gathered = of(batched[0], case.gathered());
            check_batch(&case.scatter().into(), &[gathered, at], &batched, 3);
        }
    }
}

/// Rows looked up in a batch need no copies.
#[test]
fn a_batch_of_rows_is_one_instruction() {
    let table = Type::scalar(Dims::new(&[5, 4]));
    let at = Type::Index {
        dims: Dims::new(&[9, 3]),
        below: 5,
    };
    let look_up = Prim::from(Gather { batch: 0, axis: 0 });
    let program = program(&[table, at], |b, x| {
        let x = [(x[0], false), (x[1], true)];
        let x = x.map(|(id, batched)| crate::program::primitive::Batched { id, batched });
        Ok(vec![look_up.batch(b, &x, 9)?[0].id])
    });
    let prims: Vec<_> = program.instructions().iter().map(|i| &i.prim).collect();
    assert_eq!(prims, [&look_up]);
    assert_eq!(**program.output_types()[0].dims(), [9, 3, 4]);
}

#[test]
fn one_hot() {
    let at: Value<BigUint> = Value::Index(Indices::new(&[2, 1], 3, vec![2, 0]).unwrap());
    let hot = apply(OneHot(4), core::slice::from_ref(&at));
    let expected = [0u32, 0, 1, 0, 1, 0, 0, 0].map(BigUint::from).to_vec();
    assert_eq!(
        hot,
        Value::Scalar(AnyTensor::new(&[2, 1, 4], expected).unwrap())
    );
    let prim = Prim::from(OneHot(4));
    assert_eq!(jvp(&prim, core::slice::from_ref(&at), &[None]), None);
    assert_eq!(
        vjp(&prim, core::slice::from_ref(&at), &[false], &hot),
        [None]
    );
    check_batch(&prim, &[at_as(&at)], &[true], 2);
    let none: Value<f64> = Value::Index(Indices::new(&[0], 0, Vec::new()).unwrap());
    assert_eq!(
        apply(OneHot(0), &[none]),
        Value::Scalar(AnyTensor::new(&[0, 0], Vec::new()).unwrap())
    );
}

#[test]
fn iota() {
    let at = |dims: &[usize], axis| match apply::<f64>(Iota(Dims::new(dims), axis), &[]) {
        Value::Index(at) => (at.below(), at.as_slice().to_vec()),
        Value::Scalar(_) | Value::Key(_) => panic!("indices"),
    };
    assert_eq!(at(&[3], 0), (3, vec![0, 1, 2]));
    assert_eq!(at(&[2, 3], 0), (2, vec![0, 0, 0, 1, 1, 1]));
    assert_eq!(at(&[2, 3], 1), (3, vec![0, 1, 2, 0, 1, 2]));
    assert_eq!(at(&[2, 2, 2], 1), (2, vec![0, 0, 1, 1, 0, 0, 1, 1]));
    assert_eq!(at(&[0, 3], 1), (3, Vec::new()));
    let prim = Prim::from(Iota(Dims::new(&[2, 3]), 1));
    assert!(!batch::<f64>(&prim, &[], &[], 5).1);
    assert_eq!(jvp::<f64>(&prim, &[], &[]), None);
}

#[test]
fn to_scalar() {
    let at = Indices::new(&[2, 2], 1000, vec![0, 1, 7, 999]).unwrap();
    let naturals = apply(ToScalar, &[at.clone().into()]);
    let expected = [0u32, 1, 7, 999].map(BigUint::from).to_vec();
    assert_eq!(
        naturals,
        Value::Scalar(AnyTensor::new(&[2, 2], expected).unwrap())
    );
    let floats = apply(ToScalar, &[at.clone().into()]);
    assert_eq!(
        floats,
        Value::Scalar(AnyTensor::new(&[2, 2], vec![0.0, 1.0, 7.0, 999.0]).unwrap())
    );
    let field = apply(ToScalar, &[at.clone().into()]);
    let expected = [0u64, 1, 7, 999].map(Modular::from).to_vec();
    assert_eq!(
        field,
        Value::Scalar(AnyTensor::new(&[2, 2], expected).unwrap())
    );
    // 7 is a sum of ones, which is 1 here.
    let boolean = apply(ToScalar, &[at.clone().into()]);
    let expected = vec![
        Boolean::zero(),
        Boolean::one(),
        Boolean::one(),
        Boolean::one(),
    ];
    assert_eq!(
        boolean,
        Value::Scalar(AnyTensor::new(&[2, 2], expected).unwrap())
    );
    check_batch(&ToScalar.into(), &[at.into()], &[true], 2);
}

/// A row chosen by a product with one-hot vectors is a row gathered.
#[test]
fn one_hot_products_gather() {
    let mut rng = fastrand::Rng::with_seed(6);
    let table = random(&mut rng, &[5, 3]);
    let at = random_indices(&mut rng, &[4], 5);
    let types = [table.ty(), at.ty()];
    let both = program(&types, |b, x| {
        let hot = b.push(OneHot(5), &[x[1]])?;
        let product = b.push(
            crate::program::Contract::matmul(0, false, false),
            &[hot, x[0]],
        )?;
        Ok(vec![
            product,
            b.push(Gather { batch: 0, axis: 0 }, &[x[0], x[1]])?,
        ])
    });
    let both = run(&both, &[table, at]);
    assert_eq!(both[0], both[1]);
}

fn expected(prim: impl Into<Prim>, x: &[Type]) -> String {
    match prim.into().types(x) {
        Err(ProgramError::Arguments { expected, .. }) => expected,
        other => panic!("{other:?}"),
    }
}

#[test]
fn say_what_is_wrong() {
    let scalar = |dims: &[usize]| Type::scalar(Dims::new(dims));
    let index = |dims: &[usize], below| Type::Index {
        dims: Dims::new(dims),
        below,
    };
    let gather = |batch, axis| Gather { batch, axis };
    assert_eq!(
        expected(gather(0, 0), &[scalar(&[5, 2])]),
        "a table and indices"
    );
    assert_eq!(
        expected(gather(0, 0), &[scalar(&[5]), scalar(&[5])]),
        "a table and indices"
    );
    let x = [scalar(&[4, 5]), index(&[4], 6)];
    assert_eq!(expected(gather(1, 1), &x), "indices below 5");
    assert_eq!(expected(gather(0, 2), &x), "a table with an axis 2");
    assert_eq!(
        expected(gather(1, 0), &x),
        "an axis after the shared ones: 1 or later"
    );
    assert_eq!(
        expected(gather(2, 2), &x),
        "two values that agree on the first 2 axes"
    );
    let x = [scalar(&[3, 5]), index(&[4], 5)];
    assert_eq!(
        expected(gather(1, 1), &x),
        "two values that agree on the first axis"
    );
    assert_eq!(
        expected(gather(usize::MAX, usize::MAX), &x)
            .split(' ')
            .next(),
        Some("two")
    );
    let scatter = |batch, axis, rows| ScatterAdd { batch, axis, rows };
    assert_eq!(
        expected(scatter(0, 0, 5), &[index(&[4], 5), index(&[4], 5)]),
        "scalars and indices"
    );
    assert_eq!(
        expected(scatter(0, 0, 5), &x),
        "scalars with the dims [4] from axis 0 on"
    );
    assert_eq!(
        expected(scatter(0, 3, 5), &x),
        "scalars with the dims [4] from axis 3 on"
    );
    assert_eq!(
        expected(scatter(0, 0, 4), &[scalar(&[4]), index(&[4], 5)]),
        "indices below 4"
    );
    assert_eq!(expected(OneHot(3), &[index(&[2], 4)]), "indices below 3");
    assert_eq!(expected(OneHot(3), &[scalar(&[2])]), "indices");
    assert_eq!(
        expected(Iota(Dims::new(&[2]), 1), &[]),
        "dims with an axis 1"
    );
    assert_eq!(expected(Iota(Dims::new(&[2]), 0), &x), "no argument");
    assert_eq!(expected(ToScalar, &x), "indices");
}

#[test]
fn degrees_mistakes_and_text() {
    let table = Type::scalar(Dims::new(&[2, 5, 5]));
    let at = Type::Index {
        dims: Dims::new(&[2, 3, 4]),
        below: 5,
    };
    let gather = Gather { batch: 1, axis: 1 };
    let gathered = Prim::from(gather.clone())
        .types(&[table.clone(), at.clone()])
        .unwrap();
    assert_eq!(*gathered[0].dims(), [2, 3, 4, 5]);
    assert_eq!(
        degree(gather.clone(), &[table.clone(), at.clone()]),
        Degree::VARIABLE
    );
    let x = [table, at.clone()];
    let mutants = Prim::from(gather).mutants(&Site {
        x: &x,
        y: &gathered,
    });
    assert_eq!(
        mutants,
        [("index".to_owned(), Gather { batch: 1, axis: 2 }.into())]
    );

    let scatter = Prim::from(ScatterAdd {
        batch: 1,
        axis: 1,
        rows: 5,
    });
    let x = [gathered[0].clone(), at];
    let y = scatter.types(&x).unwrap();
    let fraction = Degree {
        over: 2.0,
        under: 1.0,
    };
    let site = Site { x: &x, y: &y };
    let found = scatter.degrees(&[fraction, Degree::CONSTANT], &site);
    assert_eq!(found.results, [fraction.summed(12)]);
    let other = ScatterAdd {
        batch: 1,
        axis: 2,
        rows: 5,
    };
    assert_eq!(scatter.mutants(&site), [("index".to_owned(), other.into())]);
    let prims = [
        Prim::from(OneHot(3)),
        Iota(Dims::new(&[2]), 0).into(),
        ToScalar.into(),
        scatter,
    ];
    assert!(prims.iter().all(|prim| prim.level() == Level::Semiring));

    check_text(Gather { batch: 0, axis: 0 }, "gather(0, 0)");
    check_text(
        ScatterAdd {
            batch: 0,
            axis: 0,
            rows: 10,
        },
        "scatter_add(0, 0, 10)",
    );
    check_text(OneHot(10), "one_hot(10)");
    check_text(Iota(Dims::new(&[2, 3]), 1), "iota([2, 3], 1)");
    check_text(ToScalar, "to_scalar");
}
