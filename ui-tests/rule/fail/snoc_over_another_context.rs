use cotangent::prelude::*;

fn main() {
    let double = NodeData::<f64, (), context![[3]], shape![3]>::from_closures(
        "double",
        |x, ()| x.get::<0>().map(|x| 2.0 * x),
        |_, dx, ()| dx.get::<0>().map(|dx| 2.0 * dx),
        |_, (), dy| tlist![dy.map(|dy| 2.0 * dy)],
    );
    let g = GraphData::<f64, (), context![[2]], _>::nil();
    g.snoc(double);
}
