use cotangent::prelude::*;

graph! {
    fn mean_of(x: [32, 10]) -> [] {
        mean(x)
    }
}

struct Metric {
    value: graph_type!(f32, fn([32, 12]) -> []),
}

fn main() {
    let metric = Metric { value: mean_of() };
    let _ = metric.value;
}
