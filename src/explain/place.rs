//! How far right each vertex is, the order within the rows being known.
//!
//! Lines are like springs: each vertex wants to be at the weighted mean of its neighbours. Within a row, the places
//! nearest to what all want, with the order and the distances kept, are an isotonic regression (Ayer et al. 1955).

use super::rows::{Kind, Rows};

/// The least distance between neighbours in a row.
const GAP: f64 = 18.0;

/// How often all rows are gone through.
const ROUNDS: usize = 60;

/// The middle of each vertex. The least left edge is 0.
pub(super) fn place(rows: &Rows) -> Vec<f64> {
    let mut x = vec![0.0; rows.vertices.len()];
    for row in &rows.rows {
        let mut left = 0.0;
        for &id in row {
            x[id] = left + rows.vertices[id].width / 2.0;
            left += rows.vertices[id].width + GAP;
        }
    }
    for round in 0..ROUNDS {
        let down = round % 2 == 0;
        // At first each row follows the one before it; then both sides count.
        let both = round >= ROUNDS / 3;
        let count = rows.rows.len();
        for i in 0..count {
            let row = &rows.rows[if down { i } else { count - 1 - i }];
            let wishes: Vec<_> = row
                .iter()
                .map(|&id| wish(rows, &x, id, down, both))
                .collect();
            for (&id, place) in row.iter().zip(nearest(rows, row, &wishes)) {
                x[id] = place;
            }
        }
    }
    straighten(rows, &mut x);
    let lefts = rows
        .vertices
        .iter()
        .zip(&x)
        .map(|(vertex, x)| x - vertex.width / 2.0);
    let left = lefts.fold(f64::INFINITY, f64::min);
    x.iter().map(|x| (x - left).round()).collect()
}

/// Where a vertex wants to be, and how much.
fn wish(rows: &Rows, x: &[f64], id: usize, down: bool, both: bool) -> (f64, f64) {
    let vertex = &rows.vertices[id];
    let above = if both || down { &vertex.above[..] } else { &[] };
    let below = if both || !down {
        &vertex.below[..]
    } else {
        &[]
    };
    // A little inertia, so that a vertex without neighbours on this side can be pushed away.
    let (mut total, mut weight) = (0.001 * x[id], 0.001);
    for &other in above.iter().chain(below) {
        let pull = pull(rows, id, other);
        total += pull * x[other];
        weight += pull;
    }
    (total / weight, weight)
}

/// How stiff a line is: long lines are straight, and what has no parents does not draw its use to the side.
fn pull(rows: &Rows, a: usize, b: usize) -> f64 {
    let kind = |id: usize| rows.vertices[id].kind;
    match (kind(a), kind(b)) {
        (Kind::Bend, Kind::Bend) => 8.0,
        _ if is_loose(rows, a) || is_loose(rows, b) => 0.05,
        (Kind::Bend, _) | (_, Kind::Bend) => 2.0,
        _ => 1.0,
    }
}

/// Whether a vertex is a box without parents and with one use, or the label of that.
fn is_loose(rows: &Rows, id: usize) -> bool {
    let vertex = &rows.vertices[id];
    match (vertex.kind, &vertex.above[..]) {
        (Kind::Box(_), []) => vertex.below.len() == 1,
        (Kind::Label(_), [above]) => {
            matches!(rows.vertices[*above].kind, Kind::Box(_)) && is_loose(rows, *above)
        }
        _ => false,
    }
}

/// Makes long lines vertical as far as their neighbours leave place.
fn straighten(rows: &Rows, x: &mut [f64]) {
    let begins = |id: usize| {
        let above = rows.vertices[id].above.first();
        rows.vertices[id].kind == Kind::Bend
            && above.is_some_and(|&above| rows.vertices[above].kind != Kind::Bend)
    };
    for first in (0..rows.vertices.len()).filter(|&id| begins(id)) {
        let mut run = Vec::new();
        let mut free = (f64::NEG_INFINITY, f64::INFINITY);
        let mut next = Some(first);
        while let Some(id) = next {
            let (left, right) = room(rows, x, id);
            let both = (left.max(free.0), right.min(free.1));
            // Places are rounded in the end: less than half a pixel is no conflict.
            if both.0 > both.1 + 0.5 {
                align(&run, free, x);
                run.clear();
                free = (left, right);
            } else {
                free = both;
            }
            run.push(id);
            let below = &rows.vertices[id].below;
            let bend = below.iter().find(|&&b| rows.vertices[b].kind == Kind::Bend);
            next = match rows.vertices[id].kind {
                Kind::Bend => bend.or(below.first()).copied(),
                _ => None,
            };
        }
        align(&run, free, x);
    }
}

/// Puts all of a run at one place, the middle of theirs as far as that is free.
fn align(run: &[usize], (left, right): (f64, f64), x: &mut [f64]) {
    let mut places: Vec<_> = run.iter().map(|&id| x[id]).collect();
    places.sort_by(f64::total_cmp);
    if let Some(middle) = places.get(places.len() / 2) {
        let place = middle.max(left).min(right);
        for &id in run {
            x[id] = place;
        }
    }
}

/// From where to where a vertex can move between its neighbours in the row.
fn room(rows: &Rows, x: &[f64], id: usize) -> (f64, f64) {
    let row = &rows.rows[rows.vertices[id].row];
    let at = row.iter().position(|&other| other == id).unwrap_or(0);
    let apart = |other: usize| (rows.vertices[id].width + rows.vertices[other].width) / 2.0 + GAP;
    let left = at.checked_sub(1).map(|left| row[left]);
    let right = row.get(at + 1).copied();
    (
        left.map_or(f64::NEG_INFINITY, |left| x[left] + apart(left)),
        right.map_or(f64::INFINITY, |right| x[right] - apart(right)),
    )
}

/// The places of a row nearest to its wishes.
fn nearest(rows: &Rows, row: &[usize], wishes: &[(f64, f64)]) -> Vec<f64> {
    // How far right each is if the row is packed: with it taken away, all that is asked is that places do not fall.
    let mut packed = Vec::with_capacity(row.len());
    let mut left = 0.0;
    for &id in row {
        packed.push(left + rows.vertices[id].width / 2.0);
        left += rows.vertices[id].width + GAP;
    }
    // Blocks of vertices at one place: that place, its weight, how many.
    let mut blocks: Vec<(f64, f64, usize)> = Vec::new();
    for (&(wish, weight), packed) in wishes.iter().zip(&packed) {
        let mut block = (wish - packed, weight, 1);
        while let Some(&(place, weight, count)) = blocks.last() {
            if place <= block.0 {
                break;
            }
            blocks.pop();
            let sum = weight + block.1;
            let mean = (place * weight + block.0 * block.1) / sum;
            block = (mean, sum, count + block.2);
        }
        blocks.push(block);
    }
    let places = blocks
        .into_iter()
        .flat_map(|(place, _, count)| core::iter::repeat_n(place, count));
    places
        .zip(packed)
        .map(|(place, packed)| place + packed)
        .collect()
}
