use cotangent::prelude::*;

fn main() {
    graph!(|x: []; i: [2] < 5| gather(x, i));
}
