//! What is trained here: a small classifier with dropout, over 60 points.

use cotangent::data::Dataset;
use cotangent::optim::{Optimiser, Trainer, adamw, cosine};
use cotangent::prelude::*;
use cotangent::train::Training;

/// A point, and whether it is within a circle.
pub type Point = environment![[2], [] < 2];
/// 60 points make 7 batches of 8; 4 points are left.
pub const BATCHES: usize = 7;

graph! {
    pub struct Net { pub hidden: [2, 8], pub bias: [8], pub scores: [8, 2] }

    pub fn loss<B: Dim>(p: Net; key, x: [B, 2], labels: [B] < 2) -> ([], key, [B] < 2) {
        let h = dropout(tanh(matmul(x, p.hidden) + p.bias), key, 0.2);
        let scores = matmul(h, p.scores);
        (cross_entropy(scores, labels), next_key(key), argmax(scores, 1))
    }

    pub fn judge<B: Dim>(p: Net; x: [B, 2], labels: [B] < 2) -> ([], [B] < 2) {
        let scores = matmul(tanh(matmul(x, p.hidden) + p.bias), p.scores);
        (cross_entropy(scores, labels), argmax(scores, 1))
    }
}

pub fn points() -> Dataset<f32, Point> {
    let mut rng = cotangent::fastrand::Rng::with_seed(1);
    let points = (0..60).map(|_| {
        let x = [0, 1].map(|_| 4.0 * rng.f32() - 2.0);
        let is_within = x[0] * x[0] + x[1] * x[1] < 1.5;
        tlist![Tensor::from(x), Labels::new([is_within.into()]).unwrap()]
    });
    Dataset::from_examples(points).unwrap()
}

pub type Task = Trainer<
    f32,
    Parameters<f32, Net>,
    environment![[8, 2], [8] < 2],
    environment![[], [8] < 2],
    environment![key],
>;

pub fn trainer() -> Task {
    let optimiser: Optimiser<f32> = adamw(0.05, 0.01)
        .average(0.9)
        .schedule(cosine(5 * BATCHES, 0.1));
    loss::<f32, N<8>>().trainer_with_state(&optimiser, &Net::init(Key::new(2)), &Key::new(3))
}

/// Five epochs of it, with answers measured.
pub fn training<'t>(
    set: &Dataset<f32, Point>,
) -> Training<
    't,
    f32,
    Parameters<f32, Net>,
    environment![[8, 2], [8] < 2],
    environment![[], [8] < 2],
    environment![key],
    Point,
    N<8>,
> {
    let set_of_test = set.clone();
    let judge = judge::<f32, N<60>>();
    trainer()
        .on::<N<8>, _>(set, Key::new(4))
        .epochs(5)
        .measure(|m, (_, answers), tlist![_, labels]| m.answers(answers, labels))
        .validate(move |m, trainer| {
            let batch = set_of_test.all::<N<60>>()?;
            let (loss, answers) = judge.value(&trainer.parameters(), &batch);
            let tlist![_, labels] = &batch;
            m.mean("loss", loss.item(), 60);
            m.answers(&answers, labels);
            Ok(())
        })
        .silent()
}
