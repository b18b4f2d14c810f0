use crate::program::prim::contract::alone::{apply, batch, check_batch, check_text, jvp, vjp};
use crate::program::{Degree, FoldIn, FoldInIndex, Mask, Prim, ProgramError, Uniform};
use crate::scalar::Modular;
use crate::tensor::{AnyTensor, Dims, Indices, Key, Type, Value};
use num_rational::BigRational;
use num_traits::One;

const HALF: u64 = 1 << 31;

fn some_keys(dims: &[usize]) -> (Vec<Key>, AnyTensor<Key>) {
    let keys: Vec<Key> = (0..dims.iter().product())
        .map(|i: usize| Key::new(i as u64 * 77 + 5))
        .collect();
    (keys.clone(), AnyTensor::new(dims, keys).unwrap())
}

#[test]
fn keys_fold() {
    let (keys, value) = some_keys(&[2, 3]);
    let folded = apply::<f64>(FoldIn(9), &[Value::Key(value.clone())]);
    let expected = keys.iter().map(|key| key.fold_in(9)).collect();
    assert_eq!(
        folded,
        Value::Key(AnyTensor::new(&[2, 3], expected).unwrap())
    );

    let at = vec![0, 1, 2, 3, 4, u32::MAX as usize];
    let expected = keys
        .iter()
        .zip(&at)
        .map(|(key, &i)| key.fold_in(i as u64))
        .collect();
    let at = Indices::new(&[2, 3], 1 << 32, at).unwrap();
    let folded = apply::<f64>(FoldInIndex, &[Value::Key(value), at.into()]);
    assert_eq!(
        folded,
        Value::Key(AnyTensor::new(&[2, 3], expected).unwrap())
    );
}

#[test]
fn masks() {
    let (keys, value) = some_keys(&[3]);
    for keep in [0, 1, HALF, (1 << 32) - 1, 1 << 32] {
        let mask = Mask {
            dims: Dims::new(&[20, 20]),
            keep,
        };
        let drawn = apply::<BigRational>(mask, &[Value::Key(value.clone())]);
        assert_eq!(*drawn.dims(), [3, 20, 20]);
        let drawn = drawn.tensor().unwrap().as_slice();
        for (k, key) in keys.iter().enumerate() {
            for i in 0..400 {
                let kept = u64::from(key.bits(i as u64)) < keep;
                assert_eq!(
                    drawn[k * 400 + i],
                    BigRational::from_integer(u32::from(kept).into())
                );
            }
        }
        let ones = drawn.iter().filter(|x| x.is_one()).count();
        match keep {
            0 | 1 => assert_eq!(ones, 0),
            // Five standard deviations of 1,200 coins are 87.
            HALF => assert!(ones.abs_diff(600) < 87, "{ones}"),
            _ => assert_eq!(ones, 1200),
        }
    }
}

#[test]
fn a_threshold_is_not_kept_itself() {
    let key = Key::new(3);
    let bits = u64::from(key.bits(0));
    for (keep, expected) in [(bits, 0.0), (bits + 1, 1.0)] {
        let mask = Mask {
            dims: Dims::new(&[]),
            keep,
        };
        assert_eq!(
            apply(mask, &[key.into()]),
            Value::Scalar(AnyTensor::scalar(expected))
        );
    }
}

/// Over exact numbers the leading 52 bits, over doubles the same number, and over singles its leading 23, not rounded.
#[test]
fn uniform_numbers() {
    let (keys, value) = some_keys(&[3]);
    let uniform = || Uniform(Dims::new(&[4, 5]));
    let drawn = apply::<BigRational>(uniform(), &[Value::Key(value.clone())]);
    let doubles = apply::<f64>(uniform(), &[Value::Key(value.clone())]);
    let singles = apply::<f32>(uniform(), &[Value::Key(value.clone())]);
    let residues = apply::<Modular>(uniform(), &[Value::Key(value)]);
    assert_eq!(*drawn.dims(), [3, 4, 5]);
    let all = 1_u64 << 52;
    for i in 0..60 {
        let bits = keys[i / 20].bits64((i % 20) as u64) >> 12;
        let expected = BigRational::new(bits.into(), all.into());
        assert_eq!(drawn.tensor().unwrap().as_slice()[i], expected);
        let double = doubles.tensor().unwrap().as_slice()[i];
        assert_eq!(double, bits as f64 / all as f64);
        let single = singles.tensor().unwrap().as_slice()[i];
        assert_eq!(f64::from(single), (bits >> 29) as f64 / f64::from(1 << 23));
        let residue = residues.tensor().unwrap().as_slice()[i];
        assert_eq!(residue * Modular::from(all), Modular::from(bits));
    }
}

