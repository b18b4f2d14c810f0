//! Passes that are wrong, each in one way, and the law that refuses it.

use super::batches::is_each_sample;
use super::rewritten::{pullback, push, rewritten};
use cotangent::program::{
    Batch, Binary, Full, Instruction, Literal, Prim, Program, Reduce, Reduction, Unary, batch,
    inline,
};
use cotangent::prove::{batch_eq_each_bit_for_bit_of, batch_eq_each_of, prove_equal};
use cotangent::tensor::{AnyTensor, Dims};

const TERMS: &str = "programs_are_equal";
const BITS: &str = "programs_are_equal_bit_for_bit";
const TYPES: &str = "programs_have_equal_types";

fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    let text = format!("cotangent program 1\n{}\n", lines.join("\n"));
    text.parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Whether a value of a program is the same number everywhere.
fn is_full(program: &Program, id: usize, number: f64) -> bool {
    let of = |i: &Instruction| matches!(&i.prim, Prim::Full(Full(_, x)) if format!("{x}").parse() == Ok(number));
    program.numbered().any(|(first, i)| first == id && of(i))
}

/// Rewrites by a wrong equation: the value in place of an instruction, where it says one.
fn by(
    program: &Program,
    equation: impl Fn(&mut Program, &Prim, &[usize]) -> Option<usize>,
) -> Program {
    rewritten(program, |out, instruction, x| {
        match equation(out, &instruction.prim, x) {
            Some(id) => vec![id],
            None => push(out, instruction.prim.clone(), x),
        }
    })
}

fn zeros(out: &mut Program, like: usize) -> usize {
    let dims = out.dims(like).unwrap().clone();
    push(out, Full(dims, Literal::ratio(0, 1)), &[])[0]
}

/// A wrong pass: its name, a program on which it shows, what it makes of it, and the law.
type Row = (&'static str, Program, fn(&Program) -> Program, &'static str);

