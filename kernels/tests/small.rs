//! Lists over small values: the bits of the kernels for large ones.

use cotangent_kernels::{
    Binary, Call, Cell, Each, Float, Join, Joined, Matrix, MatrixMut, Moved, Operand, Product,
    Region, Run, Slices, Small, SmallError, SmallProduct, Spread, Unary, Walk, Work, binary,
    matmul, max, select, sum, unary,
};

fn moved(region: Region, register: u32, len: u32) -> Moved {
    let cell = Cell {
        region,
        offset: 0,
        advance: 0,
    };
    Moved {
        cell,
        register,
        len,
    }
}

/// A function of single elements, in registers that hold numbers.
fn alone<T: Float>(call: Call<T, u32>, operands: &[T]) -> T {
    let result = operands.len();
    let numbers = operands.iter().copied().zip(0..).collect();
    let list = Small {
        numbers,
        once: Vec::new(),
        loads: Vec::new(),
        list: vec![Work::Ones(vec![(call, result as u32)])],
        stores: vec![moved(Region::Arena, result as u32, 1)],
        registers: result + 1,
    };
    let (mut registers, mut arena) = (vec![T::ZERO; result + 1], [T::ZERO]);
    let slices = Slices {
        arena: &mut arena,
        inputs: &[],
        outputs: &mut [],
        constants: &[],
    };
    let done = list.run(slices, &mut registers, 0..1, false);
    done.expect("registers and an element");
    arena[0]
}

/// One element gives the bits that it gives among others.
fn one_of_many<T: Float>(values: &[T], bits: fn(T) -> u64) {
    #[allow(clippy::eq_op)] // what is not itself is NaN
    let same = |a: T, b: T| bits(a) == bits(b) || (a != a && b != b);
    let mut all = vec![T::ZERO; values.len()];
    for f in Unary::ALL {
        unary(f, values, &mut all).expect("of one length");
        for (x, y) in values.iter().zip(&all) {
            let one = alone(Call::Unary(f, 0), &[*x]);
            assert!(same(one, *y), "{f:?} of {x:?}: {one:?}, expected {y:?}");
        }
    }
    for x in values.iter().copied() {
        for f in Binary::ALL {
            binary(f, Operand::Scalar(x), Operand::Block(values), &mut all).expect("as long");
            for (y, z) in values.iter().zip(&all) {
                let one = alone(Call::Binary(f, 0, 1), &[x, *y]);
                assert!(same(one, *z), "{f:?} of {x:?} and {y:?}");
            }
        }
        let (c, y) = (Operand::Block(values), Operand::Scalar(x));
        select(c, Operand::Scalar(T::ONE), y, &mut all).expect("as long");
        for (c, z) in values.iter().zip(&all) {
            let one = alone(Call::Select(0, 1, 2), &[*c, T::ONE, x]);
            assert!(same(one, *z), "select of {c:?}");
        }
    }
}

#[test]
fn one_element_as_one_of_many() {
    let values = [
        1.5,
        -2.0,
        0.0,
        -0.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        1e-40,
        0.3,
        -17.25,
        1e12,
        88.0,
        -0.61,
        3.0,
    ];
    one_of_many(&values, f64::to_bits);
    one_of_many(&values.map(|x| x as f32), |x| u64::from(x.to_bits()));
}

/// The registers after some work, which takes `x` from register 0 on and gives `len` after them.
fn after(x: &[f32], work: Work<f32>, len: usize) -> Result<Vec<f32>, SmallError> {
    let (count, all) = (x.len() as u32, x.len() + len);
    let list = Small {
        numbers: Vec::new(),
        once: Vec::new(),
        loads: vec![moved(Region::Input(0), 0, count)],
        list: vec![work],
        stores: vec![moved(Region::Output(0), count, len as u32)],
        registers: all,
    };
    let mut out = vec![0.0; len];
    let slices = Slices {
        arena: &mut [],
        inputs: &[x],
        outputs: &mut [&mut out],
        constants: &[],
    };
    list.run(slices, &mut vec![f32::NAN; all], 0..1, false)?;
    Ok(out)
}

fn numbers(count: usize) -> Vec<f32> {
    (0..count).map(|i| (i as f32 * 0.7).sin() * 3.0).collect()
}

