use cotangent::prelude::*;

fn main() {
    let square = NodeData::<f64, (), context![[2], [3]], shape![2]>::from_closures(
        "square",
        |x, ()| x.get::<0>().map(|x| x * x),
        |x, dx, ()| x.get::<0>().zip_map(dx.get::<0>(), |x, dx| 2.0 * x * dx),
        |x, (), dy| tlist![x.get::<0>().zip_map(dy, |x, dy| 2.0 * x * dy)],
    );
    GraphData::nil().snoc(square);
}
