//! Random masks: each use of a key draws for itself, and the value and all derivatives of one use draw the same.

use cotangent::graph::repeat;
use cotangent::prelude::*;
use cotangent::program::{FoldIn, Mask, Program, Type, Value, batch};
use cotangent::tensor::Dims;

fn ones<S: Shape>() -> Tensor<f64, S> {
    Tensor::ones()
}

#[test]
fn two_dropouts_of_one_seed_differ() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [64]; seed| -> ([64], [64]) {
        (dropout(x, seed, { 0.5 }), dropout(x, seed, { 0.5 }))
    });
    let run = |seed| g.value(&ones(), &tlist![Key::new(seed)]);
    let (a, b) = run(1);
    assert_ne!(a, b);
    assert_eq!(run(1), (a.clone(), b));
    let (c, _) = run(2);
    assert_ne!(a, c);
}

#[test]
fn two_calls_of_one_graph_differ() {
    let thin: GraphData<f64, _, _, _> = graph!(|x: [64]; seed| dropout(x, seed, { 0.5 }));
    let other = thin.clone();
    let g: GraphData<f64, _, _, _> = graph!(|x: [64]; seed| -> ([64], [64]) {
        ({ thin }(x, seed), { other }(x, seed))
    });
    let (a, b) = g.value(&ones(), &tlist![Key::new(1)]);
    assert_ne!(a, b);
}

/// Each layer adds its mask to what it is given.
#[test]
fn layers_of_a_repeat_differ() {
    let layer: GraphData<f64, _, _, _> =
        graph!(|x: [64], p: [64]; seed| x + dropout(p, seed, { 0.5 }));
    let masks = |layers: usize| {
        let g = repeat::<5, _, _, _, _, _, _, _>(layer.clone());
        let p = cotangent::context::by_name::<f64, [shape![64]; 5]>(|name, dims| {
            // The parameters of one layer only: what it adds is its mask.
            vec![f64::from(name == layers.to_string()); dims.count()]
        });
        let x = tlist![Tensor::zeros(), p.unwrap()];
        let (y, tlist![_, dp]) = g.vjp(&x, &tlist![Key::new(3)], &Tensor::ones());
        assert_eq!(y, dp[layers]); // the value and the cotangent draw the same
        y
    };
    let all: Vec<_> = (0..5).map(masks).collect();
    for i in 0..5 {
        assert!(all[i].as_slice().iter().all(|&x| x == 0.0 || x == 2.0));
        for j in 0..i {
            assert_ne!(all[i], all[j], "layers {i} and {j}");
        }
    }
}

/// Each step adds its mask to the state, and gives it.
#[test]
fn steps_of_a_scan_differ() {
    let step: GraphData<f64, _, _, _> = graph!(|s: [64], x: [64]; seed| -> ([64], [64]) {
        let mask = dropout(x, seed, { 0.5 });
        (s + mask, mask)
    });
    let g: GraphData<f64, _, _, _> = graph!(|init: [64], xs: [4, 64]; seed| -> ([64], [4, 64]) {
        let (last, masks) = { scan(step) }(init, xs, seed);
        (last, masks)
    });
    let x = tlist![Tensor::zeros(), ones()];
    let env = tlist![Key::new(3)];
    let (last, masks) = g.value(&x, &env);
    let rows: Vec<&[f64]> = masks.as_slice().chunks(64).collect();
    for i in 0..4 {
        assert!(rows[i].iter().all(|&x| x == 0.0 || x == 2.0));
        for j in 0..i {
            assert_ne!(rows[i], rows[j], "steps {i} and {j}");
        }
    }
    let added = |column: usize| rows.iter().map(|row| row[column]).sum();
    assert_eq!(last.as_slice(), (0..64).map(added).collect::<Vec<f64>>());
    // The cotangent of the last state goes to every input through the mask of its step; and so does a tangent.
    let (_, tlist![_, dxs]) = g.vjp(&x, &env, &(Tensor::ones(), Tensor::zeros()));
    assert_eq!(dxs, masks);
    let (_, tangent) = g.value_and_jvp(&x, &tlist![Tensor::zeros(), ones()], &env);
    assert_eq!(tangent, (last, masks));
}

