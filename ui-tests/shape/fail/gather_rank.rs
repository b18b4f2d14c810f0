use cotangent::prelude::*;

fn main() {
    graph!(|x: [5, 2, 2, 2, 2]; i: [2] < 5| gather(x, i));
}