/// Each function of as many elements as vectors have, more, and fewer.
#[test]
fn many_elements_as_in_a_block() {
    for len in (0..40).chain([63, 64, 65, 127, 200]) {
        let x = numbers(len + 3);
        for f in Unary::ALL {
            let mut expected = vec![0.0; len];
            unary(f, &x[3..], &mut expected).expect("as long");
            let each = Each {
                call: Call::Unary(f, Run::Elements(3)),
                to: x.len() as u32,
                len: len as u32,
            };
            let got = after(&x, Work::Each(Box::new(each)), len).expect("registers");
            let bits = |x: &[f32]| x.iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
            assert_eq!(bits(&got), bits(&expected), "{f:?} of {len}");
        }
        for (x_run, x_block) in [
            (Run::Same(1), Operand::Scalar(x[1])),
            (Run::Elements(0), Operand::Block(&x[..len])),
        ] {
            for f in [Binary::Sub, Binary::Max, Binary::Less] {
                let mut expected = vec![0.0; len];
                binary(f, x_block, Operand::Block(&x[2..][..len]), &mut expected).expect("as long");
                let each = Each {
                    call: Call::Binary(f, x_run, Run::Elements(2)),
                    to: x.len() as u32,
                    len: len as u32,
                };
                let got = after(&x, Work::Each(Box::new(each)), len).expect("registers");
                assert_eq!(got, expected, "{f:?} of {len}");
            }
        }
    }
}

/// All sizes up to 9 with each order of each matrix: the bits of `matmul`, or a copy is needed, which is so only for a second
/// factor by columns and for strides that are no order.
#[test]
fn products_as_matmul_has_them() {
    let (mut made, mut copied) = (0, 0);
    for size in (0..9 * 9 * 9).map(|i| Product {
        m: 1 + i % 9,
        k: 1 + i / 9 % 9,
        n: 1 + i / 81,
    }) {
        let Product { m, k, n } = size;
        let (a, b) = (numbers(m * k), numbers(k * n + 5));
        let orders = |rows: usize, columns: usize| [[columns, 1], [1, rows]];
        for a_by in orders(m, k) {
            for b_by in orders(k, n) {
                for c_by in orders(m, n) {
                    let [to, of_b] = [a.len() + b.len(), a.len()].map(|at| at as u32);
                    let x = [&a[..], &b].concat();
                    let Some(product) = SmallProduct::new(size, [0, of_b, to], [a_by, b_by, c_by])
                    else {
                        copied += 1;
                        // A second factor by columns, or, of a transposed result, a first by rows.
                        let is_plain = a_by == [1, m] && b_by == [n, 1] || k == 1;
                        assert!(!is_plain, "{size:?}");
                        continue;
                    };
                    made += 1;
                    let got =
                        after(&x, Work::Product(Box::new(product)), m * n).expect("registers");
                    let mut expected = vec![0.0; m * n];
                    let matrix = |data, [row, column]: [usize; 2]| Matrix { data, row, column };
                    let [row, column] = c_by;
                    let c = MatrixMut {
                        data: &mut expected,
                        row,
                        column,
                    };
                    matmul(size, matrix(&a, a_by), matrix(&b, b_by), c, false).expect("they fit");
                    assert_eq!(got, expected, "{size:?} {a_by:?} {b_by:?} {c_by:?}");
                    let exact = |i: usize, j: usize| -> f64 {
                        let x = |q| f64::from(a[i * a_by[0] + q * a_by[1]]);
                        let y = |q| f64::from(b[q * b_by[0] + j * b_by[1]]);
                        (0..k).map(|q| x(q) * y(q)).sum()
                    };
                    for (i, j) in (0..m).flat_map(|i| (0..n).map(move |j| (i, j))) {
                        let (got, exact) = (f64::from(got[i * row + j * column]), exact(i, j));
                        // Of at most 9 products below 9, each rounded once.
                        assert!((got - exact).abs() < 1e-5, "{got}, expected {exact}");
                    }
                }
            }
        }
    }
    assert!(made > 3000 && copied > 500, "{made} {copied}");
}

#[test]
fn elements_at_strides() {
    let x = numbers(24);
    for (walk, len) in [
        (
            Walk {
                columns: 4,
                stride: 6,
                outer: [(6, 1)].into(),
            },
            24,
        ),
        (
            Walk {
                columns: 3,
                stride: 0,
                outer: [(2, 5)].into(),
            },
            6,
        ),
        (
            Walk {
                columns: 2,
                stride: 2,
                outer: [(2, 12), (2, 1)].into(),
            },
            8,
        ),
        (
            Walk {
                columns: 0,
                stride: 1,
                outer: [].into(),
            },
            0,
        ),
    ] {
        let mut expected = vec![0.0; len];
        walk.load(&x, 0, &mut expected);
        let spread = Spread {
            from: 0,
            walk,
            to: 24,
            len: len as u32,
        };
        assert_eq!(after(&x, Work::Spread(Box::new(spread)), len), Ok(expected));
    }
}

