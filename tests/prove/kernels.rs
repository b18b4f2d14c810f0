//! Kernels of users: `kernels_eq` refuses each mistake; plans run kernels where they can, and the body elsewhere.

use cotangent::op::{AnyKernel, Kernel, KernelInputs};
use cotangent::prelude::*;
use cotangent::prove::kernels_eq;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Mistake {
    None,
    LeavesOneOut,
    InDoubles,
    InTheCotangent,
    AddsToTheResult,
    AtZero,
    InTheLastPlaces,
}
use Mistake::{
    AddsToTheResult, AtZero, InDoubles, InTheCotangent, InTheLastPlaces, LeavesOneOut, None,
};

/// `y = x / 2`, by a kernel with a mistake.
#[derive(Clone)]
struct Half(Mistake);

impl<S: Shape> Op<(S,)> for Half {
    type Out = S;
    type Level = levels::Field;
    const NAME: &'static str = "half";
    fn forward(&self, r: &Recorder<levels::Field>, (x,): (Var<S>,)) -> Var<S> {
        r.scale(x, 0.5)
    }
    fn kernel(&self) -> Option<AnyKernel> {
        Some(AnyKernel::new(Halves {
            mistake: self.0,
            is_cotangent: false,
        }))
    }
    fn vjp_kernel(&self) -> Option<AnyKernel> {
        Some(AnyKernel::new(Halves {
            mistake: self.0,
            is_cotangent: true,
        }))
    }
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Halves {
    mistake: Mistake,
    is_cotangent: bool,
}

impl Kernel for Halves {
    fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        let double: Vec<f64> = last(x.tensors).iter().map(|&x| x.into()).collect();
        let mut result = vec![f64::NAN; double.len()];
        let mistake = match self.mistake {
            InDoubles => None,
            mistake => mistake,
        };
        halves(mistake, self.is_cotangent, &double, &mut result);
        for (y, result) in y[0].iter_mut().zip(result) {
            *y = result as f32;
        }
    }
    fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        halves(self.mistake, self.is_cotangent, last(x.tensors), y[0]);
    }
}

/// The value takes `x`, the cotangent `x`, `y` and `dy`.
fn last<'x, T>(x: &[&'x [T]]) -> &'x [T] {
    x[x.len() - 1]
}

fn halves(mistake: Mistake, is_cotangent: bool, x: &[f64], y: &mut [f64]) {
    let len = y.len();
    for (i, (y, x)) in y.iter_mut().zip(x).enumerate() {
        match mistake {
            LeavesOneOut if i + 1 == len => {}
            InDoubles => *y = x / 3.0,
            InTheCotangent if is_cotangent => *y = *x,
            AddsToTheResult => *y += x / 2.0,
            AtZero if *x == 0.0 => *y = 1.0,
            InTheLastPlaces => *y = x / 2.0 * (1.0 + 1e-5),
            _ => *y = x / 2.0,
        }
    }
}

fn half<S: Shape>(x: Var<S>, mistake: Mistake) -> Call<Half, (Var<S>,)> {
    Call::new(Half(mistake), (x,))
}

fn graph_with(
    mistake: Mistake,
) -> GraphData<f64, environment![], context![[3, 4]], Returns<context![[]]>> {
    let g = GraphData::<f64, environment![], context![[3, 4]], _>::nil();
    let cotangent::frunk::hlist_pat![x] = g.inputs();
    let (g, y) = g.node("y", half(x, mistake));
    let (g, total) = g.node("total", sum(y));
    g.returning(cotangent::frunk::hlist![total])
}

#[test]
fn each_mistake_is_refused() {
    assert_eq!(kernels_eq(&graph_with(None), 0.0), Ok(2));
    for (mistake, place) in [
        (
            LeavesOneOut,
            "the kernel of `vjp of half`, f32, result 0[11]",
        ),
        (InDoubles, "the kernel of `vjp of half`, f64, result 0[0]"),
        (
            InTheCotangent,
            "the kernel of `vjp of half`, f32, result 0[0]",
        ),
        (
            AddsToTheResult,
            "the kernel of `vjp of half`, f32, result 0[0]",
        ),
    ] {
        let found = kernels_eq(&graph_with(mistake), 4.0).expect_err("a mistake");
        assert_eq!((found.law, found.place.as_str()), ("kernels_eq", place));
    }
    let found = kernels_eq(&graph_with(AtZero), 4.0).expect_err("a mistake");
    assert_eq!((found.expected.as_str(), found.got.as_str()), ("0", "1"));
    // 1e-5 is 84 ε of an `f32`.
    assert!(kernels_eq(&graph_with(InTheLastPlaces), 40.0).is_err());
    let of_doubles = kernels_eq(&graph_with(InTheLastPlaces), 100.0).expect_err("a mistake");
    assert!(of_doubles.place.contains("f64"), "{of_doubles}");
}

