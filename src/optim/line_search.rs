//! A line search with the strong Wolfe conditions.

/// `f(t)` and its derivative along the line, at one place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Along {
    pub t: f64,
    pub value: f64,
    pub slope: f64,
}

/// The constants of the two conditions: `f(t) ≤ f(0) + DESCENT t f'(0)`, `|f'(t)| ≤ CURVATURE |f'(0)|`, as most have them for a
/// quasi-Newton method.
const DESCENT: f64 = 1e-4;
const CURVATURE: f64 = 0.9;

/// So many places are looked at at most.
const MOST: usize = 40;

/// Whether both conditions hold.
pub(super) fn holds(start: Along, at: Along) -> bool {
    descends(start, at) && at.slope.abs() <= CURVATURE * start.slope.abs()
}

fn descends(start: Along, at: Along) -> bool {
    at.value <= start.value + DESCENT * at.t * start.slope
}

/// A place at which both conditions hold: first places further and further away, until there is one between two of them, then
/// places between. Nothing, if none was found. `look` is `f`; a NaN or an infinity counts as too high.
///
/// Source: Nocedal and Wright, *Numerical Optimization* (2006), Algorithms 3.5 and 3.6.
pub(super) fn wolfe(start: Along, first: f64, look: &mut dyn FnMut(f64) -> Along) -> Option<Along> {
    let (mut before, mut t) = (start, first);
    for count in 0..MOST {
        let at = look(t);
        let is_high = !at.value.is_finite() || !descends(start, at);
        if is_high || (count > 0 && at.value >= before.value) {
            return between(start, before, at, MOST - count, look);
        }
        if holds(start, at) {
            return Some(at);
        }
        if at.slope >= 0.0 {
            return between(start, at, before, MOST - count, look);
        }
        if !at.slope.is_finite() {
            return None;
        }
        let next = nearest(before, at);
        t = match next > t {
            true => next.clamp(1.1 * t, 4.0 * t),
            false => 4.0 * t,
        };
        before = at;
    }
    None
}

/// The same between two places, of which `low` is the lowest so far that descends, and whose slope goes down towards `high`.
fn between(
    start: Along,
    mut low: Along,
    mut high: Along,
    most: usize,
    look: &mut dyn FnMut(f64) -> Along,
) -> Option<Along> {
    for _ in 0..most {
        let (left, right) = (low.t.min(high.t), low.t.max(high.t));
        let width = right - left;
        let t = match high.value.is_finite() {
            true => nearest(low, high).clamp(left + 0.1 * width, right - 0.1 * width),
            false => left + 0.5 * width,
        };
        if t <= left || t >= right {
            return None; // there is no number between them
        }
        let at = look(t);
        if !at.value.is_finite() || !descends(start, at) || at.value >= low.value {
            high = at;
            continue;
        }
        if holds(start, at) {
            return Some(at);
        }
        if at.slope * (high.t - low.t) >= 0.0 {
            high = low;
        }
        low = at;
    }
    None
}

/// Where the cubic through two places, with their slopes, has its minimum; the middle, if it has none.
///
/// Source: Nocedal and Wright, equation 3.59.
fn nearest(a: Along, b: Along) -> f64 {
    let middle = 0.5 * (a.t + b.t);
    let sum = a.slope + b.slope - 3.0 * (a.value - b.value) / (a.t - b.t);
    let square = sum * sum - a.slope * b.slope;
    if square.is_nan() || square < 0.0 {
        return middle;
    }
    let root = (b.t - a.t).signum() * square.sqrt();
    let t = b.t - (b.t - a.t) * (b.slope + root - sum) / (b.slope - a.slope + 2.0 * root);
    if t.is_finite() { t } else { middle }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A search on `f` with the derivative `df`, with how many places it looked at.
    fn search(first: f64, f: impl Fn(f64) -> f64, df: impl Fn(f64) -> f64) -> (Along, usize) {
        let at = |t| Along {
            t,
            value: f(t),
            slope: df(t),
        };
        let (start, mut count) = (at(0.0), 0);
        let found = wolfe(start, first, &mut |t| {
            count += 1;
            at(t)
        });
        let found = found.expect("a place");
        assert!(holds(start, found), "{found:?}");
        (found, count)
    }

    #[test]
    fn a_parabola() {
        // The cubic of two places is the parabola itself, so that the second place is its minimum, 10, within what is allowed.
        for first in [1e-3, 1.0, 10.0, 1e4] {
            let (found, count) = search(first, |t| (t - 10.0) * (t - 10.0), |t| 2.0 * (t - 10.0));
            assert!((1.0..=19.0).contains(&found.t), "{found:?}");
            assert!(count <= 10, "{count}");
        }
    }

    #[test]
    fn a_wall() {
        // Not defined from 1 on, and lowest just before it.
        let f = |t: f64| -t - 0.01 * (1.0 - t).ln();
        let df = |t: f64| -1.0 + 0.01 / (1.0 - t);
        let f = |t: f64| if t < 1.0 { f(t) } else { f64::NAN };
        let (found, _) = search(8.0, f, df);
        assert!(found.t < 1.0);
    }

    #[test]
    fn the_function_of_more_and_thuente() {
        // The first of their test functions, with a wide valley and a minimum at √2.
        let f = |t: f64| -t / (t * t + 2.0);
        let df = |t: f64| (t * t - 2.0) / ((t * t + 2.0) * (t * t + 2.0));
        for first in [1e-3, 0.1, 10.0, 1e3] {
            search(first, f, df);
        }
    }

    #[test]
    fn what_has_no_end_is_given_up() {
        let look = |t: f64| Along {
            t,
            value: -t,
            slope: -1.0,
        };
        assert!(wolfe(look(0.0), 1.0, &mut |t| look(t)).is_none());
    }
}