#[test]
fn a_batch_is_its_samples() {
    let (_, keys) = some_keys(&[3, 2]);
    let keys = Value::Key(keys);
    let at = |dims: &[usize], data| Value::Index(Indices::new(dims, 9, data).unwrap());
    let mask = Prim::from(Mask {
        dims: Dims::new(&[4]),
        keep: HALF,
    });
    check_batch(&mask, core::slice::from_ref(&keys), &[true], 3);
    check_batch(&FoldIn(2).into(), core::slice::from_ref(&keys), &[true], 3);
    let fold = Prim::from(FoldInIndex);
    check_batch(
        &fold,
        &[keys.clone(), at(&[3, 2], vec![0, 1, 2, 3, 4, 5])],
        &[true, true],
        3,
    );
    check_batch(&fold, &[keys, at(&[2], vec![8, 1])], &[true, false], 3);
    let key = Value::Key(some_keys(&[2]).1);
    check_batch(
        &fold,
        &[key.clone(), at(&[3, 2], vec![0, 1, 2, 3, 4, 5])],
        &[false, true],
        3,
    );
    let uniform = Prim::from(Uniform(Dims::new(&[4])));
    let several = Value::Key(some_keys(&[3, 2]).1);
    check_batch(&uniform, &[several], &[true], 3);
    let (once, batched) = batch(&uniform, core::slice::from_ref(&key), &[false], 3);
    let alone = apply(uniform, core::slice::from_ref(&key));
    assert_eq!((once, batched), (alone, false));
    // One draw for all samples.
    let (once, batched) = batch(&mask, core::slice::from_ref(&key), &[false], 3);
    assert_eq!((once, batched), (apply(mask, &[key]), false));
}

#[test]
fn have_no_derivatives() {
    let (_, keys) = some_keys(&[2]);
    let mask = Prim::from(Mask {
        dims: Dims::new(&[4]),
        keep: HALF,
    });
    let x = [Value::<BigRational>::Key(keys)];
    for draw in [mask, Uniform(Dims::new(&[4])).into()] {
        let y = apply(draw.clone(), &x);
        assert_eq!(jvp(&draw, &x, &[None]), None);
        assert_eq!(vjp(&draw, &x, &[false], &y), [None]);
        let types = [x[0].ty()];
        let site = crate::program::primitive::Site {
            x: &types,
            y: &[y.ty()],
        };
        let degrees = draw.degrees(&[Degree::VARIABLE], &site);
        assert_eq!(
            (degrees.results, degrees.calls),
            (vec![Degree::CONSTANT], 0)
        );
    }
}

#[test]
fn say_what_is_wrong() {
    let expected = |prim: Prim, x: &[Type]| match prim.types(x) {
        Err(ProgramError::Arguments { expected, .. }) => expected,
        other => panic!("{other:?}"),
    };
    let key = Type::Key(Dims::new(&[2]));
    let at = |dims: &[usize], below| Type::Index {
        dims: Dims::new(dims),
        below,
    };
    let scalar = Type::scalar(Dims::new(&[2]));
    assert_eq!(
        expected(FoldIn(0).into(), core::slice::from_ref(&scalar)),
        "keys"
    );
    let both = "keys and indices of the same dims";
    assert_eq!(
        expected(FoldInIndex.into(), core::slice::from_ref(&key)),
        both
    );
    assert_eq!(
        expected(FoldInIndex.into(), &[key.clone(), at(&[3], 4)]),
        both
    );
    let large = (1 << 32) + 1;
    assert_eq!(
        expected(FoldInIndex.into(), &[key.clone(), at(&[2], large)]),
        "indices below 2^32"
    );
    let mask = |keep| {
        Prim::from(Mask {
            dims: Dims::new(&[2]),
            keep,
        })
    };
    assert_eq!(expected(mask(HALF), core::slice::from_ref(&scalar)), "keys");
    let uniform = Prim::from(Uniform(Dims::new(&[2])));
    assert_eq!(expected(uniform, &[scalar]), "keys");
    assert_eq!(
        expected(mask(HALF * 2 + 1), &[key]),
        "a threshold of at most 2^32"
    );
}

#[test]
fn text() {
    check_text(FoldIn(3), "fold_in(3)");
    check_text(FoldInIndex, "fold_in_index");
    check_text(
        Mask {
            dims: Dims::new(&[2, 2]),
            keep: HALF,
        },
        "mask([2, 2], 2147483648)",
    );
    check_text(Uniform(Dims::new(&[2, 2])), "uniform([2, 2])");
    let large = [crate::program::parameter::Parameter::Number(1 << 32)];
    assert_eq!(Prim::parse("fold_in", &large), None);
}
