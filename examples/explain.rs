//! A graph as a table and as drawings: the loss of the digits classifier, in one graph.
//!
//! It prints the table, and writes an SVG and text for Graphviz beside itself, in the target directory.

use cotangent::prelude::*;

graph! {
    /// 64 pixels, 48 hidden units, 10 classes; mean cross-entropy.
    pub fn loss(x: [32, 64], w1: [64, 48], b1: [48], w2: [48, 10], b2: [10]; labels: [32] < 10) -> [] {
        let h = relu(matmul(x, w1) + b1);
        let scores = matmul(h, w2) + b2;
        cross_entropy(scores, labels)
    }
}

fn main() -> std::io::Result<()> {
    let g = loss::<f32>();
    println!("{}", g.summary());

    let program = std::env::current_exe()?; // in the target directory
    for (extension, text) in [("svg", g.to_svg()), ("dot", g.to_dot())] {
        let file = program.with_extension(extension);
        std::fs::write(&file, text)?;
        println!("{}", file.display());
    }
    Ok(())
}
