use cotangent::prelude::*;

graph! {
    fn pair(x: [3], y: [3]) -> ([3], [3]) {
        (relu(x), tanh(y))
    }

    fn network(x: [3]) -> [3] {
        let (a, b) = pair(x);
        a + b
    }
}

fn main() {
    network::<f32>();
}
