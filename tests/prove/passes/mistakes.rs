//! Every mistake that a pass could leave in a program, a sign, an index, a factor, a parent, at every place, is refused; but
//! for those that compute the same, by doubles at points that no proof has drawn.

use cotangent::program::{Program, Type, Value, inline, simplify};
use cotangent::prove::prove_equal;
use cotangent::tensor::{AnyTensor, Indices, Key};
use fastrand::Rng;

/// At how many points a mutant that is accepted has to compute the same.
const POINTS: usize = 8;

/// Some input of this type.
fn drawn(ty: &Type, rng: &mut Rng) -> Value<f64> {
    let dims = ty.dims();
    let count = dims.count();
    match ty {
        Type::Scalar(..) => {
            let elements = (0..count).map(|_| 0.5 + rng.f64()).collect();
            AnyTensor::new(dims, elements).expect("as many").into()
        }
        Type::Index { below, .. } => {
            let indices = (0..count).map(|_| rng.usize(..*below)).collect();
            let indices = Indices::new(dims, *below, indices);
            indices.expect("indices below the bound").into()
        }
        Type::Key(_) => {
            let keys = (0..count).map(|_| Key::new(rng.u64(..))).collect();
            Value::Key(AnyTensor::new(dims, keys).expect("as many"))
        }
    }
}

/// Whether two results are one number, up to rounding.
fn near(x: &Value<f64>, y: &Value<f64>) -> bool {
    match (x, y) {
        (Value::Scalar(x), Value::Scalar(y)) => {
            let mut pairs = x.as_slice().iter().zip(y.as_slice());
            pairs.all(|(x, y)| {
                (x.is_nan() && y.is_nan()) || x == y || (x - y).abs() < 1e-9 * x.abs().max(1.0)
            })
        }
        _ => x == y,
    }
}

fn are_equivalent(program: &Program, mutant: &Program, rng: &mut Rng) -> bool {
    (0..POINTS).all(|_| {
        let types = program.input_types().iter();
        let inputs: Vec<_> = types.map(|ty| drawn(ty, rng)).collect();
        let (expected, got) = (program.run(&inputs), mutant.run(&inputs));
        let (expected, got) = (expected.expect("a result"), got.expect("a result"));
        expected.iter().zip(&got).all(|(x, y)| near(x, y))
    })
}

/// The mutants of what inlining and simplifying make of a program, where no call hides an instruction.
pub fn mistakes_are_refused(name: &str, program: &Program) {
    let rng = &mut Rng::with_seed(0x3157);
    let (mut refused, mut equivalent) = (0, 0);
    let made = simplify(&inline(program).unwrap_or_else(|error| panic!("{name}: {error}")));
    for mutant in made.mutants() {
        match prove_equal(program, &mutant.program) {
            Err(_) => refused += 1,
            Ok(_) => {
                let same = are_equivalent(program, &mutant.program, rng);
                assert!(same, "{name} is accepted with {}", mutant.mistake);
                equivalent += 1;
            }
        }
    }
    println!("{name}: {refused} mistakes refused, {equivalent} are none");
    assert!(
        refused > equivalent,
        "{name}: {refused}, and {equivalent} of none"
    );
}
