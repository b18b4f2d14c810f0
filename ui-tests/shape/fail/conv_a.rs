use cotangent::op::{Call, Op, Recorder, Var};
use cotangent::prelude::*;
use cotangent::shape::{ConvWindow, Convolve};

#[derive(Clone)]
struct Conv2d<O>(O);
fn conv2d<X, K, O>(x: Var<X>, w: Var<K>, o: O) -> Call<Conv2d<O>, (Var<X>, Var<K>)> {
    Call::new(Conv2d(o), (x, w))
}
impl<X: Convolve<K, O>, K: Shape, O: Send + Sync + Clone + 'static> Op<(X, K)> for Conv2d<O> {
    type Out = X::Out;
    type Need = needs::Semiring;
    const NAME: &'static str = "conv2d";
    fn forward(&self, r: &Recorder<needs::Semiring>, _: (Var<X>, Var<K>)) -> Var<X::Out> { r.zeros() }
    fn jvp(&self, r: &Recorder<needs::Semiring>, _: (Var<X>, Var<K>), _: Var<X::Out>, _: (Var<X>, Var<K>)) -> Var<X::Out> { r.zeros() }
    fn vjp(&self, r: &Recorder<needs::Semiring>, _: (Var<X>, Var<K>), _: Var<X::Out>, _: Var<X::Out>) -> (Var<X>, Var<K>) { (r.zeros(), r.zeros()) }
}

fn main() {
    graph!(|x: [1, 3, 4, 9], w: [8, 3, 7, 7]| conv2d(x, w, { ConvWindow::new().padding::<1, 1>() }));
    graph!(|x: [1, 3, 9, 9], w: [8, 3, 3, 0]| conv2d(x, w, { ConvWindow::new() }));
    graph!(|x: [1, 3, 9, 9], w: [8, 3, 3, 3]| conv2d(x, w, { ConvWindow::new().stride::<0, 1>() }));
    graph!(|x: [1, 4, 9, 9], w: [8, 3, 3, 3]| conv2d(x, w, { ConvWindow::new() }));
    graph!(|x: [1, 4, 9, 9], w: [10, 1, 3, 3]| conv2d(x, w, { ConvWindow::new().groups::<4>() }));
    graph!(|x: [4, 9, 9], w: [10, 1, 3, 3]| conv2d(x, w, { ConvWindow::new() }));
}
