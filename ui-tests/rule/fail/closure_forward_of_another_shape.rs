use cotangent::prelude::*;

fn main() {
    let square = NodeData::<f64, (), context![[2]], shape![3]>::from_closures(
        "square",
        |x, ()| x.get::<0>().map(|x| x * x),
        |_, _, ()| Tensor::zeros(),
        |_, (), _| tlist![Tensor::zeros()],
    );
    GraphData::nil().snoc(square);
}
