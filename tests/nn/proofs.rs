//! The derivatives of the layers are right, for every input of these shapes.

use cotangent::prelude::*;

graph! {
    use cotangent::nn::{
        BatchNorm, Conv2d, LayerNorm, Linear, Lstm, Mlp, Statistics, batch_norm, conv2d, layer_norm, linear, lstm, mlp,
    };

    fn of_linear(x: [2, 3], p: Linear<3, 4>) -> [2, 4] { linear(x, p) }
    fn of_conv(x: [1, 2, 3, 5], p: Conv2d<2, 3, 2>) -> [1, 3, 2, 3] { conv2d(x, p, 2, 1) }
    fn of_layer_norm(x: [2, 3], p: LayerNorm<3>) -> [2, 3] { layer_norm(x, p) }
    fn of_batch_norm(x: [3, 2], p: BatchNorm<2>; s: Statistics<2>) -> ([3, 2], Statistics<2>) { batch_norm(x, p, s) }
    fn of_mlp(x: [2, 3], p: Mlp<3, 2, 4, const 1>) -> [2, 4] { mlp(x, p) }
    fn of_lstm(s: [2, 1, 2], x: [2, 1, 3], p: Lstm<3, 2>) -> ([2, 1, 2], [2, 1, 2]) { lstm(s, x, p) }
}

macro_rules! proven {
    ($($graph:ident)*) => {$(
        #[test]
        fn $graph() -> Result<(), Counterexample> {
            prove(&super::$graph::<f64>()).map(|_| ())
        }
    )*};
}

mod every_input {
    use super::Counterexample;
    use cotangent::prelude::prove;
    proven!(of_linear of_conv of_layer_norm of_batch_norm of_mlp of_lstm);
}
