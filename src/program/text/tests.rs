//! Texts there and back, and texts that are none.

use super::TextError;
use crate::program::{
    Call, Constant, Elements, Full, Function, Input, Instruction, Label, Offset, Prim, Program,
    Rule, Scale, Scan, Steps,
};
use crate::scalar::{Binary, Literal, Precision, Unary};
use crate::tensor::{Dims, Key, Type};
use std::fmt::Write;
use std::sync::Arc;

const TEXT: &str = r#"cotangent program 1
function 0 square {
  %0 x: [2]
  %1 [2] = mul %0 %0
  return %1
} jvp {
  %0: [2]
  %1: [2]
  %2: [2]
  %3 [2] = mul %0 %2
  %4 [2] = scale(2) %3
  return %4
} vjp {
  %0: [2]
  %1: [2]
  %2: [2]
  %3 [2] = mul %0 %2
  %4 [2] = scale(2) %3
  return %4
}
function 1 "a step" {
  %0: [2]
  %1: [2]
  %2 [2] = call(f0) %0
  %3 [2] = add %2 %1
  return %3 %2
}
%0 x: [2]
%1 w: [2, 3]
%2 "labels of x": [2] < 3
%3 key: key []
%4: double [1]
%5 xs: [4, 2]
%6 [3] = contract([0], [0, 1], [1]) %0 %1; h matmul src/main.rs:12
%7 [2], %8 [4, 2] = scan(f1, 4, 0, 1, [0], [0]) %0 %5
%9 [2] = call(f0, checkpoint) %7; "" square
%10 [2] = offset(-1/2) %9; "sum\u{a}\"of\" \\ two" "+" "C:\\main.rs":3
%11 [3] = constant([3], scalars [1, -1/3, 0.1f])
%12 [2] = constant([2], 3, [2, 0]) < 3
return %6 %7 %8 %10
"#;

/// The text, without the line that is not one.
fn text() -> String {
    TEXT.replace("%12 [2] = constant([2], 3, [2, 0]) < 3\n", "")
}

/// The program is equal, and so are names and source lines: its text is the same again.
#[test]
fn there_and_back() {
    let program: Program = text().parse().unwrap();
    assert_eq!(program.to_string(), text());
    assert_eq!(program.to_string().parse(), Ok(program.clone()));
    let label = program.instructions()[3].label.as_deref().unwrap();
    assert_eq!(&*label.names[0], "sum\n\"of\" \\ two");
    assert_eq!(
        (&*label.op, label.source.clone()),
        ("+", Some(("C:\\main.rs".into(), 3)))
    );
    assert_eq!(&*program.inputs()[2].name, "labels of x");
    // The functions are those that live already, not others.
    let again: Program = text().parse().unwrap();
    for (one, other) in program.functions().into_iter().zip(again.functions()) {
        assert!(core::ptr::eq(one, other));
    }
}

#[test]
fn of_a_primitive() {
    let function = Function::new("my loop", text().parse().unwrap(), None);
    let prims: [(Prim, &str); 5] = [
        (Scale(Literal::ratio(1, 2)).into(), "scale(1/2)"),
        (Unary::Exp.into(), "exp"),
        (
            Full(Dims::new(&[2, 3]), Literal::real(0.1)).into(),
            "full([2, 3], 0.1f)",
        ),
        (Offset(Literal::ratio(-3, 1)).into(), "offset(-3)"),
        (
            Call {
                function,
                checkpoint: true,
            }
            .into(),
            "call(\"my loop\", checkpoint)",
        ),
    ];
    for (prim, text) in prims {
        assert_eq!(prim.to_string(), text);
    }
}

/// Every literal comes back with its bits.
#[test]
fn literals() {
    let doubles = [
        (0.0, "0.0f"),
        (-0.0, "-0.0f"),
        (0.1, "0.1f"),
        (1.0, "1.0f"),
        (-1e300, "-1e300f"),
        (5e-324, "5e-324f"),
        (f64::MAX, "1.7976931348623157e308f"),
        (f64::INFINITY, "inf"),
        (f64::NEG_INFINITY, "-inf"),
        (
            f64::from_bits(0x7ff8_0000_0000_0001),
            "nan:7ff8000000000001",
        ),
        (
            f64::from_bits(0xfff0_0000_0000_0002),
            "nan:fff0000000000002",
        ),
    ];
    let ratios = [
        (Literal::Ratio(3, 1), "3"),
        (Literal::Ratio(-3, 1), "-3"),
        (Literal::Ratio(2, 4), "2/4"),
        (Literal::Ratio(i64::MIN, 1), "-9223372036854775808"),
        (
            Literal::Ratio(i64::MAX, u64::MAX),
            "9223372036854775807/18446744073709551615",
        ),
        (Literal::Ratio(1, 0), "1/0"),
    ];
    let mut all: Vec<_> = doubles
        .map(|(value, text)| (Literal::Real(value), text))
        .into();
    all.extend(ratios);
    for &(c, text) in &all {
        let mut program = Program::new(&[Dims::new(&[])]);
        let scaled = program.push(Scale(c), &[0]).unwrap();
        program.set_outputs(&[scaled]).unwrap();
        assert!(
            program.to_string().contains(&format!("scale({text})")),
            "{program}"
        );
        assert_eq!(program.to_string().parse(), Ok(program));
    }
    let elements = Elements::Scalars(all.iter().map(|&(c, _)| c).collect());
    let dims = Dims::new(&[all.len()]);
    constant_comes_back(Constant { dims, elements });
}

