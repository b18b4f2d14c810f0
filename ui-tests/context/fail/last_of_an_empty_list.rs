use cotangent::prelude::*;

fn main() {
    let list = tlist![];
    list.unsnoc();
}
