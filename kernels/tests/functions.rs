//! Functions of `f32` against those of `f64`, over every exponent, and at the ends.

use cotangent_kernels::{Binary, Operand, Unary, binary, select, unary};

/// What the interpreter computes, in `f64`.
fn exact(f: Unary, x: f64) -> f64 {
    match f {
        Unary::Stop => x,
        Unary::Neg => -x,
        Unary::Recip => 1.0 / x,
        Unary::Relu => {
            if x < 0.0 {
                0.0
            } else {
                x
            }
        }
        Unary::Step => f64::from(u8::from(x > 0.0)),
        Unary::Exp => x.exp(),
        Unary::Log => x.ln(),
        Unary::Tanh => x.tanh(),
        Unary::Sigmoid => {
            if x >= 0.0 {
                1.0 / (1.0 + (-x).exp())
            } else {
                x.exp() / (1.0 + x.exp())
            }
        }
        Unary::Sqrt => x.sqrt(),
        Unary::Rsqrt => 1.0 / x.sqrt(),
        Unary::Expm1 => x.exp_m1(),
        Unary::Log1p => x.ln_1p(),
        Unary::Softplus => {
            if x > 0.0 {
                x + (-x).exp().ln_1p()
            } else {
                x.exp().ln_1p()
            }
        }
        Unary::Sin => x.sin(),
        Unary::Cos => x.cos(),
        Unary::Atan => x.atan(),
        Unary::Erf => libm::erf(x),
    }
}

/// How far `got` is from `y`, in units of the last place of the `f32` nearest to `y`.
fn ulps(got: f32, y: f64) -> f64 {
    let near = y as f32;
    if near.is_nan() || near.is_infinite() || got.is_nan() || got.is_infinite() {
        let is_same = got == near || got.is_nan() && near.is_nan();
        return if is_same { 0.0 } else { f64::INFINITY };
    }
    let exponent = (near.abs().to_bits() >> 23).max(1) as i32;
    (f64::from(got) - y).abs() / 2f64.powi(exponent - 150)
}

/// Some 8 million numbers: every 521st pattern of bits, so of every sign and exponent.
fn grid() -> Vec<f32> {
    (0..u32::MAX / 521)
        .map(|i| f32::from_bits(i * 521))
        .filter(|x| !x.is_nan())
        .collect()
}

#[test]
fn within_two_units_over_all_exponents() {
    let x = grid();
    let mut y = vec![0.0; x.len()];
    for f in Unary::ALL {
        unary(f, &x, &mut y).expect("of one length");
        let worst = x
            .iter()
            .zip(&y)
            .map(|(&x, &y)| (ulps(y, exact(f, f64::from(x))), x));
        let (worst, at) = worst.max_by(|a, b| a.0.total_cmp(&b.0)).expect("numbers");
        println!("| `{f:?}` | {worst:.2} | {at:e} |");
        assert!(worst <= 2.0, "{f:?}: {worst} at {at:e}");
    }
}

#[test]
fn the_ends_and_the_signs_of_zeros() {
    let x = [
        0.0,
        -0.0,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        1e-45,
        -1e-45,
        f32::MAX,
        f32::MIN,
        1.0,
        -1.0,
    ];
    for f in Unary::ALL {
        let (mut y, mut wide) = (x.map(|_| 7.0), x.map(|_| 7.0));
        unary(f, &x, &mut y).expect("of one length");
        unary(f, &x.map(f64::from), &mut wide).expect("of one length");
        for ((&x, y), wide) in x.iter().zip(y).zip(wide) {
            let z = exact(f, f64::from(x));
            assert!(ulps(y, z) <= 2.0, "{f:?}({x:e}) is {y:e}, expected {z:e}");
            assert!(
                z.is_nan() || y.is_sign_negative() == z.is_sign_negative(),
                "{f:?}({x:e}): {y:e}, expected {z:e}"
            );
            let is_near = (wide - z).abs() <= 4.0 * f64::EPSILON * z.abs()
                || wide == z
                || wide.is_nan() && z.is_nan();
            assert!(is_near, "{f:?}({x:e}) is {wide:e}, expected {z:e}");
        }
    }
}

