use cotangent::prelude::*;

fn main() {
    graph!(|x: [3, 8]| pad(x, { Axis::<2> }, { N::<1> }, { N::<0> }));
}
