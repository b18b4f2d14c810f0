use cotangent::prelude::*;

graph! {
    fn power<T: Dim, D: Dim, const H: usize>(x: [T, D]) -> [T] {
        let heads: [T, H, D / H] = split_axis(x, 1);
        let sums = sum_axis(heads, 2);
        sum_axis(sums * sums, 1)
    }

    fn network(x: [4, 8]) -> [4] {
        power(x)
    }
}

fn main() {
    network::<f32>();
}