/// A number may be either operand, or both.
#[test]
fn a_number_is_a_block_of_it() {
    let values = [1.5f32, -2.0, 0.0, -0.0, f32::INFINITY, f32::NAN, 1e30];
    for f in Binary::ALL {
        for x in values {
            let (mut number, mut block) = ([7.0; 7], [8.0; 7]);
            let operands = [Operand::Block(&values), Operand::Scalar(2.5)];
            for y in operands {
                binary(f, Operand::Scalar(x), y, &mut number).expect("of one length");
                binary(f, Operand::Block(&[x; 7]), y, &mut block).expect("of one length");
                for (a, b) in number.iter().zip(&block) {
                    let same = a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
                    assert!(same, "{f:?} of {x}: {a}, expected {b}");
                }
            }
        }
        let empty: [f32; 0] = [];
        binary(f, Operand::Block(&empty), Operand::Scalar(1.0), &mut []).expect("of no length");
    }
}

#[test]
fn functions_of_two() {
    let values = [
        1.5f32,
        -2.0,
        0.0,
        -0.0,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::NAN,
        3.0,
    ];
    let same = |a: f32, b: f32| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    for f in Binary::ALL {
        for y in values {
            let expected = values.map(|x| match f {
                Binary::Add => x + y,
                Binary::Mul => x * y,
                Binary::Sub => x - y,
                Binary::Div => x / y,
                Binary::Max if x.is_nan() || y.is_nan() => f32::NAN,
                Binary::Max => {
                    if x >= y {
                        x
                    } else {
                        y
                    }
                }
                Binary::Pow => x.powf(y),
                Binary::Less => f32::from(x < y),
                Binary::LessEqual => f32::from(x <= y),
                Binary::Equal => f32::from(x == y),
            });
            for operand in [Operand::Scalar(y), Operand::Block(&[y; 8])] {
                let mut z = [7.0; 8];
                binary(f, Operand::Block(&values), operand, &mut z).expect("of one length");
                assert!(
                    z.iter().zip(expected).all(|(&z, e)| same(z, e)),
                    "{f:?} {y}: {z:?}, expected {expected:?}"
                );
            }
        }
    }
}

#[test]
fn a_choice() {
    use Operand::{Block, Scalar};
    let (c, x, y) = (
        [1.0, 0.0, f64::NAN, -1.0, -0.0],
        [9.0, 8.0, 7.0, 6.0, 5.0],
        [1.0, 2.0, 3.0, 4.0, -0.0],
    );
    let chosen = |c: Operand<f64>, x: Operand<f64>, y: Operand<f64>| {
        let mut z = [7.0; 5];
        select(c, x, y, &mut z).expect("of one length");
        z.map(f64::to_bits)
    };
    let bits = |z: [f64; 5]| z.map(f64::to_bits);
    let of = Block(&c);
    assert_eq!(
        chosen(of, Block(&x), Block(&y)),
        bits([9.0, 2.0, 3.0, 4.0, -0.0])
    );
    assert_eq!(
        chosen(of, Scalar(0.5), Block(&y)),
        bits([0.5, 2.0, 3.0, 4.0, -0.0])
    );
    assert_eq!(
        chosen(of, Block(&x), Scalar(-0.0)),
        bits([9.0, -0.0, -0.0, -0.0, -0.0])
    );
    assert_eq!(
        chosen(of, Scalar(2.0), Scalar(3.0)),
        bits([2.0, 3.0, 3.0, 3.0, 3.0])
    );
    assert_eq!(chosen(Scalar(1.0), Block(&x), Block(&y)), bits(x));
    assert_eq!(chosen(Scalar(f64::NAN), Scalar(1.0), Block(&y)), bits(y));
    select::<f64>(Block(&[]), Block(&[]), Block(&[]), &mut []).expect("of no length");
    let short = select(of, Block(&x), Block(&y[1..]), &mut [0.0; 5]).expect_err("two lengths");
    assert_eq!((short.expected, short.got), (5, 4));
    let error = unary(Unary::Exp, &[1.0], &mut [0.0; 2]).expect_err("two lengths");
    assert_eq!(
        error.to_string(),
        "an operand has 1 elements, and the result 2"
    );
}