/// A gradient, and a gradient of it, draws what the graph draws.
#[test]
fn gradients_draw_the_same() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [64]; seed| {
        let y = dropout(x, seed, { 0.5 });
        sum(y * y * y)
    });
    let (x, env) = (tlist![ones()], tlist![Key::new(9)]);
    let (_, tlist![dx]) = g.value_and_vjp(&x, &env);
    let kept: Vec<bool> = dx.as_slice().iter().map(|&dx| dx > 0.0).collect();
    let (tlist![again], tlist![hx]) = g.gradient().vjp(&x, &env, &tlist![Tensor::ones()]);
    assert_eq!(dx, again);
    assert!(
        hx.as_slice()
            .iter()
            .zip(&kept)
            .all(|(&h, &kept)| h == if kept { 48.0 } else { 0.0 })
    );
    assert!(kept.contains(&true) && kept.contains(&false));
}

/// A mask is what the bits of its key say, element by element, whatever its dims are.
#[test]
fn a_mask_is_its_bits() {
    let keep = 1 << 30;
    let mask = |dims: &[usize]| {
        let mut program = Program::new(&[Type::Key(Dims::new(&[]))]);
        let key = program.push(FoldIn(7), &[0]).unwrap();
        let mask = program
            .push(
                Mask {
                    dims: Dims::new(dims),
                    keep,
                },
                &[key],
            )
            .unwrap();
        program.set_outputs(&[mask]).unwrap();
        let y = program
            .run::<f64>(&[Key::new(5).into()])
            .unwrap()
            .swap_remove(0);
        y.into_tensor().unwrap().as_slice().to_vec()
    };
    let bits: Vec<f64> = (0..24)
        .map(|i| f64::from(u64::from(Key::new(5).fold_in(7).bits(i)) < keep))
        .collect();
    assert_eq!(mask(&[24]), bits);
    assert_eq!(mask(&[4, 6]), bits);
}

/// One key for all samples draws once; a key for each draws for each.
#[test]
fn keys_under_batch() {
    let mut program = Program::new(&[Type::Key(Dims::new(&[])), Type::scalar(Dims::new(&[8]))]);
    let mask = program
        .push(
            Mask {
                dims: Dims::new(&[8]),
                keep: 1 << 31,
            },
            &[0],
        )
        .unwrap();
    let y = program
        .push(cotangent::program::Binary::Mul, &[mask, 1])
        .unwrap();
    program.set_outputs(&[y]).unwrap();
    let x: Value<f64> = AnyTensor::full(Dims::new(&[3, 8]), 1.0).into();
    let rows = |value: Value<f64>| -> Vec<Vec<f64>> {
        value
            .tensor()
            .unwrap()
            .as_slice()
            .chunks(8)
            .map(<[f64]>::to_vec)
            .collect()
    };
    let shared = batch(&program, &[false, true], 3).unwrap().program;
    let rows_of_one = rows(
        shared
            .run(&[Key::new(1).into(), x.clone()])
            .unwrap()
            .swap_remove(0),
    );
    assert!(rows_of_one.iter().all(|row| *row == rows_of_one[0]));
    let own = batch(&program, &[true, true], 3).unwrap().program;
    let keys = [1, 2, 1].map(Key::new).to_vec();
    let keys: Value<f64> = Value::Key(AnyTensor::new(&[3], keys).unwrap());
    let rows_of_three = rows(own.run(&[keys, x]).unwrap().swap_remove(0));
    assert_eq!(rows_of_three[0], rows_of_one[0]);
    assert_ne!(rows_of_three[0], rows_of_three[1]);
    assert_eq!(rows_of_three[0], rows_of_three[2]);
}
