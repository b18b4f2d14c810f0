//! Products with windows of images: each is one step, which stores no windows.

use super::random::{Number, compare, value};
use crate::prelude::*;
use crate::program::{Contract, Program, Value, Window, inline, primitives, simplify};
use crate::run::plan::{Arena, Part, Plan};
use crate::tensor::Dims;
use fastrand::Rng;

/// A convolution of one kind or another, and its gradients.
struct Geometry {
    window: Window,
    /// Images, groups, channels and filters of a group, rows and columns.
    sizes: [usize; 6],
    /// The labels of weights and results in some order: 0 group, 1 filter, 2 entry, 3 image, 4 place.
    weights: [usize; 3],
    results: [usize; 4],
    is_turned: bool,
}

impl Geometry {
    fn random(rng: &mut Rng) -> Self {
        let mut pair = |from: usize, below: usize| [rng.usize(from..below), rng.usize(from..below)];
        let window = Window {
            kernel: pair(1, 4),
            stride: pair(1, 4),
            padding: pair(0, 3),
            dilation: pair(1, 3),
        };
        let [rows, columns] = [0, 1].map(|axis| {
            let reach = window.dilation[axis] * (window.kernel[axis] - 1) + 1;
            reach.saturating_sub(2 * window.padding[axis]).max(1) + rng.usize(..6)
        });
        let [images, groups] = [rng.usize(1..6), rng.usize(1..3)];
        let [channels, filters] = [rng.usize(1..4), rng.usize(1..4)];
        let (mut weights, mut results) = ([0, 1, 2], [3, 0, 1, 4]);
        if rng.bool() {
            rng.shuffle(&mut weights);
            rng.shuffle(&mut results);
        }
        Geometry {
            window,
            sizes: [images, groups, channels, filters, rows, columns],
            weights,
            results,
            is_turned: rng.bool(),
        }
    }

    fn dim(&self, label: usize) -> usize {
        let [images, groups, channels, filters, rows, columns] = self.sizes;
        let [down, across] = self.window.places([rows, columns]).expect("it fits");
        [
            groups,
            filters,
            channels * self.window.size(),
            images,
            down * across,
        ][label]
    }

    fn dims(&self, labels: &[usize]) -> Dims {
        labels.iter().map(|&label| self.dim(label)).collect()
    }

    /// The product of a value and of another, which may be on either side.
    fn contract(
        &self,
        program: &mut Program,
        x: (&[usize], usize),
        y: (&[usize], usize),
        to: &[usize],
    ) -> usize {
        let (x, y) = if self.is_turned { (y, x) } else { (x, y) };
        let contract = Contract {
            left: x.0.into(),
            right: y.0.into(),
            result: to.into(),
        };
        program.push(contract, &[x.1, y.1]).expect("a product")
    }

    /// The result, the gradient by the weights, and that by the images.
    fn programs(&self) -> [Program; 3] {
        let [images, groups, channels, _, rows, columns] = self.sizes;
        let x = Dims::new(&[images, groups * channels, rows, columns]);
        let windows = [3, 0, 2, 4];
        let (w, y) = (self.dims(&self.weights), self.dims(&self.results));
        let with_windows = |other: &Dims, labels: &[usize], to: &[usize]| {
            let mut program = Program::new(&[x.clone(), other.clone()]);
            let unfold = primitives::Unfold(self.window);
            let unfolded = program.push(unfold, &[0]).expect("windows");
            let reshape = primitives::Reshape(self.dims(&windows));
            let unfolded = program.push(reshape, &[unfolded]).expect("as many");
            let made = self.contract(&mut program, (&windows, unfolded), (labels, 1), to);
            program.set_outputs(&[made]).expect("an output");
            program
        };
        let result = with_windows(&w, &self.weights, &self.results);
        let of_weights = with_windows(&y, &self.results, &self.weights);
        let mut of_images = Program::new(&[w, y]);
        let factors = ((&self.weights[..], 0), (&self.results[..], 1));
        let made = self.contract(&mut of_images, factors.0, factors.1, &windows);
        let unfolded = Dims::new(&[images, groups * channels, self.window.size(), self.dim(4)]);
        let made = of_images.push(primitives::Reshape(unfolded), &[made]);
        let fold = primitives::Fold(self.window, [rows, columns]);
        let made = of_images.push(fold, &[made.expect("as many")]);
        let made = made.expect("windows");
        of_images.set_outputs(&[made]).expect("an output");
        [result, of_weights, of_images]
    }
}