fn constant_comes_back(constant: Constant) {
    let mut program = Program::new::<Type>(&[]);
    let id = program.push(constant, &[]).unwrap();
    program.set_outputs(&[id]).unwrap();
    assert_eq!(program.to_string().parse(), Ok(program));
}

#[test]
fn constants() {
    let dims = Dims::new(&[3]);
    for elements in [
        Elements::Scalars(vec![1.into(), 2.into(), 3.into()]),
        Elements::Indices {
            below: 5,
            elements: vec![4, 0, 1],
        },
        Elements::Keys(vec![Key::new(0), Key::new(u64::MAX), Key::new(7)]),
    ] {
        constant_comes_back(Constant {
            dims: dims.clone(),
            elements,
        });
    }
    constant_comes_back(Constant {
        dims: Dims::new(&[0, 9]),
        elements: Elements::Scalars(Vec::new()),
    });
}

/// Any string can be a name.
#[test]
fn names() {
    let names = [
        "",
        "h",
        "f0",
        "key",
        "return",
        "inf",
        "2",
        "-",
        "a b",
        "a:b",
        "p.weight",
        "\"",
        "\\",
        "\\u{41}",
        "\n",
        "\r\n\t\0",
        "π",
        "a;b",
        "%1",
        "é\u{301}",
        "\u{2028}",
        "x=y",
        "-inf",
    ];
    for name in names {
        let ty = Type::Scalar(Dims::new(&[2]), Precision::Single);
        let mut body = Program::new(&[Input {
            name: name.into(),
            ty: ty.clone(),
        }]);
        let source = Some((name.into(), 7));
        let label = Some(Arc::new(Label {
            names: [name.into(), "".into()].into(),
            op: name.into(),
            source,
        }));
        body.push_checked(Instruction {
            prim: Unary::Exp.into(),
            arguments: [0].into(),
            results: [ty.clone()].into(),
            label,
        });
        body.set_outputs(&[1]).unwrap();
        let mut program = Program::new(&[ty]);
        let function = Function::new(name, body, None);
        let call = Call {
            function,
            checkpoint: false,
        };
        let id = program.push(call, &[0]).unwrap();
        program.set_outputs(&[id]).unwrap();
        let again: Program = program.to_string().parse().unwrap();
        assert_eq!(again, program);
        assert_eq!(again.to_string(), program.to_string());
        assert_eq!(again.functions()[0].name(), name);
    }
}

