//! Lists against the same functions one by one, and what they refuse.

use cotangent_kernels::{
    Binary, Block, Call, Float, Instruction, ListError, Operand, Source, Target, Unary, binary,
    select, unary,
};

const ROOM: usize = 80;

/// Every kind of function and of place, for lengths around those of vectors, in the middle of what is read and written.
fn check<T: Float>(of: fn(f64) -> T) {
    let numbers = |len: usize, seed: usize| -> Vec<T> {
        let number = |i: usize| of(((i * 37 + seed * 101) % 64) as f64 / 8.0 - 4.0);
        (0..len).map(number).collect()
    };
    let register = |i: usize| Source::Register((i * ROOM) as u32);
    let to_register = |i: usize| Target::Register((i * ROOM) as u32);
    let (read, one) = (Source::Read, Source::First(2));
    let halved: fn(T) -> T = |x| x / (T::ONE + T::ONE);
    let list = [
        (Call::Binary(Binary::Mul, read(0), read(1)), to_register(1)),
        (Call::Binary(Binary::Sub, register(1), one), to_register(0)),
        (Call::Unary(Unary::Tanh, register(0)), to_register(2)),
        (Call::Each(halved, register(2)), Target::Written(1)),
        (Call::Unary(Unary::Relu, read(1)), to_register(0)),
        (
            Call::Select(register(0), Source::Written(1), Source::Number(of(-3.5))),
            Target::Written(0),
        ),
        (
            Call::Binary(Binary::Div, Source::Number(T::ONE), Source::Written(0)),
            to_register(1),
        ),
        (
            Call::Binary(Binary::Less, register(2), register(1)),
            Target::Written(2),
        ),
        (
            Call::Unary(Unary::Exp, Source::Number(T::ONE)),
            Target::Written(3),
        ),
        (Call::Each(halved, one), Target::Written(4)),
    ];
    let list = list.map(|(call, to)| Instruction { call, to });
    for len in [0, 1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 64, 70] {
        let (x, y, z) = (numbers(9 + len, 1), numbers(9 + len, 2), [of(0.25)]);
        let mut written = [(); 5].map(|()| vec![of(77.0); 4 + len + 2]);
        let mut registers = vec![T::ZERO; 3 * ROOM];
        let [a, b, c, d, e] = &mut written;
        let mut block = Block {
            registers: &mut registers,
            reads: &[&x, &y, &z],
            written: &mut [a, b, c, d, e],
            read_at: 9,
            write_at: 4,
            len,
        };
        block.run(&list).expect("all is there");

        let out = || vec![of(0.0); len];
        let (x, y) = (&x[9..], &y[9..]);
        let two = |f: Binary, x: Operand<T>, y: Operand<T>| {
            let mut z = out();
            binary(f, x, y, &mut z).expect("of one length");
            z
        };
        let block = Operand::Block;
        let product = two(Binary::Mul, block(x), block(y));
        let moved = two(Binary::Sub, block(&product), Operand::Scalar(of(0.25)));
        let (mut bent, mut positive, mut chosen) = (out(), out(), out());
        unary(Unary::Tanh, &moved, &mut bent).expect("of one length");
        let half: Vec<T> = bent.iter().map(|&x| halved(x)).collect();
        unary(Unary::Relu, y, &mut positive).expect("of one length");
        let other = Operand::Scalar(of(-3.5));
        select(block(&positive), block(&half), other, &mut chosen).expect("of one length");
        let inverse = two(Binary::Div, Operand::Scalar(T::ONE), block(&chosen));
        let less = two(Binary::Less, block(&bent), block(&inverse));
        let mut e = [T::ZERO];
        unary(Unary::Exp, &[T::ONE], &mut e).expect("of one length");
        let expected = [chosen, half, less, vec![e[0]; len], vec![of(0.125); len]];
        for (got, expected) in written.iter().zip(expected) {
            assert_eq!(got[4..4 + len], expected, "{len}");
            assert_eq!(got[..4], [of(77.0); 4], "{len}: what lies before stays");
            assert_eq!(
                got[4 + len..],
                [of(77.0); 2],
                "{len}: what lies behind stays"
            );
        }
    }
}

#[test]
fn as_one_by_one() {
    check::<f32>(|x| x as f32);
    check::<f64>(|x| x);
}

/// Arithmetic of whole vectors and of what is left over, against that of Rust.
#[test]
fn every_length() {
    for len in 0..70 {
        let x: Vec<f32> = (0..len).map(|i| i as f32 - 20.5).collect();
        let mut y = vec![0.0; len];
        unary(Unary::Recip, &x, &mut y).expect("of one length");
        assert!(x.iter().zip(&y).all(|(x, y)| 1.0 / x == *y), "{len}");
        binary(
            Binary::Sub,
            Operand::Block(&x),
            Operand::Scalar(0.3),
            &mut y,
        )
        .expect("as long");
        assert!(x.iter().zip(&y).all(|(x, y)| x - 0.3 == *y), "{len}");
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let neg = |x: Source<f32>, to: Target| Instruction {
        call: Call::Unary(Unary::Neg, x),
        to,
    };
    let run = |instruction: Instruction<f32>| {
        let (mut registers, x, mut y) = ([1.0; 8], [2.0; 5], [3.0; 5]);
        let mut block = Block {
            registers: &mut registers,
            reads: &[&x, &[]],
            written: &mut [&mut y, &mut []],
            read_at: 1,
            write_at: 1,
            len: 4,
        };
        let good = neg(Source::Read(0), Target::Written(0));
        let result = block.run(&[good, instruction]);
        // What was taken to be written is back, whatever happened.
        assert_eq!(block.written[0].len(), 5);
        assert_eq!(block.written[0][..2], [3.0, -2.0]);
        result
    };
    let (read, register) = (Source::Read(0), Target::Register(0));
    assert_eq!(run(neg(read, register)), Ok(()));
    assert_eq!(run(neg(Source::Register(4), register)), Ok(()));
    for (source, to) in [
        (Source::Read(2), register),
        (Source::Read(1), register),
        (Source::First(1), register),
        (Source::First(2), register),
        (Source::Written(1), register),
        (Source::Written(2), register),
        (Source::Register(5), register),
        (Source::Register(u32::MAX), register),
        (read, Target::Register(5)),
        (read, Target::Register(u32::MAX)),
        (read, Target::Written(1)),
        (read, Target::Written(2)),
        // A result in one of its operands.
        (Source::Register(0), register),
        (Source::Register(1), register),
        (Source::Register(3), Target::Register(4)),
        (Source::Written(0), Target::Written(0)),
    ] {
        let error = run(neg(source, to)).expect_err("it does not fit");
        assert_eq!(error, ListError { instruction: 1 }, "{source:?} {to:?}");
    }
}
