use cotangent::prelude::*;

fn main() {
    graph!(|x: [3]| relu(vec![x; 3]));
}
