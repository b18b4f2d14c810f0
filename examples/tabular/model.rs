//! Two models of the same flights: a network that learns a vector for each class, and logistic regression.

use cotangent::data::Dataset;
use cotangent::prelude::*;

/// Numbers, and whether three of them are known; month, weekday, hour, carrier, origin and destination; 1 if it was late.
pub type Flight = environment![
    [8],
    [3],
    [] < 12,
    [] < 7,
    [] < 24,
    [] < 15,
    [] < 3,
    [] < 97,
    []
];
pub type Flights = Dataset<f32, Flight>;

graph! {
    use cotangent::nn::{Embedding, Linear, Mlp, linear, mlp};

    pub struct Network {
        pub month: Embedding<12, 3>,
        pub weekday: Embedding<7, 2>,
        pub hour: Embedding<24, 3>,
        pub carrier: Embedding<15, 4>,
        pub origin: Embedding<3, 2>,
        pub destination: Embedding<97, 4>,
        pub mlp: Mlp<29, 32, 1, const 1>,
    }

    pub struct Regression { pub odds: Linear<169, 1> }

    /// The loss, and for each flight the logarithm of the odds that it is late.
    pub fn network<B: Dim>(
        p: Network;
        x: [B, 8], known: [B, 3], month: [B] < 12, weekday: [B] < 7, hour: [B] < 24, carrier: [B] < 15, origin: [B] < 3,
        destination: [B] < 97, late: [B]
    ) -> ([], [B]) {
        let time = concat((
            embedding(p.month.weight, month), embedding(p.weekday.weight, weekday), embedding(p.hour.weight, hour)
        ), 1);
        let way = concat((
            embedding(p.carrier.weight, carrier), embedding(p.origin.weight, origin),
            embedding(p.destination.weight, destination)
        ), 1);
        let odds = sum_axis(mlp(concat((x, known, time, way), 1), p.mlp), 1);
        (bce_with_logits(odds, late), odds)
    }

    /// The same of one linear layer, over the same numbers and a one for each class.
    pub fn regression<B: Dim>(
        p: Regression;
        x: [B, 8], known: [B, 3], month: [B] < 12, weekday: [B] < 7, hour: [B] < 24, carrier: [B] < 15, origin: [B] < 3,
        destination: [B] < 97, late: [B]
    ) -> ([], [B]) {
        let classes = concat((
            one_hot(month), one_hot(weekday), one_hot(hour), one_hot(carrier), one_hot(origin), one_hot(destination)
        ), 1);
        let odds = sum_axis(linear(concat((x, known, classes), 1), p.odds), 1);
        (bce_with_logits(odds, late), odds)
    }
}
