use cotangent::prelude::*;

fn main() {
    graph!(|x: [3, 8]| pad(x, 2, 1, 0));
}