fn held<T: Number>(program: &Program, rng: &mut Rng, arena: &mut Arena<T>) {
    let types = program.input_types();
    let inputs: Vec<Value<T>> = types.iter().map(|ty| value(rng, ty)).collect();
    compare(program, &inputs, arena).unwrap_or_else(|why| panic!("{why}"));
}

#[test]
fn random_geometries() {
    let mut rng = Rng::with_seed(14);
    let (mut doubles, mut singles) = (Arena::new(), Arena::new());
    let mut several = 0;
    for _ in 0..150 {
        for program in Geometry::random(&mut rng).programs() {
            held::<f64>(&program, &mut rng, &mut doubles);
            held::<f32>(&program, &mut rng, &mut singles);
            let plan = Plan::<f64>::new(&program).expect("a plan");
            let explained = plan.explained();
            let parts: Vec<&Part> = explained.steps.iter().map(|step| &step.part).collect();
            assert!(
                matches!(*parts, [Part::Product { .. }]),
                "{parts:?}\n{program}"
            );
            several += usize::from(explained.memory.peak > 0);
        }
    }
    // Sums of weights over some images each.
    assert!(several > 20, "{several}");
}

/// What else is read of windows is stored, and then contracted as it is.
#[test]
fn windows_that_are_read_twice() {
    let text = "cotangent program 1\n%0: [2, 3, 4]\n%1: [5, 4]\n%2 [2, 4, 6] = unfold([2, 2], [1, 1], [0, 0], [1, 1]) %0
%3 [2, 5, 6] = contract([0, 1], [2, 1, 3], [2, 0, 3]) %1 %2\n%4 [2, 4, 6] = exp %2\nreturn %3 %4\n";
    let program: Program = text.parse().unwrap_or_else(|why| panic!("{why}"));
    let mut rng = Rng::with_seed(15);
    held::<f64>(&program, &mut rng, &mut Arena::new());
    let plan = Plan::<f64>::new(&program).expect("a plan");
    assert_eq!(plan.explained().count(), 3);
}

/// A network with its gradient as one program, in which windows are read by a product and by a gradient.
#[test]
fn networks() {
    let network: GraphData<f64, _, _, _> = graph!(|x: [3, 2, 6, 5], w: [4, 2, 3, 2], b: [4], v: [2, 2, 2, 2]| {
        let h = relu(conv2d(x, w, b, ConvWindow::new().padding::<1, 0>()));
        sum(square(conv2d(h, v, NoBias, ConvWindow::new().stride::<2, 1>().groups::<2>())))
    });
    let gradient = network.gradient().program().expect("a program");
    let gradient = simplify(&inline(&gradient).expect("a program"));
    let mut rng = Rng::with_seed(16);
    held::<f64>(&gradient, &mut rng, &mut Arena::new());
    held::<f32>(&gradient, &mut rng, &mut Arena::new());
    let plan = Plan::<f64>::new(&gradient).expect("a plan");
    let steps = &plan.explained().steps;
    let windows = steps
        .iter()
        .filter(|step| matches!(step.what(), "unfold" | "fold" | "copy"));
    assert_eq!(windows.count(), 0, "{}", plan.explained());
}

/// Convolutions of signals, and transposed ones, with their gradients: no windows are stored, either.
#[test]
fn signals_and_transposed_convolutions() {
    let network: GraphData<f64, _, _, _> = graph!(|x: [3, 2, 9], w: [4, 2, 3], b: [4], v: [4, 3, 2], u: [3, 2, 2, 3]| {
        let h = relu(conv1d(x, w, b, ConvWindow1d::new().stride::<2>().padding::<1>()));
        let h = conv_transpose1d(h, v, NoBias, ConvWindow1d::new().stride::<2>().output_padding::<1>());
        let images: [3, 3, 1, 11] = reshape(h);
        let y = conv_transpose2d(images, u, NoBias, ConvWindow::new().stride::<1, 2>().padding::<0, 1>());
        sum(square(y))
    });
    let gradient = network.gradient().program().expect("a program");
    let gradient = simplify(&inline(&gradient).expect("a program"));
    let mut rng = Rng::with_seed(17);
    held::<f64>(&gradient, &mut rng, &mut Arena::new());
    held::<f32>(&gradient, &mut rng, &mut Arena::new());
    let plan = Plan::<f64>::new(&gradient).expect("a plan");
    let steps = &plan.explained().steps;
    let windows = steps
        .iter()
        .filter(|step| matches!(step.what(), "unfold" | "fold" | "copy"));
    assert_eq!(windows.count(), 0, "{}", plan.explained());
}
