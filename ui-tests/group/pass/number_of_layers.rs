use cotangent::prelude::*;

graph! {
    struct Layer { scale: [2], shift: [2] }

    fn layer(x: [2], p: Layer, by: []) -> [2] where A: Semiring {
        x * p.scale + p.shift * by
    }

    fn network<const L: usize>(x: [2], layers: [Layer; L], by: []) -> [] where A: Semiring {
        sum(repeat(layer)(x, layers, by))
    }

    fn first_and_last(x: [2], layers: [Layer; 3], by: []) -> [2] where A: Semiring {
        let first = layers[0];
        layer(layer(x, first, by), layers[2], by)
    }
}

fn layer_of(scale: f64) -> Parameters<f64, Layer> {
    Layer::of(Tensor::from([scale, 1.0]), Tensor::from([0.0, 1.0]))
}

fn main() {
    let x = Tensor::from([1.0, 1.0]);
    let by = Tensor::scalar(2.0);
    let one = network::<f64, 1>().value(&tlist![x.clone(), [layer_of(5.0)], by.clone()], ());
    assert_eq!(one.item(), 5.0 + 3.0);
    let layers = List::from([layer_of(2.0), layer_of(3.0), layer_of(5.0)]);
    let x = tlist![x, layers, by];
    let (y, tlist![_, layers, dby]) = network::<f64, 3>().value_and_vjp(&x, ());
    assert_eq!((y.item(), dby.item()), (30.0 + 7.0, 3.0));
    assert_eq!((&layers[1].scale, &layers[1].shift), (&Tensor::from([10.0, 3.0]), &Tensor::from([10.0, 2.0])));
    assert_eq!(first_and_last::<f64>().value(&x, ()), Tensor::from([10.0, 5.0]));
}