#[test]
fn says_what_is_wrong() {
    let wrong = |from: &str, to: &str| {
        let changed = TEXT.replacen(from, to, 1);
        assert_ne!(changed, TEXT, "{from}");
        changed.parse::<Program>().unwrap_err().to_string()
    };
    let cases = [
        (
            "program 1",
            "program 2",
            "line 1: expected `cotangent program 1`, got `cotangent program 2`",
        ),
        ("function 0", "function 1", "line 2: expected `0`, got `1`"),
        (
            "square {",
            "square",
            "line 2: expected `{`, got the end of the line",
        ),
        (
            "%1 [2] = mul",
            "%2 [2] = mul",
            "line 4: expected `%1`, got `%2`",
        ),
        (
            "mul %0 %0",
            "mul %0",
            "line 4: `mul` cannot take [2]: expected two values of scalars of the same dims",
        ),
        (
            "mul %0 %0",
            "mul %0 %7",
            "line 4: the program has 1 values, there is no value 7",
        ),
        (
            "%1 [2] = mul",
            "%1 [3] = mul",
            "line 4: expected the results `[2]` of `mul`, got `[3]`",
        ),
        (
            "mul",
            "mul(2)",
            "line 4: expected a primitive, got `mul` with 1 parameters like these",
        ),
        (
            "return %1",
            "return %9",
            "line 5: the program has 2 values, there is no value 9",
        ),
        ("} vjp", "} rev", "line 13: expected `vjp`, got `rev`"),
        (
            "call(f0)",
            "call(f1)",
            "line 24: expected a function that stands before, got `f1`",
        ),
        (
            "%0 x: [2]\n%1 w",
            "%0 x: real [2]\n%1 w",
            "line 28: expected a type, got `real`",
        ),
        (
            "[2] < 3",
            "[2] < -3",
            "line 30: expected a number, got `-3`",
        ),
        (
            "12\n",
            "twelve\n",
            "line 34: expected a number, got `twelve`",
        ),
        (
            "0.1f",
            "1e999f",
            "line 38: expected a number such as `3`, `1/2` or `0.5f`, got `1e999f`",
        ),
        (
            "< 3\nreturn",
            "\nreturn",
            "line 39: expected the results `[2] < 3` of `constant([2], 3, [2, 0])`, got `[2]`",
        ),
        (
            "return %6",
            "%13 : []\nreturn %6",
            "line 39: expected the end of the line, got `<`",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(wrong(from, to), expected);
    }
    let late = text().replace("return %6", "%12: []\nreturn %6");
    assert!(matches!(
        late.parse::<Program>(),
        Err(TextError::Program { line: 39, .. })
    ));
    let further = format!("{}return\n", text());
    let error = further.parse::<Program>().unwrap_err().to_string();
    assert_eq!(error, "line 40: expected the end of the text, got `return`");
    let short = "cotangent program 1\n%0: []\n"
        .parse::<Program>()
        .unwrap_err()
        .to_string();
    assert_eq!(
        short,
        "line 3: expected a further line, got the end of the text"
    );
}

/// Texts with some bytes or lines changed are programs or errors, and those that are programs come back.
#[test]
fn no_text_panics() {
    let mut rng = fastrand::Rng::with_seed(9);
    let text = text();
    let lines: Vec<&str> = text.lines().collect();
    let signs = [
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        ",",
        "%",
        ":",
        ";",
        "\"",
        "\\",
        "f0",
        "f1",
        "0",
        "9",
        "-1",
        " ",
        "\n",
        "1/0",
        "nan:",
        "18446744073709551615",
        "keys",
        "scalars",
        "<",
        "=",
        "call",
        "scan",
        "reverse",
    ];
    let mut programs = 0;
    for _ in 0..20_000 {
        let mut changed = match rng.bool() {
            true => text.clone(),
            false => {
                let mut lines = lines.clone();
                let (i, j) = (rng.usize(..lines.len()), rng.usize(..lines.len()));
                lines.swap(i, j);
                lines.join("\n")
            }
        };
        for _ in 0..rng.usize(..3) {
            let starts: Vec<usize> = changed.char_indices().map(|(at, _)| at).collect();
            let (at, end) = (rng.choice(&starts), rng.usize(..3));
            let Some(&at) = at else { continue };
            let end = starts
                .iter()
                .copied()
                .filter(|&start| start >= at)
                .nth(end)
                .unwrap_or(changed.len());
            let sign = rng.choice(&signs).copied().unwrap_or("");
            changed.replace_range(at..end, sign);
        }
        if let Ok(program) = changed.parse::<Program>() {
            programs += 1;
            assert_eq!(program.to_string().parse(), Ok(program));
        }
    }
    assert!(programs > 100, "{programs}");
}

/// Nothing recurses in the length of a text or in the depth of its functions.
#[test]
fn long_and_deep() {
    let mut long = "cotangent program 1\n%0: [1]\n".to_owned();
    for id in 1..=100_000 {
        writeln!(long, "%{id} [1] = neg %{}", id - 1).unwrap();
    }
    long += "return %100000\n";
    assert_eq!(long.parse::<Program>().unwrap().to_string(), long);
    let mut deep =
        "cotangent program 1\nfunction 0 f {\n  %0: [1]\n  %1 [1] = neg %0\n  return %1\n}\n"
            .to_owned();
    for number in 1..=200 {
        let before = number - 1;
        writeln!(
            deep,
            "function {number} f {{\n  %0: [1]\n  %1 [1] = call(f{before}) %0\n  return %1\n}}"
        )
        .unwrap();
    }
    deep += "%0: [1]\n%1 [1] = call(f200) %0\nreturn %1\n";
    assert_eq!(deep.parse::<Program>().unwrap().to_string(), deep);
}

/// A rule of a function and the way a loop takes its values are in the text.
#[test]
fn differ() {
    let text = text();
    let program: Program = text.parse().unwrap();
    for (from, to) in [
        ("scale(2)", "scale(3)"),
        ("checkpoint", "plain"),
        ("offset(-1/2)", "offset(-0.5f)"),
        ("[0], [0]) %0 %5", "[0], [0], reverse) %0 %5"),
    ] {
        let other = text.replacen(from, to, 1).replace(", plain", "");
        assert_ne!(other.parse(), Ok(program.clone()), "{from}");
    }
    let Prim::Scan(Scan { inputs, .. }) = &program.instructions()[1].prim else {
        panic!("{program}");
    };
    assert_eq!(**inputs, [Steps::Stacked]);
    let rule: Option<&Rule> = program.functions()[0].rule();
    assert_eq!(
        rule.unwrap().jvp.instructions()[0].prim,
        Prim::Binary(Binary::Mul)
    );
}