fn rows() -> Vec<Row> {
    let pair = |line: &str| program(&format!("%0: [2]\n%1: [2]\n{line}"));
    vec![
        (
            "x * 0 is 0",
            pair("%2 [2] = full([2], 0)\n%3 [2] = mul %0 %2\nreturn %3"),
            |p| {
                by(p, |out, prim, x| match prim {
                    Prim::Binary(Binary::Mul) if is_full(out, x[1], 0.0) => Some(x[1]),
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "x - x is 0",
            pair("%2 [2] = sub %0 %0\nreturn %2"),
            |p| {
                by(p, |out, prim, x| match prim {
                    Prim::Binary(Binary::Sub) if x[0] == x[1] => Some(zeros(out, x[0])),
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "x + 0 is x",
            pair("%2 [2] = full([2], 0)\n%3 [2] = add %0 %2\nreturn %3"),
            |p| {
                by(p, |out, prim, x| match prim {
                    Prim::Binary(Binary::Add) if is_full(out, x[1], 0.0) => Some(x[0]),
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "x / x is 1",
            pair("%2 [2] = div %0 %0\nreturn %2"),
            |p| {
                by(p, |out, prim, x| match prim {
                    Prim::Binary(Binary::Div) if x[0] == x[1] => {
                        Some(push(out, Full(Dims::new(&[2]), Literal::ratio(1, 1)), &[])[0])
                    }
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "exp(log x) is x",
            pair("%2 [2] = log %0\n%3 [2] = exp %2\nreturn %3"),
            |p| {
                by(p, |_, prim, x| {
                    (*prim == Unary::Exp.into()).then(|| x[0] - 2)
                })
            },
            BITS,
        ),
        (
            "-(x - y) is y - x",
            pair("%2 [2] = sub %0 %1\n%3 [2] = neg %2\nreturn %3"),
            |p| {
                by(p, |out, prim, _| match prim {
                    Prim::Unary(Unary::Neg) => Some(push(out, Binary::Sub, &[1, 0])[0]),
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "(x + y) + y is x + (y + y)",
            pair("%2 [2] = add %0 %1\n%3 [2] = add %2 %1\nreturn %3"),
            |p| {
                by(p, |out, prim, x| match prim {
                    Prim::Binary(Binary::Add) if x[0] == 2 => {
                        let sum = push(out, Binary::Add, &[1, 1])[0];
                        Some(push(out, Binary::Add, &[0, sum])[0])
                    }
                    _ => None,
                })
            },
            BITS,
        ),
        (
            "the largest of x and NaN is x",
            pair("%2 [2] = full([2], nan:7ff8000000000000)\n%3 [2] = max %0 %2\nreturn %3"),
            |p| {
                by(p, |_, prim, x| match prim {
                    Prim::Binary(Binary::Max) => Some(x[0]),
                    _ => None,
                })
            },
            TERMS,
        ),
        (
            "a sum is the largest",
            program("%0: [2, 3]\n%1 [2] = reduce_sum([1]) %0\nreturn %1"),
            |p| rewritten(p, |out, _, x| push(out, Reduce(Reduction::Max, vec![1]), x)),
            TYPES,
        ),
        (
            "a used instruction is dropped",
            pair("%2 [2] = exp %0\n%3 [2] = mul %2 %1\nreturn %3"),
            |p| by(p, |_, prim, x| (*prim == Unary::Exp.into()).then(|| x[0])),
            TERMS,
        ),
        (
            "the wrong duplicate is kept",
            pair("%2 [2] = exp %0\n%3 [2] = exp %1\n%4 [2] = mul %2 %3\nreturn %4"),
            |p| {
                by(p, |out, prim, x| {
                    // It looks at the primitive, and not at the arguments.
                    let same = out
                        .numbered()
                        .find(|(_, i)| i.prim == *prim && i.arguments.len() == x.len());
                    same.map(|(id, _)| id)
                })
            },
            TERMS,
        ),
        (
            "duplicates are swapped",
            pair("%2 [2] = sub %0 %1\n%3 [2] = sub %1 %0\nreturn %2 %3"),
            |p| {
                by(p, |out, prim, _| {
                    out.numbered()
                        .find(|(_, i)| i.prim == *prim)
                        .map(|(id, _)| id)
                })
            },
            TERMS,
        ),
        (
            "prune drops an output",
            pair("%2 [2] = exp %0\nreturn %2 %1"),
            |p| {
                let mut out = p.clone();
                out.set_outputs(&p.outputs()[..1]).unwrap();
                out
            },
            TYPES,
        ),
        (
            "prune drops an input",
            program("%0: [2]\n%1: [2]\n%2 [2] = exp %0\nreturn %2"),
            |_| program("%0: [2]\n%1 [2] = exp %0\nreturn %1"),
            TYPES,
        ),
        (
            "prune takes the other result",
            program(
                "function 0 two {
                %0: [2]
                %1 [2] = exp %0
                %2 [2] = neg %0
                return %1 %2
                }
                %0: [2]
                %1 [2], %2 [2] = call(f0) %0
                return %2",
            ),
            |_| program("%0: [2]\n%1 [2] = exp %0\nreturn %1"),
            TERMS,
        ),
        (
            "inline swaps the arguments",
            program(
                "function 0 less {
                %0: [2]
                %1: [2]
                %2 [2] = sub %0 %1
                return %2
                }
                %0: [2]
                %1: [2]
                %2 [2] = call(f0) %0 %1
                return %2",
            ),
            |p| {
                let swapped = rewritten(p, |out, call, x| {
                    push(out, call.prim.clone(), &[x[1], x[0]])
                });
                inline(&swapped).unwrap()
            },
            TERMS,
        ),
        (
            "a key is folded twice",
            program("%0: key []\n%1 key [] = fold_in(3) %0\nreturn %1"),
            |p| {
                by(p, |out, prim, x| {
                    let once = push(out, prim.clone(), x)[0];
                    Some(push(out, prim.clone(), &[once])[0])
                })
            },
            TERMS,
        ),
        (
            "two masks of one key for those of two",
            program(
                "%0: key []
                %1 key [] = fold_in(3) %0
                %2 [64] = mask([64], 2147483648) %0
                %3 [64] = mask([64], 2147483648) %1
                %4 [64] = mul %2 %3
                return %4",
            ),
            |p| {
                by(p, |out, prim, _| match prim {
                    Prim::Mask(_) => out
                        .numbered()
                        .find(|(_, i)| i.prim == *prim)
                        .map(|(id, _)| id),
                    _ => None,
                })
            },
            TERMS,
        ),
        (
            "a level too high",
            pair("%2 [2] = add %0 %0\nreturn %2"),
            |_| program("%0: [2]\n%1: [2]\n%2 [2] = neg %0\n%3 [2] = sub %0 %2\nreturn %3"),
            TYPES,
        ),
    ]
}

/// Each is refused by the law that it breaks; and as it was, the program is accepted.
#[test]
fn wrong_passes() {
    let mut wrong = Vec::new();
    for (name, program, pass, law) in rows() {
        if let Err(error) = prove_equal(&program, &program) {
            wrong.push(format!("{name}: the program itself is refused: {error}"));
        }
        match prove_equal(&program, &pass(&program)) {
            Err(error) if error.law == law => println!("{name}: {error}"),
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(proof) => wrong.push(format!("{name}: accepted: {proof}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Batches that forget an axis, or share what is not shared.
#[test]
fn wrong_batches() {
    let sum = program("%0: [2, 2]\n%1 [2] = reduce_sum([0]) %0\nreturn %1");
    let good = batch(&sum, &[true], 2).unwrap();
    batch_eq_each_bit_for_bit_of(&sum, &[true], 2, &good).unwrap();
    is_each_sample(&sum, &[true], 2, &good).unwrap();
    let of = |lines: &str, batched| Batch {
        program: program(lines),
        batched: vec![batched],
    };
    let wrong = [
        (
            "the axis of the batch is summed",
            of(
                "%0: [2, 2, 2]\n%1 [2, 2] = reduce_sum([0]) %0\nreturn %1",
                true,
            ),
        ),
        (
            "the other axis is summed",
            of(
                "%0: [2, 2, 2]\n%1 [2, 2] = reduce_sum([2]) %0\nreturn %1",
                true,
            ),
        ),
        (
            "both are summed",
            of(
                "%0: [2, 2, 2]\n%1 [2] = reduce_sum([0, 1]) %0\nreturn %1",
                false,
            ),
        ),
        (
            "it says that it is shared",
            Batch {
                batched: vec![false],
                ..good
            },
        ),
    ];
    for (name, batch) in &wrong {
        let error = batch_eq_each_bit_for_bit_of(&sum, &[true], 2, batch).expect_err(name);
        assert_eq!(error.law, "batch_eq_each_bit_for_bit", "{name}");
        let x = AnyTensor::new(&[2, 2, 2], (1..9).map(f64::from).collect()).unwrap();
        let error = batch_eq_each_of(&sum, &[true], 2, &[x.into()], batch).expect_err(name);
        assert_eq!(error.law, "batch_eq_each", "{name}");
        let error = is_each_sample(&sum, &[true], 2, batch).expect_err(name);
        assert!([TERMS, TYPES].contains(&error.law), "{name}: {error}");
    }
    // Right over a field, and for no infinity: a mean by a product with 1/n for a division by n.
    let mean = program("%0: [2]\n%1: [2]\n%2 [2] = div %0 %1\nreturn %2");
    let product = Batch {
        program: program(
            "%0: [2, 2]\n%1: [2, 2]\n%2 [2, 2] = recip %1\n%3 [2, 2] = mul %0 %2\nreturn %3",
        ),
        batched: vec![true],
    };
    assert!(batch_eq_each_bit_for_bit_of(&mean, &[true, true], 2, &product).is_err());
}

/// The backward half of a checkpoint computes again from what its forward half left: each of the values that it takes,
/// taken for each other one.
#[test]
fn wrong_residuals() {
    let checkpoint = program(
        "function 0 f {
        %0: [2]
        %1: [2]
        %2 [2] = exp %0
        %3 [2] = mul %2 %1
        %4 [2] = exp %3
        return %4
        }
        %0: [2]
        %1: [2]
        %2 [2] = call(f0, checkpoint) %0 %1
        return %2",
    );
    let pulled = pullback(&checkpoint);
    prove_equal(&pulled, &pulled).unwrap();
    let mut refused = 0;
    for (lost, instead) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
        let mutant = rewritten(&pulled, |out, instruction, x| {
            let mut x = x.to_vec();
            if x.len() == 3 {
                x[lost] = x[instead];
            }
            push(out, instruction.prim.clone(), &x)
        });
        match prove_equal(&pulled, &mutant) {
            Ok(_) => assert_eq!(lost, instead),
            Err(error) => {
                assert_eq!(error.law, TERMS, "{lost} is {instead}: {error}");
                assert!(
                    ["output 1", "output 2"].contains(&&error.place[..8]),
                    "{error}"
                );
                refused += 1;
            }
        }
    }
    assert_eq!(refused, 6);
}
