//! Keys that a graph computes: what draws from them, and where they are results.

use super::interpreted::values;
use cotangent::prelude::*;
use cotangent::program::Program;
use cotangent::prove::draws_are_apart;
use cotangent::tensor::Value;
use num_rational::BigRational;

graph! {
    fn noisy(x: [64]; key) -> ([64], key) where A: OrderedField {
        let other = next_key(key);
        (dropout(x, key, 0.5) * dropout(x, other, 0.5), next_key(other))
    }

    /// Each call has the key of the one before.
    fn chained(x: [64]; key) -> (key, [64]) where A: OrderedField {
        let (x, key) = noisy(x, key);
        let (x, key) = noisy(x, key);
        let last: key = next_key(key);
        (last, dropout(x, key, 0.5))
    }

    /// The callee draws from the key that it gives, at the place in it at which the caller draws here.
    fn generous(x: [64]; key) -> ([64], key) where A: OrderedField {
        let next = next_key(key);
        let twice = x + x;
        (dropout(twice, next, 0.5), next)
    }
    fn greedy(x: [64]; key) -> [64] where A: OrderedField {
        let (y, next) = generous(x, key);
        y + dropout(x, next, 0.5)
    }
    /// The same of a key that is given back as it came.
    fn idle(x: [64]; key) -> ([64], key) where A: OrderedField {
        let twice = x + x;
        let more = twice + x;
        (dropout(more, key, 0.5), key)
    }
    fn after_idle(x: [64]; key) -> [64] where A: OrderedField {
        let (y, same) = idle(x, key);
        y + dropout(x, same, 0.5)
    }

    fn step(s: [64], x: [64]; key) -> ([64], [64]) where A: OrderedField {
        let kept = dropout(x, next_key(key), 0.5);
        (s + kept, kept)
    }
    fn steps(s: [64], x: [3, 64]; key) -> ([64], [3, 64], key) where A: OrderedField {
        let (last, all) = scan(step)(s, x, next_key(key));
        (last, all, next_key(key))
    }

    fn entry(x: [64]; key) -> [64] where A: OrderedField { dropout(x, next_key(key), 0.5) }
    fn entries(x: [3, 64]; key) -> [3, 64] where A: OrderedField { vmap(entry)(x, next_key(key)) }

    fn layer(x: [64], p: [64]; key) -> [64] where A: OrderedField { dropout(x, next_key(key), 0.5) * p }
    fn layers(x: [64], p: [[64]; 3]; key) -> [64] where A: OrderedField { repeat(layer)(x, p, next_key(key)) }
}

#[test]
fn no_draw_is_another() -> Result<(), Counterexample> {
    assert_eq!(draws_are_apart(&noisy::<f64>())?, 2);
    assert_eq!(draws_are_apart(&chained::<f64>())?, 5);
    assert_eq!(draws_are_apart(&greedy::<f64>())?, 2);
    assert_eq!(draws_are_apart(&after_idle::<f64>())?, 2);
    assert_eq!(draws_are_apart(&steps::<f64>())?, 3);
    assert_eq!(draws_are_apart(&entries::<f64>())?, 3);
    assert_eq!(draws_are_apart(&layers::<f64>())?, 3);
    Ok(())
}

/// Plans, the interpreter over floats and over rationals, the tape and each derivative see one key. All numbers are halves.
#[test]
fn every_way_of_running_gives_one_key() {
    let (g, exact) = (chained::<f64>(), chained::<BigRational>());
    let rational = |x: &f64| BigRational::from_float(*x).expect("finite");
    let x = Tensor::ones();
    for number in 0..5 {
        let key = Key::new(number);
        let (last, y) = g.value(&x, &key);
        assert_ne!(last, key);
        let plain: Vec<Value<f64>> = values(&g, &x, &key);
        assert_eq!(plain, [Value::from(last), Value::Scalar(y.to_any())]);
        assert_eq!(g.plan().value(&x, &key), (last, y.clone()));
        let tape = compile_tape(&g, &x, &key);
        let by_tape = tape.get_value(tape.last()).expect("a node");
        assert_eq!(*by_tape, y.to_any());

        let dy = (tlist![], Tensor::ones());
        let ((of_vjp, y_of_vjp), dx) = g.vjp(&x, &key, &dy);
        assert_eq!((of_vjp, &y_of_vjp), (last, &y));
        let dy = (tlist![], Tensor::ones());
        let ((exactly, y_exactly), dx_exactly) = exact.vjp(&Tensor::ones(), &key, &dy);
        assert_eq!(exactly, last);
        assert_eq!((y.map(rational), dx.map(rational)), (y_exactly, dx_exactly));
        let ((of_jvp, _), (none, dy)) = g.value_and_jvp(&x, &x, &key);
        // Of the fourth degree in `x`, along `x`.
        assert_eq!((of_jvp, none, dy), (last, tlist![], y.map(|y| 4.0 * y)));
    }
}

/// Of one sample, over several: each has a key of its own, as if it had been given one that is folded with its number.
#[test]
fn a_key_of_each_sample() {
    let (g, key) = (noisy::<f64>(), Key::new(8));
    let mut plan = g.plan().batched();
    let x = Tensor::ones();
    let all = plan.value(&x, vec![&key; 4]);
    for (i, got) in all.iter().enumerate() {
        assert_eq!(*got, g.value(&x, &key.fold_in(i as u64)), "sample {i}");
    }
    assert_ne!(all[0].1, all[1].1);
}

#[test]
fn a_program_with_a_key_among_its_results() -> Result<(), Box<dyn std::error::Error>> {
    let program = chained::<f64>().program()?;
    assert_eq!(program.output_types()[0].to_string(), "key []");
    let again: Program = program.to_string().parse()?;
    assert_eq!(again, program);
    let x = Tensor::<f64, shape![64]>::ones();
    let inputs = [Value::Scalar(x.to_any()), Key::new(4).into()];
    assert_eq!(again.run(&inputs)?, program.run(&inputs)?);
    Ok(())
}

#[test]
fn a_type_with_a_key() {
    let g: graph_type!(f64, fn([64]; key) -> ([64], key)) = noisy();
    let (_, key) = g.value(&Tensor::ones(), &Key::new(1));
    let alone: GraphData<f64, _, _, _> = graph!(|; key| -> key { next_key(key) });
    assert_ne!(alone.value((), &key), key);
}
