//! Scans: groups as states and inputs, parameters, an environment for all steps or for each, both directions.
use cotangent::prelude::*;

graph! {
    struct Pendulum { angle: [], speed: [] }
    struct Push { left: [], right: [] }

    fn step(state: Pendulum, push: Push, dt: []) -> (Pendulum, []) where A: Field {
        let speed = state.speed - dt * (state.angle + push.left - push.right);
        let angle = state.angle + dt * speed;
        (Pendulum { angle, speed }, angle)
    }

    fn swing(start: Pendulum, left: [4], right: [4], dt: []) -> (Pendulum, [4]) where A: Field {
        let (last, angles) = scan(step)(start, (left, right), dt);
        (last, angles)
    }

    fn weighted(sum: [], x: []; weight: []) -> ([], []) where A: Field {
        let next = sum + x * weight;
        (next, next)
    }

    fn for_all(start: [], x: [3]; weight: []) -> [3] where A: Field {
        let (_, sums) = scan(weighted)(start, x, weight);
        sums
    }

    fn for_each(start: [], x: [3]; weights: [3]) -> [3] where A: Field {
        let (_, sums) = scan_each_reverse(weighted)(start, x, weights);
        sums
    }
}

fn main() {
    let start = Pendulum::of(Tensor::scalar(1.0), Tensor::scalar(0.0));
    let x = tlist![start, Tensor::zeros(), Tensor::zeros(), Tensor::scalar(1.0)];
    let (last, angles) = swing::<f64>().value(&x, ());
    assert_eq!(angles, Tensor::from([0.0, -1.0, -1.0, 0.0]));
    assert_eq!((last.angle.item(), last.speed.item()), (0.0, 1.0));
    let x = tlist![Tensor::scalar(0.0), Tensor::from([1.0, 2.0, 3.0])];
    let y = for_all::<f64>().value(&x, &tlist![Tensor::scalar(2.0)]);
    assert_eq!(y, Tensor::from([2.0, 6.0, 12.0]));
    let y = for_each::<f64>().value(&x, &tlist![Tensor::from([1.0, 0.5, 2.0])]);
    assert_eq!(y, Tensor::from([8.0, 7.0, 6.0]));
}
