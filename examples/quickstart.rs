//! A linear classifier: its loss, the gradient of the loss, and the same gradient from a tape.
//!
//! `cargo run --example quickstart`

use cotangent::prelude::*;

graph! {
    /// Mean cross-entropy. Before the semicolon the parameters. After it the environment, which is not differentiated:
    /// data, and 2 labels, each below 3.
    pub fn loss(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> [] {
        let logits = matmul(x, w) + b;
        cross_entropy(logits, labels)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let g = loss::<f64>();
    let (w, b) = (Tensor::zeros(), Tensor::zeros()); // each has its shape in its type
    let x = Tensor::from([[1.0, 0.0, 2.0, 0.0], [0.0, 3.0, 0.0, 1.0]]);
    let labels = Labels::new([0, 2])?; // a label out of range is an error here

    // A Tensor<f64, shape![4, 3]> and a Tensor<f64, shape![3]>, as w and b are.
    let (value, (dw, db)) = g.value_and_vjp((&w, &b), (&x, &labels));
    println!("loss {value:.4}"); // ln 3: without weights, every class is as likely
    println!("dw\n{dw:.3}\ndb\n{db:.3}");

    // The tape forgets the shapes. Its reverse loop finds the same cotangents, by the id of each node.
    let tape = compile_tape(&g, (&w, &b), (&x, &labels));
    let by_id = tape.backward_scalar(tape.last())?;
    assert_eq!(by_id[&0].cast()?, dw);
    assert_eq!(by_id[&1].cast()?, db);
    Ok(())
}