#[test]
fn reductions() {
    let x = numbers(24);
    let columns = Walk {
        columns: 6,
        stride: 1,
        outer: [(4, 0)].into(),
    };
    let all = Walk {
        columns: 24,
        stride: 0,
        outer: [].into(),
    };
    let joined = |how, walk: &Walk, len: u32| {
        let joined = Joined {
            how,
            from: 0,
            len: 24,
            to: [24, len],
            walk: walk.clone(),
        };
        after(&x, Work::Join(Box::new(joined)), len as usize)
    };
    assert_eq!(joined(Join::Sum, &all, 1), Ok(vec![sum(&x)]));
    assert_eq!(joined(Join::Max, &all, 1), Ok(vec![max(&x)]));
    let largest = (0..6).map(|j| (0..4).map(|i| x[i * 6 + j]).fold(f32::MIN, f32::max));
    assert_eq!(joined(Join::Max, &columns, 6), Ok(largest.collect()));
    let sums = (0..6).map(|j| (0..4).map(|i| x[i * 6 + j]).fold(0.0, |a, b| a + b));
    assert_eq!(joined(Join::Sum, &columns, 6), Ok(sums.collect()));
}

#[test]
fn what_is_not_there_is_refused() {
    let x = numbers(4);
    let each = |from: u32, to: u32, len: u32| {
        let call = Call::Unary(Unary::Neg, Run::Elements(from));
        after(&x, Work::Each(Box::new(Each { call, to, len })), 4)
    };
    assert!(each(0, 4, 4).is_ok());
    assert_eq!(each(1, 4, 4), Err(SmallError), "an operand in its result");
    assert_eq!(
        each(5, 4, 4),
        Err(SmallError),
        "likewise, after its beginning"
    );
    assert_eq!(each(8, 4, 4), Err(SmallError), "no such register");
    assert_eq!(each(0, 5, 4), Err(SmallError), "no room for the result");
    assert_eq!(
        after(&x, Work::Ones(vec![(Call::Unary(Unary::Neg, 8), 4)]), 4),
        Err(SmallError)
    );
    assert_eq!(
        after(&x, Work::Ones(vec![(Call::Unary(Unary::Neg, 0), 8)]), 4),
        Err(SmallError)
    );
    let far = Walk {
        columns: 2,
        stride: 4,
        outer: [].into(),
    };
    let spread = Spread {
        from: 0,
        walk: far.clone(),
        to: 4,
        len: 2,
    };
    assert_eq!(
        after(&x, Work::Spread(Box::new(spread)), 4),
        Err(SmallError)
    );
    let joined = Joined {
        how: Join::Sum,
        from: 0,
        len: 2,
        to: [4, 4],
        walk: far,
    };
    assert_eq!(after(&x, Work::Join(Box::new(joined)), 4), Err(SmallError));
    let size = Product { m: 2, k: 2, n: 2 };
    let by_rows = [[2, 1]; 3];
    for (at, fits) in [
        ([0, 0, 4], true),
        ([0, 1, 4], false),
        ([5, 0, 4], false),
        ([0, 0, 5], false),
    ] {
        let product = SmallProduct::new(size, at, by_rows).expect("no copies");
        assert_eq!(
            after(&x, Work::Product(Box::new(product)), 4).is_ok(),
            fits,
            "{at:?}"
        );
    }
    assert!(SmallProduct::new(size, [0, 0, 4], [[2, 1], [2, 1], [0, 1]]).is_none());
    assert!(SmallProduct::new(Product { k: 0, ..size }, [0, 0, 4], by_rows).is_none());
    // What is not there is read and written nowhere else either.
    let list = Small::<f32> {
        numbers: vec![(1.0, 1)],
        once: vec![],
        loads: vec![],
        list: vec![],
        stores: vec![],
        registers: 1,
    };
    let run = |list: &Small<f32>| {
        let slices = Slices {
            arena: &mut [0.0],
            inputs: &[&[1.0]],
            outputs: &mut [],
            constants: &[],
        };
        list.run(slices, &mut [0.0], 0..1, false)
    };
    assert_eq!(run(&list), Err(SmallError));
    for (region, len) in [
        (Region::Arena, 2),
        (Region::Input(0), 1),
        (Region::Output(0), 1),
        (Region::Constant(0), 1),
    ] {
        let list = Small {
            numbers: vec![],
            stores: vec![moved(region, 0, len)],
            ..list.clone()
        };
        assert_eq!(run(&list), Err(SmallError), "{region:?}");
    }
}
