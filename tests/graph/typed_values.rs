//! Environments, results, groups and loops of `graph!`, run.

use cotangent::prelude::*;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> { pub weight: [I, O], pub bias: [O] }

    pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O] {
        matmul(x, p.weight) + p.bias
    }

    struct Block<D: Dim> { up: Linear<D, 4 * D>, down: Linear<4 * D, D> }

    fn block<B: Dim, D: Dim>(x: [B, D], p: Block<D>) -> [B, D] {
        let h = tanh(linear(x, p.up));
        x + linear(h, p.down)
    }

    struct Model<const L: usize> { blocks: [Block<3>; L], head: Linear<3, 2> }

    fn model<const L: usize>(x: [4, 3], p: Model<L>) -> [4, 2] {
        let h = repeat(block)(x, p.blocks);
        linear(h, p.head)
    }

    /// Loss and logits, by data that is not differentiated.
    fn loss<const L: usize>(p: Model<L>; x: [4, 3], labels: [4] < 2) -> ([], [4, 2]) {
        let logits = model(x, p);
        (cross_entropy(logits, labels), logits)
    }

    fn literal(x: [1, 2], w: [2, 3], b: [3]) -> ([1, 3], Linear<2, 3>) {
        let p = Linear { weight: w, bias: b };
        let y = linear(x, p);
        let q = Linear { bias: b * 2.0, weight: p.weight };
        let z = linear(x, Linear { weight: q.weight, bias: q.bias });
        (y + z, q)
    }

    fn frozen(x: [1, 2]; p: Linear<2, 3>, w: [[3]; 2], key) -> [1, 3] {
        let y = linear(x, p) + w[1];
        dropout(y, key, 0.5)
    }

    fn two(x: [3]) -> ([3], []) { (tanh(x), sum(x)) }

    fn apart(x: [3]) -> [3] {
        let (t, s) = two(x);
        let (_, u) = two(t);
        t * broadcast::<shape![3], _>(s * u)
    }

    fn labels_back(x: [3]; labels: [4] < 2, key) -> ([4] < 2, [3]) { (labels, dropout(x, key, 0.5)) }

    fn step(state: Linear<2, 2>, u: [2]; data: [2], key) -> (Linear<2, 2>, [2]) {
        let h = dropout(u, key, 0.5) + state.bias * data;
        let n: Linear<2, 2> = Linear { weight: state.weight, bias: h };
        (n, h)
    }

    fn run(state: Linear<2, 2>, us: [5, 2]; data: [2], key) -> ([2], [5, 2]) {
        let (last, ys) = scan(step)(state, us, data, key);
        (last.bias, ys)
    }

    fn gradients(x: [3], y: [3]) -> ([3], [3]) {
        let [dx, dy] = { product().gradient() }(x, y);
        (dx, dy)
    }
    fn product(x: [3], y: [3]) -> [] { sum(x * y) }

    fn headless<const L: usize>(p: Model<L>, head: Linear<3, 2>) -> (Model<L>, [3, 2]) {
        let q = Model { blocks: p.blocks, head };
        (q, q.head.weight + p.head.weight)
    }

    struct Deep<const L: usize> { affine: [Affine; L] }
    struct Affine { scale: [2], shift: [2] }
    fn affine(x: [2], p: Affine) -> [2] { x * p.scale + p.shift }
    fn deep<const L: usize>(x: [2], p: Deep<L>) -> [] { sum(repeat(affine)(x, p.affine)) }

    fn as_it_is(x: [3], p: Linear<3, 3>, w: [[3]; 2]) -> (Linear<3, 3>, [[3]; 2], [3]) { (p, w, x) }
}

type LossOf3 = graph_type!(f64, fn(Model<const 3>; x: [4, 3], [4] < 2) -> ([], [4, 2]));

struct Trainer {
    loss: LossOf3,
}

fn layer<I: Dim, O: Dim>() -> Parameters<f64, Linear<I, O>> {
    Linear::of(Tensor::ones(), Tensor::ones())
}

#[test]
fn a_graph_type_is_that_of_the_graph() -> Result<(), LabelsError> {
    let trainer = Trainer { loss: loss() };
    let block = Block {
        up: layer(),
        down: layer(),
    };
    let p = Model::<3, _>::of([block.clone(), block.clone(), block].into(), layer());
    let env = tlist![Tensor::zeros(), Labels::new([0, 1, 1, 0])?];
    let (y, logits) = trainer.loss.value(&p, &env);
    assert_eq!(logits[[0, 0]], logits[[0, 1]]);
    assert!((y.item() - 2f64.ln()).abs() < 1e-12);
    let ((y2, _), gradient) = trainer.loss.value_and_vjp(&p, &env);
    assert_eq!(y, y2);
    let next = &p - &(gradient.clone() * 0.5);
    let expected = p.blocks[1]
        .up
        .weight
        .zip_map(&gradient.blocks[1].up.weight, |p, d| p - d * 0.5);
    assert_eq!(next.blocks[1].up.weight, expected);
    Ok(())
}

