//! Two models of tomorrow: an LSTM over two weeks of weather, and a linear one of the last day.

use cotangent::data::Dataset;
use cotangent::prelude::*;

/// 15 days: two temperatures, rain and wind; where in the year they are; and what the weather was called.
pub type Window = environment![[15, 4], [15, 2], [15] < 5];
pub type Windows = Dataset<f32, Window>;

graph! {
    use cotangent::nn::{Linear, Lstm, linear, lstm, lstm_hidden};

    pub struct Recurrent { pub memory: Lstm<11, 32>, pub change: Linear<32, 1> }

    pub struct LastDay { pub change: Linear<11, 1> }

    /// What is known of each day.
    fn features<B: Dim>(; numbers: [B, 15, 4], season: [B, 15, 2], weather: [B, 15] < 5) -> [B, 15, 11] {
        concat((numbers, season, one_hot(weather)), 2)
    }

    /// The largest temperature of a day.
    fn warmest<B: Dim>(day: [B, 1, 11]) -> [B] {
        sum_axes(slice(day, 2, 0, 1), (1, 2))
    }

    /// The mean square error, and the largest temperature of the last of 15 days, as it was expected and as it was.
    pub fn recurrent<B: Dim>(
        p: Recurrent; numbers: [B, 15, 4], season: [B, 15, 2], weather: [B, 15] < 5
    ) -> ([], [B], [B]) {
        let days = features(numbers, season, weather);
        let before: [14, B, 11] = permute(slice(days, 1, 0, 14), (1, 0, 2));
        let (last, _) = lstm(broadcast(constant(0)), before, p.memory);
        let change = sum_axis(linear(lstm_hidden(last), p.change), 1);
        let tomorrow = warmest(slice(days, 1, 14, 1));
        let expected = warmest(slice(days, 1, 13, 1)) + change;
        (mse(expected, tomorrow), expected, tomorrow)
    }

    /// The same by what is known of the last day before.
    pub fn last_day<B: Dim>(
        p: LastDay; numbers: [B, 15, 4], season: [B, 15, 2], weather: [B, 15] < 5
    ) -> ([], [B], [B]) {
        let days = features(numbers, season, weather);
        let today = slice(days, 1, 13, 1);
        let tomorrow = warmest(slice(days, 1, 14, 1));
        let expected = warmest(today) + sum_axes(linear(today, p.change), (1, 2));
        (mse(expected, tomorrow), expected, tomorrow)
    }
}