#[test]
fn what_has_no_kernel_is_refused() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x * x));
    assert_eq!(kernels_eq(&g, 1.0).unwrap_err().got, "none");
}

/// The mean of `-log softmax` at the labels, by rows of this length.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Losses(usize);

impl Kernel for Losses {
    fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        let wide: Vec<f64> = x.tensors[0].iter().map(|&x| x.into()).collect();
        y[0][0] = losses(self.0, &wide, x.labels[0]) as f32;
    }
    fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        y[0][0] = losses(self.0, x.tensors[0], x.labels[0]);
    }
}

fn losses(n: usize, x: &[f64], labels: &[usize]) -> f64 {
    let of_row = |(row, &label): (&[f64], &usize)| {
        row.iter().map(|x| x.exp()).sum::<f64>().ln() - row[label]
    };
    x.chunks(n).zip(labels).map(of_row).sum::<f64>() / labels.len() as f64
}

/// An op that reads labels, with a kernel for its value alone.
#[derive(Clone)]
struct Loss(cotangent::op::Discrete<Labels<4, shape![3]>>);

impl Op<(shape![3, 4],)> for Loss {
    type Out = shape![];
    type Level = levels::Real;
    const NAME: &'static str = "loss";
    fn forward(&self, r: &Recorder, (x,): (Var<shape![3, 4]>,)) -> Var<shape![]> {
        r.record(cross_entropy(x, self.0))
    }
    fn kernel(&self) -> Option<AnyKernel> {
        Some(AnyKernel::new(Losses(4)))
    }
}

fn loss(
    x: Var<shape![3, 4]>,
    labels: cotangent::op::Discrete<Labels<4, shape![3]>>,
) -> Call<Loss, (Var<shape![3, 4]>,)> {
    Call::new(Loss(labels), (x,))
}

#[test]
fn labels_are_given() -> Result<(), Box<dyn std::error::Error>> {
    let g: GraphData<f64, _, _, _> = graph!(|x: [3, 4]; labels: [3] < 4| loss(x, labels));
    assert_eq!(kernels_eq(&g, 16.0)?, 1);
    let plain: GraphData<f64, _, _, _> =
        graph!(|x: [3, 4]; labels: [3] < 4| cross_entropy(x, labels));
    let x = Tensor::from_fn(|[i, j]| (i * 4 + j) as f64 * 0.25 - 1.0);
    let labels = Labels::new([2, 0, 3])?;
    let (y, dx) = g.value_and_vjp(&x, &labels);
    let (plain_y, plain_dx) = plain.value_and_vjp(&x, &labels);
    assert!((y.item() - plain_y.item()).abs() < 1e-14);
    assert_eq!(dx, plain_dx); // by the body
    assert!(g.plan().explain().to_string().contains("kernel"));
    Ok(())
}

graph! {
    fn halved(x: [3], unused: []) -> ([3], [3]) {
        let y = half(x + unused, { None });
        (y, y)
    }
    /// Inside of a loop.
    fn often(x: [3], steps: [5]) -> [] {
        let (last, all) = scan(halved)(x, steps);
        sum(last) + sum(all)
    }
}

#[test]
fn kernels_run_in_loops_and_bodies_in_checked_plans_and_batches() {
    let g = often::<f64>();
    let explained = g.plan().explain_vjp().to_string();
    assert!(explained.matches("kernel").count() >= 2, "{explained}");
    assert!(!g.plan().checked().explain().to_string().contains("kernel"));
    let (x, steps) = (Tensor::from([1.0, 2.0, 4.0]), Tensor::zeros());
    let (y, (dx, _)) = g.value_and_vjp((&x, &steps), ());
    let powers: f64 = (1..=5).map(|i| 0.5_f64.powi(i)).sum::<f64>() + 0.5_f64.powi(5);
    assert_eq!((y.item(), dx), (7.0 * powers, Tensor::full(powers)));
    let mut batched = graph!(|w: []; x: [3]| sum(half(x, { None })) * w)
        .plan()
        .batched();
    let samples = [[1.0, 2.0, 3.0], [0.0, 2.0, 0.0]].map(Tensor::from);
    let y = batched.value(&Tensor::scalar(2.0), &samples);
    assert_eq!(y, [6.0, 2.0].map(Tensor::scalar));
}
