use cotangent::prelude::*;

graph! {
    struct Linear<I: Dim, O: Dim>;

    fn double(x: [32, 784]) -> [32, 784] {
        x + x
    }
}

fn main() {
    double::<f32>();
}
