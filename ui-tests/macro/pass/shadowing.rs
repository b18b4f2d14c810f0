//! A `let` shadows as in Rust. Node names do too: the last one of a name is found.
#![deny(unused_variables)]
use cotangent::prelude::*;

const RATE: f64 = 0.5;

graph! {
    fn steps(x: [2], _unused: [2]) -> [2] {
        let x = x * x;
        let x = offset(x, RATE);
        let _unused = tanh(x);
        x + x
    }
}

fn main() {
    let g = steps::<f64>();
    let inputs = tlist![Tensor::from([1.0, 2.0]), Tensor::ones()];
    assert_eq!(g.value(&inputs, ()), Tensor::from([3.0, 9.0]));
    let (tape, _) = compile_data(&g, &inputs, ());
    let names: Vec<_> = tape.nodes().iter().map(|node| node.name.as_deref().unwrap_or("")).collect();
    assert_eq!(names, ["x", "_unused", "x", "x", "_unused", "out"]);
    assert_eq!(tape.find("x"), Some(3));
    // In the closure form, an argument may be a variable around it.
    let rate = 2.0;
    let g = graph!(|x: [2]| {
        let x = scale(x, rate);
        let x = relu(x);
        x * x
    });
    assert_eq!(g.value(&Tensor::from([1.0, -2.0]), ()), Tensor::from([4.0, 0.0]));
}
