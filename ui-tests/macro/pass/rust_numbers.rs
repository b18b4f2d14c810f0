//! Numbers of Rust among the operands, and what is computed of numbers.
use cotangent::prelude::*;
use num_rational::BigRational;

const RATE: f64 = 0.25;

mod rates {
    use cotangent::program::Literal;

    pub const THREE: i32 = 3;
    pub const THIRD: Literal = Literal::ratio(1, 3);
}

struct Config {
    rate: f32,
}

graph! {
    fn exact(x: []) -> [] where A: Field {
        2.0 / 3.0 * x + rates::THIRD - 1 / rates::THREE
    }

    fn mean_of<const B: usize>(x: [B]) -> [] where A: Field {
        sum(x) / B
    }
}

fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn main() {
    // Over the rationals nothing is rounded.
    let x = tlist![Tensor::scalar(ratio(1, 7))];
    assert_eq!(exact().value(&x, ()).item(), ratio(2, 21));
    let x = tlist![Tensor::from([ratio(1, 1), ratio(0, 1), ratio(1, 1)])];
    assert_eq!(mean_of().value(&x, ()).item(), ratio(2, 3));

    let config = Config { rate: 0.5 };
    let count = 3_usize;
    let g = graph!(|x: [2]| -> [2] {
        let a = x * { config.rate } - RATE;
        let b = { count } - a / { 2.0 };
        let c = { 1_u8 } / b + -RATE;
        scale(c, 2.0 * RATE) + 2 * RATE * { count }
    });
    // 4: a = 1.75, b = 2.125; -2: a = -1.25, b = 3.625
    let y: Tensor<f64, _> = g.value(&Tensor::from([4.0, -2.0]), ());
    let expected = |b: f64| 0.5 * (1.0 / b - 0.25) + 1.5;
    assert_eq!(y, Tensor::from([expected(2.125), expected(3.625)]));

    // Division by a double is as exact as the double.
    let g: GraphData<BigRational, _, _, _> = graph!(|x: []| x / { 1.5 });
    assert_eq!(g.value(&Tensor::scalar(ratio(1, 1)), ()).item(), ratio(2, 3));
}
