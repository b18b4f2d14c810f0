use cotangent::prelude::*;

mod layers {
    use cotangent::prelude::*;

    graph! {
        pub fn layer(x: [2]) -> [2] {
            relu(x)
        }
    }
}

graph! {
    use layers::*;

    fn network(x: [2]) -> [2] {
        layer(x)
    }
}

fn main() {
    network::<f32>();
}
