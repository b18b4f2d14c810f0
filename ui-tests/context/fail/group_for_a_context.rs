use cotangent::prelude::*;

graph! {
    pub struct Mlp { weight: [2, 3] }
}

fn norm(_: &TList<f32, Mlp>) {}

fn main() {}