#[test]
fn literals() {
    let g = literal::<f64>();
    let (y, q) = g.value(
        &tlist![
            Tensor::ones(),
            Tensor::ones(),
            Tensor::from([1.0, 2.0, 3.0])
        ],
        (),
    );
    assert_eq!(q.bias, Tensor::from([2.0, 4.0, 6.0]));
    assert_eq!(y, Tensor::from([[7.0, 10.0, 13.0]]));
    let (x, w) = (Tensor::ones(), Tensor::ones());
    let g = frozen::<f64>();
    let _ = g.value(
        &x,
        &tlist![
            Linear {
                weight: w,
                bias: Tensor::zeros()
            },
            [Tensor::zeros(), Tensor::ones()],
            Key::new(7)
        ],
    );
}

#[test]
fn results_of_results() -> Result<(), LabelsError> {
    let x = tlist![Tensor::from([1.0, 2.0, 3.0])];
    let t = Tensor::from([1f64.tanh(), 2f64.tanh(), 3f64.tanh()]);
    let y = apart::<f64>().value(&x, ());
    assert_eq!(y, t.map(|v| v * (6.0 * t.as_slice().iter().sum::<f64>())));
    let env = tlist![Labels::new([0, 1, 1, 0])?, Key::new(7)];
    let (labels, _) = labels_back::<f64>().value(&x, &env);
    assert_eq!(labels, Labels::new([0, 1, 1, 0])?);
    let y = tlist![Tensor::from([1.0, 2.0, 3.0]), Tensor::from([4.0, 5.0, 6.0])];
    let (dx, dy) = gradients::<f64>().value(&y, ());
    assert_eq!(
        (dx, dy),
        (Tensor::from([4.0, 5.0, 6.0]), Tensor::from([1.0, 2.0, 3.0]))
    );
    let (p, w, x) = as_it_is::<f64>().value(
        &tlist![Tensor::ones(), layer(), [Tensor::zeros(), Tensor::ones()]],
        (),
    );
    assert_eq!(
        (p, w[1].clone(), x),
        (layer(), Tensor::ones(), Tensor::ones())
    );
    Ok(())
}

#[test]
fn a_scan_with_groups() {
    let g = run::<f64>();
    let (last, ys) = g.value(
        &tlist![layer(), Tensor::ones()],
        &tlist![Tensor::ones(), Key::new(3)],
    );
    assert_eq!(last.as_slice(), &ys.as_slice()[8..]);
}

#[test]
fn closure_forms() {
    let g =
        graph!(|x: [3], p: Linear<3, 2>; key| -> (Linear<3, 2>, [3]) { (p, dropout(x, key, 0.5)) });
    let (p, _) = g.value(
        &tlist![Tensor::<f64, _>::ones(), layer()],
        &tlist![Key::new(1)],
    );
    assert_eq!(p, layer());
    let g = graph!(|x: [3]| (x, sum(x)));
    let (x, s) = g.value(&tlist![Tensor::<f64, _>::ones()], ());
    assert_eq!((x, s.item()), (Tensor::ones(), 3.0));
    let g = graph!(|x: [3]| x);
    assert_eq!(
        g.value(&tlist![Tensor::<f64, _>::ones()], ()),
        Tensor::ones()
    );
    let g = graph!(|x: [3]| -> [3] x);
    assert_eq!(
        g.value(&tlist![Tensor::<f64, _>::ones()], ()),
        Tensor::ones()
    );
}

#[test]
fn ten_thousand_layers() {
    const L: usize = 10_000;
    let run = || {
        let layer = Affine::of(Tensor::ones(), Tensor::zeros());
        let p = Deep::<L, _>::of(vec![layer; L].try_into().unwrap());
        let g = deep::<f64, L>();
        let inputs = tlist![Tensor::ones(), p];
        let (y, tlist![_, gradient]) = g.value_and_vjp(&inputs, ());
        let tlist![_, p] = inputs;
        let q = &p + &(&gradient * 2.0);
        let q = (q.clone() - p.clone()) * 0.5;
        assert_eq!(y.item(), 2.0);
        assert_eq!(q, gradient);
        assert_eq!(q.affine[L - 1].shift, Tensor::ones());
        assert_eq!(q.names().len(), 2 * L);
        assert_eq!(q.names()[2 * L - 1].0, "affine.9999.shift");
        assert!(format!("{q:?}").len() > L);
        assert_eq!(q.dot(&q), 4.0 * L as f64);
    };
    std::thread::Builder::new()
        .stack_size(512 * 1024)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn literals_with_a_const() {
    let g = headless::<f64, 2>();
    let block = Block {
        up: layer(),
        down: layer(),
    };
    let p = Model {
        blocks: [block.clone(), block].into(),
        head: layer(),
    };
    let (q, w) = g.value(
        &tlist![
            p.clone(),
            Linear {
                weight: Tensor::ones(),
                bias: Tensor::ones()
            }
        ],
        (),
    );
    assert_eq!(p, q);
    assert_eq!(w[[0, 0]], 2.0);
}
