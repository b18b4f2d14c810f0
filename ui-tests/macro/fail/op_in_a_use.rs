use cotangent::prelude::*;

graph! {
    use cotangent::op::relu;

    fn network(x: [2, 3]) -> [2, 3] {
        relu(x)
    }
}

fn main() {
    network::<f32>();
}
