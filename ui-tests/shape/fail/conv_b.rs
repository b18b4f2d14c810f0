use cotangent::op::{Call, Op, Recorder, Var};
use cotangent::prelude::*;
use cotangent::shape::*;

#[derive(Clone)]
struct Conv2d<O>(O);
fn conv2d<B: Dim, C: Dim, H: Dim, W: Dim, O: Dim, Cg: Dim, KH: Dim, KW: Dim, S, P, D, G>(x: Var<(B, C, H, W)>, w: Var<(O, Cg, KH, KW)>, o: ConvWindow<S, P, D, G>) -> Call<Conv2d<ConvWindow<S, P, D, G>>, (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>)> {
    Call::new(Conv2d(o), (x, w))
}
type X<B, C, H, W> = (Var<(B, C, H, W)>,);
impl<B, C, H, W, O, Cg, KH, KW, SH, SW, PH, PW, DH, DW, G>
   Op<((B, C, H, W), (O, Cg, KH, KW))> for Conv2d<ConvWindow<(SH, SW), (PH, PW), (DH, DW), G>>
where
    C: Grouped<Cg, G>,
    O: InGroups<G>,
    H: Window<KH, SH, PH, DH>,
    W: Window<KW, SW, PW, DW>,
    B: Dim, KH: Dim, KW: Dim, Cg: Dim,
    SH: Dim,
    SW: Dim,
    PH: Dim,
    PW: Dim,
    DH: Dim,
    DW: Dim,
    G: Dim,
 {
    type Out = (B, O, H::Out, W::Out);
    type Need = needs::Semiring;
    const NAME: &'static str = "conv2d";
    fn forward(&self, r: &Recorder<needs::Semiring>, _: (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>)) -> Var<Self::Out> { r.zeros() }
    fn jvp(&self, r: &Recorder<needs::Semiring>, _: (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>), _: Var<Self::Out>, _: (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>)) -> Var<Self::Out> { r.zeros() }
    fn vjp(&self, r: &Recorder<needs::Semiring>, _: (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>), _: Var<Self::Out>, _: Var<Self::Out>) -> (Var<(B, C, H, W)>, Var<(O, Cg, KH, KW)>) { (r.zeros(), r.zeros()) }
}

fn main() {
    graph!(|x: [1, 3, 4, 9], w: [8, 3, 7, 7]| conv2d(x, w, { ConvWindow::new().padding::<1, 1>() }));
    graph!(|x: [1, 3, 9, 9], w: [8, 3, 3, 0]| conv2d(x, w, { ConvWindow::new() }));
    graph!(|x: [1, 3, 9, 9], w: [8, 3, 3, 3]| conv2d(x, w, { ConvWindow::new().stride::<0, 1>() }));
    graph!(|x: [1, 4, 9, 9], w: [8, 3, 3, 3]| conv2d(x, w, { ConvWindow::new() }));
    graph!(|x: [1, 4, 9, 9], w: [10, 1, 3, 3]| conv2d(x, w, { ConvWindow::new().groups::<4>() }));
    graph!(|x: [4, 9, 9], w: [10, 1, 3, 3]| conv2d(x, w, { ConvWindow::new() }));
}
